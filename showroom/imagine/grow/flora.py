"""Flora: plants that a scent brings into a place where they do not grow by themselves.

Each species is a few small meshes with their materials, a plant about its own height on y = 0, so
that any ground or pot can hold it.
"""

from dataclasses import dataclass
from typing import Callable

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.grass import blade, tuft
from showroom.imagine.grow.leaf import cluster, leaflet
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import natural, rgb, rgba
from showroom.imagine.grow.rose import rose, stem
from showroom.imagine.grow.shapes import curve, lathe, patch, rock
from showroom.words.geometry import Material

GREEN = np.array([0.055, 0.095, 0.03])


@dataclass(frozen=True)
class Piece:
    """One mesh of a plant and what it wears; cell is its sprite's, for what wears sprites."""

    name: str
    mesh: Mesh
    material: Material
    cell: int = 0


Species = Callable[[Chance, np.ndarray], list[Piece]]


def _matt(color: np.ndarray, second: np.ndarray | None = None, through: float = 0.4) -> Material:
    return Material("foliage", base_color=rgba(color),
                    second_color=rgb(np.clip(color * 1.5 if second is None else second, 0, 0.85)),
                    roughness=0.7, translucency=through)


def _sprites() -> Material:
    return Material("foliage", surface="sprites", base_color=(0.75, 0.85, 0.7, 1.0), translucency=0.35)


def _stems(chance: Chance, count: int, tall_m: float, spread_m: float) -> list[np.ndarray]:
    """Paths that rise from one root and lean apart."""
    paths = []
    for index in range(count):
        away = 2 * np.pi * index / count + chance.uniform(0, 0.7)
        out = np.array([np.sin(away), 0, np.cos(away)]) * spread_m * chance.uniform(0.25, 1.0)
        high = np.array([0, tall_m * chance.uniform(0.7, 1.05), 0])
        paths.append(curve(np.array([[0, -0.02, 0], out * 0.35 + high * 0.5, out + high]), 8))
    return paths


def _star(petals: int, long: float, wide: float, cup: float) -> Mesh:
    """A simple flower looking up +Y: pointed petals round a throat (second colour)."""
    pieces = []
    for index in range(petals):
        v, u = np.meshgrid(np.array([1.0, 0.6, 0.25, 0.0]), np.array([-1.0, 0.0, 1.0]), indexing="ij")
        half = wide * np.sin(np.pi * np.clip(0.12 + 0.88 * v, 0, 1)) ** 0.7
        points = np.stack([u * half, long * cup * np.sin(v * 1.9) + 0.15 * half * np.abs(u),
                           long * v * (1 - 0.2 * cup * v)], axis=-1)
        petal = patch(points).turned("y", 2 * np.pi * index / petals)
        pieces.append(petal.shaded(second=smoothstep(0.6, 1.0, petal.uv[:, 1]),
                                   occlusion=0.6 + 0.4 * (1 - petal.uv[:, 1]), flex=0.8))
    return merge(pieces)


def _on_tips(chance: Chance, paths: list[np.ndarray], flower: Mesh, steps: tuple[int, ...] = (-1,)) -> Mesh:
    pieces = []
    for path in paths:
        for step in steps:
            turned = flower.turned("x", 0.5 * chance.normal()).turned("z", 0.5 * chance.normal())
            turned = turned.turned("y", chance.uniform(0, 6.3))
            pieces.append(turned.scaled(chance.uniform(0.8, 1.2)).moved(*path[step]))
    return merge(pieces)


def _leaves_along(chance: Chance, paths: list[np.ndarray], length_m: float, every: int = 2) -> Mesh:
    pieces = []
    for path in paths:
        for step in range(1, len(path) - 1, every):
            leaf = leaflet(length_m * chance.uniform(0.7, 1.2), length_m * 0.5, rows=2)
            pieces.append(leaf.turned("x", -0.3).turned("y", chance.uniform(0, 6.3)).moved(*path[step]))
    return merge(pieces)


def _lavender(chance: Chance, color: np.ndarray) -> list[Piece]:
    paths = _stems(chance, 26, 0.42, 0.2)
    spike = lathe(np.array([(0.0, 0.075), (0.004, 0.07), (0.0075, 0.045), (0.0085, 0.02), (0.004, 0.0),
                            (0.0, -0.002)]), 6)
    spike = spike.displaced(0.002 * fbm(spike.positions * 260, 1, 3)).shaded(occlusion=0.5
            + 0.5 * np.clip(spike.positions[:, 1] / 0.07, 0, 1))
    return [Piece("stems",
                  merge([stem(path, 0.0016, 3) for path in paths]
                        + [tuft(chance, 22, 0.2, 0.005, 0.06, 0.8, 3)]), _matt(np.array([0.12, 0.16, 0.09]))),
            Piece("spikes", merge([spike.moved(*path[-1]) for path in paths]), _matt(color))]


def _white_flower(chance: Chance, color: np.ndarray, petals: int, long: float, tall_m: float,
                  steps: tuple[int, ...]) -> list[Piece]:
    paths = _stems(chance, 9, tall_m, 0.24)
    return [Piece("stems", merge([stem(path, 0.0026, 4) for path in paths]), _matt(GREEN)),
            Piece("leaves", _leaves_along(chance, paths, 0.07, 1), _sprites(), 2),
            Piece("flowers", _on_tips(chance, paths, _star(petals, long, long * 0.36, 0.45), steps),
                  _matt(color, np.array([0.62, 0.55, 0.25])))]


def _iris(chance: Chance, color: np.ndarray) -> list[Piece]:
    paths = _stems(chance, 5, 0.55, 0.12)
    falls = [_star(3, 0.055, 0.024, -0.5), _star(3, 0.05, 0.02, 1.0).turned("y", np.pi / 3)]
    leaves = [blade(0.45 * chance.uniform(0.7, 1.1), 0.024, chance.uniform(0.1, 0.3), 0.35)
              for _ in range(12)]
    leaves = [leaf.turned("y", chance.uniform(0, 6.3)) for leaf in leaves]
    return [Piece("stems", merge([stem(path, 0.004, 5) for path in paths] + leaves), _matt(GREEN * 1.2)),
            Piece("flowers", _on_tips(chance, paths, merge(falls)), _matt(color, np.array([0.7, 0.5, 0.12])))]


def _rose(chance: Chance, color: np.ndarray) -> list[Piece]:
    paths = _stems(chance, 7, 0.55, 0.3)
    pale = np.clip(color * 0.55 + np.array([0.3, 0.22, 0.13]), 0, 0.8)
    return [Piece("stems", merge([stem(path, 0.0045, 5) for path in paths]), _matt(GREEN)),
            Piece("leaves", _leaves_along(chance, paths, 0.06, 1), _sprites(), 2),
            Piece("flowers", _on_tips(chance, paths, rose(chance, 18, 4, 4, 0.8).scaled(0.075)),
                  _matt(color, pale))]


def _fern(chance: Chance, color: np.ndarray) -> list[Piece]:
    fronds = []
    for index in range(11):
        v, u = np.meshgrid(np.linspace(1, 0, 7), np.array([0.0, 0.5, 1.0]), indexing="ij")
        long = 0.5 * chance.uniform(0.7, 1.1)
        points = np.stack([(u - 0.5) * 0.24, 0.26 * np.sin(v * 2.2) * long / 0.5 + 0.02 * np.abs(u - 0.5),
                           long * v], axis=-1)
        frond = patch(points, np.stack([0.08 + 0.84 * u, 0.02 + 0.9 * (1 - v)], axis=-1))
        fronds.append(frond.shaded(flex=1 - frond.uv[:, 1],
                                   occlusion=0.4 + 0.6 * (1 - frond.uv[:, 1])).turned("y", 2.4 * index))
    return [Piece("fronds", merge(fronds), _sprites(), 13)]


def _moss(chance: Chance, color: np.ndarray) -> list[Piece]:
    cushions = []
    for index in range(9):
        size = chance.uniform(0.05, 0.13)
        away, reach = chance.uniform(0, 6.3), 0.22 * np.sqrt(chance.uniform())
        cushion = rock(2, 40 + index, 0.1, (1, 0.45, 1), 0).scaled(size)
        cushion = cushion.displaced(0.006 * fbm(cushion.positions * 70, 2, index))
        cushions.append(cushion.shaded(occlusion=0.35 + 0.65 * smoothstep(-0.1 * size, 0.35 * size,
            cushion.positions[:, 1])).moved(
            np.sin(away) * reach, 0, np.cos(away) * reach))
    return [Piece("cushions", merge(cushions), _matt(color * 0.6, through=0.2))]


def _fruit(chance: Chance, color: np.ndarray, radius_m: float, squash: float) -> list[Piece]:
    """Windfalls: fruit lying in a small crowd, two with a leaf."""
    fruit, leaves = [], []
    for index in range(7):
        away, reach = chance.uniform(0, 6.3), 0.2 * np.sqrt(chance.uniform(0.05, 1))
        size = radius_m * chance.uniform(0.85, 1.12)
        ball = rock(2, 60 + index, 0.03, (1, squash, 1), 0).scaled(size).turned("x",
            chance.uniform(-1.2, 1.2))
        ball = ball.displaced(-0.0006 * np.abs(fbm(ball.positions * 300, 1, 2)))
        at = (np.sin(away) * reach, size * squash * 0.94, np.cos(away) * reach)
        fruit.append(ball.shaded(occlusion=0.35 + 0.65 * smoothstep(-size, 0.2 * size,
                                                                    ball.positions[:, 1])).moved(*at))
        if index % 2 == 0:
            leaf = leaflet(0.08, 0.04).turned("x", -0.4).turned("y", away)
            leaves.append(leaf.moved(at[0], at[1] + size * squash * 0.9, at[2]))
    return [Piece("fruit", merge(fruit), Material(base_color=rgba(color), roughness=0.45, clearcoat=0.25,
                                                  translucency=0.1)),
            Piece("leaves", merge(leaves), _sprites(), 2)]


def _needles(chance: Chance, color: np.ndarray) -> list[Piece]:
    """Cut boughs of pine or cedar, and cones among them."""
    boughs = []
    for index in range(6):
        path = curve(np.array([[0, 0.02, 0], [0.02, 0.07, 0.18], [0.05, 0.05, 0.4]]), 10)
        twig = [stem(path, 0.005, 5)]
        for step in range(1, 10):
            for _ in range(10):
                needle = blade(0.06 * chance.uniform(0.7, 1.1), 0.0022, 0.9, 0.1, 2)
                needle = needle.turned("y", chance.uniform(0, 6.3)).turned("x", 0.5)
                twig.append(needle.moved(*path[step]))
        boughs.append(merge(twig).turned("y", index * 1.05 + 0.4 * chance.normal()))
    cone = lathe(np.array([(0.0, 0.07), (0.012, 0.065), (0.022, 0.045), (0.026, 0.025), (0.018, 0.005),
                           (0.0, 0.0)]), 12)
    scales = 0.004 * np.sin(np.arctan2(cone.positions[:, 0], cone.positions[:, 2]) * 6 + cone.positions[:,
            1] * 300)
    cones = [cone.displaced(scales).turned("z", 1.4).moved(0.12 * side, 0.03, 0.1 + 0.1 * side)
             for side in (-1, 1)]
    return [Piece("boughs", merge(boughs), _matt(np.array([0.03, 0.065, 0.03]))),
            Piece("cones", merge(cones), Material(base_color=(0.13, 0.075, 0.04, 1.0), roughness=0.8))]


def _bush(chance: Chance, color: np.ndarray) -> list[Piece]:
    """Tea and the like: a rounded small bush."""
    paths = _stems(chance, 16, 0.45, 0.28)
    crown = [cluster(chance, 7, 0.055, 0.06).moved(*path[step]) for path in paths for step in (-1, -3)]
    return [Piece("stems", merge([stem(path, 0.004, 4) for path in paths]),
                  Material(base_color=(0.1, 0.07, 0.04, 1.0))),
            Piece("leaves", merge(crown), _sprites(), 2)]


SPECIES: dict[str, Species] = {
    "rose": _rose,
    "lavender": _lavender,
    "jasmine": lambda chance, color: _white_flower(chance, color, 5, 0.024, 0.5, (-1, -2, -3, -4)),
    "tuberose": lambda chance, color: _white_flower(chance, color, 6, 0.034, 0.62, (-1, -2, -3)),
    "iris": _iris,
    "fern": _fern,
    "moss": _moss,
    "grass": lambda chance, color: [Piece("blades", tuft(chance, 40, 0.34, 0.006, 0.09), _matt(color * 0.8))],
    "citrus_tree": lambda chance, color: _fruit(chance, color, 0.036, 0.95),
    "fig": lambda chance, color: _fruit(chance, color, 0.026, 1.15),
    "pine": _needles,
    "cedar": _needles,
    "palm": _fern,
    "tea": _bush,
}


def plant(name: str, srgb: str, chance: Chance) -> list[Piece]:
    """The pieces of one species of the vocabulary in the colour of its flower, fruit or leaf."""
    return SPECIES[name](chance, natural(srgb, 0.015, 0.78))
