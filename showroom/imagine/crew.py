"""The crew: processes of this machine that bake places side by side, in the order they are asked for.

Each has one torch thread: so many jobs are so many cores, and the bytes do not depend on how many. A
process that dies (killed, out of memory) costs the place it was at; another takes its seat.
"""

import contextlib
import functools
import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path

from showroom.errors import CacheError
from showroom.imagine.bake import Baked, Task, bake
from showroom.imagine.cache import Cache
from showroom.imagine.worker import load_nose

_AHEAD = 4  # places in work or waiting to be given back in order, for each process
_ENDING_S = 5.0
# the environment of a process that is one of several
ALONE = {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1",
          "OMP_WAIT_POLICY": "PASSIVE", "TOKENIZERS_PARALLELISM": "false"}


@dataclass(frozen=True)
class Step:
    """How far a place has come, 0 to 1, and what is being made."""

    name: str
    fraction: float
    making: str


def bake_all(tasks: Iterable[Task], jobs: int, cache_dir: Path,
             load_nose: Callable[[], object] = load_nose) -> Iterator[Baked | Step]:
    """Bakes everything: a Baked for each task, in their order, and Steps between.

    tasks     : read as they are needed; a few for each job are held at a time.
    jobs      : processes, at least 1.   load_nose : importable; called at most once in a process.
    Raises    : CacheError if the folder cannot be written. However one leaves, the processes end.
    """
    coming, seats = enumerate(tasks), [_Seat(cache_dir, load_nose) for _ in range(jobs)]
    done: dict[int, Baked] = {}
    given = next_out = 0
    exhausted = False
    try:
        while not exhausted or next_out < given:
            while not exhausted and given - next_out < _AHEAD * jobs and (seat := _free(seats)):
                number, task = next(coming, (-1, None))
                exhausted = task is None
                if task is not None:
                    given = number + 1
                    seat.give(number, task)
            for seat in _heard(seats):
                for number, said in seat.hear():
                    if isinstance(said, Step):
                        yield said
                    elif isinstance(said, CacheError):
                        raise said
                    else:
                        done[number] = said
            while next_out in done:
                yield done.pop(next_out)
                next_out += 1
    finally:
        for seat in seats:
            seat.close()


def _free(seats: list["_Seat"]) -> "_Seat | None":
    return next((seat for seat in seats if seat.task is None), None)


def _heard(seats: list["_Seat"]) -> list["_Seat"]:
    """Those who have something to say; waits until there is one, if anybody is at work."""
    busy = {seat.pipe: seat for seat in seats if seat.task is not None}
    return [busy[pipe] for pipe in wait(list(busy))] if busy else []


class _Seat:
    """One process's seat: who sits there is started when there is something to do, and replaced when dead."""

    def __init__(self, cache_dir: Path, load_nose: Callable[[], object]):
        self._arguments = cache_dir, load_nose
        self._process = None
        self.pipe: Connection | None = None
        self.task: tuple[int, Task] | None = None

    def give(self, number: int, task: Task) -> None:
        """Puts a task before the process."""
        if self._process is None:
            self._start()
        self.task = number, task
        with contextlib.suppress(BrokenPipeError):  # it has died since: hear() finds out
            self.pipe.send(task)

    def hear(self) -> list[tuple[int, Baked | Step | CacheError]]:
        """What it says now, with the task's number."""
        number, task = self.task
        try:
            said = self.pipe.recv()
        except (EOFError, OSError):
            self._process.join(_ENDING_S)
            code = self._process.exitcode
            self.close()
            said = Baked(task.name, error=f"baking {task.name}: its process ended with code {code} before it was "
                                          "done; a machine with enough memory is needed; bake again with fewer --jobs")
        if not isinstance(said, Step):
            self.task = None
        return [(number, said)]

    def _start(self) -> None:
        spawn = multiprocessing.get_context("spawn")
        self.pipe, theirs = spawn.Pipe()
        self._process = spawn.Process(target=_work, args=(theirs, *self._arguments), name="showroom bake", daemon=True)
        with theirs, _environment(ALONE):
            self._process.start()

    def close(self) -> None:
        """Ends the process, if there is one."""
        if self._process is not None:
            self._process.kill()
            self._process.join(_ENDING_S)
            self.pipe.close()
        self._process = self.pipe = self.task = None


@contextlib.contextmanager
def _environment(added: dict[str, str]) -> Iterator[None]:
    """The environment with these, for the processes started meanwhile."""
    before = {name: os.environ.get(name) for name in added}
    os.environ.update(added)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


def _work(pipe: Connection, cache_dir: Path, load_nose: Callable[[], object]) -> None:
    """A process's main function: bakes what comes until nobody sends any more."""
    nose = functools.cache(load_nose)
    while True:
        try:
            task: Task = pipe.recv()
            said = _bake(pipe, task, nose, cache_dir)
            pipe.send(said)
        except (EOFError, BrokenPipeError, KeyboardInterrupt):
            return


def _bake(pipe: Connection, task: Task, nose: Callable[[], object], cache_dir: Path) -> Baked | CacheError:
    try:
        return bake(task, nose, Cache(cache_dir, ledger=[]), lambda *step: pipe.send(Step(task.name, *step)))
    except CacheError as error:
        return error
