"""Photos of cloth for tests: plain, striped, checked or printed, with folds, light and grain."""

import numpy as np

from showroom.srgb import linear_from_srgb, srgb_from_linear

EDGE_PX = 240


def cloth(pattern: str, first: str, second: str = "#e8e4da", turn_rad: float = 0.0,
          seed: int = 0) -> np.ndarray:
    """(240, 240, 3) uint8 sRGB of cloth in `first`, with `second` woven or printed in."""
    rng = np.random.default_rng(seed)
    down, across = np.mgrid[0:1:EDGE_PX * 1j, 0:1:EDGE_PX * 1j]
    along = across * np.cos(turn_rad) + down * np.sin(turn_rad)
    athwart = -across * np.sin(turn_rad) + down * np.cos(turn_rad)
    stripes, others = (np.sin(2 * np.pi * 11 * axis) > 0 for axis in (along, athwart))
    share = {"plain": np.zeros_like(along), "striped": stripes * 1.0, "checked": (stripes * 1.0 + others) / 2,
             "printed": _blots(rng)}[pattern]
    colour = _linear(first) * (1 - share[..., None]) + _linear(second) * share[..., None]
    lit = colour * (1 + 0.25 * _folds(rng))[..., None]
    picture = srgb_from_linear(np.clip(lit, 0, 1)) * 255 + rng.normal(0, 2.5, lit.shape)
    return np.clip(picture, 0, 255).astype(np.uint8)


def worn(cloth_pixels: np.ndarray, ground: str = "#b9b4a8") -> np.ndarray:
    """(320, 240, 3): the cloth, narrower above, before a plain ground."""
    picture = np.full((320, 240, 3), np.frombuffer(bytes.fromhex(ground[1:]), np.uint8), np.uint8)
    for row in range(40, 280):
        half = 50 + 40 * (row - 40) // 240
        picture[row, 120 - half : 120 + half] = cloth_pixels[row - 40, 120 - half : 120 + half]
    return picture


def _folds(rng: np.random.Generator) -> np.ndarray:
    """Wide waves, −1 to 1."""
    down, across = np.mgrid[0:1:EDGE_PX * 1j, 0:1:EDGE_PX * 1j]
    waves = (rng.uniform(0.5, 3) * across + rng.uniform(-1, 1) * down + rng.uniform(0, 1) for _ in range(4))
    return sum(np.sin(2 * np.pi * wave) for wave in waves) / 4


def _blots(rng: np.random.Generator) -> np.ndarray:
    """Round blots strewn about, 0 or 1."""
    down, across = np.mgrid[0:EDGE_PX, 0:EDGE_PX]
    share = np.zeros((EDGE_PX, EDGE_PX))
    for _ in range(60):
        y, x, reach = rng.uniform(0, EDGE_PX), rng.uniform(0, EDGE_PX), rng.uniform(5, 11)
        share[(down - y) ** 2 + (across - x) ** 2 < reach**2] = 1
    return share


def _linear(srgb: str) -> np.ndarray:
    return linear_from_srgb(np.frombuffer(bytes.fromhex(srgb[1:]), np.uint8) / 255)
