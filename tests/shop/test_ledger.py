"""The ledger's promises, on SQLite and on a real PostgreSQL.

Once for each key, never more pieces than there are, never dearer than was confirmed.
"""

import dataclasses
import json
import threading
import time
import uuid
from collections import Counter

import pytest
from shop_kit import body
from sqlalchemy import func, insert, select
from sqlalchemy.exc import OperationalError

from showroom.catalogue import load_catalogue
from showroom.errors import NotReadyError
from showroom.shop import app, gateway, keepsake, ledger, shelf, tables
from showroom.shop.keys import Keys
from showroom.shop.problems import Refused
from showroom.shop.store import open_store
from showroom.shop.till import Till
from showroom.words.order import Order

TERMS, NOW_S = ledger.Terms("https://shop.example", pay_within_s=600, keep_s=1000), 1_800_000_000
GATEWAY = gateway.TestGateway()


def place(store, key=None, now_s=NOW_S, **changes) -> ledger.Answer:
    plain = body(**changes)
    return ledger.place(store, Order(key=key or uuid.uuid4().hex, **plain), ledger.fingerprint(plain), TERMS, now_s)


def placed(store, **changes) -> dict:
    answer = place(store, **changes)
    assert answer.status == 201, answer.body
    return json.loads(answer.body)


def pieces(store, product_id="vespri", size_id="50ml") -> int:
    with store.reading() as connection:
        return shelf.stock_of(connection, product_id)[size_id]


def state(store, order_id) -> str:
    with store.reading() as connection:
        return ledger.find(connection, order_id).state


def coupon(store, code="WINTER10", percent=10, off_cents=0, uses=1) -> None:
    with store.writing() as connection:
        connection.execute(insert(tables.coupons).values(
            code=code, percent=percent, off_cents=off_cents, currency="EUR", product_id=None, uses_left=uses,
            starts_s=0, ends_s=NOW_S * 2))


def pay(store, order_id, verdict="paid", now_s=NOW_S) -> str:
    """Opens a payment and settles it; the order's state then."""
    with store.writing() as connection:
        payment = gateway.open_payment(connection, ledger.find(connection, order_id), now_s)
    with store.writing() as connection:
        return gateway.settle(connection, payment.id, verdict, now_s).state


def test_same_key_and_body_get_the_same_answer_for_ever(store):
    key = uuid.uuid4().hex
    first = place(store, key)
    pay(store, json.loads(first.body)["order_id"])
    again = [place(store, key, now_s=NOW_S + later) for later in (1, 10**8)]
    assert first.status == 201 and not first.replayed
    assert all((one.status, one.body, one.replayed) == (201, first.body, True) for one in again)
    assert pieces(store) == 4


def test_a_key_belongs_to_its_body(store):
    key = uuid.uuid4().hex
    place(store, key)
    with pytest.raises(Refused) as refused:
        place(store, key, gift=True)
    assert refused.value.problem.code == "idempotency-key-reused" and pieces(store) == 4


def test_a_refusal_is_kept_too(store):
    key = uuid.uuid4().hex
    assert place(store, key, quantity=6).status == 409
    with store.writing() as connection:
        shelf.set_stock(connection, shelf.find(connection, "vespri").product, "50ml", 100)
    late = place(store, key, quantity=6)
    assert late.status == 409 and late.replayed and pieces(store) == 100


@pytest.mark.parametrize(("changes", "code"), [
    ({"quantity": 6}, "sold-out"), ({"product_id": "nothing"}, "unknown-product"), ({"size_id": "3l"}, "unknown-size"),
    ({"size_id": ""}, "unknown-size"), ({"currency": "USD"}, "currency-differs"), ({"coupon": "NEVER"}, "bad-coupon"),
    ({"unit_cents": 100}, "price-changed"), ({"size_id": "100ml"}, "price-changed"),
])
def test_what_cannot_be_sold_is_refused_and_leaves_nothing(store, changes, code):
    answer = place(store, **changes)
    assert answer.status == 409 and json.loads(answer.body)["type"].endswith("#" + code)
    assert pieces(store) == 5
    with store.reading() as connection:
        assert ledger.counted(connection) == {}


def test_the_same_key_at_once_makes_one_order(store):
    key, answers = uuid.uuid4().hex, []
    threads = [threading.Thread(target=lambda: answers.append(place(store, key))) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(answers) == 12 and len({one.body for one in answers}) == 1
    assert sum(not one.replayed for one in answers) == 1 and pieces(store) == 4


def test_the_last_pieces_are_sold_once(store):
    coupon(store, uses=3)
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(place(store, coupon="WINTER10"))) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert Counter(one.status for one in answers) == {201: 3, 409: 9}
    assert pieces(store) == 2


def test_it_never_costs_more_than_was_confirmed_but_may_cost_less(store):
    coupon(store, percent=25, uses=2)
    order = placed(store, coupon="WINTER10")
    assert (order["total_cents"], order["discount_cents"], order["coupon"]) == (18000, 6000, "WINTER10")
    generous = placed(store, unit_cents=30000)
    assert generous["total_cents"] == 24000


def test_a_promotion_is_free_while_it_lasts(store):
    with store.writing() as connection:
        connection.execute(insert(tables.promotions).values(id="opening", product_id=None, size_id=None, orders_left=1,
                                                            starts_s=0, ends_s=NOW_S * 2))
    first, second = placed(store), placed(store)
    assert (first["state"], first["total_cents"], first["promotion"], first["pay_url"]) == ("paid", 0, "opening", "")
    assert (second["state"], second["total_cents"], second["promotion"]) == ("awaiting_payment", 24000, "")
    with store.writing() as connection:
        gateway.cancel(connection, first["order_id"], NOW_S)
    assert placed(store)["promotion"] == "opening"


def test_whoever_comes_too_late_for_a_promotion_pays_what_was_confirmed(store):
    with store.writing() as connection:
        connection.execute(insert(tables.promotions).values(id="opening", product_id=None, size_id=None, orders_left=2,
                                                            starts_s=0, ends_s=NOW_S * 2))
    orders = []
    threads = [threading.Thread(target=lambda: orders.append(placed(store))) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(one["total_cents"] for one in orders) == [0, 0, 24000, 24000, 24000]


def test_paid_refused_and_expired(store):
    order = placed(store)["order_id"]
    assert pay(store, order, "refused") == "refused"
    assert pay(store, order, "refused") == "refused"
    assert pay(store, order, "paid") == "paid"
    other = placed(store)["order_id"]
    assert pay(store, other, "expired") == "expired" and pieces(store) == 4


def test_the_first_verdict_counts(store):
    order = placed(store)["order_id"]
    with store.writing() as connection:
        payment = gateway.open_payment(connection, ledger.find(connection, order), NOW_S).id
        assert gateway.open_payment(connection, ledger.find(connection, order), NOW_S).id == payment
        gateway.settle(connection, payment, "paid", NOW_S)
        assert gateway.settle(connection, payment, "refused", NOW_S).state == "paid"


def test_an_unpaid_order_ends_and_gives_its_pieces_back(store):
    coupon(store)
    order = placed(store, coupon="WINTER10", quantity=2)["order_id"]
    for now_s, expired in ((NOW_S + 599, 0), (NOW_S + 600, 1), (NOW_S + 601, 0)):
        with store.writing() as connection:
            assert ledger.expire(connection, now_s) == expired
    assert state(store, order) == "expired" and pieces(store) == 5
    assert placed(store, coupon="WINTER10")["coupon"] == "WINTER10"


@pytest.mark.parametrize("ending", ["cancelled", "expired"])
def test_money_for_an_order_that_has_ended_goes_back(store, ending):
    order = placed(store)["order_id"]
    with store.writing() as connection:
        payment = gateway.open_payment(connection, ledger.find(connection, order), NOW_S).id
        if ending == "cancelled":
            gateway.cancel(connection, order, NOW_S)
        else:
            assert ledger.expire(connection, NOW_S + 600) == 1
    with store.writing() as connection:  # the phone was on the gateway's page meanwhile
        assert gateway.settle(connection, payment, "paid", NOW_S).state == ending
    assert [gateway.return_owed(store, GATEWAY, NOW_S) for _ in range(2)] == [1, 0]
    with store.writing() as connection:
        assert gateway.settle(connection, payment, "paid", NOW_S).state == ending  # told twice
        assert gateway.find(connection, payment).state == "refunded"


def test_a_card_that_is_refused_may_be_tried_again_on_the_same_page_and_is_charged_once(store):
    order = placed(store)["order_id"]
    with store.writing() as connection:
        first = gateway.open_payment(connection, ledger.find(connection, order), NOW_S).id
        gateway.settle(connection, first, "refused", NOW_S)
        second = gateway.open_payment(connection, ledger.find(connection, order), NOW_S).id
        assert gateway.settle(connection, first, "paid", NOW_S).state == "paid"
        assert gateway.settle(connection, second, "paid", NOW_S).state == "paid"
        assert [gateway.find(connection, one).state for one in (first, second)] == ["paid", "owed"]


def test_a_change_of_mind_until_it_is_shipped(store):
    waiting, paid, sent = (placed(store)["order_id"] for _ in range(3))
    for order in (paid, sent):
        pay(store, order)
    with store.writing() as connection:
        ledger.ship(connection, sent, NOW_S)
        for _ in range(2):
            assert gateway.cancel(connection, waiting, NOW_S).state == "cancelled"
            assert gateway.cancel(connection, paid, NOW_S).state == "refunded"
        with pytest.raises(Refused, match="shipped"):
            gateway.cancel(connection, sent, NOW_S)
        with pytest.raises(Refused):
            ledger.ship(connection, waiting, NOW_S)
    assert pieces(store) == 4
    with store.writing() as connection:
        assert gateway.give_back(connection, ledger.find(connection, sent), NOW_S).state == "refunded"
    assert pieces(store) == 4  # what was shipped is not on the shelf again


def test_a_refund_is_asked_for_until_the_payment_service_takes_it(store):
    class Silent(gateway.TestGateway):
        def refund(self, payment_id, cents):
            raise gateway.Unanswered("no answer in 10 s")

    orders = [placed(store)["order_id"] for _ in range(2)]
    for order in orders:
        pay(store, order)
        with store.writing() as connection:
            assert gateway.cancel(connection, order, NOW_S).state == "refunded"
    assert pieces(store) == 5
    assert gateway.return_owed(store, Silent(), NOW_S) == 0
    assert gateway.return_owed(store, GATEWAY, NOW_S) == 2
    assert gateway.return_owed(store, GATEWAY, NOW_S) == 0


def test_a_payment_service_that_does_not_answer_keeps_no_page_from_going(store, tmp_path):
    class Silent(gateway.TestGateway):
        def refund(self, payment_id, cents):
            raise gateway.Unanswered("no answer in 10 s")

    order = placed(store)["order_id"]
    pay(store, order)
    with store.writing() as connection:
        gateway.cancel(connection, order, NOW_S)
    app.sweep(Till(store, TERMS, Keys(), Silent(), tmp_path), NOW_S + 1000)
    with store.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(tables.keepsakes)) == 0


def test_what_breaks_once_is_done_again(monkeypatch):
    """Adapters and gateways are written by others: whatever they raise, unpaid orders must end the next time."""
    over, came = threading.Event(), []

    def work(now_s):
        came.append(now_s)
        if len(came) == 3:
            over.set()
        raise KeyError("their fault")

    monkeypatch.setattr(app, "SWEEP_S", 0.0)
    app._again_until(over, work)
    assert len(came) == 3


def test_an_address_is_kept_for_what_is_sent_alone(store):
    sent, not_sent = (placed(store, delivery="ship")["order_id"] for _ in range(2))
    with store.writing() as connection:
        connection.execute(tables.orders.update().values(address='{"name": "Ada"}'))
        gateway.cancel(connection, not_sent, NOW_S)
        assert ledger.find(connection, sent).address and not ledger.find(connection, not_sent).address


def test_a_page_to_take_home_is_gone_with_its_picture(store):
    order = placed(store)
    page = order["receipt_url"].rsplit("/", 1)[1]
    with store.writing() as connection:
        keepsake.keep_still(connection, order["order_id"], b"a picture", NOW_S)
        assert keepsake.find(connection, page, NOW_S + 999).still == b"a picture"
        with pytest.raises(Refused):
            keepsake.find(connection, page, NOW_S + 1000)
        assert keepsake.clear(connection, NOW_S + 1000) == 1
        assert connection.scalar(select(func.count()).select_from(tables.keepsakes)) == 0
        with pytest.raises(Refused):
            keepsake.keep_still(connection, order["order_id"], b"a picture", NOW_S + 1000)
        assert ledger.find(connection, order["order_id"]).state == "awaiting_payment"  # the order itself stays


def test_secrets_cannot_be_guessed(store):
    answered = [placed(store, product_id=one, size_id="50ml", unit_cents=100_000) for one in ("vespri", "resina") * 2]
    secret = [one["order_id"] for one in answered] + [one["receipt_url"].rsplit("/", 1)[1] for one in answered]
    assert len(set(secret)) == 8 and all(len(one) == 32 for one in secret)  # 24 random bytes each
    assert len({one["number"] for one in answered}) == 4


def test_a_catalogue_that_no_longer_names_a_product_takes_it_off_sale(store):
    whole = load_catalogue()
    with store.writing() as connection:
        shelf.stock_up(connection, dataclasses.replace(whole, products=whole.products[2:]), 5)
    assert place(store).status == 409 or whole.products[1].id != "vespri"
    with store.writing() as connection:
        shelf.stock_up(connection, whole, 99)
    assert place(store).status == 201 and pieces(store) == 4  # counted once, not anew


def test_a_newer_shops_database_is_refused(database):
    store = open_store(database)
    with store.writing() as connection:
        connection.execute(tables.about.update().values(version=tables.VERSION + 1))
    with pytest.raises(NotReadyError, match=r"version 2.*accepted"):
        open_store(database)
    with store.writing() as connection:
        connection.execute(tables.about.update().values(version=tables.VERSION))
    store.close()


def test_work_done_together_lasts_or_fails_each_for_itself(store):
    """Many at once, some of which break: those alone leave nothing, and nobody hears of it before it lasts."""
    heard, gate = [], threading.Barrier(24)

    def work(number, connection):
        connection.execute(insert(tables.promotions).values(id=f"promotion-{number}", product_id=None, size_id=None,
                                                            orders_left=1, starts_s=0, ends_s=1))
        if number % 3 == 0:
            raise ValueError(number)
        return number

    def ask(number):
        gate.wait(60)
        try:
            done = store.together(lambda connection: work(number, connection))
        except ValueError as error:
            done = -error.args[0] - 1
        with store.reading() as connection:
            named = tables.promotions.c.id == f"promotion-{number}"
            there = connection.scalar(select(tables.promotions.c.id).where(named))
        heard.append((number, done, there is not None))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(heard) == [(n, -n - 1, False) if n % 3 == 0 else (n, n, True) for n in range(24)]


def test_a_disk_that_fills_up_meanwhile_loses_no_answer_that_was_given(tmp_path):
    """SQLite undoes the whole transaction then, and a commit of nothing succeeds: nobody may hear "done"."""
    opened = open_store(f"sqlite:///{tmp_path / 'shop.sqlite'}")

    def add(connection, name, filling=False):
        if filling:
            connection.exec_driver_sql("PRAGMA cache_size = 1")
            connection.exec_driver_sql("PRAGMA max_page_count = 1")  # what there is, and no page more
        connection.execute(insert(tables.news).values(event="", order_id=name, body="x" * 100_000 * filling, tries=0,
                                                      due_s=0))

    answers = {}

    def ask(name, filling):
        try:
            opened.together(lambda connection: add(connection, name, filling))
            answers[name] = "done"
        except OperationalError:
            answers[name] = "not done"

    threads = [threading.Thread(target=ask, args=(name, name == "much")) for name in ("little", "much")]
    with opened.writing():  # until both wait, one behind the other
        for at, thread in enumerate(threads, 1):
            thread.start()
            deadline = time.monotonic() + 30
            while len(opened._waiting) < at and time.monotonic() < deadline:
                time.sleep(0.01)
    for thread in threads:
        thread.join(60)
    with opened.reading() as connection:
        there = set(connection.scalars(select(tables.news.c.order_id)))
    opened.close()
    assert answers["much"] == "not done"
    assert there == {name for name, answer in answers.items() if answer == "done"}


def test_a_database_that_holds_addresses_is_its_owners_alone(tmp_path):
    path = tmp_path / "new" / "shop.sqlite"
    open_store(f"sqlite:///{path}").close()
    assert path.stat().st_mode & 0o077 == 0


def test_a_still_that_is_gone_lies_in_no_file_any_more(tmp_path):
    path, picture = tmp_path / "shop.sqlite", b"a picture of somebody's own place " * 1000
    opened = open_store(f"sqlite:///{path}")
    with opened.writing() as connection:
        shelf.stock_up(connection, load_catalogue(), 5)
    order = placed(opened)["order_id"]
    with opened.writing() as connection:
        keepsake.keep_still(connection, order, picture, NOW_S)
    opened.close()
    assert picture[:34] in path.read_bytes()
    opened = open_store(f"sqlite:///{path}")
    with opened.writing() as connection:
        assert keepsake.clear(connection, NOW_S + 1000) == 1
    opened.close()
    assert all(picture[:34] not in file.read_bytes() for file in tmp_path.iterdir())
