"""Wide skies: the sea, hills, mountains, dunes."""

import math

import torch

from showroom.imagine.paint import air, colour, noise
from showroom.imagine.paint.noise import mix, smooth
from showroom.words.scenespec import SceneSpec


def sky_sea(spec: SceneSpec, height: int, seed: int) -> torch.Tensor:
    """Clear air over the sea: two layers of lit cloud, bright mist on the horizon, glitter under the sun."""
    d, lights = air.dome(spec, height), air.light(spec)
    sky = air.open_air(spec, d, lights)
    thin = air.clouds(spec, d, seed + 1, scale=0.03, cover=0.25 + 0.4 * spec.sky.cloud, stretch=2.2)
    sky = air.clouded(sky, thin, d, lights, spec.sky.cloud, opaque=0.35)
    low = air.clouds(spec, d, seed + 2, scale=0.075, cover=0.15 + 0.55 * spec.sky.cloud)
    sky = air.clouded(sky, low, d, lights, spec.sky.cloud, opaque=0.9)
    sky = sky + air.stars(d, spec.sky.stars, seed + 3)[..., None] * (1.0 - low.density)[..., None]
    bright = mix(lights.horizon, lights.haze, 0.5) + 0.12 * lights.sun
    sky = air.mist(sky, d, bright, 0.055, 0.75)
    return _sea(sky, spec, d, lights, bright, seed)


def _sea(sky, spec: SceneSpec, d: air.Dome, lights: air.Light, bright: torch.Tensor, seed: int) -> torch.Tensor:
    """Below the horizon: water that mirrors the sky by Fresnel, ruffled, lost in mist far out."""
    water = spec.surfaces.get("water")
    deep = colour.parse(water.srgb) if water else lights.ground
    down = (-d.y).clamp(min=1e-3)
    mirrored = sky.flip(0)  # the same angle above the horizon
    fresnel = 0.03 + 0.97 * (1.0 - (down + 0.12).clamp(max=1.0)) ** 5
    swell = noise.fbm(d.extent, (40, 96), seed + 11, 4, 0.6)
    lit = 0.5 * lights.horizon + 0.5 * lights.zenith
    sea = colour.blend((deep * lit).expand_as(sky), mirrored * 0.9, (fresnel * (1.0 + 0.35 * swell)).clamp(0.0, 1.0))
    turn = torch.cos(d.azimuth - math.radians(spec.sky.sun_azimuth_deg))
    glitter = torch.exp((turn - 1.0) / 0.02) * (0.5 + 0.9 * swell).clamp(min=0.0) * torch.exp(-down / 0.22)
    sea = sea + lights.sun * (0.9 * glitter * (spec.sky.sun_elevation_deg > -2.0))[..., None]
    sea = colour.blend(sea, bright.expand_as(sea), torch.exp(-down / 0.05))
    return colour.blend(sky, sea, smooth(0.5 * d.pixel, -1.5 * d.pixel, d.elevation))
