"""The whole show over a death of the runtime, run as a child; prints JSON lines.

It waits until the hall is whole, says so, and goes on until its input is closed; each return of the
session is told, with what was made and brought over again for it.
"""

import contextlib
import logging
import time

from lifecycle import asked_to_leave, possessions, say

from showroom import paths
from showroom.app.show import run
from showroom.catalogue import load_catalogue
from showroom.config import Config
from showroom.display.openxr import OpenXRDisplay
from showroom.imagine.studio import Studio

SMALL = Config(surface_px=64, detail=0.2, upload_bytes_per_frame=8 << 20)
PICTURES = 3  # of a session before it is looked at


class Looking:
    """After each frame: what came over the bus since the last time something was said."""

    def __init__(self):
        self.bytes, self.pictures, self.told, self.done = 0, 0, False, False
        self._deadline = time.monotonic() + 100.0

    def __call__(self, show, frame) -> bool:
        self.bytes += show.renderer.uploader.last_bytes
        self.pictures = self.pictures + 1 if frame.eyes.views else 0
        self.done |= show.stage.settled
        if self.pictures == 0:
            self.told = False
        if self.done and self.pictures >= PICTURES and not self.told:
            self.told = True
            say(step="whole", uploaded_bytes=self.bytes, settled=show.stage.settled, owns=possessions())
            self.bytes = 0
        return not asked_to_leave() and (self.done or time.monotonic() < self._deadline)


def main() -> None:
    with contextlib.closing(OpenXRDisplay(graphics="egl")) as display, Studio(paths.cache_dir()) as studio:
        run(display, studio, load_catalogue(), SMALL, None, Looking())


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(message)s")
    main()
