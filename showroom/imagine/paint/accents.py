"""Cell 15 of the atlas: the one small thing that belongs to each place alone. Cells are (c, c)."""

import math

import torch

from showroom.imagine.paint import boughs, colour, leaves, noise, petals, sheaf
from showroom.imagine.paint.noise import smooth
from showroom.imagine.paint.petals import Cell, pen


def feather(size: int, tint: torch.Tensor, seed: int) -> Cell:
    """A gull's feather: a bowed shaft, barbs that part in places, down at the quill, a dark tip."""
    x, y = pen(size)
    edge = 2.2 / size
    t = ((y + 0.94) / 1.86).clamp(0.0, 1.0)
    x = x - 0.16 * (t - 0.2) ** 2
    side = torch.where(x > 0, 0.34, 0.22)  # the outer vane is the broader
    half = side * smooth(0.10, 0.42, t) * (1.0 - t**5).clamp(min=0.0) ** 0.6
    rise = t - 0.42 * x.abs()
    barb = noise.line(512, 60, seed, 2)[((rise * 511).long()).clamp(0, 511)]
    parted = smooth(0.62, 0.75, barb) * smooth(0.25, 0.9, x.abs() / half.clamp(min=1e-3))
    inside = torch.minimum(half - x.abs(), 0.92 - y) - 0.5 * parted
    vane = smooth(-edge, edge, inside)
    shaft = smooth(0.020 - 0.012 * t + edge, 0.016 - 0.012 * t, x.abs()) * (y > -0.95) * (t < 0.97)
    lines = 0.5 + 0.5 * torch.sin(rise * 210.0)
    grey = colour.shifted(tint, -0.36, -0.012)
    color = colour.blend(tint.expand(size, size, 3), grey, 0.85 * smooth(0.70, 0.92, t + 0.1 * x))
    color = color * (0.90 + 0.10 * lines)[..., None] * (1.0 - 0.15 * smooth(0.08, 0.0, x.abs()))[..., None]
    color = colour.blend(color, colour.shifted(tint, -0.12, 0.03), shaft)
    return Cell(color, torch.maximum(vane, shaft), 0.02 * shaft - 0.10 * x * x + 0.003 * lines, 0.6)


def tear(size: int, amber: torch.Tensor, seed: int) -> Cell:
    """A tear of resin: clouded amber, bright where light comes out, crumbs of dust on its skin."""
    x, y = pen(size)
    edge = 2.2 / size
    t = (y + 0.8) / 1.6
    half = 0.46 * (1.0 - t.clamp(0.0, 1.0)) ** 0.55 * t.clamp(1e-4, 1.0) ** 0.35 * 1.5
    half = half * (1.0 + 0.10 * noise.fbm(size, 4, seed, 3))
    inside = half - (x - 0.05 * torch.sin(3.0 * y)).abs()
    round_ = (inside / half.clamp(min=1e-3)).clamp(0.0, 1.0)
    cloud = noise.fbm(size, 5, seed + 1, 5)
    tone = (
        0.25 + 0.30 * round_ + 0.22 * cloud + 0.45 * torch.exp(-((x - 0.12) ** 2 + (y + 0.35) ** 2) / 0.08)
    ).clamp(0.0, 1.0)
    color = colour.tones(amber, (-0.22,), (0.17, 0.03), tone)
    glint = torch.exp(-((x + 0.14) ** 2 / 0.006 + (y - 0.0) ** 2 / 0.03))
    dust = smooth(0.5, 0.8, noise.fbm(size, 30, seed + 2, 2)) * 0.4
    color = colour.blend(
        colour.blend(color, colour.parse("#e8dcc6"), dust), colour.parse("#fff4dc"), 0.8 * glint
    )
    return Cell(color, smooth(-edge, edge, torch.minimum(inside, 0.8 - y.abs())), 0.30 * round_.sqrt(), 0.22)


def two_leaves(size: int, green: torch.Tensor, seed: int) -> Cell:
    """Tea as it is plucked: two young leaves and the bud between them."""
    cell = leaves.leaf(size, green, seed, teeth=14.0, wide=0.5)
    bud = leaves.blade(size, colour.shifted(green, 0.10, 0.02), seed + 1)
    u, v = noise.grid(size)
    color, alpha, height = bud.color, torch.zeros(size, size), torch.zeros(size, size)
    for angle, scale, part in ((0.62, 0.78, cell), (-0.52, 0.70, cell), (0.05, 0.64, bud)):
        du, dv = (u - 0.5) / scale, (v - 0.97) / scale
        ru, rv = (
            du * math.cos(angle) + dv * math.sin(angle) + 0.5,
            dv * math.cos(angle) - du * math.sin(angle) + 0.97,
        )
        within = ((ru > 0.0) & (ru < 1.0) & (rv > 0.0) & (rv < 1.0)).float()
        here = noise.sample(part.alpha, ru, rv) * within
        color = colour.blend(color, noise.sample(part.color, ru, rv), here)
        height = height + (noise.sample(part.height, ru, rv) - height) * here
        alpha = torch.maximum(alpha, here)
    return Cell(color, alpha, height, 0.4)


def own(
    place: str,
    size: int,
    rose: torch.Tensor,
    white: torch.Tensor,
    green: torch.Tensor,
    needle: torch.Tensor,
    seed: int,
) -> Cell:
    """The accent of a place. rose, white, green, needle: the spec's flower and leaf colours, linear."""
    gold, small = colour.parse("#d8a13a"), seed % 83
    if place == "seashore":
        return feather(size, colour.parse("#e9e6df"), seed)
    if place in ("incense_temple", "desert_dusk"):
        return tear(size, colour.parse("#c07a2a"), seed)
    if place == "vanilla_patisserie":
        return leaves.pod(size, colour.parse("#3a2418"), seed)
    if place == "conifer_forest":
        return boughs.pine_tufts(size, needle, seed)
    if place == "alpine_snow":
        return boughs.rime(size, colour.parse("#e6eef6"), seed)
    if place == "lavender_field":
        return sheaf.sheaf(size, colour.parse("#7b62b8"), seed)
    if place == "tea_terraces":
        return two_leaves(size, green, seed)
    if place == "leather_library":
        return leaves.leaf(size, colour.parse("#8a5a2e"), seed, teeth=0.0)
    if place == "spice_souk":  # star anise
        return petals.blossom(
            size, 8, colour.parse("#7a3f1e"), colour.parse("#5a2c14"), small, wide=0.34, point=0.85
        )
    if place == "rain_street":
        return petals.blossom(size, 5, colour.parse("#5b47a3"), gold, small, wide=0.5, point=0.15)
    if place == "rose_garden":
        return petals.blossom(size, 6, rose, gold, small, wide=0.52, point=0.1, rings=4)
    return petals.blossom(size, 5, white, gold, small, point=0.6 if place == "white_garden_night" else 0.25)
