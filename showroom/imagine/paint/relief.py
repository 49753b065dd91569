"""Relief: from a height field to normals, occlusion and the packed maps of a surface.

Heights are in tiles (height in metres over the tile's edge in metres), so a slope is a true slope
whatever the size of the picture.
"""

from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F

from showroom.imagine.paint import colour, noise
from showroom.words.image import HEIGHT_TILES
from showroom.words.scenespec import Surface


@dataclass
class Layers:
    """What a painter of a tileable surface makes, all (n, n).

    color : (n, n, 3) linear albedo; its mean is set afterwards.   height : tiles.
    roughness : 0 to 1; its mean is set afterwards.
    litter : 0 to 1, things lying on the surface, which its mean colour does not count.
    occlusion : how deep cavities darken, 0 none to 1.   cavity : their size, tiles.
    """

    color: torch.Tensor
    height: torch.Tensor
    roughness: torch.Tensor
    litter: torch.Tensor | None = None
    occlusion: float = 0.8
    cavity: float = 0.012


def slopes(height: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """(dh/du, dh/dv) by central differences across the seam."""
    n = height.shape[0]
    du = (height.roll(-1, 1) - height.roll(1, 1)) * (n / 2.0)
    dv = (height.roll(-1, 0) - height.roll(1, 0)) * (n / 2.0)
    return du, dv


def normals(height: torch.Tensor, strength: float) -> torch.Tensor:
    """(n, n, 2) x and y of the tangent-space normal, glTF: x to the right, y up the picture."""
    du, dv = slopes(height)
    du, dv = du * strength, dv * strength
    length = torch.sqrt(du * du + dv * dv + 1.0)
    return torch.stack([-du / length, dv / length], dim=-1)


def open_sky(height: torch.Tensor, cavity: float, strength: float) -> torch.Tensor:
    """(n, n) 0 to 1: how much sky a point sees, from how far it lies below its surroundings.

    Two scales of the difference to the blurred height, as a cavity map does; 1 on ridges.
    """
    near, wide = noise.blurs(height, cavity * 0.5, cavity * 2.0)
    near = near.sub_(height).div_(cavity).clamp_(min=0.0).mul_(2.2)
    wide = wide.sub_(height).div_(cavity * 2.0).clamp_(min=0.0).mul_(3.0)
    return 1.0 / near.add_(wide).mul_(strength).add_(1.0)


def finish(layers: Layers, want: Surface, size: int) -> tuple[np.ndarray, np.ndarray]:
    """(color, detail), each (size, size, 4) uint8, with the spec's means and relief."""
    relief = 2.0 * want.relief  # 0.5 is the material as it is
    open_ = open_sky(layers.height, layers.cavity, layers.occlusion * min(1.0, 0.4 + relief))
    # a little of the cavity's shade belongs in the albedo: dust and damp gather there
    color = soften(colour.times(layers.color, 0.55 + 0.45 * open_))
    counts = None if layers.litter is None else 1.0 - layers.litter
    color = colour.with_mean(color, colour.parse(want.srgb), counts)
    rough = soften(layers.roughness)
    for _ in range(2):  # again, for what the ends cut off
        off = want.roughness - float(rough.double().mean())
        rough = (rough + off).clamp_(0.03, 1.0)
    slope = normals(soften(layers.height), relief)
    detail = torch.stack([slope[..., 0], slope[..., 1], rough, soften(open_)]).movedim(0, -1)
    height = shrunk(_raised(layers.height, relief)[..., None], size)[..., 0]
    return pack_color(shrunk(color, size), height), pack_detail(shrunk(detail, size))


def _raised(height: torch.Tensor, relief: float) -> torch.Tensor:
    """Heights in tiles, as the normals show them, to 0 to 1 of what an image holds, their mean half way."""
    over = height - height.double().mean().to(torch.float32)
    return (over * (relief / HEIGHT_TILES) + 0.5).clamp_(0.0, 1.0)


def soften(field: torch.Tensor) -> torch.Tensor:
    """Half a pixel of blur, which takes the stair-steps off the edges of scattered shapes."""
    for axis in (0, 1):
        beside = torch.empty_like(field)
        count = field.shape[axis]
        middle = beside.narrow(axis, 1, count - 2)
        torch.add(field.narrow(axis, 0, count - 2), field.narrow(axis, 2, count - 2), out=middle)
        for at in (0, -1):  # across the seam
            either = field.select(axis, at - 1), field.select(axis, (at + 1) % count)
            torch.add(*either, out=beside.select(axis, at))
        field = beside.mul_(0.125).add_(0.75 * field)
    return field


def shrunk(field: torch.Tensor, height: int) -> torch.Tensor:
    """(h, w, c) averaged down to `height` rows; h is a multiple of it."""
    step = field.shape[0] // height
    if step <= 1:
        return field
    return F.avg_pool2d(field.permute(2, 0, 1)[None], step)[0].permute(1, 2, 0)


def pack_color(linear: torch.Tensor, other: torch.Tensor) -> np.ndarray:
    """(h, w, 3) linear and (h, w) alpha or height → (h, w, 4) uint8 sRGB; colour keeps off 0 and 255."""
    return _interleaved(*colour.srgb_codes(colour.planes(linear)), _code(other))


def pack_detail(detail: torch.Tensor) -> np.ndarray:
    """(h, w, 4): normal x, y (−1 to 1), roughness, occlusion or emission → (h, w, 4) uint8."""
    normal = (_code(detail[..., axis] * 0.5 + 0.5) for axis in (0, 1))
    return _interleaved(*normal, _code(detail[..., 2]), _code(detail[..., 3]))


def _code(unit: torch.Tensor) -> torch.Tensor:
    """0 to 1 → uint8, rounded."""
    return (unit * 255.0).round_().clamp_(0, 255).to(torch.uint8)


def _interleaved(*channels: torch.Tensor) -> np.ndarray:
    """(h, w, 4) uint8 of four (h, w)."""
    return torch.stack(channels, dim=-1).cpu().numpy()


def pack_sky(radiance: torch.Tensor) -> np.ndarray:
    """(h, w, 3) linear radiance → (h, w, 4) float16, alpha 1."""
    rgb = radiance.clamp(1e-4, 60.0)
    return torch.cat([rgb, torch.ones_like(rgb[..., :1])], dim=-1).to(torch.float16).cpu().numpy()
