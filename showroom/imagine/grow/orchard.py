"""Orchard: what pickers leave under trees: crates of fruit, a ladder against a crown, pots along a lane."""

from typing import Iterator

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.citrus import KINDS, picked
from showroom.imagine.grow.mesh import Mesh, make, merge, turn, unit
from showroom.imagine.grow.noise import fbm
from showroom.imagine.grow.part import part
from showroom.imagine.grow.scatter import bases, instances, varied_sizes, varied_tints
from showroom.imagine.grow.shapes import tube
from showroom.imagine.grow.stones import Ground
from showroom.words.geometry import Geometry, Material

_WIDE, _DEEP, _HIGH = 0.52, 0.34, 0.26  # of a crate
_CRATES = (  # x, z, yaw, how many it stands on, whether it is full
    (1.42, -2.75, 0.35, 0, False),
    (1.98, -2.55, -0.2, 0, True),
    (1.62, -2.68, 0.12, 1, True),
    (-1.75, -3.6, 0.5, 0, True),
)
_LADDER = (-2.05, -4.6, 1.35)  # x, z of its foot, and which way it leans
_WOOD = Material(base_color=(0.34, 0.24, 0.14, 1.0), second_color=(0.16, 0.11, 0.065), roughness=0.85)


def goods(kind: str, skin: Material, ground: Ground, chance: Chance) -> Iterator[Geometry]:
    """Crates heaped with one kind of fruit in its skin, and the ladder."""
    wood, heaps = [], []
    for index, (x, z, yaw, level, heaped) in enumerate(_CRATES):
        at = np.array([x, float(ground(np.array(x), np.array(z))) + level * _HIGH, z])
        draw = chance.child(f"crate {index}")
        wood.append(_crate(draw).turned("y", yaw).moved(*at))
        if heaped:
            heaps.append(_heap(draw, KINDS[kind][0]) @ turn("y", yaw).T + at)
    x, z, yaw = _LADDER
    wood.append(_ladder(2.5).turned("x", -0.26).turned("y", yaw).moved(x, float(ground(np.array(x), np.array(z))), z))
    yield part("crates", merge(wood), _WOOD)
    at = np.concatenate(heaps)
    placed = instances(at, bases(chance, len(at), 1.4), varied_sizes(chance, len(at), 1.0, 0.15),
                       varied_tints(chance, len(at), 0.015, 0.14))
    yield part("picked", picked(kind, 8, 7), skin, placed)


def _crate(chance: Chance) -> Mesh:
    """Slats nailed to four posts, none quite straight."""
    pieces = []
    for row in range(3):
        y = 0.012 + row * 0.083
        for side in (-1, 1):
            slat = _plank(_WIDE, 0.068, 0.012).turned("z", 0.008 * chance.normal())
            end = _plank(0.012, 0.068, _DEEP).moved(side * _WIDE / 2, y, 0)
            pieces += [slat.moved(0, y, side * _DEEP / 2), end]
    post, out_x, out_z = _plank(0.03, _HIGH + 0.01, 0.03), _WIDE / 2 - 0.02, _DEEP / 2 - 0.02
    pieces += [post.moved(x, 0, z) for x in (-out_x, out_x) for z in (-out_z, out_z)]
    pieces += [_plank(_WIDE - 0.02, 0.01, 0.075).moved(0, 0.006, z) for z in np.linspace(-0.12, 0.12, 4)]
    whole = merge(pieces)
    grain = 0.5 + 0.5 * fbm(whole.positions * np.array([6.0, 30.0, 30.0]), 2, chance.integers(0, 99))
    inner = np.clip(whole.positions[:, 1] / _HIGH, 0, 1)
    return whole.shaded(occlusion=0.55 + 0.45 * inner, second=0.8 * grain)


def _plank(wide: float, high: float, deep: float) -> Mesh:
    """A sawn board about x = z = 0 on y = 0: twelve triangles with sharp edges."""
    corner = np.array([[x, y, z] for y in (0.0, high) for z in (-deep / 2, deep / 2) for x in (-wide / 2, wide / 2)])
    sides = np.array([[4, 6, 7, 5], [0, 1, 3, 2], [2, 3, 7, 6], [1, 0, 4, 5], [3, 1, 5, 7], [0, 2, 6, 4]])
    points = corner[sides].reshape(-1, 3)
    first = 4 * np.arange(6)[:, None]
    faces = np.concatenate([first + [0, 1, 2], first + [0, 2, 3]])
    mesh = make(points, faces, points[:, :2])
    normal = np.repeat(unit(np.cross(points[1::4] - points[::4], points[2::4] - points[::4])), 4, axis=0)
    return Mesh(mesh.positions, normal, mesh.uv, mesh.shade, mesh.faces)


def _heap(chance: Chance, radius_m: float) -> np.ndarray:
    """(n, 3) middles of fruit that fill a crate's upper half and rise over its rim."""
    step = 1.85 * radius_m
    places = []
    for layer in range(2):
        y = _HIGH - 0.5 * radius_m + layer * 1.4 * radius_m
        inset = radius_m * (1.1 + 1.1 * layer)
        for x in np.arange(-_WIDE / 2 + inset, _WIDE / 2 - inset + 1e-6, step):
            for z in np.arange(-_DEEP / 2 + inset, _DEEP / 2 - inset + 1e-6, step):
                places.append((x + 0.2 * radius_m * chance.normal(), y + 0.25 * radius_m * chance.normal(),
                               z + 0.2 * radius_m * chance.normal()))
    return np.array(places)


def _ladder(tall_m: float) -> Mesh:
    """A picker's ladder, narrow at the top."""
    rails = [tube(np.array([[side * 0.27, -0.05, 0], [side * 0.14, tall_m, 0]]), 0.022, 6) for side in (-1, 1)]
    rungs = []
    for y in np.arange(0.3, tall_m - 0.1, 0.29):
        half = 0.27 - 0.13 * y / tall_m
        rungs.append(tube(np.array([[-half, y, 0], [half, y, 0]]), 0.014, 5))
    whole = merge([*rails, *rungs])
    return whole.shaded(second=0.5 + 0.5 * fbm(whole.positions * 8, 2, 6))
