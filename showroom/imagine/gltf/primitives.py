"""Primitives: the triangles of a document's meshes, checked whole, and read for drawing.

Source: glTF 2.0, sections 3.7.2 and 3.7.2.1; KHR_mesh_quantization for the integers.
"""

from dataclasses import dataclass, field

import numpy as np

from showroom.imagine.gltf.accessors import Accessors
from showroom.imagine.gltf.container import Document
from showroom.imagine.gltf.refusal import Refusal, listed, pointer

TRIANGLES, STRIP, FAN = 4, 5, 6
_WITHOUT_FACES = {0: "points", 1: "lines", 2: "a loop of lines", 3: "a strip of lines"}
_FLOAT, _BYTES, _SHORTS, _WHOLE = (5126,), (5120, 5121), (5122, 5123), (5121, 5123, 5125)
_ANY = (*_FLOAT, *_BYTES, *_SHORTS)
# attribute's name without its number → (types, component types)
_ATTRIBUTES = {
    "POSITION": (("VEC3",), _ANY), "NORMAL": (("VEC3",), (*_FLOAT, 5120, 5122)),
    "TANGENT": (("VEC3", "VEC4"), (*_FLOAT, 5120, 5122)), "TEXCOORD": (("VEC2",), _ANY),
    "COLOR": (("VEC3", "VEC4"), (*_FLOAT, 5121, 5123)), "JOINTS": (("VEC4",), (5121, 5123)),
    "WEIGHTS": (("VEC4",), (*_FLOAT, 5121, 5123)),
}
_MORPHED = ("POSITION", "NORMAL", "TANGENT")


@dataclass
class Primitive:
    """Triangles as the file has them. v vertices, t triangles, m morph targets.

    positions (v, 3), normals (v, 3) or None, tangents (v, 4) or None, colors (v, 4) linear or None; float32.
    uv     : (v, 2) by the number of the set.   faces : (t, 3) int64, counter-clockwise.
    joints, weights : (v, 4k) or None; weights sum to one.
    targets : (m, v, 3) of what each adds to the positions, and to normals and tangents where it does.
    """

    positions: np.ndarray
    faces: np.ndarray
    normals: np.ndarray | None = None
    tangents: np.ndarray | None = None
    colors: np.ndarray | None = None
    uv: dict[int, np.ndarray] = field(default_factory=dict)
    joints: np.ndarray | None = None
    weights: np.ndarray | None = None
    targets: dict[str, np.ndarray] = field(default_factory=dict)


def check(document: Document, accessors: Accessors) -> None:
    """Raises Refusal for the first primitive whose attributes do not fit each other, drawn or not."""
    for at, mesh in enumerate(document.list("meshes")):
        for place, primitive in enumerate(mesh["primitives"]):
            _Reader(document, accessors, primitive, pointer("meshes", at, "primitives", place)).check()


def read(document: Document, accessors: Accessors, mesh: int, place: int) -> Primitive | None:
    """A primitive to draw, None (and told) where there is nothing to draw. Raises Refusal as `check`."""
    primitive = document.list("meshes")[mesh]["primitives"][place]
    return _Reader(document, accessors, primitive, pointer("meshes", mesh, "primitives", place)).read()


class _Reader:
    def __init__(self, document: Document, accessors: Accessors, primitive: dict, where: str):
        self._document, self._accessors, self._plain, self._where = document, accessors, primitive, where
        self._attributes: dict[str, int] = {name: int(at) for name, at in primitive["attributes"].items()}

    def check(self) -> None:
        counts = set()
        for name, at in self._attributes.items():
            self._check_kind(name, at)
            counts.add(self._accessors.count(at))
        if len(counts) > 1:
            raise Refusal(f"{self._where}/attributes", f"{listed(sorted(counts))} vertices", "as many of every attribute")
        count = counts.pop() if counts else 0
        for place, target in enumerate(self._plain.get("targets") or []):
            for name, at in target.items():
                self._check_kind(name, int(at), f"targets/{place}")
                if self._accessors.count(at) != count:
                    raise Refusal(f"{self._where}/targets/{place}/{name}", f"{self._accessors.count(at)} vertices",
                                  f"{count}, as the mesh has")
        if "indices" in self._plain:
            self._check_indices(int(self._plain["indices"]), count)

    def _check_kind(self, name: str, at: int, within: str = "attributes") -> None:
        types, components = _ATTRIBUTES.get(name.split("_")[0], (None, None))
        kind, component, _ = self._accessors.kind(at)
        if types is None or name.startswith("_"):
            types, components = (kind,), _ANY
        if kind not in types or component not in components:
            raise Refusal(f"{self._where}/{within}/{name}", f"{kind[:20]} of components {component}",
                          f"{' or '.join(types)} of components {listed(components)}")

    def _check_indices(self, at: int, count: int) -> None:
        kind, component, _ = self._accessors.kind(at)
        if kind != "SCALAR" or component not in _WHOLE:
            raise Refusal(f"{self._where}/indices", f"{kind[:20]} of components {component}",
                          f"SCALAR of components {listed(_WHOLE)}")
        indices = self._accessors.stored(at)
        if indices is None or not count:
            return
        last = int(indices.max())
        if last >= count or last == np.iinfo(indices.dtype).max:
            raise Refusal(f"{self._where}/indices", f"vertex {last} of {count}", f"0 to {count - 1}")

    def read(self) -> Primitive | None:
        if (reason := self._nothing()):
            self._document.tell(f"{self._where} is left out: {reason}")
            return None
        positions = self._floats("POSITION")
        faces = self._faces(len(positions))
        if not len(faces):
            self._document.tell(f"{self._where} is left out: no triangle in it")
            return None
        joints, weights = self._skinning()
        return Primitive(positions, faces, self._floats("NORMAL"), self._tangents(), self._colors(),
                         {int(name[9:]): self._floats(name) for name in self._attributes
                          if name.startswith("TEXCOORD_") and name[9:].isdecimal() and len(name) < 12},
                         joints, weights, self._targets(len(positions)))

    def _nothing(self) -> str:
        """Why there is nothing to draw, or ""."""
        mode = int(self._plain.get("mode", TRIANGLES))
        if mode not in (TRIANGLES, STRIP, FAN):
            return f"{_WITHOUT_FACES.get(mode, f'mode {mode}')}, where triangles are drawn"
        if "POSITION" not in self._attributes:
            return "it has no positions"
        used = [*self._attributes.values(), *(int(at) for target in self._plain.get("targets") or [] for at in target.values())]
        used += [int(self._plain["indices"])] if "indices" in self._plain else []
        if any(self._accessors.stored(at) is None for at in used):
            return "its bytes are not in the file nor beside it"
        return ""

    def _floats(self, name: str) -> np.ndarray | None:
        return self._accessors.floats(self._attributes[name]) if name in self._attributes else None

    def _tangents(self) -> np.ndarray | None:
        """Only beside normals, and with their handedness."""
        tangents = self._floats("TANGENT") if "NORMAL" in self._attributes else None
        return tangents if tangents is not None and tangents.shape[1] == 4 else None

    def _colors(self) -> np.ndarray | None:
        colors = self._floats("COLOR_0")
        if colors is None:
            return None
        opaque = np.ones((len(colors), 4), np.float32)
        opaque[:, :colors.shape[1]] = np.clip(colors, 0, 1)
        return opaque

    def _faces(self, count: int) -> np.ndarray:
        """(t, 3), without those that have two corners at one vertex."""
        mode = int(self._plain.get("mode", TRIANGLES))
        if "indices" in self._plain:
            order = self._accessors.stored(int(self._plain["indices"]))[:, 0].astype(np.int64)
        else:
            order = np.arange(count)
        if mode == TRIANGLES:
            faces = order[: len(order) // 3 * 3].reshape(-1, 3)
        elif len(order) < 3:
            faces = order[:0].reshape(-1, 3)
        elif mode == STRIP:
            faces = np.stack([order[:-2], order[1:-1], order[2:]], axis=1)
            faces[1::2, :2] = faces[1::2, 1::-1]  # every other one is wound the other way
        else:
            faces = np.stack([np.broadcast_to(order[0], len(order) - 2), order[1:-1], order[2:]], axis=1)
        a, b, c = faces.T
        return faces[(a != b) & (b != c) & (c != a)]

    def _skinning(self) -> tuple[np.ndarray | None, np.ndarray | None]:
        sets = [number for number in range(4) if {f"JOINTS_{number}", f"WEIGHTS_{number}"} <= set(self._attributes)]
        if not sets:
            return None, None
        joints = np.concatenate([self._accessors.stored(self._attributes[f"JOINTS_{number}"]) for number in sets], axis=1)
        weights = np.concatenate([self._floats(f"WEIGHTS_{number}") for number in sets], axis=1)
        weights = np.maximum(weights, 0)
        total = weights.sum(axis=1, keepdims=True)
        weights = np.where(total > 0, weights / np.where(total > 0, total, 1), np.eye(1, weights.shape[1], dtype=np.float32))
        return joints.astype(np.int64), weights.astype(np.float32)

    def _targets(self, count: int) -> dict[str, np.ndarray]:
        targets = self._plain.get("targets") or []
        morphed = {}
        for name in _MORPHED:
            if name in self._attributes and any(name in target for target in targets):
                still = np.zeros((count, 3), np.float32)
                morphed[name] = np.stack([self._accessors.floats(int(target[name])) if name in target else still
                                          for target in targets])
        return morphed


def corners(primitive: Primitive) -> Primitive:
    """The same with three vertices of its own for every triangle, as flat normals need it."""
    order = primitive.faces.reshape(-1)

    def taken(values: np.ndarray | None) -> np.ndarray | None:
        return None if values is None else values[order]

    return Primitive(primitive.positions[order], np.arange(len(order)).reshape(-1, 3), taken(primitive.normals),
                     taken(primitive.tangents), taken(primitive.colors),
                     {number: uv[order] for number, uv in primitive.uv.items()}, taken(primitive.joints),
                     taken(primitive.weights), {name: target[:, order] for name, target in primitive.targets.items()})
