"""A simulated head: looks with the mouse, walks with keys. No window in here, so it is tested alone."""

import math

import numpy as np

from showroom.words.view import Fov, Pose, rotation_matrix, yaw_pitch

EYE_HEIGHT_M = 1.6
WALK_M_S = 1.4
LOOK_RAD_PER_PX = 0.0022
PITCH_LIMIT_RAD = math.radians(85.0)
_GRIP_FROM_HEAD_M = np.array([0.18, -0.35, -0.40])
_HELD_FROM_HEAD_M = np.array([0.09, -0.17, -0.46])


class Walker:
    """Where the visitor's head is. yaw turns left, pitch looks up, both in radians. left_handed: so is the hand."""

    def __init__(self):
        self.position = np.array([0.0, EYE_HEIGHT_M, 0.0])
        self.yaw_rad = 0.0
        self.pitch_rad = 0.0
        self.left_handed = False

    def look(self, right_px: float, down_px: float) -> None:
        """Turns by a mouse movement; the pitch stops before straight up and down."""
        self.yaw_rad = math.remainder(self.yaw_rad - right_px * LOOK_RAD_PER_PX, math.tau)
        pitch = self.pitch_rad - down_px * LOOK_RAD_PER_PX
        self.pitch_rad = max(-PITCH_LIMIT_RAD, min(PITCH_LIMIT_RAD, pitch))

    def walk(self, forward: float, right: float, seconds: float) -> None:
        """Walks on the level at most WALK_M_S fast; `forward` and `right` are −1 to 1."""
        length = max(1.0, math.hypot(forward, right))
        level = rotation_matrix(yaw_pitch(self.yaw_rad, 0.0))
        self.position += level @ np.array([right, 0.0, -forward]) / length * WALK_M_S * seconds

    @property
    def head(self) -> Pose:
        """world_from_head."""
        return Pose(_triple(self.position), yaw_pitch(self.yaw_rad, self.pitch_rad))

    @property
    def grip(self) -> Pose:
        """Where a relaxed hand (the right one, as a rule) would be: beside and below the head, turning with it."""
        return self._from_head(_GRIP_FROM_HEAD_M)

    @property
    def held(self) -> Pose:
        """Where that hand holds what is looked at: before the face, a little aside."""
        return self._from_head(_HELD_FROM_HEAD_M)

    def _from_head(self, offset_m: np.ndarray) -> Pose:
        turn = yaw_pitch(self.yaw_rad, 0.0)
        sided = offset_m * (-1.0 if self.left_handed else 1.0, 1.0, 1.0)
        return Pose(_triple(self.position + rotation_matrix(turn) @ sided), turn)

    def aim(self, across: float, up: float, fov: Fov) -> Pose:
        """The ray from the eye through a point of the picture.

        across, up : −1 (left, bottom) to 1 (right, top); 0, 0 is the middle.
        fov        : of the picture, symmetric.
        """
        x, y = across * math.tan(fov.right), up * math.tan(fov.up)
        towards = rotation_matrix(self.head.orientation) @ np.array([x, y, -1.0])
        towards /= np.linalg.norm(towards)
        yaw = math.atan2(-towards[0], -towards[2])
        return Pose(_triple(self.position), yaw_pitch(yaw, math.asin(float(towards[1]))))


def _triple(vector: np.ndarray) -> tuple[float, float, float]:
    return (float(vector[0]), float(vector[1]), float(vector[2]))
