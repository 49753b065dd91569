"""Grown places and the hall: whole meshes, budgets, room for the visitor, contact, the same bytes."""

import dataclasses
import itertools

import numpy as np
import pytest

from showroom.imagine.grow import beach, grow_hall, grow_place, rose_garden
from showroom.imagine.grow.breaker import breaker_mesh
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.patisserie_room import COUNTER_M
from showroom.words.material import KINDS
from showroom.words.hall import RING_RADIUS_M
from showroom.words.product import Product
from showroom.words.vocabulary import HEROES, PLACES, SURFACES
from tests.words.grow_kit import BOTTLE, grown, part_of, spec_of, triangles, with_seed, worlds

MOST_TRIANGLES, MOST_PARTS = 300_000, 64
CLEAR_M, CLEAR_HEIGHT_M = 0.6, 0.3


def _hall():
    specs = [spec_of("seashore"), spec_of("rose_garden")]
    return tuple(grow_hall([(Product(f"p{index}", "perfume", {}, {}), specs[index % 2])
                            for index in range(12)], 0.5))


@pytest.fixture(scope="module")
def hall():
    return _hall()


def _check_part(part):
    assert part.material.kind in KINDS
    assert part.material.surface in ("", *SURFACES)
    if part.material.kind == "opaque":
        assert part.material.base_color[3] == 1.0 and part.vertices["shade"][:, 3].min() == 255, part.part
    assert len(part.vertices) and len(part.indices) % 3 == 0
    assert len(part.instances) == part.total_instances > 0
    assert part.indices.max() < len(part.vertices)
    for field in ("position", "uv"):
        assert np.isfinite(part.vertices[field]).all(), (part.part, field)
    assert np.isfinite(part.instances["world_from_part"]).all() and np.isfinite(part.instances["phase"]).all()
    lengths = np.linalg.norm(part.vertices["normal"][:, :3].astype(float), axis=1)
    assert np.abs(lengths - 127).max() < 2.5, part.part
    corners = part.vertices["position"][part.indices.reshape(-1, 3)].astype(np.float64)
    area = np.linalg.norm(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1)
    assert (area > 1e-12).mean() > 0.995, part.part
    assert all(0 <= value <= 1 for value in part.material.base_color[:3]) or part.material.surface
    assert np.abs(np.linalg.det(part.instances["world_from_part"][:, :, :3].astype(float))).min() > 0


@pytest.mark.parametrize("place", PLACES)
def test_parts_are_whole(place):
    parts = grown(place)
    assert len({part.part for part in parts}) == len(parts) <= MOST_PARTS
    for part in parts:
        _check_part(part)


@pytest.mark.parametrize("place", PLACES)
def test_parts_wear_only_what_the_spec_paints(place):
    assert {part.material.surface for part in grown(place)} - {""} <= set(spec_of(place).surfaces)


@pytest.mark.parametrize("place", PLACES)
def test_triangles_stay_within_the_budget_and_follow_detail(place):
    assert triangles(grown(place)) <= MOST_TRIANGLES
    assert triangles(grown(place, 0.15)) < 0.9 * triangles(grown(place))


@pytest.mark.parametrize("place", PLACES)
def test_ground_plinth_and_hero_come_first(place):
    names = [part.part for part in grown(place)[:8]]
    assert names[0] in ("ground", "floor") and names[1] == "plinth" and names[2].startswith("hero.")


@pytest.mark.parametrize("place", PLACES)
def test_the_visitor_has_room(place):
    for part in grown(place):
        if part.material.kind == "shaft" or part.part.startswith("hero.") or part.part == "plinth":
            continue
        x, y, z = np.moveaxis(worlds(part), -1, 0)
        high = y[np.hypot(x, z) < CLEAR_M]
        assert not ((high > CLEAR_HEIGHT_M) & (high < 2.2)).any(), part.part


@pytest.mark.parametrize("place", PLACES)
def test_three_depths(place):
    """Something within arm's reach above knee height, something at 2 to 6 m, something far or around."""
    near = middle = far = 0
    for part in grown(place):
        if part.part.startswith(("hero.", "plinth", "ground", "floor", "sea", "sunbeam")):
            continue
        x, y, z = np.moveaxis(worlds(part), -1, 0)
        reach = np.hypot(x, z)[z < -0.3]
        near += ((reach < 1.4) & (y[z < -0.3] > 0.5)).sum()
        middle += ((reach > 2) & (reach < 6)).sum()
        far += (reach > 6).sum()
    assert near > 100 and middle > 500 and (far > 500 or place == "vanilla_patisserie")


@pytest.mark.parametrize("place", PLACES)
def test_same_spec_same_bytes_other_seed_other_place(place):
    spec = spec_of(place)
    first, again, other = (list(grow_place(each, 0.05)) for each in (spec, spec, with_seed(spec, 8)))
    for one, two in zip(first, again, strict=True):
        assert one.vertices.tobytes() == two.vertices.tobytes()
        assert one.instances.tobytes() == two.instances.tobytes()
        assert one.material == two.material and one.lights == two.lights
    assert any(one.instances.tobytes() != two.instances.tobytes()
               or one.vertices.tobytes() != two.vertices.tobytes()
               for one, two in zip(first, other))


def test_what_lies_on_the_beach_touches_it():
    parts = grown("seashore")
    seed = Chance(spec_of("seashore").seed, "seashore").child("land").integers(0, 1 << 20)
    lying = [part for part in parts if part.part.startswith(("pebbles", "cobbles", "boulders", "marram"))]
    assert len(lying) > 8
    for part in lying:
        x, y, z = np.moveaxis(worlds(part, 1 << 17), -1, 0)
        assert (y - beach.height(x, z, seed)).min(axis=1).max() < 0.02, part.part


def test_a_wave_rises_out_of_the_swell_and_sinks_back_into_it():
    wave = breaker_mesh(5, 1.0, 5.6, -26, 13, 0.85, 1.2, 6.0)
    x, y = wave.positions[:, 0], wave.positions[:, 1] - beach.WATER_M
    highest = {at: y[np.abs(x - at) < 0.8].max() for at in (-24, -8, 0, 12)}
    assert highest[-24] < 0.5 * highest[0] and highest[12] < 0.15 * highest[0]
    assert highest[-8] < 0.9 * highest[0]  # what has fallen lies lower
    white = wave.shade[:, 2] > 0.6
    assert white[(np.abs(x + 3) < 3)].mean() > 2 * white[x > 8].mean()


def test_what_stands_in_the_garden_touches_it():
    for name in ("petals", "grass"):
        x, y, z = np.moveaxis(worlds(part_of(grown("rose_garden"), name)), -1, 0)
        above = (y - rose_garden.height(x, z)).min(axis=1)
        assert ((above < 0.05) | (np.abs(y.min(axis=1) - 1.05) < 0.02)).all(), name


def test_what_stands_in_the_temple_touches_its_floor():
    parts = grown("incense_temple")
    for name in ("columns", "candles", "nave"):
        assert worlds(part_of(parts, name))[..., 1].min() < 0.005
    flames = worlds(part_of(parts, "flames"))[..., 1].min(axis=1)
    assert (flames > 0.03).all() and (flames < 0.5).all()


def test_pastry_lies_on_marble():
    for name in ("croissants", "choux", "macarons", "sugar lumps", "orchids"):
        lowest = worlds(part_of(grown("vanilla_patisserie"), name))[..., 1].min(axis=1)
        assert (lowest > COUNTER_M - 0.02).all(), name
        assert abs(lowest.min() - COUNTER_M) < 0.02, name


def test_a_place_grows_as_itself_when_another_has_a_share():
    """A forest with a little incense in it is a forest."""
    here, other = spec_of("mossy_undergrowth"), spec_of("incense_temple")
    mixed = dataclasses.replace(here, place={"mossy_undergrowth": 0.8, "incense_temple": 0.2}).sealed()
    pure, foreign, both = ({part.part for part in grow_place(spec, 0.2)} for spec in (here, other, mixed))
    assert pure <= both and not both & (foreign - pure)


def test_every_hero_grows_in_a_place():
    for kind in HEROES:
        spec = spec_of("incense_temple", hero=dataclasses.replace(BOTTLE, kind=kind))
        first = itertools.islice(grow_place(spec, 0.1), 4)
        assert any(part.part.startswith("hero.") for part in first)


def test_the_hall_is_whole_and_within_its_budget(hall):
    for part in hall:
        _check_part(part)
    assert triangles(hall) < 150_000


def test_the_hall_shows_each_product_on_its_plinth(hall):
    shown = {part.product_id for part in hall} - {""}
    assert shown == {f"p{index}" for index in range(12)}
    for index in range(12):
        at = np.concatenate([worlds(part)[0] for part in hall if part.product_id == f"p{index}"])
        azimuth = np.degrees(np.arctan2(at[:, 0].mean(), -at[:, 2].mean())) % 360
        assert min(abs(azimuth - index * 30), 360 - abs(azimuth - index * 30)) < 2
        assert abs(np.hypot(at[:, 0].mean(), at[:, 2].mean()) - RING_RADIUS_M) < 0.05
        assert abs(at[:, 1].min() - 1.05) < 0.002


def test_the_hall_has_a_lamp_over_every_plinth_and_closes_over_the_visitor(hall):
    lights = part_of(hall, "lamps").lights
    assert len(lights) == 12 and all(light.cone_cos > 0.5 and light.direction[1] < -0.8 for light in lights)
    dome = part_of(hall, "dome").vertices
    inward = -np.sum(dome["normal"][:, :3] / 127.0 * dome["position"],
                     axis=1) / np.linalg.norm(dome["position"], axis=1)
    assert inward.mean() > 0.7
    assert np.linalg.norm(dome["position"], axis=1).min() > 6.5
