"""A window on the desktop that shows staff what one eye sees: a copy of a finished picture, never a second drawing.

Signs that the runtime itself lays over the picture are not in it.
"""

import time

from showroom.display.targets import copy_to_window
from showroom.display.window_glfw import ContextWindow
from showroom.words.view import Target

SIZE = (960, 720)
TITLE = "showroom: what the visitor sees"
EVERY_S = 1.0 / 31.0  # of 90 pictures a second every third


class Mirror:
    """Mirrors into `window`, which the headset's display owns."""

    def __init__(self, window: ContextWindow):
        self._window = window
        self._next_s = 0.0
        self.count = 0

    def show(self, target: Target) -> None:
        """Copies a picture of which the drawing has been asked for, if it is time for the next one."""
        shown = self._due()
        if 0 not in shown:
            copy_to_window(target, middle(target.size, shown), shown)
            self._window.swap()
            self.count += 1

    def rest(self) -> None:
        """While there are no pictures: the window answers, and keeps the last one."""
        self._due()

    def _due(self) -> tuple[int, int]:
        now_s = time.monotonic()
        if now_s < self._next_s:
            return (0, 0)
        self._next_s = now_s + EVERY_S
        return self._window.shown_size()


def middle(size: tuple[int, int], shown: tuple[int, int]) -> tuple[int, int, int, int]:
    """The largest part of a picture, left, bottom, right, top px, that is as wide for its height as `shown` is."""
    width = min(size[0], round(size[1] * shown[0] / shown[1]))
    height = min(size[1], round(size[0] * shown[1] / shown[0]))
    left, bottom = (size[0] - width) // 2, (size[1] - height) // 2
    return left, bottom, left + width, bottom + height
