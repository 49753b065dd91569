"""Affinity: how well each product answers each thing that is known of a visitor, as numbers that add up.

Every part is added to the score by itself and depends on nothing else that is known: so an answer raises
what answers it better over what answers it worse, whatever was said before.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from showroom.oklab import lab
from showroom.visit.advice import FELT, AdviceTable
from showroom.words.light import light_of
from showroom.words.look import Look
from showroom.words.preference import HOURS, Preference
from showroom.words.product import Product
from showroom.words.scenespec import Colour, SceneSpec
from showroom.words.vocabulary import ACCORDS, PLACES, SEASONS, STAGES

_EVENING = 1.6          # by how much the evening's share is drawn apart
_LATE = ("dusk", "night")
_FELT_APART = 0.6       # distance in touch at which a texture is not that one any more
SAME_COLOUR = 0.13      # OKLab distance at which two colours hardly go together by likeness any more
COLOURFUL = 0.1         # OKLab chroma from which a colour of one's clothes counts in full
_GREY = 0.02            # and below which it is grey, which says nothing
_UNLIKE = 0.4           # cosine of accords up to which a product has nothing of a refused one
_PASSING_S, _STAYING_S = 10.0, 60.0  # inside a place: shorter says nothing; longer says more, by this
_MOST_GRABS = 5.0


@dataclass(frozen=True)
class Ware:
    """A product and the spec of its place."""

    product: Product
    spec: SceneSpec


def accord_vector(spec: SceneSpec) -> np.ndarray:
    """(57,) its accords in the order of ACCORDS, of length 1; all 0 where it smells of nothing."""
    vector = np.array([spec.accords.get(name, 0.0) for name in ACCORDS])
    return vector / (np.linalg.norm(vector) or 1.0)


def evening_of(table: AdviceTable, accords: np.ndarray) -> np.ndarray:
    """(n,) whether (n, 57) unit accords are worn in the evening, 1, or by day, 0; 0.5 is neither."""
    weights = np.array([table.evening.get(name, 0.0) for name in ACCORDS])
    return np.clip(0.5 + _EVENING * accords @ weights, 0.0, 1.0)


def hour_of_light(table: AdviceTable, spec: SceneSpec, hour: str) -> float:
    """How much of an hour's light its place has, 0 to 1."""
    return table.light[hour][light_of(spec)]


def chroma(srgb: str) -> float:
    """OKLab chroma of "#rrggbb"."""
    return math.hypot(*lab(srgb)[1:])


class Affinity:
    """What is asked of n wares again and again, worked out once."""

    def __init__(self, wares: Sequence[Ware], table: AdviceTable):
        specs = [ware.spec for ware in wares]
        self._table, self._at = table, {ware.product.id: index for index, ware in enumerate(wares)}
        self.accords = np.array([accord_vector(spec) for spec in specs]).reshape(-1, len(ACCORDS))
        self.likeness = np.clip(self.accords @ self.accords.T, 0.0, 1.0)
        scentless = ~self.accords.any(axis=1)
        self.likeness[np.ix_(scentless, scentless)] = 1.0  # of no smell at all, one is as good as the other
        self._places = np.array([[spec.place.get(name, 0.0) for name in PLACES] for spec in specs])
        self._seasons = np.array([[spec.season.get(name, 0.0) for name in SEASONS] for spec in specs])
        self._touch = np.array([[getattr(spec.touch, name) for name in FELT] for spec in specs])
        self._prices = np.array([ware.product.price_cents for ware in wares], float)
        self._palettes, self._shares = _palettes(specs)
        late = evening_of(table, self.accords)
        self._hours = {hour: 0.5 * np.array([hour_of_light(table, spec, hour) for spec in specs])
                       + 0.5 * (late if hour in _LATE else 1.0 - late) for hour in HOURS}

    def parts(self, preference: Preference, look: Look | None = None) -> dict[str, np.ndarray]:
        """What is known → (n,) what it adds to each ware's score, weighted; nothing for what is not known."""
        weigh = self._table.weights
        found = {name: weigh[name] * part for name, part in self._said(preference).items()}
        found |= {name: weigh[name] * part for name, part in self._shown(preference).items()}
        if look is not None:
            found["look_colour"] = weigh["look_colour"] * self.colour(look.colours)
            found["look_season"] = weigh["look_season"] * (self._seasons @ np.array(look.season))
        return found

    def answer(self, question: str, choice: str) -> np.ndarray:
        """(n,) how well each ware fits an answer, 0 to 1."""
        answers: dict[str, Callable[[str], np.ndarray]] = {
            "place": self._place, "hour": self._hours.__getitem__, "texture": self._texture,
            "season": lambda name: self._seasons[:, SEASONS.index(name)]}
        return answers[question](choice)

    def colour(self, colours: Sequence[Colour]) -> np.ndarray:
        """(n,) how much of the colours one wears each ware's smell has, 0 to 1."""
        total = np.zeros(len(self._palettes))
        for colour in colours:
            vivid = min(max((chroma(colour.srgb) - _GREY) / (COLOURFUL - _GREY), 0.0), 1.0)
            apart = ((self._palettes - lab(colour.srgb)) ** 2).sum(axis=2)
            near = (self._shares * np.exp(-apart / SAME_COLOUR**2)).sum(axis=1)
            total += colour.weight * vivid * near
        return total

    def _said(self, preference: Preference) -> dict[str, np.ndarray]:
        """What was answered or asked for in words."""
        found = {question: self.answer(question, getattr(preference, question))
                 for question in ("place", "hour", "texture", "season") if getattr(preference, question)}
        if preference.likes or preference.dislikes:
            found["accords"] = self._wanted(preference.likes) - self._wanted(preference.dislikes)
        if preference.colours:
            found["palette"] = sum(self.colour((Colour(srgb, 1.0),)) for srgb in preference.colours)
        if preference.most_cents:
            over = (self._prices - preference.most_cents) / preference.most_cents
            found["price"] = -np.clip(over, 0.0, 1.0)
        return found

    def _shown(self, preference: Preference) -> dict[str, np.ndarray]:
        """What the visitor did, or said of products; nothing of what is not in the catalogue any more."""
        stayed = [(name, 1.0 - math.exp(-max(0.0, seconds - _PASSING_S) / _STAYING_S))
                  for name, seconds in preference.dwelt_s]
        held = [(name, min(times, _MOST_GRABS) / _MOST_GRABS) for name, times in preference.grabs]
        away = np.clip((self.likeness - _UNLIKE) / (1.0 - _UNLIKE), 0.0, 1.0)
        found = {
            "more": self._like(self.likeness, [(name, 1.0) for name in preference.more]),
            "refused": -self._like(away, [(name, 1.0) for name in preference.refused]),
            "dwelt": self._like(self.likeness, stayed),
            "grabs": self._like(self.likeness, held),
        }
        return {name: part for name, part in found.items() if part.any()}

    def _like(self, likeness: np.ndarray, amounts: Sequence[tuple[str, float]]) -> np.ndarray:
        total = np.zeros(len(likeness))
        for name, amount in amounts:
            if name in self._at:
                total += amount * likeness[self._at[name]]
        return total

    def _wanted(self, accords: Sequence[tuple[str, float]]) -> np.ndarray:
        wanted = np.zeros(len(ACCORDS))
        for name, amount in accords:
            wanted[ACCORDS.index(name)] = amount
        return self.accords @ wanted

    def _place(self, name: str) -> np.ndarray:
        return self._places @ np.array([self._table.near.get((name, other), 0.0) for other in PLACES])

    def _texture(self, name: str) -> np.ndarray:
        wanted = np.array([self._table.touch[name][key] for key in FELT])
        apart = np.sqrt(((self._touch - wanted) ** 2).sum(axis=1))
        return np.clip(1.0 - apart / _FELT_APART, 0.0, 1.0)


def _palettes(specs: Sequence[SceneSpec]) -> tuple[np.ndarray, np.ndarray]:
    """(n, k, 3) OKLab of the smells' colours, and their (n, k) shares; 0 where one has fewer."""
    every = [[colour for stage in spec.palette for colour in stage.colours] for spec in specs]
    most = max(map(len, every), default=0)
    labs, shares = np.zeros((len(every), most, 3)), np.zeros((len(every), most))
    for at, colours in enumerate(every):
        for place, colour in enumerate(colours):
            labs[at, place], shares[at, place] = lab(colour.srgb), colour.weight / len(STAGES)
    return labs, shares
