"""Chance over time: values that wander, gusts of texture, and things that happen now and then."""

import math

import numpy as np

from showroom.senses.audio.frames import HOP, HOP_S


def stream(seed: int, name: str) -> np.random.Generator:
    """A layer's own source of chance: what other layers do changes nothing in it."""
    return np.random.Generator(np.random.PCG64([seed, *name.encode()]))


class Wander:
    """Values that wander about 0 with deviation 1, forgetting in `seconds`; one step is one hop.

    Source: G. E. Uhlenbeck and L. S. Ornstein, "On the theory of the Brownian motion", Phys. Rev. 36, 1930.
    """

    def __init__(self, rng: np.random.Generator, count: int, seconds: float):
        self._rng, self._keep = rng, math.exp(-HOP_S / seconds)
        self._value = rng.standard_normal(count)

    def step(self) -> np.ndarray:
        """(count,) float64."""
        fresh = math.sqrt(1.0 - self._keep**2) * self._rng.standard_normal(self._value.size)
        self._value = self._keep * self._value + fresh
        return self._value


class Texture:
    """Noise that is made of many small things: each band's power leaps from hop to hop, about 1.

    hz : frequencies.   lows : Hz, where bands begin.   evenness : large is smooth, 1 is rough.
    """

    def __init__(self, rng: np.random.Generator, hz: np.ndarray, lows: tuple[float, ...], evenness: float):
        self._rng, self._evenness = rng, evenness
        place = np.interp(np.log(np.maximum(hz, 1.0)), np.log(lows), np.arange(len(lows)))
        self._bands = np.maximum(1.0 - np.abs(place - np.arange(len(lows))[:, None]), 0.0)

    def step(self, count: int) -> np.ndarray:
        """(count, hz.size): amplitudes for as many sources."""
        powers = self._rng.gamma(self._evenness, 1.0 / self._evenness, (count, len(self._bands)))
        return np.sqrt(powers @ self._bands)


def moments(rng: np.random.Generator, per_s: float) -> np.ndarray:
    """When things happen in the next hop that happen `per_s` times a second: samples from its start,
    sorted."""
    return np.sort(rng.integers(0, HOP, rng.poisson(max(per_s, 0.0) * HOP_S)))
