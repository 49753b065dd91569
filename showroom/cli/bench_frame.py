"""showroom bench frame: what one stereo frame costs the show's thread, in the richest place there is."""

import argparse
import json
import os
import sys
import time
from dataclasses import replace

FRAMES, WARM_UP = 400, 40
SIZE = (1024, 1024)
RATE_HZ = 90.0


def add(parsers) -> None:
    """Registers the bench."""
    parser = parsers.add_parser("frame", help="cost of a stereo frame in the richest place",
                                description="Draws the richest place in stereo and prints calls and times.")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
    parser.add_argument("--frames", type=_frames, default=FRAMES, metavar="N", help=f"frames to measure (default {FRAMES})")
    parser.set_defaults(run=run)


def _frames(text: str) -> int:
    frames = int(text) if text.isdecimal() and len(text) < 7 else 0
    if not 10 <= frames <= 100_000:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of frames; give 10 to 100000")
    return frames


def run(args) -> int:
    """Prints the figures."""
    # rasterising off: Mesa's software driver would draw inside the calls that are measured; threading off
    # with it: Mesa 22's threaded context writes beyond the switched-off driver's buffers and dies
    os.environ.update(GALLIUM_NOOP="1", GALLIUM_THREAD="0")
    figures = measure(args.frames)
    if args.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:>10}  {value}")
    return 0


def measure(frames: int) -> dict:
    """The figures, by name; cpu_ms is thread CPU time of advance + upload + draw."""
    from showroom import gl
    from showroom.app.still import StillCamera

    camera = StillCamera(SIZE, views=2)
    try:
        product = _show_richest(camera)
        scene, eyes = camera.stage.scene, camera.display.eyes()
        times_ms, gpu_ms = [], []
        # a software driver's timer queries mean nothing
        queries = None if gl.describe()["renderer"].startswith(("llvmpipe", "NOOP")) else _Timer()
        start = scene.time_s
        for number in range(WARM_UP + frames):
            if queries:
                queries.begin()
            before = time.thread_time_ns()
            _frame(camera, scene, eyes, start + number / RATE_HZ)
            times_ms.append((time.thread_time_ns() - before) / 1e6)
            gl.fn.glFinish()
            if queries:
                gpu_ms.append(queries.end_ms())
        with gl.counting() as count:
            _frame(camera, scene, eyes, start + (WARM_UP + frames) / RATE_HZ)
        drawn = camera.renderer.drawlist
        return {"product": product, "gl_calls": count.total, "cpu_ms": _spread(times_ms[WARM_UP:]),
                "gpu_ms": _spread(gpu_ms[WARM_UP:]) if gpu_ms else None, "views": 2, "size": list(SIZE),
                "instances": drawn.instances, "triangles": drawn.triangles, "renderer": gl.describe()["renderer"]}
    finally:
        camera.close()


def _frame(camera, scene, eyes, time_s: float) -> None:
    camera.stage.advance(time_s)
    camera.renderer.upload(scene, 2 << 20)
    camera.renderer.draw(scene, eyes)


def _show_richest(camera) -> str:
    """Leaves the place with the most instances standing; says which product's it is."""
    from showroom.catalogue import baked_spec, load_catalogue
    from showroom.imagine.grow import GROWN_PLACES

    baked = ((product, baked_spec(product)) for product in load_catalogue().products)
    one_a_place = {spec.main_place(GROWN_PLACES): product for product, spec in baked if spec}
    found = {}
    for product in one_a_place.values():
        print(f"looking for the richest place: {product.id}", file=sys.stderr)
        _stand(camera, product)
        found[product.id] = camera.renderer.drawlist.instances
    richest = max(found, key=lambda name: (found[name], name))
    _stand(camera, next(product for product in one_a_place.values() if product.id == richest))
    return richest


def _stand(camera, product) -> None:
    from showroom.app.requests import make_now, place_request

    # surfaces small: with rasterising off they cost nothing but the time to paint them
    request = replace(place_request(product), surface_px=64)
    camera.show(make_now(request), request.kind, camera.stage.scene.time_s + 20.0)
    camera.picture(camera.stage.scene.time_s + 0.1)


def _spread(values: list[float]) -> dict[str, float]:
    ordered = sorted(values)
    return {"median": round(ordered[len(ordered) // 2], 4), "p99": round(ordered[int(0.99 * (len(ordered) - 1))], 4)}


class _Timer:
    """GPU time between two calls, by timer query."""

    def __init__(self):
        import numpy as np

        from showroom import gl

        self._gl = gl
        self._query = np.zeros(1, dtype=np.uint32)
        gl.GL.glCreateQueries(gl.GL.GL_TIME_ELAPSED, 1, self._query)

    def begin(self) -> None:
        """Starts the clock."""
        self._gl.fn.glBeginQuery(self._gl.GL.GL_TIME_ELAPSED, int(self._query[0]))

    def end_ms(self) -> float:
        """Stops it; waits for the answer."""
        import ctypes

        GL = self._gl.GL
        self._gl.fn.glEndQuery(GL.GL_TIME_ELAPSED)
        value = ctypes.c_uint64()
        GL.glGetQueryObjectui64v(int(self._query[0]), GL.GL_QUERY_RESULT, ctypes.byref(value))
        return value.value / 1e6
