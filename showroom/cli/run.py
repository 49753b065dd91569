"""showroom run: the showroom in a headset, through OpenXR."""

import argparse
import contextlib
import math
import sys
import time

from showroom.cli import comfort, counter, painting, poses
from showroom.cli.ending import Ending


def add(parsers) -> None:
    """Registers the verb."""
    parser = parsers.add_parser("run", help="show it in a headset", description=(
        "Shows the showroom in the headset of the machine's OpenXR runtime. Without a runtime it says so once "
        "and waits for one; a runtime that dies is found again when it is back. Ctrl-C or SIGTERM end it."))
    parser.add_argument("--no-wait", action="store_true", help="end with 3 without a runtime or a headset")
    parser.add_argument("--product", metavar="ID", help="begin in this product's place")
    parser.add_argument("--seconds", type=_seconds, default=math.inf, metavar="N", help="end after N seconds")
    parser.add_argument("--mirror", action="store_true",
                        help="show what one eye sees in a window on the desktop, too")
    poses.add_arguments(parser)
    counter.add_arguments(parser)
    comfort.add_arguments(parser)
    painting.add_argument(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Shows until the runtime, the visitor, a signal or the time ends it."""
    from showroom import config, paths
    from showroom.catalogue import load_catalogue

    settings, catalogue = painting.chosen(args, comfort.chosen(args, config.load())), load_catalogue()
    first = None if args.product is None else catalogue.find(args.product)
    posed = poses.Posed(args)

    from showroom.app.senses import Senses
    from showroom.app.show import run as run_show
    from showroom.display.openxr import OpenXRDisplay
    from showroom.imagine.scribe import Scribe
    from showroom.imagine.studio import Studio

    def headset() -> OpenXRDisplay:
        return OpenXRDisplay(wait=not args.no_wait, mirror=args.mirror, most_hz=settings.refresh_hz)

    with (Ending() as ending, contextlib.closing(posed.around(headset())) as display,
          Studio(paths.cache_dir()) as studio, Scribe() as scribe,
          contextlib.closing(Senses(settings, apart=True)) as senses,
          counter.clerk(args, settings, before_a_screen=False) as clerk):
        ending.when_stuck(lambda: display.status, lambda: (studio.close(), scribe.close()))
        each_frame = _until(ending, time.monotonic() + args.seconds)
        run_show(display, studio, catalogue, settings, first, each_frame, scribe, senses, clerk)
    return 0


def _until(ending: Ending, end_s: float):
    """What is done after each frame: hears and tells staff, of the session's state too, and ends in time."""
    from showroom.display.openxr_states import ABSENT

    told = ABSENT  # the display itself says that there is none

    def each_frame(show, frame) -> bool:
        nonlocal told
        comfort.heed(show, frame.time_s)
        if frame.state != told:
            told = frame.state
            print(f"showroom: headset session {told.lower()}", file=sys.stderr)
        return time.monotonic() < end_s and not ending.asked
    return each_frame


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not seconds > 0:
        raise argparse.ArgumentTypeError(f"{text!r} is not a time; a number of seconds above 0 is")
    return seconds
