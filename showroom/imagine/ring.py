"""Ring: bytes from one writer to one reader, in memory that two processes share.

A message travels as frames of at most FRAME_BYTES, each with its length, its place in the message
and a CRC-32, so a message may be larger than the ring and the reader's work in one call is bounded.
The writer waits when the ring is full; the reader never waits. Both positions only grow: the writer
stores one, the reader the other, each an aligned 8-byte word, and each only after the bytes it
speaks of.
"""

import struct
import threading
import zlib
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from showroom.errors import RingError
from showroom.imagine.messages import MESSAGE_BYTES

FRAME_BYTES = 256 << 10
HANDLING_BYTES = 8 << 10  # reading a frame costs its bytes and about as much as copying so many more
SMALLEST_RING_BYTES = 4096

# crc, magic, request, bytes of the message in this frame, where they stand in it, its whole length
_FRAME = struct.Struct("<IIQIIII")
_MAGIC = 0x53484F57
_fence_lock = threading.Lock()


class _Head(NamedTuple):
    """What stands before a frame's bytes. crc: the stored one; head_crc: of the head itself."""

    crc: int
    request: int
    length: int
    offset: int
    total: int
    head_crc: int

    @property
    def size(self) -> int:
        """Bytes of the whole frame in the ring."""
        return _frame_size(self.length)


def _frame_size(length: int) -> int:
    return _FRAME.size + length + -length % 8


def fence() -> None:
    """Nothing written before is seen later than what is written after (taking a lock is a barrier)."""
    with _fence_lock:
        pass


class Ring:
    """The body of bytes and its two positions.

    written, read : 8-byte memoryviews of one "Q" each, in shared memory; count bytes since the start.
    body          : memoryview of bytes; its length is a multiple of 8.
    """

    def __init__(self, written: memoryview, read: memoryview, body: memoryview):
        if body.nbytes < SMALLEST_RING_BYTES or body.nbytes % 8:
            raise RingError(f"making a ring of {body.nbytes} bytes; a multiple of 8 from "
                            f"{SMALLEST_RING_BYTES} is needed")
        self._written, self._read, self._body = written, read, body
        self.frame_bytes = min(FRAME_BYTES, (body.nbytes // 4 - _FRAME.size) & ~7)
        self._message: np.ndarray | None = None  # the reader's, being put together
        self._have = 0

    @property
    def filled(self) -> int:
        """Bytes written and not yet read."""
        return self._written[0] - self._read[0]

    def release(self) -> None:
        """Give the shared memory's views back, so that it can be closed."""
        for view in (self._written, self._read, self._body):
            view.release()

    # The writer ---------------------------------------------------------------------------------

    def put(self, request: int, parts: Sequence[memoryview], wait: Callable[[], None]) -> None:
        """Write one message.

        request : the number it answers.   parts : its bytes, as `messages.encode` gives them.
        wait    : called again and again while the ring is too full; may raise to give the message
                  up, which the reader then drops.
        """
        total = sum(part.nbytes for part in parts)
        if not 0 < total <= MESSAGE_BYTES:
            raise RingError(f"sending a message of {total} bytes; 1 to {MESSAGE_BYTES} fit")
        offset, rest = 0, list(parts)
        while offset < total:
            pieces, rest = _split(rest, self.frame_bytes)
            length = sum(piece.nbytes for piece in pieces)
            while self._body.nbytes - self.filled < _frame_size(length):
                wait()
            self._put_frame(_FRAME.pack(0, _MAGIC, request, length, offset, total, 0), pieces)
            self._written[0] += _frame_size(length)
            offset += length

    def _put_frame(self, head: bytes, pieces: list[memoryview]) -> None:
        """Copies a frame behind what is written; fenced, so that its end may be published next."""
        start = self._written[0]
        crc = zlib.crc32(head[4:])
        at = start + _FRAME.size
        for piece in pieces:
            crc = zlib.crc32(piece, crc)
            self._copy_in(at, piece)
            at += piece.nbytes
        self._copy_in(start, memoryview(crc.to_bytes(4, "little") + head[4:]))
        fence()

    def _copy_in(self, at: int, piece: memoryview) -> None:
        at %= self._body.nbytes
        first = min(piece.nbytes, self._body.nbytes - at)
        self._body[at:at + first] = piece[:first]
        self._body[:piece.nbytes - first] = piece[first:]

    # The reader ---------------------------------------------------------------------------------

    def take(self, newest: int, budget_bytes: int) -> list[np.ndarray]:
        """The whole messages that have come for request `newest`; others are passed over uncopied.

        budget_bytes : stop after about so many bytes, HANDLING_BYTES a frame included (at least one
                       frame is taken if there is one).
        Returns      : (n,) uint8 arrays, each a copy of one message.
        Raises       : RingError if what stands in the ring is not ours.
        """
        messages = []
        while budget_bytes > 0 and self.filled:
            head = self._head()
            if head.request == newest:
                self._take_frame(head)
                budget_bytes -= head.length
                if self._have == head.total:
                    messages.append(self._message)
                    self._message = None
            else:
                self._message = None
            budget_bytes -= HANDLING_BYTES
            fence()
            self._read[0] += head.size
        return messages

    def _head(self) -> _Head:
        """The head of the next frame. Raises RingError unless it can be one of ours."""
        filled = self.filled
        fence()
        if not _FRAME.size <= filled <= self._body.nbytes:
            raise RingError(f"reading the ring: it claims {filled} bytes of {self._body.nbytes}")
        raw = bytearray(_FRAME.size)
        self._copy_out(self._read[0], memoryview(raw))
        crc, magic, request, length, offset, total, _ = _FRAME.unpack(raw)
        head = _Head(crc, request, length, offset, total, zlib.crc32(raw[4:]))
        fits = 0 < length <= self.frame_bytes and head.size <= filled
        if magic != _MAGIC or not fits or offset + length > total or total > MESSAGE_BYTES:
            raise RingError(f"reading the ring: a frame of {length} bytes at {offset} of {total} is not ours")
        return head

    def _take_frame(self, head: _Head) -> None:
        end = head.offset + head.length
        if head.offset == 0:
            self._message, self._have = np.empty(head.total, np.uint8), 0
        if self._message is None or head.offset != self._have or len(self._message) != head.total:
            raise RingError(f"reading the ring: bytes {head.offset} to {end} of a message do not follow on")
        target = memoryview(self._message)[head.offset:end]
        self._copy_out(self._read[0] + _FRAME.size, target)
        if zlib.crc32(target, head.head_crc) != head.crc:
            raise RingError(f"reading the ring: a frame of {head.length} bytes does not match its checksum")
        self._have = end

    def _copy_out(self, at: int, target: memoryview) -> None:
        at %= self._body.nbytes
        first = min(target.nbytes, self._body.nbytes - at)
        target[:first] = self._body[at:at + first]
        target[first:] = self._body[:target.nbytes - first]


def _split(parts: list[memoryview], most: int) -> tuple[list[memoryview], list[memoryview]]:
    """The first `most` bytes of the parts, and the rest."""
    taken, left = [], most
    for index, part in enumerate(parts):
        if part.nbytes > left:
            return [*taken, part[:left]] if left else taken, [part[left:], *parts[index + 1:]]
        taken.append(part)
        left -= part.nbytes
    return taken, []
