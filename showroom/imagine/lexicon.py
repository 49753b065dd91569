"""The table of notes that a perfumer edits, and how a note is known by any of its names.

`assets/lexicon/characters.csv` says what smells are like (accords, colours, season, feel, places);
`notes.csv` names the notes in English, Chinese, Italian and German, each as one character or a
mixture; `qualifiers.toml` lists the words that say only where a note grew or how it was made.
No perfume is stored by name.
"""

import csv
import difflib
import functools
import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from showroom import paths
from showroom.errors import SpecError
from showroom.words import vocabulary

NAME_LANGUAGES = ("en", "zh", "it", "de")
_CHINESE = re.compile("[㐀-鿿]")
_LETTERS = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_CLOSE = 0.84  # likeness of spelling at which a name is taken for a slip of the pen
_BUT_ALSO = ("only", "just", "solo", "soltanto", "nur")
_SINGLE_CHARACTER = 0.5  # one Chinese character inside a sentence is often part of another word


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
    """A note: what it is made of ((character, weight), …), where it stands, how it is called."""

    name: str
    blend: tuple[tuple[Character, float], ...]
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


@dataclass(frozen=True)
class Found:
    """A note found under the words `said`; sure is 0 to 1."""

    note: Note
    said: str
    sure: float


class Lexicon:
    """Notes by name. Immutable once read."""

    def __init__(
        self,
        characters: Mapping[str, Character],
        notes: tuple[Note, ...],
        qualifiers: Mapping[str, str],
        everyday: Mapping[str, str],
        denials: Mapping[str, str],
    ):
        self.characters = characters
        self.notes = notes
        self._qualifiers = _words_of(qualifiers)
        self._everyday = _words_of(everyday)
        self._denials = _words_of(denials)
        self._chinese_denials = tuple(denials["zh"].split())
        self._chinese_qualifiers = sorted(qualifiers["zh"].split(), key=len, reverse=True)
        self._by_language: dict[str, dict[str, Note]] = {language: {} for language in NAME_LANGUAGES}
        for note in notes:
            for language in NAME_LANGUAGES:
                for name in note.names.get(language, ()):
                    self._by_language[language].setdefault(plain(name), note)
        self._any: dict[str, Note] = {}
        for language in NAME_LANGUAGES:
            for name, note in self._by_language[language].items():
                self._any.setdefault(name, note)
        self._longest = max(len(name.split()) for name in self._any)
        self._longest_chinese = max(map(len, self._by_language["zh"]))

    def resolve(self, said: str) -> Found | None:
        """The note that a perfumer means by a name in any of the four languages, or None.

        Tried in turn: the name itself; without what stands in brackets, or only that; in the
        singular; without qualifiers; the longest known name inside it; a slip of spelling.
        """
        name = plain(said)
        outside = plain(re.sub(r"[(\uff08\[].*?[)\uff09\]]", " ", said))
        inside = plain(" ".join(re.findall(r"[(\uff08\[](.*?)[)\uff09\]]", said)))
        for form in (name, outside, inside):
            if note := self._exact(form):
                return Found(note, said, 1.0)
        trimmed, bare = self._without_qualifiers(outside or name)
        if note := self._exact(trimmed) or self._exact(bare):
            return Found(note, said, 0.95)
        within = list(self.search(bare or outside, NAME_LANGUAGES, listed=True))
        within = within or list(self.search(outside, NAME_LANGUAGES, listed=True))
        if within:
            best = max(enumerate(within), key=lambda item: (len(item[1].said), item[0]))[1]
            return Found(best.note, said, 0.8)
        close = self._misspelt(bare or outside)
        return Found(close, said, 0.75) if close else None

    def search(self, text: str, languages: tuple[str, ...], listed: bool = False) -> Iterator[Found]:
        """Notes named in running text, by longest match, in the order of the text; none that is denied.

        listed: the text stands in a list of notes, where everyday words mean notes too.
        """
        words = [plain(word) for word in _LETTERS.findall(text)]
        tables = [self._by_language[language] for language in languages if language != "zh"]
        at = 0
        while at < len(words):
            for length in range(min(self._longest, len(words) - at), 0, -1):
                name = " ".join(words[at : at + length])
                forms = _singulars(name)
                note = next((table[form] for form in forms for table in tables if form in table), None)
                if note:
                    before = words[max(0, at - 2) : at]
                    if (listed or name not in self._everyday) and not self._deny(before):
                        yield Found(note, name, 1.0)
                    break
            else:
                length = 1
            at += length
        if "zh" in languages:
            yield from self._search_chinese(text, listed)

    def _search_chinese(self, text: str, listed: bool) -> Iterator[Found]:
        table, at = self._by_language["zh"], 0
        while at < len(text):
            length = 1
            if _CHINESE.match(text[at]):
                for size in range(min(self._longest_chinese, len(text) - at), 0, -1):
                    note = table.get(text[at : at + size])
                    if note:
                        length, said = size, text[at : at + size]
                        denied = text[:at].endswith(self._chinese_denials)
                        if (listed or said not in self._everyday) and not denied:
                            yield Found(note, said, 1.0 if size > 1 else _SINGLE_CHARACTER)
                        break
            at += length

    def _deny(self, before: list[str]) -> bool:
        """Whether the two words before a note deny it; "not only" does not."""
        return not self._denials.isdisjoint(before) and before[-1] not in _BUT_ALSO

    def _exact(self, name: str) -> Note | None:
        return next((self._any[form] for form in _singulars(name) if form in self._any), None)

    def _without_qualifiers(self, name: str) -> tuple[str, str]:
        """The name without qualifiers at its ends, and without any."""
        if _CHINESE.search(name):
            for word in self._chinese_qualifiers:
                name = name.removeprefix(word).removesuffix(word) or name
            return name, name
        words = name.split()
        kept = [at for at, word in enumerate(words) if word not in self._qualifiers]
        trimmed = words[kept[0] : kept[-1] + 1] if kept else []
        return " ".join(trimmed), " ".join(words[at] for at in kept)

    def _misspelt(self, name: str) -> Note | None:
        if len(name) < 5:
            return None
        likely = [known for known in self._any if known[0] == name[0] and abs(len(known) - len(name)) <= 2]
        close = difflib.get_close_matches(name, likely, n=1, cutoff=_CLOSE)
        return self._any[close[0]] if close else None


@functools.lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Lower case, no accents, no marks, single blanks: how names are compared."""
    unmarked = re.sub("[®™©]", "", text.casefold())  # before ™ decomposes into letters
    decomposed = unicodedata.normalize("NFKD", unmarked)
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^\w'’&]+|_", " ", letters).replace("’", "'").split())


def _words_of(by_language: Mapping[str, str]) -> frozenset[str]:
    return frozenset(plain(word) for words in by_language.values() for word in words.split())


def _singulars(name: str) -> tuple[str, ...]:
    """The name, and what it may be the English plural of."""
    forms = [name]
    if name.endswith("ies"):
        forms.append(name[:-3] + "y")
    if name.endswith("es"):
        forms.append(name[:-2])
    if name.endswith("s") and len(name) > 3:
        forms.append(name[:-1])
    return tuple(forms)


# Reading the tables ------------------------------------------------------------------------------


@functools.cache
def load_lexicon(folder: Path | None = None) -> Lexicon:
    """Raises SpecError naming file, line and column if a table is broken."""
    folder = folder or paths.ASSETS / "lexicon"
    characters = {}
    for where, row in _rows(folder / "characters.csv"):
        characters[row["name"]] = _character(where, row)
    notes = tuple(_note(where, row, characters) for where, row in _rows(folder / "notes.csv"))
    words = tomllib.loads((folder / "qualifiers.toml").read_text("utf-8"))
    return Lexicon(characters, notes, words["qualifiers"], words["everyday"], words["denials"])


def _rows(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """("file:line", row) of a CSV table whose lines starting with # are remarks."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        reason = error.strerror
        raise SpecError(f"reading {path}: {reason}; the table of notes is needed; restore it") from None
    numbered = [(at, line) for at, line in enumerate(lines, start=1) if line and not line.startswith("#")]
    reader = csv.DictReader(line for _, line in numbered)
    for (at, _), row in zip(numbered[1:], reader):
        if None in row or None in row.values():
            wanted = f"{len(reader.fieldnames or ())} columns with commas between are accepted"
            raise SpecError(f"reading {path}:{at}: another number of columns; {wanted}; correct it")
        yield f"{path}:{at}", row


def _character(where: str, row: dict[str, str]) -> Character:
    accords = {name.replace("-", " "): weight for name, weight in _weights(where, "accords", row["accords"])}
    _among(where, "accords", accords, vocabulary.ACCORDS)
    places = dict(_weights(where, "places", row["places"]))
    _among(where, "places", places, vocabulary.PLACES)
    _among(where, "layer", [row["layer"]], vocabulary.STAGES)
    _among(where, "flora", filter(None, [row["flora"]]), vocabulary.FLORA)
    _among(where, "particles", filter(None, [row["particles"]]), vocabulary.PARTICLES)
    return Character(
        name=row["name"],
        family=row["family"],
        layer=row["layer"],
        accords=accords,
        colours=_colours(where, row["colours"]),
        season=_numbers(where, "season", row["season"]),
        feel=_numbers(where, "feel", row["feel"]),
        places=places,
        flora=row["flora"],
        particles=row["particles"],
        brings={language: row[language] for language in vocabulary.LANGUAGES},
    )


def _note(where: str, row: dict[str, str], characters: Mapping[str, Character]) -> Note:
    parts = list(_weights(where, "like", row["like"]))
    _among(where, "like", [name for name, _ in parts], tuple(characters))
    blend = tuple((characters[name], weight) for name, weight in parts)
    layer = row["layer"] or blend[0][0].layer
    _among(where, "layer", [layer], vocabulary.STAGES)
    mixed = tuple(dict.fromkeys(colour for character, _ in blend for colour in character.colours))
    names = {language: tuple(filter(None, row[language].split("|"))) for language in NAME_LANGUAGES[1:]}
    english = (row["name"], *filter(None, row["aliases"].split("|")))
    colours = _colours(where, row["colours"]) if row["colours"] else mixed[:3]
    return Note(row["name"], blend, layer, colours, {"en": english, **names})


def _weights(where: str, column: str, text: str) -> Iterator[tuple[str, float]]:
    for part in text.split():
        name, _, weight = part.partition("=")
        try:
            yield name, float(weight or 1)
        except ValueError:
            accepted = "name=number is accepted; correct it"
            raise SpecError(f"reading {where}: {column} has {part!r}; {accepted}") from None


def _numbers(where: str, column: str, text: str) -> tuple[float, ...]:
    try:
        numbers = tuple(float(part) for part in text.split())
    except ValueError:
        numbers = ()
    if len(numbers) != 4:
        raise SpecError(f"reading {where}: {column} is {text!r}; four numbers are accepted; correct it")
    return numbers


def _colours(where: str, text: str) -> tuple[str, ...]:
    colours = tuple(text.split())
    for colour in colours:
        if not re.fullmatch("#[0-9a-f]{6}", colour):
            raise SpecError(f"reading {where}: colour {colour!r}; #a1b2c3 is accepted; correct it")
    return colours


def _among(where: str, column: str, names, accepted: tuple[str, ...]) -> None:
    for name in names:
        if name not in accepted:
            near = difflib.get_close_matches(name, accepted, n=1, cutoff=0.0)
            raise SpecError(f"reading {where}: {column} has {name!r}; unknown; did you mean {near[0]}?")
