"""Weather: the hour and the air that a mood calls for, between four that are beautiful in themselves.

Bright and cool is a clear morning, bright and warm the golden hour, dark and cool silver mist, dark
and warm the last ember of dusk. A place keeps its own light in the middle of them; softness draws a
milky veil over all of it. Rooms keep their window and only warm or cool, brighten or dim.
"""

import dataclasses
import math

from showroom.imagine.colour import mean, mixed, tinted
from showroom.imagine.mood import Mood
from showroom.words.scenespec import Air, Colour, Sky

_SWAY = 0.9  # how far the strongest mood takes a place from its own light
_STAINED = 0.35  # how much of the smell's colour a room's window lets in
_MOONLIT = 0.3  # the same for places whose hour is the night
_LOWEST_DEG, _HIGHEST_DEG = 3.0, 78.0
_SUNK = 0.45  # of its own sun's height a place keeps so much: a wood is built for light from above


@dataclasses.dataclass(frozen=True)
class Hour:
    """One corner. haze: factor on the place's own; the rest as in Sky."""

    elevation_deg: float
    sun_srgb: str
    sun_strength: float
    zenith_srgb: str
    horizon_srgb: str
    fill_srgb: str
    fill_strength: float
    cloud: float
    exposure_ev: float
    haze: float
    wind: float


MORNING = Hour(34.0, "#fff3de", 1.2, "#2a6cc4", "#bcd8ee", "#9dbde0", 0.34, 0.1, 0.05, 0.4, 1.35)
GOLDEN = Hour(9.0, "#ffbe73", 1.2, "#6d93c6", "#f6cf9c", "#98a6cf", 0.3, 0.3, 0.05, 0.8, 0.9)
SILVER = Hour(17.0, "#e3ebf2", 0.5, "#8794a0", "#c3ccd0", "#93a4b4", 0.46, 0.95, 0.2, 2.1, 0.7)
EMBER = Hour(4.5, "#ff8f55", 1.0, "#38588e", "#dc9f8a", "#6079bd", 0.5, 0.45, 0.05, 1.0, 0.75)


def sky_of(sky: Sky, mood: Mood, heart_srgb: str, indoors: bool) -> Sky:
    """A place's sky in a mood. heart_srgb: the smell's colour, which tints a veil that softness draws."""
    if indoors:
        return _window(sky, mood, heart_srgb)
    lowest = max(_LOWEST_DEG, _SUNK * sky.sun_elevation_deg)
    sky = _towards(sky, hour_of(mood), _share(sky, mood))
    veil = 0.5 * max(mood.soft, 0.0)
    return dataclasses.replace(
        sky,
        zenith_srgb=tinted(mixed(sky.zenith_srgb, sky.horizon_srgb, 0.5 * veil), heart_srgb, 0.25 * veil),
        horizon_srgb=tinted(sky.horizon_srgb, heart_srgb, 0.1 + 0.2 * veil),
        sun_strength=sky.sun_strength * (1 - 0.3 * veil),
        fill_strength=sky.fill_strength * (1 + 0.4 * veil),
        sun_elevation_deg=min(max(sky.sun_elevation_deg, lowest), _HIGHEST_DEG),
    )


def air_of(air: Air, sky: Sky, mood: Mood, heart_srgb: str, indoors: bool) -> Air:
    """The air under `sky` (as `sky_of` gave it) in a mood; its haze takes on the horizon's light."""
    share = _SWAY * mood.strength * (0.4 if indoors else 1.0)
    hour = hour_of(mood)
    haze = _between(1.0, hour.haze, share)
    haze *= 1 + 0.5 * max(mood.soft, 0.0) - 0.25 * max(-mood.soft, 0.0)
    colour = (
        air.haze_srgb
        if indoors
        else mixed(air.haze_srgb, mixed(sky.horizon_srgb, sky.zenith_srgb, 0.4), share)
    )
    return dataclasses.replace(
        air,
        haze_per_m=min(air.haze_per_m * haze, 0.06),
        haze_srgb=tinted(colour, heart_srgb, _STAINED if indoors else 0.06 + 0.1 * max(mood.soft, 0.0)),
        wind_m_s=air.wind_m_s * _between(1.0, hour.wind, share),
        temperature_k=air.temperature_k + 5 * mood.warm,
    )


def water_of(srgb: str, mood: Mood) -> str:
    """Water's colour in a mood: blue-green in the morning, jade in gold, slate in mist, plum at dusk."""
    bright, warm = 0.5 + 0.5 * mood.bright, 0.5 + 0.5 * mood.warm
    deep = mean([
        Colour("#2f7f92", bright * (1 - warm)), Colour("#4d8a78", bright * warm),
        Colour("#3b4c55", (1 - bright) * (1 - warm)), Colour("#3f4468", (1 - bright) * warm),
    ])  # fmt: skip
    return mixed(srgb, deep, 0.8 * mood.strength)


def _share(sky: Sky, mood: Mood) -> float:
    night = sky.stars > 0.15 or sky.sun_elevation_deg < 0
    return (_MOONLIT if night else _SWAY) * min(1.0, 1.15 * mood.strength) ** 0.8


def hour_of(mood: Mood) -> Hour:
    """The hour of a mood, between the four; the sun's height by ratio, as low suns differ most."""
    bright, warm = 0.5 + 0.5 * mood.bright, 0.5 + 0.5 * mood.warm
    corners = (
        (MORNING, bright * (1 - warm)), (GOLDEN, bright * warm),
        (SILVER, (1 - bright) * (1 - warm)), (EMBER, (1 - bright) * warm),
    )  # fmt: skip
    values = {}
    for field in dataclasses.fields(Hour):
        own = [(getattr(hour, field.name), weight) for hour, weight in corners]
        if field.name.endswith("srgb"):
            values[field.name] = mean([Colour(srgb, weight) for srgb, weight in own])
        elif field.name == "elevation_deg":
            values[field.name] = math.exp(math.fsum(math.log(high) * weight for high, weight in own))
        else:
            values[field.name] = math.fsum(value * weight for value, weight in own)
    return Hour(**values)


def _towards(sky: Sky, hour: Hour, share: float) -> Sky:
    """Part of the way from a sky to an hour; where it is night the sun stays down."""
    low = max(sky.sun_elevation_deg, 1.0)
    night = sky.sun_elevation_deg < 0
    return dataclasses.replace(
        sky,
        sun_elevation_deg=sky.sun_elevation_deg
        if night
        else math.exp((1 - share) * math.log(low) + share * math.log(hour.elevation_deg)),
        sun_srgb=mixed(sky.sun_srgb, hour.sun_srgb, share),
        sun_strength=_between(sky.sun_strength, hour.sun_strength, share),
        zenith_srgb=mixed(sky.zenith_srgb, hour.zenith_srgb, share),
        horizon_srgb=mixed(sky.horizon_srgb, hour.horizon_srgb, share),
        fill_srgb=mixed(sky.fill_srgb, hour.fill_srgb, share),
        fill_strength=_between(sky.fill_strength, hour.fill_strength, share),
        cloud=_between(sky.cloud, hour.cloud, share),
        exposure_ev=_between(sky.exposure_ev, sky.exposure_ev + hour.exposure_ev, share),
    )


def _window(sky: Sky, mood: Mood, heart_srgb: str) -> Sky:
    """What comes in from outside: warmer or cooler, stronger or fainter, from a little higher or lower.

    It comes through the smell's colour as through stained glass.
    """
    warm = "#ffae62" if mood.warm > 0 else "#dbe8ff"
    return dataclasses.replace(
        sky,
        sun_elevation_deg=min(max(sky.sun_elevation_deg + 5 * mood.bright, _LOWEST_DEG), _HIGHEST_DEG),
        sun_srgb=tinted(mixed(sky.sun_srgb, warm, 0.45 * abs(mood.warm)), heart_srgb, _STAINED),
        fill_srgb=mixed(sky.fill_srgb, "#8794c0" if mood.bright < 0 else "#c9d6ea", 0.3 * abs(mood.bright)),
        sun_strength=min(sky.sun_strength * (1 + 0.22 * mood.bright - 0.12 * max(mood.soft, 0.0)), 2.0),
        fill_strength=min(sky.fill_strength * (1 + 0.2 * mood.bright), 2.0),
        exposure_ev=sky.exposure_ev + 0.3 * mood.bright,
    )


def _between(one: float, other: float, share: float) -> float:
    return one + (other - one) * share
