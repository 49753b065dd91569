"""Tea wall: field stones split flat and laid dry, course on course, along the foot of a terrace's bank."""

from typing import Iterator

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import Mesh
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import part
from showroom.imagine.grow.scatter import facing, instances, varied_tints
from showroom.imagine.grow.shapes import loft
from showroom.imagine.grow.tea_rows import ABOVE_M, Bowl, stairs_at
from showroom.words.geometry import Geometry, Material

_LONG_M = np.array([0.27, 0.35, 0.45])  # of the three kinds of stone
_COURSE_M, _DEEP_M, _COURSES = 0.135, 0.3, 3
_BATTER_M = 0.03  # how far each course stands back from the one below
_SQUARE = np.array([(-1, 1), (1, 1), (1, -1), (-1, -1), (-1, 1)], dtype=np.float64)


def wall(land: Bowl, wet: Material, tile_m: float, chance: Chance) -> Iterator[Geometry]:
    """The wall along the visitor's terrace, open where the stairs come down."""
    made = [_course(land, level, chance.child(f"course {level}")) for level in range(_COURSES)]
    at, out, kind = (np.concatenate(each) for each in zip(*made))
    for index, long in enumerate(_LONG_M):
        here = kind == index
        count = int(here.sum())
        up = np.array([0.0, 1.0, 0.0]) + 0.05 * chance.normal((count, 3))
        sizes = 1 + np.array([0.05, 0.12, 0.2]) * chance.uniform(-1, 1, (count, 3))
        placed = instances(at[here], facing(out[here] + 0.06 * chance.normal((count, 3)), up), sizes,
                           varied_tints(chance, count, 0.012, 0.3))
        yield part(f"wall stones {index}", _stone(long, index, tile_m), wet, placed)


def _course(land: Bowl, level: int, chance: Chance) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(n, 3) feet of the stones of one course, (n, 3) ways out of the wall, (n,) kinds, laid end to end."""
    angle = np.linspace(-2.4, -0.3, 1500)
    line = land.at(np.full(len(angle), -(ABOVE_M - 0.02 + _BATTER_M * level)), angle)
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    kind = chance.integers(0, len(_LONG_M), int(along[-1] / _LONG_M.min()))
    ends = np.cumsum(_LONG_M[kind])
    middle = ends - _LONG_M[kind] / 2 - chance.uniform(0, 0.3)
    x, z = (np.interp(middle, along, line[:, axis]) for axis in (0, 1))
    reach, way = np.hypot(x, z), stairs_at(land, np.array(-ABOVE_M - 0.2))
    keep = (middle < along[-1]) & (reach < 14.0) & (reach > 0.95) & (np.hypot(x - way[0], z - way[1]) > 0.55)
    keep &= (level < _COURSES - 1) | (chance.uniform(0, 1, len(x)) < 0.85)  # a few have fallen off the top
    turned = np.interp(middle, along, angle)
    foot = land.at(np.full(len(x), -ABOVE_M), turned)
    y = land.height(foot[:, 0], foot[:, 1]) - 0.015 + _COURSE_M * level
    out = np.stack([-np.sin(turned), 0 * turned, -np.cos(turned)], axis=1)
    return np.stack([x, y, z], axis=1)[keep], out[keep], kind[keep]


def _stone(long_m: float, seed: int, tile_m: float) -> Mesh:
    """One stone on the origin, its split face to +Z: flat, angular, no edge quite straight; dark below."""
    rows = np.array([(0.0, 1.0), (0.86, 1.0), (1.0, 0.86), (1.02, 0.3), (0.9, 0.0)])
    half = np.array([0.55 * long_m, 1.04 * _COURSE_M, 0.5 * _DEEP_M])
    mesh = loft(_SQUARE, rows, tile_m)
    uneven = np.stack([fbm(mesh.positions * 1.4 + 17.0 * (3 * seed + axis), 2, seed) for axis in range(3)], axis=1)
    mesh = mesh.displaced(uneven * np.array([0.2, 0.12, 0.2])).scaled(*half).faceted()
    y = mesh.positions[:, 1] / half[1]
    return mesh.shaded(occlusion=0.35 + 0.65 * smoothstep(0.0, 0.7, y), second=0.5 * smoothstep(0.45, 0.0, y))
