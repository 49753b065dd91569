"""A surface between two materials, as a craftsman lays one into the other.

The second gathers in the hollows of the first, on its ridges or in drifts, and covers a given share of it. Its edge
follows the shapes of both, stands out as a lip and throws a little shade on what lies under it.
"""

import dataclasses
from collections.abc import Callable

import torch

from showroom.imagine.paint import colour, noise
from showroom.imagine.paint.noise import mix, smooth
from showroom.imagine.paint.relief import Layers
from showroom.words.scenespec import Surface

_WAYS = ((0.45, -1.0), (0.70, 1.0), (1.0, 0.0))  # how often it lies in hollows, on ridges, in drifts; pull of heights
_TOWARDS = 0.55  # how far the second material's colour lies from the surface's own to its accent
_APART = 0.10    # OKLab, about so far at least: two materials of one colour would be told apart by nobody
_BED = 0.025     # tiles; what of the first is finer does not show through the second
_PULLED = 0.05   # OKLab, at most so far the first material's hue gives way, so that the mean stays the wanted colour
_SEAM = 0.10     # half of its softness, in standard deviations of what decides where the second lies


def between(first: Callable, second: Callable, want: Surface, size: int, seed: int) -> Layers:
    """What two materials' painters make of one wish, the second towards its accent; see `mixed`."""
    made = []
    for make, (wish, its_seed) in zip((first, second), wishes(want, seed)):
        layers = make(wish, size, its_seed)
        made.append(dataclasses.replace(layers, color=colour.with_mean(layers.color, colour.parse(wish.srgb))))
    return mixed(*made, want.share, seed)


def wishes(want: Surface, seed: int) -> tuple[tuple[Surface, int], tuple[Surface, int]]:
    """What is asked of either material's painter, and the seed; the second is asked for its own colour."""
    other = second_colour(colour.parse(want.srgb), colour.parse(want.accent_srgb), want.share)
    code = "#" + bytes(colour.srgb_codes(other).tolist()).hex()
    turned = dataclasses.replace(want, painter=want.also, srgb=code, accent_srgb=want.srgb)
    return (want, seed), (turned, seed + 977)


def second_colour(own: torch.Tensor, accent: torch.Tensor, share: float) -> torch.Tensor:
    """(3,) linear: on the way to the accent, or lighter or darker where that is too near."""
    start, end = colour.oklab(own), colour.oklab(accent)
    there = mix(start, end, _TOWARDS)
    hue = there[1:] - start[1:]
    most = _PULLED * (1.0 - share) / max(share, 1e-3)
    there = torch.cat([there[:1], start[1:] + hue * min(1.0, most / max(float(hue.norm()), 1e-6))])
    short = _APART - float((there - start).norm())
    if short > 0.0:
        up = there[0] > start[0] if abs(there[0] - start[0]) > 0.02 else start[0] < 0.6
        there = there + torch.tensor([short if up else -short, 0.0, 0.0])
    return colour.linear_from_oklab(there).clamp(0.0, 1.0)


def mixed(first: Layers, second: Layers, share: float, seed: int) -> Layers:
    """The second material laid into the first.

    share : of the area that shows the second, 0 to 0.5; it is met, not aimed at.
    seed  : of where it lies.
    """
    over = lie(first.height, second.height, share, seed)
    there = smooth(-_SEAM, _SEAM, over)
    bed, detail = noise.blur(first.height, _BED), second.height - _mean(second.height)
    body = 0.0025 + 0.5 * _deviation(second.height)
    laid = bed + detail + body * (0.45 + 0.55 * smooth(0.0, 0.9, over))
    height = mix(first.height, laid, there)
    shade = noise.blur(there, 0.007) * (1.0 - there)  # cast on the first, beside the edge
    lip = there * smooth(4.0 * _SEAM, _SEAM, over)    # where the second ends it is thin, and lighter
    color = colour.times(colour.blend(first.color, second.color, there), 1.0 - 0.55 * shade + 0.10 * lip)
    rough = mix(first.roughness, second.roughness, there)
    share_of = (1.0 - share, share)
    return Layers(
        color,
        height,
        rough,
        _litter(first, second, there),
        occlusion=max(0.5, sum(part * one.occlusion for part, one in zip(share_of, (first, second)))),
        cavity=sum(part * one.cavity for part, one in zip(share_of, (first, second))),
    )


def lie(first: torch.Tensor, second: torch.Tensor, share: float, seed: int, across: int = 2,
        heed: float = 1.0) -> torch.Tensor:
    """(n, n) above 0 where the second lies, on a `share` of the tile; in standard deviations of what decides it.

    first, second : (n, n) their heights.   across : drifts to a tile, about.
    heed : how much the heights decide, and what is finer than drifts.
    """
    size = first.shape[0]
    drawn = float(noise.rand(1, seed + 401)[0])
    pull = next(pull for below, pull in _WAYS if drawn < below)
    broad, near = noise.blurs(first, 0.03, 0.006)
    shapes = (0.7 * pull * even(broad) + 0.45 * pull * even(near - broad) + 0.30 * even(second)
              + 0.08 * noise.fbm(size, 40, seed + 404, 2))
    return covering(even(drifts(size, seed, across, heed)) + heed * shapes, share)


def drifts(size: int, seed: int, across: int, heed: float) -> torch.Tensor:
    """(size, size) noise in which the second lies, high where it is likeliest; see `lie`."""
    return noise.fbm(size, across, seed + 402, 4, 0.55) + 0.25 * heed * noise.fbm(size, 11, seed + 403, 3)


def covering(score: torch.Tensor, share: float) -> torch.Tensor:
    """(n, n) above 0 on a `share` of the tile, where the score is highest; in the score's standard deviations."""
    score = even(score)
    rank = 1 + round((1.0 - share) * (score.numel() - 1))
    return score - score.reshape(-1).kthvalue(rank).values


def _litter(first: Layers, second: Layers, there: torch.Tensor) -> torch.Tensor | None:
    if first.litter is None and second.litter is None:
        return None
    none = torch.zeros_like(there)
    return mix(*(none if one.litter is None else one.litter for one in (first, second)), there)


def _mean(field: torch.Tensor) -> float:
    return float(field.double().mean())


def _deviation(field: torch.Tensor) -> float:
    return float(field.double().std())


def even(field: torch.Tensor) -> torch.Tensor:
    """Of mean 0 and standard deviation 1; a level field is 0."""
    return (field - _mean(field)) / max(_deviation(field), 1e-6)
