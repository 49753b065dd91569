"""Soundscape: all layers, heard by one head, a hop at a time.

What comes out is what a block of parameters asks for within the hop that they are given for: every change
is a cross-fade of one hop, and what could thump (levels, the tone, the tail) takes a tenth of a second
besides.
"""

import math

import numpy as np

from showroom.senses.audio import breath, fire, insects, tonal, water
from showroom.senses.audio.chance import stream
from showroom.senses.audio.frames import (
    FILTERED, FILTERED_HZ, FRAME, FRAME_HZ, HANN, HOP, HOP_S, RATE_HZ, SINE, Overlap, white,
)
from showroom.senses.audio.layer import Sounding
from showroom.senses.audio.space import Space
from showroom.senses.audio.tail import Tail
from showroom.words.hearing import Hearing
from showroom.words.vocabulary import SOUNDS

__all__ = ["HOP", "RATE_HZ", "Soundscape"]

LAYERS = {
    "wind": breath.Wind, "leaves": breath.Leaves, "surf": water.Surf, "stream": water.Stream,
    "rain": water.Rain, "snow": breath.Snow, "fire": fire.Fire, "insects": insects.Insects,
    "bells": tonal.Bells, "room": breath.Room, "tone": tonal.Tone,
}
# what makes each layer at level 1, heard alone, about as loud as such a thing is beside the others
TRIMS = {
    "wind": 0.0231, "leaves": 0.0116, "surf": 0.0705, "stream": 0.0993, "rain": 0.0962, "snow": 0.0056,
    "fire": 0.1963, "insects": 0.0693, "bells": 0.2031, "room": 0.0040, "tone": 0.0811,
}
_EASE_S = 0.1
_SILENT = 1e-4
_KNEE = 0.7
_RISE = (np.arange(1, HOP + 1, dtype=np.float32) / HOP)[None, :]


class Soundscape:
    """The ambience of one visit. Same seed and same hearings: same samples."""

    def __init__(self, seed: int):
        self._layers = {name: LAYERS[name](seed) for name in SOUNDS}
        self._noise_space, self._bus_space = Space(FRAME_HZ), Space(FILTERED_HZ)
        self._white = stream(seed, "white")
        self._noise, self._heard = Overlap(3, FRAME), Overlap(3, FILTERED)
        self._tail = Tail(seed)
        self._buses: dict[str, np.ndarray] = {}  # each layer's last hop
        self._eased: np.ndarray | None = None
        self._gains: np.ndarray | None = None  # of the direct sound and of the tail, at the last hop's end
        self._ready = np.zeros((0, 2), np.float32)

    def render(self, n_frames: int, hearing: Hearing) -> np.ndarray:
        """The next samples, (n_frames, 2) float32 within ±1, left and right.

        hearing : of the time at which the first of them is heard.
        """
        parts = [self._ready]
        missing = n_frames - len(self._ready)
        while missing > 0:
            parts.append(self._hop(hearing))
            missing -= HOP
        whole = np.concatenate(parts)
        self._ready = whole[n_frames:]
        return np.ascontiguousarray(whole[:n_frames])

    def _hop(self, hearing: Hearing) -> np.ndarray:
        levels, hearing = self._ease(hearing)
        noises, buses = [], []
        for name, level in zip(SOUNDS, levels):
            if level < _SILENT:
                self._buses.pop(name, None)
                continue
            sounding, gain = self._layers[name].step(hearing, level), level * TRIMS[name]
            noises.append((sounding, gain))
            before = self._buses.get(name)
            if sounding.bus.size:
                buses.append((sounding, gain, np.zeros_like(sounding.bus) if before is None else before))
                self._buses[name] = sounding.bus
        whole = self._noise.add(self._noise_frame(noises, hearing))
        whole += self._heard.add(self._bus_frame(buses, hearing))
        reverberant = self._tail.ring(whole[2], hearing.tail_s)
        back = math.sqrt(hearing.wet / (1.0 - min(hearing.wet, 0.9)))
        gains = np.array([[hearing.volume], [hearing.volume * back]], np.float32)
        direct, rung = gains if self._gains is None else self._gains + (gains - self._gains) * _RISE
        self._gains = gains
        return _limited(whole[:2] * direct + reverberant * rung).T

    def _ease(self, hearing: Hearing) -> tuple[np.ndarray, Hearing]:
        """Levels, and a hearing whose slow parts are on their way; what moves, moves at once."""
        asked = np.array([*hearing.levels, hearing.pitch, hearing.brightness, hearing.consonance,
                          hearing.tail_s, hearing.wet, hearing.night, hearing.temperature_k, hearing.volume])
        if self._eased is None:
            self._eased = asked
        self._eased = self._eased + (asked - self._eased) * (1.0 - math.exp(-HOP_S / _EASE_S))
        n = len(SOUNDS)
        pitch, brightness, consonance, tail_s, wet, night, kelvin, volume = self._eased[n:].tolist()
        eased = Hearing(tuple(self._eased[:n]), pitch, brightness, consonance, tail_s, wet, hearing.wind_m_s,
                        hearing.gust, hearing.drift_m, kelvin, hearing.humidity, night, hearing.head, volume)
        return self._eased[:n], eased

    def _noise_frame(self, noises: list[tuple[Sounding, float]], hearing: Hearing) -> np.ndarray | None:
        """All noises at the ears and in the room, (3, FRAME)."""
        noises = [(sounding, gain) for sounding, gain in noises if sounding.noise.size]
        if not noises:
            return None
        at = np.concatenate([sounding.noise_at for sounding, _ in noises])
        gains = np.concatenate([np.full(len(sounding.noise_at), gain) for sounding, gain in noises])
        spectra = white(self._white, len(at)) * np.concatenate([sounding.noise for sounding, _ in noises])
        filters = self._noise_space.filters(at, gains, hearing)
        heard = np.einsum("sf,scf->cf", spectra, filters)
        return np.fft.irfft(heard, FRAME, axis=1).astype(np.float32) * SINE

    def _bus_frame(self, buses: list[tuple[Sounding, float, np.ndarray]],
                   hearing: Hearing) -> np.ndarray | None:
        """All that has a shape in time, at the ears and in the room, (3, FILTERED)."""
        if not buses:
            return None
        at = np.concatenate([sounding.bus_at for sounding, _, _ in buses])
        gains = np.concatenate([np.full(len(sounding.bus_at), gain) for sounding, gain, _ in buses])
        frames = np.concatenate([np.concatenate([before, sounding.bus], axis=1)
                                 for sounding, _, before in buses])
        spectra = np.fft.rfft(frames * HANN, FILTERED, axis=1)
        filters = self._bus_space.filters(at, gains, hearing)
        heard = np.einsum("sf,scf->cf", spectra, filters)
        return np.fft.irfft(heard, FILTERED, axis=1).astype(np.float32)


def _limited(samples: np.ndarray) -> np.ndarray:
    """Untouched up to a knee, then bent so that it never reaches 1."""
    size = np.abs(samples)
    if float(size.max()) <= _KNEE:
        return samples
    room = 1.0 - _KNEE
    bent = _KNEE + room * np.tanh((size - _KNEE) / room)
    return np.where(size <= _KNEE, samples, np.copysign(bent, samples)).astype(np.float32)
