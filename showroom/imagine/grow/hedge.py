"""Hedge: clipped box and yew, a dark body under a skin of leaves; and round trees for the distance."""

from typing import Iterator

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.leaf import cluster
from showroom.imagine.grow.mesh import Mesh, make, merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import part, rgba
from showroom.imagine.grow.scatter import facing, instances, varied_sizes, varied_tints
from showroom.imagine.grow.shapes import box, icosphere
from showroom.words.geometry import Geometry, Material


def hedge_mesh(chance: Chance, width: float, height: float, depth: float, cuts: int = 11) -> Mesh:
    """A clipped hedge along X standing on y = 0, grown out unevenly since it was last cut."""
    mesh = box(width, height + 0.1, depth, 0.1, 1.0, cuts).moved(y=-0.1)
    seed = chance.integers(0, 1 << 20)
    mesh = mesh.displaced(0.06 * fbm(mesh.positions * 1.6, 3, seed) + 0.025 * fbm(mesh.positions * 7, 2, seed + 1))
    return leafy(mesh, height)


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
    hollow = 0.6 + 0.4 * smoothstep(-0.25, 0.3, fbm(mesh.positions * 6.0, 2, 77))
    return mesh.shaded(occlusion=(0.35 + 0.65 * low) * hollow, second=0.5 * np.clip(mesh.normals[:, 1], 0, 1) * low)


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


def hedges(name: str, meshes: list[Mesh], green: np.ndarray, chance: Chance, leaves: int, leaf_m: float = 0.035,
           casts_shadow: bool = True) -> Iterator[Geometry]:
    """Bodies already standing in the world, as one part, and the leaves that grow out of them as another."""
    body = merge(meshes)
    material = Material(base_color=rgba(green * 0.55), second_color=tuple(float(v) for v in green * 1.3), roughness=0.9,
                        translucency=0.2)
    yield part(name, body, material, casts_shadow=casts_shadow)
    at, out = skin(chance, body, leaves)
    towards = np.array([0.0, 1.4, 0.0]) - at
    seen = (at[:, 1] > 0.02) & (np.sum(out * towards, axis=1) > -0.25 * np.linalg.norm(towards, axis=1))
    at, out = at[seen], out[seen]
    rotations = facing(out + 0.5 * chance.normal((len(at), 3)), np.tile(np.array([0.0, 1.0, 0.0]), (len(at), 1)))
    foliage = Material("foliage", surface="sprites", base_color=(0.8, 0.85, 0.7, 1.0), roughness=0.75, translucency=0.45)
    tints = varied_tints(chance, len(at), 0.03, 0.25)
    placed = instances(at, rotations, varied_sizes(chance, len(at)), tints, chance.uniform(0, 1, len(at)), 0.002, 2)
    upright = cluster(chance, 5, leaf_m, leaf_m * 1.5).turned("x", np.pi / 2)
    yield part(f"{name} leaves", upright, foliage, placed, casts_shadow=False)
