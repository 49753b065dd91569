"""Cursors on signs: one for each ray that ends on one, just before it."""

import pytest

from showroom.app.cursors import BEFORE_M, cursors
from showroom.words.pose import composed, inverse, moved
from showroom.words.scene import Ray
from showroom.words.sign import CARD, CURSOR, Sign, Writing, far_to_near
from showroom.words.view import Pose, yaw_pitch

CARD_SIGN = Sign(Writing(CARD, "Vespers"), Pose((0.5, 1.4, -1.6), yaw_pitch(-0.3, -0.2)), 0.5)
HAND = (0.2, 1.1, -0.3)


def ending(x: float, y: float, z: float, strength: float = 1.0) -> Ray:
    """A ray that ends at a point of the card."""
    return Ray(HAND, composed(CARD_SIGN.pose, Pose((x, y, z))).position, strength)


def test_it_hangs_where_the_ray_ends_and_faces_as_the_sign():
    cursor, = cursors((ending(0.2, -0.3, 0.0),), (CARD_SIGN,))
    assert cursor.writing.kind == CURSOR and cursor.opacity == 0.5 and not cursor.choice
    assert moved(inverse(CARD_SIGN.pose), cursor.pose.position) == pytest.approx((0.2, -0.3, BEFORE_M))
    assert cursor.pose.orientation == pytest.approx(CARD_SIGN.pose.orientation)


@pytest.mark.parametrize("ray", [ending(0.4, 0.0, 0.0), ending(0.0, 0.5, 0.0), ending(0.0, 0.0, 0.2),
                                 ending(0.0, 0.0, -0.2), ending(0.1, 0.1, 0.0, 0.0)])
def test_there_is_none_beside_before_or_behind_a_sign_nor_without_a_ray(ray):
    assert cursors((ray,), (CARD_SIGN,)) == ()


def test_each_hand_has_its_own():
    both = cursors((ending(0.2, 0.0, 0.0), ending(-0.2, 0.1, 0.0)), (CARD_SIGN,))
    assert len(both) == 2 and both[0].pose != both[1].pose


def test_cursors_cover_every_sign_also_nearer_ones():
    cursor, = cursors((ending(0.3, 0.4, 0.0),), (CARD_SIGN,))
    near = Sign(Writing(CARD, "nearer"), Pose((0.0, 1.6, -1.0)))
    hung = [(None, cursor), (None, CARD_SIGN), (None, near)]
    assert [sign for _, sign in far_to_near(hung, (0.0, 1.6, 0.0))] == [CARD_SIGN, near, cursor]
