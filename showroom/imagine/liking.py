"""Liking: what a set of scents adds up to by the lexicon alone: accords, season, places, how it feels.

Accords add and are measured against the strongest, as people vote them. Seasons pool in the
logarithm, so one wintry note does not drown in five mild ones. Places add and then sharpen: a
visitor stands in one of them.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from showroom.imagine.lexicon import Character
from showroom.imagine.reading import Reading
from showroom.words.vocabulary import ACCORDS, PLACES, SEASONS

_BACKGROUND = 0.05  # of the strongest accord: less is not smelled
_SEASON_CONTRAST = 1.5
_PLACE_CONTRAST = 1.6
_LEAST_PLACE = 0.03
# Nearly every perfume opens with citrus; where one stands is decided by what stays.
_STANDS = {"top": 0.7, "heart": 1.0, "base": 1.0}


@dataclass(frozen=True)
class Liking:
    """accords: 0 to 1, the strongest 1. season, places: shares that sum to 1.

    temperature, roughness, softness, pitch: means of the characters, each 0 to 1.
    scene : what a learned model says of all else (see scene_row), to count for `scene_share`, or nothing.
    """

    accords: dict[str, float]
    season: dict[str, float]
    places: dict[str, float]
    temperature: float
    roughness: float
    softness: float
    pitch: float
    scene: tuple[float, ...] = ()
    scene_share: float = 0.0

    @staticmethod
    def of(reading: Reading) -> "Liking":
        parts = [
            (character, scent.weight * weight)
            for scent in reading.scents
            for character, weight in scent.note.blend
        ]
        total = math.fsum(weight for _, weight in parts)
        feel = [math.fsum(c.feel[at] * w for c, w in parts) / total if total else 0.5 for at in range(4)]
        return Liking(_accords(parts), _season(parts), _places(reading), *feel)

    @property
    def main_place(self) -> str:
        return max(self.places, key=lambda name: (self.places[name], name))

    def other_places(self) -> Iterator[tuple[str, float]]:
        """(name, share) of all but the main place, the greatest first."""
        rest = [item for item in self.places.items() if item[0] != self.main_place]
        return iter(sorted(rest, key=lambda item: (-item[1], item[0])))

    def accord(self, *names: str) -> float:
        """The strongest of some accords, 0 to 1."""
        return max(self.accords.get(name, 0.0) for name in names)


def _accords(parts: list[tuple[Character, float]]) -> dict[str, float]:
    sums = dict.fromkeys(ACCORDS, 0.0)
    for character, weight in parts:
        for name, amount in character.accords.items():
            sums[name] += weight * amount
    most = max(sums.values())
    if most <= 0:
        return {}
    heard = {name: (amount / most - _BACKGROUND) / (1 - _BACKGROUND) for name, amount in sums.items()}
    ordered = sorted(heard.items(), key=lambda item: (-item[1], item[0]))
    return {name: amount for name, amount in ordered if amount >= 0.005}


def _season(parts: list[tuple[Character, float]]) -> dict[str, float]:
    total = math.fsum(weight for _, weight in parts)
    if not total:
        return dict.fromkeys(SEASONS, 0.25)
    logs = []
    for at in range(len(SEASONS)):
        pooled = math.fsum(weight * math.log(character.season[at]) for character, weight in parts)
        logs.append(_SEASON_CONTRAST * pooled / total)
    powers = [math.exp(value - max(logs)) for value in logs]
    return shares(dict(zip(SEASONS, powers)))


def _places(reading: Reading) -> dict[str, float]:
    sums = dict.fromkeys(PLACES, 0.0)
    for scent in reading.scents:
        for character, weight in scent.note.blend:
            for name, amount in character.places.items():
                sums[name] += _STANDS[scent.stage] * scent.weight * weight * amount
    for name, share in reading.like.items():
        sums[name] += reading.like_weight * share
    if not any(sums.values()):
        return {"rose_garden": 1.0}  # nothing was understood: the place everybody likes
    sharp = {name: amount**_PLACE_CONTRAST for name, amount in sums.items()}
    total = math.fsum(sharp.values())
    kept = {name: amount for name, amount in sharp.items() if amount >= _LEAST_PLACE * total}
    ordered = dict(sorted(kept.items(), key=lambda item: (-item[1], item[0])))
    return shares(ordered)


def shares(amounts: dict[str, float]) -> dict[str, float]:
    """The same, rounded to four decimals and summing to exactly 1; the first takes the rest."""
    total = math.fsum(amounts.values())
    shares = {name: round(amount / total, 4) for name, amount in amounts.items()}
    first = next(iter(shares))
    shares[first] = round(shares[first] + 1 - math.fsum(shares.values()), 4)
    return shares
