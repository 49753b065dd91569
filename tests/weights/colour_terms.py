"""Which of the eleven basic colour terms people give to a colour.

The terms are those of Berlin and Kay 1969, "Basic Color Terms". Each has the colours that Munroe's
survey of 2010 (222,500 sessions of naming; xkcd.com/color/rgb, CC0) found for the bare term and for the
term with a word of lightness or strength and of no other hue (light, dark, pale, dull, deep, bright …);
black also has Munsell's N 1. A colour is called what the nearest of them is called, by distance in OKLab
with lightness counting half, as CIE94 counts it for textiles (k_L = 2): hue names a surface first.
"""

import functools

import numpy as np

from showroom.oklab import lab

# In the order: bare, light, dark, pale, dull, faded, deep, bright, pastel, soft, medium, dusty, as far as
# the survey has them.
EXAMPLES = {
    "red": "e50000 ff474c 840000 d9544d bb3f3f d3494e 9a0200 ff000d",
    "orange": "f97306 fdaa48 c65102 ffa756 d8863b ff5b00",
    "yellow": "ffff14 fffe7a d5b60a ffff84 eedc5b fffd01 fffe71",
    "green": "15b01a 96f97b 033500 c7fdb5 74a662 7bb274 02590f 01ff07 b0ff9d 6fc276 39ad48 76a973",
    "blue": "0343df 95d0fc 00035b d0fefe 49759c 658cbb 040273 0165fc a2bffe 6488ea 2c6fbb 5a86ad",
    "purple": "7e1e9c bf77f6 35063e b790d4 84597e 916e99 36013f be03fd caa0ff 9e43a2 825f87",
    "pink": "ff81c0 ffd1df cb416b ffcfdc d5869d de9dac cb0162 fe01b1 ffbacd fdb0c0 d58a94",
    "brown": "653700 ad8150 341c02 b1916e 7f5112",
    "black": "000000 1c1c1c",
    "grey": "929591 d8dcd6 363737",
    "white": "ffffff ffffe4",
}


_WEIGHTS = np.array([0.5, 1.0, 1.0])


@functools.cache
def _examples() -> tuple[tuple[str, ...], np.ndarray]:
    pairs = [(term, f"#{code}") for term, codes in EXAMPLES.items() for code in codes.split()]
    return tuple(term for term, _ in pairs), np.array([lab(srgb) for _, srgb in pairs])


def term_of(srgb: str) -> str:
    """The basic colour term of "#rrggbb"."""
    terms, labs = _examples()
    return terms[int(np.argmin(np.linalg.norm((labs - lab(srgb)) * _WEIGHTS, axis=1)))]
