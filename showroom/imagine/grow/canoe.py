"""Canoe: a dugout with an outrigger, drawn up on the sand."""

import numpy as np

from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.shapes import curve, patch, tube

LONG_M = 4.2
_OUT_M = 1.25  # how far the float stands off
_ROWS_UP = np.array([0.0, 0.08, 0.3, 0.55, 0.7, 0.712, 0.86, 0.872, 1.0])  # from keel to rim


def canoe(detail: float = 1.0) -> Mesh:
    """Along X, its keel on y = 0, the float towards +Z. Shade b is the band of paint under the rim."""
    outer, inner = _hull(1.0, detail), _hull(0.9, detail)
    pieces = [outer, inner.turned_inside_out().moved(y=0.02), _rim(), _float()]
    for x in (-0.75, 0.7):
        arch = curve(
            np.array([[x, 0.44, -0.3], [x, 0.47, 0.25], [x + 0.04, 0.5, 0.8], [x + 0.02, 0.14, _OUT_M]]), 16
        )
        pieces.append(tube(arch, 0.026, 7, 0.5))
        pieces.append(_lashing(np.array([x, 0.43, 0.24])))
        pieces.append(_lashing(np.array([x, 0.43, -0.22])))
    for x in (-1.0, 0.1, 1.05):
        seat = np.array([[x, 0.36, -0.26], [x, 0.35, 0.0], [x, 0.36, 0.26]])
        pieces.append(tube(seat, 0.05, 6, 0.5).scaled(1.0, 1.0, 1.0))
    return merge(pieces)


def _hull(size: float, detail: float) -> Mesh:
    """A hollow log drawn out to both ends, the ends raised."""
    half = _ROWS_UP ** (1 / 1.9)  # points close together where paint ends, so that its edge is one
    s, t = np.meshgrid(np.linspace(-1, 1, int(20 + 24 * detail)), np.concatenate([-half[:0:-1], half]), indexing="ij")
    wide = 0.29 * size * (1 - np.abs(s) ** 2.6) ** 0.75
    sheer = 0.42 + 0.26 * np.abs(s) ** 3.5
    keel = 0.04 + 0.42 * smoothstep(0.72, 1.0, np.abs(s)) + (1 - size) * 0.25
    around = np.abs(t) ** 1.9
    y = keel * (1 - around) + sheer * around
    z = np.sign(t) * wide * np.abs(t) ** 0.62
    x = s * LONG_M / 2 * (1 - 0.04 * (1 - around)) * (0.985 if size < 1 else 1.0)
    points = np.stack([x, y, z], axis=-1)
    mesh = patch(points, np.stack([x / 0.6, np.abs(t) * 0.5], axis=-1))
    middle = mesh.positions - np.array([0, 0.4, 0])
    if np.mean(np.sum(mesh.normals[:, 1:] * middle[:, 1:], axis=1)) < 0:
        mesh = mesh.turned_inside_out()
    rough = 0.006 * fbm(mesh.positions * np.array([1.5, 14, 14]), 2, 3)
    mesh = mesh.displaced(rough)
    band = smoothstep(0.7, 0.712, around) * smoothstep(0.872, 0.86, around) if size == 1.0 else 0 * around
    within = 1.0 if size == 1.0 else 0.45
    return mesh.shaded(
        second=band.reshape(-1), occlusion=within * (0.45 + 0.55 * smoothstep(0.0, 0.5, around).reshape(-1))
    )


def _rim() -> Mesh:
    """A wash-strake along both edges."""
    s = np.linspace(-1, 1, 40)
    wide, sheer = 0.285 * (1 - np.abs(s) ** 2.6) ** 0.75, 0.42 + 0.26 * np.abs(s) ** 3.5
    edges = [
        tube(np.stack([s * LONG_M / 2, sheer + 0.008, side * wide], axis=1), 0.016, 5, 0.5)
        for side in (-1.0, 1.0)
    ]
    return merge(edges)


def _float() -> Mesh:
    """A slim log with pointed ends."""
    s = np.linspace(-1, 1, 20)
    path = np.stack([s * 1.45, 0.09 + 0.12 * np.abs(s) ** 3, np.full(20, _OUT_M)], axis=1)
    return tube(path, 0.075 * (1 - np.abs(s) ** 3) ** 0.6 + 0.004, 9, 0.5).shaded(occlusion=0.8)


def _lashing(at: np.ndarray) -> Mesh:
    """Cord wound round a boom where it meets the rim."""
    turn = np.linspace(0, 6 * np.pi, 36)
    path = at + np.stack([0.012 * turn / np.pi - 0.036, 0.03 * np.cos(turn), 0.034 * np.sin(turn)], axis=1)
    return tube(path, 0.006, 4).shaded(second=0.5)
