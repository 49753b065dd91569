"""Weed: kelp that the tide has left, in ribbons with frilled edges from one tangled stalk."""

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import fbm
from showroom.imagine.grow.shapes import curve, patch, tube
from showroom.imagine.grow.stones import Ground


def kelp(chance: Chance, at: tuple[float, float], ground: Ground, ribbons: int = 9,
         reach_m: float = 0.7) -> Mesh:
    """One plant laid over the ground at x, z, in world coordinates, ribbon over ribbon."""
    away = chance.uniform(0, 2 * np.pi)
    pieces = []
    for index in range(ribbons):
        heading = away + chance.normal() * 0.55
        pieces.append(_ribbon(chance, at, heading, reach_m * chance.uniform(0.55, 1.1), ground,
                              0.004 + 0.0035 * index))
    stalk = _way(chance, at, away + np.pi, reach_m * 0.5, 10)
    height = ground(stalk[:, 0], stalk[:, 1]) + 0.012
    path = np.stack([stalk[:, 0], height, stalk[:, 1]], axis=1)
    pieces.append(tube(path, np.linspace(0.011, 0.006, 10), 6).shaded(occlusion=0.75))
    return merge(pieces)


def _way(chance: Chance, at: tuple[float, float], heading: float, length_m: float, count: int) -> np.ndarray:
    """(count, 2) x, z of a lazy S over the ground."""
    turns = heading + np.cumsum(chance.normal(5) * 0.45)
    steps = np.stack([np.sin(turns), -np.cos(turns)], axis=1) * length_m / 5
    return curve(np.concatenate([[at], np.array(at) + np.cumsum(steps, axis=0)]), count)


def _ribbon(chance: Chance, at: tuple[float, float], heading: float, length_m: float, ground: Ground,
            lift_m: float) -> Mesh:
    rows, columns = 14, 3
    way = _way(chance, at, heading, length_m, rows)
    along = np.linspace(0, 1, rows)
    forward = np.gradient(way, axis=0)
    forward /= np.maximum(np.linalg.norm(forward, axis=1, keepdims=True), 1e-9)
    side = np.stack([-forward[:, 1], forward[:, 0]], axis=1)
    half = chance.uniform(0.018, 0.034) * np.sin(np.pi * np.clip(along, 0.04, 1) ** 0.6) ** 0.7 + 0.002
    across = np.linspace(-1, 1, columns)
    flat = way[:, None] + side[:, None] * (half[:, None] * across)[..., None]
    frill = np.abs(across)[None] ** 2 * (0.5 + 0.5 * np.sin(along * length_m * 70 + chance.uniform(0, 6))[:,
            None])
    drape = 0.5 + 0.5 * fbm(flat * 9, 2, chance.integers(0, 9999))
    y = ground(flat[..., 0], flat[..., 1]) + lift_m + 0.012 * frill + 0.012 * drape
    mesh = patch(np.stack([flat[..., 0], y, flat[..., 1]], axis=-1))
    mesh = mesh if mesh.normals[:, 1].mean() > 0 else mesh.turned_inside_out()
    return mesh.shaded(occlusion=0.55 + 0.45 * np.tile(np.abs(across), rows),
                       second=np.tile(np.abs(across) ** 3, rows))
