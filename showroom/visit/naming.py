"""Naming: which products of a catalogue a sentence names, in any language, misspelt or cut short."""

import functools
import re
from collections.abc import Iterator

from showroom.product_table import KINDS
from showroom.visit.wording import lexicon
from showroom.words.product import Product

MOST_WRONG = ((8, 2), (5, 1))  # letters of a name from which on so many slips are forgiven
_ARTICLES = re.compile(r"^(the|a|an|la|il|lo|un|una) ")
_LATIN = re.compile("[a-z0-9']+")


def named(plain: str, products: tuple[Product, ...]) -> list[tuple[int, int, str, float]]:
    """Start, end, id and sureness (characters that agree) of every product a plain sentence may name.

    plain : as `Lexicon.plain` makes it.
    """
    found = []
    words = [(match.start(), match.end()) for match in _LATIN.finditer(plain)]
    for name, product_id in _names(products):
        if _is_chinese(name):
            found += [(match.start(), match.end(), product_id, match.end() - match.start() + 0.6)
                      for match in re.finditer(re.escape(name), plain)]
        else:
            found += [(start, end, product_id, sure) for start, end, sure in _alike(plain, words, name)]
    return found


@functools.lru_cache(maxsize=8)
def _names_of(products: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[tuple[str, str], ...]:
    """Every name that is one product's alone: (name, id)."""
    owners: dict[str, set[str]] = {}
    for product_id, names in products:
        for name in {product_id.replace("-", " "), *names}:
            for variant in _variants(name):
                owners.setdefault(variant, set()).add(product_id)
    return tuple((name, next(iter(ids))) for name, ids in sorted(owners.items()) if len(ids) == 1)


def _names(products: tuple[Product, ...]) -> tuple[tuple[str, str], ...]:
    return _names_of(tuple((one.id, tuple(one.name.values())) for one in products))


def _variants(name: str) -> Iterator[str]:
    """A name as it may be said: without article, without the kind of thing it is, a Chinese one cut short."""
    name = lexicon().plain(name)
    yield name
    bare = _without_kind(_ARTICLES.sub("", name))
    if bare and (len(bare) > 3 or _is_chinese(bare)):
        yield bare
    if _is_chinese(name) and len(name) > 3:
        yield name[:2]


def _without_kind(name: str) -> str:
    for kind, _, pattern in lexicon().phrases:
        if kind in KINDS:
            name = pattern.sub("", name).strip()
    return name


def _alike(plain: str, words: list[tuple[int, int]], name: str) -> Iterator[tuple[int, int, float]]:
    """Where as many words as a name has (or one more, or fewer) read almost like it, blanks aside."""
    solid, length = name.replace(" ", "").replace("'", ""), name.count(" ") + 1
    allowed = next((wrong for letters, wrong in MOST_WRONG if len(solid) >= letters), 0)
    for count in {length, max(1, length - 1), length + 1}:
        for first in range(len(words) - count + 1):
            start, end = words[first][0], words[first + count - 1][1]
            said = plain[start:end]
            letters = said.replace(" ", "").replace("'", "")
            if abs(len(letters) - len(solid)) > allowed or letters[:1] != solid[0] or not letters.isalnum():
                continue
            wrong = slips(letters, solid, allowed)
            if wrong > allowed or (wrong and said in lexicon().ordinary):
                continue
            yield start, end, end - start + 0.6 - 2.0 * wrong


def slips(one: str, other: str, most: int) -> int:
    """Letters missed, added, mistaken or swapped between two words; `most` + 1 if there are more.

    Source : Damerau (1964), "A technique for computer detection and correction of spelling errors".
    """
    before, row = None, list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        older, before, row = before, row, [at]
        for column, sought in enumerate(other, 1):
            cost = min(before[column] + 1, row[column - 1] + 1, before[column - 1] + (letter != sought))
            if older is not None and column > 1 and letter == other[column - 2] and one[at - 2] == sought:
                cost = min(cost, older[column - 2] + 1)
            row.append(cost)
        if min(row) > most and (older is None or min(before) > most):
            return most + 1
    return min(row[-1], most + 1)


def _is_chinese(text: str) -> bool:
    return any("\u4e00" <= one <= "\u9fff" for one in text)
