"""The two tables that a perfumer edits, read and checked.

`assets/lexicon/characters.csv` says what smells are like (accords, colours, season, feel, places);
`notes.csv` names the notes in English, Chinese, Italian and German, each as one character or a
mixture, and says what kind of thing each is: an apple blossom smells of fruit too, but is a flower.
Lines starting with # are remarks.
"""

import csv
import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from showroom.errors import SpecError
from showroom.words import vocabulary

NAME_LANGUAGES = ("en", "zh", "it", "de")
FAMILIES = (
    "citrus", "fruit", "vegetables", "nuts", "flowers", "white flowers", "yellow flowers", "herbs", "greens",
    "spices", "woods", "conifers", "moss", "resins", "amber", "musk", "animalic", "leather", "gourmand",
    "tea", "drinks", "marine", "air", "mineral", "smoke", "clean", "materials", "synthetic", "scenery",
)
_SEASON_SLACK = 0.06  # the four shares are written with two decimals


@dataclass(frozen=True)
class Character:
    """What a smell is like.

    accords, places : name → weight.       colours : sRGB, the strongest first.
    season : winter, spring, summer, autumn.
    feel   : temperature, roughness, softness, pitch, each 0 to 1 (cool, smooth, hard, low are 0).
    brings : by language, what it brings to a scene.
    """

    name: str
    family: str
    layer: str
    accords: Mapping[str, float]
    colours: tuple[str, ...]
    season: tuple[float, ...]
    feel: tuple[float, ...]
    places: Mapping[str, float]
    flora: str
    particles: str
    brings: Mapping[str, str]


@dataclass(frozen=True)
class Note:
    """A note: what it is made of ((character, weight), …), what it is, where it stands, its names.

    family : one of FAMILIES, the kind of thing that it is; its main character's unless the table says.
    layer  : where it usually stands, which is how long it lasts.
    """

    name: str
    blend: tuple[tuple[Character, float], ...]
    family: str
    layer: str
    colours: tuple[str, ...]
    names: Mapping[str, tuple[str, ...]]

    @property
    def main(self) -> Character:
        """The character it has most of."""
        return max(self.blend, key=lambda part: part[1])[0]

    def called(self, language: str) -> str:
        """Its name in a language, else in English."""
        return (self.names.get(language) or (self.name,))[0]


Row = tuple[str, dict[str, str]]  # "file:line", cells by column


def read_rows(path: Path) -> Iterator[Row]:
    """The rows of a table. Raises SpecError naming the line if one is short or long."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise SpecError(f"reading {path}: {reason}; the table of notes is needed; restore it") from None
    numbered = [(at, line) for at, line in enumerate(lines, start=1) if line and not line.startswith("#")]
    reader = csv.DictReader(line for _, line in numbered)
    for (at, _), row in zip(numbered[1:], reader):
        if None in row or None in row.values():
            wanted = f"{len(reader.fieldnames or ())} columns with commas between are accepted"
            raise SpecError(f"reading {path}:{at}: another number of columns; {wanted}; correct it")
        yield f"{path}:{at}", row


def character_of(row: Row) -> Character:
    """A row of characters.csv. Raises SpecError naming line, column and what is accepted."""
    where, cells = row
    weights = _weights(where, "accords", cells["accords"])
    accords = {name.replace("-", " "): weight for name, weight in weights}
    _among(where, "accords", accords, vocabulary.ACCORDS)
    places = dict(_weights(where, "places", cells["places"]))
    _among(where, "places", places, vocabulary.PLACES)
    _among(where, "family", [cells["family"]], FAMILIES)
    _among(where, "layer", [cells["layer"]], vocabulary.STAGES)
    _among(where, "flora", filter(None, [cells["flora"]]), vocabulary.FLORA)
    _among(where, "particles", filter(None, [cells["particles"]]), vocabulary.PARTICLES)
    season = _numbers(where, "season", cells["season"])
    if abs(sum(season) - 1) >= _SEASON_SLACK or min(season) <= 0:
        accepted = "four shares above 0 that sum to 1 are accepted"
        raise SpecError(f"reading {where}: season is {cells['season']!r}; {accepted}; correct it")
    for language in vocabulary.LANGUAGES:
        if not cells[language].strip():
            raise SpecError(f"reading {where}: {language} is empty; a few words are accepted; write them")
    return Character(
        name=_named(where, cells["name"]),
        family=cells["family"],
        layer=cells["layer"],
        accords=accords,
        colours=_colours(where, cells["colours"]),
        season=season,
        feel=_numbers(where, "feel", cells["feel"]),
        places=places,
        flora=cells["flora"],
        particles=cells["particles"],
        brings={language: cells[language] for language in vocabulary.LANGUAGES},
    )


def note_of(row: Row, characters: Mapping[str, Character]) -> Note:
    """A row of notes.csv. Raises SpecError naming line, column and what is accepted."""
    where, cells = row
    parts = list(_weights(where, "like", cells["like"]))
    if not parts:
        raise SpecError(f"reading {where}: like is empty; a name of characters.csv is accepted; write one")
    _among(where, "like", [name for name, _ in parts], tuple(characters))
    blend = tuple((characters[name], weight) for name, weight in parts)
    main = max(blend, key=lambda part: part[1])[0]
    family = cells["family"] or main.family
    _among(where, "family", [family], FAMILIES)
    layer = cells["layer"] or blend[0][0].layer
    _among(where, "layer", [layer], vocabulary.STAGES)
    mixed = tuple(dict.fromkeys(colour for character, _ in blend for colour in character.colours))
    names = {language: _split(cells[language]) for language in NAME_LANGUAGES[1:]}
    english = (_named(where, cells["name"]), *_split(cells["aliases"]))
    colours = _colours(where, cells["colours"]) if cells["colours"] else mixed[:3]
    return Note(cells["name"], blend, family, layer, colours, {"en": english, **names})


def _split(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, (name.strip() for name in cell.split("|"))))


def _named(where: str, name: str) -> str:
    if not name.strip():
        raise SpecError(f"reading {where}: name is empty; a name is accepted; write one")
    return name


def _weights(where: str, column: str, text: str) -> Iterator[tuple[str, float]]:
    for part in text.split():
        name, _, weight = part.partition("=")
        try:
            number = float(weight or 1)
        except ValueError:
            number = -1.0
        if not 0 < number <= 2:
            accepted = "name=number above 0 and at most 2 is accepted; correct it"
            raise SpecError(f"reading {where}: {column} has {part!r}; {accepted}")
        yield name, number


def _numbers(where: str, column: str, text: str) -> tuple[float, ...]:
    try:
        numbers = tuple(float(part) for part in text.split())
    except ValueError:
        numbers = ()
    if len(numbers) != 4 or not all(0 <= number <= 1 for number in numbers):
        accepted = "four numbers from 0 to 1 are accepted; correct it"
        raise SpecError(f"reading {where}: {column} is {text!r}; {accepted}")
    return numbers


def _colours(where: str, text: str) -> tuple[str, ...]:
    colours = tuple(text.split())
    for colour in colours:
        if not re.fullmatch("#[0-9a-f]{6}", colour):
            raise SpecError(f"reading {where}: colour {colour!r}; #a1b2c3 is accepted; correct it")
    if not colours:
        raise SpecError(f"reading {where}: colours is empty; #a1b2c3 is accepted; write one or two")
    return colours


def _among(where: str, column: str, names: Iterable[str], accepted: tuple[str, ...]) -> None:
    for name in names:
        if name not in accepted:
            near = difflib.get_close_matches(name, accepted, n=1, cutoff=0.0)
            raise SpecError(f"reading {where}: {column} has {name!r}; unknown; did you mean {near[0]}?")
