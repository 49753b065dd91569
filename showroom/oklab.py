"""OKLab: colours where distances look as large as they are.

Source: Ottosson 2020, "A perceptual color space for image processing".
"""

import functools

import numpy as np

from showroom.srgb import linear_from_srgb

LMS_FROM_LINEAR = np.array(
    [[0.4122214708, 0.5363325363, 0.0514459929],
     [0.2119034982, 0.6806995451, 0.1073969566],
     [0.0883024619, 0.2817188376, 0.6299787005]]
)
LAB_FROM_ROOT = np.array(
    [[0.2104542553, 0.7936177850, -0.0040720468],
     [1.9779984951, -2.4285922050, 0.4505937099],
     [0.0259040371, 0.7827717662, -0.8086757660]]
)


def lab_from_bytes(rgb: np.ndarray) -> np.ndarray:
    """(…, 3) OKLab of (…, 3) sRGB bytes."""
    return lab_from_linear(linear_from_srgb(np.asarray(rgb, dtype=np.float64) / 255))


def lab_from_linear(linear: np.ndarray) -> np.ndarray:
    """(…, 3) OKLab of (…, 3) linear Rec. 709."""
    return np.cbrt(linear @ LMS_FROM_LINEAR.T) @ LAB_FROM_ROOT.T


@functools.lru_cache(maxsize=4096)
def lab(srgb: str) -> np.ndarray:
    """(3,) OKLab of "#rrggbb"; not to be written to, for it is kept."""
    found = lab_from_bytes(np.frombuffer(bytes.fromhex(srgb[1:]), np.uint8))
    found.setflags(write=False)
    return found
