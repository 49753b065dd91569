"""Exhibits: what the visit has to know of each product, in every language, before anybody asks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from showroom.visit.cards import name_of, product_card
from showroom.visit.sayings import Sayings
from showroom.words.product import Product
from showroom.words.scenespec import Touch, Why
from showroom.words.sign import Writing

HEIGHT_M = 0.15


@dataclass(frozen=True)
class Exhibit:
    """One product as it is met.

    names, cards, told : by language; told is a sentence on why its place is as it is, missing where unknown.
    height_m, touch    : of what stands on the plinth.
    """

    product_id: str
    names: Mapping[str, str]
    cards: Mapping[str, Writing]
    told: Mapping[str, str] = field(default_factory=dict)
    height_m: float = HEIGHT_M
    touch: Touch | None = None


def exhibit(product: Product, sayings: Mapping[str, Sayings], called: Callable[[str, str], str],
            why: Mapping[str, Why] | None = None, height_m: float = HEIGHT_M,
            touch: Touch | None = None) -> Exhibit:
    """A product as an exhibit.

    called : a note's name and a language → what it is called there.   why : the first reason, by language.
    """
    told = {}
    for language, reason in (why or {}).items():
        if language in sayings:
            sentence = sayings[language].say("card.why", note=reason.note, brings=reason.brings)
            told[language] = sentence[:1].upper() + sentence[1:]
    return Exhibit(product.id, {language: name_of(product, language) for language in sayings},
                   {language: product_card(product, one, called) for language, one in sayings.items()},
                   told, height_m, touch)
