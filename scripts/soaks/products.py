"""soak products: two hundred products in a row, each asked for when the one before it stands.

The show's own loop with its studio and worker, rasterising off, paced as a headset would. Three of four
products are made up of notes, so that nobody has imagined, painted or grown their places before; the
others are the house's, and the last is the first again. Promised: memory of the show and of its worker,
OpenGL objects, what is taken of the pools on the graphics card, shared memory, open files, threads and
processes grow by no more than a hundredth.
"""

import contextlib
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import _watch

from showroom.app.show import Show
from showroom.catalogue import load_catalogue, product_from_notes
from showroom.cli.bench_loop import RATE_HZ, rasterising_off
from showroom.cli.figures import resident_bytes
from showroom.config import Config
from showroom.display.offscreen import OffscreenDisplay
from showroom.errors import ShowroomError
from showroom.imagine.studio import Studio

PRODUCTS, SEED = 200, 6
SIZE, ROUGH = (64, 36), Config(surface_px=64, detail=0.2)
MOST_GROWTH = 0.01
WARM_UP, BLOCK = 0.1, 0.2  # shares of all: what comes first is not counted; the blocks that are compared
TOO_LONG_S = 1800.0  # for a place to come, by the clock; a machine busy with other things is no failure
MEMORY = ("show_bytes", "worker_bytes")  # differs from place to place; everything else has to be the same
NOTES = ("bergamot", "lemon", "sea salt", "pine needle", "rose", "jasmine", "fig leaf", "frankincense",
         "cedar", "vanilla", "leather", "black tea", "snow", "moss", "iris", "cinnamon", "smoke", "coconut",
         "lavender", "musk")


def main(share: float) -> int:
    """Shows that share of the products, two at least; prints the figures."""
    rasterising_off()
    figures = _figures(show_products(max(2, round(PRODUCTS * share))))
    print(json.dumps(figures))
    return 0 if figures["holds"] else 1


def show_products(count: int) -> list[dict[str, int]]:
    """What is held once each of so many products stands."""
    display, held = OffscreenDisplay(SIZE), []
    with tempfile.TemporaryDirectory() as folder, contextlib.closing(display), Studio(Path(folder)) as studio:
        show = Show(display, studio, load_catalogue(), ROUGH)
        try:
            _until(show, lambda: show.stage.settled and show.studio.status().model in ("ready", "failed"))
            for number, product in enumerate(_chosen(show.products, count), 1):
                show.try_product(product)
                _until(show, lambda: show.stage.settled)
                held.append(_held(show))
                print(f"products: {number} of {count}: {json.dumps(held[-1])}", file=sys.stderr)
        finally:
            show.close()
    return held


def _chosen(products: list, count: int) -> list:
    """The house's, one of four; the others made up; the last is the first."""
    chance, chosen = random.Random(SEED), []
    for number in range(count - 1):
        if number % 4 == 0:
            chosen.append(products[number // 4 % len(products)])
        else:
            top, heart, base = (chance.sample(NOTES, 2) for _ in range(3))
            chosen.append(product_from_notes({"top": top, "heart": heart, "base": base}))
    return [*chosen, chosen[0]]


def _until(show: Show, condition: Callable[[], bool]) -> None:
    """Frames until it holds, one at least. Raises ShowroomError if a place does not come."""
    started, deadline = time.monotonic(), time.monotonic() + TOO_LONG_S
    begun_s = show.display.time_s
    show.frame()
    while not condition():
        time.sleep(1 / RATE_HZ)
        show.display.time_s = begun_s + time.monotonic() - started
        show.frame()
        if show.figures.failures or time.monotonic() > deadline:
            reason = "; ".join(show.figures.failures) or f"nothing stood after {TOO_LONG_S:g} s"
            raise ShowroomError(f"showing products: {reason}; the worker is {show.studio.status()}")


def _held(show: Show) -> dict[str, int]:
    """Everything that could grow, now."""
    pid, geometry = show.studio.status().pid, show.renderer.uploader.geometry
    taken = {f"{name}_taken": ranges.capacity - sum(length for _, length in ranges.free)
             for name, ranges in (("vertices", geometry.vertices), ("indices", geometry.indices),
                                  ("instances", geometry.instances))}
    return {"show_bytes": resident_bytes(), "worker_bytes": resident_bytes(pid),
            "shared_bytes": _watch.shared_bytes(), "gl_objects": sum(_watch.objects().values()), **taken,
            "show_files": _watch.open_files(), "worker_files": _watch.open_files(pid),
            "show_threads": _watch.threads(), "worker_threads": _watch.threads(pid),
            "processes": len(_watch.children())}


def _figures(held: list[dict[str, int]]) -> dict:
    """First and last, how much each grew, and whether that is what is promised."""
    growth = {name: _growth([one[name] for one in held], name in MEMORY) for name in held[0]}
    broken = [name for name, grown in growth.items() if grown is not None and grown > MOST_GROWTH]
    for name in broken:
        print(f"not so: {name} grows by {MOST_GROWTH:.0%} at most", file=sys.stderr)
    return {"holds": not broken, "broken": broken, "products": len(held), "first": held[0], "last": held[-1],
            "growth": {name: None if grown is None else round(grown, 4) for name, grown in growth.items()}}


def _growth(values: list[int], differs: bool) -> float | None:
    """How much more at the end than at the beginning, as a share.

    differs : from place to place; then the median of a block after the warm-up is compared with that of
              the last block (None if there are too few to tell). Else the last with the first, which is the
              same place.
    """
    if not differs:
        return values[-1] / values[0] - 1 if values[0] else float(values[-1] > 0)
    block, warm = int(BLOCK * len(values)), int(WARM_UP * len(values))
    if block < 3:
        return None
    return statistics.median(values[-block:]) / statistics.median(values[warm:warm + block]) - 1
