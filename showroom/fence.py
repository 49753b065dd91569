"""Fence: an order between what one process writes to shared memory and what another reads there."""

import threading

_lock = threading.Lock()


def fence() -> None:
    """Nothing written before is seen later than what is written after (taking a lock is a barrier)."""
    with _lock:
        pass
