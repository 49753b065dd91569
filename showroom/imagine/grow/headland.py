"""Headland: a cliff in layers and stacks at the far end of the bay, made to be seen through haze."""

import numpy as np

from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import fbm, noise, ridged, smoothstep
from showroom.imagine.grow.shapes import curve, patch, rock

_FOOT = np.array([(31, -104), (33, -95), (40, -86), (52, -75), (66, -64), (82, -48), (102, -28), (128, 0)])
_BED_M, _DIP = 1.9, 0.05  # how thick a layer of the rock is, and how much the layers rise along the cliff


def headland_mesh(seed: int, detail: float) -> Mesh:
    """A long cliff that runs out to sea on the right, its stacks before it, and others on the left."""
    stacks = [rock(2, seed % 50 + index, 0.3, (1, 1.6, 1), 8).scaled(size).moved(x, 0.2 * size, z)
              for index, (x, z, size) in enumerate(((28, -92, 4.5), (23, -99, 2.6), (-64, -105, 3.2),
                                                    (-70, -112, 5.0),
                                                    (-82, -108, 4.0), (21.5, -30, 0.9), (23.5, -33, 1.5)))]
    return merge([_cliff(seed, detail), *(_layered(stack) for stack in stacks)])


def _cliff(seed: int, detail: float) -> Mesh:
    """A curtain of rock along its foot: layers that stand back one above another, turf over the edge."""
    columns, rows = int(50 + 60 * detail), int(26 + 26 * detail)
    foot = curve(_FOOT.astype(np.float64), columns)
    step = np.gradient(foot, axis=0)
    along = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(foot, axis=0), axis=1))])
    inland = np.stack([step[:, 1], -step[:, 0]], axis=1) / np.linalg.norm(step, axis=1, keepdims=True)
    rim = (9 + 0.06 * along + 4.5 * ridged(along[:, None] * 0.045, 3, seed + 1)) * smoothstep(-4, 10, along)
    rim = rim * smoothstep(along[-1], along[-1] - 60, along)
    up = np.linspace(1.25, 0, rows)[:, None]
    share = np.minimum(up, 1.0)
    y = -1.5 + (rim + 1.5) * share + 2.2 * np.maximum(up - 1, 0)
    band = (y + _DIP * along + 1.2 * fbm(along[:, None] * 0.06, 2, seed + 2)[None]) / _BED_M
    bed, within = np.floor(band), band % 1.0
    hard = noise(bed[..., None] * 3.7 + 0.5, seed + 3)
    ledge = (bed + smoothstep(0.72, 1.0, within) - band[-1:]) * 0.75 + 0.7 * hard
    at = np.stack([along + 0 * y, 2.5 * bed + 0 * along], axis=-1)
    gully = 5.0 * fbm(along[:, None] * 0.07, 3, seed + 4) * (1 - 0.4 * share)
    crack = 1.1 * ridged(at * np.array([0.33, 0.11]), 2, seed + 5)
    back = ledge + gully + crack * (0.5 + 0.5 * share) + 70 * np.maximum(up - 1, 0)
    points = np.stack([foot[:, 0] + inland[:, 0] * back, y, foot[:, 1] + inland[:, 1] * back], axis=-1)
    mesh = patch(points, np.stack([along / 6 + 0 * y, -y / 4], axis=-1))
    if np.mean(mesh.normals[:, 2] * 1.0 - mesh.normals[:, 0]) < 0:
        mesh = Mesh(mesh.positions, -mesh.normals, mesh.uv, mesh.shade, mesh.faces[:, ::-1])
    turf = np.maximum(smoothstep(0.97, 1.02, up + 0 * y),
                      0.7 * smoothstep(0.7, 0.95, within) * smoothstep(0.35, 0.8, share))
    turf = np.maximum(turf, 0.55 * smoothstep(0.1, -0.15, hard) * smoothstep(1.0, 0.97, up))
    shade = (0.62 + 0.3 * hard) * (0.55 + 0.45 * smoothstep(0.0, 0.25, within))
    shade = shade + 0.3 * smoothstep(0.75, 1, within)
    return mesh.shaded(occlusion=shade.reshape(-1), second=turf.reshape(-1))


def _layered(stack: Mesh) -> Mesh:
    """The same layers seen in a stack that the sea has cut off."""
    band = stack.positions[:, 1] / (0.5 * _BED_M)
    return stack.shaded(occlusion=0.62 + 0.38 * smoothstep(0.0, 0.3, band % 1.0))
