"""Chance: named streams of random numbers from an integer hash, the same bytes on every run.

A stream is a key and a counter; `child` makes an independent stream from a name, so adding a rock
somewhere never moves the roses elsewhere.
Source: splitmix64, G. L. Steele, D. Lea, C. H. Flood, "Fast Splittable Pseudorandom Number
Generators", OOPSLA 2014.
"""

import numpy as np

from showroom.imagine.grow.attention import look

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FNV_PRIME, _FNV_BASIS = 0x100000001B3, 0xCBF29CE484222325


def mixed(value: np.ndarray) -> np.ndarray:
    """splitmix64's finaliser on uint64 values of any shape."""
    value = np.asarray(value, dtype=np.uint64)
    with np.errstate(over="ignore"):
        value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return value ^ (value >> np.uint64(31))


def _key_of(name: str, key: int) -> int:
    digest = _FNV_BASIS ^ key
    for byte in name.encode():
        digest = ((digest ^ byte) * _FNV_PRIME) & 0xFFFFFFFFFFFFFFFF
    return int(mixed(np.array([digest]))[0])


class Chance:
    """One stream. `n` None gives a float (or int), else an array of that length or shape."""

    def __init__(self, seed: int, name: str = ""):
        self.key = _key_of(name, int(seed) & 0xFFFFFFFFFFFFFFFF)
        self._drawn = 0

    def child(self, name: str) -> "Chance":
        """An independent stream; asking for the same name again gives the same stream anew."""
        return Chance(self.key, name)

    def uniform(self, low: float = 0.0, high: float = 1.0, n: int | tuple[int, ...] | None = None):
        """Evenly between low and high."""
        look()
        count = 1 if n is None else int(np.prod(n))
        steps = np.arange(self._drawn + 1, self._drawn + 1 + count, dtype=np.uint64)
        self._drawn += count
        with np.errstate(over="ignore"):
            bits = mixed(np.uint64(self.key) + steps * _GOLDEN)
        values = low + (high - low) * (bits >> np.uint64(11)).astype(np.float64) * 2.0 ** -53
        return float(values[0]) if n is None else values.reshape(n)

    def normal(self, n: int | tuple[int, ...] | None = None):
        """About 0 with deviation 1, cut at ±3.5: a sum of twelve evens, so no rare giants."""
        count = 1 if n is None else int(np.prod(n))
        values = self.uniform(0.0, 1.0, (count, 12)).sum(axis=1) - 6.0
        values = np.clip(values, -3.5, 3.5)
        return float(values[0]) if n is None else values.reshape(n)

    def integers(self, low: int, high: int, n: int | tuple[int, ...] | None = None):
        """Whole numbers from low up to, not including, high."""
        values = np.floor(self.uniform(low, high, n))
        return int(values) if n is None else values.astype(np.int64)
