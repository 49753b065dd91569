"""What a photo of a material shows of it: the piece that is nothing else, its pattern's scale and its colours.

None of it needs a model; which material it is, and what no word says of its look, `touchstone` and `likeness` tell.
"""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from PIL import Image

from showroom.imagine.colour import clusters, srgb
from showroom.imagine.period import Period, period_of
from showroom.imagine.window import window_of
from showroom.oklab import lab_from_bytes, lab_from_linear
from showroom.srgb import linear_from_srgb

LONGEST_PX = 512      # of a photo's pixels that are looked at
_PERIOD_PX, _COLOUR_PX = 384, 128  # edges of what is looked at for either
TILE_PX, _LEAST_PX = 256, 32
_TWO = 3.6            # how far apart two colours lie, in deviations of their own, that are not one in light and shade
_LEAST_APART = 0.09   # OKLab
_LEAST_SHARE = 0.06   # of the second: less is a thread or a stain


@dataclass(frozen=True)
class Sample:
    """A piece of a material, as one cuts from a bale.

    pixels : (n, n, 3) uint8 sRGB.   share : its edge, of the photo's shorter edge.
    srgb, accent_srgb : of two colours, the one that covers more first; of one, its mean and what varies it.
    """

    pixels: np.ndarray = field(compare=False, repr=False)
    share: float
    srgb: str
    accent_srgb: str

    @cached_property
    def period(self) -> Period:
        """In pixels of the piece."""
        edge = len(self.pixels)
        looked = min(edge, _PERIOD_PX)
        lab = lab_from_bytes(_resized(self.pixels, looked))
        found = period_of(lab)
        return Period(found.px * edge / looked, found.sure)

    def cut(self, edge_px: float) -> np.ndarray:
        """(256, 256, 3) uint8 of the middle, so many pixels wide as far as the piece reaches."""
        edge = int(min(max(edge_px, _LEAST_PX), len(self.pixels)))
        at = (len(self.pixels) - edge) // 2
        return _resized(self.pixels[at : at + edge, at : at + edge], TILE_PX)


def sample_of(pixels: np.ndarray) -> Sample | None:
    """The material that (h, w, 3) uint8 sRGB is a photo of, if it is one."""
    window = window_of(pixels)
    if window is None:
        return None
    piece = np.ascontiguousarray(window.of(pixels))
    return Sample(piece, window.edge / min(pixels.shape[:2]), *two_colours(piece))


def two_colours(pixels: np.ndarray) -> tuple[str, str]:
    """The two dominant colours of (n, n, 3) uint8 sRGB, see `Sample`."""
    small = _resized(pixels, min(len(pixels), _COLOUR_PX))
    points = lab_from_bytes(small).reshape(-1, 3)
    _, labels = clusters(points, 2)
    parts = [points[labels == at] for at in (0, 1)]
    first, second = sorted(parts, key=len, reverse=True)
    if not len(second):
        return (srgb(first.mean(axis=0)),) * 2
    middles = [np.median(part, axis=0) for part in (first, second)]
    apart = float(np.linalg.norm(middles[0] - middles[1]))
    own = np.sqrt(np.mean([part.var(axis=0).sum() for part in (first, second)]))
    if apart >= max(_LEAST_APART, _TWO * own) and len(second) >= _LEAST_SHARE * len(points):
        return srgb(middles[0]), srgb(middles[1])
    mean = linear_from_srgb(small.reshape(-1, 3) / 255).mean(axis=0)
    return srgb(lab_from_linear(mean)), srgb(middles[1])


def _resized(pixels: np.ndarray, edge: int) -> np.ndarray:
    """(edge, edge, 3) of a square."""
    way = Image.Resampling.BOX if edge < len(pixels) else Image.Resampling.BICUBIC
    return np.array(Image.fromarray(pixels).resize((edge, edge), way))
