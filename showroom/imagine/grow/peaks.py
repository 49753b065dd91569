"""Peaks: a ring of mountains with arêtes, gullies and snowfields, as a height field about the visitor."""

import numpy as np

from showroom.imagine.grow.mesh import Mesh
from showroom.imagine.grow.noise import fbm, ridged, smoothstep
from showroom.imagine.grow.shapes import patch

# azimuth deg (0 ahead, clockwise); distance, height over the visitor, half-width, m; by hand for the picture
SUMMITS = np.array(
    [
        (15.0, 640.0, 178.0, 250.0),
        (-8.0, 780.0, 122.0, 230.0),
        (-27.0, 700.0, 148.0, 230.0),
        (34.0, 760.0, 150.0, 220.0),
        (-50.0, 690.0, 118.0, 220.0),
        (57.0, 640.0, 128.0, 220.0),
        (82.0, 720.0, 150.0, 240.0),
        (106.0, 640.0, 112.0, 210.0),
        (131.0, 740.0, 160.0, 240.0),
        (158.0, 660.0, 122.0, 230.0),
        (183.0, 700.0, 170.0, 250.0),
        (208.0, 660.0, 118.0, 220.0),
        (233.0, 740.0, 150.0, 230.0),
        (257.0, 650.0, 124.0, 220.0),
        (283.0, 720.0, 158.0, 240.0),
        (-2.0, 470.0, 22.0, 150.0),
        (25.0, 480.0, 34.0, 130.0),
        (-40.0, 470.0, 30.0, 150.0),
        (70.0, 470.0, 28.0, 150.0),
        (120.0, 480.0, 36.0, 150.0),
        (172.0, 470.0, 30.0, 150.0),
        (220.0, 480.0, 34.0, 150.0),
        (270.0, 470.0, 30.0, 150.0),
    ]
)
_INNER_M, _OUTER_M = 370.0, 830.0  # what lies nearer is below the edge of the visitor's ground


def height(x: np.ndarray, z: np.ndarray, seed: int) -> np.ndarray:
    """Metres over the visitor's ground; a valley full of haze before the peaks."""
    at = np.stack([x, z], axis=-1)
    warp = 9.0 * np.stack([fbm(at / 110.0, 3, seed), fbm(at / 110.0, 3, seed + 1)], axis=-1)
    wx, wz = x + warp[..., 0], z + warp[..., 1]
    high = np.full(np.shape(x), -60.0)
    for index, (azimuth, reach, tall, half) in enumerate(SUMMITS):
        a = np.radians(azimuth)
        dx, dz = wx - reach * np.sin(a), wz + reach * np.cos(a)
        away, turn = np.hypot(dx, dz), np.arctan2(dx, dz)
        count = 3 + (index + seed) % 3
        rib = np.abs(np.sin(0.5 * count * (turn + 0.9 * index) + 0.5 * np.sin(turn + index)))
        spur = np.abs(np.sin(2.5 * count * turn + 1.7 * index + 0.02 * away))
        far = away * (0.66 + 0.62 * rib**0.8 + 0.13 * spur)  # arêtes reach out, faces and gullies bite in
        share = far / half
        slope = tall * (1 - 1.35 * share + 0.36 * np.minimum(share, 1.6) ** 2)
        high = np.maximum(high, slope)
    crags = np.sqrt(ridged(at / 80.0, 3, seed + 5)) - 0.7
    fine = np.sqrt(ridged(at / 26.0, 2, seed + 9)) - 0.7
    rough = smoothstep(-50.0, 60.0, high)
    return high + (46.0 * crags + 15.0 * fine) * rough


def peaks(seed: int, detail: float, tile_m: float) -> Mesh:
    """The ring; shade b is 1 where snow lies, less where it is steep, occlusion darker in the gullies."""
    spokes, rings = int(220 + 270 * detail), int(24 + 20 * detail)
    turn = np.linspace(0, 2 * np.pi, spokes + 1)
    reach = _INNER_M + (_OUTER_M - _INNER_M) * np.linspace(1, 0, rings)
    r, a = np.meshgrid(reach, turn, indexing="ij")
    x, z = r * np.sin(a), -r * np.cos(a)
    y = height(x, z, seed)
    mesh = patch(np.stack([x, y, z], axis=-1), np.stack([x + 0.7 * y, z + 0.7 * y], axis=-1) / tile_m)
    p = mesh.positions
    steep = 1 - mesh.normals[:, 1]
    breaks = 0.30 * fbm(p / np.array([14.0, 40.0, 14.0]), 3, seed + 12)
    snow = smoothstep(0.42, 0.25, steep + breaks) * smoothstep(-75.0, -20.0, p[:, 1] + 30 * breaks)
    gully = smoothstep(-0.35, 0.2, fbm(p / 60.0, 3, seed + 14))
    return mesh.shaded(second=snow, occlusion=0.55 + 0.45 * gully)
