"""showroom bench headset: how soon there is a picture, after the start and after the runtime's return."""

import argparse
import contextlib
import math
import os
import shlex
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from showroom.cli.figures import percentile, tell

LOOK_S = 0.02


def add(parsers) -> None:
    """Registers the bench."""
    parser = parsers.add_parser("headset", help="from the start, and from the runtime's return, to a picture",
                                description="Times the show on the machine's OpenXR runtime. With --runtime "
                                            "it starts the runtime itself, kills it and starts it again.")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
    parser.add_argument("--runtime", metavar="COMMAND", help="what starts the runtime in the foreground")
    parser.add_argument("--kills", type=int, default=5, metavar="N",
                        help="how often it is killed; %(default)s")
    parser.add_argument("--patience", type=float, default=60.0, metavar="S",
                        help="seconds after which a picture is not waited for any more; %(default)g")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints the figures."""
    with _runtime(args.runtime, args.patience) as (runtime, waited_s):
        return tell(measure(runtime, args.kills if runtime else 0, waited_s, args.patience), args.json)


def measure(runtime: "Runtime | None", kills: int, waited_s: float, patience_s: float) -> dict:
    """The figures by name, in seconds.

    start_to_picture_s  : from the start of this process (less what it waited for its own runtime) to the
                          end of the first frame that drew views, which needs a tracked head.
    loading             : whether the worker was still busy at that time.
    return_to_picture_s : from starting the runtime again to the same; of so many kills.
    """
    from showroom import config, paths
    from showroom.app.show import run as run_show
    from showroom.catalogue import load_catalogue
    from showroom.display.openxr import OpenXRDisplay
    from showroom.errors import ShowroomError
    from showroom.imagine.studio import Studio

    watch = _Watch(runtime, kills, patience_s)
    with (contextlib.closing(OpenXRDisplay()) as display, Studio(paths.cache_dir()) as studio):
        run_show(display, studio, load_catalogue(), config.load(), None, watch)
    if math.isnan(watch.start_s) or len(watch.returns_s) < kills:
        raise ShowroomError(f"timing a headset: {len(watch.returns_s)} of {kills} returns seen and then no "
                            f"picture within {patience_s:g} s; look at the runtime's log")
    figures = {"start_to_picture_s": round(watch.start_s - waited_s, 3), "loading": watch.loading}
    if kills:
        figures["return_to_picture_s"] = {"median": round(percentile(watch.returns_s, 0.5), 3),
                                          "max": round(max(watch.returns_s), 3), "kills": kills}
    return figures


class _Watch:
    """Sees the pictures of a show; kills the runtime and starts it again in between."""

    def __init__(self, runtime: "Runtime | None", kills: int, patience_s: float):
        self._runtime, self._kills, self._patience_s = runtime, kills, patience_s
        self._deadline_s = time.monotonic() + patience_s
        self._back_s = math.nan  # when the runtime was started again; NaN while it is not awaited
        self.start_s, self.loading, self.returns_s = math.nan, False, []

    def __call__(self, show, frame) -> bool:
        """After a frame; False ends the show."""
        if frame.eyes.views:
            self._picture(show)
            if self._kills == 0:
                return False  # the last that was asked for
            self._kills -= 1
            self._runtime.kill()
        elif frame.state == "ABSENT" and math.isnan(self._back_s) and not math.isnan(self.start_s):
            self._back_s = time.monotonic()
            self._runtime.start()
        return time.monotonic() < self._deadline_s

    def _picture(self, show) -> None:
        if math.isnan(self.start_s):
            self.start_s = _since_start_s()
            self.loading = not show.stage.settled
        else:
            self.returns_s.append(time.monotonic() - self._back_s)
        self._back_s, self._deadline_s = math.nan, time.monotonic() + self._patience_s


class Runtime:
    """A runtime that this process starts and kills."""

    def __init__(self, command: str):
        self._command = shlex.split(command)
        self._process: subprocess.Popen | None = None

    def start(self) -> None:
        """Does not wait until it answers."""
        quiet = subprocess.DEVNULL
        self._process = subprocess.Popen(self._command, stdin=quiet, stdout=quiet, stderr=quiet)

    def kill(self) -> None:
        """As when it crashes."""
        self._process.kill()
        self._process.wait()


@contextlib.contextmanager
def _runtime(command: str | None, patience_s: float) -> Iterator[tuple[Runtime | None, float]]:
    """The runtime once it answers, and how many seconds that took.

    Raises RuntimeAbsentError if it never does.
    """
    if command is None:
        yield None, 0.0
        return
    from showroom.display.openxr_system import connect

    runtime, start_s = Runtime(command), time.monotonic()
    try:
        runtime.start()
        while not _answers() and time.monotonic() - start_s < patience_s:
            time.sleep(LOOK_S)
        connect(()).close()
        yield runtime, time.monotonic() - start_s
    finally:
        runtime.kill()


def _answers() -> bool:
    from showroom.display.openxr_system import connect
    from showroom.errors import RuntimeAbsentError

    try:
        connect(()).close()
    except RuntimeAbsentError:
        return False
    return True


def _since_start_s() -> float:
    """Seconds since this process was started, as the system counts them (to a hundredth)."""
    start_ticks = int(Path("/proc/self/stat").read_text().rpartition(")")[2].split()[19])
    return time.clock_gettime(time.CLOCK_BOOTTIME) - start_ticks / os.sysconf("SC_CLK_TCK")
