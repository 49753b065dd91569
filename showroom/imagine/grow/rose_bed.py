"""Rose bed: bushes dressed as parts, canes, leaves, sepals, buds, and roses as rich as they are near."""

from dataclasses import dataclass
from typing import Iterator

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.hedge import BOUGH_CELL, boughs
from showroom.imagine.grow.leaf import cluster, spray
from showroom.imagine.grow.mesh import Mesh, unit
from showroom.imagine.grow.part import natural, part, rgb, rgba
from showroom.imagine.grow.rose import bud, rose, sepals, simple_rose
from showroom.imagine.grow.rose_bush import Bush, gathered_bushes
from showroom.imagine.grow.scatter import bases, facing, instances, varied_sizes, varied_tints
from showroom.words.geometry import Geometry, Material


_KINDS, _FAR_KINDS = 3, 2  # unlike roses of a bed


@dataclass(frozen=True)
class Bed:
    """bushes, the width of a rose on them, and the length of a leaflet, metres."""

    bushes: list[Bush]
    rose_m: float
    leaf_m: float


def clothed(name: str, bed: Bed, flower: str, chance: Chance, points: int,
            detail: float) -> Iterator[Geometry]:
    """The parts of a bed.

    points : along and across a petal: 7 at arm's length, 4 in the middle ground, 0 far away.
    """
    whole = gathered_bushes(bed.bushes)
    far = points == 0
    cane = Material(base_color=(0.07, 0.06, 0.03, 1.0), second_color=(0.06, 0.1, 0.03), roughness=0.7)
    yield part(f"{name} canes", whole.canes, cane, casts_shadow=not far)
    yield _leaves(name, whole, bed.leaf_m, chance.child("leaves"), points)
    if points < 7:
        yield _mass(name, whole, bed.leaf_m, chance.child("mass"))
    yield from _flowers(name, whole, bed.rose_m, flower, chance.child("flowers"), points, detail)


def _leaves(name: str, whole: Bush, leaf_m: float, chance: Chance, points: int) -> Geometry:
    count = len(whole.leaf_at)
    if points == 0:
        mesh = cluster(chance, 3, leaf_m, leaf_m)
        turned = bases(chance, count, 0.6, whole.leaf_ahead * 0.5 + np.array([0, 1.0, 0]))
    else:
        mesh = spray(chance, 5 if points > 5 else 3, leaf_m, 3 if points > 5 else 2)
        turned = facing(whole.leaf_ahead,
                        np.tile(np.array([0.0, 1.0, 0.0]), (count, 1)) + 0.25 * chance.normal((count, 3)))
    high = whole.leaf_at[:, 1]
    deep = np.clip(0.6 + 0.55 * high, 0.55, 1.1)[:, None]
    placed = instances(whole.leaf_at, turned, varied_sizes(chance, count),
                       varied_tints(chance, count, 0.03, 0.2) * deep,
                       chance.uniform(0, 1, count), 0.012, 2)
    material = Material("foliage", surface="sprites", base_color=(0.62, 0.8, 0.55, 1.0), roughness=1.0,
                        translucency=0.3)
    return part(f"{name} leaves", mesh, material, placed)


def _mass(name: str, whole: Bush, leaf_m: float, chance: Chance) -> Geometry:
    """The leaves within: painted boughs about every fourth leaf, so that a bush has a body and a shade."""
    at, ahead = whole.leaf_at[::4], whole.leaf_ahead[::4]
    count = len(at)
    upright = np.array([0.0, 1.0, 0.0]) + 0.5 * chance.normal((count, 3))
    turned = facing(ahead + 0.5 * chance.normal((count, 3)), upright)
    tints = varied_tints(chance, count, 0.03, 0.2) * np.clip(0.45 + 0.45 * at[:, 1], 0.4, 0.95)[:, None]
    placed = instances(at, turned, varied_sizes(chance, count, 1.0, 0.3), tints, chance.uniform(0, 1, count),
                       0.012, BOUGH_CELL)
    material = Material("foliage", surface="sprites", base_color=(0.6, 0.78, 0.52, 1.0), roughness=1.0,
                        translucency=0.35)
    return part(f"{name} mass", boughs(chance, 3.2 * leaf_m), material, placed)


def _flowers(name: str, whole: Bush, rose_m: float, flower: str, chance: Chance, points: int,
             detail: float) -> Iterator[Geometry]:
    """Roses of a few meshes, and buds on every fifth shoot; petals paler at base and rim."""
    color = natural(flower, 0.02, 0.8)
    pale = np.clip(color * 0.55 + np.array([0.3, 0.22, 0.13]), 0, 0.8)
    petal = Material("foliage", base_color=rgba(color), second_color=rgb(pale), roughness=0.6, sheen=0.5,
                     translucency=0.35)
    count = len(whole.rose_at)
    budding = (chance.uniform(0, 1, count) < 0.2) & (3 < points < 6)
    which = np.where(budding, -1, chance.integers(0, _KINDS if points > 3 else _FAR_KINDS, count))
    size = varied_sizes(chance, count, rose_m)
    tints = varied_tints(chance, count, 0.03, 0.14)
    turned = bases(chance, count, 0.25, whole.rose_up)
    phases = chance.uniform(0, 1, count)
    for index, mesh in enumerate(_meshes(chance, points, detail)):
        chosen = which == index
        if chosen.any():
            placed = instances(whole.rose_at[chosen], turned[chosen], size[chosen], tints[chosen],
                               phases[chosen], 0.012)
            yield part(f"{name} roses {index}", mesh, petal, placed, layer="heart")
    if budding.any():
        placed = instances(whole.rose_at[budding], turned[budding], size[budding] * 0.55,
                           tints[budding] * 0.85, phases[budding], 0.012)
        yield part(f"{name} buds", bud(chance), petal, placed, layer="top")
    if points > 5:
        green = Material("foliage", base_color=(0.06, 0.1, 0.03, 1.0), roughness=0.7, translucency=0.3)
        placed = instances(whole.rose_at - 0.02 * unit(whole.rose_up) * size[:, None], turned, size,
                           phases=phases, flex_m=0.012)
        yield part(f"{name} sepals", sepals(chance), green, placed, casts_shadow=False)


def _meshes(chance: Chance, points: int, detail: float) -> list[Mesh]:
    """Unlike roses: blown, open, and near by also a goblet."""
    if points == 0:
        return [simple_rose(chance) for _ in range(_FAR_KINDS)]
    fine = points if detail > 0.5 else max(3, points - 1)
    petals = 24 if points > 5 else 11
    columns = fine if points > 5 else 3
    kinds = (0.95, 0.7, 0.4)[:_KINDS if points > 3 else _FAR_KINDS]
    return [rose(chance, petals, fine, columns, opened) for opened in kinds]
