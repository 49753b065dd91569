"""Blur: a Gaussian over a picture, in numpy alone."""

import numpy as np


def blur(values: np.ndarray, sigma_px: float) -> np.ndarray:
    """(h, w) blurred; beyond its edges a picture goes on as it ends."""
    reach = max(1, round(3 * sigma_px))
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma_px) ** 2)
    kernel /= kernel.sum()
    for axis in (0, 1):
        padded = np.pad(values, [(reach, reach) if at == axis else (0, 0) for at in (0, 1)], mode="edge")
        size = values.shape[axis]
        values = sum(weight * padded.take(range(at, at + size), axis) for at, weight in enumerate(kernel))
    return values
