"""Sprites of conifers: a fir's spray, a pine's tufts, fallen needles, rime. Cells are (c, c)."""

import math

import torch

from showroom.imagine.paint import colour, noise
from showroom.imagine.paint.noise import smooth
from showroom.imagine.paint.petals import Cell, canvas, pen, window

_WOOD = "#4a382a"


def fir_spray(size: int, green: torch.Tensor, seed: int, frost: float = 0.0) -> Cell:
    """A flat branch end of fir or spruce: twigs in pairs off a stem, each combed with short needles.

    frost : 0 to 1, rime on the needles' tips.
    """
    x, y = pen(size)
    edge = 2.0 / size
    wood = colour.parse(_WOOD)
    color = canvas(size, colour.shifted(green, -0.10))
    alpha, height = torch.zeros_like(x), torch.zeros_like(x)
    bow = 0.06 * torch.sin(1.6 * y + seed)
    pairs = 8
    drawn = noise.spread(4 * pairs + 4, seed, -1.0, 1.0).tolist()
    for k in range(2 * pairs + 1):
        t = (k // 2) / pairs
        side = 0.0 if k == 2 * pairs else (1.0 if k % 2 else -1.0)
        foot = -0.78 + 1.42 * t + 0.03 * drawn[2 * k]
        lean = side * (0.92 - 0.30 * t + 0.16 * drawn[2 * k + 1])
        long = 1.72 if side == 0.0 else (0.96 + 0.22 * drawn[3 * k % 30]) * (1.0 - 0.72 * t)
        foot = -0.82 if side == 0.0 else foot
        dx, dy = math.sin(lean), math.cos(lean)
        near = _about_twig(size, foot, lean, long, side)
        px, py = x[near] - bow[near], y[near] - foot
        s = px * dx + py * dy
        across = px * dy - py * dx - 0.16 * side * s * s  # twigs sweep forward
        here, tone = _combed(s / long, s, across, edge, seed + k)
        young = (s / long).clamp(0.0, 1.0) ** 2
        body = colour.ramp(
            [
                (0.0, colour.shifted(green, -0.13, -0.012)),
                (0.5, green),
                (1.0, colour.shifted(green, 0.11, 0.02)),
            ],
            (0.18 + 0.42 * tone + 0.34 * young + 0.10 * drawn[k]).clamp(0.0, 1.0),
        )
        if frost > 0.0:
            body = colour.blend(body, colour.parse("#e9f0f6"), (frost * (0.5 + tone)).clamp(max=0.95))
        twig = smooth(0.011 + edge, 0.008, across.abs()) * (s > 0.0) * (s < 0.9 * long)
        color[near] = colour.blend(colour.blend(color[near], body, here), wood, twig * (1.0 - 0.6 * here))
        alpha[near] = torch.maximum(alpha[near], torch.maximum(here, twig))
        height[near] = height[near] * (1.0 - here) + here * (0.03 - 0.25 * across.abs())
    stem = smooth(0.020 + edge, 0.014, (x - bow).abs()) * (y > -0.97) * (y < 0.45)
    return Cell(colour.blend(color, wood, 0.7 * stem), torch.maximum(alpha, stem), height, 0.9)


def _about_twig(size: int, foot: float, lean: float, long: float, side: float) -> tuple[slice, slice]:
    """Where a twig with all its needles is: it leaves the bowed stem at `foot` and sweeps forward."""
    dx, dy = math.sin(lean), math.cos(lean)
    ends = [(s * dx + a * dy, s * dy - a * dx) for s in (-0.05 * long, 1.05 * long)
            for a in (-0.1, 0.1, -0.1 + 0.18 * side * long**2, 0.1 + 0.18 * side * long**2)]
    (left, *_, right), (low, *_, high) = (sorted(line) for line in zip(*ends))
    return window(size, left - 0.06, right + 0.06, low + foot, high + foot)


def _combed(share, s, across, edge: float, seed: int) -> tuple[torch.Tensor, torch.Tensor]:
    """(cover, tone 0 to 1 root to tip) of needles along a twig, at s (cells) and share of its length."""
    reach = 0.074 * (1.0 - share.clamp(0.0, 1.0) ** 3).clamp(min=0.0) ** 0.5
    comb = (s - 0.75 * across.abs() + 0.012 * torch.sign(across)) / 0.042
    own = noise.rand(97, seed)[comb.floor().long() % 97]
    needle = smooth(0.36, 0.22, (comb % 1.0 - 0.5).abs())
    cover = needle * smooth(edge, -edge, across.abs() - reach * (0.72 + 0.4 * own))
    inside = (share > -0.02) & (share < 1.04)
    return cover * inside, (across.abs() / reach.clamp(min=1e-3)).clamp(0.0, 1.0) * (0.7 + 0.3 * own)


def pine_tufts(size: int, green: torch.Tensor, seed: int) -> Cell:
    """A pine's branch end: long needles in brushes round the tips of a few twigs."""
    x, y = pen(size)
    edge = 2.0 / size
    wood = colour.parse(_WOOD)
    color = canvas(size, colour.shifted(green, -0.08))
    alpha, height = torch.zeros_like(x), torch.zeros_like(x)
    tips = (
        (-0.74, -0.34, -1.1),
        (0.72, -0.26, 1.05),
        (-0.36, -0.30, -0.5),
        (0.36, -0.12, 0.5),
        (-0.70, 0.08, -0.9),
        (0.70, 0.20, 0.8),
        (-0.34, 0.18, -0.4),
        (0.32, 0.36, 0.35),
        (-0.46, 0.52, -0.5),
        (0.02, 0.70, 0.0),
    )
    for tx, ty, _ in tips:  # every twig leaves the same stem
        s = ((x * tx + (y + 0.95) * (ty + 0.95)) / (tx * tx + (ty + 0.95) ** 2)).clamp(0.0, 1.0)
        off = torch.sqrt((x - s**1.5 * tx) ** 2 + (y + 0.95 - s * (ty + 0.95)) ** 2)
        twig = smooth(0.022 + edge, 0.014, off)
        color, alpha = colour.blend(color, wood, twig), torch.maximum(alpha, twig)
    for k, (tx, ty, lean) in enumerate(tips):
        for ring, (back, count, long) in enumerate(((0.16, 21, 0.25), (0.0, 17, 0.26))):
            foot_x, foot_y = tx - back * math.sin(lean), ty - back * math.cos(lean)
            reach = 1.1 * long + edge
            near = window(size, foot_x - reach, foot_x + reach, foot_y - reach, foot_y + reach)
            dx, dy = x[near] - foot_x, y[near] - foot_y
            r, around = torch.sqrt(dx * dx + dy * dy), torch.atan2(dx, dy) - lean
            around = (around + math.pi) % math.tau - math.pi
            turn = around / math.tau * count + 0.35 * r * torch.sin(torch.full_like(r, 5.0 * k + ring)) * 4.0
            which = turn.floor().long() % count
            draw = seed + 20 * k + 7 * ring
            own, tall = noise.rand(count, draw)[which], long * (
                0.6 + 0.5 * noise.rand(count, draw + 1)[which]
            )
            wide = (0.0120 * (1.0 - (r / tall) ** 4)).clamp(min=0.0)
            across = ((turn % 1.0) - 0.3 - 0.4 * own) * (r * math.tau / count)
            fan = around.abs() < 1.25 + 0.6 * own
            here = smooth(edge, -edge, across.abs() - wide) * (r < tall) * fan
            tone = (0.10 + 0.6 * (r / long) + 0.5 * (own - 0.4)).clamp(0.0, 1.0)
            body = colour.tones(green, (-0.14, -0.01), (0.13, 0.03), tone)
            color[near] = colour.blend(color[near], body, here)
            alpha[near] = torch.maximum(alpha[near], here)
            height[near] = height[near] * (1.0 - here) + here * 0.03 * own
    return Cell(color, alpha, height, 0.85)


def fallen_needles(size: int, brown: torch.Tensor, seed: int) -> Cell:
    """Two dry needles in their sheath, and the flake of bark that fell with them."""
    x, y = pen(size)
    edge = 2.2 / size
    color, alpha, height = brown.expand(size, size, 3), torch.zeros_like(x), torch.zeros_like(x)
    for k, (lean, bend) in enumerate(((-0.10, 0.10), (0.16, -0.14))):
        t = ((y + 0.86) / 1.74).clamp(0.0, 1.0)
        across = x - lean * t - bend * t * t
        half = 0.040 * (1.0 - t**4) + 0.008
        here = smooth(edge, -edge, across.abs() - half) * (y > -0.86) * (y < 0.9 - 0.1 * k)
        lit = (0.5 + 0.4 * across / half + 0.15 * noise.fbm(size, (2, 9), seed + k, 2)).clamp(0.0, 1.0)
        color = colour.blend(color, colour.tones(brown, (-0.14,), (0.14, 0.02), lit), here)
        alpha, height = torch.maximum(alpha, here), torch.maximum(height, 0.02 * here)
    sheath = smooth(0.065 + edge, 0.05, x.abs()) * (y > -0.93) * (y < -0.70)
    color = colour.blend(color, colour.shifted(brown, -0.14), sheath)
    return Cell(color, torch.maximum(alpha, sheath), height, 0.6)


def rime(size: int, white: torch.Tensor, seed: int) -> Cell:
    """A feather of hoar frost: a spine of ice, flat needles off it at sixty degrees, finer ones off those."""
    x, y = pen(size)
    edge = 2.0 / size
    shade = colour.shifted(white, -0.16, -0.035, 1.4)
    t = ((y + 0.95) / 1.85).clamp(0.0, 1.0)
    ragged = 0.75 + 0.35 * noise.line(512, 24, seed, 2)[(t * 511).long()]
    reach = 0.62 * torch.sin(0.35 + 2.5 * t).clamp(min=0.0) * ragged * (1.0 - t**6)
    rise = y - 0.577 * x.abs()
    barb = (rise * 17.0 + 0.35 * torch.sign(x)) % 1.0 - 0.5
    along = (x.abs() / reach.clamp(min=1e-3)).clamp(0.0, 1.2)
    ribs = smooth(0.30, 0.16, barb.abs() + 0.22 * along**2)
    fine = smooth(0.34, 0.18, ((y + 0.577 * x.abs()) * 44.0 % 1.0 - 0.5).abs()) * smooth(
        0.46, 0.40, barb.abs()
    )
    here = (
        torch.maximum(ribs, 0.9 * fine * smooth(1.0, 0.7, along))
        * (x.abs() < reach)
        * (y > -0.9)
        * (t < 0.99)
    )
    spine = smooth(0.026 + edge, 0.012, x.abs() * (0.6 + t)) * (y > -0.97) * (t < 0.99)
    tone = (0.35 + 0.4 * along + 0.3 * noise.fbm(size, 5, seed + 1, 3)).clamp(0.0, 1.0)
    color = colour.ramp([(0.0, shade), (0.6, white), (1.0, colour.shifted(white, 0.03, 0.0, 0.6))], tone)
    return Cell(color, torch.maximum(here, spine), 0.02 * ribs, 0.35)
