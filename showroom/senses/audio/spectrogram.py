"""Spectrogram: sound as a picture, for whoever has no headphones at hand."""

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from showroom.senses.audio.frames import RATE_HZ

_SIZE_PX = (900, 300)
_LEFT_PX, _FOOT_PX, _TOP_PX = 46, 22, 6
_LOW_HZ, _HIGH_HZ = 30.0, 20000.0
_WINDOW = 4096
_RANGE_DB = 75.0
_MARKS_HZ = (50, 100, 200, 500, 1000, 2000, 5000, 10000)
# night blue over violet and rose to candle light: darker is always quieter
_INK = np.array([(6, 7, 20), (38, 22, 76), (108, 34, 106), (186, 60, 88), (240, 128, 70), (252, 206, 130),
                 (255, 250, 226)])


def spectrogram(samples: np.ndarray) -> Image.Image:
    """Both ears' power over time (across) and frequency (up, logarithmic); a range of 75 dB.

    samples : (n, 2) float32, at least a tenth of a second.
    """
    width, height = _SIZE_PX[0] - _LEFT_PX - 8, _SIZE_PX[1] - _FOOT_PX - _TOP_PX
    rows = np.geomspace(_HIGH_HZ, _LOW_HZ, height)
    # lines are less than a bin apart below and many above: there a row has the mean of what it covers
    edges = np.sqrt(rows[:-1] * rows[1:]) / (RATE_HZ / _WINDOW)
    low = np.append(edges, rows[-1] / (RATE_HZ / _WINDOW))
    high = np.insert(edges, 0, rows[0] / (RATE_HZ / _WINDOW))
    image = np.empty((height, width))
    for column, power in enumerate(_columns(samples, width)):
        upto = np.insert(np.cumsum(power), 0, 0.0)
        bins = np.arange(upto.size) - 0.5
        image[:, column] = (np.interp(high, bins, upto) - np.interp(low, bins, upto)) / (high - low)
    # an octave has the same weight wherever it is, as ears have it
    loud = 10.0 * np.log10(image * rows[:, None] + 1e-20)
    return _framed(_inked((loud - np.max(loud)) / _RANGE_DB + 1.0), len(samples) / RATE_HZ)


def _columns(samples: np.ndarray, count: int):
    """Power spectra of `count` moments, spread evenly."""
    padded = np.pad(samples, ((_WINDOW // 2, _WINDOW // 2), (0, 0)))
    hann = np.hanning(_WINDOW)[:, None]
    each = len(samples) / count
    for column in range(count):
        starts = np.linspace(column * each, (column + 1) * each, 3, endpoint=False).astype(int)
        spectra = [np.fft.rfft(padded[at:at + _WINDOW] * hann, axis=0) for at in starts]
        yield np.sum(np.abs(spectra) ** 2, axis=(0, 2))


def _inked(shares: np.ndarray) -> np.ndarray:
    place = np.clip(shares, 0.0, 1.0) * (len(_INK) - 1)
    mixed = [np.interp(place, np.arange(len(_INK)), part) for part in _INK.T]
    return np.stack(mixed, axis=-1).astype(np.uint8)


def _framed(pixels: np.ndarray, seconds: float) -> Image.Image:
    picture = Image.new("RGB", _SIZE_PX, (250, 248, 244))
    picture.paste(Image.fromarray(pixels), (_LEFT_PX, _TOP_PX))
    draw, font = ImageDraw.Draw(picture), ImageFont.load_default(11)
    height, width = pixels.shape[:2]
    for hz in _MARKS_HZ:
        y = _TOP_PX + (height - 1) * np.log(_HIGH_HZ / hz) / np.log(_HIGH_HZ / _LOW_HZ)
        draw.line((_LEFT_PX - 5, y, _LEFT_PX - 1, y), (90, 84, 80))
        text = f"{hz // 1000} kHz" if hz >= 1000 else f"{hz} Hz"
        draw.text((_LEFT_PX - 8, y), text, (60, 56, 52), font, anchor="rm")
    step = next(step for step in (0.5, 1, 2, 5, 10, 30, 60, 120) if seconds / step <= 13)
    for mark in np.arange(0.0, seconds + 1e-6, step):
        x = _LEFT_PX + (width - 1) * mark / seconds
        draw.line((x, _TOP_PX + height, x, _TOP_PX + height + 4), (90, 84, 80))
        anchor = "mt" if x < 860 else "rt"
        draw.text((x, _TOP_PX + height + 5), f"{mark:g} s", (60, 56, 52), font, anchor)
    return picture
