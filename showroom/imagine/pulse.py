"""Pulse: whether a worker lives, told from its heartbeats and from the processor time it has had.

A worker that is at one long thing on a crowded machine is slow, not lost: silence alone does not
count while it works. It counts when the worker does nothing at all, or works at one thing for far
too long.
"""

import os
import time
from pathlib import Path

RUNAWAY = 10.0      # a silent worker may use this many times its patience in processor seconds
_STILL_SHARE = 0.002  # of the silence; less than that is standing still
_LOOK_EVERY_S = 0.25
_SILENT_S = 1.0       # asking the system for processor time costs a show's frame: only of a silent worker


class Pulse:
    """pid: the worker's.   patience_s: silence that is suspicious."""

    def __init__(self, pid: int, patience_s: float):
        self._pid, self._patience_s = pid, patience_s
        self._beats = 0
        self._heard_s = self._looked_s = time.monotonic()
        self._used_s: float | None = None  # processor time at its first silent second; None while it is heard

    def lost(self, beats: int) -> str:
        """Why the worker is taken for lost, or "" while it is not. beats: heartbeats it has counted."""
        now = time.monotonic()
        if now - self._looked_s < _LOOK_EVERY_S:
            return ""
        self._looked_s = now
        if beats != self._beats:
            self._beats, self._heard_s, self._used_s = beats, now, None
            return ""
        silence_s = now - self._heard_s
        if self._used_s is None:
            self._used_s = _processor_s(self._pid) if silence_s > _SILENT_S else None
            return ""
        if silence_s <= self._patience_s:
            return ""
        used_s = _processor_s(self._pid) - self._used_s
        if used_s < _STILL_SHARE * silence_s:
            return f"it showed no life for {silence_s:.3g} s"
        if used_s > RUNAWAY * self._patience_s:
            return f"it worked at one thing for {used_s:.3g} s without a word"
        return ""


def _processor_s(pid: int) -> float:
    """Processor seconds a process has had; where the system does not tell, the clock stands in."""
    try:
        after_name = Path("/proc", str(pid), "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return time.monotonic()
    return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")
