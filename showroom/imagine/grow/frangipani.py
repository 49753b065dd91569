"""Frangipani: blunt grey branches that fork, whorls of long leaves, waxy flowers over them."""

from typing import Iterator

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import Mesh, merge, unit
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import part, rgb, rgba
from showroom.imagine.grow.scatter import facing, instances, varied_sizes, varied_tints
from showroom.imagine.grow.shapes import curve, patch, tube
from showroom.words.geometry import Geometry, Material

_ACROSS = 0.075  # of a frangipani flower, m
_FORKS, _SHORTER = 4, 0.76


def pinwheel() -> Mesh:
    """A frangipani flower a unit across looking up +Y: five petals that overlap like a windmill's sails."""
    pieces = []
    for index in range(5):
        v, u = np.meshgrid(np.array([1.0, 0.75, 0.32, 0.0]), np.linspace(-1, 1, 3), indexing="ij")
        half = 0.2 * np.sin(np.pi * np.clip(0.16 + 0.8 * v, 0, 1)) ** 0.75 * (1 - 0.15 * v)
        lift = 0.1 * np.sin(1.7 * v) - 0.06 * v**3 + 0.16 * half * u + 0.03 * u * u * v
        swirl = 0.1 * v * v
        points = np.stack([u * half + swirl, lift, 0.5 * v], axis=-1)
        petal = patch(points).shaded(
            second=smoothstep(0.5, 0.08, v + 0.08 * u).reshape(-1),
            occlusion=(0.6 + 0.4 * v).reshape(-1),
            flex=0.6,
        )
        pieces.append(petal.turned("y", 2 * np.pi * index / 5))
    mesh = merge(pieces)
    return mesh if mesh.normals[:, 1].mean() > 0 else mesh.turned_inside_out()


def tree(
    chance: Chance, foot: tuple[float, float, float], tall_m: float, heading: float
) -> tuple[Mesh, np.ndarray, np.ndarray]:
    """Blunt grey branches that fork by twos and threes: (wood, (n, 3) tips, (n, 3) ways out of them)."""
    pieces, tips, ways = [], [], []
    ahead = np.array([0.3 * np.sin(heading), 1.0, 0.3 * np.cos(heading)])
    grown = [(np.array(foot) - [0, 0.15, 0], unit(ahead), tall_m * 0.34 + 0.15, 0.056)]
    for fork in range(_FORKS):
        following = []
        for root, way, long, thick in grown:
            bend = unit(way + 0.25 * chance.normal(3) + [0, 0.15, 0])
            path = curve(
                np.array([root, root + way * long * 0.5, root + way * long * 0.5 + bend * long * 0.5]), 8
            )
            pieces.append(tube(path, np.linspace(thick, thick * 0.84, 8), 9 - fork, tile_m=0.4))
            if fork == _FORKS - 1:
                tips.append(path[-1])
                ways.append(bend)
                continue
            turn = chance.uniform(0, 6.3)
            count = 3 if fork % 2 == 0 else 2
            for index in range(count):
                away = turn + 2 * np.pi * index / count
                side = np.array([np.sin(away), 0.15, np.cos(away)])
                following.append(
                    (
                        path[-1] - 0.02 * bend,
                        unit(bend * 0.75 + side * 0.8 + [0, 0.1, 0]),
                        long * _SHORTER * chance.uniform(0.8, 1.15),
                        thick * 0.74,
                    )
                )
        grown = following
    wood = merge(pieces)
    wood = wood.displaced(0.004 * fbm(wood.positions * 26, 2, 7) + 0.006 * fbm(wood.positions * 7, 2, 8))
    low = smoothstep(foot[1] - 0.05, foot[1] + 0.5, wood.positions[:, 1])
    return (
        wood.shaded(
            occlusion=0.4 + 0.6 * low, second=0.3 * smoothstep(0.0, 0.4, fbm(wood.positions * 9, 2, 4))
        ),
        np.array(tips),
        np.array(ways),
    )


def leaf_mesh() -> Mesh:
    """A long leaf of unit length from the origin along +Z, face up, its midrib pale (shade b)."""
    v, u = np.meshgrid(np.linspace(1, 0, 5), np.array([-1.0, -0.15, 0.15, 1.0]), indexing="ij")
    half = 0.15 * np.sin(np.pi * np.clip(0.04 + 0.92 * v, 0, 1)) ** 0.8
    points = np.stack(
        [-u * half, 0.05 * np.abs(u) * np.sin(3 * v) + 0.12 * v - 0.3 * v * v, v * (1 - 0.08 * v)], axis=-1
    )
    mesh = patch(points)
    mesh = mesh if mesh.normals[:, 1].mean() > 0 else mesh.turned_inside_out()
    rib = np.where(np.abs(u) < 0.5, 0.6, 0.0)
    return mesh.shaded(second=rib.reshape(-1), occlusion=(0.55 + 0.45 * v).reshape(-1), flex=v.reshape(-1))


def frangipani(
    name: str,
    wood: Mesh,
    tips: np.ndarray,
    ways: np.ndarray,
    petal: np.ndarray,
    chance: Chance,
    blossom: float,
    detail: float,
) -> Iterator[Geometry]:
    """A tree that stands already: its wood, whorls of leaves at its tips, and blossom over them (0 to 1)."""
    yield part(
        f"{name} wood",
        wood,
        Material(base_color=(0.2, 0.185, 0.16, 1.0), second_color=(0.33, 0.32, 0.28), roughness=0.85),
    )
    each = int(6 + 5 * detail)
    at, way = np.repeat(tips, each, axis=0), np.repeat(ways, each, axis=0)
    count = len(at)
    yaw = 2.39996 * np.arange(count) + 0.3 * chance.normal(count)
    out = np.stack([np.sin(yaw), 0.12 + 0.3 * chance.normal(count), np.cos(yaw)], axis=1) + 0.35 * way
    green = np.array([0.055, 0.125, 0.03])
    leaf = Material(
        "foliage",
        base_color=rgba(green),
        second_color=rgb(green * np.array([2.6, 2.0, 1.8])),
        roughness=0.38,
        translucency=0.5,
    )
    yield part(
        f"{name} leaves",
        leaf_mesh(),
        leaf,
        instances(
            at - 0.03 * way * chance.uniform(0, 1, (count, 1)),
            facing(out, np.broadcast_to([0.0, 1.0, 0.0], out.shape)),
            varied_sizes(chance, count, 0.24, 0.35),
            varied_tints(chance, count, 0.02, 0.25),
            chance.uniform(0, 1, count),
            0.012,
        ),
    )
    bearing = int(round(len(tips) * blossom))
    if bearing:
        yield blossoms(
            f"{name} flowers",
            tips[:bearing],
            ways[:bearing],
            petal,
            chance.child("blossom"),
            int(5 + 5 * detail),
        )


def blossoms(
    name: str, tips: np.ndarray, ways: np.ndarray, petal: np.ndarray, chance: Chance, each: int
) -> Geometry:
    """Clusters of flowers on stalks over (n, 3) tips."""
    at, way = np.repeat(tips, each, axis=0), np.repeat(ways, each, axis=0)
    count = len(at)
    spread = unit(chance.normal((count, 3)) + np.array([0, 0.5, 0])) * chance.uniform(0.02, 0.085, (count, 1))
    places = at + way * 0.06 + spread
    look = unit(spread * 8 + way * 0.6 + 0.3 * chance.normal((count, 3)))
    placed = instances(
        places,
        looking(look, chance),
        varied_sizes(chance, count, _ACROSS),
        varied_tints(chance, count, 0.015, 0.1),
        chance.uniform(0, 1, count),
        0.01,
    )
    return part(name, pinwheel(), petal_material(petal), placed, layer="heart", casts_shadow=False)


def petal_material(petal: np.ndarray) -> Material:
    """Waxy white or rose with a yellow throat."""
    return Material(
        "foliage", base_color=rgba(petal), second_color=(0.85, 0.52, 0.06), roughness=0.55, translucency=0.45
    )


def looking(look: np.ndarray, chance: Chance) -> np.ndarray:
    """(n, 3, 3) rotations that turn +Y to `look`, spun at random about it."""
    ahead = np.cross(look, unit(chance.normal((len(look), 3))))
    right = np.cross(look, unit(ahead))
    return np.stack([unit(right), unit(look), unit(np.cross(right, look))], axis=2)
