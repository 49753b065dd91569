"""Digest: what a model's bytes are, its other files with it, without opening any of them."""

import hashlib
import json
import re
from pathlib import Path
from urllib.parse import unquote

from showroom.imagine.gltf.container import MOST_BYTES, MOST_JSON_BYTES

_URI = re.compile(rb'"uri"\s*:\s*"((?!data:)[^"\\]{1,500})"')
_MOST_FILES = 200


def digest_of(path: Path) -> str:
    """SHA-256 of the file and of those of its folder that it names; what cannot be read is named alone.

    It is no check: a changed model is another one, that is all.
    """
    digest, folder = hashlib.sha256(), path.parent
    content = _bytes(path)
    digest.update(content)
    for name in sorted(set(_URI.findall(content[:MOST_JSON_BYTES])))[:_MOST_FILES]:
        beside = folder / unquote(name.decode("utf-8", "replace"))
        digest.update(json.dumps(unquote(name.decode("utf-8", "replace"))).encode())
        try:
            if beside.resolve().is_relative_to(folder.resolve()):
                digest.update(_bytes(beside))
        except (OSError, ValueError, RuntimeError):
            continue
    return digest.hexdigest()


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes() if path.is_file() and path.stat().st_size <= MOST_BYTES else b""
    except (OSError, ValueError):
        return b""
