"""Tail: how a place rings on, as sixteen delays that feed each other.

Each delay loses what brings it down by 60 dB in the tail's time, the treble sooner, as air and matter do.
Source: J.-M. Jot and A. Chaigne, "Digital delay networks for designing artificial reverberators", 90th AES
Convention, 1991.
"""

import numpy as np

from showroom.senses.audio.frames import HOP, RATE_HZ

_PART = 256  # samples at a time: no delay may be shorter
_DELAYS = np.array([263, 331, 397, 467, 541, 617, 701, 787, 877, 971, 1069, 1171, 1277, 1399, 1523, 1657])
_LONGEST = 2048
_LINES = len(_DELAYS)
_DULL = 0.42  # treble rings this much as long as the middle
_LEAST_S, _MOST_S = 0.05, 12.0
_RISE = (np.arange(1, HOP + 1, dtype=np.float32) / HOP)[None, :]


class Tail:
    """The ringing of one place, streaming."""

    def __init__(self, seed: int):
        rng = np.random.Generator(np.random.PCG64([seed, 91]))
        self._kept = np.zeros((_LINES, _LONGEST), np.float32)
        self._at = 0
        mixed = _hadamard(_LINES)
        self._feedback = (mixed / np.sqrt(_LINES)).astype(np.float32)
        self._into = rng.choice([-1.0, 1.0], _LINES).astype(np.float32)
        # rows that stand across each other, each turned by chance: what the ears hear has nothing in common
        self._out = (mixed[[5, 10]] * rng.choice([-1.0, 1.0], _LINES)).astype(np.float32)
        self._before = np.zeros((_LINES, 2), np.float32)
        self._losses: tuple[np.ndarray, ...] | None = None

    def ring(self, sent: np.ndarray, tail_s: float) -> np.ndarray:
        """The place's answer to a hop, (2, HOP), of about the power of what is sent. sent: (HOP,)."""
        before, self._losses = self._losses, _losses(min(max(tail_s, _LEAST_S), _MOST_S))
        side, centre, power = self._losses
        if before is not None and not np.array_equal(before[1], centre):
            side, centre, power = (old + (new - old) * _RISE for old, new in zip(before, self._losses))
        sides, centres = (np.broadcast_to(part, (_LINES, HOP)) for part in (side, centre))
        answer = np.empty((2, HOP), np.float32)
        for start in range(0, HOP, _PART):
            heard = self._read()
            answer[:, start:start + _PART] = self._out @ heard
            joined = np.concatenate([self._before, heard], axis=1)
            self._before = heard[:, -2:]
            part = slice(start, start + _PART)
            damped = centres[:, part] * joined[:, 1:-1] + sides[:, part] * (joined[:, 2:] + joined[:, :-2])
            self._write(self._feedback @ damped + self._into[:, None] * sent[part])
        return answer * power

    def _read(self) -> np.ndarray:
        """What left each delay in the next part, (_LINES, _PART)."""
        # one sample less: the smoothing looks one ahead
        begins = (self._at - _DELAYS + 1)[:, None] + np.arange(_PART)
        return np.take_along_axis(self._kept, begins % _LONGEST, axis=1)

    def _write(self, part: np.ndarray) -> None:
        self._kept[:, self._at:self._at + _PART] = part
        self._at = (self._at + _PART) % _LONGEST


def _losses(tail_s: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of each delay a short smoothing (side, centre, side), (_LINES, 1), and the gain that makes up for
    all, (1, 1).

    The middle of the spectrum passes as 60 dB in `tail_s` ask, a quarter of the rate as in less.
    """
    seconds = _DELAYS[:, None] / RATE_HZ
    middle, treble = (10.0 ** (-3.0 * seconds / rings_s) for rings_s in (tail_s, _DULL * tail_s))
    side, centre = 0.5 * (middle - treble), treble
    power = np.sqrt(max(1.0 - float(np.mean(middle)) ** 2, 0.02) / _LINES)
    return side.astype(np.float32), centre.astype(np.float32), np.full((1, 1), power, np.float32)


def _hadamard(size: int) -> np.ndarray:
    whole = np.ones((1, 1))
    while len(whole) < size:
        whole = np.block([[whole, whole], [whole, -whole]])
    return whole
