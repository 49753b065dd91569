"""Harvest: what people have put into a field: hives, round bales of straw, linen on a line."""

from typing import Iterator

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import natural, part, rgba
from showroom.imagine.grow.scatter import bases, instances, varied_sizes, varied_tints
from showroom.imagine.grow.shapes import box, lathe, patch, tube
from showroom.imagine.grow.stones import Ground
from showroom.words.geometry import Geometry, Material

_PEGS = 4  # stretches of a sheet between its pegs
_PAINTS = np.array([(0.3, 0.5, 0.56), (0.78, 0.7, 0.5), (0.72, 0.42, 0.12), (0.3, 0.42, 0.5)])


def hives(at: np.ndarray, ground: Ground, chance: Chance) -> Iterator[Geometry]:
    """Wooden hives in faded paint on (n, 2) x, z, each on two stones, its flight board to the visitor."""
    x, z = at.T
    body = merge([box(0.42, 0.26, 0.5, 0.008, 0.5).moved(y=0.2), box(0.43, 0.19, 0.51, 0.008, 0.5).moved(y=0.465)])
    lid = merge([box(0.48, 0.07, 0.56, 0.012, 0.5).moved(y=0.66), box(0.36, 0.025, 0.16, 0.006).moved(0, 0.19, 0.31),
                 box(0.5, 0.2, 0.14, 0.02).moved(0, -0.03, 0.15), box(0.5, 0.2, 0.14, 0.02).moved(0, -0.03, -0.15)])
    slot = box(0.2, 0.022, 0.02, 0.004).moved(0.0, 0.22, 0.248)
    grain = 0.82 + 0.18 * fbm(body.positions * 9, 2, 4)
    body = body.shaded(occlusion=grain * (0.5 + 0.5 * smoothstep(0.15, 0.35, body.positions[:, 1])))
    yaw = np.arctan2(-x, -z) + 0.25 * chance.normal(len(at))
    turned = bases(chance, len(at), 0.03, yaw_rad=yaw)
    stand = np.stack([x, ground(x, z), z], axis=1)
    sizes = varied_sizes(chance, len(at), 1.0, 0.12)
    paint = Material(base_color=(0.8, 0.8, 0.8, 1.0), roughness=0.75)
    tints = _PAINTS[np.arange(len(at)) % len(_PAINTS)] * varied_tints(chance, len(at), 0.01, 0.1)
    yield part("hives", body, paint, instances(stand, turned, sizes, tints))
    zinc = Material(base_color=(0.3, 0.29, 0.27, 1.0), roughness=0.6)
    yield part("hive lids", lid, zinc, instances(stand, turned, sizes))
    yield part("hive slots", slot, Material(base_color=(0.01, 0.01, 0.01, 1.0)), instances(stand, turned, sizes),
               casts_shadow=False)


def bales(at: np.ndarray, ground: Ground, chance: Chance) -> Geometry:
    """Round bales lying where the baler left them, at (n, 2) x, z."""
    rim = [(0.0, 0.0), (0.5, 0.0), (0.62, 0.02), (0.66, 0.08)]
    side = [(0.66, 0.08), (0.675, 0.35), (0.66, 0.62), (0.675, 0.9), (0.66, 1.12)]
    mesh = lathe(np.array([(r, 1.2 - y) for r, y in rim] + [(r, 1.2 - y) for r, y in side[1:]]
                          + [(0.62, 0.02), (0.5, 0.0), (0.0, 0.0)]), 28)
    mesh = mesh.moved(y=-0.6).turned("x", np.pi / 2)
    turn = np.arctan2(mesh.positions[:, 0], mesh.positions[:, 1])
    wound = 0.03 * fbm(np.stack([turn * 5, mesh.positions[:, 2] * 9], axis=-1), 3, 3)
    reach = np.hypot(mesh.positions[:, 0], mesh.positions[:, 1])
    spiral = 0.5 + 0.5 * np.sin(60 * reach + 2 * turn)
    mesh = mesh.displaced(wound).moved(y=0.64)
    foot = smoothstep(0.0, 0.5, mesh.positions[:, 1])
    mesh = mesh.shaded(occlusion=0.4 + 0.6 * foot, second=0.6 * spiral * (np.abs(mesh.normals[:, 2]) > 0.6))
    x, z = at.T
    straw = Material(base_color=(0.42, 0.31, 0.13, 1.0), second_color=(0.24, 0.16, 0.06), roughness=0.95, sheen=0.3)
    placed = instances(np.stack([x, ground(x, z), z], axis=1), bases(chance, len(at), 0.04),
                       varied_sizes(chance, len(at), 1.0, 0.1), varied_tints(chance, len(at), 0.01, 0.15))
    return part("bales", mesh, straw, placed)


def linen_line(ends: np.ndarray, ground: Ground, srgb: str, chance: Chance) -> Iterator[Geometry]:
    """A line between posts at (n, 2) x, z with sheets drying on it, which the wind lifts; srgb: their colour."""
    tops = np.column_stack([ends[:, 0], ground(ends[:, 0], ends[:, 1]) + 2.05, ends[:, 1]])
    posts = [tube(np.array([top - [0, 2.35, 0], top + [0.01, 0.06, 0]]), 0.035, 7) for top in tops]
    sheets, ropes = [], []
    for index, (one, other) in enumerate(zip(tops, tops[1:])):
        along = np.linspace(0, 1, 24)[:, None]
        sag = np.array([0.0, 1.0, 0.0]) * -0.16 * 4 * along * (1 - along)
        rope = one + (other - one) * along + sag
        ropes.append(tube(rope, 0.006, 4))
        for low, high in ((0.07, 0.46), (0.54, 0.93)):
            sheets.append(_sheet(rope, low, high, chance.child(f"sheet {index} {low}")))
    wood = Material(base_color=(0.16, 0.12, 0.085, 1.0), roughness=0.9)
    yield part("line", merge([*posts, *ropes]), wood)
    cloth = Material("foliage", base_color=rgba(natural(srgb)), second_color=(0.5, 0.5, 0.6), roughness=0.85,
                     translucency=0.45, sheen=0.3)
    yield part("linen", merge(sheets), cloth, instances(np.zeros((1, 3)), flex_m=0.05))


def _sheet(rope: np.ndarray, low: float, high: float, chance: Chance) -> Mesh:
    """A bed sheet pegged to a stretch of a line: it hangs in folds, its hem blown forward."""
    tall = 1.45 * chance.uniform(0.78, 1.08)
    where = np.linspace(low, high, 48) * (len(rope) - 1)
    top = np.stack([np.interp(where, np.arange(len(rope)), rope[:, axis]) for axis in range(3)], axis=1)
    v = np.linspace(0, 1, 14)[:, None]
    u = np.linspace(0, 1, 48)[None, :]
    at = np.stack(np.broadcast_arrays(u * 3.2 + chance.uniform(0, 50), 0.7 * v), axis=-1)
    wide = fbm(at, 2, 3)  # few and broad, none like its neighbour; finer ones run out below the pegs
    fine = fbm(at * np.array([3.4, 1.6]), 2, 4) * (1 - v) ** 0.7
    fold = (0.05 + 0.26 * v) * wide + 0.07 * fine
    blown = 0.42 * v ** 1.6 * (0.75 + 0.5 * np.sin(2.2 * u + chance.uniform(0, 6)))
    points = top[None] + np.stack([0.25 * blown + 0 * u, -tall * v * (1 - 0.08 * v) + 0 * u, blown + fold], axis=-1)
    mesh = patch(points)
    slack = np.abs(np.sin(np.pi * _PEGS * (u + 0.04 * np.sin(2 * np.pi * u)))) ** 0.8
    pegged = (0.11 * slack * (1 - v) ** 2 + 0.05 * (wide + slack) * v).reshape(-1)
    mesh = mesh.displaced(np.stack([0 * pegged, -pegged, 0 * pegged], axis=1))
    valley = np.clip(2.5 * (wide + 0.5 * fine), -1, 1).reshape(-1)
    return mesh.shaded(occlusion=0.8 + 0.2 * valley, flex=np.broadcast_to(v ** 1.5, fold.shape).reshape(-1),
                       second=0.25 * (valley < -0.5))
