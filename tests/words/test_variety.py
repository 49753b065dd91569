"""Two perfumes of one place are two scenes: hour, water, blossom, bottle and things follow their notes."""

import dataclasses
import itertools

import numpy as np
import pytest

from showroom.catalogue import product_from_text
from showroom.imagine.compose import compose
from showroom.imagine.lexicon import load_lexicon
from showroom.imagine.liking import Liking
from showroom.imagine.mood import Mood, mood_of
from showroom.imagine.places import place_table
from showroom.imagine.reading import Reader
from showroom.imagine.staging import blossom_of
from showroom.imagine.weather import EMBER, GOLDEN, MORNING, SILVER, hour_of, sky_of
from showroom.oklab import lab
from showroom.words.scenespec import Model
from showroom.words.vocabulary import INDOOR, PLACES

SEAS = ("bergamot, sea salt, driftwood", "seaweed, ambergris, samphire", "sea salt, amber, sandalwood, marine notes")
GARDENS = ("rose, peony, white musk", "rose, patchouli, amber", "rose, geranium, vetiver")


def _spec(notes: str):
    product = product_from_text(notes)
    reading = Reader(load_lexicon(), None).read(product)  # a list of known notes needs no encoder
    return compose(reading, Liking.of(reading), product, 7, (), Model("test", "1")).sealed()


def _apart(one: str, other: str) -> float:
    return float(np.linalg.norm(lab(one) - lab(other)))


@pytest.mark.parametrize(("place", "perfumes"), [("seashore", SEAS), ("rose_garden", GARDENS)])
def test_perfumes_of_one_place_differ_in_what_one_sees(place, perfumes):
    specs = [_spec(notes) for notes in perfumes]
    for spec in specs:
        assert max(spec.place, key=spec.place.get) == place
    for one, other in itertools.combinations(specs, 2):
        differences = [
            abs(np.log(one.sky.sun_elevation_deg / other.sky.sun_elevation_deg)) > 0.25,
            _apart(one.sky.horizon_srgb, other.sky.horizon_srgb) > 0.03,
            abs(one.sky.cloud - other.sky.cloud) > 0.15,
            _apart(one.hero.liquid_srgb, other.hero.liquid_srgb) > 0.04,
            one.hero.shape != other.hero.shape,
            {thing.name for thing in one.things} != {thing.name for thing in other.things},
        ]
        assert sum(differences) >= 4, (one.things, other.things, differences)


def test_blossom_is_pale_in_a_bright_mood_and_deep_in_a_dark_one():
    rose = "#c83a5a"
    pale, deep = blossom_of(rose, Mood(0.9, -0.5, 0.6)), blossom_of(rose, Mood(-0.9, 0.8, -0.3))
    assert lab(pale)[0] > lab(rose)[0] + 0.1 and lab(deep)[0] < lab(rose)[0] - 0.05
    assert blossom_of(rose, Mood(0.0, 0.0, 0.0)) == rose


CORNERS = [(1, -1, MORNING), (1, 1, GOLDEN), (-1, -1, SILVER), (-1, 1, EMBER)]


@pytest.mark.parametrize(("bright", "warm", "hour"), CORNERS)
def test_the_corners_are_the_four_hours(bright, warm, hour):
    made = hour_of(Mood(bright, warm, 0.0))
    assert made.elevation_deg == pytest.approx(hour.elevation_deg)
    assert dataclasses.replace(made, elevation_deg=hour.elevation_deg) == hour


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("mood", [Mood(*signs) for signs in itertools.product((-1.0, 0.0, 1.0), repeat=3)])
def test_no_mood_leaves_what_a_sky_may_be(place, mood):
    sky = sky_of(place_table(place).sky, mood, "#c08090", place in INDOOR)
    assert -10 <= sky.sun_elevation_deg <= 78 and 0 <= sky.cloud <= 1 and -3 <= sky.exposure_ev <= 3
    assert 0 <= sky.sun_strength <= 2 and 0 <= sky.fill_strength <= 2


def test_a_place_is_measured_against_itself():
    """The sea's own notes leave the sea about as it is; what is foreign to it moves it."""
    lexicon = load_lexicon()

    def mood(notes: str) -> Mood:
        return mood_of(Reader(lexicon, None).read(product_from_text(notes)).scents, "seashore")

    assert mood("marine notes, amber, sandalwood").warm > mood("marine notes, sea salt, seaweed").warm + 0.5
    assert mood("marine notes, lemon, mint").bright > mood("marine notes, leather, oud").bright + 0.8
