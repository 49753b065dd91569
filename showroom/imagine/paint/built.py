"""What masons lay: marble, limestone, plaster, brick."""

import math

import torch

from showroom.imagine.paint import colour, courses, noise, scatter
from showroom.imagine.paint.noise import mix, smooth
from showroom.imagine.paint.relief import Layers
from showroom.words.scenespec import Surface


def marble(want: Surface, size: int, seed: int) -> Layers:
    """Polished marble: cloudy calcite, long veins that branch and vary in width, hairline cracks."""
    base, accent = colour.parse(want.srgb), colour.parse(want.accent_srgb)
    wx, wy = noise.fbm(size, 3, seed + 1, 5), noise.fbm(size, 3, seed + 2, 5)
    cloud = noise.warp(noise.fbm(size, 3, seed + 3, 6, 0.55), 0.10 * wx, 0.10 * wy)
    u, v = noise.grid(size)
    # veins run along one diagonal of the tile; a whole number of them keeps the seam closed
    run = torch.sin(math.tau * (u + v) + 2.6 * wx + 1.2 * cloud + 0.7) + 0.25 * wy
    branch = noise.warp(noise.gradient(size, 4, seed + 4), 0.13 * wx, 0.13 * wy)
    hair = noise.warp(noise.gradient(size, 9, seed + 5), 0.06 * wy, 0.06 * wx)
    strength = smooth(-0.35, 0.5, noise.fbm(size, 4, seed + 6, 3))
    broad = torch.exp(-((run / 0.34) ** 2)) * 0.55 + torch.exp(-((run / 0.075) ** 2)) * 0.5
    forks = torch.exp(-((branch / 0.07) ** 2)) * 0.6 + torch.exp(-((branch / 0.02) ** 2)) * 0.4
    fine = torch.exp(-((hair / 0.018) ** 2))
    vein = (broad * (0.35 + 0.65 * strength) + forks * strength * 0.75 + fine * 0.32 * strength).clamp(
        0.0, 1.0
    )
    ground = colour.blend(
        colour.shifted(base, 0.025, 0.0), colour.shifted(base, -0.055, 0.004), smooth(-0.6, 0.7, cloud)
    )
    crystal = 1.0 + 0.018 * noise.gradient(size, 110, seed + 7)
    gilt = smooth(0.1, 0.7, noise.fbm(size, 3, seed + 8, 3))[..., None]
    ink = mix(accent.expand_as(ground), colour.shifted(accent, 0.06, 0.045), gilt)
    color = colour.blend(ground * crystal[..., None], ink, 0.86 * vein)
    height = -0.0006 * vein + 0.0002 * noise.fbm(size, 12, seed + 9, 3)
    rough = 0.4 + 0.10 * vein + 0.04 * cloud + 0.03 * noise.fbm(size, 22, seed + 10, 3)
    return Layers(color, height, rough, occlusion=0.2)


def limestone(want: Surface, size: int, seed: int) -> Layers:
    """Soft pale stone: faint beds, shells, pores, stains; in blocks where the tile is a wall's size."""
    base, accent = colour.parse(want.srgb), colour.parse(want.accent_srgb)
    u, v = noise.grid(size)
    wx, wy = noise.fbm(size, 4, seed + 1, 4), noise.fbm(size, 4, seed + 2, 4)
    cloud, grit = noise.fbm(size, 3, seed + 3, 6, 0.55), noise.fbm(size, 70, seed + 4, 2)
    bed = noise.warp(noise.fbm(size, (2, 22), seed + 5, 4), 0.03 * wx, 0.02 * wy)
    chips = scatter.strewn(17, seed + 6, (0.004, 0.014), (0.22, 0.8), keep=0.45, lean=0.5)
    fossil = scatter.lay(chips, size, lambda s, t, k: scatter.dome(s, t, 2.0) * 0.001, floor=0.0)
    pore = (
        0.6
        * smooth(0.45, 0.8, noise.fbm(size, 64, seed + 7, 2))
        * smooth(-0.3, 0.5, noise.fbm(size, 6, seed + 8, 3))
    )
    tone = (0.5 + 0.22 * cloud + 0.12 * grit + 0.20 * bed).clamp(0.0, 1.0)
    color = colour.tones(
        base,
        (-0.09, 0.002),
        (0.08, 0.004, 0.9),
        tone,
    )
    color = colour.blend(color, colour.shifted(base, 0.08, -0.004, 0.8).expand_as(color), 0.5 * fossil.there)
    runs = smooth(
        0.0, 0.9, noise.warp(noise.fbm(size, (9, 3), seed + 9, 5, 0.6), 0.05 * wx, 0.08 * wy)
    ) * smooth(-0.4, 0.5, cloud)
    color = colour.blend(color, accent.expand_as(color), 0.40 * runs)
    height = 0.0012 * cloud + 0.0005 * grit + 0.0011 * bed - 0.0022 * pore + 0.6 * fossil.height
    rough = 0.7 + 0.06 * grit + 0.05 * cloud - 0.25 * want.wetness * runs
    if want.scale_m >= 1.5:  # a wall: ashlar, each block a little its own stone
        block = courses.laid(
            u + 0.0012 * wx, v + 0.0012 * wy, 2 * round(want.scale_m / 0.8), 3, seed + 10, uneven=0.45
        )
        edge = block.edge + 0.0016 * noise.fbm(size, 24, seed + 11, 3)
        face = smooth(0.0016, 0.006, edge)
        arris = smooth(0.0, 0.020, edge)
        color = color * (1.0 + block.each(seed + 12, -0.15, 0.15))[..., None]
        color = colour.blend(
            colour.shifted(base, -0.16, 0.004, 0.8).expand_as(color),
            color * (0.86 + 0.14 * arris)[..., None],
            face,
        )
        height = height + 0.006 * face + 0.0022 * arris + block.each(seed + 13, -0.0014, 0.0014) * face
        rough = rough + 0.1 * (1.0 - face)
    color = color * (1.0 - 0.35 * pore)[..., None]
    return Layers(color, height, rough, occlusion=0.7, cavity=0.010)


def plaster(want: Surface, size: int, seed: int) -> Layers:
    """Hand-laid lime plaster: overlapping sweeps of the trowel, washed colour, hairlines, worn patches."""
    base, accent = colour.parse(want.srgb), colour.parse(want.accent_srgb)
    sweeps = scatter.strewn(9, seed + 1, (0.10, 0.19), (0.28, 0.45), (0.0, 0.0014), bend=0.7, lean=1.1)
    count = len(sweeps)

    def pressed(s, t, stamp):
        r = s.abs() ** 4 + t.abs() ** 4
        return torch.where(r < 1.0, 0.0008 * t + 0.0005 * (1.0 - r), torch.full_like(r, -math.inf))

    trowel = scatter.lay(sweeps, size, pressed, floor=0.0)
    drag = noise.fbm(size, 20, seed + 2, 4)
    comb = torch.sin(trowel.t * trowel.of(noise.spread(count, seed + 3, 20.0, 44.0)) + 3.0 * drag) * 0.5
    wash, fine = noise.fbm(size, 3, seed + 4, 6, 0.55), noise.fbm(size, 60, seed + 5, 3)
    soft = noise.blur(trowel.height, 0.005)
    wx = noise.fbm(size, 6, seed + 6, 4)
    f1, f2, _, _, _ = noise.worley(size, 3, seed + 7)
    hair = smooth(
        0.012, 0.0, noise.warp(f2 - f1, 0.06 * wx, 0.06 * noise.fbm(size, 6, seed + 8, 4))
    ) * smooth(0.05, 0.5, noise.fbm(size, 2, seed + 9, 3))
    tone = (0.5 + 0.24 * wash + 90.0 * (soft - 0.001) + 0.04 * comb + 0.07 * fine).clamp(0.0, 1.0)
    color = colour.tones(
        base,
        (-0.07, 0.006),
        (0.06, -0.002, 0.9),
        tone,
    )
    worn = smooth(0.25, 0.75, noise.fbm(size, 3, seed + 10, 5) + 0.15 * drag)
    color = colour.blend(color, accent.expand_as(color), 0.30 * worn)
    color = color * (1.0 - 0.40 * hair)[..., None]
    height = soft + 0.00006 * comb + 0.0007 * wash + 0.0003 * fine - 0.0008 * hair - 0.0005 * worn
    rough = 0.8 - 0.06 * comb + 0.05 * fine + 0.05 * worn - 0.3 * want.wetness * smooth(0.0, 0.6, -wash)
    return Layers(color, height, rough, occlusion=0.5, cavity=0.01)


def brick(want: Surface, size: int, seed: int) -> Layers:
    """Old hand-made bricks in running bond: burnt headers, spalled arrises, sandy mortar, lime bloom."""
    base, accent = colour.parse(want.srgb), colour.parse(want.accent_srgb)
    u, v = noise.grid(size)
    across, rows = max(2, round(want.scale_m / 0.225)), max(2, 2 * round(want.scale_m / 0.15))
    ragged = noise.fbm(size, 26, seed + 1, 3)
    wall = courses.laid(
        u + 0.0022 * ragged + 0.002 * noise.fbm(size, 5, seed + 2, 2),
        v + 0.0022 * noise.fbm(size, 26, seed + 3, 3) + 0.002 * noise.fbm(size, 5, seed + 4, 2),
        rows,
        across,
        seed + 5,
        uneven=0.10,
    )
    unit = 1.0 / rows
    spall = 0.10 * unit * smooth(0.2, 0.8, noise.fbm(size, 14, seed + 6, 3))
    edge = wall.edge - spall + 0.03 * unit * ragged
    face = smooth(0.055 * unit, 0.12 * unit, edge)
    grit, cloud = noise.fbm(size, 80, seed + 7, 2), noise.fbm(size, 16, seed + 8, 4)
    fire = wall.each(seed + 9, -1.0, 1.0)
    tone = (0.5 + 0.27 * fire + 0.17 * cloud + 0.13 * grit).clamp(0.0, 1.0)
    color = colour.tones(
        base,
        (-0.13, -0.022, 0.7),
        (0.10, 0.016, 0.95),
        tone,
    )
    crease = smooth(0.3, 0.8, noise.fbm(size, (12, 40), seed + 10, 3))
    color = color * (1.0 - 0.25 * crease)[..., None]
    bloom = smooth(0.2, 0.8, noise.fbm(size, 4, seed + 11, 5)) * (0.4 + 0.6 * smooth(0.3 * unit, 0.0, edge))
    color = colour.blend(color, accent.expand_as(color), 0.30 * bloom)
    mortar = accent * (0.80 + 0.22 * noise.fbm(size, 60, seed + 12, 3))[..., None]
    mortar = mortar * (1.0 - 0.25 * smooth(-0.2, 0.6, noise.fbm(size, 5, seed + 13, 3)))[..., None]
    color = colour.blend(mortar, color, face)
    height = unit * (0.11 * face + 0.03 * smooth(0.0, 0.25 * unit, edge) + 0.03 * fire * face - 0.02 * crease)
    height = height + 0.0006 * cloud + 0.0005 * grit
    rough = 0.78 + 0.06 * grit + 0.06 * (1.0 - face) - 0.06 * smooth(-0.5, -1.0, fire)
    return Layers(color, height, rough, occlusion=0.9, cavity=0.25 * unit)
