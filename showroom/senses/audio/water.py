"""Water: surf that swells and breaks along a shore, a stream of bubbles, rain near at hand.

Sources: A. Farnell, "Designing Sound", 2010, chapters on water and on rain; K. van den Doel, "Physically
based models for liquid sounds", 2005; that swell breaks every five to ten seconds, and in sets: L. H.
Holthuijsen, "Waves in Oceanic and Coastal Waters", 2007.
"""

import numpy as np

from showroom.senses.audio.chance import Texture, Wander, moments, stream
from showroom.senses.audio.frames import FRAME_HZ, HOP_S, density
from showroom.senses.audio.grains import Player, bubble, burst
from showroom.senses.audio.layer import Sounding, hill, ring
from showroom.words.hearing import Hearing


class Surf:
    """Waves one after the other, ahead (−Z). Each rolls in, breaks from one side to the other, and runs
    back."""

    _ALONG_M = np.array([-22.0, -10.0, 0.0, 10.0, 22.0])
    _WASH_M = np.array([-5.0, 1.0, 6.0])
    _PEEL_M_S = 14.0

    def __init__(self, seed: int):
        self._rng = stream(seed, "surf")
        breakers = np.stack([self._ALONG_M, 0 * self._ALONG_M, -9.0 - 0.01 * self._ALONG_M**2], axis=1)
        wash = np.stack([self._WASH_M, 0 * self._WASH_M, -4.3 + 0 * self._WASH_M], axis=1)
        self._at = np.concatenate([breakers, wash])
        self._roll = density(hill(FRAME_HZ, 50.0, 220.0, 1.5, 1.6))
        self._crash = density(hill(FRAME_HZ, 280.0, 1600.0, 1.0, 1.1))
        self._hiss = density(hill(FRAME_HZ, 1400.0, 6000.0, 1.0, 1.3))
        self._fizz = density(hill(FRAME_HZ, 3500.0, 10000.0, 1.4, 2.0))
        self._texture = Texture(self._rng, FRAME_HZ, (80, 300, 900, 2200, 4500, 9000), 5.0)
        self._period_s = float(self._rng.uniform(6.2, 8.2))
        self._side = float(self._rng.choice([-1.0, 1.0]))
        self._now_s, self._next_s, self._waves = 0.0, float(self._rng.uniform(0.5, 3.0)), []
        self._count = int(self._rng.integers(0, 7))

    def step(self, hearing: Hearing, level: float) -> Sounding:
        self._now_s += HOP_S
        if self._now_s > self._next_s - 4.0:
            self._send()
        roll, crash, hiss, fizz = np.full((4, 8), 0.0)
        for begins_s, strength, waits_s in self._waves:
            age = self._now_s - begins_s - waits_s
            sea, wash = age[:5], age[5:] - 1.1
            rolling = np.where(sea < 0, np.exp(-(sea / 1.5) ** 2), np.exp(-np.maximum(sea, 0) / 1.7))
            roll[:5] += strength * rolling
            crash[:5] += strength**1.4 * _struck(sea, 0.3, 1.25)
            hiss[:5] += 0.55 * strength**1.4 * _struck(sea - 0.25, 0.6, 1.8)
            hiss[5:] += 0.5 * strength * _struck(wash, 0.9, 1.3)
            fizz[5:] += 0.42 * strength * _struck(wash - 0.9, 1.1, 1.7)
        roll += np.where(np.arange(8) < 5, 0.1, 0.0)
        hiss += 0.03
        noise = (_mixed(self._roll, 0.85 * roll) + _mixed(self._crash, crash) + _mixed(self._hiss, hiss)
                 + _mixed(self._fizz, fizz))
        return Sounding(self._at, (np.sqrt(noise) * self._texture.step(8)).astype(np.float32))

    def _send(self) -> None:
        """The next wave sets out. They come in sets: a few tall ones, then lower ones."""
        self._count += 1
        tall = 0.75 + 0.14 * np.cos(2 * np.pi * self._count / 6.0) + 0.06 * self._rng.standard_normal()
        waits = np.concatenate([self._ALONG_M, self._WASH_M]) * self._side / self._PEEL_M_S
        waits = waits + self._rng.normal(0.0, 0.25, 8)
        self._waves = [wave for wave in self._waves if self._now_s - wave[0] < 14.0]
        self._waves.append((self._next_s, max(tall, 0.35), waits))
        self._next_s += self._period_s * float(np.clip(1.0 + 0.07 * self._rng.standard_normal(), 0.8, 1.2))


def _struck(age_s: np.ndarray, rise_s: float, dying_s: float) -> np.ndarray:
    """An envelope from 0 at age 0, up within about `rise_s`, then down."""
    age_s = np.maximum(age_s, 0.0)
    return (1.0 - np.exp(-((age_s / rise_s) ** 2))) * np.exp(-np.maximum(age_s - rise_s, 0.0) / dying_s)


def _mixed(shape: np.ndarray, gains: np.ndarray) -> np.ndarray:
    """Powers of sources that sound with a density, each with its own gain."""
    return (shape * shape)[None, :] * np.square(gains)[:, None]


class Stream:
    """Running water at the right: bubbles by the hundred over a quiet rush."""

    _KINDS = 160

    def __init__(self, seed: int):
        self._rng = stream(seed, "stream")
        self._at = np.array([[2.6, 0.0, -3.6], [1.2, 0.0, -5.2], [4.4, 0.0, -2.0]])
        self._radii_m = np.exp(self._rng.uniform(np.log(0.0006), np.log(0.012), self._KINDS))
        still = self._rng.random(self._KINDS) < 0.5
        rising = np.where(still, 0.0, self._rng.uniform(0.01, 0.09, self._KINDS))
        self._bubbles = [bubble(radius, rise) for radius, rise in zip(self._radii_m, rising)]
        # small ones are many, large ones loud; a burst's strength is as its surface, more or less
        self._loud = (self._radii_m / 0.004) ** 0.8 * np.exp(-((self._radii_m / 0.009) ** 3))
        odds = self._radii_m**-1.0
        self._odds = np.cumsum(odds / odds.sum())
        self._shape = density(hill(FRAME_HZ, 420.0, 2400.0, 1.3, 1.2))
        self._texture = Texture(self._rng, FRAME_HZ, (200, 500, 1000, 2000, 4000), 2.5)
        self._running = Wander(self._rng, 3, 0.35)
        self._player = Player(3, 0.17)

    def step(self, hearing: Hearing, level: float) -> Sounding:
        running = np.exp(0.35 * self._running.step())
        for bus in range(3):
            for start in moments(self._rng, 95.0 * running[bus]):
                kind = int(np.searchsorted(self._odds, self._rng.random()))
                kind = min(kind, self._KINDS - 1)
                self._player.play(bus, self._bubbles[kind],
                                  0.5 * self._loud[kind] * self._rng.lognormal(-0.6, 0.6), start)
        noise = 0.16 * self._shape * self._texture.step(3) * running[:, None]
        return Sounding(self._at, noise.astype(np.float32), self._at, self._player.take())


class Rain:
    """Far drops as a sheet of noise, near ones each by itself: on stone, on leaves, into puddles."""

    def __init__(self, seed: int):
        self._rng = stream(seed, "rain")
        turn = self._rng.uniform(0, 2 * np.pi)
        self._far, self._near = ring(5, 9.0, 0.5, turn), ring(6, 2.2, 0.1, turn + 0.3)
        self._near *= self._rng.uniform(0.7, 1.6, (6, 1)) * [1, 0, 1] + [0, 1, 0]
        self._shape = density(hill(FRAME_HZ, 900.0, 7000.0, 0.7, 1.1))
        self._texture = Texture(self._rng, FRAME_HZ, (300, 1200, 3000, 6000, 11000), 12.0)
        stone = [burst(self._rng, low, 2.5 * low, dying) for low, dying in zip(
            self._rng.uniform(1500, 6000, 24), self._rng.uniform(0.0006, 0.0025, 24))]
        soft = [0.7 * burst(self._rng, 180.0, high, 0.006) for high in self._rng.uniform(500, 1100, 8)]
        puddle = [0.5 * bubble(radius, 0.02) for radius in np.geomspace(0.0006, 0.0035, 16)]
        self._drops = [*stone, *soft, *puddle]
        kinds = np.repeat([0.68 / 24, 0.12 / 8, 0.20 / 16], [24, 8, 16])
        self._odds = np.cumsum(kinds)
        self._shower = Wander(self._rng, 5, 2.5)
        self._player = Player(6, 0.17)

    def step(self, hearing: Hearing, level: float) -> Sounding:
        shower = np.exp(0.12 * self._shower.step())
        starts = moments(self._rng, 50.0 + 260.0 * level)
        count = starts.size
        for start, chance, bus, gain in zip(starts, self._rng.random(count), self._rng.integers(0, 6, count),
                                            self._rng.lognormal(-1.0, 0.75, count)):
            kind = min(int(np.searchsorted(self._odds, chance)), len(self._drops) - 1)
            self._player.play(bus, self._drops[kind], min(float(gain), 2.5), start)
        noise = 0.17 * self._shape * self._texture.step(5) * shower[:, None]
        return Sounding(self._far, noise.astype(np.float32), self._near, self._player.take())
