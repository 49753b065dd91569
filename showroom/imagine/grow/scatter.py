"""Scatter: where things stand and how each differs from its neighbour.

Points come from blue noise under a density map, with clearings; never from a grid.
"""

from typing import Callable

import numpy as np

from showroom.imagine.grow.attention import look
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import turn, unit
from showroom.words.geometry import INSTANCE

Density = Callable[[np.ndarray, np.ndarray], np.ndarray]


def blue_noise(chance: Chance, low: tuple[float, float], high: tuple[float, float], spacing_m: float,
               density: Density | None = None, limit: int = 4000) -> np.ndarray:
    """(n, 2) x, z points in a rectangle, none nearer to another than its own spacing.

    density : (x, z) → 0 to 1; spacing grows as 1 / sqrt(density) and nothing stands where it is 0.
    Dart throwing on a grid of buckets; candidates in one fixed order, so the result is stable.
    """
    low_xz, size = np.array(low), np.array(high) - np.array(low)
    tries = int(min(60000, max(40, 3.2 * np.prod(size) / spacing_m ** 2)))
    points = low_xz + chance.uniform(0, 1, (tries, 2)) * size
    weight = np.ones(tries) if density is None else np.clip(density(points[:, 0], points[:, 1]), 0, 1)
    points, weight = points[weight > 1e-3], weight[weight > 1e-3]
    own = spacing_m / np.sqrt(np.maximum(weight, 0.02))
    return _thinned(points, own, spacing_m, limit)


def _thinned(points: np.ndarray, own: np.ndarray, cell_m: float, limit: int) -> np.ndarray:
    """Keeps each point that has no kept neighbour within its own spacing."""
    buckets: dict[tuple[int, int], list[int]] = {}
    kept: list[int] = []
    cells = np.floor(points / cell_m).astype(int)
    for index, (x, z) in enumerate(points):
        look()
        reach = own[index]
        span = int(np.ceil(reach / cell_m))
        cx, cz = cells[index]
        near = [other for dx in range(-span, span + 1) for dz in range(-span, span + 1)
                for other in buckets.get((cx + dx, cz + dz), ())]
        if any((points[o, 0] - x) ** 2 + (points[o, 1] - z) ** 2 < reach * reach for o in near):
            continue
        buckets.setdefault((cx, cz), []).append(index)
        kept.append(index)
        if len(kept) >= limit:
            break
    return points[kept]


def outside(points: np.ndarray, centre: tuple[float, float], radius_m: float) -> np.ndarray:
    """Those of (n, 2) points that keep clear of a disc."""
    return points[np.hypot(points[:, 0] - centre[0], points[:, 1] - centre[1]) >= radius_m]


def bases(chance: Chance, count: int, tilt_rad: float = 0.0, upright: np.ndarray | None = None,
          yaw_rad: np.ndarray | None = None) -> np.ndarray:
    """(count, 3, 3) rotations: any yaw (or the given), a lean up to tilt_rad, up along `upright`.

    upright : (count, 3) unit; None is +Y.
    """
    yaw = chance.uniform(0, 2 * np.pi, count) if yaw_rad is None else np.broadcast_to(yaw_rad, count)
    lean, towards = tilt_rad * np.sqrt(chance.uniform(0, 1, count)), chance.uniform(0, 2 * np.pi, count)
    up = np.tile(np.array([0.0, 1.0, 0.0]), (count, 1)) if upright is None else unit(upright)
    up = unit(up + np.stack([np.cos(towards), np.zeros(count), np.sin(towards)], 1) * np.tan(lean)[:, None])
    ahead = np.stack([np.sin(yaw), np.zeros(count), np.cos(yaw)], axis=1)
    right = np.cross(up, ahead)
    level = np.linalg.norm(right, axis=1, keepdims=True) < 1e-6
    right = unit(np.where(level, np.array([[1.0, 0, 0]]), right))
    return np.stack([right, up, np.cross(right, up)], axis=2)


def instances(positions: np.ndarray, rotations: np.ndarray | None = None, sizes=1.0,
              tints: np.ndarray | None = None, phases: np.ndarray | None = None, flex_m: float = 0.0,
              cell: int | np.ndarray = 0) -> np.ndarray:
    """(n,) INSTANCE from (n, 3) positions, (n, 3, 3) rotations, sizes (), (n,) or (n, 3), (n, 3) tints."""
    positions = np.asarray(positions, dtype=np.float64).reshape(-1, 3)
    count = len(positions)
    rotations = np.broadcast_to(np.eye(3), (count, 3, 3)) if rotations is None else rotations
    sizes = np.asarray(sizes, dtype=np.float64)
    sizes = sizes[:, None] if sizes.ndim == 1 else sizes
    sizes = np.broadcast_to(sizes, (count, 3))
    packed = np.zeros(count, dtype=INSTANCE)
    packed["world_from_part"][:, :, :3] = rotations * sizes[:, None, :]
    packed["world_from_part"][:, :, 3] = positions
    tints = np.ones((count, 3)) if tints is None else tints
    packed["tint"][:, :3] = np.clip(np.round(tints * 128), 1, 255)
    packed["tint"][:, 3] = 255
    packed["phase"] = 0.0 if phases is None else phases
    packed["flex_m"] = flex_m
    packed["cell"] = cell
    return packed


def one(position: tuple[float, float, float] = (0.0, 0.0, 0.0), yaw_rad: float = 0.0) -> np.ndarray:
    """(1,) INSTANCE of a thing there is only one of."""
    return instances(np.array([position]), turn("y", yaw_rad)[None])


def varied_sizes(chance: Chance, count: int, size: float = 1.0, spread: float = 0.25) -> np.ndarray:
    """(count,) sizes within ±spread, most of them near the middle."""
    return size * (1 + spread * (chance.uniform(-1, 1, count) + chance.uniform(-1, 1, count)) / 2)


def varied_tints(chance: Chance, count: int, hue: float = 0.03, value: float = 0.12) -> np.ndarray:
    """(count, 3) linear factors about 1: hue turned by ±hue of the circle, lightness by ±value."""
    angle = 2 * np.pi * hue * chance.uniform(-1, 1, count)
    light = 1 + value * chance.uniform(-1, 1, count)
    swing = np.stack([np.sin(angle), -0.45 * np.sin(angle), -0.85 * np.sin(angle)], axis=1)
    return np.clip((1 + swing) * light[:, None], 0.05, 1.95)


def facing(ahead: np.ndarray, up: np.ndarray) -> np.ndarray:
    """(n, 3, 3) rotations that turn +Z to `ahead` and +Y as near to `up` as that allows; both (n, 3)."""
    ahead = unit(ahead)
    right = np.cross(up, ahead)
    lost = np.linalg.norm(right, axis=1, keepdims=True) < 1e-6
    right = unit(np.where(lost, np.cross(np.array([0.3, 0.1, 0.9]), ahead), right))
    return np.stack([right, np.cross(ahead, right), ahead], axis=2)
