"""Sanctuary: steps up to a dark apse, an altar, and gold that answers the candles."""

from typing import Iterator

import numpy as np

from showroom.imagine.grow import fire
from showroom.imagine.grow.centre import surface_of, worn
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import blend, natural, part, rgb
from showroom.imagine.grow.scatter import facing, instances, varied_sizes
from showroom.imagine.grow.shapes import box, curve, lathe, patch, tube
from showroom.imagine.grow.vault import apse, weathered
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import SceneSpec

_RADIUS_M, _SPRING_M, _FLOOR_M = 2.55, 3.6, 0.48
_GOLD = Material(base_color=(0.83, 0.56, 0.2, 1.0), metallic=1.0, roughness=0.3)


def sanctuary(spec: SceneSpec, chance: Chance, front_z: float, tile: float,
              detail: float) -> Iterator[Geometry]:
    """Everything beyond the last bay; front_z is where the steps begin to rise."""
    soot = blend(natural(surface_of(spec, "wall").srgb), np.array([0.02, 0.017, 0.014]), 0.75)
    stone = Material(surface=worn(spec, "wall"), second_color=rgb(soot), roughness=0.95)
    middle = front_z - 1.2
    shell = apse(_RADIUS_M, _SPRING_M + 1.0, tile).moved(z=middle)
    yield part("apse", weathered(merge([shell, _steps(front_z, tile), _shoulders(front_z, tile)]), 77), stone)
    yield from _altar(spec, chance, middle - 0.9, detail)
    yield from _mosaic(chance, middle, detail)


def _steps(front_z: float, tile: float) -> Mesh:
    """Three steps across the nave, hollowed in the middle by feet."""
    pieces = []
    for index in range(3):
        step = box(5.4, 0.16, 3.2 - 0.4 * index, 0.02, tile, cuts=10).moved(0, 0.16 * index,
            front_z - 0.6 - 0.2 * index)
        top = step.positions[:, 1] > 0.16 * (index + 1) - 0.03
        hollow = -0.022 * np.exp(-(step.positions[:, 0] / 0.7) ** 2) * top
        step = step.displaced(np.stack([0 * hollow, hollow, 0 * hollow], axis=1))
        pieces.append(step.shaded(occlusion=0.55 + 0.45 * smoothstep(0.16 * index, 0.16 * index + 0.14,
                                                                     step.positions[:, 1])))
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


def _altar(spec: SceneSpec, chance: Chance, z: float, detail: float) -> Iterator[Geometry]:
    """A cloth over stone, seven candles in gilt sticks, and a shrine of gold behind them."""
    y = _FLOOR_M
    cloth = box(1.9, 0.98, 0.8, 0.02, surface_of(spec, "drape").scale_m, cuts=14).moved(y=y, z=z)
    fall = smoothstep(y + 0.95, y + 0.2, cloth.positions[:, 1])
    folds = 0.025 * fall * np.sin(cloth.positions[:, 0] * 17 + 2 * fbm(cloth.positions * 2, 2, 3))
    cloth = cloth.displaced(np.stack([0 * folds, 0 * folds, folds], axis=1))
    yield part("altar", cloth.shaded(occlusion=0.5 + 0.5 * smoothstep(y, y + 0.5, cloth.positions[:, 1])),
               Material(surface=worn(spec, "drape"), sheen=0.6))
    stick = curve(np.array([(0.0, 0.3), (0.03, 0.3), (0.034, 0.285), (0.012, 0.26), (0.01, 0.18),
                            (0.02, 0.15), (0.011, 0.1), (0.018, 0.05), (0.05, 0.015), (0.055, 0.0)]), 30)
    sticks, wax, flames = [], [], []
    for index, x in enumerate(np.linspace(-0.8, 0.8, 7)):
        tall = 1.35 - 0.09 * abs(index - 3)
        sticks.append(lathe(stick, 14).scaled(1.0, tall, 1.0).moved(x, y + 0.98, z))
        wax.append(fire.candle(chance, 0.2, 0.017).moved(x, y + 0.98 + 0.3 * tall, z))
        flames.append((x, y + 0.98 + 0.3 * tall + 0.193, z))
    lights = tuple(fire.light((x, y + 1.75, z + 0.1), fire.FLAME, 1.3, 4.5, 0.6) for x in (-0.5, 0.5))
    yield part("altar gold", merge([*sticks, _shrine(y, z - 0.5)]), _GOLD, lights=lights)
    yield part("altar candles", merge(wax), fire.wax(), casts_shadow=False)
    placed = instances(np.array(flames), None, 1.3, phases=chance.uniform(0, 1, len(flames)))
    yield part("altar flames", fire.flame(0.036), fire.burning(fire.FLAME, 5.0), placed, casts_shadow=False)


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


def _mosaic(chance: Chance, middle: float, detail: float) -> Iterator[Geometry]:
    """Gold tesserae over the half dome and in bands below it, each at its own angle: some always glint."""
    count = int(700 + 1900 * detail)
    azimuth = chance.uniform(-1.45, 1.45, count)
    band = chance.uniform(0, 1, count)
    tilt = np.where(band < 0.72, np.arcsin(chance.uniform(0.02, 0.97, count)), 0.0)
    y = np.where(band < 0.72, _SPRING_M + 1.0 + np.sin(tilt) * _RADIUS_M,
                 np.where(band < 0.86, 4.2, 2.55) + 0.11 * chance.normal(count))
    ring = np.cos(tilt) * _RADIUS_M * 0.994
    at = np.stack([np.sin(azimuth) * ring, y, middle - np.cos(azimuth) * ring], axis=1)
    figure = fbm(np.stack([azimuth * 2.2, y * 1.1], axis=1), 3, 19)
    at = at[(figure > -0.12) | (band >= 0.72)]
    count = len(at)
    inward = np.stack([-at[:, 0], 0.4 * (4.0 - at[:, 1]), middle - at[:, 2]],
                      axis=1) + 0.5 * chance.normal((count, 3))
    light = 0.55 + 0.45 * chance.uniform(0, 1, (count, 1))
    tints = light * np.array([1.0, 0.97, 0.9])
    placed = instances(at, facing(inward, np.tile(np.array([0.0, 1.0, 0.0]), (count, 1))),
                       varied_sizes(chance, count, 0.042), tints)
    quad = patch(np.array([[[-0.5, 0.5, 0.1], [0.5, 0.5, 0.1]], [[-0.5, -0.5, 0.1], [0.5, -0.5, 0.1]]]))
    yield part("mosaic", quad, _GOLD, placed, casts_shadow=False)
