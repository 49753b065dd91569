"""The states of a visit, and how long nothing may happen in each.

    attract   nobody does anything: the hall shows off, and then one product's place after another
    greet     somebody is there: which language?
    browse    the ring of twelve; pointing, taking, choosing
    try       in a product's place
    compare   two that were tried, side by side
    ask       what one loves, in at most three questions
    look      may one photo be taken of what one wears?
    offer     three things, each with a reason
    known     what has been understood of the visitor, to be seen and taken back
    draft     what will be bought: which, how many, for whom
    confirm   read back; it is ordered by a deliberate act
    pay       on its way to the shop, and to be paid there
    receipt   paid, and something to take home
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
    ASK = "ask"
    LOOK = "look"
    OFFER = "offer"
    KNOWN = "known"
    DRAFT = "draft"
    CONFIRM = "confirm"
    PAY = "pay"
    RECEIPT = "receipt"
    GOODBYE = "goodbye"
    RESET = "reset"


# seconds without a deed (in those of WHATEVER: with or without) until a state gives way, and to which
TIME_OUTS = {
    State.GREET: (45.0, State.BROWSE),
    State.BROWSE: (150.0, State.GOODBYE),
    State.TRY: (300.0, State.BROWSE),
    State.COMPARE: (120.0, State.BROWSE),
    State.ASK: (60.0, State.OFFER),
    State.LOOK: (45.0, State.OFFER),
    State.OFFER: (120.0, State.BROWSE),
    State.KNOWN: (60.0, State.OFFER),
    State.DRAFT: (120.0, State.BROWSE),
    State.CONFIRM: (45.0, State.DRAFT),
    State.PAY: (600.0, State.BROWSE),
    State.RECEIPT: (120.0, State.BROWSE),
    State.GOODBYE: (14.0, State.RESET),
    State.RESET: (3.0, State.ATTRACT),
}
WHATEVER = (State.GREET, State.LOOK, State.PAY, State.GOODBYE, State.RESET)  # time out however busy one is
BUYING = (State.DRAFT, State.CONFIRM, State.PAY, State.RECEIPT)  # one may be in a place all the while
OFF_S = 20.0  # the headset off for so long has ended a visit
OFF_PAYING_S = 240.0  # but a code is read with a telephone, and for that one takes it off
