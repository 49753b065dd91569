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


Wish = Try | Leave | Quit
