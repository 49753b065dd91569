"""Grow: geometry from a SceneSpec, with numpy alone. Places yield their parts most important first."""

from typing import Iterator

from showroom.imagine.grow import (
    alpine_snow, citrus_grove, conifer_forest, desert_dusk, incense_temple, lavender_field, leather_library,
    mossy_undergrowth, rain_street, rose_garden, seashore, spice_souk, tea_terraces, tropical_shore, vanilla_patisserie,
    white_garden_night,
)
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.hall import grow_hall
from showroom.words.geometry import Geometry
from showroom.words.scenespec import SceneSpec

__all__ = ["grow_hall", "grow_place"]

_GROWERS = {
    "alpine_snow": alpine_snow.grow,
    "citrus_grove": citrus_grove.grow,
    "conifer_forest": conifer_forest.grow,
    "desert_dusk": desert_dusk.grow,
    "incense_temple": incense_temple.grow,
    "lavender_field": lavender_field.grow,
    "leather_library": leather_library.grow,
    "mossy_undergrowth": mossy_undergrowth.grow,
    "rain_street": rain_street.grow,
    "rose_garden": rose_garden.grow,
    "seashore": seashore.grow,
    "spice_souk": spice_souk.grow,
    "tea_terraces": tea_terraces.grow,
    "tropical_shore": tropical_shore.grow,
    "vanilla_patisserie": vanilla_patisserie.grow,
    "white_garden_night": white_garden_night.grow,
}


def grow_place(spec: SceneSpec, detail: float = 1.0) -> Iterator[Geometry]:
    """The parts of the spec's main place: ground, plinth and hero first, then near, middle and far.

    detail : 0 to 1, how much there is of it.
    """
    name = spec.main_place(spec.place)
    yield from _GROWERS[name](spec, Chance(spec.seed, name), max(0.05, min(1.0, detail)))
