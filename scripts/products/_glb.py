"""Writes small glTF 2.0 files (.glb): meshes of numpy arrays, materials as plain JSON, pictures as PNG."""

import io
import json
import struct
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image

_JSON, _BIN = 0x4E4F534A, 0x004E4942
_FLOAT, _USHORT, _UINT = 5126, 5123, 5125
_TYPES = {1: "SCALAR", 2: "VEC2", 3: "VEC3", 4: "VEC4", 16: "MAT4"}


@dataclass
class Mesh:
    """positions (v, 3) m, normals (v, 3), uv (v, 2), triangles (t, 3); what else a primitive has, by glTF's names."""

    positions: np.ndarray
    normals: np.ndarray
    uv: np.ndarray
    triangles: np.ndarray
    more: dict[str, np.ndarray] = field(default_factory=dict)
    targets: list[np.ndarray] = field(default_factory=list)  # (v, 3) m, how far each morph moves it


class Glb:
    """A file in the making. `plain` is its JSON, to be added to as one likes."""

    def __init__(self):
        self.plain = {"asset": {"version": "2.0"}, "scene": 0, "scenes": [{"nodes": []}], "nodes": [], "meshes": [],
                      "materials": [], "accessors": [], "bufferViews": [], "buffers": []}
        self._bytes = bytearray()

    def array(self, values: np.ndarray, whole: bool = False) -> int:
        """An accessor of float32 rows, or of whole numbers (two bytes with several to a row)."""
        values = np.asarray(values)
        width = values.size // len(values)
        kind, dtype = (_FLOAT, "<f4") if not whole else (_USHORT, "<u2") if width > 1 else (_UINT, "<u4")
        rows = np.ascontiguousarray(values, dtype)
        accessor = {"bufferView": self._view(rows.tobytes()), "componentType": kind, "count": len(rows),
                    "type": _TYPES[width]}
        if not whole and width < 16:
            flat = rows.reshape(len(rows), -1)
            accessor |= {"min": flat.min(axis=0).tolist(), "max": flat.max(axis=0).tolist()}
        return self._add("accessors", accessor)

    def mesh(self, mesh: Mesh, material: dict, **node) -> int:
        """A node with a mesh of one material; returns its number."""
        attributes = {"POSITION": self.array(mesh.positions), "NORMAL": self.array(mesh.normals),
                      "TEXCOORD_0": self.array(mesh.uv)}
        attributes |= {name: self.array(values, whole=name == "JOINTS_0") for name, values in mesh.more.items()}
        primitive = {"attributes": attributes, "indices": self.array(mesh.triangles.reshape(-1, 1), whole=True),
                     "material": self._add("materials", material)}
        if mesh.targets:
            primitive["targets"] = [{"POSITION": self.array(target)} for target in mesh.targets]
        return self.node(mesh=self._add("meshes", {"primitives": [primitive]}), **node)

    def node(self, top: bool = True, **node) -> int:
        """A node, at the top of the scene or to be some other's child."""
        number = self._add("nodes", node)
        if top:
            self.plain["scenes"][0]["nodes"].append(number)
        return number

    def texture(self, pixels: np.ndarray) -> int:
        """A texture of (h, w, 3 or 4) bytes that repeats."""
        file = io.BytesIO()
        Image.fromarray(pixels).save(file, format="PNG")
        source = self._add("images", {"bufferView": self._view(file.getvalue()), "mimeType": "image/png"})
        return self._add("textures", {"source": source})

    def _add(self, kind: str, value: dict) -> int:
        listed = self.plain.setdefault(kind, [])
        listed.append(value)
        return len(listed) - 1

    def _view(self, content: bytes) -> int:
        self._bytes += b"\0" * (-len(self._bytes) % 4)
        view = {"buffer": 0, "byteOffset": len(self._bytes), "byteLength": len(content)}
        self._bytes += content
        return self._add("bufferViews", view)

    def write(self, path: Path) -> Path:
        """Writes the file, naming the extensions that its JSON uses."""
        used = sorted(set(_extensions(self.plain)))
        self.plain["buffers"] = [{"byteLength": len(self._bytes)}]
        if used:
            self.plain["extensionsUsed"] = used
        text = json.dumps(self.plain).encode()
        text += b" " * (-len(text) % 4)
        body = bytes(self._bytes) + b"\0" * (-len(self._bytes) % 4)
        chunks = struct.pack("<II", len(text), _JSON) + text + struct.pack("<II", len(body), _BIN) + body
        path.write_bytes(struct.pack("<III", 0x46546C67, 2, 12 + len(chunks)) + chunks)
        return path


def _extensions(value) -> list[str]:
    if isinstance(value, dict):
        own = list(value.get("extensions", ()))
        return own + [name for inner in value.values() for name in _extensions(inner)]
    return [name for inner in value for name in _extensions(inner)] if isinstance(value, list) else []
