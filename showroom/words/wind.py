"""Wind: one field in space and time, here and in shaders/wind.glsl from the same few numbers.

The numbers are an Ambience's: the mean wind, how gusty it is, and how far the air has come (`drift_m`).
Gusts are a pattern that the mean wind carries along unchanged, so that what happens here happens a
little later further down the wind. Source: G. I. Taylor, "The Spectrum of Turbulence", 1938 (frozen
turbulence). tests/pixels/test_wind.py evaluates both and compares them.
"""

import math

import numpy as np

from showroom.words.ambience import Ambience

TILE_M = 256.0  # the pattern repeats after this, so that a drift may be kept small
# whole waves in a tile along x and z, and where each begins (turns); wavelengths 51, 33, 20, 14 m …
_GUSTS = ((3, 4, 0.00), (-5, 6, 0.37), (12, 5, 0.71), (-9, -16, 0.13))
_GUST_SIZES = (1.0, 0.8, 0.6, 0.4)
# … and 23, 15 m for the eddies that turn it aside
_EDDIES = ((7, -8, 0.52), (-11, 13, 0.05))


def gust_at(air: Ambience, positions_m, later_s: float = 0.0) -> np.ndarray:
    """How far a gust has risen at places, 0 to 1, ½ on the mean.

    positions_m : (..., 3) metres.   later_s : seconds from the time of `air`.   Returns (...) float64.
    """
    x, z = _carried(air, positions_m, later_s)
    ahead_x, ahead_z = _ahead(air)
    total, power = 0.0, 0.0
    for (n_x, n_z, start), size in zip(_GUSTS, _GUST_SIZES):
        # waves that stand across the wind count for most: a gust comes as a front
        weight = size * (0.3 + 0.7 * (n_x * ahead_x + n_z * ahead_z) ** 2 / (n_x * n_x + n_z * n_z))
        total = total + weight * _wave(x, z, n_x, n_z, start)
        power += 0.5 * weight * weight
    total = total / math.sqrt(power)
    return 0.5 + 0.5 * total / np.sqrt(1.0 + total * total)


def wind_at(air: Ambience, positions_m, later_s: float = 0.0) -> np.ndarray:
    """The wind at places, m/s.

    positions_m : (..., 3) metres.   later_s : seconds from the time of `air`, which may be negative.
    Returns (..., 3) float64: the mean, swelled and slackened by the gust and turned aside by eddies;
    none of it exceeds twice the mean and a half.
    """
    mean = np.asarray(air.wind_m_s, dtype=np.float64)
    speed = math.hypot(mean[0], mean[2])
    swell = 1.0 + air.gust * (2.0 * gust_at(air, positions_m, later_s) - 1.0)
    x, z = _carried(air, positions_m, later_s)
    aside, lift = (_wave(x, z, *eddy) for eddy in _EDDIES)
    ahead_x, ahead_z = _ahead(air)
    turned = 0.3 * air.gust * speed * aside
    return np.stack([mean[0] * swell - ahead_z * turned, mean[1] * swell + 0.1 * air.gust * speed * lift,
                     mean[2] * swell + ahead_x * turned], axis=-1)


def carried_on(drift_m: tuple[float, float], wind_m_s: tuple[float, float, float],
               seconds: float) -> tuple[float, float]:
    """Where a drift is after the wind has blown for a while, (x, z) metres; it wraps after 64 tiles."""
    lap = 64 * TILE_M
    return ((drift_m[0] + wind_m_s[0] * seconds) % lap, (drift_m[1] + wind_m_s[2] * seconds) % lap)


def _carried(air: Ambience, positions_m, later_s: float):
    positions = np.asarray(positions_m, dtype=np.float64)
    x = positions[..., 0] - air.drift_m[0] - air.wind_m_s[0] * later_s
    return x, positions[..., 2] - air.drift_m[1] - air.wind_m_s[2] * later_s


def _ahead(air: Ambience) -> tuple[float, float]:
    x, z = air.wind_m_s[0] + 1e-4, air.wind_m_s[2]
    length = math.hypot(x, z)
    return x / length, z / length


def _wave(x, z, n_x: int, n_z: int, start: float):
    return np.sin(2 * math.pi * ((n_x * x + n_z * z) / TILE_M + start))
