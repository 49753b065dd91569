"""Hands in a place: the air they push aside, and the bottle that they turn.

A held bottle turns with the hand that squeezes beside it, and what is in it lags behind: its surface
is a damped pendulum, driven by how the turning quickens. Slosh as a pendulum: Abramson, "The Dynamic
Behavior of Liquids in Moving Containers", NASA SP-106, 1966, chapter 6.
"""

import math

from showroom.stage.ease import Eased
from showroom.words.controls import Hand
from showroom.words.scene import Palm

PALM_RADIUS_M = 0.17
REACH_M = 0.45           # from the bottle's axis: as near as a hand must be to hold it
_OMEGA, _DAMPING = 2 * math.pi * 2.1, 0.16  # of perfume in a flask a few centimetres wide: rad/s
_STEEPEST = 0.35


class Hands:
    """Where the hands are, how the bottle is turned, and how the liquid in it moves."""

    def __init__(self):
        self.turn_rad = 0.0
        self._palms: dict[str, tuple[float, float, float]] = {}
        self._there = {"left": Eased(0.0, 0.3), "right": Eased(0.0, 0.3)}
        self._held_at: float | None = None
        self._speed_rad_s = 0.0
        self._tilt, self._swing = [0.0, 0.0], [0.0, 0.0]
        self._push = [0.0, 0.0]

    def feel(self, hands: tuple[Hand, ...], bottle: tuple[float, float, float], time_s: float,
             passed_s: float) -> None:
        """Takes the hands of a frame.   bottle : its foot, metres.   passed_s : since the frame before."""
        for side, there in self._there.items():
            grip = next((hand.grip for hand in hands if hand.side == side), None)
            if grip is not None:
                self._palms[side] = grip.position
            wanted = 0.0 if grip is None else 1.0
            if there.target != wanted:
                there.towards(wanted, time_s)
        self._hold(hands, bottle, passed_s)

    def _hold(self, hands: tuple[Hand, ...], bottle, passed_s: float) -> None:
        held = next((hand.grip.position for hand in hands if hand.grip is not None and hand.squeeze > 0.5
                     and math.dist(hand.grip.position, bottle) < REACH_M), None)
        angle = None if held is None else math.atan2(held[0] - bottle[0], held[2] - bottle[2])
        moved = 0.0
        if angle is not None and self._held_at is not None:
            moved = (angle - self._held_at + math.pi) % math.tau - math.pi
        self._held_at = angle
        self.turn_rad = (self.turn_rad + moved) % math.tau
        speed = moved / passed_s if passed_s > 0 else 0.0
        quickened = speed - self._speed_rad_s
        self._speed_rad_s = speed
        # what is in a flask that is turned starts aside, ahead of the turning and square to it
        self._push[0] += 0.5 * quickened * math.cos(self.turn_rad)
        self._push[1] += 0.5 * quickened * math.sin(self.turn_rad)

    def palms(self, time_s: float) -> tuple[Palm, ...]:
        """The hands as particles meet them; a hand that comes or goes grows or shrinks."""
        sizes = ((side, float(there.at(time_s))) for side, there in self._there.items())
        return tuple(Palm(self._palms[side], PALM_RADIUS_M * size) for side, size in sizes
                     if size > 0 and side in self._palms)

    def slosh(self, passed_s: float) -> tuple[float, float]:
        """(x, z) slope of the liquid's surface after this much more time."""
        decay, damped = _DAMPING * _OMEGA, _OMEGA * math.sqrt(1.0 - _DAMPING ** 2)
        fade, turn = math.exp(-decay * passed_s), damped * passed_s
        sine, cosine = math.sin(turn), math.cos(turn)
        for axis in (0, 1):  # the damped pendulum's own solution: exact however long the time
            tilt, swing = self._tilt[axis], self._swing[axis] + self._push[axis]
            aside = (swing + decay * tilt) / damped
            now = fade * (tilt * cosine + aside * sine)
            self._swing[axis] = fade * damped * (aside * cosine - tilt * sine) - decay * now
            self._tilt[axis] = min(max(now, -_STEEPEST), _STEEPEST)
        self._push = [0.0, 0.0]
        return self._tilt[0], self._tilt[1]
