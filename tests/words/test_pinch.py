"""Bare hands from joints: where they point, what they pinch, when they close; of any size, anywhere."""

import math

import numpy as np
import pytest

from showroom.display.pinch import (
    INDEX_KNUCKLE,
    INDEX_TIP,
    MIDDLE_KNUCKLE,
    NEEDED,
    PALM,
    THUMB_TIP,
    TIPS,
    WRIST,
    hand_of,
)
from showroom.words.pose import composed, inverse, moved, rotated
from showroom.words.view import Pose, forward, yaw_pitch

HEAD = Pose((0.0, 1.6, 0.0))


def joints(pinch_m: float = 0.09, closed: bool = False, size: float = 1.0, side: str = "right") -> list:
    """A flat hand in the palm's own space, fingers along −Z, its back up; the thumb at the inner side."""
    inner = -1.0 if side == "right" else 1.0
    places = [(0.0, 0.0, 0.0)] * 26
    places[WRIST], places[MIDDLE_KNUCKLE] = (0.0, 0.0, 0.05), (0.0, 0.0, -0.05)
    places[INDEX_KNUCKLE] = (inner * 0.025, 0.0, -0.05)
    places[INDEX_TIP] = (inner * 0.03, -0.03, -0.03) if closed else (inner * 0.03, 0.0, -0.13)
    x, y, z = places[INDEX_TIP]
    places[THUMB_TIP] = (x + inner * pinch_m, y, z)
    for number, tip in enumerate(TIPS):
        aside = -inner * 0.02 * number
        places[tip] = (aside, -0.035, -0.01) if closed else (aside, 0.0, -0.13)
    return [tuple(size * value for value in place) for place in places]


def hand(side: str = "right", palm: Pose = Pose((0.3, 1.2, -0.4)), head: Pose = HEAD, **how):
    return hand_of(side, [moved(palm, place) for place in joints(side=side, **how)], palm, head)


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("size", [0.65, 1.0, 1.25])
def test_fingers_that_touch_select_and_open_ones_do_nothing(side, size):
    assert hand(side, pinch_m=0.015, size=size).select == 1.0
    opened = hand(side, size=size)
    assert (opened.select, opened.squeeze, opened.bare, opened.side) == (0.0, 0.0, True, side)


def test_a_pinch_closes_evenly():
    values = [hand(pinch_m=width).select for width in np.linspace(0.06, 0.01, 20)]
    assert values == sorted(values) and max(np.diff(values)) < 0.15


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_fist_holds_and_pinches_nothing(side):
    fist = hand(side, closed=True, pinch_m=0.01)
    assert fist.squeeze > 0.9 and fist.select == 0.0


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_grips_axes_are_those_of_the_specification(side):
    """−Z from the little finger to the thumb; +X out of the left palm, into the right one."""
    grip = hand(side).grip
    inner = (-1, 0, 0) if side == "right" else (1, 0, 0)
    assert rotated(grip.orientation, (0, 0, -1)) == pytest.approx(inner)
    assert rotated(grip.orientation, (1, 0, 0)) == pytest.approx((0, 1, 0) if side == "right" else (0, -1, 0))


def test_it_points_from_the_shoulder_through_the_knuckle():
    straight = hand(palm=Pose((0.15, 1.38, -0.5)))
    assert forward(straight.aim) == pytest.approx((0, 0, -1), abs=0.06)
    higher = hand(palm=Pose((0.15, 1.7, -0.5)))
    assert forward(higher.aim)[1] > 0.4
    aside = hand(palm=Pose((0.6, 1.38, -0.3)))
    assert forward(aside.aim)[0] > 0.7
    assert aside.aim.position == pytest.approx((0.575, 1.38, -0.35))


def test_where_one_stands_and_looks_changes_nothing_between_hand_and_head():
    palm = Pose((0.3, 1.2, -0.4))
    elsewhere = Pose((2.0, 0.3, -1.0), yaw_pitch(1.9, 0.0))
    here, there = hand(palm=palm), hand(palm=composed(elsewhere, palm), head=composed(elsewhere, HEAD))
    back = composed(inverse(elsewhere), there.aim)
    assert back.position == pytest.approx(here.aim.position)
    assert forward(back) == pytest.approx(forward(here.aim))


def test_only_joints_that_are_needed_are_read():
    places = joints()
    spoiled = [place if joint in NEEDED else (math.nan,) * 3 for joint, place in enumerate(places)]
    assert hand_of("right", spoiled, Pose(), HEAD) == hand_of("right", places, Pose(), HEAD)
    assert PALM in NEEDED
