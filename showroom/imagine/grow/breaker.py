"""Breaker: a wave caught as it curls, whole at one end and fallen to foam at the other."""

import numpy as np

from showroom.imagine.grow.beach import WATER_M, shore_z
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.shapes import curve, patch
from showroom.imagine.grow.stones import Ground

# (towards the shore, up) of a section from behind the wave over its crest to the trough before it,
# as shares of its height: first a swell that has not broken, last one whose lip has come down.
_SWELL = np.array([(-3.4, -0.06), (-2.2, 0.16), (-1.1, 0.62), (-0.3, 0.97), (0.12, 0.93), (0.5, 0.6),
                   (0.95, 0.22), (1.6, 0.02),
                   (2.4, -0.06)])
_CURL = np.array([(-3.4, -0.06), (-2.0, 0.2), (-0.8, 0.72), (0.1, 1.0), (0.62, 0.9), (0.86, 0.6),
                  (0.5, 0.58), (0.36, 0.2),
                  (1.5, -0.06)])
_FALLEN = np.array([(-3.4, -0.06), (-2.2, 0.12), (-1.2, 0.36), (-0.4, 0.5), (0.2, 0.56), (0.8, 0.5),
                    (1.25, 0.34), (1.6, 0.1),
                    (2.0, -0.08)])


def breaker_mesh(seed: int, detail: float, out_m: float, from_x: float, to_x: float, height_m: float,
                 peel_x: float,
                 tile_m: float) -> Mesh:
    """A wave `out_m` seaward of the waterline, from x to x; it breaks about peel_x and has fallen left of it.

    Shade as the sea's: g 0 (it is modelled, not made to move), b foam, a opacity.
    """
    columns, rows = int(40 + 120 * detail), 30
    x = np.linspace(from_x, to_x, columns)
    ends = smoothstep(from_x, from_x + 5, x) * smoothstep(to_x, to_x - 7, x)
    tall = height_m * ends * (1 + 0.22 * fbm(x[:, None] * 0.3, 2, seed))
    past = (peel_x - x + 1.2 * fbm(x[:, None] * 0.5, 2, seed + 1)) / 3.5
    fallen, curling = smoothstep(0.1, 1.0, past), smoothstep(-1.5, 0.1, past)
    sections = [curve(section, rows) for section in (_SWELL, _CURL, _FALLEN)]
    shape = sections[0][:, None] * (1 - curling)[:, None] + sections[1][:,
            None] * (curling * (1 - fallen))[:, None] \
        + sections[2][:, None] * (curling * fallen)[:, None]
    line = shore_z(x) - out_m + 0.5 * np.sin(x * 0.21 + 1.0)
    points = np.stack([np.broadcast_to(x, (rows, columns)),
                       WATER_M - 0.02 + shape[..., 1] * np.maximum(tall, 0.02),
                       line + shape[..., 0] * height_m * 0.9], axis=-1)
    mesh = patch(points, points[..., [0, 2]] / tile_m)
    return _foamy(mesh, rows, columns, curling, fallen, seed)


def _foamy(mesh: Mesh, rows: int, columns: int, curling: np.ndarray, fallen: np.ndarray, seed: int) -> Mesh:
    """Foam on the lip where it curls, all over and lumpy where it has fallen, streaks down the back."""
    across = np.repeat(np.linspace(0, 1, rows), columns)
    curl, fall = np.tile(curling, rows), np.tile(fallen, rows)
    at = mesh.positions[:, [0, 2]]
    lace = fbm(mesh.positions * 2.6, 3, seed + 2)
    lip = np.exp(-((across - 0.53) / 0.09) ** 2) * curl * (1 - 0.4 * fall)
    veins = smoothstep(0.72, 0.95, 1 - np.abs(fbm(at * np.array([1.6, 3.0]), 3, seed + 4))) * 0.45
    whole = fall * smoothstep(0.2, 0.45, across) * smoothstep(-0.5, 0.1, lace)
    foam = np.clip(lip * (0.9 + 0.5 * lace) + whole + veins * (0.3 + curl) * smoothstep(0.15, 0.4, across),
                   0, 1)
    lumps = 0.075 * fall * smoothstep(0.2, 0.4, across) * smoothstep(1.0, 0.85,
                                                                     across) * fbm(mesh.positions * 4.5, 3,
                                                                         seed + 3)
    ragged = 0.03 * lip * fbm(mesh.positions * 9, 2, seed + 6)
    rim = smoothstep(0, 0.14, across) * smoothstep(1, 0.86, across)
    return mesh.displaced(lumps + ragged).shaded(flex=0.0, second=foam, opacity=rim,
                                                 occlusion=0.75 + 0.25 * across)


def breakers(seed: int, detail: float, tile_m: float) -> Mesh:
    """The wave that breaks ahead, what is left of the one before it, and the next two coming in."""
    return merge([
        breaker_mesh(seed, detail, 5.6, -26, 24, 0.85, -1.5, tile_m),
        breaker_mesh(seed + 31, 0.5 * detail, 2.4, -15, 13, 0.17, 30.0, tile_m),
        breaker_mesh(seed + 57, detail * 0.4, 12.5, -44, 40, 0.8, -34.0, tile_m),
        breaker_mesh(seed + 91, detail * 0.3, 25.0, -70, 66, 0.8, -90.0, tile_m),
    ])


def lace(seed: int, ground: Ground) -> Mesh:
    """Lines of foam that the last washes left on wet stone: thin ragged cords that part and meet again."""
    count = 150
    pieces = []
    for index, back in enumerate((0.3, 0.34, 0.62, 0.66, 0.7, 1.15, 1.2)):
        x = np.linspace(-6.5, 6.5, count)
        sweep = 0.35 * fbm(np.stack([x * 0.5, np.full_like(x, round(back * 2))], 1), 3, seed)
        strand = 0.09 * fbm(np.stack([x * 2.6, np.full_like(x, 7.0 * index)], 1), 3, seed + 1)
        strength = smoothstep(-0.1, 0.3, fbm(np.stack([x * 1.1, np.full_like(x, 3.0 * index)], 1), 3,
                                             seed + 40))
        half = 0.021 * strength * np.clip(0.3
                                          + 1.4 * np.abs(fbm(np.stack([x * 5, np.full_like(x, index)], 1), 2,
                                                             seed + 50)), 0, 1)
        across = np.linspace(-1, 1, 5)
        z = shore_z(x) + back + sweep + strand + across[:, None] * half
        wide = np.tile(x, (5, 1))
        y = ground(wide, z) + 0.003 + 0.011 * (1 - across[:, None] ** 2) * np.minimum(half / 0.02, 1)
        y = np.where(half < 0.0015, y - 0.03, y)
        pieces.append(patch(np.stack([wide, y, z], axis=-1)).shaded(occlusion=0.92, second=1.0))
    return merge(pieces)
