"""Goods: what is sold and is no perfume. Its words say its colour and what it is made of; `assets/goods.toml`
says how such a thing feels in the hand, and where it belongs when its words do not.
"""

import functools
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace

from showroom import paths
from showroom.imagine.colour import normalised
from showroom.imagine.lexicon import plain
from showroom.imagine.liking import Liking
from showroom.imagine.matter import Matter
from showroom.imagine.reading import Reading
from showroom.imagine.shown import sentences
from showroom.words.product import Product
from showroom.words.scenespec import Colour, Touch
from showroom.words.vocabulary import LANGUAGES

_OWN, _LEFT = 0.15, 0.7  # weight of where such things belong, at least, and what doubt adds to it
_FEEL = 0.75             # how far touch goes from the notes' to the thing's own
_MOST_COLOURS = 3
_BRUSHED = 0.25          # gloss of metal that is matt
_CHINESE = re.compile("[㐀-鿿]")


def belonging(liking: Liking, reading: Reading, kind: str) -> tuple[Liking, Reading]:
    """Both with the places where such things belong, which count the more the less was understood."""
    places = {} if liking.places == Liking.of(Reading(())).places else dict(liking.places)  # nothing was said
    weight = _OWN + _LEFT * (1 - reading.understood)
    like = {name: reading.like_weight * share for name, share in reading.like.items()}
    for name, share in table()["kind"][kind]["place"].items():
        places[name] = places.get(name, 0.0) + weight * share
        like[name] = like.get(name, 0.0) + weight * share
    total = sum(places.values())
    ordered = sorted(places.items(), key=lambda item: (-item[1], item[0]))
    liking = replace(liking, places={name: amount / total for name, amount in ordered})
    return liking, replace(reading, like=like, like_weight=1.0)


def in_hand(touch: Touch, kind: str) -> Touch:
    """What one feels of the thing itself."""
    own = table()["kind"][kind]["touch"]
    felt = {key: getattr(touch, key) * (1 - _FEEL) + value * _FEEL for key, value in own.items()}
    return replace(touch, **felt)


def said_colours(product: Product) -> tuple[Colour, ...]:
    """The colours that a thing's words name, the first counting most; none where it has colours of its own."""
    if {"body_srgb", "accent_srgb"} & set(product.hero):
        return ()
    found = [srgb for _, srgb in _found(product, _colour_words()) if srgb]
    kept = list(dict.fromkeys(found))[:_MOST_COLOURS]
    return normalised([Colour(srgb, 1.0 / (at + 1)) for at, srgb in enumerate(kept)]) if kept else ()


def said_matter(product: Product) -> Matter | None:
    """What the thing is made of as its words say; the finish wins over the stuff ("brushed aluminium")."""
    found = [name for _, name in _found(product, _matter_words())]
    if not found:
        return None
    stuff = [table()["matter"][name] for name in found]
    metal = max(one["metal"] for one in stuff)
    gloss = stuff[0]["gloss"]
    if "matt" in found:
        gloss = _BRUSHED if metal else min(one["gloss"] for one in stuff)
    return Matter(gloss, metal, 0.0)


@functools.cache
def table() -> Mapping[str, dict]:
    """`assets/goods.toml`."""
    return tomllib.loads((paths.ASSETS / "goods.toml").read_text("utf-8"))


def _found(product: Product, words: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    """(where, what) of the words that a product's name and text say, in their order.

    A longer word hides a shorter one in it.
    """
    texts = (product.name.get("en") or next(iter(product.name.values()), ""), product.said("en"))
    text = plain(" ".join(dict.fromkeys(texts)))
    taken = [False] * len(text)
    hits = []
    for word in sorted(words, key=lambda word: (-len(word), word)):
        pattern = re.escape(word) if _CHINESE.search(word) else rf"\b{re.escape(word)}\b"
        for match in re.finditer(pattern, text):
            if not any(taken[match.start():match.end()]):
                taken[match.start():match.end()] = [True] * (match.end() - match.start())
                hits.append((match.start(), words[word]))
    return iter(sorted(hits))


@functools.cache
def _colour_words() -> Mapping[str, str]:
    """Word in any language → sRGB; those of goods.toml before the names of reasons.toml."""
    words = {plain(said[language]): said["srgb"]
             for said in sentences()["colour"].values() for language in LANGUAGES}
    return words | {plain(word): said["srgb"] for said in table()["colour"].values()
                    for language in LANGUAGES for word in said[language].split("|")}


@functools.cache
def _matter_words() -> Mapping[str, str]:
    return {plain(word): name for name, said in table()["matter"].items()
            for language in LANGUAGES for word in said[language].split("|")}
