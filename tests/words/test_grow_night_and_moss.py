"""White garden and undergrowth: water lies level or runs downhill, what grows is rooted, and notes choose the mood."""

import dataclasses
import functools

import numpy as np
import pytest

from showroom.imagine.grow import grow_place, mossy_undergrowth, white_garden_night
from showroom.imagine.grow.brook import brook
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.night_flowers import jasmine_star, tuberose
from showroom.imagine.grow.still_pool import LEVEL_M
from tests.words.grow_kit import grown, part_of, spec_of, worlds

NIGHT, MOSS = "white_garden_night", "mossy_undergrowth"


@functools.cache
def smelling_of(place: str, *accords: str):
    spec = dataclasses.replace(spec_of(place), accords=dict.fromkeys(accords, 1.0)).sealed()
    return tuple(grow_place(spec, 0.4))


def many(parts, *names: str) -> int:
    """Instances of all parts whose names begin so."""
    return sum(len(part.instances) for part in parts if part.part.startswith(names))


@pytest.fixture(scope="module")
def stream():
    made = brook(mossy_undergrowth._COURSE, mossy_undergrowth._FALLS, 0.012)
    return dataclasses.replace(made, level_m=made.level_m - mossy_undergrowth._SINK_M)


def land(stream, x, z):
    return mossy_undergrowth.height(x, z, stream, 7)


# The garden --------------------------------------------------------------------------------------


def test_the_pool_is_level_and_its_kerb_holds_it():
    parts = grown(NIGHT)
    water, kerb = worlds(part_of(parts, "pool"))[0], worlds(part_of(parts, "kerb"))[0]
    assert np.ptp(water[:, 1]) == 0 and part_of(parts, "pool").material.kind == "water"
    assert kerb[:, 1].max() > LEVEL_M + 0.04
    assert (white_garden_night.height(water[:, 0], water[:, 2]) < -0.2).all()
    assert (white_garden_night.height(np.array([0.0, 2.5]), np.array([0.0, -5.0])) > LEVEL_M).all()


def test_what_floats_lies_on_the_water():
    basin = white_garden_night.BASIN
    for name in ("lily pads", "water lilies"):
        at = part_of(grown(NIGHT), name).instances["world_from_part"][:, :, 3].astype(float)
        assert (basin.within(at[:, 0], at[:, 2]) > 0).all(), name
        assert np.abs(at[:, 1] - LEVEL_M).max() < 0.02, name


def test_a_wand_bears_its_florets_on_its_stalk_buds_above_them():
    wand = tuberose(Chance(3, "wand"), 1.0)
    for at in (wand.floret_at, wand.bud_at):
        away = np.linalg.norm(at[:, None] - wand.green.positions[None], axis=2).min(axis=1)
        assert away.max() < 0.03
    assert wand.bud_at[:, 1].min() >= wand.floret_at[:, 1].max()
    assert 0.9 < wand.green.positions[:, 1].max() < 1.1


def test_tuberoses_stand_in_the_ground():
    for kind in range(2):
        x, y, z = np.moveaxis(worlds(part_of(grown(NIGHT), f"tuberose far stalks {kind}")), -1, 0)
        lowest = y.argmin(axis=1)
        rows = np.arange(len(y))
        foot = white_garden_night.height(x[rows, lowest], z[rows, lowest])
        assert (y[rows, lowest] - foot).max() < 0.02


@pytest.mark.parametrize("fine", [True, False])
def test_a_jasmine_flower_has_five_lobes_all_alike(fine):
    star = jasmine_star(fine)
    angle = np.arctan2(star.positions[:, 0], star.positions[:, 2])
    far = np.hypot(star.positions[:, 0], star.positions[:, 2]) > 0.47
    assert len(np.unique(np.round(np.degrees(angle[far]) % 360 / 72).astype(int) % 5)) == 5


def test_the_flame_is_in_its_lantern_and_lights_the_hero():
    parts = grown(NIGHT)
    light, = part_of(parts, "lantern candle").lights
    cage = worlds(part_of(parts, "lantern"))[0]
    assert (cage.min(axis=0) < light.position).all() and (light.position < cage.max(axis=0)).all()
    assert np.linalg.norm(np.array(light.position) - [0.0, 1.1, -1.05]) < 0.5 * light.radius_m


def test_cream_is_the_lanterns_night_and_green_the_moons():
    creamy, clean = smelling_of(NIGHT, "tuberose", "honey"), smelling_of(NIGHT, "green", "musky")
    assert many(creamy, "tuberose florets") > 1.5 * many(clean, "tuberose florets")
    assert many(creamy, "shed petals") > many(clean, "shed petals")
    assert many(clean, "jasmine flowers") > many(creamy, "jasmine flowers")
    strong, weak = (max(part_of(parts, "lantern candle").lights[0].color) for parts in (creamy, clean))
    assert strong > 1.5 * weak


# The undergrowth ---------------------------------------------------------------------------------


def test_the_brook_runs_downhill_in_its_bed(stream):
    assert (np.diff(stream.level_m) <= 0).all()
    x, z = stream.line.T
    assert (land(stream, x, z) < stream.level_m - 0.05).all()


def test_its_banks_hold_the_water(stream):
    """Wherever its sheet ends, the land is higher than the water."""
    sheet = worlds(part_of(grown(MOSS), "brook"))[0].reshape(len(stream.line), -1, 3)
    for edge in (sheet[:, 0], sheet[:, -1]):
        inside = np.hypot(edge[:, 0], edge[:, 2]) < 16.0
        assert (land(stream, edge[:, 0], edge[:, 2]) > edge[:, 1] - 0.04)[inside].mean() > 0.97


def test_what_grows_in_the_wood_touches_it():
    parts = grown(MOSS)
    stream = dataclasses.replace(made := brook(mossy_undergrowth._COURSE, mossy_undergrowth._FALLS, 0.012),
                                 level_m=made.level_m - mossy_undergrowth._SINK_M)
    seed = Chance(spec_of(MOSS).seed, MOSS).child("land").integers(0, 1 << 20)
    for name in ("cushions 0", "penny buns", "ferns", "slender trees"):
        x, y, z = np.moveaxis(worlds(part_of(parts, name)), -1, 0)
        above = (y - mossy_undergrowth.height(x, z, stream, seed)).min(axis=1)
        assert above.max() < 0.03, name


def test_drops_and_beards_hang_from_the_limbs():
    parts = grown(MOSS)
    limbs = worlds(part_of(parts, "limbs"))[0]
    for name in ("beards", "drops"):
        at = part_of(parts, name).instances["world_from_part"][:, :, 3].astype(float)
        assert np.linalg.norm(at[:, None] - limbs[None], axis=2).min(axis=1).max() < 0.2, name  # vertices lie apart
        assert (at[:, 1] > 1.9).all()


def test_brown_is_the_mushrooms_year_and_green_the_ferns():
    brown, green = smelling_of(MOSS, "earthy", "woody"), smelling_of(MOSS, "green", "violet")
    fungi = ("penny buns", "honey caps", "bonnets", "bracket")
    assert many(brown, *fungi) > 2 * many(green, *fungi)
    assert many(brown, "fallen leaves") > 3 * many(green, "fallen leaves")
    assert many(green, "ferns") > 1.2 * many(brown, "ferns")
    assert many(green, "iris") > 0 == many(brown, "iris")
