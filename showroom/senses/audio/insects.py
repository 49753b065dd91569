"""Insects: crickets at night, who count the degrees; cicadas in the heat and bees by day.

Sources: A. E. Dolbear, "The cricket as a thermometer", American Naturalist 31, 1897: 40 chirps a minute at
50 °F and four more with each degree; H. C. Bennet-Clark, "Songs and the physics of sound production", in
"Cricket Behavior and Neurobiology", 1989: three or four pulses a chirp near 4.5 kHz. A honeybee's wings
beat some 230 times a second.
"""

import numpy as np

from showroom.senses.audio.chance import Wander, stream
from showroom.senses.audio.frames import FRAME_HZ, HOP, HOP_S, RATE_HZ, density
from showroom.senses.audio.grains import Player, faded
from showroom.senses.audio.layer import Sounding, ring
from showroom.senses.audio.space import HOME
from showroom.words.hearing import Hearing

_SINGERS, _BEES = 4, 2
_CICADAS_K = (293.0, 299.0)


def chirps_per_s(temperature_k: float) -> float:
    """Dolbear's law; nobody sings in the cold."""
    fahrenheit = (temperature_k - 273.15) * 1.8 + 32.0
    return max(40.0 + 4.0 * (fahrenheit - 50.0), 0.0) / 60.0


class Insects:
    """Four crickets, a chorus far off, cicadas, and two bees that come by."""

    def __init__(self, seed: int):
        self._rng = stream(seed, "insects")
        self._singers = ring(_SINGERS, 5.0, 0.3, self._rng.uniform(0, 2 * np.pi))
        self._singers *= self._rng.uniform(0.7, 1.7, (_SINGERS, 1)) * [1, 0, 1] + [0, 1, 0]
        self._chirps = [_chirp(hz, pulses) for hz, pulses in zip(
            self._rng.uniform(4200, 4900, _SINGERS), self._rng.integers(3, 5, _SINGERS))]
        self._waits_s = self._rng.uniform(0.0, 1.0, _SINGERS)
        self._mood = Wander(self._rng, _SINGERS, 6.0)
        self._chorus_at = ring(4, 18.0, 1.0, self._rng.uniform(0, 2 * np.pi))
        self._chorus = np.stack([_band(hz, 0.018) for hz in self._rng.uniform(3700, 5000, 4)])
        self._cicadas = np.stack([_band(hz, 0.16) for hz in self._rng.uniform(5200, 7200, 4)])
        self._swell, self._rasp = Wander(self._rng, 4, 2.5), self._rng.uniform(0, 2 * np.pi, 4)
        self._bees = [_Bee(self._rng) for _ in range(_BEES)]
        self._player = Player(_SINGERS, 0.25)

    def step(self, hearing: Hearing, level: float) -> Sounding:
        day = 1.0 - min(2.0 * hearing.night, 1.0)
        self._sing(chirps_per_s(hearing.temperature_k), 1.0 - 0.75 * day)
        hot = float(np.interp(hearing.temperature_k, _CICADAS_K, (0.0, 1.0)))
        swell = np.exp(np.tanh(1.3 * self._swell.step()))
        self._rasp += 2 * np.pi * np.array([7.0, 7.6, 8.3, 9.1]) * HOP_S
        rasp = 1.0 + 0.55 * np.sin(self._rasp)
        noise = (self._chorus * (0.07 * (1.0 - day) * swell)[:, None]
                 + self._cicadas * (0.2 * day * hot * swell * rasp)[:, None])
        flights = [bee.step() for bee in self._bees]
        at = np.concatenate([self._singers, [place for place, _ in flights]])
        buzz = np.stack([sound for _, sound in flights]) * np.float32(0.3 * day)
        return Sounding(self._chorus_at, noise.astype(np.float32), at,
                        np.concatenate([self._player.take(), buzz.astype(np.float32)]))

    def _sing(self, per_s: float, gain: float) -> None:
        """Each keeps its own time, nearly even; each falls silent for a while now and then."""
        mood = self._mood.step()
        self._waits_s -= HOP_S
        for bus in np.flatnonzero(self._waits_s < HOP_S):
            if per_s < 0.2:
                self._waits_s[bus] = 1.0
                continue
            if mood[bus] > -0.9 and self._waits_s[bus] >= 0.0:
                start = min(int(self._waits_s[bus] * RATE_HZ), HOP - 1)
                self._player.play(bus, self._chirps[bus], gain * (0.7 + 0.3 * np.tanh(mood[bus])), start)
            pace = 1.0 + 0.12 * (bus - 1.5) / _SINGERS
            self._waits_s[bus] = max(self._waits_s[bus], 0.0) + pace / per_s * self._rng.normal(1.0, 0.03)


class _Bee:
    """A bee: a buzz of many harmonics whose pitch sways, on a path among the flowers."""

    def __init__(self, rng: np.random.Generator):
        self._turns, self._paces = rng.uniform(0, 2 * np.pi, 3), rng.uniform(0.25, 0.6, 3)
        self._hz, self._sway = float(rng.uniform(200, 250)), Wander(rng, 1, 0.3)
        self._centre = np.array([rng.uniform(-1.5, 1.5), 0.9, rng.uniform(-3.0, -1.2)])
        self._phase, self._last_hz = 0.0, self._hz
        self._near = Wander(rng, 1, 2.5)

    def step(self) -> tuple[np.ndarray, np.ndarray]:
        """Where it is, (3,), and its buzz as it comes from there to the middle of the place, (HOP,)."""
        self._turns = self._turns + self._paces * HOP_S * 2.2
        at = self._centre + np.sin(self._turns) * [2.4, 0.4, 1.8]
        hz = self._hz * (1.0 + 0.035 * float(self._sway.step()[0]))
        turn = self._phase + 2 * np.pi * np.cumsum(np.linspace(self._last_hz, hz, HOP)) / RATE_HZ
        self._phase, self._last_hz = float(turn[-1] % (2 * np.pi)), hz
        # it is among other flowers, farther off, for most of the time
        away_m = 9.0 * max(0.4 - 0.8 * float(self._near.step()[0]), 0.0)
        at = at - [0.0, 0.0, away_m]
        # Σ sin(hφ)/h, all harmonics at once and few enough of them not to fold
        once, sound = np.exp(1j * turn), np.zeros(HOP)
        power = once.copy()
        for harmonic in range(1, 13):
            sound += power.imag / harmonic**1.5
            power *= once
        return at, 0.5 / float(np.linalg.norm(at - HOME)) * sound


def _chirp(hz: float, pulses: int) -> np.ndarray:
    """Pulses of 16 ms, one every 38 ms, each a little lower at its end and the first one softer."""
    every, long = int(0.038 * RATE_HZ), int(0.016 * RATE_HZ)
    t = np.arange(long) / RATE_HZ
    pulse = np.sin(np.pi * np.arange(long) / long) ** 1.5 * np.sin(2 * np.pi * hz * (t - 0.9 * t * t))
    sound = np.zeros(every * pulses)
    for at in range(pulses):
        sound[at * every:at * every + long] += pulse * (0.55 if at == 0 else 1.0)
    return faded(np.concatenate([sound, np.zeros(long)]))


def _band(hz: float, width: float) -> np.ndarray:
    """Noise about a pitch; width: of its bell on a logarithmic axis."""
    return density(np.exp(-0.5 * (np.log(np.maximum(FRAME_HZ, 1.0) / hz) / width) ** 2))
