"""GPU time of a frame, pass by pass, by timestamps between the passes.

It means something on a graphics card only. A pass begins where the renderer takes up its program, and is
named after it; "begin" is what comes before the first: uploads and the frame's own block.
"""

import contextlib
import ctypes
from collections.abc import Callable, Iterator

from showroom.cli.figures import spread

MOST_PASSES = 63


def measure(renderer, frame: Callable[[int], None], frames: int, warm_up: int) -> dict[str, dict[str, float]]:
    """Milliseconds of every pass, by name, and of the whole "frame"; median and p99.

    renderer : whose passes are timed.   frame : draws the frame of that number.
    Source   : OpenGL 4.5, section 4.3, time queries.
    """
    clock, times = _Clock({program.id: name for name, program in renderer.programs.items()}), {}
    try:
        for number in range(warm_up + frames):
            with clock.running():
                frame(number)
            spent = clock.spent_ms()
            if number >= warm_up:
                for name, value in (*spent.items(), ("frame", sum(spent.values()))):
                    times.setdefault(name, []).append(value)
    finally:
        clock.close()
    return {name: spread(values, 0.99) for name, values in times.items()}


class _Clock:
    """Timestamps of the card: one where a frame begins, one where each pass does, one where it ends.

    names : of the programs, by their OpenGL names.
    """

    def __init__(self, names: dict[int, str]):
        import numpy as np

        from showroom import gl

        self._gl, self._names = gl, names
        self._queries = np.zeros(MOST_PASSES + 1, dtype=np.uint32)
        gl.GL.glCreateQueries(gl.GL.GL_TIMESTAMP, len(self._queries), self._queries)
        self._passes: list[str] = []

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """Stamps every pass of the frame that is drawn inside."""
        use = self._gl.fn.glUseProgram

        def stamped(program: int) -> None:
            self._begin(self._names.get(program, "other"))
            use(program)

        self._passes = []
        self._begin("begin")
        self._gl.fn.glUseProgram = stamped
        try:
            yield
        finally:
            self._gl.fn.glUseProgram = use
        self._begin("end")

    def _begin(self, name: str) -> None:
        self._gl.GL.glQueryCounter(int(self._queries[len(self._passes)]), self._gl.GL.GL_TIMESTAMP)
        self._passes.append(name)

    def spent_ms(self) -> dict[str, float]:
        """Of each pass of the frame, by name; waits for the card."""
        times = [self._time_ns(int(query)) for query in self._queries[:len(self._passes)]]
        spent: dict[str, float] = {}
        for name, begun, ended in zip(self._passes, times, times[1:]):
            spent[name] = spent.get(name, 0.0) + (ended - begun) / 1e6
        return spent

    def _time_ns(self, query: int) -> int:
        value = ctypes.c_uint64()
        self._gl.GL.glGetQueryObjectui64v(query, self._gl.GL.GL_QUERY_RESULT, ctypes.byref(value))
        return value.value

    def close(self) -> None:
        """Gives the queries back."""
        self._gl.GL.glDeleteQueries(len(self._queries), self._queries)
