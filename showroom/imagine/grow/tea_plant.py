"""Tea plant: unclipped tea within reach, wet, with its buds and its white flowers; and osmanthus in flower."""

from dataclasses import dataclass
from typing import Iterator

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.leaf import leaflet
from showroom.imagine.grow.mesh import Mesh, make, merge, turn, unit
from showroom.imagine.grow.noise import smoothstep
from showroom.imagine.grow.part import part, rgb, rgba
from showroom.imagine.grow.scatter import bases, facing, instances, varied_sizes, varied_tints
from showroom.imagine.grow.shapes import curve, lathe, patch, tube
from showroom.imagine.grow.tea_rows import shoot
from showroom.words.geometry import Geometry, Material

_GOLDEN_RAD = 2.39996


@dataclass(frozen=True)
class Sprigs:
    """Twigs in the world, the places of their leaves and the way each looks, and their tips."""

    wood: Mesh
    leaf_at: np.ndarray
    leaf_ahead: np.ndarray
    tip_at: np.ndarray
    tip_up: np.ndarray


def sprigs(
    chance: Chance,
    spans: list[tuple[tuple[float, ...], tuple[float, ...]]],
    thick_m: float,
    step_m: float,
    bare: float = 0.3,
    twigs: int = 3,
) -> Sprigs:
    """Stems from root to tip with short twigs off them; leaves stand round each by the golden angle.

    spans : ((x, y, z), (x, y, z)) of each stem.   bare : the share of a stem, from its foot, without leaves.
    """
    wood, at, ahead, tips, ups = [], [], [], [], []
    for root, tip in spans:
        start, end = np.array(root), np.array(tip)
        long = float(np.linalg.norm(end - start))
        bow = start + 0.55 * (end - start) + long * np.array([0, 0.1, 0]) + 0.06 * long * chance.normal(3)
        main = curve(np.array([start, bow, end]), 12)
        paths = [(main, bare)]
        for _ in range(twigs):
            foot = main[chance.integers(4, 11)]
            way = unit(
                chance.normal(3) * np.array([1.0, 0.35, 1.0]) + np.array([0, 0.75, 0]) + unit(end - start)
            )
            reach = 0.24 * long * chance.uniform(0.6, 1.3)
            paths.append(
                (curve(np.array([foot, foot + 0.5 * reach * way, foot + reach * way + [0, 0.02, 0]]), 6), 0.1)
            )
        for index, (path, low) in enumerate(paths):
            fat = thick_m * (1.0 if index == 0 else 0.5)
            wood.append(
                tube(path, np.linspace(fat, 0.35 * fat, len(path)), 5 if index == 0 else 3, closed=False)
            )
            count = max(3, int(np.linalg.norm(np.diff(path, axis=0), axis=1).sum() * (1 - low) / step_m))
            where = np.linspace(low, 0.97, count) * (len(path) - 1)
            at.append(
                np.stack([np.interp(where, np.arange(len(path)), path[:, axis]) for axis in range(3)], axis=1)
            )
            angle = np.arange(count) * _GOLDEN_RAD + chance.uniform(0, 6.3)
            ahead.append(np.stack([np.sin(angle), np.full(count, 0.45), np.cos(angle)], axis=1))
            tips.append(path[-1])
            ups.append(unit(unit(path[-1] - path[-2]) + np.array([0, 0.6, 0])))
    return Sprigs(merge(wood), np.concatenate(at), unit(np.concatenate(ahead)), np.array(tips), np.array(ups))


def near_tea(
    roots: list[tuple[float, float, float, float]],
    lean: tuple[float, float],
    green: np.ndarray,
    chance: Chance,
) -> Iterator[Geometry]:
    """Bushes at the visitor's hand whose every leaf is one: wood, wet leaves, shoots, flowers, drops.

    roots : x, y, z and height of each.   lean : x, z its tips are drawn to.   green : of a leaf in sun.
    """
    spans = []
    for index, (x, y, z, tall) in enumerate(roots):
        draw = chance.child(f"bush {index}")
        for stem in range(7):
            away, out = 2 * np.pi * stem / 7 + draw.uniform(0, 0.6), 0.34 * tall * draw.uniform(0.35, 1.0)
            tip = (
                x + np.sin(away) * out + lean[0] * draw.uniform(0.3, 1.0),
                y + tall * draw.uniform(0.75, 1.05),
                z + np.cos(away) * out + lean[1] * draw.uniform(0.3, 1.0),
            )
            spans.append(((x + 0.03 * np.sin(away), y - 0.03, z + 0.03 * np.cos(away)), tip))
    grown = sprigs(chance.child("sprigs"), spans, 0.008, 0.03)
    yield part("near tea wood", grown.wood, Material(base_color=(0.10, 0.075, 0.05, 1.0), roughness=0.9))
    yield _leaves("near tea leaves", grown, green, (0.088, 0.036), chance.child("leaves"))
    count = len(grown.tip_at)
    young = np.clip(green * np.array([1.1, 1.2, 0.62]), 0.01, 0.7)
    pale = Material(
        "foliage",
        base_color=rgba(young * 0.85),
        second_color=rgb(np.clip(young * 1.4, 0, 0.75)),
        roughness=0.4,
        clearcoat=0.4,
        translucency=0.6,
    )
    yield part(
        "near tea shoots",
        shoot(2, 0.062),
        pale,
        instances(
            grown.tip_at,
            bases(chance, count, 0.2, grown.tip_up),
            varied_sizes(chance, count),
            varied_tints(chance, count, 0.02, 0.15),
            chance.uniform(0, 1, count),
            0.006,
        ),
    )
    yield from _blossom(grown, chance.child("blossom"))
    yield _drops(grown, chance.child("drops"))


def _leaves(
    name: str, grown: Sprigs, green: np.ndarray, size_m: tuple[float, float], chance: Chance, rows: int = 3
) -> Geometry:
    """Leathery leaves, wet above; the lower ones older and darker."""
    count = len(grown.leaf_at)
    turned = facing(grown.leaf_ahead, np.array([0.0, 1.0, 0.0]) + 0.25 * chance.normal((count, 3)))
    low = smoothstep(
        0.1, 0.9, (grown.leaf_at[:, 1] - grown.leaf_at[:, 1].min()) / np.ptp(grown.leaf_at[:, 1])
    )
    tints = varied_tints(chance, count, 0.025, 0.18) * (0.5 + 0.62 * low)[:, None]
    placed = instances(
        grown.leaf_at,
        turned,
        varied_sizes(chance, count, 1.0, 0.3),
        tints,
        chance.uniform(0, 1, count),
        0.006,
        2,
    )
    share = green / green.max()
    leaf = Material(
        "foliage",
        surface="sprites",
        base_color=rgba(0.55 + 0.42 * share),
        roughness=0.62,
        clearcoat=0.55,
        translucency=0.4,
    )
    return part(name, leaflet(*size_m, fold=0.25, droop=0.3, rows=rows), leaf, placed)


def flower(petals: int, long_m: float, wide: float, cup: float) -> Mesh:
    """An open simple flower looking up +Y, broad petals about a boss of stamens (second colour)."""
    pieces = []
    for index in range(petals):
        v, u = np.meshgrid(np.array([1.0, 0.72, 0.4, 0.05]), np.array([-1.0, 0.0, 1.0]), indexing="ij")
        half = wide * long_m * np.sqrt(np.clip(1 - (1.6 * v - 0.75) ** 2 * 0.9, 0.03, 1))
        points = np.stack(
            [-u * half, cup * long_m * v**2 + 0.12 * half * np.abs(u), long_m * v * (1 - 0.25 * cup * v)],
            axis=-1,
        )
        petal = patch(points).turned("y", 2 * np.pi * index / petals + 0.1 * index)
        pieces.append(petal.shaded(occlusion=0.65 + 0.35 * np.clip(v.reshape(-1) * 2, 0, 1), flex=0.5))
    boss = lathe(np.array([(0.0, 0.3), (0.12, 0.28), (0.2, 0.2), (0.16, 0.05)]) * long_m, 7)
    rough = 0.04 * long_m * np.sin(40.0 * np.arange(len(boss.positions)))
    pieces.append(boss.displaced(rough).shaded(second=1.0, flex=0.5))
    return merge(pieces)


def _blossom(grown: Sprigs, chance: Chance) -> Iterator[Geometry]:
    """White flowers with yellow stamens, nodding under the leaves of some shoots."""
    chosen = np.arange(0, len(grown.tip_at), 5)
    count = len(chosen)
    up = unit(grown.tip_up[chosen] * 0.3 + chance.normal((count, 3)) + np.array([0, 0.2, 0.7]))
    at = grown.tip_at[chosen] - np.array([0, 0.035, 0]) + 0.015 * up
    white = Material(
        "foliage",
        base_color=(0.72, 0.71, 0.62, 1.0),
        second_color=(0.66, 0.44, 0.06),
        roughness=0.6,
        translucency=0.45,
    )
    yield part(
        "tea flowers",
        flower(6, 0.019, 0.5, 0.5),
        white,
        instances(at, bases(chance, count, 0.1, up), varied_sizes(chance, count), flex_m=0.006),
        layer="heart",
    )


def _drops(grown: Sprigs, chance: Chance) -> Geometry:
    """Dew: bright beads at the leaves' tips and on their ribs."""
    chosen = chance.integers(0, len(grown.leaf_at), 90)
    out = chance.uniform(0.25, 0.95, 90)
    ahead = unit(grown.leaf_ahead[chosen])
    at = (
        grown.leaf_at[chosen]
        + ahead * (0.085 * out)[:, None]
        + np.array([0, 0.002, 0])
        - np.array([0, 0.012, 0]) * (out**2)[:, None]
    )
    bead = lathe(np.array([(0.0, 1.0), (0.7, 0.75), (1.0, 0.1), (0.75, -0.5), (0.0, -0.75)]), 7)
    water = Material(base_color=(0.2, 0.24, 0.2, 1.0), roughness=0.05, clearcoat=1.0)
    return part(
        "dew", bead, water, instances(at, sizes=chance.uniform(0.0014, 0.0034, 90)), casts_shadow=False
    )


def osmanthus(
    spans: list[tuple[tuple[float, ...], tuple[float, ...]]], chance: Chance, detail: float
) -> Iterator[Geometry]:
    """Branches from ((x, y, z), (x, y, z)) thick with dark leaves, and at every node clusters of small orange flowers."""
    grown = sprigs(chance.child("sprigs"), spans, 0.016, 0.032 / max(detail, 0.4), 0.2, 13)
    yield part("osmanthus wood", grown.wood, Material(base_color=(0.12, 0.10, 0.085, 1.0), roughness=0.95))
    yield _leaves(
        "osmanthus leaves", grown, np.array([0.07, 0.115, 0.05]), (0.1, 0.04), chance.child("leaves"), 2
    )
    near = grown.leaf_at[::3]
    count = len(near)
    at = near + 0.012 * chance.normal((count, 3))
    up = unit(chance.normal((count, 3)) + np.array([0.0, 0.3, 0.6]))
    gold = Material(
        "foliage",
        base_color=(0.78, 0.36, 0.035, 1.0),
        second_color=(0.85, 0.42, 0.05),
        roughness=0.55,
        translucency=0.5,
    )
    yield part(
        "osmanthus flowers",
        cluster(),
        gold,
        instances(
            at,
            bases(chance, count, 0.3, up),
            varied_sizes(chance, count, 1.0, 0.4),
            varied_tints(chance, count, 0.02, 0.15),
            chance.uniform(0, 1, count),
            0.006,
        ),
        layer="heart",
    )


def cluster(size_m: float = 0.016) -> Mesh:
    """A knot of five small flowers of four fleshy petals each, about the origin, looking up +Y."""
    one = floret(size_m)
    spots = [(0.0, 0.0)] + [(np.cos(a), np.sin(a)) for a in (0.3, 1.9, 3.4, 4.9)]
    return merge(
        [
            one.turned("y", 1.3 * index)
            .transformed(turn("z", -0.7 * x) @ turn("x", 0.7 * z))
            .moved(1.5 * size_m * x, -0.5 * size_m * np.hypot(x, z), 1.5 * size_m * z)
            for index, (x, z) in enumerate(spots)
        ]
    )


def floret(size_m: float) -> Mesh:
    """One flower of four fleshy petals, cupped, about the origin, looking up +Y."""
    shape = np.array([[0, 0, 0.05], [0.42, 0.12, 0.8], [-0.42, 0.12, 0.8]]) * size_m
    petal = make(shape, np.array([[0, 2, 1]]), np.zeros((3, 2))).shaded(second=np.array([1.0, 0.0, 0.0]))
    one = merge([petal.turned("y", np.pi / 2 * index) for index in range(4)])
    return one if one.normals[:, 1].mean() > 0 else one.turned_inside_out()
