"""The wind as the shaders see it, for whatever Python needs of it. Mirrors shaders/wind.glsl."""

import numpy as np

from showroom.words.ambience import Ambience


def gust_at(ambience: Ambience, position, time_s: float) -> np.ndarray:
    """0 to 1 at positions (..., 3): waves that travel down the wind at its own speed."""
    position = np.asarray(position, dtype=np.float64)
    wind = np.array([ambience.wind_m_s[0], ambience.wind_m_s[2]])
    along = wind + np.array([1e-4, 0.0])
    along /= np.linalg.norm(along)
    x = position[..., 0] * along[0] + position[..., 2] * along[1]
    y = -position[..., 0] * along[1] + position[..., 2] * along[0]
    phase = x - np.linalg.norm(wind) * time_s
    slow = np.sin(phase * 0.31 + 0.7 * np.sin(y * 0.17))
    quick = np.sin(phase * 1.13 + 1.9 + 0.5 * np.sin(y * 0.61))
    return np.clip(0.5 + 0.32 * slow + 0.18 * quick, 0.0, 1.0)


def wind_at(ambience: Ambience, position, time_s: float) -> np.ndarray:
    """Wind in m/s at positions (..., 3): the mean, swelled and slackened by the gust."""
    swell = 1.0 + ambience.gust * (2.0 * gust_at(ambience, position, time_s) - 1.0)
    return np.asarray(ambience.wind_m_s) * np.asarray(swell)[..., None]
