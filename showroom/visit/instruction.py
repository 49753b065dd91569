"""Instruction: what somebody who types "buy two of this for my sister" wants bought.

Rules and a lexicon, nothing that invents: `read` makes a Draft or a question, never an order. A draft is only
shown; a deliberate act on its card makes an order of it, and nothing that is typed is such an act. What is
said of prices is not heard: prices are the catalogue's.
"""

import re
from dataclasses import dataclass, replace

from showroom.errors import InputError
from showroom.product_table import KINDS
from showroom.text import clean
from showroom.visit.naming import named
from showroom.visit.wording import COUPON, LETTER, NUMBER, PRODUCT, UNKNOWN, Word, lexicon, words_of
from showroom.words.order import COLLECT, MOST_QUANTITY, SHIP, Draft
from showroom.words.product import Product

MOST_CHARACTERS = 300

DRAFT, ASK, CANCEL, OTHER = "draft", "ask", "cancel", "other"
WHICH_PRODUCT, WHICH_SIZE, HOW_MANY, ONE_AT_A_TIME, CONFIRM, UNCLEAR = (
    "product", "size", "quantity", "one", "confirm", "unclear")

_ORDINALS = ("first", "second", "third", "fourth", "last", "middle")
_SIZES = ("large", "small", "medium", "extra_large", LETTER)
_REFERS = ("this", "it", "both", PRODUCT, *_ORDINALS, *KINDS)
_VERBS = ("buy", "take", "take_it")
_GOVERNED = (*_REFERS, *_SIZES, NUMBER, "millilitre", "some")
_HEARD = (*_VERBS, *_GOVERNED, "more", "gift", "ship", "collect", "mine", "confirm", "cancel", "size", COUPON)
_NO_INSTRUCTION = ("asked", "past", "perhaps")


@dataclass(frozen=True)
class Asked:
    """What somebody who types has before them.

    products : of the catalogue.   here : the id of what "this" is, "" for nothing.
    offered  : ids of the offers that hang, from left to right.   draft : on the card, or None.
    """

    products: tuple[Product, ...]
    here: str = ""
    offered: tuple[str, ...] = ()
    draft: Draft | None = None

    def product(self, product_id: str) -> Product:
        """The product of that id."""
        return next(one for one in self.products if one.id == product_id)


@dataclass(frozen=True)
class Understood:
    """What was understood.

    kind    : "draft" (show it), "ask" (say what is not clear), "cancel", "other" (no purchase was meant).
    draft   : as it should be shown; its size_id is "" where a size has to be chosen.
    lacking : of "ask": "product", "size", "quantity", "one" (one thing at a time), "confirm" (that is done by
              hand), "unclear".   about : ids of the products it may be about.
    """

    kind: str
    draft: Draft | None = None
    lacking: str = ""
    about: tuple[str, ...] = ()


class _Unclear(Exception):
    """Ends a reading with a question."""

    def __init__(self, lacking: str, about: tuple[str, ...] = ()):
        self.understood = Understood(ASK, lacking=lacking, about=about)


def read(text: str, asked: Asked) -> Understood:
    """What a typed sentence means there. Text that is no text, or too long, is asked about."""
    try:
        text = clean(text)
    except InputError:
        return Understood(OTHER)
    if len(text) > MOST_CHARACTERS:
        return Understood(ASK, lacking=UNCLEAR)
    plain = lexicon().plain(text)
    words = words_of(plain, named(plain, asked.products))
    try:
        return _Reading(words, plain, asked).meaning()
    except _Unclear as unclear:
        return unclear.understood


def make_ready(products: tuple[Product, ...]) -> None:
    """Reads the lexicon and the products' names, so that the first line typed keeps no frame waiting."""
    read("this", Asked(products))


class _Reading:
    """One sentence being understood: its words, those that were denied set apart."""

    def __init__(self, words: list[Word], plain: str, asked: Asked):
        self.asked, self.plain = asked, plain
        self.denied = _denied(words, plain)
        self.words = [word for word in words if word not in self.denied]
        self._drop_prices()
        self._find_volumes()
        self.kinds = {word.kind for word in self.words}

    def meaning(self) -> Understood:
        """The whole of it. Raises _Unclear with a question."""
        if self._is_no_instruction():
            return Understood(OTHER)
        if "cancel" in self.kinds:
            if self.kinds & set(_VERBS) and PRODUCT in self.kinds:
                raise _Unclear(UNCLEAR)
            return Understood(CANCEL)
        if not self._is_meant():
            refused = any(word.kind in (*_VERBS, *_REFERS) for word in self.denied)
            return Understood(CANCEL if refused else OTHER)
        if self.asked.draft and not self.kinds & self._changing() and not self._denies():
            raise _Unclear(CONFIRM)
        return Understood(DRAFT, self._draft(self._product()))

    # -- whether anything is to be bought ---------------------------------------------------------

    def _is_no_instruction(self) -> bool:
        """Questions, tales, what may be one day; and what others say."""
        if self.kinds & set(_NO_INSTRUCTION) or any(word.kind == "cancel" for word in self.denied):
            return True
        if "whether" in self.kinds and "request" not in self.kinds:
            return True
        return "said" in self.kinds and bool(re.search("[\"']", self.plain))

    def _is_meant(self) -> bool:
        """Whether something is to be bought, or a draft to be changed."""
        if "buy" in self.kinds:
            return True
        if "elsewhere" in self.kinds:
            return False
        about = bool(self.kinds & {*_REFERS, *_SIZES, NUMBER, "volume", "more", "some"} - {"it"})
        about = about or "piece" in self.kinds and UNKNOWN not in self.kinds
        if "take_it" in self.kinds or "take" in self.kinds and (about or "it" in self.kinds):
            return True
        amending = {"confirm"} | self._changing() - {PRODUCT, *_ORDINALS, *KINDS}
        if self.asked.draft and (self._denies() or self.kinds & amending):
            return True
        return UNKNOWN not in self.kinds and about

    def _changing(self) -> set[str]:
        """Kinds of words that change a draft."""
        return {*_SIZES, *_ORDINALS, *KINDS, PRODUCT, NUMBER, COUPON, "volume", "size", "both", "some",
                "more", "gift", "mine", "ship", "collect"}

    def _denies(self) -> bool:
        """Whether something of a draft was denied: "no wrapping", "don't ship it"."""
        return any(word.kind in ("gift", "ship", "collect") for word in self.denied)

    # -- numbers ------------------------------------------------------------------------------------

    def _drop_prices(self) -> None:
        """Numbers beside a currency, or after a word for a price, are nobody's."""
        kept = []
        for at, word in enumerate(self.words):
            beside = self.words[at - 1:at] + self.words[at + 1:at + 2]
            priced = any(other.kind == "money" for other in beside) or (
                at > 0 and self.words[at - 1].kind in ("price", "money"))
            if not (word.kind == NUMBER and priced):
                kept.append(word)
        self.words = kept

    def _find_volumes(self) -> None:
        """Numbers of millilitres, and those that are spoken of as sizes ("the 100", "da cento")."""
        labels = {size.label for one in self.asked.products for size in one.sizes}
        volumes = {float(volume) for label in labels if (volume := _volume(label))}
        found: list[Word] = []
        for at, word in enumerate(self.words):
            after = self.words[at + 1].kind if at + 1 < len(self.words) else ""
            spoken = re.search(r"\b(the|da|not|in|quell[ao] da|di) $", self.plain[:word.start])
            a_size = after == "millilitre" or word.value in volumes and spoken and after != "piece"
            if word.kind == NUMBER and a_size:
                found.append(replace(word, kind="volume"))
            elif word.kind != NUMBER or not _is_pronoun(self.plain, word):
                found.append(word)
        self.words = found

    def _quantity(self) -> int:
        draft = self.asked.draft
        if "some" in self.kinds:
            raise _Unclear(HOW_MANY)
        numbers = {float(word.value) for word in self.words if word.kind == NUMBER}
        if len(numbers) > 1:
            raise _Unclear(HOW_MANY if "or" in self.kinds or "and" not in self.kinds else ONE_AT_A_TIME)
        count = next(iter(numbers), None)
        if "more" in self.kinds:
            count = (1.0 if count is None else count) + (draft.quantity if draft else 0)
        if count is None:
            return draft.quantity if draft else 1
        if not 1 <= count <= MOST_QUANTITY:
            raise _Unclear(HOW_MANY)
        return int(count)

    # -- which --------------------------------------------------------------------------------------

    def _product(self) -> Product:
        """The one product that is meant. Raises _Unclear."""
        asked = self.asked
        if "both" in self.kinds:
            raise _Unclear(ONE_AT_A_TIME)
        chosen = [str(word.value) for word in self.words if word.kind == PRODUCT]
        chosen += [self._offer(word.kind) for word in self.words if word.kind in _ORDINALS]
        before = asked.here or (asked.draft.product_id if asked.draft else "")
        if "this" in self.kinds and not (chosen and "instead" in self.kinds):
            if not before:
                raise _Unclear(WHICH_PRODUCT, tuple(chosen))
            chosen.append(before)
        distinct = tuple(dict.fromkeys(chosen))
        if len(distinct) > 1:
            raise _Unclear(WHICH_PRODUCT if "or" in self.kinds else ONE_AT_A_TIME, distinct)
        kinds = {word.kind for word in self.words if word.kind in KINDS}
        if len(kinds) > 1:
            raise _Unclear(WHICH_PRODUCT if "or" in self.kinds else ONE_AT_A_TIME, distinct)
        kind = next(iter(kinds), "")
        if distinct:
            product = asked.product(distinct[0])
            if kind and product.kind != kind:
                raise _Unclear(WHICH_PRODUCT, distinct)
            return product
        return self._of_kind(kind) if kind else self._implied()

    def _offer(self, ordinal: str) -> str:
        """The id of an offer by its place. Raises _Unclear where there is none."""
        offered = self.asked.offered
        at = {"first": 0, "second": 1, "third": 2, "fourth": 99, "last": len(offered) - 1,
              "middle": len(offered) // 2 if len(offered) % 2 else 99}[ordinal]
        if not 0 <= at < len(offered):
            raise _Unclear(WHICH_PRODUCT, offered)
        return offered[at]

    def _of_kind(self, kind: str) -> Product:
        """ "The scarf": what is here, if it is one; else the only one there is."""
        here = self.asked.here or (self.asked.draft.product_id if self.asked.draft else "")
        if here and self.asked.product(here).kind == kind:
            return self.asked.product(here)
        such = [one for one in self.asked.products if one.kind == kind]
        if len(such) != 1:
            raise _Unclear(WHICH_PRODUCT, tuple(one.id for one in such))
        return such[0]

    def _implied(self) -> Product:
        """What nobody named: what the card shows, else what is here, unless something else was said."""
        asked = self.asked
        if asked.draft:
            return asked.product(asked.draft.product_id)
        said = self.kinds & {"it", "take_it", "volume", NUMBER, *_SIZES}
        if asked.here and (said or UNKNOWN not in self.kinds):
            return asked.product(asked.here)
        raise _Unclear(WHICH_PRODUCT)

    # -- the rest -----------------------------------------------------------------------------------

    def _draft(self, product: Product) -> Draft:
        before = self.asked.draft or Draft(product.id)
        size_id, quantity = self._size(product, before), self._quantity()
        gift = True if "gift" in self.kinds else before.gift
        denied = {word.kind for word in self.denied}
        if "mine" in self.kinds and "gift" not in self.kinds or "gift" in denied:
            gift = False
        delivery = before.delivery
        if "ship" in denied or "collect" in self.kinds:
            delivery = COLLECT
        elif "ship" in self.kinds or "collect" in denied:
            delivery = SHIP
        coupon = next((str(word.value) for word in self.words if word.kind == COUPON), before.coupon)
        return Draft(product.id, size_id, quantity, gift, delivery, coupon)

    def _size(self, product: Product, before: Draft) -> str:
        """The size that is meant; "" where none is said. Raises _Unclear."""
        wanted = {_size_of(product, word) for word in self.words if word.kind in (*_SIZES, "volume")}
        if not product.sizes and not self.kinds & {"volume", LETTER, "extra_large"}:
            wanted = {""}
        if len(wanted) > 1:
            raise _Unclear(ONE_AT_A_TIME if "and" in self.kinds else WHICH_SIZE, (product.id,))
        if wanted:
            size_id = next(iter(wanted))
            if size_id is None:
                raise _Unclear(WHICH_SIZE, (product.id,))
            return size_id
        return before.size_id if product.size(before.size_id) else ""


def _denied(words: list[Word], plain: str) -> list[Word]:
    """What a "not" or "without" speaks of: the next word that matters; after a verb, all it governs."""
    denied: list[Word] = []
    for at, word in enumerate(words):
        if word.kind != "not":
            continue
        rest = [one for one in words[at + 1:] if one.clause == word.clause and one.kind in _HEARD]
        if not rest:
            continue
        denied.append(rest[0])
        if rest[0].kind in _VERBS:
            after = [one for one in rest[1:] if one.kind in _GOVERNED]
            before = (one for one in words[:at] if one.clause == word.clause)
            denied += after or [one for one in before if one.kind in _GOVERNED]
        elif rest[0].kind == NUMBER and len(rest) > 1 and rest[1].kind == "millilitre":
            denied.append(rest[1])
    return denied


def _is_pronoun(plain: str, word: Word) -> bool:
    """Whether this number is a "one" that counts nothing: "the one on the left"."""
    if plain[word.start:word.end] != "one":
        return False
    before = plain[:word.start].split()
    after = plain[word.end:].split()
    return bool(before) and before[-1] in ("the", "that", "this", "which") and (not after or after[0] != "of")


def _volume(label: str) -> int:
    """Millilitres of a label such as "50 ml", else 0."""
    match = re.fullmatch(r"(\d{1,5}) ?ml", label.lower())
    return int(match[1]) if match else 0


def _size_of(product: Product, word: Word) -> str | None:
    """The id of the size that a word says, None if the product is not sold in it."""
    letters = {"small": "s", "medium": "m", "large": "l", "extra_large": "xl"}
    by_label = {size.label.lower(): size.id for size in product.sizes}
    by_volume = {_volume(size.label): size.id for size in product.sizes if _volume(size.label)}
    if word.kind == "volume":
        return by_volume.get(word.value)
    if word.kind == LETTER:
        return by_label.get(str(word.value))
    if letters[word.kind] in by_label:
        return by_label[letters[word.kind]]
    ends = {"small": min, "large": max}.get(word.kind)
    return by_volume[ends(by_volume)] if ends and len(by_volume) > 1 else None
