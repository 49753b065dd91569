"""Night beds: tuberose and jasmine as parts, every floret within reach and whole wands farther off."""

from typing import Iterator

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.hedge import BOUGH_CELL, boughs
from showroom.imagine.grow.mesh import merge
from showroom.imagine.grow.night_flowers import (
    Spike, Spray, gathered_sprays, jasmine_bud, jasmine_star, pinnate, spray, tuberose, tuberose_bud,
    tuberose_floret, whole_spike,
)
from showroom.imagine.grow.part import part, rgb, rgba
from showroom.imagine.grow.scatter import bases, facing, instances, varied_sizes, varied_tints
from showroom.imagine.grow.stones import Ground
from showroom.words.geometry import Geometry, Material

_UP = np.array([0.0, 1.0, 0.0])
_LEAF = Material("foliage", base_color=(0.034, 0.066, 0.024, 1.0), second_color=(0.10, 0.15, 0.055), roughness=0.5,
                 translucency=0.35)
_STALK = Material("foliage", base_color=(0.05, 0.085, 0.03, 1.0), second_color=(0.12, 0.16, 0.06), roughness=0.6,
                  translucency=0.35)
_WOOD = Material(base_color=(0.07, 0.06, 0.035, 1.0), roughness=0.8)


def petals_of(white: np.ndarray, blush: np.ndarray) -> Material:
    """Waxy petals that glow where light comes through them."""
    return Material("foliage", base_color=rgba(white), second_color=rgb(blush), roughness=0.42, translucency=0.75,
                    sheen=0.5)


def tuberoses_near(spots: np.ndarray, ground: Ground, petal: Material, chance: Chance) -> Iterator[Geometry]:
    """Wands at (n, 3) x, z and height, metres; every floret its own."""
    spikes = []
    for index, (x, z, tall) in enumerate(spots):
        draw = chance.child(f"wand {index}")
        wand = tuberose(draw, tall, draw.integers(15, 22), 7)
        at = np.array([x, float(ground(np.array([x]), np.array([z]))[0]), z])
        spikes.append(Spike(wand.green.moved(*at), wand.floret_at + at, wand.floret_up, wand.bud_at + at, wand.bud_up,
                            wand.floret_m))
    yield part("tuberose stalks", merge([spike.green for spike in spikes]), _STALK)
    for name, mesh, size, places, ways in (
        ("florets", tuberose_floret(True), 0.062, "floret_at", "floret_up"),
        ("buds", tuberose_bud(), 0.036, "bud_at", "bud_up"),
    ):
        at = np.concatenate([getattr(spike, places) for spike in spikes])
        up = np.concatenate([getattr(spike, ways) for spike in spikes])
        placed = instances(at, bases(chance, len(at), 0.1, up), varied_sizes(chance, len(at), size),
                           varied_tints(chance, len(at), 0.01, 0.08), chance.uniform(0, 1, len(at)), 0.004)
        yield part(f"tuberose {name}", mesh, petal, placed, layer="heart" if name == "florets" else "top")


def tuberoses_far(points: np.ndarray, ground: Ground, petal: Material, chance: Chance) -> Iterator[Geometry]:
    """Whole wands at (n, 2) x, z, of two kinds."""
    for kind in range(2):
        draw = chance.child(f"kind {kind}")
        x, z = points[kind::2].T
        if not len(x):
            continue
        green, white = whole_spike(draw, (1.0, 0.78)[kind], (16, 12)[kind])
        placed = instances(np.stack([x, ground(x, z), z], axis=1), bases(draw, len(x), 0.12),
                           varied_sizes(draw, len(x)), varied_tints(draw, len(x), 0.015, 0.12),
                           draw.uniform(0, 1, len(x)), 0.01)
        yield part(f"tuberose far stalks {kind}", green, _STALK, placed, casts_shadow=False)
        yield part(f"tuberose far {kind}", white, petal, placed, casts_shadow=False, layer="heart")


def jasmine_near(ends: list[tuple], petal: Material, chance: Chance, flowers: int) -> Iterator[Geometry]:
    """Shoots from (root, tip, sag) that hang into the view; every leaflet and flower its own."""
    whole = gathered_sprays([spray(chance.child(f"shoot {index}"), root, tip, sag, 0.05, flowers)
                             for index, (root, tip, sag) in enumerate(ends)])
    yield part("jasmine shoots", whole.wood, _WOOD, casts_shadow=False)
    yield _leaves("jasmine leaves", whole, 3, 0.026, chance.child("leaves"))
    yield from _stars("jasmine", whole, petal, chance.child("stars"), True)


def jasmine_far(name: str, at: np.ndarray, out: np.ndarray, petal: Material, chance: Chance,
                share: float = 1.0) -> Iterator[Geometry]:
    """A climbing mass on (n, 3) places that looks out along (n, 3): boughs, leaves and starry flowers.

    share : of the places that bear a flower.
    """
    count = len(at)
    turned = facing(out + 0.4 * chance.normal((count, 3)), _UP + 0.6 * chance.normal((count, 3)))
    tints = varied_tints(chance, count, 0.03, 0.25)
    mass = Material("foliage", surface="sprites", base_color=(0.55, 0.72, 0.5, 1.0), roughness=0.8, translucency=0.4)
    yield part(f"{name} mass", boughs(chance, 0.24), mass,
               instances(at, turned, varied_sizes(chance, count, 1.0, 0.35), tints, chance.uniform(0, 1, count),
                         0.006, BOUGH_CELL))
    bears = chance.uniform(0, 1, count) < share
    some = np.repeat(at[bears], 3, axis=0)
    way = np.repeat(out[bears], 3, axis=0) + 0.9 * chance.normal((len(some), 3))
    spread = some + 0.06 * chance.normal((len(some), 3)) + 0.13 * np.repeat(out[bears], 3, axis=0)
    stars = instances(spread, bases(chance, len(some), 0.3, way), varied_sizes(chance, len(some), 0.056),
                      varied_tints(chance, len(some), 0.01, 0.12), chance.uniform(0, 1, len(some)), 0.006)
    yield part(f"{name} flowers", jasmine_star(False), petal, stars, casts_shadow=False, layer="heart")


def _leaves(name: str, whole: Spray, pairs: int, leaf_m: float, chance: Chance) -> Geometry:
    count = len(whole.leaf_at)
    turned = facing(whole.leaf_ahead, _UP + 0.3 * chance.normal((count, 3)))
    return part(name, pinnate(pairs, leaf_m), _LEAF,
                instances(whole.leaf_at, turned, varied_sizes(chance, count), varied_tints(chance, count, 0.03, 0.25),
                          chance.uniform(0, 1, count), 0.01))


def _stars(name: str, whole: Spray, petal: Material, chance: Chance, fine: bool) -> Iterator[Geometry]:
    """Three of four flowers are open, the others buds."""
    count = len(whole.star_at)
    closed = chance.uniform(0, 1, count) < 0.27
    turned = bases(chance, count, 0.2, whole.star_up)
    size = varied_sizes(chance, count, 0.04, 0.2)
    tints, phases = varied_tints(chance, count, 0.01, 0.08), chance.uniform(0, 1, count)
    kinds = ((~closed, jasmine_star(fine), "flowers", 1.0), (closed, jasmine_bud(), "buds", 0.65))
    for own, mesh, kind, scale in kinds:
        placed = instances(whole.star_at[own], turned[own], scale * size[own], tints[own], phases[own], 0.01)
        yield part(f"{name} {kind}", mesh, petal, placed, casts_shadow=False,
                   layer="heart" if kind == "flowers" else "top")
