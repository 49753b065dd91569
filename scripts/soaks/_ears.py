"""Ears of metal: what a recording is like, in figures that owe nothing to how it was made."""

import numpy as np

RATE_HZ = 48000
OCTAVES_HZ = 31.5 * 2.0 ** np.arange(10)
BEATS_HZ = 0.0884 * 2.0 ** np.arange(9)  # edges of modulation bands: 0.09 to 23 Hz
_WINDOW, _STEP = 2048, 480
ENVELOPE_HZ = RATE_HZ / _STEP


def envelopes(samples: np.ndarray) -> np.ndarray:
    """Amplitude in each octave band, 100 times a second, both ears together, (10, n)."""
    frames = np.lib.stride_tricks.sliding_window_view(samples, _WINDOW, axis=0)[::_STEP]
    power = np.zeros((len(frames), _WINDOW // 2 + 1))
    for ear in range(samples.shape[1]):
        power += np.abs(np.fft.rfft(frames[:, ear] * np.hanning(_WINDOW), axis=1)) ** 2
    hz = np.fft.rfftfreq(_WINDOW, 1 / RATE_HZ)
    low, high = OCTAVES_HZ[:, None] / np.sqrt(2), OCTAVES_HZ[:, None] * np.sqrt(2)
    return np.sqrt(((hz >= low) & (hz < high)).astype(float) @ power.T + 1e-20)


def features(samples: np.ndarray) -> np.ndarray:
    """A recording as one vector: octave spectrum and modulation spectra, dB, whatever its loudness."""
    bands = envelopes(samples)
    levels = 20.0 * np.log10(np.sqrt(np.mean(bands**2, axis=1)))
    beats = modulations(bands)
    loudest = 10.0 ** (levels / 10.0)
    # how the whole beats, and how treble and bass do
    parts = (slice(0, 4), slice(4, 7), slice(7, 10))
    groups = [beats[part].T @ (loudest[part] / loudest[part].sum()) for part in parts]
    beating = 10.0 * np.log10(np.concatenate(groups) + 1e-6)
    return np.concatenate([np.maximum(levels - levels.max(), -60.0), beating])


def modulations(bands: np.ndarray) -> np.ndarray:
    """Share of each band's power that beats in each modulation band, (10, 8)."""
    steady = np.mean(bands, axis=1, keepdims=True)
    spectra = np.abs(np.fft.rfft((bands - steady) / steady * np.hanning(bands.shape[1]), axis=1)) ** 2
    hz = np.fft.rfftfreq(bands.shape[1], 1 / ENVELOPE_HZ)
    within = (hz >= BEATS_HZ[:-1, None]) & (hz < BEATS_HZ[1:, None])
    return spectra @ within.T.astype(float) / bands.shape[1] ** 2 * 8


def swell_hz(samples: np.ndarray) -> float:
    """The rate below 1 Hz at which a recording swells most from 2 kHz up, where wind has little to say."""
    loud = np.sqrt(np.sum(envelopes(samples)[6:9] ** 2, axis=0))
    loud = loud - loud.mean()
    spectrum = np.abs(np.fft.rfft(loud * np.hanning(loud.size), 8 * loud.size)) ** 2
    hz = np.fft.rfftfreq(8 * loud.size, 1 / ENVELOPE_HZ)
    slow = (hz > 0.04) & (hz < 1.0)
    return float(hz[slow][np.argmax(spectrum[slow])])


def clicks_per_s(samples: np.ndarray) -> float:
    """How many short sounds stand out above 1 kHz: the power of 2 ms against a second about it."""
    step = 96
    spectrum = np.fft.rfft(samples[:, 0])
    spectrum[np.fft.rfftfreq(len(samples), 1 / RATE_HZ) < 1000.0] = 0.0
    treble = np.fft.irfft(spectrum, len(samples))
    power = np.mean(treble[:treble.size // step * step].reshape(-1, step) ** 2, axis=1)
    floor = np.array([np.median(power[max(at - 250, 0):at + 251]) for at in range(0, power.size, 25)])
    loud = power > 8.0 * np.repeat(floor, 25)[:power.size]
    return float(np.sum(loud[1:] & ~loud[:-1])) / (len(samples) / RATE_HZ)


def strongest_hz(samples: np.ndarray, low_hz: float = 50.0) -> float:
    """The third octave that has the most power, its middle."""
    power = np.sum(np.abs(np.fft.rfft(samples, axis=0)) ** 2, axis=1)
    hz = np.fft.rfftfreq(len(samples), 1 / RATE_HZ)
    middles = low_hz * 2.0 ** (np.arange(26) / 3)
    return float(max(middles, key=lambda middle: power[(hz >= middle * 0.891) & (hz < middle * 1.122)].sum()))


def reverberation_s(decay: np.ndarray) -> float:
    """RT60 from −5 to −25 dB of a decay that begins at once, (n, 2): Schroeder 1965, backward integration
    (ISO 3382)."""
    left = np.cumsum(np.sum(decay.astype(np.float64) ** 2, axis=1)[::-1])[::-1]
    level = 10.0 * np.log10(left / left[0] + 1e-12)
    start, end = np.argmax(level < -5.0), np.argmax(level < -25.0)
    slope = np.polyfit(np.arange(start, end) / RATE_HZ, level[start:end], 1)[0]
    return float(-60.0 / slope)


def told_apart(vectors: np.ndarray, names: list[str]) -> list[tuple[str, str]]:
    """What each recording is taken for by the nearest mean of all the others': (what it is, taken for)."""
    kinds, truth = sorted(set(names)), np.array(names)
    answers = []
    for at, name in enumerate(names):
        others = np.arange(len(names)) != at
        within = [vectors[others & (truth == kind)].var(axis=0) for kind in kinds]
        spread = np.sqrt(np.mean(within, axis=0)) + 1.0
        means = np.stack([vectors[others & (truth == kind)].mean(axis=0) for kind in kinds])
        distance = np.sum(((means - vectors[at]) / spread) ** 2, axis=1)
        answers.append((name, kinds[int(np.argmin(distance))]))
    return answers
