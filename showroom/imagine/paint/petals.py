"""Sprites of flowers: single petals and whole blossoms. Cells are (c, c), base at the bottom."""

import math
from dataclasses import dataclass

import torch

from showroom.imagine.paint import colour, noise
from showroom.imagine.paint.noise import mix, smooth


@dataclass
class Cell:
    """One sprite: color (c, c, 3) linear, alpha (c, c), height (c, c) in cells for its normals,
    roughness 0 to 1; emission (c, c) 0 to 1, where it gives what light of its own it has, None: all over."""

    color: torch.Tensor
    alpha: torch.Tensor
    height: torch.Tensor
    roughness: float = 0.6
    emission: torch.Tensor | None = None


def pen(size: int) -> tuple[torch.Tensor, torch.Tensor]:
    """(x, y), −1 to 1, x to the right and y up."""
    u, v = noise.grid(size)
    return 2.0 * u - 1.0, 1.0 - 2.0 * v


def canvas(size: int, color: torch.Tensor) -> torch.Tensor:
    """(size, size, 3) of one colour, to be painted into."""
    return color[:, None, None].repeat(1, size, size).movedim(0, -1)


def window(size: int, left: float, right: float, low: float, high: float) -> tuple[slice, slice]:
    """(rows, columns) of a cell that hold everything between these x and y; at least one of each."""
    def pixel(at: float, more: int) -> int:
        return min(max(int((at + 1.0) / 2.0 * size) + more, 0), size)

    first, last, top, bottom = pixel(left, -1), pixel(right, 2), pixel(-high, -1), pixel(-low, 2)
    return slice(min(top, size - 1), max(bottom, top + 1)), slice(min(first, size - 1), max(last, first + 1))


def petal(
    size: int,
    body: torch.Tensor,
    claw: torch.Tensor,
    seed: int,
    wide: float = 0.86,
    point: float = 0.0,
    notch: float = 0.10,
) -> Cell:
    """A petal with its claw at the bottom.

    body, claw : linear colours of blade and base.   wide : its greatest half-width.
    point : 0 rounded to 1 drawn to a tip.           notch : depth of the dimple in the rim.
    """
    x, y = pen(size)
    edge = 2.2 / size
    t = ((y + 0.93) / 1.84).clamp(0.0, 1.0)
    ruffle = (
        0.035 * torch.sin(7.0 * x + seed)
        + 0.02 * torch.sin(13.0 * x + 2.0 * seed)
        + notch * torch.exp(-((x / 0.16) ** 2))
    )
    rise = (y + 0.93) / 1.84
    top = 1.0 - rise - ruffle * 0.5 * t**3
    half = (
        wide
        * (0.13 + 0.87 * smooth(-0.25, 0.80 + 0.2 * point, t) ** mix(1.25, 0.95, point))
        * (1.0 - (1.0 - top.clamp(0.0, 1.0)) ** mix(5.0, 1.9, point)).clamp(min=0.0) ** 0.55
    )
    half = half * (1.0 + 0.05 * torch.sin(9.0 * t + seed) * t)
    inside = half - x.abs()
    alpha = smooth(-edge, edge, torch.minimum(inside, (y + 0.93))) * smooth(0.0, 0.5 * edge, top)
    rim = torch.minimum(inside, top * 1.5)  # distance to the outline, roughly

    fan = torch.atan2(x, y + 1.25)
    stray = 0.05 * noise.fbm(size, 5, seed + 1, 3)
    main = smooth(0.45, 1.0, torch.sin((fan + stray) * 58.0))
    side = 0.6 * smooth(0.4, 1.0, torch.sin((fan - 0.6 * stray) * 131.0 + 1.3)) * smooth(0.3, 0.6, t)
    veins = torch.maximum(main, side) * smooth(0.02, 0.3, t) * smooth(0.0, 0.12, rim)
    blush = noise.fbm(size, 3, seed + 2, 4)

    deep = colour.shifted(body, -0.10, 0.0, 1.08)
    pale = colour.shifted(body, 0.11, 0.006, 0.80)
    tone = (0.50 + 0.55 * (t - 0.45) + 0.16 * blush - 0.22 * (x / wide) ** 2).clamp(0.0, 1.0)
    color = colour.ramp([(0.0, deep), (0.5, body), (1.0, pale)], tone)
    color = colour.blend(color, claw, 0.80 * smooth(0.20, -0.02, t + 0.07 * blush + 0.10 * veins))
    color = color * (1.0 - 0.13 * veins)[..., None]
    # the rim turns over: a shaded crescent, then a lip that the light comes through
    curl = smooth(-0.5, 0.8, noise.fbm(size, 2, seed + 3, 2) + 0.35 * torch.sign(x) * x.abs() ** 0.5)
    shade = torch.exp(-(((rim - 0.13) / 0.075) ** 2)) * smooth(0.35, 0.9, t) * (0.5 + 0.9 * curl)
    lip = smooth(0.075, 0.0, rim) * smooth(0.25, 0.7, t)
    color = color * (1.0 - 0.30 * shade)[..., None]
    color = colour.blend(color, colour.shifted(body, 0.15, 0.012, 0.8), (0.35 + 0.45 * curl) * lip)
    dish = 0.10 * (x / wide) ** 2 + 0.07 * (t - 0.35) ** 2 - 0.05 * smooth(0.12, 0.0, rim) + 0.006 * blush
    return Cell(color, alpha, dish - 0.0012 * veins, 0.5)


def blossom(
    size: int,
    count: int,
    body: torch.Tensor,
    heart: torch.Tensor,
    seed: int,
    wide: float = 0.42,
    point: float = 0.3,
    rings: int = 1,
) -> Cell:
    """A flower seen from above: `rings` rings of `count` petals, smaller and deeper inwards."""
    x, y = pen(size)
    edge = 2.2 / size
    angle, radius = torch.atan2(y, x), torch.sqrt(x * x + y * y)
    color = colour.shifted(body, -0.12).expand(size, size, 3)
    alpha, height = torch.zeros_like(x), torch.zeros_like(x)
    for ring in range(rings):
        reach = 0.94 * (1.0 - ring / (rings + 0.6))
        for k in range(count):
            at = math.tau * (k + 0.5 * (ring % 2)) / count + 0.35 * ring + 0.12 * math.sin(k * 2.1 + seed)
            along = (x * math.cos(at) + y * math.sin(at)) / reach
            across = (y * math.cos(at) - x * math.sin(at)) / reach
            t = along.clamp(0.0, 1.0)
            half = (
                wide
                * t.clamp(min=1e-4) ** 0.6
                * (1.0 - t ** mix(7.0, 1.7, point)).clamp(min=0.0) ** 0.55
                * 1.25
            )
            inside = torch.minimum(torch.minimum(half - across.abs(), along), 0.99 - along)
            here = smooth(-edge, edge, inside)
            vein = smooth(0.6, 1.0, torch.sin(torch.atan2(across, along + 0.2) * 46.0))
            tone = (
                0.35 + 0.5 * t - 0.3 * (across / wide) ** 2 + 0.4 * across / wide * 0.4 - 0.09 * ring
            ).clamp(0.0, 1.0)
            part = (
                colour.ramp(
                    [
                        (0.0, colour.shifted(body, -0.14, 0.0, 1.1)),
                        (0.55, body),
                        (1.0, colour.shifted(body, 0.09, 0.004, 0.85)),
                    ],
                    tone,
                )
                * (1.0 - 0.08 * vein)[..., None]
            )
            part = colour.blend(part, colour.shifted(body, 0.13, 0.01, 0.7), 0.5 * smooth(0.06, 0.0, inside))
            away = torch.minimum(inside, 0.97 - along)
            under = 1.0 - 0.38 * torch.exp(-away.clamp(max=0.0).abs() / 0.05) * (1.0 - here) * (
                along > 0.0
            )  # its shadow
            color = colour.blend(color * under[..., None], part, here)
            height = mix(height, 0.05 * ring + 0.10 * t * (1.0 - (across / wide) ** 2), here)
            alpha = torch.maximum(alpha, here)
    core = smooth(0.17, 0.05, radius)
    dots = smooth(0.2, 0.8, torch.sin(radius * 70.0) * torch.sin(angle * 9.0 + radius * 30.0))
    color = colour.blend(color, colour.blend(heart, colour.shifted(heart, -0.2), dots), core * 0.9)
    return Cell(color, alpha, height + 0.04 * core, 0.55)
