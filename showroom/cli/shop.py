"""showroom shop: sells what the catalogue names, over HTTP; a program of its own."""

import argparse
import os
import re
import signal
import threading
from pathlib import Path

from showroom.errors import UsageError

WEBHOOK_SECRET = "SHOWROOM_WEBHOOK_SECRET"
_EPILOG = ("Keys come from the environment: SHOWROOM_TILL_KEY lets a show order (needed unless it is reached "
           "from this machine alone), SHOWROOM_MERCHANT_KEY opens the merchant's API, "
           f"{WEBHOOK_SECRET} signs the news of --webhook. See docs/shop.md.")


def add(parsers) -> None:
    """Registers the verb."""
    parser = parsers.add_parser("shop", help="sell over HTTP: orders, payment by link, receipts",
                                description="Serves the shop until it is told to end. Prints one line of "
                                            "JSON with its address.", epilog=_EPILOG)
    parser.add_argument("--host", default="127.0.0.1",
                        help="address to listen on (default: this machine alone)")
    parser.add_argument("--port", type=_whole("a port", 0, 65_535), default=8765,
                        help="default 8765; 0: any free one")
    parser.add_argument("--database", metavar="URL", default="",
                        help="sqlite:////path/shop.sqlite or postgresql://user:password@host/name "
                             "(default: SQLite in the user's data folder)")
    parser.add_argument("--public-url", metavar="URL", default="",
                        help="how phones reach it (default: the address itself)")
    parser.add_argument("--catalogue", type=Path, metavar="FILE",
                        help="what it sells (default: the house's own)")
    parser.add_argument("--stock", type=_whole("a stock", 0, 10_000_000), default=100, metavar="N",
                        help="pieces of a size that is seen for the first time (100)")
    parser.add_argument("--pay-within-s", type=_whole("a time", 5, 604_800), default=1800, metavar="S",
                        help="seconds to pay an order in (1800)")
    parser.add_argument("--keep-s", type=_whole("a time", 5, 604_800), default=86_400, metavar="S",
                        help="seconds that a page to take home lasts (86400)")
    parser.add_argument("--webhook", metavar="URL", default="",
                        help="tell this address of orders that were paid, shipped, cancelled and refunded")
    parser.add_argument("--until-input-ends", action="store_true",
                        help="end when whoever started it closes its standard input, or ends")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Serves."""
    for option, url, path in (("--public-url", args.public_url, "/?"),
                              ("--webhook", args.webhook, r"[^\s\"<>]*")):
        if url and not re.fullmatch(rf"https?://[^\s/?#\"<>]+{path}", url):
            raise UsageError(f"shop {option} {url[:80]!r} is no address of http or https that is accepted "
                             "here; for example https://shop.example")
    secret = os.environ.get(WEBHOOK_SECRET, "")
    if args.webhook and len(secret) < 24:
        raise UsageError(f"shop --webhook signs what it tells: set {WEBHOOK_SECRET} to at least 24 "
                         "characters (openssl rand -hex 24) here and at the receiver")
    from showroom import paths
    from showroom.shop.serve import Settings, serve

    if args.until_input_ends:
        threading.Thread(target=_end_with_input, daemon=True).start()
    folder = paths.data_dir()
    database = args.database or f"sqlite:///{folder / 'shop.sqlite'}"
    return serve(Settings(args.host, args.port, database, folder / "shop-places", args.public_url,
                          args.catalogue, args.stock, args.pay_within_s, args.keep_s, args.webhook, secret))


def _end_with_input() -> None:
    """A process that has ended holds nobody's input open."""
    while os.read(0, 64):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def _whole(what: str, least: int, most: int):
    def number(text: str) -> int:
        if not re.fullmatch("[0-9]{1,9}", text) or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"'{text}' is not {what}; give a whole number from {least} "
                                             f"to {most}")
        return int(text)
    return number
