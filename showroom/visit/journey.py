"""The journey: browse the hall, try a product, go back.

A pure state machine: controls in, wishes out. Pointing is a ray against the space above
each plinth; a choice is the press of select, not its being held.
"""

import math
from dataclasses import dataclass, field
from enum import Enum

import numpy as np

from showroom.words.controls import Controls, Hand
from showroom.words.hall import PLINTH_TOP_M, plinth_position
from showroom.words.view import forward
from showroom.words.wish import Leave, Quit, Try, Wish

PRESSED, RELEASED = 0.6, 0.4
HERO_RADIUS_M = 0.28
HERO_CENTRE_M = PLINTH_TOP_M + 0.12


class State(Enum):
    """Where the visitor is."""

    HALL = "hall"
    TRYING = "trying"


@dataclass
class Journey:
    """products: ids in the order of the plinths."""

    products: tuple[str, ...]
    state: State = State.HALL
    pointing: str | None = None
    _held: dict[tuple[str, str], bool] = field(default_factory=dict)

    def step(self, controls: Controls) -> list[Wish]:
        """What the visitor wants now. Ignores hands that do not have the focus."""
        if controls.quit:
            return [Quit()]
        if not controls.focused:
            self.pointing = None
            self._held = dict.fromkeys(self._held, True)  # a finger that is down when the focus returns chooses nothing
            return []
        self.pointing = self._pointed(controls) if self.state is State.HALL else None
        wishes: list[Wish] = []
        for hand in controls.hands:
            selected = self._pressed(hand, "select", hand.select)
            back = self._pressed(hand, "back", float(hand.back))
            if self.state is State.HALL and selected and self.pointing:
                self.state = State.TRYING
                wishes.append(Try(self.pointing))
            elif self.state is State.TRYING and back:
                self.state = State.HALL
                wishes.append(Leave())
        return wishes

    def begin_trying(self) -> None:
        """The show opened with a product already chosen."""
        self.state = State.TRYING

    def back_in_hall(self) -> None:
        """The place could not be made; the hall is where the visitor is."""
        self.state = State.HALL

    def _pressed(self, hand: Hand, name: str, value: float) -> bool:
        """True once for each press, with a dead band so that a trembling finger presses once."""
        key = (hand.side, name)
        before = self._held.get(key, False)
        self._held[key] = value > (RELEASED if before else PRESSED)
        return self._held[key] and not before

    def _pointed(self, controls: Controls) -> str | None:
        best, nearest = None, HERO_RADIUS_M
        for hand in controls.hands:
            if hand.aim is None:
                continue
            origin, along = np.asarray(hand.aim.position), forward(hand.aim)
            for index, product in enumerate(self.products):
                miss = _miss_m(origin, along, index)
                if miss < nearest:
                    best, nearest = product, miss
        return best


def _miss_m(origin: np.ndarray, along: np.ndarray, index: int) -> float:
    """How far a ray passes from the hero on plinth `index`; infinite behind the hand."""
    x, _, z = plinth_position(index)
    to = np.array([x, HERO_CENTRE_M, z]) - origin
    ahead = float(to @ along)
    return math.sqrt(max(float(to @ to) - ahead * ahead, 0.0)) if ahead > 0 else math.inf
