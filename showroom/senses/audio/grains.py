"""Grains: short sounds made beforehand, and the player that lays them where they happen."""

import numpy as np

from showroom.senses.audio.frames import HOP, RATE_HZ


class Player:
    """Lays grains over each other on a few buses, streaming."""

    def __init__(self, buses: int, longest_s: float):
        self._room = np.zeros((buses, HOP + int(longest_s * RATE_HZ)), np.float32)

    def play(self, bus: int, grain: np.ndarray, gain: float, start: int = 0) -> None:
        """A grain begins `start` samples into the coming hop (less than a hop)."""
        self._room[bus, start:start + grain.size] += np.float32(gain) * grain

    def take(self) -> np.ndarray:
        """The coming hop, (buses, HOP)."""
        hop = self._room[:, :HOP].copy()
        self._room[:, :-HOP] = self._room[:, HOP:]
        self._room[:, -HOP:] = 0.0
        return hop


def bubble(radius_m: float, rising: float) -> np.ndarray:
    """A bubble that rings near the surface and rises in pitch as it goes there, float32, peak about 1.

    radius_m : 0.2 to 10 mm.   rising : 0, not at all, to 0.1. Source: M. Minnaert, Phil. Mag. 16, 1933, for
    its pitch; K. van den Doel, "Physically based models for liquid sounds", ACM Trans. Applied Perception
    2, 2005, equations 4 and 5, for how it dies and rises.
    """
    pitch_hz = 3.0 / radius_m
    dying = 0.13 / radius_m + 0.0072 * radius_m**-1.5
    t = np.arange(int(min(6.0 / dying, 0.16) * RATE_HZ)) / RATE_HZ
    turns = pitch_hz * (t + 0.5 * rising * dying * t * t)
    sound = np.exp(-dying * t) * np.sin(2 * np.pi * turns)
    return faded(sound * np.minimum(1.0, t / (0.4 / pitch_hz)))


def burst(rng: np.random.Generator, low_hz: float, high_hz: float, dying_s: float,
          rise_s: float = 0.0003) -> np.ndarray:
    """A short noise between two frequencies, risen and gone; float32, peak 1."""
    size = int((rise_s + 6.0 * dying_s) * RATE_HZ) + 96
    hz = np.fft.rfftfreq(2 * size, 1 / RATE_HZ)
    shape = 1.0 / (1.0 + (low_hz / np.maximum(hz, 1.0)) ** 4) / (1.0 + (hz / high_hz) ** 4)
    noise = np.fft.irfft(np.fft.rfft(rng.standard_normal(2 * size)) * shape)[:size]
    t = np.arange(size) / RATE_HZ
    sound = noise * np.minimum(1.0, t / rise_s) * np.exp(-np.maximum(t - rise_s, 0.0) / dying_s)
    return faded(sound / np.max(np.abs(sound)))


def faded(sound: np.ndarray) -> np.ndarray:
    """Its last third goes to nothing: no grain ends on a step."""
    size = sound.size // 3
    if size:
        sound[-size:] *= 0.5 + 0.5 * np.cos(np.pi * np.arange(1, size + 1) / size)
    return sound.astype(np.float32)
