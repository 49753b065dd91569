"""Fallen log: a trunk that has lain for years, bark sloughing, its end torn, moss along its back."""

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import fbm, ridged, smoothstep
from showroom.imagine.grow.shapes import curve, patch, tube


def fallen_log(chance: Chance, length_m: float, radius_m: float, moss: float, tile_m: float = 1.0) -> Mesh:
    """Along +X about the origin, lying on y = 0, sunk a little; shade b is moss, `moss` of it at most."""
    seed = chance.integers(0, 1 << 20)
    knots = np.stack(
        [
            np.linspace(-0.5, 0.5, 5) * length_m,
            np.full(5, 0.72 * radius_m),
            0.06 * length_m * chance.normal(5) * 0.3,
        ],
        axis=1,
    )
    path = curve(knots, 34)
    sides = 26
    share = np.linspace(0, 1, len(path))
    mesh = tube(path, radius_m * (1.06 - 0.3 * share), sides, tile_m, closed=False)
    p = mesh.positions
    ring = np.repeat(np.arange(len(path)), sides + 1)
    out = p - path[ring]
    angle = np.arctan2(out[:, 1], out[:, 2])
    at = np.stack([p[:, 0] * 1.5, np.cos(angle) * 4, np.sin(angle) * 4], axis=1)
    relief = 0.07 * radius_m * (ridged(at, 3, seed) - 0.5) + 0.08 * radius_m * fbm(at * 0.35, 2, seed + 1)
    torn = 0.5 * radius_m * fbm(np.stack([np.cos(angle), np.sin(angle)], axis=1) * 2.6, 2, seed + 2)
    ends = np.where(ring == 0, -1.0, np.where(ring == len(path) - 1, 1.0, 0.0))
    offset = out / np.linalg.norm(out, axis=1, keepdims=True) * relief[:, None]
    mesh = mesh.displaced(offset + (ends * np.abs(torn))[:, None] * np.array([1.0, 0.0, 0.0]))
    top = smoothstep(-0.1, 0.75, mesh.normals[:, 1])
    grown = smoothstep(0.05, 0.45, top + 0.55 * fbm(mesh.positions * 2.3, 3, seed + 3) - 0.5 * (1 - moss))
    mesh = mesh.shaded(
        occlusion=0.3 + 0.7 * smoothstep(0.0, 1.1 * radius_m, mesh.positions[:, 1]),
        second=grown * min(1.0, 1.4 * moss),
    )
    stubs = [_stub(chance, path, radius_m) for _ in range(4)]
    return merge([mesh, *stubs])


def heartwood(length_m: float, radius_m: float, chance: Chance) -> Mesh:
    """The torn face at the near end of such a log: rings, splinters, hollow within; looks along −X."""
    seed = chance.integers(0, 1 << 20)
    turn, reach = np.meshgrid(np.linspace(0, 2 * np.pi, 27), np.linspace(1, 0, 7), indexing="xy")
    r = radius_m * 1.03 * reach
    depth = (
        0.16 * radius_m
        + 0.4 * radius_m * (1 - reach)
        - 0.3 * radius_m * fbm(np.stack([np.cos(turn) * reach, np.sin(turn) * reach], axis=-1) * 5, 3, seed)
    )
    points = np.stack(
        [-0.5 * length_m + depth, 0.72 * radius_m + r * np.sin(turn), r * np.cos(turn)], axis=-1
    )
    mesh = patch(points, np.stack([turn * 0.3, reach * 0.25], axis=-1))
    if mesh.normals[:, 0].mean() > 0:
        mesh = mesh.turned_inside_out()
    return mesh.shaded(
        occlusion=0.3 + 0.7 * reach.reshape(-1), second=0.5 + 0.5 * np.sin(26 * reach.reshape(-1))
    )


def _stub(chance: Chance, path: np.ndarray, radius_m: float) -> Mesh:
    root = path[chance.integers(6, 30)]
    turned = chance.uniform(-1.2, 1.2)
    way = np.array([0.35, np.cos(turned), np.sin(turned)])
    long = chance.uniform(0.4, 1.0) * radius_m
    twig = curve(
        np.stack(
            [
                root + way * 0.6 * radius_m,
                root + way * (radius_m + 0.4 * long),
                root + (way + np.array([0.25, 0, 0])) * (radius_m + long),
            ]
        ),
        5,
    )
    mesh = tube(twig, np.linspace(0.13, 0.08, 5) * radius_m, 7, 0.3)
    return mesh.shaded(occlusion=0.8, second=0.5)
