"""Sprite of a sheaf of lavender: stalks that fan from one foot, their whorled heads, grey leaves below."""

import math

import torch

from showroom.imagine.paint import colour, noise
from showroom.imagine.paint.noise import smooth
from showroom.imagine.paint.petals import Cell, canvas, pen, window

_STALKS, _LEAVES, _WHORLS = 48, 46, 6
_FOOT = -0.97


def sheaf(size: int, violet: torch.Tensor, seed: int) -> Cell:
    """A (size, size) cell; violet: the flowers' colour, linear. Those behind are darker and bluer."""
    x, y = pen(size)
    grey = colour.parse("#77826a")
    cell = Cell(canvas(size, colour.shifted(violet, -0.06)), torch.zeros_like(x), torch.zeros_like(x), 0.8)
    drawn = [noise.spread(_STALKS + _LEAVES, seed + k, -1.0, 1.0).tolist() for k in range(4)]
    for k in range(_LEAVES):
        lean = 1.05 * (2 * ((k * 0.618034) % 1.0) - 1) + 0.1 * drawn[0][k]
        tone = 0.12 + 0.6 * k / _LEAVES + 0.15 * drawn[1][k]
        body = colour.shifted(grey, -0.2 + 0.22 * tone, 0.01)
        _stroke(cell, x, y, lean, 0.78 + 0.26 * drawn[2][k], 0.024, body)
    for k in range(_STALKS):
        lean = 0.72 * (2 * ((k * 0.618034) % 1.0) - 1) + 0.05 * drawn[0][_LEAVES + k]
        long = (1.88 - 0.55 * abs(lean)) * (0.84 + 0.16 * drawn[2][_LEAVES + k])
        tone = 0.1 + 0.75 * k / _STALKS + 0.15 * drawn[1][_LEAVES + k]
        _stroke(cell, x, y, lean, long - 0.1, 0.011, colour.shifted(grey, -0.14 + 0.12 * tone, 0.01))
        _head(cell, x, y, lean, long, violet, tone)
    return cell


def _stroke(cell: Cell, x, y, lean: float, long: float, half: float, body: torch.Tensor) -> None:
    """A leaf or a stalk from the foot up, as wide as 2 half in its middle."""
    dx, dy = math.sin(lean), math.cos(lean)
    near = window(cell.alpha.shape[0], min(0.0, long * dx) - half, max(0.0, long * dx) + half,
                  _FOOT - half, _FOOT + long * dy + half)
    along = (x[near] * dx + (y[near] - _FOOT) * dy) / long
    across = x[near] * dy - (y[near] - _FOOT) * dx
    edge = 1.6 / cell.alpha.shape[0]
    wide = half * (1.0 - along.clamp(0.0, 1.0) ** 3) * (0.45 + 0.55 * (math.pi * along.clamp(0.0, 1.0)).sin())
    here = smooth(edge, -edge, across.abs() - wide) * (along > 0.0) * (along < 1.0)
    cell.color[near] = colour.blend(cell.color[near], body * (0.9 + 0.2 * (across > 0))[..., None], here)
    cell.alpha[near] = torch.maximum(cell.alpha[near], here)


def _head(cell: Cell, x, y, lean: float, long: float, violet: torch.Tensor, tone: float) -> None:
    """Whorls along the end of a stalk, the lowest set apart, each of three buds that open upwards."""
    dx, dy = math.sin(lean), math.cos(lean)
    size = cell.alpha.shape[0]
    edge = 1.6 / size
    for whorl in range(_WHORLS):
        at = long - 0.045 - 0.054 * whorl - (0.045 if whorl == _WHORLS - 1 else 0.0)
        girth = 0.038 * math.sin(math.pi * (0.28 + 0.5 * whorl / _WHORLS))
        for bud in (-1, 1, 0):
            cx = at * dx + bud * girth * dy * 0.8
            cy = _FOOT + at * dy - bud * girth * dx * 0.8 + 0.012 * abs(bud)
            near = window(size, cx - 0.06, cx + 0.06, cy - 0.06, cy + 0.06)
            px, py = x[near] - cx, y[near] - cy
            up, side = px * dx + py * dy, px * dy - py * dx
            r2 = ((side - 0.3 * bud * up) / (0.62 * girth)) ** 2 + (up / 0.036) ** 2
            here = smooth(1.0 + 20 * edge, 1.0 - 20 * edge, r2)
            shade = tone + 0.5 * up / 0.036 * 0.4 - 0.1 * whorl / _WHORLS + 0.12 * (bud == 0)
            body = colour.tones(violet, (-0.17, -0.02), (0.15, 0.02), shade.clamp(0.0, 1.0))
            cell.color[near] = colour.blend(cell.color[near], body, here)
            cell.alpha[near] = torch.maximum(cell.alpha[near], here)
            cell.height[near] = cell.height[near] * (1 - here) + here * 0.05 * (1.0 - r2).clamp(min=0.0)
