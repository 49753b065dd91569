"""Payment by link: the visitor's phone is sent to a gateway's page, and the gateway says what came of it.

`Gateway` is what a real one has to offer. `TestGateway` moves no money: its page, which this shop serves
itself, has a button for each thing that can happen.
"""

import logging
import secrets
from typing import Protocol

from sqlalchemy import ColumnElement, Connection, Row, insert, select, update

from showroom.shop import ledger, tables
from showroom.shop.problems import Refused
from showroom.shop.store import Store
from showroom.words.order import CANCELLED, EXPIRED, PAID, REFUNDED, REFUSED, SHIPPED

log = logging.getLogger(__name__)

VERDICTS = ("paid", "refused", "expired")
OPEN, OWED = "open", "owed"
HAD = ("paid", OWED, "refunded")  # states of a payment whose money came
_SECRET_BYTES = 24


class Unanswered(Exception):  # noqa: N818  it is theirs, not an error of ours
    """The payment service did not answer, or not as it should; nothing was changed here."""


class Gateway(Protocol):
    """A payment service.   origin: of its pages ("https://pay.example"), "" where the shop has them."""

    name: str
    origin: str

    def page_of(self, payment_id: str, cents: int, currency: str, back_url: str) -> str:
        """The address where this payment is made; asking twice for one payment gives the same payment.

        Raises Unanswered.
        """

    def refund(self, payment_id: str, cents: int) -> None:
        """Gives a payment back, once, however often it is asked. Raises Unanswered."""


class TestGateway:
    """Moves no money; says paid, refused or expired as it is told to on its page."""

    __test__ = False  # its name means something else to pytest
    name = "test"
    origin = ""

    def page_of(self, payment_id: str, cents: int, currency: str, back_url: str) -> str:
        """Our own page."""
        return f"/gateway/test/{payment_id}"

    def refund(self, payment_id: str, cents: int) -> None:
        """There is nothing to give back."""


def open_payment(connection: Connection, order: Row, now_s: int) -> Row:
    """The payment of an order that is being made: the open one, or a new one. Raises Refused "too-late".

    order : found with `hold`, so that two phones at once open one payment.
    """
    if order.state not in ledger.PAYABLE or order.pay_by_s <= now_s:
        raise Refused("too-late", f"This order cannot be paid any more; it is {order.state}.")
    still = connection.execute(select(tables.payments).where(
        tables.payments.c.order_id == order.id, tables.payments.c.state == OPEN)).first()
    if still is not None:
        return still
    payment_id = secrets.token_urlsafe(_SECRET_BYTES)
    connection.execute(insert(tables.payments).values(
        id=payment_id, order_id=order.id, state=OPEN, cents=order.total_cents, changed_s=now_s))
    return find(connection, payment_id)


def find(connection: Connection, payment_id: str) -> Row:
    """A payment's row. Raises Refused "order-unknown"."""
    row = connection.execute(select(tables.payments).where(tables.payments.c.id == payment_id)).first()
    if row is None:
        raise Refused("order-unknown", "There is no payment of that id.")
    return row


def settle(connection: Connection, payment_id: str, verdict: str, now_s: int) -> Row:
    """What the gateway says of a payment; the order as it is then.

    The first verdict counts, but money that has come always does: where it comes for an order that has ended
    meanwhile, or was paid already, the payment is "owed" and goes back with the next `return_owed`.
    """
    order = ledger.find(connection, find(connection, payment_id).order_id, hold=True)
    payment = find(connection, payment_id)  # as it is now that nobody else can change it
    if payment.state in HAD or (verdict != "paid" and payment.state != OPEN):
        return order
    wanted = order.state in ledger.PAYABLE
    state = OWED if verdict == "paid" and not wanted else verdict
    _note(connection, tables.payments.c.id == payment_id, state, now_s)
    states = {"paid": PAID, "refused": REFUSED, "expired": EXPIRED}
    if not wanted or order.state == states[verdict]:
        return order
    return ledger.move(connection, order, states[verdict], now_s)


def return_owed(store: Store, gateway: Gateway, now_s: int) -> int:
    """Gives back what is owed; how many. What the gateway does not answer is asked again the next time."""
    with store.reading() as connection:
        query = select(tables.payments).where(tables.payments.c.state == OWED).limit(100)
        owed = connection.execute(query).all()
    returned = 0
    for payment in owed:
        try:
            gateway.refund(payment.id, payment.cents)  # nobody's transaction waits for it
        except Unanswered as error:
            log.warning("the payment service did not take a refund (%s); asked again", str(error)[:200])
            continue
        with store.writing() as connection:
            _note(connection, tables.payments.c.id == payment.id, "refunded", now_s)
        returned += 1
    return returned


def _note(connection: Connection, which: ColumnElement, state: str, now_s: int) -> None:
    connection.execute(update(tables.payments).values(state=state, changed_s=now_s).where(which))


def give_back(connection: Connection, order: Row, now_s: int) -> Row:
    """Refunds a paid order, shipped or not: its money is owed from now on. Raises Refused "too-late"."""
    if order.state not in (PAID, SHIPPED):
        raise Refused("too-late", f"Only a paid order can be refunded; this one is {order.state}.")
    moved = ledger.move(connection, order, REFUNDED, now_s)
    # a free order has none
    paid = (tables.payments.c.order_id == order.id) & (tables.payments.c.state == "paid")
    _note(connection, paid, OWED, now_s)
    return moved


def cancel(connection: Connection, order_id: str, now_s: int) -> Row:
    """The visitor's own change of mind, until it is shipped; once done, doing it again changes nothing."""
    order = ledger.find(connection, order_id, hold=True)
    if order.state in (CANCELLED, REFUNDED, EXPIRED):
        return order
    if order.state == SHIPPED:
        raise Refused("too-late", "It has been shipped; ask the house for a refund.")
    if order.state == PAID:
        return give_back(connection, order, now_s)
    moved = ledger.move(connection, order, CANCELLED, now_s)
    still_open = (tables.payments.c.order_id == order_id) & (tables.payments.c.state == OPEN)
    _note(connection, still_open, "expired", now_s)
    return moved
