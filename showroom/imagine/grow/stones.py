"""Stones: pebbles, cobbles and boulders, a few meshes each, many instances, no two alike."""

from typing import Callable, Iterator

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import Mesh
from showroom.imagine.grow.noise import smoothstep
from showroom.imagine.grow.part import part
from showroom.imagine.grow.scatter import bases, instances, varied_tints
from showroom.imagine.grow.shapes import rock
from showroom.words.geometry import Geometry, Material

Ground = Callable[[np.ndarray, np.ndarray], np.ndarray]


def pebble(rounds: int, seed: int) -> Mesh:
    """A water-worn stone of about unit radius, darker underneath where it lies."""
    squash = (1.0, 0.42 + 0.06 * (seed % 4), 0.72 + 0.07 * (seed % 3))
    return _grounded(rock(rounds, seed, 0.13, squash, flats=0), 0.25)


def cobble(rounds: int, seed: int) -> Mesh:
    """A broken stone, its edges rounded by the sea."""
    return _grounded(rock(rounds, seed, 0.2, (1.0, 0.66, 0.84), flats=6), 0.3)


def boulder(rounds: int, seed: int) -> Mesh:
    """A rock standing out of the ground, layered, its foot dark and wet."""
    mesh = rock(rounds, seed, 0.34, (1.0, 0.86, 0.8), flats=9)
    return _grounded(mesh, 0.1)


def _grounded(mesh: Mesh, open_at: float) -> Mesh:
    y = mesh.positions[:, 1]
    return mesh.shaded(occlusion=0.35 + 0.65 * smoothstep(-0.35, open_at, y),
                       second=smoothstep(0.15, -0.25, y))


def strewn(name: str, meshes: list[Mesh], points: np.ndarray, sizes: np.ndarray, ground: Ground,
           material: Material,
           chance: Chance, sink: float = 0.35, tilt_rad: float = 0.35,
           casts_shadow: bool = True) -> Iterator[Geometry]:
    """Stones at (n, 2) x, z with (n,) radii, shared out among the meshes; each sinks by `sink` radii."""
    which = chance.integers(0, len(meshes), len(points))
    for index, mesh in enumerate(meshes):
        chosen = which == index
        count = int(chosen.sum())
        if count == 0:
            continue
        x, z = points[chosen].T
        size = sizes[chosen]
        lowest = -float(mesh.positions[:, 1].min())
        positions = np.stack([x, ground(x, z) + size * (lowest - sink), z], axis=1)
        placed = instances(positions, bases(chance, count, tilt_rad), size,
                           varied_tints(chance, count, 0.008, 0.3),
                           chance.uniform(0, 1, count))
        yield part(f"{name} {index}", mesh, material, placed, casts_shadow=casts_shadow)


def sized(chance: Chance, count: int, small_m: float, large_m: float, power: float = 2.5) -> np.ndarray:
    """(count,) radii between the two, small ones many and large ones rare."""
    return small_m + (large_m - small_m) * chance.uniform(0, 1, count) ** power
