"""The temple as a sky: a round church of dark stone, traced.

A ray from the eye meets the wall of a cylinder, and what stands there is painted in metres, soft
enough to lie behind the grown room.
"""

import math

import torch

from showroom.imagine import leaning
from showroom.imagine.paint import air, colour, noise
from showroom.imagine.paint.noise import mix, smooth
from showroom.imagine.paint.sky_open import own_colours
from showroom.words.scenespec import SceneSpec

_EYE_M = 1.6


def sky_interior_temple(spec: SceneSpec, height: int, seed: int) -> torch.Tensor:
    """A dark round temple: piers and arches in ashlar, a domed apse with gold, one high window, its spill."""
    d, lights = air.dome(spec, height), air.light(spec)
    stone, glow = own_colours(spec)
    radius, cornice = 9.0, 7.5
    tan = torch.tan(d.elevation.clamp(-1.3, 1.45))
    y = tan * radius + _EYE_M  # height on the wall, metres
    wall = smooth(cornice + 0.2, cornice - 0.2, y)
    sun_side = math.radians(spec.sky.sun_azimuth_deg)
    warm = 3.2 * lights.horizon + 2.2 * lights.zenith
    air_tone = mix(colour.parse("#c6d4ee"), colour.parse("#ffe0c2"), leaning.splendour(spec))
    ambient = 0.4 * warm + 0.6 * colour.luminance(warm) * air_tone * 1.2
    courses_ = _ashlar(d, y, radius, seed)
    vault = _coffers(d)
    body = stone * (wall * courses_ + (1.0 - wall) * vault)[..., None]
    # niches between the piers fall into shade; piers catch the window's light on their near flank
    bay = (d.azimuth / (math.tau / 12)) % 1.0 - 0.5
    niche = smooth(-0.10, 0.10, _arch(bay * math.tau / 12 * radius, y - 0.4, 1.45, 4.2)) * wall
    across = d.toward_sun
    falls = ambient * (0.75 + 0.35 * (1.0 - across.clamp(min=0.0)))[..., None]
    opposite = torch.exp(-((d.turned(sun_side + math.pi) / 0.55) ** 2))
    falls = (
        falls + lights.sun * (0.34 * opposite * smooth(7.0, 0.5, y) * smooth(-1.2, 0.6, y) + 0.06)[..., None]
    )
    room = body * falls * (1.0 - 0.72 * niche)[..., None]
    room = room + _gold(d, y, niche, seed)
    room = _floor(room, d, lights, ambient, sun_side)
    return _window(room, d, spec, lights, glow, seed)


def _arch(x: torch.Tensor, y: torch.Tensor, half: float, spring: float) -> torch.Tensor:
    """Signed distance-like field of a round-headed opening, positive inside; foot at y = 0."""
    head = half - torch.sqrt(x * x + (y - spring).clamp(min=0.0) ** 2)
    return torch.minimum(head, torch.where(y < 0.0, y, head))


def _ashlar(d: air.Dome, y: torch.Tensor, radius: float, seed: int) -> torch.Tensor:
    """Tone of courses of stone on the round wall, joints soft with distance."""
    row = (y / 0.62).floor()
    column = d.azimuth * radius / 1.25 + 0.5 * (row % 2)
    own = noise.rand(4096, seed + 1)[((row * 67 + column.floor() * 13).long() % 4096)]
    joint = torch.minimum((y / 0.62) % 1.0, 1.0 - (y / 0.62) % 1.0) * 0.62
    upright = torch.minimum(column % 1.0, 1.0 - column % 1.0) * 1.25
    lines = 1.0 - 0.35 * torch.maximum(smooth(0.06, 0.0, joint), smooth(0.06, 0.0, upright))
    cloud = noise.fbm(d.extent, (24, 12), seed + 2, 5)
    band = 1.0 + 0.35 * smooth(0.30, 0.15, (y - 6.9).abs())  # a string course under the vault
    return (0.85 + 0.3 * (own - 0.5) + 0.25 * cloud) * lines * band


def _coffers(d: air.Dome) -> torch.Tensor:
    """Tone of the vault: rings of sunk panels that shrink to the crown, lost in the dark."""
    ring = torch.log(torch.tan((math.pi / 2 - d.elevation.clamp(0.3, 1.52)) * 0.5).clamp(min=1e-3)) / 0.26
    cell = torch.maximum((ring % 1.0 - 0.5).abs(), ((d.azimuth / (math.tau / 24)) % 1.0 - 0.5).abs())
    sunk = smooth(0.42, 0.34, cell)
    return (0.75 - 0.45 * sunk) * smooth(1.55, 0.6, d.elevation)


def _gold(d: air.Dome, y, niche, seed: int) -> torch.Tensor:
    """Mosaic glints in the niches ahead, and the small flames of lamps hung before them."""
    tessera = noise.value(d.extent, (420, 210), seed + 10)
    glint = (
        smooth(0.80, 0.98, tessera)
        * niche
        * smooth(3.0, 4.6, y)
        * (0.35 + 0.65 * smooth(-0.2, 0.6, noise.fbm(d.extent, (20, 10), seed + 11, 3)))
    )
    ahead = torch.exp(-((d.turned(0.0) / 1.1) ** 2))
    gold = (
        colour.parse("#c8912f")
        * (0.22 * glint * (0.3 + ahead) + 0.05 * niche * (0.2 + ahead) * smooth(2.6, 5.2, y))[..., None]
    )
    flames = torch.zeros(d.extent)
    for k in (0, 1, 2, 5, 7, 10, 11):  # not every bay has its lamp
        at, up = (k + 0.5) * math.tau / 12, math.atan2(1.15 - 0.6 * ((k * 5) % 7) / 7.0, 8.4)
        r2 = d.turned(at) ** 2 + (d.elevation - up) ** 2
        flames = flames + torch.exp(-r2 / 0.008**2) * 1.3 + torch.exp(-r2.sqrt() / 0.06) * 0.05
    return gold + colour.parse("#ffb45e") * flames[..., None]


def _floor(room, d: air.Dome, lights: air.Light, ambient, sun_side: float) -> torch.Tensor:
    """Below the wall's foot: the floor, with the window's pool of light lying across it."""
    depth = _EYE_M / torch.tan((-d.elevation).clamp(0.02, 1.5))
    x, z = depth * torch.sin(d.turned(sun_side + math.pi)), depth * torch.cos(d.turned(sun_side + math.pi))
    pool = smooth(1.3, 0.4, torch.sqrt((x / 1.1) ** 2 + ((z - 3.4) / 2.1) ** 2)) * (lights.sun.max() > 0)
    floor = lights.ground * (
        ambient * (0.8 + 0.3 * smooth(9.0, 2.0, depth))[..., None] + lights.sun * (0.40 * pool)[..., None]
    )
    return colour.blend(room, floor, smooth(-0.160, -0.185, d.elevation))


def _window(room, d: air.Dome, spec: SceneSpec, lights: air.Light, glow, seed: int) -> torch.Tensor:
    """The single high window toward the sun, its reveal, and the light it pours into the air."""
    up = math.radians(min(62.0, max(20.0, spec.sky.sun_elevation_deg)))
    x = d.turned(math.radians(spec.sky.sun_azimuth_deg)) * math.cos(up)
    y = d.elevation - up + 0.13
    field = _arch(x, y, 0.085, 0.18)
    reveal = smooth(-0.035, -0.005, field)
    pane = smooth(-0.6 * d.pixel, 0.6 * d.pixel, field)
    bars = torch.maximum(
        smooth(0.006, 0.002, x.abs()), smooth(0.006, 0.002, ((y / 0.065) % 1.0 - 0.5).abs() * 0.065)
    )
    sky_light = mix(lights.sun, glow, 0.35) * 3.6
    lit = room + (lights.sun * 0.30 + glow * 0.06) * (reveal * (1.0 - pane))[..., None]
    lit = colour.blend(
        lit,
        sky_light.expand_as(room) * (0.82 + 0.2 * smooth(-0.1, 0.3, y))[..., None],
        pane * (1.0 - 0.72 * bars),
    )
    beam = torch.exp(-d.gamma / 0.30) * 0.10 + torch.exp(-d.gamma / 0.09) * 0.22
    sink = (
        torch.exp(-((x / (0.10 + 0.30 * (up - d.elevation).clamp(min=0.0))) ** 2))
        * smooth(up + 0.1, up - 0.2, d.elevation)
        * smooth(-0.3, 0.3, d.elevation)
    )
    curl = noise.fbm(d.extent, (10, 7), seed + 30, 4, 0.45)
    smoke = 0.8 + 0.3 * curl * smooth(1.45, 1.0, d.elevation)
    return lit + lights.sun * ((beam + 0.075 * sink) * smoke)[..., None]
