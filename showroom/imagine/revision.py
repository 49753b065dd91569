"""Revisions of what makes assets: a digest of the sources, known without importing them.

Painters may load torch; the cache must be asked without that.
"""

import functools
import hashlib
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]

# What a painted surface's and a grown part's bytes come from, beside the spec and numpy or torch.
PAINTING = ("imagine/paint", "imagine/mips.py", "imagine/skylight.py", "srgb.py")
GROWING = ("imagine/grow", "words/geometry.py", "words/hall.py", "srgb.py")


@functools.cache
def revision_of(parts: tuple[str, ...]) -> str:
    """First 16 hex digits of the SHA-256 of these parts' names and sources.

    parts : packages and files of `showroom`, such as PAINTING or GROWING. A changed byte in any of
            them is another revision.
    """
    digest = hashlib.sha256()
    for part in parts:
        place = _PACKAGE / part
        for file in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            source = file.read_bytes()
            digest.update(f"{file.relative_to(_PACKAGE).as_posix()} {len(source)}\n".encode())
            digest.update(source)
    return digest.hexdigest()[:16]
