"""Recommend: what goes best with all that is known of a visitor; three that differ, each with a reason.

The score of a product is a sum of parts (see `affinity`); with nothing known all are equal, and the
house's own order stands.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from showroom.visit.advice import AdviceTable, house_advice
from showroom.visit.affinity import Affinity, Ware
from showroom.visit.reasons import THERE, Known, Reason, reason_for
from showroom.words.look import Look
from showroom.words.preference import Preference

OFFERS = 3
APART = 0.3    # accord cosine distance that any two offers have at least
_MEANT = 0.5   # of an accord asked away: from here on it is meant, and not only said by the way
_DIGITS = 9    # of a score: what differs by less is equal, on every machine
_HAIR = 1e-12  # what arithmetic may take from a distance


@dataclass(frozen=True)
class Ranked:
    """A product, its score, and what each thing that is known added to it."""

    product_id: str
    score: float
    parts: dict[str, float]


@dataclass(frozen=True)
class Offer:
    """A product, and the one reason for it that is told."""

    product_id: str
    reason: Reason


class Advice:
    """Advises among some wares, by the house's table unless another is given. Made once for a catalogue.

    wares : in the house's order. What is not for sale (price 0) is known but neither ranked nor offered.
    """

    def __init__(self, wares: Sequence[Ware], table: AdviceTable | None = None):
        self.wares, self.table = tuple(wares), table or house_advice()
        self.affinity = Affinity(self.wares, self.table)

    def ranking(self, preference: Preference, look: Look | None = None) -> tuple[Ranked, ...]:
        """Everything for sale that was not refused, the best first; equals in the house's order."""
        parts = self.affinity.parts(preference, look)
        scores = self._scores(parts)
        return tuple(Ranked(self.wares[index].product.id, float(scores[index]),
                            {name: round(float(part[index]), _DIGITS) + 0.0 for name, part in parts.items()})
                     for index in self._order(preference, scores))

    def offers(self, preference: Preference, look: Look | None = None) -> tuple[Offer, ...]:
        """At most three, any two of them at least APART in accords; fewer where there are no more.

        What costs more than was named is not offered; that of which more was asked for, and what has an
        accord that was asked away, only to make up three.
        """
        parts = self.affinity.parts(preference, look)
        known = Known(self.wares, self.affinity, self.table, preference, look, parts)
        return tuple(Offer(self.wares[index].product.id, reason_for(known, index))
                     for index in self._offered(preference, parts))

    def offered(self, preference: Preference, look: Look | None = None) -> tuple[str, ...]:
        """The products of `offers` alone, sooner."""
        chosen = self._offered(preference, self.affinity.parts(preference, look))
        return tuple(self.wares[index].product.id for index in chosen)

    def _offered(self, preference: Preference, parts: Mapping[str, np.ndarray]) -> tuple[int, ...]:
        order = self._order(preference, self._scores(parts))
        if preference.most_cents:
            within = preference.most_cents
            order = [index for index in order if self.wares[index].product.price_cents <= within]
        order.sort(key=lambda index: self._comes_last(index, preference))  # stable
        return self._apart(order)

    def fits(self, preference: Preference, question: str, choice: str) -> float:
        """How well the best of what may still be offered fits an answer, 0 to 1."""
        left = self._order(preference, np.zeros(len(self.wares)))
        return float(self.affinity.answer(question, choice)[left].max(initial=0.0))

    def _scores(self, parts: Mapping[str, np.ndarray]) -> np.ndarray:
        return np.round(sum(parts.values(), np.zeros(len(self.wares))), _DIGITS)

    def _order(self, preference: Preference, scores: np.ndarray) -> list[int]:
        left = [index for index, ware in enumerate(self.wares)
                if ware.product.price_cents > 0 and ware.product.id not in preference.refused]
        return sorted(left, key=lambda index: (-scores[index], index))

    def _comes_last(self, index: int, preference: Preference) -> bool:
        """Known already, or with something in it that one would rather not have."""
        ware = self.wares[index]
        unwanted = any(amount >= _MEANT and ware.spec.accords.get(name, 0.0) >= THERE
                       for name, amount in preference.dislikes)
        return unwanted or ware.product.id in preference.more

    def _apart(self, order: Sequence[int]) -> tuple[int, ...]:
        """The first of all choices of three (else of two, else one) of which any two are far enough apart."""
        far = 1.0 - self.affinity.likeness >= APART - _HAIR
        pair: tuple[int, ...] = tuple(order[:1])
        for at, first in enumerate(order):
            rest = [index for index in order[at + 1:] if far[first, index]]
            for after, second in enumerate(rest):
                if len(pair) < 2:
                    pair = (first, second)
                third = next((index for index in rest[after + 1:] if far[second, index]), None)
                if third is not None:
                    return first, second, third
        return pair
