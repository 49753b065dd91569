"""Baking one place: made ahead of time, by the code that makes it live, into the cache that live reads.

What lies in the cache is checked and not made again, so a bake that was interrupted goes on where it
was. What is wrong with one place stays with that place.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from showroom.errors import CacheError, NotReadyError, ShowroomError
from showroom.imagine.assay import Assay, Assayer
from showroom.imagine.cache import Cache, Kept
from showroom.imagine.make import make
from showroom.words.image import Image
from showroom.words.request import Request
from showroom.words.result import Progress
from showroom.words.scenespec import SceneSpec

log = logging.getLogger(__name__)

Tell = Callable[[float, str], None]  # how far a place has come (0 to 1), and what is being made


@dataclass(frozen=True)
class Task:
    """A place to bake. request: None for a row of a catalogue that is broken; error: what is wrong with it."""

    name: str
    request: Request | None
    error: str = ""


@dataclass(frozen=True)
class Baked:
    """One place, or the hall. spec: its digest, "" if there is none; error: why it is not whole, or ""."""

    name: str
    spec: str = ""
    assets: tuple[Kept, ...] = ()
    assays: tuple[Assay, ...] = ()
    seconds: float = 0.0
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


def bake(task: Task, nose: Callable[[], object], cache_dir: Path, tell: Tell) -> Baked:
    """Makes one place, and measures every surface of it.

    nose      : as `make` takes it.   cache_dir : the folder that the show reads too.
    Raises    : CacheError if the folder cannot be written. Everything else that fails is in the
                Baked's `error`, a surface beyond its limits too.
    """
    if task.request is None:
        return Baked(task.name, error=task.error)
    ledger: list[Kept] = []
    cache, assayer = Cache(cache_dir, ledger=ledger), Assayer()
    start, spec, error, lacking = time.monotonic(), None, "", False
    try:
        for value in make(task.request, nose, cache):
            if isinstance(value, SceneSpec):
                spec = value
            elif isinstance(value, Image):
                assayer.see(value)
            elif isinstance(value, Progress):
                tell(value.fraction, value.making)
        assays = tuple(assayer.assays(spec))
        error = "; ".join(fault for assay in assays for fault in assay.faults)
    except CacheError:
        raise
    except ShowroomError as failure:
        assays, error, lacking = (), str(failure), isinstance(failure, NotReadyError)
    except Exception as failure:  # a fault of ours in one place must not cost the night's other places
        log.exception("baking %s failed", task.name)
        assays = ()
        error = f"baking {task.name} failed: {type(failure).__name__}: {failure}; the log above has the details"
    seconds = time.monotonic() - start
    return Baked(task.name, spec.digest if spec else "", tuple(ledger), assays, seconds, error, lacking)
