"""Arrange: how small things lie together: strewn, heaped, in a dish, or cut and standing in a vase."""

from typing import Callable, Sequence

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.flora import Piece
from showroom.imagine.grow.kitchenware import turned
from showroom.imagine.grow.mesh import Mesh, merge, turn
from showroom.imagine.grow.noise import smoothstep
from showroom.imagine.grow.part import natural, rgb, rgba
from showroom.imagine.grow.shapes import curve, lathe
from showroom.words.geometry import Material

FEW_M, MANY_M = 0.05, 0.12  # radius of the disc that a few, or many, may fill
Pose = tuple[np.ndarray, np.ndarray]  # (3, 3) rotation, (3,) place


def matter(color: np.ndarray, second: np.ndarray | None = None, roughness: float = 0.6, **more) -> Material:
    """Opaque matter; `second` is what shade b mixes in, by default a darker self."""
    other = np.asarray(color) * 0.45 if second is None else np.asarray(second)
    return Material(
        base_color=rgba(color), second_color=rgb(np.clip(other, 0.0, 0.9)), roughness=roughness, **more
    )


def thin(
    color: np.ndarray, second: np.ndarray | None = None, through: float = 0.4, roughness: float = 0.85, **more
) -> Material:
    """Petals, leaves and crystals: seen from both sides, lit through."""
    other = np.clip(np.asarray(color) * 1.5, 0, 0.85) if second is None else np.asarray(second)
    return Material(
        "foliage",
        base_color=rgba(color),
        second_color=rgb(other),
        roughness=roughness,
        translucency=through,
        **more,
    )


def srgb(text: str) -> np.ndarray:
    """Linear colour of natural matter."""
    return natural(text, 0.01, 0.85)


def grounded(mesh: Mesh, open_m: float) -> Mesh:
    """Darker towards what it lies on: full light from open_m up."""
    low = smoothstep(-0.1 * open_m, open_m, mesh.positions[:, 1])
    return mesh.shaded(occlusion=mesh.shade[:, 0] * (0.4 + 0.6 * low))


def spots(chance: Chance, count: int, reach_m: float, apart_m: float = 0.0) -> np.ndarray:
    """(count, 2) x, z in a disc: each the farthest of six tries, or the one nearest to apart_m away."""
    kept: list[np.ndarray] = []
    for _ in range(count):
        away, far = chance.uniform(0, 2 * np.pi, 6), reach_m * np.sqrt(chance.uniform(0, 1, 6))
        tries = np.stack([np.sin(away) * far, np.cos(away) * far], axis=1)
        if kept:
            gap = np.linalg.norm(tries[:, None] - np.array(kept)[None], axis=2).min(axis=1)
            kept.append(tries[int(np.argmin(np.abs(gap - 1.15 * apart_m)) if apart_m else np.argmax(gap))])
        else:
            kept.append(0.35 * tries[0])
    return np.array(kept)


def strewn(
    chance: Chance,
    meshes: Sequence[Mesh],
    count: int,
    reach_m: float,
    tilt: float = 0.15,
    apart_m: float = 0.0,
    spread: float = 0.2,
) -> Mesh:
    """Copies on y = 0, any way round, leaning up to `tilt`, sizes within ±spread."""
    pieces = []
    for index, (x, z) in enumerate(spots(chance, count, reach_m, apart_m)):
        mesh = meshes[index % len(meshes)].scaled(1 + spread * chance.uniform(-1, 1))
        mesh = mesh.turned("x", tilt * chance.normal()).turned("y", chance.uniform(0, 2 * np.pi))
        pieces.append(mesh.moved(x, -min(0.0, float(mesh.positions[:, 1].min())), z))
    return merge(pieces)


def heap(chance: Chance, count: int, radius_m: float) -> np.ndarray:
    """(count, 3) middles of balls piled up: seven round one on the ground, then in the hollows above."""
    layers, level, ring = [], 0, 3
    while sum(map(len, layers)) < count and ring > 0:
        base = (
            np.array(
                [
                    (a + 0.5 * (b % 2), b * 0.866)
                    for a in range(-ring, ring + 1)
                    for b in range(-ring, ring + 1)
                ]
            )
            * 2.05
            * radius_m
        )
        base = base + (np.array([0.5, 0.29]) * 2.05 * radius_m if level % 2 else 0.0)
        order = np.argsort(np.hypot(*base.T), kind="stable")
        much = max(1, round(count * 0.68)) if level == 0 else max(1, count - sum(map(len, layers)))
        kept = base[order][: much if level == 0 else min(much, max(1, len(layers[-1]) // 2))]
        high = np.full(len(kept), radius_m * (1 + 1.6 * level))
        jitter = 0.08 * radius_m * chance.normal((len(kept), 2))
        layers.append(np.stack([kept[:, 0] + jitter[:, 0], high, kept[:, 1] + jitter[:, 1]], axis=1))
        level, ring = level + 1, ring - 1
    return np.concatenate(layers)[:count]


def dish(radius_m: float = 0.075) -> Mesh:
    """A shallow bowl thrown by hand, its foot at y = 0, its rim at 0.5 of its radius."""
    r = radius_m
    return turned(
        (
            (0.0, 0.2 * r),
            (0.45 * r, 0.22 * r),
            (0.85 * r, 0.4 * r),
            (0.97 * r, 0.5 * r),
            (1.02 * r, 0.49 * r),
            (0.95 * r, 0.36 * r),
            (0.6 * r, 0.1 * r),
            (0.46 * r, 0.06 * r),
            (0.45 * r, 0.0),
            (0.0, 0.0),
        ),
        1.0,
        18,
        24,
    )


CLAY = matter(np.array([0.46, 0.41, 0.34]), np.array([0.3, 0.25, 0.2]), 0.7)


def in_dish(
    chance: Chance,
    meshes: Sequence[Mesh],
    count: int,
    radius_m: float = 0.075,
    rise: float = 0.32,
    tilt: float = 0.5,
) -> Mesh:
    """Copies covering a dome that stands in `dish(radius_m)`, and a few that fell beside it."""
    pieces = []
    inner = 0.84 * radius_m
    for index in range(count):
        share = np.sqrt((index + 0.5) / count)
        away = 2.39996 * index
        x, z = np.sin(away) * inner * share, np.cos(away) * inner * share
        y = 0.4 * radius_m + rise * radius_m * (1 - share**2)
        mesh = (
            meshes[index % len(meshes)]
            .turned("x", tilt * chance.normal())
            .turned("z", tilt * chance.normal())
        )
        mesh = mesh.turned("y", chance.uniform(0, 2 * np.pi)).scaled(chance.uniform(0.85, 1.15))
        pieces.append(mesh.moved(x, y, z).shaded(occlusion=mesh.shade[:, 0] * (0.75 + 0.25 * (1 - share))))
    fallen = strewn(chance, meshes, max(2, count // 18), radius_m * 0.5, 0.15)
    pieces.append(fallen.moved(0.0, 0.0, radius_m * 1.25))
    return merge(pieces)


def bedding(radius_m: float = 0.075, rise: float = 0.3) -> Mesh:
    """The dome under what lies in a dish, so that no gap shows the clay."""
    share = np.linspace(0, 1, 7)
    rows = np.stack([0.86 * radius_m * share, 0.36 * radius_m + rise * radius_m * (1 - share**2)], axis=1)
    return lathe(rows, 20).shaded(occlusion=0.6)


def vase(height_m: float = 0.12) -> Mesh:
    """A small bellied jar with a narrow mouth."""
    h = height_m
    return turned(
        (
            (0.0, 0.55),
            (0.2, 0.6),
            (0.24, 0.85),
            (0.27, 1.0),
            (0.31, 1.0),
            (0.27, 0.9),
            (0.3, 0.78),
            (0.46, 0.55),
            (0.47, 0.35),
            (0.33, 0.08),
            (0.28, 0.0),
            (0.0, 0.0),
        ),
        h,
        22,
        20,
    )


def stems(chance: Chance, count: int, tall_m: float, spread_m: float, from_m: float) -> list[np.ndarray]:
    """(n, 3) paths that leave a vase's mouth at height from_m and fan out, the middle ones tallest."""
    paths = []
    for index in range(count):
        share = np.sqrt((index + 0.3) / count)
        away = 2.39996 * index + chance.uniform(0, 0.5)
        out = np.array([np.sin(away), 0, np.cos(away)]) * spread_m * share
        top = np.array([0, from_m + tall_m * (1.05 - 0.4 * share**2) * chance.uniform(0.9, 1.05), 0])
        foot = np.array([0, 0.4 * from_m, 0]) + 0.06 * out
        paths.append(
            curve(
                np.array(
                    [
                        foot,
                        [0.25 * out[0], from_m, 0.25 * out[2]],
                        0.6 * out + 0.55 * top + np.array([0, 0.45 * from_m, 0]),
                        out + top,
                    ]
                ),
                9,
            )
        )
    return paths


def at_tip(mesh: Mesh, path: np.ndarray, chance: Chance, size: float = 1.0) -> Mesh:
    """A flower that looks up +Y, set on the end of a stem and leaning the way the stem does."""
    way = path[-1] - path[-2]
    lean = np.arctan2(np.hypot(way[0], way[2]), way[1]) * 0.9 + 0.1
    matrix = turn("y", np.arctan2(way[0], way[2])) @ turn("x", lean) @ turn("y", chance.uniform(0, 6.3))
    return mesh.scaled(size).transformed(matrix).moved(*path[-1])


Maker = Callable[[Chance, np.ndarray, bool], list[Piece]]
