"""Dome: a vault of ice, each facet with a tilt of its own and an edge that catches the light."""

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import Mesh, make, unit
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.shapes import icosphere, lathe

_SEAM_M = 0.035


def dome_mesh(radius_m: float, chance: Chance, detail: float = 1.0) -> Mesh:
    """Facets of 0.5 to 1.5 m seen from within: flat faces, and between them narrow bevels (second colour)."""
    points, faces = icosphere(3)
    wander = chance.normal((len(points), 3)) * 0.028
    points = unit(points + wander)
    low = points[faces][:, :, 1].max(axis=1) > -0.02
    faces = faces[low]
    plates = [np.roll(face, turn) for face, turn in zip(faces, chance.integers(0, 3, len(faces)))]
    positions, triangles, uv, second, clear = [], [], [], [], []
    for index, face in enumerate(plates):
        corners = points[face] * radius_m
        plate = _plate(corners, chance)
        start = 6 * index
        thickness = 0.4 + 0.6 * float(chance.uniform(0, 1, 1)[0]) ** 0.7  # thick ice lets less of the dusk through
        positions += [corners, plate]
        second += [1.0, 1.0, 1.0, 0.0, 0.0, 0.0]
        clear += [1.0] * 3 + [thickness] * 3
        uv += list(_flat_uv(corners)) + list(_flat_uv(plate))
        a, b, c, d, e, f = range(start, start + 6)
        triangles += [(d, e, f), (a, b, e), (a, e, d), (b, c, f), (b, f, e), (c, a, d), (c, d, f)]
    outside = make(np.concatenate(positions), np.array(triangles), np.array(uv))
    flat = outside.shaded(second=np.array(second), occlusion=np.array(clear)).faceted().turned_inside_out()
    height = flat.positions[:, 1] / radius_m
    return flat.shaded(occlusion=flat.shade[:, 0] * (0.45 + 0.55 * smoothstep(-0.02, 0.35, height)))


def _plate(corners: np.ndarray, chance: Chance) -> np.ndarray:
    """The facet within its seam: drawn in, and leaning a few degrees off the sphere."""
    centre = corners.mean(axis=0)
    inward = -unit(centre)
    length = np.linalg.norm(corners - centre, axis=1, keepdims=True)
    inset = centre + (corners - centre) * (1 - 2 * _SEAM_M / length)
    lean = chance.uniform(-1, 1, 3)
    lean = (lean - lean.mean()) * 0.055
    return inset + inward * (0.03 + lean)[:, None] * length


def _flat_uv(points: np.ndarray) -> np.ndarray:
    """Texture in metres round the dome (u) and up it (v), repeating every 2 m."""
    around = np.arctan2(points[:, 0], -points[:, 2])
    around = np.where(around - around[0] > np.pi, around - 2 * np.pi, around)
    around = np.where(around - around[0] < -np.pi, around + 2 * np.pi, around)
    return np.stack([around * 3.5, -points[:, 1] / 2], axis=1)


def frost_mesh(radius_m: float, chance: Chance) -> Mesh:
    """A low bank of rime where wall and floor meet."""
    rows = np.array([(radius_m + 0.05, 0.30), (radius_m - 0.03, 0.16), (radius_m - 0.1, 0.07), (radius_m - 0.22, 0.025),
                     (radius_m - 0.42, -0.004)])
    bank = lathe(rows, 96).turned_inside_out()
    x, y, z = bank.positions.T
    swing = fbm(np.stack([x, z], axis=1) * 1.1, 3, chance.integers(0, 1 << 30))
    lifted = np.stack([x, np.where(y > 0.0, y * (1 + 0.6 * swing), y), z], axis=1)
    return make(lifted, bank.faces, bank.uv * np.array([20, 1])).shaded(second=1.0, occlusion=0.8)
