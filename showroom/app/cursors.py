"""Cursors on signs: where a hand points at one, a small ring hangs just before it.

A ray's own cursor belongs to the scene, and signs cover the scene; so on a sign the cursor is a sign too.
"""

from showroom.words.pose import composed, inverse, moved
from showroom.words.scene import Ray
from showroom.words.sign import CURSOR, SIZES_M, Sign, Writing
from showroom.words.view import Pose

WRITING = Writing(CURSOR, "")
BEFORE_M = 0.004
_ON_M = 0.01  # a ray's end that is not farther from a sign than this is on it


def cursors(rays: tuple[Ray, ...], signs: tuple[Sign, ...]) -> tuple[Sign, ...]:
    """One for each ray that ends on a sign, facing as that does and as clear."""
    return tuple(_on(ray, sign) for ray in rays for sign in [_ended_on(ray, signs)] if sign is not None)


def _ended_on(ray: Ray, signs: tuple[Sign, ...]) -> Sign | None:
    return next((sign for sign in signs if ray.strength > 0.0 and _meets(sign, _place(ray, sign))), None)


def _place(ray: Ray, sign: Sign) -> tuple[float, float, float]:
    """Where a ray ends, as the sign sees it."""
    return moved(inverse(sign.pose), ray.end)


def _meets(sign: Sign, place: tuple[float, float, float]) -> bool:
    width, height = SIZES_M[sign.writing.kind]
    return abs(place[0]) <= width / 2 and abs(place[1]) <= height / 2 and abs(place[2]) <= _ON_M


def _on(ray: Ray, sign: Sign) -> Sign:
    x, y, _ = _place(ray, sign)
    return Sign(WRITING, composed(sign.pose, Pose((x, y, BEFORE_M))), sign.opacity * ray.strength)
