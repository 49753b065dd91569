"""Mushrooms: penny buns in the moss, tufts of honey caps and bonnets on dead wood, shelves of bracket fungus.

Each is about 1 tall (a shelf 1 wide) about its foot; shade b is stalk and gills, base colour the cap.
"""

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.shapes import curve, lathe, patch, tube


def penny_bun(chance: Chance) -> Mesh:
    """Boletus edulis: a fat bun on a stalk that swells downwards, pale pores below."""
    cap = _cap(((0.0, 1.0), (0.18, 0.985), (0.36, 0.92), (0.48, 0.8), (0.52, 0.69), (0.49, 0.63)),
               ((0.42, 0.63), (0.15, 0.61), (0.0, 0.6)), chance, 0.035)
    stalk = lathe(curve(np.array([(0.12, 0.65), (0.14, 0.5), (0.19, 0.25), (0.23, 0.08), (0.16, -0.08)]), 9), 12)
    return merge([cap, _shadowed(stalk)])


def honey_caps(chance: Chance, count: int = 7) -> Mesh:
    """Armillaria: a tuft that springs from one foot, stalks bowed outwards, caps with a darker boss."""
    return _tuft(chance, count, ((0.0, 0.0), (0.1, -0.012), (0.2, -0.06), (0.255, -0.125), (0.245, -0.15)), 0.034, 0.5)


def bonnets(chance: Chance, count: int = 6) -> Mesh:
    """Mycena: bells on stalks thin as thread."""
    return _tuft(chance, count, ((0.0, 0.0), (0.06, -0.015), (0.105, -0.08), (0.125, -0.17), (0.14, -0.19)), 0.012, 0.7)


def bracket(chance: Chance) -> Mesh:
    """A shelf that grows out along +Z from the origin, zoned, thick at its root; its pale rim is shade b."""
    v, u = np.meshgrid(np.linspace(0, 1, 9), np.linspace(-1, 1, 15), indexing="ij")
    turn = 1.5 * u
    wave = 1 + 0.1 * np.sin(3 * u + chance.uniform(0, 6))
    reach = 0.5 * v * wave
    zones = 0.012 * np.sin(21 * v + 2 * fbm(np.stack([u * 2, v], -1), 1, 3))
    top = 0.06 + 0.08 * (1 - v**2) + zones * v - 0.05 * v**3
    x, z = reach * np.sin(turn), reach * np.cos(turn) * 0.9
    upper = patch(np.stack([x, top, z], axis=-1))
    upper = upper if upper.normals[:, 1].mean() > 0 else upper.turned_inside_out()
    lower = patch(np.stack([x, 0.03 * v**2 - 0.12 * (1 - v), z], axis=-1))
    lower = lower if lower.normals[:, 1].mean() < 0 else lower.turned_inside_out()
    band = (0.85 * smoothstep(0.84, 0.98, v) + 0.3 * (np.sin(21 * v) > 0.3) * v).reshape(-1)
    return merge([upper.shaded(occlusion=(0.5 + 0.5 * v).reshape(-1), second=band),
                  lower.shaded(occlusion=0.5, second=1.0)])


def _cap(outer: tuple, under: tuple, chance: Chance, uneven: float) -> Mesh:
    """A cap by its profile from the top to the rim, and its underside back to the stalk."""
    top = lathe(curve(np.array(outer), 11), 18)
    low = lathe(np.array([outer[-1], *under]), 18)
    seed = chance.integers(0, 1 << 20)
    merged = merge([top.shaded(occlusion=0.95, second=0.0), low.shaded(occlusion=0.4, second=1.0)])
    return merged.displaced(uneven * fbm(merged.positions * 2.3, 2, seed)[:, None] * np.array([0.6, 1.0, 0.6]))


def _shadowed(stalk: Mesh) -> Mesh:
    y = stalk.positions[:, 1]
    return stalk.shaded(occlusion=(0.35 + 0.65 * smoothstep(0.66, 0.35, y)) * (0.4 + 0.6 * smoothstep(-0.05, 0.2, y)),
                        second=0.9)


def _tuft(chance: Chance, count: int, cap: tuple, stalk: float, spread: float) -> Mesh:
    pieces = []
    for index in range(count):
        away = 2.39996 * index + chance.uniform(0, 0.5)
        out = np.array([np.sin(away), 0, np.cos(away)])
        tall = chance.uniform(0.5, 1.0) * (1 - 0.25 * index / count)
        reach = spread * (0.1 + 0.5 * np.sqrt(index / count))
        path = curve(np.array([0.06 * out - [0, 0.06, 0], 0.35 * reach * out + [0, 0.5 * tall, 0],
                               0.9 * reach * out + [0, 0.86 * tall, 0], reach * out + [0, tall, 0]]), 8)
        stem = tube(path, stalk * np.linspace(1.25, 0.8, 8), 6, closed=False)
        stem = stem.shaded(occlusion=np.repeat(np.linspace(0.3, 0.8, 8), 7), second=0.9)
        size = chance.uniform(0.75, 1.15)
        rows = curve(np.array(cap) * size, 5)
        head = lathe(rows, 9)
        radius = np.hypot(head.positions[:, 0], head.positions[:, 2])
        head = head.shaded(occlusion=0.95 - 0.2 * smoothstep(0.5, 1.0, radius / rows[:, 0].max()),
                           second=0.35 * smoothstep(0.8, 1.0, radius / rows[:, 0].max()))
        gills = lathe(np.array([rows[-1], (0.5 * rows[-1, 0], rows[-1, 1] + 0.05), (0.0, rows[-1, 1] + 0.06)]), 7)
        whole = merge([head, gills.shaded(occlusion=0.45, second=0.8)])
        pieces += [stem, whole.turned("x", 0.5 * reach).turned("y", away).moved(*path[-1])]
    return merge(pieces)
