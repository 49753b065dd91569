"""A visitor for tests of the visit: a head, a right hand, and a clock that goes on by frames."""

import math

from showroom.visit.exhibits import Exhibit
from showroom.visit.journey import Journey
from showroom.visit.sayings import load_sayings
from showroom.words.controls import Controls, Hand
from showroom.words.hall import plinth_position
from showroom.words.sign import CARD, SIZES_M, Sign, Writing
from showroom.words.view import Pose, yaw_pitch
from showroom.words.vocabulary import LANGUAGES
from showroom.words.wish import Pulse, Wish

PRODUCTS = tuple(f"product-{n}" for n in range(12))
FRAME_S = 1 / 30
HEAD = Pose((0.0, 1.6, 0.0))
AWAY = Pose((0.0, 1.3, -0.1), yaw_pitch(0.0, 1.4))  # points at nothing, high above


def exhibits() -> tuple[Exhibit, ...]:
    """Twelve, each with words of its own in each language."""
    return tuple(Exhibit(one, {language: f"{one} {language}" for language in LANGUAGES},
                         {language: Writing(CARD, one, (), language) for language in LANGUAGES},
                         {language: f"why {one} {language}" for language in LANGUAGES}) for one in PRODUCTS)


class Visitor:
    """Drives a journey. Wishes but pulses are kept in `wishes`."""

    def __init__(self, journey: Journey | None = None):
        self.journey = journey or Journey(exhibits(), load_sayings())
        self.time_s, self.head, self.worn, self.bare = 0.0, HEAD, True, False
        self.wishes: list[Wish] = []
        self.settled = True

    def frame(self, aim: Pose | None = AWAY, recentred: bool = False, focused: bool = True, typed: str = "",
              typing: str | None = None, **hand) -> list[Wish]:
        """One frame; its wishes but pulses."""
        hands = () if aim is None else (Hand("right", aim, aim, bare=self.bare, **hand),)
        controls = Controls(self.head, hands, focused, worn=self.worn, recentred=recentred, typed=typed,
                            typing=typing)
        wishes = self.journey.step(controls, self.time_s, self.settled)
        self.time_s += FRAME_S
        wishes = [wish for wish in wishes if not isinstance(wish, Pulse)]
        self.wishes += wishes
        return wishes

    def wait(self, seconds: float, **frame) -> list[Wish]:
        """So many seconds; their wishes."""
        return [wish for _ in range(round(seconds / FRAME_S)) for wish in self.frame(**frame)]

    def press(self, aim: Pose, button: str = "select") -> list[Wish]:
        """Points, presses, lets go; what was wished."""
        return [*self.frame(aim), *self.frame(aim), *self.frame(aim, **{button: 1.0}), *self.frame(aim)]

    def press_sign(self, choice: str) -> list[Wish]:
        """Waits until a choice hangs, and selects it."""
        self.wait(1.5)
        return self.press(self.at_sign(self.sign(choice)))

    def sign(self, choice: str) -> Sign:
        """The sign that hangs for a choice; fails if there is none."""
        return next(sign for sign in self.journey.signs if sign.choice == choice)

    def at_sign(self, sign: Sign) -> Pose:
        """A hand before it in the air that points at its middle (in the room)."""
        return aimed((0.1, 1.2, -0.2), self.journey.standing.room_from_world(sign.pose).position)

    def at_plinth(self, index: int) -> Pose:
        """A hand at the middle of the ring that points at the hero of a plinth (in the room)."""
        x, _, z = plinth_position(index)
        there = self.journey.standing.room_from_world(Pose((x, 1.12, z))).position
        return aimed((0.0, 1.17, 0.0), there)

    def stir(self) -> None:
        """Looks aside, and back."""
        for yaw in (0.3, 0.0):
            self.head = Pose(HEAD.position, yaw_pitch(yaw, 0.0))
            self.frame()

    def come_in(self, language: str = "en") -> None:
        """From attract into browsing."""
        self.frame()
        self.stir()
        self.press_sign(language)
        self.wait(1.0)

    def said(self, kind: str) -> list[str]:
        """Titles of what hangs of a kind, and is on no way out."""
        return [sign.writing.title for sign in self.journey.signs if sign.writing.kind == kind]


def apart(one, other) -> bool:
    """Whether two signs at one distance are beside or above each other, as seen from the origin of both."""
    size, other_size = SIZES_M[one.writing.kind], SIZES_M[other.writing.kind]
    across = math.dist((one.pose.position[0], one.pose.position[2]), (other.pose.position[0], other.pose.position[2]))
    up = abs(one.pose.position[1] - other.pose.position[1])
    return across > 0.9 * (size[0] + other_size[0]) / 2 or up > 0.9 * (size[1] + other_size[1]) / 2


def aimed(origin, goal) -> Pose:
    """A hand at a place that points at another."""
    x, y, z = (b - a for a, b in zip(origin, goal))
    return Pose(tuple(origin), yaw_pitch(math.atan2(-x, -z), math.atan2(y, math.hypot(x, z))))
