"""The states of a visit, and how long nothing may happen in each.

    attract   nobody does anything: the hall shows off, and then one product's place after another
    greet     somebody is there: which language?
    browse    the ring of twelve; pointing, taking, choosing
    try       in a product's place
    compare   two that were tried, side by side
    goodbye   thanks, and what was tried
    reset     nothing of the visit stays
"""

from enum import Enum


class State(Enum):
    """Where the visitor is in the visit."""

    ATTRACT = "attract"
    GREET = "greet"
    BROWSE = "browse"
    TRY = "try"
    COMPARE = "compare"
    GOODBYE = "goodbye"
    RESET = "reset"


# seconds without a deed (in those of WHATEVER: of any kind) until a state gives way, and to which
TIME_OUTS = {
    State.GREET: (45.0, State.BROWSE),
    State.BROWSE: (150.0, State.GOODBYE),
    State.TRY: (300.0, State.BROWSE),
    State.COMPARE: (120.0, State.BROWSE),
    State.GOODBYE: (14.0, State.RESET),
    State.RESET: (3.0, State.ATTRACT),
}
WHATEVER = (State.GREET, State.GOODBYE, State.RESET)  # time out however busy one is
