"""Lavender rows: the lie of the field, where its rows run, and the bushes that stand in them."""

from typing import Iterator

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.lavender import SHEAF_CELL, bee, near_bush, sheaves
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import natural, part, rgb, rgba
from showroom.imagine.grow.scatter import bases, instances, varied_sizes, varied_tints
from showroom.imagine.grow.shapes import patch
from showroom.words.geometry import Geometry, Material

FIRST_M, LANE_M = 1.22, 1.46  # from the middle of the visitor's lane to the first row, and between rows
_ROWS = 17  # to each side
_NEAR_M, _MIDDLE_M, _FAR_M = 2.1, 9.0, 42.0  # how far off bushes are modelled so finely
_LEAF = np.array([0.085, 0.105, 0.07])
_END_M = 74.0
_PAINT = "#7b62b8"  # the violet that the atlas's sheaf is painted in


def height(x: np.ndarray, z: np.ndarray) -> np.ndarray:
    """Level where one stands, then the field climbs away ahead and rolls; metres."""
    x, z = np.asarray(x, dtype=np.float64), np.asarray(z, dtype=np.float64)
    at = np.stack([x, z], axis=-1)
    reach = np.hypot(x, z + 0.5)
    near = 0.035 * fbm(at * 0.9, 3, 4) * smoothstep(0.9, 2.5, reach)
    swell = 1.3 * fbm(at * 0.028, 2, 6) * smoothstep(9.0, 45.0, reach)
    return near + swell + 5.4 * smoothstep(7.0, 82.0, -z + 0.12 * np.abs(x))


def bend(z: np.ndarray) -> np.ndarray:
    """How far the rows have turned aside at z, metres."""
    return -0.0019 * np.clip(-np.asarray(z) - 3.0, 0, None) ** 2


def between_rows(x: np.ndarray, z: np.ndarray) -> np.ndarray:
    """0 in the middle of a row to 1 in the middle of a lane."""
    off = (np.abs(x - bend(z)) - FIRST_M) / LANE_M
    return np.where(off < -0.5, 1.0, np.abs((off + 0.5) % 1.0 - 0.5) * 2)


def _row_x() -> np.ndarray:
    each = FIRST_M + LANE_M * np.arange(_ROWS)
    return np.concatenate([-each[::-1], each])


def places(chance: Chance) -> np.ndarray:
    """(n, 2) x, z of every bush of the field as far as bushes are told apart, none in the visitor's way."""
    points = []
    for x in _row_x():
        z = np.arange(-_FAR_M, 12.0, 0.46)
        z = z + 0.07 * chance.normal(len(z))
        points.append(np.stack([x + bend(z) + 0.05 * chance.normal(len(z)), z], axis=1))
    points = np.concatenate(points)
    missing = fbm(points * 0.8, 2, 9) > 0.62  # a plant dies now and then
    return points[~missing & (np.hypot(points[:, 0], points[:, 1]) > 1.24)]


def bees(chance: Chance, count: int = 16) -> Geometry:
    """Bees at work on the bushes within reach, and a few on their way."""
    at = places(chance.child("places"))
    at = at[np.hypot(at[:, 0], at[:, 1] + 0.6) < 2.2]
    chosen = at[chance.integers(0, len(at), count)]
    away, high = chance.uniform(0, 2 * np.pi, count), chance.uniform(0.5, 0.95, count)
    out = np.stack([np.sin(away), np.zeros(count), np.cos(away)], axis=1) * 0.42 * np.sqrt(1.02 - high)[:, None]
    x, z = chosen.T
    stand = np.stack([x, height(x, z) + 0.92 * high, z], axis=1) + out
    fur = Material("foliage", base_color=(0.42, 0.23, 0.05, 1.0), second_color=(0.025, 0.016, 0.01), roughness=0.7)
    placed = instances(stand, bases(chance, count, 0.9), varied_sizes(chance, count, 1.15), None,
                       chance.uniform(0, 1, count), 0.012)
    return part("bees", bee(), fur, placed, casts_shadow=False)


def _flowering(violet: np.ndarray) -> Material:
    """Grey-green, and violet where shade b says flower."""
    return Material("foliage", base_color=rgba(_LEAF), second_color=rgb(violet), roughness=0.72, sheen=0.25,
                    translucency=0.42)


def bushes(violet: np.ndarray, fullness: float, chance: Chance, detail: float) -> Iterator[Geometry]:
    """The whole field's bushes, finer the nearer; violet: their flower's colour, linear RGB."""
    at = places(chance.child("places"))
    reach = np.hypot(at[:, 0], at[:, 1])
    seen = np.where(at[:, 1] > 1.0, reach * 1.9, reach)  # behind one they may be coarser
    near = at[seen < _NEAR_M]
    heads = 0.55 + 0.45 * fullness
    for kind in range(3):
        mesh = near_bush(chance.child(f"near {kind}"), max(10, int(62 * heads * (0.4 + 0.6 * detail))))
        yield _standing(f"lavender near {kind}", mesh, near[kind::3], _flowering(violet), chance.child(f"n{kind}"))
    painted = _painted(violet)
    for kind in range(2):
        own = at[seen < _MIDDLE_M][kind::2]
        mesh = sheaves(chance.child(f"middle {kind}"), int(11 * heads) + 4, 3)
        yield _standing(f"lavender middle {kind}", mesh, own[: max(4, int(detail * len(own)))], painted,
                        chance.child(f"m{kind}"))
    far = at[(seen >= _MIDDLE_M) & (seen < _FAR_M) & (np.abs(at[:, 0]) < 7.0 + 0.9 * np.abs(at[:, 1]))]
    far = far[np.argsort(np.hypot(far[:, 0], far[:, 1]), kind="stable")][: int(2400 * detail) + 8]
    yield _standing("lavender far", sheaves(chance.child("far"), int(5 * heads) + 3, 2), far, painted,
                    chance.child("f"), 1.1, casts_shadow=False)
    yield _ridges(violet, chance.child("ridges"), detail)


def _painted(violet: np.ndarray) -> Material:
    """What the painted sheaves wear: their paint, leaning to this perfume's violet."""
    lean = np.clip(violet / natural(_PAINT), 0.6, 1.5)
    return Material("foliage", surface="sprites", base_color=rgba(lean), roughness=0.95, translucency=0.4)


def _standing(name: str, mesh: Mesh, points: np.ndarray, material: Material, chance: Chance, size: float = 1.0,
              casts_shadow: bool = True) -> Geometry:
    count = len(points)
    x, z = points.T
    room = np.clip((np.hypot(x, z) - 0.66) / 0.82, 0.6, 1.35)  # old bushes at the visitor's hands, not in them
    grown = np.where(np.hypot(x, z + 0.4) < 1.75, room, 1.0) * varied_sizes(chance, count, size, 0.2)
    tints = varied_tints(chance, count, 0.012, 0.16) * (1 + 0.16 * fbm(points * 0.35, 2, 3))[:, None]
    placed = instances(np.stack([x, height(x, z) - 0.01, z], axis=1), bases(chance, count, 0.1),
                       np.minimum(grown, room), tints, chance.uniform(0, 1, count), 0.011,
                       SHEAF_CELL if material.surface else 0)
    return part(name, mesh, material, placed, casts_shadow=casts_shadow, layer="heart")


def _ridges(violet: np.ndarray, chance: Chance, detail: float) -> Geometry:
    """What lies under the bushes near by, and is all one sees of a row far away."""
    z = -np.concatenate([np.arange(-14.0, 12.0, 0.9 / (0.4 + 0.6 * detail)),
                         np.geomspace(12.0, _END_M, int(16 + 22 * detail))])
    pieces = []
    for index, x in enumerate(_row_x()):
        own = z[(np.abs(z) > 0.0) & (np.abs(x) < 8.0 + 0.8 * np.abs(z))]
        pieces.append(_ridge(float(x), own, chance.child(f"{index}")))
    body = merge([piece for piece in pieces if piece.triangles])
    material = Material(base_color=rgba(0.55 * _LEAF), second_color=rgb(0.72 * violet), roughness=0.95, sheen=0.3)
    return part("lavender rows", body, material, casts_shadow=False)


def _ridge(x: float, z: np.ndarray, chance: Chance) -> Mesh:
    """One row as a rounded bank; low within the bushes near by, as tall as they are far off."""
    across = np.array([-0.46, -0.36, -0.16, 0.16, 0.36, 0.46])
    reach = np.hypot(x, z)
    far = smoothstep(_MIDDLE_M * 0.6, _FAR_M * 0.7, reach)
    high = 0.06 + 0.48 * far
    high = np.where(reach < 4.0, 0.02, high) * (1 + 0.25 * fbm(np.stack([z * 0.9, z * 0 + x], -1), 2, 5))
    shape = np.sqrt(np.clip(1 - (across / 0.47) ** 2, 0, 1))
    px = x + bend(z)[:, None] + across * (0.6 + 0.4 * far)[:, None]
    pz = np.broadcast_to(z[:, None], px.shape)
    ground = height(px, pz)
    mesh = patch(np.stack([px, ground - 0.03 + high[:, None] * shape, pz], axis=-1))
    mesh = mesh if mesh.normals[:, 1].mean() > 0 else mesh.turned_inside_out()
    top = np.clip(shape * 1.15 - 0.2, 0, 1) * (0.12 + 0.88 * far)[:, None]
    speckle = 0.75 + 0.5 * fbm(mesh.positions * 3.0, 2, 8)
    return mesh.shaded(occlusion=(0.35 + 0.65 * shape * np.ones_like(px)).reshape(-1),
                       second=top.reshape(-1) * speckle)
