"""The desk: where the show gives orders in and hears what became of them, without ever waiting.

A thread of its own waits for the disk and for the outbox's process, which it starts again when that ends.
"""

import logging
import queue
import subprocess
import sys
import threading
import time
from collections import deque
from pathlib import Path

from showroom.errors import LedgerError
from showroom.orders.ledger import CONFLICTING, NAME, SENT, Entry, Ledger
from showroom.words.order import ANSWER, CONFLICT, REFUSAL, STORED, News, Order

LOOK_S = 0.2        # how often the ledger is asked for news while something is under way
IDLE_S = 2.0        # and how often the outbox is looked after otherwise
TRIES, TRY_S = 3, 0.3  # to store an order, before the visitor is told that it could not be
AGAIN_S, LONGEST_S = 1.0, 60.0  # between two starts of the outbox, doubled where it
YOUNG_S = 5.0                   # did not live even so long
CLOSING_S = 5.0
MOST_FOLLOWED = 16

log = logging.getLogger("orders")


class Orders:
    """The show's side of orders.

    folder : of the ledger, made if it is not there.   shop_url : "" keeps orders without sending them.
    News come from `poll`, each once: "stored" or "refused" of every order that was placed, then what the
    shop says.
    """

    def __init__(self, folder: Path, shop_url: str):
        self.path, self._url = Path(folder) / NAME, shop_url
        self._asked: queue.SimpleQueue = queue.SimpleQueue()
        self._news: deque[News] = deque()
        self._status = "orders: nothing under way"
        self._followed: deque[str] = deque(maxlen=MOST_FOLLOWED)
        self._told: deque[News] = deque(maxlen=4 * MOST_FOLLOWED)
        self._outbox: subprocess.Popen | None = None
        self._starts, self._started_s, self._start_at_s = 0, 0.0, 0.0
        self._thread = threading.Thread(target=self._work, name="showroom orders", daemon=True)
        self._thread.start()

    @property
    def status(self) -> str:
        """One line for staff."""
        return self._status

    @property
    def outbox_pid(self) -> int:
        """The process that sends, 0 while there is none."""
        return self._outbox.pid if self._outbox is not None else 0

    def place(self, order: Order) -> None:
        """Takes an order in. It is ordered once the news "stored" has come; with "refused" nothing was."""
        self._asked.put(order)

    def cancel(self, order_id: str) -> None:
        """Wants the shop's order of that id cancelled; its receipt will say when it is."""
        self._asked.put(order_id)

    def poll(self) -> list[News]:
        """What has happened since the last call. Never waits."""
        news = []
        while self._news:
            news.append(self._news.popleft())
        return news

    def close(self) -> None:
        """Stores what was placed, and ends the outbox; what was not sent yet is, the next time."""
        self._asked.put(None)
        self._thread.join(CLOSING_S)

    # -- the thread -----------------------------------------------------------------------------------

    def _work(self) -> None:
        ledger, seen = None, 0
        try:
            while True:
                self._tend()
                asked = self._next()
                if ledger is None:
                    ledger, seen = self._opened(asked)
                if asked is None:
                    return
                if ledger is not None:
                    self._heed(ledger, asked)
                    seen = self._look(ledger, seen)
        finally:
            if ledger is not None:
                ledger.close()
            self._end()

    def _next(self) -> Order | str | None:
        """What was asked for; "" for nothing within a while, None at the end."""
        try:
            return self._asked.get(timeout=LOOK_S if self._followed else IDLE_S)
        except queue.Empty:
            return ""

    def _opened(self, asked: Order | str | None) -> tuple[Ledger | None, int]:
        """The ledger and how far it has come; None where it can't be opened, and then nothing is ordered."""
        try:
            ledger = Ledger(self.path)
            return ledger, ledger.newest_change()
        except LedgerError as error:
            self._say(str(error))
            if isinstance(asked, Order):
                self._news.append(News(asked.key, REFUSAL, reason=str(error)))
            return None, 0

    def _heed(self, ledger: Ledger, asked: Order | str) -> None:
        if isinstance(asked, Order):
            self._news.append(self._stored(ledger, asked))
            self._ring()
        elif asked:
            try:
                ledger.cancel(asked)
                self._ring()
            except LedgerError as error:
                self._say(str(error))

    def _stored(self, ledger: Ledger, order: Order) -> News:
        """Stores an order. Who is told that nothing was ordered can rely on it: errors are looked into."""
        tries = 0
        while True:
            tries += 1
            try:
                ledger.store(order, time.time())
                self._followed.append(order.key)
                return News(order.key, STORED)
            except LedgerError as error:
                self._say(str(error))
                reason = str(error)
            try:
                if ledger.find(order.key) is None and tries >= TRIES:
                    return News(order.key, REFUSAL, reason=reason)
            except LedgerError as error:  # not known: it goes on until it is
                self._say(str(error))
            time.sleep(TRY_S)

    def _look(self, ledger: Ledger, seen: int) -> int:
        """News of the orders that were placed here; how far the ledger has been read."""
        try:
            for entry in ledger.since(seen):
                seen = entry.changed
                news = _news_of(entry)
                if news is not None and news.key in self._followed and news not in self._told:
                    self._told.append(news)
                    self._news.append(news)
                    state = news.receipt.state if news.receipt else news.kind
                    self._status = f"orders: {news.key[:8]} {state}"
        except LedgerError as error:
            self._say(str(error))
        return seen

    def _say(self, line: str) -> None:
        """Once for staff, however often it happens in a row."""
        if line != self._status:
            log.warning("%s", line)
        self._status = line

    # -- the outbox's process -------------------------------------------------------------------------

    def _tend(self) -> None:
        """Starts the outbox, and again when it has ended, each time a little later."""
        if not self._url or (self._outbox is not None and self._outbox.poll() is None):
            return
        if time.monotonic() < self._start_at_s:
            return
        if self._outbox is not None:
            log.warning("the outbox ended with code %s; starting it again", self._outbox.returncode)
            self._end()
        now_s = time.monotonic()
        self._starts = 1 if now_s - self._started_s > YOUNG_S else self._starts + 1
        self._started_s = now_s
        self._start_at_s = now_s + min(AGAIN_S * 2.0 ** min(self._starts - 1, 8), LONGEST_S)
        command = [sys.executable, "-m", "showroom.orders.outbox", str(self.path), self._url]
        try:
            self._outbox = subprocess.Popen(command, stdin=subprocess.PIPE)
        except OSError as error:
            self._say(f"starting the outbox: {error}; orders are kept; starting it again")

    def _ring(self) -> None:
        if self._outbox is not None and self._outbox.stdin is not None:
            try:
                self._outbox.stdin.write(b"\0")
                self._outbox.stdin.flush()
            except (OSError, ValueError):  # it has died; the next one looks into the ledger by itself
                pass

    def _end(self) -> None:
        """Closes its input, at which it ends when it has sent what it is sending."""
        outbox, self._outbox = self._outbox, None
        if outbox is None:
            return
        if outbox.stdin is not None:
            try:
                outbox.stdin.close()
            except OSError:
                pass
        try:
            outbox.wait(CLOSING_S / 2)
        except subprocess.TimeoutExpired:
            outbox.kill()
            outbox.wait()


def _news_of(entry: Entry) -> News | None:
    """What a visitor may hear of an entry, None while it waits."""
    if entry.state == SENT and entry.receipt is not None:
        return News(entry.order.key, ANSWER, entry.receipt)
    if entry.state == CONFLICTING:
        return News(entry.order.key, CONFLICT, reason=entry.reason)
    return None
