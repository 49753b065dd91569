"""Kitchenware: copper pans, jars, bowls, a whisk, a rolling pin; each stands on y = 0 unless it hangs."""

import numpy as np

from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import smoothstep
from showroom.imagine.grow.shapes import box, circle, curve, lathe, tube


def turned(knots: tuple[tuple[float, float], ...], size: float = 1.0, points: int = 36,
           segments: int = 28) -> Mesh:
    """A vessel thrown from (radius, height) knots, from inside its top over the rim down to its foot."""
    rows = curve(np.array(knots), points)
    rows[:, 0] = np.maximum(rows[:, 0], 0)
    mesh = lathe(rows * size, segments, 0.5)
    inside = np.arange(points).repeat(segments + 1) < points * 0.35
    depth = mesh.positions[:, 1] / max(mesh.positions[:, 1].max(), 1e-6)
    shade = np.where(inside, 0.35 + 0.65 * smoothstep(0.1, 1.0, depth),
                     0.55 + 0.45 * smoothstep(0.0, 0.25, depth))
    return mesh.shaded(occlusion=shade)


def saucepan(radius_m: float, height_m: float) -> Mesh:
    """A straight-sided pan with a long riveted handle along +X, which ends in a ring to hang it by."""
    r, h = radius_m, height_m
    body = turned(((0.0, 0.006), (0.8 * r, 0.006), (0.95 * r, 0.02), (0.965 * r, 0.5 * h), (0.975 * r, h),
                   (1.03 * r, h + 0.002),
                   (1.02 * r, h - 0.006), (r, h - 0.012), (r, 0.4 * h), (0.97 * r, 0.012), (0.85 * r, 0.0),
                   (0.0, 0.0)), 1.0, 24, 24)
    handle = np.array([[r * 0.98, h * 0.72, 0], [r * 1.25, h * 0.8, 0], [r * 1.9, h * 1.12, 0],
                       [r * 2.55, h * 1.22, 0]])
    grip = tube(curve(handle, 14), np.linspace(0.009, 0.0065, 14), 8,
                0.5).transformed(np.diag([1.0, 0.7, 1.5]))
    grip = grip.moved(y=h * 0.25)
    ring = circle(14)
    end = np.stack([r * 2.55 + 0.02 + ring[:, 0] * 0.02, np.full(15, h * 1.1), ring[:, 1] * 0.02], axis=1)
    return merge([body, grip, tube(end, 0.004, 6, 0.5, closed=False)])


def mixing_bowl(radius_m: float) -> Mesh:
    """A round copper bowl for beating egg whites, with one small ring."""
    r = radius_m
    body = turned(((0.0, 0.03 * r), (0.4 * r, 0.07 * r), (0.75 * r, 0.28 * r), (0.94 * r, 0.62 * r),
                   (0.98 * r, 0.8 * r), (1.04 * r, 0.82 * r),
                   (1.03 * r, 0.78 * r), (0.98 * r, 0.6 * r), (0.78 * r, 0.24 * r), (0.4 * r, 0.03 * r),
                   (0.2 * r, 0.0), (0.0, 0.0)), 1.0, 24, 24)
    ring = circle(16)
    loop = np.stack([ring[:, 0] * 0.028, 0.6 * r + ring[:, 1] * 0.028 - 0.02, np.full(17, 1.0 * r)], axis=1)
    return merge([body, tube(loop, 0.0035, 6, 0.5, closed=False)])


def jar_glass(radius_m: float, height_m: float) -> Mesh:
    """The outer glass of a jar, thick at its foot."""
    r, h = radius_m, height_m
    rows = curve(np.array([(0.0, h), (0.78 * r, h), (0.8 * r, 0.94 * h), (0.82 * r, 0.9 * h),
                           (0.98 * r, 0.82 * h), (r, 0.7 * h),
                           (r, 0.15 * h), (0.97 * r, 0.03 * h), (0.85 * r, 0.0), (0.0, 0.002)]), 13)
    return lathe(np.maximum(rows, 0), 13)


def jar_lid(radius_m: float, height_m: float) -> Mesh:
    """A turned wooden lid with a knob."""
    r, h = radius_m, height_m
    rows = curve(np.array([(0.0, h + 0.075), (0.17 * r, h + 0.072), (0.24 * r, h + 0.055),
                           (0.14 * r, h + 0.04), (0.2 * r, h + 0.03),
                           (0.8 * r, h + 0.024), (0.9 * r, h + 0.014), (0.88 * r, h + 0.002),
                           (0.0, h + 0.001)]), 11)
    return lathe(np.maximum(rows, 0), 8, 0.3)


def jar_filling(radius_m: float, height_m: float, fill: float) -> Mesh:
    """What stands in a jar: sugar, flour, cocoa; heaped a little."""
    r, top = radius_m * 0.93, height_m * (0.05 + 0.75 * fill)
    rows = np.array([(0.0, top + 0.012), (0.5 * r, top + 0.008), (0.97 * r, top - 0.003), (r, top - 0.01),
                     (r, 0.05 * height_m),
                     (0.9 * r, 0.03 * height_m), (0.0, 0.03 * height_m)])
    return lathe(rows, 14, 0.2).shaded(occlusion=0.85)


def jug(height_m: float) -> Mesh:
    """An earthenware milk jug with a lip towards +X and a handle."""
    h = height_m
    body = turned(((0.0, 0.1), (0.3, 0.12), (0.4, 0.35), (0.3, 0.7), (0.33, 0.95), (0.37, 1.0), (0.36, 0.97),
                   (0.34, 0.9), (0.32, 0.7), (0.43, 0.35),
                   (0.36, 0.05), (0.28, 0.0), (0.0, 0.0)), h, 34, 28)
    x, y, z = body.positions.T
    lip = 0.13 * h * np.exp(-(np.arctan2(z, x) / 0.4) ** 2) * smoothstep(0.8 * h, h, y) * (x > 0)
    body = body.displaced(np.stack([lip, 0.3 * lip, 0 * lip], axis=1))
    ear = curve(np.array([[-0.31, 0.85, 0], [-0.55, 0.85, 0], [-0.62, 0.6, 0], [-0.5, 0.38, 0],
                          [-0.41, 0.33, 0]]) * h, 18)
    return merge([body, tube(ear, 0.032 * h, 8, 0.5)])


def whisk(length_m: float) -> Mesh:
    """A balloon whisk lying along +X."""
    pieces = [tube(np.array([[0, 0.011, 0], [0.2, 0.012, 0], [0.42, 0.011, 0]]) * np.array([length_m, 1,
            length_m]), 0.0095, 8)]
    angle = np.linspace(0, np.pi, 15)
    for wire in range(6):
        turn = np.pi * wire / 6
        open_m = np.cos(angle) * 0.16 * length_m * np.maximum(np.sin(angle), 0.12)
        high = np.maximum(0.012 + np.sin(turn) * open_m + 0.075 * length_m * np.sin(angle), 0.003)
        path = np.stack([(0.42 + 0.58 * np.sin(angle)) * length_m, high, np.cos(turn) * open_m], axis=1)
        pieces.append(tube(path, 0.0012, 4))
    return merge(pieces)


def rolling_pin(length_m: float) -> Mesh:
    """A rolling pin lying along X on the surface."""
    r = 0.03
    rows = np.array([(0.0, 0.5), (0.012, 0.495), (0.015, 0.45), (0.011, 0.38), (0.012, 0.36), (r, 0.355),
                     (r, 0.34), (r, -0.34), (r, -0.355),
                     (0.012, -0.36), (0.011, -0.38), (0.015, -0.45), (0.012, -0.495), (0.0, -0.5)])
    return lathe(rows * np.array([1.0, length_m]), 18, 0.5).turned("z", np.pi / 2).moved(y=r)


def board(width: float, depth: float) -> Mesh:
    """A wooden board with a round edge."""
    return box(width, 0.022, depth, 0.008, 0.6)


def plate_stand(radius_m: float, height_m: float) -> Mesh:
    """A cake stand: fluted foot, slender stem, wide plate with a raised rim."""
    r, h = radius_m, height_m
    return turned(((0.0, h), (0.9 * r, h), (0.96 * r, h + 0.004), (r, h + 0.012), (1.03 * r, h + 0.008),
                   (r, h - 0.008), (0.5 * r, h - 0.014),
                   (0.12 * r, h - 0.03), (0.1 * r, 0.5 * h), (0.16 * r, 0.3 * h), (0.45 * r, 0.06 * h),
                   (0.5 * r, 0.0), (0.0, 0.0)), 1.0, 28, 24)
