"""Pose: a model's triangles where its nodes, skins and morph targets put them at one time.

Source: glTF 2.0, sections 3.7.2.2 (morph targets) and 3.7.3.3 (skinned meshes).
"""

from dataclasses import dataclass

import numpy as np

from showroom.imagine.gltf.primitives import Primitive
from showroom.imagine.gltf.skins import Skin


@dataclass
class Piece:
    """One primitive as one node shows it. material: its number, or None.

    weights : of its morph targets, where nothing animates them.
    tangents : (v, 3) of the primitive, square to its normals; hands (v,), ±1.
    """

    node: int
    primitive: Primitive
    material: int | None
    skin: Skin | None
    weights: np.ndarray
    tangents: np.ndarray
    hands: np.ndarray


@dataclass(frozen=True)
class Posed:
    """positions, normals, tangents: (v, 3) float32 in the world; normals and tangents are units."""

    positions: np.ndarray
    normals: np.ndarray
    tangents: np.ndarray


def posed(piece: Piece, worlds: np.ndarray, weights: np.ndarray | None = None) -> Posed:
    """A piece under (n, 4, 4) world_from_node of all nodes. weights: of its morph targets now, else its own."""
    now = piece.weights if weights is None else weights
    positions = _morphed(piece.primitive.positions, piece.primitive.targets.get("POSITION"), now)
    normals = _morphed(piece.primitive.normals, piece.primitive.targets.get("NORMAL"), now)
    tangents = _morphed(piece.tangents, piece.primitive.targets.get("TANGENT"), now)
    if piece.skin is None or piece.primitive.joints is None:
        world = worlds[piece.node].astype(np.float32)
        linear, shift = world[:3, :3], world[:3, 3]
        return Posed(positions @ linear.T + shift, units(normals @ _cofactors(linear).T), units(tangents @ linear.T))
    bent = _bent(piece, worlds)
    linear = bent[:, :, :3]
    return Posed(np.einsum("vij,vj->vi", linear, positions) + bent[:, :, 3],
                 units(np.einsum("vij,vj->vi", _cofactors(linear), normals)),
                 units(np.einsum("vij,vj->vi", linear, tangents)))


def units(vectors: np.ndarray) -> np.ndarray:
    """Vectors of length one along the last axis, however short or long they were; what has no length becomes +Y."""
    largest = np.abs(vectors).max(axis=-1, keepdims=True)
    known = (largest > 1e-30) & (largest < 1e37)
    even = np.where(known, vectors / np.where(known, largest, 1.0), np.float32((0, 1, 0)))
    return (even / np.linalg.norm(even, axis=-1, keepdims=True)).astype(np.float32)


def _morphed(base: np.ndarray, targets: np.ndarray | None, weights: np.ndarray) -> np.ndarray:
    if targets is None or not len(weights):
        return base
    count = min(len(weights), len(targets))
    return base + np.tensordot(weights[:count].astype(np.float32), targets[:count], 1)


def _bent(piece: Piece, worlds: np.ndarray) -> np.ndarray:
    """(v, 3, 4) world_from_mesh of each vertex: of its joints' matrices the weighted mean."""
    joints, weights = piece.primitive.joints, piece.primitive.weights
    matrices = (worlds[piece.skin.joints] @ piece.skin.joint_from_mesh)[:, :3].astype(np.float32)
    bent = np.zeros((len(joints), 3, 4), np.float32)
    for k in range(joints.shape[1]):
        if weights[:, k].any():
            bent += weights[:, k, None, None] * matrices[joints[:, k]]
    return bent


def _cofactors(linear: np.ndarray) -> np.ndarray:
    """What turns normals as `linear` turns surfaces, (…, 3, 3): it exists where no inverse does. Its size says
    nothing: a model in micrometres, scaled down by its node, has normals too."""
    linear = linear / np.maximum(np.abs(linear).max(axis=(-2, -1), keepdims=True), 1e-30)
    a, b, c = linear[..., 0, :], linear[..., 1, :], linear[..., 2, :]
    return np.stack([np.cross(b, c), np.cross(c, a), np.cross(a, b)], axis=-2) * _hand(linear)[..., None, None]


def _hand(linear: np.ndarray) -> np.ndarray:
    """−1 where it mirrors: the cofactors alone would turn normals inward."""
    return np.where(np.linalg.det(linear) < 0, -1.0, 1.0).astype(np.float32)
