"""showroom bench frame: what one stereo frame costs the show's thread, in every place and in the richest."""

import argparse
import contextlib
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from showroom.cli import bench_passes, bench_places, bench_scatter
from showroom.cli.bench_loop import (
    RATE_HZ,
    Loop,
    rasterises_in_hardware,
    rasterising_off,
    standing,
)
from showroom.cli.figures import resident_bytes, spread, tell
from showroom.cli.shot import size_px

FRAMES, WARM_UP, COUNTED = 400, 40, 45
SIZE = (1024, 1024)
MOST_INSTANCES = 200_000


def add(parsers) -> None:
    """Registers the bench."""
    parser = parsers.add_parser("frame", help="cost of a stereo frame in every place",
                                description="Draws every place in stereo, the richest for long; prints calls, times, "
                                            "memory.")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
    parser.add_argument("--frames", type=_frames, default=FRAMES, metavar="N",
                        help=f"frames to measure (default {FRAMES})")
    parser.add_argument("--size", type=size_px, default=SIZE, metavar="WxH",
                        help="pixels of one eye (default 1024x1024)")
    parser.add_argument("--instances", type=_instances, metavar="N",
                        help=f"instead of a place, N scattered things against {bench_scatter.FEW}")
    parser.set_defaults(run=run)


def _frames(text: str) -> int:
    frames = int(text) if text.isdecimal() and len(text) < 7 else 0
    if not 10 <= frames <= 100_000:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of frames; give 10 to 100000")
    return frames


def _instances(text: str) -> int:
    count = int(text) if text.isdecimal() and len(text) < 7 else 0
    if not bench_scatter.FEW <= count <= MOST_INSTANCES:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of instances; "
                                         f"give {bench_scatter.FEW} to {MOST_INSTANCES}")
    return count


def run(args) -> int:
    """Prints the figures."""
    rasterising_off()
    if args.instances:
        return tell(bench_scatter.measure(args.frames, args.size, args.instances), args.json)
    return tell(measure(args.frames, args.size), args.json)


def measure(frames: int, size: tuple[int, int]) -> dict:
    """The figures, by name.

    product       : that leads to the richest place, the one with the most instances; what follows is of it.
    gl_calls      : in a frame in which nothing comes; gl_calls_most: while the shadow follows the sun, too.
    cpu_ms        : thread CPU time of advance + upload + draw.
    limiter_ms    : of that, what the flash limiter takes.
    gpu_ms        : of the graphics card, pass by pass; None where the processor draws.
    texture_bytes : of all textures there are, as OpenGL describes them: surfaces, skies, shadow, pictures.
    places        : of the hall and of every place by name, what `bench_places.measure` gives; with surfaces of 64 px.
    process_growth_bytes : memory of the show's process now, beyond what it was when the driver stood.
    """
    from showroom import config, gl
    from showroom.display.offscreen import OffscreenDisplay
    from showroom.imagine.studio import Studio

    settings, display = config.load(), OffscreenDisplay(size, views=2)
    driver_bytes = resident_bytes()
    with (contextlib.closing(display), tempfile.TemporaryDirectory() as folder,
          Studio(Path(folder), warm_after_s=None) as studio):
        places = _every_place(display, studio, settings)
        products = bench_places.products()
        product = products[max(products, key=lambda place: (places[place]["instances"], place))]
        with standing(display, studio, settings) as loop:
            loop.stand(product)
            growth_bytes = resident_bytes() - driver_bytes
            cpu_ms, calls = _cost(loop, display.eyes(), frames)
            limiter_ms = _limiter_ms(loop.show.renderer, frames)
            drawn = loop.show.renderer.drawlist
            return {"product": product.id, "gl_calls": sorted(calls)[COUNTED // 2],
                    "gl_calls_most": max(calls), "cpu_ms": spread(cpu_ms, 0.99),
                    "limiter_ms": spread(limiter_ms, 0.99), "gpu_ms": _gpu_ms(loop, display, frames), "views": 2,
                    "size": list(size), "instances": drawn.instances, "triangles": drawn.triangles,
                    "surface_px": settings.surface_px, "texture_bytes": gl.texture_bytes(),
                    "process_growth_bytes": growth_bytes, "renderer": gl.describe()["renderer"], "places": places}


def _every_place(display, studio, settings) -> dict[str, dict]:
    small = replace(settings, surface_px=64)  # a frame costs the same whatever the surfaces' edge
    with standing(display, studio, small) as loop:
        return bench_places.measure(loop, lambda loop, frames: _cost(loop, display.eyes(), frames))


def _cost(loop: Loop, eyes, frames: int) -> tuple[list[float], list[int]]:
    """Thread CPU time of each frame, ms; and OpenGL's calls in each of COUNTED more."""
    from showroom import gl

    times_ms, start = [], loop.show.stage.scene.time_s
    for number in range(WARM_UP + frames):
        before = time.thread_time_ns()
        _frame(loop.show, eyes, start + number / RATE_HZ)
        times_ms.append((time.thread_time_ns() - before) / 1e6)
        gl.fn.glFinish()
    calls = []
    for number in range(COUNTED):
        with gl.counting() as count:
            _frame(loop.show, eyes, start + (WARM_UP + frames + number) / RATE_HZ)
        calls.append(count.total)
    return times_ms[WARM_UP:], calls


def _limiter_ms(renderer, frames: int) -> list[float]:
    """Thread CPU time of the flash limiter alone, as often, ms."""
    from showroom import gl

    times_ms = []
    for _ in range(frames):
        before = time.thread_time_ns()
        renderer.limiter.limit(renderer.programs["flash"])
        times_ms.append((time.thread_time_ns() - before) / 1e6)
        gl.fn.glFinish()
    return times_ms


def _frame(show, eyes, time_s: float) -> None:
    show.stage.advance(time_s)
    show.renderer.upload(show.stage.scene, show.config.upload_bytes_per_frame)
    show.renderer.draw(show.stage.scene, eyes)


def _gpu_ms(loop: Loop, display, frames: int) -> dict | None:
    if not rasterises_in_hardware():
        print("no graphics card draws here: gpu_ms is left out", file=sys.stderr)
        return None
    show, start = loop.show, loop.show.stage.scene.time_s
    eyes = display.eyes()
    return bench_passes.measure(
        show.renderer, lambda number: _frame(show, eyes, start + number / RATE_HZ), frames, WARM_UP)
