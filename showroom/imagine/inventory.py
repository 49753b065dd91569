"""The cache looked through: what lies there, whether it is whole, and what may go."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from showroom.errors import RingError
from showroom.imagine.brushes import learned_name
from showroom.imagine.cache import Asset, opened, read_head, remove
from showroom.imagine.revision import GROWING, PAINTING, READING, REPAINTING, UNDERSTANDING, revision_of

_MAKERS = (PAINTING, GROWING, READING, UNDERSTANDING)
_UNFINISHED_S = 3600.0  # a half-written file of this age has been left by a process that is dead


@dataclass(frozen=True)
class Item:
    """A file of the cache. asset: None if its head cannot be read; used_s: when it was read last, Unix time."""

    path: Path
    asset: Asset | None
    size_bytes: int
    used_s: float

    @property
    def current(self) -> bool:
        """Whether today's painters and growers would make it: else nobody asks for it any more."""
        if self.asset is None:
            return False
        revision, _, further = self.asset.maker.partition("+")
        if revision == revision_of(REPAINTING):
            return bool(further)  # by some model of the user's own
        return self.asset.maker in {learned_name(), *map(revision_of, _MAKERS)}


def items(folder: Path) -> Iterator[Item]:
    """Every finished asset under a cache folder, in the order of their names."""
    for path in sorted((folder / "assets").glob("*/*.asset")):
        try:
            state = path.stat()
            with path.open("rb") as file:
                asset = Asset(**{key: value for key, value in read_head(file).items() if key != "messages"})
        except FileNotFoundError:  # another process has just removed it
            continue
        except (ValueError, TypeError, OSError):
            asset = None
        yield Item(path, asset, state.st_size, state.st_mtime)


def fault_of(item: Item) -> str:
    """What is wrong with an asset's file, read whole; "" if nothing is."""
    if item.asset is None:
        return "its head cannot be read"
    try:
        content = item.path.read_bytes()
        opened(content, item.asset)
    except (RingError, ValueError, KeyError, TypeError) as error:
        return str(error)
    except OSError as error:
        return error.strerror or str(error)
    expected = item.asset.digest
    return "" if item.path.parent.name + item.path.stem == expected else "it lies under another asset's name"


def surplus(found: list[Item], most_bytes: int | None, unused_days: float | None, stale: bool) -> list[Item]:
    """What may go: the damaged and, as asked, the stale, the long unused, and the least recently used."""
    now = time.time()
    going, staying = [], []
    for item in found:
        old = unused_days is not None and now - item.used_s > unused_days * 86_400
        (going if item.asset is None or old or (stale and not item.current) else staying).append(item)
    if most_bytes is not None:
        left = sum(item.size_bytes for item in staying)
        for item in sorted(staying, key=lambda item: item.used_s):
            if left <= most_bytes:
                break
            going.append(item)
            left -= item.size_bytes
    return going


def prune(going: list[Item]) -> None:
    """Removes these."""
    for item in going:
        remove(item.path)


def clear_unfinished(folder: Path) -> int:
    """Removes what dead processes left half-written; how many files."""
    left = [path for path in (folder / "assets").glob("*/*.part") if time.time() - _written_s(path) > _UNFINISHED_S]
    for path in left:
        remove(path)
    return len(left)


def _written_s(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return time.time()
