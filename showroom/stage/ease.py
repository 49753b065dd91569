"""Values on their way to other values."""

import math
from dataclasses import dataclass, replace

import numpy as np

NEAR_RAD, FAR_RAD = math.radians(15.0), math.radians(60.0)


def smootherstep(x: float) -> float:
    """0 to 1 with no speed and no acceleration at the ends. Source: Perlin 2002."""
    x = min(max(x, 0.0), 1.0)
    return x * x * x * (x * (6.0 * x - 15.0) + 10.0)


def mixed(a, b, t: float):
    """A dataclass of floats and float tuples, t of the way from `a` to `b`."""
    changes = {}
    for name, left in vars(a).items():
        right = getattr(b, name)
        if left is right:
            changes[name] = left
        elif isinstance(left, tuple):
            changes[name] = tuple([x + (y - x) * t for x, y in zip(left, right)])
        else:
            changes[name] = left + (right - left) * t
    return type(a)(**changes)


def turned(a, b, t: float) -> tuple[float, float, float]:
    """A unit vector t of the way from a to b."""
    way = (1.0 - t) * np.asarray(a) + t * np.asarray(b)
    length = float(np.linalg.norm(way))
    return tuple(map(float, way / length)) if length > 1e-3 else tuple(b)


def left_on_the_way(a, b, t: float) -> float:
    """How much is left of a light, 0 to 1, that is t of the way from direction a to b (unit vectors).

    One that has far to go is dimmed meanwhile, and gone halfway: its glint would race over everything
    that shines, and light up in one frame what it meets.
    """
    angle = math.acos(min(max(sum(x * y for x, y in zip(a, b)), -1.0), 1.0))
    far = smootherstep((angle - NEAR_RAD) / (FAR_RAD - NEAR_RAD))
    return (1.0 - 4.0 * far * t * (1.0 - t)) ** 2


@dataclass
class Eased:
    """A value that moves to a target over `seconds`; a new target starts from where it is."""

    value: object
    seconds: float = 2.5
    start_s: float = 0.0
    origin: object = None
    target: object = None

    def __post_init__(self):
        self.origin = self.target = self.value

    def towards(self, target, now_s: float, seconds: float | None = None) -> None:
        """Sets a new target from the present value."""
        self.origin, self.target, self.start_s = self.value, target, now_s
        self.seconds = seconds or self.seconds

    def at(self, now_s: float):
        """The value at `now_s`."""
        t = smootherstep((now_s - self.start_s) / self.seconds)
        if self.value is not self.target:
            self.value = self.target if t >= 1.0 else self._between(t)
        return self.value

    def then(self, later_s: float):
        """What the value will be at `later_s`, a time to come; it stays what it is."""
        t = smootherstep((later_s - self.start_s) / self.seconds)
        return self.target if t >= 1.0 else self._between(t)

    def _between(self, t: float):
        if isinstance(self.origin, float):
            return self.origin + (self.target - self.origin) * t
        value = mixed(self.origin, self.target, t)
        if hasattr(value, "sun_direction"):
            way = self.origin.sun_direction, self.target.sun_direction, t
            left = left_on_the_way(*way)
            value = replace(value, sun_direction=turned(*way), sun=tuple(part * left for part in value.sun))
        return value
