"""Wide skies: the sea, hills, mountains, dunes."""

import math

import torch

from showroom.imagine.paint import air, colour, far, noise
from showroom.imagine.paint.noise import mix, smooth
from showroom.words.scenespec import SceneSpec


def own_colours(spec: SceneSpec) -> tuple[torch.Tensor, torch.Tensor]:
    """The sky surface's srgb (sea, leaves, rock far away) and accent (mist, snow), linear."""
    sky = spec.surfaces["sky"]
    return colour.parse(sky.srgb), colour.parse(sky.accent_srgb)


def heaven(spec: SceneSpec, d: air.Dome, lights: air.Light, seed: int) -> torch.Tensor:
    """Gradient, two cloud layers and stars: what all open skies begin with."""
    cloud = spec.sky.cloud
    sky = air.open_air(spec, d, lights)
    veil = air.clouds(spec, d, seed + 1, scale=0.030, cover=0.20 + 0.35 * cloud, stretch=2.4)
    low = air.clouds(spec, d, seed + 2, scale=0.070, cover=0.08 + 0.62 * cloud)
    if spec.sky.stars > 0.0:
        shown = air.stars(d, spec.sky.stars, seed + 3) * (1.0 - low.density) * (1.0 - 0.5 * veil.density)
        sky = sky + shown[..., None]
    sky = air.clouded(sky, veil, d, lights, cloud, opaque=0.22 + 0.2 * cloud)
    return air.clouded(sky, low, d, lights, cloud, opaque=0.92)


def sky_sea(spec: SceneSpec, height: int, seed: int) -> torch.Tensor:
    """Clear air over the sea: lit clouds, bright mist on the horizon, glitter under the sun."""
    d, lights = air.dome(spec, height), air.light(spec)
    sky = heaven(spec, d, lights, seed)
    bright = mix(lights.horizon, lights.haze, 0.5) + 0.10 * lights.sun
    sky = air.mist(sky, d, bright, 0.05, 0.7)
    return _sea(sky, spec, d, lights, bright, seed)


def _sea(sky, spec: SceneSpec, d: air.Dome, lights: air.Light, bright: torch.Tensor, seed: int) -> torch.Tensor:
    """Below the horizon: water that mirrors the sky by Fresnel, ruffled, lost in mist far out."""
    deep, _ = own_colours(spec)
    down = (-d.y).clamp(min=1e-3)
    mirrored = sky.flip(0)  # the same angle above the horizon
    fresnel = 0.03 + 0.97 * (1.0 - (down + 0.12).clamp(max=1.0)) ** 5
    swell = noise.fbm(d.extent, (40, 96), seed + 11, 4, 0.6) * smooth(1.3, 0.5, -d.elevation)
    lit = 0.5 * lights.horizon + 0.5 * lights.zenith
    sea = colour.blend((deep * lit).expand_as(sky), mirrored * 0.9, (fresnel * (1.0 + 0.35 * swell)).clamp(0.0, 1.0))
    turn = torch.cos(d.azimuth - math.radians(spec.sky.sun_azimuth_deg))
    glitter = torch.exp((turn - 1.0) / 0.02) * (0.5 + 0.9 * swell).clamp(min=0.0) * torch.exp(-down / 0.22)
    sea = sea + lights.sun * (0.9 * glitter * (spec.sky.sun_elevation_deg > -2.0))[..., None]
    sea = colour.blend(sea, bright.expand_as(sea), torch.exp(-down / 0.05))
    return colour.blend(sky, sea, smooth(0.5 * d.pixel, -1.5 * d.pixel, d.elevation))


def _ridge(d: air.Dome, seed: int, period: int, base: float, rise: float, sharp: float = 0.0) -> torch.Tensor:
    """Profile of a range: base and rise in rad; sharp 0 rolling to 1 broken peaks."""
    rolling = noise.line(2 * d.height, period, seed, 5, 0.45)
    peaks = 1.0 - noise.line(2 * d.height, period, seed + 1, 6, 0.5).abs() * 2.0
    return base + rise * (mix(0.5 + 0.5 * rolling, peaks.clamp(min=-0.2), sharp))


def sky_hills(spec: SceneSpec, height: int, seed: int) -> torch.Tensor:
    """Ridge behind ridge of hills, each paler and bluer, woods and fields on the nearest."""
    d, lights = air.dome(spec, height), air.light(spec)
    land, glow = own_colours(spec)
    sky = heaven(spec, d, lights, seed)
    side = 0.5 + 0.5 * torch.cos(d.azimuth - math.radians(spec.sky.sun_azimuth_deg))
    fog = (0.62 * lights.horizon + 0.18 * glow + 0.2 * lights.haze) + (0.20 * side[..., None] * lights.sun)
    falls = 0.45 * lights.zenith + 0.4 * lights.horizon + 0.75 * lights.sun * max(0.15, math.sin(math.radians(max(0.0, spec.sky.sun_elevation_deg))) + 0.2)
    for k in range(5):
        distance = (0.88, 0.74, 0.56, 0.36, 0.14)[k]
        profile = _ridge(d, seed + 20 + k, (5, 6, 5, 7, 6)[k], 0.055 - 0.012 * k, 0.075 - 0.010 * k)
        cover = far.under(d, profile)
        below = (profile - d.elevation).clamp(min=0.0)
        field = noise.fbm(d.extent, (24 + 10 * k, 60), seed + 30 + k, 4)
        slope = torch.gradient(profile)[0] / d.pixel
        facing = 1.0 + 1.6 * slope * torch.sin(d.azimuth - math.radians(spec.sky.sun_azimuth_deg))  # sunward slopes
        body = land * falls * (facing.clamp(0.55, 1.5) * (1.0 + 0.28 * field))[..., None]
        wood = smooth(0.12, 0.3, noise.fbm(d.extent, (30 + 14 * k, 90), seed + 40 + k, 4, 0.6)) * smooth(0.0, 0.01, below + 0.004)
        body = colour.blend(body, colour.shifted(land, -0.16, -0.02, 0.9) * falls * 0.9, 0.75 * wood)
        body = body + (fog - body) * distance
        body = colour.blend(body, fog * 1.0, 0.75 * torch.exp(-(d.elevation + 0.01 * k + 0.01).clamp(min=0.0) / 0.022) * (1.0 - 0.12 * k))
        sky = colour.blend(sky, body, cover)
        if k >= 3:
            trees = far.crowns(d, seed + 50 + k, 46, (0.006, 0.020), (0.006, 0.016), 0.0, 2.0)
            sparse = trees * (noise.line(2 * height, 9, seed + 60 + k, 2) > 0.05)
            stand = far.leafy(d, torch.where(sparse > 0, profile + sparse, profile - 0.02), seed + 70 + k, 160, 0.006) * (d.elevation > profile - 0.004)
            sky = far.veiled(sky, stand, colour.shifted(land, -0.2, -0.015, 0.8) * falls, d, fog, distance, 0.0)
    return air.grounded(sky, d, lights, spec, 0.05)


def sky_mountains(spec: SceneSpec, height: int, seed: int) -> torch.Tensor:
    """Sharp ranges: snow on lit faces, blue shade, bare rock on the steep, valleys in haze."""
    d, lights = air.dome(spec, height), air.light(spec)
    rock, snow = own_colours(spec)
    sky = heaven(spec, d, lights, seed)
    fog = 0.75 * lights.horizon + 0.25 * lights.haze
    shade = 0.55 * lights.zenith + 0.25 * lights.horizon + 0.3 * lights.fill
    toward = math.radians(spec.sky.sun_azimuth_deg)
    for k, (distance, base, rise, period) in enumerate(((0.62, 0.10, 0.16, 7), (0.40, 0.05, 0.19, 9), (0.20, 0.0, 0.12, 11))):
        profile = _ridge(d, seed + 20 + k, period, base, rise, 0.85)
        below = (profile - d.elevation).clamp(min=0.0)
        # spurs run down from the crest; their flanks face left or right, towards the sun or away
        spur = noise.fbm(d.extent, (26 + 8 * k, 22), seed + 30 + k, 5, 0.58) + 0.7 * (profile - base) / rise
        bent = noise.fbm(d.extent, (60, 60), seed + 40 + k, 3, 0.6)
        flank = (spur.roll(-1, 1) - spur.roll(1, 1)) / d.pixel * 0.045
        lit = smooth(-0.35, 0.55, flank * torch.sin(d.azimuth - toward).sign() * -1.0 * (0.35 + 0.65 * torch.sin(d.azimuth - toward).abs())
                     + 0.28 + 0.25 * bent)
        steep = smooth(0.28, 0.75, (spur.roll(-1, 1) - spur.roll(1, 1)).abs() / d.pixel * 0.03 + 0.45 * bent + 1.5 * below / rise * 0.35)
        body = colour.blend(snow.expand_as(sky), rock.expand_as(sky), 0.9 * steep * smooth(0.0, 0.03, below + 0.01 * bent + 0.006))
        light_ = shade + lights.sun * (0.85 * lit)[..., None]
        body = body * light_ * (1.0 + 0.12 * bent)[..., None]
        body = body + (fog - body) * distance
        body = colour.blend(body, fog.expand_as(sky), 0.85 * torch.exp(-(d.elevation - 0.2 * base).clamp(min=0.0) / 0.03))
        sky = colour.blend(sky, body, far.under(d, profile))
    return air.grounded(sky, d, lights, spec, 0.04)


def sky_dunes(spec: SceneSpec, height: int, seed: int) -> torch.Tensor:
    """Dunes at dusk: crests like blades, one flank lit and one in violet shade, dust lying between."""
    d, lights = air.dome(spec, height), air.light(spec)
    sand, glow = own_colours(spec)
    sky = heaven(spec, d, lights, seed)
    turn = d.azimuth - math.radians(spec.sky.sun_azimuth_deg)
    side = 0.5 + 0.5 * torch.cos(turn)
    dust = 0.5 * lights.horizon + 0.3 * lights.haze + 0.35 * side[..., None] ** 3 * (0.6 * lights.sun + 0.4 * glow)
    sky = colour.blend(sky, dust.expand_as(sky), 0.55 * torch.exp(-d.elevation.abs() / 0.09))
    shade = 0.6 * lights.zenith + 0.35 * lights.fill + 0.10 * lights.horizon
    for k, distance in enumerate((0.80, 0.62, 0.42, 0.22)):
        period, base, rise = (6, 7, 6, 5)[k], 0.050 - 0.014 * k, 0.055 - 0.006 * k
        crest = noise.line(2 * height, period, seed + 20 + k, 3, 0.4)
        profile = base + rise * (1.0 - crest.abs() * 1.5).clamp(min=-0.5)  # folds, not waves: a crest is an edge
        below = (profile - d.elevation).clamp(min=0.0)
        # the blade winds down the dune from each summit: one flank of it faces the light
        wind = noise.fbm(d.extent, (period * 3, 12), seed + 30 + k, 3, 0.5)
        flank = crest.expand(d.extent) + 0.35 * wind - 2.2 * below
        lit = smooth(-0.05, 0.05, flank) * 0.75 + 0.25 * side
        ripple = 1.0 + 0.05 * torch.sin(900.0 * below + 9.0 * wind) * smooth(0.0, 0.02, below)
        body = sand * (shade + lights.sun * (0.95 * lit * (0.45 + 0.55 * (1.0 - side)) + 0.10)[..., None]) * ripple[..., None]
        rim = torch.exp(-below / (1.2 * d.pixel)) * side**2
        body = body + lights.sun * (0.35 * rim)[..., None]
        body = body + (dust - body) * distance
        body = colour.blend(body, dust.expand_as(sky), 0.7 * torch.exp(-(d.elevation + 0.02).clamp(min=0.0) / 0.02) * (0.4 + 0.6 * distance))
        sky = colour.blend(sky, body, far.under(d, profile))
    return air.grounded(sky, d, lights, spec, 0.06)
