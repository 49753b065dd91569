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
    """Levels of a colour map, averaged in linear light and weighted by alpha.

    color   : (h, w, 4) uint8, sRGB colour and linear alpha.
    cells   : the map is an atlas of cells × cells sprites; each keeps its own coverage: the share
              of texels whose alpha is above one half stays what it was in level 0. 1 for a map
              that tiles, whose coverage is kept as a whole.
    Returns : list of (h >> n, w >> n, 4) uint8, down to 1×1; the first is `color` itself.
    Source  : Castaño, "Computing Alpha Mipmaps", 2010 (coverage).
    """
    levels = [color]
    alpha = color[..., 3].astype(np.float32) / 255
    light = _LINEAR_OF_CODE[color[..., :3]]
    opaque = bool((color[..., 3] == 255).all())
    coverage = None if opaque else _coverage(alpha, cells)
    weighted = light if opaque else light * alpha[..., None]
    while max(alpha.shape) > 1:
        alpha, light, weighted = _halved(alpha), _halved(light), _halved(weighted)
        if opaque:
            levels.append(_encoded(weighted, alpha))
            continue
        seen = alpha[..., None] > 1e-6
        straight = np.where(seen, weighted / np.maximum(alpha[..., None], 1e-6), light)
        levels.append(_encoded(straight, _covering(alpha, coverage, cells)))
    return levels


def detail_levels(detail: np.ndarray) -> list[np.ndarray]:
    """Levels of a detail map: normals stay unit, and what relief is lost becomes roughness.

    detail  : (h, w, 4) uint8, linear: normal x, normal y (0.5 = flat), roughness, occlusion.
    Returns : list of (h >> n, w >> n, 4) uint8, down to 1×1; the first is `detail` itself.
    Source  : Toksvig, "Mipmapping Normal Maps", 2005, with a specular power of 2/α² − 2 for a GGX
              lobe of α = roughness².
    """
    levels = [detail]
    plain = detail.astype(np.float32) / 255
    xy = plain[..., :2] * 2 - 1
    z = np.sqrt(np.maximum(1 - (xy * xy).sum(-1, keepdims=True), 0.0))
    normal = np.concatenate([xy, z], axis=-1)
    normal /= np.maximum(np.linalg.norm(normal, axis=-1, keepdims=True), 1e-6)
    alpha2 = plain[..., 2:3] ** 4
    occlusion = plain[..., 3:4]
    while max(normal.shape[:2]) > 1:
        normal, alpha2, occlusion = _halved(normal), _halved(alpha2), _halved(occlusion)
        length = np.clip(np.linalg.norm(normal, axis=-1, keepdims=True), 1e-3, 1.0)
        widened = _widened(alpha2, length) ** 0.25
        level = np.concatenate([normal[..., :2] / length * 0.5 + 0.5, widened, occlusion], axis=-1)
        levels.append(_coded(level))
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
    return _coded(np.concatenate([srgb, alpha[..., None]], axis=-1))


def _coded(unit: np.ndarray) -> np.ndarray:
    """0–1 to contiguous uint8, rounded."""
    return np.ascontiguousarray(np.rint(np.clip(unit, 0.0, 1.0) * 255).astype(np.uint8))
