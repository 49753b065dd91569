"""Wanted: a visitor's sentence about what they would like, in any of the languages → a preference.

Only names are taken from it: notes that the lexicon knows, and the words of `assets/advice/words.toml`.
What it says does not depend on how it is said: not on the order of its words, nor on what stands between
them. Nothing here needs the model, and the sentence itself is not kept.
"""

import functools
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from showroom import paths
from showroom.errors import SpecError
from showroom.imagine.lexicon import Lexicon, load_lexicon
from showroom.imagine.word_forms import CHINESE, clauses, plain
from showroom.text import clean, is_chinese
from showroom.words.preference import CHOICES, MOST_CENTS, Preference
from showroom.words.vocabulary import ACCORDS, LANGUAGES

_LEAST = 0.3      # of a note's strongest accord: less is not what was asked for
_MOST_EACH = 6    # accords of all notes together
_MOST_CHARACTERS = 500
_TABLES = ("accord", *CHOICES)
_NUMBER = r"(?<!\d)(\d(?:[\d.,']{0,13}\d)?)(?!\d)"
_AMOUNT = re.compile(r"^(\d+|\d{1,3}(?:[.,']\d{3})+)(?:[.,](\d{1,2}))?$")
_MONEY = r"\s{0,3}(?:[€$£¥]|eur|euros?|usd|dollars?|rmb|cny|元|块|欧元)?\s{0,3}"


@dataclass(frozen=True)
class _Words:
    """pattern: finds any phrase of a table, the longest first. meant: phrase → (table, name)."""

    latin: re.Pattern
    chinese: re.Pattern
    meant: tuple[tuple[re.Pattern, str, str], ...]

    def found(self, text: str) -> Iterator[tuple[int, int, str, str]]:
        """(start, end, table, name) of each phrase in a plain text, none inside another."""
        at = 0
        while at < len(text):
            match = (self.latin.search(text, at), self.chinese.search(text, at))
            found = [one for one in match if one]
            first = min(found, key=lambda one: (one.start(), -one.end()), default=None)
            if first is None:
                return
            for pattern, table, name in self.meant:
                if pattern.fullmatch(first[0]):
                    yield first.start(), first.end(), table, name
            at = first.end()


def wanted(text: str, so_far: Preference = Preference(), lexicon: Lexicon | None = None) -> Preference:
    """`so_far` and what a sentence adds to it; the same where it says nothing that is known.

    text   : at most 500 characters count.
    Raises : InputError for what is no text.
    """
    lexicon, text = lexicon or load_lexicon(), clean(text)[:_MOST_CHARACTERS]
    text, cents = _without_budget(text)
    likes, dislikes, answers = {}, {}, {}
    for part, denied in _parts(text):
        accords, said = _heard(part, lexicon)
        into = dislikes if denied else likes
        for name, amount in accords.items():
            into[name] = max(amount, into.get(name, 0.0))
        if not denied:
            answers = said | answers  # what is said first of a kind counts
    found = so_far.liking(_strongest(likes), _strongest(dislikes)) if likes or dislikes else so_far
    for question, name in answers.items():
        found = found.answered(question, name)
    return found.costing(cents) if cents else found


def prepare() -> None:
    """Reads the words, so that the first sentence is heard as soon as any other."""
    wanted("rose")


def _strongest(amounts: Mapping[str, float]) -> dict[str, float]:
    most = sorted(amounts.items(), key=lambda item: (-item[1], item[0]))[:_MOST_EACH]
    return dict(most)


def _heard(part: str, lexicon: Lexicon) -> tuple[dict[str, float], dict[str, str]]:
    """Accords that one part of a sentence names, 0 to 1, and answers that it gives, whatever their order."""
    accords, answers, rest, at = {}, {}, [], 0
    text = plain(part)
    for start, end, table, name in _words().found(text):
        if table == "accord":
            accords[name] = 1.0
        else:
            answers.setdefault(table, name)
        if start >= at:
            rest.append(text[at:start])
        at = max(at, end)
    rest.append(text[at:])
    languages = ("zh",) if is_chinese(text) else ("en", "it")
    notes = {found.note.name: found.note for piece in rest for found in lexicon.search(piece, languages)}
    for note in notes.values():
        for name, amount in _accords_of(note).items():
            accords[name] = max(amount, accords.get(name, 0.0))
    return accords, answers


def _accords_of(note) -> dict[str, float]:
    """What a note smells of, the strongest 1."""
    sums = dict.fromkeys(ACCORDS, 0.0)
    for character, weight in note.blend:
        for name, amount in character.accords.items():
            sums[name] += weight * amount
    most = max(sums.values())
    return {name: round(amount / most, 2) for name, amount in sums.items()
            if most and amount >= _LEAST * most}


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """(part of the sentence, whether it is what one would rather not have)."""
    denials, turns, none = (_listed(table, "words") for table in ("denial", "turn", "no_denial"))
    for clause in clauses(text):
        for piece in turns.split(plain(clause)):
            piece = none.sub(" ", piece)
            match = denials.search(piece)
            if match is None:
                yield piece, False
            else:
                yield piece[:match.start()], False
                yield piece[match.end():], True


def _without_budget(text: str) -> tuple[str, int]:
    """The text without the most it may cost, and that in cents; 0 where nothing is said of it."""
    before, after = (_listed("budget", key).pattern for key in ("before", "after"))
    for pattern in (rf"(?:{before}){_MONEY}{_NUMBER}{_MONEY}", rf"{_NUMBER}{_MONEY}(?:{after})"):
        match = re.search(pattern, text, re.IGNORECASE)
        amount = _AMOUNT.match(match[1].strip()) if match else None
        if amount:
            cents = int(re.sub(r"\D", "", amount[1])) * 100 + int((amount[2] or "0").ljust(2, "0"))
            if 0 < cents <= MOST_CENTS:
                return text[:match.start()] + ", " + text[match.end():], cents
    return text, 0


# Words -------------------------------------------------------------------------------------------


@functools.cache
def _tables() -> Mapping[str, dict]:
    path = paths.ASSETS / "advice" / "words.toml"
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise SpecError(f"reading {path}: {error}; a TOML table is needed; restore the file") from None


def _phrases(by_language: Mapping[str, str]) -> Iterator[str]:
    """Every phrase of an entry as a pattern."""
    for language in LANGUAGES:
        for phrase in by_language[language].split(","):
            words = plain(phrase.replace("*", " ")) if "*" not in phrase else " ".join(
                plain(word.rstrip("*")) + ("*" if word.endswith("*") else "") for word in phrase.split())
            yield re.escape(words).replace(r"\*", r"\w*").replace(r"\ ", " ")


def _joined(patterns: list[str]) -> re.Pattern:
    """Any of some patterns, the longest first; words stand by themselves, Chinese wherever it stands."""
    longest = sorted(set(patterns), key=lambda one: (-len(one), one))
    return re.compile("|".join(one if CHINESE.search(one) else rf"\b{one}\b" for one in longest))


@functools.cache
def _listed(table: str, key: str) -> re.Pattern:
    return _joined(list(_phrases(_tables()[table][key])))


@functools.cache
def _words() -> _Words:
    meant = [(pattern, table, name) for table in _TABLES for name, said in _tables()[table].items()
             for pattern in _phrases(said)]
    every = [pattern for pattern, _, _ in meant]
    return _Words(_joined([one for one in every if not CHINESE.search(one)]),
                  _joined([one for one in every if CHINESE.search(one)]),
                  tuple((re.compile(pattern), table, name) for pattern, table, name in meant))
