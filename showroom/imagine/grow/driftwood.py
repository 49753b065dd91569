"""Driftwood: logs and branches that the sea has stripped, twisted and bleached."""

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.shapes import curve, tube


def log(chance: Chance, length_m: float, radius_m: float, branches: int = 3, sides: int = 14,
        tile_m: float = 0.7, tip: float = 0.55, crook: float = 1.0) -> Mesh:
    """A forked log along +X, lying on y = 0 about the origin: twisted grain, broken ends, bare limbs.

    tip : thickness of its far end as a share of radius_m.   crook : how far it wanders from straight.
    """
    count = max(12, int(length_m * 14))
    wander = chance.normal((5, 3)) * np.array([0.02, 0.035, 0.09]) * length_m * 0.5 * crook
    knots = np.stack([np.linspace(-0.5, 0.5, 5) * length_m, np.full(5, radius_m * 0.8), np.zeros(5)],
                     axis=1) + wander
    knots[:, 1] = np.maximum(knots[:, 1], radius_m * 0.55)
    path = curve(knots, count)
    along = np.linspace(0, 1, count)
    knobs = 1 + 0.12 * fbm(along[:, None] * 5, 2, chance.integers(0, 9999))
    radius = radius_m * (1.1 - (1.1 - tip) * along) * knobs
    radius = radius * (0.72 + 0.28 * smoothstep(0, 0.04, along))
    pieces = [_broken(_grained(tube(path, radius, sides, tile_m), radius_m, chance), path, sides, chance)]
    for index in range(branches):
        start = int(count * (0.3 + 0.55 * (index + chance.uniform(0, 0.7)) / max(branches, 1)))
        pieces.append(_branch(path[min(start, count - 2)], float(radius[min(start, count - 2)]), length_m,
                              chance, tile_m, 1))
    return _shaded(merge(pieces))


def _branch(root: np.ndarray, thick_m: float, length_m: float, chance: Chance, tile_m: float,
            forks: int) -> Mesh:
    """A limb that leaves the log upwards and forwards, bends, and may fork once more."""
    reach = length_m * chance.uniform(0.09, 0.24) * (1.0 if forks else 0.55)
    side = 1.0 if chance.uniform() < 0.5 else -1.0
    way = np.array([chance.uniform(0.35, 0.9), chance.uniform(0.1, 0.5), side * chance.uniform(0.15, 0.85)])
    way = way / np.linalg.norm(way)
    bend = chance.normal((4, 3)) * 0.12 * reach
    bend[0] = 0
    path = curve(root + way * np.linspace(0, reach, 4)[:, None] + bend * np.linspace(0, 1, 4)[:, None], 14)
    path[:, 1] = np.maximum(path[:, 1], 0.012)
    radius = thick_m * 0.58 * np.linspace(1, 0.4, 14)
    pieces = [_broken(_grained(tube(path, radius, 8, tile_m), thick_m * 0.5, chance), path, 8, chance)]
    if forks:
        for at in (6, 9):
            if chance.uniform() < 0.75:
                pieces.append(_branch(path[at], float(radius[at]) * 1.3, length_m * 0.7, chance, tile_m,
                                      forks - 1))
    return merge(pieces)


def _grained(mesh: Mesh, radius_m: float, chance: Chance) -> Mesh:
    """Long furrows that wind round the wood, and a few hollows."""
    seed = chance.integers(0, 1 << 20)
    around, along = mesh.uv[:, 0] / max(mesh.uv[:, 0].max(), 1e-9), mesh.uv[:, 1]
    angle = 2 * np.pi * around + along * 1.3
    at = np.stack([np.cos(angle) * 2.6, np.sin(angle) * 2.6, along * 0.7], axis=1)
    furrow = -0.14 * radius_m * np.abs(fbm(at * 1.7, 2, seed)) + 0.1 * radius_m * fbm(at * 0.5, 2, seed + 1)
    return mesh.displaced(furrow)


def _broken(mesh: Mesh, path: np.ndarray, sides: int, chance: Chance) -> Mesh:
    """The far end of a closed tube torn off: splinters of unlike length round a hollow."""
    ring = np.arange(len(mesh.positions)) // (sides + 1)
    turned = 2 * np.pi * (np.arange(len(mesh.positions)) % (sides + 1)) / sides
    thick_m = float(np.linalg.norm(mesh.positions[ring == ring.max() - 1] - path[-1], axis=1).mean())
    seed = chance.integers(0, 1 << 20)
    torn = 2.4 * thick_m * fbm(np.stack([np.cos(turned), np.sin(turned)], axis=1) * 2.2, 2, seed)
    share = np.where(ring == ring.max() - 1, 1.0, 0.0)
    hollow = np.where(ring == ring.max(), -0.8 * thick_m, 0.0)
    way = (path[-1] - path[-2]) / np.linalg.norm(path[-1] - path[-2])
    return mesh.displaced((share * torn + hollow)[:, None] * way)


def post(chance: Chance) -> Mesh:
    """A weathered post, 1 m tall and 0.22 m thick, split at its head; dark with weed lower down."""
    path = np.stack([np.zeros(9), np.linspace(0, 1, 9), np.zeros(9)], axis=1)
    mesh = _grained(tube(path, 0.11 - 0.012 * np.linspace(0, 1, 9) ** 2, 12, 0.7), 0.11, chance)
    x, y, z = mesh.positions.T
    split = -0.09 * smoothstep(0.93, 1.0, y) * (0.5 + fbm(np.stack([x, z], axis=1) * 9, 2, 4))
    mesh = mesh.displaced(np.stack([0 * x, split, 0 * z], axis=1))
    return mesh.shaded(occlusion=0.55 + 0.45 * smoothstep(0.2, 0.7, y), second=smoothstep(0.62, 0.4, y))


def _shaded(mesh: Mesh) -> Mesh:
    y = mesh.positions[:, 1]
    under = 0.5 + 0.5 * np.clip(mesh.normals[:, 1] + 0.6, 0, 1)
    return mesh.shaded(occlusion=np.minimum(0.3 + 0.7 * smoothstep(-0.02, 0.16, y), under),
                       second=0.7 * smoothstep(0.09, -0.02, y))
