"""News for a real shop, against a real receiver on this machine: signed, in order, told again until it is taken."""

import http.server
import json
import threading

import pytest
from shop_kit import body
from sqlalchemy import func, select

from showroom.shop import gateway, ledger, outside, tables
from showroom.words.order import Order

SECRET, NOW_S = "a-secret-between-the-two-of-us", 1_800_000_000
TERMS = ledger.Terms("https://shop.example")


@pytest.fixture
def receiver():
    """An HTTP server that keeps what it is told, and answers with what stands in `answers` first, else 204."""
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            told = self.rfile.read(int(self.headers["content-length"])).decode()
            server.told.append((dict(self.headers), told))
            self.send_response(server.answers.pop(0) if server.answers else 204)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.told, server.answers = [], []
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join(10)


def paid_order(store, key: str) -> str:
    plain = body(product_id="resina", unit_cents=100_000)
    answer = ledger.place(store, Order(key=key, **plain), ledger.fingerprint(plain), TERMS, NOW_S)
    order_id = json.loads(answer.body)["order_id"]
    with store.writing() as connection:
        payment = gateway.open_payment(connection, ledger.find(connection, order_id), NOW_S)
        gateway.settle(connection, payment.id, "paid", NOW_S)
    return order_id


def waiting(store) -> int:
    with store.reading() as connection:
        return connection.scalar(select(func.count()).select_from(tables.news))


def test_a_real_shop_hears_of_everything_in_order_until_it_has_taken_it(store, receiver):
    webhook = outside.Webhook(f"http://127.0.0.1:{receiver.server_port}/hook", SECRET)
    first, second = paid_order(store, "a" * 32), paid_order(store, "b" * 32)
    with store.writing() as connection:
        ledger.ship(connection, first, NOW_S)
    receiver.answers = [500]
    assert outside.pass_on(store, webhook, NOW_S) == 1  # the second order's; the first's waits, and what is behind it
    assert [json.loads(told)["type"] for _, told in receiver.told] == ["order.paid", "order.paid"]
    assert outside.pass_on(store, webhook, NOW_S + 1) == 0 and waiting(store) == 2
    assert outside.pass_on(store, webhook, NOW_S + 2) == 2 and waiting(store) == 0
    types = [json.loads(told)["type"] for _, told in receiver.told[2:]]
    assert types == ["order.paid", "order.shipped"]
    assert receiver.told[0][0]["webhook-id"] == receiver.told[2][0]["webhook-id"]  # so that it can tell a repetition
    for headers, told in receiver.told:
        signed = outside.signature(SECRET.encode(), headers["webhook-id"], int(headers["webhook-timestamp"]), told)
        assert headers["webhook-signature"] == signed
        assert first not in told and second not in told  # an order's id is its holder's secret


def test_a_signature_is_the_published_one():
    """The example of the Standard Webhooks specification, whose secret is given in base64."""
    secret = outside.key_of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    assert outside.signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, '{"test": 2432232314}') == (
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")


def test_nobody_there_costs_nothing_but_time(store):
    webhook = outside.Webhook("http://127.0.0.1:9/hook", SECRET)
    paid_order(store, "c" * 32)
    waits, now_s = [], NOW_S
    for _ in range(4):
        assert outside.pass_on(store, webhook, now_s) == 0
        with store.reading() as connection:
            due_s = connection.scalar(select(tables.news.c.due_s))
        waits.append(due_s - now_s)
        now_s = due_s
    assert waits == [2, 4, 8, 16] and waiting(store) == 1
    assert outside.pass_on(store, None, now_s) == 1 and waiting(store) == 0  # a shop without an outside one forgets


class Told:
    """An outside shop that takes what it is told, but for the events in `refused`."""

    def __init__(self, *refused: str):
        self.ids, self.refused = [], refused

    def tell(self, news_id, event, body, now_s):
        if event in self.refused:
            raise OSError("not that")
        self.ids.append(news_id)


def test_an_id_is_never_another_piece_of_news(store):
    """A real shop passes over an id that it has seen: it must not come again once its news is gone from here."""
    told = Told()
    for key in "de":
        paid_order(store, key * 32)
        assert outside.pass_on(store, told, NOW_S) == 1
    assert len(set(told.ids)) == 2


def test_what_nobody_takes_keeps_no_other_news_waiting(store, monkeypatch):
    monkeypatch.setattr(outside, "_MOST_AT_ONCE", 1)
    told = Told("order.paid")
    for key in "fg":
        order = paid_order(store, key * 32)
    with store.writing() as connection:
        connection.execute(tables.news.delete().where(tables.news.c.order_id == order))
        ledger.ship(connection, order, NOW_S)
    assert outside.pass_on(store, told, NOW_S) == 0 and told.ids == []  # the first, which is not taken
    assert outside.pass_on(store, told, NOW_S) == 1 and waiting(store) == 1
