"""The grove and the field: the perfume's own fruit, sun on the hero, free lanes, two smells are two places."""

import dataclasses

import numpy as np
import pytest

from showroom.imagine.grow import citrus_grove, crowns, grow_place, lavender_rows
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.citrus import KINDS, fruit
from showroom.imagine.grow.plinth import PLACE_XZ, TOP_M
from showroom.imagine.grow.shafts import towards_sun
from showroom.words.scenespec import Thing
from tests.words.grow_kit import grown, part_of, spec_of, triangles, volume, worlds

FRESH = (Thing("lemon", "#f0c928", "top"), Thing("orange_blossom", "#f3efe2", "heart"))
WARM = (Thing("mandarin", "#f0701a", "top"), Thing("honeycomb", "#d88a14", "heart"))
HAY = (Thing("lavender", "#6a55a8", "heart"), Thing("hay", "#b9a156", "base"))
CLEAN = (Thing("lavender", "#6a55a8", "heart"), Thing("cotton", "#ece8df", "base"))


def of(place: str, things: tuple[Thing, ...], detail: float = 0.2):
    """All parts of a place whose perfume is these things."""
    return tuple(grow_place(dataclasses.replace(spec_of(place), things=things).sealed(), detail))


def heights_above(part, ground) -> np.ndarray:
    """(n,) how far the lowest point of each instance is over the ground below it, metres."""
    x, y, z = np.moveaxis(worlds(part), -1, 0)
    return (y - ground(x, z)).min(axis=1)


@pytest.mark.parametrize("kind", KINDS)
def test_fruit_is_closed_of_its_size_and_hangs_below_its_stalk(kind):
    mesh, (radius, long, _) = fruit(kind), KINDS[kind]
    assert abs(mesh.positions[:, 1].max()) < 0.1 * radius
    ball = 4 / 3 * np.pi * radius**3 * long
    assert 0.6 * ball < volume(mesh.positions, mesh.faces) < 1.3 * ball


def test_trees_bear_the_perfumes_fruit_and_blossom_as_it_smells_of_flowers():
    fresh, warm = of("citrus_grove", FRESH), of("citrus_grove", WARM)
    for parts, own, other in ((fresh, "lemon", "mandarin"), (warm, "mandarin", "lemon")):
        names = {part.part for part in parts}
        assert {f"{own} near", f"{own} far", f"bough {own} 0"} <= names
        assert not any(other in name for name in names)
    assert len(part_of(fresh, "blossom").instances) > 2 * len(part_of(warm, "blossom").instances)
    assert len(part_of(fresh, "petals").instances) > 1.5 * len(part_of(warm, "petals").instances)


def test_a_grove_of_which_nothing_is_said_bears_fruit_all_the_same():
    assert len(citrus_grove.bearing(spec_of("citrus_grove")).kinds) == 2


@pytest.mark.parametrize("azimuth", range(0, 360, 30))
@pytest.mark.parametrize("elevation", (12.0, 24.0, 52.0))
def test_no_tree_stands_between_the_hero_and_the_sun(azimuth, elevation):
    spec = spec_of("citrus_grove")
    spec = dataclasses.replace(spec, sky=dataclasses.replace(spec.sky, sun_azimuth_deg=float(azimuth),
                                                             sun_elevation_deg=elevation))
    rows = citrus_grove._rows(Chance(3, "rows"))
    kept, way = citrus_grove._out_of_the_sun(rows, spec), towards_sun(spec.sky)
    steps = np.linspace(0.0, 12.0, 200)[:, None]
    ray = np.array([PLACE_XZ[0], TOP_M, PLACE_XZ[1]]) + steps * way
    low = ray[ray[:, 1] < 2.6]  # a crown is round: higher up it is narrow
    off = np.hypot(low[:, None, 0] - kept[None, :, 0], low[:, None, 2] - kept[None, :, 1])
    assert off.min() > 1.2 and len(kept) > 0.7 * len(rows)


def test_what_lies_in_the_grove_touches_it():
    parts = grown("citrus_grove")
    for name, within in (("windfalls", 0.03), ("petals", 0.05), ("grass", 0.03)):
        above = heights_above(part_of(parts, name), citrus_grove.height)
        assert above.max() < within and above.min() > -0.06, name
    assert heights_above(part_of(parts, "crates"), citrus_grove.height).max() < 0.02


def test_a_lane_leads_to_the_gate():
    parts = grown("citrus_grove")
    for name in ("trunks", "crowns", "crates"):
        x, y, z = worlds(part_of(parts, name))[0].T
        assert not ((np.abs(x) < 0.7) & (y < 2.2) & (z < -2.0)).any(), name
    x, y, z = worlds(part_of(parts, "wall"))[0].T
    assert not ((np.abs(x) < 0.6) & (y > 0.1) & (y < 2.0) & (z < -10)).any()


def test_bushes_stand_in_their_rows_and_leave_the_lanes():
    at = lavender_rows.places(Chance(5, "places"))
    assert len(at) > 2000
    assert lavender_rows.between_rows(*at.T).max() < 0.35
    for x in (-0.5, 0.0, 0.5):
        assert lavender_rows.between_rows(np.array([x]), np.array([-2.0]))[0] > 0.9
    for part in grown("lavender_field"):
        if part.part.startswith("lavender ") and part.part != "lavender rows":
            place = part.instances["world_from_part"][:, :, 3].astype(float)
            assert np.abs(place[:, 1] - lavender_rows.height(place[:, 0], place[:, 2])).max() < 0.02, part.part


def test_the_field_climbs_ahead_and_is_level_where_one_stands():
    x = np.linspace(-30, 30, 41)
    assert lavender_rows.height(x, np.full(41, -60.0)).min() > 1.5
    ring = np.linspace(0, 2 * np.pi, 40)
    assert np.abs(lavender_rows.height(0.6 * np.sin(ring), 0.6 * np.cos(ring))).max() < 0.01


def test_hay_brings_bales_and_hives_clean_cloth_brings_linen():
    hay, clean = ({part.part for part in of("lavender_field", things, 0.05)} for things in (HAY, CLEAN))
    assert {"bales", "hives"} <= hay and not hay & {"linen", "line"}
    assert {"linen", "line"} <= clean and not clean & {"bales", "hives"}


def test_bees_are_at_the_flowers_within_reach():
    place = part_of(grown("lavender_field"), "bees").instances["world_from_part"][:, :, 3].astype(float)
    chance = Chance(spec_of("lavender_field").seed, "lavender_field")
    bushes = lavender_rows.places(chance.child("bushes").child("places"))
    off = np.hypot(place[:, None, 0] - bushes[None, :, 0], place[:, None, 2] - bushes[None, :, 1]).min(axis=1)
    assert off.max() < 0.5 and (np.hypot(place[:, 0], place[:, 2]) < 3.0).all()
    assert ((place[:, 1] > 0.3) & (place[:, 1] < 1.2)).all()


def test_a_bough_is_toned_to_the_green_that_is_asked_for():
    spec = spec_of("citrus_grove")
    green = np.array([0.03, 0.06, 0.02])
    assert np.allclose(crowns.toned(spec, green) * crowns.painted_green(spec), green)


def test_both_keep_to_their_budget():
    for place in ("citrus_grove", "lavender_field"):
        assert triangles(grown(place)) < 285_000
