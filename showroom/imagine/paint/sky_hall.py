"""The hall's sky: blue hour over snow mountains, as it stands outside a dome of clear ice.

Nothing of the dome is painted here: its facets are grown, and bend this picture.
"""

import math

import torch

from showroom.imagine.paint import air, colour, noise
from showroom.imagine.paint.noise import smooth
from showroom.words.scenespec import SceneSpec

_RIDGES = ((0.052, 9, 0.075, 0.62), (0.034, 17, 0.05, 0.34), (0.012, 31, 0.035, 0.12))
_AFTERGLOW, _VENUS = "#ff9558", "#b98aa8"


def sky_hall(spec: SceneSpec, height: int, seed: int) -> torch.Tensor:
    """Deep blue above, an afterglow where the sun went, ridges of snow, stars, a thread of aurora."""
    d, lights = air.dome(spec, height), air.light(spec)
    up = d.elevation.clamp(min=0.0)
    west = d.turned(math.radians(spec.sky.sun_azimuth_deg))
    dusk = colour.blend(lights.zenith.expand(*d.extent, 3), lights.horizon, torch.exp(-up / 0.20))
    low = torch.exp(-up / 0.07)
    dusk = dusk + colour.parse(_AFTERGLOW) * (3.0 * torch.exp(-((west / 0.36) ** 2)) * low)[..., None]
    dusk = dusk + lights.horizon * (1.2 * torch.exp(-((west / 0.5) ** 2)) * torch.exp(-up / 0.13))[..., None]
    east = torch.exp(-(((west.abs() - math.pi) / 1.1) ** 2)) * torch.exp(-(((up - 0.13) / 0.07) ** 2))
    dusk = dusk + colour.parse(_VENUS) * (0.30 * east)[..., None]
    dusk = dusk + _aurora(d, up, seed) + air.stars(d, spec.sky.stars, seed + 6)[..., None]
    for share, (middle, waves, tall, pale) in enumerate(_RIDGES):
        dusk = _ridge(dusk, d, lights, west, middle, waves, tall, pale, seed + 20 + share)
    return colour.blend(dusk, _below(d, lights, west, seed), smooth(0.004, -0.02, d.elevation))


def _aurora(d: air.Dome, up: torch.Tensor, seed: int) -> torch.Tensor:
    """A faint green curtain high in the sky."""
    curtain = noise.fbm(d.extent, (7, 3), seed + 1, 4, 0.55)
    folds = noise.fbm(d.extent, (70, 2), seed + 2, 3, 0.6)
    body = smooth(0.0, 0.7, curtain + 0.3 * folds) * torch.exp(-(((up - 0.62) / 0.22) ** 2))
    return colour.parse("#4fd6b0") * (0.085 * body)[..., None]


def _ridge(sky, d: air.Dome, lights: air.Light, west, middle: float, waves: int, tall: float, pale: float,
           seed: int) -> torch.Tensor:
    """One range of mountains: snow that still holds the west's light, rock where it is steep."""
    line = noise.ridged(d.extent, (waves, 1), seed, 5)[d.height // 2]
    crest = middle + tall * (line - line.mean()) * 2.0
    inside = smooth(0.004, -0.004, d.elevation - crest[None, :])
    drop = (crest[None, :] - d.elevation).clamp(min=0.0)
    broken = noise.ridged(d.extent, (waves * 2, waves), seed + 5, 5)
    lit = smooth(0.35, 0.75, broken) * (0.55 + 0.45 * torch.cos(west))
    snow = lights.horizon * 0.42 + colour.parse(_AFTERGLOW) * 0.05
    rock = lights.zenith * 0.55 + lights.horizon * 0.05
    face = rock + (snow - rock) * (0.25 + 0.75 * lit)[..., None]
    mist = smooth(0.0, 0.06, drop) * 0.5 + pale * 0.6
    face = face + (lights.horizon * 0.8 - face) * mist.clamp(0.0, 0.9)[..., None]
    return colour.blend(sky, face, inside)


def _below(d: air.Dome, lights: air.Light, west: torch.Tensor, seed: int) -> torch.Tensor:
    """A sea of cloud in the valleys, rose where the afterglow reaches it; dark towards the feet, where the
    hall's own floor lies."""
    down = (-d.elevation).clamp(min=0.0)
    swell = noise.fbm(d.extent, (26, 40), seed + 3, 5, 0.55) + 0.6 * noise.fbm(d.extent, (9, 24), seed + 4, 3)
    near = torch.exp(-((west / 0.42) ** 2))
    field = lights.horizon * (0.42 + 0.5 * near + 0.26 * swell)[..., None]
    rosy = near * torch.exp(-down / 0.10) * (1.0 + 0.8 * swell)
    field = field + colour.parse(_AFTERGLOW) * rosy[..., None]
    floor = lights.ground * 0.5 * lights.horizon
    return floor + (field - floor) * torch.exp(-((down / 0.55) ** 2))[..., None]
