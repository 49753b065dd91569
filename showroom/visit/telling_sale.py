"""Telling at the counter: what hangs where one is advised and where one buys.

Cards and choices stand in the middle here, and the one sentence above them.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from showroom.visit import taste
from showroom.visit.placing import ABOVE, ROW, at, card, choice, choices, grid, sentence
from showroom.visit.purchase import Purchase
from showroom.visit.sale_cards import draft_card, offer_card, payment_card, receipt_card
from showroom.visit.signs import Wanted
from showroom.words.order import COLLECT, MOST_QUANTITY, SHIP
from showroom.words.sign import FILLING, STEPS, Writing

if TYPE_CHECKING:
    from showroom.visit.journey import Journey

OFFERED = (-26.0, 0.0, 26.0)     # three cards side by side
TOP, CARD_BELOW = 4.0, 15.0      # the first row of choices below the sentence; the middle of a card there
REFUSAL_BELOW = 33.0             # what stands under an offered card
DRAFT, COLUMNS = (-19.0, 15.0), (8.0, 28.5)
MOST_NAMED = 10
RING = (0.0, 35.0)               # below the card that is read back


def ask(journey: "Journey") -> Iterator[Wanted]:
    """One question, and its answers to point at."""
    question = journey.counter.question
    if question is None:
        return
    yield sentence(journey, taste.ask_text(question.key, journey.language), where=ABOVE)
    named = [(taste.choice_text(question.key, one, journey.language), f"answer:{one}")
             for one in question.choices]
    rows = (len(named) + 1) // 2
    yield from grid(journey, named, TOP)
    ways_on = [(journey.says.say(f"choice.{name}"), name) for name in ("skip", "back")]
    yield from grid(journey, ways_on, TOP + ROW * (rows + 0.5))


def look(journey: "Journey") -> Iterator[Wanted]:
    """Whether a photo may be taken; nothing is taken before the answer."""
    if journey.counter.looking:
        yield sentence(journey, journey.says.say("look.moment"))
        return
    yield sentence(journey, journey.says.say("look.may"), where=ABOVE)
    yield from grid(journey, [(journey.says.say("choice.look_yes"), "look_yes"),
                              (journey.says.say("choice.look_no"), "look_no")], TOP + ROW)


def offer(journey: "Journey") -> Iterator[Wanted]:
    """Up to three cards, each with its reason; below each, that one does not want it."""
    counter, says = journey.counter, journey.says
    key = "offer.unseen" if counter.unseen else "offer.these" if counter.offers else "offer.none"
    yield sentence(journey, says.say(key), where=ABOVE)
    for right, one in zip(OFFERED, counter.offers):
        exhibit = journey.exhibits[one.product_id]
        reason = counter.service.sayings.say(one.reason, journey.language, name_in(journey))
        yield card(journey, offer_card(exhibit.cards[journey.language], reason), right, CARD_BELOW,
                   f"try:{one.product_id}", f"card {one.product_id}")
        yield choice(journey, says.say("choice.not"), f"not:{one.product_id}", right, REFUSAL_BELOW)
    yield from _foot(journey, "known", "back")


def known(journey: "Journey") -> Iterator[Wanted]:
    """What has been understood; each piece can be taken back by pointing at it."""
    entries = journey.counter.known
    yield sentence(journey, journey.says.say("known.forget" if entries else "known.nothing"), where=ABOVE)
    yield from grid(journey, [(taste.entry_text(one, journey.language, name_in(journey)), f"forget:{index}")
                              for index, one in enumerate(entries)], TOP)
    rows = (len(entries) + 1) // 2
    yield from grid(journey, [(journey.says.say("choice.back"), "back")], TOP + ROW * (rows + 0.5))


def draft(journey: "Journey") -> Iterator[Wanted]:
    """The card of what will be bought, and beside it everything that can be changed."""
    purchase, says = journey.counter.purchase, journey.says
    if purchase.asked:
        yield sentence(journey, says.say(f"ask.{purchase.asked}"), where=ABOVE)
    product, wanted = purchase.product, purchase.draft
    if product is None or purchase.about:
        yield from grid(journey, [(name_in(journey)(one, journey.language), f"this:{one}")
                                  for one in purchase.about[:MOST_NAMED]], TOP)
        yield from _foot(journey, "back")
        return
    yield Wanted("card", draft_card(wanted, product, says), at(journey, *DRAFT), changes=True)
    for row, size in enumerate(product.sizes[:5]):
        yield choice(journey, size.label, f"size:{size.id}", COLUMNS[0], TOP + ROW * row,
                     chosen=size.id == wanted.size_id)
    rows = {"one_more": wanted.quantity < MOST_QUANTITY, "one_fewer": wanted.quantity > 1, "gift": True,
            COLLECT: True, SHIP: True}
    chosen = {"gift": wanted.gift, COLLECT: wanted.delivery == COLLECT, SHIP: wanted.delivery == SHIP}
    for row, name in enumerate(rows):
        if rows[name]:
            yield choice(journey, says.say(f"choice.{name}"), name, COLUMNS[1], TOP + ROW * row,
                         chosen=chosen.get(name, False))
    yield choice(journey, says.say("choice.back"), "back", COLUMNS[0], TOP + ROW * 5.3)
    if not wanted.lacks(product):
        yield choice(journey, says.say("choice.review"), "review", COLUMNS[1], TOP + ROW * 5.3)


def confirm(journey: "Journey") -> Iterator[Wanted]:
    """It is read back; the trigger held on the card fills a ring."""
    purchase, says = journey.counter.purchase, journey.says
    yield sentence(journey, says.say("confirm.hold", journey.bare), where=ABOVE)
    card_read = draft_card(purchase.draft, purchase.product, says)
    yield Wanted("card", card_read, at(journey, 0.0, CARD_BELOW), "confirm")
    filled = round(purchase.ring * STEPS)
    yield Wanted("ring", Writing(FILLING, str(filled)), at(journey, *RING), changes=True)
    yield from choices(journey, ["change"])


def pay(journey: "Journey") -> Iterator[Wanted]:
    """How the order stands, and the code that leads to the payment."""
    purchase, says = journey.counter.purchase, journey.says
    yield sentence(journey, says.say(f"pay.{_standing(purchase)}"), where=ABOVE)
    if purchase.state != "pay":
        yield from choices(journey, ["back"])
        return
    yield Wanted("card", payment_card(purchase.draft, purchase.product, purchase.receipt, says),
                 at(journey, 0.0, CARD_BELOW))
    opens = journey.counter.service.opens
    yield from choices(journey, [*(["open"] if opens else []), "cancel_order", "back"])


def _standing(purchase: Purchase) -> str:
    """A word for how it stands; what could not be stored here is not what a bank has refused."""
    if purchase.state in ("pay", "over"):
        return purchase.receipt.state
    return "unstored" if purchase.state == "refused" else purchase.state


def receipt(journey: "Journey") -> Iterator[Wanted]:
    """Thanks, and the code of the page to take home."""
    purchase, says = journey.counter.purchase, journey.says
    yield sentence(journey, says.say("receipt.thanks"), where=ABOVE)
    yield Wanted("card", receipt_card(purchase.draft, purchase.product, purchase.receipt, says),
                 at(journey, 0.0, CARD_BELOW))
    opens = journey.counter.service.opens and purchase.receipt.receipt_url
    yield from choices(journey, [*(["open"] if opens else []), "back", "goodbye"])


def rings(journey: "Journey") -> tuple[Writing, ...]:
    """Every step of the ring, so that it can fill without waiting for letters."""
    return tuple(Writing(FILLING, str(step)) for step in range(STEPS + 1))


def name_in(journey: "Journey"):
    """A product's name, by id and language."""
    def name_of(product_id: str, language: str) -> str:
        return journey.exhibits[product_id].names[language]
    return name_of


def _foot(journey: "Journey", *names: str) -> Iterator[Wanted]:
    """Choices side by side below everything else."""
    for index, name in enumerate(names):
        right = (index - (len(names) - 1) / 2) * 24.0
        yield choice(journey, journey.says.say(f"choice.{name}"), name, right, REFUSAL_BELOW + ROW + 0.3)


TOLD = {"ask": ask, "look": look, "offer": offer, "known": known, "draft": draft, "confirm": confirm,
        "pay": pay, "receipt": receipt}
