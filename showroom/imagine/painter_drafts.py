"""Drafts: what recipes make of a surface's materials, in the numbers that the learned painter works with, and back;
and what else is wanted of it, in numbers.

The second of two materials lies in wide drifts. What is soft heeds the shapes of both a little; its seams are broad,
and there each is in the other. Where a drift of anything else ends, whichever of the two is higher is seen, as stones
that lie half in sand. Source: Mishkinis 2013, "Advanced Terrain Texture Splatting".
"""

from dataclasses import dataclass

import torch
from torch import Tensor

from showroom.imagine.paint import TILES, colour, mixed, noise
from showroom.imagine.paint.relief import Layers
from showroom.imagine.sorts import stands
from showroom.words.scenespec import Surface

_HEIGHT_TILES, _HEIGHT_RANGE = 0.004, 4.0
_ACROSS, _HEED = 1, 0.3  # drifts to a tile; how much fine noise decides, and the shapes of both if the second is soft
_STOOD_OUT = 0.55        # how much it decides, beside the drifts, which of the two is higher, if the second isn't soft
_GRAIN = (0.04, 0.006)   # tiles; what is wider is no thing, what is finer is no shape
_PORES = 1e-3            # tiles; heights that deviate by less are no things
_MELTING, _STANDING = 0.25, 0.08  # softness of a seam, in standard deviations of what decides


@dataclass(frozen=True)
class Drafts:
    """What a surface begins as.

    pictures : (10, n, n) both materials; zeros for one that nobody drafted.
    there    : (1, n, n) 0 to 1, how much of the second lies where; 0 where there is only one.
    layers   : the recipes' own, of each material that is drafted.
    wishes   : what their painters were asked for, and the seeds.
    """

    pictures: Tensor
    there: Tensor
    layers: tuple[Layers, ...]
    wishes: tuple[tuple[Surface, int], ...]


def drafts_of(want: Surface, seed: int, size_px: int) -> Drafts:
    """Both materials of a surface, size_px across. seed: the picture's, any whole number.

    One of a single material lies between that and itself; one in a photo's likeness, between its recipe and what the
    photo shows, of which there is no draft.
    """
    if want.also:
        wishes = mixed.wishes(want, seed)
        (one, first), (two, second) = (draft(wish, own_seed, size_px) for wish, own_seed in wishes)
        two[:3] += second_offset(want)[:, None, None]
        there = lies(first.height, second.height, want.share, seed, stands(want.also))
        return Drafts(torch.cat([one, two]), there[None], (first, second), wishes)
    one, layers = draft(want, seed, size_px)
    two = torch.zeros_like(one) if want.likeness else one
    return Drafts(torch.cat([one, two]), torch.zeros(1, size_px, size_px), (layers,), ((want, seed),))


def properties(want: Surface) -> Tensor:
    """(9,) float32: what else is wanted of a surface, see `painter_model.PROPERTIES`."""
    looks = colour.oklab(torch.stack([colour.parse(want.srgb), colour.parse(want.accent_srgb)])).flatten()
    return torch.cat([looks, torch.tensor([want.roughness, want.wetness, want.relief])])


def second_offset(want: Surface) -> Tensor:
    """(3,) sRGB: from the surface's own colour to that of its second material."""
    own = colour.parse(want.srgb)
    other = mixed.second_colour(own, colour.parse(want.accent_srgb), want.share)
    return colour.srgb_from_linear(other) - colour.srgb_from_linear(own)


def lies(first: Tensor, second: Tensor, share: float, seed: int, standing: bool) -> Tensor:
    """(n, n) 0 to 1: how much of the second material lies where; its mean is the share, or a little above a small one.

    first, second : (n, n) their heights, in tiles; n is a multiple of 16.   share : 0 to 0.5.
    standing      : whether what is higher is seen where a drift ends; else the second melts into the first.
    """
    # Noise of one cell to a tile is 0 at its corners and in its middle: it begins elsewhere, for every seed.
    by = [first.shape[0] // 16 * int(16 * part) for part in noise.rand(2, seed + 400)]
    first, second = (field.roll([-step for step in by], (0, 1)) for field in (first, second))
    decide, seam = (_by_height, _STANDING) if standing else (mixed.lie, _MELTING)
    over = decide(first, second, share, seed, _ACROSS, _HEED).roll(by, (0, 1))
    return torch.sigmoid(over / seam)


def _by_height(first: Tensor, second: Tensor, share: float, seed: int, across: int, heed: float) -> Tensor:
    """As `mixed.lie`, but `heed` is of fine noise alone. Heights are in tiles: beside stones, pores are nothing."""
    (broad, near), (other_broad, other_near) = (noise.blurs(field, *_GRAIN) for field in (first, second))
    higher = (other_near - other_broad) - (near - broad)
    higher = higher / max(float(higher.double().std()), _PORES)
    return mixed.covering(mixed.even(mixed.drifts(first.shape[0], seed, across, heed)) + _STOOD_OUT * higher, share)


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
