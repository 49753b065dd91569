"""The lagoon's sky: deep blue, trade-wind cumulus in towers over the sea, islands far out."""

import math

import torch

from showroom.imagine.paint import air, colour, far, noise
from showroom.imagine.paint.noise import mix, smooth
from showroom.imagine.paint.sky_open import own_colours
from showroom.words.scenespec import SceneSpec

_BASE = 0.045  # elevation of the clouds' level bottoms, rad


def sky_lagoon(spec: SceneSpec, height: int, seed: int) -> torch.Tensor:
    """Towers of cloud on one level over a sea that pales towards the reef; two islands."""
    d, lights = air.dome(spec, height), air.light(spec)
    sky = air.open_air(spec, d, lights)
    noon = min(1.0, max(0.0, (spec.sky.sun_elevation_deg - 12.0) / 18.0))
    clear = lights.zenith * (1.12 - 0.35 * smooth(0.3, 1.4, d.elevation))[..., None]
    sky = colour.blend(sky, clear + 0.2 * (sky - clear), 0.8 * noon * smooth(0.02, 0.5, d.elevation))
    veil = air.clouds(
        spec, d, seed + 1, scale=0.05, cover=0.06 + 0.26 * spec.sky.cloud, puffy=0.15, stretch=1.6
    )
    sky = air.clouded(sky, veil, d, lights, opaque=0.3)
    bright = mix(lights.horizon, lights.haze, 0.4) + 0.06 * lights.sun
    sky = air.mist(sky, d, bright, 0.045, 0.55)
    for row, (count, tall, pale) in enumerate(((11, 0.11, 0.5), (6, 0.3, 0.1))):
        sky = _towers(sky, d, lights, bright, spec.sky.cloud, count, tall, pale, seed + 40 + 9 * row)
    sky = _islands(sky, d, lights, spec, bright, seed + 70)
    return _sea(sky, spec, d, lights, bright, seed)


def _towers(
    sky, d: air.Dome, lights: air.Light, bright, cloud: float, count: int, tall: float, pale: float, seed: int
) -> torch.Tensor:
    """A row of heaped clouds: domes on domes, flat below; lit from the sun's side and from above."""
    columns = 2 * d.height
    rough = noise.fbm(d.extent, (80, 40), seed, 5, 0.55)
    swell = noise.line(columns, count, seed + 2, 3, 0.55)
    top = _BASE + tall * (1.7 * swell + 0.22 + 0.5 * cloud).clamp(0.0, 1.5)
    lumps = -0.55 + sum(  # domes that meet in creases, smaller ones on larger
        2.0 * 0.6**k * noise.fbm(d.extent, (26 << k, 13 << k), seed + 3 + k, 1).abs() for k in range(4)
    )
    depth = (top - d.elevation) / (0.2 * tall) + 0.9 * lumps + 0.25 * rough - 0.36
    cover = smooth(0.0, 0.14, depth) * smooth(_BASE - 0.012, _BASE + 0.01, d.elevation + 0.012 * rough)
    step = max(1, d.height // 90)
    side = -1 if d.sun[0] >= 0 else 1
    facing = lumps - 0.5 * (lumps.roll(-step, 0) + lumps.roll(side * step, 1))
    high = ((d.elevation - _BASE) / tall).clamp(0.0, 1.0)
    lit = (0.34 + 0.5 * high + 1.1 * facing).clamp(0.0, 1.15)
    shade = 0.3 * lights.zenith + 0.34 * lights.horizon + 0.25 * lights.fill
    body = shade + lights.sun * (0.8 * lit)[..., None]
    body = colour.blend(
        body,
        bright.expand_as(body),
        pale + (1.0 - pale) * 0.7 * torch.exp(-d.elevation.clamp(min=0.0) / 0.05),
    )
    return colour.blend(sky, body, 0.96 * cover)


def _islands(sky, d: air.Dome, lights: air.Light, spec: SceneSpec, bright, seed: int) -> torch.Tensor:
    """A high green island to the left and a low one with palms, both blue with distance."""
    for azimuth, wide, tall, far_off in (
        (-34.0, 17.0, 0.058, 0.62),
        (21.0, 9.0, 0.018, 0.5),
        (128.0, 22.0, 0.04, 0.7),
    ):
        off = torch.rad2deg(d.turned(math.radians(azimuth))[0]) / wide
        ridge = noise.line(2 * d.height, 60, seed, 4, 0.6)
        profile = (
            tall * ((1.0 - off.abs().clamp(max=1.0) ** 1.5) * (0.75 + 0.5 * ridge)).clamp(min=0.0) - 0.003
        )
        body = (0.5 * lights.horizon + 0.35 * lights.sun) * colour.parse("#3f6b4a")
        sky = far.veiled(sky, far.under(d, profile), body, d, bright, far_off, 0.006)
    return sky


def _sea(sky, spec: SceneSpec, d: air.Dome, lights: air.Light, bright, seed: int) -> torch.Tensor:
    """Below the horizon: turquoise near, ink blue far, the sky on it by Fresnel, a white reef."""
    shoal, _ = own_colours(spec)
    down = (-d.y).clamp(min=1e-3)
    fresnel = 0.03 + 0.97 * (1.0 - (down + 0.12).clamp(max=1.0)) ** 5
    deep = colour.parse("#0d4f86") * (0.5 * lights.horizon + 0.5 * lights.zenith)
    near = shoal * (0.6 * lights.horizon + 0.5 * lights.sun)
    sea = colour.blend(deep.expand_as(sky), near.expand_as(sky), smooth(0.015, 0.05, down))
    sea = colour.blend(sea, 0.85 * sky.flip(0), 0.7 * fresnel)
    sea = colour.blend(sea, bright.expand_as(sea), 0.7 * torch.exp(-down / 0.006))
    sky = colour.blend(sky, sea, smooth(0.5 * d.pixel, -1.0 * d.pixel, d.elevation))
    # the sand the visitor stands on lights all things from below
    return colour.blend(sky, air.grounded(sky, d, lights, spec), smooth(-0.12, -0.35, d.elevation))
