"""Mood: how bright, warm and soft a perfume is, measured against others that stand in the same place.

All perfumes of the sea are fresher than the mean perfume; what tells two of them apart is how they
differ from what the sea always brings. So a place's own notes count less here, and zero is the middle
between that place's notes and all notes.
"""

import functools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from showroom.imagine.lexicon import Character, load_lexicon
from showroom.imagine.reading import Scent

_NATIVE = 0.65  # how much less a character counts that belongs wholly to the place
_SPREAD = 0.12  # of the mean feel of a few notes, about one standard deviation between perfumes
_TEMPERATURE, _ROUGHNESS, _SOFTNESS, _PITCH = range(4)


@dataclass(frozen=True)
class Mood:
    """Each −1 to 1, 0 as the place mostly is. bright: airy, sharp; warm: hot; soft: round, powdery."""

    bright: float
    warm: float
    soft: float

    @property
    def strength(self) -> float:
        """0 as the place mostly is, to 1."""
        return max(abs(self.bright), abs(self.warm))


def mood_of(scents: Sequence[Scent], place: str) -> Mood:
    """The mood of what was read in a place; of nothing, the place's own."""
    feel, total = [0.0] * 4, 0.0
    for scent in scents:
        for character, share in scent.note.blend:
            weight = scent.weight * share * (1 - _NATIVE * _belongs(character, place))
            total += weight
            for at, value in enumerate(character.feel):
                feel[at] += weight * value
    if total <= 0:
        return Mood(0.0, 0.0, 0.0)
    usual = usual_feel(place)
    apart = [math.tanh((value / total - middle) / _SPREAD) for value, middle in zip(feel, usual)]
    return Mood(apart[_PITCH], apart[_TEMPERATURE], apart[_SOFTNESS])


def _belongs(character: Character, place: str) -> float:
    whole = math.fsum(character.places.values())
    return character.places.get(place, 0.0) / whole if whole else 0.0


@functools.cache
def usual_feel(place: str) -> tuple[float, ...]:
    """Midway between the mean feel of a place's own characters and that of all."""
    characters: Mapping[str, Character] = load_lexicon().characters
    own = [(character, character.places.get(place, 0.0)) for character in characters.values()]
    much = math.fsum(weight for _, weight in own)
    middles = []
    for at in range(4):
        everywhere = math.fsum(character.feel[at] for character, _ in own) / len(own)
        here = (
            math.fsum(character.feel[at] * weight for character, weight in own) / much if much else everywhere
        )
        middles.append(0.5 * (everywhere + here))
    return tuple(middles)
