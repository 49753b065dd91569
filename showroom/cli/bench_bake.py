"""showroom bench bake: how many places a minute, and what a second job gains."""

import argparse
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from showroom.cli.bake import edge_px, job_count
from showroom.cli.figures import tell

ROUNDS, PLACES = 3, 6


def add(parsers) -> None:
    """Registers the bench."""
    parser = parsers.add_parser("bake", help="places baked side by side, against one after another",
                                description="Bakes the same places with one job and with N, in turns, into "
                                            "folders that go; processes are warm before the clock starts.")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
    parser.add_argument("--jobs", type=job_count, default=2, metavar="N", help="jobs to compare with one (default 2)")
    parser.add_argument("--size", type=edge_px, default=256, metavar="PX", help="edge of the surfaces (default 256)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints the figures."""
    return tell(measure(args.jobs, args.size), args.json)


def measure(jobs: int, surface_px: int) -> dict:
    """The figures by name.

    places_per_minute : by jobs, the median of the rounds.   ratio, ratio_spread : of the rounds' rates
    with `jobs` ÷ with one, median and (least, most).
    """
    rates: dict[int, list[float]] = {1: [], jobs: []}
    for number in range(ROUNDS):
        for count in rates:
            rates[count].append(_rate(count, surface_px))
            print(f"round {number + 1} of {ROUNDS}, {count} jobs: {rates[count][-1]:.1f} places a minute", file=sys.stderr)
    ratios = sorted(many / one for one, many in zip(rates[1], rates[jobs]))
    medians = {count: round(sorted(values)[len(values) // 2], 2) for count, values in rates.items()}
    return {"places_per_minute": medians, "jobs": jobs, "ratio": round(ratios[len(ratios) // 2], 3),
            "ratio_spread": [round(ratios[0], 3), round(ratios[-1], 3)], "surface_px": surface_px, "places": PLACES}


def _rate(jobs: int, surface_px: int) -> float:
    """Places a minute, from the moment when every process has made one."""
    from showroom.imagine.bake import Baked
    from showroom.imagine.crew import bake_all

    with tempfile.TemporaryDirectory() as folder:
        baked = (said for said in bake_all(_tasks(jobs, surface_px), jobs, Path(folder)) if isinstance(said, Baked))
        for _ in range(jobs):
            next(baked)
        start = time.perf_counter()
        return 60 * sum(1 for _ in baked) / (time.perf_counter() - start)


def _tasks(jobs: int, surface_px: int) -> list:
    """The same place under other seeds, so that every one costs the same and none is there already."""
    from showroom.catalogue import baked_spec, load_catalogue
    from showroom.imagine.bake import Task
    from showroom.words.request import PLACE, Request

    spec = next(spec for product in load_catalogue().products if (spec := baked_spec(product)))
    made = (replace(spec, seed=seed).sealed() for seed in range(jobs + PLACES))
    return [Task(f"seed {one.seed}", Request(PLACE, spec=one, surface_px=surface_px)) for one in made]
