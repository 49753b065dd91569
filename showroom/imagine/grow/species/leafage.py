"""Leafage: a young palm, a tea bush with its flush, a fern; what is mostly leaves."""

import numpy as np

from showroom.imagine.grow import fern as shuttlecock
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import merge, unit
from showroom.imagine.grow.noise import fbm
from showroom.imagine.grow.rose import stem
from showroom.imagine.grow.shapes import curve, icosphere, lathe, tube
from showroom.imagine.grow.species.sprig import (
    GREEN,
    Piece,
    copies,
    deepened,
    leafy,
    plain_leaf,
    rising,
    star,
    tended,
    upward,
    woody,
)
from showroom.words.geometry import Material

_FROND_RAD = 0.24
_LEAFLETS = 26


def palm(chance: Chance, color: np.ndarray) -> list[Piece]:
    """A young palm: a short stem ringed by old leaf bases, feathered fronds that arch out and hang."""
    fronds, ribs = [], []
    for index in range(11):
        turned, rise = 2.39996 * index, 1.35 - 0.085 * index
        way = np.array([np.sin(turned), 0, np.cos(turned)])
        long = 0.72 * chance.uniform(0.85, 1.1)
        share = np.linspace(0, 1, 14)
        pitch = rise - 1.75 * share**1.5
        out, up = np.cumsum(np.cos(pitch)) * long / 14, np.cumsum(np.sin(pitch)) * long / 14
        rib = way * out[:, None] + np.array([0, 1.0, 0]) * (0.3 + up)[:, None] - 0.02 * way
        ribs.append(tube(rib, np.linspace(0.009, 0.002, 14), 5, closed=False))
        fronds.append(_pinnae(rib, way, long))
    rows = [(0.0, 0.36)]
    for ring in range(9):
        y, r = 0.34 - 0.04 * ring, 0.04 + 0.012 * np.sin(np.pi * ring / 9)
        rows += [(r + 0.008, y), (r, y - 0.03)]
    trunk = lathe(np.array([*rows, (0.05, -0.03)]), 14)
    trunk = trunk.displaced(0.006 * fbm(trunk.positions * 50, 2, 4))
    green = tended(color * 0.5, np.array([0.07, 0.12, 0.03]), 0.35)
    return [
        Piece(
            "trunk",
            trunk.shaded(second=fbm(trunk.positions * 40, 2, 8) > 0.1),
            woody(np.array([0.13, 0.09, 0.055]), np.array([0.26, 0.2, 0.13])),
        ),
        Piece("fronds", merge([*fronds, *ribs]), leafy(green, green * 1.9, 0.5, 0.42)),
    ]


def _pinnae(rib: np.ndarray, way: np.ndarray, long: float):
    """Two combs of narrow leaflets on a frond's rib, longest in its middle, each hanging a little."""
    dense = curve(rib, 60)
    share = np.linspace(0.2, 0.99, _LEAFLETS)
    at = dense[(share * 59).astype(int)]
    ahead = unit(np.gradient(dense, axis=0)[(share * 59).astype(int)])
    side = unit(np.cross(np.array([0.0, 1.0, 0.0]), way))
    leaf = plain_leaf(0.25, 0.02, 4, 0.5, 0.35, 0.8, 0.35)
    size = 0.15 + 0.85 * np.sin(np.pi * np.clip(0.1 + 0.86 * share, 0, 1)) ** 0.8
    combs = []
    for hand in (-1.0, 1.0):
        ways = hand * side + 0.75 * ahead + np.array([0, 0.18, 0])
        combs.append(copies(leaf, (at, ways), size * long / 0.72))
    return merge(combs)


def tea(chance: Chance, color: np.ndarray) -> list[Piece]:
    """A clipped bush: dark leathery leaves, over them the flush of two leaves and a bud, some white flowers."""
    paths = rising(chance, 17, 0.46, 0.34, 0.04, 0.45)
    points, _ = icosphere(2)
    shell = points[points[:, 1] > -0.75]
    at = shell * np.array([0.34, 0.24, 0.34]) * chance.uniform(0.8, 1.02, (len(shell), 1)) + np.array([0, 0.27, 0])
    dark = tended(color * 0.3, np.array([0.03, 0.065, 0.018]), 0.3)
    old = plain_leaf(0.088, 0.042, 3, 0.35, 0.28, 0.65)
    leaves = [
        copies(
            old,
            (
                at + 0.012 * chance.normal(at.shape),
                unit(shell + 0.9 * chance.normal(shell.shape) * 0.5 + np.array([0, 0.15, 0])),
            ),
            chance.uniform(0.75, 1.2, len(at)),
        )
        for _ in range(3)
    ]
    top = at[shell[:, 1] > 0.25]
    top = np.concatenate([top, 0.97 * top + 0.02 * chance.normal(top.shape)])
    young = tended(color, np.array([0.22, 0.36, 0.06]), 0.3)
    flush = copies(
        _flush(),
        (top, np.tile([0.0, 1.0, 0.0], (len(top), 1)) + 0.25 * chance.normal(top.shape)),
        chance.uniform(0.8, 1.3, len(top)),
        chance.uniform(0, 6, len(top)),
    )
    side = np.flatnonzero(np.abs(shell[:, 1] - 0.2) < 0.2)[::5]
    blossoms = (at[side] * np.array([1.08, 1.02, 1.08]), shell[side] + np.array([0, -0.1, 0]))
    white = copies(upward(star(6, 0.017, 0.0105, 0.5)), blossoms)
    hearts = copies(
        upward(lathe(np.array([(0.0, 0.012), (0.006, 0.011), (0.006, 0.006), (0.0, 0.002)]), 8)), blossoms
    )
    return [
        Piece("stems", merge([stem(path, 0.005, 5) for path in paths]), woody()),
        Piece("leaves", deepened(merge(leaves), (0, 0.2, 0), (0.36, 0.32, 0.36)), leafy(dark, dark * 2.3, 0.3, 0.5)),
        Piece("flush", flush, leafy(young, np.clip(young * 1.5, 0, 0.8), 0.6, 0.45)),
        Piece("blossom", white, leafy(np.array([0.76, 0.73, 0.64]), np.array([0.6, 0.55, 0.3]), 0.5)),
        Piece("stamens", hearts, Material(base_color=(0.72, 0.45, 0.05, 1.0), roughness=0.9)),
    ]


def _flush():
    """Two leaves and a bud, looking along +Z."""
    young = plain_leaf(0.05, 0.02, 3, -0.15, 0.45, 0.75)
    turned = np.array([0.3, 3.3, 1.6])
    ways = np.stack([0.5 * np.cos(turned), 0.5 * np.sin(turned), np.ones(3)], axis=1) * np.array([[1], [1], [1]])
    ways[2] = (0.04, 0.05, 1.0)
    return copies(
        young,
        (np.array([[0, 0, 0.0], [0, 0, 0.008], [0, 0, 0.015]]), ways),
        np.array([[1, 1, 1], [0.85, 0.85, 0.85], [0.3, 1.4, 0.8]]),
    )


def fern(chance: Chance, color: np.ndarray) -> list[Piece]:
    """A shuttlecock of arching fronds, and three young ones still rolled like a bishop's staff."""
    green = tended(color, GREEN * 7, 0.3)
    rolled = []
    for index in range(3):
        t = np.linspace(0, 1, 26)
        turned = 2.1 * index + 0.6
        spin = np.clip(t - 0.55, 0, 1) * 16
        out = 0.03 + np.where(t < 0.55, 0.02 * t, 0.011 + 0.03 * (1 - t) * np.cos(spin))
        up = np.where(t < 0.55, 0.36 * t, 0.198 + 0.03 * (1.02 - t) * np.sin(spin) * 2)
        path = np.stack([np.sin(turned) * out, up, np.cos(turned) * out], axis=1)
        rolled.append(tube(path, np.linspace(0.005, 0.002, 26), 5))
    brown = np.array([0.16, 0.17, 0.05])
    sprites = Material(
        "foliage",
        surface="sprites",
        base_color=(*np.clip(green * 1.6, 0.3, 1.0).tolist(), 1.0),
        roughness=0.9,
        translucency=0.45,
    )
    fronds = shuttlecock.fern(chance, 17, 0.62, 17, 3).scaled(0.9, 1.55, 0.9)
    return [
        Piece("fronds", fronds, sprites, shuttlecock.CELL),
        Piece("croziers", merge(rolled), leafy(brown, brown * 1.8, 0.2)),
    ]
