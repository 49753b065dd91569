"""Resin: amber tears that run down bark, each with a thread above it."""

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.hedge import skin
from showroom.imagine.grow.mesh import Mesh, unit
from showroom.imagine.grow.part import part
from showroom.imagine.grow.scatter import facing, instances, varied_sizes, varied_tints
from showroom.imagine.grow.shapes import lathe
from showroom.words.geometry import Geometry, Material

_AMBER = (0.19, 0.055, 0.007, 1.0)


def tear() -> Mesh:
    """A drop 1 tall about the origin, hanging down −Y, thread up +Y; its back is flat (z from 0)."""
    rows = np.array(
        [
            (0.0, 1.3),
            (0.012, 1.1),
            (0.02, 0.6),
            (0.03, 0.3),
            (0.07, 0.12),
            (0.16, -0.05),
            (0.205, -0.2),
            (0.19, -0.34),
            (0.11, -0.43),
            (0.0, -0.46),
        ]
    )
    mesh = lathe(rows, 10)
    return mesh.scaled(1.0, 1.0, 0.8).moved(0, 0, 0.05)


def tears(
    bark: Mesh, chance: Chance, count: int, low_m: float, high_m: float, towards: np.ndarray
) -> Geometry:
    """On a trunk in the world, between two heights, on the side that faces the (3,) place `towards`.

    They gather below a few wounds rather than everywhere.
    """
    places = bark.positions[bark.faces].mean(axis=1)
    facing_us = np.sum(bark.normals[bark.faces[:, 0]] * unit(towards - places), axis=1) > 0.3
    chosen = bark.faces[(places[:, 1] > low_m) & (places[:, 1] < high_m) & facing_us]
    at, n = skin(chance, Mesh(bark.positions, bark.normals, bark.uv, bark.shade, chosen), 40 * count)
    wounds = at[chance.integers(0, len(at), max(2, count // 6))]
    off = (at[:, None] - wounds[None]) * np.array([2.6, 1.0, 2.6])
    below = np.where(off[..., 1] > 0.02, 9.0, np.linalg.norm(off, axis=2)).min(axis=1)
    order = np.argsort(below + 0.3 * chance.uniform(0, 1, len(at)), kind="stable")[:count]
    out = unit(n[order] * np.array([1.0, 0.2, 1.0]))
    sizes = 0.026 + 0.05 * chance.uniform(0, 1, count) ** 3
    wide = varied_sizes(chance, count, 0.85, 0.3) * sizes
    placed = instances(
        at[order] - 0.003 * out,
        facing(out, np.broadcast_to(np.array([0.0, 1.0, 0.0]), out.shape)),
        np.stack([wide, sizes, wide], axis=1),
        varied_tints(chance, count, 0.02, 0.35),
    )
    amber = Material(
        base_color=_AMBER, roughness=0.12, clearcoat=1.0, translucency=0.8, emission=(0.065, 0.018, 0.0012)
    )
    return part("resin", tear(), amber, placed, casts_shadow=False)
