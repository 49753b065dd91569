"""Skins of what grows: the petals of a rose, the peel of a citrus fruit."""

import math

import torch

from showroom.imagine.paint import colour, noise, relief, scatter
from showroom.imagine.paint.noise import smooth
from showroom.imagine.paint.relief import Layers
from showroom.words.scenespec import Surface

_SHEETS = 0.010  # how much of their order in the pile the petals keep as height, tiles


def _petal_rim(stamps: scatter.Stamps, seed: int):
    """How far out of a petal a point lies: 1 at its rim. Narrow at the claw, broad and notched at the tip."""
    count = len(stamps)
    phase, notch = noise.spread(count, seed + 1, 0.0, math.tau), noise.spread(count, seed + 2, 0.02, 0.16)
    crimp = noise.spread(count, seed + 3, 0.015, 0.05)

    def out(s, t, stamp):
        wide = 0.34 + 0.66 * smooth(-1.1, 0.25, s)
        waved = scatter.picked(crimp, stamp) * torch.sin(5.0 * t + 3.0 * s + scatter.picked(phase, stamp))
        notched = scatter.picked(notch, stamp) * torch.exp(-18.0 * t * t) * (s > 0.0)
        x, y = s + notched + waved, t / wide
        return torch.sqrt(x * x * x * x + y * y) + 0.5 * waved

    return out


def _petals(size: int, seed: int) -> tuple[scatter.Cover, torch.Tensor, int]:
    """(what lies where, how far out in its petal each pixel is, number of petals), two sheets deep."""
    under = scatter.strewn(6, seed + 1, (0.145, 0.175), (0.9, 1.05), (0.0, 0.30), bend=0.1)
    over = scatter.strewn(5, seed + 2, (0.140, 0.175), (0.85, 1.0), (0.35, 0.80), bend=0.12, keep=0.9)
    stamps = scatter.joined(under, over)
    out = _petal_rim(stamps, seed + 3)

    def shape(s, t, stamp):
        r = out(s, t, stamp)
        return torch.where(r < 1.0, 0.0, -math.inf)

    cover = scatter.lay(stamps, size, shape, floor=0.0)
    return cover, out(cover.s, cover.t, cover.stamp.clamp(min=0)).clamp(max=1.0), len(stamps)


def _fan(s: torch.Tensor, t: torch.Tensor, sway: torch.Tensor) -> torch.Tensor:
    """0 to 1: veins that fan from the claw and fork twice on their way to the rim."""
    along = (s + 1.0) * 0.5
    ray = t / (s + 1.45) + 0.03 * sway
    total = torch.zeros_like(s)
    for number, begins, share in ((6.0, -0.1, 1.0), (12.0, 0.2, 0.8), (24.0, 0.45, 0.6)):
        line = torch.cos(math.pi * number * ray).abs()
        width = 0.16 * (number / 6.0) ** 0.5
        total = torch.maximum(total, share * smooth(1.6 * width, 0.0, line) * smooth(begins, begins + 0.2, along))
    return total


def petal(want: Surface, size: int, seed: int) -> Layers:
    """Rose petals laid over one another: fanning veins, soft folds, rolled rims, a velvet bloom on them."""
    base, accent = colour.parse(want.srgb), colour.parse(want.accent_srgb)
    cover, r, count = _petals(size, seed)
    sway, nap = noise.fbm(size, 6, seed + 5, 3), noise.fbm(size, 90, seed + 6, 2)
    fold = noise.fbm(size, 5, seed + 7, 2, 0.4)
    own, curl = (cover.of(noise.spread(count, seed + k, -1.0, 1.0)) for k in (8, 9))
    vein = _fan(cover.s, cover.t, sway + 2.0 * own)
    tip = smooth(-0.5, 0.7, cover.s)
    cup = (0.020 + 0.012 * curl) * r * r - (0.020 + 0.008 * curl) * smooth(0.62, 1.05, r)
    ruffle = torch.sin(5.0 * cover.t + 4.0 * own) * tip * r
    fold = fold * (0.6 + 0.4 * r)
    height = noise.blur(_SHEETS * cover.height + cup + 0.0035 * ruffle, 0.0013) + 0.012 * fold
    du, dv = relief.slopes(noise.blur(height, 0.006))
    bloom = smooth(0.10, 0.8, torch.sqrt(du * du + dv * dv))  # velvet: brighter where it turns away
    under = smooth(0.0, 0.007, noise.blur(height, 0.016) - height)
    tone = 0.44 + 0.10 * own + 0.22 * bloom + 0.14 * fold + 0.06 * nap - 0.20 * vein - 0.30 * under
    tone = tone + 0.16 * smooth(0.86, 0.98, r) * tip
    color = colour.tones(base, (-0.16, 0.004, 1.1), (0.15, 0.002, 0.85), tone.clamp(0.0, 1.0))
    claw = smooth(-0.10, -1.0, cover.s) * (0.8 + 0.2 * vein)
    color = colour.blend(color, colour.shifted(accent, 0.06).expand_as(color), 0.65 * claw)
    rough = 0.55 + 0.10 * nap - 0.10 * bloom + 0.08 * vein
    height = height - 0.0011 * vein + 0.0004 * nap
    drop = _dew(size, want.wetness, seed + 30)
    wet = smooth(0.0, 0.0006, drop)
    color = colour.times(color, 1.0 - 0.25 * wet + 0.35 * smooth(0.004, 0.009, drop))
    return Layers(color, height + drop, rough * (1.0 - 0.8 * wet), occlusion=0.6, cavity=0.02)


def _dew(size: int, wetness: float, seed: int) -> torch.Tensor:
    """Height of drops of dew, tiles: none on a dry petal, on a wet one a few of every size."""
    drops = scatter.strewn(13, seed, (0.005, 0.015), (0.85, 1.0), keep=0.6 * wetness * wetness)
    if not len(drops):
        return torch.zeros(size, size)
    girth = drops.width

    def shape(s, t, stamp):
        return scatter.dome(s, t, 2.0) * scatter.picked(girth, stamp) * 0.6

    return scatter.lay(drops, size, shape).height


def _glands(size: int, seed: int) -> torch.Tensor:
    """0 to 1: round shallow dimples of many sizes, close together, deepest in the middle."""
    large = scatter.settled(scatter.strewn(20, seed + 1, (0.018, 0.032), (0.85, 1.0)), steps=12, room=1.0)
    small = scatter.strewn(30, seed + 2, (0.009, 0.014), (0.85, 1.0), keep=0.7)
    stamps = scatter.joined(large, small)
    depth = stamps.width / float(stamps.width.max()) * noise.spread(len(stamps), seed + 3, 0.7, 1.0)

    def shape(s, t, stamp):
        inside = 1.0 - s * s - t * t
        hollow = scatter.picked(depth, stamp) * inside * inside
        return torch.where(inside > 0.0, hollow, -math.inf)

    return scatter.lay(stamps, size, shape).height


def peel(want: Surface, size: int, seed: int) -> Layers:
    """Zest of a citrus fruit: oil glands as dimples of all sizes in a waxy skin, freckles, a green cast."""
    base, accent = colour.parse(want.srgb), colour.parse(want.accent_srgb)
    wx, wy = noise.fbm(size, 20, seed + 1, 2), noise.fbm(size, 20, seed + 2, 2)
    dimple = noise.warp(_glands(size, seed + 10), 0.005 * wx, 0.005 * wy)
    swell, cloud = noise.fbm(size, 4, seed + 6, 3), noise.fbm(size, 3, seed + 7, 5)
    wax = noise.fbm(size, 48, seed + 8, 3)
    height = -0.0072 * dimple + 0.008 * swell + 0.0003 * wax
    tone = (0.58 + 0.12 * cloud + 0.05 * wax - 0.28 * (dimple - 0.25)).clamp(0.0, 1.0)
    color = colour.tones(base, (-0.11, 0.012, 1.12), (0.08, 0.006, 0.95), tone)
    color = colour.blend(color, accent.expand_as(color), 0.35 * smooth(-0.1, 0.9, cloud))
    freckle = smooth(0.62, 0.78, noise.fbm(size, 40, seed + 9, 2))
    color = colour.blend(color, colour.shifted(base, -0.22, 0.0, 0.7).expand_as(color), 0.3 * freckle)
    rough = 0.40 + 0.14 * dimple + 0.05 * wax + 0.15 * freckle
    return Layers(color, height, rough, occlusion=0.45, cavity=0.012)
