"""Mip levels of painted surfaces: averages that keep what the eye would have averaged.

Every function takes level 0 and gives all levels, finest first, each half the size of the one
before. Sizes are powers of two. Skies are in `skylight.py`: their levels are blurred for
reflections instead of averaged.
"""

import numpy as np

from showroom.srgb import linear_from_srgb, srgb_from_linear

ATLAS_CELLS = 4  # the sprite atlas is 4×4 cells
_LINEAR_OF_CODE = linear_from_srgb(np.arange(256) / 255.0).astype(np.float32)


def color_levels(color: np.ndarray, cells: int = 1) -> list[np.ndarray]:
    """Levels of sprites' colour, averaged in linear light and weighted by alpha.

    color   : (h, w, 4) uint8, sRGB colour and linear alpha.
    cells   : the map is an atlas of cells × cells sprites; each keeps its own coverage: the share
              of texels whose alpha is above one half stays what it was in level 0.
    Returns : list of (h >> n, w >> n, 4) uint8, down to 1×1; the first is `color` itself.
    Source  : Castaño, "Computing Alpha Mipmaps", 2010 (coverage).
    """
    levels = [color]
    alpha = color[..., 3].astype(np.float32) / 255
    light = _LINEAR_OF_CODE[color[..., :3]]
    coverage = _coverage(alpha, cells)
    weighted = light * alpha[..., None]
    while max(alpha.shape) > 1:
        alpha, light, weighted = _halved(alpha), _halved(light), _halved(weighted)
        seen = alpha[..., None] > 1e-6
        straight = np.where(seen, weighted / np.maximum(alpha[..., None], 1e-6), light)
        levels.append(_encoded(straight, _covering(alpha, coverage, cells)))
    return levels


def tile_levels(color: np.ndarray) -> list[np.ndarray]:
    """Levels of a colour map that tiles, averaged in linear light; heights are averaged as they are.

    color   : (h, w, 4) uint8, sRGB colour and linear height.
    Returns : list of (h >> n, w >> n, 4) uint8, down to 1×1; the first is `color` itself.
    """
    levels, light = [color], [_LINEAR_OF_CODE[color[..., channel]] for channel in range(3)]
    height = color[..., 3].astype(np.float32) / 255
    while max(height.shape) > 1:
        *light, height = (_halved(plane) for plane in (*light, height))
        levels.append(_coded(*map(srgb_from_linear, light), height))
    return levels


def detail_levels(detail: np.ndarray) -> list[np.ndarray]:
    """Levels of a detail map: normals stay unit, and what relief is lost becomes roughness.

    detail  : (h, w, 4) uint8, linear: normal x, normal y (0.5 = flat), roughness, occlusion.
    Returns : list of (h >> n, w >> n, 4) uint8, down to 1×1; the first is `detail` itself.
    Source  : Toksvig, "Mipmapping Normal Maps", 2005, with a specular power of 2/α² − 2 for a GGX
              lobe of α = roughness².
    """
    levels = [detail]
    x, y, rough, occlusion = (detail[..., channel].astype(np.float32) / 255 for channel in range(4))
    x, y = x * 2 - 1, y * 2 - 1
    flat2 = x * x + y * y
    z, length = np.sqrt(np.maximum(1 - flat2, 0.0)), np.sqrt(np.maximum(flat2, 1.0))
    planes = [x / length, y / length, z / length, (rough * rough) ** 2, occlusion]
    while max(x.shape) > 1:
        planes = [_halved(plane) for plane in planes]
        x, y, z, alpha2, occlusion = planes
        length = np.clip(np.sqrt(x * x + y * y + z * z), 1e-3, 1.0)
        widened = np.sqrt(np.sqrt(_widened(alpha2, length)))
        levels.append(_coded(x / length * 0.5 + 0.5, y / length * 0.5 + 0.5, widened, occlusion))
    return levels


def _halved(field: np.ndarray) -> np.ndarray:
    """Means of 2×2 boxes; along a side that is already 1, of pairs."""
    if field.shape[0] > 1:
        field = (field[0::2] + field[1::2]) * 0.5
    if field.shape[1] > 1:
        field = (field[:, 0::2] + field[:, 1::2]) * 0.5
    return field


def _widened(alpha2: np.ndarray, length: np.ndarray) -> np.ndarray:
    """α² of the lobe that shows both the roughness and the spread of the averaged normals."""
    power = 2 / np.maximum(alpha2, 1e-4) - 2
    power = power * length / (length + power * (1 - length))
    return np.clip(2 / (power + 2), alpha2, 1.0)


def _coverage(alpha: np.ndarray, cells: int) -> np.ndarray:
    """(cells, cells) share of texels above one half in each cell."""
    return (_celled(alpha, cells) > 0.5).mean(axis=-1)


def _celled(alpha: np.ndarray, cells: int) -> np.ndarray:
    """(h, w) as (cells, cells, texels of a cell)."""
    height, width = alpha.shape[0] // cells, alpha.shape[1] // cells
    return alpha.reshape(cells, height, cells, width).swapaxes(1, 2).reshape(cells, cells, -1)


def _covering(alpha: np.ndarray, coverage: np.ndarray, cells: int) -> np.ndarray:
    """Alpha scaled cell by cell so that `coverage` of it stands above one half.

    Cells smaller than 4×4 texels cannot hold a share and are left as they are.
    """
    height, width = alpha.shape[0] // cells, alpha.shape[1] // cells
    if min(height, width) < 4:
        return alpha
    ordered = np.sort(_celled(alpha, cells), axis=-1)
    wanted = np.rint(coverage * ordered.shape[-1]).astype(int)
    scale = np.array([[_scale(ordered[row, column], wanted[row, column]) for column in range(cells)]
                      for row in range(cells)], np.float32)
    return np.clip(alpha * scale.repeat(height, 0).repeat(width, 1), 0.0, 1.0)


def _scale(ordered: np.ndarray, wanted: int) -> float:
    """The factor nearest to 1 that leaves `wanted` of these ascending values above one half.

    Equal values pass together: then the nearer of the two possible counts is taken.
    """
    count = len(ordered)
    if wanted == 0 or ordered[-1] < 1e-3:
        return 1.0
    edge = ordered[count - wanted]
    below, above = np.searchsorted(ordered, edge, "left"), np.searchsorted(ordered, edge, "right")
    if wanted - (count - above) < (count - below) - wanted and above < count:
        below = above                                     # the edge's own value stays out
    lowest_in = max(float(ordered[below]), 1e-3)
    highest_out = max(float(ordered[below - 1]), 1e-3) if below > 0 else 1e-3
    middle = 0.5 / ((lowest_in + highest_out) * 0.5)
    return float(np.clip(1.0, min(0.51 / lowest_in, middle), max(0.49 / highest_out, middle)))


def _encoded(light: np.ndarray, alpha: np.ndarray) -> np.ndarray:
    """(h, w, 4) uint8 of linear colour and alpha."""
    srgb = srgb_from_linear(np.clip(light, 0.0, 1.0))
    return _coded(srgb[..., 0], srgb[..., 1], srgb[..., 2], alpha)


def _coded(*planes: np.ndarray) -> np.ndarray:
    """(h, w, 4) uint8 of four planes of 0 to 1, rounded."""
    codes = np.empty((*planes[0].shape, 4), np.uint8)
    for channel, plane in enumerate(planes):
        codes[..., channel] = np.rint(np.clip(plane, 0.0, 1.0) * 255)
    return codes
