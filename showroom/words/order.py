"""Order: from what a visitor wants bought to what the shop answers, in three steps.

    Draft     what was understood; nothing is bought by it, and it may lack a size
    Order     a draft read back with its total and confirmed by a deliberate act; it never changes again
    Receipt   what the shop says of an order
    News      what has become of an order

Money is whole hundredths of the currency. Prices come from the catalogue, never from a visitor's text;
an order's total is the most that may be charged for it. Plain data round-trips: `from_plain(one.to_plain())`.
"""

import dataclasses
import json
import re
from dataclasses import dataclass

from showroom.errors import OrderError
from showroom.words.product import Product
from showroom.words.vocabulary import LANGUAGES

COLLECT, SHIP = "collect", "ship"
DELIVERIES = (COLLECT, SHIP)
MOST_QUANTITY = 10
MOST_TOTAL_CENTS = 1_000_000  # 10,000.00: more than that is bought with a person

AWAITING, PAID, REFUSED, EXPIRED = "awaiting_payment", "paid", "refused", "expired"
CANCELLED, SHIPPED, REFUNDED = "cancelled", "shipped", "refunded"
STATES = (AWAITING, PAID, REFUSED, EXPIRED, CANCELLED, SHIPPED, REFUNDED)

STORED, REFUSAL, ANSWER, CONFLICT = "stored", "refused", "receipt", "conflict"

KEY = "[0-9a-f]{32}"
_PRODUCT = "[a-z0-9-]{1,64}"
_SIZE = "[a-z0-9-]{0,16}"
_COUPON = "[A-Z0-9-]{0,32}"
_CURRENCY = "[A-Z]{3}"
_URL = r"(?:https?://[^\s<>\"\\]{1,1000})?"


@dataclass(frozen=True)
class Draft:
    """What somebody seems to want bought. Text makes drafts; only a deliberate act makes an Order.

    size_id  : "" where it is sold in one size, or still to be chosen.   quantity : 1 to MOST_QUANTITY.
    gift     : wrapped, without a price inside.   delivery : "collect" (at the counter) or "ship".
    coupon   : a code that was named, capitals; "" for none.
    """

    product_id: str
    size_id: str = ""
    quantity: int = 1
    gift: bool = False
    delivery: str = COLLECT
    coupon: str = ""

    def lacks(self, product: Product) -> str:
        """What keeps it from being confirmed: "size", "price", "quantity", "total"; "" for nothing."""
        if not product.price_cents:
            return "price"
        if product.size(self.size_id) is None:
            return "size"
        if not 1 <= self.quantity <= MOST_QUANTITY:
            return "quantity"
        return "total" if self.total_cents(product) > MOST_TOTAL_CENTS else ""

    def total_cents(self, product: Product) -> int:
        """What it costs by the catalogue. Raises KeyError for a size it is not sold in."""
        return self.quantity * product.price_of(self.size_id)

    def to_plain(self) -> dict:
        """Strings, numbers and booleans only."""
        return dataclasses.asdict(self)

    @staticmethod
    def from_plain(plain: object) -> "Draft":
        """Raises OrderError naming the key, what came and what is accepted."""
        return _built(Draft, plain)


@dataclass(frozen=True)
class Order:
    """What was confirmed. Its key is its name on every try; under one key there is one body, for ever.

    key         : 32 hexadecimal digits, drawn at random once; travels as `Idempotency-Key`.
    unit_cents, total_cents, currency : as they were read back; the shop may charge less, never more.
    language    : the visitor's.   The rest as in Draft.
    """

    key: str
    product_id: str
    size_id: str
    quantity: int
    gift: bool
    delivery: str
    coupon: str
    unit_cents: int
    total_cents: int
    currency: str
    language: str

    @staticmethod
    def of(draft: Draft, product: Product, key: str, language: str) -> "Order":
        """The order that a confirmed draft becomes. Raises OrderError if the draft lacks something."""
        if draft.product_id != product.id:
            raise OrderError(f"ordering {draft.product_id}: the product {product.id} came; "
                             "its own is accepted; look it up again")
        if lacking := draft.lacks(product):
            most = f"{MOST_TOTAL_CENTS / 100:,.0f} {product.currency}"
            raise OrderError(f"ordering {product.id}: its {lacking} cannot be used; a size it is sold in, "
                             f"1 to {MOST_QUANTITY} pieces and at most {most} are accepted; change the draft")
        unit = product.price_of(draft.size_id)
        return Order.from_plain({"key": key, **draft.to_plain(), "unit_cents": unit, "language": language,
                                 "total_cents": unit * draft.quantity, "currency": product.currency})

    @property
    def draft(self) -> Draft:
        """What was wanted, without what it costs."""
        return Draft(**{field.name: getattr(self, field.name) for field in dataclasses.fields(Draft)})

    def to_plain(self) -> dict:
        """Strings, numbers and booleans only."""
        return dataclasses.asdict(self)

    @staticmethod
    def from_plain(plain: object) -> "Order":
        """Raises OrderError naming the key, what came and what is accepted."""
        order = _built(Order, plain)
        if order.total_cents != order.unit_cents * order.quantity:
            raise _refusal("total_cents", order.total_cents, "unit_cents times quantity")
        return order

    def body(self) -> bytes:
        """What is sent: everything but the key, as JSON whose bytes are always the same."""
        plain = self.to_plain()
        del plain["key"]
        return json.dumps(plain, sort_keys=True, separators=(",", ":")).encode()

    @staticmethod
    def from_body(key: str, body: bytes) -> "Order":
        """An order from what was sent and its key. Raises OrderError."""
        try:
            plain = json.loads(body)
        except (ValueError, RecursionError):
            raise _refusal("the order", body[:40], "one JSON object") from None
        if not isinstance(plain, dict):
            raise _refusal("the order", plain, "one JSON object")
        return Order.from_plain({**plain, "key": key})


@dataclass(frozen=True)
class Receipt:
    """What the shop answers.

    order_id    : the shop's own name of it.   state : one of STATES.
    total_cents, currency : what is (to be) paid, coupons and promotions taken off.
    pay_url     : the payment page while it is awaited, "" for none.
    receipt_url : the page to take home, "" for none.
    """

    order_id: str
    state: str
    total_cents: int
    currency: str
    pay_url: str = ""
    receipt_url: str = ""

    def to_plain(self) -> dict:
        """Strings and numbers only."""
        return dataclasses.asdict(self)

    @staticmethod
    def from_plain(plain: object) -> "Receipt":
        """From a shop's answer, which may say more than we know. Raises OrderError."""
        if isinstance(plain, dict):
            known = {field.name for field in dataclasses.fields(Receipt)}
            plain = {key: value for key, value in plain.items() if key in known}
        return _built(Receipt, plain)


@dataclass(frozen=True)
class News:
    """What has become of the order of that key.

    kind    : "stored" (it can't be lost any more), "refused" (it could not be stored: nothing was ordered),
              "receipt" (the shop's first answer, and every change of its state), "conflict" (the shop will
              not take it; staff know).
    receipt : of "receipt".   reason : of "refused" and "conflict", one line for staff.
    """

    key: str
    kind: str
    receipt: Receipt | None = None
    reason: str = ""


def _matches(pattern: str):
    expression = re.compile(pattern)
    return lambda value: isinstance(value, str) and expression.fullmatch(value) is not None


def _among(values: tuple[str, ...]):
    return lambda value: isinstance(value, str) and value in values


def _whole(least: int, most: int):
    return lambda value: type(value) is int and least <= value <= most


_ACCEPTED = {
    "key": ("32 hexadecimal digits", _matches(KEY)),
    "product_id": ("1 to 64 of a-z, 0-9 and -", _matches(_PRODUCT)),
    "size_id": ("at most 16 of a-z, 0-9 and -", _matches(_SIZE)),
    "quantity": (f"a whole number from 1 to {MOST_QUANTITY}", _whole(1, MOST_QUANTITY)),
    "gift": ("true or false", lambda value: type(value) is bool),
    "delivery": ("one of " + ", ".join(DELIVERIES), _among(DELIVERIES)),
    "coupon": ("at most 32 of A-Z, 0-9 and -", _matches(_COUPON)),
    "unit_cents": (f"a whole number from 1 to {MOST_TOTAL_CENTS:,}", _whole(1, MOST_TOTAL_CENTS)),
    "total_cents": (f"a whole number from 0 to {MOST_TOTAL_CENTS:,}", _whole(0, MOST_TOTAL_CENTS)),
    "currency": ("three capital letters such as EUR", _matches(_CURRENCY)),
    "language": ("one of " + ", ".join(LANGUAGES), _among(LANGUAGES)),
    "order_id": ("1 to 64 of letters, digits, - and _", _matches("[A-Za-z0-9_-]{1,64}")),
    "state": ("one of " + ", ".join(STATES), _among(STATES)),
    "pay_url": ("an address of http or https, or none", _matches(_URL)),
    "receipt_url": ("an address of http or https, or none", _matches(_URL)),
}


def _built(kind, plain: object):
    """A word from plain data, every key of which is checked."""
    named = kind.__name__.lower()
    if not isinstance(plain, dict):
        raise _refusal(named, plain, f"the keys of a {named}")
    fields = dataclasses.fields(kind)
    for key in plain:
        if key not in {field.name for field in fields}:
            raise _refusal(key, plain[key], "only " + ", ".join(field.name for field in fields))
    for field in fields:
        if field.name not in plain:
            if field.default is dataclasses.MISSING:
                raise _refusal(field.name, "missing", _ACCEPTED[field.name][0])
            continue
        accepted, fits = _ACCEPTED[field.name]
        if not fits(plain[field.name]):
            raise _refusal(field.name, plain[field.name], accepted)
    return kind(**plain)


def _refusal(key: object, value: object, accepted: str) -> OrderError:
    shown = repr(value)
    shown = shown if len(shown) <= 60 else shown[:59] + "…"
    return OrderError(f"reading {str(key)[:40]}: {shown} came; accepted is {accepted}; correct it")
