"""Baking: every place made ahead of time, by the code that makes it live, into the cache that live reads.

What lies in the cache is checked and not made again, so a bake that was interrupted goes on where
it was. One place that cannot be made does not stop the others.
"""

import json
import logging
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from showroom import paths
from showroom.errors import CacheError, NotReadyError, ShowroomError
from showroom.imagine.cache import Cache, Kept
from showroom.imagine.make import make
from showroom.imagine.revision import GROWING, PAINTING, revision_of
from showroom.words.request import Request
from showroom.words.result import Progress
from showroom.words.scenespec import SceneSpec

log = logging.getLogger(__name__)

MANIFEST_VERSION = 1


@dataclass(frozen=True)
class Baked:
    """One place, or the hall. spec: its digest, "" if there is none; error: why it is not whole, or ""."""

    name: str
    spec: str
    assets: tuple[Kept, ...]
    seconds: float
    error: str = ""
    lacking: bool = False  # the error is the machine's, not the place's

    @property
    def made(self) -> int:
        """How many of its assets did not lie in the cache before."""
        return sum(asset.made for asset in self.assets)

    @property
    def size_bytes(self) -> int:
        """Bytes of its files."""
        return sum(asset.size_bytes for asset in self.assets)


def bake(requests: Sequence[tuple[str, Request]], nose: Callable[[], object], cache_dir: Path,
         tell: Callable[[str, float, str], None]) -> list[Baked]:
    """Makes every request, in order.

    requests  : name and request of each place.   nose : as `make` takes it.
    cache_dir : the folder that the show reads too.
    tell      : called with the name, how far it has come (0 to 1) and what is being made.
    Raises    : CacheError if the folder cannot be written; what fails in one place is kept in its
                Baked and the others go on.
    """
    return [_baked(name, request, nose, cache_dir, tell) for name, request in requests]


def _baked(name: str, request: Request, nose, cache_dir: Path, tell) -> Baked:
    ledger: list[Kept] = []
    cache = Cache(cache_dir, ledger=ledger)
    start, spec, error, lacking = time.monotonic(), "", "", False
    try:
        for value in make(request, nose, cache):
            if isinstance(value, SceneSpec):
                spec = value.digest
            elif isinstance(value, Progress):
                tell(name, value.fraction, value.making)
    except CacheError:
        raise
    except ShowroomError as failure:
        error, lacking = str(failure), isinstance(failure, NotReadyError)
    except Exception as failure:  # a fault of ours in one place must not cost the night's other places
        log.exception("baking %s failed", name)
        error = f"baking {name} failed: {type(failure).__name__}: {failure}; the log above has the details"
    return Baked(name, spec, tuple(ledger), time.monotonic() - start, error, lacking)


def write_manifest(path: Path, catalogue: str, surface_px: int, detail: float,
                   places: Sequence[Baked]) -> None:
    """What a bake gave, as JSON, written aside and renamed. Raises CacheError if it cannot be written."""
    manifest = {
        "version": MANIFEST_VERSION, "catalogue": catalogue, "surface_px": surface_px, "detail": detail,
        "revision": {"paint": revision_of(PAINTING), "grow": revision_of(GROWING)},
        "places": [_entry(place, path.parent) for place in places],
        "failed": [place.name for place in places if place.error],
    }
    try:
        with paths.aside(path) as file:
            file.write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    except OSError as error:
        raise CacheError(f"writing the manifest {path}: {error.strerror or error}; a folder with rights and "
                         "space is needed; choose another with --out") from error


def _entry(place: Baked, folder: Path) -> dict:
    assets = [{**asdict(kept.asset), "file": os.path.relpath(kept.path, folder), "sha256": kept.sha256,
               "bytes": kept.size_bytes, "made": kept.made} for kept in place.assets]
    entry = {"product": place.name, "spec": place.spec, "assets": assets, "bytes": place.size_bytes,
             "seconds": round(place.seconds, 3)}
    return {**entry, "error": place.error} if place.error else entry
