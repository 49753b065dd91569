"""The studio: the show's side of the imagine worker. It asks, reads what has come, and never waits.

A worker that dies, hangs or sends what is not ours is killed and started again after a growing
pause; the newest request is then asked for again. A request that kills worker after worker is given
up as Failed. All that is done a step at a time, inside `poll`.
"""

import logging
import multiprocessing
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from showroom.errors import RingError
from showroom.imagine.cache import Cache
from showroom.imagine.channel import Channel
from showroom.imagine.make import Making, make
from showroom.imagine.messages import Value, decode
from showroom.imagine.pulse import Pulse
from showroom.imagine.worker import Work, load_nose, serve
from showroom.words.geometry import Geometry
from showroom.words.request import Request
from showroom.words.result import Done, Failed, Result
from showroom.words.scenespec import SceneSpec

log = logging.getLogger(__name__)

RING_BYTES = 32 << 20
POLL_BYTES = 4 << 20
POLL_BYTES_A_SECOND = 72e6  # 0.8 MB in a frame at 90 Hz: a place in half a second, and no frame feels it
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.25, 8.0
_FAULTS_A_REQUEST = 3
_CLOSING_S = 5.0

STARTING, IDLE, WORKING, RESTING, CLOSED = "starting", "idle", "working", "resting", "closed"


@dataclass(frozen=True)
class StudioStatus:
    """For staff.

    state    : "starting", "idle", "working", "resting" (after a fault) or "closed".
    pid      : the worker's, None while there is none.   model : one of channel.MODEL_STATES.
    request  : newest number asked for, 0 before the first.   faults : workers lost since the start.
    fault    : the last one, in words.   backlog_bytes : written by the worker and not yet read.
    """

    state: str
    pid: int | None
    model: str
    request: int
    faults: int
    fault: str
    backlog_bytes: int


class Studio:
    """Use as a context manager: leaving ends the worker and gives the shared memory back.

    cache_dir    : where painted and grown assets are kept.   ring_bytes : of shared memory.
    warm_after_s : idle seconds after which the worker loads the model unasked; None: never.
    patience_s   : silence after which a worker that does nothing is taken for hung.
    poll_bytes   : about as much is copied in one `poll`, at most; less when polls follow closely.
    make, load_nose : what the worker works with; importable functions.
    """

    def __init__(self, cache_dir: Path, ring_bytes: int = RING_BYTES, *, warm_after_s: float | None = 1.0,
                 patience_s: float = 30.0, poll_bytes: int = POLL_BYTES,
                 make: Callable[[Request, Callable[[], object], Cache], Making] = make,
                 load_nose: Callable[[], object] = load_nose):
        self._channel = Channel.create(ring_bytes)
        self._work = (Path(cache_dir), make, load_nose, warm_after_s)
        self._patience_s, self._poll_bytes = patience_s, poll_bytes
        self._process: multiprocessing.process.BaseProcess | None = None
        self._wake: Connection | None = None
        self._ending = self._closed = False
        self._start_at = 0.0
        self._pulse: Pulse | None = None
        self._polled_s = time.monotonic()
        self._request = self._answered = 0
        self._faults_in_a_row = self._faults = 0
        self._fault = ""
        self._delivered: set[tuple] = set()
        self._known: list[Value] = []  # what needs no worker
        try:
            self._start()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> "Studio":
        return self

    def __exit__(self, *_) -> None:
        self.close()

    def request(self, request: Request) -> int:
        """Ask; what was asked before is dropped. Returns the number its results will carry.

        A request's own spec is its first result at once, whatever the worker is at.
        Raises InputError if the request is too long to send.
        """
        self._channel.mailbox.put(self._request + 1, request)
        self._request += 1
        self._delivered.clear()
        self._known = [request.spec] if request.spec is not None else []
        self._faults_in_a_row = 0
        self._start_at = 0.0
        self._rouse()
        return self._request

    def poll(self) -> list[Result]:
        """What has come for the newest request since the last call. Never waits."""
        if self._closed:
            return []
        values, self._known = [*self._known, *self._tend()], []
        if self._process is not None and not self._ending:
            try:
                messages = self._channel.ring.take(self._request, self._budget())
                values += [decode(message) for message in messages]
            except RingError as error:
                values += self._lose(str(error))
        return [Result(self._request, value) for value in values if self._is_news(value)]

    def _budget(self) -> int:
        """Bytes to read now: in the measure of the time since the last poll, so that slow loops keep up."""
        now = time.monotonic()
        since_s, self._polled_s = now - self._polled_s, now
        return min(self._poll_bytes, int(since_s * POLL_BYTES_A_SECOND) + 1)

    def status(self) -> StudioStatus:
        """Cheap; for every frame if wanted."""
        if self._closed:
            return StudioStatus(CLOSED, None, "absent", self._request, self._faults, self._fault, 0)
        if self._process is None or self._ending:
            state = RESTING
        elif not self._channel.beats:
            state = STARTING
        else:
            state = IDLE if self._answered == self._request else WORKING
        pid = self._process.pid if self._process is not None else None
        return StudioStatus(state, pid, self._channel.model, self._request, self._faults, self._fault,
                            self._channel.ring.filled)

    def close(self) -> None:
        """End the worker and give everything back. May be called twice."""
        if self._closed:
            return
        self._closed = True
        if self._process is not None:
            self._process.kill()
            self._process.join(_CLOSING_S)
            self._forget_process()
        self._channel.close()

    # The worker's life ----------------------------------------------------------------------------

    def _start(self) -> None:
        spawn = multiprocessing.get_context("spawn")
        theirs, self._wake = spawn.Pipe(duplex=False)
        os.set_blocking(self._wake.fileno(), False)
        cache_dir, make, load_nose, warm_after_s = self._work
        work = Work(cache_dir, make, load_nose, warm_after_s, self._answered)
        self._process = spawn.Process(target=serve, args=(self._channel.name, theirs, work),
                                      name="showroom imagine", daemon=True)
        self._process.start()
        theirs.close()
        self._pulse = Pulse(self._process.pid, self._patience_s)

    def _rouse(self) -> None:
        """Wake the worker if it waits."""
        if self._wake is not None:
            try:
                os.write(self._wake.fileno(), b"\0")
            except (BlockingIOError, BrokenPipeError):  # it has wakes enough to read, or is dead
                pass

    def _tend(self) -> list[Value]:
        """One look after the worker; a Failed if it was lost once too often over one request."""
        if self._process is None:
            if time.monotonic() >= self._start_at:
                self._start()
        elif self._ending:
            if not self._process.is_alive():
                self._forget_process()
                self._channel.renew()
        elif not self._process.is_alive():
            return self._lose(f"it ended with code {self._process.exitcode}")
        elif fault := self._pulse.lost(self._channel.beats):
            return self._lose(fault)
        return []

    def _lose(self, fault: str) -> list[Value]:
        """Kill the worker, have the next one start after a pause, and say so."""
        self._process.kill()
        self._ending = True
        self._faults += 1
        self._faults_in_a_row += 1
        self._fault = fault
        pause_s = min(_FIRST_PAUSE_S * 2 ** (self._faults_in_a_row - 1), _LONGEST_PAUSE_S)
        self._start_at = time.monotonic() + pause_s
        log.warning("the imagine worker was lost: %s; another starts in %.3g s", fault, pause_s)
        if self._answered == self._request or self._faults_in_a_row % _FAULTS_A_REQUEST:
            return []
        return [Failed(f"request {self._request} lost {_FAULTS_A_REQUEST} workers, the last because {fault}; "
                       "it is given up; ask for something else")]

    def _forget_process(self) -> None:
        self._process.close()
        self._wake.close()
        self._process = self._wake = None
        self._ending = False

    def _is_news(self, value: Value) -> bool:
        """False for what has been given before (by a worker lost since); notes when a request is answered."""
        if isinstance(value, (Done, Failed)):
            self._answered = self._request
            if isinstance(value, Done):
                self._faults_in_a_row = 0
        if isinstance(value, SceneSpec):
            key = ("spec",)
        elif isinstance(value, Geometry):
            key = (value.part, value.first_instance)
        else:
            return True
        if key in self._delivered:
            return False
        self._delivered.add(key)
        return True
