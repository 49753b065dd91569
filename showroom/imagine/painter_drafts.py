"""Drafts: what a recipe makes of a material, in the numbers that the learned painter works with, and back."""

import torch
from torch import Tensor

from showroom.imagine.paint import TILES, colour
from showroom.imagine.paint.relief import Layers
from showroom.words.scenespec import Surface

_HEIGHT_TILES, _HEIGHT_RANGE = 0.004, 4.0


def draft(want: Surface, seed: int, size_px: int) -> tuple[Tensor, Layers]:
    """(5, size, size) float32 of the surface's first material, and the recipe's own layers.

    Colour in sRGB from the wanted one, which it has in the mean; coded height from its mean; roughness from its mean.
    """
    layers = TILES[want.painter](want, size_px, seed)
    base = colour.parse(want.srgb)
    picture = colour.srgb_from_linear(colour.with_mean(layers.color, base, None).clamp(0.0, 1.0))
    offset = picture.movedim(-1, 0) - colour.srgb_from_linear(base)[:, None, None]
    over, rough = height_code(_from_mean(layers.height)), _from_mean(layers.roughness)
    return torch.cat([offset, over[None], rough[None]]), layers


def _from_mean(field: Tensor) -> Tensor:
    """In double precision: the same whatever the number of threads."""
    return field - field.double().mean().to(torch.float32)


def height_code(tiles: Tensor) -> Tensor:
    """Heights in tiles, of mean 0, → about −1 to 1: the small ones spread."""
    return torch.asinh(tiles / _HEIGHT_TILES) / _HEIGHT_RANGE


def height_tiles(code: Tensor) -> Tensor:
    """The heights of `height_code`'s numbers; beyond ±1.25 cut off, 0.3 tiles."""
    return torch.sinh(code.clamp(-1.25, 1.25) * _HEIGHT_RANGE) * _HEIGHT_TILES
