"""Skins of what grows: the petals of a rose, the peel of a citrus fruit."""

import math

import torch

from showroom.imagine.paint import colour, noise, relief, scatter
from showroom.imagine.paint.noise import smooth
from showroom.imagine.paint.relief import Layers
from showroom.words.scenespec import Surface

_SHEETS = 0.055  # how much of their order in the pile the petals keep as height, tiles


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
    under = scatter.strewn(5, seed + 1, (0.17, 0.20), (0.9, 1.05), (0.0, 0.30), bend=0.1)
    over = scatter.strewn(4, seed + 2, (0.165, 0.20), (0.85, 1.0), (0.35, 0.80), bend=0.12, keep=0.9)
    stamps = scatter.joined(under, over)
    out = _petal_rim(stamps, seed + 3)

    def shape(s, t, stamp):
        r = out(s, t, stamp)
        return torch.where(r < 1.0, 0.02 * s, torch.full_like(r, -math.inf))

    cover = scatter.lay(stamps, size, shape, floor=0.0)
    return cover, out(cover.s, cover.t, cover.stamp.clamp(min=0)).clamp(max=1.0), len(stamps)


def _fan(s: torch.Tensor, t: torch.Tensor, sway: torch.Tensor) -> torch.Tensor:
    """0 to 1: veins that fan from the claw and fork twice on their way to the rim."""
    along = (s + 1.0) * 0.5
    ray = t / (s + 1.45) + 0.03 * sway
    total = torch.zeros_like(s)
    for number, begins, share in ((7.0, -0.1, 1.0), (14.0, 0.25, 0.75), (28.0, 0.5, 0.55)):
        line = torch.cos(math.pi * number * ray).abs()
        width = 0.05 * number / 7.0
        total = torch.maximum(total, share * smooth(1.6 * width, 0.0, line) * smooth(begins, begins + 0.2, along))
    return total


def petal(want: Surface, size: int, seed: int) -> Layers:
    """Rose petals laid over one another: fanning veins, soft folds, rolled rims, a velvet bloom on them."""
    base, accent = colour.parse(want.srgb), colour.parse(want.accent_srgb)
    cover, r, count = _petals(size, seed)
    sway, nap = noise.fbm(size, 6, seed + 5, 3), noise.fbm(size, 90, seed + 6, 2)
    fold = noise.fbm(size, 5, seed + 7, 2, 0.4)
    own = cover.of(noise.spread(count, seed + 8, -1.0, 1.0))
    vein = _fan(cover.s, cover.t, sway + own)
    pile = cover.of(noise.spread(count, seed + 9, -0.2, 0.2)) * 0.0
    lift = cover.height.clamp(min=-0.1)
    cup = 0.030 * r * r - 0.022 * smooth(0.80, 1.0, r)
    ruffle = torch.sin(6.0 * cover.t + 4.0 * own) * smooth(-0.4, 0.9, cover.s)
    height = _SHEETS * lift + cup + 0.0035 * ruffle + 0.007 * fold + pile
    fine = height - 0.0010 * vein + 0.00035 * nap
    du, dv = relief.slopes(noise.blur(height, 0.006))
    bloom = smooth(0.15, 1.1, torch.sqrt(du * du + dv * dv))  # velvet: brighter where it turns away
    under = smooth(0.0, 0.020, noise.blur(height, 0.018) - height)
    tone = 0.46 + 0.10 * own + 0.24 * bloom + 0.10 * fold + 0.05 * nap - 0.16 * vein - 0.30 * under
    color = colour.tones(base, (-0.16, 0.004, 1.1), (0.15, 0.002, 0.85), tone.clamp(0.0, 1.0))
    claw = smooth(-0.05, -0.95, cover.s) * (0.75 + 0.25 * vein)
    color = colour.blend(color, colour.shifted(accent, 0.06).expand_as(color), 0.7 * claw)
    rough = 0.55 + 0.10 * nap - 0.10 * bloom + 0.08 * vein
    return Layers(color, fine, rough, occlusion=0.8, cavity=0.02)


def peel(want: Surface, size: int, seed: int) -> Layers:
    """Zest of a citrus fruit: oil glands as dimples of all sizes in a waxy skin, freckles, a green cast."""
    base, accent = colour.parse(want.srgb), colour.parse(want.accent_srgb)
    wx, wy = noise.fbm(size, 9, seed + 1, 3), noise.fbm(size, 9, seed + 2, 3)
    dimple, rim = torch.zeros(size, size), torch.zeros(size, size)
    for period, share, k in ((17, 1.0, 3), (31, 0.55, 4)):
        f1, f2, cell, _, _ = noise.worley(size, period, seed + 10 * k, jitter=0.8)
        f1 = noise.warp(f1, 0.010 * wx, 0.010 * wy)
        reach = noise.spread(period * period, seed + k, 0.34, 0.62)[cell]
        depth = noise.spread(period * period, seed + 5 + k, 0.35, 1.0)[cell]
        dimple = torch.maximum(dimple, share * depth * smooth(1.0, 0.1, f1 / reach))
    swell, cloud = noise.fbm(size, 4, seed + 6, 3), noise.fbm(size, 3, seed + 7, 5)
    wax = noise.fbm(size, 48, seed + 8, 3)
    height = -0.0085 * dimple + 0.012 * swell + 0.0006 * wax
    tone = (0.55 + 0.12 * cloud + 0.06 * wax - 0.34 * (dimple - 0.3)).clamp(0.0, 1.0)
    color = colour.tones(base, (-0.13, 0.012, 1.12), (0.09, 0.006, 0.92), tone)
    green = smooth(0.15, 0.8, cloud) * 0.5
    color = colour.blend(color, accent.expand_as(color), green)
    freckle = smooth(0.55, 0.75, noise.fbm(size, 40, seed + 9, 2)) * smooth(0.1, 0.5, swell)
    color = colour.blend(color, colour.shifted(base, -0.22, 0.0, 0.7).expand_as(color), 0.6 * freckle)
    rough = 0.40 + 0.16 * dimple + 0.05 * wax + 0.15 * freckle
    return Layers(color, height, rough, occlusion=0.8, cavity=0.012)
