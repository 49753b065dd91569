"""A SceneSpec as a table for people: bars for accords, swatches for colours, reasons in words."""

import os

from showroom.words.scenespec import SceneSpec

_BAR = 24
_MOST_ACCORDS = 10
_LABEL = 12


def table(spec: SceneSpec, name: str, language: str, colourful: bool) -> str:
    """Lines of text. colourful: with ANSI colours (never where NO_COLOR is set)."""
    from showroom.imagine.places import place_table

    colourful = colourful and "NO_COLOR" not in os.environ
    places = (f"{place_table(place).names[language]} {share:.0%}" for place, share in spec.place.items())
    rows = [
        ("", name),
        ("place", ", ".join(places)),
        ("confidence", f"{spec.confidence:.0%}"),
        ("season", ", ".join(f"{season} {share:.0%}" for season, share in spec.season.items())),
    ]
    for at, (accord, amount) in enumerate(list(spec.accords.items())[:_MOST_ACCORDS]):
        rows.append(("" if at else "accords", f"{_bar(amount)} {amount:4.2f} {accord}"))
    for stage in spec.palette:
        swatches = (f"{_swatch(colour.srgb, colourful)}{colour.weight:.0%}" for colour in stage.colours)
        rows.append((stage.stage, "  ".join(swatches)))
    rows.append(("light", _light(spec)))
    rows.append(("air", _air(spec)))
    rows.append(("grows", ", ".join(f"{item.name} {item.density:.0%}" for item in spec.flora) or "nothing"))
    if between := _between(spec):
        rows.append(("between", between))
    if spec.things:
        rows.append(("lies about", ", ".join(thing.name for thing in spec.things)))
    rows.append(("hero", _hero(spec)))
    rows.append(("touch", _touch(spec)))
    rows.append(("sound", ", ".join(f"{layer.name} {layer.level:.0%}" for layer in spec.sound.layers)))
    for at, why in enumerate(spec.why):
        rows.append(("" if at else "why", f"{why.note}: {why.brings}"))
    rows.append(("digest", f"{spec.digest[:16]}  seed {spec.seed}"))
    return "\n".join(f"{label:<{_LABEL}}{said}".rstrip() for label, said in rows)


def _bar(amount: float) -> str:
    full = round(amount * _BAR)
    return "█" * full + "·" * (_BAR - full)


def _swatch(srgb: str, colourful: bool) -> str:
    if not colourful:
        return f"{srgb} "
    red, green, blue = bytes.fromhex(srgb[1:])
    return f"\x1b[48;2;{red};{green};{blue}m    \x1b[0m {srgb} "


def _hero(spec: SceneSpec) -> str:
    hero = spec.hero
    return f"{hero.kind}, {hero.body_srgb}, roughness {hero.roughness:.0%}, metal {hero.metallic:.0%}"


def _between(spec: SceneSpec) -> str:
    """Surfaces that are between two materials, and those in a photo's likeness."""
    mixed = (f"{name} {one.painter} and {one.share:.0%} {one.also}" for name, one in spec.surfaces.items() if one.also)
    alike = (f"{name} as in the photo" for name, one in spec.surfaces.items() if one.likeness)
    return ", ".join((*mixed, *alike))


def _touch(spec: SceneSpec) -> str:
    touch = spec.touch
    feel = {"soft": touch.softness, "rough": touch.roughness, "heavy": touch.weight, "warm": touch.warmth}
    return ", ".join(f"{name} {amount:.0%}" for name, amount in feel.items())


def _light(spec: SceneSpec) -> str:
    sky = spec.sky
    sun = f"sun {sky.sun_elevation_deg:.0f}° high, {sky.sun_srgb}"
    return f"{sun}; horizon {sky.horizon_srgb}; cloud {sky.cloud:.0%}"


def _air(spec: SceneSpec) -> str:
    air = spec.ambience
    particles = ", ".join(item.name for item in air.particles)
    celsius = air.temperature_k - 273.15
    return f"{celsius:.0f} °C, wind {air.wind_m_s:.1f} m/s, humidity {air.humidity:.0%}; {particles}"
