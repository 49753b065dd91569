"""Edelweiss: stars of felted white bracts round a cluster of yellow heads, on woolly stems."""

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import smoothstep
from showroom.imagine.grow.shapes import curve, patch, rock, tube


def edelweiss(chance: Chance, stems: int = 3, tall_m: float = 0.1, star_m: float = 0.034) -> Mesh:
    """A plant about its root; shade b is 1 on the yellow heads, 0 on what is grey-white."""
    pieces = []
    for index in range(stems):
        away = 2 * np.pi * index / stems + chance.uniform(0, 0.9)
        out = np.array([np.sin(away), 0, np.cos(away)]) * 0.4 * tall_m * chance.uniform(0.2, 1)
        path = curve(
            np.stack(
                [
                    0 * out,
                    0.3 * out + np.array([0, 0.5 * tall_m, 0]),
                    out + np.array([0, tall_m * chance.uniform(0.7, 1.1), 0]),
                ]
            ),
            5,
        )
        pieces.append(tube(path, 0.0016, 4, closed=False).shaded(occlusion=0.45, flex=0.3))
        for step in (1, 3):
            leaf = (
                _bract(0.035, 0.007).turned("x", -0.5).turned("y", chance.uniform(0, 6.3)).moved(*path[step])
            )
            pieces.append(leaf.shaded(occlusion=0.5))
        star = _star(chance, star_m * chance.uniform(0.8, 1.2))
        pieces.append(
            star.turned("x", 0.25 * chance.normal() + 0.8).turned("y", 0.5 * chance.normal()).moved(*path[-1])
        )
    return merge(pieces)


def _bract(long_m: float, wide_m: float) -> Mesh:
    """A pointed felted leaf along +Z, face up, its tip curling down."""
    v, u = np.meshgrid(np.array([1.0, 0.55, 0.0]), np.array([-1.0, 0.0, 1.0]), indexing="ij")
    half = wide_m * np.sin(np.pi * np.clip(0.2 + 0.8 * v, 0, 1)) ** 0.7
    points = np.stack(
        [-u * half, 0.25 * half * np.abs(u) * -1 + 0.12 * long_m * np.sin(2.6 * v), long_m * v], axis=-1
    )
    return patch(points)


def _star(chance: Chance, size_m: float) -> Mesh:
    pieces = []
    for index in range(9):
        long = size_m * (1.0 if index % 2 else 0.68) * chance.uniform(0.85, 1.15)
        bract = _bract(long, 0.24 * size_m).turned("y", 2 * np.pi * index / 9 + 0.12 * chance.normal())
        v = 1 - bract.uv[:, 1]
        pieces.append(bract.moved(0, 0.001 * (index % 2), 0).shaded(occlusion=0.55 + 0.45 * v, flex=0.5))
    for index in range(4):
        away, reach = 2 * np.pi * index / 3, 0.0 if index == 3 else 0.17 * size_m
        head = rock(0, 20 + index, 0.08, (1, 0.8, 1), 0).scaled(0.13 * size_m)
        head = head.shaded(
            second=0.85, occlusion=0.6 + 0.4 * smoothstep(-0.05 * size_m, 0.08 * size_m, head.positions[:, 1])
        )
        pieces.append(head.moved(np.sin(away) * reach, 0.09 * size_m, np.cos(away) * reach))
    return merge(pieces)
