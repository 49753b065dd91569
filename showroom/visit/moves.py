"""Moves: what each state of the hall does with what the hands reached, frame by frame."""

from typing import TYPE_CHECKING

from showroom.visit.serving import begin_advice, begin_draft, begin_offer
from showroom.visit.states import State
from showroom.words.wish import Try

if TYPE_CHECKING:
    from showroom.visit.journey import Journey


def attract(journey: "Journey", settled: bool) -> None:
    """The hall shows off until somebody does something."""
    if journey.presence.stirred or journey.reached.chosen:
        journey.begin_visit()
        return
    opened = journey.showing.step(tuple(journey.homes), settled, journey.time_s)
    if opened and not journey.inside:
        journey.inside = opened
        journey.wish(Try(opened))
    elif not opened:
        journey.leave_place()


def greet(journey: "Journey", settled: bool) -> None:
    """A language is chosen, or at once a product."""
    if journey.chosen_sign in journey.sayings:
        journey.language = journey.chosen_sign
        journey.go(State.BROWSE)
    else:
        journey.choose_product()


def browse(journey: "Journey", settled: bool) -> None:
    """A product is chosen, or what to do next."""
    choice = journey.chosen_sign
    if choice == "advise":
        begin_advice(journey)
    elif choice == "compare" and len(journey.tried) > 1:
        journey.go(State.COMPARE)
    elif choice == "goodbye":
        journey.go(State.GOODBYE)
    else:
        journey.choose_product()


def try_on(journey: "Journey", settled: bool) -> None:
    """In a place, until one wants out."""
    choice = journey.chosen_sign
    if journey.reached.back or choice == "browse":
        journey.leave(State.BROWSE)
    elif choice == "compare" and len(journey.tried) > 1:
        journey.leave(State.COMPARE)
    elif choice == "buy" and journey.counter.sells(journey.inside):
        begin_draft(journey, journey.inside)
    elif choice == "more":
        journey.counter.more_like(journey.inside)
        begin_offer(journey)
    elif choice == "not":
        journey.counter.refuse(journey.inside)
        begin_offer(journey)


def compare(journey: "Journey", settled: bool) -> None:
    """One of two is chosen again, or neither."""
    choice = journey.chosen_sign
    if journey.reached.back or choice == "browse":
        journey.go(State.BROWSE)
    elif choice.startswith("try:"):
        journey.enter(choice.removeprefix("try:"))
    else:
        journey.choose_product()


def goodbye(journey: "Journey", settled: bool) -> None:
    """Whoever stays after all goes on."""
    if journey.reached.back:
        journey.go(State.BROWSE)
    else:
        journey.choose_product()


def rest(journey: "Journey", settled: bool) -> None:
    """Nothing is heeded while the hall comes back."""


MOVES = {State.ATTRACT: attract, State.GREET: greet, State.BROWSE: browse, State.TRY: try_on,
         State.COMPARE: compare, State.GOODBYE: goodbye, State.RESET: rest}
