"""The visitor of `soak xr`, run as a child: _xr_visitor.py PORT SEED; a whole show in a driven headset.

A head and two controllers of Monado's remote driver do what a visitor may do, at random: look and step about,
point and choose, take a bottle and smell it, call the ring round, go back, say goodbye, put everything down for a
while. Before that, one comes for a short visit in each language: what is read has been lettered in all of them
before memory is judged. It goes on until its input is closed, then prints what was counted.
"""

import contextlib
import json
import logging
import math
import os
import random
import select
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from scripts.soaks import _watch
from showroom import gl
from showroom.app.show import Show
from showroom.catalogue import load_catalogue
from showroom.cli.figures import resident_bytes
from showroom.config import Config
from showroom.display.openxr import OpenXRDisplay
from showroom.display.openxr_loader import xr
from showroom.display.openxr_states import ABSENT
from showroom.imagine.scribe import Scribe
from showroom.imagine.studio import Studio
from showroom.visit.journey import State
from showroom.words.hall import PLACE_HOME
from showroom.words.view import Pose, yaw_pitch
from tests.runtime.remote import Remote

ROUGH = Config(surface_px=64, detail=0.2)
FRAME_S = 1 / 90          # what a frame may take
SAMPLE_S = 10.0
_DRAWING = ("glBlitNamedFramebuffer", "glClearNamedFramebufferfv", "glDrawArraysInstanced",
            "glGenerateTextureMipmap", "glMultiDrawArraysIndirect", "glMultiDrawElementsIndirect")
HEAD_M = 1.6
MOST_TRIES = 40            # of one step of a visit
AT_REST = {"left": (-0.25, 1.0, -0.3), "right": (0.25, 1.0, -0.3)}


class Timed(OpenXRDisplay):
    """Measures what the show does of each frame that is drawn, from xrBeginFrame to xrEndFrame."""

    late = late_by_cpu = in_a_row = longest_row = timed = 0
    worst_s = 0.0

    @contextlib.contextmanager
    def frame(self):
        """The next frame."""
        with super().frame() as frame:
            began_s, cpu_s = time.perf_counter(), time.thread_time()
            yield frame
            took_s, cpu_s = time.perf_counter() - began_s, time.thread_time() - cpu_s
        if frame.eyes.views:
            late = took_s > FRAME_S
            self.timed += 1
            self.late += late
            self.late_by_cpu += cpu_s > FRAME_S
            self.worst_s = max(self.worst_s, took_s)
            self.in_a_row = self.in_a_row + 1 if late else 0
            self.longest_row = max(self.longest_row, self.in_a_row)


class Calls(Counter):
    """Counts frames that the runtime began and was given back."""

    def watch(self) -> None:
        """From now on."""
        for name in ("xrBeginFrame", "xrEndFrame", "xrApplyHapticFeedback"):
            setattr(xr.raw_functions, name, self._counted(name, getattr(xr.raw_functions, name)))

    def _counted(self, name: str, call):
        def counted(*arguments):
            result = call(*arguments)
            # a frame that the runtime never began, for it was gone, needs no end
            self[name] += name != "xrBeginFrame" or int(result) >= 0
            return result
        return counted


class Driver:
    """The driven head and hands; waits for the runtime's port when it has gone."""

    def __init__(self, port: int):
        self._port, self._remote, self._next_s = port, None, 0.0
        self.head = Pose((0.0, HEAD_M, 0.0))
        self.hands = {side: Pose(place) for side, place in AT_REST.items()}
        self.pressed: dict[str, tuple[str, float]] = {}

    def send(self) -> None:
        """What head and hands do now."""
        try:
            remote = self._connected()
            if remote is None:
                return
            remote.head(self.head.position, self.head.orientation)
            for side, pose in self.hands.items():
                remote.hand(side, pose.position, pose.orientation)
                button, value = self.pressed.get(side, ("", 0.0))
                remote.trigger(side, value if button == "trigger" else 0.0)
                remote.squeeze(side, value if button == "squeeze" else 0.0)
                remote.thumbstick(side, value if button == "stick" else 0.0, 0.0)
                remote.b_button(side, button == "b")
            remote.send()
        except (OSError, EOFError):
            self._remote = None

    def _connected(self) -> Remote | None:
        if self._remote is None and time.monotonic() >= self._next_s:
            self._next_s = time.monotonic() + 0.5
            self._remote = Remote(self._port)
        return self._remote


class Visitor:
    """What is done next, frame by frame."""

    def __init__(self, show: Show, driver: Driver, chance: random.Random):
        self.show, self.driver, self.chance = show, driver, chance
        self.deeds: Counter = Counter()
        self._doing = self._live()
        self._until_s = 0.0

    def step(self, time_s: float) -> None:
        """Goes on with what is being done, once the last step of it has had its time."""
        if time_s >= self._until_s:
            self._until_s = time_s + next(self._doing)
        self.driver.send()

    def _live(self) -> Iterator[float]:
        """Deed after deed; each step yields how long it takes."""
        for language in self.show.journey.sayings:
            yield from self._visit(language)
        deeds = {"look": 4, "choose": 5, "smell": 2, "sign": 5, "turn": 2, "back": 2, "rest": 1, "wave": 1}
        while True:
            deed = self.chance.choices(list(deeds), list(deeds.values()))[0]
            self.deeds[deed] += 1
            yield from getattr(self, f"_{deed}")()

    def _visit(self, language: str) -> Iterator[float]:
        """A visit: greeted, in one place and back, goodbye. It is cut short where it takes too long."""
        journey = self.show.journey
        for goal in ((State.BROWSE, language), (State.TRY, ""), (State.BROWSE, "browse"), (State.ATTRACT, "goodbye")):
            for _ in range(MOST_TRIES):
                if journey.state is goal[0]:
                    break
                yield from self._wave() if journey.state is State.ATTRACT else self._towards(goal[1])
            yield 10.0  # what is there to be read comes

    def _towards(self, choice: str) -> Iterator[float]:
        """Chooses that sign if it hangs; a product if none is meant."""
        signs = [sign for sign in self.show.journey.signs if sign.choice == choice and sign.opacity > 0.9]
        if signs:
            yield from self._press(self._in_room(signs[0].pose), "trigger")
        elif not choice:
            yield from self._press(self._ware(), "trigger")
        yield 1.0

    def _look(self) -> Iterator[float]:
        start = self.driver.head
        yaw, pitch = self.chance.uniform(-2.5, 2.5), self.chance.uniform(-0.5, 0.2)
        height_m = HEAD_M + self.chance.uniform(-0.4, 0.1)
        place = (self.chance.uniform(-0.4, 0.4), height_m, self.chance.uniform(-0.4, 0.4))
        for step in range(1, 11):
            moved = tuple(a + (b - a) * step / 10 for a, b in zip(start.position, place))
            self.driver.head = Pose(moved, yaw_pitch(yaw * step / 10, pitch * step / 10))
            yield 0.1
        yield self.chance.uniform(0.5, 2.0)

    def _choose(self) -> Iterator[float]:
        yield from self._press(self._ware(), "trigger")
        yield self.chance.uniform(1.0, 8.0)

    def _smell(self) -> Iterator[float]:
        """Calls a bottle, brings it to the face, lets it go."""
        side = self.chance.choice(("left", "right"))
        self._point(side, self._ware())
        yield 0.5
        self.driver.pressed[side] = "squeeze", 1.0
        yield 1.5
        x, y, z = self.driver.head.position
        self.driver.hands[side] = Pose((x, y - 0.1, z - 0.1))
        yield 1.0
        self.driver.pressed.clear()
        self.driver.hands[side] = Pose(AT_REST[side])
        yield self.chance.uniform(1.0, 6.0)

    def _sign(self) -> Iterator[float]:
        signs = [sign for sign in self.show.journey.signs if sign.choice and sign.opacity > 0.9]
        if signs:
            yield from self._press(self._in_room(self.chance.choice(signs).pose), "trigger")
        yield self.chance.uniform(0.5, 5.0)

    def _turn(self) -> Iterator[float]:
        side = self.chance.choice(("left", "right"))
        self.driver.pressed[side] = "stick", self.chance.choice((-1.0, 1.0))
        yield 0.4
        self.driver.pressed.clear()
        yield 0.5

    def _back(self) -> Iterator[float]:
        yield from self._press((0.0, 3.0, -1.0), "b")
        yield self.chance.uniform(0.5, 3.0)

    def _rest(self) -> Iterator[float]:
        """Nothing at all; seldom long enough for the show to think that nobody is there."""
        yield self.chance.choice((5.0, 10.0, 20.0, 60.0))

    def _wave(self) -> Iterator[float]:
        for _ in range(10):
            self.driver.hands["left"] = Pose((self.chance.uniform(-0.5, 0.5), 1.3, -0.4))
            yield 0.1

    def _press(self, place, button: str) -> Iterator[float]:
        side = self.chance.choice(("left", "right"))
        self._point(side, place)
        yield 0.4
        self.driver.pressed[side] = button, 1.0
        yield 0.4
        self.driver.pressed.clear()
        yield 0.2

    def _point(self, side: str, place) -> None:
        origin = AT_REST[side]
        x, y, z = (b - a for a, b in zip(origin, place))
        self.driver.hands[side] = Pose(origin, yaw_pitch(math.atan2(-x, -z), math.atan2(y, math.hypot(x, z))))

    def _ware(self):
        """Where something to take stands, in the room."""
        journey = self.show.journey
        home = PLACE_HOME if journey.inside else self.chance.choice(list(journey.homes.values()))
        x, y, z = home.position
        return self._in_room(Pose((x, y + 0.07, z)))

    def _in_room(self, pose: Pose):
        return self.show.journey.standing.room_from_world(pose).position


class Record:
    """What is counted on the way."""

    def __init__(self, show: Show, studio: Studio, scribe: Scribe):
        self.show, self.studio, self.scribe = show, studio, scribe
        self.states: Counter = Counter()
        self.samples: list[dict] = []
        self.returns_s: list[float] = []  # from the last frame without a runtime to the first picture
        self._state, self._session_state, self._absent_s, self._next_s = None, "", None, 0.0

    def note(self, frame, now_s: float) -> None:
        """One frame."""
        if self.show.journey.state is not self._state:
            self._state = self.show.journey.state
            self.states[self._state.value] += 1
        if frame.state == ABSENT:
            self._absent_s = now_s
        if frame.eyes.views and self._absent_s is not None:
            self.returns_s.append(now_s - self._absent_s)
            self._absent_s = None
        if now_s >= self._next_s and frame.eyes.views:
            self._next_s = now_s + SAMPLE_S
            self.samples.append(self._sample())

    def _sample(self) -> dict:
        worker, scribe = (one.status().pid or -1 for one in (self.studio, self.scribe))
        held = {"show": resident_bytes(), "worker": resident_bytes(worker), "scribe": resident_bytes(scribe)}
        return {"bytes": held, "objects": sum(_watch.objects().values()), "files": _watch.open_files(),
                "threads": _watch.threads(), "in_hall": self.show.journey.state in (State.ATTRACT, State.BROWSE)}


def go_first() -> bool:
    """Lets this thread's frames go before whatever else this machine does, where that is allowed.

    What is begun from here (worker, scribe, threads) is scheduled as ever. Returns whether it was allowed.
    """
    try:
        os.sched_setscheduler(0, os.SCHED_FIFO | os.SCHED_RESET_ON_FORK, os.sched_param(1))
    except PermissionError:
        return False
    return True


def draw_nothing() -> None:
    """OpenGL is told everything but to draw: the calls are made, and end before the driver."""
    for name in _DRAWING:
        setattr(gl.fn, name, lambda *_arguments: None)


def main(port: str, seed: str) -> None:
    """Lives until its input is closed."""
    first = go_first()
    calls = Calls()
    calls.watch()
    display = Timed(graphics="egl")
    draw_nothing()
    with (contextlib.closing(display), tempfile.TemporaryDirectory() as folder, Studio(Path(folder)) as studio,
          Scribe() as scribe):
        errors = _watch.Errors()
        show = Show(display, studio, load_catalogue(), ROUGH, scribe=scribe)
        visitor, record = Visitor(show, Driver(int(port)), random.Random(int(seed))), Record(show, studio, scribe)
        try:
            while display.running and not select.select([sys.stdin], [], [], 0)[0]:
                frame = show.frame()
                errors.forget()
                now_s = time.monotonic()
                visitor.step(now_s)
                record.note(frame, now_s)
                if show.figures.frames == 1:
                    print(json.dumps({"step": "began"}), flush=True)
            told = _figures(display, show, calls, errors, visitor, record)
        finally:
            errors.close()
            show.close()
    told["frames_begun"], told["frames_ended"] = calls["xrBeginFrame"], calls["xrEndFrame"]
    told["goes_first"], told["left_behind"] = first, _watch.children()
    print(json.dumps({"step": "ended", **told}), flush=True)


def _figures(display: Timed, show: Show, calls: Calls, errors, visitor: Visitor, record: Record) -> dict:
    return {"frames": show.figures.frames, "frames_drawn": display.timed, "late": display.late,
            "late_by_cpu": display.late_by_cpu, "late_in_a_row": display.longest_row,
            "worst_ms": round(1000 * display.worst_s, 1), "failures": show.figures.failures,
            "sessions": display.lifecycle.history.count("FOCUSED"),
            "returns_s": [round(seconds, 2) for seconds in record.returns_s],
            "visits": show.journey.visits, "states": dict(record.states), "deeds": dict(visitor.deeds),
            "pulses": calls["xrApplyHapticFeedback"], "gl_errors": errors.messages[:5], "samples": record.samples}


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    main(*sys.argv[1:])
