"""The patisserie as a sky: a warm room of four walls, traced.

A ray from the eye meets the nearest wall, and what stands there is painted in metres, soft enough to
lie behind the grown room.
"""

import math

import torch

from showroom.imagine.paint import air, colour, noise
from showroom.imagine.paint.noise import mix, smooth
from showroom.imagine.paint.sky_open import own_colours
from showroom.words.scenespec import SceneSpec

_EYE_M = 1.6


def sky_interior_patisserie(spec: SceneSpec, height: int, seed: int) -> torch.Tensor:
    """A warm shop: tall windows on the sun's side, shelves of jars and cakes round the rest, lamps, beams."""
    d, lights = air.dome(spec, height), air.light(spec)
    plaster, glow = own_colours(spec)
    half = (5.2, 4.6)  # the room, metres from the eye: across, ahead
    sun_wall = (
        round(math.radians(spec.sky.sun_azimuth_deg) / (math.pi / 2)) % 4
    )  # the wall that has the windows
    horizontal = torch.sqrt(d.x**2 + d.z**2).clamp(min=1e-4)
    sx, sz = d.x / horizontal, d.z / horizontal
    to_side, to_front = half[0] / sx.abs().clamp(min=1e-3), half[1] / sz.abs().clamp(min=1e-3)
    reach = torch.minimum(to_side, to_front)
    which = torch.where(to_side < to_front, torch.where(sx > 0, 1, 3), torch.where(sz < 0, 0, 2))
    along = torch.where(
        to_side < to_front,
        reach * sz * torch.where(sx > 0, 1.0, -1.0),
        reach * sx * torch.where(sz < 0, 1.0, -1.0),
    )
    y = reach * d.y / horizontal + _EYE_M
    ceiling = 3.7
    warm = 0.62 * lights.horizon + 0.25 * lights.zenith
    ambient = (
        0.25 * warm + 0.75 * colour.luminance(warm) * colour.parse("#fff0de") * 1.15
    )  # many bounces pale it
    window_wall = (which == sun_wall).float()
    far_wall = (which == (sun_wall + 2) % 4).float()
    wash = noise.fbm(d.extent, (18, 10), seed + 1, 5)
    rise = smooth(0.0, 3.6, y)
    wall = plaster * (
        ambient * (0.85 + 0.22 * rise + 0.10 * wash)[..., None]
        + lights.sun * (0.10 + 0.12 * far_wall)[..., None]
    )
    wall = (
        wall
        * (
            1.0
            - 0.35 * smooth(3.4, 3.7, y)
            - 0.25 * torch.exp(-((half[0] + half[1]) * 0.5 - along.abs()).abs() / 0.3)
        )[..., None]
    )
    wall = wall + _patches(along, y, far_wall, lights)
    wall = colour.blend(
        wall,
        _shelves(d, along, y, ambient, lights, seed),
        (1.0 - window_wall) * smooth(2.95, 2.85, y) * smooth(0.6, 0.7, y),
    )
    panel = smooth(0.98, 0.94, y)
    wall = colour.blend(
        wall,
        colour.shifted(plaster, -0.17, 0.01)
        * ambient
        * (0.8 + 0.12 * torch.sin(along * 9.0).sign() * 0.3)[..., None],
        0.85 * panel,
    )
    wall = _windows(wall, along, y, window_wall, lights, glow)
    up = (ceiling - _EYE_M) / d.y.clamp(min=1e-3)
    cx = up * (d.x if sun_wall % 2 else d.z)
    beams = smooth(0.16, 0.12, ((cx / 1.3) % 1.0 - 0.5).abs() * 1.3)
    roof = (
        colour.shifted(plaster, 0.06, 0.0, 0.8)
        * (ambient * 0.78 + lights.sun * 0.05)
        * (1.0 - 0.5 * beams)[..., None]
    )
    room = colour.blend(wall, roof, smooth(ceiling - 0.05, ceiling + 0.02, y))
    down = _EYE_M / (-d.y).clamp(min=1e-3)
    boards = (
        lights.ground
        * (ambient * 0.75 + lights.sun * 0.06)
        * (1.0 + 0.12 * torch.sin(down * d.x * 22.0) * smooth(6.0, 2.0, down))[..., None]
    )
    room = colour.blend(room, boards, smooth(0.05, -0.02, y))
    aura = torch.exp(-d.gamma / 0.45) * 0.16 + torch.exp(-d.gamma / 0.16) * 0.14  # flour in the light
    return _pendants(room + lights.sun * aura[..., None], d)


def _patches(along, y, wall, lights: air.Light) -> torch.Tensor:
    """The windows' light thrown on the wall across the room, soft-edged."""
    slant = along + 0.25 * (y - 1.4)
    pane = (
        smooth(0.08, -0.08, ((slant / 2.3) % 1.0 - 0.5).abs() * 2.3 - 0.62)
        * smooth(0.35, 0.6, y)
        * smooth(2.1, 1.8, y)
    )
    return lights.sun * (0.20 * pane * wall)[..., None]


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


def _windows(wall, along, y, window_wall, lights: air.Light, glow) -> torch.Tensor:
    """Tall shop windows with mullions, a bright street beyond, a deep sill."""
    bay = ((along / 2.3) % 1.0 - 0.5) * 2.3
    inside = torch.minimum(0.92 - bay.abs(), torch.minimum(3.2 - y, y - 0.75))
    pane = smooth(-0.02, 0.02, inside) * window_wall
    frame = smooth(-0.14, -0.10, inside) * window_wall
    bars = torch.maximum(
        smooth(0.035, 0.02, bay.abs()), smooth(0.035, 0.02, torch.minimum((y - 1.75).abs(), (y - 2.55).abs()))
    )
    outside = mix(glow, lights.sun, 0.35) * 3.4
    street = (
        outside
        * (0.55 + 0.45 * smooth(1.2, 2.2, y) + 0.1 * torch.sin(along * 3.1 + 1.0) * smooth(2.0, 1.0, y))[
            ..., None
        ]
    )
    wall = colour.blend(
        wall, (colour.parse("#cbb592") * (0.5 * lights.horizon + 0.45 * lights.sun)).expand_as(wall), frame
    )
    return colour.blend(wall, street, pane * (1.0 - 0.8 * bars))


def _pendants(room, d: air.Dome) -> torch.Tensor:
    """Five warm lamps hung in a row ahead and behind."""
    light = torch.zeros(d.extent)
    for k in range(6):
        at, up = -1.0 + 0.4 * k + (math.pi - 0.05 if k > 4 else 0.0), 0.27
        r = torch.sqrt((d.turned(at) * 0.96) ** 2 + (d.elevation - up) ** 2)
        light = light + 2.6 * smooth(0.030, 0.018, r) + 0.16 * torch.exp(-r / 0.08)
    return room + colour.parse("#ffc987") * light[..., None]
