"""Cloth: the colours and the pattern of what lies inside a mask.

A pattern is told by its spectrum: plain cloth has little power beside its folds, which are wide; that of
stripes lies one way, that of checks two ways at a right angle, a print's any way (the second and the fourth
angular moment of the power; Bigün and Granlund 1987, "Optimal orientation detection of linear symmetry").
"""

import numpy as np
from PIL import Image

from showroom.imagine.blur import blur
from showroom.imagine.colour import clusters, gathered, normalised, srgb
from showroom.oklab import lab_from_bytes
from showroom.words.look import PATTERNS
from showroom.words.scenespec import Colour

_COLOUR_PX, _PATTERN_PX = 96, 160  # longer edges of what is looked at
_MOST_COLOURS = 5
_VIVID = 0.06          # chroma at which a colour counts twice as much as grey: its red makes a coat red
_FAINT_SHARE = 0.04    # colours of less are seams and shadows
_FINE_PX, _WIDE_PX = 1.0, 5.0  # of the band that is looked at: folds are wider, weave is finer
_CHROMA_GAIN = 2.0
_PLAIN = 0.045         # deviation of the band from which cloth has a pattern
_ONE_WAY, _TWO_WAYS = 0.5, 0.42
_LEAST_PIXELS = 200
PLAIN, STRIPED, CHECKED, PRINTED = PATTERNS


def colours_of(pixels: np.ndarray, inside: np.ndarray) -> tuple[Colour, ...]:
    """Up to five, strongest first, shares that sum to 1.

    pixels : (h, w, 3) uint8 sRGB.   inside : (h, w) bool.
    """
    small, within = _scaled(pixels, inside, _COLOUR_PX)
    points = lab_from_bytes(small)[within]
    middles, labels = clusters(points, _MOST_COLOURS)
    counts = np.bincount(labels, minlength=len(middles)) / len(points)
    weights = counts * (1 + np.hypot(middles[:, 1], middles[:, 2]) / _VIVID)
    seen = [Colour(srgb(middle), float(weight)) for middle, weight, count in zip(middles, weights, counts)
            if count >= _FAINT_SHARE]
    return normalised(gathered(seen, _MOST_COLOURS))


def pattern_of(pixels: np.ndarray, inside: np.ndarray) -> str:
    """One of PATTERNS. pixels: (h, w, 3) uint8 sRGB. inside: (h, w) bool."""
    small, within = _scaled(pixels, inside, _PATTERN_PX)
    lab = lab_from_bytes(small) * (1.0, _CHROMA_GAIN, _CHROMA_GAIN)
    mask = within.astype(float)
    band = _blurred(lab, mask, _FINE_PX) - _blurred(lab, mask, _WIDE_PX)
    core = blur(mask, _WIDE_PX) > 0.97
    if core.sum() < _LEAST_PIXELS:
        core = within
    deviation = float(np.sqrt((band[core] ** 2).sum(1).mean()))
    if deviation < _PLAIN:
        return PLAIN
    one_way, two_ways = _ways(band, mask)
    if one_way > _ONE_WAY:
        return STRIPED
    return CHECKED if two_ways > _TWO_WAYS else PRINTED


def _ways(band: np.ndarray, mask: np.ndarray) -> tuple[float, float]:
    """0 to 1: how much of the band's power lies one way, and how much in two ways at a right angle."""
    edge = max(mask.shape)
    soft = np.clip(blur(mask, _WIDE_PX) * 2 - 1, 0, 1)[..., None]
    waves = np.fft.rfft2(band * soft, (edge, edge), axes=(0, 1))
    power = (np.abs(waves) ** 2).sum(-1)
    turn = np.arctan2(np.fft.fftfreq(edge)[:, None], np.fft.rfftfreq(edge)[None])
    total = power.sum() + 1e-12
    return tuple(float(abs((power * np.exp(1j * fold * turn)).sum()) / total) for fold in (2, 4))


def _scaled(pixels: np.ndarray, inside: np.ndarray, longest_px: int) -> tuple[np.ndarray, np.ndarray]:
    """What lies inside, cut out and made small; all of the picture if nothing does."""
    if not inside.any():
        inside = np.ones_like(inside)
    rows, columns = np.flatnonzero(inside.any(1)), np.flatnonzero(inside.any(0))
    cut = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    height, width = inside[cut].shape
    scale = min(1.0, longest_px / max(height, width))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    small = Image.fromarray(pixels[cut]).resize(size, Image.Resampling.BOX)
    mask = Image.fromarray(inside[cut].astype(np.uint8) * 255).resize(size, Image.Resampling.BOX)
    within = np.asarray(mask) > 127
    return np.asarray(small), within if within.any() else np.ones_like(within)


def _blurred(values: np.ndarray, inside: np.ndarray, sigma_px: float) -> np.ndarray:
    """A Gaussian blur of (h, w, 3) that takes nothing from outside."""
    weight = np.maximum(blur(inside, sigma_px), 1e-3)
    channels = np.moveaxis(values, -1, 0)
    return np.stack([blur(channel * inside, sigma_px) / weight for channel in channels], -1)
