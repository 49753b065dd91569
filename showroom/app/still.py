"""Finished stills: everything of one request arrives, time runs until nothing eases, one picture is taken."""

import logging
import os
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from PIL import Image

from showroom import paths
from showroom.display.offscreen import OffscreenDisplay, still_pose
from showroom.errors import InputError, ShowroomError
from showroom.render.renderer import Renderer
from showroom.stage.stage import EASE_S, Stage
from showroom.words.result import Failed, Remark, Result

log = logging.getLogger(__name__)

UNLIMITED_BYTES = 1 << 30
SETTLE_S = 4 * EASE_S


class StillCamera:
    """One offscreen display, renderer and stage, for any number of stills of one size."""

    def __init__(self, size: tuple[int, int] = (960, 540), views: int = 1):
        self.display = OffscreenDisplay(size, views)
        self.renderer = Renderer()
        self.stage = Stage()
        self._request = 0

    def show(self, values: Iterable, kind: str, time_s: float = 6.0, came_s: float = 0.0) -> None:
        """Lets everything of a request arrive, so that at `time_s` all of it stands.

        came_s : when one came there: the dry-down counts from then.

        values : what `imagine.make.make` yields.   kind : "place" or "hall".
        Raises ShowroomError if the request failed.
        """
        self._request += 1
        stage, scene = self.stage, self.stage.scene
        stage.advance(time_s - SETTLE_S)
        stage.open(self._request, kind)
        for value in values:
            if isinstance(value, Failed):
                raise ShowroomError(value.reason)
            if isinstance(value, Remark):
                log.warning("%s", value.line)
            stage.apply(Result(self._request, value))
            self.renderer.upload(scene, UNLIMITED_BYTES)
        stage.came_at(came_s)
        while scene.arrivals:
            self.renderer.upload(scene, UNLIMITED_BYTES)
        for _ in range(2):  # the second lets what the first began to ease come to rest
            stage.advance(scene.time_s + SETTLE_S / 2)
            self.renderer.upload(scene, UNLIMITED_BYTES)

    def look(self, yaw_rad: float, pitch_rad: float) -> None:
        """Turns the camera; yaw to the left."""
        self.display.pose = still_pose(yaw_rad, pitch_rad)

    def picture(self, time_s: float) -> np.ndarray:
        """(views, height, width, 3) uint8 sRGB at `time_s`."""
        self.stage.advance(time_s)
        self.renderer.upload(self.stage.scene, UNLIMITED_BYTES)
        self.display.time_s = time_s
        with self.display.frame() as frame:
            self.renderer.draw(self.stage.scene, frame.eyes)
        return self.display.read()

    def close(self) -> None:
        """Gives the context back."""
        self.renderer.close()
        self.display.close()


def write_png(path: Path, views: np.ndarray) -> None:
    """(views, height, width, 3) uint8 sRGB → one PNG, views side by side; written aside, then renamed.

    Raises InputError if it cannot be written.
    """
    try:
        with paths.aside(path) as file:
            Image.fromarray(np.concatenate(list(views), axis=1)).save(file, format="PNG")
    except OSError as error:
        raise _unwritable(path, error.strerror or str(error)) from error


def check_place_of(path: Path) -> None:
    """Makes the folder of a picture to come. Raises InputError if the picture could not be written there."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        reason = "Is a directory" if path.is_dir() else ""
    except OSError as error:
        reason = error.strerror or str(error)
    if not reason and not os.access(path.parent, os.W_OK):
        reason = "Permission denied"
    if reason:
        raise _unwritable(path, reason)


def _unwritable(path: Path, reason: str) -> InputError:
    return InputError(f"writing {path}: {reason}; a file in a folder with rights and space is accepted; "
                      "free some, or choose another")
