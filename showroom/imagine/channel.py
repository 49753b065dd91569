"""Channel: the one block of shared memory between the show and its imagine worker.

The show creates one for each worker, which attaches by name; then the show takes the name away, so
that nothing stays in the system whoever is killed. It holds a page of control words (each alone on
its cache line), the mailbox, and the ring.
"""

import contextlib
import os
import sys
from collections.abc import Iterator
from multiprocessing import resource_tracker
from multiprocessing.shared_memory import SharedMemory
from pathlib import Path

from showroom.errors import RingError
from showroom.imagine.mailbox import SLOT_BYTES, Mailbox
from showroom.imagine.ring import SMALLEST_RING_BYTES, Ring

_CONTROL_BYTES = 4096
_LINE_WORDS = 8                      # 64 bytes
_VERSION = 0x53484F57_524F4F03
_LAYOUT, _WRITTEN, _READ, _NEWEST, _BEATS, _MODEL, _STRAIN = (_LINE_WORDS * line for line in range(7))

_LEAST_BYTES = _CONTROL_BYTES + 2 * SLOT_BYTES + SMALLEST_RING_BYTES
_STRAIN_STEPS = 1000

MODEL_STATES = ("absent", "loading", "ready", "failed")


class Channel:
    """Use `create` in the show and `attach` in the worker.

    ring, mailbox : results upward, requests downward.
    """

    def __init__(self, memory: SharedMemory, owner: bool):
        self._memory, self._named = memory, owner
        self._words = memory.buf[:_CONTROL_BYTES].cast("Q")
        body = _CONTROL_BYTES + 2 * SLOT_BYTES
        end = body + (memory.size - body) // 4096 * 4096
        self.mailbox = Mailbox(self._words[_NEWEST:_NEWEST + 1], memory.buf[_CONTROL_BYTES:body])
        written, read = self._words[_WRITTEN:_WRITTEN + 1], self._words[_READ:_READ + 1]
        self.ring = Ring(written, read, memory.buf[body:end])

    @staticmethod
    def create(ring_bytes: int) -> "Channel":
        """A new block with a ring of `ring_bytes` (rounded up to 4 KiB). Raises RingError."""
        if ring_bytes < SMALLEST_RING_BYTES:
            raise RingError(f"making a ring of {ring_bytes} bytes; {SMALLEST_RING_BYTES} or more are needed; "
                            "ask for a larger ring")
        ring_bytes = -(-ring_bytes // 4096) * 4096
        size = _CONTROL_BYTES + 2 * SLOT_BYTES + ring_bytes
        try:
            memory = SharedMemory(create=True, size=size)
            _reserve(memory)
        except (OSError, ValueError) as error:
            raise RingError(f"making {size} bytes of shared memory: {error}; free some in /dev/shm, or ask "
                            "for a smaller ring") from None
        channel = Channel(memory, owner=True)
        channel._words[_LAYOUT] = _VERSION
        return channel

    @staticmethod
    def attach(name: str) -> "Channel":
        """The block that the show made. Raises RingError if it is gone or another version's."""
        try:
            with _untracked():
                memory = SharedMemory(name=name)
        except (OSError, ValueError) as error:
            raise RingError(f"attaching the show's shared memory {name}: {error}") from None
        layout = bytes(memory.buf[8 * _LAYOUT:8 * _LAYOUT + 8])
        if memory.size < _LEAST_BYTES or layout != _VERSION.to_bytes(8, sys.byteorder):
            told = f"its {memory.size} bytes have another layout"
            memory.close()
            raise RingError(f"attaching the show's shared memory {name}: {told}; show and worker must be "
                            "of one version")
        return Channel(memory, owner=False)

    @property
    def name(self) -> str:
        """What the worker attaches by."""
        return self._memory.name

    def beat(self) -> None:
        """The worker lives: called between messages and while it waits."""
        self._words[_BEATS] += 1

    @property
    def beats(self) -> int:
        """How often the worker has shown that it lives."""
        return self._words[_BEATS]

    @property
    def model(self) -> str:
        """State of the embedded model in the worker, one of MODEL_STATES."""
        return MODEL_STATES[min(self._words[_MODEL], len(MODEL_STATES) - 1)]

    @model.setter
    def model(self, state: str) -> None:
        self._words[_MODEL] = MODEL_STATES.index(state)

    @property
    def strain(self) -> float:
        """Share of the show's recent frames that were late, 0 to 1; the show sets it."""
        return min(self._words[_STRAIN] / _STRAIN_STEPS, 1.0)

    @strain.setter
    def strain(self, share: float) -> None:
        self._words[_STRAIN] = round(share * _STRAIN_STEPS)

    def hide(self) -> None:
        """Take the name away; who has attached keeps the memory. In the show, once the worker has beaten."""
        if self._named:
            self._named = False
            self._memory.unlink()

    def close(self) -> None:
        """Give the memory back. May be called twice."""
        if self._words is None:
            return
        self.ring.release()
        self.mailbox.release()
        self._words.release()
        self._words = None
        self._memory.close()
        self.hide()


def _reserve(memory: SharedMemory) -> None:
    """Take the pages now: a full /dev/shm is an error here instead of a bus error later."""
    file = Path("/dev/shm", memory.name)
    try:
        if file.exists():
            with file.open("r+b") as pages:
                os.posix_fallocate(pages.fileno(), 0, memory.size)
    except OSError:
        memory.close()
        memory.unlink()
        raise


@contextlib.contextmanager
def _untracked() -> Iterator[None]:
    """Keep Python's resource tracker out: it would count the block as this process's own (bpo-38119)."""
    register, resource_tracker.register = resource_tracker.register, lambda *_: None
    try:
        yield
    finally:
        resource_tracker.register = register
