"""Rose: a spiral of bent petals, from a tight heart to guard petals that roll back; buds and hips.

A rose is about 1 across and looks up +Y, its petals' base at the origin: size it in metres.
"""

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.shapes import lathe, patch, tube

_GOLDEN = np.pi * (3 - 5 ** 0.5)


def rose(chance: Chance, petals: int = 25, rows: int = 5, columns: int = 5, opened: float = 0.8) -> Mesh:
    """A garden rose. rows, columns: points of each petal; opened: 0 a goblet to 1 blown.

    Shade: r dark in the heart and between petals, g flex, b the pale, yellower base of each petal.
    """
    pieces = []
    turn = chance.uniform(0, 2 * np.pi)
    for index in range(petals):
        age = (index / max(petals - 1, 1)) ** 0.85
        pieces.append(_petal(age, turn + index * _GOLDEN, opened, chance, rows, columns))
    return merge(pieces)


def _petal(age: float, azimuth: float, opened: float, chance: Chance, rows: int, columns: int) -> Mesh:
    """One petal: a rounded spoon whose middle line bends in a plane through the rose's axis.

    age: 0 in the heart, upright, rolled and closing over it, to 1 a guard petal, lying open, its rim
    turned back.
    """
    v = (1 - np.linspace(0, 1, rows) ** 1.25)[:, None]
    u = np.linspace(-1, 1, columns)[None, :]
    open_by = age * (0.4 + 0.6 * opened) * chance.uniform(0.9, 1.1)
    long, half = (0.37 + 0.16 * age) * chance.uniform(0.94,
                                                      1.06), (0.18 + 0.16 * age) * chance.uniform(0.92, 1.08)
    outline = half * (0.22 + 0.78 * np.sin(np.pi * np.clip(v, 0, 1) ** 1.15 * 0.72) ** 0.75)
    height = np.clip(v - 0.15 * np.abs(u) ** 2.2 * v ** 3 + 0.012 * np.cos(2 * np.pi * u) * v ** 4, 0, 1)
    out, up = _bent(height, long, 0.42 + 0.72 * open_by, -0.95 * (1 - age) + 0.3 * open_by,
                    1.5 * open_by ** 1.5)
    rolled = (1.7 - 1.1 * age) * (0.55 + 0.45 * v)
    aside = outline * np.sin(u * rolled) / rolled
    inward = outline * (1 - np.cos(u * rolled)) / rolled
    lip = (0.03 + 0.07 * age) * open_by * v ** 3 * np.abs(u) ** 3
    ruffle = 0.016 * v ** 2 * (0.3 + age) * np.sin(u * 4.3 + chance.uniform(0, 6.3))
    radial = 0.02 + 0.055 * age + out - inward + lip + ruffle
    y = 0.03 * (1 - age) + up - 0.5 * lip + 0.5 * ruffle
    c, s = np.cos(azimuth), np.sin(azimuth)
    points = np.stack([s * radial + c * aside, y, c * radial - s * aside], axis=-1)
    mesh = patch(points)
    deep = (0.22 + 0.2 * age) + (0.55 + 0.25 * age) * v ** 1.3
    base = 0.8 * np.clip(1 - 2.6 * v, 0, 1) + 0.25 * np.clip((v - 0.8) / 0.2, 0, 1)
    spread = np.ones_like(u)
    return mesh.shaded((deep * spread).reshape(-1), 0.6, (base * spread).reshape(-1))


def _bent(height: np.ndarray, long: float, start: float, bend: float, curl: float) -> tuple[np.ndarray,
    np.ndarray]:
    """(out, up) at shares `height` of a line `long` m that leans start + bend·h and curls at its end."""
    share = np.linspace(0, 1, 24)
    lean = start + bend * share + curl * np.clip((share - 0.62) / 0.38, 0, 1) ** 1.5
    out = np.concatenate([[0], np.cumsum(np.sin(lean[:-1]))]) * long / 23
    up = np.concatenate([[0], np.cumsum(np.cos(lean[:-1]))]) * long / 23
    return np.interp(height, share, out), np.interp(height, share, up)


def bud(chance: Chance) -> Mesh:
    """A bud about to open, 0.5 across and 1 tall: three petals wound round each other."""
    rows = np.array([(0.0, 1.0), (0.05, 0.97), (0.13, 0.8), (0.21, 0.5), (0.2, 0.25), (0.1, 0.02),
                     (0.0, 0.0)])
    core = lathe(rows, 8)
    x, y, z = core.positions.T
    twist = y * 2.2 + chance.uniform(0, 6.3)
    groove = 1 - 0.16 * np.abs(np.sin(1.5 * (np.arctan2(x, z) + twist))) ** 3
    wound = core.displaced(np.stack([x * (groove - 1), 0 * y, z * (groove - 1)], axis=1))
    return wound.shaded(occlusion=0.5 + 0.5 * y, flex=0.6, second=np.clip(0.7 - y * 1.6, 0, 1))


def sepals(chance: Chance, size: float = 0.24) -> Mesh:
    """Five green sepals and the hip beneath a flower that is 1 across."""
    pieces = [lathe(np.array([(0.05, 0.02), (0.085, -0.03), (0.028, -0.15), (0.022, -0.3)]), 8)]
    for index in range(5):
        v, u = np.meshgrid(np.linspace(1, 0, 4), np.linspace(-1, 1, 3), indexing="ij")
        half = 0.06 * (1 - v ** 1.6) + 0.004
        droop = chance.uniform(0.2, 0.75)
        points = np.stack([u * half, -0.02 + 0.02 * np.abs(u) - size * droop * v ** 1.5, 0.07 + size * v],
                          axis=-1)
        pieces.append(patch(points).turned("y", index * 2 * np.pi / 5 + 0.2 * chance.normal()))
    return merge(pieces).shaded(occlusion=0.7, flex=0.6)


def simple_rose(chance: Chance) -> Mesh:
    """A far rose of 56 triangles: the same petals, seven of them, with the fewest points."""
    pieces = [_petal(age, index * _GOLDEN + chance.uniform(0, 0.5), 0.8, chance, 3, 3)
              for index, age in enumerate((0.1, 0.35, 0.6, 0.85, 0.95, 1.0, 1.0))]
    return merge(pieces)


def fallen_petal() -> Mesh:
    """One petal lying cupped on the ground, 1 long."""
    v, u = np.meshgrid(np.linspace(-1, 1, 3), np.linspace(-1, 1, 3), indexing="ij")
    half = 0.46 * np.sqrt(np.clip(1.02 - v ** 2 * 0.98, 0, 1)) * (1 - 0.25 * v)
    y = 0.16 * (u ** 2) * (1 - 0.3 * v) + 0.1 * v ** 2 - 0.02 * v
    mesh = patch(np.stack([u * half, y, v * 0.5], axis=-1))
    return mesh.shaded(occlusion=0.75 + 0.25 * u.reshape(-1) ** 2, second=np.clip(v.reshape(-1) - 0.4, 0, 1))


def stem(path: np.ndarray, radius_m: float, sides: int = 5) -> Mesh:
    """A rose's stem along (n, 3) points, thinner towards its end."""
    return tube(path, np.linspace(radius_m, 0.55 * radius_m, len(path)), sides, closed=False)


def thorns(path: np.ndarray, radius_m: float, chance: Chance, count: int) -> Mesh:
    """Hooked thorns along a stem, pointing back down it."""
    pieces = []
    for _ in range(count):
        at = chance.integers(1, len(path) - 1)
        way = path[at + 1] - path[at]
        way = way / np.linalg.norm(way)
        side = np.cross(way, chance.uniform(-1, 1, 3))
        side = side / max(np.linalg.norm(side), 1e-6)
        root = path[at] + side * radius_m * 0.6
        tip = root + side * radius_m * 2.6 - way * radius_m * 1.2
        pieces.append(tube(np.stack([root + way * radius_m, (root + tip) / 2, tip]),
                           np.array([1.0, 0.45, 0.06]) * radius_m * 0.9, 4))
    return merge(pieces)
