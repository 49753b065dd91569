"""Oven: a bread oven built across a corner: breast, brick arch, a vaulted hollow with embers and fire."""

from typing import Callable, Iterator

import numpy as np

from showroom.imagine.grow import fire
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import part, triple
from showroom.imagine.grow.scatter import instances
from showroom.imagine.grow.shapes import box, patch, tube
from showroom.imagine.grow.vault import pierced_wall
from showroom.words.geometry import Geometry, Material

_WIDE, _HALF, _SILL, _SPRING, _INTO = 1.64, 0.36, 0.95, 1.05, 0.75


def oven(chance: Chance, corner: tuple[float, float], high_m: float, plaster: Material, tile_m: float,
         heat: float) -> Iterator[Geometry]:
    """Across the corner (x, z) where the wall ahead meets the right one. heat: 0 embers to 1 a fire."""
    breast = pierced_wall(_WIDE, -0.1, high_m, 0.14, tile_m, (0.0, 2 * _HALF, _SILL, _SPRING))
    under = smoothstep(-0.1, 0.6, breast.positions[:, 1]) * 0.4 + 0.6
    place = _across(corner)
    yield part("oven breast", place(breast.shaded(occlusion=breast.shade[:, 0] * under)), plaster)
    yield part("oven bricks", place(merge([_arch(chance), _hollow(chance), _hearth()])),
               Material(base_color=(0.26, 0.105, 0.058, 1.0), second_color=(0.035, 0.02, 0.014),
                        roughness=0.92))
    lumps, lit = fire.coals(chance, 0.2, 18, 1)
    lumps, lit = (mesh.scaled(1.3, 0.9, 0.8).moved(0.02, _SILL + 0.015, -0.42) for mesh in (lumps, lit))
    inside, before = (place(Mesh(*[np.array([[0.0, _SILL + 0.24, z]])] * 4,
                                 np.zeros((0, 3), int))).positions[0]
                      for z in (-0.25, 0.45))
    lights = (fire.light(triple(inside), fire.EMBER + np.array([0.0, 0.12, 0.02]),
                         0.035 + 0.03 * heat, 1.0, 0.5),
              fire.light(triple(before), fire.EMBER + np.array([0.0, 0.14, 0.03]),
                         0.5 + 0.7 * heat, 2.6, 0.5))
    yield part("oven coals", place(lumps), fire.charred(), lights=lights)
    yield part("oven embers", place(lit), fire.burning(fire.COAL, 3.0), casts_shadow=False)
    tongues = [_tongue(chance.child(f"tongue {index}"), (0.13 + 0.13 * heat) * chance.uniform(0.5, 1.2))
               .moved(0.13 * chance.normal(), _SILL + 0.03, -0.42 + 0.05 * chance.normal())
               for index in range(14)]
    yield part("oven fire", place(merge(tongues)), fire.shine(np.array([1.0, 0.2, 0.018]), 0.9),
               instances(np.zeros((1, 3)), phases=np.array([0.3]), flex_m=0.02), casts_shadow=False)


def _tongue(chance: Chance, tall_m: float) -> Mesh:
    """One lick of a wood fire: broad and bright at its foot, bent by the draught, thinned out to a tip."""
    share = np.linspace(0.0, 1.0, 11)
    sway = 0.16 * chance.normal() * share**1.5 + 0.05 * np.sin(7.0 * share + chance.uniform(0, 6.3)) * share
    path = np.stack([sway, share, 0.5 * np.roll(sway, 1) * share], axis=1) * tall_m
    wide = tall_m * (0.03 + 0.17 * np.sin(np.pi * share**0.6) ** 1.2 * (1 - 0.5 * share))
    mesh = tube(path, wide * (1 - share**4) + 0.001, 9)
    high = np.clip(mesh.positions[:, 1] / tall_m, 0, 1)
    return mesh.shaded(opacity=smoothstep(-0.1, 0.2, high) * (1 - high) ** 1.3, flex=high)


def _across(corner: tuple[float, float]) -> Callable[[Mesh], Mesh]:
    """A change of place: what faces +Z about the origin faces out of the corner, half way to −X."""
    half = np.sqrt(0.5)
    return lambda mesh: mesh.turned("y", -np.pi / 4).moved(corner[0] - half * _INTO, 0.0,
                                                           corner[1] + half * _INTO)


def _arch(chance: Chance) -> Mesh:
    """Two rings of bricks on edge round the mouth, each a little its own, and the jambs below them."""
    bricks = []
    for ring, (out, count) in enumerate(((_HALF + 0.06, 17), (_HALF + 0.175, 21))):
        for index in range(count):
            turn = np.pi * (index + 0.5) / count
            brick = box(np.pi * out / count - 0.012, 0.105, 0.1, 0.008).moved(0, -0.0525, 0)
            brick = brick.turned("z", turn - np.pi / 2).shaded(second=0.45 * chance.uniform() ** 2)
            bricks.append(brick.moved(np.cos(turn) * out, _SPRING + np.sin(turn) * out,
                                      0.05 + 0.02 * ring + 0.008 * chance.normal()))
    for side in (-1, 1):
        for row in range(2):
            brick = box(0.21, 0.045, 0.1, 0.008).shaded(second=0.4 * chance.uniform())
            bricks.append(brick.moved(side * (_HALF + 0.11), _SILL + 0.002 + 0.05 * row, 0.06))
    return merge(bricks)


def _hollow(chance: Chance) -> Mesh:
    """The vault within, sooted towards its back, drawn in to a round end."""
    a, d = np.meshgrid(np.linspace(0, np.pi, 17), np.linspace(0, 1, 9), indexing="ij")
    reach = _HALF * np.sqrt(np.clip(1 - (np.clip(d - 0.45, 0, 1) / 0.56) ** 2, 0.0, 1))
    tall = _SPRING - _SILL
    x, y = np.cos(a) * reach, _SILL + tall * (np.sin(a) > 0.02) + np.sin(a) * reach
    vault = patch(np.stack([x, y, -0.55 * d], axis=-1))
    u, d = np.meshgrid(np.linspace(-1, 1, 9), np.linspace(0, 1, 7), indexing="ij")
    floor = patch(np.stack([u * _HALF, np.full_like(u, _SILL + 0.004), -0.55 * d], axis=-1))
    pieces = []
    for mesh in (vault, floor):
        middle = np.array([0.0, _SPRING, -0.2])
        inward = np.sum((middle - mesh.positions) * mesh.normals) > 0
        mesh = mesh if inward else mesh.turned_inside_out()
        soot = 0.4 + 0.5 * smoothstep(0.0, -0.45, mesh.positions[:, 2])
        soot = soot + 0.3 * fbm(mesh.positions * np.array([9.0, 16.0, 9.0]), 2, chance.integers(0, 999))
        pieces.append(mesh.shaded(second=np.clip(soot, 0, 1), occlusion=0.8))
    return merge(pieces)


def _hearth() -> Mesh:
    """The stone lip before the mouth."""
    return box(1.1, 0.06, 0.26, 0.012, cuts=2).moved(0, _SILL - 0.062, 0.06).shaded(second=0.25)
