"""Revisions of what makes assets: a digest of the sources, known without importing them.

Painters may load torch; the cache must be asked without that.
"""

import functools
import hashlib
from pathlib import Path

_HERE = Path(__file__).resolve().parent


@functools.cache
def revision_of(*parts: str) -> str:
    """First 16 hex digits of the SHA-256 of these parts' names and sources.

    parts : packages ("paint", "grow") and files ("mips.py") of `showroom/imagine`. A changed byte in
            any of them is another revision.
    """
    digest = hashlib.sha256()
    for part in parts:
        place = _HERE / part
        for file in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            source = file.read_bytes()
            digest.update(f"{file.relative_to(_HERE).as_posix()} {len(source)}\n".encode())
            digest.update(source)
    return digest.hexdigest()[:16]
