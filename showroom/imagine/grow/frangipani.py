"""Frangipani and hibiscus: what flowers on a tropical shore, at hand height."""

from typing import Iterator

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.leaf import leaflet
from showroom.imagine.grow.mesh import Mesh, merge, unit
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import part, rgb, rgba
from showroom.imagine.grow.scatter import facing, instances, varied_sizes, varied_tints
from showroom.imagine.grow.shapes import curve, patch, tube
from showroom.words.geometry import Geometry, Material

_LEAF_CELL = 2
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
        petal = patch(points).shaded(second=smoothstep(0.5, 0.08, v + 0.08 * u).reshape(-1),
                                     occlusion=(0.6 + 0.4 * v).reshape(-1), flex=0.6)
        pieces.append(petal.turned("y", 2 * np.pi * index / 5))
    mesh = merge(pieces)
    return mesh if mesh.normals[:, 1].mean() > 0 else mesh.turned_inside_out()


def trumpet() -> Mesh:
    """A hibiscus a unit across looking up +Y: five crinkled petals, a dark eye, a long column of stamens."""
    pieces = []
    for index in range(5):
        v, u = np.meshgrid(np.linspace(1, 0, 8), np.linspace(-1, 1, 7), indexing="ij")
        half = 0.04 + 0.3 * v**0.8 * (1 - 0.35 * v**5)
        crinkle = 0.02 * v * np.sin(9 * u + 2 * index) + 0.02 * v * v * np.sin(17 * u + index)
        points = np.stack([u * half, 0.16 * v**0.6 - 0.1 * v**3 + crinkle + 0.05 * u * v, 0.52 * v * (1 - 0.05 * np.abs(u) * v)], axis=-1)
        vein = 0.12 * np.abs(np.sin(8 * u)) * (1 - v)
        petal = patch(points).shaded(second=(0.9 * smoothstep(0.34, 0.1, v) + vein).reshape(-1),
                                     occlusion=(0.55 + 0.45 * v).reshape(-1), flex=0.6)
        pieces.append(petal.turned("y", 2 * np.pi * index / 5 + 0.1))
    mesh = merge(pieces)
    return mesh if mesh.normals[:, 1].mean() > 0 else mesh.turned_inside_out()


def stamens() -> Mesh:
    """The column of a hibiscus a unit across, with its yellow anthers (shade b)."""
    path = curve(np.array([[0, 0.05, 0], [0.02, 0.25, 0.02], [0.1, 0.48, 0.06]]), 9)
    pieces = [tube(path, np.linspace(0.018, 0.009, 9), 5)]
    for index in range(22):
        root = path[4 + index % 5]
        away = 2.4 * index
        tip = root + np.array([np.sin(away) * 0.06, 0.025, np.cos(away) * 0.06])
        pieces.append(tube(np.array([root, tip]), np.array([0.003, 0.012]), 4).shaded(second=1.0))
    return merge(pieces)


def tree(chance: Chance, foot: tuple[float, float, float], tall_m: float, heading: float) -> tuple[Mesh, np.ndarray, np.ndarray]:
    """Blunt grey branches that fork by twos and threes: (wood, (n, 3) tips, (n, 3) ways out of them)."""
    pieces, tips, ways = [], [], []
    ahead = np.array([0.3 * np.sin(heading), 1.0, 0.3 * np.cos(heading)])
    grown = [(np.array(foot) - [0, 0.15, 0], unit(ahead), tall_m * 0.34 + 0.15, 0.056)]
    for fork in range(_FORKS):
        following = []
        for root, way, long, thick in grown:
            bend = unit(way + 0.25 * chance.normal(3) + [0, 0.15, 0])
            path = curve(np.array([root, root + way * long * 0.5, root + way * long * 0.5 + bend * long * 0.5]), 8)
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
                following.append((path[-1] - 0.02 * bend, unit(bend * 0.75 + side * 0.8 + [0, 0.1, 0]),
                                  long * _SHORTER * chance.uniform(0.8, 1.15), thick * 0.74))
        grown = following
    wood = merge(pieces)
    wood = wood.displaced(0.004 * fbm(wood.positions * 26, 2, 7) + 0.006 * fbm(wood.positions * 7, 2, 8))
    low = smoothstep(foot[1] - 0.05, foot[1] + 0.5, wood.positions[:, 1])
    return wood.shaded(occlusion=0.4 + 0.6 * low, second=0.3 * smoothstep(0.0, 0.4, fbm(wood.positions * 9, 2, 4))), np.array(tips), np.array(ways)


def leaf_mesh() -> Mesh:
    """A long leaf of unit length from the origin along +Z, face up, its midrib pale (shade b)."""
    v, u = np.meshgrid(np.linspace(1, 0, 5), np.array([-1.0, -0.15, 0.15, 1.0]), indexing="ij")
    half = 0.15 * np.sin(np.pi * np.clip(0.04 + 0.92 * v, 0, 1)) ** 0.8
    points = np.stack([-u * half, 0.05 * np.abs(u) * np.sin(3 * v) + 0.12 * v - 0.3 * v * v, v * (1 - 0.08 * v)], axis=-1)
    mesh = patch(points)
    mesh = mesh if mesh.normals[:, 1].mean() > 0 else mesh.turned_inside_out()
    rib = np.where(np.abs(u) < 0.5, 0.6, 0.0)
    return mesh.shaded(second=rib.reshape(-1), occlusion=(0.55 + 0.45 * v).reshape(-1), flex=v.reshape(-1))


def frangipani(name: str, wood: Mesh, tips: np.ndarray, ways: np.ndarray, petal: np.ndarray,
               chance: Chance, blossom: float, detail: float) -> Iterator[Geometry]:
    """A tree that stands already: its wood, whorls of leaves at its tips, and blossom over them (0 to 1)."""
    yield part(f"{name} wood", wood, Material(base_color=(0.2, 0.185, 0.16, 1.0), second_color=(0.33, 0.32, 0.28), roughness=0.85))
    each = int(6 + 5 * detail)
    at, way = np.repeat(tips, each, axis=0), np.repeat(ways, each, axis=0)
    count = len(at)
    yaw = 2.39996 * np.arange(count) + 0.3 * chance.normal(count)
    out = np.stack([np.sin(yaw), 0.12 + 0.3 * chance.normal(count), np.cos(yaw)], axis=1) + 0.35 * way
    green = np.array([0.055, 0.125, 0.03])
    leaf = Material("foliage", base_color=rgba(green), second_color=rgb(green * np.array([2.6, 2.0, 1.8])), roughness=0.38,
                    translucency=0.5)
    yield part(f"{name} leaves", leaf_mesh(), leaf,
               instances(at - 0.03 * way * chance.uniform(0, 1, (count, 1)), facing(out, np.broadcast_to([0.0, 1.0, 0.0], out.shape)),
                         varied_sizes(chance, count, 0.24, 0.35), varied_tints(chance, count, 0.02, 0.25),
                         chance.uniform(0, 1, count), 0.012))
    bearing = int(round(len(tips) * blossom))
    if bearing:
        yield blossoms(f"{name} flowers", tips[:bearing], ways[:bearing], petal, chance.child("blossom"), int(5 + 4 * detail))


def blossoms(name: str, tips: np.ndarray, ways: np.ndarray, petal: np.ndarray, chance: Chance, each: int) -> Geometry:
    """Clusters of flowers on stalks over (n, 3) tips."""
    at, way = np.repeat(tips, each, axis=0), np.repeat(ways, each, axis=0)
    count = len(at)
    spread = unit(chance.normal((count, 3)) + np.array([0, 0.5, 0])) * chance.uniform(0.02, 0.085, (count, 1))
    places = at + way * 0.06 + spread
    look = unit(spread * 8 + way * 0.6 + 0.3 * chance.normal((count, 3)))
    placed = instances(places, _looking(look, chance), varied_sizes(chance, count, _ACROSS),
                       varied_tints(chance, count, 0.015, 0.1), chance.uniform(0, 1, count), 0.01)
    return part(name, pinwheel(), petal_material(petal), placed, layer="heart", casts_shadow=False)


def petal_material(petal: np.ndarray) -> Material:
    """Waxy white or rose with a yellow throat."""
    return Material("foliage", base_color=rgba(petal), second_color=(0.85, 0.52, 0.06), roughness=0.55, translucency=0.45)


def _looking(look: np.ndarray, chance: Chance) -> np.ndarray:
    """(n, 3, 3) rotations that turn +Y to `look`, spun at random about it."""
    ahead = np.cross(look, unit(chance.normal((len(look), 3))))
    right = np.cross(look, unit(ahead))
    return np.stack([unit(right), unit(look), unit(np.cross(right, look))], axis=2)


def hibiscus(at: list[tuple[float, float, float]], petal: np.ndarray, eye: np.ndarray, flowers: int, chance: Chance,
             detail: float) -> Iterator[Geometry]:
    """Bushes at (x, y, z) with a height of a metre or so: stems, toothed leaves, and large flowers that look out."""
    stems, tips = [], []
    for index, foot in enumerate(at):
        draw = chance.child(f"bush {index}")
        for stem in range(int(9 + 5 * detail)):
            away = 2.39996 * stem + draw.uniform(0, 0.5)
            out = np.array([np.sin(away), 0, np.cos(away)]) * draw.uniform(0.12, 0.5)
            high = np.array([0, draw.uniform(0.55, 1.2), 0])
            path = curve(np.array(foot) + np.array([[0, -0.03, 0], out * 0.3 + high * 0.55, out + high]), 9)
            stems.append(tube(path, np.linspace(0.011, 0.004, 9), 5))
            tips.append(path)
    paths = np.array(tips)
    yield part("hibiscus stems", merge(stems), Material(base_color=(0.1, 0.08, 0.05, 1.0), roughness=0.9))
    joints = np.repeat(paths[:, 2:].reshape(-1, 3), 3, axis=0)
    count = len(joints)
    way = unit(chance.normal((count, 3)) * np.array([1, 0.35, 1]) + np.array([0, 0.1, 0]))
    leaf = Material("foliage", surface="sprites", base_color=(0.62, 0.9, 0.5, 1.0), roughness=0.6, translucency=0.45)
    yield part("hibiscus leaves", leaflet(0.105, 0.08, 0.25, 0.5), leaf,
               instances(joints, facing(way, np.broadcast_to([0.0, 1.0, 0.0], way.shape)), varied_sizes(chance, count, 1.0, 0.4),
                         varied_tints(chance, count, 0.03, 0.3), chance.uniform(0, 1, count), 0.01, _LEAF_CELL), casts_shadow=True)
    ends = paths[:, -1]
    towards = np.array([0.0, 1.45, 0.0]) - ends
    chosen = np.argsort(np.linalg.norm(towards, axis=1) + 0.5 * chance.uniform(0, 1, len(ends)), kind="stable")[:flowers]
    look = unit(unit(towards[chosen]) * 0.9 + unit(chance.normal((len(chosen), 3))) * 0.6 + [0, 0.15, 0])
    placed = instances(ends[chosen] + 0.02 * look, _looking(look, chance), varied_sizes(chance, len(chosen), 0.125, 0.3),
                       varied_tints(chance, len(chosen), 0.02, 0.15), chance.uniform(0, 1, len(chosen)), 0.012)
    yield part("hibiscus flowers", trumpet(), Material("foliage", base_color=rgba(petal), second_color=rgb(eye), roughness=0.6,
                                                       translucency=0.5, sheen=0.2), placed, layer="heart", casts_shadow=False)
    yield part("hibiscus stamens", stamens(), Material(base_color=(0.75, 0.3, 0.2, 1.0), second_color=(0.85, 0.6, 0.08), roughness=0.7),
               placed, layer="heart", casts_shadow=False)
