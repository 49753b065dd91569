"""Undergrowth: a wet wood seen from its floor, crooked trunks paling into a lit glade, leaves overhead."""

import math

import torch

from showroom.imagine import leaning
from showroom.imagine.paint import air, colour, far, noise
from showroom.imagine.paint.noise import mix, smooth
from showroom.imagine.paint.sky_open import own_colours
from showroom.words.scenespec import SceneSpec


def sky_undergrowth(spec: SceneSpec, height: int, seed: int) -> torch.Tensor:
    """Mist that glows in one glade, under the sun; rows of old trees before it; a roof of leaves with gaps.

    A smell of humus turns leaves and light to autumn and lets less of it in.
    """
    d, lights = air.dome(spec, height), air.light(spec)
    leaf, glow = own_colours(spec)
    brown = leaning.earth(spec)
    leaf = colour.blend(leaf, colour.shifted(leaf * torch.tensor((1.7, 0.95, 0.45)), 0.0), torch.tensor(0.5 * brown))
    glade = _glade(d, math.radians(spec.sky.sun_azimuth_deg))
    mist = mix(lights.horizon, lights.haze, 0.5)
    mist = mist * (0.22 + (1.25 - 0.35 * brown) * glade)[..., None]
    mist = mist + lights.sun * ((0.50 - 0.15 * brown) * glade**2)[..., None]
    green = leaf * (0.9 * lights.horizon + 0.5 * lights.zenith)
    sky = colour.blend(mist, (1.4 * green + 0.12 * lights.zenith).expand_as(mist), smooth(0.05, 0.9, d.elevation))
    falls = 0.32 * lights.zenith + 0.30 * lights.horizon
    wood = colour.shifted(leaf, -0.06, -0.02, 0.5) * falls
    rows = ((0.86, 90, (0.004, 0.011)), (0.70, 52, (0.008, 0.020)), (0.46, 30, (0.014, 0.034)))
    for k, (distance, count, half) in enumerate(rows):
        trunks = _trunks(d, seed + 30 + 11 * k, count, half)
        sky = colour.blend(sky, wood + (mist - wood) * distance, trunks)
        brush = far.crowns(d, seed + 60 + 7 * k, 46 - 8 * k, (0.03, 0.09 + 0.03 * k), (0.05, 0.12), 0.01, 2.0)
        shrubs = far.leafy(d, brush, seed + 63 + 7 * k, 90, 0.03)
        lit = far.sunlit(d, seed + 66 + 7 * k, 90)[..., None]
        sky = far.veiled(sky, shrubs, leaf * falls * lit, d, mist, distance - 0.04, 0.03)
    return air.grounded(_leaves(sky, d, leaf, falls, mist, seed + 90), d, lights, spec, 0.02)


def _glade(d: air.Dome, azimuth: float) -> torch.Tensor:
    """0 to 1: where the wood opens, low and towards the sun; a fainter gap lies behind."""
    side = 0.5 + 0.5 * torch.cos(d.turned(azimuth))
    behind = 0.5 + 0.5 * torch.cos(d.turned(azimuth + 2.4))
    low = torch.exp(-(((d.elevation - 0.10) / 0.42) ** 2))
    return (side**7 + 0.30 * behind**8) * low + 0.10 * low


def _trunks(d: air.Dome, seed: int, count: int, half: tuple[float, float]) -> torch.Tensor:
    """Cover of a row of trunks that bend, fork and swell at the foot, from the ground to the leaves."""
    gap = math.tau / count
    at = (torch.arange(count) + noise.spread(count, seed + 1, 0.15, 0.85)) * gap - math.pi
    wide = noise.spread(count, seed + 2, *half)
    bend, turn = noise.spread(count, seed + 3, -0.35, 0.35) * gap, noise.spread(count, seed + 4, 0.0, 6.3)
    away = (d.azimuth[0][:, None] - at + math.pi) % math.tau - math.pi
    nearest = away.abs().argmin(dim=1)
    rise = d.elevation.clamp(min=0.0)
    sway = bend[nearest] * (torch.sin(3.2 * rise + turn[nearest]) - torch.sin(turn[nearest]))
    off = away.gather(1, nearest[:, None])[:, 0] - sway
    own = wide[nearest]
    width = own * (1.0 - 0.55 * rise.clamp(max=1.0) + 0.9 * torch.exp(-rise / 0.035))
    fork = (rise - 0.16).clamp(min=0.0) * (0.45 + 0.5 * torch.sin(turn[nearest]).abs())
    limbs = torch.minimum((off - fork).abs(), (off + 0.8 * fork).abs()) - 0.45 * width
    rough = 0.10 * own * noise.fbm(d.extent, (count * 4, 30), seed + 5, 3)
    body = torch.minimum(off.abs() - width * smooth(0.5, 0.2, rise), limbs + 10.0 * (rise < 0.16)) + rough
    return smooth(0.8 * d.pixel, -0.8 * d.pixel, body) * smooth(1.0, 0.7, d.elevation)


def _leaves(sky, d: air.Dome, leaf, falls, mist, seed: int) -> torch.Tensor:
    """Leaves overhead in three depths, each pierced by the light behind; on planes, so that the zenith is whole."""
    for k, (plane, scale, distance, low) in enumerate(((0.14, 0.20, 0.6, 0.14), (0.24, 0.32, 0.38, 0.22),
                                                       (0.40, 0.52, 0.16, 0.34))):
        u, v, _ = air.on_plane(d, plane)
        boughs = noise.sample(noise.fbm(512, 7, seed + k, 5, 0.6), u * scale, v * scale)
        crumbs = noise.sample(noise.fbm(512, 60, seed + 5 + k, 2, 0.7), u * scale, v * scale)
        cover = smooth(-0.10, 0.10, boughs + 0.45 * crumbs - 0.02) * smooth(low, low + 0.30, d.elevation)
        through = 0.55 + 0.9 * (0.5 + 0.5 * d.toward_sun) ** 5 + 0.5 * crumbs
        body = leaf * (falls + 0.55 * mist) * through.clamp(min=0.2)[..., None]
        sky = colour.blend(sky, body + (mist - body) * (0.5 * distance), 0.9 * cover)
    return sky
