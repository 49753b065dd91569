"""Attention: whoever grows looks up now and then, and may be told to stop.

A part can take most of a second, and growers call each other deeply; so the look hangs on the thread, and
is taken where growing passes all the time: at every draw of chance, every mesh and every scattered point.
"""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator

_LOOK_S = 2e-3  # thousands of meshes pass in a second

_here = threading.local()


@contextlib.contextmanager
def attentive(between: Callable[[], None]) -> Iterator[None]:
    """While entered, growing on this thread calls `between` every few milliseconds; what it raises ends it."""
    before = getattr(_here, "between", None)
    _here.between, _here.look_at_s = between, 0.0
    try:
        yield
    finally:
        _here.between = before


def look() -> None:
    """A moment at which growing may stop."""
    between = getattr(_here, "between", None)
    if between is not None and time.perf_counter() >= _here.look_at_s:
        between()
        _here.look_at_s = time.perf_counter() + _LOOK_S
