"""Result: one thing the imagine worker sent, and which request it answers.

`value` is one of: SceneSpec (first), Geometry, Image, Progress, Remark, Failed, Done.
"""

from dataclasses import dataclass

from showroom.words.geometry import Geometry
from showroom.words.image import Image
from showroom.words.scenespec import SceneSpec


@dataclass(frozen=True)
class Progress:
    """How far a request has come, 0 to 1, and what is being made ("ground", "roses", …)."""

    fraction: float
    making: str


@dataclass(frozen=True)
class Remark:
    """One line for staff about what is shown otherwise than was asked; the request goes on.

    fault : something is not shown at all, such as a model that cannot be read.
    """

    line: str
    fault: bool = False


@dataclass(frozen=True)
class Failed:
    """The request cannot be answered; `reason` is one line for staff."""

    reason: str


@dataclass(frozen=True)
class Done:
    """Everything of this request has been sent."""


@dataclass(frozen=True)
class Result:
    """`request` counts up from 1; results of any but the newest request are stale."""

    request: int
    value: SceneSpec | Geometry | Image | Progress | Remark | Failed | Done
