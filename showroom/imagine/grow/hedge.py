"""Hedge: clipped box and yew, a dark body under a skin of leaves; and billowing trees for the distance."""

from typing import Iterator

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import Mesh, make, merge, turn, unit
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import part, rgb, rgba
from showroom.imagine.grow.scatter import facing, instances, varied_sizes, varied_tints
from showroom.imagine.grow.shapes import icosphere, patch
from showroom.words.geometry import Geometry, Material

_SHADY = np.array([0.5, 0.62, 0.5])  # the green within, next to that of the leaves
_SUNK = 0.24  # how far a body lies within its leaves, in boughs
BOUGH_CELL = 12  # the painted bough


def hedge_mesh(chance: Chance, width: float, height: float, depth: float, step_m: float = 0.4) -> Mesh:
    """A clipped hedge along X on y = 0, grown out since it was last cut; step_m between points."""
    r = min(0.14, 0.35 * depth)
    side = np.linspace(-0.1, height - r, max(3, int(height / step_m) + 1))
    bend = np.linspace(0, np.pi / 2, 4)[1:]
    half = np.concatenate([np.column_stack([np.full(len(side), depth / 2), side]),
                           np.column_stack([depth / 2 - r + np.cos(bend) * r,
                                            height - r + np.sin(bend) * r])])
    profile = np.concatenate([half * np.array([-1, 1]), half[::-1]])
    x = np.linspace(-width / 2, width / 2, max(8, int(width / step_m)))
    close = np.sqrt(np.clip(1 - np.clip(1 - (width / 2 - np.abs(x)) / 0.3, 0, 1) ** 2, 0.0, 1))[None, :]
    y = np.where(profile[:, 1:] > 0, profile[:, 1:] * (0.55 + 0.45 * close), profile[:, 1:])
    points = np.stack([np.broadcast_to(x, (len(profile), len(x))), y + 0 * x, profile[:, :1] * close],
                      axis=-1)
    mesh = patch(points)
    seed = chance.integers(0, 1 << 20)
    swell = 0.06 * fbm(mesh.positions * 1.6, 3, seed) + 0.03 * fbm(mesh.positions * 7, 2, seed + 1)
    return leafy(mesh.displaced(swell), -0.1, 0.7 * height)


def crown_mesh(chance: Chance, rounds: int = 2, billows: int = 9) -> Mesh:
    """The crown of a tree, about 1 in radius about the origin: billows round a heart, only their outsides."""
    turned = 2.39996 * np.arange(billows) + chance.uniform(0, 6.3)
    high = np.linspace(-0.62, 0.95, billows) + 0.1 * chance.normal(billows)
    wide = np.sqrt(np.clip(1 - high * high, 0.05, 1))
    ways = np.stack([wide * np.sin(turned), high, wide * np.cos(turned)], axis=1)
    middles = np.concatenate([np.zeros((1, 3)), ways * (0.6 + 0.07 * chance.normal((billows, 1)))])
    radii = np.concatenate([[0.72], chance.uniform(0.34, 0.56, billows)])
    points, faces = icosphere(rounds)
    pieces = []
    for index, (middle, radius) in enumerate(zip(middles, radii)):
        swell = 1 + 0.22 * fbm(points * 2.6 + 11.0 * index, 2, chance.integers(0, 1 << 20))
        at = middle + radius * swell[:, None] * points
        centre = at[faces].mean(axis=1)
        apart = np.linalg.norm(centre[:, None] - middles[None], axis=2) - 0.9 * radii
        outside = np.delete(apart, index, axis=1).min(axis=1) > 0
        pieces.append(make(at, faces[outside], points[:, [0, 1]]))
    return leafy(merge(pieces), -1.1, 0.5)


def leafy(mesh: Mesh, foot_m: float, top_m: float) -> Mesh:
    """Lighter on top and where it bulges, dark below and in its hollows."""
    low = smoothstep(foot_m, top_m, mesh.positions[:, 1])
    hollow = 0.5 + 0.5 * smoothstep(-0.4, 0.4, fbm(mesh.positions * 13.0, 2, 77))
    return mesh.shaded(occlusion=(0.35 + 0.65 * low) * hollow,
                       second=0.5 * np.clip(mesh.normals[:, 1], 0, 1) * low)


def skin(chance: Chance, mesh: Mesh, count: int,
         weight: np.ndarray | None = None) -> tuple[np.ndarray, np.ndarray]:
    """(count, 3) places spread over a mesh by area, and the (count, 3) way out at each.

    weight : (t,) how densely each face is covered next to the others; None is evenly.
    """
    a, b, c = (mesh.positions[mesh.faces[:, corner]] for corner in range(3))
    area = np.linalg.norm(np.cross(b - a, c - a), axis=1) * (1.0 if weight is None else weight)
    total = np.cumsum(area)
    even = (np.arange(count) + chance.uniform(0, 1, count)) / count * total[-1]
    face = np.searchsorted(total, even).clip(0, len(area) - 1)
    s, t = np.sqrt(chance.uniform(0, 1, count)), chance.uniform(0, 1, count)
    at = a[face] * (1 - s)[:, None] + b[face] * (s * (1 - t))[:, None] + c[face] * (s * t)[:, None]
    return at, mesh.normals[mesh.faces[face, 0]]


def _sunk(mesh: Mesh, by_m: float) -> Mesh:
    """The same body, smaller all round, in the same shade."""
    return mesh.displaced(np.full(len(mesh.positions), -by_m))


def in_sight(mesh: Mesh, eye_m: float = 1.4, near_m: float = 7.0) -> np.ndarray:
    """(t,) how much of each face a visitor at the origin sees: none from behind, less far away."""
    middle = mesh.positions[mesh.faces].mean(axis=1)
    out = mesh.normals[mesh.faces].mean(axis=1)
    towards = np.array([0.0, eye_m, 0.0]) - middle
    far = np.linalg.norm(towards, axis=1)
    shown = smoothstep(-0.35, 0.1, np.sum(out * towards, axis=1) / far) * (middle[:, 1] > 0.0)
    return shown / (1 + (far / near_m) ** 2)


def hedges(name: str, meshes: list[Mesh], green: np.ndarray, chance: Chance, covers: int,
           bough_m: float = 0.2, casts_shadow: bool = True) -> Iterator[Geometry]:
    """Bodies already standing in the world, as one dark part, and the leafy boughs that cover them.

    covers : how many pairs of boughs, most of them where a visitor sees them near.   bough_m : length of one.
    """
    body = merge(meshes)
    shade = green * _SHADY
    material = Material(base_color=rgba(shade), second_color=rgb(1.4 * shade), roughness=1.0)
    within = _sunk(body, _SUNK * bough_m)  # so that no smooth outline shows between the boughs
    yield part(name, within, material, casts_shadow=casts_shadow)
    at, out = skin(chance, body, covers, in_sight(body))
    count = len(at)
    stand = bough_m * chance.uniform(0.05, 0.36, count)
    upright = np.array([0.0, 1.0, 0.0]) + 0.7 * chance.normal((count, 3))
    turned = facing(out + 0.3 * chance.normal((count, 3)), upright)
    lit = 0.7 + 0.3 * np.clip(0.4 + out[:, 1], 0, 1) + 0.3 * fbm(at * 0.5 / bough_m, 2, 5)
    tints = varied_tints(chance, count, 0.04, 0.22) * np.clip(lit, 0.45, 1.25)[:, None]
    placed = instances(at + stand[:, None] * out, turned, varied_sizes(chance, count, 1.0, 0.35), tints,
                       chance.uniform(0, 1, count), 0.004, BOUGH_CELL)
    share = 0.55 + 0.45 * np.clip(green / green.max(), 0.2, 1.0)
    foliage = Material("foliage", surface="sprites", base_color=rgba(0.85 * share), roughness=1.0,
                       translucency=0.4)
    yield part(f"{name} leaves", boughs(chance.child("bough"), bough_m), foliage, placed, casts_shadow=False)


def clump(chance: Chance, leaf_m: float, leaves: int = 6) -> Mesh:
    """Leaves about the origin, one triangle each, cut from within the painted leaf; they look along +Z."""
    shape = np.array([[-0.34, 0.0, 0.0], [0.34, 0.0, 0.0], [0.0, 1.0, 0.0]]) * leaf_m
    uv = np.array([[0.36, 0.62], [0.64, 0.62], [0.5, 0.08]])
    pieces = []
    for index in range(leaves):
        way = turn("z", 2.39996 * index + chance.uniform(0, 1.2)) @ turn("x", chance.uniform(-0.2, 1.2))
        offset = chance.uniform(-1, 1, 3) * np.array([1.0, 1.0, 0.5]) * leaf_m
        leaf = make(shape, np.array([[0, 1, 2]]), uv).transformed(way).moved(*offset)
        pieces.append(leaf.shaded(occlusion=np.array([0.6, 0.6, 1.0]), flex=np.array([0.2, 0.2, 1.0])))
    mesh = merge(pieces)
    soft = unit(0.5 * mesh.normals + np.array([0.0, 0.2, 0.8]))
    return Mesh(mesh.positions, soft, mesh.uv, mesh.shade, mesh.faces)


def boughs(chance: Chance, bough_m: float) -> Mesh:
    """Two painted boughs that leave the origin along +Z and cross: some hundred leaves of four triangles.

    Lit as the round body that they cover: their normals look out with it, only a little their own way.
    """
    pieces = []
    for index in range(2):
        v, u = np.meshgrid(np.array([1.0, 0.0]), np.array([-0.5, 0.5]), indexing="ij")
        points = np.stack([0.92 * u, v, -0.16 * v], axis=-1) * bough_m
        card = patch(points, np.stack([u + 0.5, 1 - v], axis=-1)).moved(0.0, -0.3 * bough_m, 0.0)
        way = turn("z", 2.6 * index + 0.5 * chance.normal()) @ turn("x", chance.uniform(0.1, 0.5) + 0.8 * index)
        card = card.transformed(way).moved(z=0.06 * bough_m * index)
        outer = np.clip(card.positions[:, 2] / (0.5 * bough_m), 0, 1)
        pieces.append(card.shaded(occlusion=0.62 + 0.38 * outer, flex=0.6))
    mesh = merge(pieces)
    soft = unit(0.3 * mesh.normals * np.sign(mesh.normals[:, 2:] + 1e-9) + np.array([0.0, 0.15, 1.0]))
    return Mesh(mesh.positions, soft, mesh.uv, mesh.shade, mesh.faces)
