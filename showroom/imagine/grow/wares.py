"""Wares: what stands on a floor instead of plants: spices in bowls, books in piles, flowers in pots."""

from typing import Callable, Iterator

import numpy as np

from showroom.imagine.grow.centre import surface_of
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.guests import guests
from showroom.imagine.grow.kitchenware import turned
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import natural, part, rgba
from showroom.imagine.grow.scatter import bases, instances, varied_sizes
from showroom.imagine.grow.shapes import box, lathe
from showroom.words.geometry import Geometry, Light, Material
from showroom.words.scenespec import SceneSpec

_STALLS = ((-1.25, -1.5), (-1.75, -2.2), (-0.95, -2.35), (1.2, -1.6), (1.7, -2.3), (0.95, -2.5), (-2.3, -1.2),
           (2.25, -1.1), (-1.5, 1.6), (1.4, 1.9))
_SPICES = ("#d98a1e", "#a8301c", "#c9a227", "#6e3a1e", "#8a8a3a")


def of(spec: SceneSpec, place: str, chance: Chance) -> Iterator[Geometry]:
    """The wares of a place that has them."""
    if place in _WARES:
        yield from _WARES[place](spec, chance)


def _walls(spec: SceneSpec, half_m: float, high_m: float, back_m: float | None = None) -> Geometry:
    """Walls to the left and right, half_m away; with back_m also ahead and behind, so that it is a room."""
    tile = surface_of(spec, "wall").scale_m
    sides = [box(0.4, high_m, 22.0, 0.03, tile, 10).moved(side * (half_m + 0.2), -0.05, -5.0)
             for side in (-1, 1)]
    ends = () if back_m is None else (-back_m - 0.2, back_m + 0.2)
    sides += [box(2 * half_m + 0.8, high_m, 0.4, 0.03, tile, 10).moved(0.0, -0.05, z) for z in ends]
    mesh = merge(sides)
    low = smoothstep(-0.05, 0.9, mesh.positions[:, 1])
    return part("walls", mesh.shaded(occlusion=0.45 + 0.55 * low, second=0.6 * (1 - low)),
                Material(surface="wall", second_color=(0.05, 0.04, 0.03)))


def _level(x: np.ndarray, _z: np.ndarray) -> np.ndarray:
    return np.zeros_like(x)


def _spices(spec: SceneSpec, chance: Chance) -> Iterator[Geometry]:
    """An alley, baskets heaped with cones of spice, and lanterns over them."""
    yield _walls(spec, 3.3, 4.4)
    own = [colour.srgb for stage in spec.palette for colour in stage.colours]
    heap = lathe(np.array([(0.0, 0.62), (0.012, 0.615), (0.1, 0.49), (0.19, 0.365), (0.205, 0.34)]), 28)
    heap = heap.displaced(0.006 * heap.normals * fbm(heap.positions * 60, 2, 4)[:, None])
    side = ((0.0, 0.33), (0.2, 0.335), (0.225, 0.35), (0.235, 0.34), (0.2, 0.05), (0.19, 0.0), (0.0, 0.0))
    basket = turned(side, 1.0, 32, 20)
    at = np.array([(x, 0.0, z) for x, z in _STALLS])
    yield part("baskets", basket, Material(surface="plinth", second_color=(0.1, 0.06, 0.03), roughness=0.9),
               instances(at, bases(chance, len(at)), varied_sizes(chance, len(at), 1.0, 0.12)))
    for index, srgb in enumerate((*_SPICES, *own)[:5]):
        placed = instances(at[index::5], bases(chance, len(at[index::5])), 1.0)
        yield part(f"spice {index}", heap, Material(base_color=rgba(natural(srgb)), roughness=1.0), placed)
    hung = ((-1.1, 2.25, -2.2), (1.2, 2.4, -2.7), (0.0, 2.7, -4.6), (-1.6, 2.5, 1.4))
    yield from _lanterns(hung, (1.0, 0.56, 0.2))


def _lanterns(
    at: tuple[tuple[float, float, float], ...], warm: tuple[float, float, float], reach_m: float = 4.5
) -> Iterator[Geometry]:
    """Small hanging lamps, each a light of its own that reaches reach_m."""
    shell = lathe(np.array([(0.0, 0.17), (0.03, 0.16), (0.035, 0.13), (0.09, 0.1), (0.09, 0.09)]), 24)
    foot = lathe(np.array([(0.085, -0.09), (0.09, -0.1), (0.04, -0.13), (0.0, -0.14)]), 24)
    cord = lathe(np.array([(0.004, 2.4), (0.004, 0.16)]), 6)
    brass = Material(surface="prop", metallic=1.0, roughness=0.7)
    placed = instances(np.array(at))
    yield part("lanterns", merge([shell, foot, cord]), brass, placed)
    glow = Material("glow", emission=tuple(2.2 * value for value in warm))
    lights = tuple(Light(spot, tuple(0.33 * reach_m * value for value in warm), reach_m, 0.15) for spot in at)
    glass = lathe(np.array([(0.078, 0.085), (0.086, 0.0), (0.078, -0.085)]), 20)
    yield part("lantern glass", glass, glow, placed, casts_shadow=False, lights=lights)


def _books(spec: SceneSpec, chance: Chance) -> Iterator[Geometry]:
    """A panelled room, piles of bound books on its floor, and lamps."""
    yield _walls(spec, 3.4, 4.2, 5.4)
    volumes = [_book(chance.child(f"book {index}"), *where) for index, where in enumerate(_piles(chance))]
    yield part("books", merge([cover for cover, _ in volumes]), Material(surface="prop", roughness=0.9))
    pages = Material(base_color=(0.5, 0.42, 0.3, 1.0), roughness=0.95)
    yield part("pages", merge([leaves for _, leaves in volumes]), pages)
    yield from _lanterns(((-1.25, 1.75, -2.3), (1.4, 1.9, -2.6), (1.5, 2.0, 1.8)), (1.3, 0.85, 0.45), 9.0)


def _piles(chance: Chance) -> Iterator[tuple[float, float, int]]:
    for x, z in _STALLS:
        for level in range(4 + chance.integers(0, 9)):
            yield x + 0.02 * chance.normal(), z + 0.02 * chance.normal(), level


def _book(chance: Chance, x: float, z: float, level: int) -> tuple[Mesh, Mesh]:
    """(cover, pages) of one lying in a pile."""
    wide, deep = chance.uniform(0.17, 0.24), chance.uniform(0.24, 0.31)
    yaw = chance.uniform(-0.5, 0.5) + (0.4 if x < 0 else -0.4)
    high = 0.046 * level
    cover = merge([box(wide, 0.006, deep, 0.002, 0.4).moved(0, foot, 0) for foot in (0.0, 0.038)]
                  + [box(0.008, 0.044, deep, 0.003, 0.4).moved(-wide / 2, 0, 0)])
    leaves = box(wide - 0.014, 0.034, deep - 0.014, 0.003, 0.4).moved(0, 0.005, 0)
    return (cover.turned("y", yaw).moved(x, high, z), leaves.turned("y", yaw).moved(x, high, z))


def _street(spec: SceneSpec, chance: Chance) -> Iterator[Geometry]:
    """Flowers in pots along the kerb, and lamps that the wet doubles."""
    yield from guests(spec, (), "rain_street", _level, chance, potted=True)
    hung = ((-2.2, 2.6, -3.4), (2.4, 2.7, -4.4), (-2.4, 2.6, 1.6), (0.4, 3.0, -8.0))
    yield from _lanterns(hung, (1.0, 0.66, 0.34))


_WARES: dict[str, Callable[[SceneSpec, Chance], Iterator[Geometry]]] = {
    "spice_souk": _spices,
    "leather_library": _books,
    "rain_street": _street,
}
