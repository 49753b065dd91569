"""Presence: whether somebody has the headset on, and whether they do anything.

A head that is worn is never quite still, and one on a table never turns: so turning it counts as doing
something, and so does everything a hand does.
"""

import math

from showroom.words.controls import Controls
from showroom.words.view import Pose

STIR_RAD, STIR_M = math.radians(10.0), 0.15
LEAP_RAD, LEAP_M = math.radians(60.0), 0.4  # from one frame to the next: tracking that was found, not somebody


class Presence:
    """What is known of whoever is there. All times in seconds of the show.

    off_s   : how long nobody has had the headset on; 0 while somebody has.
    idle_s  : how long nothing has been done.
    put_on  : it was put on in this frame.   stirred : something was done in this frame.
    """

    def __init__(self):
        self.off_s = self.idle_s = 0.0
        self.put_on = self.stirred = False
        self._worn = True
        self._since_s: float | None = None  # when it was taken off
        self._at: Pose | None = None        # where the head was when it stirred last
        self._before: Pose | None = None    # and in the frame before
        self._stirred_s: float | None = None

    def step(self, controls: Controls, acted: bool, time_s: float) -> None:
        """Takes the controls of a frame, in the room.   acted : a hand did something."""
        self.put_on = controls.worn and not self._worn
        if controls.worn != self._worn or self._since_s is None:
            self._worn, self._since_s = controls.worn, time_s
        self.off_s = 0.0 if controls.worn else time_s - self._since_s
        by_itself = (self._before is None or controls.recentred
                     or _apart(self._before, controls.head, LEAP_RAD, LEAP_M))
        moved = by_itself or _apart(self._at, controls.head, STIR_RAD, STIR_M)
        self._before = controls.head
        if moved:
            self._at = controls.head
        self.stirred = controls.worn and (acted or self.put_on or (moved and not by_itself))
        if self.stirred or self._stirred_s is None:
            self._stirred_s = time_s
        self.idle_s = time_s - self._stirred_s


def _apart(one: Pose, other: Pose, by_rad: float, by_m: float) -> bool:
    if math.dist(one.position, other.position) > by_m:
        return True
    cosine = abs(sum(a * b for a, b in zip(one.orientation, other.orientation)))
    return 2.0 * math.acos(min(cosine, 1.0)) > by_rad
