"""Bare ground: sand, soil strewn with petals, packed earth, snow."""

import math

import torch

from showroom.imagine.paint import colour, noise, scatter
from showroom.imagine.paint.noise import mix, smooth
from showroom.imagine.paint.relief import Layers
from showroom.words.scenespec import Surface


def grains(size: int, seed: int) -> torch.Tensor:
    """(n, n) about ±1: grains at the limit of what the picture holds."""
    return 0.6 * noise.gradient(size, 170, seed) + 0.6 * noise.gradient(size, 97, seed + 1)


def sand(want: Surface, size: int, seed: int) -> Layers:
    """Wind-rippled sand: skewed crests that fork, dark grains in the troughs, damp patches."""
    base, accent = colour.parse(want.srgb), colour.parse(want.accent_srgb)
    u, v = noise.grid(size)
    waves = max(6, round(want.scale_m / 0.11))
    bend = 0.9 * noise.fbm(size, 2, seed + 1, 3) + 0.35 * noise.fbm(size, 6, seed + 2, 2)
    phase = math.tau * (waves * v + waves * 0.055 * bend) + 1.9 * noise.gradient(size, (5, 7), seed + 3)
    ripple = 0.5 + 0.5 * torch.sin(phase + 0.65 * torch.sin(phase))  # gentle to windward, steep behind
    ripple = ripple**1.25
    calm = 0.35 + 0.65 * smooth(-0.7, 0.25, noise.fbm(size, 3, seed + 4, 2))
    drift = noise.fbm(size, 2, seed + 5, 4)
    grit = grains(size, seed + 6)
    damp = want.wetness * smooth(0.1, 0.6, noise.fbm(size, 3, seed + 8, 4) + 0.35 * (0.5 - ripple))
    tone = (0.5 + 0.24 * (ripple - 0.5) * calm + 0.16 * drift + 0.17 * grit).clamp(0.0, 1.0)
    color = colour.tones(
        base,
        (-0.13, 0.0, 1.1),
        (0.10, 0.004, 0.9),
        tone,
    )
    heavy = smooth(0.45, 0.05, ripple) * calm * smooth(-0.5, 0.6, noise.fbm(size, 24, seed + 9, 3))
    color = colour.blend(color, accent.expand_as(color), 0.42 * heavy)
    speck = noise.value(size, 230, seed + 10)
    color = color * (1.0 - 0.45 * smooth(0.86, 0.95, speck) + 0.35 * smooth(0.10, 0.03, speck))[..., None]
    color = color * (1.0 - 0.45 * damp)[..., None]
    height = 0.030 / waves * ripple * calm + 0.004 * drift + 0.00035 * grit
    rough = 0.6 + 0.05 * grit - 0.4 * damp - 0.05 * ripple
    return Layers(color, height, rough, occlusion=0.6, cavity=0.02)


def _crumbs(size: int, seed: int) -> tuple[scatter.Cover, scatter.Stamps]:
    """Clods and crumbs of soil of three sizes."""
    clods = scatter.joined(
        scatter.strewn(56, seed + 1, (0.006, 0.011), (0.65, 1.0), (-0.006, 0.0)),
        scatter.strewn(24, seed + 2, (0.011, 0.02), (0.65, 1.0), (-0.010, -0.003)),
        scatter.strewn(9, seed + 3, (0.02, 0.04), (0.65, 0.95), (-0.018, -0.006), keep=0.7),
    )
    lumpy = noise.spread(len(clods), seed + 4, 0.05, 0.16)
    phase = noise.spread(len(clods), seed + 5, 0.0, math.tau)

    def shape(s, t, stamp):
        angle = torch.atan2(t, s)
        worn = 1.08 + lumpy[stamp] * (
            torch.sin(3.0 * angle + phase[stamp]) + 0.7 * torch.sin(5.0 * angle - phase[stamp])
        )
        return scatter.dome(s * worn, t * worn, 2.0) * clods.width[stamp] * 0.55

    return scatter.lay(clods, size, shape, floor=-0.010), clods


def soil_petals(want: Surface, size: int, seed: int) -> Layers:
    """Dark crumbled soil with twigs and leaf scraps; fallen petals, fresh and withered, lie on it."""
    base, accent = colour.parse(want.srgb), colour.parse(want.accent_srgb)
    soil, clods = _crumbs(size, seed)
    grit, cloud = grains(size, seed + 11), noise.fbm(size, 3, seed + 12, 5)
    crumb = soil.of(noise.spread(len(clods), seed + 13, -1.0, 1.0))
    trodden = 0.75 * smooth(-0.1, 0.55, noise.fbm(size, 4, seed + 15, 4))  # here the crumbs are pressed flat
    tone = (0.48 + 0.20 * crumb * (1.0 - 0.6 * trodden) + 0.13 * grit + 0.20 * cloud).clamp(0.0, 1.0)
    color = colour.tones(
        base,
        (-0.12, -0.004),
        (0.12, 0.012),
        tone,
    )
    damp = want.wetness * smooth(-0.3, 0.5, noise.fbm(size, 4, seed + 14, 3))
    color = color * (1.0 - 0.35 * damp)[..., None]
    height = mix(soil.height, noise.blur(soil.height, 0.009), trodden) + 0.0012 * grit + 0.004 * cloud

    twigs = scatter.strewn(15, seed + 20, (0.012, 0.035), (0.05, 0.09), (0.006, 0.012), bend=1.5, keep=0.4)
    bits = scatter.lay(twigs, size, lambda s, t, k: (1.0 - t * t).clamp(min=0.0).sqrt() * 0.0025, floor=-1.0)
    straw = bits.of(noise.spread(len(twigs), seed + 21, 0.0, 1.0))
    stick = colour.ramp([(0.0, colour.shifted(base, -0.10)), (1.0, colour.shifted(base, 0.26, 0.03))], straw)
    over = bits.there
    color = torch.where(over[..., None], stick * (0.7 + 0.3 * (1 - bits.t**2))[..., None], color)
    height = torch.where(over, torch.maximum(bits.height, height), height)

    fallen = scatter.strewn(13, seed + 30, (0.012, 0.021), (0.70, 0.95), (0.006, 0.010), keep=0.42)
    petals = scatter.lay(fallen, size, _petal, floor=-1.0)
    there = petals.there.float()
    cast = noise.blur(there.roll((2 * size // 512, 2 * size // 512), (0, 1)), 0.006) * (1.0 - there)
    color = color * (1.0 - 0.55 * cast)[..., None]
    age = petals.of(noise.rand(len(fallen), seed + 31) ** 2)
    own = petals.of(noise.spread(len(fallen), seed + 32, -0.5, 0.5))
    fresh = colour.blend(
        colour.shifted(accent, -0.10),
        colour.shifted(accent, 0.08, 0.006, 0.8),
        smooth(-1.1, 1.0, petals.s + 0.4 * petals.t + own),
    )
    fresh = colour.blend(
        fresh, colour.parse("#ecdcae").expand_as(fresh), 0.75 * smooth(-0.55, -1.0, petals.s)
    )
    veins = smooth(0.3, 1.0, torch.sin(torch.atan2(petals.t, petals.s + 1.6) * 46.0))
    fresh = fresh * (1.0 - 0.12 * veins - 0.22 * smooth(0.5, 1.0, (petals.t**2 + petals.s**2)))[..., None]
    brown = colour.blend(fresh, colour.parse("#6d4a30").expand_as(fresh), age * 0.75)
    color = torch.where(petals.there[..., None], brown, color)
    height = torch.where(petals.there, mix(petals.height, noise.blur(height, 0.008) + 0.004, 0.45), height)
    rough = torch.where(petals.there, torch.full_like(height, 0.38), 0.62 + 0.06 * grit - 0.3 * damp)
    return Layers(color, height, rough, litter=there, occlusion=0.9, cavity=0.012)


def _petal(s, t, stamp):
    """Height of a cupped petal with its narrow claw at s = −1; −inf outside."""
    claw = 0.46 + 0.54 * smooth(-1.05, 0.0, s)
    r = s.abs() ** 2.6 + (t.abs() / claw) ** 2.4
    cup = 0.0026 * (s * s + 0.6 * t * t) - 0.0012 * r**6
    return torch.where(r < 0.97, cup, torch.full_like(r, -math.inf))


def packed_earth(want: Surface, size: int, seed: int) -> Layers:
    """Trodden earth: hollows and scuffs, stones pressed in, hairline cracks, straw and dust."""
    base, accent = colour.parse(want.srgb), colour.parse(want.accent_srgb)
    wx, wy = noise.fbm(size, 5, seed + 1, 3), noise.fbm(size, 5, seed + 2, 3)
    tread = noise.fbm(size, 4, seed + 3, 4)
    scuff = noise.warp(noise.fbm(size, (7, 16), seed + 4, 4), 0.05 * wx, 0.05 * wy)
    grit = grains(size, seed + 5)
    f1, f2, _, _, _ = noise.worley(size, 7, seed + 6)
    crack = (
        smooth(0.030, 0.0, noise.warp(f2 - f1, 0.05 * wx, 0.05 * wy))
        * smooth(0.1, 0.8, noise.fbm(size, 5, seed + 7, 3))
        * 0.8
    )
    stones = scatter.strewn(22, seed + 8, (0.004, 0.013), (0.6, 0.95), (-0.0055, -0.002), keep=0.5)
    pressed = scatter.lay(
        stones, size, lambda s, t, k: scatter.dome(s, t) * stones.width[k] * 0.6, floor=-1.0
    )
    ground = 0.006 * tread + 0.0016 * scuff + 0.0005 * grit - 0.004 * crack
    shows = pressed.there & (pressed.height > ground * 0.5 - 0.001)
    tone = (0.5 + 0.22 * tread + 0.16 * scuff + 0.12 * grit).clamp(0.0, 1.0)
    color = colour.tones(
        base,
        (-0.10,),
        (0.10, 0.006, 0.92),
        tone,
    )
    dusty = smooth(0.0, 0.8, noise.fbm(size, 3, seed + 9, 5))
    fallen = smooth(0.62, 0.80, noise.value(size, 120, seed + 12) + 0.22 * dusty)  # bits of the second hue
    color = colour.blend(color, accent * (1.0 + 0.3 * grit)[..., None], 0.10 * dusty + 0.62 * fallen * dusty)
    color = color * (1.0 - 0.5 * crack)[..., None]
    pebble = pressed.of(noise.spread(len(stones), seed + 10, 0.0, 1.0))
    stone = colour.ramp(
        [(0.0, colour.shifted(base, -0.12, -0.02, 0.5)), (1.0, colour.shifted(base, 0.16, 0.0, 0.4))], pebble
    )
    color = torch.where(shows[..., None], stone * (1.0 + 0.15 * grit)[..., None], color)
    chaff = scatter.strewn(16, seed + 11, (0.008, 0.022), (0.035, 0.07), (0.006, 0.010), bend=1.2, keep=0.22)
    straw = scatter.lay(chaff, size, lambda s, t, k: (1.0 - t * t).clamp(min=0.0) * 0.0012, floor=-1.0)
    color = torch.where(
        straw.there[..., None],
        colour.shifted(base, 0.20, 0.03) * (0.75 + 0.25 * (1 - straw.t**2))[..., None],
        color,
    )
    height = torch.where(shows, torch.maximum(pressed.height, ground), ground)
    height = torch.where(straw.there, height + 0.0012, height)
    damp = want.wetness * smooth(0.1, -0.5, tread)
    color = color * (1.0 - 0.4 * damp)[..., None]
    rough = 0.7 + 0.05 * grit + 0.08 * dusty - 0.45 * damp - 0.15 * shows
    return Layers(color, height, rough, occlusion=0.7, cavity=0.015)


def snow(want: Surface, size: int, seed: int) -> Layers:
    """Wind-packed snow: soft drifts, carved tongues, grains that glint, blue in the hollows."""
    base, accent = colour.parse(want.srgb), colour.parse(want.accent_srgb)
    wx = noise.fbm(size, 3, seed + 1, 3)
    drift = noise.fbm(size, 3, seed + 2, 3, 0.4)
    tongues = noise.warp(noise.ridged(size, (3, 6), seed + 3, 2), 0.06 * wx, 0.06 * wx)
    tongues = noise.blur(smooth(0.25, 0.95, tongues), 0.006) * smooth(
        -0.3, 0.7, noise.fbm(size, 2, seed + 4, 2)
    )
    crust = noise.fbm(size, 26, seed + 5, 4)
    grit = grains(size, seed + 6)
    height = 0.020 * drift + 0.009 * tongues + 0.0007 * crust + 0.0004 * grit
    low = smooth(0.010, -0.014, height - noise.blur(height, 0.10))
    tone = (0.55 - 0.32 * low + 0.10 * crust + 0.10 * grit).clamp(0.0, 1.0)
    color = colour.ramp(
        [(0.0, colour.shifted(accent, 0.02)), (0.5, base), (1.0, colour.shifted(base, 0.03, 0.003, 0.6))],
        tone,
    )
    glint = smooth(0.93, 0.985, noise.value(size, 250, seed + 7))
    color = color + 0.10 * glint[..., None]
    rough = 0.65 + 0.10 * crust - 0.5 * glint - 0.1 * tongues
    return Layers(color, height, rough, occlusion=0.35, cavity=0.03)
