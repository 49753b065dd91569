"""Breath: wind over things, leaves in it, the hush of snow, a room's own air.

Wind and leaves read `words.wind` at the places where they sound: the gust one hears there is the gust that
bends what grows there. Sources: A. Farnell, "Designing Sound", 2010, chapters on wind and on leaves; V.
Strouhal, "Über eine besondere Art der Tonerregung", Ann. Phys. 241, 1878: air past a twig of diameter d
sings at 0.2 U/d.
"""

import numpy as np

from showroom.senses.audio.chance import Texture, Wander, moments, stream
from showroom.senses.audio.frames import FRAME_HZ, HOP_S, density
from showroom.senses.audio.grains import Player, burst
from showroom.senses.audio.layer import Sounding, hill, ring
from showroom.words.hearing import Hearing
from showroom.words.wind import wind_at

_LOG_HZ = np.log(np.maximum(FRAME_HZ, 1.0))
_CALM_M_S = 0.15
_FULL_M_S = 5.0  # the wind at which wind and leaves are as loud as their level
_STEEP = 1.6


def _blown(hearing: Hearing, places: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How fast the air goes there, m/s, never quite still; and how loud that is.

    Loudness goes up steeply with a gust, much less with the mean: a level was meant for a place as windy as
    it is.
    """
    mean = float(np.linalg.norm(hearing.wind_m_s)) + _CALM_M_S
    speed = np.linalg.norm(wind_at(hearing.air, places, HOP_S), axis=1) + _CALM_M_S
    return speed, (speed / mean) ** _STEEP * (mean / _FULL_M_S) ** 0.5


class Wind:
    """A broad rush that brightens with the speed, and the twigs and edges that sing in it."""

    _TWIGS = 3
    _SPEEDS = np.geomspace(0.1, 40.0, 80)
    _PITCHES = np.linspace(np.log(20.0), np.log(6000.0), 160)

    def __init__(self, seed: int):
        self._rng = stream(seed, "wind")
        self._at = ring(5, 5.0, 2.2, self._rng.uniform(0, 2 * np.pi))
        widths = np.geomspace(0.0025, 0.02, self._TWIGS)
        self._widths_m = widths * self._rng.uniform(0.75, 1.3, (5, self._TWIGS))
        self._flutter = Wander(self._rng, 5, 0.25)
        self._singing = Wander(self._rng, 5 * self._TWIGS, 1.2)
        # powers, made once for all speeds and pitches: finer than what a cross-fade tells apart
        self._rush = density(hill(FRAME_HZ, 45.0, 70.0 + 75.0 * self._SPEEDS[:, None], 1.5, 1.35)) ** 2
        pitches = self._PITCHES[:, None]
        bands = 0.9 * np.exp(-(((_LOG_HZ - pitches) / 0.11) ** 2)) / np.exp(pitches)
        self._bands = bands.astype(np.float32)

    def step(self, hearing: Hearing, level: float) -> Sounding:
        speed, loud = _blown(hearing, self._at)
        rush = self._rush[np.rint(np.interp(speed, self._SPEEDS, np.arange(80))).astype(int)]
        pitch = np.log(0.2 * speed[:, None] / self._widths_m)
        rows = np.rint(np.interp(pitch, self._PITCHES, np.arange(160))).astype(int)
        singing = np.exp(self._singing.step()).reshape(5, 1, self._TWIGS).astype(np.float32)
        power = rush + (singing @ self._bands[rows])[:, 0]
        gain = loud * (1.0 + 0.1 * self._flutter.step())
        return Sounding(self._at, np.sqrt(power) * gain[:, None].astype(np.float32))


class Leaves:
    """Crowns all round: a rustle that is many small leaps of noise, and leaves that touch."""

    def __init__(self, seed: int):
        self._rng = stream(seed, "leaves")
        self._at = ring(5, 4.5, 2.6, self._rng.uniform(0, 2 * np.pi))
        self._at *= self._rng.uniform(0.7, 1.5, (5, 1)) * [1, 0, 1] + [0, 1, 0]
        self._shapes = np.stack([density(hill(FRAME_HZ, low, high, 1.6, 1.8))
                                 for low, high in self._rng.uniform([1500, 4200], [2300, 7000], (5, 2))])
        self._texture = Texture(self._rng, FRAME_HZ, (900, 1800, 3000, 4500, 6500, 10000), 1.6)
        self._flutter, self._rustling = Wander(self._rng, 5, 0.08), Wander(self._rng, 5, 0.6)
        self._ticks = [burst(self._rng, low, 2.2 * low, dying) for low, dying in zip(
            self._rng.uniform(1600, 5500, 24), self._rng.uniform(0.0012, 0.006, 24))]
        self._player = Player(5, 0.06)

    def step(self, hearing: Hearing, level: float) -> Sounding:
        _, loud = _blown(hearing, self._at)
        gain = loud * np.exp(0.3 * self._rustling.step() + 0.15 * self._flutter.step())
        noise = self._shapes * self._texture.step(5) * gain[:, None]
        for bus, strength in enumerate(loud):
            for start in moments(self._rng, 30.0 * strength):
                self._player.play(bus, self._ticks[self._rng.integers(24)],
                                  2.5 * strength**0.5 * self._rng.lognormal(-1.0, 0.7), start)
        return Sounding(self._at, noise.astype(np.float32), self._at, self._player.take())


class Snow:
    """A hush that comes and goes, and flakes that settle close by, hardly to be heard."""

    def __init__(self, seed: int):
        self._rng = stream(seed, "snow")
        self._at = ring(4, 3.0, 1.8, self._rng.uniform(0, 2 * np.pi))
        self._shape = density(hill(FRAME_HZ, 220.0, 650.0, 1.2, 1.5))
        self._swell = Wander(self._rng, 4, 3.0)
        self._flakes = [burst(self._rng, low, 14000.0, 0.0009) for low in self._rng.uniform(3500, 8000, 12)]
        self._player = Player(4, 0.02)

    def step(self, hearing: Hearing, level: float) -> Sounding:
        noise = self._shape * np.exp(0.28 * self._swell.step())[:, None]
        for start in moments(self._rng, 70.0 * level):
            self._player.play(self._rng.integers(4), self._flakes[self._rng.integers(12)],
                              self._rng.lognormal(-0.7, 0.6), start)
        return Sounding(self._at, noise.astype(np.float32), self._at, self._player.take())


class Room:
    """The air of a room that nobody speaks in: low, from all sides, a little louder where the room
    resonates."""

    def __init__(self, seed: int):
        self._rng = stream(seed, "room")
        self._at = ring(6, 3.5, 1.6, self._rng.uniform(0, 2 * np.pi))
        shape = hill(FRAME_HZ, 50.0, 120.0, 2.0, 1.25)
        for hz in self._rng.uniform(55.0, 320.0, 5):
            shape = shape * (1.0 + 1.2 * np.exp(-0.5 * ((FRAME_HZ - hz) / 18.0) ** 2))
        self._shape = density(shape)
        self._swell = Wander(self._rng, 6, 4.0)

    def step(self, hearing: Hearing, level: float) -> Sounding:
        noise = self._shape * np.exp(0.12 * self._swell.step())[:, None]
        return Sounding(self._at, noise.astype(np.float32))
