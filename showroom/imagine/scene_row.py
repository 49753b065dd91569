"""A place as a row of numbers: what the model's scene head learns to say, and how a spec takes it to heart.

The head learns from specs that the lexicon composed from lists of notes; so a description in which few
notes are named is given the light, air, sound, touch and colours of perfumes that are described alike.
"""

import dataclasses
import math
from collections.abc import Mapping, Sequence

import numpy as np

from showroom.imagine.colour import mean, mixed, srgb
from showroom.oklab import lab
from showroom.words.scenespec import Air, Colour, PaletteStage, SceneSpec, Sky, Sound, SoundLayer, Touch
from showroom.words.vocabulary import PLACES, SOUNDS, STAGES

FEEL = ("temperature", "roughness", "softness", "pitch")
# part → its numbers. palette: OKLab of each stage's mean. light, air: see _SKY and _AIR.
PARTS = {"place": len(PLACES), "feel": len(FEEL), "palette": 3 * len(STAGES), "light": 4, "air": 4,
         "sound": len(SOUNDS) + 3, "touch": 4}
WIDTH = sum(PARTS.values())
_LEAST_LEVEL = 0.05
_ENDS = dict(zip(PARTS, np.cumsum(list(PARTS.values())).tolist()))


def row_of(spec: SceneSpec, feel: Mapping[str, float]) -> np.ndarray:
    """(WIDTH,) float64 of a composed spec and the feel it was composed from."""
    sky, air, sound = spec.sky, spec.ambience, spec.sound
    levels = {layer.name: layer.level for layer in sound.layers}
    return np.array([
        *(spec.place.get(name, 0.0) for name in PLACES),
        *(feel[name] for name in FEEL),
        *(value for stage in spec.palette for value in lab(mean(stage.colours))),
        sky.sun_elevation_deg / 90, sky.sun_strength, sky.cloud, sky.exposure_ev,
        air.wind_m_s / 10, (air.temperature_k - 273.15) / 40, air.humidity,
        math.log(air.haze_per_m + 1e-4) / 5,
        *(levels.get(name, 0.0) for name in SOUNDS), sound.pitch, sound.brightness, sound.consonance,
        *dataclasses.astuple(spec.touch),
    ])


def part(row: Sequence[float], name: str) -> np.ndarray:
    """One part's numbers."""
    return np.asarray(row[_ENDS[name] - PARTS[name] : _ENDS[name]])


def informed(spec: SceneSpec, row: Sequence[float], share: float) -> SceneSpec:
    """The spec, taken part of the way to what a row says of light, air, sound, touch and colours.

    share: 0 leaves it as it is, 1 takes the row's word.
    """
    if share <= 0:
        return spec
    return dataclasses.replace(
        spec,
        palette=_palette(spec.palette, part(row, "palette"), share),
        sky=_sky(spec.sky, part(row, "light"), share),
        ambience=_air(spec.ambience, part(row, "air"), share),
        sound=_sound(spec.sound, part(row, "sound"), share),
        touch=Touch(*(_unit(_towards(one, other, share))
                      for one, other in zip(dataclasses.astuple(spec.touch), part(row, "touch")))),
    )


def _palette(stages: tuple[PaletteStage, ...], labs: np.ndarray, share: float) -> tuple[PaletteStage, ...]:
    moved = []
    for stage, colour in zip(stages, labs.reshape(-1, 3)):
        towards = srgb(colour)
        colours = tuple(Colour(mixed(own.srgb, towards, 0.5 * share), own.weight) for own in stage.colours)
        moved.append(PaletteStage(stage.stage, colours))
    return tuple(moved)


def _sky(sky: Sky, said: np.ndarray, share: float) -> Sky:
    elevation, strength, cloud, exposure = said
    return dataclasses.replace(
        sky,
        sun_elevation_deg=_within(_towards(sky.sun_elevation_deg, 90 * elevation, share), -10, 90),
        sun_strength=_within(_towards(sky.sun_strength, strength, share), 0, 2),
        cloud=_unit(_towards(sky.cloud, cloud, share)),
        exposure_ev=_within(_towards(sky.exposure_ev, exposure, share), -3, 3),
    )


def _air(air: Air, said: np.ndarray, share: float) -> Air:
    wind, temperature, humidity, haze = said
    return dataclasses.replace(
        air,
        wind_m_s=_within(_towards(air.wind_m_s, 10 * wind, share), 0, 15),
        temperature_k=_within(_towards(air.temperature_k, 273.15 + 40 * temperature, share), 250, 320),
        humidity=_unit(_towards(air.humidity, humidity, share)),
        haze_per_m=air.haze_per_m ** (1 - share) * (math.exp(5 * min(haze, 0)) ** share),
    )


def _sound(sound: Sound, said: np.ndarray, share: float) -> Sound:
    """Only layers that already sound change their level: which things are there is the place's matter."""
    level = dict(zip(SOUNDS, said))
    moved = {layer.name: _towards(layer.level, level[layer.name], share) for layer in sound.layers}
    layers = tuple(SoundLayer(name, _within(loud, _LEAST_LEVEL, 1)) for name, loud in moved.items())
    pitch, brightness, consonance = (
        _unit(_towards(own, other, share))
        for own, other in zip((sound.pitch, sound.brightness, sound.consonance), said[len(SOUNDS):])
    )
    return Sound(layers, pitch, brightness, consonance)


def _towards(own: float, other: float, share: float) -> float:
    return float(own + share * (other - own))


def _within(value: float, least: float, most: float) -> float:
    return min(max(value, least), most)


def _unit(value: float) -> float:
    return _within(value, 0.0, 1.0)
