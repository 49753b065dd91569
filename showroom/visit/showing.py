"""Showing: what the hall does while nobody does anything.

Light goes round the ring; where it rests, that hero rises from its plinth and turns once. After a round
one product's place opens for a while, the next one's after the next round.
"""

import math

from showroom.words.pose import about_up, composed
from showroom.words.view import Pose

EACH_S, PLACE_S, PATIENCE_S = 5.0, 60.0, 240.0
RISE_M = 0.14


class Showing:
    """product_id : whose plinth the light rests on, "" while a place is shown.   rises : whether heroes move."""

    def __init__(self):
        self.rises = True
        self.product_id = ""
        self._inside = ""
        self._rounds = 0
        self._began_s: float | None = None  # the round, or the place, once it stands
        self._asked_s = self._time_s = 0.0

    def rest(self) -> None:
        """Somebody has come; the next time it begins with a round of the ring."""
        self.product_id, self._inside, self._began_s = "", "", None

    def step(self, product_ids: tuple[str, ...], settled: bool, time_s: float) -> str:
        """Goes on to a time; whose place is to be shown now, "" for the hall.

        settled : what was asked for stands; a round, or a place's time, begins then.
        """
        self._time_s = time_s
        if self._began_s is None and (settled or self._given_up(time_s)):
            self._began_s = time_s
        passed_s = 0.0 if self._began_s is None else time_s - self._began_s
        if self._inside:
            if passed_s >= PLACE_S:
                self.rest()
        elif product_ids and passed_s >= EACH_S * len(product_ids):
            self._inside = product_ids[self._rounds % len(product_ids)]
            self._rounds, self._began_s, self._asked_s = self._rounds + 1, None, time_s
        begun = self._began_s is not None and not self._inside and product_ids
        self.product_id = product_ids[int((time_s - self._began_s) / EACH_S)] if begun else ""
        return self._inside

    def goals(self, homes: dict[str, Pose]) -> dict[str, Pose]:
        """Where the hero in the light is now, if it is not at home."""
        if self.product_id not in homes or not self.rises:
            return {}
        share = (self._time_s - self._began_s) / EACH_S % 1.0
        up = RISE_M * math.sin(math.pi * share) ** 2
        risen = Pose((0.0, up, 0.0), about_up(math.tau * share))
        return {self.product_id: composed(homes[self.product_id], risen)}

    def _given_up(self, time_s: float) -> bool:
        return bool(self._inside) and time_s - self._asked_s > PATIENCE_S
