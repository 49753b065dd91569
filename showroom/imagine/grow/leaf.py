"""Leaf: sprays of leaflets that wear the atlas's painted leaves, bent so that they catch light."""

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import Mesh, merge, turn, unit
from showroom.imagine.grow.shapes import patch


_LEFT, _RIGHT, _TIP, _STALK = 0.31, 0.69, 0.035, 0.85  # where the painted leaf lies in its cell


def leaflet(length_m: float, width_m: float, fold: float = 0.3, droop: float = 0.35, rows: int = 3) -> Mesh:
    """One leaf from the origin along +Z, face up, folded along its midrib, its tip hanging."""
    v, u = np.meshgrid(np.linspace(1, 0, rows), np.array([-1.0, 0.0, 1.0]), indexing="ij")
    points = np.stack([-u * width_m / 2, np.abs(u) * fold * width_m / 2 - droop * length_m * v ** 2 * 0.5,
                       length_m * v * (1 - 0.12 * droop * v)], axis=-1)
    across, down = (u + 1) / 2, 1 - v
    mesh = patch(points, np.stack([_LEFT + (_RIGHT - _LEFT) * across, _TIP + (_STALK - _TIP) * down],
                                  axis=-1))
    return mesh.shaded(occlusion=0.7 + 0.3 * v.reshape(-1), flex=0.4 + 0.6 * v.reshape(-1))


def spray(chance: Chance, leaflets: int = 3, length_m: float = 0.05, rows: int = 3) -> Mesh:
    """A compound leaf along +Z: one leaflet at the end, the others in pairs."""
    stalk = length_m * (0.5 + 0.42 * (leaflets // 2))
    pieces = [_hung(leaflet(length_m, length_m * 0.68, rows=rows), 0.0, stalk, chance)]
    for pair in range(leaflets // 2):
        at = stalk * (0.85 - 0.42 * pair) - 0.1 * length_m
        for side in (-1, 1):
            size = length_m * (0.86 - 0.08 * pair)
            pieces.append(_hung(leaflet(size, size * 0.68, rows=rows), side * 1.05, at, chance))
    return merge(pieces)


def _hung(mesh: Mesh, yaw: float, at: float, chance: Chance) -> Mesh:
    tilt = turn("y", yaw + 0.15 * chance.normal()) @ turn("x", 0.12 * chance.normal() + 0.08)
    return mesh.transformed(tilt).moved(0.0, -0.12 * at, at)


def cluster(chance: Chance, leaves: int, length_m: float, spread_m: float) -> Mesh:
    """Kites of two triangles, each cut from within a painted leaf, every way out of +Y: far foliage."""
    pieces = []
    shape = np.array([[[0.0, 0, 1.0], [0.34, 0, 0.5]], [[-0.34, 0, 0.5], [0.0, 0, 0.0]]]) * length_m
    uv = np.array([[[0.5, _TIP], [0.65, 0.42]], [[0.35, 0.42], [0.5, 0.83]]])
    for _ in range(leaves):
        tilt = turn("y", chance.uniform(0, 2 * np.pi)) @ turn("x", -chance.uniform(-0.35, 1.1)) @ turn("z",
                0.5 * chance.normal())
        offset = chance.uniform(-1, 1, 3) * np.array([spread_m, spread_m * 0.35, spread_m])
        pieces.append(patch(shape, uv).transformed(tilt).moved(*offset))
    mesh = merge(pieces)
    soft = unit(mesh.normals * 0.5 + np.array([0, 0.8, 0]) + unit(mesh.positions) * 0.5)
    return Mesh(mesh.positions, soft, mesh.uv, mesh.shade, mesh.faces).shaded(
        occlusion=0.75 + 0.25 * np.clip(mesh.positions[:, 1] / spread_m + 0.5, 0, 1), flex=0.7)
