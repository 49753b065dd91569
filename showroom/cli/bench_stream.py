"""showroom bench stream: what a place that streams in costs the frames, and how soon it is there.

The whole loop runs, rasterising off, paced as a headset would. Blocks in which nothing comes and
blocks in which one place comes after another take turns, so that both meet the same machine.
"""

import argparse
import contextlib
import dataclasses
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path

from showroom.cli.bench_loop import RATE_HZ, Loop, product_of_each_place, rasterising_off, standing
from showroom.cli.figures import percentile, spread, tell

SIZE = (1024, 1024)
BLOCKS, BLOCK_S = 5, 10.0
CACHED_PLACES = 4
SEEN = ("first_change", "first_level", "all_surfaces")


def add(parsers) -> None:
    """Registers the bench."""
    parser = parsers.add_parser("stream", help="frames while a place streams in, against frames at rest",
                                description="Switches between places; compares frames with those at rest.")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
    parser.add_argument("--blocks", type=_count, default=BLOCKS, metavar="N",
                        help=f"pairs of blocks, one at rest and one streaming (default {BLOCKS})")
    parser.add_argument("--block-s", type=_seconds, default=BLOCK_S, metavar="S",
                        help=f"how long a block lasts, seconds (default {BLOCK_S:g})")
    parser.add_argument("--surface-px", type=_edge, metavar="PX",
                        help="edge of the painted surfaces (default: the config's)")
    parser.add_argument("--baked", action="store_true",
                        help="read the user's cache; without it every place is painted and grown anew")
    parser.set_defaults(run=run)


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text[:5]) <= 1000:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of blocks; give 1 to 1000")
    return int(text)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 1 <= seconds <= 3600:
        raise argparse.ArgumentTypeError(f"'{text}' is not a block's length; give 1 to 3600 seconds")
    return seconds


def _edge(text: str) -> int:
    edge = int(text[:5]) if text.isdecimal() else 0
    if not 64 <= edge <= 2048 or edge & (edge - 1):
        raise argparse.ArgumentTypeError(f"'{text}' is no edge in pixels; give a power of two, 64 to 2048")
    return edge


def run(args: argparse.Namespace) -> int:
    """Prints the figures."""
    from showroom import config, paths

    settings = config.load()
    if args.surface_px is not None:
        settings = dataclasses.replace(settings, surface_px=args.surface_px)
    rasterising_off()
    with contextlib.ExitStack() as stack:
        if args.baked:
            return tell(measure(paths.cache_dir(), settings, args.blocks, args.block_s), args.json)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        return tell(measure(folder, settings, args.blocks, args.block_s, lambda: _emptied(folder)), args.json)


def _emptied(folder: Path) -> None:
    for item in folder.iterdir():
        shutil.rmtree(item) if item.is_dir() else item.unlink()


def measure(cache_dir: Path, settings, blocks: int, block_s: float,
            forget: Callable[[], None] = lambda: None) -> dict:
    """The figures by name; times in milliseconds from the wish to what is said.

    forget : called before each streaming block, so that nothing is cached.

    first_change_ms : the light began to move.    first_level_ms : every surface had a first level on the GPU.
    all_surfaces_ms : everything was there.       frame_p99_ratio : p99 of a frame in a block in which places
    streamed ÷ p99 in the block at rest before it, the median over the blocks; its spread is (least, most).
    The clock counts what else runs on the machine; the cpu figures are this thread's own.
    longest_frame_cpu_ms : of all frames while places came (with --baked they come from the cache at first
    too), while they came again from the cache, and while the visitor went back to the hall.
    """
    from showroom.display.offscreen import OffscreenDisplay
    from showroom.imagine.studio import Studio

    display, products = OffscreenDisplay(SIZE, views=2), cycle(product_of_each_place())
    with (contextlib.closing(display), Studio(cache_dir, warm_after_s=None) as studio,
          standing(display, studio, settings) as loop):
        loop.stand(next(products))
        pairs = []
        for _ in range(blocks):
            forget()
            pairs.append((loop.frames(int(block_s * RATE_HZ)), _streaming(loop, products, block_s)))
        again = [_come(loop, product) for product in product_of_each_place()[:CACHED_PLACES]]
        return _figures(pairs, again, _leaving(loop), loop.show, settings)


def _streaming(loop: Loop, products: Iterator, block_s: float) -> tuple[list, list[dict]]:
    """The times of a block's frames, and what was seen of every place that began to come in it."""
    begun, times, places = time.perf_counter(), [], []
    while time.perf_counter() - begun < block_s:
        places.append(_come(loop, next(products)))
        times += places[-1]["times"]
    loop.until_settled()
    return times[:int(block_s * RATE_HZ)], places


def _come(loop: Loop, product) -> dict:
    """A product's place comes: the times of its frames, and ms until each of what is waited for."""
    show = loop.show
    daylight, loop.times_ms = show.stage.scene.daylight, []
    wish = time.perf_counter()
    show.try_product(product)
    levels_here, seen = _first_levels(show, product), {}

    def whole() -> bool:
        now, sent = (time.perf_counter() - wish) * 1e3, show.renderer.uploader.last_bytes
        if show.stage.scene.daylight != daylight:
            seen.setdefault("first_change", now)
        if "first_level" not in seen and levels_here():
            seen["first_level"] = now
        if show.stage.progress.fraction < 1:
            seen.setdefault("begun", now)
        come = "begun" in seen and show.stage.progress.fraction == 1
        return come and not sent and not show.stage.scene.arrivals

    loop.until(whole)
    seen["all_surfaces"] = (time.perf_counter() - wish) * 1e3
    print(f"{product.id}: there after {seen['all_surfaces'] / 1e3:.1f} s", file=sys.stderr)
    return {**seen, "times": loop.times_ms}


def _first_levels(show, product) -> Callable[[], bool]:
    """Whether every surface of the place that was just asked for has some level on the GPU."""
    from showroom.catalogue import baked_spec
    from showroom.words.image import SKY
    from showroom.words.scene import Clear

    arrivals, surfaces = show.stage.scene.arrivals, show.renderer.uploader.surfaces
    clear = next(item for item in reversed(arrivals) if isinstance(item, Clear))  # of the slot that it takes
    names = [name for name in baked_spec(product).surfaces if name != SKY]

    def here() -> bool:
        return (clear not in arrivals and surfaces.has_sky(clear.slot)
                and all(surfaces.has(clear.slot, name) for name in names))

    return here


def _figures(pairs: list[tuple], again: list[dict], leaving: list, show, settings) -> dict:
    clock, processor = ([_p99(block, which) / _p99(rest, which) for rest, (block, _) in pairs]
                        for which in (0, 1))
    places = [place for _, (_, places) in pairs for place in places]
    streaming = [times for _, (block, _) in pairs for times in block]
    resting = [times for rest, _ in pairs for times in rest]
    return {
        **{f"{name}_ms": spread([place[name] for place in places]) for name in SEEN},
        "frame_p99_ratio": round(percentile(clock, 0.5), 3),
        "frame_p99_ratio_spread": [round(min(clock), 3), round(max(clock), 3)],
        "frame_p99_ms_rest": round(_p99(resting, 0), 3),
        "frame_p99_ms_streaming": round(_p99(streaming, 0), 3),
        "frame_cpu_p99_ratio": round(percentile(processor, 0.5), 3),
        "frame_cpu_p99_ratio_spread": [round(min(processor), 3), round(max(processor), 3)],
        "frame_cpu_p50_ms": {"rest": _cpu(resting, 0.5), "streaming": _cpu(streaming, 0.5)},
        "frame_cpu_p99_ms": {"rest": _cpu(resting, 0.99), "streaming": _cpu(streaming, 0.99)},
        "longest_frame_cpu_ms": {"nothing cached": _cpu(_times(places), 1.0),
                                 "cached": _cpu(_times(again), 1.0), "leaving": _cpu(leaving, 1.0)},
        "largest_upload_bytes": show.figures.largest_upload_bytes,
        "upload_budget_bytes": settings.upload_bytes_per_frame,
        "blocks": len(pairs), "places": len(places), "rate_hz": RATE_HZ, "surface_px": settings.surface_px,
    }


def _leaving(loop: Loop) -> list[tuple[float, float]]:
    """Frames of going back to the hall."""
    loop.times_ms = []
    loop.leave()
    loop.until_settled()
    return loop.times_ms


def _times(places: list[dict]) -> list[tuple[float, float]]:
    return [time for place in places for time in place["times"]]


def _p99(times: list[tuple[float, float]], which: int) -> float:
    return percentile([pair[which] for pair in times], 0.99)


def _cpu(times: list[tuple[float, float]], share: float) -> float:
    return round(percentile([pair[1] for pair in times], share), 3)
