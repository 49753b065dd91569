"""A display without a screen: pictures are read back. For stills, tests, benchmarks and tours."""

import contextlib
import math
from collections.abc import Iterator

import numpy as np

from showroom.display.egl import EglContext
from showroom.display.targets import ArrayTarget
from showroom.words.controls import Controls
from showroom.words.frame import Frame
from showroom.words.sign import Panel, Sign
from showroom.words.vibration import Vibration
from showroom.words.view import Eyes, Fov, Pose, View, rotation_matrix, yaw_pitch

EYE_DISTANCE_M = 0.063
EYE_M = (0.0, 1.5, 0.1)
PITCH_RAD = math.radians(-8.0)
VERTICAL_FOV_RAD = math.radians(58.0)


class OffscreenDisplay:
    """Draws `views` views of `size` px each. Time moves only as the caller says.

    pose : where the (middle) eye is; change it between frames.
    """

    def __init__(self, size: tuple[int, int] = (960, 540), views: int = 1):
        self._context = EglContext()
        self._output = ArrayTarget(size, views)
        self.size, self.views = size, views
        self.pose = still_pose()
        self.vertical_fov_rad = VERTICAL_FOV_RAD
        self.time_s = 0.0
        self.controls = Controls()
        self.running = True
        self.pressed: frozenset[str] = frozenset()

    def eyes(self) -> Eyes:
        """The views from the present pose; two views stand one eye distance apart."""
        fov = Fov.symmetric(self.vertical_fov_rad, self.size[0] / self.size[1])
        right = rotation_matrix(self.pose.orientation)[:, 0]
        offsets = (np.arange(self.views) - (self.views - 1) / 2) * EYE_DISTANCE_M
        poses = (Pose(tuple(map(float, np.add(self.pose.position, right * offset))), self.pose.orientation)
                 for offset in offsets)
        views = tuple(View(pose, fov, layer) for layer, pose in enumerate(poses))
        return Eyes(views, self._output.target)

    @contextlib.contextmanager
    def frame(self) -> Iterator[Frame]:
        """One frame at `time_s`."""
        yield Frame(self.time_s, self.eyes(), self.controls, state="offscreen")

    def read(self) -> np.ndarray:
        """(views, height, width, 3) uint8 sRGB of the last picture, row 0 at the top."""
        return np.ascontiguousarray(self._output.read()[..., :3])

    def vibrate(self, wanted: Vibration) -> None:
        """Nobody holds anything here that could be felt."""

    def hang(self, signs: tuple[tuple[Panel, Sign], ...]) -> bool:
        """False: signs are a part of the picture here."""
        return False

    def close(self) -> None:
        """Frees the target and the context."""
        if self.running:
            self.running = False
            self._output.close()
            self._context.close()


def still_pose(yaw_rad: float = 0.0, pitch_rad: float = PITCH_RAD) -> Pose:
    """The still camera: a visitor's eyes just behind the origin; yaw turns left."""
    return Pose(EYE_M, yaw_pitch(yaw_rad, pitch_rad))
