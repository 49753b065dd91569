"""Rooms have moods: what a smell asks for is in the temple and the patisserie, within their budgets."""

import dataclasses
import functools

import numpy as np
import pytest

from showroom.imagine import leaning
from showroom.imagine.grow import grow_place
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.dome import dome_meshes
from showroom.imagine.grow.incense_temple import HULL_M
from showroom.words.scenespec import Colour, PaletteStage
from tests.words.grow_kit import in_the_visitors_way, part_of, spec_of, triangles, worlds

MOST_TRIANGLES = 250_000
CLEAR_M, CLEAR_HEIGHT_M = 0.6, 0.3
ROSE = tuple(PaletteStage(stage, (Colour("#b8324c", 1.0),)) for stage in ("top", "heart", "base"))
MOODS = {  # accords, and what only that mood shows
    ("incense_temple", "bare"): ({"smoky": 1.0, "balsamic": 0.7, "woody": 0.6}, "cedar"),
    ("incense_temple", "splendid"): ({"rose": 1.0, "oud": 0.8, "leather": 0.8}, "carpet"),
    ("vanilla_patisserie", "pale"): ({"vanilla": 1.0, "caramel": 0.6, "almond": 0.5}, "pods"),
    ("vanilla_patisserie", "roasted"): ({"coffee": 1.0, "rum": 0.7, "cacao": 0.6}, "steam machine"),
}


@functools.cache
def room(place: str, mood: str, detail: float = 1.0):
    spec = dataclasses.replace(spec_of(place), accords=MOODS[place, mood][0], palette=ROSE).sealed()
    return spec, tuple(grow_place(spec, detail))


def test_a_room_is_plain_until_a_note_says_otherwise():
    for place, mood in MOODS:
        spec, _ = room(place, mood, 0.05)
        lean = leaning.splendour if place == "incense_temple" else leaning.roast
        assert lean(dataclasses.replace(spec, accords={})) == 0.0
        assert lean(spec) == (1.0 if mood in ("splendid", "roasted") else 0.0)


@pytest.mark.parametrize("place, mood", MOODS)
def test_each_mood_shows_what_the_other_has_not(place, mood):
    own = MOODS[place, mood][1]
    shown = {other: {part.part for part in room(place, other)[1]} for at, other in MOODS if at == place}
    assert [other for other, names in shown.items() if own in names] == [mood]


@pytest.mark.parametrize("place, mood", MOODS)
def test_every_mood_stays_within_the_budget_and_leaves_the_visitor_room(place, mood):
    _, parts = room(place, mood)
    assert triangles(parts) <= MOST_TRIANGLES
    assert sum(len(part.lights) for part in parts) <= 40
    assert in_the_visitors_way(parts, CLEAR_M, CLEAR_HEIGHT_M) == []


def test_the_moods_of_a_room_are_made_of_other_colours():
    bare, splendid = (part_of(room("incense_temple", mood)[1], "nave").material
                      for mood in ("bare", "splendid"))
    assert bare.base_color[2] / bare.base_color[0] > 1.2 * splendid.base_color[2] / splendid.base_color[0]
    pale, roasted = (part_of(room("vanilla_patisserie", mood)[1], "counters").material
                     for mood in ("pale", "roasted"))
    assert min(pale.base_color[:3]) > 4 * max(roasted.base_color[:3])


def test_no_seam_of_the_temple_lies_outside_its_hull():
    """The sun comes in by the window alone: walls, vault and apse stand within a box with one hole."""
    _, parts = room("incense_temple", "bare")
    nave = worlds(part_of(parts, "nave"))[0]
    low, high = nave.min(axis=0), nave.max(axis=0)
    assert abs(low[2] + HULL_M) < 1e-4
    for name in ("apse", "altar", "columns", "doors"):
        within = worlds(part_of(parts, name)).reshape(-1, 3)
        assert (within.min(axis=0)[[0, 2]] > low[[0, 2]] + 0.1).all(), name
        assert (within.max(axis=0) < high - 0.1).all(), name


def test_the_hero_stands_in_the_window_light():
    """From the bottle towards the sun one looks out of the temple's one window."""
    spec, _ = room("incense_temple", "bare", 0.05)
    height = np.radians(spec.sky.sun_elevation_deg)
    away = 11.15 - 1.05  # from the plinth to the apse's wall
    assert 3.2 < 1.13 + away * np.tan(height) < 4.45 + 0.4


def test_blocks_of_ice_are_half_a_metre_to_one_and_a_half():
    blocks, edges = dome_meshes(7.0, Chance(1, "dome"))
    assert np.linalg.norm(blocks.positions, axis=1).max() < 7.1
    faces = np.sort(np.linalg.norm(np.cross(
        blocks.positions[1::3] - blocks.positions[::3], blocks.positions[2::3] - blocks.positions[::3]),
        axis=1) / 2)
    assert faces[int(0.99 * len(faces))] < 0.5  # m²: no facet is a wall
    inward = -np.sum(blocks.normals * blocks.positions, axis=1) / np.linalg.norm(blocks.positions, axis=1)
    assert (inward > 0.2).mean() > 0.97 and 0.75 < inward.mean() < 0.99
    assert edges.shade[:, 0].max() == 1.0 and edges.shade[:, 0].mean() < 0.5


@pytest.mark.parametrize("azimuth_deg", [0.0, 90.0, 180.0, 271.0])
def test_wherever_the_sun_is_sent_the_temple_stays_whole(azimuth_deg):
    spec = spec_of("incense_temple")
    turned = dataclasses.replace(spec, sky=dataclasses.replace(spec.sky, sun_azimuth_deg=azimuth_deg)).sealed()
    beam = part_of(grow_place(turned, 0.05), "sunbeam")
    assert np.isfinite(beam.vertices["position"]).all()
    assert np.abs(beam.vertices["position"]).max() < 14.0
