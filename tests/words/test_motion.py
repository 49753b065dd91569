"""Motions keep places and turns to within what their codes can say."""

import numpy as np
import pytest

from showroom.words.motion import motion_of, quaternions


def rotation(axis, angle: float) -> np.ndarray:
    """(3, 3) matrix. Source: Rodrigues 1840."""
    x, y, z = np.asarray(axis, float) / np.linalg.norm(axis)
    cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    return np.eye(3) + np.sin(angle) * cross + (1 - np.cos(angle)) * cross @ cross


def turned(quaternion, vector) -> np.ndarray:
    x, w = quaternion[:3], quaternion[3]
    return vector + 2 * np.cross(x, np.cross(x, vector) + w * vector)


@pytest.mark.parametrize("angle", [0.0, 1e-4, 1.0, 3.1, np.pi])
@pytest.mark.parametrize("axis", [(1, 0, 0), (0, 1, 0), (0, 0, 1), (1, -2, 0.5)])
def test_a_quaternion_turns_as_its_matrix_does(axis, angle):
    matrix = rotation(axis, angle)
    quaternion, = quaternions(matrix[None])
    assert quaternion[3] >= 0 and np.isclose(np.linalg.norm(quaternion), 1)
    for vector in np.eye(3):
        assert np.allclose(turned(quaternion, vector), matrix @ vector, atol=1e-6)


def test_places_and_turns_survive():
    rng = np.random.default_rng(1)
    normals = rng.normal(size=(20, 3))
    normals /= np.linalg.norm(normals, axis=-1, keepdims=True)
    tangents = np.cross(normals, rng.normal(size=(20, 3)))
    tangents /= np.linalg.norm(tangents, axis=-1, keepdims=True)
    places = rng.uniform(-0.2, 0.3, (5, 20, 3))
    turns = [rotation(rng.normal(size=3), angle) for angle in rng.uniform(0, 3, 5)]
    motion = motion_of(places, np.stack([normals @ turn.T for turn in turns]),
                       np.stack([tangents @ turn.T for turn in turns]), normals, tangents, 12.0)
    got = motion.frames["position"] / 32767 * motion.extent + motion.center
    assert np.abs(got - places).max() < 1e-5
    for frame, turn in zip(motion.frames, turns):
        x = frame["turn"].astype(float) / 32767
        w = np.sqrt(np.maximum(1 - (x * x).sum(axis=-1), 0))
        for k in range(20):
            assert np.allclose(turned(np.append(x[k], w[k]), normals[k]), turn @ normals[k], atol=1e-3)
            assert np.allclose(turned(np.append(x[k], w[k]), tangents[k]), turn @ tangents[k], atol=1e-3)


def test_what_has_no_normal_or_no_tangent_still_has_a_turn():
    nothing = np.zeros((2, 3, 3))
    motion = motion_of(nothing, nothing, nothing, nothing[0], nothing[0], 30.0)
    assert (motion.frames["turn"] == 0).all() and (motion.frames["position"] == 0).all()
