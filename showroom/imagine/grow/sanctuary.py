"""Sanctuary: steps up to a dark apse, an altar, and gold that answers the candles."""

from dataclasses import replace
from typing import Iterator

import numpy as np

from showroom.imagine import leaning
from showroom.imagine.grow import fire
from showroom.imagine.grow.centre import surface_of, worn
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.mosaic import mosaic
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import blend, linear, natural, part, rgb
from showroom.imagine.grow.scatter import instances
from showroom.imagine.grow.shapes import box, curve, lathe, patch, tube
from showroom.imagine.grow.vault import apse, arcade, pierced_wall, weathered
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import SceneSpec

_RADIUS_M, _SPRING_M, _FLOOR_M = 2.55, 3.6, 0.48
_WINDOW_M = (3.2, 4.45)  # sill and head of the one window, in the apse
_GOLD = Material(base_color=(0.83, 0.56, 0.2, 1.0), metallic=1.0, roughness=0.3)


def sanctuary(spec: SceneSpec, chance: Chance, front_z: float, tile: float,
              detail: float) -> Iterator[Geometry]:
    """Everything beyond the last bay; front_z is where the steps begin to rise."""
    soot = blend(natural(surface_of(spec, "wall").srgb), np.array([0.02, 0.017, 0.014]), 0.75)
    stone = Material(surface=worn(spec, "wall"), second_color=rgb(soot), roughness=0.95)
    middle = front_z - 1.2
    shell = apse(_RADIUS_M, _SPRING_M + 1.0, tile, _WINDOW_M).moved(z=middle)
    shell = merge([shell, pierced_wall(1.5, 3.02, 4.72, 0.3, tile, (0.0, 0.84, 3.25, 4.0)).moved(
        z=middle - _RADIUS_M + 0.12)])
    yield part("apse", weathered(merge([shell, _steps(front_z, tile), _shoulders(front_z, tile)]), 77), stone)
    yield from _pane(spec, middle - _RADIUS_M)
    yield from _altar(spec, chance, middle - 0.9, tile, stone)
    yield mosaic(chance, _RADIUS_M, _SPRING_M + 1.0, middle, _WINDOW_M, leaning.splendour(spec), detail)


def window(front_z: float) -> np.ndarray:
    """(3,) the middle of the apse's window."""
    return np.array([0.0, sum(_WINDOW_M) / 2, front_z - 1.2 - _RADIUS_M])


def _pane(spec: SceneSpec, z: float) -> Iterator[Geometry]:
    """Old glass, brightest in its middle, and the bars before it."""
    v, u = np.meshgrid(np.linspace(1, 0, 13), np.linspace(-1, 1, 9), indexing="ij")
    y = _WINDOW_M[0] + v * (_WINDOW_M[1] - _WINDOW_M[0])
    glass = patch(np.stack([u * 0.44, y, np.full_like(u, z - 0.04)], axis=-1))
    body = 0.6 + 0.25 * v + 0.25 * fbm(np.stack([u * 2, v * 4], -1), 2, 8)
    color = linear(spec.sky.sun_srgb)
    yield part("pane", glass.shaded(opacity=np.clip(body, 0, 1).reshape(-1)),
               Material("glow", emission=rgb(color * 3.4)), casts_shadow=False)
    bars = [box(0.022, 1.25, 0.03, 0.004).moved(x, 3.2, z + 0.06) for x in (-0.2, 0.2)]
    bars += [box(0.86, 0.02, 0.03, 0.004).moved(0, high, z + 0.06) for high in (3.5, 3.8, 4.1)]
    yield part("window bars", merge(bars), Material(base_color=(0.02, 0.018, 0.016, 1.0), roughness=0.8))
    side, up = np.meshgrid(np.linspace(-1, 1, 17), np.linspace(1, -1, 17))
    shine = np.clip(1 - np.hypot(side, up), 0, 1) ** 2
    glow = patch(np.stack([side * 1.25, 3.85 + up * 1.5, np.full_like(up, z + 0.32)], axis=-1))
    yield part("window shine", glow.shaded(opacity=shine.reshape(-1)),
               Material("glow", emission=rgb(color * 0.28)), casts_shadow=False)


def _steps(front_z: float, tile: float) -> Mesh:
    """Three steps across the nave, hollowed in the middle by feet."""
    pieces = []
    for index in range(3):
        step = box(5.4, 0.16, 3.2 - 0.4 * index, 0.02, tile, cuts=10).moved(0, 0.16 * index,
            front_z - 0.6 - 0.2 * index)
        top = step.positions[:, 1] > 0.16 * (index + 1) - 0.03
        hollow = -0.022 * np.exp(-(step.positions[:, 0] / 0.7) ** 2) * top
        step = step.displaced(np.stack([0 * hollow, hollow, 0 * hollow], axis=1))
        x, _, z = step.positions.T  # dark about the altar's foot
        away = np.maximum(np.abs(x) - 1.0, np.abs(z - (front_z - 2.1)) - 0.45)
        near = 1 - 0.65 * smoothstep(0.4, 0.0, away)
        rise = smoothstep(0.16 * index, 0.16 * index + 0.14, step.positions[:, 1])
        pieces.append(step.shaded(occlusion=near * (0.55 + 0.45 * rise)))
    return merge(pieces)


def _shoulders(front_z: float, tile: float) -> Mesh:
    """The wall on both sides of the apse and over it, up into the vault."""
    z = front_z - 1.2
    pieces = []
    for side, outer, high in ((-1, 5.6, 5.3), (1, 5.6, 5.3), (-1, 3.1, 9.8), (1, 3.1, 9.8)):
        low = -0.1 if high < 9 else 5.3
        y, x = np.meshgrid(np.linspace(high, low, 9), side * np.linspace(_RADIUS_M, outer, 5), indexing="ij")
        mesh = patch(np.stack([x, y, np.full_like(x, z)], axis=-1), np.stack([x, -y], axis=-1) / tile)
        inside = mesh if mesh.normals[0, 2] > 0 else mesh.turned_inside_out()
        pieces += [inside, inside.turned_inside_out().moved(z=-0.4)]
    angle = np.linspace(np.pi, 0, 21)
    arch = np.stack([np.cos(angle) * _RADIUS_M, _SPRING_M + 1.0 + np.sin(angle) * _RADIUS_M, np.full(21, z)],
                    axis=1)
    top = np.stack([arch[:, 0], np.full(21, 9.8), arch[:, 2]], axis=1)
    points = np.stack([top, arch])
    pieces.append(patch(points, np.stack([points[..., 0], -points[..., 1]], axis=-1) / tile))
    return merge(pieces).shaded(occlusion=0.6)


def _altar(spec: SceneSpec, chance: Chance, z: float, tile: float, stone: Material) -> Iterator[Geometry]:
    """A stone table with a carved front, an embroidered cloth, candles, and a shrine of gold."""
    y = _FLOOR_M
    yield part("altar", _table(tile).moved(0, y, z), replace(stone, base_color=(1.35, 1.28, 1.15, 1.0)))
    cloth = _frontal(surface_of(spec, "drape").scale_m).moved(0, y, z)
    yield part("altar cloth", cloth, Material(surface=worn(spec, "drape"), base_color=(1.3, 1.1, 1.0, 1.0),
                                              second_color=(0.72, 0.43, 0.1), sheen=0.6, roughness=0.8))
    stick = curve(np.array([(0.0, 0.3), (0.03, 0.3), (0.034, 0.285), (0.012, 0.26), (0.01, 0.18),
                            (0.02, 0.15), (0.011, 0.1), (0.018, 0.05), (0.05, 0.015), (0.055, 0.0)]), 30)
    sticks, wax, flames = [], [], []
    for index, x in enumerate(np.linspace(-0.8, 0.8, 7)):
        tall = 1.35 - 0.09 * abs(index - 3)
        sticks.append(lathe(stick, 14).scaled(1.0, tall, 1.0).moved(x, y + 0.98, z))
        wax.append(fire.candle(chance, 0.2, 0.017).moved(x, y + 0.98 + 0.3 * tall, z))
        flames.append((x, y + 0.98 + 0.3 * tall + 0.193, z))
    lights = tuple(fire.light((x, y + 1.75, z + 0.1), fire.FLAME, 1.3, 4.5, 0.6) for x in (-0.5, 0.5))
    lights += tuple(fire.light((x, y + 1.0, z + 1.35), fire.FLAME, 1.5, 3.2, 0.4) for x in (-0.85, 0.85))
    emblem = _emblem().moved(0.0, y + 0.63, z + 0.525)
    yield part("altar gold", merge([*sticks, _shrine(y, z - 0.5), emblem]), _GOLD, lights=lights)
    yield part("altar candles", merge(wax), fire.wax(), casts_shadow=False)
    placed = instances(np.array(flames), None, 1.3, phases=chance.uniform(0, 1, len(flames)))
    yield part("altar flames", fire.flame(0.055), fire.burning(fire.FLAME, 9.0), placed, casts_shadow=False)
    shines = instances(np.array(flames) + np.array([0.0, 0.03, 0.0]))
    yield part("altar shine", fire.halo(0.13), fire.shine(fire.FLAME, 0.35), shines, casts_shadow=False)


def _table(tile: float) -> Mesh:
    """A slab on a block whose front is a blind arcade on little columns; 2 m wide, 0.98 m tall."""
    bays, bay, spring = 5, 0.36, 0.56
    body = box(1.8, 0.84, 0.66, 0.02, tile, cuts=10).moved(y=0.06).shaded(occlusion=0.22)
    base = box(2.0, 0.13, 0.9, 0.025, tile, cuts=6)
    top = box(2.1, 0.1, 0.94, 0.03, tile, cuts=6).moved(y=0.88)
    front = arcade(bays, bay, 0.08, spring, 0.89, 0.09, tile).moved(z=0.38)
    shaft = lathe(curve(np.array([(0.05, 0.58), (0.052, 0.55), (0.032, 0.5), (0.028, 0.3), (0.032, 0.19),
                                  (0.05, 0.15), (0.052, 0.12)]), 16), 14, tile)
    columns = [shaft.moved((index - bays / 2) * bay, 0, 0.385) for index in range(bays + 1)]
    ends = [box(0.1, 0.8, 0.72, 0.015, tile).moved(side * 0.89, 0.1, 0.0) for side in (-1, 1)]
    return merge([body, base, top, front, *columns, *ends])


def _frontal(tile: float) -> Mesh:
    """A cloth over the middle of the table, its front in folds; gold (shade b): hem, borders."""
    way = curve(np.array([(-0.45, 0.985), (0.2, 0.985), (0.46, 0.984), (0.5, 0.95), (0.5, 0.6),
                          (0.5, 0.22)]), 40)
    u, row = np.meshgrid(np.linspace(-1, 1, 49), np.arange(40))
    hang = smoothstep(0.95, 0.4, way[row, 1])
    fold = 0.018 * hang * np.sin(u * 15 + 1.3 * np.sin(u * 4))
    mesh = patch(np.stack([u * 0.46 * (1 + 0.03 * hang), way[row, 1], way[row, 0] + fold], axis=-1),
                 np.stack([u * 0.46, row / 40 * 1.5], axis=-1) / tile)
    x, y, _ = mesh.positions.T
    hem = smoothstep(0.34, 0.33, y) * (1 - smoothstep(0.265, 0.26, y) * smoothstep(0.24, 0.245, y))
    border = smoothstep(0.4, 0.41, np.abs(x))
    gold = np.maximum(hem, border)
    shade = 0.55 + 0.45 * (fold / 0.036 + 0.5).reshape(-1)
    return mesh.shaded(second=0.9 * gold, occlusion=shade)


def _emblem() -> Mesh:
    """A cross in a ring, 0.3 m across, facing +Z: sewn on the cloth."""
    turn = np.linspace(0, 2 * np.pi, 33)
    pieces = [tube(np.stack([np.sin(turn) * 0.14, np.cos(turn) * 0.14, 0 * turn], axis=1), 0.011, 6,
                   closed=False)]
    for along in (np.array([1.0, 0, 0]), np.array([0, 1.0, 0])):
        arm = np.linspace(-0.135, 0.135, 7)[:, None] * along
        pieces.append(tube(arm, 0.007 + 0.009 * np.abs(np.linspace(-1, 1, 7)), 6))
    return merge(pieces).transformed(np.diag([1.0, 1.0, 0.4]))


def _shrine(y: float, z: float) -> Mesh:
    """A gilt disc with rays over a stepped base."""
    disc = lathe(np.array([(0.0, 0.06), (0.1, 0.05), (0.2, 0.055), (0.26, 0.03), (0.29, 0.04), (0.31, 0.0),
                           (0.0, -0.01)]), 40).turned("x", np.pi / 2)
    rays = []
    for index in range(32):
        turn = 2 * np.pi * index / 32
        way = np.array([np.sin(turn), np.cos(turn), 0.0])
        long = 0.86 if index % 2 else 0.6
        rays.append(tube(np.stack([way * 0.3, way * (0.3 + long) / 2 + way * 0.08, way * long]),
                         np.array([0.02, 0.013, 0.003]), 5))
    base = [box(0.9 - 0.2 * step, 0.16, 0.3 - 0.05 * step, 0.01).moved(0, 0.95 + 0.16 * step, 0)
            for step in range(2)]
    return merge([merge([disc, *rays]).moved(y=1.75), *base]).moved(0, y, z)
