"""The patisserie as a sky: a warm room of four walls, traced.

A ray from the eye meets the nearest wall, and what stands there is painted in metres, soft enough to
lie behind the grown room.
"""

import math
from dataclasses import dataclass

import torch

from showroom.imagine import leaning
from showroom.imagine.paint import air, colour, noise
from showroom.imagine.paint.noise import mix, smooth
from showroom.imagine.paint.sky_open import own_colours
from showroom.words.scenespec import SceneSpec

_EYE_M, _CEILING_M, _HALF_M = 1.6, 3.7, 4.9
_BAY_M = 4.8  # from window to window


@dataclass
class _Room:
    """Where each ray meets the walls, (h, 2h): `along` the wall and height `y`, metres; which wall,
    0 the windows', then clockwise. ahead, aside: the ray's level direction, towards the windows."""

    along: torch.Tensor
    y: torch.Tensor
    wall: torch.Tensor
    ahead: torch.Tensor
    aside: torch.Tensor


def _traced(d: air.Dome, sun_azimuth: float) -> _Room:
    """A square room turned so that the middle of one wall lies under the sun."""
    ahead, aside = torch.cos(d.turned(sun_azimuth)), torch.sin(d.turned(sun_azimuth))
    straight = ahead.abs() > aside.abs()
    reach = _HALF_M / torch.maximum(ahead.abs(), aside.abs())
    wall = torch.where(straight, torch.where(ahead > 0, 0, 2), torch.where(aside > 0, 1, 3))
    along = reach * torch.where(straight, aside * torch.sign(ahead), -ahead * torch.sign(aside))
    return _Room(along, reach * torch.tan(d.elevation.clamp(-1.5, 1.5)) + _EYE_M, wall, ahead, aside)


def sky_interior_patisserie(spec: SceneSpec, height: int, seed: int) -> torch.Tensor:
    """A warm shop: wide windows under the sun, shelves of jars and cakes round the rest, lamps, beams."""
    d, lights = air.dome(spec, height), air.light(spec)
    plaster, glow = own_colours(spec)
    room = _traced(d, math.radians(spec.sky.sun_azimuth_deg))
    warm = 0.62 * lights.horizon + 0.25 * lights.zenith
    dusk = leaning.roast(spec)
    paled = colour.luminance(warm) * mix(colour.parse("#f2f1f4"), colour.parse("#ffdcb4"),
                                         dusk) * (1.6 - 0.35 * dusk)
    ambient = (0.2 * warm + 0.8 * paled) * (1.0 - 0.68 * dusk)  # after many bounces
    lights.sun = lights.sun * (1.0 - 0.8 * dusk)
    glow = mix(glow, colour.parse("#2f4a78") * 0.35, dusk)
    sky = _walls(d, room, plaster, ambient, lights, seed)
    shelved = (room.wall != 0) * smooth(2.95, 2.85, room.y) * smooth(0.6, 0.7, room.y)
    sky = colour.blend(sky, _shelves(d, room.along, room.y, ambient, lights, seed), shelved)
    grooves = 0.8 + 0.04 * torch.sin(room.along * 9.0).sign()
    panel = colour.shifted(plaster, -0.17, 0.01) * ambient * grooves[..., None]
    sky = colour.blend(sky, panel, 0.85 * smooth(0.98, 0.94, room.y))
    sky = _windows(sky, room, lights, glow)
    sky = _above_and_below(sky, d, room, plaster, ambient, lights)
    flour = torch.exp(-d.gamma / 0.45) * 0.16 + torch.exp(-d.gamma / 0.16) * 0.14  # lit in the air
    sky = _pendants(sky, d)
    return _outside(sky, d, lights, glow, dusk, seed) + lights.sun * flour[..., None]


def _walls(d: air.Dome, room: _Room, plaster, ambient, lights: air.Light, seed: int) -> torch.Tensor:
    """Washed plaster, darker in corners and under the ceiling; window light on the wall across."""
    wash = noise.fbm(d.extent, (18, 10), seed + 1, 5) * smooth(1.45, 1.0, d.elevation.abs())
    across = (room.wall == 2).float()
    sky = 0.85 + 0.22 * smooth(0.0, 3.6, room.y) + 0.10 * wash
    wall = plaster * (ambient * sky[..., None] + lights.sun * (0.10 + 0.12 * across)[..., None])
    shade = 0.35 * smooth(3.4, 3.7, room.y) + 0.25 * torch.exp((room.along.abs() - _HALF_M) / 0.3)
    slant = (room.along + 0.25 * (room.y - 1.4)) / _BAY_M + 0.5
    pane = smooth(0.08, -0.08, (slant % 1.0 - 0.5).abs() * _BAY_M - 1.7)
    pane = pane * smooth(0.35, 0.6, room.y) * smooth(2.1, 1.8, room.y) * across
    return wall * (1.0 - shade)[..., None] + lights.sun * (0.20 * pane)[..., None]


def _shelves(d: air.Dome, along, y, ambient, lights: air.Light, seed: int) -> torch.Tensor:
    """Boards every 56 cm with jars, cakes and boxes out of focus, warm and cream and a little copper."""
    pitch = 0.56
    row = ((y - 0.68) / pitch).floor()
    above = (y - 0.68) - row * pitch
    slot = along / 0.38 + row * 0.37
    key = (slot.floor() * 31 + row * 57).long() % 997
    wide, tall = noise.spread(997, seed + 2, 0.08, 0.18)[key], noise.spread(997, seed + 3, 0.12, 0.42)[key]
    off = ((slot % 1.0) - 0.5) * 0.38
    shape = smooth(0.03, -0.03, off.abs() - wide * (1.0 - 0.35 * smooth(0.6, 1.0, above / tall))) * smooth(
        0.035, -0.035, above - tall
    )
    shape = shape * (noise.rand(997, seed + 4)[key] > 0.18) * smooth(0.02, 0.05, above)
    tints = torch.stack(
        [
            colour.parse(c)
            for c in ("#e9d9bb", "#b9713e", "#7a4527", "#d9a766", "#efe6d6", "#c4895a", "#8f5b3c", "#d7b7a0")
        ]
    )
    tint = tints[(noise.rand(997, seed + 5) * 8).long().clamp(max=7)[key]]
    round_ = (
        0.65
        + 0.5 * (1.0 - (off / wide).clamp(-1.0, 1.0) ** 2)
        + 0.25 * torch.exp(-(((off + 0.4 * wide) / 0.015) ** 2))
    )
    back = colour.parse("#9a7650") * ambient * (0.70 - 0.25 * smooth(0.2, pitch, above))[..., None]
    goods = tint * (ambient * 0.95 + lights.sun * 0.14) * round_[..., None]
    lit = colour.blend(back, goods, shape)
    board = smooth(0.028, 0.014, torch.minimum(above, pitch - above))
    return colour.blend(lit, colour.parse("#9b6f45") * (ambient * 0.9 + lights.sun * 0.1), board)


def _windows(sky, room: _Room, lights: air.Light, glow) -> torch.Tensor:
    """Wide shop windows, a bright street beyond, a deep frame and a few bars."""
    bay = ((room.along / _BAY_M + 0.5) % 1.0 - 0.5) * _BAY_M  # one right under the sun
    ours = (room.wall == 0).float()
    inside = torch.minimum(2.15 - bay.abs(), torch.minimum(3.3 - room.y, room.y - 0.75))
    pane, frame = smooth(-0.02, 0.02, inside) * ours, smooth(-0.14, -0.10, inside) * ours
    bars = torch.maximum(smooth(0.035, 0.02, bay.abs()), smooth(0.035, 0.02, (room.y - 2.45).abs()))
    houses = 0.1 * torch.sin(room.along * 3.1 + 1.0) * smooth(2.0, 1.0, room.y)
    street = (
        mix(glow, lights.sun, 0.35) * (3.4 * (0.55 + 0.45 * smooth(1.2, 2.2, room.y) + houses))[..., None]
    )
    wood = colour.parse("#cbb592") * (0.5 * lights.horizon + 0.45 * lights.sun)
    return colour.blend(colour.blend(sky, wood, frame), street, pane * (1.0 - 0.8 * bars))


def _outside(sky, d: air.Dome, lights: air.Light, glow, dusk: float, seed: int) -> torch.Tensor:
    """The street to the west, out of focus, where the grown room has its window: fronts, trees, an awning.

    Traced to the plane of the fronts across the street; `along` runs to the north.
    """
    west = torch.cos(d.turned(1.5 * math.pi))
    reach = 1.0 / west.clamp(min=0.05)
    north, rise = torch.sin(d.turned(1.5 * math.pi)) * reach, torch.tan(d.elevation.clamp(-1.5, 1.5)) * reach
    high = rise * 2.9 + _EYE_M
    sill, side = (high - 0.7).minimum(3.3 - high), 2.45 - (north * 2.9 - 1.9).abs()
    pane = smooth(0.0, 0.15, torch.minimum(sill, side)) * (west > 0.05)
    along, y = north * 13.0, rise * 13.0 + _EYE_M
    house = along / 4.6 + 0.3
    key = house.floor().long() % 61
    tints = torch.stack([colour.parse(c) for c in ("#e8cfa6", "#9fb0bf", "#d9a98c", "#efe3cc", "#b9bfb4")])
    front = tints[(noise.rand(61, seed + 40) * 5).long().clamp(max=4)[key]]
    high = 5.2 + 2.4 * noise.rand(61, seed + 41)[key]
    across, up = ((house % 1.0) * 3.0 % 1.0 - 0.5).abs() * 1.53, ((y - 1.2) / 1.9 % 1.0 - 0.45).abs() * 1.9
    opening = smooth(0.5, 0.2, across) * smooth(0.85, 0.5, up)
    light = 0.5 + 0.35 * smooth(1.0, 5.5, y)
    front = front * (light * (1.0 - 0.7 * opening))[..., None] * mix(glow, colour.parse("#ffffff"), 0.4)
    above = mix(colour.parse("#cfe0f2"), glow, smooth(11.0, 4.0, y)[..., None]) * 1.25
    scene = colour.blend(above, front, smooth(0.25, -0.25, y - high))
    awning = smooth(0.3, -0.1, (y - 2.5).abs() - 0.35) * smooth(0.2, 0.35, house % 1.0) * (key % 2 == 0)
    scene = colour.blend(scene, colour.parse("#b9553a") * 0.75, 0.85 * awning)
    leaf = noise.fbm(d.extent, (150, 75), seed + 42, 3)
    trees = ((4.5, 3.4, 1.9), (10.0, 4.4, 2.3), (14.6, 2.6, 1.7), (17.6, 3.4, 1.5), (28.0, 5.0, 3.4))
    for middle, top, wide in trees:
        round_ = torch.sqrt(((along - middle) / wide) ** 2 + ((y - top) / 1.7) ** 2)
        sunny = (0.45 + 0.9 * leaf).clamp(0.0, 1.0)[..., None]
        green = mix(colour.parse("#4c6138"), colour.parse("#c3cc7a"), sunny)
        crown = smooth(1.15, 0.75, round_ - 0.35 * leaf)
        scene = colour.blend(scene, green * (0.55 + 0.25 * smooth(-1.0, 1.0, y - top))[..., None], crown)
    ground = colour.parse("#a8977c") * 0.6
    scene = colour.blend(scene, ground.expand_as(sky), smooth(0.2, -0.5, y))
    scene = scene * (1.1 + 4.2 * torch.exp(-d.gamma / 0.45))[..., None]  # glare towards the sun
    evening = scene * colour.parse("#5f86c8") * 0.14
    lamp = torch.exp(-(((along / 3.7) % 1.0 - 0.5) ** 2 / 0.006 + ((y - 3.1) / 0.34) ** 2))
    shop = opening * smooth(0.55, 0.75, noise.rand(61, seed + 43)[key]) * smooth(5.5, 4.5, y)
    evening = evening + colour.parse("#ffb566") * (2.2 * lamp + 0.55 * shop)[..., None]
    return colour.blend(sky, mix(scene, evening, dusk), pane)


def _above_and_below(sky, d: air.Dome, room: _Room, plaster, ambient, lights: air.Light) -> torch.Tensor:
    """Ceiling with its beams, floor with its boards, both running towards the windows."""
    level = torch.cos(d.elevation)
    across = (_CEILING_M - _EYE_M) / d.y.clamp(min=1e-3) * level * room.aside
    beams = smooth(0.16, 0.12, ((across / 1.3) % 1.0 - 0.5).abs() * 1.3)
    roof = colour.shifted(plaster, 0.06, 0.0, 0.8) * (ambient * 0.78 + lights.sun * 0.05)
    roof = roof * (1.0 - 0.5 * beams)[..., None]
    sky = colour.blend(sky, roof, smooth(_CEILING_M - 0.05, _CEILING_M + 0.02, room.y))
    down = _EYE_M / (-d.y).clamp(min=1e-3)
    seams = 1.0 + 0.12 * torch.sin(down * level * room.aside * 22.0) * smooth(6.0, 2.0, down)
    boards = lights.ground * (ambient * 0.75 + lights.sun * 0.06) * seams[..., None]
    return colour.blend(sky, boards, smooth(0.05, -0.02, room.y))


def _pendants(room, d: air.Dome) -> torch.Tensor:
    """Five warm lamps hung in a row ahead and behind."""
    light = torch.zeros(d.extent)
    for k in range(6):
        at, up = -1.0 + 0.4 * k + (math.pi - 0.05 if k > 4 else 0.0), 0.27
        r = torch.sqrt((d.turned(at) * 0.96) ** 2 + (d.elevation - up) ** 2)
        light = light + 2.6 * smooth(0.030, 0.018, r) + 0.16 * torch.exp(-r / 0.08)
    return room + colour.parse("#ffc987") * light[..., None]
