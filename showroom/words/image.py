"""Image: rows of one mip level of one map of one surface."""

from dataclasses import dataclass

import numpy as np

COLOR, DETAIL, SKY = "color", "detail", "sky"
HEIGHT_TILES = 0.125  # a tile's height from code 0 to code 255, in edges of the tile; half way is its mean
FORMATS = {
    COLOR: (np.uint8, 4),     # sRGB colour; linear: height of what tiles, alpha of sprites
    DETAIL: (np.uint8, 4),    # linear: normal x, normal y (0.5 = flat), roughness; occlusion of what
                              # tiles, of sprites emission: the share of its own light that a texel gives
    SKY: (np.float16, 4),     # linear radiance RGB, alpha unused; equirectangular
}


@dataclass(frozen=True)
class Image:
    """A band of rows. The bands of a level come from the top down.

    surface : a name of the vocabulary.           map : "color", "detail" or "sky".
    size    : (width, height) of level 0, px.      level : mip level, 0 the finest.
    row     : first row of this band in the level. pixels : (rows, level width, 4), contiguous;
              row 0 is the top of the picture (v = 0).
    For the sky, level n holds the panorama blurred for reflections of roughness n / (levels − 1),
    and the last level is the diffuse irradiance divided by π. A sky's u = 0.5 is straight ahead
    (−Z), u grows clockwise seen from above, v = 0 is the zenith.
    """

    surface: str
    map: str
    size: tuple[int, int]
    level: int
    row: int
    pixels: np.ndarray


def level_size(size: tuple[int, int], level: int) -> tuple[int, int]:
    """(width, height) of a mip level, never below 1."""
    return max(1, size[0] >> level), max(1, size[1] >> level)
