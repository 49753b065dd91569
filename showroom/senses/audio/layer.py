"""Layer: what every layer of the ambience is to the one that hears them all."""

from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from showroom.senses.audio.frames import FRAME_HZ, HOP
from showroom.words.hearing import Hearing

_NOWHERE = np.zeros((0, 3))


@dataclass(frozen=True)
class Sounding:
    """What a layer gives for one hop at level 1, all of it in full scales.

    noise_at : (n, 3) metres.   noise : (n, FRAME_HZ.size) float32, densities per √Hz of independent noises.
    bus_at   : (m, 3) metres.   bus   : (m, HOP) float32, samples.
    """

    noise_at: np.ndarray = field(default_factory=lambda: _NOWHERE)
    noise: np.ndarray = field(default_factory=lambda: np.zeros((0, FRAME_HZ.size), np.float32))
    bus_at: np.ndarray = field(default_factory=lambda: _NOWHERE)
    bus: np.ndarray = field(default_factory=lambda: np.zeros((0, HOP), np.float32))


class Layer(Protocol):
    """A layer is made from a seed, and asked for one hop after the other."""

    def step(self, hearing: Hearing, level: float) -> Sounding:
        """The next hop. level: 0 to 1; how much happens may follow it, how loud it is need not."""


def ring(count: int, radius_m: float, height_m: float, turn_rad: float = 0.0) -> np.ndarray:
    """Places all round the middle, (count, 3) metres."""
    angle = turn_rad + 2 * np.pi * np.arange(count) / count
    return np.stack([radius_m * np.sin(angle), np.full(count, height_m), -radius_m * np.cos(angle)], axis=1)


def hill(hz: np.ndarray, low_hz: float, high_hz: float, up: float, down: float) -> np.ndarray:
    """An amplitude that is flat between two frequencies and falls by these powers of frequency outside."""
    hz = np.maximum(hz, 1.0)
    return 1.0 / np.sqrt((1.0 + (low_hz / hz) ** (2 * up)) * (1.0 + (hz / high_hz) ** (2 * down)))
