"""What the model is given of a reading: which characters stand where, how much was found, what it means.

Numpy only. A character that the model never learned is taken for the learned one that is most like it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from showroom.imagine.lexicon import Lexicon
from showroom.imagine.note_tables import Character
from showroom.imagine.reading import TEXT, Reading
from showroom.words.vocabulary import ACCORDS, STAGES


@dataclass(frozen=True)
class Inputs:
    """Rows of readings.

    placed   : (n, 3, positions + 1, characters) amounts by layer and place in it; the last place is for
               notes that no layer orders.
    told     : (n,) 1 where the notes were found in running text.
    evidence : (n,) how many notes' worth of evidence.    text : (n, width) sentence vectors, or zeros.
    """

    placed: np.ndarray
    told: np.ndarray
    evidence: np.ndarray
    text: np.ndarray

    def __getitem__(self, rows: np.ndarray) -> "Inputs":
        return Inputs(self.placed[rows], self.told[rows], self.evidence[rows], self.text[rows])


class Gatherer:
    """Makes inputs for a model that knows some characters, from readings by some lexicon."""

    def __init__(self, known: Sequence[str], lexicon: Lexicon, positions: int, width: int):
        self._columns = _columns(known, lexicon)
        self._shape = (len(STAGES), positions + 1, len(known))
        self._width = width

    def inputs(self, readings: Sequence[Reading]) -> Inputs:
        """One row for each reading."""
        count = len(readings)
        found = Inputs(np.zeros((count, *self._shape)), np.zeros(count), np.zeros(count),
                       np.zeros((count, self._width)))
        for row, reading in enumerate(readings):
            self._place(reading, found.placed[row])
            found.told[row] = reading.told
            found.evidence[row] = sum(min(scent.weight, 1.0) for scent in reading.scents)
            if reading.meaning is not None:
                found.text[row] = reading.meaning
        return found

    def _place(self, reading: Reading, placed: np.ndarray) -> None:
        last = self._shape[1] - 2
        named: dict[str, list[str]] = {}
        for scent in reading.scents:
            names = named.setdefault(scent.layer, [])
            if scent.said not in names:
                names.append(scent.said)
            place = last + 1 if scent.layer == TEXT else min(names.index(scent.said), last)
            for character, share in scent.note.blend:
                at = self._columns[character.name]
                placed[STAGES.index(scent.stage), place, at] += scent.weight * share


def _columns(known: Sequence[str], lexicon: Lexicon) -> dict[str, int]:
    """Each character's column: its own, or that of the known one whose accords are most like its own."""
    own = {name: at for at, name in enumerate(known)}
    shared = [name for name in known if name in lexicon.characters]
    likeness = {name: accord_row(lexicon.characters[name]) for name in shared}

    def stand_in(character: Character) -> int:
        row = accord_row(character)
        best = max(shared, key=lambda name: (_cosine(row, likeness[name]),
                                             lexicon.characters[name].family == character.family))
        return own[best]

    return {name: own[name] if name in own else stand_in(character)
            for name, character in lexicon.characters.items()}


def accord_row(character: Character) -> np.ndarray:
    """(accords,) what the lexicon says a character builds."""
    return np.array([character.accords.get(name, 0.0) for name in ACCORDS])


def vocabulary_of(lexicon: Lexicon) -> tuple[list[str], list[str]]:
    """The lexicon's characters in the order of their names, and their families."""
    characters = sorted(lexicon.characters)
    return characters, sorted({lexicon.characters[name].family for name in characters})


def tables_of(lexicon: Lexicon, characters: Sequence[str],
              families: Sequence[str]) -> Mapping[str, np.ndarray]:
    """What the lexicon itself says of each character, as rows: prior, family, feel, season_logs."""
    own = [lexicon.characters[name] for name in characters]
    return {
        "prior": np.array([accord_row(character) for character in own]),
        "family": np.array([[character.family == family for family in families] for character in own], float),
        "feel": np.array([character.feel for character in own]),
        "season_logs": np.array([centred(np.log(character.season)) for character in own]),
    }


def centred(logs: np.ndarray) -> np.ndarray:
    """The same with mean 0 along the last axis."""
    return logs - logs.mean(axis=-1, keepdims=True)


def _cosine(one: np.ndarray, other: np.ndarray) -> float:
    length = np.linalg.norm(one) * np.linalg.norm(other)
    return float(one @ other / length) if length else 0.0
