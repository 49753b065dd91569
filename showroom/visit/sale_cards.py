"""Cards of a sale: what is offered and why, what will be bought, what is to be paid, and the receipt."""

from collections.abc import Mapping

from showroom.visit.cards import name_of, price_of_cents
from showroom.visit.sayings import Sayings
from showroom.words.order import SHIP, Draft, Receipt
from showroom.words.product import Product
from showroom.words.sign import CARD, Writing


def offer_card(card: Writing, reason: str) -> Writing:
    """A product's own card, with the reason for offering it in place of its description."""
    kept = [line for line in card.lines if "\t" not in line][:1]
    rows = [line for line in card.lines if "\t" in line]
    return Writing(CARD, card.title, (*kept, reason, *rows), card.language)


def draft_card(draft: Draft, product: Product, sayings: Sayings) -> Writing:
    """What will be bought, read back: size, number, gift, delivery and total."""
    return Writing(CARD, name_of(product, sayings.language), (
        sayings.say("draft.title"), *_rows(draft, product, sayings),
        *_price(_total_cents(draft, product), product.currency, sayings)), sayings.language)


def payment_card(draft: Draft, product: Product, receipt: Receipt, sayings: Sayings) -> Writing:
    """What is to be paid, with the code that leads there."""
    return Writing(CARD, name_of(product, sayings.language), (
        _summary(draft, product), f"code\t\t{receipt.pay_url}",
        *_price(receipt.total_cents, receipt.currency, sayings)), sayings.language)


def receipt_card(draft: Draft, product: Product, receipt: Receipt, sayings: Sayings) -> Writing:
    """What was paid, with the code that leads to the page to take home."""
    code = (f"code\t\t{receipt.receipt_url}",) if receipt.receipt_url else _rows(draft, product, sayings)
    return Writing(CARD, name_of(product, sayings.language), (
        _summary(draft, product), *code,
        *_price(receipt.total_cents, receipt.currency, sayings)), sayings.language)


def size_label(draft: Draft, product: Product) -> str:
    """What its size is called, "" where there is none or none is chosen."""
    size = product.size(draft.size_id)
    return size.label if size else ""


def _rows(draft: Draft, product: Product, sayings: Sayings) -> tuple[str, ...]:
    size = size_label(draft, product) or (sayings.say("draft.choose") if product.sizes else "")
    rows: Mapping[str, str] = {
        "size": size, "number": str(draft.quantity),
        "gift": sayings.say("draft.wrapped") if draft.gift else "",
        "delivery": sayings.say("draft.ship" if draft.delivery == SHIP else "draft.collect"),
        "coupon": draft.coupon}
    return tuple(f"\t{sayings.say(f'draft.{name}_is')}\t{text}" for name, text in rows.items() if text)


def _summary(draft: Draft, product: Product) -> str:
    """How many, in one line: "2 × 50 ml", "2 ×"."""
    return f"{draft.quantity} × {size_label(draft, product)}".strip()


def _total_cents(draft: Draft, product: Product) -> int:
    """0 while no size is chosen."""
    return draft.total_cents(product) if product.size(draft.size_id) else 0


def _price(cents: int, currency: str, sayings: Sayings) -> tuple[str, ...]:
    return (f"price\t\t{price_of_cents(cents, currency, sayings)}",) if cents else ()
