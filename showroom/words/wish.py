"""Wish: what the visit wants done. The app performs it."""

from dataclasses import dataclass

from showroom.words.look import Photograph
from showroom.words.order import Order
from showroom.words.scenespec import Touch

DEEDS = ("hover", "select", "grab", "let_go", "press", "done")


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
    """Let one hand feel what happened to it; how that is felt is senses/touch.py's.

    deed : one of DEEDS.   touch : how what it happened with feels; None where that is nothing in particular.
    """

    side: str
    deed: str
    touch: Touch | None = None


@dataclass(frozen=True)
class Advise:
    """Heed what a visitor has said of what they like, in their own words, and offer what goes with it."""

    text: str


@dataclass(frozen=True)
class PrepareLook:
    """Somebody is being asked whether a photo may be taken: be ready. Nothing is taken yet."""


@dataclass(frozen=True)
class Photo:
    """Look at one photo of what the visitor wears, who has said yes."""

    photograph: Photograph


@dataclass(frozen=True)
class ForgetLook:
    """No photo, after all; what looks, and whatever it holds, goes."""


@dataclass(frozen=True)
class PlaceOrder:
    """Order what the visitor has confirmed."""

    order: Order


@dataclass(frozen=True)
class CancelOrder:
    """Take an order back, as long as the shop lets it be.   order_id : the shop's name of it."""

    order_id: str


@dataclass(frozen=True)
class Open:
    """Open a page on this very screen, for who sits before it."""

    url: str


Wish = Try | Leave | Quit | Reset | Pulse | Advise | PrepareLook | Photo | ForgetLook | PlaceOrder | CancelOrder | Open
