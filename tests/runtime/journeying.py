"""A whole visit in a driven headset, run as a child: journeying.py PORT; prints one JSON line a step.

The visitor knows only what is to be seen: it waits for signs, points at where they hang, and presses. It
reports what it saw and judges nothing.
"""

import contextlib
import json
import logging
import math
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from showroom import gl
from showroom.app.show import Show
from showroom.catalogue import load_catalogue
from showroom.config import Config
from showroom.display.openxr import OpenXRDisplay
from showroom.imagine.scribe import Scribe
from showroom.imagine.studio import Studio
from showroom.words.sign import Sign
from showroom.words.view import Pose, yaw_pitch
from tests.runtime.remote import Remote
from tests.words.visitor import aimed

PATIENCE_S = 60.0
ROUGH = Config(surface_px=64, detail=0.2)
HEAD, HAND, FACE = (0.0, 1.6, 0.0), (0.25, 1.2, -0.35), (0.0, 1.5, -0.1)
AWAY = (0.3, 3.0, -1.0)


class Visit:
    """A show, and the head and right hand in it."""

    def __init__(self, show: Show, remote: Remote):
        self.show, self.remote = show, remote
        self.head_yaw = 0.0

    def until(self, done: Callable[[], bool]) -> bool:
        """Frames until something is so; False when patience ends."""
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            self.show.frame()
            if done():
                return True
        return False

    def wait(self, seconds: float) -> None:
        """So much of the show's time."""
        end_s = self.show.journey.time_s + seconds
        self.until(lambda: self.show.journey.time_s >= end_s)

    def look(self, yaw_rad: float) -> None:
        """Turns the head."""
        self.remote.head(HEAD, yaw_pitch(yaw_rad, 0.0))
        self.remote.send()

    def point(self, place, origin=HAND) -> None:
        """The right hand, pointing at a place in the room."""
        pose = aimed(origin, place)
        self.remote.hand("right", pose.position, pose.orientation)
        self.remote.send()
        self.until(lambda: any(hand.aim and math.dist(hand.aim.position, origin) < 0.3 for hand in self.show.journey.hands))
        self.wait(0.3)

    def press(self, button: str = "trigger") -> None:
        """Down and up again."""
        for value in (1.0, 0.0):
            if button == "b":
                self.remote.b_button("right", bool(value))
            else:
                getattr(self.remote, button)("right", value)
            self.remote.send()
            self.wait(0.4)

    def sign(self, choice: str) -> Sign:
        """Waits until a choice hangs, and is lettered."""
        self.until(lambda: any(sign.choice == choice and sign.opacity > 0.9 for sign in self.show.journey.signs))
        return next(sign for sign in self.show.journey.signs if sign.choice == choice)

    def choose(self, choice: str) -> None:
        """Points at a sign and selects it."""
        self.point(self.in_room(self.sign(choice).pose))
        self.press()

    def in_room(self, pose: Pose):
        """Where something of the world is in the room."""
        return self.show.journey.standing.room_from_world(pose).position

    @property
    def layers(self) -> list[str]:
        """What is written on the layers that the runtime was given; a ray's cursor says nothing."""
        shown = self.show.display._session.hung._shown
        return [plate.panel.writing.title for plate in shown if plate.panel.writing.title]

    def say(self, step: str) -> None:
        """What is to be seen now."""
        journey = self.show.journey
        self.until(lambda: len(self.layers) == len(journey.signs))  # what is new has been lettered
        print(json.dumps({"step": step, "state": journey.state.value, "language": journey.language,
                          "inside": journey.inside, "tried": journey.tried, "held": [one.product_id for one in journey.held],
                          "signs": [[one.writing.kind, one.writing.title, one.writing.language] for one in journey.signs],
                          "layers": sorted(self.layers)}), flush=True)


def main(port: str) -> None:
    """One visit, from attract to reset."""
    display = OpenXRDisplay(wait=False, graphics="egl")
    with (contextlib.closing(display), tempfile.TemporaryDirectory() as folder, Studio(Path(folder)) as studio,
          Scribe() as scribe):
        show = Show(display, studio, load_catalogue(), ROUGH, scribe=scribe)
        show.renderer.draw = lambda *_arguments: None  # nobody looks at the pictures, and a software driver is slow
        visit = Visit(show, Remote(int(port)))
        try:
            _arrive(visit)
            _browse(visit)
            _leave(visit)
            gl.check("visiting")
        finally:
            show.close()


def _arrive(visit: Visit) -> None:
    visit.look(0.0)
    visit.until(lambda: visit.show.display.lifecycle.focused)
    visit.sign("zh")
    visit.wait(1.0)
    visit.say("greet")
    visit.choose("zh")
    visit.say("browse")


def _browse(visit: Visit) -> None:
    journey = visit.show.journey
    one, other = list(journey.homes)[:2]
    x, y, z = journey.homes[one].position
    visit.point((x, y + 0.07, z))
    visit.wait(1.0)
    visit.say("card")
    visit.press()
    visit.until(lambda: visit.show.stage.settled and visit.show.stage.in_place)
    visit.wait(1.0)
    visit.say("inside")
    visit.point(AWAY)
    visit.press("b")
    visit.wait(1.0)
    visit.say("back")
    visit.point(visit.in_room(Pose(journey.homes[other].position)))
    visit.remote.squeeze("right", 1.0)
    visit.remote.send()
    visit.until(lambda: bool(journey.carried))
    visit.wait(1.5)
    visit.say("carried")
    visit.point(AWAY, FACE)
    visit.until(lambda: bool(journey.inside))
    visit.say("smelled")
    visit.point(AWAY)
    visit.remote.squeeze("right", 0.0)
    visit.remote.send()
    visit.choose("compare")
    visit.wait(2.5)
    visit.say("compare")


def _leave(visit: Visit) -> None:
    visit.choose("browse")
    visit.point(AWAY)
    visit.choose("goodbye")
    visit.wait(1.0)
    visit.say("goodbye")
    visit.until(lambda: visit.show.journey.state.value == "attract")
    visit.say("reset")


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(message)s")
    main(sys.argv[1])
