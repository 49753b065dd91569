"""Trellis: lath screens between posts, an arch and a pergola, of wood that was once painted white."""

import numpy as np

from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import smoothstep
from showroom.imagine.grow.shapes import box, curve, lathe, tube

POST_M, LATH_M = 0.085, 0.026


def bay(width_m: float, height_m: float, mesh_m: float = 0.17) -> Mesh:
    """One bay along X from post to post (the right-hand post is the next bay's), y = 0 to height_m.

    Laths cross on the diagonal; a bowed cap rail joins the posts.
    """
    foot = 0.22
    laths = _lattice(width_m, height_m - foot, mesh_m).moved(0, foot, 0)
    rails = [_beam(width_m, 0.045, 0.03).moved(0, y, 0) for y in (foot - 0.03, height_m - 0.02)]
    u = np.linspace(-1, 1, 13)
    bow = np.stack([0.5 * width_m * u, height_m + 0.02 + 0.2 * (1 - u * u), 0 * u], axis=1)
    cap = tube(bow, 0.026, 6, 0.5)
    return _aged(merge([post(height_m + 0.12).moved(-width_m / 2, 0, 0), laths, *rails, cap]))


def post(height_m: float) -> Mesh:
    """A square post with a turned finial."""
    shaft = box(POST_M, height_m + 0.15, POST_M, 0.006, 0.5).moved(y=-0.15)
    knob = lathe(np.array([(0.0, 0.13), (0.03, 0.12), (0.045, 0.085), (0.03, 0.05), (0.022, 0.035), (0.05, 0.02),
                           (0.056, 0.0)]), 12)
    return merge([shaft, knob.moved(y=height_m)])


def arch(width_m: float, height_m: float, depth_m: float = 0.7) -> Mesh:
    """A lath arch over X: two round heads on four posts, rungs across its back."""
    spring = height_m - width_m / 2
    turn = np.linspace(0, np.pi, 17)
    head = np.stack([-0.5 * width_m * np.cos(turn), spring + 0.5 * width_m * np.sin(turn), 0 * turn], axis=1)
    pieces = []
    for z in (-depth_m / 2, depth_m / 2):
        pieces.append(tube(head + [0, 0, z], 0.036, 6, 0.5))
        pieces += [box(POST_M, spring + 0.15, POST_M, 0.006, 0.5).moved(x, -0.15, z)
                   for x in (-width_m / 2, width_m / 2)]
    for at in head[1:-1:2]:
        pieces.append(tube(np.array([at - [0, 0, 0.6 * depth_m], at + [0, 0, 0.6 * depth_m]]), 0.018, 5, 0.5))
    for side in (-1, 1):
        screen = _lattice(depth_m - POST_M, spring - 0.3, 0.17).turned("y", np.pi / 2)
        pieces.append(screen.moved(side * width_m / 2, 0.2, 0))
    return _aged(merge(pieces))


def pergola(span_m: float, height_m: float, frames: int, step_m: float) -> Mesh:
    """Frames across X one behind the other along +Z from z = 0, rafters over them, laths along."""
    pieces = []
    for index in range(frames):
        z = index * step_m
        pieces += [box(0.11, height_m + 0.15, 0.11, 0.008, 0.5).moved(side * span_m / 2, -0.15, z)
                   for side in (-1, 1)]
        pieces.append(_beam(span_m + 0.7, 0.13, 0.06).moved(0, height_m, z))
        for side in (-1, 1):
            knee = np.array([[side * span_m / 2, height_m - 0.5, z], [side * (span_m / 2 - 0.42), height_m, z]])
            pieces.append(tube(knee, 0.03, 4, 0.5))
    long = (frames - 1) * step_m + 0.8
    for x in np.linspace(-span_m / 2, span_m / 2, 7):
        pieces.append(_beam(long, 0.06, 0.035).turned("y", np.pi / 2).moved(x, height_m + 0.13, long / 2 - 0.4))
    return _aged(merge(pieces))


def _beam(long_m: float, high_m: float, thick_m: float) -> Mesh:
    return box(long_m, high_m, thick_m, 0.005, 0.5, cuts=1)


def _lattice(width_m: float, height_m: float, mesh_m: float) -> Mesh:
    """Diagonal laths both ways over a rectangle standing on y = 0, cut to its edges."""
    pieces = []
    for way in (1.0, -1.0):
        for start in np.arange(-width_m / 2 - height_m, width_m / 2, mesh_m * 1.414):
            low = max(start, -width_m / 2)
            high = min(start + height_m, width_m / 2)
            if high - low < 0.05:
                continue
            ends = np.array([[way * low, low - start, 0.006 * way], [way * high, high - start, 0.006 * way]])
            pieces.append(_lath(ends))
    return merge(pieces)


def _lath(ends: np.ndarray) -> Mesh:
    """A flat strip from end to end."""
    return tube(ends, 0.5 * LATH_M, 4, 0.5, closed=False).scaled(1.0, 1.0, 0.45)


def _aged(mesh: Mesh) -> Mesh:
    """Green and dark towards the foot, where rain splashes."""
    y = mesh.positions[:, 1]
    return mesh.shaded(occlusion=0.45 + 0.55 * smoothstep(0.0, 0.5, y), second=0.8 * smoothstep(0.5, 0.0, y))


def crook(tall_m: float, reach_m: float) -> Mesh:
    """An iron staff from y = 0 whose top bends over along −X; something hangs from its end."""
    knots = np.array([[0, -0.2, 0], [0, 0.6 * tall_m, 0], [0, 0.9 * tall_m, 0], [-0.25 * reach_m, 1.02 * tall_m, 0],
                      [-0.8 * reach_m, 1.0 * tall_m, 0], [-reach_m, 0.93 * tall_m, 0],
                      [-0.9 * reach_m, 0.9 * tall_m, 0]])
    path = curve(knots, 40)
    curl = np.stack([0.05 * np.sin(np.linspace(0, 4.5, 9)), 0.05 * np.cos(np.linspace(0, 4.5, 9)),
                     np.zeros(9)], axis=1) + path[24] + [0.05, 0.0, 0.0]
    return merge([tube(path, np.linspace(0.012, 0.008, 40), 7, 0.5), tube(curl, 0.006, 6, 0.5)])
