"""Block: a few floats in shared memory, which one process writes and others read, whole and without waiting.

A count stands before them that is odd while they are being written: who reads looks at it before and after,
and reads again if it moved. Source: Lameter, "Effective Synchronization on Linux/NUMA Systems", 2005 (seqlocks).
"""

from collections.abc import Sequence
from multiprocessing.shared_memory import SharedMemory

import numpy as np

from showroom.fence import fence

_HEAD_BYTES = 64  # a cache line
_TRIES = 100


class Block:
    """Use `create` where it belongs and `attach` in another process; both must agree on `count`."""

    def __init__(self, memory: SharedMemory, count: int, owner: bool):
        self._memory, self._owner = memory, owner
        self._state = np.frombuffer(memory.buf, np.uint64, 1)
        self._floats = np.frombuffer(memory.buf, np.float64, count, _HEAD_BYTES)

    @staticmethod
    def create(count: int) -> "Block":
        """A new block of `count` zeros. Raises OSError if there is no shared memory."""
        return Block(SharedMemory(create=True, size=_HEAD_BYTES + 8 * count), count, owner=True)

    @staticmethod
    def attach(name: str, count: int) -> "Block":
        """Another process's block. Raises OSError if it is gone."""
        return Block(SharedMemory(name=name), count, owner=False)

    @property
    def name(self) -> str:
        """What another process attaches by."""
        return self._memory.name

    @property
    def writes(self) -> int:
        """How often it was written."""
        return int(self._state[0]) // 2

    def write(self, values: Sequence[float]) -> None:
        """Replaces the floats; there are to be `count` of them. One process alone writes."""
        self._state[0] = int(self._state[0]) | 1
        fence()
        self._floats[:] = values
        fence()
        self._state[0] += np.uint64(1)

    def read(self) -> list[float] | None:
        """The floats as they were written; None before the first time, or where the writer died at it."""
        for _ in range(_TRIES):
            before = int(self._state[0])
            fence()
            values = self._floats.tolist()
            fence()
            if before == int(self._state[0]) and not before & 1:
                return values if before else None
        return None

    def close(self) -> None:
        """Gives the memory back, for good where it was made. May be called twice."""
        if self._floats is None:
            return
        self._state = self._floats = None
        self._memory.close()
        if self._owner:
            self._memory.unlink()
