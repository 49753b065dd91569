"""Grow: geometry from a SceneSpec, with numpy alone. Places yield their parts most important first."""

from typing import Iterator

from showroom.imagine.grow import (
    alpine_snow, clearing, conifer_forest, incense_temple, rose_garden, seashore, vanilla_patisserie,
)
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.hall import grow_hall
from showroom.words.geometry import Geometry
from showroom.words.scenespec import SceneSpec

__all__ = ["GROWN_PLACES", "grow_hall", "grow_place"]

_GROWERS = {
    "alpine_snow": alpine_snow.grow,
    "conifer_forest": conifer_forest.grow,
    "incense_temple": incense_temple.grow,
    "rose_garden": rose_garden.grow,
    "seashore": seashore.grow,
    "vanilla_patisserie": vanilla_patisserie.grow,
}
GROWN_PLACES: tuple[str, ...] = tuple(sorted(_GROWERS))


def grow_place(spec: SceneSpec, detail: float = 1.0) -> Iterator[Geometry]:
    """The parts of the spec's main place: ground, plinth and hero first, then near, middle and far.

    detail : 0 to 1, how much there is of it. A place that has no grower of its own is a clearing.
    """
    name = spec.main_place(spec.place)
    grower = _GROWERS.get(name, clearing.grow)
    yield from grower(spec, Chance(spec.seed, name), max(0.05, min(1.0, detail)))
