"""Cloth and hide: leather, silk, linen."""

import math

import torch

from showroom.imagine.paint import colour, noise
from showroom.imagine.paint.noise import smooth
from showroom.imagine.paint.relief import Layers
from showroom.words.scenespec import Surface


def leather(want: Surface, size: int, seed: int) -> Layers:
    """Full-grain hide: small pebbled cells, pores, long creases, polish where hands have been."""
    base, accent = colour.parse(want.srgb), colour.parse(want.accent_srgb)
    wx, wy = noise.fbm(size, 5, seed + 1, 4), noise.fbm(size, 5, seed + 2, 4)
    f1, f2, cell, _, _ = noise.worley(size, 46, seed + 3, jitter=1.0)
    grain = noise.warp(smooth(0.0, 0.42, f2 - f1), 0.006 * wx, 0.006 * wy)
    g1, g2, _, _, _ = noise.worley(size, 17, seed + 4, jitter=1.0)
    fold = noise.warp(smooth(0.0, 0.16, g2 - g1), 0.02 * wx, 0.02 * wy)
    crease = smooth(
        0.80, 0.98, noise.warp(noise.ridged(size, (3, 6), seed + 5, 3), 0.05 * wx, 0.06 * wy)
    ) * smooth(-0.1, 0.5, noise.fbm(size, 2, seed + 6, 2))
    pore = smooth(0.62, 0.8, noise.gradient(size, 100, seed + 7))
    cloud = noise.fbm(size, 3, seed + 8, 5)
    rubbed = smooth(0.0, 0.7, noise.fbm(size, 2, seed + 9, 3)) * grain
    tone = (0.40 + 0.24 * cloud + 0.16 * (grain - 0.5) + 0.16 * rubbed).clamp(0.0, 1.0)
    color = colour.tones(
        base,
        (-0.10, -0.004),
        (0.13, 0.018),
        tone,
    )
    deep = ((1.0 - grain) * 0.42 + (1.0 - fold) * 0.30 + 0.5 * crease + 0.4 * pore).clamp(0.0, 1.0)
    color = colour.blend(color, colour.shifted(accent, -0.06).expand_as(color), 0.75 * deep)
    height = (
        0.0021 * grain + 0.0030 * fold - 0.006 * noise.blur(crease, 0.002) - 0.0012 * pore + 0.003 * cloud
    )
    rough = 0.5 + 0.20 * deep - 0.16 * rubbed + 0.05 * cloud
    return Layers(color, height, rough, occlusion=0.7, cavity=0.008)


def _ogee(u: torch.Tensor, v: torch.Tensor, repeat: int) -> torch.Tensor:
    """0 to 1: a damask of pointed ovals with a leaf in each, in half drop."""
    x, y = u * repeat, v * repeat
    column = x.floor()
    x, y = x - column - 0.5, (y + 0.5 * (column % 2)) % 1.0 - 0.5
    frame = 0.46 * torch.cos(math.pi * y).clamp(min=0.0) ** 0.8 - x.abs()
    border = smooth(0.035, 0.015, (frame - 0.04).abs()) + 0.7 * smooth(0.018, 0.006, (frame - 0.095).abs())
    stem = smooth(0.016, 0.006, x.abs()) * (y.abs() < 0.27)
    palm = torch.zeros_like(x)
    for k in range(-3, 4):
        angle = k * 0.42
        s = (x * math.sin(angle) + (0.10 - y) * math.cos(angle)) / 0.27
        t = (x * math.cos(angle) - (0.10 - y) * math.sin(angle)) / 0.052
        palm = torch.maximum(palm, smooth(1.0, 0.7, (2.0 * s - 1.0) ** 2 + t * t) * (1.0 - 0.12 * abs(k)))
    bud = smooth(1.0, 0.7, (x / 0.05) ** 2 + ((y - 0.22) / 0.08) ** 2)
    return (border + stem + palm + bud).clamp(0.0, 1.0)


def silk(want: Surface, size: int, seed: int) -> Layers:
    """Damask silk: satin ground, a matt figure towards the second colour, fine weft, soft waves."""
    base, accent = colour.parse(want.srgb), colour.parse(want.accent_srgb)
    u, v = noise.grid(size)
    figure = _ogee(u, v, 4)
    weft = noise.fbm(size, (6, 170), seed + 1, 1) + 0.5 * noise.fbm(size, (2, 60), seed + 2, 2)
    warp_ = noise.fbm(size, (170, 6), seed + 3, 1)
    sway = noise.fbm(size, (3, 2), seed + 4, 3, 0.4)
    tone = (0.5 + 0.26 * sway + 0.06 * weft + 0.04 * warp_).clamp(0.0, 1.0)
    ground = colour.tones(
        base,
        (-0.08,),
        (0.08, 0.004, 0.95),
        tone,
    )
    drawn = colour.blend(colour.shifted(base, 0.02), accent, 0.62 + 0.12 * weft)
    color = colour.blend(ground, drawn, 0.72 * figure)
    height = 0.006 * sway + 0.00022 * weft + 0.00010 * warp_ + 0.0005 * noise.blur(figure, 0.002)
    rough = 0.36 + 0.16 * figure + 0.06 * weft - 0.04 * sway
    return Layers(color, height, rough, occlusion=0.2, cavity=0.01)


def linen(want: Surface, size: int, seed: int) -> Layers:
    """Plain-woven linen: yarns over and under, thick and thin, slubs, a stripe in the second colour."""
    base, accent = colour.parse(want.srgb), colour.parse(want.accent_srgb)
    u, v = noise.grid(size)
    threads = 96
    thick = noise.fbm(size, (96, 5), seed + 1, 1), noise.fbm(size, (5, 96), seed + 2, 1)
    jog = 0.16 * noise.fbm(size, (48, 4), seed + 3, 2), 0.16 * noise.fbm(size, (4, 48), seed + 4, 2)
    x, y = u * threads + jog[0], v * threads + jog[1]
    up = torch.sin(math.pi * x) ** 2 * (1.0 + 0.35 * thick[0]), torch.sin(math.pi * y) ** 2 * (
        1.0 + 0.35 * thick[1]
    )
    over = (x.floor() + y.floor()) % 2.0  # warp above weft on the white squares
    weave = torch.where(over > 0.5, up[0], up[1])
    bow = torch.where(over > 0.5, torch.sin(math.pi * y), torch.sin(math.pi * x)).abs()
    yarn = torch.where(over > 0.5, thick[0], thick[1])
    slub = smooth(
        0.45,
        0.8,
        torch.where(over > 0.5, noise.fbm(size, (96, 7), seed + 5, 1), noise.fbm(size, (7, 96), seed + 6, 1)),
    )
    soft = noise.fbm(size, 3, seed + 7, 4)
    tone = (0.30 + 0.26 * weave * bow + 0.15 * yarn + 0.16 * slub + 0.14 * soft).clamp(0.0, 1.0)
    color = colour.tones(
        base,
        (-0.14, -0.002),
        (0.08, 0.004),
        tone,
    )
    color = colour.blend(
        color, accent.expand_as(color), 0.16 * smooth(-0.2, 0.7, noise.fbm(size, (40, 2), seed + 8, 2))
    )
    stripe = smooth(0.016, 0.013, (u - 0.5).abs()) + smooth(0.004, 0.002, ((u - 0.5).abs() - 0.026).abs())
    color = colour.blend(color, accent * (0.6 + 0.8 * tone)[..., None], 0.7 * stripe * (over > 0.5))
    height = 0.0020 * weave * (0.55 + 0.45 * bow) + 0.0008 * slub + 0.006 * soft
    rough = 0.8 + 0.06 * yarn - 0.08 * weave
    return Layers(color, height, rough, occlusion=0.8, cavity=0.006)
