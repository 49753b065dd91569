"""How a note is known by any of its names, in English, Chinese, Italian or German.

The notes stand in `assets/lexicon` (see `note_tables`); `qualifiers.toml` lists the words that say
only where a note grew or how it was made, and those that say which part of a plant is meant.
No perfume is stored by name.
"""

import difflib
import functools
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from showroom import paths
from showroom.errors import SpecError
from showroom.imagine.note_tables import NAME_LANGUAGES, Character, Note, character_of, note_of, read_rows
from showroom.imagine.word_forms import (
    CHINESE, clauses, first_of, italian_singulars, plain, singulars, words_of,
)

_CLOSE = 0.84  # likeness of spelling at which a name is taken for a slip of the pen
_MOST_WORDS = 12  # of a name that are looked at for compounds
_PART = 5  # letters that a compound's known part has at least
_BUT_ALSO = ("only", "just", "solo", "soltanto", "nur")
_OF = frozenset("di d' del dello della dell' dei degli delle of".split())
_GROWN = (
    "citrus", "fruit", "vegetables", "nuts", "flowers", "white flowers", "yellow flowers", "herbs", "greens",
    "spices", "woods", "conifers", "tea",
)
_BRACKETED = re.compile(r"[(\uff08\[](.*?)[)\uff09\]]")


@dataclass(frozen=True)
class Found:
    """A note found under the words `said`; sure is 0 to 1.

    part_family: the family of a part that the words name ("blossom of", "tea of"), or "".
    """

    note: Note
    said: str
    sure: float
    part_family: str = ""

    @property
    def family(self) -> str:
        """What kind of thing is meant: a cherry is a fruit, a cherry blossom a flower."""
        return self.part_family or self.note.family

    @property
    def families(self) -> tuple[str, ...]:
        """Where a perfumer may look for it: under what it is, then under what it smells of."""
        return tuple(dict.fromkeys((self.family, self.note.family, self.note.main.family)))


@dataclass(frozen=True)
class _Part:
    """Words for a part of a plant at a name's end, or before it, and the family that makes it.

    of: only notes of these families, or () for all.   stays: families that it does not change.
    """

    family: str
    words: frozenset[str]
    before: frozenset[str]
    of: tuple[str, ...]
    stays: frozenset[str]

    @staticmethod
    def of_table(family: str, table: Mapping) -> "_Part":
        words, before = (words_of({"": table.get(key, "")}) for key in ("words", "before"))
        stays = frozenset((*table.get("stays", ()), family))
        return _Part(family, words, before, tuple(table.get("of", ())), stays)

    def names(self, name: str, compound: bool) -> bool:
        """Whether the name ends or begins so; a compound's end counts where the whole is unknown."""
        words = name.split()
        last = name[-1] if CHINESE.search(name) else words[-1]
        within = compound and any(len(part) > 3 and last.endswith(part) for part in self.words)
        return last in self.words or words[0] in self.before or within


class Lexicon:
    """Notes by name. Immutable once read."""

    def __init__(
        self, characters: Mapping[str, Character], notes: tuple[Note, ...], words: Mapping[str, Mapping]
    ):
        self.characters = characters
        self.notes = notes
        qualifiers, denials = words["qualifiers"], words["denials"]
        self._qualifiers = words_of(qualifiers)
        self._everyday = words_of(words["everyday"])
        self._denials = words_of(denials)
        self._chinese_denials = tuple(denials["zh"].split())
        self._chinese_qualifiers = sorted(qualifiers["zh"].split(), key=len, reverse=True)
        self._parts = [_Part.of_table(family, part) for family, part in words["parts"].items()]
        of_plants = [part for part in self._parts if part.family not in ("drinks", "gourmand")]
        self._after = frozenset().union(*(part.words for part in of_plants))
        self._before = frozenset().union(*(part.before for part in of_plants))
        self._nothing = {
            language: frozenset(plain(phrase) for phrase in phrases.split(","))
            for language, phrases in words["nothing"].items()
        }
        self._nothing["zh"] |= {word for word in self._chinese_qualifiers if len(word) > 2}
        self._by_language: dict[str, dict[str, Note]] = {language: {} for language in NAME_LANGUAGES}
        for note in notes:
            for language in NAME_LANGUAGES:
                for name in note.names.get(language, ()):
                    self._by_language[language].setdefault(plain(name), note)
        self._any: dict[str, Note] = {}
        for language in NAME_LANGUAGES:
            for name, note in self._by_language[language].items():
                self._any.setdefault(name, note)
        known = [*self._any, *(phrase for phrases in self._nothing.values() for phrase in phrases)]
        self._longest = max(len(name.split()) for name in known)
        self._longest_chinese = max(len(name) for name in known if CHINESE.search(name))

    def resolve(self, said: str) -> Found | None:
        """The note that a perfumer means by a name in any of the four languages, or None.

        Tried in turn: the name itself, in the singular; with what stands in brackets before it,
        without that, or only that; without qualifiers; a known name inside it; a compound's known end
        or beginning; a slip of spelling.
        """
        name = plain(said)
        outside, inside = plain(_BRACKETED.sub(" ", said)), plain(" ".join(_BRACKETED.findall(said)))
        joined = (f"{inside} {outside}", inside + outside) if inside and outside else ()
        for form in (name, *joined, outside, inside):
            if note := self._exact(form):
                return self._found(note, said, 1.0)
        bare = self._bare(outside or name)
        if note := self._core(outside or name) or self._exact(bare):
            return self._found(note, said, 0.95)
        for text in dict.fromkeys((first_of(outside or name), outside, bare, inside)):
            if within := list(self.search(text, NAME_LANGUAGES, listed=True)):
                return self._found(self._head(within).note, said, 0.8)
        if note := self._compound(outside):
            return self._found(note, said, 0.8)
        close = self._misspelt(bare or outside)
        return self._found(close, said, 0.75) if close else None

    def _found(self, note: Note, said: str, sure: float) -> Found:
        return Found(note, said, sure, self._part_family(note, plain(said)))

    def _part_family(self, note: Note, name: str) -> str:
        """The family of the part that the name ends or begins with, or "" where that changes nothing."""
        if not name or name in {plain(names[0]) for names in note.names.values() if names}:
            return ""
        known = name in self._any
        for part in self._parts:
            if part.names(name, compound=not known) and (not part.of or note.family in part.of):
                return "" if note.family in part.stays else part.family
        return ""

    def _head(self, within: list[Found]) -> Found:
        """Of several names inside one, the last that is not a mere qualifier: a garden mint is a mint."""
        telling = [found for found in within if not self._qualifiers.issuperset(found.said.split())]
        return (telling or within)[-1]

    def search(self, text: str, languages: tuple[str, ...], listed: bool = False) -> Iterator[Found]:
        """Notes named in running text, by longest match, in the order of the text; none that is denied.

        listed: the text stands in a list of notes, where everyday words mean notes too.
        """
        nothing = frozenset() if listed else self._nothing_in(languages)
        for clause in clauses(text):
            yield from self._search_words(plain(clause).split(), languages, listed, nothing)
        if "zh" in languages:
            yield from self._search_chinese(text, listed, nothing)

    def _search_words(
        self, words: list[str], languages: tuple[str, ...], listed: bool, nothing: frozenset[str]
    ) -> Iterator[Found]:
        at = 0
        while at < len(words):
            for length in range(min(self._longest, len(words) - at), 0, -1):
                name = " ".join(words[at : at + length])
                if name in nothing:
                    break
                if note := self._named(name, languages):
                    before, after = words[max(0, at - 2) : at], words[at + length : at + length + 1]
                    if (listed or name not in self._everyday) and not self._deny(before):
                        if listed or not (name in self._before and _OF.issuperset(after) and after):
                            yield Found(note, name, 1.0)
                    length += self._is_its_part(note, after) and not listed
                    break
            else:
                length = 1
            at += length

    def _is_its_part(self, note: Note, after: list[str]) -> bool:
        """Whether the word after a note says a part of it: tea leaves are tea."""
        return bool(after) and after[0] in self._after and note.family in _GROWN

    def _search_chinese(self, text: str, listed: bool, nothing: frozenset[str]) -> Iterator[Found]:
        table, at = self._by_language["zh"], 0
        while at < len(text):
            length = 1
            if CHINESE.match(text[at]):
                for size in range(min(self._longest_chinese, len(text) - at), 0, -1):
                    said = text[at : at + size]
                    if said in nothing or said in table:
                        length = size
                        denied = text[:at].endswith(self._chinese_denials)
                        if said not in nothing and (listed or said not in self._everyday) and not denied:
                            yield Found(table[said], said, 1.0)
                        break
            at += length

    def _named(self, name: str, languages: tuple[str, ...]) -> Note | None:
        """The note of this name in one of the languages, in the singular where it is a plural."""
        for language in languages:
            if language != "zh":
                table = self._by_language[language]
                forms = italian_singulars(name) if language == "it" else singulars(name)
                if note := next((table[form] for form in forms if form in table), None):
                    return note
        return None

    def _nothing_in(self, languages: tuple[str, ...]) -> frozenset[str]:
        return frozenset().union(*(self._nothing.get(language, frozenset()) for language in languages))

    def _deny(self, before: list[str]) -> bool:
        """Whether the two words before a note deny it; "not only" does not."""
        return not self._denials.isdisjoint(before) and before[-1] not in _BUT_ALSO

    def _exact(self, name: str) -> Note | None:
        found = next((self._any[form] for form in singulars(name) if form in self._any), None)
        return found or (self._named(name, ("it",)) if name else None)

    def _core(self, name: str) -> Note | None:
        """The longest known name with nothing but qualifiers around it."""
        words = name.split()
        telling = [at for at, word in enumerate(words) if word not in self._qualifiers]
        first, last = (telling[0], telling[-1]) if telling else (len(words), -1)
        for length in range(min(len(words) - 1, self._longest), max(last - first, 0), -1):
            for start in range(len(words) - length + 1):
                if start <= first and last < start + length:
                    if note := self._exact(" ".join(words[start : start + length])):
                        return note
        return None

    def _bare(self, name: str) -> str:
        """The name without any qualifiers."""
        if CHINESE.search(name):
            for word in self._chinese_qualifiers:
                name = name.removeprefix(word).removesuffix(word) or name
            return name
        return " ".join(word for word in name.split() if word not in self._qualifiers)

    def _compound(self, name: str) -> Note | None:
        """A German compound by the longest known name that it ends or else begins with.

        A first part may lose its last e: Kirsch(e)holz.
        """
        known = self._by_language["de"]
        for word in name.split()[-1 : -_MOST_WORDS : -1]:
            ends = [part for part in known if len(part) >= _PART and part != word and word.endswith(part)]
            begins = [part for part in known if len(part) > _PART and word.startswith(part.removesuffix("e"))]
            for likely in (ends, begins):
                if likely:
                    return known[max(likely, key=len)]
        return None

    def _misspelt(self, name: str) -> Note | None:
        if len(name) < 5:
            return None
        likely = [known for known in self._any if known[0] == name[0] and abs(len(known) - len(name)) <= 2]
        close = difflib.get_close_matches(name, likely, n=1, cutoff=_CLOSE)
        return self._any[close[0]] if close else None


# Reading the tables ------------------------------------------------------------------------------


@functools.cache
def load_lexicon(folder: Path | None = None) -> Lexicon:
    """Raises SpecError naming file, line and column if a table is broken."""
    folder = folder or paths.ASSETS / "lexicon"
    read = (character_of(row) for row in read_rows(folder / "characters.csv"))
    characters = {character.name: character for character in read}
    notes = tuple(note_of(row, characters) for row in read_rows(folder / "notes.csv"))
    return Lexicon(characters, notes, read_words(folder / "qualifiers.toml"))


def read_words(path: Path) -> Mapping[str, Mapping]:
    """The tables of qualifiers.toml. Raises SpecError if one is missing or the file is broken."""
    try:
        words = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise SpecError(f"reading {path}: {error}; a TOML table is needed; restore the file") from None
    for table in ("qualifiers", "parts", "everyday", "denials", "nothing"):
        if not isinstance(words.get(table), dict):
            accepted = "the tables qualifiers, parts, everyday, denials and nothing are accepted"
            raise SpecError(f"reading {path}: [{table}] is missing; {accepted}; write it")
    return words
