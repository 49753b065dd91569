"""The shop's ledger: orders, from placing to shipping, and what was answered under each key.

An order, its pieces, its coupon and the answer under its key are one transaction: all or none of it,
so a shop that dies at any moment has either taken an order or not.

    awaiting_payment ⇄ refused → paid → shipped
            └────────┴→ expired    └───────┴→ refunded        awaiting_payment, refused → cancelled
"""

import functools
import hashlib
import json
import secrets
from dataclasses import dataclass
from types import SimpleNamespace

from sqlalchemy import Connection, Row, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from showroom.shop import prices, shelf, tables
from showroom.shop.problems import Refused
from showroom.shop.store import Store
from showroom.words.order import (
    AWAITING,
    CANCELLED,
    COLLECT,
    EXPIRED,
    PAID,
    REFUNDED,
    REFUSED,
    SHIPPED,
    Draft,
    Order,
)
from showroom.words.product import Product

PAYABLE = (AWAITING, REFUSED)
EXPIRED_AT_ONCE = 50
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no letter that is read as another
_SECRET_BYTES = 24  # 192 bits


@dataclass(frozen=True)
class Terms:
    """base_url: what phones reach, without "/" at its end.   Seconds to pay in, and that a keepsake lasts."""

    base_url: str
    pay_within_s: int = 1800
    keep_s: int = 86_400


@dataclass(frozen=True)
class Answer:
    """What is answered to an order, for ever. replayed: it had been answered before."""

    status: int
    body: str
    replayed: bool = False


def place(store: Store, order: Order, asked: str, terms: Terms, now_s: int) -> Answer:
    """Takes an order, or says again what was said under its key.

    asked  : `fingerprint` of the body.
    Raises : Refused "idempotency-key-reused" if the key belongs to another body.
    """
    answer = functools.partial(_answer, order=order, asked=asked, terms=terms, now_s=now_s)
    try:
        return store.together(answer)
    except IntegrityError:  # the same key came twice at once: by now the other one has been answered
        return store.together(answer)


def fingerprint(body: object) -> str:
    """SHA-256 of a JSON value: the same for the same value, however it was written."""
    text = json.dumps(body, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _answer(connection: Connection, order: Order, asked: str, terms: Terms, now_s: int) -> Answer:
    said = connection.execute(select(tables.answers).where(tables.answers.c.key == order.key)).first()
    if said is not None:
        if said.asked != asked:
            raise Refused("idempotency-key-reused", "Under this key another body was sent before; "
                          "a new order needs a key of its own.")
        return Answer(said.status, said.body, replayed=True)
    try:
        with connection.begin_nested():
            answer = Answer(201, json.dumps(_take(connection, order, terms, now_s), ensure_ascii=False))
    except Refused as refused:  # kept too: what was refused once must not be an order later
        answer = Answer(refused.problem.status, refused.problem.to_json())
    connection.execute(insert(tables.answers), {"key": order.key, "asked": asked, "status": answer.status,
                                                "body": answer.body})
    return answer


def _take(connection: Connection, order: Order, terms: Terms, now_s: int) -> dict:
    """Writes the order and everything that goes with it; what is answered. Raises Refused."""
    product = sold(connection, order.product_id)
    cost = quote(connection, product, order.draft, now_s)
    shelf.take(connection, order.product_id, order.size_id, order.quantity)
    while not _use_up(connection, cost):  # somebody took the last one meanwhile: the next quote knows
        cost = quote(connection, product, order.draft, now_s)
    if cost.currency != order.currency:
        raise Refused("currency-differs",
                      f"{order.product_id} is sold in {cost.currency}, not in {order.currency}.")
    if cost.total_cents > order.total_cents:
        raise Refused("price-changed", f"It costs {cost.total_cents / 100:.2f} {cost.currency} by now, "
                      f"and {order.total_cents / 100:.2f} was confirmed.")
    row = {
        "id": secrets.token_urlsafe(_SECRET_BYTES), "number": _number(), "key": order.key,
        # a free order that is sent still needs to hear where to: its page asks
        "state": PAID if not cost.total_cents and order.delivery == COLLECT else AWAITING,
        "product_id": order.product_id, "size_id": order.size_id, "quantity": order.quantity,
        "name": shelf.name_of(product, order.language), "unit_cents": cost.unit_cents,
        "discount_cents": cost.discount_cents, "total_cents": cost.total_cents, "currency": cost.currency,
        "confirmed_cents": order.total_cents, "coupon": cost.coupon, "promotion": cost.promotion,
        "delivery": order.delivery, "gift": order.gift, "language": order.language,
        "created_s": now_s, "pay_by_s": now_s + terms.pay_within_s, "address": "",
    }
    keepsake_id = secrets.token_urlsafe(_SECRET_BYTES)
    connection.execute(insert(tables.orders), row)
    connection.execute(insert(tables.keepsakes), {"id": keepsake_id, "order_id": row["id"],
                                                  "ends_s": now_s + terms.keep_s, "still": None})
    made = SimpleNamespace(**row)
    if made.state == PAID:
        announce(connection, "order.paid", made, now_s)
    return _told(made, keepsake_id, terms)


def quote(connection: Connection, product: Product, draft: Draft, now_s: int) -> prices.Price:
    """What a draft of this product would cost now. Raises Refused."""
    if product.size(draft.size_id) is None:
        sizes = ", ".join(shelf.size_ids(product)) or "one size alone"
        raise Refused("unknown-size", f"{product.id} is sold in {sizes}, not in {draft.size_id!r}.")
    promotion = _promotion(connection, draft, now_s)
    coupon = None
    if draft.coupon and promotion is None:
        row = connection.execute(select(tables.coupons).where(tables.coupons.c.code == draft.coupon)).first()
        coupon = prices.check_coupon(None if row is None else prices.Coupon(*row), draft.coupon, product.id,
                                     product.currency, now_s)
    return prices.price(product.price_of(draft.size_id), draft.quantity, product.currency, coupon, promotion)


def sold(connection: Connection, product_id: str) -> Product:
    """A product that is on sale. Raises Refused "unknown-product"."""
    shelved = shelf.find(connection, product_id)
    if shelved is None or not shelved.on_sale:
        raise Refused("unknown-product", f"{product_id} is not on sale here.")
    return shelved.product


def _promotion(connection: Connection, draft: Draft, now_s: int) -> prices.Promotion | None:
    rows = connection.execute(select(tables.promotions).where(tables.promotions.c.orders_left > 0)
                              .order_by(tables.promotions.c.id))
    offered = (prices.Promotion(*row) for row in rows)
    wanted = (draft.product_id, draft.size_id, draft.quantity, now_s)
    return next((one for one in offered if prices.holds(one, *wanted)), None)


def _use_up(connection: Connection, cost: prices.Price) -> bool:
    """Takes one use of the coupon or promotion; whether there was one."""
    if cost.promotion:
        table, named, left = tables.promotions, tables.promotions.c.id == cost.promotion, "orders_left"
    elif cost.coupon:
        table, named, left = tables.coupons, tables.coupons.c.code == cost.coupon, "uses_left"
    else:
        return True
    used = update(table).values({left: table.c[left] - 1}).where(named, table.c[left] > 0)
    return connection.execute(used).rowcount > 0


def _number() -> str:
    """Eight letters and digits that people can read out; names an order, opens nothing."""
    drawn = "".join(secrets.choice(_CROCKFORD) for _ in range(8))
    return f"{drawn[:4]}-{drawn[4:]}"


# What there is -----------------------------------------------------------------------------------


def find(connection: Connection, order_id: str, hold: bool = False) -> Row:
    """An order's row. Raises Refused "order-unknown".

    hold : nobody else changes it before this transaction ends (on SQLite nobody does anyhow).
    """
    query = select(tables.orders).where(tables.orders.c.id == order_id)
    row = connection.execute(query.with_for_update() if hold else query).first()
    if row is None:
        raise Refused("order-unknown", "There is no order of that id.")
    return row


def told(connection: Connection, row: Row, terms: Terms) -> dict:
    """What is said of an order to whoever holds its id."""
    own = tables.keepsakes.c.order_id == row.id
    keepsake_id = connection.scalar(select(tables.keepsakes.c.id).where(own))
    return _told(row, keepsake_id, terms)


def _told(row: Row | SimpleNamespace, keepsake_id: str | None, terms: Terms) -> dict:
    return {
        "order_id": row.id, "number": row.number, "state": row.state, "total_cents": row.total_cents,
        "currency": row.currency, "pay_url": f"{terms.base_url}/pay/{row.id}" if row.state in PAYABLE else "",
        "receipt_url": f"{terms.base_url}/take/{keepsake_id}" if keepsake_id else "",
        "product_id": row.product_id, "size_id": row.size_id, "name": row.name, "quantity": row.quantity,
        "unit_cents": row.unit_cents, "subtotal_cents": row.unit_cents * row.quantity,
        "discount_cents": row.discount_cents, "coupon": row.coupon, "promotion": row.promotion,
        "delivery": row.delivery, "gift": row.gift, "language": row.language, "created_s": row.created_s,
        "pay_by_s": row.pay_by_s,
    }


# What becomes of it ------------------------------------------------------------------------------


def move(connection: Connection, row: Row, state: str, now_s: int) -> Row:
    """Takes an order to another state, if it is still in the one it was read in; tells the outside shop.

    Raises Refused "too-late" if it has moved meanwhile.
    """
    done = connection.execute(update(tables.orders).values(state=state)
                              .where(tables.orders.c.id == row.id, tables.orders.c.state == row.state))
    if not done.rowcount:
        raise Refused("too-late", "The order has moved on meanwhile; look at it again.")
    if state in (CANCELLED, EXPIRED, REFUNDED) and row.state != SHIPPED:
        shelf.give_back(connection, row.product_id, row.size_id, row.quantity)
        _restore(connection, row)
        # nothing will be sent: where to is nobody's business any more
        connection.execute(update(tables.orders).values(address="").where(tables.orders.c.id == row.id))
    moved = find(connection, row.id)
    if state in (PAID, SHIPPED, CANCELLED, REFUNDED):
        announce(connection, f"order.{state}", moved, now_s)
    return moved


def _restore(connection: Connection, row: Row) -> None:
    """What an order that came to nothing had used up."""
    if row.coupon:
        connection.execute(update(tables.coupons).values(uses_left=tables.coupons.c.uses_left + 1)
                           .where(tables.coupons.c.code == row.coupon))
    if row.promotion:
        connection.execute(update(tables.promotions).values(orders_left=tables.promotions.c.orders_left + 1)
                           .where(tables.promotions.c.id == row.promotion))


def expire(connection: Connection, now_s: int) -> int:
    """Ends orders that were not paid in time, at most EXPIRED_AT_ONCE; how many."""
    late = connection.execute(select(tables.orders).where(
        tables.orders.c.state.in_(PAYABLE), tables.orders.c.pay_by_s <= now_s)
        .order_by(tables.orders.c.product_id, tables.orders.c.id).limit(EXPIRED_AT_ONCE)
        .with_for_update(skip_locked=True)).all()  # who is paying just now is asked the next time
    for row in late:
        move(connection, row, EXPIRED, now_s)
        connection.execute(update(tables.payments).values(state="expired", changed_s=now_s)
                           .where(tables.payments.c.order_id == row.id, tables.payments.c.state == "open"))
    return len(late)


def ship(connection: Connection, order_id: str, now_s: int) -> Row:
    """A paid order has left the house (or was handed over). Raises Refused."""
    row = find(connection, order_id, hold=True)
    if row.state == SHIPPED:
        return row
    if row.state != PAID:
        raise Refused("too-late", f"Only a paid order can be shipped; this one is {row.state}.")
    return move(connection, row, SHIPPED, now_s)


def page(connection: Connection, state: str | None, after: str, limit: int) -> list[Row]:
    """Orders by the time they came, those behind the order `after`."""
    query = select(tables.orders).order_by(tables.orders.c.created_s, tables.orders.c.id).limit(limit)
    if state:
        query = query.where(tables.orders.c.state == state)
    if after:
        last = find(connection, after)
        behind = (tables.orders.c.created_s > last.created_s) | (
            (tables.orders.c.created_s == last.created_s) & (tables.orders.c.id > last.id))
        query = query.where(behind)
    return connection.execute(query).all()


def counted(connection: Connection) -> dict[str, int]:
    """How many orders are in each state."""
    rows = connection.execute(select(tables.orders.c.state, func.count()).group_by(tables.orders.c.state))
    return {row[0]: row[1] for row in rows}


def announce(connection: Connection, event: str, row: Row | SimpleNamespace, now_s: int) -> None:
    """Leaves word for the outside shop, in the same transaction as what happened."""
    body = json.dumps({"type": event, "number": row.number, "state": row.state, "product_id": row.product_id,
                       "size_id": row.size_id, "quantity": row.quantity, "total_cents": row.total_cents,
                       "currency": row.currency, "gift": row.gift, "delivery": row.delivery,
                       "address": json.loads(row.address) if row.address else None}, ensure_ascii=False)
    news = {"event": event, "order_id": row.id, "body": body, "tries": 0, "due_s": now_s}
    connection.execute(insert(tables.news).values(news))
