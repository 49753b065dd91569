"""A watchdog over the calls into the runtime.

A runtime that hangs makes the call that is under way wait, and no other call could tell: only a thread
of our own can. Nothing takes such a call back, so the show stands still until the runtime goes on, or
until somebody ends it: then the call fails, and the show connects to the next one by itself.
"""

import contextlib
import logging
import threading
import time
from collections.abc import Iterator

from showroom.display.openxr_loader import aloud

LOG = logging.getLogger("showroom.display")
LIMIT_S = 1.5
LOOK_S = 0.2


class Watchdog:
    """Looks from a thread of its own. `close` ends the thread."""

    def __init__(self):
        self._call: tuple[str, float, float] | None = None  # what is done, since when, for how long it may
        self._told: tuple[str, float, float] | None = None
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="showroom watchdog", daemon=True)
        self._thread.start()

    @contextlib.contextmanager
    def over(self, doing: str, limit_s: float = LIMIT_S) -> Iterator[None]:
        """Around calls into the runtime; nested, the inner counts. doing: as in "while ending a picture"."""
        outer = self._call
        self._call = call = (doing, time.monotonic(), limit_s)
        try:
            yield
        finally:
            self._call = outer
            if self._told is call:
                LOG.warning("the OpenXR runtime answers again after %.1f s", time.monotonic() - call[1])

    @property
    def status(self) -> str:
        """What the log has said of a call that still waits, "" while none hangs. Any thread may ask."""
        call = self._call
        return _reproach(call) if call is not None and call is self._told else ""

    def close(self) -> None:
        """Ends the thread."""
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(LOOK_S):
            call = self._call
            reproach = _reproach(call)
            if reproach and self._told is not call:
                aloud()
                LOG.warning("%s; if it does not come back, end the runtime and start it again: the showroom "
                            "finds it by itself", reproach)
                self._told = call


def _reproach(call: tuple[str, float, float] | None) -> str:
    if call is None:
        return ""
    doing, since_s, limit_s = call
    waited_s = time.monotonic() - since_s
    if waited_s <= limit_s:
        return ""
    return f"the OpenXR runtime has not answered for {waited_s:.1f} s while {doing}"
