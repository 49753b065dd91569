"""showroom bench painter: what a learned surface costs, against the recipe of the same surface."""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from showroom.cli.bake import edge_px
from showroom.cli.figures import percentile, ratio, spread, tell

SURFACE_PX = 256
ROUNDS, PLACES = 7, 3
# Between what: cloth and skin, crystals and rock, what grows and what is woven, wood and paper.
_PAIRS = (("silk", "petal"), ("salt", "rock"), ("moss", "linen"), ("bark", "vellum"))


def add(parsers) -> None:
    """Registers the bench."""
    parser = parsers.add_parser("painter", help="the learned painter's surfaces against the recipes'",
                                description="Paints surfaces between two materials, each by the learned painter and "
                                            "by its recipe in turns; then a place of such surfaces whole, by each.")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
    parser.add_argument("--size", type=edge_px, default=SURFACE_PX, metavar="PX",
                        help=f"edge of the single surfaces (default {SURFACE_PX})")
    parser.add_argument("--rounds", type=_rounds, default=ROUNDS, metavar="N", help=f"how often (default {ROUNDS})")
    parser.set_defaults(run=run)


def _rounds(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text[:5]) <= 1000:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of rounds; give 1 to 1000")
    return int(text)


def run(args: argparse.Namespace) -> int:
    """Prints the figures."""
    from showroom import config

    return tell(measure(args.size, args.rounds, config.load().surface_px), args.json)


def measure(size_px: int, rounds: int, place_px: int) -> dict:
    """The figures by name; all times in milliseconds.

    loading_ms : the model and the libraries it needs.   cores : that may be used.
    learned_ms, recipe_ms, coarse_ms : one surface of size_px, and the learned one's coarse level, over all pairs and
    rounds.   ratio : of learned to recipe, pair by pair.
    place_ms   : a whole place of place_px, nothing cached, until its last surface; by painter, and their ratio.
    Raises     : ModelError if there is no learned painter.
    """
    start = time.perf_counter()
    from showroom.imagine.learned_surface import paint_learned
    from showroom.imagine.make import COARSE_PX
    from showroom.imagine.paint import paint
    from showroom.imagine.painter_store import load_model

    model = load_model()
    loading_ms = _since(start)
    specs = [_between(pair) for pair in _PAIRS]
    learned, recipe, coarse = [], [], []
    for number in range(-1, rounds):  # the first warms up
        for spec in specs:
            learned.append(_timed(lambda: paint_learned(model, spec, "plinth", size_px)))
            recipe.append(_timed(lambda: paint(spec, "plinth", size_px)))
            coarse.append(_timed(lambda: paint_learned(model, spec, "plinth", COARSE_PX)))
        print(f"round {number + 1} of {rounds}: {percentile(learned[-len(specs):], 0.5):.0f} ms learned, "
              f"{percentile(recipe[-len(specs):], 0.5):.0f} ms by recipe", file=sys.stderr)
    learned, recipe, coarse = (times[len(specs):] for times in (learned, recipe, coarse))
    return {"size_px": size_px, "loading_ms": loading_ms, "cores": len(os.sched_getaffinity(0)),
            "learned_ms": spread(learned), "recipe_ms": spread(recipe), "coarse_ms": spread(coarse),
            "ratio": ratio(learned, recipe), **_places(place_px)}


def _places(place_px: int) -> dict:
    """Whole places by each painter in turns, all their surfaces that tile between two materials."""
    from showroom.imagine.painter_store import shared_model

    shared_model(lambda: None)  # loaded before the clock starts
    times: dict[str, list[float]] = {"recipe": [], "learned": []}
    for seed in range(PLACES):
        for painter in times:
            times[painter].append(_timed(lambda: _place(painter, seed, place_px)))
        print(f"place {seed + 1} of {PLACES}", file=sys.stderr)
    return {"place_px": place_px, "place_ms": {painter: spread(values) for painter, values in times.items()},
            "place_ratio": ratio(times["learned"], times["recipe"])}


def _place(painter: str, seed: int, place_px: int) -> None:
    from showroom.imagine.cache import Cache
    from showroom.imagine.make import make
    from showroom.words.request import PLACE, Request

    spec = replace(_between(*_PAIRS), seed=seed).sealed()
    with tempfile.TemporaryDirectory() as folder:
        request = Request(PLACE, spec=spec, surface_px=place_px, detail=0.1, painter=painter)
        _drained(make(request, None, Cache(Path(folder))))


def _drained(values: Iterable) -> None:
    for _ in values:
        pass


def _between(*pairs: tuple[str, str]):
    """The first baked place with each pair on a surface: on the plinth, if it is one."""
    from showroom.catalogue import baked_spec, load_catalogue

    spec = next(spec for product in load_catalogue().products if (spec := baked_spec(product)))
    plain = spec.surfaces["plinth"]
    mixed = {name: replace(plain, painter=first, also=second, share=0.4, likeness=())
             for name, (first, second) in zip(("plinth", "ground", "wall", "drape"), pairs)}
    return replace(spec, surfaces=spec.surfaces | mixed).sealed()


def _timed(work) -> float:
    start = time.perf_counter()
    work()
    return _since(start)


def _since(start: float) -> float:
    return round((time.perf_counter() - start) * 1e3, 2)
