"""Two rooms as skies, traced: a vaulted market alley, and a library at night.

A ray from the eye meets a wall, and what stands there is painted in metres, soft enough to lie behind
the grown room; what shines there (lanterns, a fire, a window) is what brass and glass mirror.
"""

import math

import torch

from showroom.imagine import leaning
from showroom.imagine.paint import air, colour, noise
from showroom.imagine.paint.noise import mix, smooth
from showroom.imagine.paint.sky_open import own_colours
from showroom.words.scenespec import SceneSpec

_EYE_M = 1.6
_ALLEY_M, _VAULT_M, _END_M = 2.3, 4.0, 13.0  # half its width, the vault's middle height, how far its ends are
_LANTERNS = ((-0.9, 2.4, -3.0), (1.0, 2.6, -4.6), (-1.1, 2.5, -7.4), (0.8, 2.5, -9.6), (1.1, 2.4, 2.6),
             (-1.0, 2.6, 4.4), (0.6, 2.5, 7.5))
_ROOM_M, _CEILING_M = 3.6, 3.7
_LAMPS = ((-1.5, 1.3, -1.9), (1.9, 1.6, -3.0), (1.7, 1.4, 2.2))


def sky_interior_souk(spec: SceneSpec, height: int, seed: int) -> torch.Tensor:
    """A market alley under pointed vaults: shopfronts in shade, lanterns, slits of sun, bright at its ends."""
    d, lights = air.dome(spec, height), air.light(spec)
    brick, glow = own_colours(spec)
    morning = leaning.morning(spec)
    aside, ahead = torch.sin(d.azimuth), torch.cos(d.azimuth)
    reach = torch.minimum(_ALLEY_M / aside.abs().clamp(min=1e-3), _END_M / ahead.abs().clamp(min=1e-3))
    y = reach * torch.tan(d.elevation.clamp(-1.5, 1.5)) + _EYE_M
    x, along = reach * aside, reach * ahead
    at_end = smooth(_ALLEY_M, _ALLEY_M - 0.05, x.abs())
    warm = 0.55 * lights.horizon + 0.35 * lights.zenith
    white = colour.luminance(warm) * mix(colour.parse("#ffdcb0"), colour.parse("#f2f4ff"), morning)
    ambient = mix(warm, 1.9 * white, 0.3 + 0.4 * morning)
    wash = noise.fbm(d.extent, (20, 10), seed + 1, 4) * smooth(1.45, 1.0, d.elevation.abs())
    shop = smooth(1.15, 1.0, ((along / 3.4 + 0.5) % 1.0 - 0.5).abs() * 3.4) * smooth(2.6, 2.4, y)
    tone = (0.85 + 0.2 * wash) * (1.0 - 0.75 * shop * (1.0 - at_end))
    vault = smooth(_VAULT_M - 0.5, _VAULT_M + 0.5, y)
    room = brick * ambient * (tone * (1.0 - 0.45 * vault))[..., None]
    ceiling = (_VAULT_M + 0.6 - _EYE_M) / torch.tan(d.elevation.clamp(0.05, 1.55))
    hole_x, hole_z = ceiling * aside, (ceiling * ahead - 3.4) / 3.4
    wide = 0.35 + 0.75 * morning
    hole = smooth(wide, 0.8 * wide, hole_x.abs()) * smooth(wide, 0.8 * wide, ((hole_z + 0.5) % 1.0 - 0.5).abs() * 3.4)
    hole = hole * vault * smooth(12.0, 6.0, ceiling)
    room = room + mix(lights.sun, glow, 0.5) * (hole * (0.7 + 0.8 * morning))[..., None]
    arch = smooth(0.0, 0.3, torch.minimum(1.6 - x.abs(), 3.6 - 0.7 * x.abs() - y)) * at_end
    room = colour.blend(room, mix(glow, lights.sun, 0.4) * (1.1 + 0.9 * morning), arch * smooth(-0.2, 0.1, y))
    room = room + glow * _shining(d, _LANTERNS, 0.13, 1.0 - 0.7 * morning)[..., None]
    floor = lights.ground * ambient * 0.8
    dark = smooth(-0.05, 0.0, d.elevation + math.atan(_EYE_M / _END_M)) * smooth(0.0, 0.2, y)
    return colour.blend(floor.expand_as(room), room, torch.maximum(dark, smooth(0.0, 0.05, y)))


def sky_interior_library(spec: SceneSpec, height: int, seed: int) -> torch.Tensor:
    """A library at night: shelves of leather round all four walls, a fire to the left, a tall blue window."""
    d, lights = air.dome(spec, height), air.light(spec)
    wood, glow = own_colours(spec)
    letters = leaning.letters(spec)
    aside, ahead = torch.sin(d.azimuth), torch.cos(d.azimuth)
    straight = ahead.abs() > aside.abs()
    reach = _ROOM_M / torch.maximum(ahead.abs(), aside.abs())
    y = reach * torch.tan(d.elevation.clamp(-1.5, 1.5)) + _EYE_M
    along = reach * torch.where(straight, aside, ahead)
    warm = 7.0 * lights.horizon + 3.5 * lights.zenith
    ambient = mix(warm, colour.luminance(warm) * colour.parse("#c4d2f4"), 0.25 + 0.45 * letters)
    row = (y / 0.36).floor()
    spine = along / 0.055 + 7.0 * row
    own = noise.rand(1021, seed + 1)[(spine.floor() * 31 + row * 57).long() % 1021]
    shelved = smooth(3.1, 3.0, y) * smooth(0.1, 0.2, y)
    board = smooth(0.03, 0.015, (y / 0.36 % 1.0 - 0.03).abs() * 0.36)
    leather = mix(colour.parse("#4a2616"), colour.parse("#7a5a34"), own[..., None])
    face = colour.blend(leather * (0.35 + 0.8 * own)[..., None], wood, board)
    room = colour.blend(wood.expand_as(face), face, shelved) * ambient * (0.9 - 0.5 * smooth(2.6, 3.6, y))[..., None]
    fire = torch.exp(-((d.turned(-0.5 * math.pi) / 0.28) ** 2) - ((d.elevation + 0.30) / 0.16) ** 2)
    room = room + colour.parse("#ff8a34") * (fire * (2.6 - 1.9 * letters))[..., None]
    pane = smooth(0.0, 0.05, torch.minimum(0.85 - (along + 1.5).abs(), torch.minimum(3.1 - y, y - 0.75)))
    pane = pane * (~straight) * (aside > 0)
    bars = torch.maximum(smooth(0.05, 0.02, (along + 1.5).abs()), smooth(0.05, 0.02, ((y % 0.6) - 0.3).abs()))
    moon = colour.parse("#7f9fdc") * (0.22 + 0.4 * letters)
    room = colour.blend(room, moon.expand_as(room), pane * (1.0 - 0.8 * bars))
    room = room + glow * _shining(d, _LAMPS, 0.12, 0.8)[..., None]
    ceiling = wood * ambient * 0.5
    room = colour.blend(room, ceiling.expand_as(room), smooth(_CEILING_M - 0.1, _CEILING_M + 0.1, y))
    floor = lights.ground * ambient * (0.5 + 0.2 * smooth(3.6, 1.0, reach))[..., None]
    return colour.blend(floor, room, smooth(-0.1, 0.1, y))


def _shining(d: air.Dome, at: tuple[tuple[float, float, float], ...], radius_m: float, strength: float):
    """(h, 2h) balls of light that hang at x, y, z about the visitor's feet, each with its shine."""
    light = torch.zeros(d.extent)
    for x, y, z in at:
        far = math.sqrt(x * x + (y - _EYE_M) ** 2 + z * z)
        cosine = (d.x * x + d.y * (y - _EYE_M) + d.z * z) / far
        away = torch.acos(cosine.clamp(-1.0, 1.0)) * far / radius_m
        light = light + strength * (3.0 * torch.exp(-(away**2)) + 0.12 * torch.exp(-away / 4.0))
    return light
