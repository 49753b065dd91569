"""Signs: where words hang, and how they come and go.

What is to be read hangs in the world, from ten to twenty degrees below the eyes of who was there when
it was hung, and stays where it is while the head turns. It comes and goes within half a second, and a
sign that takes another's place waits until that has gone.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from showroom.words.pose import azimuth_rad
from showroom.words.sign import Sign, Writing
from showroom.words.view import Pose, yaw_pitch

DISTANCE_M = 1.6
COME_S, GO_S = 0.45, 0.25
_LOWEST_EYE_M = 0.9  # who sits on the floor still reads above it


@dataclass(frozen=True)
class Anchor:
    """Somebody's eyes and the way they look, level: what hangs is placed from there.

    azimuth_rad : 0 along −Z, clockwise from above.
    """

    eye: tuple[float, float, float]
    azimuth_rad: float

    @staticmethod
    def of(head: Pose) -> "Anchor":
        """From world_from_head."""
        x, y, z = head.position
        return Anchor((x, max(y, _LOWEST_EYE_M), z), azimuth_rad(head.orientation))

    def towards(self, place: tuple[float, float, float]) -> "Anchor":
        """The same eyes, looking towards a place."""
        return replace(self, azimuth_rad=math.atan2(place[0] - self.eye[0], self.eye[2] - place[2]))

    def at(self, right_rad: float, below_rad: float, distance_m: float = DISTANCE_M) -> Pose:
        """world_from_sign, facing the eyes, so far right of straight ahead and below the eye line."""
        azimuth = self.azimuth_rad + right_rad
        level = distance_m * math.cos(below_rad)
        x, y, z = self.eye
        return Pose((x + level * math.sin(azimuth), y - distance_m * math.sin(below_rad),
                     z - level * math.cos(azimuth)), yaw_pitch(-azimuth, -below_rad))

    def sees(self, head: Pose, within_rad: float, within_m: float) -> bool:
        """Whether somebody with this head still stands and looks about as from here."""
        turned = math.remainder(azimuth_rad(head.orientation) - self.azimuth_rad, math.tau)
        return abs(turned) < within_rad and math.dist(head.position, self.eye) < within_m


@dataclass(frozen=True)
class Wanted:
    """A sign that should hang. spot: what hangs there, one at a time. pose: taken when it is hung.

    changes : other words at the same spot are the same sign, which only says something else now.
    """

    spot: str
    writing: Writing
    pose: Pose
    choice: str = ""
    changes: bool = False


@dataclass
class _Hung:
    wanted: Wanted
    shown: float = 0.0


class Hanging:
    """What hangs. `signs`: as of the last step, those that can be seen at all."""

    def __init__(self):
        self.signs: tuple[Sign, ...] = ()
        self._hung: list[_Hung] = []
        self._time_s = 0.0
        self._anew = False

    def step(self, wanted: tuple[Wanted, ...], lit: str, time_s: float) -> tuple[Sign, ...]:
        """Goes on to a time.   lit : the choice that is pointed at, "" for none."""
        passed_s, self._time_s = max(time_s - self._time_s, 0.0), time_s
        asked = {(one.spot, one.writing): one for one in wanted}
        staying = {} if self._anew else asked
        self._anew = self._anew and bool(self._hung)
        self._change(staying.values())
        for hung in self._hung:
            stays = (hung.wanted.spot, hung.wanted.writing) in staying
            hung.shown = min(max(hung.shown + (passed_s / COME_S if stays else -passed_s / GO_S), 0.0), 1.0)
        self._hung = [hung for hung in self._hung
                      if hung.shown > 0.0 or (hung.wanted.spot, hung.wanted.writing) in staying]
        taken = {hung.wanted.spot for hung in self._hung}
        self._hung += [_Hung(one) for one in staying.values() if one.spot not in taken]
        self.signs = tuple(_sign(hung, lit) for hung in self._hung if hung.shown > 0.0)
        return self.signs

    def _change(self, staying: Iterable[Wanted]) -> None:
        changed = {one.spot: one for one in staying if one.changes}
        for hung in self._hung:
            now = changed.get(hung.wanted.spot)
            if now is not None:
                hung.wanted = replace(now, pose=hung.wanted.pose)

    def rehang(self) -> None:
        """Everything goes, and what is still wanted is hung anew, where it is wanted then."""
        self._anew = True

    def clear(self) -> None:
        """Nothing hangs any more."""
        self._hung, self.signs, self._anew = [], (), False


def _sign(hung: _Hung, lit: str) -> Sign:
    wanted, t = hung.wanted, float(np.clip(hung.shown, 0.0, 1.0))
    writing = replace(wanted.writing, lit=True) if lit and lit == wanted.choice else wanted.writing
    return Sign(writing, wanted.pose, t * t * (3.0 - 2.0 * t), wanted.choice)
