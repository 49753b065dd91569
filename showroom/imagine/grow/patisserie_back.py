"""Patisserie back: behind the visitor. The shop's door and its panes, a lit dresser, a rack of loaves."""

from typing import Iterator

import numpy as np

from showroom.imagine.grow import fire
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import Mesh, make, merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import part, rgb, rgba
from showroom.imagine.grow.scatter import bases, instances, varied_tints
from showroom.imagine.grow.shapes import box, circle, icosphere, lathe, patch, tube
from showroom.words.geometry import Geometry, Material

_DOOR_X, _DOOR_M, _DOOR_HIGH = 2.35, 0.95, 2.25
_RACK = (-2.5, 2.0)  # x, z of its middle


def back(chance: Chance, back_z: float, right_x: float, sky: np.ndarray, paint: np.ndarray,
         lamplight: float) -> Iterator[Geometry]:
    """sky: the brightness behind the door's panes.   paint: of the door.   lamplight: the lamps' strength."""
    yield from _door(back_z, sky, paint)
    yield from _rack(chance.child("rack"))
    yield from _board(chance.child("board"), right_x)
    yield from _lamps(back_z, lamplight)


def _door(z: float, sky: np.ndarray, paint: np.ndarray) -> Iterator[Geometry]:
    """A glazed door with a light over it, as one sees it from within."""
    left, right = _DOOR_X - _DOOR_M / 2, _DOOR_X + _DOOR_M / 2
    frame = [box(0.09, _DOOR_HIGH + 0.55, 0.12, 0.01).moved(x, 0, z - 0.05)
             for x in (left - 0.05, right + 0.05)]
    frame += [box(_DOOR_M + 0.2, 0.08, 0.12, 0.01).moved(_DOOR_X, y, z - 0.05)
              for y in (_DOOR_HIGH, _DOOR_HIGH + 0.5)]
    leaf = [box(0.12, _DOOR_HIGH, 0.05, 0.008).moved(x, 0.02, z - 0.04) for x in (left + 0.06, right - 0.06)]
    leaf += [box(_DOOR_M, high, 0.05, 0.008, cuts=2).moved(_DOOR_X, y, z - 0.04)
             for y, high in ((0.02, 0.8), (1.42, 0.035), (1.9, 0.035), (_DOOR_HIGH - 0.12, 0.12))]
    leaf += [box(0.03, _DOOR_HIGH - 0.8, 0.04, 0.006).moved(_DOOR_X, 0.8, z - 0.04)]
    leaf += [box(0.62, 0.5, 0.03, 0.02).moved(_DOOR_X, 0.17, z - 0.075)]
    mesh = merge([*frame, *leaf])
    shade = 0.5 + 0.5 * smoothstep(0.0, 0.4, mesh.positions[:, 1])
    yield part("shop door", mesh.shaded(occlusion=shade),
               Material(base_color=rgba(paint), roughness=0.4, clearcoat=0.3))
    panes = []
    for low, high in ((0.82, _DOOR_HIGH - 0.1), (_DOOR_HIGH + 0.06, _DOOR_HIGH + 0.5)):
        v, u = np.meshgrid(np.linspace(high, low, 12), np.linspace(right, left, 8), indexing="ij")
        pane = patch(np.stack([u, v, np.full_like(u, z - 0.035)], axis=-1))
        blurred = 0.55 + 0.3 * smoothstep(0.9, 2.3, v) + 0.25 * fbm(np.stack([u * 2.5, v * 1.8], -1), 2, 5)
        pane = pane if pane.normals[:, 2].mean() < 0 else pane.turned_inside_out()
        panes.append(pane.shaded(opacity=np.clip(blurred, 0, 1).reshape(-1)))
    yield part("door panes", merge(panes), Material("glow", emission=rgb(sky)), casts_shadow=False)
    knob = lathe(np.array([(0.0, 0.06), (0.022, 0.055), (0.03, 0.04), (0.02, 0.022), (0.011, 0.015),
                           (0.011, 0.0)]), 16)
    ring = circle(12)
    bell = lathe(np.array([(0.0, 0.07), (0.02, 0.065), (0.03, 0.03), (0.045, 0.0)]), 16)
    bell = bell.moved(left + 0.2, 2.36, z - 0.2)
    arm = tube(np.stack([np.array([left + 0.2, 2.43, z - 0.2]), np.array([left + 0.2, 2.47, z - 0.14]),
                         np.array([left + 0.2, 2.4, z - 0.08])]), 0.005, 6)
    sill = tube(np.stack([left + 0.1 + 0.0 * ring[:, 0], 1.1 + 0.05 * ring[:, 0],
                          z - 0.1 + 0.03 * ring[:, 1]], axis=1), 0.008,
                6, closed=False)
    yield part("door brass", merge([knob.turned("x", -np.pi / 2).moved(left + 0.06, 1.05, z - 0.065), bell,
                                    arm, sill]),
               Material(base_color=(0.62, 0.42, 0.18, 1.0), metallic=1.0, roughness=0.3))


def _loaf(chance: Chance) -> Mesh:
    """A round loaf of unit radius, flour on its crown, slashed across."""
    points, faces = icosphere(2)
    shape = points * np.array([1.0, 0.62, 1.0])
    shape = shape * (1 + 0.07 * fbm(points * 2.1, 3, chance.integers(0, 999)))[:, None]
    slash = np.abs(points[:, 0] + 0.25 * np.sin(points[:, 2] * 2)) < 0.09
    slash |= np.abs(points[:, 2] + 0.2 * np.sin(points[:, 0] * 2)) < 0.09
    top = smoothstep(0.35, 0.75, points[:, 1])
    mesh = make(shape, faces, shape[:, [0, 2]])
    mesh = mesh.displaced(-0.05 * slash * top)
    flour = top * np.clip(0.4 + 0.8 * fbm(points * 5, 2, 7), 0, 1)
    return mesh.shaded(second=np.clip(flour * ~slash, 0, 1),
                       occlusion=0.4 + 0.6 * smoothstep(-0.5, 0.2, shape[:, 1]))


def _rack(chance: Chance) -> Iterator[Geometry]:
    """An iron rack against the wall with boards of loaves, the lowest for long ones."""
    x, z = _RACK
    posts = [tube(np.array([[x + dx, -0.02, z + dz], [x + dx, 0.95, z + dz], [x + dx, 1.9, z + dz]]), 0.014,
                  7)
             for dx in (-0.19, 0.19) for dz in (-0.62, 0.62)]
    levels = (0.3, 0.78, 1.26, 1.74)
    posts += [tube(np.array([[x + dx, y, z - 0.62], [x + dx, y, z], [x + dx, y, z + 0.62]]), 0.009, 6)
              for y in levels for dx in (-0.19, 0.19)]
    yield part("rack", merge(posts), Material(base_color=(0.05, 0.046, 0.042, 1.0), metallic=0.7,
                                              roughness=0.5))
    boards = [box(0.4, 0.02, 1.26, 0.005).moved(x, y, z) for y in levels]
    yield part("rack boards", merge(boards), Material(base_color=(0.3, 0.19, 0.1, 1.0), roughness=0.85))
    at, sizes = [], []
    for level, y in enumerate(levels):
        where = -0.5
        while where < 0.52:
            size = chance.uniform(0.085, 0.125)
            if chance.uniform() < 0.86:
                at.append((x + 0.03 * chance.normal(), y + 0.02 + 0.55 * size, z + where + size))
                sizes.append((size, size * chance.uniform(0.85, 1.1), size * (1.5 if level == 0 else 1.0)))
            where += size * (3.1 if level == 0 else 2.15)
    placed = instances(np.array(at), bases(chance, len(at), 0.05), np.array(sizes),
                       varied_tints(chance, len(at), 0.02, 0.25))
    yield part("loaves", _loaf(chance), Material(base_color=(0.36, 0.16, 0.05, 1.0),
                                                 second_color=(0.62, 0.5, 0.34),
                                                 roughness=0.75), placed)


def _board(chance: Chance, x: float) -> Iterator[Geometry]:
    """A slate with the day's list chalked on it, in a wooden frame, on the right wall."""
    middle, y, half, tall = 1.35, 1.1, 0.42, 1.05
    rails = [box(0.04, tall + 0.1, 0.05, 0.008).moved(x - 0.03, y - 0.05,
                                                      middle + side * (half + 0.02)) for side in (-1, 1)]
    rails += [box(0.04, 0.05, 2 * half + 0.09, 0.008).moved(x - 0.03, at, middle)
              for at in (y - 0.05, y + tall)]
    yield part("slate frame", merge(rails), Material(base_color=(0.17, 0.09, 0.045, 1.0), roughness=0.6))
    v, u = np.meshgrid(np.linspace(1, 0, 56), np.linspace(-1, 1, 40), indexing="ij")
    line = (v * 11) % 1.0
    word = fbm(np.stack([u * 9.0, np.floor(v * 11) * 7.3], -1), 2, chance.integers(0, 999)) > -0.12
    stroke = np.abs(line - 0.5 - 0.22 * np.sin(u * 70 + np.floor(v * 11) * 2.1) * np.sin(u * 23)) < 0.16
    inside = (np.abs(u) < 0.8) & (v > 0.08) & (v < 0.92) & ((np.floor(v * 11) % 2 == 0) | (v > 0.8))
    chalk = 0.55 * (stroke & word & inside) + 0.1 * np.clip(fbm(np.stack([u * 2, v * 2], -1), 3, 9), 0, 1)
    slate = patch(np.stack([np.full_like(u, x - 0.02), y + v * tall, middle + u * half], axis=-1))
    slate = slate if slate.normals[:, 0].mean() < 0 else slate.turned_inside_out()
    yield part("slate", slate.shaded(second=chalk.reshape(-1)),
               Material(base_color=(0.022, 0.024, 0.023, 1.0), second_color=(0.6, 0.58, 0.54),
                        roughness=0.85))


def _lamps(z: float, strength: float) -> Iterator[Geometry]:
    """Two globes of milk glass over the dresser."""
    at = np.array([(-0.45, 2.42, z - 0.75), (1.05, 2.42, z - 0.75)])
    turn = np.linspace(0.25, np.pi, 12)
    globe = lathe(np.stack([np.sin(turn) * 0.11, np.cos(turn) * 0.11], axis=1), 20)
    stem = lathe(np.array([(0.008, 1.1), (0.008, 0.16), (0.03, 0.13), (0.034, 0.1)]), 10)
    lights = tuple(fire.light((x, y - 0.14, zz), fire.FLAME + np.array([0, 0.12, 0.14]), strength, 4.6,
                              0.02) for x, y, zz in at)
    placed = instances(at)
    yield part("globe stems", stem, Material(base_color=(0.55, 0.38, 0.17, 1.0), metallic=1.0, roughness=0.3),
               placed,
               casts_shadow=False)
    milk = Material(base_color=(0.6, 0.56, 0.5, 1.0), roughness=0.2, clearcoat=0.8, translucency=0.6,
                    emission=rgb((fire.FLAME + np.array([0, 0.14, 0.2])) * (0.5 + 0.9 * strength)))
    yield part("globes", globe, milk, placed, casts_shadow=False, lights=lights)
