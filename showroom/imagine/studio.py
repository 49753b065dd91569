"""The studio: the show's side of the imagine worker. It asks, reads what has come, and never waits.

A worker that dies, hangs or sends what is not ours is killed and started again after a growing
pause; the newest request is then asked for again. A request that kills worker after worker is given
up as Failed. All that is done a step at a time, inside `poll`.
"""

import dataclasses
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from showroom.errors import RingError
from showroom.imagine.cache import Cache
from showroom.imagine.channel import MODEL_STATES
from showroom.imagine.hire import Hire
from showroom.imagine.mailbox import letter_of
from showroom.imagine.make import Making, make
from showroom.imagine.messages import Value, decode_all
from showroom.imagine.worker import Work, load_nose
from showroom.words.geometry import Geometry
from showroom.words.request import Request
from showroom.words.result import Done, Failed, Result
from showroom.words.scenespec import SceneSpec

log = logging.getLogger(__name__)

RING_BYTES = 32 << 20
POLL_BYTES = 32 << 20  # however slowly the loop turns
POLL_BYTES_A_SECOND = 60e6  # with what handling costs: three pieces in every other frame at 90 Hz
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.25, 8.0
_FAULTS_A_REQUEST = 3
_STRAIN_FRAMES = 60

STARTING, IDLE, WORKING, RESTING, CLOSED = "starting", "idle", "working", "resting", "closed"


@dataclass(frozen=True)
class StudioStatus:
    """For staff.

    state    : "starting", "idle", "working", "resting" (while one worker follows another) or "closed".
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
        self._work = Work(Path(cache_dir), make, load_nose, warm_after_s)
        self._ring_bytes, self._patience_s, self._poll_bytes = ring_bytes, patience_s, poll_bytes
        self._letter = b""                   # the newest request, for the next worker; b"" for none
        self._is_personal = False            # it says something of a visitor
        self._was_told = False               # the worker was told such
        self._request = self._answered = 0
        self._known: list[Value] = []        # what needs no worker
        self._delivered: set[tuple] = set()
        self._faults_in_a_row = self._faults = 0
        self._fault = ""
        self._strain = 0.0                   # share of late frames, of the last second or so
        self._start_at = self._polled_s = time.monotonic()
        self._pace_s = 0.0                   # between the last two polls
        self._has_read = False               # the last poll did
        self._leaving: Hire | None = None    # dismissed and not gone yet
        self._closed = False
        self._worker: Hire | None = self._hire()

    def __enter__(self) -> "Studio":
        return self

    def __exit__(self, *_) -> None:
        self.close()

    def request(self, request: Request) -> int:
        """Ask; what was asked before is dropped. Returns the number its results will carry.

        A request's own spec is its first result at once, whatever the worker is at.
        Raises InputError if the request is too long to send.
        """
        self._letter, self._is_personal = letter_of(request), request.is_personal
        self._was_told |= request.is_personal
        self._request += 1
        self._known = [request.spec] if request.spec is not None else []
        self._delivered.clear()
        self._faults_in_a_row = 0
        self._start_at = time.monotonic()
        if self._worker is not None:
            self._worker.ask(self._request, self._letter)
        return self._request

    def poll(self) -> list[Result]:
        """What has come for the newest request since the last call. Never waits.

        A call after one that has read looks after the worker only: its frame uploads what the other read.
        """
        if self._closed:
            return []
        values, self._known = [*self._known, *self._tend()], []
        budget_bytes, worker = self._budget(), self._worker
        self._has_read = worker is not None and worker.channel.ring.filled > 0 and not self._has_read
        if self._has_read:
            try:
                for message in worker.channel.ring.take(self._request, budget_bytes):
                    values += decode_all(message)
            except RingError as error:
                values += self._lose(str(error))
        return [Result(self._request, value) for value in values if self._is_news(value)]

    def heed(self, late: bool) -> None:
        """Whether the last frame was late. While frames are, the worker rests between what it makes.

        It shares the graphics card, or the cores, with the show.
        """
        self._strain += (late - self._strain) / _STRAIN_FRAMES
        if self._worker is not None:
            self._worker.channel.strain = self._strain

    def forget(self) -> bool:
        """A visit has ended: whether the worker had been told anything of the visitor.

        Then it is ended, its memory with it, and another one takes its place; what it was asked last is asked
        again, unless that was the visitor's.
        """
        if not self._was_told or self._closed:
            return False
        self._was_told = False
        if self._is_personal:
            self._letter, self._is_personal, self._known = b"", False, []
            self._answered = self._request
        if self._worker is not None:
            self._dismiss()
        self._start_at = time.monotonic()
        return True

    def _budget(self) -> int:
        """Bytes to read now: in the measure of the time between polls, of which every other one reads.

        The shorter of the last two counts: a frame that came late is not made later still by what it missed.
        """
        now = time.monotonic()
        before_s, self._pace_s, self._polled_s = self._pace_s, now - self._polled_s, now
        return min(self._poll_bytes, int(2 * min(before_s, self._pace_s) * POLL_BYTES_A_SECOND) + 1)

    def status(self) -> StudioStatus:
        """Cheap; for every frame if wanted."""
        worker = self._worker
        if worker is None:
            state, pid, model, backlog_bytes = CLOSED if self._closed else RESTING, None, MODEL_STATES[0], 0
        else:
            busy = IDLE if self._answered == self._request else WORKING
            state, pid = busy if worker.channel.beats else STARTING, worker.pid
            model, backlog_bytes = worker.channel.model, worker.channel.ring.filled
        return StudioStatus(state, pid, model, self._request, self._faults, self._fault, backlog_bytes)

    def close(self) -> None:
        """End the worker and give everything back. May be called twice."""
        self._closed = True
        for worker in (self._worker, self._leaving):
            if worker is not None:
                worker.close()
        self._worker = self._leaving = None

    # The worker's life ----------------------------------------------------------------------------

    def _hire(self) -> Hire:
        work = dataclasses.replace(self._work, answered=self._answered)
        worker = Hire(work, self._ring_bytes, self._patience_s)
        if self._letter:
            worker.ask(self._request, self._letter)
        return worker

    def _tend(self) -> list[Value]:
        """One look after the worker; a Failed if it was lost once too often over one request."""
        if self._leaving is not None:
            if self._leaving.gone:
                self._leaving.close()
                self._leaving = None
        elif self._worker is not None:
            if fault := self._worker.fault():
                return self._lose(fault)
        elif time.monotonic() >= self._start_at:
            try:
                self._worker = self._hire()
            except (RingError, OSError) as error:
                return self._lose(str(error))
        return []

    def _lose(self, fault: str) -> list[Value]:
        """Kill the worker, have the next one start after a pause, and say so."""
        if self._worker is not None:
            self._dismiss()
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

    def _dismiss(self) -> None:
        """Kill the worker; its memory is given back once it has gone."""
        self._worker.dismiss()
        self._worker, self._leaving = None, self._worker

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
