"""Staging: the hero on the plinth, and what the whole would feel like in the hand."""

import math
from collections.abc import Sequence

from showroom.imagine.colour import blended, mean, mixed, tinted
from showroom.imagine.liking import Liking
from showroom.imagine.mood import Mood
from showroom.imagine.reading import Scent
from showroom.words.product import Product
from showroom.words.scenespec import Colour, Hero, PaletteStage, Touch

# kind of product → kind of hero, its shape, its real height in metres
_HEROES = {
    "perfume": ("bottle", "flacon", 0.165),
    "jacket": ("jacket", "hanging", 0.72),
    "scarf": ("scarf", "draped", 0.45),
    "lipstick": ("lipstick", "bullet", 0.085),
    "torch": ("torch", "upright", 0.3),
    "tea_set": ("tea_set", "tray", 0.12),
}
_FILL = 0.86
_BOTTLES = {  # the mood (bright, warm, soft) that each shape belongs to
    "flacon": (0.1, 0.0, 0.0),
    "tall": (0.7, -0.6, -0.4),
    "column": (0.2, 0.6, -0.3),
    "round": (0.2, 0.1, 0.8),
    "flask": (-0.6, -0.3, 0.2),
    "faceted": (-0.6, 0.6, -0.3),
}
_METALS = ("#b9bec4", "#c9a35c", "#5d5a58", "#8a5a3c")  # cool, warm; the same where it is dark
_LENT = 0.15  # how much of a liquid's colour comes from its place
_STAGE_SHARE = {"top": 0.15, "heart": 0.4, "base": 0.45}
_HEAVY = {"top": 0.15, "heart": 0.45, "base": 0.9}


def hero_of(
    product: Product, palette: Sequence[PaletteStage], tint: str, mood: Mood, picture: Sequence[Colour]
) -> Hero:
    """The product's own hero where it says so; else one in the smell's colours, shaped by its mood.

    tint: what the place lends to the liquid.
    """
    kind, shape, height_m = _HEROES.get(product.kind, _HEROES["perfume"])
    if kind == "bottle":
        shape = _shape_of(mood)
    said = product.hero
    liquid = str(said.get("liquid_srgb", _liquid(palette, tint, mood)))
    seen = picture[0].srgb if picture else None
    smoked = mixed("#eef1f0", liquid, 0.18 + 0.22 * max(-mood.bright, 0.0))
    body = smoked if kind == "bottle" else seen or mean(palette[1].colours)
    accent = seen if seen and kind == "bottle" else tinted(_metal_of(mood), mean(palette[2].colours), 0.15)
    return Hero(
        kind=kind,
        shape=str(said.get("shape", shape)),
        height_m=float(said.get("height_m", height_m)),
        body_srgb=str(said.get("body_srgb", body)),
        accent_srgb=str(said.get("accent_srgb", accent)),
        liquid_srgb=liquid,
        fill=float(said.get("fill", _FILL)) if kind == "bottle" else 0.0,
        roughness=float(said.get("roughness", 0.5)),
        metallic=float(said.get("metallic", 0.0)),
    )


def _liquid(palette: Sequence[PaletteStage], tint: str, mood: Mood) -> str:
    """Heart and base colours in solution: clear enough to see through, deep enough to glow."""
    colours = [
        Colour(colour.srgb, colour.weight * _STAGE_SHARE[part.stage])
        for part in palette
        for colour in part.colours
    ]
    smell = Colour(blended(colours), 1 - _LENT)
    clear = mixed(blended([smell, Colour(tint, _LENT)]), "#f6efe0", 0.1 + 0.15 * max(mood.bright, 0.0))
    return mixed(clear, "#3a1a10" if mood.warm > 0 else "#14222c", 0.3 * max(-mood.bright, 0.0))


def _shape_of(mood: Mood) -> str:
    """The bottle whose mood is nearest."""
    here = (mood.bright, mood.warm, mood.soft)
    return min(_BOTTLES, key=lambda name: (math.dist(here, _BOTTLES[name]), name))


def _metal_of(mood: Mood) -> str:
    """Silver where it is cool, gold where it is warm; gunmetal and bronze where it is dark."""
    light, dark = (mixed(pair[0], pair[1], 0.5 + 0.5 * mood.warm) for pair in (_METALS[:2], _METALS[2:]))
    return mixed(light, dark, max(-mood.bright, 0.0))


def blossom_of(srgb: str, mood: Mood) -> str:
    """A blossom's colour in a mood: paler where it is soft or bright, crimson to plum where it is dark."""
    bright, warm = 0.5 + 0.5 * mood.bright, 0.5 + 0.5 * mood.warm
    tones = [
        Colour("#f7e3e4", bright * (1 - warm)),
        Colour("#f3a67c", bright * warm),
        Colour("#8a4f8f", (1 - bright) * (1 - warm)),
        Colour("#7a0a1e", (1 - bright) * warm),
    ]
    toned = mixed(srgb, blended(tones), 0.6 * mood.strength)
    return mixed(toned, "#f4e4e2", 0.3 * max(mood.soft, 0.0))


def own_colours(product: Product) -> tuple[Colour, ...]:
    """What a thing without a bottle is seen to be: cloth and lip colour are their own palette."""
    if product.kind == "perfume":
        return ()
    shares, hero = {"body_srgb": 0.7, "accent_srgb": 0.3}, product.hero
    return tuple(Colour(str(hero[key]), share) for key, share in shares.items() if key in hero)


def touch_of(scents: Sequence[Scent], liking: Liking) -> Touch:
    """Roughness, softness and warmth of the notes; base notes weigh in the hand."""
    total = sum(scent.weight for scent in scents)
    weight = sum(scent.weight * _HEAVY[scent.stage] for scent in scents) / total if total else 0.5
    return Touch(liking.roughness, liking.softness, weight, warmth=liking.temperature)
