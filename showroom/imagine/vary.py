"""Vary: what a seed decides. The same product twice is the same place, but not the same morning.

Sun, clouds, wind and air turn a little, species and drifting things stand in another proportion, and
the smell's lesser colours count otherwise. Accords, places, hero and each stage's first colour stay, so
that a variation is always known for the product that it is of.
"""

import random
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from showroom.imagine.colour import normalised
from showroom.words.scenespec import Colour, Flora, PaletteStage, Particles, SceneSpec
from showroom.words.vocabulary import INDOOR, PLACES

SUN_TURN_DEG = 16.0  # to either side; a place is composed for its own sun
_INDOOR_TURN_DEG = 1.2  # a window stays where it is, and its beam falls on the hero
_WIND_TURN_DEG = 35.0
_LOWEST_DEG, _HIGHEST_DEG = 3.0, 78.0

_Growing = TypeVar("_Growing", Flora, Particles)


def varied(spec: SceneSpec) -> SceneSpec:
    """The spec as its own seed has it."""
    chance = random.Random(spec.seed)
    indoors = spec.main_place(PLACES) in INDOOR
    spec = _light(spec, chance, indoors)
    spec = _air(spec, chance)
    flora = _mixed(spec.flora, chance)
    chance = random.Random(f"{spec.seed} palette")  # however much grows: the same in every language
    return replace(spec, flora=flora, palette=tuple(_weighed(stage, chance) for stage in spec.palette))


def _light(spec: SceneSpec, chance: random.Random, indoors: bool) -> SceneSpec:
    sky = spec.sky
    turn = chance.uniform(-1, 1) * (_INDOOR_TURN_DEG if indoors else SUN_TURN_DEG)
    lift = 1.0 if indoors else chance.uniform(0.85, 1.15)
    cloud = 0.0 if indoors else chance.uniform(-0.12, 0.12)
    low, high = min(_LOWEST_DEG, sky.sun_elevation_deg), max(_HIGHEST_DEG, sky.sun_elevation_deg)
    return replace(spec, sky=replace(
        sky,
        sun_azimuth_deg=(sky.sun_azimuth_deg + turn) % 360,
        sun_elevation_deg=_within(sky.sun_elevation_deg * lift, low, high),
        cloud=_within(sky.cloud + cloud, 0.0, 1.0),
    ))


def _air(spec: SceneSpec, chance: random.Random) -> SceneSpec:
    air = spec.ambience
    return replace(spec, ambience=replace(
        air,
        wind_azimuth_deg=(air.wind_azimuth_deg + chance.uniform(-1, 1) * _WIND_TURN_DEG) % 360,
        wind_m_s=air.wind_m_s * chance.uniform(0.8, 1.2),
        haze_per_m=air.haze_per_m * chance.uniform(0.85, 1.15),
        particles=_mixed(air.particles, chance),
    ))


def _mixed(items: Sequence[_Growing], chance: random.Random) -> tuple[_Growing, ...]:
    """The same things, each a third more or less."""
    return tuple(replace(item, density=_within(item.density * chance.uniform(0.67, 1.33), 0.0, 1.0))
                 for item in items)


def _weighed(stage: PaletteStage, chance: random.Random) -> PaletteStage:
    """The same colours with other shares, the first still the first."""
    first, *rest = stage.colours
    others = [Colour(colour.srgb, min(colour.weight * chance.uniform(0.6, 1.4), first.weight)) for colour in rest]
    return replace(stage, colours=normalised((first, *others)))


def _within(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)
