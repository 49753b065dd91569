"""Fire: a flame that laps, gas that hisses, wood that crackles.

Sources: A. Farnell, "Designing Sound", 2010, the chapter on fire, for its three parts; B. M. Cetegen and T.
A. Ahmed, "Experiments on the periodic instability of buoyant plumes and pool fires", Combustion and Flame
93, 1993: a flame of base D puffs 1.5/√D times a second.
"""

import numpy as np

from showroom.senses.audio.chance import Texture, Wander, moments, stream
from showroom.senses.audio.frames import FRAME_HZ, HOP, HOP_S, RATE_HZ, density
from showroom.senses.audio.grains import Player, burst
from showroom.senses.audio.layer import Sounding, hill
from showroom.words.hearing import Hearing

CRACKLES_PER_S = 6.0  # on the mean, in knots of two or three
_KNOTS_PER_S, _IN_A_KNOT = 2.4, 2.5
_APART_S = 0.045
_BASE_M = 0.3
_KINDS = 32


class Fire:
    """Embers and small flames, a little to the right."""

    def __init__(self, seed: int):
        self._rng = stream(seed, "fire")
        self._at = np.array([[1.0, 0.8, -1.8], [1.3, 0.75, -1.7]])
        self._lap = density(hill(FRAME_HZ, 60.0, 190.0, 1.6, 1.7))
        self._hiss = density(hill(FRAME_HZ, 1500.0, 7000.0, 1.2, 1.4))
        self._texture = Texture(self._rng, FRAME_HZ, (100, 400, 1500, 3000, 6000, 10000), 6.0)
        self._puff = float(self._rng.uniform(0, 2 * np.pi))
        self._hurry, self._flames = Wander(self._rng, 1, 0.4), Wander(self._rng, 2, 0.5)
        dying_s = np.exp(self._rng.uniform(np.log(0.0006), np.log(0.005), _KINDS))
        self._snaps = [burst(self._rng, low, 2.0 * low, dying, 0.00015)
                       for low, dying in zip(self._rng.uniform(900, 4500, _KINDS), dying_s)]
        self._pops = [burst(self._rng, 160.0, high, 0.014) for high in self._rng.uniform(500, 1200, 6)]
        self._coming: list[tuple[int, int, float]] = []  # (samples from now, bus, gain)
        self._player = Player(2, 0.12)

    def step(self, hearing: Hearing, level: float) -> Sounding:
        hurry, flames = float(self._hurry.step()[0]), self._flames.step()
        self._puff += 2 * np.pi * (1.5 / np.sqrt(_BASE_M)) * (1.0 + 0.3 * hurry) * HOP_S
        lapping = 0.13 * np.exp(0.3 * flames) * (1.0 + 0.5 * np.sin(self._puff + np.array([0.0, 1.9])))
        hissing = 0.026 * np.exp(0.5 * flames)
        noise = np.sqrt((self._lap * lapping[:, None]) ** 2 + (self._hiss * hissing[:, None]) ** 2)
        self._crackle()
        noise = (noise * self._texture.step(2)).astype(np.float32)
        return Sounding(self._at, noise, self._at, self._player.take())

    def _crackle(self) -> None:
        for start in moments(self._rng, _KNOTS_PER_S):
            strength, bus = float(self._rng.lognormal(-0.55, 0.6)), int(self._rng.integers(2))
            for _ in range(self._rng.geometric(1.0 / _IN_A_KNOT)):
                gain = min(strength * float(self._rng.lognormal(0.2, 0.5)), 4.0)
                self._coming.append((int(start), bus, gain))
                start += int(self._rng.exponential(_APART_S) * RATE_HZ) + 1
        for start in moments(self._rng, 0.22):
            self._player.play(int(self._rng.integers(2)), self._pops[self._rng.integers(6)], 0.8, start)
        later = []
        for start, bus, gain in self._coming:
            if start < HOP:
                self._player.play(bus, self._snaps[self._rng.integers(_KINDS)], gain, start)
            else:
                later.append((start - HOP, bus, gain))
        self._coming = later
