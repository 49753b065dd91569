"""Mosses: cushions, the shoots that make them soft, stalks with their capsules, beards that hang from limbs, drops."""

import numpy as np

from showroom.imagine.grow.boxed import boxed
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import Mesh, make, merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.shapes import curve, icosphere, lathe, rock, tube


def cushion(seed: int, tile_m: float) -> Mesh:
    """A cushion of about unit radius on y = 0, its skin in small heads; boxed so that its texture is not drawn."""
    mesh = rock(2, seed, 0.16, (1.0, 0.55, 0.95), 0)
    heads = 0.05 * np.abs(fbm(mesh.positions * 5.5, 2, seed + 3)) + 0.02 * fbm(mesh.positions * 13.0, 2, seed)
    mesh = mesh.displaced(heads)
    y = mesh.positions[:, 1]
    tips = smoothstep(0.2, 0.5, y) * (0.5 + 0.5 * smoothstep(-0.2, 0.4, fbm(mesh.positions * 5.5, 2, seed + 3)))
    return boxed(mesh.shaded(occlusion=0.25 + 0.75 * smoothstep(-0.15, 0.4, y), second=0.55 * tips), tile_m)


def shoots(chance: Chance, count: int = 5) -> Mesh:
    """Stars of feathery shoots 1 tall, each a kite bent outwards: what a moss's outline is made of."""
    pieces = []
    for index in range(count):
        lean, away = chance.uniform(0.15, 0.75), 2.39996 * index + chance.uniform(0, 0.6)
        tall = chance.uniform(0.6, 1.0)
        points = np.array([[-0.11, 0.0, 0.0], [0.11, 0.0, 0.0], [-0.14, 0.55, 0.12], [0.14, 0.55, 0.12],
                           [0.0, 1.0, 0.42]]) * tall
        kite = make(points, np.array([[0, 1, 3], [0, 3, 2], [2, 3, 4]]), points[:, :2])
        kite = kite.shaded(np.array([0.3, 0.3, 0.8, 0.8, 1.0]), 0.3, np.array([0, 0, 0.4, 0.4, 1.0]))
        pieces.append(kite.turned("x", lean).turned("y", away))
    return merge(pieces)


def capsules(chance: Chance, count: int = 6) -> Mesh:
    """Sporophytes: red-brown threads 1 tall, each with its nodding urn (shade b)."""
    pieces = []
    for _ in range(count):
        away, reach = chance.uniform(0, 6.3), 0.5 * np.sqrt(chance.uniform())
        foot = np.array([reach * np.sin(away), 0, reach * np.cos(away)])
        out, tall = np.array([np.sin(away), 0, np.cos(away)]), chance.uniform(0.65, 1.0)
        path = foot + curve(np.array([[0, -0.05, 0], [0, 0.6 * tall, 0] + 0.05 * out, [0, tall, 0] + 0.14 * out,
                                      [0, 0.94 * tall, 0] + 0.24 * out]), 7)
        pieces.append(tube(path, 0.013, 3, closed=False).shaded(second=0.0))
        urn = lathe(np.array([(0.0, 0.12), (0.03, 0.09), (0.038, 0.02), (0.0, -0.06)]), 5).turned("z", 1.9)
        pieces.append(urn.turned("y", away - np.pi / 2).moved(*path[-1]).shaded(second=1.0))
    return merge(pieces)


def beard(chance: Chance, strands: int = 10) -> Mesh:
    """Moss that hangs 1 long from the origin, in strands that thin out; their tips sway."""
    pieces = []
    for _ in range(strands):
        long = 0.2 + 0.8 * chance.uniform() ** 1.6
        x, z = 0.2 * chance.normal(2)
        drift = 0.14 * chance.normal(2)
        v = np.linspace(0, 1, 5)
        half = 0.016 * (1 - 0.85 * v) * (1 + 0.6 * np.sin(11 * v + 40 * x))
        across = np.array([np.cos(9 * x), np.sin(9 * x)])
        waved = 0.05 * np.sin(7 * v + 60 * z) * v
        middle = np.stack([x + drift[0] * v + waved, -long * v, z + drift[1] * v], axis=1)
        wide = np.stack([across[0] * half, 0 * half, across[1] * half], axis=1)
        points = np.concatenate([middle - wide, middle + wide])
        low = np.arange(4)
        faces = np.concatenate([np.stack([low, low + 5, low + 6], 1), np.stack([low, low + 6, low + 1], 1)])
        mesh = make(points, faces, points[:, :2])
        share = np.tile(v, 2)
        pieces.append(mesh.shaded(occlusion=0.5 + 0.5 * share, flex=share * long, second=share))
    return merge(pieces)


def drop() -> Mesh:
    """A drop of water about 1 tall that hangs from the origin."""
    points, faces = icosphere(1)
    low = np.where(points[:, 1] > 0, points[:, 1] ** 2 * 1.5, points[:, 1])
    narrow = np.where(points[:, 1] > 0, 1 - 0.55 * np.clip(points[:, 1], 0, 1) ** 0.5, 1.0)
    shape = np.stack([points[:, 0] * narrow, low, points[:, 2] * narrow], axis=1) * 0.42
    return make(shape, faces, points[:, :2]).moved(y=-0.6)
