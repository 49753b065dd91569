"""Sprites of what floats: motes, mist, snow, rain, embers, smoke, sugar, bubbles. Cells are (c, c)."""

import math

import torch

from showroom.imagine.paint import colour, noise
from showroom.imagine.paint.noise import smooth
from showroom.imagine.paint.petals import Cell, pen


def _flat(size: int, tint: torch.Tensor, alpha: torch.Tensor) -> Cell:
    return Cell(tint.expand(size, size, 3), alpha.clamp(0.0, 1.0), torch.zeros_like(alpha), 0.8)


def mote(size: int, tint: torch.Tensor, seed: int) -> Cell:
    """A soft round grain of dust: a bright middle in a faint halo."""
    x, y = pen(size)
    r2 = x * x + y * y
    return _flat(
        size, tint, (torch.exp(-r2 * 14.0) * 0.9 + torch.exp(-r2 * 4.0) * 0.25) * smooth(1.0, 0.7, r2)
    )


def mist(size: int, tint: torch.Tensor, seed: int) -> Cell:
    """A puff of mist, torn at the edges, thin."""
    x, y = pen(size)
    tear = noise.warp(
        noise.fbm(size, 3, seed, 5, 0.55),
        0.08 * noise.fbm(size, 3, seed + 1, 3),
        0.08 * noise.fbm(size, 3, seed + 2, 3),
    )
    r = torch.sqrt(x * x + (1.25 * y) ** 2)
    body = smooth(1.0, 0.1, r + 0.38 * tear) * smooth(0.98, 0.6, torch.sqrt(x * x + y * y))
    color = colour.blend(
        colour.shifted(tint, -0.07), colour.shifted(tint, 0.04), smooth(-0.5, 0.6, tear + 0.4 * y)
    )
    return Cell(color, 0.62 * body, 0.08 * body, 0.95)


def snow(size: int, tint: torch.Tensor, seed: int) -> Cell:
    """A six-armed crystal: ribbed arms, side branches at sixty degrees, a hexagonal heart."""
    x, y = pen(size)
    edge = 2.0 / size
    r, angle = torch.sqrt(x * x + y * y), torch.atan2(y, x)
    fold = ((angle / (math.pi / 3)) % 1.0 - 0.5).abs() * (math.pi / 3)  # the wedge of one half arm
    along, across = r * torch.cos(fold), r * torch.sin(fold)
    shape = 0.030 - across + 0.02 * (along < 0.75)
    shape = torch.minimum(shape, 0.92 - along)
    for at, reach in ((0.28, 0.16), (0.44, 0.25), (0.60, 0.20), (0.76, 0.11)):
        u = (along - at) * 0.5 + across * 0.866  # along a branch leaving the arm at 60°
        w = ((along - at) * 0.866 - across * 0.5).abs()
        shape = torch.maximum(
            shape,
            torch.minimum(0.024 * (1.2 - u / reach).clamp(0.2, 1.0) - w, torch.minimum(u + 0.02, reach - u)),
        )
    plate = 0.19 - along
    shape = torch.maximum(shape, plate)
    ridge = smooth(0.0, 0.03, shape)
    color = colour.blend(
        colour.shifted(tint, -0.10, -0.02),
        colour.shifted(tint, 0.03),
        ridge * (0.6 + 0.4 * torch.cos(6.0 * along)),
    )
    return Cell(color, smooth(-edge, edge, shape) * (0.72 + 0.28 * ridge), 0.03 * ridge, 0.2)


def streak(size: int, tint: torch.Tensor, seed: int) -> Cell:
    """A falling drop drawn long: thin above, its bright head below."""
    x, y = pen(size)
    t = (y + 0.9) / 1.8
    half = 0.035 * (1.15 - t.clamp(0.0, 1.0)) + 0.012
    alpha = (
        torch.exp(-((x / half) ** 2))
        * smooth(-0.02, 0.06, t)
        * (1.0 - t.clamp(0.0, 1.0)) ** 0.8
        * smooth(1.0, 0.9, t)
    )
    color = colour.blend(tint.expand(size, size, 3), colour.shifted(tint, 0.1), smooth(0.02, 0.0, x.abs()))
    return Cell(color, alpha * 0.85, 0.02 * torch.exp(-((x / 0.03) ** 2)), 0.08)


def ember(size: int, tint: torch.Tensor, seed: int) -> Cell:
    """A flake of coal: white-hot crevices, orange skin, a short red halo."""
    x, y = pen(size)
    r = torch.sqrt(x * x + y * y)
    rough = noise.fbm(size, 4, seed, 4)
    body = 0.30 + 0.14 * rough - r
    heat = (smooth(-0.02, 0.22, body) * (0.75 + 0.5 * noise.fbm(size, 9, seed + 1, 3))).clamp(0.0, 1.0)
    color = colour.ramp(
        [(0.0, colour.shifted(tint, -0.16, 0.02, 1.2)), (0.45, tint), (1.0, colour.parse("#ffe9b8"))], heat
    )
    halo = 0.35 * torch.exp(-((r / 0.36) ** 2)) * smooth(0.95, 0.6, r)
    # light comes from the crevices; the skin about them only smoulders, the halo is light in the air
    given = torch.maximum(0.22 + 0.78 * heat, smooth(0.05, -0.03, body))
    return Cell(color, torch.maximum(smooth(-0.03, 0.05, body), halo), 0.05 * heat, 0.9, given)


def smoke(size: int, tint: torch.Tensor, seed: int) -> Cell:
    """A curl of incense: thin folded sheets that roll over as they rise and come apart."""
    x, y = pen(size)
    t = ((y + 0.95) / 1.9).clamp(0.0, 1.0)
    curl = noise.fbm(size, (2, 3), seed, 3) * 0.35 * t
    middle = 0.30 * torch.sin(3.2 * y + 0.6) * t**0.8 + curl
    width = 0.05 + 0.42 * t**1.3
    across = (x - middle) / width
    phase = (
        5.2 * across + 2.4 * torch.sin(2.2 * across + 3.0 * y) + 2.5 * noise.fbm(size, (2, 2), seed + 1, 4)
    )
    sheets = torch.exp(-((torch.sin(phase) / 0.42) ** 2)) * 0.8 + 0.22
    env = (
        torch.exp(-(across**2) * 1.6)
        * smooth(0.0, 0.06, t)
        * smooth(1.0, 0.45, t)
        * smooth(0.98, 0.8, x.abs())
    )
    color = colour.blend(colour.shifted(tint, -0.08), colour.shifted(tint, 0.05), sheets.clamp(0.0, 1.0))
    return Cell(color, 0.72 * sheets * env, 0.04 * sheets * env, 0.95)


def sugar(size: int, tint: torch.Tensor, seed: int) -> Cell:
    """A grain of sugar: a tilted cube with three lit faces, clear edges and a glint."""
    x, y = pen(size)
    edge = 2.2 / size
    tilt = 0.25
    x, y = x * math.cos(tilt) - y * math.sin(tilt), x * math.sin(tilt) + y * math.cos(tilt)
    corners = [math.pi / 6 + k * math.pi / 3 for k in range(6)]
    inside = torch.full_like(x, 9.0)
    for k, a in enumerate(corners):
        inside = torch.minimum(inside, 0.62 + 0.05 * (k % 2) - (x * math.cos(a) + y * math.sin(a)))
    face = ((torch.atan2(y, x) - math.pi / 2 + math.tau) / (math.tau / 3) % 3.0).floor()
    shade = torch.where(face == 0, -0.10, torch.where(face == 1, -0.20, 0.0))
    color = colour.shifted(tint, shade + 0.05 * noise.fbm(size, 6, seed, 3), 0.0, 0.8)
    ribs = torch.full_like(x, 9.0)
    for k in range(3):
        a = math.pi / 2 + k * math.tau / 3
        along, off = x * math.cos(a) + y * math.sin(a), (y * math.cos(a) - x * math.sin(a)).abs()
        ribs = torch.minimum(ribs, torch.where(along > 0, off, torch.sqrt(x * x + y * y)))
    line = torch.maximum(smooth(0.05, 0.01, ribs), smooth(0.07, 0.01, inside))
    glint = torch.exp(-((x - 0.2) ** 2 + (y - 0.3) ** 2) / 0.015)
    color = colour.blend(color, colour.parse("#fbf7f0"), (0.55 * line + glint).clamp(0.0, 1.0))
    height = 0.12 * torch.where(face == 0, 0.5 * x - y, torch.where(face == 1, 0.5 * x + y, -x))
    return Cell(color, smooth(-edge, edge, inside) * (0.78 + 0.22 * line), height, 0.12)


def bubble(size: int, tint: torch.Tensor, seed: int) -> Cell:
    """A bubble or clear drop: bright rim, window's glint above, its soft answer below."""
    x, y = pen(size)
    edge = 2.2 / size
    r = torch.sqrt(x * x + y * y) / 0.86
    rim = torch.exp(-(((r - 0.95) / 0.06) ** 2))
    inner = 0.5 * smooth(0.55, 1.0, r)
    glint = torch.exp(-(((x + 0.30) / 0.16) ** 2 + ((y - 0.38) / 0.10) ** 2))
    answer = 0.6 * torch.exp(-(((x - 0.26) / 0.26) ** 2 + ((y + 0.44) / 0.12) ** 2))
    alpha = (0.10 + 0.75 * rim + 0.35 * inner + glint + answer).clamp(0.0, 1.0) * smooth(
        1.0 + edge, 1.0 - edge, r
    )
    color = colour.blend(
        colour.shifted(tint, -0.10), colour.parse("#f7f8f6"), (rim * 0.6 + glint + answer).clamp(0.0, 1.0)
    )
    return Cell(color, alpha, 0.25 * (1.0 - r.clamp(0.0, 1.0) ** 2).clamp(min=0.0).sqrt(), 0.04)
