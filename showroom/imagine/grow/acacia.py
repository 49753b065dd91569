"""Acacia: an old thorn tree within reach that weeps amber, its flat crown overhead, a lantern on its limb."""

from typing import Iterator

import numpy as np

from showroom.imagine.grow.card import card
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import Mesh, merge, unit
from showroom.imagine.grow.noise import fbm, ridged, smoothstep
from showroom.imagine.grow.part import part
from showroom.imagine.grow.resin import tears
from showroom.imagine.grow.scatter import facing, instances, varied_sizes, varied_tints
from showroom.imagine.grow.shapes import curve, lathe, tube
from showroom.imagine.grow.stones import Ground
from showroom.words.geometry import Geometry, Material

_PINNATE_CELL = 13  # the painted fern: an acacia's leaf is as finely cut
_TRUNK = ((-1.34, -0.3, -1.5), (-1.26, 0.3, -1.52), (-1.42, 0.78, -1.66), (-1.3, 1.28, -1.78))
_LIMBS = (  # knots and the radius where it leaves the wood
    (
        (
            (-1.3, 1.22, -1.77),
            (-1.02, 1.62, -1.86),
            (-0.72, 1.95, -2.1),
            (-0.2, 2.26, -2.35),
            (0.35, 2.4, -2.75),
        ),
        0.062,
    ),
    (((-1.31, 1.2, -1.78), (-1.56, 1.66, -1.7), (-2.1, 2.1, -1.6), (-2.9, 2.42, -1.75)), 0.06),
    (((-1.4, 0.86, -1.66), (-1.12, 1.12, -1.3), (-1.02, 1.42, -1.08), (-0.86, 1.58, -0.84)), 0.034),
    (((-1.3, 1.25, -1.79), (-1.36, 1.8, -2.3), (-1.1, 2.3, -3.0), (-1.3, 2.65, -3.7)), 0.05),
    (((-1.32, 0.5, -1.55), (-1.62, 0.72, -1.3), (-1.9, 0.8, -1.0)), 0.028),
)
HOOK = (-0.74, 1.9, -2.08)  # where a lantern hangs
_BARE = 4  # the last limb is a dead stub


def acacia(ground: Ground, chance: Chance, weeping: int, detail: float) -> Iterator[Geometry]:
    """Trunk and limbs, thorns, leaves, and `weeping` tears of amber where the bark has split."""
    drop = float(ground(np.array([-1.3]), np.array([-1.5]))[0])
    trunk = _barked(
        curve(np.array(_TRUNK), 30), np.linspace(0.125, 0.075, 30), int(16 + 12 * detail), chance, 0.02
    )
    wood, tips, ways = [trunk], [], []
    for index, (knots, thick) in enumerate(_LIMBS):
        draw = chance.child(f"limb {index}")
        path = curve(np.array(knots), 26)
        radius = thick * np.linspace(1, 0.1 if index != _BARE else 0.5, 26) ** 0.8
        wood.append(_barked(path, radius, int(9 + 5 * detail), draw, 0.3 * thick))
        if index != _BARE:
            twigs, at, way = _twigs(path, radius, draw, int(5 + 6 * detail))
            wood += twigs
            tips.append(at)
            ways.append(way)
    bark = Material(surface="wall", second_color=(0.2, 0.15, 0.1), normal_scale=1.0)
    yield part("acacia", merge(wood).moved(y=drop), bark)
    at, way = np.concatenate(tips) + [0, drop, 0], np.concatenate(ways)
    yield _leaves(at, way, chance.child("leaves"))
    yield _thorns(at, way, chance.child("thorns"))
    yield tears(
        merge(wood[:4]).moved(y=drop), chance.child("tears"), weeping, 0.45, 1.75, np.array([0.0, 1.5, 0.0])
    )


def _barked(path: np.ndarray, radius: np.ndarray, sides: int, chance: Chance, deep_m: float) -> Mesh:
    """A limb whose bark stands in twisted ribs; shade b is where it has peeled to pale wood."""
    seed = chance.integers(0, 1 << 20)
    mesh = tube(path, radius, sides, tile_m=0.4, closed=False)
    way = unit(mesh.normals)
    along = mesh.uv[:, 1] * 0.4
    twist = np.stack([way[:, 0] * 1.5, along * 1.3, way[:, 2] * 1.5], axis=1)
    ribs = ridged(twist * 2.2, 2, seed) - 0.55
    foot = 0.09 * np.exp(-np.clip(mesh.positions[:, 1] + 0.02, 0, None) / 0.11) * (deep_m > 0.015)
    mesh = mesh.displaced(deep_m * ribs + foot * (1 + fbm(way * 2.1, 1, seed + 1)))
    peeled = smoothstep(0.15, 0.4, fbm(mesh.positions * np.array([3.0, 1.4, 3.0]), 2, seed + 2))
    low = smoothstep(-0.02, 0.35, mesh.positions[:, 1])
    return mesh.shaded(
        occlusion=(0.4 + 0.6 * smoothstep(-0.4, 0.25, ribs)) * (0.35 + 0.65 * low), second=0.55 * peeled
    )


def _twigs(
    path: np.ndarray, radius: np.ndarray, chance: Chance, count: int
) -> tuple[list[Mesh], np.ndarray, np.ndarray]:
    """Twigs that rise from a limb and spread flat at their ends; (n, 3) places on them and ways along."""
    meshes, at, ways = [], [], []
    heading = unit(path[-1] - path[0])
    for index in range(count):
        root = int(len(path) * (0.42 + 0.56 * index / count))
        side = np.cross(heading, [0.0, 1.0, 0.0]) * (1 if index % 2 else -1)
        way = unit(side * chance.uniform(0.4, 1.0) + heading * chance.uniform(0.3, 0.9) + [0, 0.3, 0])
        reach = chance.uniform(0.3, 0.75) * min(1.0, 0.35 + 12 * radius[0])
        knots = (
            path[root] + np.array([[0.0], [0.4], [1.0]]) * way * reach + chance.normal((3, 3)) * 0.05 * reach
        )
        knots[0], knots[2, 1] = path[root], knots[1, 1] + 0.12 * reach
        twig = curve(knots, 9)
        meshes.append(
            tube(twig, np.linspace(min(0.011, radius[root] * 0.7), 0.0025, 9), 4, tile_m=0.4, closed=False)
        )
        places = np.repeat(twig[2:], 8, axis=0)
        at.append(places + 0.02 * chance.normal(places.shape))
        ways.append(np.broadcast_to(way, places.shape))
    return meshes, np.concatenate(at), np.concatenate(ways)


def _leaves(at: np.ndarray, way: np.ndarray, chance: Chance) -> Geometry:
    """Small twice-cut leaves, grey-green, flat to the sky."""
    count = len(at)
    ahead = unit(way + 0.9 * chance.normal((count, 3)) * np.array([1.0, 0.35, 1.0]))
    up = np.array([0.0, 1.0, 0.0]) + 0.35 * chance.normal((count, 3))
    placed = instances(
        at,
        facing(ahead, up),
        varied_sizes(chance, count, 1.0, 0.4),
        varied_tints(chance, count, 0.04, 0.3),
        chance.uniform(0, 1, count),
        0.006,
        _PINNATE_CELL,
    )
    grey = Material(
        "foliage", surface="sprites", base_color=(0.62, 0.5, 0.36, 1.0), roughness=1.0, translucency=0.5
    )
    return part("acacia leaves", card(0.055, 0.034, 3, 0.25), grey, placed, casts_shadow=False)


def _thorns(at: np.ndarray, way: np.ndarray, chance: Chance) -> Geometry:
    """White spines in pairs."""
    own = at[::3]
    count = len(own)
    out = unit(chance.normal((count, 3)) + 0.2 * way[::3])
    spine = lathe(np.array([(0.0, 1.0), (0.012, 0.55), (0.022, 0.0)]), 4).turned("x", np.pi / 2)
    placed = instances(
        own,
        facing(out, np.broadcast_to([0.0, 1.0, 0.1], out.shape)),
        varied_sizes(chance, count, 0.032, 0.4),
        varied_tints(chance, count, 0.02, 0.2),
    )
    return part(
        "acacia thorns",
        spine,
        Material(base_color=(0.5, 0.42, 0.31, 1.0), roughness=0.6),
        placed,
        casts_shadow=False,
    )
