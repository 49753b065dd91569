"""Baking one place: made ahead of time, by the code that makes it live, into the cache that live reads.

What lies in the cache is checked and not made again, so a bake that was interrupted goes on where it
was. What is wrong with one place stays with that place.
"""

import hashlib
import json
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from showroom.catalogue import place_digest
from showroom.errors import CacheError, NotReadyError, ShowroomError
from showroom.imagine.assay import Assay, Assayer
from showroom.imagine.cache import Asset, Cache, Kept
from showroom.imagine.make import make
from showroom.imagine.revision import UNDERSTANDING, revision_of
from showroom.words.image import Image
from showroom.words.product import Product
from showroom.words.request import Request
from showroom.words.result import Progress, Remark
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
    remarks: tuple[str, ...] = ()  # what of its models is not as their files say, and what their validator counted

    @property
    def made(self) -> int:
        """How many of its assets did not lie in the cache before."""
        return sum(asset.made for asset in self.assets)

    @property
    def size_bytes(self) -> int:
        """Bytes of its files."""
        return sum(asset.size_bytes for asset in self.assets)


def bake(task: Task, nose: Callable[[], object], cache: Cache, tell: Tell) -> Baked:
    """Makes one place, and measures every surface of it.

    nose   : as `make` takes it.   cache : with a ledger of its own, over the folder that the show reads.
    Raises : CacheError if the folder cannot be written. Everything else that fails is in the Baked's
             `error`, a surface beyond its limits too.
    """
    if task.request is None:
        return Baked(task.name, error=task.error)
    assayer = Assayer()
    start, spec, error, lacking, remarks = time.monotonic(), None, "", False, []
    try:
        for value in make(task.request, lambda: _Remembering(nose, cache), cache):
            if isinstance(value, SceneSpec):
                spec = value
            elif isinstance(value, Image):
                if value.surface in spec.surfaces:  # a model's pictures are its merchant's
                    assayer.see(value)
            elif isinstance(value, Remark):
                remarks.append(value)
            elif isinstance(value, Progress):
                tell(value.fraction, value.making)
        assays = tuple(assayer.assays(spec))
        error = "; ".join([*(fault for assay in assays for fault in assay.faults),
                           *(remark.line for remark in remarks if remark.fault)])
    except CacheError:
        raise
    except ShowroomError as failure:
        assays, error, lacking = (), str(failure), isinstance(failure, NotReadyError)
    except Exception as failure:  # a fault of ours in one place must not cost the night's other places
        log.exception("baking %s failed", task.name)
        assays = ()
        error = f"baking {task.name} failed: {type(failure).__name__}: {failure}; the log above has the details"
    seconds = time.monotonic() - start
    told = (*(remark.line for remark in remarks if not remark.fault), *_validated(task.request))
    return Baked(task.name, spec.digest if spec else "", tuple(cache.ledger), assays, seconds, error, lacking, told)


def _validated(request: Request) -> tuple[str, ...]:
    """What Khronos' validator counts in the place's model; the hall's are told with their places."""
    if request.product is None or not request.product.model:
        return ()
    from showroom.imagine.gltf.validator import counted

    return (counted(Path(request.product.model)),)


class _Remembering:
    """A nose that asks the cache first: a bake that goes on where it was need not load the model."""

    def __init__(self, nose: Callable[[], object], cache: Cache):
        self._nose, self._cache = nose, cache

    def imagine(self, product: Product, **asked: object) -> SceneSpec:
        """As the nose does; `asked` is what `make` says besides the product."""
        words = json.dumps([place_digest(product), asked], sort_keys=True, default=repr)
        digest = hashlib.sha256(words.encode()).hexdigest()
        asset = Asset("spec", product.id, digest, revision_of(UNDERSTANDING), "whole")
        kept = self._cache.load(asset)
        if kept is None:
            kept = [self._nose().imagine(product, **asked)]
            self._cache.store(asset, kept)
        return kept[0]
