"""The manifest: what a bake gave, as JSON, written as it comes and there only when it is whole."""

import contextlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from showroom import paths
from showroom.imagine.bake import Baked
from showroom.imagine.cache import unwritable
from showroom.imagine.revision import GROWING, PAINTING, revision_of

VERSION = 2


class Manifest:
    """Takes places one by one; see `writing`."""

    def __init__(self, file, folder: Path, head: dict):
        self._file, self._folder = file, folder
        self._failed: list[str] = []
        self._between = ""
        opened = json.dumps(head, ensure_ascii=False)[:-1]
        file.write(f'{opened}, "places": [\n')

    def add(self, place: Baked) -> None:
        """Writes one place's entry."""
        text = json.dumps(_entry(place, self._folder), ensure_ascii=False)
        self._file.write(f"{self._between}  {text}")
        self._between = ",\n"
        if place.error:
            self._failed.append(place.name)

    def finish(self) -> None:
        """Writes what stands after the last place."""
        self._file.write(f'\n], "failed": {json.dumps(self._failed, ensure_ascii=False)}}}\n')


@contextlib.contextmanager
def writing(path: Path, catalogue: str, surface_px: int, detail: float) -> Iterator[Manifest]:
    """A manifest to add places to; it stands at `path` when the block ends well.

    Raises CacheError if it cannot be written.
    """
    head = {"version": VERSION, "catalogue": catalogue, "surface_px": surface_px, "detail": detail,
            "revision": {"paint": revision_of(PAINTING), "grow": revision_of(GROWING)}}
    try:
        with paths.aside(path) as aside, aside.open("w", encoding="utf-8") as file:
            manifest = Manifest(file, path.parent, head)
            yield manifest
            manifest.finish()
    except OSError as error:
        raise unwritable(f"the manifest {path}", error, "choose another with --out") from error


def _entry(place: Baked, folder: Path) -> dict:
    assets = [{**asdict(kept.asset), "file": os.path.relpath(kept.path, folder), "sha256": kept.sha256,
               "bytes": kept.size_bytes, "made": kept.made} for kept in place.assets]
    figures = {assay.surface: {"seam": assay.seam, "pole": assay.pole, "clipped": assay.clipped,
                               "palette": assay.palette} for assay in place.assays}
    entry = {"product": place.name, "spec": place.spec, "assets": assets, "figures": figures,
             "bytes": place.size_bytes, "seconds": round(place.seconds, 3)}
    return {**entry, "error": place.error} if place.error else entry
