"""The bodies of the API: what is accepted and what is answered, as the OpenAPI page shows them.

Strict: a number is a number, and a key that is not named here is refused. The bounds are those of
`words.order`.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from showroom.product_table import KINDS, MOST_CENTS, MOST_NOTES, MOST_SIZES
from showroom.words.order import MOST_QUANTITY, MOST_TOTAL_CENTS

MOST_PIECES = 10_000_000
_LAST_S = 1 << 40

ProductId = Annotated[str, StringConstraints(pattern="^[a-z0-9-]{1,64}$")]
SizeId = Annotated[str, StringConstraints(pattern="^[a-z0-9-]{0,16}$")]
CouponCode = Annotated[str, StringConstraints(pattern="^[A-Z0-9-]{0,32}$")]
Currency = Annotated[str, StringConstraints(pattern="^[A-Z]{3}$")]
Language = Literal["en", "zh", "it"]
Delivery = Literal["collect", "ship"]
State = Literal["awaiting_payment", "paid", "refused", "expired", "cancelled", "shipped", "refunded"]
Kind = Literal[KINDS]


def whole(least: int, most: int) -> type:
    """A whole number; to JSON 2.0 is one too, which strictness alone would refuse."""
    return Annotated[int, Field(ge=least, le=most), BeforeValidator(
        lambda given: int(given) if type(given) is float and given.is_integer() else given)]


Seconds = whole(0, _LAST_S)


class _Body(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")


class DraftBody(_Body):
    """What somebody might buy."""

    product_id: ProductId
    size_id: SizeId = Field(description='"" where it is sold in one size')
    quantity: whole(1, MOST_QUANTITY)
    gift: bool
    delivery: Delivery
    coupon: CouponCode = Field(description='"" for none')
    language: Language


class OrderBody(DraftBody):
    """What was confirmed. total_cents is the most that may be charged."""

    model_config = ConfigDict(json_schema_extra={"examples": [{
        "product_id": "vespri", "size_id": "50ml", "quantity": 1, "gift": False, "delivery": "collect",
        "coupon": "", "language": "en", "unit_cents": 24000, "total_cents": 24000, "currency": "EUR"}]})

    unit_cents: whole(1, MOST_TOTAL_CENTS)
    total_cents: whole(0, MOST_TOTAL_CENTS)
    currency: Currency


class StockBody(_Body):
    """Pieces of one size, counted anew."""

    size_id: SizeId
    stock: whole(0, MOST_PIECES)


class CouponBody(_Body):
    """percent or off_cents off, one of the two 0; for one product, or all."""

    code: Annotated[str, StringConstraints(pattern="^[A-Z0-9-]{3,32}$")]
    percent: whole(0, 100)
    off_cents: whole(0, MOST_CENTS)
    currency: Currency
    product_id: ProductId | None
    uses: whole(0, MOST_PIECES)
    starts_s: Seconds
    ends_s: Seconds


class PromotionBody(_Body):
    """Free orders of one piece each, for whoever orders first."""

    id: Annotated[str, StringConstraints(pattern="^[a-z0-9-]{3,32}$")]
    product_id: ProductId | None
    size_id: SizeId | None
    orders: whole(0, MOST_PIECES)
    starts_s: Seconds
    ends_s: Seconds


class ByLanguage(_Body):
    """The same in several languages, English at least."""

    en: str = Field(min_length=1, max_length=20_000)
    zh: str = Field("", max_length=20_000)
    it: str = Field("", max_length=20_000)


class SizeBody(_Body):
    """A size that it is sold in. price_cents: 0 where it costs what the product costs."""

    id: Annotated[str, StringConstraints(pattern="^[a-z0-9-]{1,16}$")]
    label: str = Field(min_length=1, max_length=24)
    price_cents: whole(0, MOST_CENTS) = 0


class ProductBody(_Body):
    """A product's table, as a catalogue has it. Texts are words: letters or digits, no control characters."""

    model_config = ConfigDict(json_schema_extra={"examples": [{
        "kind": "perfume", "name": {"en": "Late Light"},
        "description": {"en": "The last sun on warm fig leaves."}, "top": ["bergamot"], "heart": ["fig leaf"],
        "base": ["cedarwood"], "price_cents": 18000, "currency": "EUR"}]})

    kind: Kind
    name: ByLanguage
    description: ByLanguage
    top: list[str] = Field([], max_length=MOST_NOTES)
    heart: list[str] = Field([], max_length=MOST_NOTES)
    base: list[str] = Field([], max_length=MOST_NOTES)
    price_cents: whole(0, MOST_CENTS) = 0
    currency: Currency = "EUR"
    hero: dict[str, str | float] = Field({}, description="what stands on the plinth, as in the catalogue")
    sizes: list[SizeBody] = Field([], max_length=MOST_SIZES)

    def table(self, product_id: str) -> dict:
        """As `product_table.product_of` reads it."""
        plain = self.model_dump()
        for told in (plain["name"], plain["description"]):
            for language in [language for language, text in told.items() if not text]:
                del told[language]
        return {"id": product_id, **plain}


class Quote(BaseModel):
    """What it would cost now."""

    product_id: str
    size_id: str
    name: str
    quantity: int
    unit_cents: int
    subtotal_cents: int
    discount_cents: int
    total_cents: int
    currency: str
    coupon: str
    promotion: str


class OrderTold(Quote):
    """An order as it is now."""

    order_id: str
    number: str
    state: State
    pay_url: str
    receipt_url: str
    delivery: Delivery
    gift: bool
    language: Language
    created_s: int
    pay_by_s: int


class MerchantOrder(OrderTold):
    """An order as the merchant sees it."""

    key: str
    address: dict[str, str] | None


class MerchantOrders(BaseModel):
    """A page of orders, and how many there are in each state."""

    orders: list[MerchantOrder]
    counted: dict[str, int]


class ProductTold(BaseModel):
    """A product on sale: its catalogue's table, and pieces by size."""

    model_config = ConfigDict(extra="allow")
    id: str
    kind: str
    name: dict[str, str]
    price_cents: int
    currency: str
    stock: dict[str, int]


class Products(BaseModel):
    """All products."""

    products: list[ProductTold]


class MerchantProduct(ProductTold):
    """A product as the merchant sees it. place: stale is of an older text."""

    source: Literal["catalogue", "merchant"]
    published: bool
    place: Literal["none", "stale", "baking", "baked", "failed"]


class MerchantProducts(BaseModel):
    """All products, on sale or not."""

    products: list[MerchantProduct]


class Place(BaseModel):
    """What the bake said of a product's place, and whether there is a still of it."""

    product_id: str
    state: Literal["none", "stale", "baking", "baked", "failed"]
    told: dict
    has_still: bool


class CouponTold(CouponBody):
    """A coupon as it stands."""


class PromotionTold(PromotionBody):
    """A promotion as it stands."""


class Health(BaseModel):
    """The shop can serve."""

    ok: bool


class ProblemTold(BaseModel):
    """RFC 9457. What follows "#" in type is the code that programs compare."""

    type: str
    title: str
    status: int
    detail: str
