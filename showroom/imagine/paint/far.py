"""The far layer: silhouettes that stand round the horizon and pale into the haze.

A silhouette is a profile, (2h,) elevation in rad for each column, and a cover, (h, 2h) from 0 to 1.
"""

import math

import torch

from showroom.imagine.paint import air, colour, noise
from showroom.imagine.paint.noise import smooth


def under(d: air.Dome, profile: torch.Tensor, ragged: torch.Tensor | None = None, soft: float = 0.8) -> torch.Tensor:
    """Cover of everything below a profile. ragged: rad that eats into the edge; soft: pixels of blur."""
    top = profile.expand(d.extent) if ragged is None else profile + ragged
    return smooth(soft * d.pixel, -soft * d.pixel, d.elevation - top)


def crowns(d: air.Dome, seed: int, count: int, tall: tuple[float, float], wide: tuple[float, float],
           base: float = 0.0, round_: float = 2.0) -> torch.Tensor:
    """Profile of a row of trees: tall and half-wide in rad; round_ 2 is a ball, more a hedge, less a spire."""
    azimuth = d.azimuth[0]
    at = (torch.arange(count) + noise.rand(count, seed + 1)) / count * math.tau
    high, half = noise.spread(count, seed + 2, *tall), noise.spread(count, seed + 3, *wide)
    profile = torch.full_like(azimuth, base)
    for k in range(count):
        off = ((azimuth - float(at[k]) + math.pi) % math.tau - math.pi) / float(half[k])
        crown = (1.0 - off.abs().clamp(max=1.0) ** round_).clamp(min=0.0) ** (1.0 / round_)
        profile = torch.maximum(profile, base + float(high[k]) * crown)
    return profile


def leafy(d: air.Dome, profile: torch.Tensor, seed: int, grain: int, depth: float) -> torch.Tensor:
    """Cover of foliage under a profile: its edge broken into leaves, grain cells round the horizon."""
    turn = noise.fbm(d.extent, (grain, grain // 2), seed, 3, 0.6)
    shift = (0.8 * depth * turn / d.pixel).round().long()
    columns = torch.arange(2 * d.height).expand(d.extent)
    moved = profile[(columns + shift) % (2 * d.height)]
    edge = depth * (noise.fbm(d.extent, (grain, grain // 2), seed + 1, 4, 0.65) - 0.2)
    return under(d, moved + edge)


def veiled(sky: torch.Tensor, cover: torch.Tensor, tint: torch.Tensor, d: air.Dome, fog: torch.Tensor,
           distance: float, foot: float) -> torch.Tensor:
    """Sets a silhouette of a colour into a picture, seen through fog.

    tint : (3,) or (h, 2h, 3) linear.   distance : 0 near to 1 lost in the fog.
    foot : rad over which fog lying on the ground hides its base (0 none).
    """
    body = tint.expand_as(sky) + (fog - tint) * distance
    if foot > 0.0:
        body = colour.blend(body, fog.expand_as(sky), 0.9 * torch.exp(-d.elevation.clamp(min=0.0) / foot))
    return colour.blend(sky, body, cover)


def sunlit(d: air.Dome, seed: int, grain: int, strength: float = 1.0) -> torch.Tensor:
    """(h, 2h) about 1: clumps of leaves, brighter where they face the sun or let it through."""
    clump = noise.fbm(d.extent, (grain, grain // 2), seed, 4, 0.55)
    through = 0.5 + 0.5 * d.toward_sun
    return (1.0 + strength * (0.45 * clump + 0.5 * through**6)).clamp(min=0.25)


def lamps(d: air.Dome, seed: int, count: int, low: float, high: float, size: tuple[float, float],
          soft: float = 0.25) -> tuple[torch.Tensor, torch.Tensor]:
    """Discs of light out of focus: (h, 2h) brightness, and the (h, 2h) index of the brightest lamp there."""
    glow = torch.zeros(d.extent)
    which = torch.zeros(d.extent, dtype=torch.int64)
    azimuth = noise.spread(count, seed + 1, -math.pi, math.pi)
    height = low + (high - low) * noise.rand(count, seed + 2) ** 1.6
    radius, power = noise.spread(count, seed + 3, *size), noise.rand(count, seed + 4) ** 2 * 0.9 + 0.1
    for k in range(count):
        off = (d.azimuth - float(azimuth[k]) + math.pi) % math.tau - math.pi
        r = torch.sqrt((off * math.cos(float(height[k]))) ** 2 + (d.elevation - float(height[k])) ** 2) / float(radius[k])
        disc = float(power[k]) * smooth(1.0, 1.0 - soft, r) * (0.75 + 0.35 * smooth(0.55, 1.0, r))
        which = torch.where(disc > glow, torch.full_like(which, k), which)
        glow = torch.maximum(glow, disc)
    return glow, which
