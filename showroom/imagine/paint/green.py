"""Living ground: grass, moss, the litter of needles under conifers."""

import math

import torch

from showroom.imagine.paint import colour, noise, scatter
from showroom.imagine.paint.earth import grains
from showroom.imagine.paint.noise import smooth
from showroom.imagine.paint.relief import Layers
from showroom.words.scenespec import Surface


def grass(want: Surface, size: int, seed: int) -> Layers:
    """A meadow from above: thousands of bowed blades, dark at the root, some straw, clover between."""
    base, accent = colour.parse(want.srgb), colour.parse(want.accent_srgb)
    back = scatter.strewn(52, seed + 1, (0.018, 0.034), (0.10, 0.15), (-0.008, -0.004), bend=1.6)
    front = scatter.strewn(40, seed + 2, (0.022, 0.046), (0.075, 0.115), (-0.002, 0.006), bend=2.2)
    clover = scatter.strewn(20, seed + 3, (0.008, 0.013), (0.9, 1.0), (0.004, 0.009), keep=0.14)
    blades = scatter.joined(back, front, clover)
    count, leafy = len(blades), len(blades) - len(clover)

    def shape(s, t, stamp):
        root = 0.55 + 0.45 * smooth(-1.0, -0.3, s)
        taper = root * (1.0 - s.clamp(min=0.0) ** 1.8)
        blade = torch.where(
            t.abs() < taper, 0.008 * (s + 1.0) * 0.5 + 0.0011 * (1.0 - t * t), torch.full_like(s, -math.inf)
        )
        r, angle = torch.sqrt(s * s + t * t), torch.atan2(t, s)
        trefoil = torch.where(
            r < 0.55 + 0.42 * torch.cos(3.0 * angle).abs() ** 0.6 * (torch.cos(3.0 * angle) > 0),
            0.005 * (1.0 - 0.5 * r),
            torch.full_like(s, -math.inf),
        )
        return torch.where(stamp >= leafy, trefoil, blade)

    cover = scatter.lay(blades, size, shape, floor=-0.010)
    patch = noise.fbm(size, 3, seed + 4, 4)
    along = (cover.s + 1.0) * 0.5
    own = cover.of(noise.spread(count, seed + 5, -1.0, 1.0))
    tone = (0.12 + 0.55 * along + 0.16 * own + 0.17 * patch + 0.06 * cover.t).clamp(0.0, 1.0)
    deep, tip = colour.shifted(base, -0.17, -0.015), colour.shifted(base, 0.11, 0.025)
    color = colour.ramp([(0.0, deep), (0.55, base), (1.0, tip)], tone)
    dry = cover.of((noise.rand(count, seed + 6) > 0.80).float()) * (0.4 + 0.6 * along)
    dry = torch.maximum(dry * 0.8, 0.35 * smooth(0.2, 0.7, patch) * along)
    color = colour.blend(color, accent.expand_as(color), dry)
    mid = smooth(0.22, 0.0, cover.t.abs()) * (cover.stamp < leafy)
    color = color * (1.0 + 0.16 * mid)[..., None]
    leaflet = cover.stamp >= leafy
    green = colour.blend(
        colour.shifted(base, -0.05, -0.02),
        colour.shifted(base, 0.07),
        smooth(0.35, 0.5, torch.sqrt(cover.s**2 + cover.t**2)),
    )
    color = torch.where(leaflet[..., None], green, color)
    soil = colour.shifted(base, -0.26, -0.01, 0.8)
    color = torch.where(cover.there[..., None], color, soil * (1.0 + 0.3 * grains(size, seed + 7))[..., None])
    rough = (
        0.6
        - 0.14 * along
        + 0.1 * dry
        + 0.2 * (~cover.there)
        - 0.25 * want.wetness * smooth(0.1, 0.7, noise.gradient(size, 60, seed + 8))
    )
    return Layers(color, cover.height + 0.008 * patch, rough, occlusion=1.0, cavity=0.016)


def moss(want: Surface, size: int, seed: int) -> Layers:
    """Cushions of moss: small stars crowding over soft mounds, pale at their tips, earth between."""
    base, accent = colour.parse(want.srgb), colour.parse(want.accent_srgb)
    f1, f2, cell, _, _ = noise.worley(size, 6, seed + 1)
    wob = noise.fbm(size, 6, seed + 2, 4)
    mound = (1.0 - (noise.warp(f1, 0.02 * wob, -0.02 * wob) / 0.95) ** 2).clamp(
        min=0.0
    ).sqrt() * 0.050 + 0.016 * noise.fbm(size, 4, seed + 3, 3)
    stars = scatter.joined(
        scatter.strewn(66, seed + 4, (0.007, 0.011), (0.85, 1.0), (0.0, 0.0015)),
        scatter.strewn(60, seed + 5, (0.007, 0.012), (0.85, 1.0), (0.001, 0.003)),
    )
    arms = 5.0 + (noise.rand(len(stars), seed + 6) * 4.0).floor()

    def shape(s, t, stamp):
        r, angle = torch.sqrt(s * s + t * t), torch.atan2(t, s)
        spike = (0.5 + 0.5 * torch.cos(angle * arms[stamp])) ** 1.5
        return torch.where(
            r < 0.35 + 0.63 * spike, 0.0030 * (1.0 - r) + 0.0008 * spike, torch.full_like(r, -math.inf)
        )

    cover = scatter.lay(stars, size, shape, floor=-0.001)
    r = torch.sqrt(cover.s**2 + cover.t**2)
    bare = smooth(0.013, 0.0, mound) * smooth(-0.2, 0.3, noise.fbm(size, 4, seed + 7, 3))
    tint = noise.spread(36, seed + 8, -1.0, 1.0)[cell]
    tint = noise.blur(tint, 0.008)
    own = cover.of(noise.spread(len(stars), seed + 9, -1.0, 1.0))
    rise = smooth(0.005, 0.060, mound)
    tone = (0.10 + 0.42 * rise + 0.13 * own + 0.20 * (1.0 - r) + 0.10 * tint + 0.12 * wob).clamp(0.0, 1.0)
    color = colour.tones(
        base,
        (-0.17, -0.02),
        (0.15, 0.035),
        tone,
    )
    color = torch.where(cover.there[..., None], color, colour.shifted(base, -0.18, -0.01).expand_as(color))
    soil = colour.blend(colour.shifted(accent, -0.10), accent, smooth(-0.6, 0.8, grains(size, seed + 10)))
    color = colour.blend(color, soil, 0.85 * bare)
    height = mound + cover.height * (1.0 - 0.8 * bare) + 0.001 * bare * grains(size, seed + 11)
    dew = want.wetness * smooth(0.30, 0.55, noise.gradient(size, 70, seed + 12))
    rough = 0.75 + 0.1 * own - 0.5 * dew
    return Layers(color, height, rough, occlusion=1.0, cavity=0.02)


def needles(want: Surface, size: int, seed: int) -> Layers:
    """A conifer forest's floor: layers of fallen needles, twigs, cone scales, dark humus below."""
    base, accent = colour.parse(want.srgb), colour.parse(want.accent_srgb)
    old = scatter.strewn(76, seed + 1, (0.016, 0.028), (0.045, 0.06), (-0.010, -0.003), bend=1.6)
    new = scatter.strewn(50, seed + 2, (0.016, 0.030), (0.045, 0.06), (-0.001, 0.010), bend=2.2)
    twigs = scatter.strewn(8, seed + 3, (0.03, 0.075), (0.05, 0.08), (0.004, 0.010), bend=1.2, keep=0.32)
    scales = scatter.strewn(9, seed + 4, (0.009, 0.014), (0.6, 0.8), (0.006, 0.013), keep=0.35)
    stamps = scatter.joined(old, new, twigs, scales)
    count = len(stamps)
    first_twig, first_scale = len(old) + len(new), count - len(scales)

    def shape(s, t, stamp):
        rod = torch.where(
            t.abs() < 1.0 - s.abs() ** 6,
            stamps.width[stamp] * (1.0 - t * t).clamp(min=0.0).sqrt(),
            torch.full_like(s, -math.inf),
        )
        fan = torch.where(
            (t.abs() < 0.35 + 0.6 * smooth(-1.0, 0.3, s)) & (s * s + 0.5 * t * t < 0.95),
            0.005 * (1.0 - 0.5 * (s * s + t * t)),
            torch.full_like(s, -math.inf),
        )
        return torch.where(stamp >= first_scale, fan, rod)

    cover = scatter.lay(stamps, size, shape, floor=-0.014)
    own = noise.rand(count, seed + 5)
    patch = noise.fbm(size, 3, seed + 6, 4)
    tone = (
        cover.of(own) * 0.75 + 0.16 * patch + 0.12 * (cover.stamp >= len(old)) - 0.08 * cover.t.abs()
    ).clamp(0.0, 1.0)
    rust = colour.shifted(base, 0.03, 0.028, 1.25)
    color = colour.ramp(
        [
            (0.0, colour.shifted(base, -0.16, -0.01)),
            (0.35, base),
            (0.65, rust),
            (1.0, colour.shifted(base, 0.24, 0.03, 0.8)),
        ],
        tone,
    )
    green = cover.of((noise.rand(count, seed + 7) > 0.92).float()) * (cover.stamp < first_twig)
    color = colour.blend(color, accent.expand_as(color), 0.85 * green)
    wood = colour.shifted(base, -0.04, -0.012, 0.5) * (0.65 + 0.4 * (1.0 - cover.t**2))[..., None]
    wood = wood * (1.0 + 0.25 * noise.gradient(size, 90, seed + 8))[..., None]
    color = torch.where(((cover.stamp >= first_twig) & (cover.stamp < first_scale))[..., None], wood, color)
    cone = colour.shifted(base, -0.03, 0.005, 0.9) * (0.6 + 0.5 * smooth(-1.0, 1.0, cover.s))[..., None]
    color = torch.where((cover.stamp >= first_scale)[..., None], cone, color)
    humus = colour.shifted(base, -0.17, -0.01, 0.7) * (1.0 + 0.35 * grains(size, seed + 9))[..., None]
    color = torch.where(cover.there[..., None], color, humus)
    rough = 0.75 - 0.10 * tone + 0.05 * patch - 0.3 * want.wetness * smooth(0.1, 0.6, patch)
    return Layers(color, cover.height + 0.010 * patch, rough, occlusion=1.0, cavity=0.012)
