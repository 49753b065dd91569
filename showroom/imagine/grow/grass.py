"""Grass: tufts of modelled blades near, crossed sprite cards far."""

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import smoothstep
from showroom.imagine.grow.shapes import patch


def blade(length_m: float, width_m: float, lean: float, bend: float, rows: int = 5) -> Mesh:
    """One blade from the origin up, leaning and bending towards +Z, folded along its middle."""
    along = np.linspace(1, 0, rows)
    angle = lean + bend * along
    step = length_m / (rows - 1)
    z = np.concatenate([np.cumsum((np.sin(angle) * step)[::-1])[::-1][1:], [0.0]])
    y = np.concatenate([np.cumsum((np.cos(angle) * step)[::-1])[::-1][1:], [0.0]])
    half = width_m / 2 * np.maximum(1 - along ** 1.7, 0.06)
    across = np.array([-1.0, 0.0, 1.0])
    points = np.stack([half[:, None] * across, np.broadcast_to(y[:, None], (rows, 3)) + 0 * across,
                       z[:, None] - 0.25 * half[:, None] * np.abs(across)], axis=-1)
    mesh = patch(points)
    high = np.repeat(along, 3)
    return mesh.shaded(occlusion=0.35 + 0.65 * high, flex=high ** 1.6, second=smoothstep(0.65, 1.0, high))


def tuft(chance: Chance, blades: int, length_m: float, width_m: float = 0.006, spread_m: float = 0.05,
         lean: float = 0.5,
         rows: int = 5) -> Mesh:
    """A clump of blades fanning out from one root."""
    pieces = []
    for _ in range(blades):
        away = chance.uniform(0, 2 * np.pi)
        reach = spread_m * chance.uniform() ** 0.7
        one = blade(length_m * chance.uniform(0.55, 1.15), width_m * chance.uniform(0.7, 1.3),
                    lean * chance.uniform(0.1, 1.0), chance.uniform(0.2, 1.3), rows)
        pieces.append(one.turned("y", away).moved(np.sin(away) * reach, -0.01, np.cos(away) * reach))
    return merge(pieces)
