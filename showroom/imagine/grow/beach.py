"""Beach: the shore's lie of the land, its wet edge, and the sheet of water before it.

The visitor stands at the origin on nearly level shingle; the sea begins about 4 m ahead (−Z).
"""

import numpy as np

from showroom.imagine.grow.mesh import Mesh
from showroom.imagine.grow.noise import fbm, noise, smoothstep
from showroom.imagine.grow.shapes import graded, patch, polar_sheet

WATER_M = -0.2


def shore_z(x: np.ndarray) -> np.ndarray:
    """z of the waterline at x, metres: shallow bays, drawn back far out to both sides."""
    x = np.asarray(x, dtype=np.float64)
    bays = 0.55 * np.sin(x * 0.33 + 0.6) + 0.35 * np.sin(x * 0.81 + 2.1)
    return -4.1 + bays * smoothstep(60, 10, np.abs(x)) - 0.0016 * np.minimum(x * x, 9000.0)


def height(x: np.ndarray, z: np.ndarray, seed: int) -> np.ndarray:
    """Height of the beach, metres: level about the visitor, a berm behind, dunes beyond that."""
    x, z = np.asarray(x, dtype=np.float64), np.asarray(z, dtype=np.float64)
    inland = z - shore_z(x)
    near = np.hypot(x, z)
    beach = WATER_M + 0.052 * np.minimum(inland, 4.1) + 0.012 * np.clip(inland - 4.1, 0, 6)
    sea = np.where(inland < 0, 0.05 * inland, 0.0)
    berm = 0.55 * smoothstep(6.5, 11.0, inland + 0.5 * noise(np.stack([x, z], -1) * 0.4, seed))
    dunes = 2.6 * smoothstep(14, 34, inland + 5 * fbm(np.stack([x, z], -1) * 0.06, 2, seed + 1))
    ripple = 0.05 * fbm(np.stack([x, z], -1) * 0.55, 4, seed + 2)
    rough = 0.012 * fbm(np.stack([x, z], -1) * 5.0, 3, seed + 3)
    flat = smoothstep(0.45, 1.6, near)
    shaped = np.maximum(beach + sea, -6.0) + berm + dunes * (1 + 0.3 * fbm(np.stack([x, z], -1) * 0.2, 3,
        seed + 4))
    return shaped * smoothstep(0.2, 1.4, near) + (ripple + rough) * (0.15 + 0.85 * flat)


def ground_mesh(seed: int, detail: float, tile_m: float) -> Mesh:
    """The beach, fine round the visitor; shade b is the dark of wet stone near the water."""
    radii = graded(0.075, 130.0, int(34 + 34 * detail))
    mesh = polar_sheet(radii, int(60 + 84 * detail), lambda x, z: height(x, z, seed), tile_m)
    x, _, z = mesh.positions.T
    inland = z - shore_z(x) + 0.5 * fbm(np.stack([x, z], 1) * 0.9, 3, seed + 8)
    wet = smoothstep(2.6, 0.6, inland)
    hollow = fbm(np.stack([x, z], 1) * 0.8, 3, seed + 2)
    foot = 1 - 0.55 * np.exp(-((np.hypot(x, z + 1.05) / 0.36) ** 4))
    return mesh.shaded(occlusion=(0.86 + 0.14 * hollow) * foot, second=0.75 * wet)


def dunes_mesh(seed: int, detail: float) -> Mesh:
    """Blown sand that covers the shingle inland: it rises out of it in tongues, rippled by the wind.

    Shade b is the paler sand on the crests.
    """
    radii = graded(0.35, 120.0, int(20 + 22 * detail)) + 4.0
    angle = np.linspace(0.5 * np.pi - 0.7, 1.5 * np.pi + 0.7, int(36 + 36 * detail))
    r, a = np.meshgrid(radii[::-1], angle, indexing="ij")
    x, z = r * np.sin(a), -r * np.cos(a)
    at = np.stack([x, z], axis=-1)
    inland = z - shore_z(x) + 2.6 * fbm(at * 0.22, 3, seed + 30) + 0.8 * fbm(at * 0.9, 2, seed + 31)
    over = 0.22 * smoothstep(7.6, 11.5, inland) - 0.14 * smoothstep(8.6, 7.0, inland)
    hummocks = 0.35 * np.maximum(fbm(at * 0.35, 3, seed + 32), 0) * smoothstep(9.0, 13.0, inland)
    mesh = patch(np.stack([x, height(x, z, seed) + over + hummocks, z], axis=-1), at)
    mesh = mesh if mesh.normals[:, 1].mean() > 0 else mesh.turned_inside_out()
    crest = smoothstep(-0.1, 0.5, fbm(mesh.positions[:, [0, 2]] * 0.35, 3, seed + 32))
    return mesh.shaded(occlusion=0.8 + 0.2 * crest, second=crest)


def water_mesh(seed: int, detail: float, tile_m: float) -> Mesh:
    """The sea from the shore to 400 m in a fan ahead of the visitor.

    Shade: g how free the waves are (0 at the shore), b foam, a opacity (shallow water is clear).
    """
    radii = graded(0.14, 400.0, int(50 + 50 * detail))[1:] + 2.3
    angle = np.linspace(-1.9, 1.9, int(70 + 80 * detail))
    r, a = np.meshgrid(radii[::-1], angle, indexing="ij")
    x, z = r * np.sin(a), -r * np.cos(a)
    points = np.stack([x, np.full_like(x, WATER_M), z], axis=-1)
    mesh = patch(points, np.stack([x, z], axis=-1) / tile_m)
    x, _, z = mesh.positions.T
    depth = WATER_M - height(x, z, seed)
    out = shore_z(x) - z
    return mesh.shaded(flex=smoothstep(0.3, 7.0, out), second=foam(x, z, seed),
                       opacity=smoothstep(-0.02, 0.3, depth),
                       occlusion=1.0)


def foam(x: np.ndarray, z: np.ndarray, seed: int) -> np.ndarray:
    """0 to 1: lace at the very edge, the wash before the breaker and what boils under it, streaks it leaves."""
    at = np.stack([x, z], axis=-1)
    out = shore_z(x) - z + 0.4 * fbm(at * 0.8, 3, seed + 20)
    edge = np.exp(-((out - 0.15) / 0.28) ** 2)
    wash = smoothstep(0.0, 1.5, out) * smoothstep(6.0, 1.6, out)
    lace = smoothstep(0.72, 0.97, 1 - np.abs(fbm(at * np.array([1.1, 1.9]), 3, seed + 21)))
    patches = smoothstep(-0.25, 0.5, fbm(at * 0.4, 3, seed + 22))
    boil = smoothstep(2.6, 3.3, out) * smoothstep(5.6, 4.4, out) * smoothstep(6.0, 1.0, x) * smoothstep(-18, -10, x)
    torn = smoothstep(-0.3, 0.2, fbm(at * np.array([1.4, 2.6]), 3, seed + 23))
    return np.clip(edge + wash * lace * patches * 0.9 + 0.8 * boil * torn, 0, 1)
