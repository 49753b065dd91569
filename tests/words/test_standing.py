"""Standing: the ring comes round by whole plinths, and eyes, head and hands go with it."""

import math

import numpy as np
import pytest

from showroom.visit.standing import LIFT_M, LOW_EYE_M, SETTLE_S, STEP_RAD, Standing
from showroom.words.controls import Controls, Hand
from showroom.words.hall import hall_home, plinth_position
from showroom.words.pose import azimuth_rad
from showroom.words.view import Eyes, Fov, Pose, View, yaw_pitch

HEAD = Pose((0.2, 1.6, -0.1), yaw_pitch(0.3, -0.1))


def stick(value: float, side: str = "right") -> Controls:
    return Controls(HEAD, (Hand(side, Pose((0.3, 1.2, -0.3)), Pose((0.3, 1.2, -0.2)), turn=value),))


def pulling(yaw_rad: float) -> Controls:
    return Controls(HEAD, (Hand("left", Pose((-0.2, 1.2, -0.3), yaw_pitch(yaw_rad, -0.2)), Pose()),))


def ahead(standing: Standing, azimuth_in_room: float = 0.0) -> float:
    looking = Pose(orientation=yaw_pitch(-azimuth_in_room, 0.0))
    return azimuth_rad(standing.world_from_room(looking).orientation)


def test_at_first_the_world_is_the_room():
    controls = stick(0.0)
    assert Standing().step(controls, 0.0) == controls


def test_a_push_is_one_twelfth_and_holding_it_no_more():
    standing = Standing()
    turns = []
    for frame, value in enumerate((0.0, 0.9, 1.0, 0.6, 0.9, 0.1, 0.8)):
        standing.step(stick(value), frame / 90)
        turns.append(standing.turned)
    assert turns == [False, True, False, False, False, False, True]
    assert ahead(standing) == pytest.approx(2 * STEP_RAD)  # to the right twice: one faces the third plinth


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("way", [1.0, -1.0])
def test_every_plinth_comes_before_who_never_moves(side, way):
    standing, seen = Standing(), set()
    for frame in range(24):
        standing.step(stick(way * (frame % 2), side), frame / 90)
        shown = [standing.room_from_world(hall_home(index)).position for index in range(12)]
        seen |= {index for index, place in enumerate(shown) if math.dist(place, hall_home(0).position) < 1e-9}
    assert seen == set(range(12))


def test_plinths_come_to_stand_where_plinths_stood():
    standing = Standing()
    standing.recentre(Pose((0.4, 1.5, -0.7), yaw_pitch(1.1, 0.0)))
    before = [standing.room_from_world(hall_home(index)).position for index in range(12)]
    standing.step(stick(1.0), 0.0)
    after = [standing.room_from_world(hall_home(index)).position for index in range(12)]
    assert np.allclose(after, before[-1:] + before[:-1]) or np.allclose(after, before[1:] + before[:1])


def test_a_hand_that_holds_something_turns_no_ring():
    standing = Standing()
    standing.step(stick(1.0), 0.0, busy=("right",))
    assert ahead(standing) == 0.0


def test_a_dragged_ring_stays_under_the_hand_and_settles():
    standing = Standing()
    yaws = np.linspace(0.2, -0.55, 30)
    for frame, yaw in enumerate(yaws):
        shown = standing.step(pulling(yaw), frame / 90, dragging="left").hands[0]
        assert azimuth_rad(shown.aim.orientation) == pytest.approx(-0.2)  # always the same place of the ring
    assert ahead(standing) == pytest.approx(-0.75)
    for later_s in (0.0, SETTLE_S / 2, SETTLE_S):
        standing.step(pulling(-0.55), 1.0 + later_s)
    assert ahead(standing) == pytest.approx(-STEP_RAD)                     # the nearest twelfth
    standing.step(pulling(-0.9), 2.0)
    assert ahead(standing) == pytest.approx(-STEP_RAD)                   # and nobody has hold of it any more


def test_head_hands_and_eyes_go_together():
    standing = Standing()
    standing.recentre(Pose((1.0, 1.6, 0.5), yaw_pitch(-0.8, 0.2)))
    standing.step(stick(1.0), 0.0)
    room = stick(0.0)
    world = standing.step(room, 0.1)
    eye = View(Pose((0.231, 1.6, -0.1), HEAD.orientation), Fov.symmetric(1.0, 1.0), layer=1)
    seen = standing.eyes(Eyes((eye,))).views[0]
    assert (seen.fov, seen.layer) == (eye.fov, 1)
    in_room = [room.head, room.hands[0].aim, room.hands[0].grip, eye.pose]
    in_world = [world.head, world.hands[0].aim, world.hands[0].grip, seen.pose]
    for first in range(4):
        for other in range(4):
            assert math.dist(in_world[first].position, in_world[other].position) == pytest.approx(
                math.dist(in_room[first].position, in_room[other].position))
        assert standing.room_from_world(in_world[first]).position == pytest.approx(in_room[first].position)


def test_recentred_one_stands_in_the_middle_and_faces_the_first_plinth():
    standing = Standing()
    head = Pose((0.9, 1.7, -0.6), yaw_pitch(2.0, -0.4))
    standing.recentre(head)
    shown = standing.world_from_room(head)
    assert shown.position == pytest.approx((0.0, 1.7, 0.0))
    assert azimuth_rad(shown.orientation) == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize(("eye_m", "shown_m"), [(1.7, 1.7), (LOW_EYE_M, LOW_EYE_M), (1.15, LOW_EYE_M),
                                                (0.7, 0.7 + LIFT_M)])
def test_who_sits_is_lifted(eye_m, shown_m):
    standing = Standing()
    standing.recentre(Pose((0.0, eye_m, 0.0)))
    assert standing.world_from_room(Pose((0.0, eye_m, 0.0))).position[1] == pytest.approx(shown_m)


def test_the_runtime_recentres_by_itself():
    standing = Standing()
    standing.recentre(Pose((0.9, 1.0, -0.6), yaw_pitch(2.0, -0.4)))
    controls = Controls(HEAD, recentred=True)
    assert standing.step(controls, 0.0).head.position == pytest.approx(HEAD.position)


@pytest.mark.parametrize("index", [0, 4, 7, 11])
def test_what_one_looks_at_can_be_called_before_one(index):
    standing = Standing()
    standing.step(Controls(Pose((0.0, 1.6, 0.0), yaw_pitch(1.9, -0.3))), 0.0)
    x, _, z = plinth_position(index)
    standing.face(math.atan2(x, -z))
    seen = standing.step(Controls(Pose((0.0, 1.6, 0.0), yaw_pitch(1.9, -0.3))), 0.1).head
    off = math.remainder(azimuth_rad(seen.orientation) - math.atan2(x, -z), math.tau)
    assert abs(off) <= STEP_RAD / 2 + 1e-9
    back = ahead(standing) / STEP_RAD
    assert back == pytest.approx(round(back))
