"""Sky levels: a panorama blurred for ever rougher reflections, and at last for diffuse light.

A panorama is equirectangular linear radiance, (h, 2h, 3 or 4): u = 0.5 is −Z and grows clockwise
seen from above, v = 0 is the zenith. Every kernel here depends on the angle between two directions
alone; between two rows of texels it is therefore one circular correlation along the azimuth, which
the Fourier transform turns into products. That makes the exact sum over the whole sphere cheap.
"""

from collections.abc import Callable

import numpy as np

from showroom.errors import PictureError

LEVELS = 6
_BRIGHTEST = 65504.0  # the largest half float
_FINEST_SOURCE = {1: 128}  # rows a level is blurred from at most; 64 for rougher ones


def sky_levels(sky: np.ndarray, height: int | None = None,
               between: Callable[[], None] = lambda: None) -> dict[int, np.ndarray]:
    """The levels of a sky, by number.

    sky     : (h, 2h, 4) float16 linear radiance, h a power of two.
    height  : rows of level 0; `sky` may be a smaller painting of it, which then gives the levels
              that it is fine enough for. None: `sky` is level 0.
    between : called between any two rows of the work; whatever it raises ends it.
    Returns : {n: (height >> n, 2·height >> n, 4) float16}, six levels for a full sky. Level 0 is
              `sky` itself, level n is blurred with the GGX lobe of roughness n / 5, and level 5 is
              the irradiance divided by π.
    Raises  : PictureError if the panorama is not finite.
    Source  : Karis, "Real Shading in Unreal Engine 4", 2013 (view = normal = reflection).
    """
    height = height or sky.shape[0]
    radiance = sky[..., :3].astype(np.float32)
    if not np.isfinite(radiance).all():
        raise PictureError("blurring a sky: it has radiance that is not a number; its painter must give "
                           "finite light")
    radiance = np.clip(radiance, 0.0, _BRIGHTEST)
    small = _shrunk(radiance, max(_FINEST_SOURCE.values()))
    finest = max(0, (height // sky.shape[0]).bit_length() - 1)
    levels = {0: sky} if finest == 0 else {}
    for level in range(max(finest, 1), LEVELS):
        rows, columns = max(1, height >> level), max(1, 2 * height >> level)
        source = _shrunk(small, min(_FINEST_SOURCE.get(level, 64), max(rows, 16)))
        lobe = _cosine if level == LEVELS - 1 else _ggx(level / (LEVELS - 1))
        light = _resized(_blurred(source, lobe, between), rows, columns)
        alpha = np.ones((rows, columns, 1), np.float32)
        levels[level] = np.concatenate([np.clip(light, 0, _BRIGHTEST), alpha], axis=-1).astype(np.float16)
    return levels


def row_solid_angles(height: int) -> np.ndarray:
    """(height,) solid angle of one texel in each row, steradian; all texels sum to 4π."""
    edges = np.cos(np.linspace(0.0, np.pi, height + 1))
    return (edges[:-1] - edges[1:]) * 2 * np.pi / (2 * height)


def _cosine(cosine: np.ndarray) -> np.ndarray:
    """Diffuse: what falls on a surface that faces the direction."""
    return np.maximum(cosine, 0.0)


def _ggx(roughness: float):
    """The lobe of a mirror of this roughness, α = roughness², as a function of n·l (with v = n)."""
    alpha2 = np.float32(roughness ** 4)

    def lobe(cosine: np.ndarray) -> np.ndarray:
        half2 = (1 + cosine) * np.float32(0.5)  # (n·h)²
        spread = half2 * (alpha2 - 1) + 1
        return np.maximum(cosine, 0) / (spread * spread)

    return lobe


def _blurred(source: np.ndarray, lobe, between: Callable[[], None]) -> np.ndarray:
    """Weighted mean of the whole panorama about each of its directions.

    source : (h, 2h, 3) float32.   lobe : weight of the cosine of an angle.   Returns the same shape.
    """
    height, width = source.shape[:2]
    polar = (np.arange(height, dtype=np.float32) + np.float32(0.5)) * np.float32(np.pi / height)
    sine, cosine = np.sin(polar), np.cos(polar)
    half = np.arange(width // 2 + 1, dtype=np.float32)  # the other half mirrors it
    turn = np.cos(half * np.float32(2 * np.pi / width))
    solid = row_solid_angles(height).astype(np.float32)
    waves = np.fft.rfft(source * solid[:, None, None], axis=1).astype(np.complex64)  # (h, w/2+1, 3)
    result = np.empty_like(source)
    for row in range((height + 1) // 2):
        between()
        weight = lobe(np.clip(cosine[row] * cosine[:, None] + sine[row] * sine[:, None] * turn, -1, 1))
        whole = np.concatenate([weight, weight[:, -2:0:-1]], axis=1)
        kernel = np.fft.rfft(whole, axis=1).real.astype(np.float32)           # even, so real
        total = float((whole.sum(axis=1) * solid).sum())
        for target, rows in ((row, kernel), (height - 1 - row, kernel[::-1])):  # the sphere's two halves
            mixed = np.einsum("jm,jmc->mc", rows, waves)
            result[target] = np.fft.irfft(mixed, n=width, axis=0) / total
    return np.maximum(result, 0.0)


def _shrunk(radiance: np.ndarray, height: int) -> np.ndarray:
    """The panorama at most `height` rows tall; each texel keeps the light that its solid angle sent."""
    while radiance.shape[0] > height:
        solid = row_solid_angles(radiance.shape[0]).astype(np.float32)
        top, low = solid[0::2, None, None], solid[1::2, None, None]
        rows = (radiance[0::2] * top + radiance[1::2] * low) / (top + low)
        radiance = (rows[:, 0::2] + rows[:, 1::2]) * np.float32(0.5)
    return radiance


def _resized(light: np.ndarray, height: int, width: int) -> np.ndarray:
    """Shrunk by solid angle, or grown smoothly, to (height, width)."""
    light = _shrunk(light, height)
    while light.shape[0] < height:
        light = _doubled(light)
    return light.reshape(height, width, -1, light.shape[2]).mean(axis=2)  # narrower than two only at one row


def _doubled(light: np.ndarray) -> np.ndarray:
    """Twice the size, bilinear; round the azimuth it wraps, over a pole it meets the other side."""
    over = np.roll(light, light.shape[1] // 2, axis=1)
    tall = np.concatenate([over[:1], light, over[-1:]], axis=0)
    fine = np.empty((light.shape[0] * 2, *light.shape[1:]), light.dtype)
    fine[0::2] = light * 0.75 + tall[:-2] * 0.25
    fine[1::2] = light * 0.75 + tall[2:] * 0.25
    wide = np.empty((fine.shape[0], fine.shape[1] * 2, *light.shape[2:]), light.dtype)
    wide[:, 0::2] = fine * 0.75 + np.roll(fine, 1, axis=1) * 0.25
    wide[:, 1::2] = fine * 0.75 + np.roll(fine, -1, axis=1) * 0.25
    return wide
