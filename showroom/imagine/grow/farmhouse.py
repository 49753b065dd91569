"""Farmhouse: a house of field stone under barrel tiles, with faded shutters, and cypresses beside it."""

from typing import Iterator

import numpy as np

from showroom.imagine.grow.centre import surface_of
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import natural, part, rgb, rgba
from showroom.imagine.grow.shapes import box, patch
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import SceneSpec

_TILE = np.array([0.36, 0.15, 0.075])
_WINGS = (  # x, z, width, height to the eaves, depth; the house's front looks along +Z
    (0.0, 0.0, 9.0, 5.4, 6.5),
    (7.4, 0.7, 6.2, 3.3, 5.6),
    (-6.1, 0.5, 3.6, 3.9, 5.0),
)
_OPENINGS = (  # x, sill, width, height on the front at z
    (-2.9, 3.3, 0.95, 1.45, 3.25), (0.2, 3.3, 0.95, 1.45, 3.25), (3.0, 3.3, 0.95, 1.45, 3.25),
    (-2.9, 0.9, 0.95, 1.45, 3.25), (3.0, 0.9, 0.95, 1.45, 3.25), (0.2, 0.0, 1.2, 2.3, 3.25),
    (6.2, 0.0, 2.0, 2.4, 3.5), (9.0, 1.3, 0.8, 0.9, 3.5), (-6.2, 1.2, 0.8, 1.1, 3.0),
)


def farmhouse(spec: SceneSpec, at: tuple[float, float, float], yaw_rad: float, chance: Chance) -> Iterator[Geometry]:
    """Walls, roof, shutters and dark openings of the house at x, y, z, its front turned by yaw."""
    def set_down(mesh: Mesh) -> Mesh:
        return mesh.turned("y", yaw_rad).moved(*at)

    tile = surface_of(spec, "wall").scale_m
    walls = merge([box(wide, high + 1.2, deep, 0.05, tile, 4).moved(x, -1.2, z)
                   for x, z, wide, high, deep in _WINGS] + [_chimney(tile), *_gables(tile)])
    low = smoothstep(-0.3, 1.1, walls.positions[:, 1])
    stone = Material(surface="wall", second_color=rgb(natural(surface_of(spec, "ground").srgb) * 0.5))
    yield part("house", set_down(walls.shaded(occlusion=0.55 + 0.45 * low, second=0.5 * (1 - low))), stone)
    roofs = merge([_roof(chance.child(f"roof {index}"), *wing) for index, wing in enumerate(_WINGS)])
    clay = Material(base_color=rgba(_TILE), second_color=(0.2, 0.13, 0.09), roughness=0.85)
    yield part("house roof", set_down(roofs), clay)
    dark, boards = [], []
    for index, (x, sill, wide, high, z) in enumerate(_OPENINGS):
        dark.append(box(wide, high, 0.06, 0.01).moved(x, sill, z))
        if high < 2.0:
            for side in (-1, 1):
                boards.append(box(0.5 * wide, high + 0.08, 0.05, 0.01)
                              .moved(x + side * 0.78 * wide, sill - 0.04, z + 0.05))
    shutters = Material(base_color=(0.17, 0.19, 0.27, 1.0), roughness=0.8)
    yield part("house openings", set_down(merge(dark)), Material(base_color=(0.02, 0.018, 0.018, 1.0), roughness=0.5))
    yield part("house shutters", set_down(merge(boards)), shutters)


def _chimney(tile: float) -> Mesh:
    shaft, cap = box(0.7, 2.6, 0.7, 0.04, tile), box(0.9, 0.14, 0.9, 0.03, tile)
    return merge([shaft.moved(-2.6, 5.9, -0.6), cap.moved(-2.6, 8.4, -0.6)])


def _rise(deep: float) -> float:
    """How far a ridge stands over the eaves: a flat roof of the south."""
    return 0.27 * deep / 2 * 1.15


def _gables(tile: float) -> Iterator[Mesh]:
    """The triangle of wall under each end of a roof."""
    for x, z, wide, high, deep in _WINGS:
        for side in (-1, 1):
            rows = np.array([[[0, high + _rise(deep), 0], [0, high + _rise(deep), 0]],
                             [[0, high - 0.05, -deep / 2 * side], [0, high - 0.05, deep / 2 * side]]], dtype=float)
            yield patch(rows[:, ::-1], rows[:, ::-1][..., [2, 1]] / tile).moved(x + side * wide / 2, 0.0, z)


def _roof(chance: Chance, x: float, z: float, wide: float, high: float, deep: float) -> Mesh:
    """Two slopes of barrel tiles, sagging a little with age."""
    over, rise = 0.3, _rise(deep)
    count = int((wide + 2 * over) / 0.14)
    u = np.linspace(-1, 1, count)[None, :]
    v = np.array([-1.0, -0.66, -0.33, 0.0, 0.33, 0.66, 1.0])[:, None]
    px = u * (wide / 2 + over) + 0 * v
    pz = v * (deep / 2 + over) + 0 * u
    barrel = 0.045 * np.cos(np.pi * np.arange(count))[None, :]
    sag = -0.07 * (1 - u ** 2) + 0.05 * fbm(np.stack([px * 0.5, pz * 0.5], -1), 2, chance.integers(0, 999))
    y = high + 0.04 + rise * (1 - np.abs(v) * (deep / 2 + over) / (deep / 2)) + barrel + sag
    mesh = patch(np.stack([px, y, pz], axis=-1))
    patchy = 0.5 + 0.5 * fbm(mesh.positions * np.array([2.6, 1.0, 1.6]), 3, 4)
    groove = np.broadcast_to((barrel < 0) * 1.0, px.shape).reshape(-1)
    return mesh.shaded(occlusion=1 - 0.4 * groove, second=0.7 * patchy).moved(x, 0.0, z)
