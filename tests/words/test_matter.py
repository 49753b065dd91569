"""Matter: matt, glossy, metallic and clear things are told apart in a photo, and a spec wears them."""

import dataclasses

import numpy as np
import pytest
from photos import photo_of
from specs import spec_of

from showroom.imagine.matter import matter_of, worn
from showroom.oklab import lab
from showroom.words.scenespec import Colour, SceneSpec
from showroom.words.vocabulary import HEROES

COLOURS = ("#b02040", "#305a90", "#d0a040", "#c8c8c8")
GREY, DARK = "#f2f1ee", "#404448"


@pytest.mark.parametrize("srgb", COLOURS)
@pytest.mark.parametrize("background", [GREY, DARK])
def test_the_shinier_the_glossier(srgb, background):
    gloss = {matter: matter_of(photo_of(matter, srgb, background)).gloss
             for matter in ("matt", "cloth", "satin", "gloss", "metal")}
    assert gloss["matt"] < 0.15 and gloss["cloth"] < 0.15
    assert gloss["satin"] < 0.35 and gloss["gloss"] > 0.5 and gloss["metal"] > 0.8


@pytest.mark.parametrize("shape", ["ball", "rod"])
@pytest.mark.parametrize("srgb", COLOURS)
def test_metal_keeps_its_colour_in_the_highlight_or_mirrors_the_room(srgb, shape):
    metal = {matter: matter_of(photo_of(matter, srgb, DARK, shape)).metal
             for matter in ("matt", "gloss", "metal")}
    assert metal["metal"] > 0.5 > metal["gloss"] + 0.2 and metal["matt"] < 0.1


@pytest.mark.parametrize("srgb", COLOURS)
def test_glass_shows_its_background(srgb):
    glass = matter_of(photo_of("glass", srgb, DARK))
    assert glass.clear > 0.4 and glass.metal < 0.4 and glass.gloss > 0.8
    assert matter_of(photo_of("gloss", "#b02040", DARK)).clear < 0.2


@pytest.mark.parametrize("pixels", [np.zeros((1, 1, 3)), np.full((224, 1, 3), 255), np.zeros((3, 224, 3))])
def test_a_sliver_or_one_flat_colour_is_matt(pixels):
    matter = matter_of(pixels.astype(np.uint8))
    assert matter.gloss == matter.metal == matter.clear == 0


@pytest.mark.parametrize("kind", HEROES)
@pytest.mark.parametrize("place", ["seashore", "leather_library"])
def test_a_spec_wears_what_was_seen(place, kind):
    before = spec_of(place)
    before = dataclasses.replace(before, hero=dataclasses.replace(before.hero, kind=kind))
    colours = (Colour("#b02040", 0.7), Colour("#305a90", 0.3))
    matt = worn(before, matter_of(photo_of("matt", "#b02040")), colours).sealed()
    metal = worn(before, matter_of(photo_of("metal", "#b02040")), colours).sealed()
    for spec in (matt, metal):
        SceneSpec.from_plain(spec.to_plain())
    assert matt.hero.roughness > 0.75 and metal.hero.roughness < 0.25
    assert matt.hero.metallic < 0.1 and metal.hero.metallic > 0.5
    for name in ("drape", "prop", "plinth"):
        assert matt.surfaces[name].roughness > metal.surfaces[name].roughness + 0.15
        assert _apart(metal.surfaces[name].accent_srgb) < _apart(before.surfaces[name].accent_srgb)
    key = "accent_srgb" if kind == "bottle" else "body_srgb"
    assert _apart(getattr(metal.hero, key)) < 0.6 * _apart(getattr(before.hero, key))
    assert matt.surfaces["ground"] == before.surfaces["ground"]


def _apart(srgb: str) -> float:
    return float(np.linalg.norm(lab(srgb) - lab("#b02040")))
