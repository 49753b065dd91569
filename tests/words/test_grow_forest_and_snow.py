"""The forest and the snow: light reaches the hero, things touch the ground, two smells are two places."""

import dataclasses

import numpy as np
import pytest

from showroom.imagine import leaning
from showroom.imagine.grow import conifer_forest, forest_trees, grow_place
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.plinth import PLACE_XZ, TOP_M
from showroom.imagine.grow.shafts import clear_of, towards_sun
from tests.words.grow_kit import grown, part_of, spec_of, triangles, worlds

DRY = {"woody": 1.0, "amber": 0.6, "balsamic": 0.4}
RAINY = {"green": 0.8, "aquatic": 0.5, "mossy": 0.4}
ICY = {"ozonic": 1.0, "aquatic": 0.4, "fresh spicy": 0.3}
DOWNY = {"musky": 1.0, "powdery": 0.5, "floral": 0.3}
MOST_TRIANGLES = 250_000


def leaned(place: str, accords: dict[str, float]):
    """The place's own spec with a smell's accords."""
    return dataclasses.replace(spec_of(place), accords=accords).sealed()


@pytest.fixture(scope="module")
def kinds():
    """All parts of both moods of both places, at little detail."""
    wanted = {
        "dry": ("conifer_forest", DRY),
        "rainy": ("conifer_forest", RAINY),
        "icy": ("alpine_snow", ICY),
        "downy": ("alpine_snow", DOWNY),
    }
    return {name: tuple(grow_place(leaned(place, accords), 0.3)) for name, (place, accords) in wanted.items()}


def count_of(parts, name: str) -> int:
    """Instances of the parts whose names begin so."""
    return sum(len(part.instances) for part in parts if part.part.startswith(name))


def test_leaning_follows_the_accords():
    assert (
        leaning.rain(leaned("conifer_forest", RAINY))
        > 0.8
        > 0.2
        > leaning.rain(leaned("conifer_forest", DRY))
    )
    assert leaning.ice(leaned("alpine_snow", ICY)) > 0.8 > 0.2 > leaning.ice(leaned("alpine_snow", DOWNY))
    assert leaning.rain(spec_of("conifer_forest")) == pytest.approx(0.5)


def test_a_dry_forest_has_cones_and_resin_a_rainy_one_ferns_and_moss(kinds):
    dry, rainy = kinds["dry"], kinds["rainy"]
    assert count_of(dry, "cones") > 1.5 * count_of(rainy, "cones")
    assert count_of(dry, "resin") > 2 * count_of(rainy, "resin")
    assert count_of(rainy, "ferns") > 1.5 * count_of(dry, "ferns")
    mossy, bare = (part_of(parts, "ground").vertices["shade"][:, 2].mean() for parts in (rainy, dry))
    assert mossy > 3 * bare


def test_hard_snow_has_a_tarn_soft_snow_flowers(kinds):
    hard, soft = ({part.part for part in kinds[name]} for name in ("icy", "downy"))
    assert "tarn" in hard and "ice plates" in hard and "edelweiss" not in hard
    assert "edelweiss" in soft and "tarn" not in soft


@pytest.mark.parametrize("place", ["conifer_forest", "alpine_snow"])
def test_the_whole_place_is_within_its_own_budget(place):
    assert triangles(grown(place)) <= MOST_TRIANGLES


def test_boughs_let_the_sun_through_to_the_hero():
    spec = leaned("conifer_forest", DRY)
    boughs = part_of(tuple(grow_place(spec, 0.5)), "pine boughs")
    middle = worlds(boughs, 1 << 22).mean(axis=1)
    hero = np.array([[PLACE_XZ[0], TOP_M, PLACE_XZ[1], 0.0]])
    assert clear_of(middle, towards_sun(spec.sky), hero).min() > 0.5


def test_a_ray_is_clear_of_what_stands_beside_it_or_behind_its_foot():
    up, foot = np.array([0.0, 1.0, 0.0]), np.array([[0.0, 0.0, 0.0, 0.5]])
    places = np.array([[2.0, 5.0, 0.0], [0.1, 5.0, 0.0], [0.0, -1.0, 0.0]])
    apart = clear_of(places, up, foot)
    assert apart[0] == pytest.approx(1.5) and apart[1] == pytest.approx(-0.4) and apart[2] > 100


def test_what_lies_in_the_forest_touches_its_floor():
    seed = Chance(spec_of("conifer_forest").seed, "conifer_forest").child("land").integers(0, 1 << 20)
    trunks = forest_trees.trunks(towards_sun(spec_of("conifer_forest").sky))
    for name in ("cones", "ferns", "moss", "trunks 0", "far trunks"):
        x, y, z = np.moveaxis(worlds(part_of(grown("conifer_forest"), name)), -1, 0)
        above = (y - conifer_forest.height(x, z, seed, trunks)).min(axis=1)
        assert above.max() < 0.03, name


def test_firs_stand_in_the_snow_and_carry_it():
    parts = grown("alpine_snow")
    trees, snow = part_of(parts, "firs"), part_of(parts, "fir snow")
    assert np.array_equal(trees.instances["world_from_part"], snow.instances["world_from_part"])
    stems = worlds(part_of(parts, "fir stems"))
    assert len(stems) == len(trees.instances)
    assert snow.vertices["normal"][:, 1].mean() > 40  # pillows look up


def test_peaks_rise_round_the_horizon_and_leave_the_sky_to_itself():
    at = worlds(part_of(grown("alpine_snow"), "peaks"))[0]
    x, y, z = at.T
    azimuth, elevation = np.degrees(np.arctan2(x, -z)) % 360, np.degrees(np.arctan2(y - 1.5, np.hypot(x, z)))
    sectors = [elevation[(azimuth >= low) & (azimuth < low + 30)].max() for low in range(0, 360, 30)]
    assert min(sectors) > 4 and max(sectors) < 24
    assert np.hypot(x, z).max() < 980


def test_needles_and_rime_wear_the_cells_that_hold_them():
    for place, name, cell in (
        ("conifer_forest", "pine boughs", 12),
        ("alpine_snow", "firs", 12),
        ("alpine_snow", "rime", 15),
        ("conifer_forest", "ferns", 13),
    ):
        part = part_of(grown(place), name)
        assert part.material.surface == "sprites" and (part.instances["cell"] == cell).all(), name


@pytest.mark.parametrize("azimuth_deg", [310.0, 326.0, 345.0, 20.0])
def test_no_trunk_stands_between_the_hero_and_the_sun(azimuth_deg):
    sky = dataclasses.replace(
        spec_of("conifer_forest").sky, sun_azimuth_deg=azimuth_deg, sun_elevation_deg=8.0
    )
    way = towards_sun(sky)
    at = forest_trees.trunks(way)
    off = at[:, :2] - np.array(PLACE_XZ)
    level = way[[0, 2]] / np.hypot(way[0], way[2])
    aside = np.abs(off @ np.array([-level[1], level[0]]))
    assert (aside[off @ level > 0] > at[off @ level > 0, 2] + 0.3).all()
    assert np.hypot(*(at[:, :2] - forest_trees.TRUNKS[:, :2]).T).max() < 0.8


def test_no_fir_that_is_near_enough_to_count_its_branches_lacks_a_stem():
    parts = {part.part: part for part in grown("alpine_snow")}
    for firs, stems in (("firs", "fir stems"), ("middle firs", "middle fir stems")):
        assert np.array_equal(parts[firs].instances["world_from_part"], parts[stems].instances["world_from_part"])
    x, z = parts["far firs"].instances["world_from_part"][:, [0, 2], 3].T
    assert np.hypot(x, z).min() > 30
