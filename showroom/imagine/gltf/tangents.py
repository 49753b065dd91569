"""Tangents of triangles that a file gives none for: along growing u, square to the normals.

Source: Lengyel, "Computing Tangent Space Basis Vectors for an Arbitrary Mesh", 2001, weighted by area. glTF asks for
MikkTSpace; where a mesh has one tangent at a vertex, as ours, the two differ by how faces are weighted.
"""

import numpy as np


def tangents(positions: np.ndarray, normals: np.ndarray, uv: np.ndarray,
             faces: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """((v, 3) unit tangents, (v,) hands ±1): cross(normal, tangent) · hand points up in the picture (falling v)."""
    along_u, up = np.zeros((len(positions), 3)), np.zeros((len(positions), 3))
    a, b, c = faces.T
    edges = np.stack([positions[b] - positions[a], positions[c] - positions[a]], axis=1).astype(np.float64)
    steps = np.stack([uv[b] - uv[a], uv[c] - uv[a]], axis=1).astype(np.float64)
    det = steps[:, 0, 0] * steps[:, 1, 1] - steps[:, 1, 0] * steps[:, 0, 1]
    turned = np.sign(det)[:, None] * (edges[:, 0] * steps[:, 1, 1:] - edges[:, 1] * steps[:, 0, 1:])
    risen = -np.sign(det)[:, None] * (edges[:, 1] * steps[:, 0, :1] - edges[:, 0] * steps[:, 1, :1])
    size = np.linalg.norm(np.cross(edges[:, 0], edges[:, 1]), axis=1, keepdims=True)
    for corner in (a, b, c):
        for axis in range(3):
            along_u[:, axis] += np.bincount(corner, (_unit(turned) * size)[:, axis], len(positions))
            up[:, axis] += np.bincount(corner, (_unit(risen) * size)[:, axis], len(positions))
    flat = along_u - normals * np.sum(along_u * normals, axis=1, keepdims=True)
    lost = np.linalg.norm(flat, axis=1, keepdims=True) < 1e-9
    found = _unit(np.where(lost, across(normals), flat)).astype(np.float32)
    return found, np.where(np.sum(np.cross(normals, found) * up, axis=1) < 0, -1.0, 1.0)


def across(normals: np.ndarray) -> np.ndarray:
    """(v, 3) unit vectors square to (v, 3) normals, where no picture says which way."""
    aside = np.where(np.abs(normals[:, :1]) < 0.9, np.float32((1, 0, 0)), np.float32((0, 1, 0)))
    return _unit(np.cross(aside, normals)).astype(np.float32)


def _unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-20)
