"""Forget: what a process has given up but still holds in its allocators' free memory is overwritten.

An object that is freed leaves its bytes behind until something else takes their place: a visitor's answers
would outlive the visit there. Every free block is therefore taken once, filled with zeros, and given back.
That none is left is told by where they lie: allocators take new memory from the system only when no free
block is there.
"""

import contextlib
import ctypes
import gc
from bisect import bisect_right
from pathlib import Path

_SMALL_BYTES, _STEP_BYTES = 512, 16  # of Python's own allocator: one pool of blocks for each step
_HEAD_BYTES = 33                     # of a bytes object, beside what it holds
_LARGE_BYTES = (1 << 16, 1 << 14, 1 << 12, 1 << 11, *range(1032, 23, -16))  # of the system's
_NEW_BYTES, _NEW_BLOCKS = 1 << 17, 8  # that lie in new memory, until no free block is left
_MOST_BLOCKS = 400_000               # should they never come to lie in new memory
_WRITABLE = "rw-p"


def overwrite_freed() -> int:
    """Collects what is unreachable and overwrites the allocators' free memory; how many bytes that was.

    Some tens of milliseconds: for the time between two visits. Memory of other threads' own arenas is left.
    """
    gc.collect()
    library = ctypes.CDLL(None)
    mapped = _Mapped()
    mapped = _Mapped()  # what the first one took is in the second
    filled = 0
    for size in range(_SMALL_BYTES, _HEAD_BYTES, -_STEP_BYTES):
        filled += _fill_python(size, mapped)
    filled += _fill_system(library, mapped)
    if hasattr(library, "malloc_trim"):  # the GNU library's
        library.malloc_trim(0)
    return filled


class _Mapped:
    """The ranges of this process's own writable memory, as they are when it is made."""

    def __init__(self):
        self._starts: list[int] = []
        self._ends: list[int] = []
        with contextlib.suppress(OSError):
            for line in Path("/proc/self/maps").read_text().splitlines():
                span, rights, *_ = line.split(maxsplit=2)
                if rights == _WRITABLE:
                    start, end = (int(edge, 16) for edge in span.split("-"))
                    self._starts.append(start)
                    self._ends.append(end)

    def holds(self, address: int) -> bool:
        """Whether an address was mapped then."""
        at = bisect_right(self._starts, address) - 1
        return at >= 0 and address < self._ends[at]


def _fill_python(size: int, mapped: _Mapped) -> int:
    """Takes blocks of one size from Python's allocator until they are new; bytes taken."""
    blocks, new_bytes = [], 0
    while len(blocks) < _MOST_BLOCKS and new_bytes < _NEW_BYTES:
        block = bytes(size - _HEAD_BYTES)
        blocks.append(block)
        new_bytes += 0 if mapped.holds(id(block)) else size
    return size * len(blocks)


def _fill_system(library: ctypes.CDLL, mapped: _Mapped) -> int:
    """Takes blocks from the system's allocator, large ones first, until they are new; bytes taken."""
    take, give = library.malloc, library.free
    take.restype, take.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
    give.restype, give.argtypes = None, [ctypes.c_void_p]
    taken, filled = [], 0
    try:
        for size in _LARGE_BYTES:
            new = 0
            while len(taken) < _MOST_BLOCKS and new < _NEW_BLOCKS:
                block = take(size)
                if not block:
                    break
                taken.append(block)
                ctypes.memset(block, 0, size)
                filled += size
                new += not mapped.holds(block)
    finally:
        for block in taken:
            give(block)
    return filled
