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
    columns, rows = int(40 + 270 * detail), int(18 + 11 * detail)
    x = _finer_ahead(from_x, to_x, columns)
    ends = smoothstep(from_x, from_x + 5, x) * smoothstep(to_x, to_x - 0.55 * (to_x - max(from_x, peel_x)), x)
    spent = 1 - 0.45 * smoothstep(peel_x - 2.0, peel_x - 10.0, x)
    tall = height_m * ends * spent * (1 + 0.3 * fbm(x[:, None] * 0.3, 2, seed) + 0.1 * fbm(x[:, None] * 1.1, 2, seed))
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
    return _foamy(mesh, rows, columns, curling, fallen, min(1.0, height_m / 0.6), seed)


def _finer_ahead(from_x: float, to_x: float, columns: int) -> np.ndarray:
    """(columns,) values of x, seven times as dense before the visitor as at the ends."""
    even = np.linspace(from_x, to_x, 400)
    dense = np.cumsum(1 + 6 * np.exp(-(even / 7.0) ** 4))
    return np.interp(np.linspace(dense[0], dense[-1], columns), dense, even)


def _foamy(mesh: Mesh, rows: int, columns: int, curling: np.ndarray, fallen: np.ndarray, tall: float,
           seed: int) -> Mesh:
    """Foam: a torn band along the crest that hangs down in fingers, a veil drawn down the face, heaps with
    holes where it has fallen. tall: 1 for a full wave, less for a low wash, whose heaps are low too.
    """
    across = np.repeat(np.linspace(0, 1, rows), columns)
    curl, fall = np.tile(curling, rows), np.tile(fallen, rows)
    x = mesh.positions[:, 0]
    torn = fbm(np.stack([x * 1.1, 0 * x], axis=1), 2, seed + 2)
    finger = fbm(np.stack([x * 3.2, 0 * x], axis=1), 3, seed + 9)
    fine = fbm(np.stack([x * 8.0, across * 9], axis=1), 2, seed + 7)
    start = 0.35 - 0.05 * torn + 0.03 * fine
    stop = 0.41 + (0.15 + 0.1 * torn) * smoothstep(-0.1, 0.9, curl) + 0.16 * curl * np.maximum(finger, -0.4)
    crest = smoothstep(-0.03, 0.02, across - start) * smoothstep(-0.03, 0.04, stop - across + 0.02 * fine)
    drawn = np.stack([x * 5.5 + 2.6 * across, across * 1.6], axis=1)
    streak = smoothstep(0.72, 1.0, 1 - np.abs(fbm(drawn, 2, seed + 4)) + 0.05 * fine)
    streak = streak * smoothstep(0.3, 0.42, across) * smoothstep(0.98, 0.5, across)
    streak = streak * smoothstep(0.1, 0.9, curl + 0.4 * torn)
    back = smoothstep(0.9, 0.94, 1 - np.abs(fbm(np.stack([x * 0.9, across * 14], axis=1), 2, seed + 5)))
    back = 0.8 * back * smoothstep(0.1, 0.25, across) * smoothstep(0.42, 0.36, across)
    heap = fbm(mesh.positions * 2.4, 3, seed + 3)
    whole = smoothstep(0.28, 0.34, across + 0.12 * heap) * smoothstep(0.35, 0.6, fall + 0.3 * heap)
    lace = fbm(mesh.positions * np.array([2.6, 2.0, 4.5]), 3, seed + 11)
    holes = smoothstep(-0.3, 0.12, lace + 0.25 * (tall - 0.6))
    toe = smoothstep(0.74, 0.9, across + 0.16 * heap + 0.08 * torn) * smoothstep(0.2, 0.7, curl) * (0.35 + 0.65 * holes)
    foam = np.clip(np.maximum.reduce([crest, 0.38 * streak, back, toe, whole * (0.25 + 0.75 * holes)]), 0, 1)
    lumps = tall * (0.16 * heap + 0.07 * fbm(mesh.positions * 7, 2, seed + 8))
    lumps = lumps * whole * smoothstep(1.0, 0.88, across)
    ragged = 0.06 * crest * fbm(mesh.positions * 7, 2, seed + 6)
    rim = smoothstep(0, 0.1, across) * smoothstep(1, 0.84, across + 0.06 * fine)
    trough = 0.85 - 0.35 * smoothstep(0.5, 0.85, across)
    hollow = 0.72 + 0.28 * smoothstep(-0.3, 0.25, heap + 0.5 * fine)
    return mesh.displaced(lumps + ragged).shaded(
        flex=0.0, second=foam, opacity=rim, occlusion=np.where(foam > 0.5, hollow, trough))


def breakers(seed: int, detail: float, tile_m: float) -> Mesh:
    """The wave that breaks ahead, what is left of the one before it, and the next two coming in."""
    return merge([
        breaker_mesh(seed, detail, 5.6, -26, 13, 0.85, 1.2, tile_m),
        breaker_mesh(seed + 31, 0.25 * detail, 2.4, -15, 13, 0.17, 30.0, tile_m),
        breaker_mesh(seed + 57, detail * 0.2, 12.5, -44, 40, 0.8, -34.0, tile_m),
        breaker_mesh(seed + 91, detail * 0.15, 25.0, -70, 66, 0.8, -90.0, tile_m),
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
