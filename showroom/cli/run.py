"""showroom run: the showroom in a headset, through OpenXR."""

import argparse
import contextlib
import math
import signal
import sys
import time
from collections.abc import Callable, Iterator


def add(parsers) -> None:
    """Registers the verb."""
    parser = parsers.add_parser("run", help="show it in a headset", description=(
        "Shows the showroom in the headset of the machine's OpenXR runtime. Without a runtime it says so once "
        "and waits for one; a runtime that dies is found again when it is back. Ctrl-C or SIGTERM end it."))
    parser.add_argument("--no-wait", action="store_true", help="end with 3 without a runtime or a headset")
    parser.add_argument("--product", metavar="ID", help="begin in this product's place")
    parser.add_argument("--seconds", type=_seconds, default=math.inf, metavar="N", help="end after N seconds")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Shows until the runtime, the visitor, a signal or the time ends it."""
    from showroom import config, paths
    from showroom.catalogue import load_catalogue

    settings, catalogue = config.load(), load_catalogue()
    first = None if args.product is None else catalogue.find(args.product)

    from showroom.app.show import run as run_show
    from showroom.display.openxr import OpenXRDisplay
    from showroom.imagine.studio import Studio

    display = OpenXRDisplay(wait=not args.no_wait)
    with (contextlib.closing(display), _ended_by_signals() as asked_to_end,
          Studio(paths.cache_dir()) as studio):
        each_frame = _until(asked_to_end, time.monotonic() + args.seconds)
        run_show(display, studio, catalogue, settings, first, each_frame)
    return 0


def _until(asked_to_end: Callable[[], bool], end_s: float):
    """What is done after each frame: tells staff when the session's state changes, and ends in time."""
    from showroom.display.openxr_states import ABSENT

    told = ABSENT  # the display itself says that there is none

    def each_frame(_show, frame) -> bool:
        nonlocal told
        if frame.state != told:
            told = frame.state
            print(f"showroom: headset session {told.lower()}", file=sys.stderr)
        return time.monotonic() < end_s and not asked_to_end()
    return each_frame


@contextlib.contextmanager
def _ended_by_signals() -> Iterator[Callable[[], bool]]:
    """The first SIGINT or SIGTERM lets the frame end and everything close; a second one acts as always."""
    received = []

    def note(number, _frame) -> None:
        received.append(number)
        restore()

    before = {number: signal.signal(number, note) for number in (signal.SIGINT, signal.SIGTERM)}

    def restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)
    try:
        yield lambda: bool(received)
    finally:
        restore()


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not seconds > 0:
        raise argparse.ArgumentTypeError(f"{text!r} is not a time; a number of seconds above 0 is")
    return seconds
