"""Hedge: clipped box and yew, a dark body under a skin of leaves; and round trees for the distance."""

from typing import Iterator

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import Mesh, make, merge, unit
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import part, rgb, rgba
from showroom.imagine.grow.scatter import facing, instances, varied_sizes, varied_tints
from showroom.imagine.grow.shapes import icosphere, patch
from showroom.words.geometry import Geometry, Material

_SPRIG_CELL = 13  # the painted fern: a twig with its leaflets


def hedge_mesh(chance: Chance, width: float, height: float, depth: float, step_m: float = 0.2) -> Mesh:
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
    return leafy(mesh.displaced(swell), height)


def crown_mesh(chance: Chance, rounds: int = 3) -> Mesh:
    """The crown of a round tree, 1 in radius about the origin, in billows."""
    points, faces = icosphere(rounds)
    seed = chance.integers(0, 1 << 20)
    swell = 1 + 0.24 * fbm(points * 1.9, 2, seed) + 0.1 * np.abs(fbm(points * 5.0, 2, seed + 2))
    mesh = make(points * swell[:, None] * np.array([1, 0.92, 1]), faces, points[:, [0, 1]])
    return leafy(mesh, 1.0)


def leafy(mesh: Mesh, height: float) -> Mesh:
    """Lighter on top and where it bulges, dark below and in its hollows."""
    low = smoothstep(-0.1, 0.7 * height, mesh.positions[:, 1])
    hollow = 0.5 + 0.5 * smoothstep(-0.4, 0.4, fbm(mesh.positions * 13.0, 2, 77))
    return mesh.shaded(occlusion=(0.35 + 0.65 * low) * hollow,
                       second=0.5 * np.clip(mesh.normals[:, 1], 0, 1) * low)


def skin(chance: Chance, mesh: Mesh, count: int) -> tuple[np.ndarray, np.ndarray]:
    """(count, 3) places spread over a mesh by area, and the (count, 3) way out at each."""
    a, b, c = (mesh.positions[mesh.faces[:, corner]] for corner in range(3))
    area = np.linalg.norm(np.cross(b - a, c - a), axis=1)
    total = np.cumsum(area)
    even = (np.arange(count) + chance.uniform(0, 1, count)) / count * total[-1]
    face = np.searchsorted(total, even).clip(0, len(area) - 1)
    s, t = np.sqrt(chance.uniform(0, 1, count)), chance.uniform(0, 1, count)
    at = a[face] * (1 - s)[:, None] + b[face] * (s * (1 - t))[:, None] + c[face] * (s * t)[:, None]
    return at, mesh.normals[mesh.faces[face, 0]]


def hedges(name: str, meshes: list[Mesh], green: np.ndarray, chance: Chance, leaves: int,
           leaf_m: float = 0.035, casts_shadow: bool = True) -> Iterator[Geometry]:
    """Bodies already standing in the world, as one dark part, and the sprigs that cover them as another.

    leaves : sprigs over all bodies, those that a visitor could see are kept.   leaf_m : of one leaf.
    """
    body = merge(meshes)
    material = Material(base_color=rgba(green * 0.42), second_color=rgb(green * 0.8), roughness=0.95)
    yield part(name, body, material, casts_shadow=casts_shadow)
    at, out = skin(chance, body, leaves)
    towards = np.array([0.0, 1.4, 0.0]) - at
    seen = (at[:, 1] > 0.02) & (np.sum(out * towards, axis=1) > -0.3 * np.linalg.norm(towards, axis=1))
    at, out = at[seen], out[seen]
    upward = np.array([0.0, 0.7, 0.0]) + chance.normal((len(at), 3))
    placed = instances(at + 0.45 * leaf_m * out, facing(out + 0.5 * chance.normal((len(at), 3)), upward),
                       varied_sizes(chance, len(at), 1.0, 0.35), varied_tints(chance, len(at), 0.03, 0.3),
                       chance.uniform(0, 1, len(at)), 0.003, _SPRIG_CELL)
    share = np.clip(green / green.max(), 0.25, 1.0)
    foliage = Material("foliage", surface="sprites", base_color=rgba(0.85 * share), roughness=1.0,
                       translucency=0.2)
    yield part(f"{name} leaves", sprig(3.6 * leaf_m), foliage, placed, casts_shadow=False)


def sprig(length_m: float) -> Mesh:
    """A twig's end full of small leaves: a bent card that looks along +Z, its tip up."""
    v, u = np.meshgrid(np.array([1.0, 0.5, 0.0]), np.array([-0.5, 0.5]), indexing="ij")
    bend = 0.22 * (v - 0.4) ** 2
    points = np.stack([u * 0.9, v - 0.45, bend], axis=-1) * length_m
    mesh = patch(points, np.stack([0.08 + 0.84 * (u + 0.5), 0.02 + 0.9 * (1 - v)], axis=-1))
    soft = unit(mesh.normals + np.array([0.0, 0.35, 0.0]))
    return Mesh(mesh.positions, soft, mesh.uv, mesh.shade, mesh.faces).shaded(
        occlusion=0.55 + 0.45 * v.reshape(-1), flex=0.3 + 0.7 * v.reshape(-1))
