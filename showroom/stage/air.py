"""A spec's air as an Ambience: wind and warmth, what is heard, what is felt, and what is smelled when.

A place rings as long as rooms and landscapes of its kind do: a stone church several seconds, a furnished
room half of one, a wood about one, snow hardly at all. Reverberation times: Kuttruff, "Room Acoustics", 6th
ed. 2016; Sakai, Shibata and Ando, "Orthogonal acoustical factors of a sound field in a
bamboo forest", J. Acoust. Soc. Am. 109, 2001. How fast an accord leaves the skin: Poucher, "A Classification
of Odours and Its Uses", 1955.
"""

import numpy as np

from showroom.stage.light import direction, linear
from showroom.words.ambience import Ambience, Scent
from showroom.words.scenespec import SceneSpec
from showroom.words.vocabulary import ACCORDS, SOUNDS, STAGES, THINGS

# of each place: seconds of its tail, and the share of what is heard that it throws back
TAILS = {
    "seashore": (0.3, 0.02), "citrus_grove": (0.5, 0.04), "rose_garden": (0.5, 0.04),
    "white_garden_night": (0.7, 0.07), "lavender_field": (0.2, 0.01), "conifer_forest": (1.3, 0.12),
    "mossy_undergrowth": (0.9, 0.07), "desert_dusk": (0.25, 0.01), "alpine_snow": (0.2, 0.01),
    "spice_souk": (0.9, 0.18), "incense_temple": (3.4, 0.38), "leather_library": (0.6, 0.15),
    "vanilla_patisserie": (0.7, 0.16), "tea_terraces": (0.4, 0.03), "rain_street": (1.2, 0.14),
    "tropical_shore": (0.4, 0.03),
}
# what of an accord or a note is smelled in the time of top, heart and base, by when its own time is
LASTING = {"top": (1.0, 0.45, 0.15), "heart": (0.6, 1.0, 0.55), "base": (0.3, 0.6, 1.0)}
_FIRST = frozenset((
    "alcohol", "aldehydic", "anis", "aquatic", "aromatic", "citrus", "fresh", "fresh spicy", "fruity", "green",
    "herbal", "marine", "ozonic", "salty", "soapy", "tropical", "vodka"))
_LAST = frozenset((
    "amber", "animalic", "balsamic", "cacao", "caramel", "chocolate", "coffee", "earthy", "leather", "mossy",
    "musky", "nutty", "oud", "patchouli", "powdery", "rum", "sand", "smoky", "sweet", "tobacco", "vanilla",
    "woody"))


def ambience(spec: SceneSpec) -> Ambience:
    """The air a spec asks for; the wind blows from its azimuth, as in a weather report. Nothing is smelled yet."""
    air, sky, sound, touch = spec.ambience, spec.sky, spec.sound, spec.touch
    x, _, z = direction(air.wind_azimuth_deg + 180.0, 0.0)
    light = min(1.0, 0.5 * sky.sun_strength)
    levels = {layer.name: layer.level for layer in sound.layers}
    tail_s, wet = _tail(spec)
    return Ambience(
        wind_m_s=(x * air.wind_m_s, 0.0, z * air.wind_m_s), gust=air.gustiness, temperature_k=air.temperature_k,
        humidity=air.humidity, haze_per_m=air.haze_per_m, light=light, night=sky.stars,
        light_rgb=tuple(light * part for part in linear(sky.sun_srgb)),
        sounds=tuple(levels.get(name, 0.0) for name in SOUNDS), pitch=sound.pitch, brightness=sound.brightness,
        consonance=sound.consonance, tail_s=tail_s, wet=wet, roughness=touch.roughness,
        softness=touch.softness, weight=touch.weight, warmth=touch.warmth)


def _tail(spec: SceneSpec) -> tuple[float, float]:
    """Of the spec's places, each as much as it counts; a hall's where it has none."""
    whole = sum(spec.place.get(place, 0.0) for place in TAILS)
    if not whole:
        return Ambience.tail_s, Ambience.wet
    tail_s, wet = (sum(share * TAILS[place][k] for place, share in spec.place.items() if place in TAILS)
                   for k in (0, 1))
    return tail_s / whole, wet / whole


class Scents:
    """What a spec's place smells of at any time of its dry-down."""

    def __init__(self, spec: SceneSpec):
        stages = np.eye(len(STAGES))
        accords = [np.array(LASTING[time_of(name)]) * spec.accords.get(name, 0.0) for name in ACCORDS]
        when = {thing.name: thing.stage for thing in spec.things}
        notes = [np.array(LASTING[when[name]]) if name in when else np.zeros(len(STAGES)) for name in THINGS]
        self._of_each = np.clip(np.vstack([stages, accords, notes]), 0.0, 1.0)

    def at(self, weights: tuple[float, float, float]) -> Scent:
        """weights : how much one smells of top, heart and base (see `drydown.weights`); they sum to 1."""
        every = (self._of_each @ weights).tolist()
        first, second = len(STAGES), len(STAGES) + len(ACCORDS)
        return Scent(tuple(every[:first]), tuple(every[first:second]), tuple(every[second:]))


def time_of(accord: str) -> str:
    """When an accord is smelled most: top, heart or base."""
    return "top" if accord in _FIRST else "base" if accord in _LAST else "heart"
