"""Water, what fills a bottle, ice, and polished stone: surfaces that are mostly light."""

import math

import torch

from showroom.imagine.paint import colour, noise, scatter
from showroom.imagine.paint.noise import smooth
from showroom.imagine.paint.relief import Layers
from showroom.words.scenespec import Surface


def _swell(size: int, seed: int, count: int, longest: int, shortest: int) -> torch.Tensor:
    """Sum of travelling-wave shapes with whole numbers of crests across the tile; about ±1.

    Amplitudes fall with the wavelength, crests are sharpened as Gerstner waves are.
    """
    u, v = noise.grid(size)
    total = torch.zeros(size, size)
    for k in range(count):
        pick = noise.rand(4, seed + k)
        rank = float(pick[0])
        number = longest * (shortest / longest) ** rank
        angle = 0.5 * math.pi + (float(pick[1]) - 0.5) * 2.4
        i, j = round(number * math.cos(angle)), round(number * math.sin(angle))
        if i == 0 and j == 0:
            j = longest
        wave = torch.sin(math.tau * (i * u + j * v + float(pick[2])))
        total = total + (1.0 - wave.abs() * 1.2 + 0.5 * wave) * (longest / math.hypot(i, j)) ** 0.9
    return (total - float(total.mean(dtype=torch.float64))) / 3.0


def water(want: Surface, size: int, seed: int) -> Layers:
    """Ruffled water for a normal map: crossing ripples on a swell; foam as a torn lace in the accent."""
    base, accent = colour.parse(want.srgb), colour.parse(want.accent_srgb)
    wx, wy = noise.fbm(size, 4, seed + 1, 4), noise.fbm(size, 4, seed + 2, 4)
    waves = noise.warp(_swell(size, seed + 3, 26, 3, 34), 0.015 * wx, 0.015 * wy)
    ruffle = noise.warp(noise.ridged(size, 22, seed + 4, 3), 0.02 * wx, 0.02 * wy)
    lace = torch.zeros(size, size)
    for period, share in ((11, 0.9), (23, 0.8), (41, 0.6)):
        f1, f2, _, _, _ = noise.worley(size, period, seed + 5 + period, jitter=1.0)
        thread = noise.warp(f2 - f1, 0.07 * wx, 0.05 * wy)
        lace = torch.maximum(lace, share * smooth(0.16, 0.02, thread))
    drawn = noise.warp(noise.fbm(size, (2, 5), seed + 6, 5, 0.55), 0.05 * wx, 0.05 * wy)  # lies in streaks
    patch = smooth(0.16, 0.62, drawn + 0.15 * waves)
    froth = (lace * patch * (0.75 + 0.5 * noise.fbm(size, 40, seed + 7, 3))).clamp(0.0, 1.0)
    tone = (0.5 + 0.22 * waves + 0.12 * (ruffle - 0.5)).clamp(0.0, 1.0)
    color = colour.tones(base, (-0.07,), (0.09, 0.006), tone)
    color = colour.blend(color, accent.expand_as(color), 0.85 * froth)
    height = 0.0075 * waves + 0.0020 * ruffle + 0.0014 * froth
    rough = 0.08 + 0.55 * froth + 0.02 * ruffle
    return Layers(color, height, rough, litter=froth, occlusion=0.15, cavity=0.02)


def liquid(want: Surface, size: int, seed: int) -> Layers:
    """Scent in a bottle: nearly even, slow schlieren of the second hue, a calm meniscus."""
    base, accent = colour.parse(want.srgb), colour.parse(want.accent_srgb)
    wx, wy = noise.fbm(size, 2, seed + 1, 3), noise.fbm(size, 2, seed + 2, 3)
    swirl = noise.warp(noise.fbm(size, (2, 3), seed + 3, 4), 0.16 * wx, 0.16 * wy)
    color = colour.blend(
        base.expand(size, size, 3), accent.expand(size, size, 3), 0.22 * smooth(-0.6, 0.8, swirl)
    )
    return Layers(color, 0.002 * swirl, 0.05 + 0.02 * swirl, occlusion=0.0)


def ice(want: Surface, size: int, seed: int) -> Layers:
    """Lake ice: clear blue depth, white fracture planes that fan and branch, strings of bubbles, frost."""
    base, accent = colour.parse(want.srgb), colour.parse(want.accent_srgb)
    wx, wy = noise.fbm(size, 4, seed + 1, 4), noise.fbm(size, 4, seed + 2, 4)
    depth = noise.warp(noise.fbm(size, 3, seed + 3, 5), 0.06 * wx, 0.06 * wy)
    plane = torch.zeros(size, size)
    for period, share in ((3, 1.0), (6, 0.7), (13, 0.35)):
        f1, f2, _, dx, dy = noise.worley(size, period, seed + 4 + period, jitter=1.0)
        gap = noise.warp(f2 - f1, 0.02 * wx, 0.02 * wy)
        broken = smooth(-0.25, 0.35, noise.fbm(size, 4, seed + 40 + period, 3))
        veil = 0.55 * torch.exp(-gap / 0.10) * smooth(-0.4, 0.6, noise.fbm(size, 5, seed + 20 + period, 4))
        plane = torch.maximum(plane, share * broken * (smooth(0.030, 0.0, gap) * 0.8 + veil.clamp(min=0.0)))
    holes = scatter.strewn(24, seed + 30, (0.003, 0.009), (0.85, 1.0), keep=0.35)
    bubble = scatter.lay(holes, size, lambda s, t, k: scatter.dome(s, t, 2.0) * 0.001, floor=0.0)
    ring = smooth(0.5, 0.95, torch.sqrt(bubble.s**2 + bubble.t**2)) * bubble.there
    frost = smooth(0.15, 0.7, noise.fbm(size, 4, seed + 31, 6, 0.62))
    tone = (0.46 + 0.30 * depth).clamp(0.0, 1.0)
    color = colour.tones(
        base,
        (-0.15, -0.012, 1.25),
        (0.10, 0.0, 0.8),
        tone,
    )
    white = (0.75 * plane + 0.5 * ring + 0.30 * frost).clamp(0.0, 1.0)
    color = colour.blend(color, accent.expand_as(color), 0.8 * white)
    scratch = noise.warp(noise.fbm(size, (4, 60), seed + 32, 2), 0.1 * wx, 0.1 * wy)
    height = (
        0.004 * depth
        + 0.0018 * smooth(0.2, 0.9, plane)
        + 0.0003 * scratch
        + 0.0008 * frost * noise.fbm(size, 60, seed + 33, 2)
    )
    rough = 0.14 + 0.42 * frost + 0.16 * plane + 0.02 * scratch
    return Layers(color, height, rough, occlusion=0.2, cavity=0.02)


def polished_stone(want: Surface, size: int, seed: int) -> Layers:
    """Dark polished stone: crystals that catch light at different depths, few pale veins, mirror finish."""
    base, accent = colour.parse(want.srgb), colour.parse(want.accent_srgb)
    wx, wy = noise.fbm(size, 3, seed + 1, 5), noise.fbm(size, 3, seed + 2, 5)
    cloud = noise.warp(noise.fbm(size, 3, seed + 3, 5), 0.08 * wx, 0.08 * wy)
    _, _, cell, _, _ = noise.worley(size, 180, seed + 4, jitter=1.0)
    crystal = noise.rand(180 * 180, seed + 5)[cell]
    flake = smooth(0.955, 0.995, crystal)
    vein = smooth(
        0.02, 0.0, noise.warp(noise.gradient(size, 3, seed + 6), 0.14 * wx, 0.14 * wy).abs()
    ) * smooth(-0.05, 0.5, noise.fbm(size, 3, seed + 7, 3))
    tone = (0.38 + 0.28 * cloud + 0.30 * (crystal - 0.5)).clamp(0.0, 1.0)
    color = colour.tones(base, (-0.07,), (0.08,), tone)
    color = colour.blend(color, accent.expand_as(color), (0.6 * flake + 0.25 * vein).clamp(0.0, 1.0))
    dust = smooth(0.2, 0.8, noise.fbm(size, 4, seed + 8, 6, 0.6))
    rough = 0.10 + 0.10 * dust + 0.04 * vein - 0.02 * flake
    return Layers(color, 0.0002 * cloud, rough, occlusion=0.0)
