"""Skies seen through leaves: a garden's hedges in dawn mist, a forest's trunks in blue fog."""

import math

import torch

from showroom.imagine import leaning
from showroom.imagine.paint import air, colour, far, noise
from showroom.imagine.paint.noise import mix, smooth
from showroom.imagine.paint.sky_open import heaven, own_colours
from showroom.words.scenespec import SceneSpec


def _falling(spec: SceneSpec, lights: air.Light) -> torch.Tensor:
    """Light on upright things far away: the sky's half and some of the sun."""
    return (
        0.75 * lights.zenith
        + 0.45 * lights.horizon
        + 0.40 * lights.sun * min(1.0, max(0.0, spec.sky.sun_elevation_deg / 8.0))
    )


def sky_garden(spec: SceneSpec, height: int, seed: int) -> torch.Tensor:
    """Trees, cypresses and hedges round a garden, paling layer by layer into lit mist."""
    d, lights = air.dome(spec, height), air.light(spec)
    leaf, glow = own_colours(spec)
    sky = heaven(spec, d, lights, seed)
    side = 0.5 + 0.5 * torch.cos(d.azimuth - math.radians(spec.sky.sun_azimuth_deg))
    daylight = min(1.0, max(0.0, (spec.sky.sun_elevation_deg + 6.0) / 10.0)) * (1.0 - 0.8 * spec.sky.stars)
    fog = mix(lights.horizon, glow * lights.horizon.max().clamp(min=0.05), 0.45) * 0.92 + lights.sun * (
        0.20 * daylight * side[..., None] ** 2
    )
    sky = colour.blend(sky, fog, 0.75 * torch.exp(-d.elevation.abs() / 0.13))
    falls = _falling(spec, lights)
    rows = (  # distance, trees, tall, half-wide, roundness, leaf grain, ragged depth
        (0.74, 44, (0.10, 0.22), (0.07, 0.15), 2.2, 60, 0.030),
        (0.56, 22, (0.16, 0.34), (0.020, 0.032), 2.0, 120, 0.008),
        (0.42, 30, (0.10, 0.25), (0.07, 0.14), 2.1, 80, 0.030),
        (0.18, 15, (0.10, 0.27), (0.09, 0.18), 2.1, 100, 0.034),
    )
    for k, (distance, count, tall, wide, round_, grain, depth) in enumerate(rows):
        profile = far.crowns(d, seed + 20 + 7 * k, count, tall, wide, 0.012, round_)
        cover = far.leafy(d, profile, seed + 23 + 7 * k, grain, depth)
        body = (
            colour.shifted(leaf, -0.03 * k, -0.006 * k)
            * falls
            * far.sunlit(d, seed + 26 + 7 * k, grain)[..., None]
        )
        sky = far.veiled(sky, cover, body, d, fog, distance, 0.055 - 0.006 * k)
    hedge = 0.060 + 0.006 * noise.line(2 * height, 30, seed + 60, 3)
    gap = (
        smooth(0.25, 0.35, noise.line(2 * height, 5, seed + 61, 1)) * 0.08
    )  # the garden opens here and there
    cover = far.leafy(d, hedge - gap, seed + 62, 180, 0.006)
    body = colour.shifted(leaf, -0.08, -0.01) * falls * far.sunlit(d, seed + 63, 200, 1.2)[..., None]
    sky = far.veiled(sky, cover, body, d, fog, 0.08, 0.014)
    return air.grounded(sky, d, lights, spec, 0.012)


def _trunks(
    d: air.Dome, seed: int, count: int, half: tuple[float, float], profile: float
) -> tuple[torch.Tensor, torch.Tensor]:
    """(cover, roundness −1 to 1 across) of trunks, all the way up, leaning a little, with branch stubs."""
    gap = math.tau / count
    at = (torch.arange(count) + noise.spread(count, seed + 1, 0.2, 0.8)) * gap - math.pi
    wide, lean = noise.spread(count, seed + 2, *half), noise.spread(count, seed + 3, -0.2, 0.2) * gap
    away = (d.azimuth[0][:, None] - at + math.pi) % math.tau - math.pi
    nearest = away.abs().argmin(dim=1)  # for each column its trunk
    off = away.gather(1, nearest[:, None])[:, 0] - lean[nearest] * d.elevation.clamp(min=-0.4)
    rise = d.elevation.clamp(min=0.0)
    width = wide[nearest] * (1.12 - 0.30 * rise.clamp(max=1.2) + 0.5 * torch.exp(-rise / 0.03))
    rough = 1.0 + 0.12 * noise.fbm(d.extent, (count * 4, 30), seed + 4, 3)
    cover = smooth(0.7 * d.pixel, -0.7 * d.pixel, off.abs() * rough - width)
    across = (off / width * rough).clamp(-1.0, 1.0)
    return cover * smooth(profile, profile - 0.12, d.elevation.abs()), across


def sky_forest(spec: SceneSpec, height: int, seed: int) -> torch.Tensor:
    """Blue fog that glows towards the sun, the palest trunks in it, a canopy pierced by light, shafts.

    What stands nearer is grown. A smell of rain closes the canopy and greys the glow.
    """
    d, lights = air.dome(spec, height), air.light(spec)
    leaf, _ = own_colours(spec)
    wet = leaning.rain(spec)
    side = 0.5 + 0.5 * torch.cos(d.turned(math.radians(spec.sky.sun_azimuth_deg))) * torch.cos(d.elevation)
    warm = torch.tensor(0.34 * (1.0 - wet))
    grey = colour.blend(mix(lights.horizon, lights.haze, 0.4), 0.5 * lights.sun, warm)
    fog = grey * (0.72 - 0.12 * wet + (0.6 - 0.15 * wet) * side[..., None] ** 2)
    gilt = (1.0 - wet) * max(0.0, 1.0 - spec.sky.sun_elevation_deg / 45.0)
    fog = fog * torch.tensor((0.86, 0.72, 0.44)) ** gilt  # a low sun is gold in here, never pink
    fog = fog + lights.sun * ((0.44 - 0.26 * wet) * torch.exp(-((d.gamma / 0.62) ** 2)))[..., None] * (1.0 + 0.5 * gilt)
    high = smooth(0.05, 1.2, d.elevation)
    sky = colour.blend(fog, (0.75 - 0.2 * wet) * lights.zenith + 0.35 * lights.horizon, 0.85 * high)
    falls = 0.30 * lights.zenith + 0.34 * lights.horizon
    wood = mix(leaf, colour.shifted(leaf, -0.03, 0.012, 0.45), 0.75)
    rows = ((0.90, 170, (0.0025, 0.006)), (0.80, 110, (0.004, 0.009)))
    for k, (distance, count, half) in enumerate(rows):
        brush = far.crowns(d, seed + 20 + 9 * k, 40, (0.015, 0.045), (0.05, 0.12), 0.004, 2.0)
        shrubs = far.leafy(d, brush, seed + 21 + 9 * k, 90 + 20 * k, 0.02)
        cover, _ = _trunks(d, seed + 24 + 9 * k, count, half, 0.9)
        body = wood * falls
        sky = colour.blend(sky, body + (fog - body) * distance, cover)
        sky = far.veiled(sky, shrubs, leaf * falls, d, fog, min(0.97, distance + 0.04), 0.02)
    sky = _canopy(sky, d, leaf, falls, fog, wet, seed)
    return air.grounded(_shafts(sky, d, lights, seed), d, lights, spec, 0.012)


def _canopy(sky, d: air.Dome, leaf, falls, fog, wet: float, seed: int) -> torch.Tensor:
    """Boughs overhead in two depths, with bright gaps; looked up on planes so that the zenith is whole."""
    for k, (height, scale, distance) in enumerate(
        ((0.16, 0.16, 0.55), (0.30, 0.30, 0.3))
    ):
        field = noise.fbm(512, 9, seed + 70 + k, 6, 0.78)
        u, v, _ = air.on_plane(d, height)
        bough = noise.sample(field, u * scale, v * scale)
        cover = smooth(-0.10, 0.14, bough - 0.14 + 0.05 * k + 0.10 * wet) * smooth(
            0.16 + 0.10 * k, 0.62 + 0.05 * k, d.elevation
        )
        tone = (
            0.55
            + 0.8 * noise.sample(noise.fbm(256, 19, seed + 75 + k, 3), u * scale, v * scale)
            + 0.7 * (0.5 + 0.5 * d.toward_sun) ** 4
        )
        body = leaf * falls * tone.clamp(min=0.2)[..., None]
        sky = colour.blend(sky, body + (fog - body) * distance, cover * 0.62)
    return sky


def _shafts(sky, d: air.Dome, lights: air.Light, seed: int) -> torch.Tensor:
    """Beams through the canopy: rays of noise round the sun's direction, brightest in mid air."""
    sx, sy, sz = d.sun
    flat = math.hypot(sx, sz) or 1.0
    right = (-sz / flat, 0.0, sx / flat)
    up = (-sy * sx / flat, flat, -sy * sz / flat)
    a = d.x * right[0] + d.z * right[2]
    b = d.x * up[0] + d.y * up[1] + d.z * up[2]
    around = torch.atan2(a, -b) / math.tau  # angle about the sun: a beam keeps one value of it
    beam = noise.line(2048, 26, seed + 90, 2, 0.5)[((around % 1.0) * 2048).long() % 2048]
    strength = (
        smooth(-0.1, 0.9, beam) ** 1.5
        * torch.exp(-(((d.gamma - 0.75) / 0.42) ** 2))
        * smooth(-0.05, 0.15, d.elevation)
    )
    return sky + lights.sun * (0.07 * strength)[..., None]
