"""The dry-down: from top to heart to base, smoothly, and the place is at first as its spec says."""

from dataclasses import astuple

import numpy as np
import pytest
from specs import spec_of

from showroom.stage.drydown import SHARES, DryDown, Turn, turned, weights
from showroom.stage.emitters import HABITS, emitters
from showroom.stage.light import daylight
from showroom.words.scene import Mood

TIMES = np.arange(0.0, 120.0, 1 / 90)


def flat(value) -> list[float]:
    return [number for item in astuple(value) for number in (item if isinstance(item, tuple) else (item,))]


def grown(spec, age_s: float, made=()) -> DryDown:
    dry = DryDown(spec, list(made), 90.0)
    dry.grow(age_s)
    return dry


def test_top_gives_way_to_heart_and_heart_to_base():
    shares = np.array([weights(t, 90.0) for t in TIMES])
    assert np.allclose(shares.sum(axis=1), 1) and shares.min() >= 0
    assert shares[0].tolist() == [1, 0, 0] and shares[-1].tolist() == [0, 0, 1]
    assert shares[:, 1].max() > 0.95 and (np.diff(shares[:, 0]) <= 0).all() and (np.diff(shares[:, 2]) >= 0).all()


@pytest.mark.parametrize("place", ["seashore", "rose_garden", "incense_temple"])
def test_a_place_begins_as_its_spec_says_and_nothing_jumps(place):
    dry = DryDown(spec_of(place), [], 90.0)
    assert dry.turn == Turn() and dry.mood.tint == Mood().tint and dry.mood.low == Mood().low
    path = []
    for time_s in TIMES:
        dry.grow(time_s)
        path.append(flat(dry.turn) + flat(dry.mood))
    path = np.array(path)
    whole = np.abs(path[-1] - path[0])
    assert np.abs(np.diff(path, axis=0)).max() < 0.006 and whole.max() > 0.2
    assert path.min() >= 0 and path.max() < 2.5


def test_the_sun_sinks_but_never_under_a_roof_nor_below_the_land():
    for place, sinks in (("seashore", True), ("incense_temple", False)):
        spec = spec_of(place)
        before = daylight(spec)
        after = turned(before, grown(spec, 90.0).turn)
        assert np.linalg.norm(after.sun_direction) == pytest.approx(1.0, abs=1e-6)
        lower = before.sun_direction[1] - after.sun_direction[1]
        assert (0.005 < lower < 0.12) if sinks else lower == 0
        assert after.sun[0] / after.sun[2] > before.sun[0] / before.sun[2]


def test_every_particle_has_its_time():
    assert set(SHARES) == set(HABITS) and all(0 < min(share) and max(share) == 1 for share in SHARES.values())
    spec = spec_of("seashore")
    made = emitters(spec, 1)
    early, late = (grown(spec, age, made).emitters for age in (0.0, 90.0))
    kinds = [emitter.kind for emitter in made]
    spray, mist = kinds.index("spray"), kinds.index("mist")
    assert early[spray].share > late[spray].share and early[mist].share < late[mist].share
    assert [emitter.count for emitter in early] == [emitter.count for emitter in late]
