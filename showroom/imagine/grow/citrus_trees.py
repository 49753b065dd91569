"""Citrus trees: whitewashed trunks under round dark crowns, hung with fruit and starred with blossom."""

from dataclasses import dataclass
from typing import Iterator

import numpy as np

from showroom.imagine.grow.card import card
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.citrus import LEAF, fruit, spray
from showroom.imagine.grow.crowns import crowns
from showroom.imagine.grow.hedge import crown_mesh, skin
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import part, rgb, rgba
from showroom.imagine.grow.scatter import bases, facing, instances, varied_sizes, varied_tints
from showroom.imagine.grow.shapes import curve, tube
from showroom.imagine.grow.stones import Ground
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import SceneSpec

BLOSSOM_CELL = 15  # the atlas's blossom
_NEAR_M = 5.4  # trees nearer than this have leaves of their own and whole fruit
_LIMEWASH = (0.62, 0.6, 0.55)


@dataclass(frozen=True)
class Bearing:
    """What trees bear: kinds of fruit with their linear colours, and how much of fruit and blossom, 0 to 1."""

    kinds: tuple[tuple[str, np.ndarray], ...]
    fruit: float
    blossom: float


def peel(color: np.ndarray, surface: str, painted: np.ndarray) -> Material:
    """A fruit's skin, which wears a plaster's grain as pores; painted: that surface's own colour, linear."""
    share = np.clip(color / painted, 0.01, 2.0) if surface else color
    unripe = 0.45 * color + np.array([0.03, 0.05, 0.0])
    return Material(surface=surface, base_color=rgba(share), second_color=rgb(unripe), roughness=0.5,
                    clearcoat=0.3, normal_scale=0.7)


def trees(points: np.ndarray, ground: Ground, spec: SceneSpec, bears: Bearing, skin_of: list[Material], bark: str,
          chance: Chance, detail: float) -> Iterator[Geometry]:
    """Trees at (n, 2) x, z, the nearest first. skin_of: a material for each kind of fruit."""
    points = points[np.argsort(np.hypot(points[:, 0], points[:, 1]), kind="stable")]
    heads, trunks = [], []
    for index, (x, z) in enumerate(points):
        draw = chance.child(f"tree {index}")
        y, size = float(ground(np.array(x), np.array(z))), draw.uniform(1.12, 1.42)
        head = crown_mesh(draw, 1, 11).scaled(size, 0.94 * size, size)
        heads.append(head.moved(x, y + 0.78 + 0.86 * size, z))
        trunks.append(_trunk(draw, 0.85 + 0.5 * size, 0.1 * size).moved(x, y, z))
    wood = Material(surface=bark, base_color=(1.0, 1.0, 1.0, 1.0) if bark else (0.14, 0.11, 0.08, 1.0),
                    second_color=_LIMEWASH)
    yield part("trunks", merge(trunks), wood)
    yield from crowns("crowns", heads, spec, LEAF * 1.5, chance.child("leaves"), int(7600 * detail), 0.42, True, 0.3)
    near = [head for head, (x, z) in zip(heads, points) if np.hypot(x, z) < _NEAR_M]
    far = [head for head, (x, z) in zip(heads, points) if np.hypot(x, z) >= _NEAR_M]
    yield _sprays(merge(near), chance.child("sprays"), int(380 * detail))
    yield from _fruit(near, far, bears, skin_of, chance.child("fruit"), detail)
    yield from _blossom(merge(near), merge(far), bears.blossom, chance.child("blossom"), detail)


def _trunk(chance: Chance, tall_m: float, foot_m: float) -> Mesh:
    """A short trunk that forks low; shade b is the limewash on its foot."""
    lean = 0.12 * chance.normal()
    stem = curve(np.array([[0, -0.25, 0], [0.5 * lean, 0.45 * tall_m, 0.3 * lean], [lean, 0.8 * tall_m, lean]]), 9)
    up = np.clip(stem[:, 1], 0, None)
    pieces = [tube(stem, foot_m * (0.72 + 0.7 * np.exp(-up / 0.16)), 7, tile_m=0.6, closed=False)]
    for index in range(3):
        away = 2.2 * index + chance.uniform(0, 1)
        out = np.array([np.sin(away), 0.0, np.cos(away)])
        limb = curve(np.array([stem[6], stem[8] + 0.25 * out, stem[8] + 0.55 * out + [0, 0.55, 0]]), 4)
        pieces.append(tube(limb, np.linspace(0.55, 0.25, 4) * foot_m, 5, tile_m=0.6, closed=False))
    mesh = merge(pieces)
    mesh = mesh.displaced(0.1 * foot_m * fbm(mesh.positions * 9, 2, chance.integers(0, 999)))
    washed = smoothstep(0.78, 0.7, mesh.positions[:, 1] + 0.05 * fbm(mesh.positions * 7, 2, 5))
    worn = smoothstep(-0.5, 0.1, fbm(mesh.positions * 11, 3, 8) + 0.25)
    foot = smoothstep(-0.05, 0.25, mesh.positions[:, 1])
    return mesh.shaded(occlusion=0.35 + 0.65 * foot, second=washed * (0.35 + 0.6 * worn) * smoothstep(-0.02, 0.1,
                                                                                                 mesh.positions[:, 1]))


def _seen(mesh: Mesh) -> np.ndarray:
    """(t,) 1 where a face looks to where visitors stand, little behind and on top."""
    middle, out = mesh.positions[mesh.faces].mean(axis=1), mesh.normals[mesh.faces].mean(axis=1)
    towards = np.array([0.0, 1.5, -0.5]) - middle
    facing_us = np.sum(out * towards, axis=1) / np.linalg.norm(towards, axis=1)
    return 0.05 + smoothstep(-0.25, 0.25, facing_us) / (1 + (np.linalg.norm(towards, axis=1) / 4.0) ** 2)


def _sprays(near: Mesh, chance: Chance, count: int) -> Geometry:
    """Shoots of real leaves all over the crowns within a few steps."""
    at, out = skin(chance, near, max(count, 8), _seen(near))
    count = len(at)
    turned = facing(out + 0.45 * chance.normal((count, 3)), np.array([0.0, 1.0, 0.0]) + 0.5 * chance.normal((count, 3)))
    tints = varied_tints(chance, count, 0.03, 0.3) * (1 + 0.3 * np.clip(out[:, 1:2], -0.6, 1))
    placed = instances(at + 0.07 * out, turned, varied_sizes(chance, count, 1.0, 0.3), tints,
                       chance.uniform(0, 1, count), 0.006)
    green = Material("foliage", base_color=rgba(1.3 * LEAF), second_color=(0.1, 0.16, 0.04), roughness=0.5,
                     clearcoat=0.1, translucency=0.45)
    return part("sprays", spray(chance.child("spray"), 7), green, placed)


def _fruit(near: list[Mesh], far: list[Mesh], bears: Bearing, skin_of: list[Material], chance: Chance,
           detail: float) -> Iterator[Geometry]:
    """Each tree bears one kind; fruit hangs on the outside, most of it low."""
    for index, (kind, _) in enumerate(bears.kinds):
        for name, heads, each, around, rows in (("near", near, 54, 9, 8), ("far", far, 20, 6, 6)):
            own = heads[index::len(bears.kinds)]
            count = int(each * len(own) * bears.fruit * (0.4 + 0.6 * detail))
            if not own or not count:
                continue
            draw = chance.child(f"{kind} {name}")
            body = merge(own)
            low = 1.15 - 0.75 * np.clip(body.normals[body.faces].mean(axis=1)[:, 1], -0.2, 1)
            at, out = skin(draw, body, count, _seen(body) * low)
            hung = at + 0.17 * out + np.array([0.0, 0.02, 0.0])
            placed = instances(hung, bases(draw, count, 0.25), varied_sizes(draw, count, 1.12, 0.2),
                               varied_tints(draw, count, 0.018, 0.14), draw.uniform(0, 1, count), 0.004)
            yield part(f"{kind} {name}", fruit(kind, around, rows), skin_of[index], placed, layer="top")


def _blossom(near: Mesh, far: Mesh, share: float, chance: Chance, detail: float) -> Iterator[Geometry]:
    """Painted blossom in knots of five, many or few."""
    at, out = (np.concatenate(both) for both in zip(
        skin(chance, near, max(2, int(260 * share * detail)), _seen(near)),
        skin(chance, far, max(2, int(520 * share * detail)), _seen(far))))
    count = len(at)
    placed = instances(at + 0.12 * out, facing(out + 0.3 * chance.normal((count, 3)), chance.normal((count, 3))),
                       varied_sizes(chance, count, 1.0, 0.3), varied_tints(chance, count, 0.01, 0.08),
                       chance.uniform(0, 1, count), 0.006, BLOSSOM_CELL)
    white = Material("foliage", surface="sprites", roughness=0.8, translucency=0.4)
    yield part("blossom", knot(chance.child("knot")), white, placed, casts_shadow=False, layer="heart")


def knot(chance: Chance, flowers: int = 5, size_m: float = 0.042) -> Mesh:
    """Painted flowers about the origin that look along +Z and a little apart."""
    pieces = []
    for index in range(flowers):
        face = card(size_m, size_m, 2, 0.0).moved(z=-size_m / 2).turned("x", np.pi / 2)
        face = face.turned("x", 0.5 * chance.normal()).turned("y", 0.5 * chance.normal())
        pieces.append(face.moved(*(0.028 * chance.normal(2)), 0.012 * index))
    mesh = merge(pieces)
    return mesh.shaded(occlusion=1.0, flex=0.6)
