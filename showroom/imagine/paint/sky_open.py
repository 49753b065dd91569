"""Wide skies: the sea, mountains."""

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
    veil = air.clouds(spec, d, seed + 1, scale=0.045, cover=0.22 + 0.35 * cloud, puffy=0.0, stretch=1.2)
    low = air.clouds(spec, d, seed + 2, scale=0.085, cover=0.10 + 0.62 * cloud)
    if spec.sky.stars > 0.0:
        shown = air.stars(d, spec.sky.stars, seed + 3) * (1.0 - low.density) * (1.0 - 0.5 * veil.density)
        sky = sky + shown[..., None]
    sky = air.clouded(sky, veil, d, lights, opaque=0.36 + 0.2 * cloud)
    return air.clouded(sky, low, d, lights, opaque=0.92)


def sky_sea(spec: SceneSpec, height: int, seed: int) -> torch.Tensor:
    """Clear air over the sea: lit clouds, bright mist on the horizon, glitter under the sun."""
    d, lights = air.dome(spec, height), air.light(spec)
    sky = heaven(spec, d, lights, seed)
    bright = mix(lights.horizon, lights.haze, 0.5) + 0.10 * lights.sun
    sky = air.mist(sky, d, bright, 0.05, 0.7)
    return _sea(sky, spec, d, lights, bright, seed)


def _sea(
    sky, spec: SceneSpec, d: air.Dome, lights: air.Light, bright: torch.Tensor, seed: int
) -> torch.Tensor:
    """Below the horizon: water that mirrors the sky by Fresnel, ruffled, lost in mist far out."""
    deep, _ = own_colours(spec)
    down = (-d.y).clamp(min=1e-3)
    mirrored = sky.flip(0)  # the same angle above the horizon
    fresnel = 0.03 + 0.97 * (1.0 - (down + 0.12).clamp(max=1.0)) ** 5
    swell = noise.fbm(d.extent, (40, 96), seed + 11, 4, 0.6) * smooth(1.3, 0.5, -d.elevation)
    lit = 0.5 * lights.horizon + 0.5 * lights.zenith
    sea = colour.blend(
        (deep * lit).expand_as(sky), mirrored * 0.9, (fresnel * (1.0 + 0.35 * swell)).clamp(0.0, 1.0)
    )
    turn = torch.cos(d.azimuth - math.radians(spec.sky.sun_azimuth_deg))
    glitter = torch.exp((turn - 1.0) / 0.02) * (0.5 + 0.9 * swell).clamp(min=0.0) * torch.exp(-down / 0.22)
    sea = sea + lights.sun * (0.9 * glitter * (spec.sky.sun_elevation_deg > -2.0))[..., None]
    sea = colour.blend(sea, bright.expand_as(sea), torch.exp(-down / 0.05))
    return colour.blend(sky, sea, smooth(0.5 * d.pixel, -1.5 * d.pixel, d.elevation))


def _ground_light(lights: air.Light) -> torch.Tensor:
    """Light of the sky alone on open land (3,)."""
    return 0.50 * lights.zenith + 0.30 * lights.horizon + 0.35 * lights.fill


def _fogged(
    body: torch.Tensor, d: air.Dome, spec: SceneSpec, lights: air.Light, hit: far.Land, reach_m: float
) -> torch.Tensor:
    """Land seen through air of the horizon's colour, brighter towards the sun."""
    side = 0.5 + 0.5 * torch.cos(d.azimuth - math.radians(spec.sky.sun_azimuth_deg))
    fog = 0.75 * lights.horizon + 0.2 * lights.haze + lights.sun * (0.16 * side**3)[..., None]
    clear = torch.exp(-hit.distance_m / reach_m)
    return fog + (body - fog) * clear[..., None]


def sky_mountains(spec: SceneSpec, height: int, seed: int) -> torch.Tensor:
    """A ring of peaks: sharp under snow where the air is cold, bare rock where it is steep, blue shade;
    where it is warm, green ridges behind green ridges in mist."""
    d, lights = air.dome(spec, height), air.light(spec)
    rock, snow = own_colours(spec)
    if spec.main_place(spec.place) == "alpine_snow":  # its peaks are grown
        return air.grounded(_thin_air(spec, d, lights, seed), d, lights, spec, 0.03)
    sky = heaven(spec, d, lights, seed)
    wx, wy = noise.fbm(512, 4, seed + 20, 4), noise.fbm(512, 4, seed + 21, 4)
    peaks = noise.warp(noise.ridged(512, 5, seed + 22, 6, 0.44), 0.03 * wx, 0.03 * wy)
    summits = peaks * (0.55 + 0.75 * noise.value(512, 4, seed + 23))
    cold = min(1.0, max(0.0, (284.0 - spec.ambience.temperature_k) / 8.0))
    if cold < 1.0:  # forests round a mountain off
        summits = mix(0.8 * noise.blur(summits, 0.007), summits, cold)
    hit = far.land(d, 2100.0 * summits - 420.0, tile_m=13000.0, near_m=700.0, far_m=16000.0, rising_m=4200.0)
    sunned = hit.lit(d, 1.0)
    steep = smooth(0.62, 1.10, hit.slope + 0.35 * hit.look(noise.fbm(512, 40, seed + 24, 3)))
    low = smooth(420.0, 120.0, hit.height_m)
    bare = torch.clamp(0.88 * steep + 0.35 * low, max=0.95)
    clad = mix(colour.shifted(rock, 0.03, 0.01), snow, cold)
    body = colour.blend(
        clad.expand_as(sky), mix(colour.shifted(rock, -0.08), rock, cold).expand_as(sky), bare
    )
    body = body * (_ground_light(lights) + lights.sun * (0.95 * sunned)[..., None])
    sky = colour.blend(sky, _fogged(body, d, spec, lights, hit, mix(4200.0, 9500.0, cold)), hit.cover)
    sky = far.eased(sky, d, hit)
    return air.grounded(sky, d, lights, spec, 0.012)


def _thin_air(spec: SceneSpec, d: air.Dome, lights: air.Light, seed: int) -> torch.Tensor:
    """The sky from high up: deep blue to near the horizon, a bright seam of haze, a few combed ice clouds."""
    up = d.elevation.clamp(min=0.0)
    sky = air.open_air(spec, d, lights)
    deep = lights.zenith * (1.25 - 0.6 * smooth(0.2, 1.5, up))[..., None]
    sky = colour.blend(sky, deep + 0.2 * (sky - deep), 0.92 * smooth(-0.05, 0.42, up))
    cover = 0.14 + 0.4 * spec.sky.cloud
    veil = air.clouds(spec, d, seed + 1, scale=0.06, cover=cover, puffy=0.0, stretch=2.4)
    sky = air.clouded(sky, veil, d, lights, opaque=0.45)
    bright = 0.6 * lights.horizon + 0.35 * lights.haze + 0.08 * lights.sun
    return colour.blend(sky, bright.expand_as(sky), 0.8 * torch.exp(-((d.elevation / 0.10) ** 2)))
