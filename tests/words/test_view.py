"""Matrices by law: what they must do to known points, not what numbers they hold."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from showroom.errors import ViewError
from showroom.words.view import (
    Fov,
    Pose,
    clip_from_view,
    forward,
    rotation_matrix,
    view_from_clip,
    view_from_world,
    world_from_view,
    yaw_pitch,
)

angle = st.floats(0.05, 1.4)
ASYMMETRIC = Fov(left=-0.9, right=0.7, up=0.6, down=-1.0)
coordinate = st.floats(-50, 50)


def seen_at(fov: Fov, point, near_m=0.1, far_m=100.0) -> np.ndarray:
    clip = clip_from_view(fov, near_m, far_m).astype(np.float64) @ [*point, 1.0]
    return clip[:3] / clip[3]


def corner(fov: Fov, right: bool, up: bool, depth_m: float) -> tuple[float, float, float]:
    """The point of view space at one corner of the field of view, `depth_m` ahead."""
    return (math.tan(fov.right if right else fov.left) * depth_m,
            math.tan(fov.up if up else fov.down) * depth_m, -depth_m)


@pytest.mark.parametrize("right", [False, True])
@pytest.mark.parametrize("up", [False, True])
@given(angles=st.tuples(angle, angle, angle, angle), depth_m=st.floats(0.2, 90))
@settings(max_examples=30, deadline=None)
def test_corners_of_any_field_of_view_map_to_one(right, up, angles, depth_m):
    fov = Fov(-angles[0], angles[1], angles[2], -angles[3])
    x, y, _ = seen_at(fov, corner(fov, right, up, depth_m))
    assert (x, y) == pytest.approx((1 if right else -1, 1 if up else -1), abs=1e-4)


def test_fields_of_view_that_look_to_one_side_work_too():
    fov = Fov(left=0.2, right=0.9, up=-0.1, down=-0.8)
    assert seen_at(fov, corner(fov, False, True, 3.0))[:2] == pytest.approx([-1, 1], abs=1e-5)


def test_near_and_far_map_to_minus_one_and_one():
    assert seen_at(ASYMMETRIC, (0, 0, -0.1))[2] == pytest.approx(-1, abs=1e-5)
    assert seen_at(ASYMMETRIC, (0, 0, -100.0))[2] == pytest.approx(1, abs=1e-5)


def test_nearer_is_smaller_in_depth():
    depths = [seen_at(ASYMMETRIC, (0.1, 0.2, -distance))[2] for distance in (0.2, 1, 5, 50)]
    assert depths == sorted(depths)


def test_straight_ahead_of_an_asymmetric_eye_is_off_the_middle():
    x, y, _ = seen_at(ASYMMETRIC, (0, 0, -2))
    assert x > 0, "more is seen to the left, so ahead lies right of the middle"
    assert y > 0, "more is seen below, so ahead lies above the middle"


def test_symmetric_has_the_asked_height_and_shape():
    fov = Fov.symmetric(math.radians(60), 16 / 9)
    assert fov.up - fov.down == pytest.approx(math.radians(60))
    assert math.tan(fov.right) / math.tan(fov.up) == pytest.approx(16 / 9)
    assert (fov.left, fov.down) == (-fov.right, -fov.up)


@pytest.mark.parametrize(("yaw", "pitch", "expected"), [
    (0, 0, (0, 0, -1)),
    (90, 0, (-1, 0, 0)),
    (-90, 0, (1, 0, 0)),
    (180, 0, (0, 0, 1)),
    (0, 90, (0, 1, 0)),
    (90, -90, (0, -1, 0)),
])
def test_yaw_turns_left_and_pitch_looks_up(yaw, pitch, expected):
    pose = Pose(orientation=yaw_pitch(math.radians(yaw), math.radians(pitch)))
    assert forward(pose) == pytest.approx(np.array(expected), abs=1e-9)


@given(st.floats(-math.pi, math.pi), st.floats(-1.5, 1.5))
@settings(max_examples=50, deadline=None)
def test_yaw_and_pitch_never_roll(yaw, pitch):
    assert rotation_matrix(yaw_pitch(yaw, pitch))[1, 0] == pytest.approx(0, abs=1e-9), "right stays level"


@given(st.tuples(*[st.floats(-1, 1)] * 4).filter(lambda q: math.hypot(*q) > 0.1),
       st.tuples(coordinate, coordinate, coordinate), st.tuples(coordinate, coordinate, coordinate))
@settings(max_examples=100, deadline=None)
def test_any_pose_round_trips(orientation, position, point):
    pose = Pose(position, orientation)
    there = view_from_world(pose).astype(np.float64) @ [*point, 1.0]
    back = world_from_view(pose).astype(np.float64) @ there
    assert back[:3] == pytest.approx(np.array(point), abs=1e-3)


@pytest.mark.parametrize(("axis", "turned"), [
    ((1, 0, 0), ((1, 0, 0), (0, 0, 1), (0, -1, 0))),
    ((0, 1, 0), ((0, 0, -1), (0, 1, 0), (1, 0, 0))),
    ((0, 0, 1), ((0, 1, 0), (-1, 0, 0), (0, 0, 1))),
])
def test_quarter_turns_are_right_handed(axis, turned):
    half = math.sqrt(0.5)
    matrix = rotation_matrix([component * half for component in axis] + [half])
    for before, after in zip(np.eye(3), turned, strict=True):
        assert matrix @ before == pytest.approx(np.array(after), abs=1e-9)


@given(st.tuples(*[st.floats(-1, 1)] * 4).filter(lambda q: math.hypot(*q) > 0.1))
@settings(max_examples=50, deadline=None)
def test_rotations_keep_lengths_and_handedness(orientation):
    matrix = rotation_matrix(orientation)
    assert matrix @ matrix.T == pytest.approx(np.eye(3), abs=1e-9)
    assert np.linalg.det(matrix) == pytest.approx(1)


def test_roll_tilts_the_picture_the_other_way():
    rolled = Pose(orientation=(0, 0, math.sin(0.2), math.cos(0.2)))  # the head leans to the left
    up_in_view = view_from_world(rolled)[:3, :3] @ [0, 1, 0]
    assert up_in_view[0] == pytest.approx(math.sin(0.4), abs=1e-6)


def test_an_eye_further_right_sees_near_things_further_left():
    fov, point = Fov.symmetric(1.2, 1.0), [0.0, 1.6, -1.0, 1.0]
    left, right = (clip_from_view(fov, 0.05, 100) @ view_from_world(Pose((x, 1.6, 0))) @ point
                   for x in (-0.03, 0.03))
    assert left[0] / left[3] > 0 > right[0] / right[3]


@pytest.mark.parametrize("fov", [
    Fov(0.5, -0.5, 0.5, -0.5), Fov(-0.5, 0.5, -0.5, 0.5), Fov(0.3, 0.3, 0.5, -0.5), Fov(-0.5, 0.5, 0.2, 0.2),
])
def test_a_field_of_view_that_does_not_open_is_refused(fov):
    with pytest.raises(ViewError, match="does not open"):
        clip_from_view(fov, 0.1, 100)


@pytest.mark.parametrize(("near_m", "far_m"), [(0, 10), (-1, 10), (5, 5), (10, 1)])
def test_near_must_be_positive_and_before_far(near_m, far_m):
    with pytest.raises(ViewError, match="0 < near < far"):
        clip_from_view(ASYMMETRIC, near_m, far_m)


@pytest.mark.parametrize("orientation", [(0, 0, 0, 0), (math.nan, 0, 0, 1), (math.inf, 0, 0, 1)])
def test_an_orientation_without_direction_is_refused(orientation):
    with pytest.raises(ViewError, match="no direction"):
        rotation_matrix(orientation)


@given(angles=st.tuples(angle, angle, angle, angle), near_m=st.floats(0.01, 1.0), times=st.floats(2.0, 1e4))
def test_what_a_lens_does_its_inverse_undoes(angles, near_m, times):
    lens = Fov(-angles[0], angles[1], angles[2], -angles[3]), near_m, near_m * times
    back = view_from_clip(*lens) @ clip_from_view(*lens).astype(np.float64)
    assert np.allclose(back, np.eye(4), atol=1e-6)
