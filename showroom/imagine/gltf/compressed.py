"""Compressed geometry: primitives that Draco has packed, where its library is installed (the extra "models").

Source: KHR_draco_mesh_compression. The library is DracoPy, which wraps Google's own decoder; it decodes a stranger's
bytes, so it is called in the child alone, after the counts that the file claims have been bounded.
"""

import functools
import importlib.util

import numpy as np

from showroom.imagine.gltf.accessors import COMPONENTS, ROWS_COLUMNS, Accessors
from showroom.imagine.gltf.buffers import Buffers
from showroom.imagine.gltf.container import Document
from showroom.imagine.gltf.refusal import Refusal, pointer

DRACO = "KHR_draco_mesh_compression"
_MOST_ELEMENTS = 1_000_000


@functools.cache
def can_unpack() -> bool:
    """Whether Draco's library is here."""
    return importlib.util.find_spec("DracoPy") is not None


def unpack(document: Document, buffers: Buffers, accessors: Accessors) -> None:
    """Gives the accessors of compressed primitives their elements. Raises Refusal for what cannot be unpacked."""
    for at, mesh in enumerate(document.list("meshes")):
        for place, primitive in enumerate(mesh["primitives"]):
            packed = (primitive.get("extensions") or {}).get(DRACO)
            if packed is not None and can_unpack():
                _Packed(document, accessors, primitive, packed, pointer("meshes", at, "primitives", place)).unpack(buffers)


class _Packed:
    def __init__(self, document: Document, accessors: Accessors, primitive: dict, packed: dict, where: str):
        self._document, self._accessors, self._primitive, self._packed = document, accessors, primitive, packed
        self._where = f"{where}/extensions/{DRACO}"

    def unpack(self, buffers: Buffers) -> None:
        """Decodes, and checks that what comes is what the accessors promise."""
        content = buffers.view(self._packed["bufferView"])
        if content is None:
            return
        for at in (*self._primitive["attributes"].values(), *self._indices()):
            if self._accessors.count(at) > _MOST_ELEMENTS:
                raise Refusal(self._where, f"{self._accessors.count(at):,} elements", f"at most {_MOST_ELEMENTS:,}")
        mesh = self._decoded(bytes(content))
        by_id = {attribute["unique_id"]: attribute["data"] for attribute in mesh.attributes}
        for name, own in self._packed["attributes"].items():
            if name in self._primitive["attributes"]:
                self._give(int(self._primitive["attributes"][name]), by_id.get(int(own)), name)
        for at in self._indices():
            self._give(at, np.asarray(mesh.faces).reshape(-1, 1), "indices")

    def _indices(self) -> list[int]:
        return [int(self._primitive["indices"])] if "indices" in self._primitive else []

    def _decoded(self, content: bytes):
        import DracoPy

        try:
            mesh = DracoPy.decode(content)
            mesh.faces, mesh.attributes
        except (DracoPy.FileTypeException, DracoPy.EncodingFailedException, ValueError, AttributeError, KeyError,
                RuntimeError, TypeError) as error:
            raise Refusal(self._where, f"bytes that Draco cannot decode ({type(error).__name__})",
                          "triangles compressed by Draco") from None
        return mesh

    def _give(self, at: int, elements: np.ndarray | None, name: str) -> None:
        kind, component, _ = self._accessors.kind(at)
        rows, columns = ROWS_COLUMNS.get(kind, (0, 0))
        wanted = (self._accessors.count(at), rows * columns)
        found = None if elements is None else np.asarray(elements)
        if found is None or component not in COMPONENTS or found.shape != wanted:
            shape = "nothing" if found is None else f"{found.shape} numbers"
            raise Refusal(f"{self._where}/attributes/{name}" if name != "indices" else self._where,
                          f"{shape} where its accessor promises {wanted}", "as many as the accessor says")
        if found.dtype.kind == "f" and not np.isfinite(found).all():
            raise Refusal(self._where, "no number among its elements", "finite numbers")
        self._accessors.give(at, found.astype(COMPONENTS[component]))
