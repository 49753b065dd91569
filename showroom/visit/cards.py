"""A product's card: its name, what it is, what is said of it, its notes by layer and its price.

The lines are as `words.sign.Writing` has them for a card.
"""

from collections.abc import Callable

from showroom.visit.sayings import Sayings
from showroom.words.product import Product
from showroom.words.sign import CARD, Writing

SIGNS = {"EUR": "€", "USD": "$", "GBP": "£", "CNY": "¥", "JPY": "¥", "CHF": "CHF "}
_WITHOUT_CENTS = ("JPY",)
Called = Callable[[str, str], str]  # a note's name and a language → what it is called there


def product_card(product: Product, sayings: Sayings, called: Called) -> Writing:
    """The card of one product in the language of `sayings`."""
    language = sayings.language
    lines = [sayings.say(f"kinds.{product.kind}")]
    if told := product.said(language):
        lines.append(told)
    for stage, notes in product.notes.items():
        if notes:
            names = sayings.listed(tuple(called(note, language) for note in notes))
            lines.append(f"{stage}\t{sayings.say(f'stages.{stage}')}\t{names[:1].upper()}{names[1:]}")
    if product.price_cents:
        lines.append(f"price\t\t{price(product, sayings)}")
    return Writing(CARD, name_of(product, language), tuple(lines), language)


def visit_card(names: tuple[str, ...], sayings: Sayings) -> Writing:
    """What was tried in a visit, in the order it was."""
    return Writing(CARD, sayings.say("card.tried"), tuple(f"\t\t{name}" for name in names),
                   sayings.language)


def name_of(product: Product, language: str) -> str:
    """Its name in a language, else in English, else in whatever there is."""
    return product.name.get(language) or product.name.get("en") or next(iter(product.name.values()))


def price(product: Product, sayings: Sayings) -> str:
    """What it costs, as it is written in that language."""
    return price_of_cents(product.price_cents, product.currency, sayings)


def price_of_cents(amount_cents: int, currency: str, sayings: Sayings) -> str:
    """An amount as it is written in that language: "€1,290", "1.290 €", "€19.50"."""
    whole, cents = divmod(amount_cents, 100)
    amount = f"{whole:,}".replace(",", sayings.say("price.thousands"))
    if cents and currency not in _WITHOUT_CENTS:
        amount += f"{sayings.say('price.cents')}{cents:02d}"
    sign = SIGNS.get(currency, f"{currency} ")
    return sayings.say("price.form", sign=sign, amount=amount).strip()
