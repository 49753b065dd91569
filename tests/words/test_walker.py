"""The simulated head, by law."""

import math

import numpy as np
import pytest

from showroom.display.walker import EYE_HEIGHT_M, PITCH_LIMIT_RAD, WALK_M_S, Walker
from showroom.words.view import Fov, clip_from_view, forward, view_from_world

FOV = Fov.symmetric(1.2, 1.6)


def test_starts_upright_at_the_origin_looking_ahead():
    head = Walker().head
    assert head.position == (0.0, EYE_HEIGHT_M, 0.0)
    assert forward(head) == pytest.approx(np.array([0, 0, -1]))


def test_mouse_right_looks_right_and_mouse_down_looks_down():
    walker = Walker()
    walker.look(200, 100)
    x, y, _ = forward(walker.head)
    assert x > 0.2 and y < -0.1


def test_pitch_stops_before_straight_up_and_down():
    walker = Walker()
    for movement, limit in ((-10_000, PITCH_LIMIT_RAD), (20_000, -PITCH_LIMIT_RAD)):
        walker.look(0, movement)
        assert walker.pitch_rad == pytest.approx(limit)


def test_walks_where_it_looks_but_never_off_the_floor():
    walker = Walker()
    walker.look(0, -300)  # looking up changes nothing
    walker.yaw_rad = math.pi / 2  # left
    walker.walk(forward=1, right=0, seconds=1.0)
    assert walker.position == pytest.approx([-WALK_M_S, EYE_HEIGHT_M, 0])
    walker.walk(forward=0, right=1, seconds=1.0)
    assert walker.position == pytest.approx([-WALK_M_S, EYE_HEIGHT_M, -WALK_M_S])


def test_walking_across_is_no_faster_than_straight():
    walker = Walker()
    walker.walk(1, 1, 1.0)
    assert math.hypot(walker.position[0], walker.position[2]) == pytest.approx(WALK_M_S)


@pytest.mark.parametrize(("across", "up"), [(0, 0), (-1, 1), (0.3, -0.8), (1, 1)])
def test_aim_goes_through_the_point_of_the_picture(across, up):
    walker = Walker()
    walker.look(-431, 77)
    walker.walk(1, -0.5, 2.0)
    aim = walker.aim(across, up, FOV)
    ahead = np.asarray(aim.position) + 3.0 * forward(aim)
    clip = clip_from_view(FOV, 0.1, 100) @ view_from_world(walker.head) @ [*ahead, 1.0]
    assert clip[:2] / clip[3] == pytest.approx(np.array([across, up]), abs=1e-4)


def test_the_hand_stays_to_the_right_and_below_whatever_the_gaze():
    walker = Walker()
    walker.yaw_rad, walker.pitch_rad = 1.0, 1.2
    away = np.asarray(walker.grip.position) - walker.position
    right = np.array([math.cos(1.0), 0.0, -math.sin(1.0)])
    assert away @ right > 0.1 and away[1] < -0.2


def test_what_is_held_is_before_the_eyes_and_not_at_the_face():
    walker = Walker()
    walker.yaw_rad = -0.6
    clip = clip_from_view(FOV, 0.1, 100) @ view_from_world(walker.head) @ [*walker.held.position, 1.0]
    assert np.abs(clip[:2] / clip[3]).max() < 1.0
    assert 0.4 < np.linalg.norm(np.asarray(walker.held.position) - walker.position) < 0.7
