"""Orders are kept before they are sent, and sent until answered: the same bytes under the same key."""

import http.server
import json
import os
import random
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from showroom.catalogue import load_catalogue
from showroom.errors import InputError, LedgerError
from showroom.orders import Orders
from showroom.orders.ledger import CONFLICTING, NAME, SENT, WAITING, Ledger
from showroom.orders.outbox import FIRST_S, LONGEST_S, Outbox, alone, pause_s, send_all
from showroom.orders.shop import Shop
from showroom.words.order import Draft, Order, Receipt

PRODUCT = load_catalogue().find("vespri")
LONG_S = 60.0


def order_of(number: int = 1, quantity: int = 2) -> Order:
    """An order with a key of that number."""
    return Order.of(Draft("vespri", "50ml", quantity), PRODUCT, f"{number:032x}", "en")


def receipt_of(state: str = "awaiting_payment", order_id: str = "one") -> dict:
    """What a shop answers."""
    return Receipt(order_id, state, 48000, "EUR", "http://127.0.0.1/pay").to_plain() | {"number": "A-1"}


class Script:
    """A shop that answers what it is told to: (status, headers, body), or None for no answer at all."""

    def __init__(self):
        self.answers, self.asked = [], []
        script = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _answer(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                script.asked.append((self.command, self.path, self.headers.get("Idempotency-Key"), body))
                answer = script.answers.pop(0) if script.answers else (201, {}, receipt_of())
                if answer is None:
                    self.close_connection = True
                    return
                status, headers, said = answer
                said = said if isinstance(said, bytes) else json.dumps(said).encode()
                self.send_response(status)
                for name, value in {**headers, "Content-Length": str(len(said))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(said)

            do_GET = do_POST = _answer

            def log_message(self, *_):
                """Silence."""

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def script():
    """A shop that does as it is told."""
    made = Script()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def ledger(tmp_path):
    """An empty ledger."""
    made = Ledger(tmp_path / NAME)
    yield made
    made.close()


class Clock:
    """A clock that is set by hand."""

    def __init__(self):
        self.now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def outbox(ledger, script):
    """An outbox of that ledger at that shop; its clock is set by hand."""
    made = Outbox(ledger, Shop(script.url), random.Random(1), Clock())
    made.pass_time = lambda seconds: setattr(made._clock, "now_s", made._clock.now_s + seconds)
    return made


# The outbox --------------------------------------------------------------------------------------

PROBLEM = {"type": "/problems#sold-out", "title": "Sold out", "detail": "There are no pieces left."}


def test_an_order_is_sent_until_it_is_answered_with_the_same_bytes_under_the_same_key(outbox, ledger, script):
    ledger.store(order_of(), 1.0)
    script.answers = [None, (500, {}, b"oh"), (503, {"Retry-After": "7"}, b""), (429, {}, b""),
                      (200, {}, b"<html>"), (409, {"Retry-After": "1"}, PROBLEM), (201, {}, receipt_of())]
    for _ in range(40):
        outbox.pass_time(LONGEST_S)
        outbox.step()
        if ledger.find(order_of().key).state != WAITING:
            break
    entry = ledger.find(order_of().key)
    assert entry.state == SENT and entry.receipt.order_id == "one" and entry.tries == 6
    sent = [one for one in script.asked if one[0] == "POST"]
    assert set(sent) == {("POST", "/orders", order_of().key, order_of().body())} and len(sent) == 7


@pytest.mark.parametrize(("status", "headers", "state"), [
    (400, {}, CONFLICTING), (409, {}, CONFLICTING), (413, {}, CONFLICTING), (422, {}, CONFLICTING),
    (409, {"Retry-After": "1"}, WAITING), (408, {}, WAITING), (425, {}, WAITING), (429, {}, WAITING),
    (500, {}, WAITING), (503, {}, WAITING), (302, {"Location": "/x"}, WAITING),
    (401, {}, WAITING), (404, {}, WAITING), (405, {}, WAITING),
])
def test_what_a_shop_says_decides_whether_it_is_tried_again(outbox, ledger, script, status, headers, state):
    ledger.store(order_of(), 1.0)
    script.answers = [(status, headers, PROBLEM)]
    outbox.step()
    entry = ledger.find(order_of().key)
    assert entry.state == state and entry.tries == 1
    assert entry.reason == f"{status} There are no pieces left."


@pytest.mark.parametrize("said", [
    b"", b"[]", b"null", receipt_of("lost"), receipt_of() | {"order_id": "../x"}, b"{" * 100, b"x" * 300_000,
])
def test_an_answer_that_is_no_receipt_is_asked_for_again(outbox, ledger, script, said):
    ledger.store(order_of(), 1.0)
    script.answers = [(201, {}, said)]
    outbox.step()
    assert ledger.find(order_of().key).state == WAITING
    outbox.pass_time(LONGEST_S)
    outbox.step()
    assert ledger.find(order_of().key).state == SENT


def test_where_no_shop_answers_one_order_is_tried_and_the_rest_wait(outbox, ledger, script, caplog):
    for number in range(10):
        ledger.store(order_of(number), number)
    script.answers = [(503, {}, b"")] * 50
    for _ in range(6):
        before = len(script.asked)
        wait_s = outbox.step()
        assert len(script.asked) == before + 1 and 0.0 < wait_s <= LONGEST_S
        assert outbox.step() == pytest.approx(wait_s) and len(script.asked) == before + 1
        outbox.pass_time(wait_s)
    assert [record.message for record in caplog.records if "does not answer" in record.message] != []
    assert sum("does not answer" in record.message for record in caplog.records) == 1
    script.answers = []
    for _ in range(4):
        outbox.step()
        outbox.pass_time(LONGEST_S)
    assert {one.state for one in ledger.entries()} == {SENT}
    assert sum("answers again" in record.message for record in caplog.records) == 1


def test_pauses_grow_up_to_a_minute_and_differ():
    chance = random.Random(3)
    for tries in range(40):
        span = min(LONGEST_S, FIRST_S * 2.0**tries)
        drawn = [pause_s(tries, chance) for _ in range(50)]
        assert span / 2 <= min(drawn) < max(drawn) <= span


def test_a_payment_is_followed_until_it_is_made(outbox, ledger, script):
    ledger.store(order_of(), 999.0)
    outbox.step()
    outbox.step()
    assert [one[:2] for one in script.asked] == [("POST", "/orders"), ("GET", "/orders/one")]
    script.answers = [(200, {}, receipt_of("refused")), (200, {}, receipt_of("paid"))]
    for _ in range(5):
        outbox.pass_time(3.0)
        outbox.step()
    assert ledger.find(order_of().key).receipt.state == "paid" and len(script.asked) == 4


def test_a_payment_is_awaited_however_many_paid_after_it(ledger):
    for number in range(6):
        ledger.store(order_of(number), float(number))
        receipt = receipt_of("awaiting_payment" if number == 0 else "paid", str(number))
        ledger.answered(order_of(number).key, Receipt.from_plain(receipt))
    assert [entry.receipt.order_id for entry in ledger.watched(0.0, 4)] == ["0"]


def test_an_order_is_cancelled_or_it_is_too_late(outbox, ledger, script):
    ledger.store(order_of(), 999.0)
    outbox.step()
    assert not ledger.cancel("another") and ledger.cancel("one")
    script.answers = [(503, {}, b""), (200, {}, receipt_of("cancelled"))]
    for _ in range(4):
        outbox.pass_time(LONGEST_S)
        outbox.step()
    entry = ledger.find(order_of().key)
    assert entry.receipt.state == "cancelled" and not entry.cancelling
    assert [one[1] for one in script.asked].count("/orders/one/cancel") == 2
    ledger.cancel("one")
    script.answers = [(409, {}, {"title": "Too late"})]
    outbox.step()
    entry = ledger.find(order_of().key)
    assert not entry.cancelling and entry.reason == "409 Too late" and entry.state == SENT


def test_a_key_that_is_none_is_refused_and_not_shown(monkeypatch):
    for key in ("schlüssel-zur-kasse", "two-lines\nof-it"):
        monkeypatch.setenv("SHOWROOM_TILL_KEY", key)
        with pytest.raises(InputError, match="SHOWROOM_TILL_KEY") as told:
            Shop("http://127.0.0.1:9")
        assert key[:6] not in str(told.value)


@pytest.mark.parametrize("url", ["", "nowhere", "ftp://a", "http://", "file:///etc/passwd"])
def test_an_address_that_is_none_is_refused(url):
    with pytest.raises(InputError, match="speaking to the shop"):
        Shop(url)


def test_the_till_s_key_goes_along(monkeypatch, ledger, script):
    monkeypatch.setenv("SHOWROOM_TILL_KEY", "k" * 24)
    assert Shop(script.url)._client.headers["Authorization"] == "Bearer " + "k" * 24


# The desk ----------------------------------------------------------------------------------------


@pytest.fixture
def desk(tmp_path, script):
    """A desk whose outbox sends to the shop that does as it is told."""
    made = Orders(tmp_path, script.url)
    yield made
    made.close()


def news_of(desk, count: int) -> list:
    """So many news, or as many as came."""
    news, ends_s = [], time.monotonic() + LONG_S
    while len(news) < count and time.monotonic() < ends_s:
        news += desk.poll()
        time.sleep(0.005)
    return news


def test_an_order_is_stored_then_sent_and_news_of_it_come_once(desk, script):
    desk.place(order_of())
    stored, answered = news_of(desk, 2)
    assert (stored.key, stored.kind) == (order_of().key, "stored")
    assert (answered.kind, answered.receipt.state) == ("receipt", "awaiting_payment")
    script.answers = [(200, {}, receipt_of("paid"))]
    assert [one.receipt.state for one in news_of(desk, 1)] == ["paid"]
    assert desk.poll() == [] and "paid" in desk.status


def test_an_outbox_that_is_killed_is_started_again(desk, script, caplog):
    desk.place(order_of(1))
    news_of(desk, 2)
    first = desk.outbox_pid
    os.kill(first, 9)
    desk.place(order_of(2))
    assert [one.kind for one in news_of(desk, 2)] == ["stored", "receipt"]
    assert desk.outbox_pid not in (0, first)
    assert sum("the outbox ended with code -9" in record.message for record in caplog.records) == 1


def test_a_show_that_is_killed_takes_its_outbox_along_and_the_next_one_sends(tmp_path, script):
    show = ("import sys, time; from pathlib import Path; from showroom.orders import Orders\n"
            "orders = Orders(Path(sys.argv[1]), sys.argv[2])\n"
            "while not orders.outbox_pid: time.sleep(0.01)\n"
            "print(orders.outbox_pid, flush=True); time.sleep(600)")
    command = [sys.executable, "-c", show, str(tmp_path), script.url]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    outbox = Path(f"/proc/{child.stdout.readline().strip()}")
    child.kill()
    child.wait()
    ends_s = time.monotonic() + LONG_S
    while outbox.exists() and time.monotonic() < ends_s:
        time.sleep(0.02)
    assert not outbox.exists()
    waiting = Ledger(tmp_path / NAME)
    waiting.store(order_of(), 1.0)
    desk = Orders(tmp_path, script.url)
    while waiting.find(order_of().key).state != SENT and time.monotonic() < ends_s:
        time.sleep(0.02)
    assert waiting.find(order_of().key).state == SENT
    desk.close()
    waiting.close()


def test_a_disk_that_fails_after_it_stored_has_stored(tmp_path, monkeypatch, caplog):
    """An error does not say that nothing was stored: the ledger is looked into."""
    store, failed = Ledger.store, []

    def stores_and_fails(self, order, now_s):
        store(self, order, now_s)
        if not failed:
            failed.append(order)
            raise LedgerError("storing: the disk failed")

    monkeypatch.setattr(Ledger, "store", stores_and_fails)
    desk = Orders(tmp_path, "")
    desk.place(order_of())
    assert [one.kind for one in news_of(desk, 1)] == ["stored"]
    desk.close()
    assert sum("the disk failed" in record.message for record in caplog.records) == 1


def test_what_cannot_be_stored_is_told(tmp_path, monkeypatch):
    def fails(self, order, now_s):
        raise LedgerError("storing: the disk is full")

    monkeypatch.setattr(Ledger, "store", fails)
    desk = Orders(tmp_path, "")
    desk.place(order_of())
    news, = news_of(desk, 1)
    assert (news.kind, news.reason) == ("refused", "storing: the disk is full")
    desk.close()
    assert Ledger(tmp_path / NAME).entries() == []


def test_a_folder_that_cannot_be_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    desk = Orders(tmp_path / "file" / "folder", "")
    desk.place(order_of())
    news, = news_of(desk, 1)
    assert news.kind == "refused" and "opening" in news.reason
    desk.close()


# Staff -------------------------------------------------------------------------------------------


def test_staff_see_to_what_the_shop_would_not_take(tmp_path, ledger, script, showroom):
    for number in (1, 2, 3):
        ledger.store(order_of(number), 1e9 + number)
    script.answers = [(409, {}, PROBLEM), (409, {}, PROBLEM)]
    with alone(tmp_path / NAME) as mine:
        assert mine
        with pytest.raises(LedgerError, match="another outbox is at it"):
            send_all(ledger, script.url)
    sent = showroom("orders", "--dir", tmp_path, "send", "--shop", script.url)
    assert sent.returncode == 0 and sent.stdout == "1 sent, 0 waiting\n"
    listed = json.loads(showroom("orders", "--dir", tmp_path, "list", "--json").stdout)
    assert listed["counted"] == {"conflict": 2, "sent": 1} and len(listed["orders"]) == 2
    assert "order_id" not in json.dumps(listed)
    assert listed["orders"][0]["reason"] == "409 There are no pieces left."
    ledger.again(order_of(1).key)
    key = order_of(2).key
    ledger.settled(key)
    assert [one.state for one in ledger.entries()] == [WAITING, "settled", SENT]
    refused = showroom("orders", "--dir", tmp_path, "again", key[:8])
    assert refused.returncode == 1 and "0 begin so; conflicts are none" in refused.stderr
    assert "1 sent, 0 waiting" in showroom("orders", "--dir", tmp_path, "send", "--shop", script.url).stdout
    keys = {one[2]: one[3] for one in script.asked}
    assert len(keys) == 3 and len(script.asked) == 4
    assert ledger.find(order_of(1).key).body == keys[order_of(1).key]
