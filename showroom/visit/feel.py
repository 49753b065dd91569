"""Feel: what happened to a hand, told to whoever lets it feel that."""

from showroom.words.scenespec import Touch
from showroom.words.wish import Pulse


def hover(side: str, touch: Touch | None) -> Pulse:
    """The ray has come upon something."""
    return Pulse(side, "hover", touch)


def select(side: str, touch: Touch | None) -> Pulse:
    """It is chosen."""
    return Pulse(side, "select", touch)


def grab(side: str, touch: Touch | None) -> Pulse:
    """It lies in the hand."""
    return Pulse(side, "grab", touch)


def let_go(side: str, touch: Touch | None) -> Pulse:
    """It leaves the hand."""
    return Pulse(side, "let_go", touch)


def press(side: str, touch: Touch | None = None) -> Pulse:
    """A press that has to last goes on."""
    return Pulse(side, "press", touch)


def done(side: str, touch: Touch | None = None) -> Pulse:
    """What was pressed for is done."""
    return Pulse(side, "done", touch)
