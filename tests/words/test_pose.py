"""Poses put together: they agree with the matrices, and turn the way they say."""

import math

import numpy as np
import pytest

from showroom.words.hall import PLINTH_TOP_M, hall_home, plinth_position
from showroom.words.pose import about_up, azimuth_rad, between, composed, inverse, moved, product, rotated
from showroom.words.view import Pose, forward, rotation_matrix, world_from_view, yaw_pitch


def poses(count: int) -> list[Pose]:
    draw = np.random.default_rng(3)
    turns = draw.normal(size=(count, 4))
    turns /= np.linalg.norm(turns, axis=1, keepdims=True)
    return [Pose(tuple(place), tuple(turn)) for place, turn in zip(draw.normal(size=(count, 3)), turns)]


def test_they_compose_and_invert_as_matrices_do():
    for one, other in zip(poses(20), reversed(poses(20))):
        together = world_from_view(one).astype(float) @ world_from_view(other)
        assert np.allclose(world_from_view(composed(one, other)), together, atol=1e-5)
        assert np.allclose(world_from_view(inverse(one)), np.linalg.inv(world_from_view(one)), atol=1e-5)
        place = (world_from_view(one) @ [*other.position, 1.0])[:3]
        assert np.allclose(moved(one, other.position), place, atol=1e-5)
        assert np.allclose(rotated(one.orientation, other.position),
                           rotation_matrix(one.orientation) @ other.position, atol=1e-9)


@pytest.mark.parametrize("degrees", [0, 30, 120, 210, -75])
def test_azimuth_grows_clockwise_and_a_turn_goes_left(degrees):
    angle = math.radians(degrees)
    for pitch in (0.0, 0.5, -1.2):
        found = azimuth_rad(yaw_pitch(-angle, pitch))
        assert math.remainder(found - angle, math.tau) == pytest.approx(0.0, abs=1e-9)
    x, _, z = rotated(about_up(-angle), (0.0, 0.0, -1.0))
    assert (x, z) == pytest.approx((math.sin(angle), -math.cos(angle)))


@pytest.mark.parametrize("pitch", [math.pi / 2, -math.pi / 2])
def test_who_looks_straight_up_or_down_still_faces_somewhere(pitch):
    assert math.remainder(azimuth_rad(yaw_pitch(-1.0, pitch)) - 1.0, math.tau) == pytest.approx(0.0, abs=1e-6)


def test_between_goes_the_short_way_evenly():
    first, last = yaw_pitch(0.0, 0.0), tuple(-value for value in yaw_pitch(1.0, 0.0))
    for share in (0.0, 0.25, 0.5, 1.0):
        turn = between(first, last, share)
        assert math.remainder(azimuth_rad(turn) + share, math.tau) == pytest.approx(0.0, abs=1e-9)
    assert between(first, first, 0.3) == pytest.approx(first)
    assert product(first, last) == pytest.approx(last)


def test_what_stands_on_a_plinth_faces_the_middle():
    for index in range(12):
        home = hall_home(index)
        x, _, z = plinth_position(index)
        assert home.position == pytest.approx((x, PLINTH_TOP_M, z))
        front = -forward(home)
        assert front @ [x, 0.0, z] == pytest.approx(-math.hypot(x, z), abs=1e-9)
