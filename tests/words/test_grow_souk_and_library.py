"""A souk sells what the notes name, a library's books stand on their shelves, and each has two moods."""

import dataclasses
import functools

import numpy as np
import pytest

from showroom.imagine import leaning
from showroom.imagine.grow import grow_place, leather_library, library_room, souk_vault, spice_souk
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.joined import joined
from showroom.imagine.grow.part import part
from showroom.imagine.grow.plinth import PLACE_XZ, TOP_M
from showroom.imagine.grow.scatter import instances
from showroom.imagine.grow.shapes import box
from showroom.imagine.grow.souk_spices import WHOLE, goods, powdered
from showroom.imagine.grow.sunbeam import sun_way
from showroom.words.geometry import Light, Material
from showroom.words.scenespec import Thing
from tests.words.grow_kit import in_the_visitors_way, part_of, spec_of, triangles, worlds

MOODS = {  # accords, the mood they ask for, and what only that mood shows
    ("spice_souk", "lanterns"): ({"warm spicy": 1.0, "honey": 0.8, "cinnamon": 0.6}, "twine"),
    ("spice_souk", "morning"): ({"fresh spicy": 1.0, "citrus": 0.8, "aromatic": 0.6}, "sails"),
    ("leather_library", "fireside"): ({"leather": 1.0, "tobacco": 0.8, "rum": 0.6}, "cigars"),
    ("leather_library", "letters"): ({"leather": 0.6, "iris": 1.0, "powdery": 0.9}, None),
}
LEANING = {"spice_souk": leaning.morning, "leather_library": leaning.letters}
MOST_TRIANGLES, CLEAR_M, CLEAR_HEIGHT_M = 340_000, 0.6, 0.3
SOLD = ("pepper", "cardamom", "saffron", "cinnamon", "lemon")


@functools.cache
def grown(place: str, mood: str, detail: float = 1.0, things: tuple[str, ...] = ()):
    sold = tuple(Thing(name, "#a0602c", "heart") for name in things)
    spec = dataclasses.replace(spec_of(place), accords=MOODS[place, mood][0], things=sold).sealed()
    return spec, tuple(grow_place(spec, detail))


def test_each_has_a_mood_that_only_notes_bring():
    for (place, mood), (accords, _) in MOODS.items():
        spec = spec_of(place)
        assert LEANING[place](spec) == 0.0
        share = LEANING[place](dataclasses.replace(spec, accords=accords))
        assert share == (1.0 if mood in ("morning", "letters") else 0.0), mood


@pytest.mark.parametrize("place, mood", MOODS)
def test_each_mood_shows_what_the_other_has_not(place, mood):
    own = MOODS[place, mood][1]
    if own is not None:
        shown = {other: {each.part for each in grown(place, other)[1]} for at, other in MOODS if at == place}
        assert [other for other, names in shown.items() if own in names] == [mood]


@pytest.mark.parametrize("place, mood", MOODS)
def test_every_mood_with_its_notes_stays_within_the_budget_and_leaves_room(place, mood):
    _, parts = grown(place, mood, 1.0, SOLD)
    assert triangles(parts) <= MOST_TRIANGLES
    assert sum(len(each.lights) for each in parts) <= 24
    assert in_the_visitors_way(parts, CLEAR_M, CLEAR_HEIGHT_M) == []


def test_what_the_notes_name_lies_whole_in_the_nearest_sacks():
    _, parts = grown("spice_souk", "lanterns", 1.0, SOLD)
    sacks = np.array(spice_souk.sack_spots(Chance(spec_of("spice_souk").seed, "spice_souk").child("sack spots")))
    for name in SOLD:
        lying = part_of(parts, f"whole {name}").instances["world_from_part"][:, :, 3]
        away = np.hypot(lying[:, None, 0] - sacks[None, :, 0], lying[:, None, 2] - sacks[None, :, 2])
        assert (away.min(axis=1) < sacks[away.argmin(axis=1), 3]).all(), name
        assert (lying[:, 1] > 0.4).all() and np.hypot(lying[:, 0], lying[:, 2]).min() < 4.2, name


def test_the_strongest_note_comes_first_and_every_souk_sells_something():
    spec, _ = grown("spice_souk", "lanterns", 0.05, SOLD)
    assert [good.name for good in goods(spec)][: len(SOLD)] == list(SOLD)
    assert len(goods(spec_of("spice_souk"))) > 4 and not any(good.name for good in goods(spec_of("spice_souk")))


def test_a_spice_that_is_ground_keeps_its_hue():
    for srgb in ("#f0c928", "#a81408", "#351a10", "#93a662"):
        ground = powdered(srgb)
        assert 0.0 < ground.min() and ground.max() <= 0.55, srgb
    lemon, red = powdered("#f0c928"), powdered("#a81408")
    assert lemon[0] > 1.2 * lemon[1] > 3 * lemon[2] and red[0] > 5 * red[1]


@pytest.mark.parametrize("name", WHOLE)
def test_every_whole_spice_is_small_and_made_of_few_triangles(name):
    mesh = WHOLE[name].shape()
    assert 4 <= mesh.triangles * WHOLE[name].count <= 12_000
    assert np.ptp(mesh.positions, axis=0).max() < 0.3 and np.isfinite(mesh.positions).all()


def test_bowls_stand_on_the_boards_and_keep_clear_of_each_other():
    spots = spice_souk.bowl_spots(Chance(3, "bowls"))
    assert set(np.round(spots[:, 1], 3)) == {high for _, _, high in spice_souk.STEPS}
    gap = np.hypot(spots[:, None, 0] - spots[None, :, 0], spots[:, None, 2] - spots[None, :, 2])
    gap = gap + 9.0 * (np.eye(len(spots)) + (spots[:, None, 1] != spots[None, :, 1]))
    assert gap.min() > 0.24


@pytest.mark.parametrize("elevation_deg", [51.0, 56.0, 62.0])
def test_the_sun_falls_through_a_slit_on_the_hero(elevation_deg):
    spec = spec_of("spice_souk")
    spec = dataclasses.replace(spec, sky=dataclasses.replace(spec.sky, sun_elevation_deg=elevation_deg))
    x, z, wide, deep = souk_vault.opening(spec)
    way = sun_way(spec.sky)
    hero = np.array([PLACE_XZ[0], TOP_M + 0.1, PLACE_XZ[1]])
    crossing = hero + way * (float(souk_vault.crown(np.array(x))) - hero[1]) / way[1]
    assert abs(crossing[0] - x) < wide and abs(crossing[2] - souk_vault.MIDDLES[3] - z) < deep


def test_the_moon_looks_through_the_window_at_the_hero():
    way = sun_way(spec_of("leather_library").sky)
    hero = np.array([PLACE_XZ[0], TOP_M + 0.1, PLACE_XZ[1]])
    crossing = hero + way * (library_room.FRONT_Z - hero[2]) / way[2]
    x, wide, sill, head = library_room.WINDOW
    assert abs(crossing[0] - x) < wide / 2 and sill < crossing[1] < head


def test_books_stand_on_their_boards_within_their_cases():
    _, parts = grown("leather_library", "fireside")
    books = worlds(part_of(parts, "books"))
    foot = books[..., 1].min(axis=1)
    lean = 0.012
    assert np.abs(foot[:, None] - library_room.shelf_heights()[None]).min(axis=1).max() < lean
    assert books[..., 1].max() < library_room.CASE_HIGH_M + 0.02
    within = np.minimum(library_room.HALF_M - np.abs(books[..., 0]),
                        np.minimum(books[..., 2] - library_room.FRONT_Z, library_room.BACK_Z - books[..., 2]))
    assert within.min(axis=1).max() < library_room.CASE_M + 0.03 and within.min() > -0.01


def test_what_lies_on_the_desk_and_table_touches_them():
    _, parts = grown("leather_library", "fireside")
    for name in ("tobacco", "letters", "cigars"):
        low = worlds(part_of(parts, name))[..., 1].min()
        assert -0.002 < low - leather_library.TOP_M < 0.06, name


def test_parts_that_wear_the_same_are_joined_and_keep_every_triangle():
    wood, brass = Material(roughness=0.5), Material(metallic=1.0)
    lamp = Light((0.0, 1.0, 0.0), (1.0, 1.0, 1.0), 2.0)
    given = [part("desk", box(1, 1, 1), wood), part("lamp", box(0.1, 0.2, 0.1), brass, lights=(lamp,)),
             part("chair", box(0.5, 1, 0.5).moved(2.0), wood), part("nails", box(0.01, 0.01, 0.01), wood,
                                                                   instances(np.zeros((3, 3))))]
    made = list(joined(given))
    assert [each.part for each in made] == ["desk", "lamp", "nails"] and triangles(made) == triangles(given)
    corners = made[0].vertices["position"][made[0].indices]
    assert np.isclose(corners[:, 0].max(), 2.25) and made[1].lights == (lamp,)
