"""Cloth and hide with a nap: suede, velvet, cashmere. What the hand has brushed is lighter or darker."""

import math

import torch

from showroom.imagine.paint import colour, noise, relief, scatter
from showroom.imagine.paint.noise import smooth
from showroom.imagine.paint.relief import Layers
from showroom.words.scenespec import Surface


def _combed(field: torch.Tensor, angle: torch.Tensor, reach: float) -> torch.Tensor:
    """The field drawn out to fibres that lie along `angle` (rad, clockwise from +u), `reach` tiles long.

    Line integral convolution (B. Cabral, L. Leedom, 1993), its eight samples by doubling.
    """
    east, south = torch.cos(angle), torch.sin(angle)
    for k in range(3):
        step = reach / 14.0 * (1 << k)
        field = 0.5 * (noise.warp(field, step * east, step * south) + noise.warp(field, -step * east, -step * south))
    return field


def _strokes(size: int, seed: int) -> torch.Tensor:
    """−1 to 1: how a hand has brushed the nap, in long bowed strokes that lie over one another."""
    stamps = scatter.strewn(7, seed, (0.10, 0.26), (0.16, 0.34), (0.0, 0.5), bend=0.5, lean=0.7, toward=-0.9)
    lean = noise.spread(len(stamps), seed + 20, -1.0, 1.0)

    def shape(s, t, stamp):
        r = s * s * s * s + t * t
        return torch.where(r < 1.0, 0.0 * r, torch.full_like(r, -math.inf))

    cover = scatter.lay(stamps, size, shape, floor=0.0)
    fade = smooth(1.0, 0.2, cover.s.abs()) * smooth(-1.3, 0.9, cover.t)
    return cover.of(lean) * fade * cover.there


def suede(want: Surface, size: int, seed: int) -> Layers:
    """Suede: a short even nap; fingers have brushed it one way and the other, light and dark."""
    base, accent = colour.parse(want.srgb), colour.parse(want.accent_srgb)
    wx, wy = noise.fbm(size, 4, seed + 1, 4), noise.fbm(size, 4, seed + 2, 4)
    brushed = noise.blur(noise.warp(_strokes(size, seed + 3), 0.025 * wx, 0.025 * wy), 0.005)
    cloud = noise.fbm(size, 3, seed + 4, 5)
    lie = -0.9 + 0.8 * brushed + 0.5 * wx
    fibre = _combed(noise.fbm(size, 110, seed + 5, 2), lie, 0.028)
    fuzz = noise.fbm(size, 60, seed + 6, 3, 0.7)
    tone = 0.5 + 0.34 * brushed + 0.14 * cloud + 0.5 * fibre + 0.08 * fuzz
    color = colour.tones(base, (-0.13, -0.004), (0.12, 0.006, 0.92), tone.clamp(0.0, 1.0))
    color = colour.blend(color, accent.expand_as(color), 0.3 * smooth(0.1, -0.7, brushed + 0.4 * cloud))
    height = 0.0016 * fibre + 0.0006 * fuzz + 0.004 * cloud + 0.0016 * brushed
    rough = 0.85 + 0.05 * fibre - 0.05 * brushed
    return Layers(color, height, rough, occlusion=0.4, cavity=0.006)


def velvet(want: Surface, size: int, seed: int) -> Layers:
    """Crushed velvet: a deep pile pressed every way, black where it faces the eye, lit where it turns away."""
    base, accent = colour.parse(want.srgb), colour.parse(want.accent_srgb)
    wx, wy = noise.fbm(size, 3, seed + 1, 4), noise.fbm(size, 3, seed + 2, 4)
    lean = torch.zeros(size, size)
    crease = torch.zeros(size, size)
    for period, share in ((5, 1.0), (10, 0.55)):
        f1, f2, cell, dx, dy = noise.worley(size, period, seed + period, jitter=1.0)
        east, south, own = (noise.spread(period * period, seed + k + period, -1.0, 1.0)[cell] for k in (20, 30, 40))
        lean = lean + share * (0.6 * own + 0.9 * (dx * east + dy * south))
        crease = torch.maximum(crease, share * smooth(0.12, 0.0, f2 - f1))
    lean = noise.blur(noise.warp(lean, 0.06 * wx, 0.06 * wy), 0.006)
    crease = noise.warp(crease, 0.06 * wx, 0.06 * wy)
    fold = noise.warp(noise.fbm(size, (4, 2), seed + 5, 2, 0.4), 0.06 * wx, 0.06 * wy)
    height = 0.016 * fold + 0.008 * lean - 0.003 * crease
    du, dv = relief.slopes(height)
    sheen = smooth(0.0, 0.55, torch.sqrt(du * du + dv * dv)) * smooth(-0.9, 0.5, lean)
    fibre = _combed(noise.fbm(size, 120, seed + 6, 2), 1.2 + 1.4 * lean, 0.020)
    tone = 0.18 + 0.62 * sheen + 0.14 * smooth(-0.2, 0.8, lean) + 0.4 * fibre
    color = colour.ramp(
        [
            (0.0, colour.shifted(base, -0.20, 0.0, 1.0)),
            (0.35, colour.shifted(base, -0.02, 0.0, 1.1)),
            (1.0, colour.shifted(base, 0.30, 0.0, 0.85)),
        ],
        tone.clamp(0.0, 1.0),
    )
    color = colour.blend(color, accent.expand_as(color), 0.35 * smooth(0.5, 1.0, tone))
    rough = 0.75 - 0.2 * sheen + 0.1 * fibre
    return Layers(color, height + 0.0012 * fibre, rough, occlusion=0.6, cavity=0.02)


def _stitches(size: int, columns: int, rows: int, jog: tuple) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Stocking stitch: (height 0 to 1, along each leg −1 to 1, across it −1 to 1). Each stitch is a V."""
    u, v = noise.grid(size)
    x = (u * columns + jog[0]) % 1.0 - 0.5
    side = x.sign()
    across = (x.abs() - 0.25) * 4.0
    y = v * rows + jog[1] + 1.7 * x.abs()
    along = (y % 1.0 - 0.5) * 2.0
    bend = across + 0.25 * along * 0.0
    body = (1.0 - bend * bend).clamp(min=0.0).sqrt() * (1.0 - (along.abs() * 0.96) ** 3).clamp(min=0.0) ** 0.5
    return body, along, across * side


def cashmere(want: Surface, size: int, seed: int) -> Layers:
    """Cashmere: fine stocking stitch in a soft twisted yarn, brushed until a haze of hair stands over it."""
    base, accent = colour.parse(want.srgb), colour.parse(want.accent_srgb)
    jog = tuple(0.12 * noise.fbm(size, 12, seed + k, 3) + 0.2 * noise.fbm(size, 3, seed + 10 + k, 2) for k in (1, 2))
    body, along, across = _stitches(size, 20, 26, jog)
    twist = torch.sin(math.tau * (0.9 * across + 0.8 * along))
    swirl = noise.fbm(size, 7, seed + 3, 3)
    hair = _combed(noise.fbm(size, 100, seed + 4, 2), 3.0 * swirl, 0.045)
    haze = noise.fbm(size, 30, seed + 5, 4, 0.6)
    soft = noise.fbm(size, 3, seed + 6, 4)
    tone = 0.22 + 0.42 * body + 0.06 * twist * body + 0.65 * hair + 0.08 * haze + 0.10 * soft
    color = colour.tones(base, (-0.15, -0.004), (0.10, 0.004, 0.9), tone.clamp(0.0, 1.0))
    marl = smooth(0.05, 0.45, hair + 0.5 * noise.fbm(size, (40, 26), seed + 7, 2))
    color = colour.blend(color, accent.expand_as(color), 0.22 * marl)
    height = 0.009 * noise.blur(body, 0.003) + 0.0004 * twist * body + 0.0022 * hair + 0.004 * soft
    rough = 0.9 - 0.06 * body + 0.05 * haze
    return Layers(color, height, rough, occlusion=0.8, cavity=0.010)
