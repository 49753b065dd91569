"""The counter: where one visitor is advised and served. Everything here is of one visit, and gone with it.

    what is known of them     preference (what they answered, tried and refused), look (what they wear)
    what was offered          question, offers
    what is being bought      purchase
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from showroom.visit.instruction import Asked, Understood, read
from showroom.visit.purchase import Purchase
from showroom.visit.reasons import AdviceSayings
from showroom.visit.recommend import Advice, Offer
from showroom.visit.taste import Question, Watching, next_question
from showroom.words.look import Look, Photograph
from showroom.words.order import Draft
from showroom.words.preference import Entry, Preference
from showroom.words.product import Product

MOST_KNOWN = 8  # entries that are shown at a time


@dataclass(frozen=True)
class Service:
    """What the house does for a visitor beyond showing.

    products : what there is, by id.   advice, sayings : who ranks it and says why; None: nobody advises.
    sells    : orders can be placed.   photograph : what a look would be taken from, None: nothing.
    opens    : pages can be opened on the very screen the visitor sees.   new_key : names an order.
    """

    products: Mapping[str, Product] = field(default_factory=dict)
    advice: Advice | None = None
    sayings: AdviceSayings | None = None
    sells: bool = False
    photograph: Photograph | None = None
    opens: bool = False
    new_key: Callable[[], str] = lambda: secrets.token_hex(16)


class Counter:
    """One visit's.

    preference, look; question (that is asked now, or None), offers; purchase.
    looked   : whether the photo was spoken of; looking : whether one is being looked at; unseen : it failed.
    key      : of the order that is read back now, and will be placed if it is confirmed.
    """

    def __init__(self, service: Service):
        self.service = service
        self.preference, self.look = Preference(), None
        self.question: Question | None = None
        self.offers: tuple[Offer, ...] = ()
        self.looked = self.looking = self.unseen = False
        self.purchase = Purchase()
        self.key = ""
        self._watching = Watching()

    # -- advice -----------------------------------------------------------------------------------

    @property
    def advises(self) -> bool:
        """Whether anybody can be asked what to choose."""
        return self.service.advice is not None

    def knows(self, product_id: str) -> bool:
        """Whether advice can be had by this product."""
        return self.advises and product_id in self.service.products

    @property
    def may_look(self) -> bool:
        """Whether the photo is still to be spoken of."""
        return self.service.photograph is not None and not self.looked

    @property
    def known(self) -> tuple[Entry, ...]:
        """What is known and shown: answers first."""
        return self.preference.entries[:MOST_KNOWN]

    def watch(self, inside: str, held: tuple[str, ...], time_s: float) -> None:
        """A frame of a visit: what one stays with, and takes in hand."""
        if self.advises:
            self.preference = self._watching.step(self.preference, inside, held, time_s)

    def ask(self) -> bool:
        """Goes on to the next question; False when there is none worth asking."""
        self.question = next_question(self.preference, self.service.advice, self.look)
        return self.question is not None

    def answer(self, choice: str) -> None:
        """The question is answered; "" passes over it."""
        key = self.question.key
        self.preference = self.preference.answered(key, choice) if choice else self.preference.passing(key)

    def offer(self) -> None:
        """Offers what goes best with all that is known."""
        self.offers = self.service.advice.offers(self.preference, self.look)

    def refuse(self, product_id: str) -> None:
        """Not this one; it does not come back."""
        self.preference = self.preference.not_this(product_id)
        self.offer()

    def more_like(self, product_id: str) -> None:
        """More of this kind."""
        self.preference = self.preference.more_like(product_id)
        self.offer()

    def forget(self, index: int) -> None:
        """Takes back one of what is known."""
        if index < len(self.known):
            self.preference = self.preference.without(self.known[index])

    def saw(self, look: Look | None) -> None:
        """What the photo showed; None: nothing could be seen."""
        self.looking, self.look, self.unseen = False, look, look is None

    # -- buying -----------------------------------------------------------------------------------

    def sells(self, product_id: str) -> bool:
        """Whether it can be bought here and now."""
        product = self.service.products.get(product_id)
        return self.service.sells and product is not None and product.price_cents > 0

    def draft(self, draft: Draft) -> None:
        """This will be bought."""
        self.purchase.begin(draft, self.service.products[draft.product_id])

    def review(self) -> bool:
        """Reads it back under a new key; whether nothing is lacking."""
        self.key = self.service.new_key()
        return self.purchase.review()

    def read(self, text: str, here: str) -> Understood:
        """What a typed line means; a draft is changed by it.   here : the product one is with, or ""."""
        products = tuple(self.service.products.values())
        offered = tuple(one.product_id for one in self.offers)
        understood = read(text, Asked(products, here, offered, self.purchase.draft))
        if self.service.sells:
            self.purchase.understood(understood, products)
        return understood
