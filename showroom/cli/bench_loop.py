"""What the benches of frames share: the show's own loop, with rasterising off."""

import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterator

RATE_HZ = 90.0
TOO_LONG_S = 300.0


def rasterising_off() -> None:
    """Before a context is made: Mesa's drivers compute nothing of a picture, so that calls cost no more.

    Its software driver would draw inside the calls that are measured. Threading goes with it: Mesa 22's
    threaded context writes beyond the switched-off driver's buffers and dies. GALLIUM_NOOP=0 in the
    environment leaves rasterising on (for GPU times on Mesa's hardware drivers).
    """
    os.environ.setdefault("GALLIUM_NOOP", "1")
    os.environ["GALLIUM_THREAD"] = "0"


def rasterises_in_hardware() -> bool:
    """Whether a graphics card draws what the current context is told; else GPU times mean nothing."""
    from showroom import gl

    return not gl.draws_in_software() and not gl.describe()["renderer"].startswith("NOOP")


class Loop:
    """The show's loop, paced; keeps how long each frame's work took, by the clock and of the processor."""

    def __init__(self, show, display):
        self.show, self._display = show, display
        self._start = self._next = time.perf_counter()
        self.times_ms: list[tuple[float, float]] = []

    def frame(self) -> None:
        """Waits for the next beat, then one turn of the loop."""
        now = time.perf_counter()
        if now < self._next:
            time.sleep(self._next - now)
        self._next = max(self._next, now) + 1 / RATE_HZ
        before, used = time.perf_counter(), time.thread_time()
        self._display.time_s = before - self._start
        self.show.frame()
        work_s, thread_s = time.perf_counter() - before, time.thread_time() - used
        self.times_ms.append((work_s * 1e3, thread_s * 1e3))

    def frames(self, count: int) -> list[tuple[float, float]]:
        """Times of so many frames, ms: by the clock, and of this thread on the processor."""
        self.times_ms = []
        for _ in range(count):
            self.frame()
        return self.times_ms

    def until_settled(self) -> None:
        """Until all has come and nothing eases any more."""
        self.until(lambda: self.show.stage.settled)

    def until(self, condition: Callable[[], bool]) -> None:
        """Frames until it holds. Raises ShowroomError if a request fails or it takes too long."""
        from showroom.errors import ShowroomError

        deadline = time.perf_counter() + TOO_LONG_S
        while not condition():
            self.frame()
            if self.show.figures.failures:
                raise ShowroomError(f"streaming a place: {self.show.figures.failures[0]}")
            if time.perf_counter() > deadline:
                raise ShowroomError(f"streaming a place: not whole after {TOO_LONG_S:g} s; "
                                    f"the worker is {self.show.studio.status()}")

    def leave(self) -> None:
        """Presses the button that leads back to the hall."""
        from showroom.words.controls import Controls, Hand

        for pressed in (True, False):
            self._display.controls = Controls(hands=(Hand("right", back=pressed),))
            self.frame()

    def stand(self, product) -> None:
        """Steps into a product's place; until all of it is there."""
        print(f"stepping into {product.id}", file=sys.stderr)
        self.show.try_product(product)
        self.frame()
        self.until_settled()


@contextlib.contextmanager
def standing(display, studio, settings) -> Iterator[Loop]:
    """The loop of a show whose hall stands."""
    from showroom.app.show import Show
    from showroom.catalogue import load_catalogue

    show = Show(display, studio, load_catalogue(), settings)
    try:
        loop = Loop(show, display)
        loop.until_settled()
        yield loop
    finally:
        show.close()


def product_of_each_place() -> list:
    """One product of the house's catalogue for each place that is grown.

    Raises NotReadyError if there is none.
    """
    from showroom.catalogue import baked_spec, load_catalogue
    from showroom.errors import NotReadyError
    from showroom.words.vocabulary import PLACES

    found = {}
    for product in load_catalogue().products:
        if spec := baked_spec(product):
            found.setdefault(spec.main_place(PLACES), product)
    if not found:
        raise NotReadyError("measuring places: no product has a baked spec; "
                            "write them with `showroom bake --specs`")
    return list(found.values())
