"""The outbox: a process of its own that sends what the ledger holds, until the shop has answered.

`python -m showroom.orders.outbox LEDGER URL`: it reads bells (any byte) from standard input, and ends when
that is closed, as it is when the show dies. It may be killed at any moment: what was not noted is sent again,
the same body under the same key. Of several at one ledger only one sends.
"""

import contextlib
import fcntl
import logging
import os
import random
import select
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from showroom.errors import LedgerError, ShowroomError
from showroom.orders.ledger import SENT, WAITING, Entry, Ledger
from showroom.orders.shop import AWAY, NEVER, TAKEN, Answer, Shop

FIRST_S, LONGEST_S = 0.25, 60.0  # between tries: doubled each time, up to this
WATCH_S, WATCH_FOR_S, MOST_WATCHED = 2.0, 2100.0, 4
LOCK_S = 0.5

log = logging.getLogger("orders")


def pause_s(tries: int, chance: random.Random) -> float:
    """How long to wait after so many tries in vain, drawn from the upper half of a doubling span.

    Source : "equal jitter", M. Brooker (2015), "Exponential Backoff And Jitter", AWS Architecture Blog.
    """
    span = min(LONGEST_S, FIRST_S * 2.0 ** min(tries, 20))
    return span * chance.uniform(0.5, 1.0)


class Outbox:
    """Sends what is due.

    ledger, shop : both its own.   chance : of the pauses.   clock : seconds since 1970.
    """

    def __init__(self, ledger: Ledger, shop: Shop, chance: random.Random | None = None,
                 clock: Callable[[], float] = time.time):
        self._ledger, self._shop, self._chance = ledger, shop, chance or random.Random()
        self._away, self._rest_until_s, self._watch_at_s = 0, 0.0, 0.0
        self._clock = clock

    def step(self) -> float:
        """Sends what is due and asks after what is awaited; seconds until there may be more to do."""
        now_s = self._clock()
        if now_s < self._rest_until_s <= now_s + LONGEST_S:
            return self._rest_until_s - now_s
        for entry in self._ledger.due(now_s, LONGEST_S):
            if not self.send(entry):
                return max(self._rest_until_s - self._clock(), 0.0)
        watched = self._watch(now_s)
        next_s = self._ledger.next_due_s()
        waits = [WATCH_S] if watched else [LONGEST_S]
        if next_s is not None:
            waits.append(max(next_s - self._clock(), 0.0))
        return min(waits)

    def send(self, entry: Entry) -> bool:
        """One try of one order; whether a shop that works answered."""
        answer = self._shop.order(entry)
        key = entry.order.key
        if answer.kind == TAKEN and answer.receipt is not None:
            self._ledger.answered(key, answer.receipt)
        elif answer.kind == NEVER:
            self._ledger.conflicts(key, answer.reason)
            log.warning("order %s: the shop will not take it: %s; see `showroom orders list`", key[:8],
                        answer.reason)
        else:
            after_s = max(pause_s(entry.tries, self._chance), min(answer.after_s or 0.0, LONGEST_S))
            self._ledger.put_off(key, self._clock() + after_s, answer.reason)
        return self._heard(answer)

    def _watch(self, now_s: float) -> bool:
        """Asks after payments that are awaited, has cancelled what shall be; whether there are any."""
        watched = self._ledger.watched(now_s - WATCH_FOR_S, MOST_WATCHED)
        early = self._watch_at_s > now_s >= self._watch_at_s - WATCH_S
        if early and not any(entry.cancelling for entry in watched):
            return bool(watched)
        self._watch_at_s = now_s + WATCH_S
        for entry in watched:
            if entry.receipt is None:
                continue
            ask = self._shop.cancel if entry.cancelling else self._shop.state
            answer = ask(entry.receipt)
            changed = entry.cancelling or answer.receipt != entry.receipt
            if answer.kind == TAKEN and answer.receipt and changed:
                self._ledger.answered(entry.order.key, answer.receipt)
            elif answer.kind == NEVER and entry.cancelling:
                self._ledger.not_cancelled(entry.order.key, answer.reason)
            if not self._heard(answer):
                break
        return bool(watched)

    def _heard(self, answer: Answer) -> bool:
        """Rests where no shop that works answers; says so when it begins, and when one does again."""
        if answer.kind != AWAY:
            if self._away > 3:
                log.warning("the shop answers again; orders go on")
            self._away = 0
            return True
        self._away += 1
        if self._away == 4:
            log.warning("the shop does not answer: %s; orders are kept and tried again", answer.reason)
        after_s = max(pause_s(self._away, self._chance), min(answer.after_s or 0.0, LONGEST_S))
        self._rest_until_s = self._clock() + after_s
        return False


@contextlib.contextmanager
def alone(path: Path) -> Iterator[bool]:
    """Whether nobody else sends from the ledger at that path, for as long as this lasts."""
    file = os.open(path.with_suffix(".lock"), os.O_CREAT | os.O_RDWR, 0o600)
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(file)


def send_all(ledger: Ledger, url: str) -> tuple[int, int, str]:
    """Tries every waiting order once, with nobody else sending.

    Returns: how many were sent, how many wait, and why the first of these does.
    Raises : InputError if the address is none, LedgerError if another outbox is at it.
    """
    shop = Shop(url)
    with alone(ledger.path) as mine:
        if not mine:
            raise LedgerError(f"sending from {ledger.path}: another outbox is at it; one at a time is "
                              "accepted; close the show, or leave it to the show")
        outbox, before = Outbox(ledger, shop), [one for one in ledger.entries() if one.state == WAITING]
        for entry in before:
            if not outbox.send(entry):
                break
    after = [ledger.find(one.order.key) for one in before]
    left = [one for one in after if one is not None and one.state == WAITING]
    reason = next((one.reason for one in left if one.reason), "")
    return sum(one is not None and one.state == SENT for one in after), len(left), reason


def serve(path: Path, url: str, bells: int) -> None:
    """Sends until `bells`, a file descriptor, is closed at its other end."""
    shop = Shop(url)
    while True:
        with contextlib.suppress(OSError), alone(path) as mine:
            if mine:
                return _serve_alone(path, shop, bells)
        if _closed(bells, LOCK_S):
            return


def _serve_alone(path: Path, shop: Shop, bells: int) -> None:
    outbox: Outbox | None = None
    while True:
        try:
            outbox = outbox or Outbox(Ledger(path), shop)
            wait_s = outbox.step()
        except LedgerError as error:  # a full disk: what was answered is asked for again, under the same key
            log.warning("%s; trying again", error)
            wait_s = LOCK_S
        if _closed(bells, wait_s):
            return


def _closed(bells: int, wait_s: float) -> bool:
    """Waits for a bell, or so long; whether nobody is there to ring any more."""
    ready, _, _ = select.select([bells], [], [], wait_s)
    return bool(ready) and not os.read(bells, 4096)


def main(words: list[str]) -> int:
    """The process: LEDGER URL."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the show's ending ends it
    logging.basicConfig(format="showroom: %(message)s", level=logging.WARNING)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    try:
        serve(Path(words[0]), words[1], sys.stdin.fileno())
    except ShowroomError as error:
        log.error("%s", error)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
