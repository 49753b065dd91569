"""Flight: a bottle that has left its plinth: on its way to a hand, in it, or on its way home.

It is never lost: who lets go of it, or whose hand is no longer seen, lets it fly home by itself.
"""

import math
from dataclasses import dataclass, replace

from showroom.visit.pointing import Ware
from showroom.words.controls import Hand
from showroom.words.pose import about_up, between, composed, inverse
from showroom.words.view import Pose

COMING_S, HOMING_S, LONGEST_S = (0.25, 0.14), (0.35, 0.25), 0.9  # (at least, and more for each metre)
UNSEEN_S = 0.6      # so long a hand may be out of sight
GRIPPED = 0.42      # share of its height at which it is held
TURN_RAD_S = 2.2    # by a stick that is pushed all the way


@dataclass(frozen=True)
class Flight:
    """One bottle away from home, and where it is now.

    side : the hand that holds or calls it, "" on its way home.   start, since_s : where a way began.
    held : hand_from_hero once the hand has it, None before.      seen_s : when the hand was last there.
    """

    ware: Ware
    pose: Pose
    side: str
    start: Pose
    since_s: float
    held: Pose | None = None
    seen_s: float = 0.0

    @property
    def in_hand(self) -> bool:
        """Whether a hand has it."""
        return self.held is not None


def taken(ware: Ware, pose: Pose, hand: Hand, time_s: float, called: bool) -> Flight:
    """A ware that a hand takes hold of as it is, or calls."""
    held = None if called else composed(inverse(hand.grip), pose)
    return Flight(ware, pose, hand.side, pose, time_s, held, time_s)


def let_go(flight: Flight, time_s: float) -> Flight:
    """It sets out for home."""
    return replace(flight, side="", held=None, start=flight.pose, since_s=time_s)


def step(flight: Flight, hand: Hand | None, head: Pose, time_s: float, passed_s: float) -> Flight | None:
    """The same flight at `time_s`; None once it is home.   hand : the one named by its side."""
    if not flight.side:
        return _home(flight, time_s)
    if hand is None or hand.grip is None:
        return let_go(flight, time_s) if time_s - flight.seen_s > UNSEEN_S else flight
    flight = replace(flight, seen_s=time_s)
    if flight.held is None:
        return _coming(flight, hand, head, time_s)
    held = flight.held
    if abs(hand.turn) > 0.2:  # a stick turns it about its own axis
        held = composed(held, Pose(orientation=about_up(TURN_RAD_S * hand.turn * min(passed_s, 0.1))))
    return replace(flight, held=held, pose=composed(hand.grip, held))


def _coming(flight: Flight, hand: Hand, head: Pose, time_s: float) -> Flight:
    """Upright, its front to the face; as it comes to lie in the hand, so it stays there."""
    aside = head.position[0] - hand.grip.position[0], head.position[2] - hand.grip.position[2]
    x, y, z = hand.grip.position
    goal = Pose((x, y - GRIPPED * flight.ware.height_m, z), about_up(math.atan2(*aside)))
    way = _way(flight, goal, time_s, *COMING_S)
    pose = _on_the_way(flight.start, goal, way, 0.03)
    held = composed(inverse(hand.grip), goal) if way == 1.0 else None
    return replace(flight, pose=pose, held=held)


def _home(flight: Flight, time_s: float) -> Flight | None:
    home = flight.ware.home
    way = _way(flight, home, time_s, *HOMING_S)
    return None if way == 1.0 else replace(flight, pose=_on_the_way(flight.start, home, way, 0.07))


def _way(flight: Flight, goal: Pose, time_s: float, least_s: float, more_s_m: float) -> float:
    far = math.dist(flight.start.position, goal.position)
    share = min(max((time_s - flight.since_s) / min(least_s + more_s_m * far, LONGEST_S), 0.0), 1.0)
    return share ** 3 * (share * (share * 6.0 - 15.0) + 10.0)


def _on_the_way(start: Pose, goal: Pose, way: float, rise_m: float) -> Pose:
    """Between two poses, in a bow, so that it is set down from above."""
    place = [one + (other - one) * way for one, other in zip(start.position, goal.position)]
    place[1] += rise_m * math.sin(math.pi * way)
    return Pose(tuple(place), between(start.orientation, goal.orientation, way))
