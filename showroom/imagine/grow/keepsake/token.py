"""Token: what every keepsake is made of: pieces about y = 0, at most half a metre across, and their lights."""

from dataclasses import dataclass
from typing import Callable

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import smoothstep
from showroom.imagine.grow.part import rgb, rgba
from showroom.imagine.grow.shapes import box, curve, tube
from showroom.imagine.grow.species.sprig import Piece
from showroom.words.geometry import Light, Material


@dataclass(frozen=True)
class Token:
    """pieces: about the origin of their spot, on y = 0.   lights: too."""

    pieces: list[Piece]
    lights: tuple[Light, ...] = ()


Keepsake = Callable[[Chance], Token]


def plain(color: tuple[float, float, float], roughness: float = 0.7, second=None, **more) -> Material:
    """Opaque matter; second, by default a darker self, is what shade b mixes in."""
    other = np.array(color) * 0.5 if second is None else np.array(second)
    return Material(base_color=rgba(np.array(color)), second_color=rgb(other), roughness=roughness, **more)


def grounded(mesh: Mesh, open_m: float) -> Mesh:
    """Darker towards what it stands on: full light from open_m up."""
    low = smoothstep(-0.2 * open_m, open_m, mesh.positions[:, 1])
    return mesh.shaded(occlusion=mesh.shade[:, 0] * (0.35 + 0.65 * low))


def ring(chance: Chance, count: int, near_m: float, far_m: float) -> np.ndarray:
    """(count, 2) x, z about the origin between two radii, golden turns apart."""
    reach = near_m + (far_m - near_m) * np.sqrt((np.arange(count) + 0.5) / count)
    turned = 2.39996 * np.arange(count) + 0.4 * chance.normal(count)
    return np.stack([np.sin(turned) * reach, np.cos(turned) * reach], axis=1)


def strewn(chance: Chance, mesh: Mesh, at: np.ndarray, sizes: np.ndarray, y=0.0, tilt: float = 0.3) -> Mesh:
    """The mesh at (n, 2) spots, any way round."""
    high = np.broadcast_to(y, len(at))
    return merge(
        [
            mesh.scaled(size)
            .turned("x", tilt * chance.normal())
            .turned("y", chance.uniform(0, 6.3))
            .moved(x, level, z)
            for (x, z), size, level in zip(at, sizes, high)
        ]
    )


def crate(wide_m: float, deep_m: float, high_m: float) -> Mesh:
    """A market crate: three slats a side, corner posts, a slatted floor."""
    slats = []
    for level in range(3):
        y = 0.012 + level * high_m / 3
        for side in (-1, 1):
            slats.append(box(wide_m, high_m / 4.2, 0.008, 0.002, 0.3).moved(0, y, side * deep_m / 2))
            slats.append(box(0.008, high_m / 4.2, deep_m, 0.002, 0.3).moved(side * wide_m / 2, y, 0))
    posts = [
        box(0.022, high_m + 0.01, 0.022, 0.003, 0.3).moved(sx * (wide_m / 2 - 0.014), 0, sz * (deep_m / 2 - 0.014))
        for sx in (-1, 1)
        for sz in (-1, 1)
    ]
    return grounded(merge([*slats, *posts, box(wide_m, 0.008, deep_m, 0.002, 0.3).moved(0, 0.02, 0)]), 0.08)


def basket(radius_m: float, high_m: float, flare: float = 1.2, rows: int = 9) -> Mesh:
    """Woven: rods round and round over and under upright ribs, a plaited rim."""
    turned = np.linspace(0, 2 * np.pi, 49)
    pieces = []
    for row in range(rows):
        share = row / (rows - 1)
        reach = radius_m * (1 + (flare - 1) * share) + 0.004 * np.cos(12 * turned + np.pi * row)
        path = np.stack([np.sin(turned) * reach, np.full(49, 0.006 + share * high_m), np.cos(turned) * reach], 1)
        thick = 0.55 * high_m / rows * (1.35 if row == rows - 1 else 1.0)
        pieces.append(tube(path, thick, 5, closed=False).shaded(second=0.5 * (row % 2)))
    floor = np.stack([turned * 0, 0 * turned + 0.01, turned / turned[-1] * radius_m], axis=1)[::6]
    pieces.append(merge([tube(floor, 0.012, 4).turned("y", angle) for angle in np.linspace(0, 6.0, 14)]))
    return grounded(merge(pieces), 0.6 * high_m)


def bow_handle(radius_m: float, from_m: float, high_m: float) -> Mesh:
    """A basket's arched handle over the middle."""
    knots = np.array(
        [
            [-radius_m, from_m, 0],
            [-0.9 * radius_m, from_m + 0.6 * high_m, 0],
            [0, from_m + high_m, 0],
            [0.9 * radius_m, from_m + 0.6 * high_m, 0],
            [radius_m, from_m, 0],
        ]
    )
    return tube(curve(knots, 22), 0.007, 6)
