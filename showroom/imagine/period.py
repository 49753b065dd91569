"""Period: after how many pixels a texture repeats, or, where it does not, how large its grain is.

Both are read off the autocorrelation, which the power spectrum gives (Wiener and Khinchin). A pattern repeats
at the first maximum along a ray from the centre; of all rays the shortest such lag counts, for a stripe that
is crossed aslant repeats later. What never repeats has a grain: the lag at which it is half like itself.
The waves of uneven light are taken away first.
"""

from dataclasses import dataclass

import numpy as np
from PIL import Image

_CHROMA_GAIN = 2.0     # a pattern of two hues of one lightness is as much of a pattern
_WIDEST = 5            # shares of the edge: wider waves are shading
_RAYS = 60             # directions in half a turn
_NEAREST = 0.85        # of the strongest maximum: a shorter lag that reaches this is the period,
_STANDING = 0.4        # if it stands above its valley so much as the highest does
_FAINT, _BY_CHANCE = 0.1, 1.8  # height of a maximum above the valley before it that is noise, and what coarseness
_SURE = 0.32                   # adds to it: of few grains some lie alike by chance; so much higher is a pattern
_FARTHEST = 0.4        # of the edge: of what repeats two and a half times are seen
_LEAST_PX = 8
_LEAST_CONTRAST = 0.004  # deviation in OKLab; less is the noise of a camera or of eight bits


@dataclass(frozen=True)
class Period:
    """px: of the period, or four times the grain.   sure: 0 it is a grain, to 1 it repeats."""

    px: float
    sure: float

    @property
    def repeats(self) -> bool:
        """Whether there is a pattern."""
        return self.sure >= 0.5


def period_of(lab: np.ndarray) -> Period:
    """The period of a texture (n, n, 3 OKLab); n from 8 px on. One flat colour has none, and its edge for a grain."""
    edge = len(lab)
    rays = _rays(_alike(lab * (1.0, _CHROMA_GAIN, _CHROMA_GAIN))) if edge >= _LEAST_PX else None
    if rays is None:
        return Period(float(edge), 0.0)
    lags, values, heights = np.array([_first_maximum(ray) for ray in rays]).T
    grain = _grain_px(rays.mean(axis=0))
    share = float(np.clip((heights.max() - _FAINT - _BY_CHANCE * grain / edge) / _SURE, 0, 1))
    if share < 0.5:
        return Period(grain, share)
    standing = heights >= _STANDING * heights.max()
    return Period(float(lags[standing & (values >= _NEAREST * values[standing].max())].min()), share)


def _alike(values: np.ndarray) -> np.ndarray | None:
    """(n + 1, n + 1) autocorrelation at lags of up to half the edge each way, 1 at its middle; None if flat."""
    edge = len(values)
    band = np.stack([channel - _shading(channel) for channel in np.moveaxis(values, -1, 0)])
    if (band**2).sum(axis=0).mean() < _LEAST_CONTRAST**2:
        return None
    band -= band.mean(axis=(1, 2), keepdims=True)
    size = (2 * edge, 2 * edge)
    power = (np.abs(np.fft.rfft2(band, size)) ** 2).sum(axis=0)
    shared = np.maximum(edge - np.abs(np.fft.fftfreq(2 * edge, 0.5 / edge)), 1)  # pixels that overlap, along an axis
    full = np.fft.irfft2(power, size) / (shared[:, None] * shared)
    half = edge // 2
    return np.roll(full, (half, half), (0, 1))[: 2 * half + 1, : 2 * half + 1] / full[0, 0]


def _shading(channel: np.ndarray) -> np.ndarray:
    """The slope and the widest waves of (n, n), those of light that falls unevenly."""
    along = np.linspace(-1, 1, len(channel))
    down, across = channel.mean(axis=1) @ along, channel.mean(axis=0) @ along
    slope = (down * along[:, None] + across * along) / (along @ along)
    small = Image.fromarray((channel - slope).astype(np.float32)).resize((_WIDEST, _WIDEST), Image.Resampling.BOX)
    return slope + np.asarray(small.resize(channel.shape, Image.Resampling.BICUBIC), np.float64)


def _rays(alike: np.ndarray | None) -> np.ndarray | None:
    """(rays, lags) of the autocorrelation outward from its middle, a lag a pixel; sampled between pixels."""
    if alike is None:
        return None
    half = len(alike) // 2
    turn = np.pi * np.arange(_RAYS)[:, None] / _RAYS
    lag = np.arange(int(2 * _FARTHEST * half))[None]
    x, y = half + lag * np.cos(turn), half + lag * np.sin(turn)
    left, top = x.astype(int), y.astype(int)
    right, bottom = np.minimum(left + 1, 2 * half), np.minimum(top + 1, 2 * half)
    u, v = x - left, y - top
    return ((alike[top, left] * (1 - u) + alike[top, right] * u) * (1 - v)
            + (alike[bottom, left] * (1 - u) + alike[bottom, right] * u) * v)


def _first_maximum(ray: np.ndarray) -> tuple[float, float, float]:
    """Lag, value, and height above the valley before it, of the first maximum that stands as high as any after it."""
    valley = np.minimum.accumulate(ray)
    height = ray - valley
    inner = 1 + np.flatnonzero((ray[1:-1] >= ray[:-2]) & (ray[1:-1] > ray[2:]) & (height[1:-1] > 0))
    if not len(inner):
        return float(len(ray)), 0.0, 0.0
    reached = height[inner] >= _NEAREST * height[inner].max()
    at = int(inner[reached][0])
    before, here, after = ray[at - 1 : at + 2]  # a parabola through the three says where between pixels
    return at + 0.5 * (before - after) / (before - 2 * here + after), float(here), float(height[at])


def _grain_px(ray: np.ndarray) -> float:
    """Four times the lag at which a texture is half like itself."""
    below = np.flatnonzero(ray < 0.5)
    if not len(below):
        return 4.0 * len(ray)
    at = int(below[0])
    return float(4.0 * (at - (0.5 - ray[at]) / (ray[at - 1] - ray[at])))
