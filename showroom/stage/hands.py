"""Hands in a place: the air they push aside, and what is in the bottles that they carry.

A bottle that is carried quickens and stops, and what is in it lags behind: its surface is a damped pendulum,
driven by every change of the bottle's speed, and stays about level however the bottle is tilted. Slosh as a
pendulum: Abramson, "The Dynamic Behavior of Liquids in Moving Containers", NASA SP-106, 1966, chapter 6.
"""

import math
from dataclasses import replace

from showroom.stage.ease import Eased
from showroom.words.controls import Hand
from showroom.words.scene import Held, Palm

PALM_RADIUS_M = 0.17
STEEPEST = 0.35
GRAVITY_M_S2 = 9.81
_OMEGA, _DAMPING = 2 * math.pi * 2.1, 0.16  # of perfume in a flask a few centimetres wide: rad/s
_SHARE = 0.5                # of the liquid that moves; the rest lies still as if it were solid
_QUICKEST_M_S = 3.0         # more in one frame is tracking that jumped, not a hand
_STILL, _SLOW = 1e-3, 1e-2  # slope and its speed of what has come to rest


class Palms:
    """Where the hands are, as particles meet them."""

    def __init__(self):
        self._at: dict[str, tuple[float, float, float]] = {}
        self._there = {"left": Eased(0.0, 0.3), "right": Eased(0.0, 0.3)}

    def feel(self, hands: tuple[Hand, ...], time_s: float) -> None:
        """Takes the hands of a frame."""
        for side, there in self._there.items():
            palm = next((hand.palm or hand.grip for hand in hands if hand.side == side), None)
            if palm is not None:
                self._at[side] = palm.position
            wanted = 0.0 if palm is None else 1.0
            if there.target != wanted:
                there.towards(wanted, time_s)

    def at(self, time_s: float) -> tuple[Palm, ...]:
        """The hands now; one that comes or goes grows or shrinks."""
        sizes = ((side, float(there.at(time_s))) for side, there in self._there.items())
        return tuple(Palm(self._at[side], PALM_RADIUS_M * size) for side, size in sizes
                     if size > 0 and side in self._at)


class Liquid:
    """The slope of a liquid's surface along x and z, against the level."""

    def __init__(self):
        self.tilt, self._swing = [0.0, 0.0], [0.0, 0.0]

    def pushed(self, x_m_s: float, z_m_s: float) -> None:
        """Its vessel's speed has changed by so much at once: the liquid is left behind and rises there."""
        for axis, change in enumerate((x_m_s, z_m_s)):
            change = min(max(change, -_QUICKEST_M_S), _QUICKEST_M_S)
            self._swing[axis] -= _SHARE * _OMEGA ** 2 / GRAVITY_M_S2 * change

    def flow(self, passed_s: float) -> tuple[float, float]:
        """The slope after this much more time, by the damped pendulum's own solution, however long it is."""
        decay, damped = _DAMPING * _OMEGA, _OMEGA * math.sqrt(1.0 - _DAMPING ** 2)
        fade, turn = math.exp(-decay * passed_s), damped * passed_s
        sine, cosine = math.sin(turn), math.cos(turn)
        for axis in (0, 1):
            tilt, swing = self.tilt[axis], self._swing[axis]
            aside = (swing + decay * tilt) / damped
            now = fade * (tilt * cosine + aside * sine)
            self._swing[axis] = fade * damped * (aside * cosine - tilt * sine) - decay * now
            self.tilt[axis] = min(max(now, -STEEPEST), STEEPEST)
        return self.tilt[0], self.tilt[1]

    @property
    def rests(self) -> bool:
        """Whether nobody would see it move any more."""
        return max(map(abs, self.tilt)) < _STILL and max(map(abs, self._swing)) < _SLOW


class Carried:
    """Bottles away from their plinths, and those just put back, until what is in them lies still."""

    def __init__(self):
        self._all: dict[tuple[int, str], tuple[Held, tuple[float, float], Liquid]] = {}

    def carry(self, held: tuple[Held, ...], passed_s: float) -> tuple[Held, ...]:
        """What is to be drawn away from where it stands, after this much more time.

        held : where each bottle is now, with the slots it belongs to.
        """
        now = {(one.slot, one.product_id): one for one in held}
        carried = {}
        for key in [*now, *(key for key in self._all if key not in now)]:
            before, speed, liquid = self._all.get(key, (now.get(key), (0.0, 0.0), None))
            liquid, one = liquid or Liquid(), now.get(key, before)
            if passed_s > 0:
                moved = [(one.pose.position[axis] - before.pose.position[axis]) / passed_s for axis in (0, 2)]
                liquid.pushed(moved[0] - speed[0], moved[1] - speed[1])
                speed = moved[0], moved[1]
            one = replace(one, slosh=liquid.flow(passed_s))
            if key in now or not liquid.rests:
                carried[key] = one, speed, liquid
        self._all = carried
        return tuple(one for one, _, _ in carried.values())

    def drop(self, slot: int) -> None:
        """Forgets what belongs to a slot that was emptied."""
        self._all = {key: one for key, one in self._all.items() if key[0] != slot}
