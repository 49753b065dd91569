"""Starts one soak by name: `python scripts/soaks NAME [--share S]`.

A soak is a file beside this one whose `main(share: float) -> int` runs that share of its length, prints
one JSON object, and returns 0 if everything it promises held, else 1.
"""

import argparse
import importlib
import logging
import sys
from pathlib import Path

from showroom.errors import ShowroomError

SOAKS = tuple(sorted(file.stem for file in Path(__file__).parent.glob("[!_]*.py")))


def start(words: list[str]) -> int:
    """Parses the command line and runs the soak; its exit status."""
    parser = argparse.ArgumentParser(prog="scripts/soak", description="One long run; prints one JSON object.")
    parser.add_argument("name", metavar="NAME", choices=SOAKS, help=f"one of: {', '.join(SOAKS)}")
    parser.add_argument("--share", type=_share, default=1.0, metavar="S",
                        help="share of the whole length, above 0 to 1 (default 1)")
    named = next((word for word in words if word in SOAKS), None)
    soak = importlib.import_module(named) if named else None
    if hasattr(soak, "options"):
        soak.options(parser)
    given = vars(parser.parse_args(words))
    name = given.pop("name")
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    try:
        return soak.main(**given)
    except ShowroomError as error:
        print(f"scripts/soak {name}: {error}", file=sys.stderr)
        return 1


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = 0.0
    if not 0.0 < share <= 1.0:
        raise argparse.ArgumentTypeError(f"'{text}' is not a share; give a number above 0, at most 1")
    return share


if __name__ == "__main__":
    sys.exit(start(sys.argv[1:]))
