"""showroom bench stream: what a place that streams in costs the frames, and how soon it is there.

The whole loop runs, rasterising off, paced as a headset would. Blocks in which nothing comes and
blocks in which a place comes take turns, so that both meet the same machine.
"""

import argparse
import contextlib
import json
import os
import sys
import tempfile
import time
from pathlib import Path

RATE_HZ = 90.0
SIZE = (1024, 1024)
IDLE_FRAMES, LEAST_STREAMING_FRAMES = 270, 90
TOO_LONG_S = 300.0


def add(parsers) -> None:
    """Registers the bench."""
    parser = parsers.add_parser("stream", help="frames while a place streams in, against frames at rest",
                                description="Switches between places; compares frames with those at rest.")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
    parser.add_argument("--rounds", type=_count, default=4, metavar="N",
                        help="places to switch to (default 4)")
    parser.add_argument("--baked", action="store_true",
                        help="read the user's cache; without it every place is painted and grown anew")
    parser.set_defaults(run=run)


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text[:5]) <= 1000:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of rounds; give 1 to 1000")
    return int(text)


def run(args: argparse.Namespace) -> int:
    """Prints the figures."""
    # Mesa's software driver would draw inside the calls that are measured; switched off, it must not thread
    # them either (Mesa 22's threaded context writes beyond the switched-off driver's buffers and dies)
    os.environ.update(GALLIUM_NOOP="1", GALLIUM_THREAD="0")
    from showroom import paths

    with contextlib.ExitStack() as stack:
        folder = paths.cache_dir() if args.baked else Path(stack.enter_context(tempfile.TemporaryDirectory()))
        figures = measure(folder, args.rounds)
    if args.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:>24}  {value}")
    return 0


def measure(cache_dir: Path, rounds: int) -> dict:
    """The figures by name; times in milliseconds from the wish to what is said.

    first_change_ms : the light began to move.    first_level_ms : the first bytes were on the GPU.
    all_surfaces_ms : everything was.             frame_p99_ratio : p99 of a frame while a place
    streamed ÷ p99 at rest just before, the median over the rounds; its spread is (least, most). The
    clock counts what else runs on the machine; the frame_cpu figures are this thread's own.
    """
    from showroom import config
    from showroom.app.show import Show
    from showroom.catalogue import load_catalogue
    from showroom.display.offscreen import OffscreenDisplay
    from showroom.imagine.studio import Studio

    catalogue, settings = load_catalogue(), config.load()
    display = OffscreenDisplay(SIZE, views=2)
    with contextlib.closing(display), Studio(cache_dir, warm_after_s=None) as studio:
        show = Show(display, studio, catalogue, settings)
        try:
            loop = _Loop(show, display)
            loop.until_settled()
            blocks = [_round(loop, product) for product in _products(show, rounds)]
            return _figures(blocks, show, settings)
        finally:
            show.close()


def _products(show, rounds: int) -> list:
    """Products of places that differ, in turns."""
    from showroom.catalogue import baked_spec
    from showroom.errors import NotReadyError
    from showroom.imagine.grow import GROWN_PLACES

    by_place = {}
    for product in show.products:
        by_place.setdefault(baked_spec(product).main_place(GROWN_PLACES), product)
    if not by_place:
        raise NotReadyError("measuring how places stream in: no product has a baked spec; write them with "
                            "`showroom bake --specs`")
    chosen = list(by_place.values())
    return [chosen[number % len(chosen)] for number in range(rounds)]


class _Loop:
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
        self.times_ms.append(((time.perf_counter() - before) * 1e3, (time.thread_time() - used) * 1e3))

    def frames(self, count: int) -> list[tuple[float, float]]:
        """Times of so many frames, ms: by the clock, and of this thread on the processor."""
        self.times_ms = []
        for _ in range(count):
            self.frame()
        return self.times_ms

    def until_settled(self) -> None:
        """Until all has come and nothing eases any more."""
        self.until(lambda: self.show.stage.settled)

    def until(self, condition) -> None:
        """Frames until it holds. Raises ShowroomError if a request fails or it takes too long."""
        from showroom.errors import ShowroomError

        deadline = time.perf_counter() + TOO_LONG_S
        while not condition():
            self.frame()
            if self.show.figures.failures:
                raise ShowroomError(f"streaming a place: {self.show.figures.failures[0]}")
            if time.perf_counter() > deadline:
                raise ShowroomError(f"streaming a place: not whole after {TOO_LONG_S:g} s; the worker is "
                                    f"{self.show.studio.status()}")


def _round(loop: _Loop, product) -> dict:
    """A block at rest, then one in which the product's place comes."""
    show = loop.show
    at_rest = loop.frames(IDLE_FRAMES)
    daylight, loop.times_ms = show.stage.scene.daylight, []
    wish = time.perf_counter()
    show.try_product(product)
    seen = {}

    def whole() -> bool:
        now, sent = (time.perf_counter() - wish) * 1e3, show.renderer.uploader.last_bytes
        if show.stage.scene.daylight != daylight:
            seen.setdefault("change", now)
        if sent and "change" in seen:
            seen.setdefault("level", now)
        if show.stage.progress.fraction < 1:
            seen.setdefault("begun", now)
        come = "begun" in seen and show.stage.progress.fraction == 1
        return come and not sent and not show.stage.scene.arrivals

    loop.until(whole)
    seen["all"] = (time.perf_counter() - wish) * 1e3
    streaming = loop.times_ms
    if len(streaming) < LEAST_STREAMING_FRAMES:  # a baked place comes too soon for a percentile
        streaming = streaming + loop.frames(LEAST_STREAMING_FRAMES - len(streaming))
    loop.until_settled()
    print(f"{product.id}: there after {seen['all'] / 1e3:.1f} s", file=sys.stderr)
    return {**seen, "rest": at_rest, "streaming": streaming}


def _figures(blocks: list[dict], show, settings) -> dict:
    clock, processor = ([_p99(block["streaming"], which) / _p99(block["rest"], which) for block in blocks]
                        for which in (0, 1))
    streaming = [times for block in blocks for times in block["streaming"]]
    return {
        "first_change_ms": _spread([block["change"] for block in blocks]),
        "first_level_ms": _spread([block["level"] for block in blocks]),
        "all_surfaces_ms": _spread([block["all"] for block in blocks]),
        "frame_p99_ratio": round(_percentile(clock, 0.5), 3),
        "frame_p99_ratio_spread": [round(min(clock), 3), round(max(clock), 3)],
        "frame_p99_ms_rest": round(_percentile([_p99(block["rest"], 0) for block in blocks], 0.5), 3),
        "frame_p99_ms_streaming": round(_p99(streaming, 0), 3),
        "frame_cpu_p99_ratio": round(_percentile(processor, 0.5), 3),
        "frame_cpu_p99_ms_streaming": round(_p99(streaming, 1), 3),
        "largest_upload_bytes": show.figures.largest_upload_bytes,
        "upload_budget_bytes": settings.upload_bytes_per_frame,
        "rounds": len(blocks), "rate_hz": RATE_HZ, "surface_px": settings.surface_px,
    }


def _p99(times: list[tuple[float, float]], which: int) -> float:
    return _percentile([pair[which] for pair in times], 0.99)


def _spread(values: list[float]) -> dict[str, float]:
    return {"median": round(_percentile(values, 0.5), 2), "p95": round(_percentile(values, 0.95), 2)}


def _percentile(values: list[float], share: float) -> float:
    """The value that `share` of them do not exceed; between two of them, the mean weighted by nearness."""
    ordered = sorted(values)
    at = share * (len(ordered) - 1)
    low = int(at)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (at - low)
