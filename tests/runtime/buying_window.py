"""Buying in a window, run as a child: buying_window.py DATA_FOLDER; prints one JSON line a step.

The visitor sees a window, has a mouse and a keyboard, and a browser that notes what it was told to open.
Whoever sits there pays as one would: on the page behind the card. The child reports and judges nothing.
"""

import argparse
import contextlib
import json
import logging
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import glfw
import httpx
import numpy as np

from showroom import gl
from showroom.app.show import Show
from showroom.catalogue import load_catalogue
from showroom.cli import counter
from showroom.config import Config
from showroom.display.window import WindowDisplay
from showroom.imagine.scribe import Scribe
from showroom.imagine.studio import Studio
from showroom.words.view import clip_from_view, world_from_view
from tests.pixels.person import Person

PATIENCE_S, STILL_PATIENCE_S = 90.0, 300.0
SIZE = (640, 400)
ROUGH = Config(surface_px=64, detail=0.2)
LINE = "two of this in 50 ml, as a gift"


class Customer:
    """A show in a window, and who sits before it."""

    def __init__(self, show: Show, opened: Path):
        self.show, self.opened, self.person = show, opened, Person()
        self._eyes = None

    def until(self, done: Callable[[], bool]) -> bool:
        """Frames until something is so; False when patience ends."""
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            self._eyes = self.show.journey.eyes(self.show.frame().eyes)
            if done():
                return True
        return False

    def wait(self, seconds: float) -> None:
        """So much of the show's time."""
        end_s = self.show.journey.time_s + seconds
        self.until(lambda: self.show.journey.time_s >= end_s)

    def look_at(self, position) -> None:
        """Moves the mouse to where something of the world is seen."""
        view = self._eyes.views[0]
        clip = clip_from_view(view.fov, 0.1, 100.0) @ np.linalg.inv(world_from_view(view.pose)) @ [*position, 1.0]
        across, up = clip[:2] / clip[3]
        width, height = glfw.get_window_size(glfw.get_current_context())
        self.person.point((across + 1) * width / 2, (1 - up) * height / 2)
        self.wait(0.4)

    def sign(self, choice: str):
        """Waits until a choice hangs; None when it does not come."""
        def hangs() -> bool:
            return any(one.choice == choice and one.opacity > 0.9 for one in self.show.journey.signs)
        return next(one for one in self.show.journey.signs if one.choice == choice) if self.until(hangs) else None

    def choose(self, choice: str, hold_s: float = 0.2) -> None:
        """Points at a sign with the mouse and keeps E down for a while."""
        self.look_at(self.sign(choice).pose.position)
        self.person.press("e")
        self.wait(hold_s)
        self.person.release("e")
        self.wait(0.3)

    def type(self, line: str) -> None:
        """Enter, letters, Enter."""
        names = {" ": "space", ",": "comma"}
        for key in ["Return", *(names.get(letter, letter) for letter in line), "Return"]:
            self.person.tap(key)
        self.until(lambda: self.show.journey.typing is None and self.show.journey.state.value == "draft")

    def say(self, step: str, **facts) -> None:
        """What is to be seen now."""
        journey = self.show.journey
        self.wait(1.2)
        print(json.dumps({"step": step, "state": journey.state.value, "inside": journey.inside,
                          "signs": [[one.writing.kind, one.writing.title, list(one.writing.lines)]
                                    for one in journey.signs], **facts}), flush=True)

    def page(self, at_least: int) -> str:
        """The address that the browser was told to open last."""
        self.until(lambda: self.opened.exists() and len(self.opened.read_text().split()) >= at_least)
        return self.opened.read_text().split()[-1]


def pay(url: str, verdict: str) -> tuple[int, str]:
    """As somebody with a browser would: the page, its button, the gateway's answer; the last page's address."""
    with httpx.Client(base_url=httpx.URL(url).join("/")) as browser:
        page = browser.get(url)
        gateway = browser.post(url).headers["location"]
        return page.status_code, browser.post(gateway, data={"verdict": verdict}).headers["location"]


def main(folder: str) -> None:
    """Comes, is advised, buys by typing and holding, pays, and opens the page to take home."""
    display = WindowDisplay(SIZE, scale=0.25)
    glfw.focus_window(glfw.get_current_context())
    with (contextlib.closing(display), tempfile.TemporaryDirectory() as cache, Studio(Path(cache)) as studio,
          Scribe() as scribe, counter.clerk(argparse.Namespace(photo=None), ROUGH, before_a_screen=True) as clerk):
        show = Show(display, studio, load_catalogue(), ROUGH, scribe=scribe, clerk=clerk)
        show.renderer.draw = lambda *_arguments: None  # nobody looks at the pictures, and a software driver is slow
        customer = Customer(show, Path(folder) / "opened")
        try:
            _advised(customer)
            _buys(customer)
            gl.check("buying")
        finally:
            show.close()


def _advised(customer: Customer) -> None:
    journey = customer.show.journey
    customer.wait(0.5)
    customer.person.point(10, 10)
    customer.person.tap("e")
    customer.choose("en")
    customer.choose("advise")
    while journey.state.value == "ask":
        customer.say("question")
        answer = next(one.choice for one in journey.signs if one.choice.startswith("answer:"))
        customer.choose(answer)
    customer.say("offers", reasons=[one.reason.kind for one in journey.counter.offers])
    customer.choose(f"try:{journey.counter.offers[0].product_id}")
    customer.until(lambda: customer.show.stage.in_place)
    customer.say("inside")


def _buys(customer: Customer) -> None:
    journey = customer.show.journey
    customer.type(LINE)
    draft = journey.counter.purchase.draft
    customer.say("draft", draft=draft and draft.to_plain())
    customer.choose("review")
    customer.say("confirm")
    customer.choose("confirm", hold_s=0.5)
    customer.say("too short", ordered=journey.counter.purchase.order is not None)
    customer.choose("confirm", hold_s=1.6)
    customer.until(lambda: journey.counter.purchase.receipt is not None)
    customer.say("pay", receipt=journey.counter.purchase.receipt.to_plain())
    customer.choose("open")
    pay_url = customer.page(1)
    page, back_at = pay(pay_url, "refused")
    customer.until(lambda: journey.counter.purchase.receipt.state == "refused")
    customer.say("refused", page=page, back_at=back_at)
    _, take_at = pay(pay_url, "paid")
    customer.until(lambda: journey.state.value == "receipt")
    customer.say("receipt", take_at=take_at)
    customer.choose("open")
    take_url = customer.page(2)
    answer = httpx.get(take_url)
    customer.say("home", url=take_url, status=answer.status_code, html=answer.text)
    deadline = time.monotonic() + STILL_PATIENCE_S
    while "still.jpg" not in httpx.get(take_url).text and time.monotonic() < deadline:
        time.sleep(1.0)  # no frames meanwhile: it is drawn with what processor time they leave
    still = httpx.get(take_url + "/still.jpg")
    customer.say("still", kind=still.headers["content-type"], size=len(still.content))
    customer.choose("goodbye")
    customer.until(lambda: journey.state.value == "attract")
    customer.say("gone", preference=journey.counter.preference.to_plain())


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(message)s")
    main(sys.argv[1])
