"""How a command that runs for days is ended: by SIGINT or SIGTERM, whatever it is doing.

Python heeds a signal between two steps of the main thread, which a call that hangs never reaches. So a
thread hears of signals too, and ends the process when the main thread is stuck.
"""

import os
import signal
import socket
import sys
import threading
from collections.abc import Callable

SIGNALS = (signal.SIGINT, signal.SIGTERM)
_LOOK_S = 0.2


class Ending:
    """The first signal sets `asked`, so that a frame ends and everything closes; a second acts as always.

    Made and left by the main thread, as a context.
    """

    def __init__(self):
        self.asked = False
        self._stuck: Callable[[], str] = str
        self._last: Callable[[], None] = lambda: None
        self._over = threading.Event()
        self._heard, self._signalled = socket.socketpair()
        self._signalled.setblocking(False)
        self._thread = threading.Thread(target=self._listen, name="showroom ending", daemon=True)

    def __enter__(self) -> "Ending":
        self._before = {number: signal.signal(number, self._note) for number in SIGNALS}
        self._wakeup = signal.set_wakeup_fd(self._signalled.fileno(), warn_on_full_buffer=False)
        self._thread.start()
        return self

    def when_stuck(self, stuck: Callable[[], str], last: Callable[[], None]) -> None:
        """What tells that the main thread is stuck (why, or ""), and what to do before the process ends."""
        self._stuck, self._last = stuck, last

    def _note(self, _number, _frame) -> None:
        self.asked = True
        self._restore()

    def _restore(self) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _listen(self) -> None:
        number = next((byte for byte in iter(self._hear, 0) if byte in SIGNALS), 0)
        while number and not self._over.wait(_LOOK_S):
            reason = self._stuck()
            if reason:
                name = signal.Signals(number).name
                print(f"showroom: {reason}; ended by {name}", file=sys.stderr, flush=True)
                self._last()
                os._exit(128 + number)

    def _hear(self) -> int:
        """The next signal's number; 0 when there is nothing to wait for any more."""
        return int.from_bytes(self._heard.recv(1))

    def __exit__(self, *_) -> None:
        signal.set_wakeup_fd(self._wakeup)
        self._restore()
        self._over.set()
        self._signalled.close()
        self._thread.join()
        self._heard.close()
