"""Ambience: what the air does at one time, in physical units; what the senses are driven by."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Ambience:
    """wind_m_s: (x, y, z) mean wind; gust: 0 to 1, how gusty; haze_per_m: extinction; light: 0 to 1.

    drift_m: (x, z), how far the air has come since the show began: what carries the gusts that
    `words.wind` finds at a place and a time.
    """

    wind_m_s: tuple[float, float, float] = (0.0, 0.0, 0.0)
    gust: float = 0.0
    temperature_k: float = 293.0
    humidity: float = 0.5
    haze_per_m: float = 0.0
    light: float = 0.5
    drift_m: tuple[float, float] = (0.0, 0.0)
