"""Staging: memory that both this process and the driver see, where bytes wait to be taken to the GPU.

One buffer, mapped once for good (persistent and coherent), is filled round and round. The driver copies
out of it when it comes to that, so no call waits and nothing is copied twice on the way; a fence at the
end of each frame's copies says when their room is free again.
Source: OpenGL 4.5, 6.2 (mapping) and 4.1 (sync objects).
"""

import ctypes
from collections import deque

import numpy as np

from showroom import gl
from showroom.errors import GraphicsError

STAGING_BYTES = 8 << 20  # several frames' worth: a driver may be a few frames behind
_ALIGNED = 64


class Staging:
    """A ring of `size_bytes`. Positions count bytes since the start and only grow.

    Between `begin` and `end`, `put` copies what `has_room` has said there is room for.
    """

    def __init__(self, size_bytes: int = STAGING_BYTES):
        GL, made = gl.GL, np.zeros(1, dtype=np.uint32)
        how = GL.GL_MAP_WRITE_BIT | GL.GL_MAP_PERSISTENT_BIT | GL.GL_MAP_COHERENT_BIT
        GL.glCreateBuffers(1, made)
        self.buffer, self.size_bytes = int(made[0]), size_bytes
        GL.glNamedBufferStorage(self.buffer, size_bytes, None, how)
        mapped = GL.glMapNamedBufferRange(self.buffer, 0, size_bytes, how)
        self._address = ctypes.cast(mapped, ctypes.c_void_p).value
        if not self._address:
            raise GraphicsError(f"mapping {size_bytes} bytes for uploads: the driver gives none; update it")
        ctypes.memset(self._address, 0, size_bytes)  # now: a page first touched in a frame is a fault
        self._put = self._fenced = self._free = 0  # written to, known to a fence, given back by the driver
        self._fences: deque[tuple[int, int]] = deque()  # sync object, and where its bytes end

    def begin(self) -> None:
        """Takes back the room of what the driver has finished with. Never waits."""
        fn, GL = gl.fn, gl.GL
        while self._fences:
            sync, end = self._fences[0]
            if fn.glClientWaitSync(sync, GL.GL_SYNC_FLUSH_COMMANDS_BIT, 0) == GL.GL_TIMEOUT_EXPIRED:
                return
            self._drop(sync, end)

    def has_room(self, size: int) -> bool:
        """Whether so many bytes in one piece can be put now."""
        return self._start_of(size) + size - self._free <= self.size_bytes

    def put(self, array: np.ndarray, at: int, size: int) -> int:
        """Copies `size` bytes of a contiguous array, from byte `at` on; returns where in `buffer` they lie."""
        start = self._start_of(size)
        offset = start % self.size_bytes
        ctypes.memmove(self._address + offset, gl.pointer(array) + at, size)
        self._put = start + size + -size % _ALIGNED
        return offset

    def _start_of(self, size: int) -> int:
        """Where a piece would begin: here, or at the ring's beginning if it does not fit before its end."""
        here = self._put % self.size_bytes
        return self._put if here + size <= self.size_bytes else self._put + self.size_bytes - here

    def end(self) -> None:
        """After the calls that copy out of what was put: fences them."""
        if self._put != self._fenced:
            self._fenced = self._put
            self._fences.append((gl.fn.glFenceSync(gl.GL.GL_SYNC_GPU_COMMANDS_COMPLETE, 0), self._put))

    def wait(self) -> None:
        """Until the driver has finished with everything; not in a frame."""
        self.end()
        gl.fn.glFinish()
        while self._fences:
            self._drop(*self._fences[0])

    def _drop(self, sync: int, end: int) -> None:
        gl.fn.glDeleteSync(sync)
        self._fences.popleft()
        self._free = end

    def close(self) -> None:
        """Gives the memory back."""
        self.wait()
        gl.GL.glUnmapNamedBuffer(self.buffer)
        gl.GL.glDeleteBuffers(1, gl.names(self.buffer))
