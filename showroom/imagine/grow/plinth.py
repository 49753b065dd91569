"""Plinth: what the hero stands on, itself standing in the ground of its place.

A plinth is 1.05 m tall about the origin, its foot goes a hand below the ground, and its top is dark
where the hero touches it.
"""

import numpy as np

from showroom.imagine.grow.bottle import outline
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import Mesh, make, merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import blend, part, rgb
from showroom.imagine.grow.scatter import bases, instances, varied_sizes, varied_tints
from showroom.imagine.grow.shapes import circle, loft
from showroom.srgb import linear
from showroom.words.geometry import Geometry, Material
from showroom.words.hall import PLACE_PLINTH_XZ, PLINTH_TOP_M

TOP_M = PLINTH_TOP_M
PLACE_XZ = PLACE_PLINTH_XZ
STYLES = {  # (radius, height) pairs from the rim of the top to the foot, metres
    "block": ((0.138, 1.05), (0.147, 1.037), (0.155, 0.7), (0.17, 0.3), (0.19, 0.0), (0.2, -0.12),
              (0.21, -0.35)),
    "pedestal": ((0.165, 1.05), (0.174, 1.04), (0.174, 1.005), (0.164, 0.99), (0.158, 0.965), (0.13, 0.935),
                 (0.115, 0.91), (0.112, 0.87), (0.126, 0.24), (0.13, 0.2), (0.15, 0.17), (0.16, 0.13),
                 (0.16, 0.1), (0.19, 0.085), (0.195, 0.07), (0.195, -0.3)),
    "drum": ((0.158, 1.05), (0.17, 1.037), (0.17, 0.98), (0.158, 0.96), (0.145, 0.94), (0.145, 0.2),
             (0.16, 0.17), (0.18, 0.15), (0.18, 0.08), (0.22, 0.075), (0.225, 0.06), (0.225, -0.2)),
    "stand": ((0.17, 1.05), (0.177, 1.045), (0.177, 1.02), (0.15, 1.0), (0.09, 0.94), (0.06, 0.86),
              (0.052, 0.7),
              (0.06, 0.5), (0.075, 0.3), (0.11, 0.14), (0.17, 0.06), (0.185, 0.035), (0.19, 0.0),
              (0.19, -0.1)),
    "slab": ((0.117, 1.05), (0.121, 1.046), (0.121, 0.986), (0.1175, 0.982), (0.1175, 0.972), (0.121, 0.968),
             (0.108, 0.07), (0.108, 0.05), (0.122, 0.046), (0.126, 0.04), (0.126, -0.02)),
}
_CORNER = {"block": 5.0, "pedestal": 2.0, "drum": 0.0, "stand": 2.0, "slab": 14.0}
_FLUTED = ("pedestal",)
_CHIPS = 18  # flakes off the edges of a block


def plinth_mesh(style: str, chance: Chance, detail: float = 1.0, tile_m: float = 0.6,
                touched: tuple[tuple[float, float], ...] = ()) -> Mesh:
    """The stone itself; touched: x, z on its top where something lies.

    Raises KeyError for a style that STYLES does not name.
    """
    columns = 48 if detail > 0.6 else 32 if detail > 0.3 else 24
    side = _eased(np.array(STYLES[style]), 0.012)
    rim = side[0, 0]
    top = np.column_stack([np.append(np.linspace(0.0, 0.88, 9) * rim, rim), np.full(10, TOP_M)])
    section = outline(_CORNER[style], columns)
    around = section
    if style in _FLUTED:
        section, fluted = circle(columns + columns // 3 * 2), _fluted(columns + columns // 3 * 2)
        shaft = smoothstep(0.9, 0.84, side[:, 1]) * smoothstep(0.2, 0.27, side[:, 1])
        around = section * (1 - shaft[:, None, None]) + fluted * shaft[:, None, None]
    mesh = loft(around, side, tile_m)
    if style == "drum":
        mesh = mesh.faceted()
    level = loft(section, top)
    level = make(level.positions, level.faces, level.positions[:, [0, 2]] / tile_m)
    mesh = merge([level, mesh])
    if style == "block":
        mesh = _weathered(mesh, chance)
    stained = smoothstep(0.3, 0.02, mesh.positions[:, 1])
    return mesh.shaded(occlusion=_contact(mesh.positions, touched), second=stained)


def _eased(side: np.ndarray, longest_m: float) -> np.ndarray:
    """More rows down the shaft, so that shade has somewhere to change."""
    rows = [side[:1]]
    for here, after in zip(side, side[1:]):
        count = max(1, int(np.linalg.norm(after - here) / (longest_m * 6)))
        rows.append(here + (after - here) * (np.arange(1, count + 1) / count)[:, None])
    return np.concatenate(rows)


def _fluted(columns: int, flutes: int = 16) -> np.ndarray:
    angle = np.linspace(0, 2 * np.pi, columns + 1)
    depth = 0.055 * np.abs(np.sin(angle * flutes / 2)) ** 0.7
    return circle(columns) * (0.97 + 0.03 - depth)[:, None]


def _weathered(mesh: Mesh, chance: Chance) -> Mesh:
    """Split stone: edges flaked off flat, faces a little uneven; the top is level where the hero stands."""
    draw = chance.child("weather")
    seed = draw.integers(0, 1 << 30)
    p = mesh.positions
    rough = 0.012 * fbm(p * 3.1, 3, seed) + 0.005 * fbm(p * 13, 2, seed + 9)
    shape = p + mesh.normals * (rough * smoothstep(TOP_M - 0.002, TOP_M - 0.03, p[:, 1]))[:, None]
    for index in range(_CHIPS):
        corner = np.pi / 4 + np.pi / 2 * index + 0.16 * draw.normal()
        lean = draw.uniform(0.15, 0.9) * (1.0 if index < 4 else float(np.sign(draw.normal())))
        way = np.array([np.sin(corner), lean, np.cos(corner)]) / np.hypot(1.0, lean)
        high = TOP_M - 0.01 if index < 4 else draw.uniform(0.05, TOP_M - 0.1)
        near = (np.abs(shape[:, 1] - high) < 0.16) & (np.hypot(p[:, 0], p[:, 2]) > 0.125)
        reach = shape @ way
        least = float(np.max(reach[near])) - draw.uniform(0.016, 0.05)
        over = np.where(near, np.maximum(reach - least, 0.0), 0.0)
        shape = shape - over[:, None] * way
    return mesh.displaced(shape - p).faceted()


def _contact(positions: np.ndarray, touched: tuple[tuple[float, float], ...]) -> np.ndarray:
    """Dark at the foot, under the rim, where the hero stands and where things lie."""
    x, y, z = positions.T
    foot = 0.3 + 0.7 * smoothstep(-0.02, 0.3, y)
    on_top = y > TOP_M - 1e-3
    hero = 1 - 0.62 * smoothstep(0.085, 0.03, np.hypot(x * 0.75, z * 1.2))
    for near_x, near_z in touched:
        hero = hero * (1 - 0.5 * np.exp(-(np.hypot(x - near_x, z - near_z) / 0.036) ** 2))
    return np.where(on_top, hero, foot)


def plinth_part(style: str, srgb: str, tile_m: float, wet: float, at: tuple[float, float, float],
                chance: Chance,
                detail: float = 1.0, ground_srgb: str = "",
                touched: tuple[tuple[float, float], ...] = ()) -> Geometry:
    """The plinth of a place, wearing the surface "plinth"; its foot takes on the ground's colour.

    touched : x, z from its middle where something lies on it.
    """
    stain = blend(linear(srgb), linear(ground_srgb or srgb) * 0.6, 0.6)
    material = Material(surface="plinth", roughness=1.0 - 0.3 * wet,
                        second_color=rgb(np.clip(stain, 0.02, 0.7)),
                        clearcoat=0.6 * wet)
    mesh = plinth_mesh(style, chance, detail, tile_m, touched)
    return part("plinth", mesh, material, instances(np.array([at])))


def gathered(chance: Chance, count: int, at: tuple[float, float], inner_m: float, outer_m: float, ground,
             size_m: float,
             cell: int = 0, tilt_rad: float = 0.25, lift_m: float = 0.004, flex_m: float = 0.0) -> np.ndarray:
    """(count,) INSTANCE of small things blown or washed against a foot: most of them close, in drifts.

    ground : (x, z) → height, metres.
    """
    drift = chance.uniform(0, 2 * np.pi)
    angle = drift + chance.normal(count) * 1.5
    reach = inner_m + (outer_m - inner_m) * chance.uniform(0, 1, count) ** 2.2
    x, z = at[0] + np.sin(angle) * reach, at[1] - np.cos(angle) * reach
    positions = np.stack([x, ground(x, z) + lift_m, z], axis=1)
    return instances(positions, bases(chance, count, tilt_rad), varied_sizes(chance, count, size_m),
                     varied_tints(chance, count), chance.uniform(0, 1, count), flex_m, cell)
