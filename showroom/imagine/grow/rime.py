"""Rime: twigs that freezing fog has grown feathers of ice on, to windward; and the same on stone."""

import numpy as np

from showroom.imagine.grow.card import card
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import Mesh, merge, unit
from showroom.imagine.grow.scatter import facing, instances, varied_sizes
from showroom.imagine.grow.shapes import curve, tube

CELL = 15  # of the atlas: a feather of hoar frost


def twigs(chance: Chance, stems: int, tall_m: float) -> tuple[Mesh, np.ndarray]:
    """A leafless shrub about its root, shade b white to windward (+X); and (n, 3) places along its twigs."""
    pieces, places = [], []
    for index in range(stems):
        away = 2 * np.pi * index / stems + chance.uniform(0, 0.8)
        out = np.array([np.sin(away), 0, np.cos(away)]) * 0.3 * tall_m * chance.uniform(0.4, 1.2)
        top = np.array([0, tall_m * chance.uniform(0.6, 1.05), 0])
        path = curve(
            np.stack([0 * out, 0.3 * out + 0.45 * top, out + top])
            + np.array([[0, -0.02, 0], [0, 0, 0], [0, 0, 0]]),
            10,
        )
        _grow(chance, path, 0.006, 2, pieces, places)
    mesh = merge(pieces)
    return mesh.shaded(
        second=np.clip(0.45 + 0.9 * mesh.normals[:, 0] + 0.35 * mesh.normals[:, 1], 0, 1)
    ), np.concatenate(places)


def _grow(chance: Chance, path: np.ndarray, thick_m: float, forks: int, pieces: list, places: list) -> None:
    sides = 5 if thick_m > 0.004 else 3
    pieces.append(tube(path, np.linspace(thick_m, 0.35 * thick_m, len(path)), sides, closed=False))
    places.append(path[len(path) // 3 :])
    if not forks:
        return
    for index in range(5 if forks == 2 else 3):
        at = path[int(len(path) * (0.3 + 0.62 * index / 5))]
        ahead = unit(path[-1] - path[0])
        way = unit(ahead * 0.9 + 0.75 * unit(np.cross(ahead, chance.normal(3))))
        long = float(np.linalg.norm(path[-1] - path[0])) * chance.uniform(0.22, 0.42)
        tip = at + way * long + np.array([0, 0.08 * long, 0])
        _grow(
            chance,
            curve(np.stack([at, 0.5 * (at + tip) + 0.03 * long * chance.normal(3), tip]), 6),
            thick_m * 0.55,
            forks - 1,
            pieces,
            places,
        )


def feather() -> Mesh:
    """One feather 1 long from the origin along +Z."""
    return card(1.0, 0.62, 2, 0.06)


def feathers(
    chance: Chance, places: np.ndarray, windward: np.ndarray, size_m: float, each: int = 1
) -> np.ndarray:
    """INSTANCE of feathers at (n, 3) places, growing into the (3,) wind, no two alike."""
    at = np.repeat(places, each, axis=0)
    count = len(at)
    way = unit(windward + 0.55 * chance.normal((count, 3)))
    return instances(
        at,
        facing(way, chance.normal((count, 3))),
        varied_sizes(chance, count, size_m, 0.6),
        phases=chance.uniform(0, 1, count),
        cell=CELL,
    )
