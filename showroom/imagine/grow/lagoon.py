"""Lagoon: white sand that slopes into clear water, a sandbank, a reef with its surf, light on the bottom.

The visitor stands at the origin on level sand; the water begins about 3.5 m ahead (−Z), and the beach
swings round to the right into a point.
"""

import numpy as np

from showroom.imagine.grow.mesh import Mesh
from showroom.imagine.grow.noise import fbm, noise, smoothstep
from showroom.imagine.grow.shapes import graded, grid_sheet, patch, polar_sheet

WATER_M = -0.2
_REEF_M, _FLOOR_M = 62.0, 1.7  # how far out the reef is; how deep the lagoon
_DIMS_M = 0.5  # depth of water that takes most of the sand's own colour


def shore_z(x: np.ndarray) -> np.ndarray:
    """z of the waterline at x, metres: a shallow bay that swings forward far to the right."""
    x = np.asarray(x, dtype=np.float64)
    point = 26.0 * smoothstep(7.0, 46.0, x) - 9.0 * smoothstep(60.0, 110.0, x)
    left = 5.0 * smoothstep(-14.0, -70.0, x)
    return -3.7 + 0.35 * np.sin(0.5 * x + 0.4) - 0.5 * smoothstep(1.0, 6.0, x) - point - left


def height(x: np.ndarray, z: np.ndarray, seed: int) -> np.ndarray:
    """Height of the sand, metres: level about the visitor, a crest behind, the lagoon's floor ahead."""
    x, z = np.broadcast_arrays(np.asarray(x, dtype=np.float64), np.asarray(z, dtype=np.float64))
    at = np.stack([x, z], axis=-1)
    inland = (z - shore_z(x)) * 0.9
    away = np.hypot(x, z)
    beach = WATER_M + 0.085 * np.clip(inland, 0, 2.4) + 0.022 * np.clip(inland - 2.4, 0, 9)
    rise = 0.5 * smoothstep(6.0, 12.0, inland + 1.2 * noise(at * 0.25, seed))
    out = np.maximum(-inland, 0.0)
    deep = 0.15 * np.minimum(out, 3.0) + 0.07 * np.clip(out - 3.0, 0, 50)
    bank = (
        smoothstep(5.5, 8.0, out)
        * smoothstep(17.0, 11.0, out)
        * smoothstep(-0.3, 0.35, fbm(at * 0.13, 2, seed + 4))
    )
    deep = np.minimum(deep, _FLOOR_M) * (1 - 0.72 * bank)
    ripple = 0.035 * fbm(at * 0.6, 3, seed + 2) + 0.012 * fbm(at * 2.4, 2, seed + 3)
    level = smoothstep(0.3, 2.0, away)
    return (
        (beach + rise) * level - deep + ripple * (0.2 + 0.8 * level) * smoothstep(-0.2, 0.8, np.abs(inland))
    )


def ground_mesh(seed: int, detail: float, tile_m: float) -> Mesh:
    """The sand above and under water. Shade b is what water takes of its colour, r the dark of wet sand."""
    mesh = polar_sheet(
        graded(0.085, 150.0, int(36 + 36 * detail)),
        int(60 + 80 * detail),
        lambda x, z: height(x, z, seed),
        tile_m,
    )
    x, y, z = mesh.positions.T
    at = np.stack([x, z], axis=1)
    wet = smoothstep(WATER_M + 0.17, WATER_M + 0.03, y + 0.05 * fbm(at * 1.3, 2, seed + 8))
    depth = np.maximum(WATER_M - y, 0.0)
    coral = smoothstep(0.12, 0.4, fbm(at * 0.17, 3, seed + 9)) * smoothstep(0.5, 1.1, depth)
    foot = 1 - 0.5 * np.exp(-((np.hypot(x, z + 1.05) / 0.34) ** 4))
    return mesh.shaded(
        occlusion=foot * (1 - 0.36 * wet * (depth < 0.02)) * (1 - 0.6 * coral),
        second=np.clip(1 - np.exp(-depth / _DIMS_M) + 0.25 * coral, 0, 1),
    )


def water_mesh(seed: int, detail: float, tile_m: float, beyond: bool) -> Mesh:
    """A fan of water ahead of the visitor: the lagoon, or what lies `beyond` the reef to 500 m.

    Shade as of water: g how free the waves are, b foam, a opacity.
    """
    first, last = (_REEF_M - 14.0, 500.0) if beyond else (2.6, _REEF_M + 10.0)
    radii = first + graded(
        0.1 if not beyond else 1.6,
        last - first,
        int((16 if beyond else 50) + (20 if beyond else 40) * detail),
    )
    angle = np.linspace(-2.0, 2.0, int(60 + 70 * detail))
    r, a = np.meshgrid(radii[::-1], angle, indexing="ij")
    x, z = r * np.sin(a), -r * np.cos(a)
    mesh = patch(np.stack([x, np.full_like(x, WATER_M), z], axis=-1), np.stack([x, z], axis=-1) / tile_m)
    x, _, z = mesh.positions.T
    depth, out = WATER_M - height(x, z, seed), (shore_z(x) - z) * 0.9
    away = np.hypot(x, z)
    if beyond:
        return mesh.shaded(
            flex=0.9, second=_surf(x, z, seed), opacity=smoothstep(_REEF_M - 12, _REEF_M + 4, away)
        )
    clear = 0.14 * smoothstep(-0.015, 0.03, depth) + 0.76 * smoothstep(0.02, 0.95, depth) ** 0.8
    return mesh.shaded(
        flex=0.05 + 0.5 * smoothstep(0.3, 9.0, out),
        second=_wash(x, z, out, seed),
        opacity=clear * smoothstep(_REEF_M + 10, _REEF_M + 2, away),
    )


def _wash(x: np.ndarray, z: np.ndarray, out: np.ndarray, seed: int) -> np.ndarray:
    """Foam at the lagoon's quiet edge: one thin seam of lace and a few threads behind it."""
    at = np.stack([x, z], axis=-1)
    line = out + 0.3 * fbm(at * 0.7, 3, seed + 20)
    edge = np.exp(-(((line - 0.05) / 0.16) ** 2))
    thread = 0.5 * np.exp(-(((line - 0.85) / 0.12) ** 2)) * smoothstep(-0.1, 0.3, fbm(at * 0.5, 2, seed + 21))
    return np.clip(edge + thread, 0, 1)


def _surf(x: np.ndarray, z: np.ndarray, seed: int) -> np.ndarray:
    """The white line where swell meets the reef, broken by passes."""
    at = np.stack([x, z], axis=-1)
    line = np.hypot(x, z) - _REEF_M - 5.0 + 5.0 * fbm(at * 0.03, 2, seed + 30)
    gaps = smoothstep(-0.35, 0.0, fbm(at * 0.022, 2, seed + 31))
    return np.clip(gaps * (np.exp(-((line / 2.6) ** 2)) + 0.55 * np.exp(-(((line - 9) / 2.0) ** 2))), 0, 1)


def net_mesh(seed: int, detail: float, which: int) -> Mesh:
    """The net of light that small waves throw on the bottom where it is shallow; shade a is its brightness.

    Its lines are creases of warped noise, as those of real caustics are folds of a smooth sheet: M. V. Berry
    and C. Upstill, "Catastrophe Optics", 1980. which : nets of unlike pattern cross one another.
    """
    x, z = np.linspace(-6.5, 7.5, int(36 + 66 * detail)), np.linspace(-8.2, -3.0, int(24 + 28 * detail))

    # what lies under the water's surface is never drawn after it: the net lies on it
    mesh = grid_sheet(x, z, lambda px, pz: np.full_like(px, WATER_M + 0.025))
    px, _, pz = mesh.positions.T
    at = np.stack([px, pz], axis=1) * (1.75 + 0.5 * which)
    warped = at + 0.34 * np.stack(
        [fbm(at * 1.1, 2, seed + 40 + which), fbm(at * 1.1, 2, seed + 50 + which)], axis=1
    )
    crease = 1 - np.abs(noise(warped * 1.25, seed + 60 + which))
    depth = WATER_M - height(px, pz, seed)
    shallow = smoothstep(0.0, 0.07, depth) * smoothstep(1.0, 0.35, depth)
    rim = smoothstep(7.2, 4.6, np.hypot(px - 0.4, pz + 1.0))  # farther off its lines are finer than a pixel
    return mesh.shaded(opacity=np.clip((crease**6) * shallow * rim, 0, 1), flex=1.0)
