"""Buying in a driven headset, run as a child: buying_headset.py PORT; prints one JSON line a step.

The visitor points, presses and holds; whoever has a telephone pays on the page behind the code.
"""

import contextlib
import json
import logging
import sys
import tempfile
from pathlib import Path

from showroom import gl
from showroom.app.clerk import Clerk
from showroom.app.own_shop import OwnShop
from showroom.app.show import Show
from showroom.catalogue import load_catalogue
from showroom.display.openxr import OpenXRDisplay
from showroom.imagine.scribe import Scribe
from showroom.imagine.studio import Studio
from showroom.words.view import Pose
from tests.runtime.buying_window import pay
from tests.runtime.journeying import AWAY, ROUGH, Visit
from tests.runtime.remote import Remote


class Buyer(Visit):
    """A visitor who can hold the trigger down."""

    def hold(self, choice: str, seconds: float) -> None:
        """Points at a sign and keeps the trigger down on it."""
        self.point(self.in_room(self.sign(choice).pose))
        self.remote.trigger("right", 1.0)
        self.remote.send()
        self.wait(seconds)
        self.remote.trigger("right", 0.0)
        self.remote.send()
        self.wait(0.3)

    def tell(self, step: str, **facts) -> None:
        """What is to be seen now, on the headset's own layers."""
        self.wait(1.2)
        self.until(lambda: len(self.layers) >= len(self.show.journey.signs) - 1)
        journey = self.show.journey
        print(json.dumps({"step": step, "state": journey.state.value, "language": journey.language,
                          "signs": [[one.writing.kind, one.writing.title, list(one.writing.lines)]
                                    for one in journey.signs], "layers": sorted(self.layers), **facts}), flush=True)


def main(port: str) -> None:
    """Comes, buys one, pays, and leaves."""
    display = OpenXRDisplay(wait=False, graphics="egl")
    with (contextlib.closing(display), tempfile.TemporaryDirectory() as folder, Studio(Path(folder)) as studio,
          Scribe() as scribe, Clerk(Path(folder), shop=OwnShop(Path(folder))) as clerk):
        show = Show(display, studio, load_catalogue(), ROUGH, scribe=scribe, clerk=clerk)
        show.renderer.draw = lambda *_arguments: None  # nobody looks at the pictures, and a software driver is slow
        buyer = Buyer(show, Remote(int(port)))
        try:
            _buy(buyer)
            gl.check("buying")
        finally:
            show.close()


def _buy(buyer: Buyer) -> None:
    journey = buyer.show.journey
    buyer.look(0.0)
    buyer.until(lambda: buyer.show.display.lifecycle.focused)
    buyer.choose("it")
    x, y, z = next(iter(journey.homes.values())).position
    buyer.point(buyer.in_room(Pose((x, y + 0.07, z))))
    buyer.press()
    buyer.until(lambda: buyer.show.stage.in_place)
    for choice in ("buy", "size:100ml", "one_more", "gift"):
        buyer.choose(choice)
    buyer.tell("draft", draft=journey.counter.purchase.draft.to_plain())
    buyer.choose("review")
    buyer.tell("confirm")
    buyer.hold("confirm", 0.6)
    buyer.tell("too short", ordered=journey.counter.purchase.order is not None)
    buyer.hold("confirm", 1.5)
    buyer.until(lambda: journey.counter.purchase.receipt is not None)
    buyer.tell("pay")
    pay(journey.counter.purchase.receipt.pay_url, "paid")
    buyer.until(lambda: journey.state.value == "receipt")
    buyer.tell("receipt")
    buyer.point(AWAY)
    buyer.press("b")
    buyer.tell("back")


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(message)s")
    main(sys.argv[1])
