"""Feel: what a hand is given when it meets, chooses, takes and puts down, by how the product feels.

A motor knows only how long and how strong. What is heavy answers long and strong, what is rough answers
sharply, and what is soft answers faintly and a little longer.
"""

from showroom.words.scenespec import Touch
from showroom.words.wish import Pulse

PLAIN = Touch(roughness=0.3, softness=0.3, weight=0.4, warmth=0.5)
LONGEST_S = 0.12


def hover(side: str, touch: Touch | None) -> Pulse:
    """The ray has come upon something."""
    touch = touch or PLAIN
    return _pulse(side, 0.008 + 0.012 * touch.softness, 0.14 + 0.2 * touch.roughness - 0.06 * touch.softness)


def select(side: str, touch: Touch | None) -> Pulse:
    """It is chosen."""
    touch = touch or PLAIN
    return _pulse(side, 0.02 + 0.01 * touch.softness, 0.5 + 0.2 * touch.roughness - 0.15 * touch.softness)


def grab(side: str, touch: Touch | None) -> Pulse:
    """It lies in the hand."""
    touch = touch or PLAIN
    return _pulse(side, 0.03 + 0.06 * touch.weight + 0.02 * touch.softness,
                  0.4 + 0.4 * touch.weight + 0.15 * touch.roughness - 0.15 * touch.softness)


def let_go(side: str, touch: Touch | None) -> Pulse:
    """It leaves the hand."""
    touch = touch or PLAIN
    return _pulse(side, 0.012, 0.15 + 0.2 * touch.weight)


def _pulse(side: str, duration_s: float, amplitude: float) -> Pulse:
    return Pulse(side, min(duration_s, LONGEST_S), min(max(amplitude, 0.05), 1.0))
