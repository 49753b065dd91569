"""A head: what a rigid sphere does to a sound on its way to two ears.

Source: R. O. Duda and W. L. Martens, "Range dependence of the response of a spherical head model", J.
Acoust. Soc. Am. 104, 1998, equation 3 for a source far away: not the usual one-pole shadow with a delay
beside it, but the diffracted wave itself, with its bright spot behind. Ears stand a little behind the
middle, at ±100°, as in C. P. Brown and R. O. Duda, "A structural model for binaural sound synthesis", IEEE
Trans. Speech Audio 6, 1998: that alone tells front from behind until the head turns.
"""

import numpy as np

RADIUS_M = 0.0875
SPEED_M_S = 343.0
_EAR_RAD = np.radians(100.0)
# in the head's frame: −Z is ahead, +X right; left first
EARS = np.array([[-np.sin(_EAR_RAD), 0.0, -np.cos(_EAR_RAD)], [np.sin(_EAR_RAD), 0.0, -np.cos(_EAR_RAD)]])
STEPS = 360  # of an angle from 0 to π
_ORDERS = 64
_AHEAD_S = 2.5 * RADIUS_M / SPEED_M_S  # every path is this much longer, so that none begins before its time


def responses(hz: np.ndarray) -> np.ndarray:
    """Pressure at an ear over that at the head's middle without the head, (STEPS + 1, hz.size) complex64.

    hz : frequencies, Hz; of 0 Hz nothing is given.   Rows: angles between the source and the ear, 0 to π.
    """
    size = 2 * np.pi * np.maximum(hz, 1.0) * RADIUS_M / SPEED_M_S
    around = np.cos(np.linspace(0.0, np.pi, STEPS + 1))
    terms = np.stack([(2 * m + 1) * (-1j) ** (m + 1) / slope for m, slope in enumerate(_hankel_slopes(size))])
    whole = -(_legendre(around) @ terms) / size**2
    heard = np.conj(whole) * np.exp(-2j * np.pi * hz * _AHEAD_S)
    heard[:, hz <= 0.0] = 0.0
    return heard.astype(np.complex64)


def _hankel_slopes(x: np.ndarray):
    """h′ₘ(x) of the first kind, for m = 0 … _ORDERS − 1."""
    before, now = np.exp(1j * x) / x, -1j * np.exp(1j * x) / x  # of m = −1 and 0
    for m in range(_ORDERS):
        yield before - (m + 1) / x * now
        before, now = now, (2 * m + 1) / x * now - before


def _legendre(x: np.ndarray) -> np.ndarray:
    """Pₘ(x) for m = 0 … _ORDERS − 1, (x.size, _ORDERS)."""
    rows = [np.ones_like(x), x]
    for m in range(1, _ORDERS - 1):
        rows.append(((2 * m + 1) * x * rows[m] - m * rows[m - 1]) / (m + 1))
    return np.stack(rows, axis=1)
