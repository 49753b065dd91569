"""The ledger: every order that was confirmed, in one SQLite file, with what has become of it.

An order and its key are stored in one transaction, on disk, before anything is sent. A stored order's key and
body never change: the database itself refuses. Several processes may have the same ledger open.
"""

import contextlib
import json
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from showroom.errors import LedgerError, OrderError
from showroom.words.order import AWAITING, REFUSED, Order, Receipt

WAITING, SENT, CONFLICTING, SETTLED = "waiting", "sent", "conflict", "settled"
VERSION = 1
BUSY_S = 10.0
NAME = "orders.sqlite"

_TABLES = """
CREATE TABLE IF NOT EXISTS orders (
    key TEXT PRIMARY KEY, body BLOB NOT NULL, confirmed_s REAL NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting', tries INTEGER NOT NULL DEFAULT 0, next_s REAL NOT NULL DEFAULT 0,
    receipt TEXT NOT NULL DEFAULT '', reason TEXT NOT NULL DEFAULT '', cancelling INTEGER NOT NULL DEFAULT 0,
    changed INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS orders_by_state ON orders (state, next_s);
CREATE INDEX IF NOT EXISTS orders_by_change ON orders (changed);
CREATE TRIGGER IF NOT EXISTS orders_stay BEFORE UPDATE OF key, body, confirmed_s ON orders
    BEGIN SELECT RAISE(ABORT, 'an order never changes'); END;
CREATE TRIGGER IF NOT EXISTS orders_are_kept BEFORE DELETE ON orders
    BEGIN SELECT RAISE(ABORT, 'an order is never removed'); END;
"""
_TOLD = "json_extract(NULLIF(receipt, ''), "  # what stands in a receipt at the path that follows
_CHANGE = "changed = (SELECT MAX(changed) + 1 FROM orders)"


@dataclass(frozen=True)
class Entry:
    """One order in the ledger.

    state   : "waiting" (to be sent), "sent", "conflict" (the shop will not have it), "settled" (by staff).
    body    : the bytes that are sent, always the same.   tries : how often it was sent in vain.
    confirmed_s, next_s : when it was confirmed, and is tried again; seconds since 1970.
    receipt : the shop's newest, or None.   reason : why not, one line.
    cancelling : the visitor wants it cancelled.
    changed : counts up over the whole ledger with every change.
    """

    order: Order
    body: bytes
    confirmed_s: float
    state: str
    tries: int
    next_s: float
    receipt: Receipt | None
    reason: str
    cancelling: bool
    changed: int


class Ledger:
    """An open ledger. For one thread; makes the file, readable by its owner alone, where there is none.

    Raises LedgerError, always and alone, if the disk or the file fails; then nothing of that call was stored,
    unless it says that this is not known.
    """

    def __init__(self, path: Path):
        self.path = Path(path)
        with self._told("opening"):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
            self._base = sqlite3.connect(self.path, timeout=BUSY_S, isolation_level=None)
            self._base.row_factory = sqlite3.Row
            try:
                self._prepare()
            except BaseException:
                self._base.close()
                raise

    def _prepare(self) -> None:
        self._base.execute("PRAGMA journal_mode = WAL")
        self._base.execute("PRAGMA synchronous = FULL")  # in this mode only FULL waits for the disk
        version = self._base.execute("PRAGMA user_version").fetchone()[0]
        if version not in (0, VERSION):
            raise LedgerError(f"opening {self.path}: a ledger of version {version}; {VERSION} is accepted; "
                              "use the showroom that wrote it")
        if version == 0:
            self._base.executescript(f"BEGIN IMMEDIATE; {_TABLES} PRAGMA user_version = {VERSION}; COMMIT;")

    def close(self) -> None:
        """Closes the file."""
        self._base.close()

    # -- the show's side ----------------------------------------------------------------------------

    def store(self, order: Order, now_s: float) -> None:
        """Keeps an order to be sent. The same again changes nothing.

        Raises LedgerError if it could not be stored, or if another order has its key.
        """
        body = order.body()
        with self._told(f"storing order {order.key[:8]}"), self._transaction():
            self._base.execute(
                "INSERT OR IGNORE INTO orders (key, body, confirmed_s, changed) VALUES "
                "(?, ?, ?, (SELECT COALESCE(MAX(changed), 0) + 1 FROM orders))", (order.key, body, now_s))
            kept = self._base.execute("SELECT body FROM orders WHERE key = ?", (order.key,)).fetchone()[0]
            if kept != body:
                raise LedgerError(f"storing order {order.key[:8]} in {self.path}: another order has its key; "
                                  "a key of its own is accepted; draw a new one")

    def find(self, key: str) -> Entry | None:
        """The order of that key."""
        return next(iter(self._entries("WHERE key = ?", key)), None)

    def since(self, changed: int) -> list[Entry]:
        """What has changed after that count, in the order it did."""
        return self._entries("WHERE changed > ? ORDER BY changed", changed)

    def newest_change(self) -> int:
        """The count of the newest change, 0 for none."""
        with self._told("reading"):
            return self._base.execute("SELECT COALESCE(MAX(changed), 0) FROM orders").fetchone()[0]

    def cancel(self, order_id: str) -> bool:
        """Wants the shop's order of that id cancelled; whether there is one."""
        found = self._entries(f"WHERE state = ? AND {_TOLD}'$.order_id') = ?", SENT, order_id)
        return bool(found) and self._set(found[0].order.key, "cancelling = 1")

    # -- the outbox's side --------------------------------------------------------------------------

    def due(self, now_s: float, longest_s: float, most: int = 16) -> list[Entry]:
        """Orders that may be sent now, those that wait longest first.

        longest_s : nothing waits longer than this, so a clock that was set back keeps nothing waiting.
        """
        return self._entries("WHERE state = ? AND (next_s <= ? OR next_s > ?) "
                             "ORDER BY next_s, confirmed_s LIMIT ?", WAITING, now_s, now_s + longest_s, most)

    def watched(self, since_s: float, most: int) -> list[Entry]:
        """The newest orders whose payment is awaited, or that shall be cancelled."""
        return self._entries("WHERE state = ? AND (cancelling OR confirmed_s >= ? AND "
                             f"{_TOLD}'$.state') IN (?, ?)) "
                             "ORDER BY cancelling DESC, confirmed_s DESC LIMIT ?",
                             SENT, since_s, AWAITING, REFUSED, most)

    def next_due_s(self) -> float | None:
        """When the next waiting order may be sent; None if none waits."""
        with self._told("reading"):
            row = self._base.execute("SELECT MIN(next_s) FROM orders WHERE state = ?", (WAITING,)).fetchone()
            return row[0]

    def answered(self, key: str, receipt: Receipt) -> None:
        """The shop has it; its newest receipt."""
        settled = receipt.state not in (AWAITING, REFUSED)
        self._set(key, "state = ?, receipt = ?, reason = '', cancelling = cancelling AND NOT ?", SENT,
                  json.dumps(receipt.to_plain(), sort_keys=True), settled)

    def put_off(self, key: str, next_s: float, reason: str) -> None:
        """It was sent in vain; try again then."""
        self._set(key, "tries = tries + 1, next_s = ?, reason = ?", next_s, reason)

    def conflicts(self, key: str, reason: str) -> None:
        """The shop will never take it; staff have to know."""
        self._set(key, "state = ?, tries = tries + 1, reason = ?", CONFLICTING, reason)

    def not_cancelled(self, key: str, reason: str) -> None:
        """The shop would not cancel it."""
        self._set(key, "cancelling = 0, reason = ?", reason)

    # -- staff's side -------------------------------------------------------------------------------

    def entries(self) -> list[Entry]:
        """Every order, the oldest first."""
        return self._entries("ORDER BY confirmed_s, key")

    def again(self, key: str) -> bool:
        """A conflict is tried once more, the same body under the same key; whether there was one."""
        return self._set(key, "state = 'waiting', next_s = 0", only=CONFLICTING)

    def settled(self, key: str) -> bool:
        """Staff have seen to a conflict by hand; whether there was one."""
        return self._set(key, "state = 'settled'", only=CONFLICTING)

    # -- steps --------------------------------------------------------------------------------------

    def _set(self, key: str, changes: str, *values: object, only: str = "") -> bool:
        which = "key = ?" + (" AND state = ?" if only else "")
        with self._told(f"noting order {key[:8]}"):
            done = self._base.execute(f"UPDATE orders SET {changes}, {_CHANGE} WHERE {which}",
                                      (*values, key, *([only] if only else ())))
            return done.rowcount > 0

    def _entries(self, which: str, *values: object) -> list[Entry]:
        with self._told("reading"):
            return [self._entry(row) for row in self._base.execute(f"SELECT * FROM orders {which}", values)]

    def _entry(self, row: sqlite3.Row) -> Entry:
        try:
            receipt = Receipt.from_plain(json.loads(row["receipt"])) if row["receipt"] else None
            order = Order.from_body(row["key"], row["body"])
        except (OrderError, ValueError) as error:
            raise LedgerError(f"reading order {row['key'][:8]} in {self.path}: {error}; it is none of ours; "
                              "move the file aside and ask the shop") from None
        return Entry(order, row["body"], row["confirmed_s"], row["state"], row["tries"], row["next_s"],
                     receipt, row["reason"], bool(row["cancelling"]), row["changed"])

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        self._base.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._base.execute("COMMIT")
        except BaseException:
            with contextlib.suppress(sqlite3.Error):  # a full disk may have rolled it back already
                self._base.execute("ROLLBACK")
            raise

    @contextlib.contextmanager
    def _told(self, what: str) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise LedgerError(f"{what} in {self.path}: {error}; a file that can be written, on a disk with "
                              "room, is needed; check its rights and the space left") from None
