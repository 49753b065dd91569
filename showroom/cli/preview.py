"""showroom preview: the showroom in a window, or a tour in files where there is no display."""

import argparse
import contextlib
import os
import sys
from pathlib import Path

from showroom.cli import comfort, counter, painting, poses
from showroom.errors import UsageError


def add(parsers) -> None:
    """Registers the verb."""
    parser = parsers.add_parser("preview",
                                help="walk the showroom in a window; without a display, write a tour",
                                description="Opens a window that simulates a headset. Without a display "
                                            "it writes pictures and a film instead.")
    parser.add_argument("--product", metavar="ID", help="begin in this product's place")
    parser.add_argument("--text", metavar="TEXT", help="begin in the place of these words")
    parser.add_argument("--watch", type=Path, metavar="CATALOGUE",
                        help="show the products of this file, and again whenever it is saved")
    parser.add_argument("--out", type=Path, default=Path("out"), metavar="DIR",
                        help="where the tour goes when there is no display (default: out)")
    poses.add_arguments(parser)
    counter.add_arguments(parser)
    comfort.add_arguments(parser)
    painting.add_argument(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Shows until the window is closed, or writes the tour and names its files."""
    if args.product is not None and args.text is not None:
        raise UsageError("preview begins in one place: give --product ID or --text TEXT, "
                         "or neither for the hall")
    if args.watch is not None and args.text is not None:
        raise UsageError("preview --watch shows a catalogue's products: leave out --text, or --watch")
    from showroom import config

    settings = painting.chosen(args, comfort.chosen(args, config.load()))
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        if args.watch is not None:
            raise UsageError("preview --watch needs a window: neither DISPLAY nor WAYLAND_DISPLAY is set; without "
                             "one, 'showroom shot --out FILE' writes a still")
        if args.record is not None or args.replay is not None:
            raise UsageError("preview --record and --replay need a window: neither DISPLAY nor WAYLAND_DISPLAY "
                             "is set; start a desktop session, or leave them out for a tour")
        return _as_tour(_first(args), settings, args.out)
    if args.watch is None:
        return _in_window(_first(args), settings, args)
    from showroom.app.watch import Watch

    watch = Watch(args.watch, args.product)
    return _in_window(watch.shown, settings, args, watch)


def _first(args: argparse.Namespace):
    """The product to begin with; None begins in the hall."""
    from showroom.catalogue import load_catalogue, product_from_text

    if args.text is not None:
        return product_from_text(args.text)
    return None if args.product is None else load_catalogue().find(args.product)


def _in_window(first, settings, args: argparse.Namespace, watch=None) -> int:
    from showroom import paths
    from showroom.app.senses import Senses
    from showroom.app.show import run as run_show
    from showroom.catalogue import load_catalogue
    from showroom.display.window import WindowDisplay
    from showroom.imagine.scribe import Scribe
    from showroom.imagine.studio import Studio

    catalogue = watch.catalogue if watch else load_catalogue()
    posed = poses.Posed(args)
    with (contextlib.closing(posed.around(WindowDisplay())) as display, Studio(paths.cache_dir()) as studio,
          Scribe() as scribe, contextlib.closing(Senses(settings, apart=True)) as senses,
          counter.clerk(args, settings, before_a_screen=True, catalogue=args.watch) as clerk):
        run_show(display, studio, catalogue, settings, first, _each_frame(display, watch), scribe, senses, clerk)
    return 0


def _each_frame(display, watch=None):
    """Keeps the window's title saying what can be done now; heeds edited shaders (F5: builds them anew) and what is watched."""
    def heed(show, frame) -> bool:
        if watch:
            watch.look(show, frame.time_s)
        comfort.heed(show, frame.time_s)
        display.walker.left_handed = show.comforts.now.left_handed
        display.set_title(show.caption())
        if "F5" in display.pressed:
            show.renderer.reload_shaders()
        show.renderer.heed_edits(frame.time_s)
        return True
    return heed


def _as_tour(first, settings, folder: Path) -> int:
    from showroom.app.requests import make_now
    from showroom.app.tour import itinerary, tour

    print(f"showroom: no display here (neither DISPLAY nor WAYLAND_DISPLAY is set); "
          f"writing a tour to {folder}/", file=sys.stderr)
    for file in tour(itinerary(first, settings), make_now, folder, comfort=settings.comfort):
        print(file, flush=True)
    return 0
