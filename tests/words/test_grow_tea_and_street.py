"""Tea terraces and the rain-wet street: laws of their land, their rows, their fronts and their lights."""

import dataclasses
import functools

import numpy as np
import pytest

from showroom.imagine.grow import grow_place, rain_street, tea_rows, tea_wall
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.street_lamp import HIGH_M
from showroom.words.material import Material
from tests.words.grow_kit import part_of, spec_of, worlds

GOLD, GREEN = ("honey", "fruity", "sweet"), ("green", "fresh")
VIOLET, SLATE = ("powdery", "violet", "iris"), ("ozonic", "coffee")


@functools.cache
def leaning(place: str, accords: tuple[str, ...]):
    """The parts of a place whose smell has these accords."""
    spec = dataclasses.replace(spec_of(place), accords=dict.fromkeys(accords, 1.0)).sealed()
    return tuple(grow_place(spec, 0.2))


@pytest.fixture(scope="module")
def land():
    return tea_rows.bowl(Chance(7, "land"))


def test_the_visitor_s_terrace_is_level_and_the_rows_climb_and_fall_from_it(land):
    x, z = np.array([0.0, 0.0, -0.3, 0.3]), np.array([0.0, -1.05, -0.6, -0.4])
    assert np.abs(land.height(x, z)).max() < 0.05
    angle = np.full(3, np.arctan2(-tea_rows.MIDDLE[0], -tea_rows.MIDDLE[1]))
    up, level, down = land.height(*land.at(np.array([-6.0, 0.0, 6.0]), angle).T)
    assert up > level + 1.0 and down < level - 1.0


def test_a_contour_keeps_its_distance_below_the_terrace(land):
    angle = np.linspace(-3.0, 3.0, 200)
    at = land.at(np.full(200, 3.1), angle)
    assert np.allclose(land.down(at[:, 0], at[:, 1]), 3.1, atol=1e-9)
    assert abs(float(land.down(np.array(0.0), np.array(0.0)))) < 1e-9


def test_rows_stand_on_the_land_and_leave_the_way_free(land):
    for row in tea_rows.rows(land, Chance(7, "rows"), 0.3):
        x, y, z = row.positions.T
        over = y - land.height(x, z)
        assert -0.5 < over.min() < 0.1 and over.max() < 1.2
        down = land.down(x, z)
        assert not ((down > -tea_rows.ABOVE_M) & (down < 1.3)).any()


def test_the_wall_stands_at_the_foot_of_the_bank_and_lets_the_stairs_through(land):
    way = tea_rows.stairs_at(land, np.array(-tea_rows.ABOVE_M - 0.2))
    for stones in tea_wall.wall(land, Material(), 1.0, Chance(7, "wall")):
        x, y, z = worlds(stones).reshape(-1, 3).T
        over = y - land.height(x, z)
        assert -0.75 < over.min() < 0.05 and 0.2 < over.max() < 0.6
        assert land.down(x, z).max() < -tea_rows.ABOVE_M + 0.4
        assert np.hypot(x - way[0], z - way[1]).min() > 0.25


def test_green_tea_has_bamboo_and_gold_has_osmanthus():
    green, gold = (leaning("tea_terraces", accords) for accords in (GREEN, GOLD))
    assert not any(part.part.startswith("osmanthus") for part in green)
    assert {"osmanthus flowers", "fallen florets"} <= {part.part for part in gold}
    count = [len(part_of(parts, "bamboo leaves").instances) for parts in (green, gold)]
    assert count[0] > count[1]


def test_fallen_florets_lie_on_the_ground():
    parts = leaning("tea_terraces", GOLD)
    land = tea_rows.bowl(Chance(spec_of("tea_terraces").seed, "tea_terraces").child("land"))
    x, y, z = np.moveaxis(worlds(part_of(parts, "fallen florets")), -1, 0)
    assert np.abs((y - land.height(x, z)).min(axis=1)).max() < 0.03


def test_the_street_mirrors_and_its_middle_runs_through_the_visitor():
    parts = leaning("rain_street", SLATE)
    assert part_of(parts, "ground").material.kind == part_of(parts, "puddles").material.kind == "polished"
    assert float(rain_street.middle(np.array(0.0))) == 0.0
    high = worlds(part_of(parts, "ground"))[..., 1]
    assert np.abs(high).max() < 1e-6  # what mirrors has to lie at ground height


def test_no_front_stands_in_the_street():
    x, y, z = worlds(part_of(leaning("rain_street", VIOLET), "fronts"))[0].T
    near = np.abs(z) < 6.0
    assert np.abs(x[near]).min() > 3.0


def test_every_lamp_is_a_light_where_its_glass_is():
    parts = leaning("rain_street", SLATE)
    glass = part_of(parts, "lamp glass")
    assert len(glass.lights) == len(glass.instances)
    for light, spot in zip(glass.lights, glass.instances["world_from_part"][:, :, 3]):
        assert np.allclose(light.position, spot + [0, HIGH_M - 0.02, 0], atol=1e-4)


def test_powder_brings_violets_and_slate_a_cup():
    soft, hard = (leaning("rain_street", accords) for accords in (VIOLET, SLATE))
    flowers = [len(part_of(parts, "violet flowers").instances) for parts in (soft, hard)]
    assert flowers[0] > 3 * flowers[1]
    assert "steam" in {part.part for part in hard} and "steam" not in {part.part for part in soft}


def test_violets_grow_out_of_pots():
    parts = leaning("rain_street", VIOLET)
    pots = np.concatenate(
        [part_of(parts, name).instances["world_from_part"][:, :, 3] for name in ("violet pots", "table pot")]
    )
    at = part_of(parts, "violet flowers").instances["world_from_part"][:, :, 3]
    away = np.hypot(at[:, None, 0] - pots[:, 0], at[:, None, 2] - pots[:, 2]).min(axis=1)
    assert away.max() < 0.3
