"""Sprig: how the parts of a plant sit together: copies of a leaf or floret, set along stems at an angle.

Everything here is whole arrays: a plant of a thousand needles is one multiplication.
"""

from dataclasses import dataclass

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import Mesh, unit
from showroom.imagine.grow.noise import smoothstep
from showroom.imagine.grow.part import blend, rgb, rgba
from showroom.imagine.grow.scatter import facing
from showroom.imagine.grow.shapes import curve, patch
from showroom.words.geometry import Material

GOLDEN_RAD = np.pi * (3 - 5**0.5)  # from one leaf to the next round a stem: Vogel 1979
GREEN = np.array([0.045, 0.085, 0.022])
WOOD = np.array([0.1, 0.07, 0.045])
Seats = tuple[np.ndarray, np.ndarray]  # (n, 3) places, (n, 3) unit ways that what sits there looks


@dataclass(frozen=True)
class Piece:
    """One mesh of a plant and what it wears; cell is its sprite's, for what wears sprites."""

    name: str
    mesh: Mesh
    material: Material
    cell: int = 0


def leafy(
    color: np.ndarray, second: np.ndarray | None = None, through: float = 0.4, roughness: float = 0.65, **more
) -> Material:
    """Leaves and petals: seen from both sides, lit through; second, where shade b is 1, is their paler self."""
    other = np.clip(np.asarray(color) * 1.5, 0, 0.85) if second is None else second
    return Material(
        "foliage", base_color=rgba(color), second_color=rgb(other), roughness=roughness, translucency=through, **more
    )


def woody(color: np.ndarray = WOOD, second: np.ndarray | None = None, roughness: float = 0.9) -> Material:
    """Bark, cones and canes."""
    other = np.asarray(color) * 1.8 if second is None else second
    return Material(base_color=rgba(color), second_color=rgb(np.clip(other, 0, 0.8)), roughness=roughness)


def tended(color: np.ndarray, own: np.ndarray, share: float) -> np.ndarray:
    """A species' own colour, led by `share` towards what the scent says."""
    return blend(own, color, share)


def copies(
    mesh: Mesh,
    seats: Seats,
    sizes=1.0,
    roll: np.ndarray | None = None,
    up: tuple[float, float, float] = (0.0, 1.0, 0.0),
) -> Mesh:
    """The mesh once in every seat, its +Z where the seat looks and its +Y as near to `up` as that allows.

    sizes : (), (n,) or (n, 3).   roll : (n,) turns about the way it looks, rad.
    """
    at, ahead = seats
    count = len(at)
    rotations = facing(ahead, np.broadcast_to(np.array(up), at.shape))
    if roll is not None:
        c, s = np.cos(roll)[:, None], np.sin(roll)[:, None]
        right, lift = rotations[:, :, 0], rotations[:, :, 1]
        rotations = np.stack([c * right + s * lift, c * lift - s * right, rotations[:, :, 2]], axis=2)
    sizes = np.asarray(sizes, dtype=np.float64)
    sizes = np.broadcast_to(sizes[:, None] if sizes.ndim == 1 else sizes, (count, 3))
    points = np.einsum("nij,nvj->nvi", rotations, mesh.positions[None] * sizes[:, None])
    normals = np.einsum("nij,nvj->nvi", rotations, mesh.normals[None] / sizes[:, None])
    steps = len(mesh.positions) * np.arange(count)[:, None, None]
    return Mesh(
        (points + at[:, None]).reshape(-1, 3),
        unit(normals.reshape(-1, 3)),
        np.tile(mesh.uv, (count, 1)),
        np.tile(mesh.shade, (count, 1)),
        (mesh.faces[None] + steps).reshape(-1, 3),
    )


def upward(mesh: Mesh) -> Mesh:
    """What looks up +Y, as `copies` wants it: looking along +Z."""
    return mesh.turned("x", np.pi / 2)


def seats(
    chance: Chance,
    paths: list[np.ndarray],
    per_path: int,
    first: float,
    last: float,
    lean_rad: float,
    off_m: float = 0.0,
    loose: float = 0.2,
) -> Seats:
    """per_path seats up each (k, 3) stem between the shares first and last, spiralling round it.

    lean_rad : from the stem's own way outwards.   off_m : from its middle.   loose : how much all that varies.
    """
    places, ways = [], []
    share = np.linspace(first, last, per_path)
    for path in paths:
        dense = curve(path, 48)
        where = np.clip(share + loose * 0.5 * (last - first) / per_path * chance.normal(per_path), 0, 1) * 47
        index = where.astype(int).clip(0, 46)
        at = dense[index] + (dense[index + 1] - dense[index]) * (where - index)[:, None]
        way = unit(np.gradient(dense, axis=0)[index])
        side = unit(np.cross(way, np.array([0.31, 0.17, 0.94])))
        lift = np.cross(way, side)
        turn = chance.uniform(0, 6.3) + GOLDEN_RAD * np.arange(per_path) + loose * chance.normal(per_path)
        out = side * np.cos(turn)[:, None] + lift * np.sin(turn)[:, None]
        lean = lean_rad + 0.5 * loose * chance.normal(per_path)
        places.append(at + off_m * out)
        ways.append(way * np.cos(lean)[:, None] + out * np.sin(lean)[:, None])
    return np.concatenate(places), unit(np.concatenate(ways))


def rising(
    chance: Chance, count: int, tall_m: float, spread_m: float, foot_m: float = 0.02, bow: float = 0.35
) -> list[np.ndarray]:
    """(10, 3) stems that rise from one root and lean apart; bow: how soon they do."""
    paths = []
    for index in range(count):
        away = 2 * np.pi * index / count + chance.uniform(0, 0.7)
        way = np.array([np.sin(away), 0.0, np.cos(away)])
        out = way * spread_m * chance.uniform(0.3, 1.0)
        high = np.array([0.0, tall_m * chance.uniform(0.75, 1.05), 0.0])
        sway = 0.06 * tall_m * np.array([chance.normal(), 0.0, chance.normal()])
        knots = np.array([foot_m * way - [0, 0.02, 0], foot_m * way + bow * out + 0.5 * high + sway, out + high])
        paths.append(curve(knots, 10))
    return paths


def plain_leaf(
    long_m: float,
    wide_m: float,
    rows: int = 4,
    arch: float = 0.3,
    fold: float = 0.25,
    tip: float = 1.0,
    widest: float = 0.45,
) -> Mesh:
    """A leaf from the origin along +Z, face up, folded along a pale midrib, its tip hanging.

    tip : 1 pointed, less is rounder.   widest : where, as a share of its length.
    """
    columns = np.array([-1.0, 0.0, 1.0])
    v, u = np.meshgrid(np.linspace(1, 0, rows), columns, indexing="ij")
    bend = np.log(0.5) / np.log(widest)
    half = 0.5 * wide_m * np.sin(np.pi * np.clip(v, 0.015, 0.985) ** bend) ** tip
    points = np.stack([-u * half, long_m * (arch * (0.55 * v - v * v)) + fold * half * np.abs(u), long_m * v], -1)
    mesh = patch(points)
    return mesh.shaded(
        occlusion=(0.6 + 0.4 * v).reshape(-1), flex=v.reshape(-1), second=(0.55 * (u == 0)).reshape(-1)
    )


def palmate(
    chance: Chance, long_m: float, lobes: tuple[tuple[float, float], ...], sinus: float = 0.5, spokes: int = 37
) -> Mesh:
    """A leaf of fingers spread round the end of its stalk (the origin), the middle one along +Z.

    lobes : (angle from +Z in rad, length as a share).   sinus : depth between fingers, share of the length.
    """
    angle = np.linspace(-2.55, 2.55, spokes)
    off = np.stack([angle - turned for turned, _ in lobes])
    reach = np.stack([length * np.exp(-((off[k] / 0.4) ** 2)) for k, (_, length) in enumerate(lobes)]).max(axis=0)
    web = 0.5 * np.cos(0.55 * angle) ** 2 + 0.08
    edge = np.maximum(reach, sinus * web)
    near = np.abs(off).min(axis=0)
    r, a = np.meshgrid(np.array([1.0, 0.62, 0.3, 0.0]), angle, indexing="ij")
    far = r * edge[None] * long_m
    y = 0.1 * far + 0.16 * long_m * np.minimum(near, 0.45)[None] * r - 0.5 * far**2 / long_m
    y = y + 0.03 * long_m * r * np.sin(9 * a + chance.uniform(0, 6))
    mesh = patch(np.stack([far * np.sin(a), y, far * np.cos(a)], axis=-1)[:, ::-1])
    vein = np.exp(-((near / 0.05) ** 2))[None, ::-1] * np.ones_like(r)
    return mesh.shaded(
        second=(0.7 * vein).reshape(-1), flex=(r * 0.7).reshape(-1), occlusion=(0.75 + 0.25 * r).reshape(-1)
    )


def star(petals: int, long: float, wide: float, cup: float, tube: float = 0.0) -> Mesh:
    """A simple flower looking up +Y: pointed petals round a throat (second colour), on a tube `tube` long."""
    v, u = np.meshgrid(np.array([1.0, 0.6, 0.18, 0.0]), np.array([-1.0, 0.0, 1.0]), indexing="ij")
    half = wide * np.sin(np.pi * np.clip(0.1 + 0.88 * v, 0, 1)) ** 0.75
    lifted = long * cup * np.sin(v * 1.9) + 0.18 * half * np.abs(u)
    lifted = np.where(v == 0, -tube, lifted)
    one = patch(np.stack([u * half * np.where(v == 0, 0.25, 1), lifted, long * v * (1 - 0.2 * cup * v)], axis=-1))
    one = one.shaded(second=smoothstep(0.3, 0.1, v).reshape(-1), flex=0.8, occlusion=(0.55 + 0.45 * v).reshape(-1))
    turned = 2 * np.pi * np.arange(petals) / petals
    ways = np.stack([np.sin(turned), 0 * turned, np.cos(turned)], axis=1)
    return copies(one, (np.zeros((petals, 3)), ways))


def deepened(mesh: Mesh, middle: tuple[float, float, float], reach: tuple[float, float, float]) -> Mesh:
    """Darker towards the middle of its crown, an ellipsoid of half-axes `reach`: leaves shade each other."""
    far = np.linalg.norm((mesh.positions - np.array(middle)) / np.array(reach), axis=1)
    return mesh.shaded(occlusion=mesh.shade[:, 0] * (0.3 + 0.7 * smoothstep(0.2, 1.0, far)))
