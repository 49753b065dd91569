"""Dome: a vault of ice, each facet with a tilt of its own and an edge that catches the light."""

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import Mesh, make, merge, unit
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.shapes import icosphere, lathe

_SEAM_M, _GROOVE_M, _LEAN = 0.016, 0.018, 0.075


def dome_mesh(radius_m: float, chance: Chance) -> Mesh:
    """Facets of 0.5 to 1.5 m seen from within, five- to seven-sided, each flat and leaning its own way.

    Shade: r how much of the dusk a facet lets through, b its frosted rim (1 on the bevel between two).
    """
    points, faces = icosphere(3)
    points = unit(points + chance.normal((len(points), 3)) * 0.042)
    corners = unit(points[faces].mean(axis=1)) * radius_m
    pieces = [_facet(corners[ring], chance) for ring in _rings(points, faces, corners)]
    mesh = merge([piece for piece in pieces if piece.positions[:, 1].max() > -0.02])
    height = mesh.positions[:, 1] / radius_m
    return mesh.shaded(occlusion=mesh.shade[:, 0] * (0.45 + 0.55 * smoothstep(-0.02, 0.35, height)))


def _rings(points: np.ndarray, faces: np.ndarray, corners: np.ndarray) -> list[np.ndarray]:
    """For each point, the faces round it (by number), counter-clockwise seen from outside."""
    order = np.argsort(faces.reshape(-1), kind="stable")
    owner, face = faces.reshape(-1)[order], order // 3
    rings = np.split(face, np.flatnonzero(np.diff(owner)) + 1)
    sorted_rings = []
    for centre, ring in zip(points, rings):
        side = unit(np.cross(centre, np.array([0.31, 0.2, 0.93])))
        lift = np.cross(centre, side)
        away = corners[ring] - corners[ring].mean(axis=0)
        sorted_rings.append(ring[np.argsort(np.arctan2(away @ lift, away @ side))])
    return sorted_rings


def _facet(corners: np.ndarray, chance: Chance) -> Mesh:
    """One plate of ice, drawn in from its neighbours, with the bevel down to the groove between them."""
    count = len(corners)
    centre = corners.mean(axis=0)
    inward = unit(-centre + np.linalg.norm(centre) * _LEAN * chance.uniform(-1, 1, 3))
    reach = np.linalg.norm(corners - centre, axis=1, keepdims=True)
    rim = centre + (corners - centre) * (1 - _SEAM_M / reach)
    rim = rim - inward * ((rim - centre) @ inward)[:, None] + unit(-centre) * _SEAM_M
    heart = centre + (rim - centre) * 0.72
    groove = corners + unit(corners) * _GROOVE_M
    positions = np.concatenate([groove, rim, heart, [heart.mean(axis=0)]])
    here, there = np.arange(count), (np.arange(count) + 1) % count
    faces = [np.stack([first, second, third], axis=1) for low in (0, count) for first, second, third in
             ((low + here, low + there, low + count + there),
              (low + here, low + count + there, low + count + here))]
    faces.append(np.stack([2 * count + here, 2 * count + there, np.full(count, 3 * count)], axis=1))
    outside = make(positions, np.concatenate(faces), _flat_uv(positions))
    thick = 0.4 + 0.6 * chance.uniform() ** 0.7  # thick ice lets less of the dusk through
    clear = np.concatenate([np.full(count, 0.9), np.full(count, thick), np.full(count + 1, thick)])
    frost = np.concatenate([np.full(count, 1.0), np.full(count, 0.55), np.full(count + 1, 0.0)])
    return outside.shaded(second=frost, occlusion=clear).faceted().turned_inside_out()


def _flat_uv(points: np.ndarray) -> np.ndarray:
    """Texture in metres round the dome (u) and up it (v), repeating every 2 m."""
    around = np.arctan2(points[:, 0], -points[:, 2])
    around = np.where(around - around[0] > np.pi, around - 2 * np.pi, around)
    around = np.where(around - around[0] < -np.pi, around + 2 * np.pi, around)
    return np.stack([around * 3.5, -points[:, 1] / 2], axis=1)


def frost_mesh(radius_m: float, chance: Chance) -> Mesh:
    """A low bank of rime where wall and floor meet."""
    rows = np.array([(radius_m + 0.05, 0.30), (radius_m - 0.03, 0.16), (radius_m - 0.1, 0.07),
                     (radius_m - 0.22, 0.025),
                     (radius_m - 0.42, -0.004)])
    bank = lathe(rows, 96).turned_inside_out()
    x, y, z = bank.positions.T
    swing = fbm(np.stack([x, z], axis=1) * 1.1, 3, chance.integers(0, 1 << 30))
    lifted = np.stack([x, np.where(y > 0.0, y * (1 + 0.6 * swing), y), z], axis=1)
    return make(lifted, bank.faces, bank.uv * np.array([20, 1])).shaded(second=1.0, occlusion=0.8)
