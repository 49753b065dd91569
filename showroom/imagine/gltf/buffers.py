"""Buffers: a model's bytes, from the file itself, from data URIs and from files of its own folder. Nowhere else."""

import base64
import binascii
import re
from pathlib import Path
from urllib.parse import unquote, unquote_to_bytes

from showroom.imagine.gltf.container import MOST_BYTES, Document
from showroom.imagine.gltf.refusal import Refusal, pointer, shown

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_DATA = re.compile(r"data:[^,]{0,300},")
_BESIDE = "a file of the model's own folder, or a data URI"
_PADDING = 3


class Buffers:
    """Bytes of a document's buffers and views; each is opened once.

    Raises Refusal where a buffer of the folder is missing, short, or leads out of it. A buffer without
    bytes of its own (a placeholder, or one of another machine) gives None.
    """

    def __init__(self, document: Document):
        self._document, self._left_bytes = document, MOST_BYTES
        self._bytes = [self._opened(at, buffer) for at, buffer in enumerate(document.list("buffers"))]
        for at, view in enumerate(document.list("bufferViews")):
            start, length = _span(view)
            size = document.list("buffers")[int(view["buffer"])]["byteLength"]
            if start + length > size:
                raise Refusal(pointer("bufferViews", at), f"bytes {start:,} to {start + length:,} of a buffer of {int(size):,}",
                              "a view inside its buffer")

    def view(self, at: int) -> memoryview | None:
        """The bytes of a view, None where there are none."""
        view = self._document.list("bufferViews")[int(at)]
        content = self._bytes[int(view["buffer"])]
        start, length = _span(view)
        return None if content is None else content[start:start + length]

    def file(self, uri: str, at: str) -> memoryview | None:
        """What a URI names: its data, or a file's; None where it leads to another machine. at: its pointer."""
        if uri.startswith("data:"):
            return self._decoded(uri, at)
        if _SCHEME.match(uri) or uri.startswith(("//", "\\")):
            self._document.tell(f"{at} {shown(uri)} is elsewhere and is not fetched; {_BESIDE} is read")
            return None
        path = self._beside(uri, at)
        self._spend(path.stat().st_size, at)
        return memoryview(path.read_bytes())

    def _opened(self, at: int, buffer: dict) -> memoryview | None:
        if "uri" in buffer:
            content = self.file(buffer["uri"], pointer("buffers", at, "uri"))
        else:
            content = self._document.binary if at == 0 else None
            if at == 0 and content is None and self._document.is_glb:
                raise Refusal(pointer("buffers", at), "no BIN chunk for it", "a GLB with its bytes in it")
        if content is None:
            return None
        length = int(buffer["byteLength"])
        if length > len(content):
            raise Refusal(pointer("buffers", at, "byteLength"), f"{length:,} where there are {len(content):,} bytes",
                          "as many as there are")
        return content[:length]

    def _decoded(self, uri: str, at: str) -> memoryview:
        head = _DATA.match(uri)
        if head is None:
            raise Refusal(at, f"a data URI {shown(uri[:40])}", "a data URI in base64")
        self._spend(len(uri), at)
        try:
            if not head[0].endswith(";base64,"):
                return memoryview(unquote_to_bytes(uri[head.end():]))
            return memoryview(base64.b64decode(uri[head.end():], validate=True))
        except (binascii.Error, ValueError):
            raise Refusal(at, "data that is not base64", "a data URI in base64") from None

    def _beside(self, uri: str, at: str) -> Path:
        """The file of that name in the model's folder, and of no other one."""
        folder, name = self._document.folder, unquote(uri)
        if folder is None or "\0" in name or not name:
            raise Refusal(at, f"a file {shown(uri)}", "a data URI" if folder is None else _BESIDE)
        try:
            whole = folder.resolve()
            path = (whole / name).resolve()
            if not path.is_relative_to(whole):
                raise Refusal(at, f"a way out of the model's folder, {shown(uri)}", _BESIDE)
            if not path.is_file():
                raise Refusal(at, f"{shown(uri)}, which is not there", _BESIDE)
        except (OSError, RuntimeError, ValueError):  # a name too long, a circle of links, no name at all
            raise Refusal(at, f"{shown(uri)}, which cannot be opened", _BESIDE) from None
        return path

    def _spend(self, size: int, at: str) -> None:
        self._left_bytes -= size
        if self._left_bytes < 0:
            raise Refusal(at, "more and more bytes", f"at most {MOST_BYTES >> 20} MiB in all its files")


def _span(view: dict) -> tuple[int, int]:
    return int(view.get("byteOffset", 0)), int(view["byteLength"])
