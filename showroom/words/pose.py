"""Poses put together, turned back and blended; in plain floats, for a handful of them a frame.

Quaternions are x, y, z, w and unit; a product `a · b` turns by b first, then by a.
"""

import math

from showroom.words.view import Pose

Place = tuple[float, float, float]
Quaternion = tuple[float, float, float, float]


def product(a: Quaternion, b: Quaternion) -> Quaternion:
    """Hamilton's product: the turn b, then the turn a."""
    ax, ay, az, aw = a
    bx, by, bz, bw = b
    return (aw * bx + ax * bw + ay * bz - az * by, aw * by - ax * bz + ay * bw + az * bx,
            aw * bz + ax * by - ay * bx + az * bw, aw * bw - ax * bx - ay * by - az * bz)


def conjugate(turn: Quaternion) -> Quaternion:
    """The turn back."""
    return -turn[0], -turn[1], -turn[2], turn[3]


def rotated(turn: Quaternion, vector: Place) -> Place:
    """A vector, turned: v + 2w (q × v) + 2 q × (q × v)."""
    x, y, z, w = turn
    vx, vy, vz = vector
    cx, cy, cz = 2 * (y * vz - z * vy), 2 * (z * vx - x * vz), 2 * (x * vy - y * vx)
    return (vx + w * cx + y * cz - z * cy, vy + w * cy + z * cx - x * cz, vz + w * cz + x * cy - y * cx)


def composed(a_from_b: Pose, b_from_c: Pose) -> Pose:
    """a_from_c."""
    moved = rotated(a_from_b.orientation, b_from_c.position)
    place = tuple(one + other for one, other in zip(a_from_b.position, moved))
    return Pose(place, product(a_from_b.orientation, b_from_c.orientation))


def inverse(a_from_b: Pose) -> Pose:
    """b_from_a."""
    back = conjugate(a_from_b.orientation)
    return Pose(tuple(-value for value in rotated(back, a_from_b.position)), back)


def moved(pose: Pose, point: Place) -> Place:
    """A point of the pose's own space in the space it is told in."""
    return tuple(one + other for one, other in zip(pose.position, rotated(pose.orientation, point)))


def about_up(angle_rad: float) -> Quaternion:
    """A turn about +Y, to the left seen from above."""
    return 0.0, math.sin(angle_rad / 2), 0.0, math.cos(angle_rad / 2)


def azimuth_rad(turn: Quaternion) -> float:
    """Where a pose looks on the level: 0 along −Z, growing clockwise seen from above, within ±π.

    One that looks straight up or down is taken by where its top leans.
    """
    x, y, z = rotated(turn, (0.0, 0.0, -1.0))
    if abs(y) > 0.98:
        x, _, z = rotated(turn, (0.0, -math.copysign(1.0, y), 0.0))
    return math.atan2(x, -z)


def between(first: Quaternion, second: Quaternion, share: float) -> Quaternion:
    """`share` of the shortest way from one turn to another: Shoemake 1985, "Animating Rotation with
    Quaternion Curves"."""
    cosine = sum(one * other for one, other in zip(first, second))
    if cosine < 0.0:
        second, cosine = tuple(-value for value in second), -cosine
    angle = math.acos(min(cosine, 1.0))
    if angle < 1e-4:
        near, far = 1.0 - share, share
    else:
        near, far = (math.sin(part * angle) / math.sin(angle) for part in (1.0 - share, share))
    mixed = [near * one + far * other for one, other in zip(first, second)]
    length = math.sqrt(sum(value * value for value in mixed))
    return tuple(value / length for value in mixed)
