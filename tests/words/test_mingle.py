"""Surfaces go towards what the notes bring: only where it is seen and fits, by weights alone, never far from the place."""

import dataclasses

import pytest
from specs import spec_of

from showroom.catalogue import product_from_notes
from showroom.cli.spec_table import table
from showroom.imagine import grow
from showroom.imagine.answer import Asked, answer
from showroom.imagine.lexicon import load_lexicon
from showroom.imagine.liking import Liking
from showroom.imagine.materials import NEVER, materials
from showroom.imagine.mingle import UNWORN, mingled
from showroom.imagine.moves import MOVES
from showroom.imagine.places import place_table
from showroom.imagine.reading import Reader, Reading
from showroom.imagine.shown import still_true
from showroom.words.scenespec import Model, SceneSpec
from showroom.words.vocabulary import INDOOR, PLACES

READER = Reader(load_lexicon(), None)  # it fails as soon as it would need the encoder
TURNING = ("plinth", "drape", "wall", "ground", "prop")


def read(*notes: str) -> Reading:
    return READER.read(product_from_notes({"top": [], "heart": list(notes), "base": []}))


def turned(place: str, reading: Reading, **others: float):
    """The surfaces of a place after some notes; others: places beside it and their shares."""
    own = place_table(place)
    places = {place: 1.0 - sum(others.values()), **others}
    liking = dataclasses.replace(Liking.of(reading), places=places)
    return mingled(own.surfaces, own, liking, reading.scents)


def imagined(*notes: str, seed: int = 1) -> SceneSpec:
    product = product_from_notes({"top": [], "heart": list(notes), "base": []})
    reading = READER.read(product)
    return answer(reading, Liking.of(reading), product, Asked(seed), Model("lexicon", "test"))


def pairs(spec: SceneSpec) -> dict[str, tuple[str, float]]:
    return {name: (one.also, one.share) for name, one in spec.surfaces.items() if one.also}


@pytest.mark.parametrize("place", PLACES)
def test_a_place_of_which_nothing_was_said_is_as_it_was(place):
    assert turned(place, Reading(())) == dict(place_table(place).surfaces)


@pytest.mark.parametrize("place", PLACES)
def test_what_may_turn_is_worn_by_some_part_and_what_may_not_by_none(place):
    worn = {block.material.surface for block in grow.grow_place(spec_of(place), 0.2)}
    for name in TURNING:
        assert (name in worn) != (place in UNWORN.get(name, ())), name


@pytest.mark.parametrize("place", PLACES)
def test_whatever_is_said_few_surfaces_turn_and_only_to_what_fits(place):
    notes = [note for note in load_lexicon().notes if note.blend]
    for at in range(PLACES.index(place), len(notes), 71):
        reading = read(*(note.name for note in notes[at:at + 4]))
        before, after = place_table(place).surfaces, turned(place, reading)
        changed = [name for name in before if after[name] != before[name]]
        assert changed == [name for name in before if after[name].also]
        assert not set(changed) & {*NEVER} and len(changed) <= 4 and list(after) == list(before)
        for name in changed:
            own, other = materials()[after[name].painter], materials()[after[name].also]
            assert name in other.on and other.goes_with(own) and 0.15 <= after[name].share <= 0.5
            assert not (place in INDOOR and other.outdoors and name in ("ground", "wall"))
            assert place not in UNWORN.get(name, ()) and after[name].scale_m == before[name].scale_m
        beside_cloth = [after[name].also for name in changed if name != "drape"]
        assert len(set(beside_cloth)) == len(beside_cloth)


def test_the_more_of_a_material_the_notes_bring_the_more_of_it_there_is():
    padding = ["apple", "pear", "basil", "melon", "grape", "sage", "red berries"]
    shares = [turned("seashore", read("benzoin", *padding[:count]))["plinth"] for count in range(8)]
    resin = [one.share for one in shares if one.also == "resin"]
    assert len(resin) >= 4 and resin == sorted(resin, reverse=True) and resin[0] > resin[-1]
    assert shares[0].also == "resin" and shares[0].share == 0.5


@pytest.mark.parametrize(("place", "notes", "surface", "material"), [
    ("incense_temple", ("myrrh", "benzoin"), "plinth", "resin"),
    ("seashore", ("sea salt",), "plinth", "salt"),
    ("desert_dusk", ("rose", "peony"), "drape", "petal"),
    ("rose_garden", ("oakmoss", "patchouli"), "plinth", "moss"),
    ("leather_library", ("iris", "orris"), "wall", "vellum"),
    ("vanilla_patisserie", ("honey", "beeswax"), "plinth", "honeycomb"),
    ("citrus_grove", ("lemon", "orange"), "plinth", "peel"),
    ("spice_souk", ("clove", "nutmeg"), "ground", "spice"),
])
def test_notes_bring_what_they_are_made_of(place, notes, surface, material):
    after = turned(place, read(*notes))
    assert material in [one.also for one in after.values()]
    assert after[surface].also == material or after["plinth"].also == material


def test_what_lies_in_another_place_competes_with_the_notes():
    beside = turned("rose_garden", Reading(()), alpine_snow=0.4)
    assert beside["ground"].also == "snow" and beside["plinth"].also == "rock"
    assert turned("rose_garden", Reading(()), alpine_snow=0.05) == dict(place_table("rose_garden").surfaces)
    assert turned("rose_garden", Reading(()), leather_library=0.4) == dict(place_table("rose_garden").surfaces)
    said = turned("rose_garden", read("sea salt"), alpine_snow=0.4)
    assert said["plinth"].also == "salt" and said["ground"].also == "snow"


def test_a_painter_that_is_none_turns_nowhere_and_is_left_for_whoever_paints_to_name():
    own = place_table("seashore")
    mistyped = own.surfaces | {"plinth": dataclasses.replace(own.surfaces["plinth"], painter="limstone")}
    reading = read("sea salt")
    after = mingled(mistyped, own, dataclasses.replace(Liking.of(reading), places={"seashore": 1.0}), reading.scents)
    assert after["plinth"] == mistyped["plinth"] and "salt" in [one.also for one in after.values()]


def test_chance_decides_nothing():
    assert pairs(imagined("rose", "myrrh", "cedar")) == pairs(imagined("rose", "myrrh", "cedar", seed=2)) != {}


def test_every_material_that_may_lie_somewhere_is_brought_by_some_note_alone():
    strongest = {name: max(material.characters, key=material.characters.get)
                 for name, material in materials().items() if material.on}
    for name, character in strongest.items():
        notes = [note for note in load_lexicon().notes if note.blend[0][0].name == character][:6]
        brought = {one.also for note in notes for place in (*PLACES[:2], *INDOOR)
                   for one in turned(place, read(note.name)).values()}
        assert name in brought, (name, character, brought)


def test_what_is_brought_lends_its_colour():
    before, after = place_table("seashore").surfaces["plinth"], turned("seashore", read("saffron"))["plinth"]
    assert after.also and after.accent_srgb != before.accent_srgb and after.srgb != before.srgb


@pytest.mark.parametrize("move", MOVES)
def test_no_word_of_a_visitor_takes_a_mixture_or_a_likeness_away(move):
    spec = imagined("rose", "myrrh", "cedar")
    liked = dataclasses.replace(spec.surfaces["drape"], likeness=(0.5, -0.5))
    spec = dataclasses.replace(spec, surfaces=spec.surfaces | {"drape": liked})
    moved = MOVES[move](spec)
    assert pairs(moved) == pairs(spec) != {} and moved.surfaces["drape"].likeness == (0.5, -0.5)


def test_the_place_says_what_its_surfaces_are_between_for_as_long_as_they_are():
    spec = imagined("myrrh", "benzoin", "frankincense")
    told = [why for why in spec.why if "resin" in why.brings]
    assert [why.brings for why in told] == ["what it stands on is partly resin"] and "myrrh" in told[0].note
    assert still_true(spec, told[0])
    plain = dataclasses.replace(spec.surfaces["plinth"], also="", share=0.0)
    assert not still_true(dataclasses.replace(spec, surfaces=spec.surfaces | {"plinth": plain}), told[0])


def test_the_table_for_people_says_what_surfaces_are_between():
    spec = imagined("myrrh", "benzoin")
    share = spec.surfaces["plinth"].share
    said = table(spec, "resins", "en", colourful=False)
    assert f"plinth limestone and {share:.0%} resin" in next(line for line in said.splitlines() if line[:8] == "between ")
    like = dataclasses.replace(spec.surfaces["drape"], likeness=(0.5,))
    assert "drape as in the photo" in table(dataclasses.replace(spec, surfaces={"drape": like}), "", "en", False)
    assert "between" not in table(dataclasses.replace(spec, surfaces=dict(place_table("seashore").surfaces), why=()),
                                  "", "en", False)
