"""The imagine worker: a process of its own that answers the newest request and nothing else.

It is niced, its threads are bounded, and it looks for a newer request between any two messages and any
two operations of a painter, who then drops what it is at. The model is loaded in a thread while nothing
else is to do, or when the first request needs it; a request that needs no model is answered meanwhile.
"""

import contextlib
import ctypes
import logging
import os
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from showroom.errors import ShowroomError
from showroom.imagine.cache import Cache
from showroom.imagine.channel import Channel
from showroom.imagine.hands import Hands
from showroom.imagine.make import Making
from showroom.imagine.messages import Value, encode
from showroom.words.image import Image
from showroom.words.request import Request
from showroom.words.result import Failed

log = logging.getLogger(__name__)

NICENESS = 15
_IDLE_S, _FULL_S, _LOADING_S = 0.25, 0.002, 0.05  # how long one wait lasts before the next heartbeat
_REASON_LETTERS = 1000
_SMALL_BYTES, _JOINED = 4 << 10, 6  # levels so small travel together, so many at most: each costs a frame
_MOST_HANDS = 4
_NAP_S = 0.02  # how long a rest lasts before the next look for a newer request
_REST, _LONGEST_REST_S = 20.0, 1.0  # at one frame in twenty late, it works half the time


def load_nose():
    """The embedded model, loaded. Raises ModelError."""
    from showroom.imagine.nose import Nose

    return Nose.load()


@dataclass(frozen=True)
class Work:
    """What a worker is started with; it is pickled on the way.

    make, load_nose : importable functions, as `make.make` and `load_nose` here.
    warm_after_s : idle time after which the model is loaded unasked; None: never.
    answered : number of a request that needs no answer any more.
    """

    cache_dir: Path
    make: Callable[[Request, Callable[[], object], Cache, Hands], Making]
    load_nose: Callable[[], object] = load_nose
    warm_after_s: float | None = 1.0
    answered: int = 0


class _Superseded(Exception):
    """A newer request has come."""


class _Orphaned(Exception):
    """The show has gone."""


def serve(channel_name: str, wake: Connection, work: Work) -> None:
    """The process's main function: works until the show is gone or kills it.

    wake : becomes readable when there is a new request, and ends when the show does.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the show's to handle
    os.nice(NICENESS)
    os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))  # one that wakes takes no core off a frame
    threads = str(max(1, (os.cpu_count() or 2) // (2 * _hands())))  # for each hand
    os.environ.update(OMP_NUM_THREADS=threads, MKL_NUM_THREADS=threads, OMP_WAIT_POLICY="PASSIVE",
                      TOKENIZERS_PARALLELISM="false")
    logging.basicConfig(level=logging.WARNING, format="showroom: imagine: %(message)s")
    channel = Channel.attach(channel_name)
    try:
        _Worker(channel, wake, work).run()
    except _Orphaned:
        pass
    finally:
        channel.close()


def _hands() -> int:
    """How many surfaces are painted at once."""
    return max(1, min(_MOST_HANDS, os.cpu_count() or 2))


def _give_back() -> None:
    """The allocator's free pages to the system: what a place took to paint is a few hundred megabytes."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # the GNU library's
    if trim is not None:
        trim(0)


class _Worker:
    def __init__(self, channel: Channel, wake: Connection, work: Work):
        self._channel, self._wake, self._work = channel, wake, work
        self._cache = Cache(work.cache_dir, forgiving=True)
        self._model = _Model(channel, work.load_nose)
        self._rested = threading.local()  # when each thread last did
        self._joined: list[list[memoryview]] = []  # encoded, and to be sent with what comes next

    def run(self) -> None:
        """Raises _Orphaned when the show has gone."""
        answered, idle_since = self._work.answered, time.monotonic()
        self._channel.beat()
        while True:
            if self._channel.mailbox.newest in (0, answered):
                self._idle(idle_since)
                continue
            answered, request = self._channel.mailbox.get()
            self._rested.at_s = time.monotonic()
            self._answer(answered, request)
            _give_back()
            idle_since = time.monotonic()

    def _idle(self, since: float) -> None:
        self._channel.beat()
        warm_after_s = self._work.warm_after_s
        if warm_after_s is not None and time.monotonic() - since > warm_after_s:
            self._model.begin()
        self._pause(_IDLE_S)

    def _answer(self, number: int, request: Request) -> None:
        self._joined.clear()
        try:
            try:
                hands = Hands(_hands(), lambda: self._between(number))
                making = self._work.make(request, lambda: self._nose(number), self._cache, hands)
                with contextlib.closing(making):
                    for value in making:
                        if value is not request.spec:  # the show told itself what it had asked with
                            self._send(number, value)
            except ShowroomError as error:
                self._send(number, Failed(_line(error)))
            except (_Superseded, _Orphaned):
                raise
            except Exception as error:
                log.exception("answering request %d failed", number)
                found = f"{type(error).__name__}: {error}"
                reason = f"making a {request.kind} failed: {found}; the log has the details"
                self._send(number, Failed(_line(reason)))
        except _Superseded:
            pass

    def _send(self, number: int, value: Value) -> None:
        self._between(number)
        parts = encode(value)
        small = isinstance(value, Image) and value.pixels.nbytes <= _SMALL_BYTES
        if not small or len(self._joined) == _JOINED:
            self._put_joined(number)
        if small:
            self._joined.append(parts)  # whatever ends a surface is larger, or no image
        else:
            self._channel.ring.put(number, parts, lambda: self._wait(number))

    def _put_joined(self, number: int) -> None:
        joined = [part for parts in self._joined for part in parts]
        self._joined.clear()
        if joined:
            self._channel.ring.put(number, joined, lambda: self._wait(number))

    def _attend(self, number: int) -> None:
        self._channel.beat()
        if self._channel.mailbox.newest != number:
            raise _Superseded

    def _between(self, number: int) -> None:
        """Between any two steps of any thread. While frames are late, it rests for as long as it worked,
        times how late they are: it shares the graphics card, or the cores, with the show."""
        self._attend(number)
        now = time.monotonic()
        worked_s = now - self._rested.__dict__.setdefault("at_s", now)
        if worked_s < _FULL_S:
            return
        until = now + min(worked_s * _REST * self._channel.strain, _LONGEST_REST_S)
        while (left_s := until - time.monotonic()) > 0.001:
            time.sleep(min(left_s, _NAP_S))
            self._attend(number)
        self._rested.at_s = time.monotonic()

    def _wait(self, number: int) -> None:
        """The ring is full: the show has not read yet."""
        self._attend(number)
        self._pause(_FULL_S)

    def _pause(self, seconds: float) -> None:
        """Until the show wakes us, at most so long."""
        if self._wake.poll(seconds) and not os.read(self._wake.fileno(), 4096):
            raise _Orphaned

    def _nose(self, number: int) -> object:
        """The loaded model; waits for it, unless a newer request comes."""
        self._model.begin()
        while not self._model.loaded(_LOADING_S):
            self._attend(number)
        return self._model.take()


class _Model:
    """The model and the thread that loads it. A load that failed is tried again when asked for again."""

    def __init__(self, channel: Channel, load: Callable[[], object]):
        self._channel, self._load = channel, load
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None
        self._nose: object | None = None
        self._error: Exception | None = None

    def begin(self) -> None:
        """Start loading, unless that has begun."""
        if self._thread is None:
            self._ended.clear()
            self._channel.model = "loading"
            self._thread = threading.Thread(target=self._run, name="model", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        try:
            self._nose = self._load()
            self._channel.model = "ready"
        except Exception as error:  # handed to whoever takes the model
            self._error = error
            self._channel.model = "failed"
            log.warning("loading the model failed: %s", _line(error))
        self._ended.set()

    def loaded(self, seconds: float) -> bool:
        """Whether loading has ended, well or not; waits at most so long."""
        return self._ended.wait(seconds)

    def take(self) -> object:
        """The loaded model. Raises what loading raised."""
        if self._error is None:
            return self._nose
        error, self._error, self._thread = self._error, None, None
        raise error


def _line(error: object) -> str:
    """One line of bounded length."""
    return " ".join(str(error).split())[:_REASON_LETTERS]
