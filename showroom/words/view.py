"""View: pose and field of view of one eye at one time, and the matrices that follow.

World and view are right-handed, +Y up, −Z forward, metres. Matrices are (4, 4) float32 for column
vectors. `world_from_view` maps view into world. Quaternions are x, y, z, w.
"""

import math
from dataclasses import dataclass, field

import numpy as np

from showroom.errors import ViewError


@dataclass(frozen=True)
class Pose:
    """Position in metres and a unit quaternion (x, y, z, w)."""

    position: tuple[float, float, float] = (0.0, 0.0, 0.0)
    orientation: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 1.0)


@dataclass(frozen=True)
class Fov:
    """Signed half-angles in radians; left and down are negative (XrFovf)."""

    left: float
    right: float
    up: float
    down: float

    @staticmethod
    def symmetric(vertical_rad: float, aspect: float) -> "Fov":
        """Fov of a plain camera: full vertical angle, width ÷ height."""
        half = vertical_rad / 2
        side = math.atan(math.tan(half) * aspect)
        return Fov(-side, side, half, -half)


@dataclass(frozen=True)
class View:
    """One eye at one time. `layer` is where it is drawn in the target's array."""

    pose: Pose
    fov: Fov
    layer: int = 0
    near_m: float = 0.05
    far_m: float = 1000.0


@dataclass(frozen=True)
class Target:
    """Where finished pixels go: an sRGB array framebuffer that a display owns.

    framebuffer : GL name, layered over `layers`.
    size        : (width, height) px to draw now, from the lower left corner.
    room        : (width, height) px of its images; None: `size`. The size may change with every frame,
                  the room stays, so what is made for a target is made for its room.
    keeps_depth : it has a depth image beside its colour, to be written with OpenGL's window depth:
                  0 at the view's near_m, 1 at its far_m.
    """

    framebuffer: int
    size: tuple[int, int]
    layers: int
    room: tuple[int, int] | None = None
    keeps_depth: bool = False

    @property
    def whole(self) -> tuple[int, int]:
        """(width, height) px of its images."""
        return self.room or self.size


@dataclass(frozen=True, eq=False)
class HiddenArea:
    """What no eye can see of each view for the lenses before it, so that nobody need draw it.

    triangles : one array a view, (n, 3, 2) float32: corners x (right), y (up) on the plane one metre
                ahead of the eye, whichever way they turn.
    """

    triangles: tuple[np.ndarray, ...]


@dataclass(frozen=True)
class Eyes:
    """All views of a frame and the target they share; `views` may be empty. hidden: None where all is seen."""

    views: tuple[View, ...] = field(default=())
    target: Target | None = None
    hidden: HiddenArea | None = None


def rotation_matrix(orientation) -> np.ndarray:
    """(3, 3) float64 rotation of a quaternion x, y, z, w (normalised here). Raises ViewError on zero."""
    x, y, z, w = (float(value) for value in orientation)
    length = math.sqrt(x * x + y * y + z * z + w * w)
    if not 1e-6 < length < 1e6:
        raise ViewError(f"a pose's orientation {orientation} has no direction; a unit quaternion is needed")
    x, y, z, w = x / length, y / length, z / length, w / length
    return np.array([
        [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
        [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
        [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
    ])


def world_from_view(pose: Pose) -> np.ndarray:
    """(4, 4) float32 rigid transform of a pose."""
    matrix = np.eye(4, dtype=np.float32)
    matrix[:3, :3] = rotation_matrix(pose.orientation)
    matrix[:3, 3] = pose.position
    return matrix


def view_from_world(pose: Pose) -> np.ndarray:
    """(4, 4) float32, the inverse of `world_from_view`."""
    rotation = rotation_matrix(pose.orientation).T
    matrix = np.eye(4, dtype=np.float32)
    matrix[:3, :3] = rotation
    matrix[:3, 3] = -rotation @ np.asarray(pose.position, dtype=np.float64)
    return matrix


def clip_from_view(fov: Fov, near_m: float, far_m: float) -> np.ndarray:
    """Off-axis perspective matrix for one eye, OpenGL clip space (z in [−1, 1]).

    fov    : signed half-angles, rad; left and down are negative.
    near_m : > 0.          far_m : > near_m.
    Returns: (4, 4) float32, column vectors, so clip = M @ [x, y, z, 1].
    Raises : ViewError if an angle pair does not open or near_m >= far_m.
    Source : OpenXR 1.1 spec, XrFovf; checked in tests/words/test_view.py against corners.
    """
    left, right = math.tan(fov.left), math.tan(fov.right)
    down, up = math.tan(fov.down), math.tan(fov.up)
    if not (right - left > 1e-6 and up - down > 1e-6):
        raise ViewError(f"{fov} does not open; right must exceed left and up must exceed down")
    if not 0 < near_m < far_m:
        raise ViewError(f"near {near_m} m and far {far_m} m; 0 < near < far is needed")
    matrix = np.zeros((4, 4), dtype=np.float32)
    matrix[0, 0] = 2 / (right - left)
    matrix[0, 2] = (right + left) / (right - left)
    matrix[1, 1] = 2 / (up - down)
    matrix[1, 2] = (up + down) / (up - down)
    matrix[2, 2] = -(far_m + near_m) / (far_m - near_m)
    matrix[2, 3] = -2 * far_m * near_m / (far_m - near_m)
    matrix[3, 2] = -1
    return matrix


def view_from_clip(fov: Fov, near_m: float, far_m: float) -> np.ndarray:
    """(4, 4) float64, the inverse of `clip_from_view`, whose angles and distances it takes."""
    forth = clip_from_view(fov, near_m, far_m).astype(np.float64)
    back = np.zeros((4, 4))
    back[0, 0], back[0, 3] = 1 / forth[0, 0], forth[0, 2] / forth[0, 0]
    back[1, 1], back[1, 3] = 1 / forth[1, 1], forth[1, 2] / forth[1, 1]
    back[2, 3] = -1
    back[3, 2], back[3, 3] = 1 / forth[2, 3], forth[2, 2] / forth[2, 3]
    return back


def yaw_pitch(yaw_rad: float, pitch_rad: float) -> tuple[float, float, float, float]:
    """Quaternion that turns left by yaw, then looks up by pitch."""
    sy, cy = math.sin(yaw_rad / 2), math.cos(yaw_rad / 2)
    sp, cp = math.sin(pitch_rad / 2), math.cos(pitch_rad / 2)
    return (cy * sp, sy * cp, -sy * sp, cy * cp)


def forward(pose: Pose) -> np.ndarray:
    """(3,) unit vector the pose looks along (−Z)."""
    return -rotation_matrix(pose.orientation)[:, 2]
