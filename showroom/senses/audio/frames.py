"""Frames: sound is made in overlapping windows, so that every change is a cross-fade and never a click.

A hop is 1024 samples (21 ms) at 48 kHz, a frame two of them. Noise is made as spectra, each frame anew,
under a sine window: the powers of two neighbours add to one. What has a shape in time is cut by a Hann
window, whose neighbours add to one, and filtered frame by frame. Sources: J. B. Allen, "Short term spectral
analysis, synthesis, and modification by discrete Fourier transform", IEEE Trans. ASSP 25, 1977; X. Rodet
and P. Depalle, "Spectral envelopes and inverse FFT synthesis", 93rd AES Convention, 1992.
"""

import numpy as np

RATE_HZ = 48000
HOP = 1024
HOP_S = HOP / RATE_HZ
FRAME = 2 * HOP
FILTERED = 3 * HOP  # a frame and room for what its filters ring on

FRAME_HZ = np.fft.rfftfreq(FRAME, 1 / RATE_HZ)
FILTERED_HZ = np.fft.rfftfreq(FILTERED, 1 / RATE_HZ)

_TURN = 2 * np.pi * np.arange(FRAME) / FRAME
HANN = (0.5 - 0.5 * np.cos(_TURN)).astype(np.float32)
SINE = np.sin(np.pi * (np.arange(FRAME) + 0.5) / FRAME).astype(np.float32)
# of white spectra, so that a density in full scales per √Hz comes out as such
_WHITE = np.float32(0.5 * np.sqrt(FRAME * RATE_HZ))


def white(rng: np.random.Generator, count: int) -> np.ndarray:
    """Spectra of `count` independent frames of white noise, (count, FRAME_HZ.size) complex64.

    Times a density a(f) in full scales per √Hz and turned back, one has the power ∫ a² df.
    """
    parts = rng.standard_normal((count, 2 * FRAME_HZ.size), dtype=np.float32)
    parts *= _WHITE
    return parts.view(np.complex64)


def density(shape: np.ndarray, hz: np.ndarray = FRAME_HZ) -> np.ndarray:
    """A shape over `hz` as a density of power one, float32; nothing below 20 Hz."""
    shape = np.where(hz < 20.0, 0.0, shape)
    power = np.sum(shape * shape, axis=-1, keepdims=True) * (hz[1] - hz[0])
    return (shape / np.sqrt(power)).astype(np.float32)


class Overlap:
    """Frames added where they overlap, a hop at a time.

    channels : rows of a frame.   length : samples of a frame, a whole number of hops.
    """

    def __init__(self, channels: int, length: int):
        self._waiting = np.zeros((channels, length), np.float32)

    def add(self, frame: np.ndarray | None) -> np.ndarray:
        """Takes a frame, (channels, length), or none; gives the hop that is then complete, (channels,
        HOP)."""
        if frame is not None:
            self._waiting += frame
        done = self._waiting[:, :HOP].copy()
        self._waiting[:, :-HOP] = self._waiting[:, HOP:]
        self._waiting[:, -HOP:] = 0.0
        return done
