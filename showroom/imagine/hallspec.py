"""The hall's own spec: inside a dome of ice at blue hour, lamps warm over dark polished stone."""

import functools

from showroom.words.scenespec import (
    Air, Colour, Hero, Model, PaletteStage, Particles, SceneSpec, Sky, Sound, SoundLayer, Surface, Touch, Why,
)
from showroom.words.vocabulary import STAGES

_ICE, _DUSK, _LAMP = "#b9d3e6", "#101a33", "#ffcf94"


@functools.cache
def hall_spec() -> SceneSpec:
    """Sealed; the same in every run. Its place is the snow outside."""
    ice = (Colour(_ICE, 0.5), Colour(_DUSK, 0.35), Colour(_LAMP, 0.15))
    return SceneSpec(
        seed=2026, confidence=1.0, accords={}, place={"alpine_snow": 1.0},
        season={"winter": 1.0, "spring": 0.0, "summer": 0.0, "autumn": 0.0},
        palette=tuple(PaletteStage(stage, ice) for stage in STAGES),
        sky=Sky(sun_elevation_deg=-4.0, sun_azimuth_deg=351.0, sun_srgb="#9fbfe8", sun_strength=0.4,
                zenith_srgb=_DUSK, horizon_srgb="#3f639c", fill_srgb="#5f79a6", fill_strength=0.3, cloud=0.1,
                stars=0.35, exposure_ev=0.25),
        surfaces={
            "sky": Surface("sky_hall", "#4a6788", "#c6d8ea", 0.4, 0.0, 0.4, 14.0),
            "ground": Surface("polished_stone", "#3d4148", "#59636f", 0.2, 0.35, 0.1, 2.4),
            "plinth": Surface("polished_stone", "#474c54", "#6d7681", 0.3, 0.1, 0.2, 1.2),
            "wall": Surface("ice", "#a2b1bb", "#d9e2e8", 0.35, 0.5, 0.35, 1.2),
            "sprites": Surface("sprites", "#e4eef6", "#9fb8cc", 0.3, 0.2, 0.3, 0.1),
        },
        flora=(),
        ambience=Air(wind_m_s=0.15, wind_azimuth_deg=40.0, gustiness=0.1, temperature_k=271.0, humidity=0.5,
                     haze_per_m=0.008, haze_srgb="#2c4468",
                     particles=(Particles("snow", 0.06, "#dfeaf4"), Particles("mote", 0.85, "#ffe9cc"))),
        sound=Sound((SoundLayer("room", 0.3), SoundLayer("tone", 0.15)),
                    pitch=0.6, brightness=0.5, consonance=0.9),
        touch=Touch(roughness=0.1, softness=0.2, weight=0.6, warmth=0.15),
        hero=Hero("bottle", "flacon", 0.16, _ICE, "#c9cdd2", _LAMP, 0.85),
        why=(Why("the hall", "text", "a dome of ice at blue hour"),),
        model=Model("hall", "1"),
    ).sealed()
