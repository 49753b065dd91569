"""Lavender: spikes of whorled calyces on bare stems over a cushion of grey leaves, and sheaves as painted cards.

A bush stands on y = 0, about 0.65 tall and 0.9 across. Of what is modelled, shade b is 0 where it is leaf
and stem and 1 where it is flower, so that one material dresses all of it.
"""

import numpy as np

from showroom.imagine.grow.card import bent, card
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.grass import blade
from showroom.imagine.grow.mesh import Mesh, make, merge, unit
from showroom.imagine.grow.noise import smoothstep
from showroom.imagine.grow.shapes import curve, lathe, patch, rock, tube

TALL_M, WIDE_M = 0.66, 0.47  # of a bush, its radius
SHEAF_CELL = 15  # the atlas's sheaf of lavender, in a place of lavender
_WHORLS = 5
_GOLDEN = np.pi * (3 - 5 ** 0.5)


def spike(sides: int = 4, long_m: float = 0.062) -> Mesh:
    """One flower head up +Y from the origin: whorls of pointed calyces, the lowest set apart."""
    rows = [(0.0, 1.0)]
    for whorl in range(_WHORLS):
        foot = 0.8 * (1 - whorl / (_WHORLS - 1)) ** 1.0 - (0.16 if whorl == _WHORLS - 1 else 0.0)
        girth = 0.115 * np.sin(np.pi * (0.3 + 0.5 * whorl / (_WHORLS - 1)))
        rows += [(girth, foot + 0.13), (0.45 * girth, foot)]
    head = lathe(np.array(rows) * long_m, sides)
    x, y, z = head.positions.T
    turned = np.arctan2(x, z) * sides / 2
    level = np.round(y / (0.1 * long_m))
    jag = 0.1 * long_m * np.cos(turned + np.pi / 2 * (level % 2)) * (np.hypot(x, z) > 0.06 * long_m)
    head = head.displaced(np.stack([0 * jag, jag, 0 * jag], axis=1))
    round_ = np.hypot(head.positions[:, 0], head.positions[:, 2]) / (0.115 * long_m)
    return head.shaded(occlusion=0.42 + 0.58 * np.clip(round_, 0, 1), second=0.55 + 0.45 * np.clip(round_, 0, 1),
                       flex=1.0)


def _tips(chance: Chance, count: int) -> tuple[np.ndarray, np.ndarray]:
    """(count, 3) where stems end, on a dome, and the (count, 3) way each of them points there."""
    share = (np.arange(count) + 0.5) / count
    away = _GOLDEN * np.arange(count) + chance.uniform(0, 6.3)
    lean = 1.3 * share ** 0.58 * chance.uniform(0.85, 1.12, count)
    reach = chance.uniform(0.84, 1.08, count)
    way = np.stack([np.sin(lean) * np.sin(away), np.cos(lean), np.sin(lean) * np.cos(away)], axis=1)
    tips = way * np.array([WIDE_M * 1.02, TALL_M * 0.92, WIDE_M * 1.02]) * reach[:, None]
    return tips, unit(way * np.array([0.55, 1.0, 0.55]) + 0.12 * chance.normal((count, 3)))


def _turned_to(way: np.ndarray) -> np.ndarray:
    """(n, 3, 3) rotations that stand +Y along each (n, 3) way."""
    side = np.broadcast_to(np.array([0.3, 0.1, 0.95]), way.shape)
    return np.stack([unit(np.cross(way, side)), way, np.cross(unit(np.cross(way, side)), way)], axis=2)


def near_bush(chance: Chance, spikes: int = 46) -> Mesh:
    """A bush at a visitor's hand: every whorl and stem of it."""
    head = spike()
    tips, ways = _tips(chance, spikes)
    pieces = []
    for tip, way, turned in zip(tips, ways, _turned_to(ways)):
        size = chance.uniform(0.75, 1.25)
        pieces.append(head.transformed(turned * size).moved(*tip))
        root = tip * np.array([0.3, 0.12, 0.3])
        path = curve(np.array([root, 0.55 * (root + tip) - 0.04 * way, tip]), 3)
        stalk = tube(path, np.linspace(0.0016, 0.0011, 3), 3, closed=False)
        high = np.clip(stalk.positions[:, 1] / TALL_M, 0, 1)
        pieces.append(stalk.shaded(occlusion=0.25 + 0.7 * high, flex=high ** 1.5, second=0.0))
    return merge([*pieces, _cushion(chance, 120, 0.016)])


def sheaves(chance: Chance, count: int, rows: int) -> Mesh:
    """The rest of a bush: painted sheaves about its heart, that wear the atlas's cell SHEAF_CELL.

    count : of cards.   rows : points along each.
    """
    pieces = []
    for index in range(count):
        share = (index + 0.5) / count
        lean = 0.1 + 0.98 * share ** 0.8 + 0.08 * chance.normal()
        size = chance.uniform(0.85, 1.12)
        one = card(TALL_M * size, 0.52 * size, rows, 0.14).turned("z", 0.25 * chance.normal())
        one = one.turned("x", lean - np.pi / 2).turned("y", _GOLDEN * index)
        away = 0.05 + 0.1 * share
        pieces.append(one.moved(away * np.sin(_GOLDEN * index), -0.03, away * np.cos(_GOLDEN * index)))
    mesh = merge(pieces)
    high = smoothstep(0.0, 0.45, mesh.positions[:, 1])
    reach = np.clip(np.linalg.norm(mesh.positions, axis=1) / TALL_M, 0, 1)
    return _domed(mesh.shaded(occlusion=0.25 + 0.75 * np.maximum(high, reach ** 2), flex=reach ** 1.6), 0.6)


def _cushion(chance: Chance, leaves: int, wide_m: float) -> Mesh:
    """Narrow grey leaves that stand out of a dark heart every way, half as tall as the bush."""
    share = (np.arange(leaves) + 0.5) / leaves
    away, lean = _GOLDEN * np.arange(leaves) + 1.0, 1.62 * share ** 0.6
    pieces = [_heart(chance)]
    for turn, tilt in zip(away, lean):
        tilt = tilt + 0.12 * chance.normal()
        root = 0.1 * np.array([np.sin(tilt) * np.sin(turn), np.cos(tilt), np.sin(tilt) * np.cos(turn)])
        one = blade(0.25 * chance.uniform(0.75, 1.2), wide_m, tilt - 0.15, 0.3, 2)
        pieces.append(one.turned("y", turn).moved(*root))
    cushion = merge(pieces)
    reach = np.linalg.norm(cushion.positions, axis=1)
    return cushion.shaded(occlusion=0.12 + 0.75 * smoothstep(0.1, 0.34, reach), second=0.0)


def _heart(chance: Chance) -> Mesh:
    """The leaves within that nobody tells apart: a lumpy dark dome."""
    dome = rock(1, chance.integers(0, 99), 0.3, (0.2, 0.21, 0.2), 0)
    kept = dome.faces[dome.positions[dome.faces][:, :, 1].max(axis=1) > 0.02]
    return make(dome.positions, kept, dome.uv)


def _domed(mesh: Mesh, share: float) -> Mesh:
    """Lit as the round bush that it is."""
    out = unit(mesh.positions * np.array([1.0, 0.8, 1.0]) + np.array([0.0, 0.12, 0.0]))
    return bent(mesh, out, share)


def bee() -> Mesh:
    """A bee about the origin, its head to +Z, 15 mm long; shade b is its dark bands."""
    body = merge([rock(1, 3, 0.0, (0.0032, 0.003, 0.0058), 0).moved(z=-0.0035),
                  rock(1, 4, 0.0, (0.0027, 0.0027, 0.003), 0).moved(z=0.004)])
    bands = 0.5 + 0.5 * np.sign(np.sin(body.positions[:, 2] * 2100)) * (body.positions[:, 2] < 0.001)
    wings = []
    for side in (-1.0, 1.0):
        points = np.array([[[0, 0.002, 0.003], [side * 0.003, 0.0035, 0.004]],
                           [[side * 0.002, 0.003, -0.007], [side * 0.0075, 0.005, -0.004]]])
        wings.append(patch(points).shaded(second=0.1, opacity=0.4))
    return merge([body.shaded(second=bands), *wings]).shaded(flex=1.0)
