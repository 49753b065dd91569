"""How far a picture's statistics are from a material's, or from what lies between two.

Two pictures of one texture differ everywhere and are alike in what values, shapes and details they hold, and how
many. The sliced Wasserstein distance compares that: pixels (and what surrounds them, and what a pretrained network
sees there) are projected on random directions and sorted. What lies between two materials is, at every place, their
Wasserstein barycentre by how much of the second is wanted there: along every direction, so far on the way from the one
sorted row to the other. Of both, and of what is between, there is to be so much as is wanted; where it lies the
distance doesn't see (but for a window, now and then): that is the drafts' matter.

Sources: Rabin et al. 2011, "Wasserstein Barycenter and Its Application to Texture Mixing"; Heitz et al. 2021, "A
Sliced Wasserstein Loss for Neural Texture Synthesis"; Elnekave and Weiss 2022, "Generating Natural Images with
Direct Patch Distributions Matching" (the patches).
"""

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional as F

from showroom.imagine.paint import colour
from showroom.imagine.painter_drafts import height_tiles
from showroom.words.scenespec import Surface

_MOST = 1024     # places in a picture that are compared
_DIRECTIONS = 24
_PATCH_PX, _COARSEST_PX = 7, 16
_FLAT = 4e-4     # of variance: what varies less is not seen
_WINDOW_PX = 128  # of what the network sees: a window, or all of it made small, by turns
_PIXELS, _PATCHES, _SEEN = 1.0, 1.0, 1.0  # how much each counts


def views(tiles: Tensor, base: Tensor, relief: Tensor, roughness: Tensor) -> Tensor:
    """(n, 7, h, w): colour (sRGB), slope of the light's fall (2), roughness, height code: what there is to see.

    tiles : (n, 5, h, w), as the model's OUT has them.   base : (n, 3) sRGB.   relief, roughness : (n,).
    """
    color = tiles[:, :3] + base[:, :, None, None]
    height = height_tiles(tiles[:, 3:4])
    steep = relief[:, None, None, None] * height.shape[-1]  # 2 relief, over the two pixels of a central difference
    x = (height.roll(-1, 3) - height.roll(1, 3)) * steep
    y = (height.roll(-1, 2) - height.roll(1, 2)) * steep
    long = torch.rsqrt(x * x + y * y + 1)
    rough = tiles[:, 4:] + roughness[:, None, None, None]
    return torch.cat([color, 0.5 - 0.5 * x * long, 0.5 - 0.5 * y * long, rough, tiles[:, 3:4]], 1)


def seen(tiles: Tensor, wishes: list[Surface]) -> Tensor:
    """What there is to see of tiles, each of another wish; see `views`."""
    base = torch.stack([colour.srgb_from_linear(colour.parse(wish.srgb)) for wish in wishes])
    relief, rough = (torch.tensor([getattr(wish, name) for wish in wishes]) for name in ("relief", "roughness"))
    return views(tiles, base, relief, rough)


class Distance:
    """Compares made pictures with taught ones. backbone: whose early maps count too."""

    def __init__(self, early):
        self._early = early

    def __call__(self, made: Tensor, first: Tensor, second: Tensor, there: Tensor) -> Tensor:
        """A number to make small. All (n, 7, h, w), as `views` makes them; there: (n, 1, h, w) of the second."""
        loss = _SEEN * self._seen(*_smaller(made, first, second, there))
        scales = (made.shape[-1] // _COARSEST_PX).bit_length()
        for at in range(scales):
            if at:
                made, first, second, there = (F.avg_pool2d(x, 2) for x in (made, first, second, there))
            loss = loss + _PIXELS * _apart(_spots(made, first, second, there), made.shape[1])
            patches = _patches(made, first, second)
            inside = _PATCH_PX // 2
            loss = loss + _PATCHES * _apart(_spots(*patches, there[..., inside:-inside, inside:-inside]), 0)
        return loss / (2 * scales + 2)

    def _seen(self, made: Tensor, first: Tensor, second: Tensor, there: Tensor) -> Tensor:
        """What a network sees in the colours, and in slopes and roughness taken for a picture."""
        loss = 0.0
        for part in (slice(0, 3), slice(3, 6)):
            maps = self._early(made[:, part])
            with torch.no_grad():
                other = [self._early(x[:, part]) for x in (first, second)]
            for three in zip(maps, *other):
                share = F.adaptive_avg_pool2d(there, three[0].shape[-2:])
                loss = loss + _apart(_spots(*three, share), three[0].shape[1]) / 2
        return loss


def _smaller(made: Tensor, first: Tensor, second: Tensor, there: Tensor) -> list[Tensor]:
    """128² of every picture: by turns all of it, or a window, at another place of each material than of the made."""
    pictures = [made, first, second, there]
    if made.shape[-1] <= _WINDOW_PX:
        return pictures
    if bool(torch.randint(2, ())):
        return [F.interpolate(x, size=_WINDOW_PX, mode="area") for x in pictures]
    one, two, three = (torch.randint(made.shape[-1], (2,)).tolist() for _ in range(3))
    return [x.roll(by, (2, 3))[..., :_WINDOW_PX, :_WINDOW_PX] for x, by in zip(pictures, (one, two, three, one))]


def _spots(*pictures: Tensor) -> list[Tensor]:
    """(n, c, m) float32 of the same random places of every picture (n, c, h, w)."""
    flat = [x.flatten(2).float() for x in pictures]
    count = flat[0].shape[2]
    if count <= _MOST:
        return flat
    step, start = count // _MOST, int(torch.randint(count, ()))
    at = (start + torch.arange(_MOST) * step + torch.randint(step, (_MOST,))) % count
    return [x[:, :, at] for x in flat]


def _apart(rows: Sequence[Tensor], channels: int) -> Tensor:
    """Sliced distance of the first (n, c, m) to what lies between the two next, by the spread of that.

    rows     : the last is (n, 1, m), at every place how far the second is wanted; which value of the materials' comes
               there is chance.
    channels : random directions are laid through so many; 0: every row is one.
    """
    *rows, there = rows
    if channels:
        directions = F.normalize(torch.randn(_DIRECTIONS, channels), dim=1)
        rows = [directions @ x for x in rows]
    made, first, second = (x.sort(2).values for x in rows)
    wanted = (first + (second - first) * there[..., torch.randperm(there.shape[2])]).sort(2).values
    spread = wanted.var(2).mean(1) + _FLAT
    return ((made - wanted).square().mean((1, 2)) / spread).mean()


def _patches(*pictures: Tensor) -> list[Tensor]:
    """What random filters over a patch give, the same for every picture (n, c, h, w)."""
    filters = torch.randn(_DIRECTIONS, pictures[0].shape[1], _PATCH_PX, _PATCH_PX)
    filters = (filters - filters.mean((2, 3), keepdim=True)) / filters[0].numel() ** 0.5
    with torch.autocast("cpu", torch.bfloat16):
        return [F.conv2d(x.contiguous(memory_format=torch.channels_last), filters) for x in pictures]
