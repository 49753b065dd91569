"""Paper and skin for writing on: vellum."""

import math

import torch

from showroom.imagine.paint import colour, noise, scatter
from showroom.imagine.paint.noise import smooth
from showroom.imagine.paint.relief import Layers
from showroom.words.scenespec import Surface

_LAID, _CHAINS = 56, 6  # lines of the mould's wires across a tile


def _creases(size: int, seed: int) -> tuple[torch.Tensor, torch.Tensor]:
    """(folds, lines): the planes of a sheet that was crumpled and smoothed again (tiles), and its creases, 0 to 1."""
    wx, wy = noise.fbm(size, 5, seed + 1, 3), noise.fbm(size, 5, seed + 2, 3)
    folds, lines = torch.zeros(size, size), torch.zeros(size, size)
    for period, deep in ((3, 1.0), (6, 0.4)):
        f1, f2, _, _, _ = noise.worley(size, period, seed + 10 * period, jitter=1.0)
        kept = smooth(-0.25, 0.25, noise.fbm(size, 3, seed + 20 * period, 2))
        ridge = noise.warp(f2 - f1, 0.035 * wx / period, 0.035 * wy / period)
        folds = folds + deep / period * torch.minimum(ridge, torch.full_like(ridge, 0.5)) * (0.3 + 0.7 * kept)
        lines = torch.maximum(lines, deep * smooth(0.022 * period / 3, 0.0, ridge) * kept)
    return folds, lines


def vellum(want: Surface, size: int, seed: int) -> Layers:
    """Laid paper, hand made: wire and chain lines, clouds of pulp, long fibres and flecks, creases, foxed stains."""
    base, accent = colour.parse(want.srgb), colour.parse(want.accent_srgb)
    u, v = noise.grid(size)
    sway = 0.006 * noise.fbm(size, 3, seed + 1, 2)
    wires = torch.cos(math.tau * _LAID * (v + sway)) * (0.7 + 0.5 * noise.fbm(size, (5, 9), seed + 2, 3))
    chain = smooth(0.985, 1.0, torch.cos(math.pi * _CHAINS * (u + 0.7 * sway)) ** 2)
    pulp, tooth = noise.fbm(size, 9, seed + 3, 5, 0.62), noise.fbm(size, 100, seed + 4, 2)
    folds, lines = _creases(size, seed + 5)
    hairs = scatter.strewn(22, seed + 30, (0.015, 0.055), (0.022, 0.04), bend=9.0, keep=0.8)
    fibre = scatter.lay(hairs, size, lambda s, t, k: (1.0 - t * t).clamp(min=0.0).sqrt() * 0.001, floor=0.0)
    thread = fibre.there * fibre.of(noise.spread(len(hairs), seed + 31, -1.0, 1.0))
    flecks = scatter.strewn(30, seed + 32, (0.002, 0.006), (0.4, 1.0), keep=0.12)
    fleck = scatter.lay(flecks, size, lambda s, t, k: scatter.dome(s, t, 2.0) * 0.001, floor=0.0).there.float()

    tone = (0.55 + 0.16 * pulp + 0.07 * wires - 0.10 * chain + 0.05 * tooth + 0.28 * thread).clamp(0.0, 1.0)
    color = colour.tones(base, (-0.10, 0.008, 1.1), (0.06, -0.004, 0.8), tone)
    foxed = smooth(0.30, 0.75, noise.fbm(size, 6, seed + 33, 5, 0.6))
    foxed = foxed * smooth(-0.2, 0.5, noise.fbm(size, 2, seed + 34, 2))
    color = colour.blend(color, accent, (0.35 * foxed + 0.45 * lines + 0.6 * fleck).clamp(0.0, 0.8))
    height = 0.075 * folds + 0.0006 * (chain + pulp) + 0.0004 * wires + 0.00025 * tooth + 0.0005 * thread.abs()
    rough = 0.72 + 0.05 * tooth - 0.10 * lines + 0.04 * pulp
    return Layers(color, height, rough, occlusion=0.4, cavity=0.008)
