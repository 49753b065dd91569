"""showroom bake: paint and grow every product of a catalogue into the cache that the show reads."""

import argparse
import dataclasses
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from showroom.cli import painting
from showroom.errors import NotReadyError, ProductError, ShowroomError, UsageError

HALL_NAME = "hall"
MANIFEST, REPORT = "bake.json", "report.html"
_BAR = "{desc} {percentage:3.0f}%|{bar}| {n:.1f}/{total:g} places [{elapsed}<{remaining}, {rate_inv_fmt}]"


def add(parsers) -> None:
    """Registers the verb."""
    parser = parsers.add_parser("bake", help="make every product's place ahead of time",
                                description="Paints and grows the places of a catalogue, and the hall, into "
                                            "the cache that the show reads, and writes a manifest and a report. "
                                            "What lies there is kept, so a bake that was interrupted goes on.")
    parser.add_argument("catalogue", nargs="?", type=Path, metavar="CATALOGUE",
                        help="a catalogue in TOML or JSON Lines (default: the house's own)")
    parser.add_argument("--out", type=Path, metavar="DIR",
                        help="fill this folder instead of the user's cache")
    parser.add_argument("--size", type=edge_px, metavar="PX",
                        help="edge of the surfaces (default: as the configuration says)")
    parser.add_argument("--jobs", type=job_count, metavar="N",
                        help="places made side by side (default: one for each core)")
    parser.add_argument("--ray", metavar="ADDRESS",
                        help="spread over the Ray cluster at this address instead ('local' starts one here)")
    parser.add_argument("--only", nargs="+", default=[], metavar="ID",
                        help=f"these products alone ('{HALL_NAME}' is the hall)")
    parser.add_argument("--no-progress", action="store_true", help="no progress bar")
    parser.add_argument("--specs", action="store_true",
                        help="first let the model write the house's baked specs anew")
    painting.add_argument(parser)
    parser.set_defaults(run=run)


def job_count(text: str) -> int:
    """A number of jobs that a command line names."""
    jobs = int(text) if text.isdecimal() and len(text) < 5 else 0
    if not 1 <= jobs <= 256:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of jobs; give 1 to 256")
    return jobs


def edge_px(text: str) -> int:
    """The edge of painted surfaces that a command line names."""
    edge = int(text) if text.isdecimal() and len(text) < 6 else 0
    if not 16 <= edge <= 2048 or edge & (edge - 1):
        raise argparse.ArgumentTypeError(f"'{text}' is not a size; give a power of two from 16 to 2048")
    return edge


def run(args: argparse.Namespace) -> int:
    """Bakes, writes the manifest and the report, names what failed."""
    from showroom import config, paths
    from showroom.imagine import crew, manifest, report

    if args.ray and args.jobs:
        raise UsageError("bake --jobs counts processes of this machine, --ray spreads over a cluster: give one of them")
    settings = painting.chosen(args, config.load())
    settings = dataclasses.replace(settings, surface_px=args.size or settings.surface_px)
    source = args.catalogue or paths.ASSETS / "catalogue.toml"
    if args.specs:
        _write_specs(source)
    folder = args.out or paths.cache_dir()
    wanted = _Wanted(source, args.only)
    count = wanted.count()
    summary = _Summary()
    with (_Bar(count, args.no_progress) as bar,
          manifest.writing(folder / MANIFEST, str(source), settings.surface_px, settings.detail) as listing,
          report.writing(folder, f"Bake of {source.name}") as pages):
        for said in _bakers(args, wanted.tasks(settings), count, folder):
            bar.tell(said)
            if isinstance(said, crew.Step):
                continue
            for taker in (listing, pages, summary):
                taker.add(said)
    return summary.told(folder)


def _bakers(args: argparse.Namespace, tasks: Iterator, count: int, folder: Path) -> Iterator:
    """Who bakes: processes of this machine, or a cluster."""
    from showroom.imagine import cluster, crew

    if args.ray:
        return cluster.bake_on_cluster(tasks, args.ray, folder)
    return crew.bake_all(tasks, min(args.jobs or os.cpu_count() or 1, count), folder)


@dataclasses.dataclass(frozen=True)
class _Wanted:
    """What a command line asks to bake: rows of a catalogue and the hall, or some of them by name."""

    source: Path
    only: list[str]

    def count(self) -> int:
        """How many places. Raises ProductError for a name that is not in the catalogue."""
        if self.only:
            self._check_names()
            return len(set(self.only))
        rows = sum(1 for _ in self._rows())
        if not rows:
            raise ProductError(f"baking {self.source}: no rows; at least one product is needed; add some")
        return rows + self._with_hall

    @property
    def _with_hall(self) -> bool:
        """The hall shows a house's products: rows of JSON Lines are no house."""
        return (not self.only or HALL_NAME in self.only) and self.source.suffix != ".jsonl"

    def tasks(self, settings) -> Iterator:
        """The products' places, as the show asks for them, and then the hall."""
        from showroom.app.requests import hall_request, place_request
        from showroom.imagine.bake import Task

        for name, product in self._rows():
            if self.only and name not in self.only:
                continue
            if isinstance(product, ProductError):
                yield Task(name, None, str(product))
            else:
                yield Task(name, place_request(product, settings))
        if self._with_hall:
            yield Task(HALL_NAME, hall_request(settings, self._house()))

    def _rows(self) -> Iterator:
        from showroom.catalogue import product_rows

        return product_rows(self.source)

    def _house(self):
        """The catalogue's sound products, as the hall shows them."""
        return [product for _, product in self._rows() if not isinstance(product, Exception)]

    def _check_names(self) -> None:
        from showroom.catalogue import unknown_product

        missing = set(self.only) - {HALL_NAME}
        for name, _ in self._rows():
            missing.discard(name)
        if missing:
            raise unknown_product(min(missing), self.source, [name for name, _ in self._rows()])


def _write_specs(source: Path) -> None:
    from showroom import paths
    from showroom.catalogue import load_catalogue
    from showroom.imagine.baked import write_specs
    from showroom.imagine.worker import load_nose

    if source.resolve() != (paths.ASSETS / "catalogue.toml").resolve():
        raise ProductError(f"writing baked specs for {source}: they ship with the house's own "
                           "catalogue alone; leave out --specs")
    write_specs(load_catalogue(), load_nose())


class _Bar:
    """A progress bar over places, with rate and time left; silent where nobody can see it."""

    def __init__(self, count: int, hidden: bool):
        from tqdm import tqdm

        self._bar = tqdm(total=count, disable=hidden or None, bar_format=_BAR, unit="place", smoothing=0.1)
        self._done = 0
        self._under_way: dict[str, float] = {}

    def __enter__(self) -> "_Bar":
        return self

    def __exit__(self, *_) -> None:
        self._bar.close()

    def tell(self, said) -> None:
        """Heeds what the crew says: a Step or a Baked."""
        fraction = getattr(said, "fraction", None)
        if fraction is None:
            self._done += 1
            self._under_way.pop(said.name, None)
        else:
            self._under_way[said.name] = min(fraction, 0.99)
            self._bar.set_description_str(f"{said.name}: {said.making}" if said.making else said.name, refresh=False)
        self._bar.update(self._done + sum(self._under_way.values()) - self._bar.n)


class _Summary:
    """Counts what was baked, and says it."""

    def __init__(self):
        self._places = self._whole = self._made = self._assets = self._bytes = 0
        self._lacking = True
        self._start = time.monotonic()

    def add(self, place) -> None:
        """Counts one place; one that failed is said at once."""
        self._places += 1
        self._whole += not place.error
        self._made += place.made
        self._assets += len(place.assets)
        self._bytes += place.size_bytes
        for line in place.remarks:
            print(f"showroom: {place.name}: {' '.join(line.split())}", file=sys.stderr)
        if place.error:
            self._lacking &= place.lacking
            print(f"showroom: {place.name}: {' '.join(place.error.split())}", file=sys.stderr)

    def told(self, folder: Path) -> int:
        """Prints the sum of it; the exit code."""
        seconds = time.monotonic() - self._start
        print(f"{self._whole} of {self._places} places baked in {seconds:.1f} s: "
              f"{self._made} assets made, {self._assets - self._made} were there, {self._bytes / 1e6:.1f} MB; "
              f"{folder / MANIFEST}, {folder / REPORT}")
        if self._whole == self._places:
            return 0
        return NotReadyError.exit_code if self._lacking else ShowroomError.exit_code
