"""Render scale: how much of a headset's images is drawn, from how many pictures came late.

Pure: late or not, and when, goes in; a factor on each edge comes out. Three late pictures in a second
take a step down (a tenth of each edge, a fifth of the pixels), ten seconds without one a step up. A step
up that has to be taken back doubles the seconds until the next try, so that sharpness does not swing.
"""

import logging
import math
from collections import deque

LOG = logging.getLogger("showroom.display")
LEAST = 0.7
STEP = 0.1
WINDOW_S, TOO_MANY = 1.0, 3
CALM_S, MOST_CALM_S = 10.0, 160.0
BEGINNING_S = 3.0  # in which pictures come late for what is loaded, not for what is drawn


class Scale:
    """The factor now, from `least` to 1. least: 1 keeps it at 1."""

    def __init__(self, least: float = LEAST):
        self.factor = 1.0
        self._least = least
        self._late: deque[float] = deque()
        self._calm_s = CALM_S
        self._began_s = self._since_s = -math.inf  # the first picture; the last late one, or the last step
        self._rose_s = -math.inf

    def of(self, size: tuple[int, int]) -> tuple[int, int]:
        """(width, height) px to draw of images of `size`; even, so that half-size copies fit."""
        if self.factor == 1.0:
            return size
        return tuple(min(edge, max(2, 2 * round(edge * self.factor / 2))) for edge in size)

    def note(self, late: bool, time_s: float) -> None:
        """One more picture, at a time that never goes back."""
        if self._began_s == -math.inf:
            self._began_s = self._since_s = time_s
        if late and time_s - self._began_s < BEGINNING_S:
            self._since_s = time_s
        elif late:
            self._since_s = time_s
            self._late.append(time_s)
            while self._late[0] < time_s - WINDOW_S:
                self._late.popleft()
            if len(self._late) >= TOO_MANY:
                self._fall(time_s)
        elif self.factor < 1.0 and time_s - self._since_s >= self._calm_s:
            self._rise(time_s)

    def pause(self) -> None:
        """Nothing was drawn for a while: what came late before says nothing about what comes now."""
        self._late.clear()
        self._began_s = self._since_s = -math.inf

    def _fall(self, time_s: float) -> None:
        late = len(self._late)
        self._late.clear()
        if self.factor <= self._least:
            return
        in_vain = time_s - self._rose_s < CALM_S
        self._calm_s = min(MOST_CALM_S, 2 * self._calm_s) if in_vain else CALM_S
        self._step(-STEP, time_s)
        LOG.info("render scale %.0f %%%s: %d pictures came late within %g s", 100 * self.factor,
                 ", the least" if self.factor <= self._least else "", late, WINDOW_S)

    def _rise(self, time_s: float) -> None:
        self._rose_s = time_s
        self._step(STEP, time_s)
        LOG.info("render scale %.0f %%: no picture came late for %g s", 100 * self.factor, self._calm_s)

    def _step(self, by: float, time_s: float) -> None:
        self.factor = min(1.0, max(self._least, round(self.factor + by, 6)))
        self._since_s = time_s
