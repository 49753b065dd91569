"""Night trees: cypresses that stand dark against the stars, and the yew walls of the garden."""

from typing import Iterator

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.grass import tuft
from showroom.imagine.grow.hedge import hedge_mesh, hedges, in_sight, leafy, skin
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import fbm
from showroom.imagine.grow.part import part, rgb, rgba
from showroom.imagine.grow.scatter import bases, instances, varied_sizes, varied_tints
from showroom.imagine.grow.shapes import lathe
from showroom.words.geometry import Geometry, Material

_GREEN = np.array([0.02, 0.038, 0.02])
_STANDING = (  # x, z, height: in pairs along the axis, none like its fellow, and a few about the garden
    (-3.9, -8.6, 5.6), (4.0, -9.0, 6.3), (-2.9, -12.6, 7.4), (3.0, -12.2, 6.8), (-6.4, -11.5, 8.2), (6.8, -13.0, 7.6),
    (-4.4, -17.5, 9.0), (4.8, -18.5, 9.6), (-9.5, -8.0, 7.0), (9.8, -7.0, 7.8), (-5.8, -3.0, 5.2), (6.2, -2.2, 5.8),
    (-7.0, 4.5, 6.6), (6.6, 5.5, 7.2), (-2.6, 8.5, 6.4), (3.0, 9.0, 7.0), (-14.0, -16.0, 9.5), (13.5, -17.0, 9.0),
)
_WALLS = (  # length, height, yaw, x, z
    (4.6, 2.3, 0.0, -3.4, -10.6), (4.6, 2.3, 0.0, 3.4, -10.6), (14.0, 1.9, np.pi / 2, -5.2, -3.4),
    (14.0, 1.9, np.pi / 2, 5.3, -3.6), (10.5, 2.1, 0.0, 0.0, 7.4), (7.0, 1.5, 0.0, 0.0, -15.5),
)


def night_trees(chance: Chance, detail: float) -> Iterator[Geometry]:
    """Cypresses, their foliage in upright plumes, and clipped yew walls, open where the arch stands."""
    trees = merge([cypress(chance.child(f"tree {index}"), tall).moved(x, 0.0, z)
                   for index, (x, z, tall) in enumerate(_STANDING)])
    dark = Material(base_color=rgba(0.6 * _GREEN), second_color=rgb(1.3 * _GREEN), roughness=1.0)
    yield part("cypress", trees, dark, casts_shadow=False)
    at, out = skin(chance.child("plumes"), trees, int(1500 * max(detail, 0.3)), in_sight(trees, near_m=14.0))
    draw = chance.child("plumed")
    count = len(at)
    placed = instances(at - 0.04 * out, bases(draw, count, 0.1, out * [0.4, 0.0, 0.4] + [0.0, 1.0, 0.0]),
                       varied_sizes(draw, count, 1.0, 0.4), varied_tints(draw, count, 0.02, 0.35),
                       draw.uniform(0, 1, count), 0.012)
    plume = Material("foliage", base_color=rgba(_GREEN), second_color=rgb(1.6 * _GREEN), roughness=0.9,
                     translucency=0.15)
    yield part("cypress plumes", tuft(draw, 5, 0.58, 0.1, 0.07, 0.28, 2), plume, placed, casts_shadow=False)
    walls = [hedge_mesh(chance, long, tall, 0.95).turned("y", yaw).moved(x, 0.0, z) for long, tall, yaw, x, z in _WALLS]
    yield from hedges("yew", walls, _GREEN, chance.child("leaves"), int(2200 * max(detail, 0.3)), 0.26,
                      casts_shadow=False)


def cypress(chance: Chance, tall_m: float) -> Mesh:
    """One spindle from just above the ground to its tip, fluted by plumes."""
    share = np.array([1.0, 0.97, 0.9, 0.78, 0.62, 0.45, 0.28, 0.13, 0.05, 0.02])
    wide = np.array([0.0, 0.1, 0.3, 0.56, 0.82, 0.98, 1.0, 0.82, 0.45, 0.12])
    girth = tall_m * chance.uniform(0.085, 0.115)
    mesh = lathe(np.stack([girth * wide, tall_m * share], axis=1), 14)
    seed = chance.integers(0, 1 << 20)
    plumes = fbm(mesh.positions * np.array([2.6, 0.7, 2.6]), 3, seed)
    return leafy(mesh.displaced(0.22 * girth * plumes), -0.3, 0.6 * tall_m)
