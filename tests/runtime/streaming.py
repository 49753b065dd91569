"""The whole show on a runtime, run as a child: streaming.py PRODUCT [PICTURE]; prints one JSON line.

The display is the real one with an eye kept on its pictures, the studio the real one with an eye kept
on what it delivers. With PICTURE, both eyes are saved there side by side, to look at.
"""

import contextlib
import json
import sys
import time
from pathlib import Path

import numpy as np
from dot import clip_from_world, layers

from showroom import paths
from showroom.app.show import run
from showroom.app.still import write_png
from showroom.catalogue import load_catalogue
from showroom.config import Config
from showroom.display.openxr import OpenXRDisplay
from showroom.imagine.studio import Studio
from showroom.words.result import Done

PATIENCE_S = 100.0
SETTLE_S = 3.0  # after everything has come, until fades have ended
SMALL = Config(surface_px=64, detail=0.2, upload_bytes_per_frame=8 << 20)
HERO = (0.0, 1.12, -1.05)
HALF_PX, REACH_PX = 9, 12


class WatchedDisplay(OpenXRDisplay):
    """Keeps the picture of a frame when `wanted`, before the runtime takes the image."""

    wanted = False
    pictures: np.ndarray | None = None
    views: tuple = ()

    @contextlib.contextmanager
    def frame(self):
        with super().frame() as frame:
            yield frame
            if self.wanted and frame.eyes.views:
                self.pictures, self.views = layers(frame.eyes)[..., :3], frame.eyes.views


class WatchedStudio(Studio):
    """Remembers in how many turns of the loop something came, and what."""

    turns_with_results = 0
    done = False

    def poll(self):
        results = super().poll()
        self.turns_with_results += bool(results)
        self.kinds = getattr(self, "kinds", set()) | {type(result.value).__name__ for result in results}
        self.done |= any(isinstance(result.value, Done) for result in results)
        return results


class Ending:
    """Ends the show some time after everything has come, or when patience ends."""

    def __init__(self, display: WatchedDisplay, studio: WatchedStudio):
        self._display, self._studio = display, studio
        self._deadline = time.monotonic() + PATIENCE_S
        self._settled_s = 0.0
        self.frames_in_focus = 0

    def __call__(self, _show, frame) -> bool:
        self.frames_in_focus += frame.state == "FOCUSED"
        if self._studio.done and not self._settled_s:
            self._settled_s = frame.time_s + SETTLE_S
        self._display.wanted = bool(self._settled_s) and frame.time_s > self._settled_s
        return self._display.pictures is None and time.monotonic() < self._deadline


def found_again(pictures: np.ndarray, views: tuple, point: tuple[float, float, float]) -> dict:
    """Where the right eye sees what the left eye sees at a point of the world.

    A patch round the point in the left eye's layer is looked for along the same rows of the right one.
    Returns disparity_px as the matrices say and miss_px, by how much the pictures differ from that.
    """
    size = np.array(pictures.shape[2:0:-1])
    clips = [clip_from_world(view) @ [*point, 1.0] for view in views]
    (left, y), (right, _) = (((clip[:2] / clip[3] + 1) / 2 * size).round().astype(int) for clip in clips)

    def patch(eye: int, x: int) -> np.ndarray:
        return pictures[eye, y - HALF_PX:y + HALF_PX, x - HALF_PX:x + HALF_PX].astype(float)

    misses = range(-REACH_PX, REACH_PX + 1)
    costs = [np.abs(patch(0, left) - patch(1, right + miss)).mean() for miss in misses]
    return {"disparity_px": int(left - right), "miss_px": misses[int(np.argmin(costs))],
            "contrast": float(patch(0, left).std())}


def main(product_id: str, picture: str = "") -> None:
    catalogue = load_catalogue()
    display = WatchedDisplay(wait=False, graphics="egl")
    with contextlib.closing(display), WatchedStudio(paths.cache_dir()) as studio:
        ending = Ending(display, studio)
        figures = run(display, studio, catalogue, SMALL, catalogue.find(product_id), ending)
    if picture and display.pictures is not None:
        write_png(Path(picture), np.ascontiguousarray(display.pictures[:, ::-1]))
    print(json.dumps({
        "step": "streamed", "frames_in_focus": ending.frames_in_focus, "failures": figures.failures,
        "turns_with_results": studio.turns_with_results, "kinds": sorted(studio.kinds),
        "done": studio.done, "states": display.lifecycle.history,
        "hero": found_again(display.pictures, display.views, HERO) if display.pictures is not None else None,
    }), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
