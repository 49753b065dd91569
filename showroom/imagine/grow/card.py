"""Card: a bent strip that wears one whole cell of the atlas, stalk at its root."""

import numpy as np

from showroom.imagine.grow.mesh import Mesh, unit
from showroom.imagine.grow.shapes import patch

_SIDE, _TIP, _STALK = 0.03, 0.02, 0.97  # how much of a cell a card shows


def card(
    length_m: float, width_m: float, rows: int = 3, droop: float = 0.3, fold: float = 0.0, stem_m: float = 0.0
) -> Mesh:
    """From the origin along +Z, face up; the tip hangs by `droop` of its length, the sides by `fold`.

    rows : points along it, ≥ 2.   stem_m : how far the picture's stalk begins before the origin.
    """
    columns = np.array([-1.0, 0.0, 1.0]) if fold else np.array([-1.0, 1.0])
    v, u = np.meshgrid(np.linspace(1, 0, rows), columns, indexing="ij")
    along = v * length_m - stem_m * (1 - v)
    points = np.stack(
        [
            -u * width_m / 2,
            -np.abs(u) * fold * width_m / 2 - droop * length_m * v * v,
            along * (1 - 0.35 * droop * v),
        ],
        axis=-1,
    )
    across = _SIDE + (1 - 2 * _SIDE) * (u + 1) / 2
    mesh = patch(points, np.stack([across, _TIP + (_STALK - _TIP) * (1 - v)], axis=-1))
    return mesh.shaded(occlusion=0.55 + 0.45 * v.reshape(-1), flex=v.reshape(-1))


def bent(mesh: Mesh, outward: np.ndarray, share: float) -> Mesh:
    """With normals turned by `share` towards the (3,) or (v, 3) way out of the crown, which shades as one."""
    outward = unit(np.broadcast_to(outward, mesh.normals.shape))
    return Mesh(
        mesh.positions, unit(mesh.normals * (1 - share) + outward * share), mesh.uv, mesh.shade, mesh.faces
    )
