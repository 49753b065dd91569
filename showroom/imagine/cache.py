"""Cache: painted surfaces and grown geometry on disk, one file an asset, found by what made it.

An asset's name is the digest of everything its bytes depend on, so nothing in the cache is ever
stale; what nobody has read for longest goes first when the folder grows past its limit. A file is
written aside and renamed, and checked by its SHA-256 when read: a damaged one is removed, said, and
made again. Any number of processes may share a folder.

File: magic, length of the head, head (JSON: what the asset is, lengths of its messages), the
messages, SHA-256 of all that.
"""

import hashlib
import io
import json
import logging
import os
import struct
import threading
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from showroom import paths
from showroom.errors import CacheError, RingError
from showroom.imagine.messages import Value, decode, encode

log = logging.getLogger(__name__)

LIMIT_BYTES = 4 << 30

_MAGIC = b"SHOWROOM-ASSET-1"
_HEAD_LENGTH = struct.Struct("<I")
_HEAD_BYTES = 1 << 20
_SUM_BYTES = hashlib.sha256().digest_size


@dataclass(frozen=True)
class Asset:
    """What an asset's bytes depend on.

    kind  : "surface", "geometry" or "spec".   name : the surface, "place" or "hall", or the product.
    spec  : digest of what it is made from, its seed included.
    maker : revision of the painters, the growers or the nose.   size : how large or how much, in words.
    """

    kind: str
    name: str
    spec: str
    maker: str
    size: str

    @property
    def digest(self) -> str:
        """64 hex digits; names the file."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()

    def __str__(self) -> str:
        return f"{self.kind} {self.name}, {self.size} ({self.digest[:12]})"


@dataclass(frozen=True)
class Kept:
    """An asset that lies in the cache. sha256: of its file; made: False if it lay there before."""

    asset: Asset
    path: Path
    sha256: str
    size_bytes: int
    made: bool


class Cache:
    """folder: made when first written to.   limit_bytes: of all assets together.

    forgiving : a folder that cannot be written is said once as a WARNING, and the work goes on
                without it (a show must go on). Otherwise `store` raises CacheError.
    ledger    : what was loaded and stored, in order, if a list is given.
    """

    def __init__(self, folder: Path, limit_bytes: int = LIMIT_BYTES, forgiving: bool = False,
                 ledger: list[Kept] | None = None):
        self.folder, self.limit_bytes = Path(folder) / "assets", limit_bytes
        self._forgiving, self.ledger = forgiving, ledger
        self._writable, self._booking = True, threading.Lock()  # whoever paints side by side stores so too
        self._total: int | None = None  # bytes in the folder as far as this process knows

    def path(self, asset: Asset) -> Path:
        """Where an asset lies or would lie."""
        digest = asset.digest
        return self.folder / digest[:2] / f"{digest[2:]}.asset"

    def load(self, asset: Asset) -> list[Value] | None:
        """The asset's values, or None if it has to be made. A damaged file is removed and said."""
        path = self.path(asset)
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            log.warning("reading the cached %s failed (%s); it is made again", asset, error.strerror or error)
            return None
        try:
            values = opened(content, asset)
        except (RingError, ValueError, KeyError, TypeError) as error:
            log.warning("the cached %s is damaged (%s); it is removed and made again", asset, error)
            remove(path)
            return None
        _touch(path)
        self._note(asset, content, made=False)
        return values

    def store(self, asset: Asset, values: Iterable[Value]) -> None:
        """Keep an asset's values. Raises CacheError if the folder cannot be written."""
        if not self._writable:
            return
        content = _closed(asset, values)
        try:
            with paths.aside(self.path(asset)) as file:
                file.write_bytes(content)
        except OSError as error:
            self._refuse(error)
            return
        self._note(asset, content, made=True)
        with self._booking:
            self._make_room(len(content))

    def _refuse(self, error: OSError) -> None:
        refusal = unwritable(f"the cache {self.folder}", error)
        if not self._forgiving:
            raise refusal from error
        with self._booking:
            said, self._writable = not self._writable, False
        if not said:
            log.warning("%s; going on without it", refusal)

    def _note(self, asset: Asset, content: bytes, made: bool) -> None:
        if self.ledger is not None:
            digest = hashlib.sha256(content).hexdigest()
            self.ledger.append(Kept(asset, self.path(asset), digest, len(content), made))

    def _make_room(self, added: int) -> None:
        """Removes what was read longest ago until a tenth of the limit is free again."""
        self._total = None if self._total is None else self._total + added
        if self._total is not None and self._total <= self.limit_bytes:
            return
        files = sorted(_sizes(self.folder))
        self._total = sum(size for _, _, size in files)
        if self._total <= self.limit_bytes:
            return
        for _, path, size in files:
            if self._total <= self.limit_bytes * 0.9:
                break
            remove(path)
            self._total -= size


def unwritable(what: str, error: OSError,
               next_step: str = "free some space, or choose another folder") -> CacheError:
    """What to raise where a file cannot be written. what: which, with its path."""
    return CacheError(f"writing {what}: {error.strerror or error}; a folder with rights and space is needed; "
                      f"{next_step}")


def _closed(asset: Asset, values: Iterable[Value]) -> bytes:
    """The bytes of a file."""
    messages = [b"".join(encode(value)) for value in values]
    head = json.dumps({**asdict(asset), "messages": [len(message) for message in messages]}).encode()
    head += b" " * (-(len(_MAGIC) + _HEAD_LENGTH.size + len(head)) % 8)
    content = b"".join([_MAGIC, _HEAD_LENGTH.pack(len(head)), head, *messages])
    return content + hashlib.sha256(content).digest()


def opened(content: bytes, asset: Asset) -> list[Value]:
    """The values in a file's content. Raises ValueError, KeyError, TypeError or RingError for anything else."""
    view = memoryview(content)
    if len(content) < _SUM_BYTES or hashlib.sha256(view[:-_SUM_BYTES]).digest() != content[-_SUM_BYTES:]:
        raise ValueError(f"{len(content)} bytes, cut off or not as they were written")
    file = io.BytesIO(content)
    head = read_head(file)
    lengths, at = head.pop("messages"), file.tell()
    if head != asdict(asset) or sum(lengths) != len(content) - at - _SUM_BYTES:
        raise ValueError("it is another asset")
    values = []
    for size in lengths:
        values.append(decode(view[at:at + size]))
        at += size
    return values


def read_head(file: BinaryIO) -> dict:
    """What stands in the head of a file: the asset's fields, and `messages`, their lengths in bytes.

    Leaves the file at its first message. Raises ValueError if it is not an asset's.
    """
    start = file.read(len(_MAGIC) + _HEAD_LENGTH.size)
    if len(start) < len(_MAGIC) + _HEAD_LENGTH.size or not start.startswith(_MAGIC):
        raise ValueError("cut off or not an asset")
    length, = _HEAD_LENGTH.unpack_from(start, len(_MAGIC))
    if length > _HEAD_BYTES:
        raise ValueError(f"its head claims {length} bytes")
    head = json.loads(file.read(length))
    if not isinstance(head, dict):
        raise ValueError("its head is no table")
    return head


def _sizes(folder: Path) -> Iterable[tuple[int, Path, int]]:
    """(time of last use, path, bytes) of every file, those left half-written by the dead included."""
    for path in folder.glob("*/*"):
        try:
            state = path.stat()
        except OSError:  # another process has just removed it
            continue
        yield state.st_mtime_ns, path, state.st_size


def _touch(path: Path) -> None:
    """Mark as used now; in a folder of somebody else's that is not ours to do."""
    try:
        os.utime(path)
    except OSError:
        pass


def remove(path: Path) -> None:
    """Removes a file; one that cannot be removed is said."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        log.warning("removing %s failed (%s)", path, error.strerror or error)
