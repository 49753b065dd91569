"""What a thin film mirrors, wave by wave: the yardstick of the fit that the shader draws."""

import numpy as np

RGB_FROM_XYZ = np.array([[3.2404542, -1.5371385, -0.4985314], [-0.9692660, 1.8760108, 0.0415560],
                         [0.0556434, -0.2040259, 1.0572252]])  # ITU-R BT.709


def film_colour(film_ior: float, thick_nm: float, base_f0: float, cosine: float = 1.0) -> np.ndarray:
    """Linear rgb share that a film of so many nm mirrors of equal light of all wavelengths; may leave 0 to 1.

    base_f0 : what lies under it mirrors seen head-on from air, as an ior that is real.
    Source  : Airy's sum over all bounces, by Fresnel's amplitudes: Born and Wolf, "Principles of Optics", 7.6;
              the eye: Wyman, Sloan and Shirley 2013, "Simple Analytic Approximations to the CIE XYZ Color
              Matching Functions".
    """
    root = np.sqrt(base_f0)
    base_ior = (1 + root) / (1 - root)
    waves = np.arange(380.0, 781.0)
    outer, inner = (np.sqrt(1 - (1 - cosine ** 2) / ior ** 2) for ior in (film_ior, base_ior))
    phase = np.exp(4j * np.pi * film_ior * thick_nm * outer / waves)
    both = np.zeros_like(waves)
    for upper, lower in ((_across(1.0, cosine, film_ior, outer), _across(film_ior, outer, base_ior, inner)),
                         (_across(1.0, outer, film_ior, cosine), _across(film_ior, inner, base_ior, outer))):
        both += 0.5 * np.abs((upper + lower * phase) / (1 + upper * lower * phase)) ** 2
    eye = _eye(waves)
    return RGB_FROM_XYZ @ ((eye * both).sum(axis=1) / eye[1].sum()) / _white(eye)


def _across(from_ior: float, from_cosine: float, into_ior: float, into_cosine: float) -> float:
    """Share of the amplitude that is thrown back, of one polarisation (of the other with the cosines exchanged)."""
    a, b = from_ior * from_cosine, into_ior * into_cosine
    return (a - b) / (a + b)


def _white(eye: np.ndarray) -> np.ndarray:
    return RGB_FROM_XYZ @ (eye.sum(axis=1) / eye[1].sum())


def _eye(waves: np.ndarray) -> np.ndarray:
    """(3, n) CIE 1931 matching functions."""
    def lobe(height, at, low, high):
        return height * np.exp(-0.5 * ((waves - at) * np.where(waves < at, low, high)) ** 2)

    red = lobe(0.362, 442.0, 0.0624, 0.0374) + lobe(1.056, 599.8, 0.0264, 0.0323) + lobe(-0.065, 501.1, 0.0490, 0.0382)
    return np.stack([red, lobe(0.821, 568.8, 0.0213, 0.0247) + lobe(0.286, 530.9, 0.0613, 0.0322),
                     lobe(1.217, 437.0, 0.0845, 0.0278) + lobe(0.681, 459.0, 0.0385, 0.0725)])
