"""Compose: from the notes that were read to everything a place should be.

The main place keeps its light and its ground; flora, particles and sound come from the others too;
the smell's own colours tint sky, haze, blossom and cloth, and what things are made of goes towards what the
notes bring (see `mingle.py`); how warm, bright and soft the notes are
moves the sun, the air and what one would feel. What a seed decides is in `vary.py`.
"""

import dataclasses
import math
from collections.abc import Iterator, Mapping, Sequence

from showroom.imagine.colour import gathered, mean, mixed, normalised, tinted
from showroom.imagine.liking import Liking
from showroom.imagine.mingle import mingled
from showroom.imagine.mood import Mood, mood_of
from showroom.imagine.places import PlaceTable, place_table
from showroom.imagine.reading import Reading, Scent
from showroom.imagine.scene_row import informed
from showroom.imagine.staging import blossom_of, hero_of, own_colours, touch_of
from showroom.imagine.things import things_of
from showroom.imagine.weather import air_of, sky_of, water_of
from showroom.words.product import Product
from showroom.words.scenespec import (
    Air, Colour, Flora, Model, PaletteStage, Particles, SceneSpec, Sky, Sound, SoundLayer, Surface,
)
from showroom.words.vocabulary import FLOWERS, INDOOR, STAGES

_COLOURS = 4  # of a stage
_FADING = (1.0, 0.55, 0.35)  # how much a note's first, second and third colour count
_MOST_FLORA, _MOST_PARTICLES, _MOST_SOUNDS = 5, 5, 5
_SCARCE = 0.05  # less of something is not worth growing
_SEEN = 0.45  # how far colours that are seen pull those that are smelled
_COLOURED = ("petal", "pollen", "mote", "leaf")  # particles that take the smell's colour
_WEATHER = ("spray", "snow", "rain", "leaf")  # particles that stay outdoors
_DRIFTING = ("mist", "petal", "mote", "pollen")  # particles that come over from a neighbouring place
_TINT = {"drape": 0.4, "sprites": 0.35, "plinth": 0.1, "wall": 0.08, "ground": 0.08, "water": 0.1}


def compose(
    reading: Reading, liking: Liking, product: Product, seed: int, picture: Sequence[Colour], model: Model
) -> SceneSpec:
    """The spec of what was read and what that adds up to, not yet sealed and without reasons.

    picture: a photo's main colours, or none.
    """
    scents = reading.scents
    table = place_table(liking.main_place)
    palette = palette_of(scents, table, picture or own_colours(product))
    mood, heart = mood_of(scents, table.name), _stage(palette, "heart")
    sky = sky_of(table.sky, mood, heart, table.name in INDOOR)
    spec = SceneSpec(
        seed=seed,
        confidence=min(max(reading.understood, 0.02), 0.98),
        accords=liking.accords,
        season=liking.season,
        palette=palette,
        place=liking.places,
        sky=sky,
        surfaces=mingled(_surfaces(table, liking, palette, mood), table, liking, scents),
        flora=_flora(table, liking, scents, mood, heart),
        ambience=_air(table, liking, scents, sky, mood, heart),
        sound=_sound(table, liking),
        touch=touch_of(scents, liking),
        hero=hero_of(product, palette, table.tint, mood, picture),
        why=(),
        model=model,
        things=things_of(scents, mood),
    )
    return informed(spec, liking.scene, liking.scene_share)


# Colour ------------------------------------------------------------------------------------------


def palette_of(
    scents: Sequence[Scent], table: PlaceTable, seen: Sequence[Colour] = ()
) -> tuple[PaletteStage, ...]:
    """The smell's own colours at each stage; a stage without notes takes those of all.

    seen: colours of a photo or of the thing itself, which the palette leans towards.
    """
    everything = list(_note_colours(scents))
    if not everything:
        sprites = table.surfaces["sprites"]
        everything = [Colour(sprites.srgb, 0.7), Colour(sprites.accent_srgb, 0.3)]
    stages = []
    for stage in STAGES:
        own = list(_note_colours([scent for scent in scents if scent.stage == stage]))
        colours = gathered(own or everything, _COLOURS)
        if seen:
            colours = _leaning(colours, seen)
        stages.append(PaletteStage(stage, colours))
    return tuple(stages)


def _note_colours(scents: Sequence[Scent]) -> Iterator[Colour]:
    for scent in scents:
        for srgb, share in zip(scent.note.colours, _FADING):
            yield Colour(srgb, scent.weight * share)


def _leaning(colours: Sequence[Colour], seen: Sequence[Colour]) -> tuple[Colour, ...]:
    own = [Colour(colour.srgb, colour.weight * (1 - _SEEN)) for colour in colours]
    added = [Colour(colour.srgb, colour.weight * _SEEN) for colour in seen]
    return gathered([*own, *added], _COLOURS)


def _stage(palette: Sequence[PaletteStage], stage: str) -> str:
    return mean(next(part.colours for part in palette if part.stage == stage))


# Light and air -----------------------------------------------------------------------------------


def _air(table: PlaceTable, liking: Liking, scents: Sequence[Scent], sky: Sky, mood: Mood, heart: str) -> Air:
    air = air_of(table.air, sky, mood, heart, table.name in INDOOR)
    damp = 0.1 * liking.accord("aquatic", "marine", "mossy") - 0.06 * liking.accord("amber")
    heaviness = liking.accord("smoky", "balsamic", "amber")
    return dataclasses.replace(
        air,
        gustiness=_unit(air.gustiness * (0.85 + 0.3 * liking.accord("fresh spicy", "ozonic", "marine"))),
        humidity=_unit(air.humidity + damp),
        haze_per_m=air.haze_per_m * (0.95 + 0.3 * heaviness),
        particles=_particles(table, liking, scents, mood),
    )


def _particles(
    table: PlaceTable, liking: Liking, scents: Sequence[Scent], mood: Mood
) -> tuple[Particles, ...]:
    """Those of the main place, those that its notes let loose, and some of the other places'."""
    amount = {item.name: (item.density, item.srgb) for item in table.air.particles}
    for name, share in _carried(scents, lambda character: character.particles):
        density, srgb = amount.get(name, (0.0, _colour_of(scents, name, "particles")))
        if name in amount:
            amount[name] = (min(density * (1 + 0.3 * share), 1.0), _own_colour(srgb, scents, name, mood))
        elif share >= 0.25 and not (table.name in INDOOR and name in _WEATHER):
            amount[name] = (0.3 * share, srgb)
    for other, weight in liking.other_places():
        for item in place_table(other).air.particles:
            if item.name not in amount and table.name not in INDOOR and item.name in _DRIFTING:
                amount[item.name] = (item.density * weight, item.srgb)
    return tuple(Particles(*row) for row in _strongest(amount, _MOST_PARTICLES))


def _own_colour(srgb: str, scents: Sequence[Scent], name: str, mood: Mood) -> str:
    if name not in _COLOURED:
        return srgb
    own = mixed(srgb, _colour_of(scents, name, "particles"), 0.6)
    return blossom_of(own, mood) if name == "petal" else own


# Growing things, surfaces, sound -----------------------------------------------------------------


def _flora(
    table: PlaceTable, liking: Liking, scents: Sequence[Scent], mood: Mood, heart: str
) -> tuple[Flora, ...]:
    """The main place's flora in the smell's own colours, and what notes and other places bring outdoors."""
    carried = dict(_carried(scents, lambda character: character.flora))
    amount = {item.name: (item.density, item.srgb) for item in table.flora}
    for name, (density, srgb) in list(amount.items()):
        share = carried.pop(name, 0.0)
        if name in FLOWERS:
            srgb = mixed(srgb, _colour_of(scents, name, "flora"), 0.75) if share else tinted(srgb, heart, 0.8)
            srgb = blossom_of(srgb, mood)
        amount[name] = (min(density * (0.9 + 0.25 * share), 1.0), srgb)
    if table.name not in INDOOR:
        for name, share in carried.items():
            if share >= 0.15:
                amount[name] = (0.4 * share, _colour_of(scents, name, "flora"))
        for other, weight in liking.other_places():
            for item in place_table(other).flora:
                density, srgb = amount.get(item.name, (0.0, item.srgb))
                amount[item.name] = (max(density, item.density * weight), srgb)
    return tuple(Flora(*row) for row in _strongest(amount, _MOST_FLORA))


def _surfaces(
    table: PlaceTable, liking: Liking, palette: Sequence[PaletteStage], mood: Mood
) -> dict[str, Surface]:
    """The main place's, with cloth and blossom in the smell's colours, wetter or drier as it is."""
    heart, base = _stage(palette, "heart"), _stage(palette, "base")
    wetter = 0.12 * liking.accord("aquatic", "marine", "ozonic") - 0.06 * liking.accord("amber", "smoky")
    wetter -= 0.12 * mood.warm
    surfaces = {}
    for name, surface in table.surfaces.items():
        share = _TINT.get(name, 0.04)
        towards = heart if name in ("sprites", "sky", "water") else base
        srgb = water_of(surface.srgb, mood) if name == "water" else surface.srgb
        surfaces[name] = dataclasses.replace(
            surface,
            srgb=tinted(srgb, towards, share),
            accent_srgb=tinted(surface.accent_srgb, heart, 0.3 if name == "drape" else 0.05),
            wetness=_unit(surface.wetness + wetter * (surface.wetness > 0.05)),
            roughness=_unit(surface.roughness + 0.12 * (liking.roughness - 0.35)),
        )
    return surfaces


def _sound(table: PlaceTable, liking: Liking) -> Sound:
    levels = {layer.name: layer.level for layer in table.sound.layers}
    for other, weight in liking.other_places():
        for layer in place_table(other).sound.layers:
            levels[layer.name] = max(levels.get(layer.name, 0.0), 0.6 * weight * layer.level)
    kept = sorted(levels.items(), key=lambda item: (-item[1], item[0]))[:_MOST_SOUNDS]
    harsh = liking.accord("animalic", "leather", "smoky")
    return Sound(
        layers=tuple(SoundLayer(name, level) for name, level in kept if level >= _SCARCE),
        pitch=_unit(0.4 * table.sound.pitch + 0.6 * liking.pitch),
        brightness=_unit(table.sound.brightness + 0.4 * (liking.pitch - 0.5)),
        consonance=_unit(table.sound.consonance + 0.2 * (liking.softness - 0.5) - 0.15 * harsh),
    )


def _carried(scents: Sequence[Scent], what) -> Iterator[tuple[str, float]]:
    """(name, share of the scents' weight) of what their characters carry, the most first."""
    shares: dict[str, float] = {}
    total = math.fsum(scent.weight for scent in scents) or 1.0
    for scent in scents:
        for character, weight in scent.note.blend:
            if name := what(character):
                shares[name] = shares.get(name, 0.0) + scent.weight * min(weight, 1.0) / total
    return iter(sorted(shares.items(), key=lambda item: (-item[1], item[0])))


def _colour_of(scents: Sequence[Scent], name: str, kind: str) -> str:
    """The colour of the notes that carry a flower or particle, as they are named together."""
    own = [
        Colour(scent.note.colours[0], scent.weight)
        for scent in scents
        if any(getattr(part, kind) == name for part, _ in scent.note.blend)
    ]
    return mean(normalised(own))


def _strongest(amount: Mapping[str, tuple[float, str]], most: int) -> list[tuple[str, float, str]]:
    rows = [(name, density, srgb) for name, (density, srgb) in amount.items() if density >= _SCARCE]
    return sorted(rows, key=lambda row: (-row[1], row[0]))[:most]


def _unit(value: float) -> float:
    return min(max(value, 0.0), 1.0)
