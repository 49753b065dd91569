"""A window on the desktop that shows staff what one eye sees: a copied picture, never a second drawing.

Signs that the runtime itself lays over the picture are not in it.
"""

import time

from showroom.display.targets import copy_to_window
from showroom.display.window_glfw import ContextWindow
from showroom.words.view import Eyes

SIZE = (960, 720)
TITLE = "showroom: what the visitor sees"
UNHIDDEN = 0.8  # of each edge, where lenses hide the corners
EVERY_S = 1.0 / 31.0  # of 90 pictures a second every third


class Mirror:
    """Mirrors into `window`, which the headset's display owns."""

    def __init__(self, window: ContextWindow):
        self._window = window
        self._next_s = 0.0
        self.count = 0

    def show(self, eyes: Eyes) -> None:
        """Copies a picture of which the drawing has been asked for, if it is time for the next one."""
        shown = self._due()
        if 0 not in shown:
            share = UNHIDDEN if eyes.hidden else 1.0
            copy_to_window(eyes.target, middle(eyes.target.size, shown, share), shown)
            self._window.swap()
            self.count += 1

    def taken_keys(self) -> frozenset[str]:
        """Names of the function keys that staff pressed in the window since the last call."""
        return self._window.taken_keys()

    def rest(self) -> None:
        """While there are no pictures: the window answers, and keeps the last one."""
        self._due()

    def _due(self) -> tuple[int, int]:
        now_s = time.monotonic()
        if now_s < self._next_s:
            return (0, 0)
        self._next_s = now_s + EVERY_S
        return self._window.shown_size()


def middle(size: tuple[int, int], shown: tuple[int, int], share: float = 1.0) -> tuple[int, int, int, int]:
    """Left, bottom, right, top px of the largest part of a picture that has the shape of `shown`.

    share : how much of each edge is taken of what would fit.
    """
    width = round(share * min(size[0], size[1] * shown[0] / shown[1]))
    height = round(share * min(size[1], size[0] * shown[1] / shown[0]))
    left, bottom = (size[0] - width) // 2, (size[1] - height) // 2
    return left, bottom, left + width, bottom + height
