"""What is tuned: the tonal bed that follows the notes, and bells far away.

Smells have a pitch: people give high ones to citrus and iris flower, low ones to musk, smoke and roasted
coffee, and higher ones the brighter and sweeter a smell is. Sources: K. Belkin, R. Martin, S. E. Kemp and
A. N. Gilbert, "Auditory pitch as a perceptual analogue to odor quality", Psychol. Sci. 8, 1997; A.-S.
Crisinel and C. Spence, "A fruity note", Chem. Senses 37, 2012; A.-S. Crisinel, C. Jacquier, O. Deroy and C.
Spence, "Composing with cross-modal correspondences", Chemosens. Percept. 6, 2013. What sounds consonant: R.
Plomp and W. J. M. Levelt, "Tonal consonance and critical bandwidth", J. Acoust. Soc. Am. 38, 1965. A bell's
partials: T. D. Rossing and R. Perrin, "Vibrations of bells", Applied Acoustics 20, 1987.
"""

import numpy as np

from showroom.senses.audio.chance import Wander, stream
from showroom.senses.audio.frames import HOP, HOP_S, RATE_HZ
from showroom.senses.audio.layer import Sounding, ring
from showroom.words.hearing import Hearing

LOWEST_HZ, OCTAVES = 65.4, 2.6
# from the root, the plainest ratio first: the first five always sound well together
INTERVALS = np.array([1.0, 3 / 2, 2.0, 3.0, 4.0, 5 / 2, 9 / 4, 5 / 3, 15 / 8, 6 / 5, 7 / 4, 45 / 32, 25 / 16,
                      16 / 15, 17 / 8])
_VOICES, _PARTIALS = 5, 6
_DETUNED = 0.0011
_PAIR = np.array([0.8, 0.33])  # of a partial and its neighbour: they beat, and neither ever goes
_RISE_S, _HOLD_S = 3.5, (6.0, 14.0)
_TICKS = np.arange(1, HOP + 1) / RATE_HZ


def root_hz(pitch: float) -> float:
    """The bed's lowest note. pitch: 0, as of musk, to 1, as of citrus."""
    return LOWEST_HZ * 2.0 ** (OCTAVES * pitch)


def choice(consonance: float) -> np.ndarray:
    """The intervals that may sound: only the plainest at 1, all of them at 0."""
    return INTERVALS[:5 + round((len(INTERVALS) - 5) * (1.0 - consonance))]


def weights(brightness: float) -> np.ndarray:
    """Amplitudes of a note's partials, of power one: dull ones fall fast."""
    falling = np.arange(1, _PARTIALS + 1) ** -(3.2 - 2.1 * brightness)
    return falling / np.sqrt(np.sum(falling**2))


class Tone:
    """Five voices around the visitor; each holds a note for a while, fades, and takes another."""

    def __init__(self, seed: int):
        self._rng = stream(seed, "tone")
        self._at = ring(_VOICES, 4.0, 1.7, self._rng.uniform(0, 2 * np.pi))
        self._ratio = np.ones(_VOICES)
        self._pitch = np.full(_VOICES, np.nan)
        self._age_s, self._lasts_s = np.zeros(_VOICES), np.zeros(_VOICES)
        self._turning = np.zeros((_VOICES, 2 * _PARTIALS, HOP), np.complex64)
        self._phase = np.ones((_VOICES, 2 * _PARTIALS), np.complex128)
        self._ahead = np.ones((_VOICES, 2 * _PARTIALS), np.complex128)
        self._swell = Wander(self._rng, _VOICES, 3.0)
        self._gains = np.zeros((_VOICES, 2 * _PARTIALS))

    def step(self, hearing: Hearing, level: float) -> Sounding:
        self._age_s += HOP_S
        # a note of another place's register ends early
        self._lasts_s[np.abs(self._pitch - hearing.pitch) > 0.08] *= 0.97
        for voice in np.flatnonzero(self._age_s >= self._lasts_s):
            self._take_note(voice, hearing)
        rising, falling = self._age_s / _RISE_S, (self._lasts_s - self._age_s) / _RISE_S
        up = np.sin(0.5 * np.pi * np.clip(np.minimum(rising, falling), 0.0, 1.0)) ** 2
        hertz = root_hz(hearing.pitch) * self._ratio
        # equal power would leave the high voices on top
        loud = 0.32 * up * np.exp(0.2 * self._swell.step()) * (220.0 / np.maximum(hertz, 110.0)) ** 0.5
        gains = (loud[:, None] * weights(hearing.brightness))[..., None] * _PAIR
        gains = gains.reshape(_VOICES, 2 * _PARTIALS)
        # the shares of this hop's beginning and of its end, each turned on through the hop
        both = np.stack([self._gains, gains], axis=1) * self._phase[:, None, :]
        sound = (both.astype(np.complex64) @ self._turning).imag
        share = np.arange(1, HOP + 1, dtype=np.float32) / HOP
        self._phase *= self._ahead
        self._phase /= np.abs(self._phase)
        self._gains = gains
        return Sounding(bus_at=self._at, bus=sound[:, 0] * (1.0 - share) + sound[:, 1] * share)

    def _take_note(self, voice: int, hearing: Hearing) -> None:
        """A note that no other voice has; the first voice keeps to the root and what is plainest."""
        first = self._pitch[voice] != self._pitch[voice]
        may = choice(hearing.consonance)[:3 if voice == 0 else None]
        free = [ratio for ratio in may if ratio not in np.delete(self._ratio, voice)] or list(may)
        self._ratio[voice] = free[self._rng.integers(len(free))]
        self._pitch[voice] = hearing.pitch
        self._lasts_s[voice] = 2 * _RISE_S + self._rng.uniform(*_HOLD_S)
        self._age_s[voice] = self._lasts_s[voice] * self._rng.uniform(0.1, 0.5) if first else 0.0
        apart = 1.0 + _DETUNED * np.array([-1.0, 1.0]) * self._rng.uniform(0.6, 1.4)
        hertz = root_hz(hearing.pitch) * self._ratio[voice] * np.arange(1, _PARTIALS + 1)[:, None] * apart
        turn = 2j * np.pi * hertz.ravel()
        self._turning[voice] = np.exp(turn[:, None] * _TICKS)
        self._ahead[voice] = np.exp(turn * _TICKS[-1])
        self._phase[voice] = np.exp(1j * self._rng.uniform(0, 2 * np.pi, 2 * _PARTIALS))


class Bells:
    """Four bells a good way off, tuned together; struck seldom, by turns or by chance."""

    _PARTIALS = np.array([0.5, 1.0, 1.183, 1.506, 2.0, 2.514, 2.662, 3.011, 4.166])
    _LOUD = np.array([0.45, 0.8, 0.7, 0.3, 1.0, 0.35, 0.4, 0.4, 0.22])
    _RINGS_S = np.array([9.0, 5.5, 4.5, 2.8, 2.6, 1.6, 1.5, 1.2, 0.7])  # to 1/e, of a bell of 300 Hz
    _TUNING = np.array([1.0, 9 / 8, 3 / 2, 5 / 3])

    def __init__(self, seed: int):
        self._rng = stream(seed, "bells")
        self._at = np.array([[-26.0, 14.0, -42.0], [-22.0, 14.0, -45.0], [24.0, 10.0, -60.0],
                             [-4.0, 8.0, -55.0]])
        self._hz = float(self._rng.uniform(0.94, 1.06))
        self._state = np.zeros((4, self._PARTIALS.size), np.complex128)
        self._pitch, self._turning, self._ahead = np.nan, None, None
        self._waits_s = float(self._rng.uniform(0.3, 2.5))

    def step(self, hearing: Hearing, level: float) -> Sounding:
        if not abs(self._pitch - hearing.pitch) < 0.05 and np.max(np.abs(self._state)) < 1e-3:
            self._tune(hearing.pitch)  # bells that ring keep their pitch
        self._waits_s -= HOP_S
        if self._waits_s <= 0.0:
            self._strike()
        sound = (self._state[:, None, :].astype(np.complex64) @ self._turning).imag[:, 0]
        self._state *= self._ahead
        return Sounding(bus_at=self._at, bus=sound)

    def _tune(self, pitch: float) -> None:
        hertz = (4.0 * root_hz(0.3 + 0.4 * pitch) * self._hz * self._TUNING)[:, None] * self._PARTIALS
        dying = 1.0 / (self._RINGS_S * np.sqrt(300.0 / hertz[:, 1:2]))
        each = 2j * np.pi * hertz - dying
        self._turning = np.exp(each[..., None] * _TICKS).astype(np.complex64)
        self._ahead, self._pitch = np.exp(each * _TICKS[-1]), pitch

    def _strike(self) -> None:
        """All partials begin at nothing, on their way up: a blow, and no step."""
        bell, strength = int(self._rng.integers(4)), float(self._rng.uniform(0.5, 1.0))
        self._state[bell] += 0.3 * strength * self._LOUD * self._rng.uniform(0.8, 1.2, self._LOUD.size)
        again = self._rng.random() < 0.3
        self._waits_s = float(self._rng.uniform(0.9, 1.6) if again else self._rng.uniform(3.5, 8.0))
