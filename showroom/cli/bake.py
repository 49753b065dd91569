"""showroom bake: paint and grow every product of a catalogue into the cache that the show reads."""

import argparse
import dataclasses
import functools
import sys
from pathlib import Path

from showroom.errors import NotReadyError, ProductError, ShowroomError

HALL_NAME = "hall"
MANIFEST = "bake.json"
_BAR = "{desc} {percentage:3.0f}%|{bar}| {n:.1f}/{total:g} places [{elapsed}<{remaining}, {rate_inv_fmt}]"


def add(parsers) -> None:
    """Registers the verb."""
    parser = parsers.add_parser("bake", help="make every product's place ahead of time",
                                description="Paints and grows the places of a catalogue, and the hall, into "
                                            "the cache that the show reads. What lies there is kept.")
    parser.add_argument("catalogue", nargs="?", type=Path, metavar="CATALOGUE",
                        help="a catalogue in TOML (default: the house's own)")
    parser.add_argument("--out", type=Path, metavar="DIR",
                        help="fill this folder instead of the user's cache")
    parser.add_argument("--size", type=edge_px, metavar="PX",
                        help="edge of the surfaces (default: as the configuration says)")
    parser.add_argument("--only", nargs="+", default=[], metavar="ID",
                        help=f"these products alone ('{HALL_NAME}' is the hall)")
    parser.add_argument("--no-progress", action="store_true", help="no progress bar")
    parser.add_argument("--specs", action="store_true",
                        help="first let the model write the house's baked specs anew")
    parser.set_defaults(run=run)


def edge_px(text: str) -> int:
    """The edge of painted surfaces that a command line names."""
    edge = int(text) if text.isdecimal() and len(text) < 6 else 0
    if not 16 <= edge <= 2048 or edge & (edge - 1):
        raise argparse.ArgumentTypeError(f"'{text}' is not a size; give a power of two from 16 to 2048")
    return edge


def run(args: argparse.Namespace) -> int:
    """Bakes, writes the manifest, names what failed."""
    from showroom import config, paths
    from showroom.catalogue import load_catalogue
    from showroom.imagine.bake import bake, write_manifest
    from showroom.imagine.worker import load_nose

    settings = config.load()
    settings = dataclasses.replace(settings, surface_px=args.size or settings.surface_px)
    catalogue = load_catalogue(args.catalogue)
    nose = functools.cache(load_nose)
    if args.specs:
        _write_specs(catalogue, nose)
    folder = args.out or paths.cache_dir()
    requests = _requests(catalogue, settings, args.only)
    with _Bar(len(requests), args.no_progress) as bar:
        places = bake(requests, nose, folder, bar.tell)
    manifest = folder / MANIFEST
    write_manifest(manifest, str(catalogue.path), settings.surface_px, settings.detail, places)
    return _report(places, manifest)


def _requests(catalogue, settings, only: list[str]) -> list:
    """(name, request) of the products and then the hall, exactly as the show asks for them."""
    from showroom.app.requests import place_request
    from showroom.catalogue import baked_spec
    from showroom.words.request import HALL, Request

    wanted = [catalogue.find(name) for name in only if name != HALL_NAME]
    products = wanted if only else catalogue.products
    requests = [(product.id, place_request(product, settings)) for product in products]
    if not only or HALL_NAME in only:
        specs = ((product, baked_spec(product)) for product in catalogue.products)
        shown = tuple((product, spec) for product, spec in specs if spec)
        requests.append((HALL_NAME, Request(HALL, products=shown, surface_px=settings.surface_px,
                                            detail=settings.detail, language=settings.language)))
    return requests


def _write_specs(catalogue, nose) -> None:
    from showroom import paths
    from showroom.imagine.baked import write_specs

    if catalogue.path.resolve() != (paths.ASSETS / "catalogue.toml").resolve():
        raise ProductError(f"writing baked specs for {catalogue.path}: they ship with the house's own "
                           "catalogue alone; leave out --specs")
    write_specs(catalogue, nose())


class _Bar:
    """A progress bar over places, with rate and time left; silent where nobody can see it."""

    def __init__(self, count: int, hidden: bool):
        from tqdm import tqdm

        self._bar = tqdm(total=count, disable=hidden or None, bar_format=_BAR, unit="place", smoothing=0.1)
        self._names: list[str] = []

    def __enter__(self) -> "_Bar":
        return self

    def __exit__(self, *_) -> None:
        self._bar.close()

    def tell(self, name: str, fraction: float, making: str) -> None:
        """As `bake.bake` calls it."""
        if name not in self._names:
            self._names.append(name)
        self._bar.set_description_str(f"{name}: {making}" if making else name, refresh=False)
        self._bar.update(len(self._names) - 1 + fraction - self._bar.n)


def _report(places, manifest: Path) -> int:
    made, total = sum(place.made for place in places), sum(len(place.assets) for place in places)
    size, seconds = sum(place.size_bytes for place in places), sum(place.seconds for place in places)
    failed = [place for place in places if place.error]
    for place in failed:
        print(f"showroom: {place.name}: {' '.join(place.error.split())}", file=sys.stderr)
    print(f"{len(places) - len(failed)} of {len(places)} places baked in {seconds:.1f} s: "
          f"{made} assets made, {total - made} were there, {size / 1e6:.1f} MB; {manifest}")
    if not failed:
        return 0
    return NotReadyError.exit_code if all(place.lacking for place in failed) else ShowroomError.exit_code
