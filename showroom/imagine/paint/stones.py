"""Loose and laid stone: wet shingle, cobbles, flagstone, rock."""

import math

import torch

from showroom.imagine.paint import colour, courses, noise, scatter
from showroom.imagine.paint.noise import mix, smooth
from showroom.imagine.paint.relief import Layers
from showroom.words.scenespec import Surface


def _pebble_shape(seed: int, count: int, tall: float):
    """Outline of each pebble: an ellipse worn a little out of true; height from its own size."""
    wobble = noise.spread(count, seed + 11, 0.0, 0.09)
    phase = noise.spread(count, seed + 12, 0.0, math.tau)

    def shape(stamps: scatter.Stamps):
        def height(s, t, stamp):
            round_ = (
                1.0
                + wobble[stamp] * torch.sin(2.0 * torch.atan2(t, s) + phase[stamp])
                + 0.6 * wobble[stamp] * torch.sin(3.0 * torch.atan2(t, s) + 2.0 * phase[stamp])
                + 0.05
            )
            return scatter.dome(s * round_, t * round_) * stamps.width[stamp] * tall

        return height

    return shape


def _pebble_colours(base: torch.Tensor, accent: torch.Tensor, count: int, seed: int) -> torch.Tensor:
    """(count, 3) linear: greys round the base, some of the accent's hue, some pale, some near black."""
    kind = noise.rand(count, seed + 21)
    light = noise.spread(count, seed + 22, -0.13, 0.13)
    light = light + torch.where(kind > 0.93, 0.12, 0.0) - torch.where(kind < 0.12, 0.12, 0.0)
    plain = colour.shifted(
        base, light, noise.spread(count, seed + 23, -0.014, 0.028), noise.spread(count, seed + 24, 0.5, 1.5)
    )
    tinted = colour.shifted(accent, light - 0.05)
    share = smooth(0.55, 0.95, noise.rand(count, seed + 25)) * 0.8
    return colour.blend(plain, tinted, share)


def shingle(want: Surface, size: int, seed: int) -> Layers:
    """Rounded sea pebbles of three sizes, wet, with dark gaps, quartz bands and a few shells."""
    sand = scatter.strewn(64, seed + 1, (0.006, 0.011), (0.6, 0.95), (-0.012, -0.006))
    small = scatter.settled(scatter.strewn(26, seed + 2, (0.013, 0.026), (0.6, 0.95), (-0.008, 0.0)), steps=6)
    large = scatter.settled(
        scatter.strewn(13, seed + 3, (0.026, 0.056), (0.58, 0.92), (-0.004, 0.006), keep=0.8)
    )
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
    bands = torch.sin(
        (cover.t + tilt * cover.s * 0.4) * cover.of(noise.spread(count, seed + 34, 3.0, 9.0)) + 2.0 * cloud
    )
    banded = cover.of((noise.rand(count, seed + 35) > 0.6).float())
    vein = smooth(
        0.07,
        0.02,
        (cover.t + tilt * cover.s + cover.of(noise.spread(count, seed + 36, -0.5, 0.5)) + 0.25 * cloud).abs(),
    )
    vein = vein * cover.of((noise.rand(count, seed + 37) > 0.86).float())
    grain = cover.of(noise.spread(count, seed + 38, 0.05, 0.28))
    light = 1.0 + grain * speck + 0.14 * cloud + 0.13 * banded * bands
    color = color * light.clamp(min=0.3)[..., None]
    color = colour.blend(color, colour.shifted(base, 0.32, 0.01, 0.4), 0.75 * vein)
    ribs = 0.5 + 0.5 * torch.cos(torch.atan2(cover.t, cover.s + 1.1) * 34.0)
    pearl = colour.blend(
        colour.parse("#e8d9c8"), colour.parse("#b78f80"), 0.75 * (1.0 - ribs) * smooth(-1.0, 0.9, cover.s)
    )
    color = torch.where(shell[..., None], pearl, color)
    # water stands between the stones: what lies low is dark and mirror-smooth
    depth = smooth(0.004, -0.013, cover.height)
    wet = want.wetness
    color = color * (1.0 - (0.35 + 0.45 * wet) * depth)[..., None]
    height = cover.height + torch.where(shell, 0.0012 * ribs, 0.0004 * speck * grain * 4.0)
    pool = mix(-0.014, -0.0085, wet)
    height = torch.maximum(height, torch.full_like(height, pool))
    dry = cover.of(noise.spread(count, seed + 39, -0.1, 0.1)) + 0.06 * speck
    rough = (
        0.5 + dry * (1.2 - wet) + 0.16 * smooth(0.0, 0.03, cover.height) - 0.32 * wet * (cover.height <= pool)
    )
    return Layers(color, height, rough, occlusion=1.1, cavity=0.02)


def cobbles(want: Surface, size: int, seed: int) -> Layers:
    """Worn granite setts in wavering rows, rain standing in the joints."""
    base, accent = colour.parse(want.srgb), colour.parse(want.accent_srgb)
    u, v = noise.grid(size)
    sway, nod = noise.fbm(size, 3, seed + 1, 3), noise.fbm(size, 5, seed + 2, 3)
    rows = max(6, 2 * round(want.scale_m / 0.24))
    fine = noise.fbm(size, 18, seed + 3, 3)
    rock_ = courses.laid(
        u + 0.010 * nod + 0.003 * fine, v + 0.018 * sway + 0.003 * fine, rows, rows, seed + 4, uneven=0.35
    )
    corner = (rock_.x.abs() ** 5 + rock_.y.abs() ** 5) ** 0.2  # a rounded square, 1 at the rim
    body = smooth(1.0, 0.62, corner * 1.06)
    crown = (1.0 - (corner * 1.04).clamp(max=1.0) ** 3.2).clamp(min=0.0) ** 0.6
    grit, cloud = noise.fbm(size, 70, seed + 5, 2), noise.fbm(size, 9, seed + 6, 4)
    tilt = rock_.each(seed + 7, -0.25, 0.25) * rock_.x + rock_.each(seed + 8, -0.25, 0.25) * rock_.y
    unit = 1.0 / rows
    height = (
        unit * (0.16 * crown + 0.05 * crown * tilt + rock_.each(seed + 9, -0.03, 0.03) * body)
        + 0.0007 * cloud * body
        + 0.0004 * grit
    )
    joint = 1.0 - body
    height = height - unit * 0.03 * joint + 0.0012 * joint * noise.fbm(size, 60, seed + 10, 3)
    plain = colour.tones(
        base,
        (-0.10,),
        (0.12, 0.006, 0.8),
        (0.5 + rock_.each(seed + 11, -0.26, 0.26) + 0.20 * cloud + 0.20 * grit).clamp(0.0, 1.0),
    )
    warm = smooth(0.62, 0.95, noise.rand(rock_.count, seed + 12))[rock_.piece]
    color = colour.blend(plain, accent * (1.0 + 0.3 * cloud)[..., None], 0.7 * warm)
    fleck = noise.value(size, 190, seed + 13)
    color = color * (1.0 + 0.35 * smooth(0.82, 0.95, fleck) - 0.3 * smooth(0.2, 0.06, fleck))[..., None]
    dirt = colour.shifted(base, -0.14, 0.012, 0.9) * (1.0 + 0.3 * grit)[..., None]
    color = colour.blend(color, dirt, 0.9 * joint)
    pool = unit * mix(-0.08, 0.016, want.wetness) + 0.0016 * noise.fbm(size, 2, seed + 14, 2)
    under = height < pool
    color = color * (1.0 - 0.35 * under)[..., None]
    polish = crown * 0.10
    rough = torch.where(under, torch.full_like(height, 0.06), 0.42 + 0.06 * grit - polish + 0.08 * cloud)
    return Layers(color, torch.maximum(height, pool), rough, occlusion=0.9, cavity=0.5 * unit)


def flagstone(want: Surface, size: int, seed: int) -> Layers:
    """Great riven slabs: split in layers, dished by feet, chipped, a few cracked; grit between."""
    base, accent = colour.parse(want.srgb), colour.parse(want.accent_srgb)
    u, v = noise.grid(size)
    bend, ragged = noise.fbm(size, 4, seed + 1, 3), noise.fbm(size, 22, seed + 2, 4)
    sag = noise.fbm(size, 4, seed + 3, 3)
    slab = courses.laid(u + 0.006 * bend, v + 0.006 * sag, 4, 3, seed + 4, uneven=0.75, bond=-1.0)
    edge = slab.edge + 0.0028 * ragged - 0.010 * smooth(0.55, 0.9, noise.fbm(size, 9, seed + 5, 3))
    edge = torch.minimum(edge, _split(slab, ragged, bend, seed + 20))
    stone, arris = smooth(0.0030, 0.0075, edge), smooth(0.0, 0.045, edge)
    cloud, fine = noise.fbm(size, 6, seed + 7, 6, 0.55), noise.fbm(size, 26, seed + 6, 4, 0.6)
    # each slab was split from another bed: its layers end in low wandering steps
    bed = noise.sample(noise.fbm(size, 5, seed + 8, 5, 0.5), u + slab.each(seed + 9, 0.0, 1.0), v)
    step = 2.2 * bed + slab.each(seed + 18, 0.0, 1.0)
    riven = (step.floor() + smooth(0.0, 0.22, step % 1.0)) * 0.5
    pit = smooth(0.42, 0.75, noise.fbm(size, 62, seed + 19, 2)) * smooth(-0.2, 0.5, cloud)
    hollow = smooth(0.1, 1.0, (1.0 - slab.x**2) * (1.0 - slab.y**2) + 0.25 * bend)  # where feet fall
    lean = slab.each(seed + 12, -1.0, 1.0) * slab.x + slab.each(seed + 13, -1.0, 1.0) * slab.y
    height = 0.010 * stone + 0.0028 * arris - 0.0020 * hollow + 0.0011 * riven * (1.0 - 0.6 * hollow)
    height = height + (0.0012 * lean + slab.each(seed + 11, -0.0014, 0.0014)) * stone
    height = height + 0.0007 * cloud + 0.0006 * fine - 0.0012 * pit
    tone = (
        0.5
        + slab.each(seed + 14, -0.22, 0.22)
        + 0.20 * cloud
        + 0.16 * fine
        + 0.10 * (riven % 1.0)
        - 0.2 * pit
    )
    color = colour.tones(base, (-0.11, -0.004), (0.11, 0.010), tone.clamp(0.0, 1.0))
    hue = smooth(0.35, 0.95, noise.rand(slab.count, seed + 15))[slab.piece]
    color = colour.blend(color, accent * (1.0 + 0.30 * fine)[..., None], 0.60 * hue)
    fleck = noise.value(size, 210, seed + 16)
    color = color * (1.0 + 0.20 * smooth(0.84, 0.95, fleck) - 0.22 * smooth(0.16, 0.05, fleck))[..., None]
    stain = 0.30 * smooth(0.15, 0.75, noise.fbm(size, 3, seed + 17, 5)) + 0.40 * smooth(0.03, 0.0, edge)
    color = color * (1.0 - stain)[..., None]
    grit = (
        colour.shifted(base, -0.17, 0.004, 0.8) * (1.0 + 0.45 * noise.fbm(size, 90, seed + 21, 2))[..., None]
    )
    color = colour.blend(grit, color, stone)
    rough = 0.62 + 0.09 * fine - 0.22 * hollow * stone + 0.16 * (1.0 - stone) + 0.15 * pit
    rough = rough - 0.25 * want.wetness * smooth(0.1, 0.6, -cloud)
    return Layers(color, height, rough, occlusion=0.9, cavity=0.012)


def _split(slab: courses.Courses, ragged: torch.Tensor, bend: torch.Tensor, seed: int) -> torch.Tensor:
    """Distance (tiles) to a crack that runs across a few of the slabs; far away on the sound ones."""
    angle = slab.each(seed + 1, -0.9, 0.9) + math.pi / 2 * (slab.width < slab.height)
    across = slab.x * torch.sin(angle) + slab.y * torch.cos(angle) + slab.each(seed + 2, -0.4, 0.4)
    line = (across + 0.25 * bend).abs() * 0.5 * torch.minimum(slab.width, slab.height)
    sound = (noise.rand(slab.count, seed + 3) < 0.88)[slab.piece]
    return torch.where(sound, torch.ones_like(line), line + 0.0052 + 0.0014 * ragged)


def _facets(size: int, seed: int, wanted: int) -> torch.Tensor:
    """(wanted, wanted) of broken planes at three scales, each its own tilt; made at `size`, drawn large."""
    total = torch.zeros(size, size)
    for period, share in ((3, 1.0), (7, 0.42), (15, 0.16)):
        _, _, cell, dx, dy = noise.worley(size, period, seed + period)
        east, south, lift = (
            noise.spread(period * period, seed + k + period, -1.0, 1.0)[cell] for k in (10, 20, 30)
        )
        total = total + share * (dx * east + dy * south + 0.6 * lift)
    return noise.sample(total, *noise.grid(wanted))


def rock(want: Surface, size: int, seed: int) -> Layers:
    """Natural rock: broken facets over bedding, cracks, lichen on what stands out, seeping dark streaks."""
    base, accent = colour.parse(want.srgb), colour.parse(want.accent_srgb)
    wx, wy = noise.fbm(size, 4, seed + 1, 5), noise.fbm(size, 4, seed + 2, 5)
    facets = noise.blur(noise.warp(_facets(size // 2, seed + 10, size), 0.035 * wx, 0.035 * wy), 0.0025)
    bed = noise.warp(noise.fbm(size, (2, 17), seed + 3, 4), 0.05 * wx, 0.06 * wy)
    crack = torch.zeros(size, size)
    for period, depth in ((4, 1.0), (9, 0.6)):
        f1, f2, _, _, _ = noise.worley(size, period, seed + 50 + period)
        gap = noise.warp(f2 - f1, 0.05 * wx, 0.05 * wy)
        open_ = smooth(-0.05, 0.55, noise.fbm(size, 3, seed + 60 + period, 3))
        crack = torch.maximum(crack, 0.75 * depth * smooth(0.028, 0.0, gap) * open_)
    pit, fine = noise.fbm(size, 50, seed + 4, 3), noise.fbm(size, 16, seed + 5, 5, 0.6)
    height = 0.020 * facets + 0.006 * bed + 0.005 * fine + 0.0010 * pit - 0.012 * crack
    tone = (0.5 + 0.16 * facets + 0.16 * bed + 0.20 * fine + 0.10 * pit).clamp(0.0, 1.0)
    color = colour.tones(
        base,
        (-0.13, -0.006),
        (0.12, 0.006, 0.85),
        tone,
    )
    proud = smooth(-0.008, 0.02, height - noise.blur(height, 0.05))
    lichen = (
        smooth(0.28, 0.42, noise.fbm(size, 6, seed + 6, 5, 0.62))
        * (0.35 + 0.65 * proud)
        * smooth(-0.3, 0.4, noise.fbm(size, 2, seed + 7, 2))
    )
    lichen = lichen * (0.75 + 0.25 * noise.fbm(size, 40, seed + 8, 3))
    color = colour.blend(color, accent * (1.0 + 0.30 * fine)[..., None], 0.75 * lichen.clamp(0.0, 1.0))
    runs = noise.warp(noise.fbm(size, (9, 2), seed + 9, 4), 0.03 * wx, 0.0 * wy)
    seep = want.wetness * smooth(0.05, 0.6, runs)
    color = color * (1.0 - 0.45 * crack - 0.3 * seep).clamp(min=0.1)[..., None]
    rough = 0.7 + 0.08 * pit + 0.12 * lichen - 0.26 * seep
    return Layers(color, height, rough, occlusion=0.9, cavity=0.02)
