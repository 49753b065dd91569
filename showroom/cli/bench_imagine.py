"""showroom bench imagine: how long a product's words take to become a spec, and a spec pictures."""

import argparse
import sys
import tempfile
import time
from collections import deque
from pathlib import Path

from showroom.cli.bake import edge_px
from showroom.cli.figures import tell

WARM_ROUNDS = 3


def add(parsers) -> None:
    """Registers the bench."""
    parser = parsers.add_parser("imagine", help="words to spec, and spec to pictures and geometry",
                                description="Times the embedded model on every product of the catalogue, and "
                                            "the painters and growers on one of them.")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
    parser.add_argument("--size", type=edge_px, default=0, metavar="PX",
                        help="edge of the painted surfaces, as the configuration says if not given")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints the figures."""
    from showroom import config

    settings = config.load()
    return tell(measure(args.size or settings.surface_px, settings.detail), args.json)


def measure(surface_px: int, detail: float) -> dict:
    """The figures by name; all times in milliseconds.

    cold_start_ms : from nothing to a loaded model, its libraries included.
    warm_ms       : one product's words to its spec, over all products and WARM_ROUNDS.
    surfaces_ms, geometry_ms : by name, of the first product's place, with nothing cached.
    cached_ms     : the same place whole, from the cache.
    """
    from showroom.catalogue import load_catalogue
    from showroom.imagine.worker import load_nose

    products = load_catalogue().products
    start = time.perf_counter()
    nose = load_nose()
    cold_start_ms = _since(start)
    times = []
    for seed in range(WARM_ROUNDS):  # another seed, so that no round finds the last one's answer
        for product in products:
            start = time.perf_counter()
            spec = nose.imagine(product, seed=seed)
            times.append(_since(start))
    print(f"{len(products)} products imagined; painting {spec.main_place(spec.place)}", file=sys.stderr)
    times.sort()
    return {"cold_start_ms": cold_start_ms,
            "warm_ms": {"median": times[len(times) // 2], "p95": times[int(0.95 * (len(times) - 1))]},
            "products": len(products), "surface_px": surface_px, **_painting(spec, surface_px, detail)}


def _painting(spec, surface_px: int, detail: float) -> dict:
    """Times of each surface and of all geometry: fresh, then whole from the cache."""
    from showroom.imagine.cache import Cache
    from showroom.imagine.make import make
    from showroom.words.request import PLACE, Request
    from showroom.words.result import Done, Progress

    request = Request(PLACE, spec=spec, surface_px=surface_px, detail=detail)
    with tempfile.TemporaryDirectory() as folder:
        spent: dict[str, float] = {}
        making, start = "the spec", time.perf_counter()
        for value in make(request, None, Cache(Path(folder))):
            if isinstance(value, (Progress, Done)):
                spent[making] = round(spent.get(making, 0.0) + _since(start), 2)
                making, start = getattr(value, "making", ""), time.perf_counter()
        start = time.perf_counter()
        deque(make(request, None, Cache(Path(folder))), maxlen=0)
        cached_ms = _since(start)
    geometry_ms = spent.pop("geometry")
    return {"surfaces_ms": {name: spent[name] for name in spec.surfaces if name in spent},
            "geometry_ms": geometry_ms, "cached_ms": cached_ms}


def _since(start: float) -> float:
    return round((time.perf_counter() - start) * 1e3, 2)
