"""Motion: a part whose vertices move by themselves, sampled: nodes, skins and morph targets alike.

A vertex's frame of normal and tangent turns from where it is at rest to where it is now; the turn is kept as a
unit quaternion whose w is not negative, so that x, y and z say it all.
"""

from dataclasses import dataclass

import numpy as np

MOTION = np.dtype([
    ("position", "<i2", 3),  # snorm, times `extent` about `center`
    ("turn", "<i2", 3),      # snorm, x y z of the quaternion
])
assert MOTION.itemsize == 12
MOTION_BYTES = 16 << 20  # of one model
RATE_HZ = 30.0           # at most
_CODES = 32767


@dataclass(frozen=True)
class Motion:
    """One round of a motion that goes on for ever; what lies between two frames is mixed of them.

    frames : (f, v) MOTION, f >= 2; frame k is at k / rate_hz, after the last comes the first.
    center, extent : middle and half size of the box that it stays in, metres.
    """

    frames: np.ndarray
    rate_hz: float
    center: tuple[float, float, float]
    extent: tuple[float, float, float]


def motion_of(positions: np.ndarray, normals: np.ndarray, tangents: np.ndarray, rest_normals: np.ndarray,
              rest_tangents: np.ndarray, rate_hz: float) -> Motion:
    """The motion through (f, v, 3) positions (m), normals and tangents of a part whose own are (v, 3)."""
    low, high = positions.min(axis=(0, 1)), positions.max(axis=(0, 1))
    center, extent = (low + high) / 2, np.maximum((high - low) / 2, 1e-6)
    frames = np.empty(positions.shape[:2], MOTION)
    frames["position"] = np.round(np.clip((positions - center) / extent, -1, 1) * _CODES)
    rest = _axes(rest_normals, rest_tangents)
    for frame, normal, tangent in zip(frames, normals, tangents):  # one by one: all at once takes ten times the room
        turn = quaternions(np.einsum("vik,vjk->vij", _axes(normal, tangent), rest))
        frame["turn"] = np.round(turn[:, :3] * _CODES)
    return Motion(frames, rate_hz, tuple(center.tolist()), tuple(extent.tolist()))


def _axes(normals: np.ndarray, tangents: np.ndarray) -> np.ndarray:
    """(v, 3, 3) matrices whose columns are tangent, bitangent and normal, at right angles to one another."""
    normals = _unit(np.asarray(normals, np.float64), (0.0, 0.0, 1.0))
    tangents = np.asarray(tangents, np.float64)
    tangents = tangents - normals * np.sum(normals * tangents, axis=-1, keepdims=True)
    aside = np.where(np.abs(normals[:, :1]) < 0.9, (1.0, 0.0, 0.0), (0.0, 1.0, 0.0))
    short = np.linalg.norm(tangents, axis=-1, keepdims=True) < 1e-6
    tangents = _unit(np.where(short, np.cross(normals, aside), tangents), (1.0, 0.0, 0.0))
    return np.stack([tangents, np.cross(normals, tangents), normals], axis=-1)


def _unit(vectors: np.ndarray, otherwise) -> np.ndarray:
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.where(length > 1e-12, vectors / np.maximum(length, 1e-12), otherwise)


def quaternions(turns: np.ndarray) -> np.ndarray:
    """(n, 4) unit quaternions xyzw, w >= 0, of (n, 3, 3) rotations. Source: Shepperd 1978, "Quaternion from
    Rotation Matrix": from the largest of the four, which is never small."""
    m = turns
    trace = np.trace(m, axis1=1, axis2=2)
    # rows of 4 q qᵀ − I, one for each component that may be the largest
    xx, yy, zz = m[:, 0, 0], m[:, 1, 1], m[:, 2, 2]
    xy, xz, yz = m[:, 0, 1] + m[:, 1, 0], m[:, 0, 2] + m[:, 2, 0], m[:, 1, 2] + m[:, 2, 1]
    xw, yw, zw = m[:, 2, 1] - m[:, 1, 2], m[:, 0, 2] - m[:, 2, 0], m[:, 1, 0] - m[:, 0, 1]
    rows = np.stack([np.stack(row, axis=-1) for row in (
        (1 + 2 * xx - trace, xy, xz, xw), (xy, 1 + 2 * yy - trace, yz, yw),
        (xz, yz, 1 + 2 * zz - trace, zw), (xw, yw, zw, 1 + trace))], axis=1)
    largest = np.argmax(np.stack([xx, yy, zz, trace], axis=-1), axis=-1)
    found = rows[np.arange(len(m)), largest]
    found /= np.linalg.norm(found, axis=-1, keepdims=True)
    return np.where(found[:, 3:] < 0, -found, found)
