"""The ledger of orders: each is stored once, on the disk, and never changes."""

import os
import sqlite3

import pytest
from test_orders import order_of

from showroom.errors import LedgerError
from showroom.orders.ledger import NAME, WAITING, Ledger
from showroom.orders.outbox import LONGEST_S


@pytest.fixture
def ledger(tmp_path):
    """An empty ledger."""
    made = Ledger(tmp_path / NAME)
    yield made
    made.close()


def test_an_order_is_stored_once_and_never_changes(ledger, tmp_path):
    for _ in range(2):
        ledger.store(order_of(), 5.0)
    entry, = ledger.entries()
    assert (entry.order, entry.body) == (order_of(), order_of().body())
    assert (entry.state, entry.confirmed_s) == (WAITING, 5.0)
    with pytest.raises(LedgerError, match="another order has its key"):
        ledger.store(order_of(quantity=3), 6.0)
    other = sqlite3.connect(tmp_path / NAME)
    for change in ("UPDATE orders SET body = x'00'", "UPDATE orders SET key = 'x'", "DELETE FROM orders"):
        with pytest.raises(sqlite3.IntegrityError, match="an order"):
            other.execute(change)
    other.close()
    assert ledger.find(order_of().key) == entry and ledger.find("f" * 32) is None
    assert (tmp_path / NAME).stat().st_mode & 0o077 == 0


def test_what_was_stored_is_on_the_disk_before_anybody_hears_of_it(ledger, tmp_path):
    assert sqlite3.connect(tmp_path / NAME).execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert ledger._base.execute("PRAGMA synchronous").fetchone()[0] == 2
    child = os.fork()
    if child == 0:  # stores, and dies at once as by kill -9
        other = Ledger(tmp_path / NAME)
        other.store(order_of(7), 1.0)
        os.kill(os.getpid(), 9)
    os.waitpid(child, 0)
    assert ledger.find(order_of(7).key).state == WAITING


@pytest.mark.parametrize("content", [b"not a database at all, but long enough to be read as one" * 20])
def test_a_file_that_is_no_ledger_is_one_line(tmp_path, content):
    (tmp_path / NAME).write_bytes(content)
    with pytest.raises(LedgerError) as raised:
        Ledger(tmp_path / NAME)
    assert "not a database" in str(raised.value) and "\n" not in str(raised.value)


def test_a_ledger_of_another_version_is_left_alone(tmp_path):
    other = sqlite3.connect(tmp_path / NAME)
    other.execute("PRAGMA user_version = 9")
    other.close()
    with pytest.raises(LedgerError, match="version 9; 1 is accepted"):
        Ledger(tmp_path / NAME)


def test_changes_are_counted(ledger):
    for number in (1, 2):
        ledger.store(order_of(number), number)
    seen = ledger.newest_change()
    ledger.put_off(order_of(1).key, 9.0, "no answer")
    assert [one.order.key for one in ledger.since(seen)] == [order_of(1).key]
    assert [one.order.key for one in ledger.due(8.0, LONGEST_S)] == [order_of(2).key]
    assert len(ledger.due(9.0, LONGEST_S)) == 2 and ledger.next_due_s() == 0.0


def test_a_clock_that_was_set_back_keeps_nothing_waiting(ledger):
    ledger.store(order_of(), 1e9)
    ledger.put_off(order_of().key, 1e9 + 30.0, "")
    assert ledger.due(1e9, LONGEST_S) == [] and len(ledger.due(1e9 - 86_400, LONGEST_S)) == 1
