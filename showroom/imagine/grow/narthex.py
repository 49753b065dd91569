"""Narthex: the back of a temple. Cedar doors ajar, a round window over them, candles in glass, hung lamps."""

from typing import Iterator

import numpy as np

from showroom.imagine import leaning
from showroom.imagine.grow import fire
from showroom.imagine.grow.centre import worn
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import blend, natural, part, rgb
from showroom.imagine.grow.scatter import instances
from showroom.imagine.grow.shapes import box, circle, curve, lathe, patch, tube
from showroom.srgb import linear
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import SceneSpec

DOOR_M, SPRING_M = 1.8, 2.2  # the doorway's width, and where its arch begins
_OCULUS = (5.0, 0.62)  # height of its middle, radius
_RACKS = (-1.95, 1.95)
_LAMPS = ((-1.4, 2.25, 2.6), (1.4, 2.4, 4.4), (-1.4, 2.3, 5.6), (1.4, 2.2, 0.9), (-1.4, 2.35, -2.4),
          (1.4, 2.25, -5.2))
_AISLES = ((-4.3, 1.95, -2.3), (4.3, 2.05, -1.5), (-4.3, 2.0, 2.9), (4.3, 1.9, 3.6))
DUSK = np.array([0.10, 0.19, 0.36])


def narthex(spec: SceneSpec, chance: Chance, wall_z: float, high_m: float) -> Iterator[Geometry]:
    """What hangs on the back wall, whose inner face is at wall_z, and the lamps down the nave to high_m."""
    yield from _doors(chance.child("doors"), wall_z)
    yield from _oculus(spec, wall_z)
    yield from _votives(chance.child("votives"), wall_z - 0.34)
    yield from _lamps(spec, chance.child("lamps"), high_m)


def _doors(chance: Chance, z: float) -> Iterator[Geometry]:
    """Two leaves of cedar planks under iron, one a hand ajar, and the evening in the gap."""
    planks, iron = [], []
    for side in (-1, 1):
        leaf, straps = [], []
        for index in range(5):
            x = 0.09 + 0.172 * index
            high = SPRING_M + np.sqrt(max((DOOR_M / 2) ** 2 - (x + 0.06) ** 2, 0.0004))
            board = box(0.168, high, 0.05, 0.006, cuts=3)
            grain = fbm(board.positions * np.array([26.0, 1.2, 9.0]) + 7.1 * index, 3,
                        chance.integers(0, 9999))
            foot = smoothstep(0.0, 0.6, board.positions[:, 1])
            leaf.append(board.shaded(second=np.clip(0.4 + 0.5 * grain, 0, 1),
                                     occlusion=0.4 + 0.6 * foot).moved(x))
        for y in (0.35, 1.2, 2.05):
            straps.append(box(0.8, 0.055, 0.02, 0.006).moved(0.44, y, -0.032))
            straps += [_stud().moved(0.06 + 0.19 * step, y + 0.027, -0.042) for step in range(5)]
        ring = circle(16)
        loop = np.stack([0.1 + 0.045 * ring[:, 0], 1.05 + 0.045 * ring[:, 1], np.full(17, -0.05)], axis=1)
        straps.append(tube(loop, 0.008, 6, closed=False))
        hinge = 0.0 if side < 0 else 0.11
        for heap, meshes in ((planks, leaf), (iron, straps)):
            mesh = merge(meshes)
            mesh = mesh if side > 0 else mesh.transformed(np.diag([-1.0, 1.0, 1.0]))
            mesh = mesh.moved(-side * 0.92).turned("y", side * hinge).moved(side * 0.92)
            heap.append(mesh.moved(z=z + 0.03))
    cedar = Material(base_color=(0.2, 0.085, 0.038, 1.0), second_color=(0.075, 0.03, 0.014), roughness=0.62,
                     clearcoat=0.12)
    yield part("doors", merge(planks), cedar)
    yield part("iron", merge(iron), Material(base_color=(0.05, 0.045, 0.042, 1.0), metallic=0.8,
                                             roughness=0.5))
    v, u = np.meshgrid(np.linspace(1, 0, 9), np.linspace(-1, 1, 5), indexing="ij")
    gap = patch(np.stack([-(0.03 + 0.028 * u), 0.02 + 2.95 * v, np.full_like(u, z + 0.12)], axis=-1))
    away = np.linspace(0, 1, 9)[:, None] * np.ones((1, 5))
    u = np.linspace(-1, 1, 5)[None, :] * np.ones((9, 1))
    streak = patch(np.stack([-(0.03 + (0.03 + 0.2 * away) * u), np.full_like(u, 0.008),
                             z - 0.05 - 2.6 * away], axis=-1))
    fade = (1 - away) ** 2 * (1 - u * u) * 0.16
    yield part("evening", merge([gap.shaded(opacity=0.9), streak.shaded(opacity=fade.reshape(-1))]),
               Material("glow", emission=rgb(DUSK * 5.0)), casts_shadow=False)


def _stud() -> Mesh:
    return lathe(np.array([(0.0, 0.016), (0.011, 0.012), (0.016, 0.0)]), 8).turned("x", -np.pi / 2)


def _oculus(spec: SceneSpec, z: float) -> Iterator[Geometry]:
    """A round window of twelve lights about a rose, its glass blue as dusk or, if splendid, the heart's."""
    high, radius = _OCULUS
    ring, share = circle(48), np.linspace(0, 1, 9)
    points = np.stack([np.stack([ring[:, 0] * radius * s, high + ring[:, 1] * radius * s,
                                 np.full(49, z - 0.012)],
                                axis=1) for s in share])
    pane = patch(points)
    pane = pane if pane.normals[:, 2].mean() < 0 else pane.turned_inside_out()
    x, y = pane.positions[:, 0], pane.positions[:, 1] - high
    turn, reach = np.arctan2(x, y), np.hypot(x, y) / radius
    body = (0.55 + 0.45 * np.cos(6 * turn) ** 2) * np.where(reach < 0.34, 0.9, 0.65) * (1.05 - 0.4 * reach)
    rose = linear(_heart(spec)) * 0.9
    color = blend(DUSK * 1.6, rose, 0.75 * leaning.splendour(spec))
    yield part("oculus", pane.shaded(opacity=np.clip(body, 0, 1)), Material("glow", emission=rgb(color)),
               casts_shadow=False)
    bars = [_hoop(radius * 1.02, 0.05, high, z), _hoop(radius * 0.36, 0.022, high, z)]
    for index in range(12):
        way = np.array([np.sin(index * np.pi / 6), np.cos(index * np.pi / 6), 0.0])
        at = np.array([0.0, high, z - 0.03])
        bars.append(tube(np.stack([at + way * radius * 0.36, at + way * radius * 0.7, at + way * radius]),
                         0.017, 6))
        petal = at + way * radius * 0.78
        bars.append(_hoop(radius * 0.19, 0.012, petal[1], z, petal[0]))
    stone = Material(surface=worn(spec, "wall"), base_color=(0.9, 0.9, 0.9, 1.0))
    yield part("tracery", merge(bars).shaded(occlusion=0.7), stone, casts_shadow=False)


def _hoop(radius: float, thick: float, y: float, z: float, x: float = 0.0) -> Mesh:
    ring = circle(18)
    path = np.stack([x + ring[:, 0] * radius, y + ring[:, 1] * radius, np.full(19, z - 0.03)], axis=1)
    return tube(path, thick, 5, closed=False)


def _heart(spec: SceneSpec) -> str:
    """The heaviest colour of the heart, or a plain rose."""
    stage = next((stage for stage in spec.palette if stage.stage == "heart" and stage.colours), None)
    return stage.colours[0].srgb if stage else "#c2607a"


def _votives(chance: Chance, z: float) -> Iterator[Geometry]:
    """Iron racks of candles in red and amber glass on both sides of the doors."""
    cup = lathe(np.array([(0.026, 0.07), (0.031, 0.066), (0.03, 0.03), (0.022, 0.004), (0.0, 0.0)]), 10)
    cup = cup.shaded(opacity=0.35 + 0.65 * smoothstep(0.07, 0.02, cup.positions[:, 1]))
    racks, at = [], []
    for x in _RACKS:
        for row in range(3):
            y, out = 0.78 + 0.15 * row, -0.14 + 0.13 * row
            racks.append(box(0.86, 0.014, 0.11, 0.004).moved(x, y - 0.014, z + out))
            for step in range(7):
                if chance.uniform() < 0.8:
                    at.append((x + 0.12 * (step - 3) + 0.012 * chance.normal(), y, z + out))
        for corner in (-0.4, 0.4):
            racks.append(box(0.022, 1.08, 0.022, 0.004).moved(x + corner, 0.0, z + 0.13))
            racks.append(box(0.022, 0.78, 0.022, 0.004).moved(x + corner, 0.0, z - 0.15))
    lights = tuple(fire.light((x, 1.35, z - 0.12), fire.EMBER + np.array([0.0, 0.1, 0.02]), 1.6, 4.2, 0.4)
                   for x in _RACKS)
    yield part("racks", merge(racks), Material(base_color=(0.04, 0.036, 0.034, 1.0), metallic=0.7,
                                               roughness=0.5),
               lights=lights)
    tints = np.where(chance.uniform(0, 1, (len(at), 1)) < 0.65, [[1.0, 0.10, 0.03]], [[1.0, 0.42, 0.06]])
    placed = instances(np.array(at), None, chance.uniform(0.9, 1.1, len(at)),
                       tints * chance.uniform(0.6, 1.1, (len(at), 1)), chance.uniform(0, 1, len(at)))
    yield part("votives", cup, Material("glow", emission=(0.9, 0.9, 0.9)), placed, casts_shadow=False)
    flames = instances(np.array(at) + np.array([0.0, 0.022, 0.0]), None, 0.8,
                       phases=chance.uniform(0, 1, len(at)))
    yield part("votive flames", fire.flame(0.04), fire.burning(fire.FLAME, 7.0), flames, casts_shadow=False)


def _lamps(spec: SceneSpec, chance: Chance, high_m: float) -> Iterator[Geometry]:
    """Oil lamps of brass on three chains: in the aisles, three behind, and if splendid up to the altar."""
    rich = leaning.splendour(spec)
    at = np.array((*_AISLES, *_LAMPS[:3 + round(3 * rich)]))
    bowl = lathe(curve(np.array([(0.1, 0.13), (0.11, 0.12), (0.105, 0.07), (0.07, 0.02), (0.02, -0.01),
                                 (0.028, -0.03),
                                 (0.012, -0.05), (0.0, -0.07)]), 15), 14, 0.4)
    chains = [tube(np.array([[np.sin(a) * 0.1, 0.12, np.cos(a) * 0.1],
                             [np.sin(a) * 0.05, 0.42, np.cos(a) * 0.05],
                             [0, 0.75, 0]]), 0.004, 4) for a in np.arange(3) * 2.1]
    cord = tube(np.array([[0, 0.75, 0], [0, 2.0, 0], [0, high_m - 2.3, 0]]), 0.005, 4)
    brass = Material(surface=worn(spec, "prop"), metallic=1.0, roughness=0.8,
                     second_color=(0.05, 0.035, 0.02))
    glow = blend(fire.FLAME, natural(_heart(spec)) * 1.2, 0.35 * rich)
    lights = tuple(fire.light((x, y + 0.28, z), glow, 0.9 + 0.5 * rich, 4.4, 0.25) for x, y, z in at)
    yield part("lamps", merge([bowl, *chains, cord]), brass, instances(at), lights=lights)
    glass = lathe(np.array([(0.0, 0.1), (0.05, 0.13), (0.072, 0.17), (0.06, 0.24), (0.05, 0.26)])[::-1], 14)
    body = 0.35 + 0.65 * smoothstep(0.26, 0.12, glass.positions[:, 1])
    yield part("lamp glass", glass.shaded(opacity=body), Material("glow", emission=rgb(glow * 1.1)),
               instances(at, phases=chance.uniform(0, 1, len(at))), casts_shadow=False)
    yield part("lamp shine", fire.halo(0.2), fire.shine(glow, 0.16),
               instances(at + np.array([0.0, 0.18, 0.0])),
               casts_shadow=False)
