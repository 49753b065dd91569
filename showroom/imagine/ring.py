"""Ring: bytes from one writer to one reader, in memory that two processes share.

A message travels as frames of at most FRAME_BYTES, each with its length, its place in the message
and a check of its bytes, so a message may be larger than the ring and the reader's work in one call
is bounded. The writer waits when the ring is full; the reader never waits. Both positions only grow:
the writer stores one, the reader the other, each an aligned 8-byte word, and each only after the bytes
it speaks of.

The check is the sum of a frame's 64-bit words and of the CRC-32 of its head: it finds every single
wrong word and all but one in 2^64 of chance garbage, and is as fast as memory is read, where a CRC-32
of everything would cost the show several times what copying does.
"""

import struct
import sys
import zlib
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from showroom.errors import RingError
from showroom.fence import fence
from showroom.imagine.messages import MESSAGE_BYTES

FRAME_BYTES = 256 << 10
HANDLING_BYTES = 192 << 10  # a frame costs its reader's bytes and about as much as so many more, all told
PASSING_BYTES = 16 << 10   # a frame that is passed over: as much as so many
SMALLEST_RING_BYTES = 4096

# check, request, magic, bytes of the message in this frame, where they stand in it, its whole length
_FRAME = struct.Struct("<QQIIII")
_CHECK = struct.Struct("<Q")
_MAGIC = 0x53484F57
_SUMS = 1 << 64
_SPARE, _UNUSED = 12, 3  # buffers kept; references to one that nobody reads, counted where it is looked for


class _Head(NamedTuple):
    """What stands before a frame's bytes. raw: all of it, as it stands."""

    check: int
    request: int
    magic: int
    length: int
    offset: int
    total: int
    raw: bytes


def _padded(length: int) -> int:
    return length + -length % 8


class Ring:
    """The body of bytes and its two positions.

    written, read : 8-byte memoryviews of one "Q" each, in shared memory; count bytes since the start.
    body          : memoryview of bytes; its length is a multiple of 8.
    """

    def __init__(self, written: memoryview, read: memoryview, body: memoryview):
        if body.nbytes < SMALLEST_RING_BYTES or body.nbytes % 8:
            raise RingError(f"making a ring of {body.nbytes} bytes; a multiple of 8 from "
                            f"{SMALLEST_RING_BYTES} is needed")
        self._written, self._read, self._body, self._size = written, read, body, body.nbytes
        self._words = np.frombuffer(body, np.uint64)
        self.frame_bytes = min(FRAME_BYTES, (body.nbytes // 4 - _FRAME.size) & ~7)
        self._buffers = _Buffers(self.frame_bytes)
        self._message: np.ndarray | None = None  # the reader's, being put together
        self._have = 0

    @property
    def filled(self) -> int:
        """Bytes written and not yet read."""
        return self._written[0] - self._read[0]

    def release(self) -> None:
        """Give the shared memory's views back, so that it can be closed."""
        self._words = None
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
            size = _FRAME.size + _padded(length)
            while self._size - self.filled < size:
                wait()
            self._put_frame(_FRAME.pack(0, request, _MAGIC, length, offset, total), pieces, length)
            self._written[0] += size
            offset += length

    def _put_frame(self, head: bytes, pieces: list[memoryview], length: int) -> None:
        """Copies a frame behind what is written; fenced, so that its end may be published next."""
        start = self._written[0]
        at = body = start + _FRAME.size
        for piece in pieces:
            self._copy_in(at, piece)
            at += piece.nbytes
        self._copy_in(at, memoryview(bytes(-length % 8)))
        check = (self._sum(body, _padded(length)) + zlib.crc32(head[_CHECK.size:])) % _SUMS
        self._copy_in(start, memoryview(_CHECK.pack(check) + head[_CHECK.size:]))
        fence()

    def _copy_in(self, at: int, piece: memoryview) -> None:
        at %= self._size
        first = min(piece.nbytes, self._size - at)
        self._body[at:at + first] = piece[:first]
        self._body[:piece.nbytes - first] = piece[first:]

    # The reader ---------------------------------------------------------------------------------

    def take(self, newest: int, budget_bytes: int) -> list[np.ndarray]:
        """The whole messages that have come for request `newest`; others are passed over uncopied.

        budget_bytes : stop after about so many bytes, HANDLING_BYTES a frame included and PASSING_BYTES
                       for one passed over (at least one frame is taken if there is one).
        Returns      : (n,) uint8 arrays, each a copy of one message.
        Raises       : RingError if what stands in the ring is not ours.
        """
        messages = []
        while budget_bytes > 0 and (filled := self.filled):
            head = self._head(filled)
            if head.request == newest:
                self._take_frame(head)
                budget_bytes -= head.length + HANDLING_BYTES
                if self._have == head.total:
                    messages.append(self._message)
                    self._message = None
            else:
                self._message = None
                budget_bytes -= PASSING_BYTES
            fence()
            self._read[0] += _FRAME.size + _padded(head.length)
        return messages

    def _head(self, filled: int) -> _Head:
        """The head of the next frame. Raises RingError unless it can be one of ours."""
        fence()
        if not _FRAME.size <= filled <= self._size:
            raise RingError(f"reading the ring: it claims {filled} bytes of {self._size}")
        raw = bytearray(_FRAME.size)
        self._copy_out(self._read[0], memoryview(raw))
        head = _Head(*_FRAME.unpack(raw), raw)
        length, offset, total = head.length, head.offset, head.total
        fits = 0 < length <= self.frame_bytes and _FRAME.size + _padded(length) <= filled
        if head.magic != _MAGIC or not fits or offset + length > total or total > MESSAGE_BYTES:
            raise RingError(f"reading the ring: a frame of {length} bytes at {offset} of {total} is not ours")
        return head

    def _take_frame(self, head: _Head) -> None:
        end, body = head.offset + head.length, self._read[0] + _FRAME.size
        if head.offset == 0:
            self._message, self._have = self._buffers.one_of(head.total), 0
        if self._message is None or head.offset != self._have or len(self._message) != head.total:
            raise RingError(f"reading the ring: bytes {head.offset} to {end} of a message do not follow on")
        check = self._sum(body, _padded(head.length)) + zlib.crc32(head.raw[_CHECK.size:])
        if check % _SUMS != head.check:
            raise RingError(f"reading the ring: a frame of {head.length} bytes does not match its check")
        self._copy_out(body, memoryview(self._message)[head.offset:end])
        self._have = end

    def _sum(self, at: int, size: int) -> int:
        """Sum of the 64-bit words from `at`, over the ring's end if need be; both are multiples of 8."""
        first, count = at % self._size >> 3, size >> 3
        over = max(first + count - len(self._words), 0)
        rest = int(np.add.reduce(self._words[:over])) if over else 0
        return int(np.add.reduce(self._words[first:first + count])) + rest

    def _copy_out(self, at: int, target: memoryview) -> None:
        at %= self._size
        first = min(target.nbytes, self._size - at)
        target[:first] = self._body[at:at + first]
        if first < target.nbytes:
            target[first:] = self._body[:target.nbytes - first]


class _Buffers:
    """Memory for messages that fit a frame, used again when nobody reads it any more.

    Memory fresh from the system costs more than the copy into it: every page is a fault. What is in use
    is told by CPython's reference counts, which the arrays and views made from a buffer keep up.
    """

    def __init__(self, size: int):
        self._size, self._all = size, []

    def one_of(self, length: int) -> np.ndarray:
        """(length,) uint8, its bytes whatever they were."""
        if length > self._size:
            return np.empty(length, np.uint8)
        for buffer in self._all:
            if sys.getrefcount(buffer) == _UNUSED:
                return buffer[:length]
        buffer = np.empty(self._size, np.uint8)
        if len(self._all) < _SPARE:
            self._all.append(buffer)
        return buffer[:length]


def _split(parts: list[memoryview], most: int) -> tuple[list[memoryview], list[memoryview]]:
    """The first `most` bytes of the parts, and the rest."""
    taken, left = [], most
    for index, part in enumerate(parts):
        if part.nbytes > left:
            return [*taken, part[:left]] if left else taken, [part[left:], *parts[index + 1:]]
        taken.append(part)
        left -= part.nbytes
    return taken, []
