"""Skins: joints and where they were bound, checked whole.

Source: glTF 2.0, section 3.7.3.
"""

from dataclasses import dataclass

import numpy as np

from showroom.imagine.gltf.accessors import Accessors
from showroom.imagine.gltf.container import Document
from showroom.imagine.gltf.refusal import Refusal, pointer


@dataclass(frozen=True)
class Skin:
    """joints : (j,) nodes.   joint_from_mesh : (j, 4, 4), where each was when it was bound."""

    joints: np.ndarray
    joint_from_mesh: np.ndarray


def check(document: Document, accessors: Accessors) -> None:
    """Raises Refusal for a skin without as many matrices as joints, or a joint that a mesh's skin has not."""
    for at, skin in enumerate(document.list("skins")):
        matrices = skin.get("inverseBindMatrices")
        if matrices is None:
            continue
        where, kind = pointer("skins", at, "inverseBindMatrices"), accessors.kind(matrices)
        if kind[:2] != ("MAT4", 5126):
            raise Refusal(where, f"{kind[0][:20]} of components {kind[1]}", "MAT4 of components 5126")
        if accessors.count(matrices) < len(skin["joints"]):
            raise Refusal(where, f"{accessors.count(matrices)} matrices", f"one for each of {len(skin['joints'])} joints")
    for at, node in enumerate(document.list("nodes")):
        if "skin" in node and "mesh" in node:
            _check_joints(document, accessors, at, int(node["mesh"]), int(node["skin"]))


def _check_joints(document: Document, accessors: Accessors, at: int, mesh: int, skin: int) -> None:
    most = len(document.list("skins")[skin]["joints"])
    for primitive in document.list("meshes")[mesh]["primitives"]:
        for name, accessor in primitive["attributes"].items():
            joints = accessors.stored(accessor) if name.startswith("JOINTS_") else None
            if joints is not None and int(joints.max()) >= most:
                raise Refusal(pointer("nodes", at, "skin"), f"joint {int(joints.max())} in a mesh, where it has {most}",
                              f"joints 0 to {most - 1}")


def read(document: Document, accessors: Accessors, at: int) -> Skin | None:
    """A skin, None where its matrices have no bytes."""
    plain = document.list("skins")[at]
    joints = np.array([int(joint) for joint in plain["joints"]])
    matrices = np.tile(np.eye(4), (len(joints), 1, 1))
    if "inverseBindMatrices" in plain:
        stored = accessors.floats(plain["inverseBindMatrices"])
        if stored is None:
            document.tell(f"{pointer('skins', at)} is left out: its bytes are not in the file nor beside it")
            return None
        matrices = stored[: len(joints)].reshape(-1, 4, 4).swapaxes(1, 2).astype(np.float64)
    return Skin(joints, matrices)
