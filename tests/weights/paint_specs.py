"""Specs for the painters' tests: a place as its table has it, with any surface swapped."""

import dataclasses
import functools

from showroom.imagine.places import place_table
from showroom.words.scenespec import Colour, Hero, Model, PaletteStage, SceneSpec, Surface, Touch
from showroom.words.vocabulary import PLACES, STAGES


@functools.cache
def spec_of(place: str, seed: int = 7) -> SceneSpec:
    """A spec of one place alone."""
    table = place_table(place)
    palette = tuple(PaletteStage(stage, (Colour("#88aacc", 1.0),)) for stage in STAGES)
    season = {"winter": 0.25, "spring": 0.25, "summer": 0.25, "autumn": 0.25}
    hero = Hero("bottle", "flacon", 0.17, "#dfe8e8", "#c0c8c0", "#9cc4c8", 0.7)
    touch = Touch(0.5, 0.5, 0.5, 0.5)
    return SceneSpec(
        seed,
        0.9,
        {},
        season,
        palette,
        {place: 1.0},
        table.sky,
        dict(table.surfaces),
        table.flora,
        table.air,
        table.sound,
        touch,
        hero,
        (),
        Model("table", "1"),
    )


def tile(painter: str, srgb: str = "#8a7f70", accent_srgb: str = "#5a5348", wetness: float = 0.2) -> Surface:
    """A plain surface, one metre a tile, half rough and of the material's own relief."""
    return Surface(painter, srgb, accent_srgb, 0.5, wetness, 0.5, 1.0)


@functools.cache
def wearing(painter: str, seed: int = 7) -> SceneSpec:
    """A spec whose ground is painted by `painter`, with the colours a place gives that painter."""
    worn = [s for place in PLACES for s in place_table(place).surfaces.values() if s.painter == painter]
    spec = spec_of("seashore", seed)
    return dataclasses.replace(spec, surfaces={**spec.surfaces, "ground": worn[0] if worn else tile(painter)})


@functools.cache
def under(painter: str) -> SceneSpec:
    """A spec of a place whose sky is painted by `painter`; the hall's sky over the alpine snow."""
    for place in PLACES:
        if spec_of(place).surfaces["sky"].painter == painter:
            return spec_of(place)
    spec = spec_of("alpine_snow")
    night = dataclasses.replace(
        spec.sky, sun_elevation_deg=-4.0, sun_strength=0.2, zenith_srgb="#2b3648", horizon_srgb="#6f8194"
    )
    sky = dataclasses.replace(spec.surfaces["sky"], painter=painter)
    return dataclasses.replace(spec, sky=night, surfaces={**spec.surfaces, "sky": sky})
