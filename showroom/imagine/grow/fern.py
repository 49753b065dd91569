"""Fern: shuttlecocks of arching fronds, every pinna a small painted frond of its own."""

import numpy as np

from showroom.imagine.grow.card import bent, card
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import Mesh, merge, unit
from showroom.imagine.grow.shapes import curve, tube

CELL = 13  # of the atlas: a frond


def fern(chance: Chance, fronds: int, length_m: float, pinnae: int, rows: int) -> Mesh:
    """About its root on y = 0. pinnae : pairs of leaves a frond, each a bent card of `rows`."""
    pieces = []
    for index in range(fronds):
        long = length_m * chance.uniform(0.7, 1.1)
        rise, arch = chance.uniform(0.75, 1.15), chance.uniform(0.5, 1.0)
        path = _arch(long, rise, arch)
        frond = _pinnate(chance, path, pinnae, rows)
        turned = 2 * np.pi * index / fronds + 0.35 * chance.normal()
        pieces.append(frond.turned("z", 0.2 * chance.normal()).turned("y", turned))
    mesh = merge(pieces)
    return bent(mesh, mesh.positions * np.array([0.5, 0.3, 0.5]) + np.array([0.0, length_m, 0.0]), 0.3)


def _arch(long: float, rise: float, arch: float) -> np.ndarray:
    """(9, 3): up and out along +Z, over, and down at the tip."""
    share = np.linspace(0, 1, 9)
    pitch = rise - (rise + 0.75 * arch) * share**1.3
    step = long / 8
    y = np.concatenate([[0], np.cumsum(np.sin(pitch[:-1]))]) * step
    z = np.concatenate([[0], np.cumsum(np.cos(pitch[:-1]))]) * step
    return np.stack([0 * y, y - 0.01, z + 0.015], axis=1)


def _pinnate(chance: Chance, path: np.ndarray, pairs: int, rows: int) -> Mesh:
    long = float(np.linalg.norm(np.diff(path, axis=0), axis=1).sum())
    stalk = tube(
        path[:: 1 if rows > 2 else 2], np.linspace(0.004, 0.001, 9)[:: 1 if rows > 2 else 2], 3, closed=False
    )
    stalk = Mesh(
        stalk.positions, stalk.normals, 0 * stalk.uv + np.array([0.5, 0.93]), stalk.shade, stalk.faces
    )
    pieces = [stalk.shaded(flex=0.4 * np.clip(stalk.positions[:, 2] / long, 0, 1), occlusion=0.6)]
    dense = curve(path, 60)
    ahead = unit(np.gradient(dense, axis=0))
    for index in range(pairs):
        share = 0.16 + 0.82 * (index / pairs) ** 0.9
        at, way = dense[int(share * 59)], ahead[int(share * 59)]
        size = 0.34 * long * np.sin(np.pi * min(0.18 + 0.84 * share, 1.0)) ** 0.8 * chance.uniform(0.9, 1.1)
        pitch = np.arctan2(way[1], way[2])
        for side in (-1.0, 1.0):
            leaf = card(max(size, 0.012), (0.36 if pairs > 10 else 0.6) * size + 0.006, rows, 0.12)
            leaf = leaf.turned("y", side * chance.uniform(1.15, 1.35)).turned("x", -pitch).moved(*at)
            pieces.append(
                leaf.shaded(
                    flex=0.35 * share + 0.4 * share * leaf.shade[:, 1],
                    occlusion=(0.35 + 0.65 * share) * (0.75 + 0.25 * leaf.shade[:, 1]),
                )
            )
    return merge(pieces)
