"""Metals as they age: brass, copper, gold leaf. The material's metallic factor is the grower's."""

import torch

from showroom.imagine.paint import colour, noise
from showroom.imagine.paint.noise import smooth
from showroom.imagine.paint.relief import Layers
from showroom.words.scenespec import Surface


def _brushed(size: int, seed: int) -> torch.Tensor:
    """Fine lines round the piece (along u), of unlike length and strength, about ±1."""
    return 0.6 * noise.fbm(size, (3, 120), seed, 2) + 0.5 * noise.fbm(size, (9, 200), seed + 1, 1)


def _tarnish(size: int, height: torch.Tensor, seed: int) -> torch.Tensor:
    """0 to 1: in hollows, in blotches, in specks."""
    blotch = smooth(0.05, 0.75, noise.fbm(size, 4, seed, 6, 0.6))
    speck = smooth(0.55, 0.8, noise.fbm(size, 30, seed + 1, 3))
    low = smooth(0.0, -0.0022, height - noise.blur(height, 0.02))
    return (
        0.55 * blotch + 0.5 * speck * smooth(-0.4, 0.5, noise.fbm(size, 3, seed + 2, 3)) + 0.7 * low
    ).clamp(0.0, 1.0)


def brass(want: Surface, size: int, seed: int) -> Layers:
    """Hand-worked brass: chased rings of a small leaf band, brushing between, dark tarnish in the hollows."""
    base, accent = colour.parse(want.srgb), colour.parse(want.accent_srgb)
    u, v = noise.grid(size)
    band = smooth(0.145, 0.135, ((v - 0.5).abs() - 0.0).abs())
    lobe = (u * 14.0) % 1.0 - 0.5
    rise = (v - 0.5) / 0.135
    leaf = smooth(0.0, 0.10, 0.46 * (1.0 - rise**2).clamp(min=0.0) ** 0.7 - lobe.abs())
    rib = smooth(0.07, 0.0, lobe.abs()) + 0.6 * smooth(
        0.08, 0.0, ((lobe.abs() * 2.0 + rise * 0.8) * 3.0 % 1.0 - 0.5).abs()
    )
    lines = sum(
        smooth(0.008, 0.0, ((v - at + 0.5) % 1.0 - 0.5).abs())
        for at in (0.02, 0.05, 0.32, 0.35, 0.65, 0.68, 0.98)
    )
    dent = noise.fbm(size, 7, seed + 1, 3)
    brush = _brushed(size, seed + 2)
    height = band * (0.0046 * leaf * (1.0 - 0.25 * rib)) - 0.0030 * lines + 0.0022 * dent + 0.00010 * brush
    dull = _tarnish(size, height, seed + 3)
    tone = (0.55 + 0.16 * brush + 0.16 * noise.fbm(size, 3, seed + 4, 4) + 0.12 * leaf * band).clamp(0.0, 1.0)
    color = colour.tones(
        base,
        (-0.08, -0.004),
        (0.09, 0.006),
        tone,
    )
    color = colour.blend(color, accent.expand_as(color), 0.72 * dull)
    rough = 0.32 + 0.10 * brush + 0.34 * dull + 0.05 * dent
    return Layers(color, height, rough, occlusion=0.8, cavity=0.008)


def copper(want: Surface, size: int, seed: int) -> Layers:
    """A beaten copper pan: the hammer's dimples side by side, heat colours, blotches of the second hue."""
    base, accent = colour.parse(want.srgb), colour.parse(want.accent_srgb)
    f1, f2, cell, dx, dy = noise.worley(size, 13, seed + 1, jitter=0.75)
    dimple = (f1 * f1).clamp(max=0.6)
    facet = (
        noise.spread(169, seed + 2, -1.0, 1.0)[cell] * dx + noise.spread(169, seed + 3, -1.0, 1.0)[cell] * dy
    )
    brush = _brushed(size, seed + 4)
    height = 0.014 * noise.blur(dimple, 0.004) + 0.0016 * noise.blur(facet, 0.004) + 0.00006 * brush
    dull = _tarnish(size, 0.1 * height, seed + 5)
    heat = noise.fbm(size, 2, seed + 6, 4)
    tone = (0.5 + 0.04 * brush + 0.28 * heat + 0.35 * (dimple - 0.2)).clamp(0.0, 1.0)
    color = colour.ramp(
        [
            (0.0, colour.shifted(base, -0.09, -0.022, 1.05)),
            (0.35, colour.shifted(base, -0.02, -0.008, 1.1)),
            (0.6, base),
            (1.0, colour.shifted(base, 0.10, 0.012, 0.9)),
        ],
        tone,
    )
    color = colour.blend(color, accent.expand_as(color), 0.60 * dull)
    rough = 0.28 + 0.07 * brush + 0.30 * dull + 0.05 * heat
    return Layers(color, height, rough, occlusion=0.6, cavity=0.02)


def gold(want: Surface, size: int, seed: int) -> Layers:
    """Laid gold leaf: squares that overlap by a finger, crinkles, bole showing through where it is rubbed."""
    base, accent = colour.parse(want.srgb), colour.parse(want.accent_srgb)
    u, v = noise.grid(size)
    wx, wy = noise.fbm(size, 5, seed + 1, 4), noise.fbm(size, 5, seed + 2, 4)
    x, y = (u + 0.006 * wx) * 5.0, (v + 0.006 * wy) * 5.0
    leaf = (x.floor().long() % 5) + 5 * (y.floor().long() % 5)
    lap = torch.minimum(x % 1.0, y % 1.0)
    crinkle = noise.warp(noise.ridged(size, 14, seed + 3, 4), 0.03 * wx, 0.03 * wy)
    own = noise.spread(25, seed + 4, -1.0, 1.0)[leaf]
    rubbed = smooth(0.30, 0.62, noise.fbm(size, 5, seed + 5, 6, 0.62) + 0.25 * smooth(0.06, 0.0, lap))
    tear = smooth(0.94, 0.99, noise.warp(noise.ridged(size, 6, seed + 6, 3), 0.04 * wx, 0.04 * wy)) * smooth(
        0.0, 0.5, wx
    )
    bole = (0.8 * rubbed + tear).clamp(0.0, 1.0)
    tone = (0.5 + 0.16 * own + 0.26 * (crinkle - 0.4) + 0.14 * wx + 0.18 * smooth(0.05, 0.0, lap)).clamp(
        0.0, 1.0
    )
    color = colour.tones(
        base,
        (-0.09, -0.006),
        (0.10, 0.004),
        tone,
    )
    color = colour.blend(color, accent.expand_as(color), 0.8 * bole)
    height = 0.0012 * crinkle + 0.0008 * smooth(0.05, 0.0, lap) + 0.0016 * wx - 0.0009 * bole
    rough = 0.25 + 0.14 * (crinkle - 0.4) + 0.38 * bole + 0.05 * own
    return Layers(color, height, rough, occlusion=0.4, cavity=0.01)
