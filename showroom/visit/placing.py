"""Placing: a sentence, a card or choices at the angles at which they are read best.

Angles are degrees from an anchor (somebody's eyes): to the right of straight ahead, and below the eye line.
A visitor who leads with the left hand has what is chosen and what is read change sides.
"""

import math
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from showroom.visit.signs import Wanted
from showroom.words.sign import CAPTION, CHOICE, CHOSEN, Writing
from showroom.words.view import Pose

if TYPE_CHECKING:
    from showroom.visit.journey import Journey

SENTENCE, ABOVE = (0.0, 11.0), (0.0, -3.5)      # and above a card or choices in the middle
LINE, OVER = (0.0, 36.0), (0.0, -13.0)         # what is being typed; and above cards in the middle
LEFT = (-29.0, (10.5, 16.0, 21.5, 27.0, 32.5))  # choices, one below the other
BELOW = ((-18.0, 0.0, 18.0), 18.0)              # choices, side by side
RIGHT = (33.0, 14.0)                            # a card
ROW = 5.7                                       # from one row of choices to the next


def at(journey: "Journey", right: float, below: float, distance_m: float | None = None) -> Pose:
    """world_from_sign."""
    away = {} if distance_m is None else {"distance_m": distance_m}
    return journey.anchor.at(math.radians(right * side(journey)), math.radians(below), **away)


def side(journey: "Journey") -> float:
    """1, or −1 for who leads with the left hand."""
    return -1.0 if journey.comfort.left_handed else 1.0


def sentence(journey: "Journey", text: str, language: str = "",
             where: tuple[float, float] = SENTENCE) -> Wanted:
    """One sentence; there is never a second one."""
    writing = Writing(CAPTION, text, language=language or journey.language)
    return Wanted("sentence", writing, at(journey, *where))


def choice(journey: "Journey", text: str, name: str, right: float, below: float, language: str = "",
           chosen: bool = False) -> Wanted:
    """Something to be pointed at.   name : what choosing it means.   chosen : it is so already."""
    writing = Writing(CHOICE, text, (CHOSEN,) if chosen else (), language or journey.language)
    # one that moves comes anew at its new place, so that no two are ever pointed at as one
    spot = f"choice {name} {right:g} {below:g}"
    return Wanted(spot, writing, at(journey, right, below), name, changes=True)


def choices(journey: "Journey", names: Iterable[str]) -> Iterator[Wanted]:
    """The choices of a state, on the left, each called as the sayings have it."""
    right, rows = LEFT
    for below, name in zip(rows, names):
        yield choice(journey, journey.says.say(f"choice.{name}"), name, right, below)


def grid(journey: "Journey", named: list[tuple[str, str]], first_below: float) -> Iterator[Wanted]:
    """Choices in two columns, row by row from the top.   named : what each is called, and what it means."""
    columns = (-9.0, 9.0) if len(named) > 1 else (0.0,)
    for index, (text, name) in enumerate(named):
        row, column = divmod(index, len(columns))
        yield choice(journey, text, name, columns[column], first_below + ROW * row)


def card(journey: "Journey", writing: Writing, right: float, below: float, name: str = "",
         spot: str = "card") -> Wanted:
    """A card.   name : what choosing it means, "" for nothing."""
    return Wanted(spot, writing, at(journey, right, below), name)
