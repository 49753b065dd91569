"""Snow fir: dark spruces bent under snow: tiers of sprays, a pillow on every branch."""

import numpy as np

from showroom.imagine.grow.card import bent, card
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.conifer import GOLDEN_RAD
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import fbm
from showroom.imagine.grow.shapes import patch


def snow_fir(
    chance: Chance, tiers: int, each: int, cards: int, load: float, pillow_rows: int = 4
) -> tuple[Mesh, Mesh]:
    """(sprays, pillows) of a tree 1 tall about its root; load 0 bare to 1 hung with snow; a spire, ragged."""
    sprays, pillows = [], []
    for tier in range(tiers):
        share = (tier + 0.5) / tiers
        high = 0.06 + 0.92 * share**0.92
        reach = 0.225 * (1 - share) ** 0.85 + 0.018
        for index in range(each if share < 0.8 else max(3, each - 2)):
            yaw = GOLDEN_RAD * tier + 2 * np.pi * index / each + 0.25 * chance.normal()
            long, drop = reach * chance.uniform(0.72, 1.18), 0.42 - 0.75 * share + 0.12 * chance.normal()
            at = high + 0.012 * chance.normal()
            for part in range(cards):
                side = 0.0 if part == 0 else (1.0 if part % 2 else -1.0)
                size = long * (1.0 if part == 0 else 0.66)
                leaf = card(size, (0.62 if cards > 1 else 0.85) * size, 3, 0.30)
                leaf = leaf.turned("z", 0.2 * chance.normal()).turned("y", 0.75 * side)
                leaf = leaf.moved(0, 0, 0.0 if part == 0 else 0.32 * long)
                sprays.append(leaf.turned("x", drop).turned("y", yaw).moved(0, at, 0))
            for step in range(2 if pillow_rows > 2 and share < 0.3 else 1):
                if chance.uniform() > load:
                    continue
                size = min(long, 0.15) * chance.uniform(0.55, 0.9)
                pad = pillow(chance, size, size * chance.uniform(0.42, 0.6), pillow_rows)
                pad = pad.turned("y", 0.35 * chance.normal()).moved(
                    0.12 * long * chance.normal(), 0.0, 0.42 * long * step
                )
                pillows.append(pad.turned("x", drop + 0.06).turned("y", yaw).moved(0, at + 0.004, 0))
    leaves = merge(sprays)
    out = leaves.positions * np.array([1.0, 0.0, 1.0])
    reach = np.hypot(leaves.positions[:, 0], leaves.positions[:, 2])
    shaded = bent(leaves, out + np.array([0.0, 0.10, 0.0]), 0.55)
    shaded = shaded.shaded(occlusion=0.25 + 0.75 * np.clip(reach / 0.14, 0, 1))
    return shaded, merge(pillows)


def pillow(chance: Chance, length_m: float, width_m: float, rows: int = 4) -> Mesh:
    """Snow lying along a branch, +Z from the origin, rounded over, drooping at its end."""
    v, u = np.meshgrid(np.linspace(1, 0, rows + 1), np.linspace(-1, 1, 4 if rows > 2 else 3), indexing="ij")
    plump = np.sin(np.pi * (0.06 + 0.9 * v)) ** 0.36
    wide = width_m / 2 * plump * (1 + 0.5 * fbm(np.stack([v * 4, u + 7 * chance.uniform()], -1), 1, 3))
    z = length_m * (0.06 + 0.98 * v)
    y = 0.5 * width_m * plump * (1 - u * u) - 0.30 * length_m * v * v - 0.03 * width_m
    return patch(np.stack([-u * wide, y, z], axis=-1), np.stack([u * wide, z], axis=-1) * 1.2)
