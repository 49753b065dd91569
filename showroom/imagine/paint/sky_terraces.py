"""Ridge upon ridge over terraces of tea, each paler than the one before it, mist lying between."""

import math

import torch

from showroom.imagine.paint import air, colour, far, noise
from showroom.imagine.paint.noise import mix, smooth
from showroom.imagine.paint.sky_open import heaven, own_colours
from showroom.words.scenespec import SceneSpec

_RIDGES = (  # how far in the haze, lowest and how much higher (rad), waves round the horizon, trees' depth
    (0.84, 0.140, 0.30, 5, 0.000),
    (0.73, 0.105, 0.26, 7, 0.000),
    (0.60, 0.075, 0.21, 6, 0.001),
    (0.46, 0.048, 0.17, 9, 0.002),
    (0.33, 0.024, 0.13, 8, 0.003),
    (0.20, 0.004, 0.09, 11, 0.005),
)


def sky_terraces(spec: SceneSpec, height: int, seed: int) -> torch.Tensor:
    """Wooded ridges one behind the other, lit from the sun's side, their feet in mist that glows towards it."""
    d, lights = air.dome(spec, height), air.light(spec)
    leaf, glow = own_colours(spec)
    sky = heaven(spec, d, lights, seed)
    side = 0.5 + 0.5 * torch.cos(d.azimuth - math.radians(spec.sky.sun_azimuth_deg))
    bright = mix(lights.horizon, glow * lights.horizon.max().clamp(min=0.05), 0.4)
    fog = 0.84 * bright + lights.sun * (0.16 * side[..., None] ** 3)
    sky = colour.blend(sky, fog, 0.6 * torch.exp(-d.elevation.abs() / 0.16))
    falls = 0.6 * lights.zenith + 0.35 * lights.horizon
    for k, (distance, low, tall, waves, trees) in enumerate(_RIDGES):
        profile = _ridge(2 * height, low, tall, waves, seed + 20 + 7 * k)
        if trees > 0.0:
            cover = far.leafy(d, profile, seed + 23 + 7 * k, 90 + 40 * k, trees)
        else:
            cover = far.under(d, profile)
        slope = (profile.roll(-3) - profile.roll(3)) * math.copysign(
            1.0, math.sin(math.radians(spec.sky.sun_azimuth_deg))
        )
        lit = (0.75 + 14.0 * slope).clamp(0.35, 1.35)[None, :] * (
            1.0 + 0.25 * noise.fbm(d.extent, (70, 60), seed + 26 + 7 * k, 3)
        )
        body = colour.shifted(leaf, -0.01 * k, 0.002 * k) * (falls + 0.5 * lights.sun * lit[..., None])
        sky = far.veiled(sky, cover, body, d, fog, distance, 0.0)
        bank = torch.exp(-(((d.elevation - low).clamp(min=0.0) / (0.020 + 0.30 * low)) ** 1.3))
        sky = colour.blend(
            sky, fog, 0.72 * bank * smooth(-0.4, 0.3, noise.fbm(d.extent, (9, 5), seed + 80 + k, 3)) * cover
        )
    return air.grounded(sky, d, lights, spec, 0.03)


def _ridge(columns: int, low: float, tall: float, waves: int, seed: int) -> torch.Tensor:
    """(columns,) elevation of a skyline, rad: rounded summits with saddles between, fine shoulders on them."""
    broad = 0.5 + 0.9 * noise.line(columns, waves, seed, 2, 0.4)
    crest = 1.0 - 1.8 * noise.line(columns, 2 * waves + 1, seed + 1, 4, 0.45).abs()
    return low + tall * (0.6 * broad + 0.4 * crest).clamp(0.0, 1.0) ** 1.3
