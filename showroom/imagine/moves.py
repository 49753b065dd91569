"""Moves: what each step of steering does to a spec.

Each is a small pure function that moves the spec the way its name says and stays inside the schema's
ranges; what it cannot do indoors (rain, wind) is heard there or left out.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from showroom.imagine.colour import mixed, tinted
from showroom.words.scenespec import Colour, Flora, Particles, SceneSpec, SoundLayer
from showroom.words.vocabulary import CUT_FLOWERS, FLOWERS, INDOOR, PLACES

_MOST_FLORA, _MOST_PARTICLES = 16, 12  # as the schema has it
_COLDEST_K, _HOTTEST_K = 240.0, 325.0
_THICKEST_PER_M = 0.12  # haze through which the bottle is still seen
_STRONGEST_M_S = 14.0
_BRIGHTEST_SUN, _BRIGHTEST = 3.0, 2.0  # sun; fill: as the schema has it

Move = Callable[[SceneSpec], SceneSpec]

# Parts of a spec ---------------------------------------------------------------------------------


def _light(spec: SceneSpec, **changes) -> SceneSpec:
    return replace(spec, sky=replace(spec.sky, **changes))


def _air(spec: SceneSpec, **changes) -> SceneSpec:
    return replace(spec, ambience=replace(spec.ambience, **changes))


def _within(value: float, low: float = 0.0, high: float = 1.0) -> float:
    return min(max(value, low), high)


def _indoors(spec: SceneSpec) -> bool:
    return spec.main_place(PLACES) in INDOOR


def _degrees(spec: SceneSpec, by_k: float) -> SceneSpec:
    """Warmer or cooler air."""
    return _air(spec, temperature_k=_within(spec.ambience.temperature_k + by_k, _COLDEST_K, _HOTTEST_K))


def _particles(spec: SceneSpec, name: str, by: float, srgb: str) -> SceneSpec:
    """More (or less) of something in the air; what comes to nothing goes."""
    kept = {item.name: item for item in spec.ambience.particles}
    before = kept.get(name, Particles(name, 0.0, srgb))
    kept[name] = replace(before, density=_within(before.density + by))
    items = sorted(kept.values(), key=lambda item: (-item.density, item.name))
    return _air(spec, particles=tuple(item for item in items if item.density > 0)[:_MOST_PARTICLES])


def _without(spec: SceneSpec, *names: str) -> SceneSpec:
    return _air(spec, particles=tuple(item for item in spec.ambience.particles if item.name not in names))


def _flora(spec: SceneSpec, name: str, by: float, srgb: str) -> SceneSpec:
    kept = {item.name: item for item in spec.flora}
    before = kept.get(name, Flora(name, 0.0, srgb))
    kept[name] = replace(before, density=_within(before.density + by))
    return replace(spec, flora=tuple(kept.values())[:_MOST_FLORA])


def _level(spec: SceneSpec, times: float, **added: float) -> SceneSpec:
    """All layers `times` as loud, and some louder by an amount."""
    levels = {layer.name: layer.level * times for layer in spec.sound.layers}
    for name, level in added.items():
        levels[name] = levels.get(name, 0.0) + level
    layers = tuple(SoundLayer(name, _within(level)) for name, level in levels.items() if level > 0)
    return replace(spec, sound=replace(spec.sound, layers=layers))


def _surfaces(spec: SceneSpec, **by: float) -> SceneSpec:
    """Every surface but the sky and the liquids, its roughness, wetness or relief moved."""
    surfaces = {
        name: replace(surface, **{key: _within(getattr(surface, key) + more) for key, more in by.items()})
        for name, surface in spec.surfaces.items()
        if name not in ("sky", "backdrop", "water", "liquid")
    }
    return replace(spec, surfaces=spec.surfaces | surfaces)


def _accord(spec: SceneSpec, name: str, by: float) -> SceneSpec:
    accords = spec.accords | {name: _within(spec.accords.get(name, 0.0) + by)}
    return replace(spec, accords=dict(sorted(accords.items(), key=lambda item: (-item[1], item[0]))))


def _palette(spec: SceneSpec, srgb: str, share: float) -> SceneSpec:
    """The smell's colours, and the cloth and blossom that show them, moved towards a colour."""
    palette = tuple(
        replace(stage, colours=tuple(Colour(mixed(c.srgb, srgb, share), c.weight) for c in stage.colours))
        for stage in spec.palette
    )
    worn = {name: replace(spec.surfaces[name], srgb=mixed(spec.surfaces[name].srgb, srgb, share))
            for name in ("drape", "sprites") if name in spec.surfaces}
    return replace(spec, palette=palette, surfaces=spec.surfaces | worn)


def _hour(spec: SceneSpec, elevation_deg: float, strength: float, sun: str, zenith: str, horizon: str,
          stars: float, fill: float) -> SceneSpec:
    """The light of an hour: sun or moon, sky and haze most of the way to its colours."""
    sky = spec.sky
    spec = _light(
        spec, sun_elevation_deg=elevation_deg, sun_strength=strength, sun_srgb=mixed(sky.sun_srgb, sun, 0.9),
        zenith_srgb=mixed(sky.zenith_srgb, zenith, 0.85), horizon_srgb=mixed(sky.horizon_srgb, horizon, 0.85),
        fill_srgb=mixed(sky.fill_srgb, zenith, 0.35), fill_strength=fill, stars=stars,
    )
    return _air(spec, haze_srgb=mixed(spec.ambience.haze_srgb, horizon, 0.75))


# Moves -------------------------------------------------------------------------------------------


def _warmth(spec: SceneSpec, srgb: str, by_k: float, touch: float) -> SceneSpec:
    sky = spec.sky
    spec = _light(
        spec, sun_srgb=mixed(sky.sun_srgb, srgb, 0.35), zenith_srgb=tinted(sky.zenith_srgb, srgb, 0.15),
        horizon_srgb=tinted(sky.horizon_srgb, srgb, 0.35), fill_srgb=tinted(sky.fill_srgb, srgb, 0.25),
    )
    spec = _air(spec, haze_srgb=tinted(spec.ambience.haze_srgb, srgb, 0.3))
    spec = replace(spec, touch=replace(spec.touch, warmth=_within(spec.touch.warmth + touch)))
    return _degrees(spec, by_k)


def _brightness(spec: SceneSpec, by_ev: float) -> SceneSpec:
    sky = spec.sky
    return _light(spec, exposure_ev=_within(sky.exposure_ev + by_ev, -2.0, 2.0),
                  fill_strength=_within(sky.fill_strength * 2 ** (by_ev / 2), 0.05, _BRIGHTEST))


def _night(spec: SceneSpec) -> SceneSpec:
    spec = _hour(spec, 38.0, 0.6, "#bccdf0", "#131f3c", "#3a4d70", 0.8, 0.18)
    spec = _light(spec, cloud=min(spec.sky.cloud, 0.3))
    return _degrees(_level(spec, 0.8) if _indoors(spec) else _level(spec, 0.8, insects=0.15), -4)


def _dawn(spec: SceneSpec) -> SceneSpec:
    spec = _hour(spec, 6.0, 0.95, "#ffcfa6", "#8fa6c8", "#f0c6b8", 0.05, 0.3)
    return _degrees(spec if _indoors(spec) else _particles(spec, "mist", 0.1, "#e8dcd8"), -3)


def _dusk(spec: SceneSpec) -> SceneSpec:
    return _hour(spec, 4.0, 1.0, "#ffa764", "#5b5484", "#eda06a", 0.15, 0.28)


def _noon(spec: SceneSpec) -> SceneSpec:
    return _degrees(_hour(spec, 62.0, 1.3, "#fff6e6", "#5f93cc", "#c8dcea", 0.0, 0.4), 3)


def _misty(spec: SceneSpec) -> SceneSpec:
    air = spec.ambience
    haze = _within(2 * air.haze_per_m + 0.01, high=_THICKEST_PER_M)
    spec = _air(spec, haze_per_m=haze, humidity=_within(air.humidity + 0.15))
    return _particles(spec, "mist", 0.4, air.haze_srgb)


def _clear(spec: SceneSpec) -> SceneSpec:
    spec = _without(_light(spec, cloud=0.4 * spec.sky.cloud), "mist", "smoke")
    air = spec.ambience
    return _air(spec, haze_per_m=0.35 * air.haze_per_m, humidity=_within(air.humidity - 0.1))


def _cloudy(spec: SceneSpec) -> SceneSpec:
    sky = spec.sky
    return _light(spec, cloud=_within(sky.cloud + 0.4), sun_strength=0.7 * sky.sun_strength,
                  fill_strength=_within(1.25 * sky.fill_strength, high=_BRIGHTEST))


def _sunny(spec: SceneSpec) -> SceneSpec:
    sun = _within(1.25 * spec.sky.sun_strength, high=_BRIGHTEST_SUN)
    return _light(spec, cloud=0.2 * spec.sky.cloud, sun_strength=sun)


def _windy(spec: SceneSpec) -> SceneSpec:
    air = spec.ambience
    more = 0.8 if _indoors(spec) else 4.0  # a draught, or a wind
    wind = _within(air.wind_m_s + more, high=_STRONGEST_M_S)
    spec = _air(spec, wind_m_s=wind, gustiness=_within(air.gustiness + 0.2))
    return _level(spec, 1.0, wind=0.3)


def _calm(spec: SceneSpec) -> SceneSpec:
    air = spec.ambience
    spec = _air(spec, wind_m_s=0.3 * air.wind_m_s, gustiness=0.4 * air.gustiness)
    layers = tuple(replace(layer, level=0.3 * layer.level) if layer.name == "wind" else layer
                   for layer in spec.sound.layers)
    return replace(spec, sound=replace(spec.sound, layers=layers))


def _rainy(spec: SceneSpec) -> SceneSpec:
    spec = _light(spec, cloud=max(spec.sky.cloud, 0.85), sun_strength=0.75 * spec.sky.sun_strength, stars=0.0)
    spec = _level(_air(spec, humidity=max(spec.ambience.humidity, 0.93)), 0.9, rain=0.5)
    if _indoors(spec):
        return spec  # it is heard on the roof
    spec = _particles(_without(spec, "snow", "pollen"), "rain", 0.5, "#c5cfde")
    return _surfaces(spec, wetness=0.35, roughness=-0.1)


def _snowy(spec: SceneSpec) -> SceneSpec:
    spec = _light(spec, cloud=max(spec.sky.cloud, 0.6), sun_srgb=mixed(spec.sky.sun_srgb, "#e6eefc", 0.5))
    cold = min(spec.ambience.temperature_k - 8, 270.0)
    spec = _level(_air(spec, temperature_k=_within(cold, _COLDEST_K, _HOTTEST_K)), 0.7, snow=0.3)
    return spec if _indoors(spec) else _particles(_without(spec, "rain", "pollen"), "snow", 0.6, "#f2f6fa")


def _dry(spec: SceneSpec) -> SceneSpec:
    spec = _without(_air(spec, humidity=_within(spec.ambience.humidity - 0.3, 0.05)), "rain", "spray")
    quiet = tuple(layer for layer in spec.sound.layers if layer.name != "rain")
    return _surfaces(replace(spec, sound=replace(spec.sound, layers=quiet)), wetness=-0.4)


def _more_flowers(spec: SceneSpec) -> SceneSpec:
    blossom = spec.surfaces["sprites"].srgb if "sprites" in spec.surfaces else "#c44a69"
    blooming = [item.name for item in spec.flora if item.name in FLOWERS] or ["rose"]
    for name in blooming:
        spec = _flora(spec, name, 0.35, blossom)
    return _particles(spec, "petal", 0.3, blossom)


def _no_flowers(spec: SceneSpec) -> SceneSpec:
    spec = replace(spec, flora=tuple(item for item in spec.flora if item.name not in FLOWERS),
                   things=tuple(thing for thing in spec.things if thing.name not in CUT_FLOWERS))
    return _without(spec, "petal", "pollen")


def _greener(spec: SceneSpec) -> SceneSpec:
    spec = _flora(_flora(spec, "fern", 0.3, "#5c8244"), "grass", 0.0 if _indoors(spec) else 0.3, "#6b8a48")
    spec = replace(spec, flora=tuple(item for item in spec.flora if item.density > 0))
    greens = {"ground": 0.35, "wall": 0.15, "drape": 0.4, "prop": 0.15}
    turned = {name: replace(spec.surfaces[name], srgb=tinted(spec.surfaces[name].srgb, "#5a9a3c", share))
              for name, share in greens.items() if name in spec.surfaces}
    return _accord(replace(spec, surfaces=spec.surfaces | turned), "green", 0.25)


def _softer(spec: SceneSpec) -> SceneSpec:
    touch, sky, sound = spec.touch, spec.sky, spec.sound
    touch = replace(touch, softness=_within(touch.softness + 0.25), roughness=_within(touch.roughness - 0.2))
    sound = replace(sound, brightness=_within(sound.brightness - 0.1),
                    consonance=_within(sound.consonance + 0.1))
    spec = _light(replace(spec, touch=touch, sound=sound), sun_strength=0.85 * sky.sun_strength,
                  fill_strength=_within(1.25 * sky.fill_strength, high=_BRIGHTEST))
    return _surfaces(spec, relief=-0.15)


def _rougher(spec: SceneSpec) -> SceneSpec:
    touch = spec.touch
    touch = replace(touch, softness=_within(touch.softness - 0.2), roughness=_within(touch.roughness + 0.25))
    return _surfaces(replace(spec, touch=touch), relief=0.2, roughness=0.15)


def _sweeter(spec: SceneSpec) -> SceneSpec:
    spec = _palette(_accord(spec, "sweet", 0.35), "#f2b4c0", 0.3)
    return replace(spec, sound=replace(spec.sound, consonance=_within(spec.sound.consonance + 0.15)))


def _fresher(spec: SceneSpec) -> SceneSpec:
    spec = _palette(_accord(spec, "fresh", 0.35), "#cfe9dc", 0.25)
    air = spec.ambience
    wind = _within(air.wind_m_s + 0.5, high=_STRONGEST_M_S)
    return _degrees(_air(spec, haze_per_m=0.75 * air.haze_per_m, wind_m_s=wind), -2)


def _smokier(spec: SceneSpec) -> SceneSpec:
    spec = _particles(_accord(spec, "smoky", 0.35), "smoke", 0.4, "#a8a4a0")
    return _air(spec, haze_per_m=_within(1.3 * spec.ambience.haze_per_m + 0.004, high=_THICKEST_PER_M))


def _simpler(spec: SceneSpec) -> SceneSpec:
    """What there is least of goes, by half; what stays is thinner."""
    flora = sorted(spec.flora, key=lambda item: (-item.density, item.name))
    particles = sorted(spec.ambience.particles, key=lambda item: (-item.density, item.name))
    flora = tuple(replace(item, density=0.7 * item.density) for item in flora[: (len(flora) + 1) // 2])
    particles = particles[: (len(particles) + 1) // 2]
    kept = tuple(replace(item, density=0.7 * item.density) for item in particles)
    return _surfaces(_air(replace(spec, flora=flora), particles=kept), relief=-0.1)


def _richer(spec: SceneSpec) -> SceneSpec:
    flora = tuple(replace(item, density=_within(1.4 * item.density)) for item in spec.flora)
    particles = tuple(replace(item, density=_within(1.3 * item.density)) for item in spec.ambience.particles)
    return _surfaces(_air(replace(spec, flora=flora), particles=particles), relief=0.1)


MOVES: Mapping[str, Move] = {
    "warmer": lambda spec: _warmth(spec, "#ffab5e", 6, 0.2),
    "cooler": lambda spec: _warmth(spec, "#a9c8ff", -6, -0.2),
    "brighter": lambda spec: _brightness(spec, 0.4),
    "darker": lambda spec: _brightness(spec, -0.5),
    "night": _night, "dawn": _dawn, "dusk": _dusk, "noon": _noon,
    "misty": _misty, "clear": _clear, "cloudy": _cloudy, "sunny": _sunny,
    "windy": _windy, "calm": _calm, "rainy": _rainy, "snowy": _snowy, "dry": _dry,
    "more_flowers": _more_flowers, "no_flowers": _no_flowers, "greener": _greener,
    "softer": _softer, "rougher": _rougher,
    "sweeter": _sweeter, "fresher": _fresher, "smokier": _smokier,
    "simpler": _simpler, "richer": _richer,
    "quieter": lambda spec: _level(spec, 0.5),
    "louder": lambda spec: _level(spec, 1.5),
}
