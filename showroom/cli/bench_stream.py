"""showroom bench stream: what a place that streams in costs the frames, and how soon it is there.

The whole loop runs, rasterising off, paced as a headset would. Blocks in which nothing comes and
blocks in which a place comes take turns, so that both meet the same machine.
"""

import argparse
import contextlib
import sys
import tempfile
import time
from pathlib import Path

from showroom.cli.bench_loop import RATE_HZ, Loop, product_of_each_place, rasterising_off, standing
from showroom.cli.figures import percentile, spread, tell

SIZE = (1024, 1024)
IDLE_FRAMES, LEAST_STREAMING_FRAMES = 270, 90
CACHED_ROUNDS = 4


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
    rasterising_off()
    from showroom import paths

    with contextlib.ExitStack() as stack:
        folder = paths.cache_dir() if args.baked else Path(stack.enter_context(tempfile.TemporaryDirectory()))
        return tell(measure(folder, args.rounds), args.json)


def measure(cache_dir: Path, rounds: int) -> dict:
    """The figures by name; times in milliseconds from the wish to what is said.

    first_change_ms : the light began to move.    first_level_ms : the first bytes were on the GPU.
    all_surfaces_ms : everything was.             frame_p99_ratio : p99 of a frame while a place
    streamed ÷ p99 at rest just before, the median over the rounds; its spread is (least, most). The
    clock counts what else runs on the machine; the cpu figures are this thread's own.
    longest_frame_cpu_ms : of all frames while places came (with --baked they come from the cache at first
    too), while they came again from the cache, and while the visitor went back to the hall.
    """
    from showroom import config
    from showroom.display.offscreen import OffscreenDisplay
    from showroom.imagine.studio import Studio

    settings, display = config.load(), OffscreenDisplay(SIZE, views=2)
    with (contextlib.closing(display), Studio(cache_dir, warm_after_s=None) as studio,
          standing(display, studio, settings) as loop):
        places = product_of_each_place()
        chosen = [places[number % len(places)] for number in range(rounds)]
        blocks = [_round(loop, product) for product in chosen]
        again = [_round(loop, product) for product in chosen[:CACHED_ROUNDS]]
        return _figures(blocks, again, _leaving(loop), loop.show, settings)


def _round(loop: Loop, product) -> dict:
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


def _figures(blocks: list[dict], again: list[dict], leaving: list, show, settings) -> dict:
    clock, processor = ([_p99(block["streaming"], which) / _p99(block["rest"], which) for block in blocks]
                        for which in (0, 1))
    streaming, cached = ([times for block in of for times in block["streaming"]] for of in (blocks, again))
    return {
        "first_change_ms": spread([block["change"] for block in blocks]),
        "first_level_ms": spread([block["level"] for block in blocks]),
        "all_surfaces_ms": spread([block["all"] for block in blocks]),
        "frame_p99_ratio": round(percentile(clock, 0.5), 3),
        "frame_p99_ratio_spread": [round(min(clock), 3), round(max(clock), 3)],
        "frame_p99_ms_rest": round(percentile([_p99(block["rest"], 0) for block in blocks], 0.5), 3),
        "frame_p99_ms_streaming": round(_p99(streaming, 0), 3),
        "frame_cpu_p99_ratio": round(percentile(processor, 0.5), 3),
        "frame_cpu_p99_ms_streaming": round(_p99(streaming, 1), 3),
        "longest_frame_cpu_ms": {"nothing cached": _longest_cpu(streaming), "cached": _longest_cpu(cached),
                                 "leaving": _longest_cpu(leaving)},
        "largest_upload_bytes": show.figures.largest_upload_bytes,
        "upload_budget_bytes": settings.upload_bytes_per_frame,
        "rounds": len(blocks), "rate_hz": RATE_HZ, "surface_px": settings.surface_px,
    }


def _leaving(loop: Loop) -> list[tuple[float, float]]:
    """Frames of going back to the hall."""
    loop.times_ms = []
    loop.leave()
    loop.until_settled()
    return loop.times_ms


def _p99(times: list[tuple[float, float]], which: int) -> float:
    return percentile([pair[which] for pair in times], 0.99)


def _longest_cpu(times: list[tuple[float, float]]) -> float:
    return round(max(pair[1] for pair in times), 3)
