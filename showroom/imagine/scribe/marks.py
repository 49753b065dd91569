"""Small drawn things on a card: an accent for each layer of notes, as fine lines.

What rises and is gone first (top) is three drops, what unfolds (heart) a flower of five petals, what stays
(base) the rings of cut wood.
"""

from functools import lru_cache

import numpy as np
from PIL import Image, ImageDraw

_OVER = 4  # drawn so many times larger, for smooth edges
_STROKE = 0.036  # of the accent's width
_TURN = np.linspace(0.0, 2.0 * np.pi, 181)


def accents() -> tuple[str, ...]:
    """Names of the accents there are."""
    return tuple(_CURVES)


@lru_cache(32)
def accent(name: str, px: int) -> Image.Image:
    """An accent as coverage, mode "L", px wide and high; empty for a name that is none of `accents()`."""
    large = Image.new("L", (px * _OVER, px * _OVER))
    pen = ImageDraw.Draw(large)
    for curve in _CURVES.get(name, list)():
        points = [tuple(point) for point in (curve * 0.5 + 0.5) * px * _OVER]
        pen.line(points, fill=255, width=max(1, round(_STROKE * px * _OVER)), joint="curve")
    return large.resize((px, px), Image.Resampling.BOX)


def _drops() -> list[np.ndarray]:
    """Curves of (n, 2) points in −1 to 1, y down."""
    return [_drop(0.0, -0.22, 0.52), _drop(-0.55, 0.42, 0.33), _drop(0.55, 0.42, 0.33)]


def _drop(x: float, y: float, radius: float) -> np.ndarray:
    wide = np.sin(_TURN) * np.sin(_TURN / 2) ** 1.6
    return np.stack([x + 0.95 * radius * wide, y - 1.15 * radius * np.cos(_TURN)], axis=1)


def _flower() -> list[np.ndarray]:
    petals = [_petal(2 * np.pi * index / 5) for index in range(5)]
    return [*petals, 0.13 * np.stack([np.cos(_TURN), np.sin(_TURN)], axis=1)]


def _petal(azimuth: float) -> np.ndarray:
    """A petal upward from near the middle, turned clockwise by `azimuth`."""
    along = 0.24 + 0.64 * (1 - np.cos(_TURN)) / 2
    across = 0.42 * np.sin(_TURN) * (0.35 + 0.65 * np.sin(_TURN / 2) ** 2)
    sine, cosine = np.sin(azimuth), np.cos(azimuth)
    return np.stack([across * cosine + along * sine, across * sine - along * cosine], axis=1)


def _rings() -> list[np.ndarray]:
    return [_ring(radius, 0.06 * (0.86 - radius)) for radius in (0.16, 0.40, 0.63, 0.86)]


def _ring(radius: float, off: float) -> np.ndarray:
    """A year's ring: not quite round, and nearer to the pith on one side."""
    uneven = radius * (1 + 0.035 * np.sin(3 * _TURN + 9 * radius) + 0.02 * np.sin(5 * _TURN))
    return np.stack([uneven * np.cos(_TURN) - off * 2, uneven * np.sin(_TURN) + off], axis=1)


_CURVES = {"top": _drops, "heart": _flower, "base": _rings}
