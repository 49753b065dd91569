"""An independent judge of flashes: WCAG 2.2 read over the pictures themselves, pixel by pixel.

It shares nothing with the limiter that it judges: no cells, no gains, another language, the thresholds as
they are written. Source: W3C, Web Content Accessibility Guidelines 2.2, "general flash and red flash
thresholds", with the definition of red flashes that WCAG 2.1 gives beside that of 2.2.
"""

import math
from collections import deque

import numpy as np

GENERAL, DARKER = 0.1, 0.8           # a change of relative luminance; the darker end lies below
RED, SATURATED = 20 / 320, 0.8       # a change of R − G − B, and the share of red at either end
MOST_FLASHES, MOST_SHARE = 3, 0.25   # within a second, and over so much of any ten degrees
FIELD_RAD = math.radians(10.0)
LUMINANCE = np.array([0.2126, 0.7152, 0.0722])
_LEVELS = np.arange(256) / 255
LINEAR = np.where(_LEVELS <= 0.04045, _LEVELS / 12.92, ((_LEVELS + 0.055) / 1.055) ** 2.4)  # IEC 61966-2-1


class Judge:
    """Looks at pictures of one direction, one after another.

    rate_hz : pictures in a second of their own time.   field_px : so many pixels are ten degrees.
    flashes : most flashes of any pixel within a second.
    share   : of any ten degrees, how much flashed more than three times within one second, at the most.
    """

    def __init__(self, rate_hz: int, field_px: int):
        self._rate_hz, self._field_px = rate_hz, field_px
        self.flashes, self.share, self.pictures = 0, 0.0, 0
        self._general, self._red = _Turns(GENERAL), _Turns(RED)
        self._recent: tuple[deque, deque] = deque(maxlen=rate_hz), deque(maxlen=rate_hz)

    @property
    def violated(self) -> bool:
        """Whether a guideline was broken."""
        return self.share > MOST_SHARE

    def turn_away(self) -> None:
        """What comes next is another direction."""
        self._general, self._red = _Turns(GENERAL), _Turns(RED)
        for recent in self._recent:
            recent.clear()

    def look(self, picture: np.ndarray) -> None:
        """picture : (h, w, 3) uint8 sRGB."""
        light = LINEAR[picture]
        total = light.sum(axis=-1)
        saturated = light[..., 0] >= SATURATED * np.maximum(total, 1e-9)
        redness = np.maximum(light[..., 0] - light[..., 1] - light[..., 2], 0.0)
        luminance = light @ LUMINANCE
        turned = (self._general.follow(luminance, luminance < DARKER),
                  self._red.follow(redness, saturated & (total > 0.0)))
        self.pictures += 1
        for recent, now in zip(self._recent, turned):
            recent.append(now)
            flashes = np.sum(recent, axis=0) // 2
            self.flashes = max(self.flashes, int(flashes.max()))
            if flashes.max() > MOST_FLASHES:
                self.share = max(self.share, most_of_any_field(flashes > MOST_FLASHES, self._field_px))


class _Turns:
    """Opposing changes of so much, of every pixel; each needs one end at least that counts."""

    def __init__(self, least: float):
        self._least = least
        self._low = self._high = None   # farthest values since the last turn, and whether those ends count
        self._low_counts = self._high_counts = self._way = None

    def follow(self, value: np.ndarray, counts: np.ndarray) -> np.ndarray:
        """Which pixels turn at this picture."""
        if self._way is None:
            self._low, self._high, self._way = value.copy(), value.copy(), np.zeros(value.shape, np.int8)
            self._low_counts, self._high_counts = counts.copy(), counts.copy()
            return np.zeros(value.shape, bool)
        lower, higher = value < self._low, value > self._high
        self._low, self._high = np.where(lower, value, self._low), np.where(higher, value, self._high)
        self._low_counts = np.where(lower, counts, self._low_counts)
        self._high_counts = np.where(higher, counts, self._high_counts)
        up = (self._way <= 0) & (value - self._low >= self._least) & (counts | self._low_counts)
        down = (self._way >= 0) & (self._high - value >= self._least) & (counts | self._high_counts) & ~up
        turned = up | down
        self._way = np.where(up, 1, np.where(down, -1, self._way)).astype(np.int8)
        self._low, self._high = np.where(turned, value, self._low), np.where(turned, value, self._high)
        self._low_counts = np.where(turned, counts, self._low_counts)
        self._high_counts = np.where(turned, counts, self._high_counts)
        return turned


def most_of_any_field(flashing: np.ndarray, field_px: int) -> float:
    """The largest share of flashing pixels in any square of `field_px`, 0 to 1."""
    height, width = (min(field_px, edge) for edge in flashing.shape)
    sums = np.zeros((flashing.shape[0] + 1, flashing.shape[1] + 1))
    sums[1:, 1:] = flashing.cumsum(axis=0).cumsum(axis=1)
    fields = sums[height:, width:] - sums[:-height, width:] - sums[height:, :-width] + sums[:-height, :-width]
    return float(fields.max()) / (height * width)


def field_px(height_px: int, vertical_fov_rad: float) -> int:
    """How many pixels ten degrees are in the middle of a picture; farther out they are more, so this is strict."""
    return max(1, round(height_px * math.tan(FIELD_RAD / 2) / math.tan(vertical_fov_rad / 2)))
