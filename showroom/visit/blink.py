"""Blink: a moment of dark in which the world may turn without anybody being turned with it."""

from collections.abc import Callable

CLOSE_S, OPEN_S = 0.16, 0.45


class Blink:
    """shade : 0 open to 1 dark."""

    def __init__(self):
        self.shade = 0.0
        self._then: Callable[[], None] | None = None
        self._dark_s: float | None = None  # when it is, or was, darkest

    @property
    def open(self) -> bool:
        """Whether nothing is waiting for the dark."""
        return self._then is None

    def close(self, then: Callable[[], None], time_s: float) -> None:
        """Closes, and does `then` in the dark. What was waiting gives way to it."""
        if self._then is None:
            self._dark_s = time_s + CLOSE_S * (1.0 - self.shade)
        self._then = then

    def step(self, time_s: float) -> bool:
        """Goes on to a time; True in the one frame in which what waited was done."""
        if self._dark_s is None:
            return False
        done = self._then is not None and time_s >= self._dark_s
        if done:
            self._dark_s = time_s  # a late frame still sees all of the dark
            self._then()
            self._then = None
        share = (self._dark_s - time_s) / CLOSE_S if self._then else (time_s - self._dark_s) / OPEN_S
        bright = min(max(share, 0.0), 1.0)
        self.shade = 1.0 - bright * bright * (3.0 - 2.0 * bright)
        if bright == 1.0 and self._then is None:
            self._dark_s = None
        return done
