"""What the growers' tests share: specs straight from the place tables, and measures of a Geometry."""

import dataclasses
import functools

import numpy as np

from showroom.imagine.compose import compose
from showroom.imagine.grow import grow_place
from showroom.imagine.liking import Liking
from showroom.imagine.places import place_table
from showroom.imagine.reading import Reading
from showroom.words.geometry import Geometry
from showroom.words.product import Product
from showroom.words.scenespec import Hero, Model, SceneSpec, Touch

BOTTLE = Hero("bottle", "flacon", 0.16, "#dfe8e6", "#c8a860", "#e0b060", 0.72)


def spec_of(place: str, seed: int = 7, hero: Hero = BOTTLE) -> SceneSpec:
    """A spec that is the place's own table."""
    table = place_table(place)
    return SceneSpec(seed, 1.0, {}, {}, (), {place: 1.0}, table.sky, dict(table.surfaces), table.flora,
                     table.air, table.sound,
                     Touch(0.5, 0.5, 0.5, 0.5), hero, (), Model("test", "1")).sealed()


@functools.cache
def mixed_spec(place: str, other: str = "", share: float = 0.4) -> SceneSpec:
    """What is composed of no notes at all where one stands in `place`, and by `share` in the other."""
    places = {place: 1 - share, other: share} if other else {place: 1.0}
    liking = Liking({}, {}, places, 0.5, 0.3, 0.5, 0.5)
    spec = compose(Reading(()), liking, Product("p", "perfume", {}, {}), 7, (), Model("test", "1"))
    return dataclasses.replace(spec, hero=BOTTLE).sealed()


@functools.cache
def grown(place: str, detail: float = 1.0) -> tuple[Geometry, ...]:
    """All parts of a place."""
    return tuple(grow_place(spec_of(place), detail))


def with_seed(spec: SceneSpec, seed: int) -> SceneSpec:
    """The same spec of another seed."""
    return dataclasses.replace(spec, seed=seed).sealed()


def triangles(parts) -> int:
    """Drawn triangles: every instance counts."""
    return sum(len(part.indices) // 3 * len(part.instances) for part in parts)


def worlds(part: Geometry, most: int = 1 << 20):
    """(n, v, 3) world positions of every instance or, past `most` points, of evenly many."""
    local = part.vertices["position"].astype(np.float64)
    step = max(1, len(part.instances) * len(local) // most)
    matrix = part.instances["world_from_part"][::step].astype(np.float64)
    return np.einsum("nij,vj->nvi", matrix[:, :, :3], local) + matrix[:, None, :, 3]


def part_of(parts, name: str) -> Geometry:
    """The part of that name."""
    return next(part for part in parts if part.part == name)


def volume(positions: np.ndarray, faces: np.ndarray) -> float:
    """Signed volume of a closed surface; positive when its faces turn outward."""
    a, b, c = (positions[faces[:, corner]] for corner in range(3))
    return float(np.einsum("ij,ij->i", a, np.cross(b, c)).sum() / 6)


def in_the_visitors_way(parts, clear_m: float, low_m: float, high_m: float = 2.2) -> list[str]:
    """Names of parts, other than light in the air, hero and plinth, with a point where a visitor stands."""
    found = []
    for each in parts:
        if each.material.kind == "shaft" or each.part.startswith("hero.") or each.part == "plinth":
            continue
        x, y, z = np.moveaxis(worlds(each), -1, 0)
        high = y[np.hypot(x, z) < clear_m]
        if ((high > low_m) & (high < high_m)).any():
            found.append(each.part)
    return found
