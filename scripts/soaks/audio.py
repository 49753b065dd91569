"""soak audio: ten minutes of sound beside the show's loop at 90 Hz and a worker that never rests.

The loop is the show's, with everything but views to draw: it is paced as a headset's, and draws for nobody. Its
worker makes one place after another. The sound plays on a device that plays to nobody but asks as a card does.
Promised: whenever the device asks, its samples are ready.
"""

import contextlib
import itertools
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from showroom.app.senses import Senses
from showroom.app.show import Show
from showroom.catalogue import load_catalogue, product_from_notes
from showroom.config import Config
from showroom.display.offscreen import OffscreenDisplay
from showroom.errors import ShowroomError
from showroom.imagine.studio import Studio
from showroom.senses.audio.process import NULL
from showroom.words.controls import Controls
from showroom.words.frame import Frame
from showroom.words.view import Eyes, Pose, yaw_pitch

LENGTH_S, RATE_HZ = 600.0, 90
STAY_S = 4.0          # after which another place is wished for; none is done by then at this size
START_S = 60.0        # in which the device has to begin to ask
BUSY = 0.9            # of a core, which a worker that never rests has at least where nothing else runs
JUDGED_S = 60.0       # what is shorter says little of how busy the worker was: it has just begun
SETTINGS = Config(surface_px=1024, detail=1.0, sound_device=NULL)
NOTES = ("bergamot", "sea salt", "frankincense", "rose", "vanilla", "pine needle", "leather", "snow")


def main(share: float) -> int:
    """Plays for that share of ten minutes; prints the figures."""
    figures = play(LENGTH_S * share)
    print(json.dumps(figures))
    return 0 if figures["holds"] else 1


def play(length_s: float) -> dict:
    """The figures of so many seconds, which begin when the device first asks."""
    with (tempfile.TemporaryDirectory() as folder, contextlib.closing(_Unseen()) as display,
          Studio(Path(folder)) as studio, contextlib.closing(Senses(SETTINGS, apart=True)) as senses):
        if senses.audio is None:
            raise ShowroomError("playing: the sound's process could not be started; what it wants is said above")
        show = Show(display, studio, load_catalogue(), SETTINGS, senses=senses)
        try:
            return _played(show, studio, senses, length_s)
        finally:
            show.close()


def _played(show: Show, studio: Studio, senses: Senses, length_s: float) -> dict:
    wishes = _products()
    wished_s = -STAY_S
    began: float | None = None
    first, worked_s = None, 0.0
    while began is None or time.monotonic() - began < length_s:
        now = time.monotonic()
        if now - wished_s > STAY_S:
            wished_s = now
            show.try_product(next(wishes))
        show.frame()
        figures = senses.audio.figures
        if began is None and figures.asked:
            began, first, worked_s = now, figures, _processor_s(studio.status().pid)
        elif began is None and now - show.display.began_s > START_S:
            raise ShowroomError(f"playing: the device asked for nothing within {START_S:g} s")
    last, clock_s = senses.audio.figures, time.monotonic() - began
    busy = (_processor_s(studio.status().pid) - worked_s) / clock_s
    return _told(show, senses, replace(last, asked=last.asked - first.asked, made=last.made - first.made,
                                       busy_s=last.busy_s - first.busy_s), clock_s, busy)


def _told(show: Show, senses: Senses, counted, clock_s: float, busy: float) -> dict:
    holds = {
        "no underrun": counted.underruns == 0,
        "the device was heard all along": counted.asked > 0.8 * clock_s / 0.020,
        "the sound's process lived": senses.audio.starts == 1,
        "the worker never rested": busy >= BUSY or clock_s < JUDGED_S,
    }
    for promise, kept in holds.items():
        if not kept:
            print(f"not so: {promise}", file=sys.stderr)
    display = show.display
    return {"holds": all(holds.values()), "broken": [promise for promise, kept in holds.items() if not kept],
            "seconds": round(clock_s, 1), "asked": counted.asked, "underruns": counted.underruns,
            "longest_gap_of_the_device_s": round(counted.gap_s, 3), "slowest_block_s": round(counted.slowest_s, 3),
            "blocks": counted.made, "sound_share_of_a_core": round(counted.busy_s / clock_s, 4),
            "worker_share_of_a_core": round(busy, 3), "frames_a_second": round(display.frames / display.seconds, 2),
            "late_frames": show.figures.late, "failures": show.figures.failures[:3]}


def _products() -> Iterator:
    """One after another that the worker has to make, for none of them is in its cache."""
    for number in itertools.count():
        top, heart = NOTES[number % len(NOTES)], NOTES[(number // len(NOTES) + number + 1) % len(NOTES)]
        yield product_from_notes({"top": [top], "heart": [heart], "base": [f"musk {number}"]})


def _processor_s(pid: int | None) -> float:
    """Processor seconds that a process has had."""
    after_name = Path("/proc", str(pid), "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")


class _Unseen(OffscreenDisplay):
    """A display without views, paced as a headset is; whoever wears it looks about."""

    def __init__(self):
        super().__init__((64, 64))
        self.began_s = self._next_s = time.monotonic()
        self.frames = 0

    @property
    def seconds(self) -> float:
        """Since it began."""
        return time.monotonic() - self.began_s

    @contextlib.contextmanager
    def frame(self) -> Iterator[Frame]:
        """A frame of nothing to be drawn, when its time has come."""
        self._next_s += 1 / RATE_HZ
        late = time.monotonic() > self._next_s
        if late:
            self._next_s = time.monotonic()
        time.sleep(max(self._next_s - time.monotonic(), 0.0))
        self.frames += 1
        seconds = self.seconds
        head = Pose((0.0, 1.6, 0.0), yaw_pitch(0.8 * (seconds % 7.0 - 3.5), 0.0))
        yield Frame(seconds, Eyes(), Controls(head), late, "unseen")
