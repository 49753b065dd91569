"""Hands: surfaces painted side by side, each by a thread of its own, given up as soon as nobody wants them.

A hand's work is tensor and array operations, which give up the interpreter's lock; so two hands are two
cores' worth. One hand is nobody but the caller: work is done when its outcome is asked for.
"""

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass

_LOOK_S = 0.02  # how long whoever waits for a hand goes without a look around


def _no_matter() -> None:
    """Nothing that could want a hand to stop."""


@dataclass(frozen=True)
class Hands:
    """How surfaces are painted.

    count : at once, at least 1.
    between : called by every hand between any two operations, and by whoever waits for one; it may
              sleep, and whatever it raises ends the work. It must bear being called from any thread.
    """

    count: int = 1
    between: Callable[[], None] = _no_matter


class Bench:
    """Where hands work. A context manager: leaving it, they drop what they are at, and are gone.

    Work is a function of `between`, which it calls often.
    """

    def __init__(self, hands: Hands):
        self._between, self._dropped = hands.between, threading.Event()
        self._waiting: queue.SimpleQueue = queue.SimpleQueue()
        self._done: queue.SimpleQueue = queue.SimpleQueue()
        count = hands.count if hands.count > 1 else 0
        self._threads = [threading.Thread(target=self._work, name=f"hand {n}", daemon=True)
                         for n in range(count)]

    def __enter__(self) -> "Bench":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_) -> None:
        self._dropped.set()
        for _ in self._threads:
            self._waiting.put(None)
        for thread in self._threads:
            thread.join()

    def give(self, name: str, work: Callable[[Callable[[], None]], object]) -> None:
        """Something to do, after what was given before."""
        self._waiting.put((name, work))

    def done(self, wait: bool) -> tuple[str, object] | None:
        """(name, what it came to) of a work that is done; one hand alone works only if asked to wait.

        wait : False: None if nothing is done yet.
        Raises what the work raised, and what `between` does.
        """
        if not self._threads:
            finished = self._tried(*self._waiting.get_nowait()) if wait else None
        else:
            finished = self._heard(wait)
        if finished is None:
            return None
        name, outcome, error = finished
        if error is not None:
            raise error
        return name, outcome

    def _heard(self, wait: bool) -> tuple[str, object, BaseException | None] | None:
        while True:
            try:
                return self._done.get(wait, _LOOK_S)
            except queue.Empty:
                if not wait:
                    return None
                self._between()

    def _work(self) -> None:
        while (given := self._waiting.get()) is not None:
            self._done.put(self._tried(*given))

    def _tried(self, name: str, work: Callable) -> tuple[str, object, BaseException | None]:
        try:
            self.look()
            return name, work(self.look), None
        except BaseException as error:  # raised again where the outcome is asked for
            return name, None, error

    def look(self) -> None:
        """Between two steps of any work on this bench: raises what `between` does, or when it is left."""
        if self._dropped.is_set():
            raise _Dropped
        self._between()


class _Dropped(Exception):
    """Nobody wants the work any more."""
