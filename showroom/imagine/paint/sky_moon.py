"""Moonlit: a clear night over a garden, stars, thin silver cloud, cypresses and hills asleep in mist."""

import math

import torch

from showroom.imagine.paint import air, colour, far, noise
from showroom.imagine.paint.noise import smooth
from showroom.imagine.paint.sky_open import own_colours
from showroom.words.scenespec import SceneSpec


def sky_moonlit(spec: SceneSpec, height: int, seed: int) -> torch.Tensor:
    """Night blue that pales to the horizon, the moon's aureole, stars where no cloud is, dark land in mist."""
    d, lights = air.dome(spec, height), air.light(spec)
    leaf, glow = own_colours(spec)
    low = torch.exp(-d.elevation.clamp(min=0.0) / 0.30)
    sky = colour.blend(lights.zenith.expand(*d.extent, 3), lights.horizon * 0.85, 0.9 * low)
    sky = sky + _shine(d, lights)
    cloud = air.clouds(spec, d, seed + 1, scale=0.05, cover=0.16 + 0.5 * spec.sky.cloud, puffy=0.15, stretch=1.5)
    clear = (1.0 - 0.9 * cloud.density)[..., None]
    sky = sky + _starry(d, lights, spec.sky.stars, seed + 2) * clear
    near = 0.05 + 0.30 * torch.exp(-d.gamma / 0.35)
    lit = 0.35 * lights.zenith + 0.45 * lights.horizon + lights.sun * near[..., None]
    sky = colour.blend(sky, lit * (0.35 + 0.65 * cloud.light)[..., None], 0.55 * cloud.density)
    return air.grounded(_land(sky, d, lights, leaf, glow, seed + 20), d, lights, spec, 0.012)


def _shine(d: air.Dome, lights: air.Light) -> torch.Tensor:
    """The moon's light in the air about it; the disc itself is the renderer's."""
    ring = 0.30 * torch.exp(-d.gamma / 0.035) + 0.10 * torch.exp(-d.gamma / 0.16) + 0.035 * torch.exp(-d.gamma / 0.6)
    return lights.sun * ring[..., None]


def _starry(d: air.Dome, lights: air.Light, amount: float, seed: int) -> torch.Tensor:
    """Stars fewer and fainter towards the moon, and the far river of them that no eye resolves."""
    dim = smooth(0.05, 0.6, d.gamma) * smooth(1.0, 0.985, d.y)
    points = (air.stars(d, amount, seed) + 0.6 * air.stars(d, amount, seed + 5)) * dim
    # the band lies along a great circle, tilted from the left horizon to the right of the zenith
    off = 0.62 * d.x - 0.55 * d.y - 0.56 * d.z
    u, v, _ = air.on_plane(d, 0.5)
    dust = noise.sample(noise.fbm(256, 6, seed + 9, 5), 0.11 * u, 0.11 * v)
    band = torch.exp(-((off / 0.24) ** 2)) * (0.6 + 0.6 * dust).clamp(min=0.0) * smooth(0.1, 0.5, d.y)
    return points[..., None] + (lights.zenith + 0.3 * lights.horizon) * (0.7 * amount * band * dim)[..., None]


def _land(sky, d: air.Dome, lights: air.Light, leaf, glow, seed: int) -> torch.Tensor:
    """A ridge, woods and cypresses before it, each row nearer and darker, mist at its foot."""
    side = 0.5 + 0.5 * torch.cos(d.turned(math.atan2(d.sun[0], -d.sun[2])))
    mist = (0.55 * lights.horizon + 0.25 * glow * lights.horizon.max()) * (0.75 + 0.5 * side**2)[..., None]
    falls = 0.30 * lights.zenith + 0.12 * lights.horizon
    ridge = 0.075 + 0.035 * noise.line(2 * d.height, 9, seed, 4, 0.5)
    sky = far.veiled(sky, far.under(d, ridge), leaf * falls, d, mist, 0.62, 0.05)
    rows = (  # distance, trees, tall, half-wide, roundness, grain, ragged depth
        (0.48, 60, (0.03, 0.09), (0.03, 0.07), 2.1, 120, 0.012),
        (0.34, 34, (0.10, 0.21), (0.012, 0.020), 1.7, 160, 0.004),
        (0.20, 26, (0.05, 0.12), (0.05, 0.10), 2.0, 110, 0.014),
        (0.08, 16, (0.15, 0.33), (0.016, 0.028), 1.7, 160, 0.006),
    )
    for k, (distance, count, tall, wide, round_, grain, depth) in enumerate(rows):
        profile = far.crowns(d, seed + 9 * k + 1, count, tall, wide, 0.015, round_)
        cover = far.leafy(d, profile, seed + 9 * k + 4, grain, depth)
        sky = far.veiled(sky, cover, leaf * falls, d, mist, distance, 0.05 - 0.006 * k)
    return sky
