"""Cone: a pine's cone, opened: scales in a spiral round a core, pale at their tips."""

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import Mesh, make, merge
from showroom.imagine.grow.noise import smoothstep
from showroom.imagine.grow.shapes import lathe


def cone(chance: Chance, long_m: float = 0.06, scales: int = 44, open_rad: float = 0.75) -> Mesh:
    """Lying along +X on y = 0 about the origin; shade b is 1 at the scales' tips."""
    share = (np.arange(scales) + 0.5) / scales
    turn = 2.39996 * np.arange(scales)
    girth = 0.3 * long_m * np.sin(np.pi * np.clip(0.12 + 0.86 * share, 0, 1)) ** 0.7
    core = lathe(np.array([(0.0, 0.98), (0.1, 0.85), (0.17, 0.4), (0.12, 0.06), (0.0, 0.0)]) * long_m, 7)
    pieces = [core.shaded(occlusion=0.35)]
    corners = np.array([[0.0, 0.0, 0.0], [-0.6, 0.7, 0.85], [0.6, 0.7, 0.85], [0.0, 0.95, 1.0]])
    faces = np.array([[0, 1, 2], [1, 3, 2], [2, 1, 0], [2, 3, 1]])
    for index in range(scales):
        wide, out = 0.15 * long_m * (1.1 - 0.5 * share[index]), girth[index] * chance.uniform(0.9, 1.1)
        lean = open_rad * (1.05 - 0.55 * share[index])
        shape = np.stack(
            [
                corners[:, 0] * wide,
                corners[:, 1] * out * np.cos(lean),
                corners[:, 2] * out * np.sin(lean) + 0.04 * long_m,
            ],
            axis=1,
        )
        scale = make(shape, faces, corners[:, [0, 2]] + 0.5)
        scale = scale.shaded(
            occlusion=0.25 + 0.75 * corners[:, 2], second=smoothstep(0.7, 1.0, corners[:, 2])
        )
        pieces.append(scale.turned("y", turn[index]).moved(0, share[index] * 0.86 * long_m, 0))
    mesh = merge(pieces).turned("z", -np.pi / 2).moved(-0.5 * long_m, 0, 0)
    return mesh.moved(0, -0.8 * float(mesh.positions[:, 1].min()), 0)
