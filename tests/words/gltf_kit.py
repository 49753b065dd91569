"""glTF files made in memory, for tests: a document grows with its bytes, and becomes a .glb."""

import json
import struct

import numpy as np

TYPES = {1: "SCALAR", 2: "VEC2", 3: "VEC3", 4: "VEC4", 16: "MAT4"}
COMPONENTS = {"i1": 5120, "u1": 5121, "i2": 5122, "u2": 5123, "u4": 5125, "f4": 5126}
CUBE = np.array([[x, y, z] for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)], "f4") * 0.05
CUBE_FACES = np.array([[0, 1, 3], [0, 3, 2], [4, 6, 7], [4, 7, 5], [0, 4, 5], [0, 5, 1], [2, 3, 7], [2, 7, 6],
                       [0, 2, 6], [0, 6, 4], [1, 5, 7], [1, 7, 3]], "u2")


class Gltf:
    """plain: the document so far.   content: its bytes so far."""

    def __init__(self, **plain):
        self.plain = {"asset": {"version": "2.0"}, "accessors": [], "bufferViews": [], **plain}
        self.content = b""

    def view(self, content: bytes, **more) -> int:
        """A bufferView of these bytes; its number."""
        self.content += b"\0" * (-len(self.content) % 4)
        self.plain["bufferViews"].append({"buffer": 0, "byteOffset": len(self.content), "byteLength": len(content), **more})
        self.content += content
        return len(self.plain["bufferViews"]) - 1

    def add(self, array, **more) -> int:
        """An accessor of an array, (count,) or (count, components); its number."""
        array = np.asarray(array)
        rows = array.reshape(len(array), -1)
        view = self.view(array.tobytes())
        self.plain["accessors"].append({"bufferView": view, "componentType": COMPONENTS[array.dtype.str[1:]],
                                        "count": len(array), "type": TYPES[rows.shape[1]], **more})
        return len(self.plain["accessors"]) - 1

    def mesh(self, *primitives, **more) -> "Gltf":
        """A mesh of these primitives in a node of the scene."""
        self.plain.setdefault("meshes", []).append({"primitives": list(primitives), **more})
        self.plain.setdefault("nodes", []).append({"mesh": len(self.plain["meshes"]) - 1})
        self.plain["scenes"] = [{"nodes": list(range(len(self.plain["nodes"])))}]
        return self

    def glb(self) -> bytes:
        """The file."""
        plain = {key: value for key, value in self.plain.items() if value != []}
        content = self.content + b"\0" * (-len(self.content) % 4)
        if content:
            plain["buffers"] = [{"byteLength": len(self.content)}, *plain.get("buffers", [])]
        return packed(plain, content)


def packed(plain: dict, content: bytes = b"") -> bytes:
    """A GLB of a document and its bytes."""
    text = json.dumps(plain).encode()
    text += b" " * (-len(text) % 4)
    body = struct.pack("<I4s", len(text), b"JSON") + text
    if content:
        body += struct.pack("<I4s", len(content), b"BIN\0") + content
    return struct.pack("<4sII", b"glTF", 2, 12 + len(body)) + body


def cube(**primitive) -> Gltf:
    """A cube of 0.1 m about the origin, without normals."""
    made = Gltf()
    attributes = {"POSITION": made.add(CUBE), **primitive.pop("attributes", {})}
    return made.mesh({"attributes": attributes, "indices": made.add(CUBE_FACES.reshape(-1)), **primitive})
