"""The far layer: silhouettes that stand round the horizon and pale into the haze.

A silhouette is a profile, (2h,) elevation in rad for each column, and a cover, (h, 2h) from 0 to 1.
"""

import math
from dataclasses import dataclass

import torch

from showroom.imagine.paint import air, colour, noise, relief
from showroom.imagine.paint.noise import mix, smooth


def under(d: air.Dome, profile: torch.Tensor, soft: float = 0.8) -> torch.Tensor:
    """Cover of everything below a profile, in rad over the azimuths; soft: pixels of blur."""
    return smooth(soft * d.pixel, -soft * d.pixel, d.elevation - profile.expand(d.extent))


def crowns(
    d: air.Dome,
    seed: int,
    count: int,
    tall: tuple[float, float],
    wide: tuple[float, float],
    base: float = 0.0,
    round_: float = 2.0,
) -> torch.Tensor:
    """Profile of a row of trees, tall and half-wide in rad; round_ 2 a ball, more a hedge, less a spire."""
    azimuth = d.azimuth[0]
    at = (torch.arange(count) + noise.rand(count, seed + 1)) / count * math.tau
    high, half = noise.spread(count, seed + 2, *tall), noise.spread(count, seed + 3, *wide)
    off = ((azimuth - at[:, None] + math.pi) % math.tau - math.pi) / half[:, None]
    crown = (1.0 - off.abs().clamp(max=1.0) ** round_).clamp(min=0.0) ** (1.0 / round_)
    return (base + high[:, None] * crown).amax(0).clamp(min=base)


def leafy(d: air.Dome, profile: torch.Tensor, seed: int, grain: int, depth: float) -> torch.Tensor:
    """Cover of foliage under a profile: its edge broken into leaves, grain cells round the horizon."""
    clump = noise.fbm(d.extent, (grain, grain // 2), seed, 3, 0.5)
    leaf = noise.fbm(d.extent, (3 * grain, 3 * grain // 2), seed + 1, 2, 0.7)
    return under(d, profile + depth * (0.7 * clump + 0.55 * leaf - 0.15), soft=1.2)


def veiled(
    sky: torch.Tensor,
    cover: torch.Tensor,
    tint: torch.Tensor,
    d: air.Dome,
    fog: torch.Tensor,
    distance: float,
    foot: float,
) -> torch.Tensor:
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


@dataclass
class Land:
    """What a ray meets of a height field, (h, 2h): cover 0 to 1, distance_m, height_m, slope (rise over
    run), and where on the field's tile it is (u, v)."""

    cover: torch.Tensor
    distance_m: torch.Tensor
    height_m: torch.Tensor
    slope: torch.Tensor
    u: torch.Tensor
    v: torch.Tensor
    east: torch.Tensor
    south: torch.Tensor

    def look(self, field: torch.Tensor) -> torch.Tensor:
        """A (n, n) or (n, n, c) field of the tile, where the rays meet it."""
        return noise.sample(field, self.u, self.v)

    def lit(self, d: air.Dome, contrast: float) -> torch.Tensor:
        """0 to 1: how squarely the slope faces the sun, a low sun lifted a little above the land."""
        sx, sy, sz = d.sun
        facing = -self.east * sx + max(sy, 0.16) - self.south * sz
        return (contrast * facing / torch.sqrt(1.0 + self.slope**2)).clamp(0.0, 1.0)


def land(
    d: air.Dome, field: torch.Tensor, tile_m: float, near_m: float, far_m: float, rising_m: float
) -> Land:
    """Traces a periodic height field round the visitor, column by column.

    field : (n, n) heights, metres, one tile of tile_m.   near_m, far_m : where it begins and ends.
    rising_m : it grows from nothing at near_m to its full height here, so that the visitor's own
    ground stays clear of it.
    Along each column the angle up to the land is taken at growing distances; its running maximum is
    the horizon so far, and a search in it finds what each row of pixels sees first.
    """
    steps, rows = 512, 2 * d.height
    distance = near_m * (far_m / near_m) ** torch.linspace(0.0, 1.0, steps)
    azimuth = d.azimuth[0]
    x, z = torch.sin(azimuth)[:, None] * distance, -torch.cos(azimuth)[:, None] * distance
    tall = noise.sample(field, x / tile_m, z / tile_m) * smooth(near_m * 0.6, rising_m, distance)
    angle = torch.atan2(tall - 1.6, distance.expand(rows, steps))
    skyline, _ = angle.cummax(dim=1)
    seen = torch.minimum(d.elevation.T, skyline[:, -1:] - 1e-4).contiguous()  # beyond the edge: the edge
    index = torch.searchsorted(skyline.contiguous(), seen).clamp(1, steps - 1)
    before, after = angle.gather(1, index - 1), angle.gather(1, index)
    part = ((seen - before) / (after - before).clamp(min=1e-7)).clamp(0.0, 1.0)
    hit = mix(distance[index - 1], distance[index], part).T
    u, v = torch.sin(d.azimuth) * hit / tile_m, -torch.cos(d.azimuth) * hit / tile_m
    east, south = relief.slopes(field)
    ramp = smooth(near_m * 0.6, rising_m, hit)
    slopes = noise.sample(torch.stack([east, south, field * 1.0], dim=-1), u, v) * ramp[..., None]
    east, south = slopes[..., 0] / tile_m, slopes[..., 1] / tile_m
    return Land(
        under(d, skyline[:, -1]), hit, slopes[..., 2], torch.sqrt(east**2 + south**2), u, v, east, south
    )


def eased(picture: torch.Tensor, d: air.Dome, hit: Land) -> torch.Tensor:
    """The picture with the stair-steps taken off where near land hides far land."""
    depth = torch.log(hit.distance_m) * (d.elevation > -0.05)
    jump = torch.maximum((depth - depth.roll(1, 0)).abs(), (depth - depth.roll(-1, 0)).abs())
    soft = picture
    for axis in (0, 1):
        soft = 0.5 * soft + 0.25 * (soft.roll(1, axis) + soft.roll(-1, axis))
    return colour.blend(picture, soft, smooth(0.06, 0.25, jump) * hit.cover)


def lamps(
    d: air.Dome, seed: int, count: int, low: float, high: float, size: tuple[float, float], hues: torch.Tensor
) -> torch.Tensor:
    """(h, 2h, 3) light of lamps out of focus: overlapping discs with a brighter rim.

    low, high : elevations, rad.   size : radii, rad.   hues : (n, 3) linear colours to draw from.
    """
    light = torch.zeros(*d.extent, 3)
    azimuth = noise.spread(count, seed + 1, -math.pi, math.pi).tolist()
    height = (low + (high - low) * noise.rand(count, seed + 2) ** 1.6).tolist()
    radius = noise.spread(count, seed + 3, *size).tolist()
    power = (noise.rand(count, seed + 4) ** 2 * 0.9 + 0.1).tolist()
    hue = hues[(noise.rand(count, seed + 5) * len(hues)).long().clamp(max=len(hues) - 1)]
    for k in range(count):
        rows, columns = around(d, azimuth[k], height[k], 1.1 * radius[k] + d.pixel)
        off = (d.azimuth[rows][:, columns] - azimuth[k] + math.pi) % math.tau - math.pi
        r = (
            torch.sqrt((off * math.cos(height[k])) ** 2 + (d.elevation[rows][:, columns] - height[k]) ** 2)
            / radius[k]
        )
        edge = max(0.18, 1.2 * d.pixel / radius[k])
        disc = power[k] * smooth(1.0 + 0.5 * edge, 1.0 - 0.5 * edge, r) * (0.62 + 0.38 * smooth(0.45, 1.0, r))
        light[rows.start : rows.stop].index_add_(1, columns, disc[..., None] * hue[k])
    return light


def around(d: air.Dome, azimuth: float, elevation: float, reach: float) -> tuple[slice, torch.Tensor]:
    """(rows, columns) of the pixels within `reach` rad of a direction, across the seam."""
    row = (0.5 - elevation / math.pi) * d.height
    column = (azimuth / math.tau + 0.5) * 2 * d.height
    tall, wide = int(reach / d.pixel) + 2, int(reach / d.pixel / max(0.2, math.cos(elevation))) + 2
    wide = min(wide, d.height - 1)
    columns = torch.arange(int(column) - wide, int(column) + wide + 1) % (2 * d.height)
    return slice(max(0, int(row) - tall), min(d.height, int(row) + tall + 1)), columns
