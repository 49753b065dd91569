"""Kept: a process of its own, which is started again when it ends, and ends when the show does."""

import contextlib
import multiprocessing
import os
import time
from collections.abc import Callable, Iterator

LOOK_S = 0.25                         # how often it is looked after
BACK_OFF_S = (0.25, 1.0, 2.0, 5.0, 15.0, 30.0)
PROVEN_S = 60.0                       # who has lived so long begins again with the shortest
CLOSING_S = 3.0
_THREADS = "OPENBLAS_NUM_THREADS"     # numpy's products wait for each other's threads longer than they take


class Kept:
    """name : for staff.   work : called in the process as work(end, starts, *given).

    end    : a connection on which nothing ever comes; it is at its end when the show is, however that ended.
    starts : how often the process was started before.

    news : lines for staff that nobody has read yet.
    """

    def __init__(self, name: str, work: Callable, given: tuple):
        self._name, self._work, self._given = name, work, given
        self._process = self._hold = None
        self.starts, self._failed = 0, 0
        self._looked_s = self._began_s = self._again_s = 0.0
        self.news: list[str] = []
        self._start(time.monotonic())

    @property
    def pid(self) -> int | None:
        """Of the process that lives, or None."""
        return self._process.pid if self._process is not None and self._process.is_alive() else None

    def look(self) -> None:
        """Starts it again if it has ended and it is time; cheap, call it every frame."""
        now = time.monotonic()
        if now - self._looked_s < LOOK_S:
            return
        self._looked_s = now
        if self._process is not None and not self._process.is_alive():
            self._lost(now)
        if self._process is None and now >= self._again_s:
            self._start(now)

    def close(self) -> None:
        """Lets it end by itself, and ends it if it does not."""
        process, self._process = self._process, None
        if process is None:
            return
        self._hold.close()
        process.join(CLOSING_S)
        if process.is_alive():
            process.kill()
            process.join(CLOSING_S)
        if not process.is_alive():
            process.close()

    def _start(self, now: float) -> None:
        spawn = multiprocessing.get_context("spawn")
        end, self._hold = spawn.Pipe(duplex=False)
        self._process = spawn.Process(target=self._work, args=(end, self.starts, *self._given),
                                      name=f"showroom {self._name}", daemon=True)
        with end, _one_thread():
            try:
                self._process.start()
            except OSError as error:
                self._process = None
                self._hold.close()
                self._later(now, f"it cannot be started ({error})")
                return
        self.starts, self._began_s = self.starts + 1, now

    def _lost(self, now: float) -> None:
        code = self._process.exitcode
        self._process.close()
        self._hold.close()
        self._process = None
        if now - self._began_s > PROVEN_S:
            self._failed = 0
        self._later(now, f"it ended with code {code}")

    def _later(self, now: float, why: str) -> None:
        wait_s = BACK_OFF_S[min(self._failed, len(BACK_OFF_S) - 1)]
        self._failed += 1
        self._again_s = now + wait_s
        if self._failed == 1:
            self.news.append(f"the {self._name} process is lost: {why}; it is started again in {wait_s:g} s")
        elif self._failed == len(BACK_OFF_S):
            self.news.append(f"the {self._name} process is lost again and again: {why}; what it said stands above; "
                             f"from now on it is tried every {wait_s:g} s")


@contextlib.contextmanager
def _one_thread() -> Iterator[None]:
    """What is started meanwhile does its products in its own thread: on a busy machine helpers come late."""
    before = os.environ.get(_THREADS)
    os.environ[_THREADS] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_THREADS]
        else:
            os.environ[_THREADS] = before
