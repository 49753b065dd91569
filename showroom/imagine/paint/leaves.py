"""Sprites of leaves, boughs, blades, fern, weed and pods. Cells are (c, c), the stalk at the bottom."""

import math
from dataclasses import dataclass

import torch

from showroom.imagine.paint import colour, noise
from showroom.imagine.paint.noise import smooth
from showroom.imagine.paint.petals import Cell, canvas, pen, window


def leaf(size: int, green: torch.Tensor, seed: int, teeth: float = 9.0, wide: float = 0.68) -> Cell:
    """An ovate leaf: saw-toothed margin, sunken midrib, side veins that curve to the teeth."""
    x, y = pen(size)
    edge = 2.2 / size
    t = ((y + 0.70) / 1.62).clamp(0.0, 1.0)
    x = x - 0.05 * torch.sin(3.0 * y + seed)
    side = x.abs()
    half = wide * 1.32 * t.clamp(min=1e-4) ** 0.62 * (1.0 - t).clamp(min=0.0) ** 0.72
    saw = (t * teeth + 0.22 * side) % 1.0
    half = half + 0.06 * (saw - 0.6) * smooth(0.03, 0.2, t) * smooth(1.0, 0.85, t)
    inside = torch.minimum(half - side, torch.minimum(y + 0.70, 0.92 - y))
    blade = smooth(-edge, edge, inside)
    stalk = smooth(0.026 + edge, 0.026 - edge, side) * (y < -0.6) * smooth(-0.97, -0.93, y)

    rise = t * teeth * 0.5 - 1.9 * side - 0.35 * side**2 + 0.25 * torch.sign(x)
    between = (rise % 1.0 - 0.5).abs() * 2.0  # 1 on a side vein, 0 half way to the next
    vein = smooth(0.86, 1.0, between) * smooth(0.0, 0.04, side) * smooth(0.0, 0.05, inside)
    rib = smooth(0.032 * 1.3, 0.006, side * (0.55 + t))
    net = smooth(0.25, 0.0, noise.gradient(size, 22, seed + 2).abs()) * 0.4
    puff = (1.0 - between**2) * smooth(0.0, 0.1, side) * smooth(0.0, 0.15, inside)

    patch = noise.fbm(size, 4, seed + 3, 4)
    deep, pale = colour.shifted(green, -0.10, -0.008), colour.shifted(green, 0.10, 0.022)
    tone = (0.45 + 0.3 * patch + 0.22 * puff - 0.12 * net + 0.10 * torch.sign(x) * (1.0 - rib)).clamp(
        0.0, 1.0
    )
    color = colour.ramp([(0.0, deep), (0.5, green), (1.0, pale)], tone)
    line = colour.shifted(green, 0.17, 0.03, 0.85)
    color = colour.blend(color, line, (0.42 * vein + 0.75 * rib).clamp(0.0, 0.85))
    color = colour.blend(color, colour.shifted(green, 0.04, 0.05, 1.1), 0.5 * smooth(0.05, 0.0, inside))
    color = colour.blend(color, colour.shifted(line, -0.12, 0.02), stalk * (1.0 - blade))
    height = 0.030 * puff - 0.020 * rib - 0.010 * vein + 0.10 * side**1.2 - 0.05 * (t - 0.5) ** 2
    return Cell(color, torch.maximum(blade, stalk), height, 0.72)


def bough(size: int, green: torch.Tensor, seed: int) -> Cell:
    """The end of a leafy branch: five twigs that fan from the stalk, small leaves crowded on both sides.

    Leaves behind are darker and bluer, those in front lighter, a few young ones yellow.
    """
    x, y = pen(size)
    edge = 2.0 / size
    wood = colour.parse("#4a3c2a")
    color = canvas(size, colour.shifted(green, -0.14))
    alpha, height = torch.zeros_like(x), torch.zeros_like(x)
    twigs = [(-1.0, 0.95), (1.0, 0.95), (-0.5, 1.35), (0.52, 1.3), (0.0, 1.62)]
    for lean, long in twigs:
        dx, dy = math.sin(0.8 * lean), math.cos(0.8 * lean)
        s = (x * dx + (y + 0.85) * dy) / long
        off = x * dy - (y + 0.85) * dx
        twig = smooth(0.014 + edge, 0.007, off.abs()) * (s > 0.0) * (s < 1.0)
        color, alpha = colour.blend(color, wood, twig), torch.maximum(alpha, 0.9 * twig)
    count = 58
    drawn = [noise.spread(count, seed + k, -1.0, 1.0).tolist() for k in range(6)]
    for k in range(count):
        lean, long = twigs[k % 5]
        share = 0.2 + 0.8 * ((k // 5 + 0.5) / (count / 5))
        foot_x = math.sin(0.8 * lean) * long * share + 0.05 * drawn[0][k]
        foot_y = -0.85 + math.cos(0.8 * lean) * long * share + 0.05 * drawn[1][k]
        way = 0.8 * lean + (1.0 if k // 5 % 2 else -1.0) * (0.75 + 0.4 * drawn[2][k])
        reach = (0.33 + 0.07 * drawn[3][k]) * (1.05 - 0.25 * share)
        low_x, high_x = sorted((foot_x, foot_x + reach * math.sin(way)))
        low_y, high_y = sorted((foot_y, foot_y + reach * math.cos(way)))
        aside = 0.05 + edge + 0.25 * reach  # half its width, and its shadow
        near = window(size, low_x - aside, high_x + aside, low_y - aside, high_y + aside)
        # later leaves lie in front
        leaf_ = _small_leaf(x[near] - foot_x, y[near] - foot_y, way, reach, edge)
        tone = 0.16 + 0.55 * (k / count) + 0.22 * drawn[4][k]
        body = _leaf_colour(green, leaf_, tone, young=drawn[5][k] > 0.86)
        shaded = colour.times(color[near], 1.0 - 0.35 * leaf_.under * (1.0 - leaf_.here))
        color[near] = colour.blend(shaded, body, leaf_.here)
        alpha[near] = torch.maximum(alpha[near], leaf_.here)
        height[near] = height[near] * (1.0 - leaf_.here) + leaf_.here * (0.04 + 0.08 * leaf_.across.abs())
    return Cell(color, alpha, height, 0.88)


@dataclass
class _Small:
    """One leaf of a bough: along it t, across it (cells), its cover, and its shadow on those behind."""

    t: torch.Tensor
    across: torch.Tensor
    here: torch.Tensor
    under: torch.Tensor


def _small_leaf(x: torch.Tensor, y: torch.Tensor, way: float, reach: float, edge: float) -> _Small:
    """x, y: from its foot. way: where it points, rad from up. reach: its length, cells."""
    dx, dy = math.sin(way), math.cos(way)
    t, across = (x * dx + y * dy) / reach, x * dy - y * dx
    half = 0.29 * reach * (t.clamp(0.0, 1.0) ** 0.6) * (1.0 - t).clamp(min=0.0) ** 0.7 * 1.9
    ends = 0.4 * torch.minimum(t, 1.0 - t) * reach
    here = smooth(-edge, edge, torch.minimum(half - across.abs(), ends))
    under = smooth(0.05, 0.0, across.abs() - half) * (t > -0.05) * (t < 1.05)
    return _Small(t, across, here, under)


def _leaf_colour(green: torch.Tensor, leaf_: _Small, tone: float, young: bool) -> torch.Tensor:
    """(h, w, 3): two halves that catch the light unlike, a pale rib."""
    deep, pale = colour.shifted(green, -0.16, -0.02), colour.shifted(green, 0.12, 0.03)
    tone = tone + 0.16 * torch.sign(leaf_.across) + 0.1 * leaf_.t.clamp(0.0, 1.0)
    body = colour.ramp([(0.0, deep), (0.5, green), (1.0, pale)], tone)
    if young:
        body = 0.4 * body + 0.6 * colour.shifted(green, 0.16, 0.05)
    rib = smooth(0.014, 0.004, leaf_.across.abs()) * (leaf_.t < 0.9)
    return colour.blend(body, colour.shifted(green, 0.14, 0.03), 0.5 * rib)


def blade(size: int, green: torch.Tensor, seed: int) -> Cell:
    """One long leaf, gently bowed, keeled, with parallel veins."""
    x, y = pen(size)
    edge = 2.2 / size
    t = ((y + 0.96) / 1.92).clamp(0.0, 1.0)
    across = (x - 0.20 * (t - 0.2) ** 2 + 0.05) / (
        0.155 * (0.35 + t.clamp(min=1e-4) ** 0.5) * (1.0 - t**2.6).clamp(min=1e-4) ** 0.8
    )
    inside = (1.0 - across.abs()) * 0.12
    alpha = smooth(-edge, edge, torch.minimum(inside, (0.95 - y.abs()) * 2.0))
    lines = torch.sin(across * 21.0) * 0.5 + 0.5
    tone = (
        0.40 + 0.34 * t + 0.20 * noise.fbm(size, (3, 2), seed, 3) + 0.10 * torch.sign(across) + 0.07 * lines
    ).clamp(0.0, 1.0)
    color = colour.tones(green, (-0.12,), (0.12, 0.03), tone)
    color = colour.blend(color, colour.shifted(green, 0.15, 0.02, 0.8), 0.5 * smooth(0.14, 0.0, across.abs()))
    return Cell(color, alpha, 0.05 * across.abs() + 0.004 * lines, 0.45)


def fern(size: int, green: torch.Tensor, seed: int) -> Cell:
    """A frond: a bowed stem, paired pinnae that shorten to the tip, each cut into lobes."""
    x, y = pen(size)
    edge = 2.0 / size
    t = (y + 0.95) / 1.88
    x = x - 0.10 * (t - 0.1).clamp(min=0.0) ** 2 + 0.02
    side = x.abs()
    reach = 0.86 * smooth(-0.02, 0.26, t) * (1.0 - t.clamp(0.0, 1.0)).clamp(min=0.0) ** 0.85
    pairs = 15.0
    lift = t - 0.30 * side + 0.10 * side**2 + 0.018 * torch.sign(x)  # pinnae rise outwards
    pinna = (lift * pairs) % 1.0 - 0.5
    along = (side / reach.clamp(min=1e-3)).clamp(0.0, 1.2)
    lobes = 0.5 + 0.5 * torch.cos(side * 78.0)
    half = 0.44 * (1.0 - along**2.2).clamp(min=0.0) ** 0.8 * (0.70 + 0.30 * lobes)
    inside = (half - pinna.abs()) / pairs * 1.8
    blade_ = smooth(-edge, edge, torch.minimum(inside, reach - side)) * (t > 0.03) * (t < 0.995)
    stem = smooth(0.016 + edge, 0.016 - edge, side * (0.6 + 0.7 * t)) * (t > 0.0) * (t < 0.97)
    rib = smooth(0.10, 0.02, pinna.abs())
    tone = (
        0.45 + 0.25 * along + 0.2 * noise.fbm(size, 5, seed, 3) + 0.5 * pinna - 0.18 * (1.0 - lobes)
    ).clamp(0.0, 1.0)
    color = colour.tones(green, (-0.12,), (0.12, 0.025), tone)
    color = colour.blend(color, colour.shifted(green, 0.10, 0.02, 0.8), 0.35 * rib)
    color = colour.blend(color, colour.shifted(green, -0.02, 0.05, 0.7), stem)
    height = 0.03 * (half - pinna.abs()).clamp(min=0.0) + 0.01 * stem - 0.05 * along**2
    return Cell(color, torch.maximum(blade_, stem), height, 0.55)


def weed(size: int, brown: torch.Tensor, seed: int) -> Cell:
    """A ribbon of kelp: ruffled margins, a stout midrib, wet and translucent, holed by the sea."""
    x, y = pen(size)
    edge = 2.2 / size
    t = (y + 0.95) / 1.9
    middle = 0.16 * torch.sin(3.4 * y + 0.8) + 0.05 * torch.sin(8.0 * y)
    ruffle = 0.05 * torch.sin(26.0 * y + 3.0 * torch.sin(5.0 * y)) * smooth(0.0, 0.2, t)
    half = (0.10 + 0.26 * t.clamp(0.0, 1.0) ** 0.5) * (1.0 - t.clamp(0.0, 1.0) ** 7).clamp(
        min=0.0
    ) ** 0.6 + ruffle
    across = (x - middle) / half.clamp(min=1e-3)
    wear = smooth(0.62, 0.50, noise.fbm(size, 7, seed, 3))
    alpha = smooth(-edge, edge, torch.minimum((1.0 - across.abs()) * half, (0.94 - y.abs()) * 2.0)) * wear
    folds = torch.sin(26.0 * y + 3.0 * torch.sin(5.0 * y) + 2.0 * across.abs()) * across.abs() ** 1.5
    tone = (0.45 + 0.30 * folds + 0.22 * noise.fbm(size, 4, seed + 1, 4)).clamp(0.0, 1.0)
    color = colour.tones(
        brown,
        (-0.14,),
        (0.16, 0.05, 1.2),
        tone,
    )
    color = colour.blend(color, colour.shifted(brown, -0.10), 0.6 * smooth(0.13, 0.05, across.abs()))
    return Cell(color, alpha, 0.05 * folds + 0.04 * smooth(0.2, 0.0, across.abs()), 0.22)


def chip(size: int, brown: torch.Tensor, seed: int) -> Cell:
    """A chip of bark: split edges, long fibres, a pale torn end."""
    x, y = pen(size)
    edge = 2.2 / size
    torn = 0.07 * noise.fbm(size, (14, 1), seed, 2) + 0.05 * noise.fbm(size, (34, 1), seed + 1, 2)
    inside = torch.minimum(
        0.40 + 0.06 * noise.fbm(size, (1, 6), seed + 2, 3) - x.abs() - 0.08 * y, 0.82 + torn * 2.0 - y.abs()
    )
    fibre = noise.fbm(size, (26, 3), seed + 3, 4)
    tone = (0.45 + 0.4 * fibre + 0.15 * x).clamp(0.0, 1.0)
    color = colour.tones(brown, (-0.16,), (0.14, 0.01), tone)
    color = colour.blend(color, colour.shifted(brown, 0.22, 0.03), 0.6 * smooth(0.09, 0.0, inside))
    return Cell(color, smooth(-edge, edge, inside), 0.02 * fibre - 0.12 * x * x, 0.9)


def pod(size: int, brown: torch.Tensor, seed: int) -> Cell:
    """A vanilla pod: long, wrinkled lengthwise, oily sheen, hooked at the stalk, frosted with crystals."""
    x, y = pen(size)
    edge = 2.2 / size
    t = (y + 0.95) / 1.9
    middle = 0.34 * torch.sin(1.7 * y + 0.3) - 0.22 * smooth(0.72, 1.0, t)
    half = (
        0.085
        * (t.clamp(1e-4, 1.0) ** 0.35)
        * (1.0 - t.clamp(0.0, 1.0) ** 9).clamp(min=0.0) ** 0.5
        * (1.0 - 0.35 * smooth(0.75, 1.0, t))
    )
    across = (x - middle) / half.clamp(min=1e-3)
    alpha = smooth(-edge, edge, torch.minimum((1.0 - across.abs()) * half, (0.93 - y.abs()) * 2.0))
    wrinkle = torch.sin(across * 11.0 + 2.5 * noise.fbm(size, (2, 4), seed, 3))
    round_ = (1.0 - across.clamp(-1.0, 1.0) ** 2).sqrt()
    sheen = torch.exp(-(((across + 0.35) / 0.22) ** 2)) * (0.6 + 0.4 * wrinkle)
    tone = (0.15 + 0.35 * round_ + 0.12 * wrinkle + 0.35 * sheen).clamp(0.0, 1.0)
    color = colour.ramp(
        [(0.0, colour.shifted(brown, -0.12)), (0.45, brown), (1.0, colour.shifted(brown, 0.24, 0.01))], tone
    )
    frost = smooth(0.55, 0.8, noise.gradient(size, 50, seed + 1)) * smooth(
        0.1, 0.6, noise.fbm(size, 5, seed + 2, 2) + 0.2
    )
    return Cell(
        colour.blend(color, colour.parse("#e8ddcc"), 0.6 * frost),
        alpha,
        0.08 * round_ + 0.006 * wrinkle,
        0.32,
    )
