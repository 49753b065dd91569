"""Revisions of what makes assets: a digest of the sources, known without importing them.

Painters may load torch; the cache must be asked without that.
"""

import functools
import hashlib
from pathlib import Path

_HERE = Path(__file__).resolve().parent


@functools.cache
def revision_of(package: str) -> str:
    """First 16 hex digits of the SHA-256 of `showroom/imagine/<package>`'s names and sources.

    package : "paint" or "grow". A changed byte in any of its files is another revision.
    """
    digest = hashlib.sha256()
    for file in sorted((_HERE / package).rglob("*.py"), key=lambda path: path.relative_to(_HERE).as_posix()):
        source = file.read_bytes()
        digest.update(f"{file.relative_to(_HERE).as_posix()} {len(source)}\n".encode())
        digest.update(source)
    return digest.hexdigest()[:16]
