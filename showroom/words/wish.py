"""Wish: what the visit wants done. The app performs it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Try:
    """Step into this product's scent."""

    product_id: str


@dataclass(frozen=True)
class Leave:
    """Go back to the hall."""


@dataclass(frozen=True)
class Quit:
    """End the show."""


@dataclass(frozen=True)
class Reset:
    """A visit has ended: nothing of it stays."""


@dataclass(frozen=True)
class Pulse:
    """Let one hand feel something: duration in seconds, amplitude 0 to 1."""

    side: str
    duration_s: float
    amplitude: float


Wish = Try | Leave | Quit | Reset | Pulse
