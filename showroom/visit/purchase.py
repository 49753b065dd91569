"""Purchase: from a draft on a card to a receipt, for one visitor, one thing at a time.

    ""         nothing is being bought
    draft      a card shows what was understood; everything on it can be changed
    confirm    it is read back with its total; the trigger held on it for HOLD_S seconds orders it
    sent       it was ordered and is on its way to the shop
    pay        the shop awaits the payment (its page is behind the code)
    receipt    it is paid
    over       it was cancelled, paid back, or not paid in time
    conflict   the shop would not take it: the counter helps
    refused    it could not be stored: nothing was ordered

Pure: no clock, no chance, no files. An Order leaves `step` alone, and only for a trigger that was let go
after the card was there and then held. Nothing that is typed can do that.
"""

from showroom.errors import OrderError
from showroom.visit.instruction import ASK, CANCEL, DRAFT, Understood
from showroom.words.order import (
    ANSWER, AWAITING, CONFLICT, PAID, REFUSAL, REFUSED, SHIPPED, Draft, News, Order, Receipt,
)
from showroom.words.product import Product

HOLD_S = 1.0
MOST_STEP_S = 0.1  # a frame that took longer counts no more than this: a hitch must not confirm anything

_AFTER = {AWAITING: "pay", REFUSED: "pay", PAID: "receipt", SHIPPED: "receipt"}


class Purchase:
    """What one visitor is buying.

    state   : as above.   draft, product : on the card, or None.
    asked   : what has to be said before it can go on: "" or what `Draft.lacks` and `Understood.lacking` say.
    about   : ids of the products that question is about.
    ring    : 0 to 1, how much of the confirmation has been held.
    order   : what was ordered, or None.   receipt : the shop's newest, or None.   reason : why it is none.
    """

    def __init__(self):
        self.clear()

    def clear(self) -> None:
        """Nothing is being bought, and nothing is known of what was."""
        self.state, self.asked, self.about, self.reason = "", "", (), ""
        self.draft: Draft | None = None
        self.product: Product | None = None
        self.order: Order | None = None
        self.receipt: Receipt | None = None
        self._rest()

    @property
    def total_cents(self) -> int:
        """What is on the card costs by the catalogue; 0 while its size is open."""
        if self.draft is None or self.product is None or self.product.size(self.draft.size_id) is None:
            return 0
        return self.draft.total_cents(self.product)

    # -- the card -----------------------------------------------------------------------------------

    def begin(self, draft: Draft, product: Product) -> None:
        """A card for this; whatever was being bought is finished with."""
        self.clear()
        self.change(draft, product)

    def change(self, draft: Draft, product: Product) -> None:
        """The card shows this now; what was read back has to be read back again. Raises OrderError."""
        if draft.product_id != product.id:
            raise OrderError(f"drafting {draft.product_id}: the product {product.id} came; "
                             "its own is accepted; look it up again")
        if self.state not in ("", "draft", "confirm"):
            self.clear()
        self.state, self.draft, self.product = "draft", draft, product
        self.asked, self.about = draft.lacks(product), ()
        self._rest()

    def understood(self, understood: Understood, products: tuple[Product, ...]) -> bool:
        """Does what a typed line says; whether it said anything of a purchase. It never confirms."""
        if understood.kind == DRAFT and understood.draft is not None:
            product = next(one for one in products if one.id == understood.draft.product_id)
            self.change(understood.draft, product)
        elif understood.kind == ASK:
            self.asked, self.about = understood.lacking, understood.about
            self._rest()
        elif understood.kind == CANCEL and self.state in ("draft", "confirm"):
            self.clear()
        else:
            return False
        return True

    def review(self) -> bool:
        """From the draft to what is read back, if nothing is lacking; whether it is."""
        if self.state != "draft" or self.draft is None or self.product is None:
            return False
        self.asked, self.about = self.draft.lacks(self.product), ()
        if self.asked:
            return False
        self.state = "confirm"
        self._rest()
        return True

    def back(self) -> None:
        """One step back; what was ordered is left alone."""
        if self.state == "confirm" and self.draft is not None and self.product is not None:
            self.change(self.draft, self.product)
        else:
            self.clear()

    # -- the deliberate act --------------------------------------------------------------------------

    def step(self, pressing: bool, time_s: float, key: str, language: str) -> Order | None:
        """One frame; the order, in the one in which it is confirmed.

        pressing : the trigger is down on the confirmation's card now.   time_s : of the frame.
        key      : 32 hexadecimal digits drawn at random, that no other order has; used when it is confirmed.
        """
        passed_s = 0.0 if self._seen_s is None else min(max(time_s - self._seen_s, 0.0), MOST_STEP_S)
        self._seen_s = time_s
        if self.state != "confirm" or self.draft is None or self.product is None:
            return None
        if not pressing:
            self._let_go, self._held_s = True, 0.0
        elif self._let_go:
            self._held_s += passed_s if self._pressed else 0.0
        self._pressed = pressing
        if self._held_s < HOLD_S:
            return None
        self.order = Order.of(self.draft, self.product, key, language)
        self.state = "sent"
        self._rest()
        return self.order

    @property
    def ring(self) -> float:
        """How much of the confirmation has been held, 0 to 1."""
        return min(self._held_s / HOLD_S, 1.0)

    def _rest(self) -> None:
        """Nothing is held, and what may still be held counts for nothing."""
        self._held_s, self._let_go, self._pressed = 0.0, False, False
        self._seen_s: float | None = None

    # -- what the shop says -------------------------------------------------------------------------

    def heard(self, news: News) -> bool:
        """Takes in what became of the order; whether it was about this one."""
        if self.order is None or news.key != self.order.key:
            return False
        if news.kind == ANSWER and news.receipt is not None:
            self.receipt, self.state = news.receipt, _AFTER.get(news.receipt.state, "over")
        elif news.kind in (REFUSAL, CONFLICT):
            self.state, self.reason = ("refused" if news.kind == REFUSAL else "conflict"), news.reason
        return True
