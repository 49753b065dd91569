"""The adapter point: how a real shop hears of what is sold here.

Whatever happens to an order is written into the table `news` in the same transaction. An adapter is given
each piece of news until it has taken it, oldest first, at least once; its id stays the same, so that a real
shop can tell a repetition. `Webhook` is the adapter that comes with the showroom: it posts to an address.

Source of the form: Standard Webhooks 1.0 (headers webhook-id, webhook-timestamp and webhook-signature,
"v1," + base64 of HMAC-SHA256 over "id.timestamp.body").
"""

import base64
import hashlib
import hmac
import logging
from typing import Protocol

import httpx
from sqlalchemy import Select, delete, exists, select, update

from showroom.errors import InputError
from showroom.shop import tables
from showroom.shop.store import Store

log = logging.getLogger(__name__)

_WRITTEN = "whsec_"
_MOST_AT_ONCE = 100
_TIMEOUT_S = 10.0
_FIRST_WAIT_S, _LONGEST_WAIT_S = 2, 3600


class Adapter(Protocol):
    """A real shop, as far as this one has to know it."""

    def tell(self, news_id: str, event: str, body: str, now_s: int) -> None:
        """Hands on one piece of news: order.paid, order.shipped, order.cancelled or order.refunded.

        body   : JSON: type, number, state, product_id, size_id, quantity, total_cents, currency, gift,
                 delivery, address.
        Raises : OSError if it was not taken and has to be told again.
        """


class Webhook:
    """Posts news to `url`, signed with `secret`: text, or "whsec_" and base64 as the specification has it."""

    def __init__(self, url: str, secret: str):
        self._url, self._secret = url, key_of(secret)

    def tell(self, news_id: str, event: str, body: str, now_s: int) -> None:
        """One POST; any answer of 2xx means that it was taken. Raises OSError."""
        headers = {"content-type": "application/json", "webhook-id": news_id, "webhook-timestamp": str(now_s),
                   "webhook-signature": signature(self._secret, news_id, now_s, body)}
        try:
            answer = httpx.post(self._url, content=body.encode(), headers=headers, timeout=_TIMEOUT_S)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise OSError(f"{type(error).__name__}: {error}") from None
        if not answer.is_success:
            raise OSError(f"it answered {answer.status_code}")


def key_of(secret: str) -> bytes:
    """The bytes to sign with. Raises InputError for base64 that is none."""
    if not secret.startswith(_WRITTEN):
        return secret.encode()
    try:
        return base64.b64decode(secret.removeprefix(_WRITTEN), validate=True)
    except ValueError:
        raise InputError(f"reading the webhook's secret: no base64 follows {_WRITTEN}; base64 is accepted, "
                         "or a secret that begins otherwise; correct it") from None


def signature(secret: bytes, news_id: str, timestamp_s: int, body: str) -> str:
    """What a receiver compares, in constant time."""
    signed = hmac.new(secret, f"{news_id}.{timestamp_s}.{body}".encode(), hashlib.sha256).digest()
    return "v1," + base64.b64encode(signed).decode()


def pass_on(store: Store, adapter: Adapter | None, now_s: int) -> int:
    """Tells what is due, oldest first; how many were taken. Without an adapter news is dropped.

    What is not taken is told again, each time after twice as long; news of the same order waits behind it.
    """
    if adapter is None:
        with store.writing() as connection:
            return connection.execute(delete(tables.news)).rowcount
    with store.reading() as connection:
        waiting = connection.execute(_due(now_s)).all()
    taken, held = 0, set()
    for news in waiting:
        if news.order_id in held:
            continue
        try:
            adapter.tell(f"news-{news.id}", news.event, news.body, now_s)
        except OSError as error:
            held.add(news.order_id)
            _put_off(store, news, now_s, error)
            continue
        with store.writing() as connection:
            connection.execute(delete(tables.news).where(tables.news.c.id == news.id))
        taken += 1
    return taken


def _due(now_s: int) -> Select:
    """News that may be told now; what waits longer keeps nobody waiting but its own order."""
    older = tables.news.alias()
    behind = exists().where(older.c.order_id == tables.news.c.order_id, older.c.id < tables.news.c.id,
                            older.c.due_s > now_s)
    return (select(tables.news).where(tables.news.c.due_s <= now_s, ~behind).order_by(tables.news.c.id)
            .limit(_MOST_AT_ONCE))


def _put_off(store: Store, news, now_s: int, error: OSError) -> None:
    wait_s = min(_FIRST_WAIT_S << min(news.tries, 16), _LONGEST_WAIT_S)
    log.warning("%s was not taken by the outside shop (%s); told again in %d s", news.event, error, wait_s)
    with store.writing() as connection:
        connection.execute(update(tables.news).values(tries=news.tries + 1, due_s=now_s + wait_s)
                           .where(tables.news.c.id == news.id))
