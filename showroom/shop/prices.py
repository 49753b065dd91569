"""What something costs: the catalogue's price, less a coupon, nothing at all under a free-order promotion.

Pure: it is given what the tables hold and changes nothing.
"""

import dataclasses
from dataclasses import dataclass

from showroom.shop.problems import Refused


@dataclass(frozen=True)
class Coupon:
    """percent (0 to 100) or off_cents of `currency` off; for one product alone where product_id names it."""

    code: str
    percent: int
    off_cents: int
    currency: str
    product_id: str | None
    uses_left: int
    starts_s: int
    ends_s: int


@dataclass(frozen=True)
class Promotion:
    """A free order of one piece, for whoever asks while there are any; of a product or size where named."""

    id: str
    product_id: str | None
    size_id: str | None
    orders_left: int
    starts_s: int
    ends_s: int


@dataclass(frozen=True)
class Price:
    """What so many pieces cost. total_cents = quantity · unit_cents − discount_cents, never below 0."""

    unit_cents: int
    quantity: int
    discount_cents: int
    currency: str
    coupon: str = ""
    promotion: str = ""

    @property
    def subtotal_cents(self) -> int:
        """Before anything is taken off."""
        return self.unit_cents * self.quantity

    @property
    def total_cents(self) -> int:
        """What is charged."""
        return self.subtotal_cents - self.discount_cents

    def to_plain(self) -> dict:
        """As a quote tells it."""
        reckoned = {"subtotal_cents": self.subtotal_cents, "total_cents": self.total_cents}
        return dataclasses.asdict(self) | reckoned


def price(unit_cents: int, quantity: int, currency: str, coupon: Coupon | None,
          promotion: Promotion | None) -> Price:
    """A promotion makes it free and spares the coupon; a coupon takes off at most what there is.

    A share of a hundredth is the visitor's: 10 % off 0.99 takes off 0.10.
    """
    subtotal = unit_cents * quantity
    if promotion is not None:
        return Price(unit_cents, quantity, subtotal, currency, promotion=promotion.id)
    if coupon is None:
        return Price(unit_cents, quantity, 0, currency)
    off = coupon.off_cents or -(-subtotal * coupon.percent // 100)
    return Price(unit_cents, quantity, min(off, subtotal), currency, coupon=coupon.code)


def check_coupon(coupon: Coupon | None, code: str, product_id: str, currency: str, now_s: int) -> Coupon:
    """The coupon, if it can be used for this now. Raises Refused "bad-coupon"."""
    if coupon is None:
        raise Refused("bad-coupon", f"The coupon {code} is not known here.")
    if not coupon.starts_s <= now_s < coupon.ends_s:
        raise Refused("bad-coupon", f"The coupon {code} is not valid today.")
    if coupon.uses_left < 1:
        raise Refused("bad-coupon", f"The coupon {code} has been used up.")
    if coupon.product_id not in (None, product_id):
        raise Refused("bad-coupon", f"The coupon {code} is for another product.")
    if coupon.off_cents and coupon.currency != currency:
        raise Refused("bad-coupon", f"The coupon {code} is in {coupon.currency}, the price in {currency}.")
    return coupon


def holds(promotion: Promotion, product_id: str, size_id: str, quantity: int, now_s: int) -> bool:
    """Whether this order is free under it."""
    return (quantity == 1 and promotion.orders_left > 0 and promotion.starts_s <= now_s < promotion.ends_s
            and promotion.product_id in (None, product_id) and promotion.size_id in (None, size_id))
