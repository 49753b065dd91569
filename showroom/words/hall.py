"""The hall's plan, which those who build it and those who point into it share."""

import math

RING_RADIUS_M = 1.8
PLINTHS = 12
PLINTH_TOP_M = 1.05


def plinth_position(index: int) -> tuple[float, float, float]:
    """Foot of plinth `index` on the floor: 0 straight ahead, then clockwise seen from above, metres."""
    angle = 2 * math.pi * index / PLINTHS
    return RING_RADIUS_M * math.sin(angle), 0.0, -RING_RADIUS_M * math.cos(angle)
