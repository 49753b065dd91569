"""Desert and tropical shore: sand lies as wind and water lay it, what stands on it touches it, and two smells
of one place ask for unlike things."""

import dataclasses

import numpy as np
import pytest

from showroom.imagine.grow import grow_place, lagoon
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.dunes import DUNES, Sands
from showroom.imagine.grow.plinth import PLACE_XZ, TOP_M
from showroom.imagine.grow.shafts import towards_sun
from showroom.imagine.grow.tropical_shore import sunny_palms
from tests.words.grow_kit import grown, part_of, spec_of, worlds

SANDS = Sands(7, (2.7, -7.2, 3.0))


def names(place: str, **accords: float) -> set[str]:
    """Parts of a place that smells so."""
    spec = dataclasses.replace(spec_of(place), accords=accords).sealed()
    return {part.part for part in grow_place(spec, 0.05)}


@pytest.mark.parametrize("dune", DUNES)
def test_a_dune_is_highest_at_its_crest_and_no_steeper_than_sand_slips(dune):
    off = np.linspace(-30, 12, 2000)
    for tall in (0.4, 2.0, 6.0):
        rise = dune.rise(off, np.full_like(off, tall))
        assert abs(off[rise.argmax()]) < 0.05 and abs(rise.max() - tall) < 0.01 * tall
        slope = np.gradient(rise, off)
        assert -slope.min() < 1.05 * np.tan(np.radians(34.0)) + 0.15 / tall
        assert slope[off < 0].max() < 0.5 < -slope.min()  # gentle up the wind, steep down it


def test_sand_is_level_where_visitor_and_tent_are():
    around = np.linspace(0, 2 * np.pi, 60)
    for x, z, reach, most in ((0.0, 0.0, 0.6, 0.01), (*PLACE_XZ, 0.4, 0.01), (2.7, -7.2, 2.0, 0.12)):
        high = SANDS.height(x + reach * np.sin(around), z + reach * np.cos(around))
        assert np.ptp(high) < most, (x, z)


def test_the_modelled_ripples_lie_over_the_plain_and_meet_it_at_their_edge():
    x, z = (grid.reshape(-1) for grid in np.meshgrid(np.linspace(-2.1, 2.5, 90), np.linspace(-4.7, 0.7, 90)))
    over = SANDS.rippled(x, z) - (SANDS.plain(x, z) - SANDS.below(x, z))
    assert over.min() > 0.005 and over.max() < 0.06
    assert np.allclose(SANDS.below(np.array([-3.0, 3.4, 0.0]), np.array([0.0, 0.0, 1.6])), 0.0)


def test_what_stands_in_the_desert_touches_the_sand():
    parts = grown("desert_dusk")
    seed_free = part_of(parts, "ground").vertices["position"]
    for name in ("acacia", "tent", "brazier", "carpet"):
        x, y, z = worlds(part_of(parts, name))[0].T
        lowest = y.argmin()
        nearest = np.hypot(seed_free[:, 0] - x[lowest], seed_free[:, 2] - z[lowest]).argmin()
        assert -0.45 < y[lowest] - seed_free[nearest, 1] < 0.06, name


def test_resin_asks_for_fire_and_dates_for_an_oasis():
    dry = names("desert_dusk", amber=1.0, oud=0.6, smoky=0.4)
    sweet = names("desert_dusk", amber=0.6, honey=1.0, fruity=0.8, sweet=0.5)
    assert {"acacia", "brazier", "smoke"} <= dry and not {"dates", "pool"} & dry
    assert {"dates", "date fronds", "pool"} <= sweet and not {"acacia", "brazier"} & sweet
    assert {"tent", "lanterns", "ripples", "dunes"} <= dry & sweet


def test_the_shore_is_where_sand_meets_water_and_the_lagoon_deepens_outward():
    x = np.linspace(-5, 6, 45)
    at_line = lagoon.height(x, lagoon.shore_z(x), 7)
    assert np.abs(at_line - lagoon.WATER_M).max() < 0.06
    out = np.stack([lagoon.WATER_M - lagoon.height(x, lagoon.shore_z(x) - far, 7) for far in (0.8, 2.0, 4.5)])
    assert (out[0] > 0).all() and (np.diff(out, axis=0) > 0).all()
    assert lagoon.height(np.zeros(1), np.zeros(1), 7)[0] == pytest.approx(0.0, abs=0.01)


def test_the_net_of_light_is_where_water_is_shallow():
    mesh = lagoon.net_mesh(7, 0.5, 0)
    bright = mesh.shade[:, 3] > 0.05
    x, _, z = mesh.positions[bright].T
    depth = lagoon.WATER_M - lagoon.height(x, z, 7)
    assert bright.mean() > 0.02 and depth.min() > -0.02 and depth.max() < 1.1


@pytest.mark.parametrize("azimuth", range(-180, 180, 30))
@pytest.mark.parametrize("elevation", (25.0, 40.0, 64.0))
def test_no_crown_stands_between_the_hero_and_the_sun(azimuth, elevation):
    spec = spec_of("tropical_shore")
    sky = dataclasses.replace(spec.sky, sun_azimuth_deg=float(azimuth % 360), sun_elevation_deg=elevation)
    way = towards_sun(sky)
    for palm in sunny_palms(12, way):
        heart = np.array(palm.heart) - np.array([PLACE_XZ[0], TOP_M, PLACE_XZ[1]])
        along = float(heart @ way)
        assert along < 0 or np.linalg.norm(heart - along * way) > 0.55 * palm.frond_m, palm


def test_milk_asks_for_white_flowers_and_fruit_for_red():
    def petal(**accords):
        spec = dataclasses.replace(spec_of("tropical_shore"), accords=accords).sealed()
        parts = tuple(grow_place(spec, 0.3))
        flowers = part_of(parts, "hibiscus flowers")
        return np.array(flowers.material.base_color[:3]), len(flowers.instances)

    white, few = petal(coconut=1.0, lactonic=0.6)
    red, many = petal(fruity=1.0, citrus=0.5)
    assert np.ptp(white) < 0.15 and white.min() > 0.6
    assert red[0] > 5 * red[1] and many > few


def test_what_lies_on_the_shore_touches_it():
    parts = grown("tropical_shore")
    seed = Chance(spec_of("tropical_shore").seed, "tropical_shore").child("land").integers(0, 1 << 20)
    for name in ("shells", "coconuts", "canoe", "frangipani wood"):
        x, y, z = np.moveaxis(worlds(part_of(parts, name)), -1, 0)
        above = (y - lagoon.height(x, z, seed)).min(axis=1)
        assert (above < 0.03).all() and (above > -0.4).all(), name
