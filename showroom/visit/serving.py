"""Serving: what each state of the counter does with what the hands reached, and with what was typed.

Advice goes ask → look → offer, and from there into a place. A purchase goes draft → confirm → pay →
receipt; "back" leads one step back, and out of the counter to where one came from. Words alone never
order anything: they only fill in the draft.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from showroom.visit.instruction import ASK, CANCEL, DRAFT, OTHER
from showroom.visit.states import BUYING, State
from showroom.words.order import COLLECT, MOST_QUANTITY, SHIP, Draft
from showroom.words.wish import Advise, CancelOrder, ForgetLook, Open, Photo, PlaceOrder, PrepareLook

if TYPE_CHECKING:
    from showroom.visit.journey import Journey


# Advice ------------------------------------------------------------------------------------------


def begin_advice(journey: "Journey") -> None:
    """The next question; without any, the photo; without that, the offers."""
    counter = journey.counter
    if counter.ask():
        journey.leave(State.ASK)
    elif counter.may_look:
        counter.looked = True
        journey.wish(PrepareLook())
        journey.leave(State.LOOK)
    else:
        begin_offer(journey)


def begin_offer(journey: "Journey") -> None:
    """Three things, by all that is known."""
    journey.counter.offer()
    journey.leave(State.OFFER)


def ask(journey: "Journey", settled: bool) -> None:
    """A question is answered, or passed over."""
    choice = journey.chosen_sign
    if journey.reached.back or choice == "back":
        journey.go(State.BROWSE)
    elif choice == "skip" or choice.startswith("answer:"):
        journey.counter.answer(choice.partition(":")[2])
        begin_advice(journey)
    else:
        journey.choose_product()


def look(journey: "Journey", settled: bool) -> None:
    """Only a yes has a photo taken; everything else means no."""
    counter, choice = journey.counter, journey.chosen_sign
    if choice == "look_yes" and not counter.looking:
        counter.looking = True
        journey.wish(Photo(counter.service.photograph))
    elif journey.reached.back or choice == "look_no":
        run_out(journey)
    elif counter.look is not None or counter.unseen:
        begin_offer(journey)


def offer(journey: "Journey", settled: bool) -> None:
    """One of three is stepped into, or refused; or one looks at what is known."""
    counter, choice = journey.counter, journey.chosen_sign
    kind, _, product_id = choice.partition(":")
    if journey.reached.back or choice == "back":
        journey.go(State.BROWSE)
    elif kind == "try":
        journey.enter(product_id)
    elif kind == "not":
        counter.refuse(product_id)
    elif choice == "known":
        journey.go(State.KNOWN)
    else:
        journey.choose_product()


def known(journey: "Journey", settled: bool) -> None:
    """What is known is taken back, piece by piece."""
    choice = journey.chosen_sign
    if journey.reached.back or choice == "back":
        begin_offer(journey)
    elif choice.startswith("forget:"):
        journey.counter.forget(int(choice.partition(":")[2]))


def run_out(journey: "Journey") -> None:
    """Nobody has answered: a photo that was not allowed is not taken, and what goes best is offered."""
    journey.counter.looking = False
    journey.wish(ForgetLook())
    begin_offer(journey)


# Buying ------------------------------------------------------------------------------------------


def begin_draft(journey: "Journey", product_id: str) -> None:
    """One of this will be bought, unless it is changed."""
    journey.counter.draft(Draft(product_id))
    journey.go(State.DRAFT)


def draft(journey: "Journey", settled: bool) -> None:
    """Size, number, gift and delivery are chosen by pointing."""
    counter, choice = journey.counter, journey.chosen_sign
    purchase, (kind, _, name) = counter.purchase, choice.partition(":")
    if journey.reached.back or choice == "back":
        put_away(journey)
    elif kind == "this":
        begin_draft(journey, name)
    elif choice == "review" and counter.review():
        journey.go(State.CONFIRM)
    elif purchase.draft is not None and (changed := _changed(purchase.draft, kind, name)):
        purchase.change(changed, purchase.product)


def _changed(draft: Draft, kind: str, name: str) -> Draft | None:
    """The draft after a choice, None for one that changes nothing."""
    if kind == "size":
        return replace(draft, size_id=name)
    if kind in ("one_more", "one_fewer"):
        step = 1 if kind == "one_more" else -1
        return replace(draft, quantity=min(max(draft.quantity + step, 1), MOST_QUANTITY))
    if kind == "gift":
        return replace(draft, gift=not draft.gift)
    if kind in (COLLECT, SHIP):
        return replace(draft, delivery=kind)
    return None


def confirm(journey: "Journey", settled: bool) -> None:
    """Ordered when the trigger has been held on the card; see visit/purchase.py."""
    counter, purchase = journey.counter, journey.counter.purchase
    if journey.reached.back or journey.chosen_sign == "change":
        purchase.back()
        journey.go(State.DRAFT)
        return
    pressing = journey.reached.pressing == "confirm"
    order = purchase.step(pressing, journey.time_s, counter.key, journey.language)
    if order is not None:
        journey.wish(PlaceOrder(order))
        journey.go(State.PAY)


def pay(journey: "Journey", settled: bool) -> None:
    """On its way, awaited, refused, not paid in time or taken back; who has paid goes on by themselves."""
    purchase, choice = journey.counter.purchase, journey.chosen_sign
    if purchase.state == "receipt":
        journey.go(State.RECEIPT)
    elif choice == "open" and purchase.state == "pay":
        journey.wish(Open(purchase.receipt.pay_url))
    elif choice == "cancel_order" and purchase.state == "pay":
        journey.wish(CancelOrder(purchase.receipt.order_id))
    elif journey.reached.back or choice == "back":
        put_away(journey)


def receipt(journey: "Journey", settled: bool) -> None:
    """The page to take home is opened here, or read with a telephone."""
    choice = journey.chosen_sign
    if choice == "open":
        journey.wish(Open(journey.counter.purchase.receipt.receipt_url))
    elif choice == "goodbye":
        journey.counter.purchase.clear()
        journey.leave(State.GOODBYE)
    elif journey.reached.back or choice == "back":
        put_away(journey)


def put_away(journey: "Journey") -> None:
    """Nothing is being bought any more; an order that was placed stays what it is."""
    journey.counter.purchase.clear()
    journey.go(State.TRY if journey.inside else State.BROWSE)


# Words -------------------------------------------------------------------------------------------


def hear(journey: "Journey", text: str) -> None:
    """A typed line: it drafts a purchase, asks, cancels, or says what one likes. It orders nothing."""
    counter = journey.counter
    understood = counter.read(text, journey.inside or journey.carried or journey.pointing)
    if counter.service.sells and understood.kind == CANCEL and journey.state in (State.DRAFT, State.CONFIRM):
        put_away(journey)
    elif counter.service.sells and understood.kind in (DRAFT, ASK):
        if journey.state is not State.CONFIRM or counter.purchase.state != "confirm":
            journey.go(State.DRAFT)
    elif understood.kind == OTHER and counter.advises and journey.state not in BUYING:
        journey.wish(Advise(text))


MOVES = {State.ASK: ask, State.LOOK: look, State.OFFER: offer, State.KNOWN: known, State.DRAFT: draft,
         State.CONFIRM: confirm, State.PAY: pay, State.RECEIPT: receipt}
