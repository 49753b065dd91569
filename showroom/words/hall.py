"""Where plinths stand, in the hall and in a place: those who build and those who point share it."""

import math

RING_RADIUS_M = 1.6
PLINTHS = 12
PLINTH_TOP_M = 1.05
PLACE_PLINTH_XZ = (0.0, -1.05)  # of the one plinth in a place


def plinth_position(index: int) -> tuple[float, float, float]:
    """Foot of plinth `index` on the floor: 0 straight ahead, then clockwise seen from above, metres."""
    angle = 2 * math.pi * index / PLINTHS
    return RING_RADIUS_M * math.sin(angle), 0.0, -RING_RADIUS_M * math.cos(angle)
