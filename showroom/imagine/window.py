"""Window: the part of a photo that is one material, if its middle is.

A photo of a material shows it in its middle, and all over a good part: whatever piece of that is cut out has the
same colours in the same shares, and as much of every fineness, as the next. A bottle on paper, a face or a street
has not. A window's evenness is judged by nine pieces of it. Shares of colours are compared by the earth mover's
distance, one axis of OKLab at a time (Rubner et al. 2000): the colours may differ as light does, or by a part of
what they differ inside a piece, for a wide pattern is cut differently by each.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from PIL import Image

from showroom.imagine.blur import blur
from showroom.oklab import lab_from_bytes

_LOOKED_PX = 128                            # the shorter edge of what is looked at
_EDGES = (1.0, 0.88, 0.76, 0.66, 0.57, 0.5)  # shares of the shorter edge, the largest first
_STEPS = 4                                  # positions along an axis
_PIECES = 3                                 # along an axis
_BANDS_PX = (0.7, 1.7, 4.0, 9.0)            # sigmas between which texture is looked at
_LIGHT, _HUE = 0.03, 0.012                  # how far apart pieces' colours may be: light falls unevenly, hue does not
_OF_INSIDE = 0.42                           # or by so much of the deviation inside
_BUSY = (0.3, 0.35, 0.45, 0.55)             # how much the logarithms of their textures may differ, a band each
_FAINT = 0.004                              # deviation in a band that is the noise of a camera
_PLAIN = 0.008                              # of all bands but the finest: less is paper, sky or out of focus
_QUANTILES = 48


@dataclass(frozen=True)
class Window:
    """A square, in pixels of the photo."""

    top: int
    left: int
    edge: int

    def of(self, pixels: np.ndarray) -> np.ndarray:
        """(edge, edge, …) of a picture."""
        return pixels[self.top : self.top + self.edge, self.left : self.left + self.edge]


def window_of(pixels: np.ndarray) -> Window | None:
    """The largest even square about the middle of (h, w, 3) uint8 sRGB; None if there is no material to see."""
    height, width = pixels.shape[:2]
    shorter = min(height, width)
    if shorter < _LOOKED_PX // 4:
        return None
    scale = min(1.0, _LOOKED_PX / shorter)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    seen = _Seen.of(np.asarray(Image.fromarray(pixels).resize(size, Image.Resampling.BOX)))
    for share in _EDGES:
        even = [(seen.unevenness(window), window) for window in _squares(size, share)]
        worst, best = min(even, key=lambda pair: pair[0])
        if worst <= 1.0 and seen.texture(best) >= _PLAIN:
            edge = min(int(best.edge / scale), shorter)
            return Window(min(int(best.top / scale), height - edge), min(int(best.left / scale), width - edge), edge)
    return None


def _squares(size: tuple[int, int], share: float) -> Iterator[Window]:
    """Windows of one size that hold the picture's middle."""
    width, height = size
    edge = int(share * min(size))
    for top in _places(height, edge):
        for left in _places(width, edge):
            yield Window(top, left, edge)


def _places(length: int, edge: int) -> list[int]:
    """Where a window may begin along an axis so that the middle lies well inside."""
    first, last = max(0, length // 2 - int(0.75 * edge)), min(length - edge, length // 2 - int(0.25 * edge))
    return sorted({round(place) for place in np.linspace(first, last, _STEPS)})


@dataclass(frozen=True)
class _Seen:
    """A picture's colours (h, w, 3 OKLab), and sums of its bands' squares from the upper left on (h + 1, w + 1, 4)."""

    lab: np.ndarray
    bands: np.ndarray

    @staticmethod
    def of(pixels: np.ndarray) -> "_Seen":
        lab = lab_from_bytes(pixels)
        blurred = [np.stack([blur(lab[..., at], sigma) for at in range(3)], -1) for sigma in _BANDS_PX]
        bands = np.stack([((fine - wide) ** 2).sum(-1) for fine, wide in zip([lab, *blurred], blurred)], -1)
        return _Seen(lab, np.pad(bands, ((1, 0), (1, 0), (0, 0))).cumsum(0).cumsum(1))

    def unevenness(self, window: Window) -> float:
        """How far the pieces of a window differ, 1 the most that those of one material may."""
        busy = np.log(np.sqrt(self._energies(window)) + _FAINT)
        off = float((np.abs(busy - busy.mean(axis=(0, 1))).max(axis=(0, 1)) / _BUSY).max())
        return off if off > 1 else max(off, _apart(window.of(self.lab)))

    def texture(self, window: Window) -> float:
        """The deviation of all bands of a window but the finest, which are a camera's noise too."""
        return float(np.sqrt(self._energies(window)[..., 1:].sum(-1).mean()))

    def _energies(self, window: Window) -> np.ndarray:
        """(3, 3, 4) means of the bands' squares over a window's pieces."""
        at = _cuts(window.edge)
        corners = self.bands[window.top + at][:, window.left + at]
        area = np.outer(np.diff(at), np.diff(at))[..., None]
        return np.maximum(np.diff(np.diff(corners, axis=0), axis=1) / area, 0)


def _apart(lab: np.ndarray) -> float:
    """How far the colours of the piece that is most unlike all (n, n, 3) are from it, 1 the most that they may be."""
    lab = np.concatenate([_level(lab[..., 0])[..., None], lab[..., 1:]], -1)
    at = _cuts(len(lab))
    pieces = [lab[top:bottom, left:right].reshape(-1, 3) for top, bottom in zip(at, at[1:])
              for left, right in zip(at, at[1:])]
    whole = _quantiles(lab.reshape(-1, 3))
    moved = np.array([np.abs(_quantiles(piece) - whole).mean(axis=0) for piece in pieces])
    inside = lab.reshape(-1, 3).std(axis=0)
    light = moved[:, 0].max() / max(_LIGHT, _OF_INSIDE * inside[0])
    hue = np.hypot(*moved[:, 1:].T).max() / max(_HUE, _OF_INSIDE * float(np.hypot(*inside[1:])))
    return float(max(light, hue))


def _quantiles(points: np.ndarray) -> np.ndarray:
    """(48, 3) of (n, 3), an axis at a time."""
    at = ((np.arange(_QUANTILES) + 0.5) / _QUANTILES * len(points)).astype(int)
    return np.sort(points, axis=0)[at]


def _level(light: np.ndarray) -> np.ndarray:
    """(n, n) lightness less the slope across it: light falls off."""
    along = np.linspace(-1, 1, len(light))
    down, across = light.mean(axis=1) @ along, light.mean(axis=0) @ along
    return light - 0.7 * (down * along[:, None] + across * along) / (along @ along)


def _cuts(edge: int) -> np.ndarray:
    """Where the pieces of a window begin, and where the last ends."""
    return np.linspace(0, edge, _PIECES + 1).round().astype(int)
