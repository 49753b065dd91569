"""Bare hands, where a runtime knows only their joints: where they point, how far they pinch and close.

Pure. Distances are told in the hand's own size, so that a child's hand works as a grown-up's does. A bare
hand points along the line from its shoulder through its knuckle, which trembles less than any finger.
"""

import math
from collections.abc import Sequence

from showroom.words.controls import Hand
from showroom.words.pose import Place, azimuth_rad, about_up, moved, product
from showroom.words.view import Pose, yaw_pitch

# XrHandJointEXT, OpenXR 1.1
PALM, WRIST, THUMB_TIP, INDEX_KNUCKLE, INDEX_TIP, MIDDLE_KNUCKLE = 0, 1, 5, 7, 10, 12
TIPS = (15, 20, 25)  # of middle, ring and little finger
NEEDED = (PALM, WRIST, THUMB_TIP, INDEX_KNUCKLE, INDEX_TIP, MIDDLE_KNUCKLE, *TIPS)

PINCH = (0.2, 0.48)      # thumb to index finger: touching, and surely not
FIST = (0.5, 0.85)       # fingertips to palm: closed, and open
SHOULDER_M = {"left": (-0.15, -0.22, 0.0), "right": (0.15, -0.22, 0.0)}  # from the head, as it is turned
# a grip's axes are a palm's in another order: −Z from the little finger to the thumb, X through the palm
_GRIP_FROM_PALM = {"left": (0.5, -0.5, -0.5, 0.5), "right": (0.5, 0.5, 0.5, 0.5)}


def hand_of(side: str, places: Sequence[Place], palm: Pose, head: Pose) -> Hand:
    """A bare hand.

    places : of all joints, metres, in XrHandJointEXT's order; those NEEDED are read.
    palm   : pose of the palm's joint.   head : pose of the head.
    """
    size = max(math.dist(places[WRIST], places[MIDDLE_KNUCKLE]), 1e-3)
    fist = _closed(sum(math.dist(places[tip], places[PALM]) for tip in TIPS) / len(TIPS) / size, *FIST)
    pinch = _closed(math.dist(places[THUMB_TIP], places[INDEX_TIP]) / size, *PINCH)
    if math.dist(places[INDEX_TIP], places[PALM]) / size < FIST[1] and fist > 0.6:
        pinch = 0.0  # the whole hand is closed: what it does is hold
    grip = Pose(palm.position, product(palm.orientation, _GRIP_FROM_PALM[side]))
    aim = _aim(side, places[INDEX_KNUCKLE], head)
    return Hand(side, aim=aim, grip=grip, select=pinch, squeeze=fist, bare=True)


def _aim(side: str, knuckle: Place, head: Pose) -> Pose:
    turned = Pose(head.position, about_up(-azimuth_rad(head.orientation)))
    shoulder = moved(turned, SHOULDER_M[side])
    x, y, z = (one - other for one, other in zip(knuckle, shoulder))
    return Pose(knuckle, yaw_pitch(math.atan2(-x, -z), math.atan2(y, math.hypot(x, z))))


def _closed(share: float, near: float, far: float) -> float:
    return min(max((far - share) / (far - near), 0.0), 1.0)
