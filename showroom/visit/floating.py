"""Floating: what leaves its plinth by itself, and goes back."""

from dataclasses import dataclass

from showroom.words.pose import between
from showroom.words.view import Pose

FLIGHT_S = 1.4


@dataclass
class _Flight:
    home: Pose
    goal: Pose
    way: float = 0.0


class Floating:
    """Heroes between home and where they are wanted; `poses`: by product, of those not at home."""

    def __init__(self):
        self.poses: dict[str, Pose] = {}
        self._flights: dict[str, _Flight] = {}
        self._time_s = 0.0

    def step(self, homes: dict[str, Pose], goals: dict[str, Pose], time_s: float) -> dict[str, Pose]:
        """Goes on to a time.

        homes : of all that is here.   goals : world_from_hero of what should be elsewhere.
        """
        passed_s, self._time_s = max(time_s - self._time_s, 0.0), time_s
        for product_id in sorted(goals.keys() & homes.keys()):
            flight = self._flights.setdefault(product_id, _Flight(homes[product_id], goals[product_id]))
            flight.goal = goals[product_id]
        for product_id, flight in list(self._flights.items()):
            step = passed_s / FLIGHT_S
            flight.way = min(max(flight.way + (step if product_id in goals else -step), 0.0), 1.0)
            if product_id not in homes or (flight.way == 0.0 and product_id not in goals):
                del self._flights[product_id]
        self.poses = {product_id: _between(flight.home, flight.goal, _smooth(flight.way))
                      for product_id, flight in sorted(self._flights.items()) if flight.way > 0.0}
        return self.poses

    def clear(self) -> None:
        """Everything is at home at once."""
        self._flights, self.poses = {}, {}


def _between(home: Pose, goal: Pose, share: float) -> Pose:
    place = tuple(a + (b - a) * share for a, b in zip(home.position, goal.position))
    return Pose(place, between(home.orientation, goal.orientation, share))


def _smooth(t: float) -> float:
    return t * t * (3.0 - 2.0 * t)
