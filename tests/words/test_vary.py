"""Variations: another seed is visibly another morning, and still the same product's place."""

import pytest
from specs import spec_of

from showroom.imagine.vary import SUN_TURN_DEG, varied
from showroom.words.scenespec import SceneSpec
from showroom.words.vocabulary import INDOOR, PLACES

SEEDS = range(20)


def turn_deg(one: float, other: float) -> float:
    """Degrees between two bearings."""
    return abs((one - other + 180) % 360 - 180)


def firsts(spec: SceneSpec) -> list[str]:
    """Each stage's first colour."""
    return [stage.colours[0].srgb for stage in spec.palette]


@pytest.mark.parametrize("place", PLACES)
def test_every_variation_is_a_spec_of_the_same_place(place):
    plain = spec_of(place)
    for seed in SEEDS:
        spec = varied(spec_of(place, seed)).sealed()
        SceneSpec.from_plain(spec.to_plain())
        assert (spec.accords, spec.place) == (plain.accords, plain.place)
        assert (spec.hero, spec.season) == (plain.hero, plain.season)
        assert [item.name for item in spec.flora] == [item.name for item in plain.flora]
        assert turn_deg(spec.sky.sun_azimuth_deg, plain.sky.sun_azimuth_deg) <= SUN_TURN_DEG + 1e-3
        assert firsts(spec) == firsts(plain)


@pytest.mark.parametrize("place", PLACES)
def test_the_same_seed_is_the_same_and_others_differ_to_the_eye(place):
    specs = [varied(spec_of(place, seed)) for seed in SEEDS]
    assert specs[3] == varied(spec_of(place, 3))
    assert len({spec.sealed().digest for spec in specs}) == len(SEEDS)
    suns = [spec.sky.sun_azimuth_deg for spec in specs]
    turns = [turn_deg(one, other) for one, other in zip(suns, suns[1:])]
    mixes = [sum(abs(a.density - b.density) for a, b in zip(one.flora + one.ambience.particles,
                                                            other.flora + other.ambience.particles))
             for one, other in zip(specs, specs[1:])]
    assert sum(turns) / len(turns) > (0.4 if place in INDOOR else 6)
    assert sum(mixes) / len(mixes) > 0.08
