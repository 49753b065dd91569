"""Wording: a typed sentence as the words that matter in it, in English, Chinese and Italian at once.

The lexicon is `assets/instructions/*.toml`. Every phrase of every language is looked for in the whole
sentence; where two overlap the longer one counts. What no phrase covers is left over, and counts as unknown.
"""

import functools
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from showroom import paths
from showroom.errors import InputError
from showroom.words.vocabulary import LANGUAGES

NUMBER, TIMES, PRODUCT, LETTER, COUPON, UNKNOWN = "number", "times", "product", "letter", "code", "unknown"
NO_NUMBER = -1.0  # a number that can be no quantity: a range, a fraction, less than nothing

_CODE = re.compile(r"[\s:\uff1a=]*[\"']?([a-z0-9][a-z0-9-]{2,31})", re.I)
_DIGITS = re.compile(r"(?<![a-z0-9_.,])(-?)(\d{1,30}(?:[.,]\d{1,9})?)(?![0-9_])")
_RANGE = re.compile(r"\d+ ?(?:-|–|~|到|至) ?\d+")
_LETTER = re.compile(r"(?<![a-z0-9'])(x{0,3}[sl]|m)(?![a-z0-9'])")
_CHINESE = re.compile("[零〇一二两三四五六七八九十百千万]+")
_FEW = re.compile("[一二两三四五六七八九][一二两三四五六七八九]")
_ONES = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
_ENDS = re.compile("[.,;:!?\uff0c\u3002\uff1b\uff01\uff1f\u3001]")
_LEFT_OVER = re.compile("[a-z0-9_']+|[\u4e00-\u9fff]")
_NOTHING = frozenset("x'")  # "x 3"; an apostrophe alone


@dataclass(frozen=True)
class Word:
    """One thing that was said.

    kind  : a category of the lexicon, or one of the constants above.   start, end : in the plain sentence.
    value : of a number (NO_NUMBER: it can be none), of a product its id, of a letter or a code the text.
    clause : counts up with every mark of punctuation before it.
    """

    kind: str
    start: int
    end: int
    value: float | str = ""
    clause: int = 0


@dataclass(frozen=True)
class Lexicon:
    """Phrases by category, compiled; what numbers are called; which characters are read as which."""

    phrases: tuple[tuple[str, float | str, re.Pattern], ...]
    ordinary: frozenset[str]
    read_as: Mapping[int, str]

    def plain(self, text: str) -> str:
        """Lower case, without accents, simplified characters, digits apart from letters."""
        text = unicodedata.normalize("NFKC", text).replace("\u2019", "'").replace("\u2018", "'")
        text = text.translate(self.read_as).casefold()
        text = "".join(one for one in unicodedata.normalize("NFD", text) if not unicodedata.combining(one))
        text = re.sub(r"(?<=\d)(?!st\b|nd\b|rd\b|th\b)(?=[a-z])|(?<=\bx)(?=\d)|(?<=[×*])(?=\d)", " ", text)
        return " ".join(text.translate(_QUOTES).split())


_QUOTES = str.maketrans({**dict.fromkeys("\u201c\u201d«»「」", '"'), **dict.fromkeys("×*", "x")})


@functools.cache
def lexicon() -> Lexicon:
    """The house's lexicon. Raises InputError naming the file and the entry that is none."""
    phrases, ordinary, read_as = [], set(), {}
    for language in LANGUAGES:
        path = paths.ASSETS / "instructions" / f"{language}.toml"
        table = tomllib.loads(path.read_text("utf-8"))
        ordinary.update(table.pop("ordinary"))
        traditional = table.pop("traditional", {"from": "", "to": ""})
        read_as |= str.maketrans(traditional["from"], traditional["to"])
        for kind, entries in table.items():
            valued = entries.items() if isinstance(entries, dict) else [("", entries)]
            phrases += [(kind, float(value) if value else "", _compiled(phrase, path))
                        for value, some in valued for phrase in some]
    return Lexicon(tuple(phrases), frozenset(ordinary), read_as)


def _compiled(phrase: str, path) -> re.Pattern:
    """A phrase as a pattern; where it begins or ends with a letter, a word must begin or end there."""
    try:
        pattern = re.compile(phrase.replace(" ", r"\s"))
    except re.error as error:
        raise InputError(f"reading {path}: {phrase!r} is no phrase ({error}); words, (a|b) and x? are "
                         "accepted; correct it") from None
    if re.search("[\u4e00-\u9fff]", phrase):
        return pattern
    return re.compile(rf"(?<![a-z0-9_])(?:{pattern.pattern})(?![a-z0-9_])" if phrase[-1] not in "€$£%&" else
                      pattern.pattern)


def words_of(plain: str, names: Iterable[tuple[int, int, str, float]] = ()) -> list[Word]:
    """What matters in a sentence and what is left over, in its order.

    plain : as `Lexicon.plain` makes it.
    names : products that were found in it: start, end, id, and how surely (characters that agree).
    """
    found = [(sure, Word(PRODUCT, start, end, product_id)) for start, end, product_id, sure in names]
    for kind, value, pattern in lexicon().phrases:
        found += [(match.end() - match.start(), Word(kind, *match.span(), value))
                  for match in pattern.finditer(plain) if match.end() > match.start()]
    found += [(word.end - word.start + 0.5, word) for word in _codes(found, plain)]
    found += [(word.end - word.start + 0.1, word) for word in (*_numbers(plain), *_letters(plain))]
    found.sort(key=lambda one: (-one[0], one[1].start))
    taken, kept = bytearray(len(plain)), []
    for _, word in found:
        if not any(taken[word.start:word.end]):
            taken[word.start:word.end] = b"\1" * (word.end - word.start)
            kept.append(word)
    kept += [Word(UNKNOWN, *match.span(), match[0]) for match in _LEFT_OVER.finditer(plain)
             if not any(taken[match.start():match.end()]) and match[0] not in _NOTHING]
    kept.sort(key=lambda word: word.start)
    ends = [match.start() for match in _ENDS.finditer(plain)
            if not any(word.start <= match.start() < word.end for word in kept)]
    placed = [replace(word, clause=sum(end < word.start for end in ends)) for word in kept]
    return _counted(placed, plain)


def _codes(found: list, plain: str) -> Iterable[Word]:
    """What follows the word for a coupon, if it looks like a code."""
    for _, word in found:
        if word.kind == "coupon" and (match := _CODE.match(plain, word.end)):
            if any(one.isdigit() for one in match[1]) or "-" in match[1]:
                yield Word(COUPON, word.start, match.end(), match[1].upper())


def _numbers(plain: str) -> Iterable[Word]:
    """Digits and Chinese numerals."""
    for match in _RANGE.finditer(plain):
        yield Word(NUMBER, *match.span(), NO_NUMBER)
    for match in _DIGITS.finditer(plain):
        value = float(match[2].replace(",", "."))
        whole = not match[1] and value.is_integer() and value < 1e6
        yield Word(NUMBER, *match.span(), value if whole else NO_NUMBER)
    for match in _CHINESE.finditer(plain):
        yield Word(NUMBER, *match.span(), _chinese(match[0]))


def _chinese(numeral: str) -> float:
    """The value of a numeral to 99,999; two digits side by side ("两三") say that one doesn't know."""
    if _FEW.search(numeral):
        return NO_NUMBER
    total, digit = 0, None
    for sign in numeral:
        if sign in _ONES:
            digit = _ONES[sign]
        else:
            total, digit = total + (1 if digit is None else digit) * _TENS[sign], None
    return float(total + (digit or 0))


def _letters(plain: str) -> Iterable[Word]:
    return (Word(LETTER, *match.span(), match[1]) for match in _LETTER.finditer(plain))


def _counted(words: list[Word], plain: str) -> list[Word]:
    """Numbers of several words as one: "two dozen", "twenty five", "一双"; a dozen alone is a number too."""
    counted: list[Word] = []
    for word in words:
        before = counted[-1] if counted else None
        beside = before is not None and before.kind == NUMBER and not plain[before.end:word.start].strip(" -")
        if word.kind == TIMES:
            known = float(before.value) if beside else 1.0
            if beside:
                counted.pop()
            counted.append(replace(word, kind=NUMBER, start=before.start if beside else word.start,
                                   value=known * float(word.value)))
        elif word.kind == NUMBER and beside and 20 <= before.value <= 90 and 1 <= word.value <= 9:
            counted[-1] = replace(before, end=word.end, value=float(before.value) + float(word.value))
        elif word.kind == NUMBER and before is not None and before.kind == "minus":
            counted[-1] = replace(word, start=before.start, value=NO_NUMBER)
        else:
            counted.append(word)
    return counted
