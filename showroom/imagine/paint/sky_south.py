"""The south under a settled sky: a blue hill over groves, ochre hills round fields of herbs, fair clouds."""

import math
from dataclasses import replace

import torch

from showroom.imagine.paint import air, colour, far, noise
from showroom.imagine.paint.noise import mix, smooth
from showroom.imagine.paint.sky_open import heaven, own_colours
from showroom.words.scenespec import SceneSpec

_SCRUB = "#4c5733"  # kermes oak, broom and pine on dry hills
_FAIR = 0.22  # of cloud, more is not seen here: what would be grey elsewhere is a white heap or two


def sky_grove(spec: SceneSpec, height: int, seed: int) -> torch.Tensor:
    """A clear deep sky, a long blue mountain ahead and lesser hills before it, pale with distance."""
    d, lights = air.dome(spec, height), air.light(spec)
    blue = mix(lights.horizon, lights.zenith, 0.52) * 0.78
    side = 0.5 + 0.5 * torch.cos(d.turned(math.radians(spec.sky.sun_azimuth_deg)))
    fog = blue + (0.25 * lights.haze + 0.06 * lights.sun) * side[..., None] ** 2 + 0.06 * lights.haze
    hit = far.land(d, _relief(seed), tile_m=7800.0, near_m=420.0, far_m=12000.0, rising_m=2600.0)
    return _landscape(spec, d, lights, hit, fog, 3400.0, seed)


def sky_fields(spec: SceneSpec, height: int, seed: int) -> torch.Tensor:
    """A gilded sky that is still blue overhead; ochre hills under scrub, each range nearer the light's colour."""
    d, lights = air.dome(spec, height), air.light(spec)
    side = 0.5 + 0.5 * torch.cos(d.turned(math.radians(spec.sky.sun_azimuth_deg)))
    violet = mix(lights.horizon, lights.zenith, 0.42) * torch.tensor((0.86, 0.74, 0.92))
    fog = 0.82 * violet + (0.3 * lights.haze + 0.3 * lights.sun) * side[..., None] ** 3
    hit = far.land(d, 0.62 * _relief(seed), tile_m=6400.0, near_m=320.0, far_m=11000.0, rising_m=1700.0)
    return _landscape(spec, d, lights, hit, fog, 3000.0, seed)


def _landscape(spec: SceneSpec, d: air.Dome, lights: air.Light, hit: far.Land, fog: torch.Tensor, reach_m: float,
               seed: int) -> torch.Tensor:
    """Fair sky, a bright seam along the horizon, and the land through fog that hides half of it at reach_m."""
    land, glow = own_colours(spec)
    fair = replace(spec, sky=replace(spec.sky, cloud=_FAIR * spec.sky.cloud ** 0.5))
    sky = heaven(fair, d, lights, seed)
    sky = colour.blend(sky, 0.85 * lights.horizon + 0.1 * lights.haze, 0.6 * torch.exp(-d.elevation.abs() / 0.09))
    falls = 0.42 * lights.zenith + 0.34 * lights.horizon + 0.3 * lights.fill
    body = _clad(land, glow, hit, seed) * (falls + lights.sun * (0.8 * hit.lit(d, 1.1))[..., None])
    body = fog + (body - fog) * torch.exp(-hit.distance_m / reach_m)[..., None]
    sky = far.eased(colour.blend(sky, body, hit.cover), d, hit)
    return air.grounded(sky, d, lights, spec, 0.012)


def _relief(seed: int) -> torch.Tensor:
    """(512, 512) heights, metres: broad backs with a sharper crest along them."""
    broad = noise.fbm(512, 4, seed + 20, 3, 0.4)
    crest = noise.ridged(512, 4, seed + 21, 5, 0.42)
    bent = noise.warp(crest, 0.03 * noise.fbm(512, 4, seed + 22, 3), 0.03 * noise.fbm(512, 4, seed + 23, 3))
    return 90.0 + 260.0 * broad + 620.0 * noise.blur(bent, 0.003) * smooth(-0.5, 0.5, broad)


def _clad(land: torch.Tensor, glow: torch.Tensor, hit: far.Land, seed: int) -> torch.Tensor:
    """Colour of what grows: dry grass, dark scrub in the folds, olives in rows lower down, pale rock on top."""
    scrub = hit.look(smooth(-0.16, 0.12, noise.fbm(512, 26, seed + 24, 6, 0.68)))
    olives = hit.look(smooth(0.2, 0.5, noise.fbm(512, 150, seed + 25, 2))) * smooth(420.0, 120.0, hit.height_m)
    rock = smooth(0.55, 0.95, hit.slope + 0.3 * hit.look(noise.fbm(512, 60, seed + 26, 3)))
    green = colour.parse(_SCRUB)
    body = colour.blend(land.expand(*scrub.shape, 3), green, 0.85 * scrub)
    body = colour.blend(body, colour.shifted(green, 0.08, 0.01, 0.7), 0.6 * olives)
    return colour.blend(body, colour.blend(colour.shifted(land, 0.1, 0.02), glow, torch.tensor(0.25)), 0.6 * rock)
