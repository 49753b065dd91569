"""sRGB and linear light. Source: IEC 61966-2-1."""

import numpy as np


def linear_from_srgb(srgb: np.ndarray) -> np.ndarray:
    """sRGB 0 to 1 → linear 0 to 1, of any shape; the float type stays."""
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)


def srgb_from_linear(linear: np.ndarray) -> np.ndarray:
    """Linear 0 to 1 → sRGB 0 to 1, of any shape; the float type stays."""
    return np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)


def linear(srgb: str) -> np.ndarray:
    """(3,) float64 linear RGB of "#rrggbb"."""
    return linear_from_srgb(np.frombuffer(bytes.fromhex(srgb[1:]), np.uint8) / 255.0)
