"""Garden lantern: an iron cage with four panes and a candle in it, hung by a ring; moths about it."""

from typing import Iterator

import numpy as np

from showroom.imagine.grow import fire
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.part import part, rgb
from showroom.imagine.grow.scatter import facing, instances, varied_sizes, varied_tints
from showroom.imagine.grow.shapes import box, circle, lathe, patch, tube
from showroom.words.geometry import Geometry, Material

_HALF_M, _TALL_M = 0.075, 0.2
_IRON = Material(base_color=(0.03, 0.028, 0.026, 1.0), metallic=0.6, roughness=0.55)
_WAX = Material(base_color=(0.72, 0.6, 0.42, 1.0), second_color=(0.85, 0.5, 0.2), roughness=0.6,
                translucency=0.5, emission=(0.5, 0.2, 0.05))


def lantern(at: tuple[float, float, float], chance: Chance, strength: float) -> Iterator[Geometry]:
    """Hanging with its ring at `at`; the light is the candle's.   strength : of the light, W/sr."""
    x, y, z = at
    low = y - _TALL_M - 0.16
    yield part("lantern", merge([cage().turned("y", 0.5).moved(x, low, z)]), _IRON)
    panes = merge([_pane().turned("y", 0.5 + k * np.pi / 2).moved(x, low, z) for k in range(4)])
    clear = Material("glass", base_color=(1.0, 0.93, 0.8, 1.0), roughness=0.05, ior=1.5)
    yield part("lantern panes", panes, clear, casts_shadow=False)
    flame_y = low + 0.125
    light = fire.light((x, flame_y + 0.02, z), fire.FLAME, strength, 6.5, 0.25)
    wax = fire.candle(chance, 0.1, 0.026).moved(x, low + 0.015, z)
    yield part("lantern candle", wax, _WAX, casts_shadow=False, lights=(light,))
    shine = merge([fire.flame(0.045).moved(x, flame_y - 0.008, z),
                   _halo(0.17).moved(x, flame_y + 0.015, z)])
    yield part("lantern flame", shine, Material("glow", emission=rgb(fire.FLAME * 5.0)), casts_shadow=False)
    yield moths((x, flame_y, z), chance.child("moths"))


def cage() -> Mesh:
    """Four corner bars on a plate, a stepped roof and a ring, standing on y = 0."""
    h, t = _HALF_M, _TALL_M
    pieces = [box(2.3 * h, 0.014, 2.3 * h, 0.004), box(2.2 * h, 0.01, 2.2 * h, 0.003).moved(y=t)]
    pieces += [box(0.011, t, 0.011, 0.002).moved(sx * h, 0, sz * h) for sx in (-1, 1) for sz in (-1, 1)]
    pieces += [box(2 * h, 0.006, 0.007, 0.001).moved(0, 0.62 * t, side * h) for side in (-1, 1)]
    roof = lathe(np.array([(0.0, 0.085), (0.016, 0.08), (0.02, 0.055), (0.07, 0.03), (0.125, 0.0), (0.12, -0.004)]), 4)
    pieces.append(roof.turned("y", np.pi / 4).scaled(0.95, 1.0, 0.95).moved(y=t + 0.01))
    ring = circle(14)
    hoop = np.stack([0.024 * ring[:, 0], 0.024 * ring[:, 1] + t + 0.12, 0 * ring[:, 0]], axis=1)
    pieces.append(tube(hoop, 0.004, 5, closed=False))
    return merge(pieces)


def _halo(radius_m: float) -> Mesh:
    """The shine about the flame: balls one in another, so many that no edge of one is seen."""
    turn = np.linspace(0, np.pi, 9)
    ball = np.stack([np.sin(turn), np.cos(turn)], axis=1)
    return merge([lathe(ball * radius_m * share, 14).shaded(opacity=0.012 + 0.06 * (1 - share) ** 2)
                  for share in np.linspace(1.0, 0.15, 9)])


def _pane() -> Mesh:
    v, u = np.meshgrid(np.array([1.0, 0.0]), np.array([-1.0, 1.0]), indexing="ij")
    return patch(np.stack([u * (_HALF_M - 0.004), 0.015 + v * (_TALL_M - 0.02), 0 * u + _HALF_M], axis=-1))


def moth() -> Mesh:
    """A pale moth 1 across, wings half raised; their tips give way to the wind, so that they never rest."""
    wings = []
    for side in (-1.0, 1.0):
        for (reach, wide, back, lift) in ((0.5, 0.3, 0.12, 0.28), (0.34, 0.26, -0.2, 0.16)):
            v, u = np.meshgrid(np.linspace(1, 0, 3), np.array([-1.0, 1.0]), indexing="ij")
            half = 0.5 * wide * (0.25 + 0.75 * v)
            points = np.stack([side * reach * v, lift * v, back * v + u * half * side], axis=-1)
            wings.append(patch(points).shaded(flex=v.reshape(-1), second=0.5 * (1 - v.reshape(-1))))
    body = lathe(np.array([(0.0, 0.2), (0.035, 0.1), (0.045, 0.0), (0.0, -0.24)]), 5).turned("x", np.pi / 2)
    return merge([*wings, body.shaded(second=1.0)])


def moths(round_: tuple[float, float, float], chance: Chance, count: int = 9) -> Geometry:
    """About a light: most of them close, each turned its own way."""
    way = chance.normal((count, 3)) * np.array([1.0, 0.7, 1.0])
    reach = 0.16 + 0.34 * chance.uniform(0, 1, count) ** 1.6
    out = way / np.linalg.norm(way, axis=1, keepdims=True)
    tangent = np.cross(out, np.array([0.2, 1.0, 0.1])) + 0.3 * chance.normal((count, 3))
    up = np.array([0.0, 1.0, 0.0]) + 0.5 * chance.normal((count, 3))
    placed = instances(np.array(round_) + out * reach[:, None], facing(tangent, up),
                       varied_sizes(chance, count, 0.05, 0.4), varied_tints(chance, count, 0.02, 0.2),
                       chance.uniform(0, 1, count), 0.06)
    pale = Material("foliage", base_color=(0.62, 0.55, 0.44, 1.0), second_color=(0.28, 0.22, 0.15), roughness=0.9,
                    translucency=0.6, sheen=0.4)
    return part("moths", moth(), pale, placed, casts_shadow=False)
