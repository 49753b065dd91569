"""`--record` and `--replay`, as every command with a visitor has them."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from showroom.errors import UsageError

if TYPE_CHECKING:  # help loads no room
    from showroom.display.base import Display


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Registers both options."""
    parser.add_argument("--record", type=Path, metavar="FILE",
                        help="write down what head and hands do, as JSON Lines")
    parser.add_argument("--replay", type=Path, metavar="FILE",
                        help="let head and hands do what a recording says; it ends with the recording")


class Posed:
    """What the options ask for; the files are opened and checked before any display is.

    Raises InputError for a file that is no recording or cannot be written, UsageError if both are one.
    """

    def __init__(self, args: argparse.Namespace):
        from showroom.display.recording import Recorder, Recording

        if args.record is not None and args.replay is not None and _same(args.record, args.replay):
            raise UsageError(f"--record and --replay name the same file {args.replay}; "
                             "it would be lost: name another")
        self._recording = Recording(args.replay) if args.replay is not None else None
        self._recorder = Recorder(args.record) if args.record is not None else None

    def around(self, display: "Display") -> "Display":
        """The display as the options want it."""
        from showroom.display.replay import Recorded, Replayed

        if self._recording is not None:
            display = Replayed(display, self._recording)
        if self._recorder is not None:
            display = Recorded(display, self._recorder)
        return display


def _same(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.samefile(other)
