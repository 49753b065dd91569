"""Fine scales: what the recipes of a surface's materials know of it that is finer than a learned picture.

A recipe's picture less the same made small and large again is its fibres, grain and pores, and how sharp its edges
are. A learned picture begins as drafts by the same recipes, so edges lie in it where they have them.
Sources: Burt and Adelson 1983, "The Laplacian Pyramid"; Irani and Peleg 1991, "Improving Resolution by Image
Registration" (enlarging so that made small again it is what it was).
"""

from dataclasses import replace

import torch

from showroom.imagine.paint import TILES, relief
from showroom.imagine.paint.relief import Layers
from showroom.imagine.painter_drafts import Drafts

_ROUNDS = 2      # of correcting what was enlarged
_DARKEST = 2e-3  # linear; below, a ratio of two colours says nothing


def refined(coarse: Layers, drafts: Drafts, size: int) -> Layers:
    """A learned picture with its materials' fine scales, each where it lies.

    coarse : colour, height and roughness, (n, n).   size : px, n times a power of two.   drafts : what it began as.
    """
    edge = coarse.height.shape[0]
    color, height, rough = (enlarged(field, size) for field in (coarse.color, coarse.height, coarse.roughness))
    there = enlarged(drafts.there[0], size)
    shares = torch.stack([1.0 - there, there]).clamp(min=0.0)
    amounts = shares / shares.norm(dim=0)  # grains that have nothing to do with each other vary as much as one
    for (wish, seed), amount in zip(drafts.wishes, amounts):
        made = TILES[wish.painter](wish, size, seed)
        color = color * (amount[..., None] * _fine(made.color.clamp(min=_DARKEST).log(), edge)).exp()
        height = height + amount * _fine(made.height, edge)
        rough = rough + amount * _fine(made.roughness, edge)
    return replace(coarse, color=color, height=height, roughness=rough)


def enlarged(field: torch.Tensor, size: int) -> torch.Tensor:
    """(size, size) or (size, size, c) of a periodic field; averaged down again it is the field, nearly."""
    edge = field.shape[0]
    if edge == size:
        return field
    large = _doubled_to(field, size)
    for _ in range(_ROUNDS):
        large = large + _doubled_to(field - _averaged(large, edge), size)
    return large


def _fine(field: torch.Tensor, edge: int) -> torch.Tensor:
    """What of a field an edge of so many pixels cannot hold."""
    return field - enlarged(_averaged(field, edge), field.shape[0])


def _averaged(field: torch.Tensor, edge: int) -> torch.Tensor:
    return relief.shrunk(field, edge) if field.ndim == 3 else relief.shrunk(field[..., None], edge)[..., 0]


def _doubled_to(field: torch.Tensor, size: int) -> torch.Tensor:
    """Bilinear, across the seam, in steps of two."""
    while field.shape[0] < size:
        for axis in (0, 1):
            near = 0.75 * field
            pair = torch.stack([near + 0.25 * field.roll(1, axis), near + 0.25 * field.roll(-1, axis)], axis + 1)
            field = pair.flatten(axis, axis + 1)
    return field
