"""Mastering: a rendered ambience as a file of the loudness that broadcasters agreed on.

Loudness and true peak as in ITU-R BS.1770-5 (the peak by four-fold oversampling, annex 2); −23 LUFS as in
EBU R 128.
"""

import wave
from pathlib import Path

import numpy as np
import pyloudnorm

from showroom.senses.audio.frames import RATE_HZ

LOUDNESS_LUFS = -23.0
CEILING_DBTP = -1.3  # a little under what is promised: 16 bits and other meters' filters add some
_OVER, _REACH = 4, 24
_AHEAD = 240  # samples before a peak at which the limiter begins to turn down
_FADE_S = 0.25


def loudness_lufs(samples: np.ndarray) -> float:
    """Integrated loudness of (n, 2) samples; −inf for silence. Raises ValueError under 0.4 s."""
    return float(pyloudnorm.Meter(RATE_HZ).integrated_loudness(samples.astype(np.float64)))


def mastered(samples: np.ndarray) -> np.ndarray:
    """The same at −23 LUFS with true peaks under −1 dBTP, faded in and out; silence stays silence.

    samples : (n, 2) float32, at least half a second.
    """
    faded = samples * _fades(len(samples))[:, None]
    gain, done = 1.0, faded
    for _ in range(4):  # what the limiter takes off the peaks is given back
        loud = loudness_lufs(done)
        if not np.isfinite(loud) or abs(loud - LOUDNESS_LUFS) < 0.05:
            break
        gain *= 10.0 ** ((LOUDNESS_LUFS - loud) / 20.0)
        done = limited(faded * gain)
    return done


def limited(samples: np.ndarray) -> np.ndarray:
    """Turned down smoothly wherever a true peak would pass the ceiling."""
    ceiling = 10.0 ** (CEILING_DBTP / 20.0)
    peaks = np.max([true_peaks(channel) for channel in samples.T], axis=0)
    if float(peaks.max(initial=0.0)) <= ceiling:
        return samples
    allowed = np.minimum(1.0, ceiling / np.maximum(peaks, 1e-9))
    gain = _least_within(np.pad(allowed, _AHEAD, constant_values=1.0), 2 * _AHEAD + 1)
    window = np.hanning(_AHEAD + 3)[1:-1]
    gain = np.convolve(gain, window / window.sum(), mode="same")
    return (samples * gain[:, None]).astype(np.float32)


def _least_within(values: np.ndarray, window: int) -> np.ndarray:
    """The least of every `window` neighbours, by windows that double; shorter by window − 1."""
    reach = 1
    while reach < window:
        step = min(reach, window - reach)
        values = np.minimum(values[:-step], values[step:])
        reach += step
    return values


def true_peaks(channel: np.ndarray) -> np.ndarray:
    """At each sample, the largest size of the wave from there to the next, (n,) float64."""
    peaks = np.abs(channel).astype(np.float64)
    reach = np.arange(-_REACH, _REACH + 1)
    for part in range(1, _OVER):
        late = reach - part / _OVER
        kernel = np.sinc(late) * np.kaiser(2 * _REACH + 1, 8.0)
        # convolution turns the kernel round: sample n of it is the wave at n + part / _OVER
        peaks = np.maximum(peaks, np.abs(np.convolve(channel, kernel[::-1], mode="same")))
    return peaks


def write_wav(path: Path, samples: np.ndarray, seed: int) -> None:
    """16-bit stereo, with dither of a triangle two steps wide, so that what dies away stays smooth."""
    chance = np.random.Generator(np.random.PCG64(seed))
    dither = chance.random(samples.shape, np.float32) - chance.random(samples.shape, np.float32)
    whole = np.clip(np.rint(samples * 32767.0 + dither), -32768, 32767).astype("<i2")
    with wave.open(str(path), "wb") as wav:
        wav.setnchannels(samples.shape[1])
        wav.setsampwidth(2)
        wav.setframerate(RATE_HZ)
        wav.writeframes(whole.tobytes())


def _fades(size: int) -> np.ndarray:
    length = min(int(_FADE_S * RATE_HZ), size // 2)
    rise = np.sin(0.5 * np.pi * np.arange(length) / length) ** 2
    return np.concatenate([rise, np.ones(size - 2 * length), rise[::-1]]).astype(np.float32)
