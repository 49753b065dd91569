"""Wood: planks, driftwood, bark."""

import math

import torch

from showroom.imagine.paint import colour, courses, noise
from showroom.imagine.paint.noise import smooth
from showroom.imagine.paint.relief import Layers
from showroom.words.scenespec import Surface


def _figure(
    size: int, u: torch.Tensor, v: torch.Tensor, seed: int, knots: int
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Long grain down the tile: (rings −1 to 1, fibre −1 to 1, knot 0 to 1), bent round knots.

    u, v : where to look, in tiles (a plank looks elsewhere than its neighbour).
    """
    x, y = noise.grid(size)
    push, core = torch.zeros(size, size), torch.zeros(size, size)
    for k in range(knots):
        kx, ky = float(noise.rand(1, seed + 100 + k)), float(noise.rand(1, seed + 200 + k))
        r = float(noise.spread(1, seed + 300 + k, 0.008, 0.015))
        dx, dy = (x - kx + 0.5) % 1.0 - 0.5, (y - ky + 0.5) % 1.0 - 0.5
        d = torch.sqrt(dx * dx + (dy * 0.62) ** 2)
        push = push + torch.sign(dx) * 0.020 * torch.exp(-((d / (3.2 * r)) ** 2)) * smooth(
            0.0, 0.004, dx.abs()
        )
        turn = d / r + 0.25 * noise.gradient(size, 24, seed + 5)
        core = torch.maximum(
            core, smooth(1.25, 0.95, turn) * (0.62 + 0.38 * torch.cos(turn * 16.0)) + smooth(0.3, 0.1, turn)
        )
    slow = noise.fbm(size, (5, 2), seed + 1, 3)
    # growth rings cut lengthwise: flames where the board leaves the heart, straight lines beside it
    phase = 34.0 * x + 3.4 * slow - 46.0 * push
    rings = torch.sin(math.tau * phase)
    rings = 0.75 * rings + 0.35 * torch.sin(math.tau * (2.0 * phase + 0.7 * slow))
    fibre = noise.fbm(size, (72, 3), seed + 2, 3, 0.6)
    fields = torch.stack([rings, fibre, core], dim=-1)
    looked = noise.sample(fields, u, v)
    return looked[..., 0], looked[..., 1], looked[..., 2]


def wood_planks(want: Surface, size: int, seed: int) -> Layers:
    """Boards running up the picture: rings, pores and knots, each its own tone, gaps and nail heads."""
    base, accent = colour.parse(want.srgb), colour.parse(want.accent_srgb)
    x, y = noise.grid(size)
    boards = max(3, round(want.scale_m / 0.15))
    plank = courses.laid(y, x, boards, 2, seed + 1, uneven=0.9, bond=-1.0)  # courses on their side
    u = x + plank.each(seed + 2, 0.0, 1.0)
    v = y + plank.each(seed + 3, 0.0, 1.0)
    rings, fibre, knot = _figure(size, u, v, seed + 4, 7)
    cloud = noise.fbm(size, 3, seed + 5, 4)
    width = 1.0 / boards
    gap = smooth(0.018 * width, 0.006 * width, plank.edge)
    tone = (0.5 + plank.each(seed + 6, -0.24, 0.24) + 0.06 * rings + 0.15 * fibre + 0.12 * cloud).clamp(
        0.0, 1.0
    )
    dark, pale = colour.shifted(base, -0.12, 0.0, 1.05), colour.blend(
        colour.shifted(base, 0.10, 0.012), accent, torch.tensor(0.5)
    )
    color = colour.ramp([(0.0, dark), (0.5, base), (1.0, pale)], tone)
    pore = smooth(0.35, 0.8, noise.sample(noise.gradient(size, (170, 14), seed + 7), u, v))
    color = color * (1.0 - 0.13 * pore - 0.04 * smooth(0.3, 1.0, rings))[..., None]
    color = colour.blend(color, colour.shifted(base, -0.17, -0.004, 0.9).expand_as(color), 0.8 * knot)
    end = (1.0 - plank.x.abs()) * plank.width * 0.5  # x runs along the board here
    nail = torch.sqrt((end - 0.016).abs() ** 2 + ((plank.y.abs() - 0.62) * width * 0.5) ** 2)
    nail = smooth(0.0055, 0.0035, nail) * (end < 0.03)
    grime = smooth(0.16 * width, 0.0, plank.edge) * 0.30 + 0.16 * smooth(0.1, 0.8, cloud)
    color = color * (1.0 - grime)[..., None]
    color = colour.blend(color, colour.parse("#2a2623").expand_as(color), 0.85 * nail)
    color = color * (1.0 - 0.88 * gap)[..., None]
    bevel = smooth(0.0, 0.07 * width, plank.edge)
    height = 0.0035 * bevel - 0.010 * gap + 0.00025 * fibre + 0.00022 * rings - 0.0007 * pore - 0.0010 * nail
    height = (
        height + plank.each(seed + 8, -0.0009, 0.0009) + 0.0006 * plank.each(seed + 9, -1.0, 1.0) * plank.y
    )
    wear = smooth(-0.2, 0.6, noise.fbm(size, 3, seed + 10, 4))
    rough = 0.5 + 0.08 * fibre + 0.12 * pore - 0.10 * wear + 0.3 * gap - 0.06 * rings
    return Layers(color, height, rough, occlusion=0.9, cavity=0.010)


def driftwood(want: Surface, size: int, seed: int) -> Layers:
    """Sea-worn wood: silver fibres standing proud, long checks, sand-filled grooves, worm holes."""
    base, accent = colour.parse(want.srgb), colour.parse(want.accent_srgb)
    x, y = noise.grid(size)
    rings, fibre, knot = _figure(size, x, y, seed + 1, 3)
    wave = noise.fbm(size, (4, 2), seed + 2, 3)
    ridge = noise.warp(noise.ridged(size, (26, 2), seed + 3, 3), 0.02 * wave, 0.05 * wave)
    check = smooth(
        0.90, 0.99, noise.warp(noise.ridged(size, (9, 2), seed + 4, 2), 0.02 * wave, 0.03 * wave)
    ) * smooth(0.0, 0.5, noise.fbm(size, (4, 3), seed + 5, 2))
    hole = smooth(0.66, 0.74, noise.gradient(size, 46, seed + 6)) * smooth(
        0.0, 0.5, noise.fbm(size, 4, seed + 7, 2)
    )
    cloud = noise.fbm(size, 3, seed + 8, 4)
    tone = (0.36 + 0.34 * ridge + 0.16 * fibre + 0.10 * rings + 0.16 * cloud).clamp(0.0, 1.0)
    color = colour.ramp(
        [
            (0.0, colour.blend(accent, colour.shifted(base, -0.14), torch.tensor(0.4))),
            (0.5, base),
            (1.0, colour.shifted(base, 0.11, -0.002, 0.8)),
        ],
        tone,
    )
    color = colour.blend(color, colour.shifted(base, -0.15, 0.004).expand_as(color), 0.7 * knot)
    color = color * (1.0 - 0.75 * check - 0.7 * hole).clamp(min=0.08)[..., None]
    height = 0.0045 * ridge + 0.0011 * fibre + 0.0012 * rings + 0.004 * wave - 0.010 * check - 0.006 * hole
    rough = 0.78 + 0.08 * fibre - 0.10 * ridge - 0.3 * want.wetness * smooth(0.0, 0.6, cloud)
    return Layers(color, height, rough, occlusion=1.0, cavity=0.010)


def bark(want: Surface, size: int, seed: int) -> Layers:
    """Furrowed bark running up the picture: long plates that split and flake, deep shade between, lichen."""
    base, accent = colour.parse(want.srgb), colour.parse(want.accent_srgb)
    wx, wy = noise.fbm(size, (6, 3), seed + 1, 5, 0.6), noise.fbm(size, (7, 4), seed + 2, 5, 0.6)
    x, y = noise.grid(size)
    across, up = 9, 2  # plates: stretched cells, bent so that furrows wander and join
    f1, f2, cell, dx, dy = _long_cells(x + 0.045 * wx, y + 0.10 * wy, across, up, seed + 3)
    gap = f2 - f1
    plate = smooth(0.0, 0.42, gap + 0.10 * noise.fbm(size, (40, 12), seed + 12, 2))
    flake = noise.warp(noise.fbm(size, (20, 7), seed + 4, 4, 0.55), 0.02 * wx, 0.03 * wy)
    terrace = 2.6 * (flake * 0.5 + 0.5) + 1.2 * plate
    terrace = (terrace.floor() + smooth(0.0, 0.28, terrace % 1.0)) / 3.8  # layers torn off one by one
    fibre, grit = noise.fbm(size, (58, 9), seed + 5, 3), noise.fbm(size, 70, seed + 6, 2)
    cross = (
        smooth(0.80, 0.97, noise.warp(noise.ridged(size, (7, 13), seed + 7, 2), 0.03 * wx, 0.02 * wy)) * plate
    )
    height = 0.034 * plate + 0.016 * terrace + 0.003 * fibre + 0.0012 * grit - 0.007 * cross
    tone = (
        0.06
        + 0.34 * plate
        + 0.26 * terrace
        + 0.14 * fibre
        + 0.10 * grit
        + noise.spread(across * up, seed + 8, -0.10, 0.10)[cell]
    ).clamp(0.0, 1.0)
    color = colour.ramp(
        [
            (0.0, colour.shifted(base, -0.14, -0.008, 0.8)),
            (0.4, colour.shifted(base, -0.04, 0.012, 1.2)),
            (0.62, base),
            (1.0, colour.shifted(base, 0.13, 0.0, 0.75)),
        ],
        tone,
    )
    lichen = (
        smooth(0.30, 0.46, noise.fbm(size, 7, seed + 9, 5, 0.62))
        * smooth(0.35, 0.75, plate)
        * smooth(-0.2, 0.4, noise.fbm(size, 2, seed + 10, 2))
    )
    color = colour.blend(color, accent * (1.0 + 0.3 * grit)[..., None], 0.7 * lichen)
    rough = (
        0.82
        + 0.06 * grit
        + 0.08 * (1.0 - plate)
        - 0.35 * want.wetness * smooth(0.1, 0.7, noise.fbm(size, (7, 2), seed + 11, 3))
    )
    return Layers(color, height, rough, occlusion=1.2, cavity=0.03)


def _long_cells(u: torch.Tensor, v: torch.Tensor, across: int, up: int, seed: int):
    """Cells of a jittered grid of across × up points, longer than wide: (f1, f2, cell, dx, dy)."""
    x, y = u * across, v * up
    cx, cy = x.floor(), y.floor()
    count = across * up
    jx, jy = noise.spread(count, seed + 1, 0.1, 0.9), noise.spread(count, seed + 2, 0.0, 1.0)
    f1, f2 = torch.full_like(x, 9.0), torch.full_like(x, 9.0)
    best, bx, by = torch.zeros_like(x, dtype=torch.int64), torch.zeros_like(x), torch.zeros_like(x)
    for oy in (-1, 0, 1):
        for ox in (-1, 0, 1):
            nx, ny = cx + ox, cy + oy
            cell = (ny.long() % up) * across + nx.long() % across
            dx, dy = x - nx - jx[cell], y - ny - jy[cell]
            d = torch.sqrt(dx * dx + dy * dy)
            near = d < f1
            f2 = torch.where(near, f1, torch.minimum(f2, d))
            f1, best = torch.where(near, d, f1), torch.where(near, cell, best)
            bx, by = torch.where(near, dx, bx), torch.where(near, dy, by)
    return f1, f2, best, bx, by
