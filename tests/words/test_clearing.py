"""Clearings: the places without a grower of their own grow from their tables, whole and within bounds."""

import dataclasses

import numpy as np
import pytest

from showroom.imagine.grow import GROWN_PLACES, clearing, grow_place
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.trees import palms, round_crowned
from showroom.words.vocabulary import PLACES
from tests.words.grow_kit import grown, part_of, spec_of, triangles, with_seed, worlds

CLEARINGS = tuple(place for place in PLACES if place not in GROWN_PLACES)
MOST_TRIANGLES, MOST_PARTS = 360_000, 64
CLEAR_M, CLEAR_HEIGHT_M = 0.6, 0.3


@pytest.mark.parametrize("place", CLEARINGS)
def test_parts_are_whole_and_within_the_budget(place):
    parts = grown(place)
    names = [part.part for part in parts]
    assert len(set(names)) == len(names) <= MOST_PARTS
    assert names[:2] == ["ground", "plinth"] and any(name.startswith("hero") for name in names)
    assert 20_000 < triangles(parts) < MOST_TRIANGLES
    for part in parts:
        assert len(part.instances) and part.indices.max() < len(part.vertices), part.part
        assert np.isfinite(part.vertices["position"]).all(), part.part
        assert np.isfinite(part.instances["world_from_part"]).all(), part.part
        assert part.material.surface in ("", *spec_of(place).surfaces), part.part


@pytest.mark.parametrize("place", CLEARINGS)
def test_the_visitor_has_room(place):
    for part in grown(place):
        if part.part == "ground" or part.part.startswith(("hero", "plinth")):
            continue
        points = worlds(part, 1 << 17)
        near = np.hypot(points[..., 0], points[..., 2]) < CLEAR_M
        assert points[..., 1][near].max(initial=0.0) < CLEAR_HEIGHT_M, part.part


@pytest.mark.parametrize("place", CLEARINGS)
def test_the_flora_of_the_spec_grows(place):
    """Everything the table names is there, except where a floor leaves no soil for it."""
    names = " ".join(part.part for part in grown(place))
    for flora in spec_of(place).flora:
        assert flora.name in names, flora.name


def test_the_same_seed_grows_the_same_and_another_differs():
    spec = spec_of("conifer_forest")
    one, again, other = (list(grow_place(each, 0.4)) for each in (spec, spec, with_seed(spec, 8)))
    for a, b in zip(one, again, strict=True):
        assert (a.vertices == b.vertices).all() and (a.instances == b.instances).all()
    assert any(a.instances.tobytes() != b.instances.tobytes() for a, b in zip(one, other))


def test_detail_makes_it_lighter():
    spec = spec_of("citrus_grove")
    assert triangles(grow_place(spec, 0.3)) < 0.7 * triangles(grow_place(spec, 1.0))


@pytest.mark.parametrize("place", ["white_garden_night", "mossy_undergrowth"])
def test_a_pool_lies_in_its_basin(place):
    pool, ground = part_of(grown(place), "pool"), worlds(part_of(grown(place), "ground"))[0]
    points = worlds(pool)[0]
    centre = points[:, [0, 2]].mean(axis=0)
    under = ground[np.hypot(*(ground[:, [0, 2]] - centre).T) < 0.8]
    assert under[:, 1].max() < points[:, 1].max() < 0.0


def test_trees_stand_in_the_ground_and_bear_what_they_should():
    def flat(x, z):
        return np.full_like(x, 0.5)

    points = np.array([[4.0, -4.0], [-5.0, -3.0]])
    grown_trees = round_crowned("citrus_tree", points, flat, "", "#e8a62c", Chance(1, "a"), 1.0)
    parts = {part.part: part for part in grown_trees}
    trunks = worlds(parts["citrus_tree trunks"])[0]
    assert trunks[:, 1].min() < 0.5 and len(parts["citrus_tree fruit"].instances) > 20
    orange = parts["citrus_tree fruit"].material.base_color
    assert orange[0] > orange[1] > orange[2]
    trunk, fronds = (worlds(part)[0] for part in palms(points[:1], flat, "", "#6f8a3a", Chance(2, "b")))
    top = trunk[trunk[:, 1].argmax()]
    assert np.linalg.norm(fronds.mean(axis=0)[[0, 2]] - top[[0, 2]]) < 0.6


def test_a_place_grows_as_itself_even_when_a_grown_place_has_a_share():
    """A forest with a little incense in it is a forest."""
    places = {"mossy_undergrowth": 0.8, "incense_temple": 0.2}
    spec = dataclasses.replace(spec_of("mossy_undergrowth"), place=places).sealed()
    names = {part.part for part in grow_place(spec, 0.2)}
    assert names == {part.part for part in clearing.grow(spec, Chance(spec.seed, "mossy_undergrowth"), 0.2)}
