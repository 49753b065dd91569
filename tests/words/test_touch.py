"""What hands feel: pulses by how a thing feels, and what goes on: breeze, roughness, liquid."""

import math
from dataclasses import replace

import numpy as np
import pytest

from showroom.senses.touch import (
    BREEZE_MOST, FAINTEST, LONGEST_S, MOST_A_SECOND, TICK_S, Carried, Skin, breeze, frequency_hz, stroke, wave,
)
from showroom.words.ambience import Ambience
from showroom.words.controls import Hand
from showroom.words.pose import about_up
from showroom.words.scene import Held
from showroom.words.scenespec import Touch
from showroom.words.view import Pose
from showroom.words.wish import DEEDS, Pulse

CORNERS = [Touch(*(float(bits >> place & 1) for place in range(4))) for bits in range(16)]
STILL = Ambience()
FRAME_S = 1 / 90


def hand_at(position=(0.2, 1.2, -0.3), turn=(0.0, 0.0, 0.0, 1.0), side="right", **values) -> Hand:
    pose = Pose(position, turn)
    return Hand(side, aim=pose, grip=pose, **values)


def felt(skin: Skin, seconds: float, hand=lambda t: hand_at(), air=STILL, carried=lambda t: {}, start_s=0.0):
    """(time, vibration) of everything in a while at 90 Hz."""
    times = start_s + np.arange(round(seconds / FRAME_S)) * FRAME_S
    return [(t, one) for t in times.tolist() for one in skin.step((hand(t),), air, carried(t), t)]


# -- pulses -------------------------------------------------------------------------------------

@pytest.mark.parametrize("deed", DEEDS)
def test_pulses_are_short_and_stay_within_what_a_motor_does(deed):
    for touch in [*CORNERS, None]:
        steps = wave(Pulse("left", deed, touch))
        assert sum(one.duration_s for _, one in steps) <= LONGEST_S + 1e-9
        assert all(one.duration_s > 0 and 0 < one.amplitude <= 1 and one.side == "left" for _, one in steps)
        starts = [start for start, _ in steps]
        ends = [start + one.duration_s for start, one in steps]
        assert starts[0] == 0 and starts[1:] == pytest.approx(ends[:-1])
        assert [one.amplitude for _, one in steps] == sorted(one.amplitude for _, one in steps)


def whole(deed: str, **touch) -> tuple[float, float, float, int]:
    """Duration, greatest amplitude, frequency and steps of a pulse."""
    steps = wave(Pulse("left", deed, replace(Touch(0.3, 0.3, 0.4, 0.5), **touch)))
    return sum(one.duration_s for _, one in steps), steps[-1][1].amplitude, steps[-1][1].frequency_hz, len(steps)


def test_heavy_is_long_strong_and_low_rough_is_sharp_and_soft_comes_on_gently():
    light, heavy = whole("grab", weight=0.1), whole("grab", weight=0.9)
    assert heavy[0] > light[0] and heavy[1] > light[1] and heavy[2] < light[2]
    assert 40 <= frequency_hz(Touch(0, 0, 1, 0)) < frequency_hz(Touch(0, 0, 0, 0)) <= 400
    assert whole("grab", roughness=0.9)[1] > whole("grab", roughness=0.1)[1]
    assert whole("grab", softness=1.0)[3] > whole("grab", softness=0.0)[3] == 1
    assert whole("hover")[0] < whole("grab")[0] and whole("hover")[1] < whole("select")[1]


def test_a_pulse_is_felt_once_by_its_own_hand():
    skin = Skin(1.0)
    skin.heed(Pulse("right", "grab", Touch(0.2, 0.0, 1.0, 0.5)))
    skin.heed(Pulse("nowhere", "grab"))
    seen = felt(skin, 1.0)
    assert [(t, one.side) for t, one in seen] == [(0.0, "right")]


def test_a_soft_pulse_rises_in_steps_even_where_frames_are_late():
    skin = Skin(1.0)
    skin.heed(Pulse("right", "grab", Touch(0.0, 1.0, 1.0, 0.5)))
    rising = [one.amplitude for _, one in felt(skin, 0.3)]
    assert len(rising) > 2 and rising == sorted(rising)
    skin.heed(Pulse("right", "grab", Touch(0.0, 1.0, 1.0, 0.5)))
    late = [one.amplitude for t in (1.0, 1.5) for one in skin.step((hand_at(),), STILL, {}, t)]
    assert late == [rising[0], rising[-1]]


@pytest.mark.parametrize("strength", [0.0, 0.3, 1.0])
def test_the_strength_that_is_set_scales_everything(strength):
    skin, full = Skin(strength), Skin(1.0)
    for one in (skin, full):
        one.heed(Pulse("right", "select"))
    blow = Ambience(wind_m_s=(9.0, 0.0, 0.0))
    gentler, stronger = ([one.amplitude for _, one in felt(which, 0.5, air=blow)] for which in (skin, full))
    assert gentler == pytest.approx([strength * one for one in stronger] if strength else [])


def test_without_focus_nothing_is_felt_and_nothing_is_kept_for_later():
    skin = Skin(1.0)
    skin.heed(Pulse("right", "grab"))
    assert skin.step((), Ambience(wind_m_s=(9.0, 0.0, 0.0)), {}, 0.0) == []
    assert felt(skin, 0.5, start_s=0.1) == []
    skin.heed(Pulse("right", "grab"))
    assert felt(skin, 0.5, hand=lambda t: hand_at(bare=True), start_s=1.0) == []  # a bare hand holds no motor


def test_no_hand_is_given_more_than_a_few_vibrations_a_second():
    skin, rng = Skin(1.0), np.random.default_rng(3)
    seen = []
    for t in np.arange(0.0, 4.0, FRAME_S).tolist():
        skin.heed(Pulse("right", DEEDS[int(rng.integers(len(DEEDS)))], CORNERS[int(rng.integers(16))]))
        seen += [t for _ in skin.step((hand_at(),), Ambience(wind_m_s=(9.0, 0.0, 0.0)), {}, t)]
    counts = [sum(t <= other < t + 1.0 for other in seen) for t in seen]
    assert 10 < max(counts) <= MOST_A_SECOND


# -- what goes on -------------------------------------------------------------------------------

def test_the_palm_that_faces_the_wind_feels_it():
    air = Ambience(wind_m_s=(6.0, 0.0, 0.0))  # towards +X; a right palm looks along −X
    facing, away = breeze(hand_at(), air), breeze(hand_at(turn=about_up(math.pi)), air)
    other = breeze(hand_at(side="left"), air)
    assert facing == pytest.approx(0.5 * BREEZE_MOST) and away == other == 0.0
    assert breeze(hand_at(turn=about_up(math.pi / 3)), air) == pytest.approx(0.5 * facing)
    assert breeze(hand_at(), STILL) == 0.0


def test_a_breeze_goes_on_without_gaps():
    seen = felt(Skin(1.0), 2.0, air=Ambience(wind_m_s=(6.0, 0.0, 0.0)))
    gaps = np.diff([t for t, _ in seen])
    assert gaps.max() < seen[0][1].duration_s + 0.011 and gaps.min() > TICK_S - 1e-6
    assert felt(Skin(1.0), 2.0, air=Ambience(wind_m_s=(0.3, 0.0, 0.0))) == []  # nobody would feel it


def moving(t: float) -> Hand:
    return hand_at((0.3 * math.sin(4.0 * t), 1.2, -0.3))


def in_hand(touch: Touch, fill=0.0, tilt=lambda t: 0.0, slosh=lambda t: (0.0, 0.0)):
    def carried(t: float) -> dict[str, Carried]:
        turn = (math.sin(tilt(t) / 2), 0.0, 0.0, math.cos(tilt(t) / 2))
        return {"right": Carried(Held(0, "vespri", Pose((0.0, 1.2, -0.3), turn), slosh(t)), touch, fill)}
    return carried


def test_what_is_rough_is_felt_unevenly_while_it_moves():
    rough, smooth = Touch(1.0, 0.3, 0.4, 0.5), Touch(0.15, 0.3, 0.4, 0.5)
    strong, weak = ([one.amplitude for _, one in felt(Skin(1.0), 3.0, moving, carried=in_hand(touch))]
                    for touch in (rough, smooth))
    assert np.mean(strong) > 2 * np.mean(weak) and np.std(strong) / np.mean(strong) > 0.3
    assert felt(Skin(1.0), 3.0, carried=in_hand(rough)) == []  # at rest
    uneven = [np.ptp([stroke(Touch(value, 0, 0, 0), 0.6, path) / value for path in np.arange(0, 0.1, 0.0007)])
              for value in (0.2, 0.5, 1.0)]
    assert uneven == sorted(uneven)


def test_liquid_is_felt_in_a_turned_bottle_that_has_some():
    touch = Touch(0.0, 0.3, 0.4, 0.5)
    turned = {fill: felt(Skin(1.0), 2.0, carried=in_hand(touch, fill, tilt=lambda t: 0.8 * math.sin(5 * t)))
              for fill in (0.0, 0.6)}
    swinging = felt(Skin(1.0), 2.0, carried=in_hand(touch, 0.6, slosh=lambda t: (0.3 * math.sin(13 * t), 0.0)))
    assert not turned[0.0] and len(turned[0.6]) > 10 and len(swinging) > 10
    assert all(one.frequency_hz == pytest.approx(55.0) for _, one in turned[0.6])
    assert felt(Skin(1.0), 2.0, carried=in_hand(touch, 0.6)) == []  # held still
    assert all(one.amplitude >= FAINTEST for _, one in turned[0.6])


def test_the_same_hands_feel_the_same():
    def once():
        return felt(Skin(0.7), 2.0, moving, Ambience(wind_m_s=(4.0, 0.0, 1.0), gust=0.8), in_hand(CORNERS[3], 0.5))
    assert once() == once() != []
