"""Digest: what a model's bytes are, its other files with it, without opening any of them."""

import hashlib
import json
import re
from pathlib import Path
from urllib.parse import unquote

from showroom.imagine.gltf.container import MOST_BYTES, MOST_JSON_BYTES

_URI = re.compile(rb'"uri"\s*:\s*"((?!data:)[^"\\]{1,500})"')
_MOST_FILES = 200
_PIECE_BYTES = 1 << 20


def digest_of(path: Path) -> str:
    """SHA-256 of the file and of those of its folder that it names; what cannot be read is named alone.

    It is no check: a changed model is another one, that is all. No more is looked at than a model may have.
    """
    digest, folder = hashlib.sha256(), path.parent
    left_bytes = MOST_BYTES - _add(digest, path, MOST_BYTES)
    for name in sorted(set(_URI.findall(_beginning(path))))[:_MOST_FILES]:
        beside = folder / unquote(name.decode("utf-8", "replace"))
        digest.update(json.dumps(unquote(name.decode("utf-8", "replace"))).encode())
        try:
            if beside.resolve().is_relative_to(folder.resolve()):
                left_bytes -= _add(digest, beside, left_bytes)
        except (OSError, ValueError, RuntimeError):
            continue
    return digest.hexdigest()


def _beginning(path: Path) -> bytes:
    """Where its JSON is."""
    try:
        if not path.is_file():
            return b""
        with path.open("rb") as file:
            return file.read(MOST_JSON_BYTES)
    except (OSError, ValueError):
        return b""


def _add(digest, path: Path, most_bytes: int) -> int:
    """Adds a file's bytes, a piece at a time; returns how many. None of a file of more than most_bytes."""
    added = 0
    try:
        if path.is_file() and path.stat().st_size <= most_bytes:
            with path.open("rb") as file:
                while added < most_bytes and (piece := file.read(min(_PIECE_BYTES, most_bytes - added))):
                    digest.update(piece)
                    added += len(piece)
    except (OSError, ValueError):
        pass
    return added
