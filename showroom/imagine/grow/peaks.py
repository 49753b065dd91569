"""Peaks: a ring of mountains with arêtes, gullies and snowfields, as a height field about the visitor."""

import numpy as np

from showroom.imagine.grow.mesh import Mesh
from showroom.imagine.grow.noise import fbm, ridged, smoothstep
from showroom.imagine.grow.shapes import patch

# azimuth deg (0 ahead, clockwise), distance, height over the visitor, half-width: all m; by hand for the picture
SUMMITS = np.array([
    (17.0, 560.0, 215.0, 300.0), (-9.0, 720.0, 150.0, 300.0), (-33.0, 600.0, 165.0, 290.0), (45.0, 690.0, 190.0, 300.0),
    (-58.0, 700.0, 205.0, 310.0), (72.0, 560.0, 130.0, 250.0), (100.0, 640.0, 190.0, 300.0), (128.0, 720.0, 150.0, 280.0),
    (158.0, 610.0, 205.0, 310.0), (-86.0, 620.0, 140.0, 260.0), (-118.0, 680.0, 200.0, 310.0),
    (-150.0, 640.0, 165.0, 280.0), (185.0, 760.0, 170.0, 280.0), (3.0, 420.0, 48.0, 170.0), (31.0, 400.0, 62.0, 160.0),
    (-22.0, 430.0, 50.0, 190.0), (115.0, 400.0, 60.0, 170.0), (-100.0, 420.0, 55.0, 170.0), (205.0, 430.0, 50.0, 180.0),
])
_INNER_M, _OUTER_M = 170.0, 940.0


def height(x: np.ndarray, z: np.ndarray, seed: int) -> np.ndarray:
    """Metres over the visitor's ground; a valley full of haze before the peaks."""
    at = np.stack([x, z], axis=-1)
    warp = 26.0 * np.stack([fbm(at / 110.0, 3, seed), fbm(at / 110.0, 3, seed + 1)], axis=-1)
    wx, wz = x + warp[..., 0], z + warp[..., 1]
    high = np.full(np.shape(x), -60.0)
    for index, (azimuth, reach, tall, half) in enumerate(SUMMITS):
        a = np.radians(azimuth)
        dx, dz = wx - reach * np.sin(a), wz + reach * np.cos(a)
        away, turn = np.hypot(dx, dz), np.arctan2(dx, dz)
        count = 3 + (index + seed) % 3
        rib = np.abs(np.cos(0.5 * count * (turn + 0.9 * index) + 0.5 * np.sin(turn + index)))
        far = away * (0.62 + 0.75 * (1 - rib) ** 0.9)   # arêtes reach out, gullies bite in
        share = far / half
        slope = tall * (1 - 1.12 * share + 0.22 * np.minimum(share, 1.4) ** 2)
        high = np.maximum(high, slope)
    crags = ridged(at / 75.0, 4, seed + 5) - 0.45
    fine = ridged(at / 21.0, 2, seed + 9) - 0.45
    rough = smoothstep(-50.0, 60.0, high)
    return high + (34.0 * crags + 8.0 * fine) * rough


def peaks(seed: int, detail: float, tile_m: float) -> Mesh:
    """The ring; shade b is 1 where snow lies, less where it is steep, occlusion darker in the gullies."""
    spokes, rings = int(200 + 220 * detail), int(26 + 24 * detail)
    turn = np.linspace(0, 2 * np.pi, spokes + 1)
    reach = _INNER_M + (_OUTER_M - _INNER_M) * np.linspace(1, 0, rings) ** 1.15
    r, a = np.meshgrid(reach, turn, indexing="ij")
    x, z = r * np.sin(a), -r * np.cos(a)
    y = height(x, z, seed)
    mesh = patch(np.stack([x, y, z], axis=-1), np.stack([x + 0.7 * y, z + 0.7 * y], axis=-1) / tile_m)
    p = mesh.positions
    steep = 1 - mesh.normals[:, 1]
    breaks = 0.34 * fbm(p / np.array([16.0, 30.0, 16.0]), 3, seed + 12)
    snow = smoothstep(0.62, 0.36, steep + breaks) * smoothstep(-75.0, -20.0, p[:, 1] + 30 * breaks)
    gully = smoothstep(-0.35, 0.2, fbm(p / 60.0, 3, seed + 14))
    return mesh.shaded(second=snow, occlusion=0.55 + 0.45 * gully)
