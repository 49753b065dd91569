"""Mesh: triangles with normals, texture coordinates and shade, and what one does to them.

Counter-clockwise seen from outside, +Y up, metres. A mesh is a value: every change gives a new one.
"""

from dataclasses import dataclass, replace
from typing import Iterable

import numpy as np

from showroom.imagine.grow.attention import look
from showroom.words.geometry import VERTEX


@dataclass(frozen=True)
class Mesh:
    """positions, normals : (v, 3) float64, normals unit.   uv : (v, 2), v = 0 the picture's top.

    shade : (v, 4), 0 to 1: occlusion (1 open), flex, second-colour mix, opacity.
    faces : (t, 3) int64.
    """

    positions: np.ndarray
    normals: np.ndarray
    uv: np.ndarray
    shade: np.ndarray
    faces: np.ndarray

    def __post_init__(self):
        look()

    @property
    def triangles(self) -> int:
        """How many triangles there are."""
        return len(self.faces)

    def moved(self, x: float = 0.0, y: float = 0.0, z: float = 0.0) -> "Mesh":
        """Shifted, metres."""
        return replace(self, positions=self.positions + np.array([x, y, z]))

    def scaled(self, x: float, y: float | None = None, z: float | None = None) -> "Mesh":
        """Stretched about the origin; one number scales evenly."""
        return self.transformed(np.diag([x, x if y is None else y, x if z is None else z]))

    def turned(self, axis: str, angle_rad: float) -> "Mesh":
        """Turned about "x", "y" or "z" through the origin, right-handed."""
        return self.transformed(turn(axis, angle_rad))

    def transformed(self, matrix: np.ndarray) -> "Mesh":
        """By a (3, 3) or (3, 4) matrix; normals by its inverse transpose, winding kept outward."""
        matrix = np.asarray(matrix, dtype=np.float64)
        linear = matrix[:3, :3]
        positions = self.positions @ linear.T
        if matrix.shape[1] == 4:
            positions = positions + matrix[:3, 3]
        normals = unit(self.normals @ np.linalg.inv(linear))
        mirrored = np.linalg.det(linear) < 0
        return replace(self, positions=positions, normals=normals,
                       faces=self.faces[:, ::-1] if mirrored else self.faces)

    def turned_inside_out(self) -> "Mesh":
        """Seen from within: winding and normals reversed."""
        return replace(self, normals=-self.normals, faces=self.faces[:, ::-1])

    def shaded(self, occlusion=None, flex=None, second=None, opacity=None) -> "Mesh":
        """With these shade channels set; each a number or (v,), 0 to 1."""
        shade = self.shade.copy()
        for channel, value in enumerate((occlusion, flex, second, opacity)):
            if value is not None:
                shade[:, channel] = np.clip(value, 0.0, 1.0)
        return replace(self, shade=shade)

    def displaced(self, offset: np.ndarray) -> "Mesh":
        """Moved along the normals by (v,) metres or by (v, 3) vectors, normals made anew."""
        offset = np.asarray(offset)
        step = offset if offset.ndim == 2 else self.normals * offset[:, None]
        positions = self.positions + step
        return replace(self, positions=positions, normals=smooth_normals(positions, self.faces))

    def faceted(self) -> "Mesh":
        """Every triangle flat, with corners of its own."""
        corners = self.faces.reshape(-1)
        positions = self.positions[corners]
        normals = np.repeat(unit(_face_normals(positions, np.arange(len(corners)).reshape(-1, 3))), 3, axis=0)
        return Mesh(positions, normals, self.uv[corners], self.shade[corners],
                    np.arange(len(corners)).reshape(-1, 3))


def unit(vectors: np.ndarray) -> np.ndarray:
    """Vectors of length one along the last axis; a zero vector becomes +Y."""
    vectors = np.asarray(vectors, dtype=np.float64)
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    up = np.zeros_like(vectors)
    up[..., 1] = 1.0
    return np.where(length > 1e-12, vectors / np.maximum(length, 1e-12), up)


def turn(axis: str, angle_rad: float) -> np.ndarray:
    """(3, 3) rotation about one axis."""
    c, s = np.cos(angle_rad), np.sin(angle_rad)
    first, second = {"x": (1, 2), "y": (2, 0), "z": (0, 1)}[axis]
    matrix = np.eye(3)
    matrix[first, first] = matrix[second, second] = c
    matrix[first, second], matrix[second, first] = -s, s
    return matrix


def _face_normals(positions: np.ndarray, faces: np.ndarray) -> np.ndarray:
    a, b, c = (positions[faces[:, corner]] for corner in range(3))
    return np.cross(b - a, c - a)


def smooth_normals(positions: np.ndarray, faces: np.ndarray) -> np.ndarray:
    """(v, 3) area-weighted normals; vertices at one place (within 1 µm) share theirs."""
    _, welded = np.unique(np.round(positions * 1e6).astype(np.int64), axis=0, return_inverse=True)
    welded = welded.reshape(-1)
    normals = _face_normals(positions, faces)
    total = np.zeros((welded.max() + 1 if len(welded) else 0, 3))
    for corner in range(3):
        target = welded[faces[:, corner]]
        for axis in range(3):
            total[:, axis] += np.bincount(target, normals[:, axis], minlength=len(total))
    return unit(total[welded])


def make(positions: np.ndarray, faces: np.ndarray, uv: np.ndarray) -> Mesh:
    """A mesh, smooth, open and opaque, without faces that have no area."""
    positions = np.asarray(positions, dtype=np.float64)
    faces = np.asarray(faces, dtype=np.int64)
    area = np.linalg.norm(_face_normals(positions, faces), axis=1)
    faces = faces[area > 1e-11]
    shade = np.tile(np.array([1.0, 0.0, 0.0, 1.0]), (len(positions), 1))
    return Mesh(positions, smooth_normals(positions, faces), np.asarray(uv, dtype=np.float64), shade, faces)


def merge(meshes: Iterable[Mesh]) -> Mesh:
    """All of them as one, in order."""
    meshes = list(meshes)
    starts = np.cumsum([0] + [len(mesh.positions) for mesh in meshes[:-1]])
    return Mesh(*(np.concatenate([getattr(mesh, name) for mesh in meshes])
                  for name in ("positions", "normals", "uv", "shade")),
                faces=np.concatenate([mesh.faces + start for mesh, start in zip(meshes, starts)]))


def tangents(mesh: Mesh) -> np.ndarray:
    """(v, 4): unit, along growing u, square to the normal; w is ±1 so that
    cross(normal, tangent) · w points up in the picture (falling v), as glTF has it."""
    a, b, c = (mesh.faces[:, corner] for corner in range(3))
    edge1, edge2 = mesh.positions[b] - mesh.positions[a], mesh.positions[c] - mesh.positions[a]
    d1, d2 = mesh.uv[b] - mesh.uv[a], mesh.uv[c] - mesh.uv[a]
    det = d1[:, 0] * d2[:, 1] - d2[:, 0] * d1[:, 1]
    scale = np.where(np.abs(det) > 1e-12, 1 / np.where(np.abs(det) > 1e-12, det, 1), 0.0)[:, None]
    along_u = (edge1 * d2[:, 1:] - edge2 * d1[:, 1:]) * scale
    along_v = (edge2 * d1[:, :1] - edge1 * d2[:, :1]) * scale
    size = np.linalg.norm(np.cross(edge1, edge2), axis=1, keepdims=True)
    sum_u, sum_v = np.zeros_like(mesh.positions), np.zeros_like(mesh.positions)
    for corner in (a, b, c):
        for axis in range(3):
            sum_u[:, axis] += np.bincount(corner, (along_u * size)[:, axis], minlength=len(sum_u))
            sum_v[:, axis] += np.bincount(corner, (along_v * size)[:, axis], minlength=len(sum_v))
    normal = mesh.normals
    flat = sum_u - normal * np.sum(normal * sum_u, axis=1, keepdims=True)
    lost = np.linalg.norm(flat, axis=1) < 1e-9
    other = np.where(np.abs(normal[:, :1]) < 0.9, np.array([[1.0, 0, 0]]), np.array([[0, 0, 1.0]]))
    flat = np.where(lost[:, None], other - normal * np.sum(normal * other, axis=1, keepdims=True), flat)
    tangent = unit(flat)
    up = -sum_v
    hand = np.where(np.sum(np.cross(normal, tangent) * up, axis=1) < 0, -1.0, 1.0)
    return np.concatenate([tangent, hand[:, None]], axis=1)


def vertices(mesh: Mesh) -> np.ndarray:
    """(v,) VERTEX."""
    packed = np.zeros(len(mesh.positions), dtype=VERTEX)
    packed["position"] = mesh.positions
    packed["normal"][:, :3] = np.round(mesh.normals * 127)
    packed["tangent"] = np.round(tangents(mesh) * 127)
    packed["uv"] = mesh.uv
    packed["shade"] = np.round(np.clip(mesh.shade, 0, 1) * 255)
    return packed


def indices(mesh: Mesh) -> np.ndarray:
    """(3t,) uint32."""
    return mesh.faces.astype(np.uint32).reshape(-1)
