"""What a scent brings with it: plants by their notes, keepsakes of their places, and the bottle's caustic."""

import dataclasses
import functools
import itertools

import numpy as np
import pytest

from showroom.imagine.grow import caustic, grow_place
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.flora import SPECIES, plant
from showroom.imagine.grow.guests import invited
from showroom.imagine.grow.keepsake import KEEPSAKES
from showroom.imagine.grow.patisserie_room import COUNTER_M
from showroom.imagine.grow.plinth import TOP_M
from showroom.imagine.grow.sunbeam import sun_way
from showroom.imagine.places import place_table
from showroom.words.scenespec import Flora
from showroom.words.vocabulary import FLORA, INDOOR, PLACES
from tests.words.grow_kit import grown, mixed_spec, part_of, spec_of, triangles, worlds


@functools.cache
def _visited(place: str):
    """The parts of a place with two plants more in its air, and three tenths of another place."""
    spec = spec_of(place)
    foreign = tuple(Flora(name, 0.5, "#c0a0d0") for name in _strangers(place))
    other = PLACES[(PLACES.index(place) + 5) % len(PLACES)]
    mixed = dataclasses.replace(spec, flora=spec.flora + foreign, place={place: 0.7, other: 0.3}).sealed()
    return tuple(grow_place(mixed, 0.1))


def _strangers(place: str) -> list[str]:
    own = {flora.name for flora in spec_of(place).flora}
    return [name for name in ("iris", "citrus_tree", "cedar", "palm") if name not in own][:2]


def test_every_species_of_the_vocabulary_can_be_planted():
    assert set(SPECIES) == set(FLORA)


@pytest.mark.parametrize("name", FLORA)
def test_a_plant_stands_on_its_ground_at_a_natural_size(name):
    pieces = plant(name, "#8a70c0", Chance(3))
    points = np.concatenate([piece.mesh.positions for piece in pieces])
    assert np.isfinite(points).all()
    assert -0.12 < points[:, 1].min() < 0.02
    assert 0.1 < points[:, 1].max() < 1.2
    assert sum(piece.mesh.triangles for piece in pieces) < 13_000
    for piece in pieces:
        assert np.allclose(np.linalg.norm(piece.mesh.normals, axis=1), 1, atol=1e-6)


@pytest.mark.parametrize("place", PLACES)
def test_foreign_flora_comes_and_native_flora_does_not_come_twice(place):
    names = [part.part for part in _visited(place)]
    for name in _strangers(place):
        assert any(part.startswith(f"guest {name} ") for part in names)
    soilless = (*INDOOR, "rain_street", "seashore")
    assert ("guest pots" in names) == (place in soilless)
    own = ("pots", *(flora.name for flora in spec_of(place).flora))
    alone = [part.part.split()[1] for part in grown(place) if part.part.startswith("guest")]
    assert set(alone) <= set(own)  # its own in pots, no keepsake


@pytest.mark.parametrize("place", PLACES)
def test_another_place_sends_a_keepsake_that_does_not_float(place):
    plants = ("guest pots", *(f"guest {name} " for name in _strangers(place)))
    kept = [part for part in _visited(place) if part.part.startswith("guest") and not part.part.startswith(plants)]
    assert kept
    lowest = min(float(worlds(part)[..., 1].min()) for part in kept)
    sloping = 0.25 if place in ("seashore", "tropical_shore", "mossy_undergrowth") else 0.12
    assert abs(lowest - {"vanilla_patisserie": COUNTER_M}.get(place, 0.0)) < sloping


@pytest.mark.parametrize("place", PLACES)
def test_every_place_has_a_keepsake_of_a_few_parts_that_a_hand_could_carry(place):
    token = KEEPSAKES[place](Chance(3, place))
    points = np.concatenate([piece.mesh.positions for piece in token.pieces])
    assert len({piece.name for piece in token.pieces}) == len(token.pieces) <= 8
    assert -0.05 < points[:, 1].min() < 0.005 and 0.08 < points[:, 1].max() < 0.7
    assert np.hypot(points[:, 0], points[:, 2]).max() < 0.5
    assert sum(piece.mesh.triangles for piece in token.pieces) < 18_000
    for piece in token.pieces:
        assert np.isfinite(points).all() and piece.material.surface in ("", "sprites")
        assert np.allclose(np.linalg.norm(piece.mesh.normals, axis=1), 1, atol=1e-6)


def _matter(spec):
    """What every surface is made of and how it lies; what the other place lays into it, and colours, may differ."""
    return {name: (one.painter, one.roughness, one.wetness, one.relief, one.scale_m)
            for name, one in spec.surfaces.items()}


@pytest.mark.parametrize("place,other", list(itertools.permutations(PLACES, 2)))
def test_of_two_places_one_keeps_light_and_ground_and_the_other_brings_what_grows_and_what_it_is_known_by(place, other):
    both, alone = mixed_spec(place, other), mixed_spec(place)
    assert both.sky == alone.sky and _matter(both) == _matter(alone)
    for name, one in both.surfaces.items():
        assert not one.also or one.also == place_table(other).surfaces[name].painter and one.share <= 0.3, name
    assert both.ambience.wind_m_s == alone.ambience.wind_m_s
    assert both.ambience.temperature_k == alone.ambience.temperature_k
    plants, keepsake = invited(both, tuple(flora.name for flora in alone.flora), place)
    assert keepsake == other
    if place not in INDOOR:
        strong = {flora.name for flora in spec_of(other).flora if flora.density > 0.5}
        strong -= {flora.name for flora in alone.flora}
        assert not strong or strong & {flora.name for flora in plants}  # a place has room for five
        drifting = {item.name for item in spec_of(other).ambience.particles if item.density >= 0.3}
        assert drifting & {"mist", "petal", "mote", "pollen"} <= {item.name for item in both.ambience.particles}
    assert invited(alone, (), place)[1] == ""


@pytest.mark.parametrize("place", PLACES)
def test_a_visited_place_is_whole_within_bounds_and_leaves_the_visitor_room(place):
    parts = _visited(place)
    names = [part.part for part in parts]
    assert len(set(names)) == len(names) <= 76
    come = [part for part in parts if part.part.startswith("guest")]
    assert triangles(come) < 90_000
    for part in come:
        x, y, z = np.moveaxis(worlds(part), -1, 0)
        high = y[np.hypot(x, z) < 0.5]
        assert not ((high > 0.3) & (high < 2.2)).any(), part.part
        assert part.material.surface in ("", *spec_of(place).surfaces), part.part


def test_the_caustic_lies_on_the_plinth_away_from_the_sun():
    spec = spec_of("rose_garden")
    sheet = part_of(grown("rose_garden"), "hero.caustic")
    points, bright = worlds(sheet)[0], sheet.vertices["shade"][:, 3].astype(float)
    assert np.abs(points[:, 1] - TOP_M).max() < 0.003
    middle = (points[:, [0, 2]] * bright[:, None]).sum(axis=0) / bright.sum() - np.array([0.0, -1.05])
    assert middle @ sun_way(spec.sky)[[0, 2]] < 0


def test_light_bends_towards_the_glass_and_back_out_of_it():
    way = np.array([[np.sin(0.5), 0.0, np.cos(0.5)]])
    wall = np.array([[0.0, -1.0]])
    within = caustic._bent(way, wall, 1 / 1.4)
    assert np.sin(0.5) / 1.4 == pytest.approx(within[0, 0])
    assert np.allclose(caustic._bent(within, wall, 1.4), way)
    flat = np.array([[np.sin(1.2), 0.0, np.cos(1.2)]])
    assert np.isnan(caustic._bent(flat, wall, 1.4)).all()
