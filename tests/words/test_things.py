"""Notes as things: every name of the vocabulary grows, at its own size; the notes of a list are found in them."""

import dataclasses
import functools

import numpy as np
import pytest

from showroom.imagine.grow import grow_place
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.plinth import PLACE_XZ, TOP_M
from showroom.imagine.grow.still_life import STANDS, set_down
from showroom.imagine.grow.things import FEW_M, MANY_M, TABLE, thing
from showroom.imagine.lexicon import load_lexicon
from showroom.imagine.reading import Scent
from showroom.imagine.things import thing_table, things_of
from showroom.words.material import KINDS
from showroom.words.scenespec import Thing
from showroom.words.vocabulary import THINGS
from tests.words.grow_kit import spec_of, triangles, worlds

MOST_FEW, MOST_MANY = 6_500, 9_500  # triangles
MOST_DRAWN = 250_000
SCENERY = {"silk", "mist", "night", "moonlight", "street"}  # notes that are nothing one could hold
NAMES = ("orange", "saffron", "salt", "rose", "cedar")


def _scents(*names: str, stage: str = "") -> list[Scent]:
    notes = {note.name: note for note in load_lexicon().notes}
    return [Scent(notes[name], name, "text", stage or notes[name].layer, 1.0, 1.0) for name in names]


@functools.cache
def _still_life(place: str):
    things = tuple(Thing(name, "#c0803a", "heart") for name in NAMES)
    spec = dataclasses.replace(spec_of(place), things=things).sealed()
    bare = list(grow_place(spec_of(place), 0.05))
    return spec, bare, list(grow_place(spec, 0.05))


def test_the_vocabulary_is_what_grows():
    assert set(TABLE) == set(THINGS)


@pytest.mark.parametrize("many", [False, True])
@pytest.mark.parametrize("name", THINGS)
def test_a_thing_lies_on_the_ground_within_its_room(name, many):
    pieces = thing(name, "#a06040", Chance(3, name), many)
    points = np.concatenate([piece.mesh.positions for piece in pieces])
    assert np.isfinite(points).all()
    assert (-0.2 if name == "seaweed" else -0.035) < points[:, 1].min() < 0.01  # weed hangs over an edge
    assert 0.004 < points[:, 1].max() < (0.5 if many else 0.25)
    reach = np.percentile(np.hypot(points[:, 0], points[:, 2]), 80)
    assert reach < (1.3 * MANY_M if many else 1.7 * FEW_M)
    assert sum(piece.mesh.triangles for piece in pieces) < (MOST_MANY if many else MOST_FEW)
    for piece in pieces:
        assert piece.material.kind in KINDS
        assert np.allclose(np.linalg.norm(piece.mesh.normals, axis=1), 1, atol=1e-6)
        if piece.material.kind == "opaque":
            assert piece.mesh.shade[:, 3].min() == 1.0


@pytest.mark.parametrize("name", ["lemon", "rose", "honeycomb", "oud"])
def test_the_same_seed_lays_the_same_bytes(name):
    first, again, other = (thing(name, "#a06040", Chance(seed), True) for seed in (3, 3, 4))
    assert all((one.mesh.positions == two.mesh.positions).all() for one, two in zip(first, again, strict=True))
    assert any(one.mesh.positions.tobytes() != two.mesh.positions.tobytes() for one, two in zip(first, other))


def test_every_note_that_can_be_held_has_a_thing():
    table, lexicon = thing_table(), load_lexicon()
    assert set(table.by_character) <= set(lexicon.characters)
    assert set(table.by_note) <= {note.name for note in lexicon.notes}
    assert {note.name for note in lexicon.notes if table.of(note) is None} <= SCENERY


def test_the_first_of_every_stage_comes_before_the_second_of_any():
    named = [thing.name for thing in things_of(_scents("lemon", "pink pepper", "rose", "jasmine", "cedar", "vanilla"))]
    assert set(named[:3]) == {"lemon", "rose", "cedar"} and set(named[3:]) == {"pink_pepper", "jasmine", "vanilla"}


def test_a_thing_stands_once_though_two_notes_mean_it():
    assert [thing.name for thing in things_of(_scents("damask rose", "may rose"))] == ["rose"]


def test_at_most_six_things():
    notes = [note.name for note in load_lexicon().notes[:60]]
    assert len(things_of(_scents(*notes))) == 6


@pytest.mark.parametrize("place", ["seashore", "rose_garden", "incense_temple"])
def test_things_lie_on_the_plinth_and_on_stands_and_nowhere_near_the_visitor(place):
    spec, bare, dressed = _still_life(place)
    names = {part.part for part in bare}
    added = [part for part in dressed if part.part not in names]
    assert any(part.part == "stands" for part in added)
    assert 3_000 < triangles(added) < 60_000 and len(added) < 24
    points = np.concatenate([worlds(part).reshape(-1, 3) for part in added if part.part != "stands"])
    tops = [(PLACE_XZ[0] + x, TOP_M, PLACE_XZ[1] + z) for x, z in set_down(spec)]
    tops += [(stand.x, stand.top_m, stand.z) for stand in STANDS]
    gap = np.min([np.hypot(points[:, 0] - x, points[:, 2] - z) for x, _, z in tops], axis=0)
    assert np.percentile(gap, 95) < 0.16
    assert np.hypot(points[:, 0], points[:, 2]).min() > 0.6


def test_a_place_of_nothing_named_has_no_stands():
    assert not any(part.part.startswith(("stands", "still life")) for part in grow_place(spec_of("seashore"), 0.05))


@pytest.mark.parametrize(("place", "names"), [
    ("seashore", ("bergamot", "seaweed", "salt", "driftwood", "shell", "ambergris")),
    ("rose_garden", ("rose", "peony", "lilac", "cotton", "violet", "oud")),
])
def test_a_place_with_its_richest_still_life_stays_within_its_budget(place, names):
    things = tuple(Thing(name, "#b06050", "heart") for name in names)
    parts = list(grow_place(dataclasses.replace(spec_of(place), things=things).sealed()))
    assert triangles(parts) < MOST_DRAWN and len(parts) <= 64
