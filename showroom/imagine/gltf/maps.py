"""Maps: a material's pictures put together as the words have them, in all their mip levels, smallest first."""

from collections.abc import Iterator

import numpy as np

from showroom.imagine.gltf.matter import Matter, Use
from showroom.imagine.gltf.pictures import Pictures
from showroom.imagine.mips import color_levels, detail_levels, tile_levels
from showroom.words.image import COLOR, DETAIL, Image
from showroom.words.model_maps import COAT, GLOW, LINEAR_MAPS, SHEEN, SPECULAR, SRGB_MAPS, VOLUME

BAND_BYTES = 256 << 10
_NEEDED_FIRST = (COLOR, DETAIL, GLOW, COAT, VOLUME, SPECULAR, SHEEN)
_FLAT = {DETAIL: (0, 1), COAT: (0, 1)}  # channels of a normal: without a picture it is half way


def kept(matters: list[Matter], srgb_layers: int, linear_layers: int) -> list[dict[str, list[Use | None]]]:
    """Of each matter the maps for which there is room; the colours of all come before any one's sheen."""
    rooms = {**dict.fromkeys(SRGB_MAPS, "srgb"), **dict.fromkeys(LINEAR_MAPS, "linear")}
    left = {"srgb": srgb_layers, "linear": linear_layers}
    chosen: list[dict[str, list[Use | None]]] = [{} for _ in matters]
    for name in _NEEDED_FIRST:
        for at, matter in enumerate(matters):
            if name in matter.maps and left[rooms[name]] > 0:
                left[rooms[name]] -= 1
                chosen[at][name] = matter.maps[name]
    return chosen


def images(surface: str, maps: dict[str, list[Use | None]], pictures: Pictures, size_px: int,
           is_cut: bool) -> Iterator[Image]:
    """Bands of every level of every map of a surface, the smallest levels of all first.

    is_cut : the colour's alpha cuts out, so that its levels keep how much they cover.
    """
    levels = {name: _levels(name, _put_together(name, uses, pictures, size_px), is_cut) for name, uses in maps.items()}
    coarsest = max((len(own) for own in levels.values()), default=0) - 1
    for level in range(coarsest, -1, -1):
        for name, own in levels.items():
            yield from _bands(surface, name, size_px, level, own[level])


def _put_together(name: str, uses: list[Use | None], pictures: Pictures, size_px: int) -> np.ndarray:
    """(size_px, size_px, 4) uint8."""
    texels = np.full((size_px, size_px, 4), 255, np.uint8)
    for channel, use in enumerate(uses):
        if use is None:
            texels[..., channel] = 128 if channel in _FLAT.get(name, ()) else 255
            continue
        plane = pictures.rgba(use.image, size_px)[..., use.channel]
        plane = 255 - plane if use.turned else plane
        texels[..., channel] = plane if use.gain == 1.0 else np.rint(255 - (255.0 - plane) * use.gain)
    return texels


def _levels(name: str, texels: np.ndarray, is_cut: bool) -> list[np.ndarray]:
    if name == COLOR and is_cut:
        return color_levels(texels)
    if name in SRGB_MAPS:
        return tile_levels(texels)
    return detail_levels(texels) if name == DETAIL else _averaged(texels)


def _averaged(texels: np.ndarray) -> list[np.ndarray]:
    """Levels of numbers that are none of light."""
    levels, mean = [texels], texels.astype(np.float32)
    while mean.shape[0] > 1:
        mean = (mean[0::2, 0::2] + mean[1::2, 0::2] + mean[0::2, 1::2] + mean[1::2, 1::2]) * 0.25
        levels.append(np.rint(mean).astype(np.uint8))
    return levels


def _bands(surface: str, name: str, size_px: int, level: int, pixels: np.ndarray) -> Iterator[Image]:
    rows = max(1, BAND_BYTES // pixels[0].nbytes)
    for row in range(0, len(pixels), rows):
        yield Image(surface, name, (size_px, size_px), level, row, np.ascontiguousarray(pixels[row:row + rows]))
