"""The desert's sky: dunes behind dunes that pale into lit dust, violet over gold. What is nearer is grown."""

import math

import torch

from showroom.imagine.paint import air, colour, far, noise
from showroom.imagine.paint.noise import mix, smooth
from showroom.imagine.paint.sky_open import heaven, own_colours
from showroom.words.scenespec import SceneSpec

_RANKS = (  # how far in the dust, dunes round the horizon, how tall in rad
    (0.86, 17, 0.052),
    (0.72, 13, 0.044),
    (0.54, 19, 0.030),
    (0.34, 15, 0.020),
)


def _crests(columns: int, count: int, tall: float, seed: int) -> tuple[torch.Tensor, torch.Tensor]:
    """(columns,) each: elevation of a rank of dunes, rad, and how far down the lee a place is, 0 to 1.

    Each rises slowly down the wind, breaks at its crest and falls three times as steeply.
    """
    wander = noise.line(columns, 5, seed, 2)
    turn = torch.arange(columns) / columns + 0.35 / count * wander
    phase = (turn * count) % 1.0
    back = phase / 0.74
    lee = (1.0 - phase) / 0.26
    shape = torch.where(phase < 0.74, back * back * (1.6 - 0.6 * back), lee.clamp(max=1.0) ** 1.15)
    high = 0.35 + 0.65 * (0.5 + 0.5 * noise.line(columns, 9, seed + 1, 2)).clamp(0.0, 1.0)
    return tall * (0.25 + shape * high), smooth(0.72, 0.78, phase)


def sky_dunes(spec: SceneSpec, height: int, seed: int) -> torch.Tensor:
    """Dusk over dunes: gold where the sun goes down, violet opposite and above, ranks of sand in the dust."""
    d, lights = air.dome(spec, height), air.light(spec)
    sand, glow = own_colours(spec)
    sky = heaven(spec, d, lights, seed)
    side = 0.5 + 0.5 * torch.cos(d.azimuth - math.radians(spec.sky.sun_azimuth_deg))
    low = min(1.0, max(0.0, 1.0 - (spec.sky.sun_elevation_deg - 6.0) / 26.0))
    up = d.elevation.clamp(min=0.0)
    # the belt of Venus and the earth's shadow stand opposite a sun that sets
    belt = torch.exp(-(((up - 0.16) / 0.09) ** 2)) * (1.0 - side) ** 1.5
    sky = sky * (1.0 - 0.22 * low * (1.0 - side) * torch.exp(-up / 0.1))[..., None]
    sky = sky + colour.parse("#c98a9c") * (0.16 * low * belt)[..., None]
    gold = 0.75 * glow * lights.horizon.max() + 0.35 * lights.sun
    sky = colour.blend(sky, gold.expand_as(sky), (0.1 + 0.55 * low) * side**4 * torch.exp(-up / 0.11))
    dust = (
        0.8 * lights.horizon
        + 0.1 * lights.haze
        + (0.34 * side**3)[..., None] * (0.75 * lights.sun + 0.25 * glow)
    )
    sky = colour.blend(sky, dust, 0.6 * torch.exp(-up / 0.035))
    shade = 0.42 * lights.zenith + 0.22 * lights.horizon + 0.5 * lights.fill
    lit = shade + lights.sun * (0.4 + 0.5 * low)
    for rank, (distance, count, tall) in enumerate(_RANKS):
        profile, lee = _crests(2 * height, count, tall, seed + 30 + 5 * rank)
        cover = far.under(d, profile)
        below = ((profile - d.elevation) / (0.6 * tall)).clamp(0.0, 1.0)
        sunny = (1.0 - lee) * (1.0 - 0.55 * below) * (0.6 + 0.4 * (1.0 - side))
        body = sand * mix(shade.expand_as(sky), lit.expand_as(sky), (0.85 * sunny)[..., None])
        sky = far.veiled(sky, cover, body, d, dust, distance, 0.012)
    return air.grounded(sky, d, lights, spec, 0.012)
