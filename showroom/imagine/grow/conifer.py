"""Conifer: trunks with ribs and flare, boughs that carry layered sprays, dead lower branches, young trees.

A bough grows from the origin along +Z, its upper side up; a stand says which tree it grows from.
"""

from dataclasses import dataclass

import numpy as np

from showroom.imagine.grow.card import bent, card
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import Mesh, make, merge, unit
from showroom.imagine.grow.noise import fbm, ridged, smoothstep
from showroom.imagine.grow.scatter import bases, facing, varied_sizes
from showroom.imagine.grow.shapes import curve, tube

FIR_CELL, PINE_CELL = 12, 15  # of the atlas
GOLDEN_RAD = 2.39996


@dataclass(frozen=True)
class Stand:
    """Trees of one trunk mesh, tall_m and radius_m: roots (n, 3), rotations (n, 3, 3), sizes (n,)."""

    roots: np.ndarray
    rotations: np.ndarray
    sizes: np.ndarray
    tall_m: float
    radius_m: float

    def at(self, tree: np.ndarray, high: np.ndarray, yaw: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """(k, 3) places on the bark of `tree` at a share `high` of its height, and the (k, 3) way out."""
        local_out = np.stack([np.sin(yaw), 0 * yaw, np.cos(yaw)], axis=1)
        reach = self.radius_m * thickness(high) * 0.8
        local = local_out * reach[:, None] + np.array([0.0, 1.0, 0.0]) * (high * self.tall_m)[:, None]
        turned = np.einsum("kij,kj->ki", self.rotations[tree], local * self.sizes[tree][:, None])
        return self.roots[tree] + turned, np.einsum("kij,kj->ki", self.rotations[tree], local_out)


def stand(
    points: np.ndarray, ground, chance: Chance, tall_m: float, radius_m: float, lean_rad: float = 0.025
) -> Stand:
    """A stand on (n, 2) x, z points of the ground, every tree its own lean and size."""
    x, z = points.T
    count = len(points)
    return Stand(
        np.stack([x, ground(x, z) - 0.05, z], axis=1),
        bases(chance, count, lean_rad),
        varied_sizes(chance, count, 1.0, 0.28),
        tall_m,
        radius_m,
    )


def thickness(share: np.ndarray) -> np.ndarray:
    """Radius at a share of the height, next to that at breast height, without the flare of the roots."""
    return 1.04 - 0.86 * np.clip(share, 0, 1) ** 1.1


def trunk(
    chance: Chance,
    tall_m: float,
    radius_m: float,
    sides: int,
    rows: int,
    tile_m: float = 1.0,
    ribbed_m: float = 0.0,
    flare: float = 0.75,
) -> Mesh:
    """From below the ground up: roots that flare in lobes, a slight sweep, ribs of bark where ribbed_m > 0.

    Shade: occlusion grows from the foot, second is 1 at the foot and 0 above a man's height.
    """
    seed = chance.integers(0, 1 << 20)
    high = -0.3 + (tall_m + 0.3) * np.linspace(0, 1, rows) ** 1.7
    sweep = 0.006 * tall_m * chance.normal((4, 2)) * np.array([[0], [0.3], [1], [1]])
    knots = np.stack([sweep[:, 0], np.linspace(-0.3, tall_m, 4), sweep[:, 1]], axis=1)
    dense = curve(knots, 60)
    path = np.stack(
        [np.interp(high, dense[:, 1], dense[:, axis]) if axis != 1 else high for axis in range(3)], axis=1
    )
    mesh = tube(path, radius_m * thickness(high / tall_m), sides, tile_m, closed=False)
    y = mesh.positions[:, 1]
    out = unit((mesh.positions - np.repeat(path, sides + 1, axis=0)) * np.array([1.0, 0.0, 1.0]))
    angle = np.arctan2(out[:, 0], out[:, 2])
    lobes = 0.55 + 0.45 * np.sin(angle * 3 + seed) * np.sin(angle * 2 + 0.7 * seed)
    root = flare * radius_m * np.exp(-np.clip(y + 0.05, 0, None) / (1.1 * radius_m)) * lobes
    at = np.stack([out[:, 0] * 1.1, 0.16 * y / max(radius_m, 0.1), out[:, 2] * 1.1], axis=1)
    swell = 0.07 * radius_m * fbm(at * 1.5, 2, seed)
    ribs = 0.0
    if ribbed_m > 0:
        grain = np.stack([out[:, 0] * radius_m * 15, y * 1.6, out[:, 2] * radius_m * 15], axis=1)
        ribs = ribbed_m * (ridged(grain, 3, seed + 3) - 0.6)
    mesh = mesh.displaced((root + swell + ribs)[:, None] * out)
    return mesh.shaded(occlusion=0.3 + 0.7 * smoothstep(-0.05, 0.55, y), second=smoothstep(1.9, -0.1, y))


def bough(
    chance: Chance,
    length_m: float,
    sprays: int,
    spray_m: float,
    lift: float = 0.05,
    sag: float = 0.22,
    wood_sides: int = 3,
) -> Mesh:
    """A live branch: bare near the trunk, then sprays to both sides in two layers, one at the end."""
    path = curve(
        np.array(
            [
                [0, 0, 0],
                [0, lift * length_m, 0.45 * length_m],
                [0.04 * length_m * chance.normal(), (lift - sag) * length_m, length_m],
            ]
        ),
        6,
    )
    wood = tube(path, np.linspace(0.013, 0.004, 6) * max(length_m, 0.6), wood_sides, closed=False)
    wood = Mesh(wood.positions, wood.normals, 0 * wood.uv + np.array([0.5, 0.955]), wood.shade, wood.faces)
    pieces = [wood.shaded(flex=0.25 * wood.positions[:, 2] / length_m, occlusion=0.6)]
    for index in range(sprays):
        share = 0.24 + 0.76 * index / max(sprays - 1, 1)
        root = _along(path, share)
        side = 0.0 if index == sprays - 1 else (1.0 if index % 2 else -1.0)
        size = spray_m * chance.uniform(0.75, 1.2) * (1.15 - 0.4 * share)
        leaf = card(size, 0.86 * size, 3, chance.uniform(0.12, 0.38))
        leaf = leaf.turned("z", 0.35 * chance.normal()).turned("x", 0.14 * chance.normal() - 0.1)
        leaf = (
            leaf.turned("y", side * chance.uniform(0.55, 1.15))
            .moved(*root)
            .moved(0, 0.02 * chance.normal(), 0)
        )
        pieces.append(leaf.shaded(flex=0.25 * share + 0.6 * leaf.shade[:, 1] * 0.6))
    mesh = merge(pieces)
    out = mesh.positions * np.array([1.2, 1.0, 0.3]) + np.array([0.0, 0.45 * length_m, 0.15 * length_m])
    return bent(mesh, out, 0.5)


def _along(path: np.ndarray, share: float) -> np.ndarray:
    where = share * (len(path) - 1)
    first = min(int(where), len(path) - 2)
    return path[first] + (path[first + 1] - path[first]) * (where - first)


def dead_branch(chance: Chance, length_m: float, twigs: int = 6) -> Mesh:
    """A bare lower branch, sagging, broken off here and there, with brittle twigs."""
    path = curve(
        np.array([[0, 0, 0], [0.02 * chance.normal(), -0.04, 0.4], [0.05 * chance.normal(), -0.2, 1.0]])
        * length_m,
        6,
    )
    pieces = [tube(path, np.linspace(0.015, 0.0035, 6), 4, closed=False)]
    for index in range(twigs):
        root = _along(path, 0.3 + 0.68 * index / twigs)
        way = np.array([(1 if index % 2 else -1) * chance.uniform(0.5, 1.0), chance.uniform(-0.5, 0.35), 0.7])
        reach = length_m * chance.uniform(0.12, 0.4)
        twig = np.stack([root, root + way * reach * 0.5 + 0.02 * chance.normal(3), root + way * reach])
        pieces.append(tube(twig, np.array([0.005, 0.003, 0.0012]), 3, closed=False))
    return merge(pieces).shaded(occlusion=0.8)


def needled_branch(chance: Chance, length_m: float, needle_m: float) -> Mesh:
    """A pine's branch for the eye near by: shoots off a stem along +Z, real needles; shade b is wood."""
    stem = curve(
        np.array([[0, 0, 0], [0.03, 0.05, 0.4], [0.0, -0.06, 0.75], [0.02, -0.2, 1.0]]) * length_m, 12
    )
    shoots = [stem[5:]]
    for index in range(7):
        root = _along(stem, 0.35 + 0.55 * index / 7)
        way = unit(
            np.array([(1 if index % 2 else -1) * chance.uniform(0.5, 0.9), chance.uniform(-0.35, 0.25), 0.75])
        )
        long = length_m * chance.uniform(0.22, 0.38)
        bend = np.array([0.0, -0.12 * long, 0.0])
        shoots.append(curve(np.stack([root, root + 0.5 * long * way, root + long * way + bend]), 6))
    wood = [tube(stem, np.linspace(0.011, 0.004, 12), 6, closed=False)]
    wood += [tube(path, np.linspace(0.0045, 0.002, len(path)), 4, closed=False) for path in shoots[1:]]
    pieces = [merge(wood).shaded(second=1.0, occlusion=0.7)]
    for path in shoots:
        pieces.append(_brush(chance, path, needle_m))
    mesh = merge(pieces)
    return mesh.shaded(flex=np.clip(mesh.positions[:, 2] / length_m, 0, 1) * 0.7)


def _brush(chance: Chance, path: np.ndarray, needle_m: float) -> Mesh:
    """Needles all round the outer part of a shoot, swept forward, thickest at its tip."""
    count = 190
    share = 1 - 0.72 * chance.uniform(0, 1, count) ** 1.3
    where = share * (len(path) - 1)
    first = np.minimum(where.astype(int), len(path) - 2)
    root = path[first] + (path[first + 1] - path[first]) * (where - first)[:, None]
    ahead = unit(path[first + 1] - path[first])
    round_ = unit(np.cross(ahead, chance.normal((count, 3))))
    way = unit(ahead * (0.55 + 0.9 * smoothstep(0.85, 1.0, share))[:, None] + round_)
    way = unit(way + np.array([0.0, -0.12, 0.0]))
    aside = unit(np.cross(way, chance.normal((count, 3)))) * 0.0011
    tip = root + way * (needle_m * chance.uniform(0.75, 1.15, count))[:, None]
    points = np.stack([root - aside, root + aside, tip], axis=1).reshape(-1, 3)
    faces = np.arange(3 * count).reshape(-1, 3)
    mesh = make(points, faces, points[:, [0, 2]])
    round3 = np.repeat(round_, 3, axis=0)
    return bent(mesh, round3 + np.array([0.0, 0.3, 0.0]), 0.7).shaded(
        occlusion=np.tile([0.45, 0.45, 1.0], count)
    )


def outward(places: np.ndarray, ways: np.ndarray, pitch_rad: np.ndarray) -> np.ndarray:
    """(n, 3, 3) rotations that turn a bough's +Z along level `ways`, raised by pitch_rad."""
    ahead = unit(ways * np.array([1.0, 0.0, 1.0])) * np.cos(pitch_rad)[:, None]
    ahead = ahead + np.array([0.0, 1.0, 0.0]) * np.sin(pitch_rad)[:, None]
    return facing(ahead, np.broadcast_to(np.array([0.0, 1.0, 0.0]), places.shape))


@dataclass(frozen=True)
class Hung:
    """Where boughs hang: places (n, 3), rotations (n, 3, 3), sizes (n,)."""

    places: np.ndarray
    rotations: np.ndarray
    sizes: np.ndarray

    def kept(self, which: np.ndarray) -> "Hung":
        """Only those that `which` names."""
        return Hung(self.places[which], self.rotations[which], self.sizes[which])


def hung(
    trees: Stand,
    chance: Chance,
    each: int,
    low: float,
    high: float,
    pitch_rad: tuple[float, float],
    size: tuple[float, float],
) -> Hung:
    """`each` boughs a tree between two shares of its height; pitch and size go from low to high."""
    count = len(trees.sizes)
    tree = np.repeat(np.arange(count), each)
    share = np.tile((np.arange(each) + 0.5) / each, count)
    share = np.clip(share + 0.5 / each * chance.uniform(-1, 1, len(share)), 0, 1)
    yaw = np.tile(GOLDEN_RAD * np.arange(each), count) + np.repeat(chance.uniform(0, 6.3, count), each)
    places, ways = trees.at(tree, low + (high - low) * share, yaw + 0.25 * chance.normal(len(yaw)))
    pitch = pitch_rad[0] + (pitch_rad[1] - pitch_rad[0]) * share + 0.12 * chance.normal(len(share))
    grown = (size[0] + (size[1] - size[0]) * share) * varied_sizes(chance, len(share), 1.0, 0.3)
    return Hung(places, outward(places, ways, pitch), grown * trees.sizes[tree])
