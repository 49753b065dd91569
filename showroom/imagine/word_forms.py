"""Words as they are compared: without case, accents and marks, in the singular, elisions apart."""

import functools
import re
import unicodedata
from collections.abc import Iterator, Mapping

CHINESE = re.compile("[㐀-鿿]")
_ELIDED = re.compile(r"\b((?:[cdlms]|un|(?:d|n|qu)?ell|all|dall|sull|coll|bell|sant|quest)')(?=\w)")
_CLAUSE_ENDS = re.compile(r"[,;:.!?…()\[\]\n\u3001\u3002\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f]+")
_ASIDE = re.compile(r" (?:from|with|and|&|or|aus|mit|und|oder|con|e) ")  # what follows is an aside
_ITALIAN_PLURALS = (
    ("che", "ca"), ("ghe", "ga"), ("chi", "co"), ("ghi", "go"), ("e", "a"), ("i", "o"), ("i", "e"), ("a", "o"),
)


@functools.lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """Lower case, no accents, no marks, single blanks, l' and d' apart: how names are compared."""
    unmarked = re.sub("[®™©]", "", text.casefold())  # before ™ decomposes into letters
    decomposed = unicodedata.normalize("NFKD", unmarked)
    letters = "".join(c for c in decomposed if not unicodedata.combining(c)).replace("’", "'")
    words = re.sub(r"[^\w'&]+|_", " ", letters).split()
    return _ELIDED.sub(r"\1 ", " ".join(word.strip("'") or word for word in words))


def clauses(text: str) -> Iterator[str]:
    """The text between marks that part one thing from the next."""
    return (part for part in _CLAUSE_ENDS.split(text) if part.strip())


def first_of(name: str) -> str:
    """The name up to "from", "with", "and", "or"."""
    return _ASIDE.split(name)[0]


def words_of(by_language: Mapping[str, str]) -> frozenset[str]:
    """The words of every language, plain."""
    return frozenset(plain(word) for words in by_language.values() for word in words.split())


def singulars(name: str) -> tuple[str, ...]:
    """The name, and what it may be the English plural of."""
    forms = [name]
    if name.endswith("leaves"):
        forms.append(name[:-3] + "f")
    if name.endswith("ies"):
        forms.append(name[:-3] + "y")
    if name.endswith("es"):
        forms.append(name[:-2])
    if name.endswith("s") and len(name) > 3:
        forms.append(name[:-1])
    return tuple(forms)


def italian_singulars(name: str) -> tuple[str, ...]:
    """The name, and what it may be the Italian plural of, noun and adjectives together."""
    first, *rest = name.split()
    forms = [name]
    for plural, one in _ITALIAN_PLURALS:
        if len(first) > 3 and first.endswith(plural):
            singular = first.removesuffix(plural) + one
            forms += [" ".join([singular, *rest]), " ".join([singular, *map(_italian_singular, rest)])]
    return tuple(dict.fromkeys(forms))


def _italian_singular(word: str) -> str:
    """The likeliest singular of an adjective or of what stands after the noun."""
    rules = ((plural, one) for plural, one in _ITALIAN_PLURALS if len(word) > 3 and word.endswith(plural))
    plural, one = next(rules, ("", ""))
    return word.removesuffix(plural) + one if plural else word
