"""The scribe: has writings lettered by a process of its own, so that neither a frame nor a painter waits.

    scribe.want(tuple of Writing)     # the newest call wins; the same again costs nothing
    scribe.poll()                     # every frame: takes what has come, and looks after the process
    scribe.shown(writing)             # what to hang for it now

A process that dies or hangs is started again after a growing pause, and what is still wanted is asked for
again. A writing that cannot be lettered is said once and does without.
"""

import contextlib
import json
import logging
import mmap
import multiprocessing
import os
import socket
import time
from collections import OrderedDict, deque
from dataclasses import dataclass

import numpy as np

from showroom.imagine.pulse import Pulse
from showroom.imagine.scribe.desk import PACKET_BYTES, packed, serve, twin, unpacked
from showroom.words.sign import Panel, Writing

log = logging.getLogger(__name__)

KEPT_BYTES = 48 << 20
_MOST_EDGE_PX = 4096
_A_POLL = 4              # panels taken in one poll
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.25, 8.0
_CLOSING_S = 5.0


@dataclass(frozen=True)
class ScribeStatus:
    """For staff.

    state  : "starting", "idle", "lettering", "resting" (after a fault) or "closed".
    pid    : None without a process.
    faults : processes lost since the start.   fault : the last one, in words.
    """

    state: str
    pid: int | None
    faults: int
    fault: str


class Scribe:
    """Use as a context manager: leaving ends the process.

    kept_bytes : of panels that are kept, so that a writing that comes again is there at once.
    patience_s : silence over something wanted after which the process is taken for hung.
    serve      : the process's main function; importable.
    """

    def __init__(self, kept_bytes: int = KEPT_BYTES, patience_s: float = 5.0, serve=serve):
        self._kept_bytes, self._patience_s, self._serve = kept_bytes, patience_s, serve
        self._panels: OrderedDict[Writing, Panel] = OrderedDict()  # what was shown last is last
        self._wanted: tuple[Writing, ...] = ()
        self._hopeless: set[Writing | None] = set()
        self._said: set[str] = set()
        self._unsent: deque[bytes] = deque()
        self._number = self._faults = self._in_a_row = self._beats = 0
        self._fault, self._heard, self._closed = "", False, False
        self._start_at = 0.0
        self._process = self._desk = self._pulse = None
        self._start()

    def __enter__(self) -> "Scribe":
        return self

    def __exit__(self, *_) -> None:
        self.close()

    def want(self, writings: tuple[Writing, ...]) -> None:
        """Have these lettered, in this order, whatever was wanted before."""
        if writings != self._wanted:
            self._wanted = writings
            self._ask()

    def poll(self) -> list[Panel]:
        """What has come since the last call. Never waits."""
        if self._closed:
            return []
        self._tend()
        came: list[Panel] = []
        while self._desk is not None and len(came) < _A_POLL:
            try:
                packet, files, *_ = socket.recv_fds(self._desk, PACKET_BYTES, 1)
            except BlockingIOError:
                break
            except OSError as error:
                self._lose(f"its socket broke ({error})")
                break
            try:
                if not packet:
                    self._lose("it hung up")
                    break
                came += self._heed(packet, files)
            except (ValueError, TypeError, KeyError, IndexError) as error:
                self._lose(f"it sent what is no panel ({error})")
            finally:
                for file in files:
                    os.close(file)
        return came

    def shown(self, writing: Writing) -> Panel | None:
        """What to hang for a writing now: its panel, or its twin's until that has come, or None."""
        for candidate in (writing, twin(writing)):
            panel = self._panels.get(candidate)
            if panel is not None:
                self._panels.move_to_end(candidate)
                return panel
        return None

    def forget(self) -> None:
        """Everything that was lettered is gone, and the process with what it remembers; another one starts.

        A visitor's own words are among what is read.
        """
        self._panels.clear()
        self._hopeless.clear()
        self._said.clear()
        self._wanted, self._unsent = (), deque()
        if not self._closed:
            self._end(0.0)
            self._in_a_row, self._start_at = 0, 0.0

    def status(self) -> ScribeStatus:
        """Cheap; for every frame if wanted."""
        if self._process is None:
            return ScribeStatus("closed" if self._closed else "resting", None, self._faults, self._fault)
        busy = "lettering" if self._missing() else "idle"
        state = busy if self._heard else "starting"
        return ScribeStatus(state, self._process.pid, self._faults, self._fault)

    def close(self) -> None:
        """Ends the process. May be called twice."""
        self._closed = True
        self._end(_CLOSING_S)

    # What is asked and what comes ------------------------------------------------------------------

    def _missing(self) -> list[Writing]:
        return [writing for writing in self._wanted
                if writing not in self._panels and writing not in self._hopeless]

    def _ask(self) -> None:
        """Puts what is wanted and not there before the process, in place of what was put there earlier."""
        self._number += 1
        missing = self._missing()
        self._unsent = deque(packed(self._number, writing) for writing in missing or [None])
        self._send()

    def _send(self) -> None:
        with contextlib.suppress(BlockingIOError):  # a full desk: the rest goes with the next poll
            while self._unsent and self._desk is not None:
                try:
                    self._desk.send(self._unsent[0])
                except BlockingIOError:
                    raise
                except OSError:  # it has died, which the next poll finds out
                    return
                self._unsent.popleft()

    def _heed(self, packet: bytes, files: list[int]) -> list[Panel]:
        """The panel of a message, kept. Raises what reading nonsense raises."""
        plain = json.loads(packet)
        _, writing = unpacked(packet)
        self._beats += 1
        self._heard = True
        if "size" not in plain:
            self._say(plain["reason"] if writing is None
                      else f"lettering {writing.title[:60]!r}: {plain['reason']}; it is left out")
            self._hopeless.add(writing)
            return []
        self._in_a_row = 0
        panel = Panel(writing, _pixels(plain["size"], files[0]))
        self._panels[writing] = panel
        self._panels.move_to_end(writing)
        self._forget()
        return [panel]

    def _say(self, line: str) -> None:
        """Logs a line, once: the next process may find the same."""
        if line not in self._said:
            self._said.add(line)
            log.warning("%s", line)

    def _forget(self) -> None:
        """Lets go of what was shown longest ago, but of nothing that is wanted."""
        held = sum(panel.pixels.nbytes for panel in self._panels.values())
        for writing in list(self._panels):
            if held <= self._kept_bytes:
                return
            if writing not in self._wanted and twin(writing) not in self._wanted:
                held -= self._panels.pop(writing).pixels.nbytes

    # The process's life ----------------------------------------------------------------------------

    def _start(self) -> None:
        spawn = multiprocessing.get_context("spawn")
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ours.setblocking(False)
        try:
            with theirs:
                process = spawn.Process(target=self._serve, args=(theirs,), name="showroom scribe",
                                        daemon=True)
                process.start()
        except OSError as error:
            ours.close()
            self._lose(f"it could not be started ({error})")
            return
        self._process, self._desk, self._heard = process, ours, False
        self._pulse = Pulse(process.pid, self._patience_s)
        if self._wanted:
            self._ask()

    def _tend(self) -> None:
        if self._process is None:
            if time.monotonic() >= self._start_at:
                self._start()
            return
        self._send()
        self._beats += not self._missing()  # who is asked for nothing has nothing to say
        if fault := self._pulse.lost(self._beats):
            self._lose(fault)

    def _lose(self, fault: str) -> None:
        self._end(0.0)
        self._faults += 1
        self._in_a_row += 1
        self._fault = fault
        pause_s = min(_FIRST_PAUSE_S * 2 ** (self._in_a_row - 1), _LONGEST_PAUSE_S)
        self._start_at = time.monotonic() + pause_s
        log.warning("the scribe was lost: %s; signs that are lettered stay, another starts in %.3g s",
                    fault, pause_s)

    def _end(self, patience_s: float) -> None:
        if self._desk is not None:
            self._desk.close()
        if self._process is not None:
            self._process.kill()
            self._process.join(patience_s)  # one that has not gone yet is collected at the next start
        self._process = self._desk = self._pulse = None


def _pixels(size: list[int], file: int) -> np.ndarray:
    """(h, w, 4) uint8, a view into memory that lives as long as it does. Raises ValueError for a wrong size."""
    width, height = size
    bytes_ = width * height * 4
    if not (0 < width <= _MOST_EDGE_PX and 0 < height <= _MOST_EDGE_PX) or os.fstat(file).st_size != bytes_:
        raise ValueError(f"{os.fstat(file).st_size} bytes for {width}x{height} px")
    memory = mmap.mmap(file, bytes_, access=mmap.ACCESS_READ)
    return np.frombuffer(memory, np.uint8).reshape(height, width, 4)[::-1]
