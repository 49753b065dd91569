"""Brook: a small stream on its bed, stepping down over stones; what it does to the land, and its water."""

from dataclasses import dataclass

import numpy as np

from showroom.imagine.grow.mesh import Mesh
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.shapes import curve, patch

_POINTS = 130


@dataclass(frozen=True)
class Brook:
    """Its middle line from the source on, (n, 2) x, z; water level, half width and whether it falls, (n,) each."""

    line: np.ndarray
    level_m: np.ndarray
    half_m: np.ndarray
    falls: np.ndarray

    def nearest(self, x: np.ndarray, z: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """(distance to the middle line, m; index of its nearest point), shaped as x."""
        at = np.stack([np.ravel(x), np.ravel(z)], axis=1)
        apart = ((at[:, None] - self.line[None]) ** 2).sum(axis=2)
        index = apart.argmin(axis=1)
        shape = np.shape(x)
        return np.sqrt(apart[np.arange(len(at)), index]).reshape(shape), index.reshape(shape)


def brook(knots: np.ndarray, steps: list[tuple[float, float]], slope: float) -> Brook:
    """Through (k, 3) knots of x, z and half width, source first, water at y = 0 where it ends.

    steps : (share of the way, drop m) of its falls.   slope : fall per metre between them.
    """
    dense = curve(knots, _POINTS)
    line, half = dense[:, :2], dense[:, 2]
    along = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))])
    share = along / along[-1]
    level, falls = slope * (along[-1] - along), np.zeros(_POINTS)
    for at, drop in steps:
        width = 0.22 / along[-1]  # a fall is about half a metre long
        level = level + drop * (1 - smoothstep(at - width, at + width, share))
        falls = np.maximum(falls, np.exp(-(((share - at - 0.6 * width) / (1.5 * width)) ** 2)))
    return Brook(line, level, half, falls)


def bedded(stream: Brook, land: np.ndarray, x: np.ndarray, z: np.ndarray) -> np.ndarray:
    """The land's height with the stream's bed and banks cut into it."""
    away, index = stream.nearest(x, z)
    level, half = stream.level_m[index], stream.half_m[index]
    ragged = half * (1 + 0.22 * fbm(np.stack([x, z], axis=-1) * 1.9, 2, 61))
    bed = level - 0.13 + 0.05 * fbm(np.stack([x, z], axis=-1) * 5.0, 2, 62)
    bank = level + 0.05 + 0.1 * smoothstep(0.0, 0.8, away - ragged)
    cut = bed + (bank - bed) * smoothstep(-0.22, 0.06, away - ragged)
    return cut + (np.maximum(land, bank) - cut) * smoothstep(0.05, 1.1, away - ragged)


def water(stream: Brook, columns: int = 9) -> Mesh:
    """The stream's surface, wider than its bed so that the banks bound it; shade b is foam below the falls."""
    ahead = np.gradient(stream.line, axis=0)
    ahead = ahead / np.linalg.norm(ahead, axis=1, keepdims=True)
    side = np.stack([-ahead[:, 1], ahead[:, 0]], axis=1)
    u = np.linspace(-1.25, 1.25, columns)
    flat = stream.line[:, None] + side[:, None] * (u[None, :, None] * stream.half_m[:, None, None])
    ruffle = 0.012 * fbm(flat * np.array([6.0, 6.0]), 2, 71)
    y = np.broadcast_to(stream.level_m[:, None], flat.shape[:2]) + ruffle
    mesh = patch(np.stack([flat[..., 0], y, flat[..., 1]], axis=-1))
    mesh = mesh if mesh.normals[:, 1].mean() > 0 else mesh.turned_inside_out()
    lace = 0.5 + 0.5 * fbm(flat * 4.0, 3, 72)
    rim = np.abs(u)[None] ** 4 * 0.22
    foam = np.clip(stream.falls[:, None] * (0.55 + 0.6 * lace) + rim * lace, 0, 0.95)
    return mesh.shaded(opacity=0.6, second=foam.reshape(-1), flex=0.3)
