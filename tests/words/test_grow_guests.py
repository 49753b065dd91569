"""What a scent brings with it: plants by their notes, props by their places, and the bottle's caustic."""

import dataclasses
import functools

import numpy as np
import pytest

from showroom.imagine.grow import GROWN_PLACES, caustic, grow_place
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.flora import SPECIES, plant
from showroom.imagine.grow.patisserie_room import COUNTER_M
from showroom.imagine.grow.plinth import TOP_M
from showroom.imagine.grow.sunbeam import sun_way
from showroom.words.scenespec import Flora
from showroom.words.vocabulary import FLORA, INDOOR
from tests.words.grow_kit import grown, part_of, spec_of, worlds


@functools.cache
def _visited(place: str):
    """The parts of a place with iris and citrus in its air, and three tenths of another place."""
    spec = spec_of(place)
    foreign = tuple(Flora(name, 0.5, "#c0a0d0") for name in ("iris", "citrus_tree"))
    other = "seashore" if place != "seashore" else "incense_temple"
    mixed = dataclasses.replace(spec, flora=spec.flora + foreign, place={place: 0.7, other: 0.3}).sealed()
    return tuple(grow_place(mixed, 0.1))


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


@pytest.mark.parametrize("place", GROWN_PLACES)
def test_foreign_flora_comes_and_native_flora_does_not_come_twice(place):
    names = [part.part for part in _visited(place)]
    assert "guest iris flowers" in names and "guest citrus_tree fruit" in names
    assert ("guest pots" in names) == (place in (*INDOOR, "rain_street"))
    assert not any(part.part.startswith("guest") for part in grown(place))


@pytest.mark.parametrize("place", GROWN_PLACES)
def test_another_place_sends_a_prop_that_does_not_float(place):
    plants = ("guest iris", "guest citrus", "guest pots")
    props = [part for part in _visited(place) if part.part.startswith("guest") and not part.part.startswith(plants)]
    assert props
    lowest = min(float(worlds(part)[..., 1].min()) for part in props)
    assert abs(lowest - {"vanilla_patisserie": COUNTER_M}.get(place, 0.0)) < 0.12


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
