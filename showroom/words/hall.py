"""Where plinths stand, in the hall and in a place: those who build and those who point share it."""

import math

from showroom.words.view import Pose

RING_RADIUS_M = 1.6
PLINTHS = 12
PLINTH_TOP_M = 1.05
PLACE_PLINTH_XZ = (0.0, -1.05)  # of the one plinth in a place
PLACE_HOME = Pose((PLACE_PLINTH_XZ[0], PLINTH_TOP_M, PLACE_PLINTH_XZ[1]))  # of what stands on it


def plinth_position(index: int) -> tuple[float, float, float]:
    """Foot of plinth `index` on the floor: 0 straight ahead, then clockwise seen from above, metres."""
    angle = 2 * math.pi * index / PLINTHS
    return RING_RADIUS_M * math.sin(angle), 0.0, -RING_RADIUS_M * math.cos(angle)


def hall_home(index: int) -> Pose:
    """world_from_hero of what stands on plinth `index`, its front to the middle."""
    x, _, z = plinth_position(index)
    half = -math.pi * index / PLINTHS
    return Pose((x, PLINTH_TOP_M, z), (0.0, math.sin(half), 0.0, math.cos(half)))
