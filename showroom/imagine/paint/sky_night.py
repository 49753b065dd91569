"""Night: a street of lamps out of focus."""

import math

import torch

from showroom.imagine.paint import air, colour, far, noise
from showroom.imagine.paint.noise import smooth
from showroom.imagine.paint.sky_open import own_colours
from showroom.words.scenespec import SceneSpec


def sky_city(spec: SceneSpec, height: int, seed: int) -> torch.Tensor:
    """A street by night: walls with lit windows, lanterns far and near as discs of light, sky-glow above."""
    d, lights = air.dome(spec, height), air.light(spec)
    wall, lamp = own_colours(spec)
    sky = air.open_air(spec, d, lights) * 0.8
    cloud = air.clouds(spec, d, seed + 1, scale=0.06, cover=0.25 + 0.5 * spec.sky.cloud)
    sky = colour.blend(sky, sky * 0.6 + lights.horizon * 0.35, 0.7 * cloud.density)
    sky = sky + air.stars(d, spec.sky.stars * (1.0 - spec.sky.cloud), seed + 2)[..., None] * (1.0 - cloud.density)[..., None]
    sky = sky + lamp * (0.05 * torch.exp(-d.elevation.clamp(min=0.0) / 0.20))[..., None]
    falls = 0.30 * lights.horizon + 0.15 * lights.zenith + 0.04 * lamp
    for k, (distance, houses, tall) in enumerate(((0.6, 54, 0.15), (0.25, 30, 0.21))):
        sky = _houses(sky, d, seed + 10 + 9 * k, houses, tall, wall * falls, lamp, lights, distance)
    warm = torch.stack(
        [
            lamp,
            lamp,
            colour.shifted(lamp, 0.03, -0.03, 0.7),
            colour.shifted(lamp, -0.08, 0.03, 1.2),
            colour.shifted(lights.fill.clamp(min=0.03), 0.3),
        ]
    )
    for k, (count, size, high, power) in enumerate(
        ((60, (0.006, 0.014), 0.09, 1.9), (34, (0.018, 0.036), 0.13, 0.75), (14, (0.045, 0.075), 0.17, 0.24))
    ):
        sky = sky + power * far.lamps(d, seed + 30 + k, count, 0.0, high, size, warm)
    ground = (lights.ground * (falls + 0.10 * lamp)).expand_as(sky)
    if "ground" in spec.surfaces:  # wet stones draw the lights out into long streaks
        streaks = sky.flip(0)
        for reach in (2, 4, 8, 16):
            reach = max(1, reach * d.height // 512)
            streaks = 0.5 * (streaks.roll(reach, 0) + streaks.roll(-reach, 0))
        shimmer = 0.6 + 0.5 * noise.fbm(d.extent, (60, 90), seed + 50, 3)
        sheen = (0.30 * smooth(1.2, 0.0, -d.elevation) * shimmer * spec.surfaces["ground"].wetness)[..., None]
        ground = ground + streaks * sheen
    return colour.blend(sky, ground, smooth(0.0, -0.03, d.elevation))


def _houses(
    sky, d: air.Dome, seed: int, count: int, tall: float, body, lamp, lights: air.Light, distance: float
) -> torch.Tensor:
    """A row of house fronts with unlike roofs; some of their windows are lit, warm and dim."""
    column = (d.azimuth / math.tau + 0.5) * count
    house = column.floor().long() % count
    high = (tall * noise.spread(count, seed + 1, 0.45, 1.0))[house]
    gable = (0.5 - (column % 1.0 - 0.5).abs()) * 0.06 * (noise.rand(count, seed + 2) > 0.45)[house]
    front = smooth(0.006, -0.006, d.elevation - high - gable)
    tone = noise.spread(count, seed + 3, 0.55, 1.25)[house] * (
        1.0 + 0.25 * noise.fbm(d.extent, (90, 45), seed + 4, 3)
    )
    rows, panes = 0.060, 2.0
    row, pane = (d.elevation / rows).floor(), (column * panes).floor()
    key = (row * 131 + pane * 17).long() % 2048
    x, y = (column * panes) % 1.0 - 0.5, (d.elevation / rows) % 1.0 - 0.5
    window = (
        smooth(0.34, 0.16, x.abs())
        * smooth(0.44, 0.24, y.abs())
        * smooth(0.0, 0.03, d.elevation)
        * smooth(0.0, 0.02, high - 0.02 - d.elevation)
    )
    shine = (
        window
        * smooth(0.66, 0.80, noise.rand(2048, seed + 5)[key])
        * (0.2 + 0.8 * noise.rand(2048, seed + 6)[key])
    )
    face = (
        body * tone.clamp(min=0.2)[..., None] * (1.0 - 0.3 * window)[..., None]
        + lamp * (0.42 * shine)[..., None]
    )
    haze = 0.5 * lights.horizon + 0.05 * lamp
    return colour.blend(sky, face + (haze - face) * distance * 0.5, front)
