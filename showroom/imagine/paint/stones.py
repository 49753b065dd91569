"""Loose and laid stone: wet shingle, cobbles, flagstone, rock."""

import math

import torch

from showroom.imagine.paint import colour, noise, scatter
from showroom.imagine.paint.noise import mix, smooth
from showroom.imagine.paint.relief import Layers
from showroom.words.scenespec import Surface


def _pebble_shape(seed: int, count: int, tall: float):
    """Outline of each pebble: an ellipse worn a little out of true; height from its own size."""
    wobble = noise.spread(count, seed + 11, 0.0, 0.09)
    phase = noise.spread(count, seed + 12, 0.0, math.tau)

    def shape(stamps: scatter.Stamps):
        def height(s, t, stamp):
            round_ = 1.0 + wobble[stamp] * torch.sin(2.0 * torch.atan2(t, s) + phase[stamp]) \
                + 0.6 * wobble[stamp] * torch.sin(3.0 * torch.atan2(t, s) + 2.0 * phase[stamp]) + 0.05
            return scatter.dome(s * round_, t * round_) * stamps.width[stamp] * tall
        return height
    return shape


def _pebble_colours(base: torch.Tensor, accent: torch.Tensor, count: int, seed: int) -> torch.Tensor:
    """(count, 3) linear: greys round the base, some of the accent's hue, some pale, some near black."""
    kind = noise.rand(count, seed + 21)
    light = noise.spread(count, seed + 22, -0.13, 0.13)
    light = light + torch.where(kind > 0.93, 0.22, 0.0) - torch.where(kind < 0.12, 0.12, 0.0)
    plain = colour.shifted(base, light, noise.spread(count, seed + 23, -0.022, 0.03), noise.spread(count, seed + 24, 0.5, 1.5))
    tinted = colour.shifted(accent, light - 0.05)
    share = smooth(0.55, 0.95, noise.rand(count, seed + 25)) * 0.8
    return colour.blend(plain, tinted, share)


def shingle(want: Surface, size: int, seed: int) -> Layers:
    """Rounded sea pebbles of three sizes, wet, with dark gaps, quartz bands and a few shells."""
    sand = scatter.strewn(64, seed + 1, (0.006, 0.011), (0.6, 0.95), (-0.012, -0.006))
    small = scatter.settled(scatter.strewn(26, seed + 2, (0.013, 0.026), (0.6, 0.95), (-0.008, 0.0)), steps=6)
    large = scatter.settled(scatter.strewn(13, seed + 3, (0.026, 0.056), (0.58, 0.92), (-0.004, 0.006), keep=0.8))
    shells = scatter.strewn(5, seed + 4, (0.014, 0.022), (0.8, 0.95), (0.012, 0.02), keep=0.28)
    stamps = scatter.joined(sand, small, large, shells)
    count = len(stamps)
    cover = scatter.lay(stamps, size, _pebble_shape(seed, count, 0.62)(stamps), floor=-0.014)
    base, accent = colour.parse(want.srgb), colour.parse(want.accent_srgb)

    shell = cover.stamp >= count - len(shells)
    color = cover.of(_pebble_colours(base, accent, count, seed))
    speck = noise.fbm(size, 90, seed + 31, 2)
    cloud = noise.fbm(size, 14, seed + 32, 4)
    # bedding lines and quartz veins lie straight through one stone and stop at its edge
    tilt = cover.of(noise.spread(count, seed + 33, -1.5, 1.5))
    bands = torch.sin((cover.t + tilt * cover.s * 0.4) * cover.of(noise.spread(count, seed + 34, 3.0, 9.0)) + 2.0 * cloud)
    banded = cover.of((noise.rand(count, seed + 35) > 0.6).float())
    vein = smooth(0.07, 0.02, (cover.t + tilt * cover.s + cover.of(noise.spread(count, seed + 36, -0.5, 0.5)) + 0.25 * cloud).abs())
    vein = vein * cover.of((noise.rand(count, seed + 37) > 0.86).float())
    grain = cover.of(noise.spread(count, seed + 38, 0.05, 0.28))
    light = 1.0 + grain * speck + 0.14 * cloud + 0.13 * banded * bands
    color = color * light.clamp(min=0.3)[..., None]
    color = colour.blend(color, colour.shifted(base, 0.32, 0.01, 0.4), 0.75 * vein)
    ribs = 0.5 + 0.5 * torch.cos(torch.atan2(cover.t, cover.s + 1.1) * 34.0)
    pearl = colour.blend(colour.parse("#e8d9c8"), colour.parse("#b78f80"), 0.75 * (1.0 - ribs) * smooth(-1.0, 0.9, cover.s))
    color = torch.where(shell[..., None], pearl, color)
    # water stands between the stones: what lies low is dark and mirror-smooth
    depth = smooth(0.004, -0.013, cover.height)
    wet = want.wetness
    color = color * (1.0 - (0.35 + 0.45 * wet) * depth)[..., None]
    height = cover.height + torch.where(shell, 0.0012 * ribs, 0.0004 * speck * grain * 4.0)
    pool = mix(-0.014, -0.0085, wet)
    height = torch.maximum(height, torch.full_like(height, pool))
    dry = cover.of(noise.spread(count, seed + 39, -0.1, 0.1)) + 0.06 * speck
    rough = 0.5 + dry * (1.2 - wet) + 0.16 * smooth(0.0, 0.03, cover.height) - 0.32 * wet * (cover.height <= pool)
    return Layers(color, height, rough, occlusion=1.1, cavity=0.02)
