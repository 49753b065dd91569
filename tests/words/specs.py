"""Specs for tests: a place as its table has it, before any scent changes it."""

import functools

from showroom.imagine.places import place_table
from showroom.words.scenespec import Colour, Hero, Model, PaletteStage, SceneSpec, Touch
from showroom.words.vocabulary import STAGES


@functools.cache
def spec_of(place: str, seed: int = 7) -> SceneSpec:
    """A sealed spec of one place alone."""
    table = place_table(place)
    palette = tuple(PaletteStage(stage, (Colour("#88aacc", 1.0),)) for stage in STAGES)
    season = {"winter": 0.25, "spring": 0.25, "summer": 0.25, "autumn": 0.25}
    hero = Hero("bottle", "flacon", 0.17, "#dfe8e8", "#c0c8c0", "#9cc4c8", 0.7)
    return SceneSpec(seed, 0.9, {"marine": 1.0}, season, palette, {place: 1.0}, table.sky, dict(table.surfaces),
                     table.flora, table.air, table.sound, Touch(0.5, 0.5, 0.5, 0.5), hero, (), Model("table", "1")).sealed()
