"""Container: a .gltf or .glb file's bytes as its JSON and its binary chunk.

Source: glTF 2.0, sections 2.7 (JSON encoding) and 4.4 (GLB).
"""

import json
import math
import struct
from dataclasses import dataclass, field
from pathlib import Path

from showroom.imagine.gltf.refusal import Refusal, pointer, shown

MOST_BYTES = 128 << 20       # of the file
MOST_JSON_BYTES = 8 << 20
_MAGIC, _VERSION = b"glTF", 2
_HEADER, _CHUNK = struct.Struct("<4sII"), struct.Struct("<I4s")
_JSON, _BIN = b"JSON", b"BIN\0"
_DEEPEST = 64
_MOST_NOTES = 20  # somebody reads them


@dataclass
class Document:
    """A model's JSON, what lies beside it, and what was left out of it so far.

    binary : of the GLB's BIN chunk, or None.   folder : where its other files are, or None for nowhere.
    is_glb : whether its first buffer may be that chunk.
    notes  : one line for each thing that is not shown as the file says.
    """

    plain: dict
    binary: memoryview | None = None
    folder: Path | None = None
    is_glb: bool = False
    notes: list[str] = field(default_factory=list)

    def list(self, name: str) -> list[dict]:
        """A collection of the root, empty where there is none."""
        return self.plain.get(name) or []

    def tell(self, line: str) -> None:
        """Notes something once; beyond some, that there is more."""
        if len(self.notes) <= _MOST_NOTES and line not in self.notes:
            self.notes.append(line if len(self.notes) < _MOST_NOTES else "more of it is not as the file says")


def opened(content: bytes, folder: Path | None = None) -> Document:
    """The document in a file's bytes. Raises Refusal."""
    if len(content) > MOST_BYTES:
        raise Refusal("the file", f"{len(content):,} bytes", f"a file of at most {MOST_BYTES >> 20} MiB")
    view = memoryview(content)
    is_glb = content[:4] == _MAGIC or b"{" not in content[:64]
    text, binary = _chunks(view) if is_glb else (view, None)
    return Document(_parsed(text), binary, folder, is_glb)


def _chunks(view: memoryview) -> tuple[memoryview, memoryview | None]:
    """The JSON and BIN chunks of a GLB; chunks of other kinds are passed over."""
    if len(view) < _HEADER.size:
        raise Refusal("the file", f"{len(view)} bytes, neither JSON nor GLB", "glTF 2.0 as .gltf or .glb")
    magic, version, length = _HEADER.unpack_from(view)
    if magic != _MAGIC:
        raise Refusal("the file", f"a beginning {shown(magic)}", "glTF 2.0 as .gltf or .glb")
    if version != _VERSION:
        raise Refusal("the GLB header", f"version {version}", f"version {_VERSION}")
    if not _HEADER.size + _CHUNK.size <= length <= len(view):
        raise Refusal("the GLB header", f"a length of {length} in a file of {len(view)} bytes", "the file's own length")
    chunks: dict[bytes, memoryview] = {}
    at, number = _HEADER.size, 0
    while at < length:
        if length - at < _CHUNK.size:
            raise Refusal(f"GLB chunk {number}", f"{length - at} bytes", "a whole header of 8 bytes")
        size, kind = _CHUNK.unpack_from(view, at)
        at += _CHUNK.size
        if size > length - at or size % 4:
            raise Refusal(f"GLB chunk {number}", f"{size} bytes where {length - at} are left",
                          "a multiple of 4 bytes inside the file")
        if kind in (_JSON, _BIN):
            if kind in chunks or (kind == _JSON) != (number == 0) or (kind == _BIN and number != 1):
                raise Refusal(f"GLB chunk {number}", f"a chunk {shown(kind)}", "JSON first, then at most one BIN")
            chunks[kind] = view[at:at + size]
        at, number = at + size, number + 1
    if _JSON not in chunks:
        raise Refusal("GLB chunk 0", "no JSON", "JSON first, then at most one BIN")
    return chunks[_JSON], chunks.get(_BIN)


def _parsed(text: memoryview) -> dict:
    """The JSON object of UTF-8 bytes, its numbers finite and its nesting bounded."""
    if len(text) > MOST_JSON_BYTES:
        raise Refusal("the JSON", f"{len(text):,} bytes", f"JSON of at most {MOST_JSON_BYTES >> 20} MiB")
    try:
        plain = json.loads(str(text, "utf-8"), parse_constant=_no_number)
    except RecursionError:
        raise Refusal("the JSON", "nested beyond measure", f"at most {_DEEPEST} levels") from None
    except ValueError as error:  # a broken encoding, a byte order mark, a number too long
        raise Refusal("the JSON", f"not JSON ({str(error)[:80]})", "JSON in UTF-8 without a byte order mark") from None
    if not isinstance(plain, dict):
        raise Refusal("", f"{type(plain).__name__} {shown(plain)}", "a JSON object")
    _measured(plain)
    return plain


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number")


def _measured(plain: dict) -> None:
    """Refuses numbers that are not finite, and nesting that is too deep."""
    waiting: list[tuple[tuple, object]] = [((), plain)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, (dict, list)):
            if len(path) >= _DEEPEST:
                raise Refusal(pointer(*path[:8]) + "/…", "nested beyond measure", f"at most {_DEEPEST} levels")
            items = value.items() if isinstance(value, dict) else enumerate(value)
            waiting += [((*path, key), item) for key, item in items if isinstance(item, (dict, list, float))]
        elif not math.isfinite(value):
            raise Refusal(pointer(*path), "a number beyond all bounds", "finite numbers")
