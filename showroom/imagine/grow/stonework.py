"""Stonework: flagstones, a bench, an urn, a fountain and steps; cut by hand and worn by feet."""

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import Mesh, make, merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.shapes import box, curve, lathe, tube


def slab(chance: Chance, width: float, depth: float, thick: float = 0.08, tile_m: float = 1.0) -> Mesh:
    """A flagstone whose top is at y = 0: uneven outline, soft edge, a little hollow where feet go."""
    angle = np.linspace(0, 2 * np.pi, 17)[:-1]
    ring = np.stack([np.sin(angle), np.cos(angle)], axis=1)
    ring = ring / (np.abs(ring) ** 7).sum(axis=1, keepdims=True) ** (1 / 7)
    wander = 1 + 0.07 * fbm(ring * 1.6 + chance.uniform(0, 90, 2), 2, 3)
    outline = ring * wander[:, None] * np.array([width / 2, depth / 2])
    rows = [(1.0, -thick), (1.0, -0.014), (0.985, -0.004), (0.95, 0.0), (0.5, -0.002)]
    points = [np.column_stack([outline[:, 0] * s, np.full(16, y), outline[:, 1] * s]) for s, y in rows]
    positions = np.concatenate([*points, [[0, -0.004, 0]]])
    faces = []
    for row in range(len(rows) - 1):
        for k in range(16):
            a, b = row * 16 + k, row * 16 + (k + 1) % 16
            faces += [(a, b, b + 16), (a, b + 16, a + 16)]
    last = (len(rows) - 1) * 16
    faces += [(last + k, last + (k + 1) % 16, len(positions) - 1) for k in range(16)]
    shift = chance.uniform(0, 1, 2)
    mesh = make(positions, np.array(faces), positions[:, [0, 2]] / tile_m + shift)
    y = mesh.positions[:, 1]
    return mesh.shaded(occlusion=0.4 + 0.6 * smoothstep(-0.03, -0.004, y), second=smoothstep(0.0, -0.012, y))


def paving(chance: Chance, spots: np.ndarray, height, tile_m: float = 1.0) -> Mesh:
    """Slabs at (n, 4) x, z, width, depth, each turned and tilted a little; height(x, z) is the ground."""
    pieces = []
    for x, z, width, depth in spots:
        stone = slab(chance, width, depth, tile_m=tile_m).turned("y", 0.12 * chance.normal())
        stone = stone.turned("x", 0.008 * chance.normal()).turned("z", 0.008 * chance.normal())
        y = float(height(np.array([x]), np.array([z]))[0])
        pieces.append(stone.moved(x, y + 0.022 + 0.004 * chance.normal(), z))
    return merge(pieces)


def bench(length_m: float = 1.5, tile_m: float = 1.0) -> Mesh:
    """A stone bench along X on two carved supports, its seat 0.45 m up."""
    seat = box(length_m, 0.085, 0.46, 0.016, tile_m, cuts=8).moved(y=0.375)
    dip = -0.012 * np.exp(-(seat.positions[:, 0] / (0.3 * length_m)) ** 2) * (seat.positions[:, 1] > 0.44)
    seat = seat.displaced(np.stack([0 * dip, dip, 0 * dip], axis=1))
    pieces = [seat.shaded(occlusion=np.where(seat.normals[:, 1] < -0.3, 0.35, 1.0))]
    knots = np.array([(0.11, 0.38), (0.1, 0.34), (0.062, 0.29), (0.055, 0.2), (0.085, 0.11), (0.11, 0.06),
                      (0.115, -0.06)])
    for side in (-1, 1):
        leg = lathe(np.concatenate([[(0, 0.38)], curve(knots, 16)]), 20, tile_m).scaled(1.0, 1.0, 1.65)
        foot = 0.35 + 0.65 * smoothstep(0, 0.2, leg.positions[:, 1]) * smoothstep(0.4, 0.25,
            leg.positions[:, 1])
        pieces.append(leg.moved(side * (length_m / 2 - 0.24)).shaded(occlusion=foot, second=smoothstep(0.12,
                0.0, leg.positions[:, 1])))
    return merge(pieces)


def urn(height_m: float = 0.9, tile_m: float = 1.0) -> Mesh:
    """A garden urn on its foot: gadrooned belly, wide lip, earth inside."""
    knots = np.array([(0.252, 0.9), (0.258, 0.97), (0.275, 1.0), (0.3, 0.985), (0.285, 0.95), (0.2, 0.9),
                      (0.185, 0.84), (0.26, 0.7), (0.29, 0.58), (0.25, 0.46),
                      (0.14, 0.36), (0.075, 0.31), (0.07, 0.24), (0.12, 0.19), (0.17, 0.15), (0.18, 0.0),
                      (0.18, -0.08)])
    body = lathe(curve(knots, 22) * height_m, 22, tile_m)
    x, y, z = body.positions.T
    belly = smoothstep(0.38, 0.48, y / height_m) * smoothstep(0.7, 0.6, y / height_m)
    lobes = 1 + 0.035 * belly * np.abs(np.sin(10 * np.arctan2(x, z)))
    body = body.displaced(np.stack([x * (lobes - 1), 0 * y, z * (lobes - 1)], axis=1))
    earth = lathe(np.array([(0.0, 0.93), (0.15, 0.925), (0.256, 0.918)]) * height_m, 24, 0.4)
    return merge([body.shaded(occlusion=0.4 + 0.6 * smoothstep(0, 0.25, y)),
                  earth.shaded(occlusion=0.25, second=1.0)])


def fountain(height_m: float = 2.2, tile_m: float = 1.0) -> Mesh:
    """A fountain of two bowls over a round basin, about the origin; the basin is 0.55 heights in radius."""
    knots = np.array([(0.0, 1.0), (0.03, 0.985), (0.045, 0.95), (0.03, 0.9), (0.045, 0.84), (0.05, 0.8),
                      (0.2, 0.815), (0.215, 0.8), (0.2, 0.78), (0.1, 0.74), (0.05, 0.7), (0.045, 0.6),
                      (0.07, 0.52), (0.06, 0.47), (0.36, 0.485), (0.375, 0.465), (0.35, 0.44), (0.17, 0.39),
                      (0.08, 0.35), (0.075, 0.25), (0.12, 0.17), (0.14, 0.1), (0.14, 0.06), (0.5, 0.06),
                      (0.505, 0.19), (0.55, 0.2), (0.56, 0.17), (0.53, 0.13), (0.54, 0.03), (0.58, 0.0),
                      (0.58, -0.06)])
    body = lathe(knots * height_m, 28, tile_m)
    y = body.positions[:, 1] / height_m
    under = 0.45 + 0.55 * np.clip(body.normals[:, 1] + 0.8, 0, 1)
    return body.shaded(occlusion=under, second=smoothstep(0.1, 0.0, y))


def arch(width_m: float, height_m: float, post_m: float = 0.02) -> Mesh:
    """A wrought arch over a path: two hoops, joined by rungs and bent laths."""
    angle = np.linspace(0, np.pi, 22)
    spring = height_m - width_m / 2
    hoop = np.concatenate([[[-width_m / 2, -0.1, 0]],
                           np.stack([-np.cos(angle) * width_m / 2, spring + np.sin(angle) * width_m / 2,
                                                            0 * angle], axis=1), [[width_m / 2, -0.1, 0]]])
    path = curve(hoop, 60)
    pieces = [tube(path + [0, 0, side * 0.28], post_m, 7) for side in (-1, 1)]
    for step in range(3, 58, 4):
        ends = np.stack([path[step] + [0, 0, -0.28], path[step], path[step] + [0, 0, 0.28]])
        pieces.append(tube(ends, post_m * 0.6, 5))
    mesh = merge(pieces)
    return mesh.shaded(occlusion=0.5 + 0.5 * smoothstep(0, 0.4, mesh.positions[:, 1]))
