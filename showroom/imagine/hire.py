"""Hire: one imagine worker as the show sees it: its process, its shared memory, its pulse."""

import contextlib
import multiprocessing
import os

from showroom.imagine.channel import Channel
from showroom.imagine.pulse import Pulse
from showroom.imagine.worker import Work, serve

_CLOSING_S = 5.0


class Hire:
    """Starts a worker. Raises RingError if there is no shared memory for it, OSError if no process.

    channel : results upward, requests downward.
    """

    def __init__(self, work: Work, ring_bytes: int, patience_s: float):
        spawn = multiprocessing.get_context("spawn")
        with contextlib.ExitStack() as undo:
            self.channel = Channel.create(ring_bytes)
            undo.callback(self.channel.close)
            theirs, self._wake = spawn.Pipe(duplex=False)
            undo.callback(self._wake.close)
            os.set_blocking(self._wake.fileno(), False)
            self._process = spawn.Process(target=serve, args=(self.channel.name, theirs, work),
                                          name="showroom imagine", daemon=True)
            with theirs:
                self._process.start()
            undo.pop_all()
        self.pid = self._process.pid
        self._pulse = Pulse(self.pid, patience_s)

    def ask(self, number: int, letter: bytes) -> None:
        """Put a request (see `mailbox.letter_of`) before the worker, and wake it."""
        self.channel.mailbox.put(number, letter)
        try:
            os.write(self._wake.fileno(), b"\0")
        except (BlockingIOError, BrokenPipeError):  # it has wakes enough to read, or is dead
            pass

    def fault(self) -> str:
        """Why the worker is lost, or "" while it is not."""
        if self.gone:
            return f"it ended with code {self._process.exitcode}"
        if self.channel.beats:
            self.channel.hide()
        return self._pulse.lost(self.channel.beats)

    @property
    def gone(self) -> bool:
        """Whether the process has ended."""
        return not self._process.is_alive()

    def dismiss(self) -> None:
        """End the worker, without waiting until it is gone."""
        self._process.kill()

    def close(self) -> None:
        """End the worker if it has not, and give everything back."""
        self.dismiss()
        self._process.join(_CLOSING_S)
        if self.gone:  # else the system still holds it, and closing would raise
            self._process.close()
        self._wake.close()
        self.channel.close()
