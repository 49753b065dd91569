"""Cloth and hide with a nap: suede, velvet, cashmere. What the hand has brushed is lighter or darker."""

import math

import torch

from showroom.imagine.paint import colour, noise, relief, scatter
from showroom.imagine.paint.noise import smooth
from showroom.imagine.paint.relief import Layers
from showroom.words.scenespec import Surface

WALES, COURSES = 22, 28  # of a knitted tile: columns and rows of stitches


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
    stamps = scatter.strewn(9, seed, (0.10, 0.30), (0.10, 0.26), (0.0, 0.5), bend=0.5, lean=0.8, toward=-0.9)
    lean = noise.spread(len(stamps), seed + 20, -1.0, 1.0)

    def shape(s, t, stamp):
        r = s * s * s * s + t * t
        return torch.where(r < 1.0, 0.0, -math.inf)

    cover = scatter.lay(stamps, size, shape, floor=0.0)
    fade = smooth(1.0, 0.2, cover.s.abs()) * smooth(-1.3, 0.9, cover.t)
    return cover.of(lean) * fade * cover.there


def suede(want: Surface, size: int, seed: int) -> Layers:
    """Suede: a short even nap; fingers have brushed it one way and the other, light and dark."""
    base, accent = colour.parse(want.srgb), colour.parse(want.accent_srgb)
    wx, wy = noise.fbm(size, 4, seed + 1, 4), noise.fbm(size, 4, seed + 2, 4)
    ragged = 0.010 * noise.fbm(size, 40, seed + 7, 3, 0.7)
    brushed = noise.blur(noise.warp(_strokes(size, seed + 3), 0.025 * wx + ragged, 0.025 * wy - ragged), 0.003)
    cloud = noise.fbm(size, 3, seed + 4, 5)
    lie = -0.9 + 0.8 * brushed + 0.5 * wx
    fibre = _combed(noise.fbm(size, 90, seed + 5, 2, 0.8), lie, 0.014)
    fuzz = noise.fbm(size, 70, seed + 6, 3, 0.7)
    tone = 0.5 + 0.48 * brushed + 0.18 * cloud + 0.30 * fibre + 0.14 * fuzz
    color = colour.tones(base, (-0.13, -0.004), (0.12, 0.006, 0.92), tone.clamp(0.0, 1.0))
    color = colour.blend(color, accent.expand_as(color), 0.22 * smooth(0.5, -0.8, 0.6 * brushed + cloud))
    height = 0.0008 * fibre + 0.0008 * fuzz + 0.0015 * cloud
    rough = 0.85 + 0.05 * fibre - 0.05 * brushed
    return Layers(color, height, rough, occlusion=0.4, cavity=0.006)


def _dyed(base: torch.Tensor, tone: torch.Tensor) -> torch.Tensor:
    """How many times its own colour a dyed pile is where tone is 0 to 1, from nearly black to its sheen; mean 1.

    One hue throughout, for it is the dye that shines. A pale one has less room above it: it is mostly light.
    """
    top = min(5.0, 0.92 / float(base.max()))
    part = tone.clamp(0.0, 1.0) ** (0.4 + 0.2 * top)
    mean = float(part.double().mean())
    low = min(max((1.0 - top * mean) / (1.0 - mean), 0.15), 0.7)
    return low + (top - low) * part


def velvet(want: Surface, size: int, seed: int) -> Layers:
    """Crushed velvet: a deep pile pressed every way, black where it faces the eye, lit where it turns away."""
    base, accent = colour.parse(want.srgb), colour.parse(want.accent_srgb)
    wx, wy = noise.fbm(size, 3, seed + 1, 3), noise.fbm(size, 3, seed + 2, 3)
    fold = noise.warp(noise.fbm(size, (5, 3), seed + 3, 4, 0.42), 0.12 * wx, 0.12 * wy)
    press = noise.warp(noise.fbm(size, (11, 7), seed + 4, 2), 0.10 * wy, 0.10 * wx)
    height = 0.029 * fold + 0.004 * press
    du, dv = relief.slopes(noise.blur(height, 0.005))
    away = 1.0 - 1.0 / torch.sqrt(1.0 + 6.0 * (du * du + dv * dv))
    fibre = _combed(noise.fbm(size, 96, seed + 6, 2, 0.7), 1.4 + 1.2 * press, 0.011)
    tone = 0.04 + away * (0.95 + 0.7 * press) + 0.16 * press + 0.24 * fibre
    color = colour.times(base, _dyed(base, tone))
    color = colour.blend(color, accent.expand_as(color), 0.30 * smooth(0.55, 1.1, tone))
    rough = 0.75 - 0.2 * away + 0.1 * fibre
    return Layers(color, height + 0.0012 * fibre, rough, occlusion=0.6, cavity=0.02)


def _stitches(size: int, jog: tuple) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Stocking stitch: (height 0 to 1, along each leg −1 to 1, across it −1 to 1). Each stitch is a V."""
    u, v = noise.grid(size)
    x = (u * WALES + jog[0]) % 1.0 - 0.5
    side = x.sign()
    across = (x.abs() - 0.25) * 4.0
    y = v * COURSES + jog[1] + 1.7 * x.abs()
    along = (y % 1.0 - 0.5) * 2.0
    body = (1.0 - across * across).clamp(min=0.0).sqrt() * (1.0 - (along.abs() * 0.96) ** 3).clamp(min=0.0) ** 0.5
    return body, along, across * side


def cashmere(want: Surface, size: int, seed: int) -> Layers:
    """Cashmere: fine stocking stitch in a soft twisted yarn, brushed until a haze of hair stands over it."""
    base, accent = colour.parse(want.srgb), colour.parse(want.accent_srgb)
    jog = tuple(0.12 * noise.fbm(size, 12, seed + k, 3) + 0.2 * noise.fbm(size, 3, seed + 10 + k, 2) for k in (1, 2))
    body, along, across = _stitches(size, jog)
    twist = torch.sin(math.tau * (0.9 * across + 0.8 * along))
    swirl = noise.fbm(size, 7, seed + 3, 3)
    hair = _combed(noise.fbm(size, 110, seed + 4, 2), 3.5 * swirl, 0.05)
    halo = smooth(0.10, 0.34, hair)  # hairs that stand over the stitches and catch the light
    haze = noise.fbm(size, 30, seed + 5, 4, 0.6)
    soft = noise.fbm(size, 3, seed + 6, 4)
    tone = 0.24 + 0.34 * body + 0.06 * twist * body + 0.5 * hair + 0.30 * halo + 0.10 * haze + 0.10 * soft
    color = colour.tones(base, (-0.15, -0.004), (0.10, 0.004, 0.9), tone.clamp(0.0, 1.0))
    marl = smooth(0.0, 0.5, 1.4 * hair + 0.3 * noise.fbm(size, (2 * WALES, COURSES), seed + 7, 2))
    color = colour.blend(color, accent.expand_as(color), 0.18 * marl)
    height = 0.008 * noise.blur(body, 0.004) + 0.0004 * twist * body + 0.0024 * hair + 0.0004 * halo + 0.004 * soft
    rough = 0.9 - 0.06 * body + 0.05 * haze
    return Layers(color, height, rough, occlusion=0.8, cavity=0.010)
