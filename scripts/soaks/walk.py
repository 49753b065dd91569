"""soak walk: ten minutes of random products, one after another, through the show's own loop.

A visitor who looks about at random steps from product to product and now and then back into the hall.
The pictures are small and the places rough, so that a software driver keeps up; loop, studio, worker,
stage and renderer are the show's. Time runs in even steps however long a frame takes, so that a slow
machine sees the same as a fast one. Promised: no OpenGL error, no more OpenGL objects at the end than
once the hall stood, nothing pops, nothing flashes, memory stays.

Product, stay and gaze of a visit follow from the seed and the visit's number, so that a part of a walk can be
walked again: `--first 43 --share 0.03 --keep FOLDER` puts the pictures of whatever pops there into FOLDER.
"""

import argparse
import contextlib
import json
import math
import random
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import _watch

from showroom.app.show import Show
from showroom.catalogue import load_catalogue, product_from_notes
from showroom.cli.figures import resident_bytes
from showroom.config import Config
from showroom.display.offscreen import EYE_M, OffscreenDisplay
from showroom.errors import ShowroomError
from showroom.imagine.studio import Studio
from showroom.stage.ease import smootherstep
from showroom.words.controls import Controls, Hand
from showroom.words.view import Pose, yaw_pitch

LENGTH_S, RATE_HZ, SEED = 600.0, 20, 20
SIZE, ROUGH = (160, 90), Config(surface_px=64, detail=0.2)
TURN_RAD_S, HOLD_S, STAY_S = 1.2, (1.0, 4.0), (2.0, 9.0)
TOO_LONG_S = 1800.0  # for a place to come, by the clock; a machine busy with other things is no failure
# what must hold: levels of 255 that a tile may change by more than in the frames beside (something bright
# that drifts through a tile makes about twenty), and the whole picture in one frame; flashes a second; bytes
MOST_POP, MOST_STEP, MOST_FLASHES = 30.0, 25.0, 3
MOST_GROWTH_BYTES, VISITS_TO_WARM = 48 << 20, 8
NOTES = ("bergamot", "lemon", "sea salt", "pine needle", "rose", "jasmine", "fig leaf", "frankincense",
         "cedar", "vanilla", "leather", "black tea", "snow", "moss", "iris", "cinnamon", "smoke", "coconut",
         "lavender", "musk")


def options(parser: argparse.ArgumentParser) -> None:
    """What a walk can be told besides its share."""
    parser.add_argument("--seed", type=int, default=SEED, help=f"of all chance in it (default {SEED})")
    parser.add_argument("--first", type=int, default=0, metavar="N", help="begin with this visit (default 0)")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="put pictures of what pops here")


def main(share: float, seed: int = SEED, first: int = 0, keep: Path | None = None) -> int:
    """Walks for that share of ten minutes; prints the figures."""
    figures = walk(LENGTH_S * share, seed, first, keep)
    print(json.dumps(figures))
    return 0 if figures["holds"] else 1


def walk(length_s: float, seed: int, first: int, keep: Path | None) -> dict:
    """The figures of a walk of so many seconds of the show's time, which begins when the hall stands."""
    display = OffscreenDisplay(SIZE)
    with tempfile.TemporaryDirectory() as folder, contextlib.closing(display), Studio(Path(folder)) as studio:
        errors = _watch.Errors()
        show = Show(display, studio, load_catalogue(), ROUGH)
        walker = _Walker(show, display, errors, seed, first, keep)
        try:
            walker.wait()
            started = time.monotonic()
            while walker.seconds < length_s:
                walker.visit()
            return _figures(walker, time.monotonic() - started)
        finally:
            errors.close()
            show.close()


@dataclass
class _Gaze:
    """A turn of the head from one direction to another, then rest."""

    start: tuple[float, float] = (0.0, -0.14)
    end: tuple[float, float] = (0.0, -0.14)
    began_s: float = 0.0
    turn_s: float = 0.1
    hold_s: float = 1.0

    def at(self, time_s: float) -> tuple[float, float]:
        """Yaw and pitch, radians."""
        t = smootherstep((time_s - self.began_s) / self.turn_s)
        return tuple(a + (b - a) * t for a, b in zip(self.start, self.end))

    def over(self, time_s: float) -> bool:
        """Whether it is time for the next."""
        return time_s > self.began_s + self.turn_s + self.hold_s


@dataclass
class _Walker:
    """The visitor and the loop; one `visit` after another."""

    show: Show
    display: OffscreenDisplay
    errors: _watch.Errors
    seed: int
    first: int
    keep: Path | None
    watcher: _watch.Watcher = field(default_factory=lambda: _watch.Watcher(RATE_HZ, MOST_POP))
    gaze: _Gaze = field(default_factory=_Gaze)
    frames: int = 0
    begun_s: float = 0.0
    visits: int = 0
    returns: int = 0
    doing: str = "the hall comes"
    pops: list[dict] = field(default_factory=list)
    objects: list[dict] = field(default_factory=list)
    memory: list[tuple[int, int]] = field(default_factory=list)  # of the show and of its worker
    failures: list[str] = field(default_factory=list)

    def __post_init__(self):
        self._choose(self.first)

    def _choose(self, visit: int) -> None:
        """What chance makes of a visit, and of where one looks in it."""
        self.chance = random.Random(f"visit {visit} of {self.seed}")
        self.glances = random.Random(f"glances of visit {visit} of {self.seed}")

    @property
    def seconds(self) -> float:
        """Of the show's time since the hall stood."""
        return self.display.time_s - self.begun_s

    def frame(self, **hand) -> None:
        """One turn of the loop, a twentieth of a second later."""
        display, before = self.display, self.display.pose
        display.time_s = self.frames / RATE_HZ
        if self.gaze.over(display.time_s):
            self._look_elsewhere()
        display.pose = Pose(EYE_M, yaw_pitch(*self.gaze.at(display.time_s)))
        display.controls = Controls(hands=(Hand("right", **hand),))
        self.show.frame()
        self.errors.forget()
        popped = self.watcher.look(display.read()[0], display.pose == before, display.time_s)
        if popped:
            self._tell(popped)
        self.frames += 1

    def _tell(self, pop: _watch.Pop) -> None:
        told = {"second": round(self.seconds, 2), "levels": round(pop.levels, 1), "tile": pop.tile,
                "while": self.doing}
        self.pops.append(told)
        print(f"walk: popped: {json.dumps(told)}", file=sys.stderr)
        if self.keep:
            self.keep.mkdir(parents=True, exist_ok=True)
            pop.strip().save(self.keep / f"{self.seed}_{len(self.pops)}_{self.seconds:.2f}s.png")

    def _look_elsewhere(self) -> None:
        yaw, pitch = self.glances.uniform(-math.pi, math.pi), self.glances.uniform(-0.9, 0.5)
        angle = math.hypot(yaw - self.gaze.end[0], pitch - self.gaze.end[1])
        self.gaze = _Gaze(self.gaze.end, (yaw, pitch), self.display.time_s, max(angle / TURN_RAD_S, 0.2),
                          self.glances.uniform(*HOLD_S))

    def wait(self) -> None:
        """Until what was asked for stands; then a look at what is held.

        Raises ShowroomError if it never comes.
        """
        deadline, failures = time.monotonic() + TOO_LONG_S, self.show.figures.failures
        self.frame()
        while not self.show.stage.settled:
            self.frame()
            if failures or time.monotonic() > deadline:
                reason = failures or f"nothing stood after {TOO_LONG_S:g} s"
                raise ShowroomError(f"walking: {reason}; the worker is {self.show.studio.status()}")
        self.begun_s = self.begun_s or self.display.time_s
        self.objects.append(_watch.objects())
        self.memory.append((resident_bytes(), resident_bytes(self.show.studio.status().pid or -1)))

    def visit(self) -> None:
        """A product at random, a while in its place, and sometimes the hall again."""
        number = self.first + self.visits
        self._choose(number)
        product, stay_s = self._product(number), self.chance.uniform(*STAY_S)
        back = self.chance.random() < 0.4
        self._do(f"visit {number} to {product.id} comes")
        self.show.try_product(product)
        self.visits += 1
        self.wait()
        self._do(f"visit {number} to {product.id} stands")
        self._stay(stay_s)
        if back:
            self._do(f"visit {number} ends, the hall comes")
            self.frame(back=True)
            self.returns += 1
            self.wait()
            self._do(f"visit {number} is over, the hall stands")
            self._stay(self.chance.uniform(*STAY_S))

    def _do(self, doing: str) -> None:
        self.doing = doing
        print(f"walk: {self.seconds:6.2f} s: {doing}", file=sys.stderr)

    def _product(self, number: int):
        """One of the house's; every third time one that nobody has imagined yet."""
        if number % 3 != 2:
            return self.chance.choice(self.show.products)
        top, heart, base = (self.chance.sample(NOTES, 2) for _ in range(3))
        return product_from_notes({"top": top, "heart": heart, "base": base})

    def _stay(self, stay_s: float) -> None:
        until = self.display.time_s + stay_s
        while self.display.time_s < until:
            self.frame()


def _figures(walker: _Walker, clock_s: float) -> dict:
    """What was seen, and whether it is what is promised."""
    watcher, objects = walker.watcher, walker.objects
    leaked = {kind: objects[-1][kind] - objects[0][kind] for kind in objects[0]}
    growth = [_growth([pair[which] for pair in walker.memory]) for which in (0, 1)]
    holds = {
        "no OpenGL error": not walker.errors.messages,
        "no object leaked": not any(leaked.values()),
        "nothing pops": watcher.pop <= MOST_POP,
        "nothing flashes": watcher.flashes <= MOST_FLASHES and watcher.step <= MOST_STEP,
        "memory stays": all(grown is None or grown <= MOST_GROWTH_BYTES for grown in growth),
    }
    for promise, kept in holds.items():
        if not kept:
            print(f"not so: {promise}", file=sys.stderr)
    return {"holds": all(holds.values()), "broken": [promise for promise, kept in holds.items() if not kept],
            "seconds": round(walker.seconds, 1), "clock_seconds": round(clock_s, 1), "frames": walker.frames,
            "visits": walker.visits, "returns": walker.returns, "gl_errors": walker.errors.messages[:5],
            "gl_objects": sum(objects[-1].values()), "gl_objects_leaked": leaked,
            "frames_judged": watcher.judged, "pop": round(watcher.pop, 2), "pops": walker.pops,
            "tile_step": round(watcher.tile_step, 2), "mean_step": round(watcher.step, 2),
            "flashes_a_second": watcher.flashes,
            "show_bytes": walker.memory[-1][0], "show_growth_bytes": growth[0],
            "worker_bytes": walker.memory[-1][1], "worker_growth_bytes": growth[1]}


def _growth(memory: list[int]) -> int | None:
    """From the most of the first third to the most of the last; None until enough has been visited."""
    third = len(memory) // 3
    return max(memory[-third:]) - max(memory[:third]) if third >= VISITS_TO_WARM // 2 else None
