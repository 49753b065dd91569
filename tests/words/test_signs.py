"""Where words hang: below the eyes, facing them, in the world; and how they come and go."""

import itertools
import math

import numpy as np
import pytest

from showroom.visit.states import State
from showroom.visit.signs import COME_S, DISTANCE_M, GO_S, Anchor, Hanging, Wanted
from showroom.words.sign import CAPTION, SIZES_M, Writing
from showroom.words.view import Pose, forward, rotation_matrix, yaw_pitch
from tests.words.visitor import AWAY, Visitor, apart

ONE, OTHER = Writing(CAPTION, "one"), Writing(CAPTION, "other")


def everything_said() -> Visitor:
    """A visitor who has seen every sign; they are kept in `seen` with the eyes they were hung for."""
    visitor = Visitor()
    visitor.seen = []
    frame = visitor.frame

    def watched(*arguments, **named):
        wishes = frame(*arguments, **named)
        visitor.seen += [(visitor.journey.state, visitor.time_s, visitor.journey.head, sign) for sign in visitor.journey.signs
                         if sign.opacity > 0.9]
        return wishes

    visitor.frame = watched
    visitor.come_in()
    for index in (0, 1):
        visitor.press(visitor.at_plinth(index))
        visitor.wait(5.0)
        visitor.press(AWAY, "back")
        visitor.wait(2.0)
    visitor.press_sign("compare")
    visitor.wait(3.0)
    visitor.press_sign("browse")
    visitor.wait(2.0)
    visitor.press_sign("goodbye")
    visitor.wait(3.0)
    return visitor


def test_all_words_hang_from_ten_to_twenty_degrees_below_the_eyes_and_within_reach_of_them():
    seen = everything_said().seen
    assert {state for state, *_ in seen} == {State.GREET, State.BROWSE, State.TRY, State.COMPARE, State.GOODBYE}
    for _state, _time_s, head, sign in seen:
        to = np.subtract(sign.pose.position, head.position)
        away = np.linalg.norm(to)
        assert 1.5 <= away <= 2.5, sign
        assert 10.0 <= math.degrees(math.asin(-to[1] / away)) <= 20.0, sign
        towards_reader = rotation_matrix(sign.pose.orientation)[:, 2]
        assert towards_reader @ (-to / away) > 0.999, "it faces who reads it"
        assert rotation_matrix(sign.pose.orientation)[1, 0] == pytest.approx(0.0), "its lines are level"


def test_what_hangs_at_one_time_does_not_overlap():
    frames: dict[float, list] = {}
    for _state, time_s, _head, sign in everything_said().seen:
        frames.setdefault(time_s, []).append(sign)
    for signs in frames.values():
        for one, other in itertools.combinations(signs, 2):
            assert apart(one, other), (one, other)


def test_words_stay_where_they_hang_while_the_head_turns():
    visitor = Visitor()
    visitor.come_in()
    visitor.wait(1.0)
    hung = {sign.writing: sign.pose for sign in visitor.journey.signs if sign.writing.kind == CAPTION}
    visitor.head = Pose((0.1, 1.62, 0.05), yaw_pitch(0.5, -0.2))
    visitor.wait(1.0)
    assert hung and {sign.writing: sign.pose for sign in visitor.journey.signs} == hung


@pytest.mark.parametrize("by", ["recentre", "snap", "walk"])
def test_words_are_hung_anew_where_the_visitor_looks(by):
    visitor = Visitor()
    visitor.come_in()
    before = {sign.writing: sign.pose for sign in visitor.journey.signs}
    visitor.head = Pose((0.0, 1.6, 0.0), yaw_pitch(1.0 if by != "walk" else 2.0, 0.0))
    if by == "snap":
        visitor.frame(turn=1.0)
    visitor.wait(2.0, recentred=False) if by != "recentre" else (visitor.frame(recentred=True), visitor.wait(2.0))
    signs = [sign for sign in visitor.journey.signs if sign.writing.kind == CAPTION]
    assert signs and all(before.get(sign.writing) != sign.pose for sign in signs)
    for sign in signs:
        ahead = forward(visitor.journey.head)
        to = np.subtract(sign.pose.position, visitor.journey.head.position)
        assert to @ ahead / np.linalg.norm(to) > math.cos(math.radians(15.0))


def test_signs_come_and_go_smoothly_and_one_waits_for_the_other():
    hanging, opacities = Hanging(), []
    for frame in range(60):
        wanted = Wanted("spot", ONE if frame < 30 else OTHER, Pose((0.0, 1.3, -DISTANCE_M)))
        signs = hanging.step((wanted,), "", frame / 30)
        assert len(signs) <= 1, "never both"
        opacities.append(signs[0].opacity * (1 if signs[0].writing == ONE else -1) if signs else 0.0)
    steps = np.abs(np.diff(opacities))
    assert max(opacities) == 1.0 and min(opacities) == -1.0
    assert steps.max() < 1.8 / 30 / min(COME_S, GO_S)


def test_what_is_pointed_at_is_lit():
    hanging = Hanging()
    wanted = (Wanted("a", ONE, Pose(), "left"), Wanted("b", OTHER, Pose((1.0, 0.0, 0.0)), "right"))
    for frame in range(30):
        signs = hanging.step(wanted, "right", frame / 30)
    assert [(sign.choice, sign.writing.lit) for sign in signs] == [("left", False), ("right", True)]


def test_eyes_near_the_floor_read_above_it():
    pose = Anchor.of(Pose((0.0, 0.1, 0.0))).at(0.0, math.radians(20.0))
    assert pose.position[1] - SIZES_M["card"][1] / 2 * math.cos(math.radians(20.0)) > -0.1
