"""The show as the soak of orders needs it: it confirms orders one after another, and is killed at any moment.

`_orders_show.py LEDGER_FOLDER URL DIARY COUNT SEED`. What a visitor did and was told is written into the
diary before and after, a line at a time, on a disk that does not fill: "confirmed KEY BODY", "stored KEY",
"refused KEY". When there are COUNT confirmed orders in it, it stays for the outbox's sake until it is asked to end.
"""

import os
import random
import signal
import sys
import time
from collections import deque
from pathlib import Path

from showroom.catalogue import load_catalogue
from showroom.orders import Orders
from showroom.orders.desk import MOST_FOLLOWED
from showroom.words.order import CONFLICT, REFUSAL, STORED, Draft, News, Order

PRODUCTS = load_catalogue().products
FRAME_S = 0.002
IMPATIENT = 0.005  # of visitors a frame, who order though many orders are on their way


def an_order(chance: random.Random) -> Order:
    """One that can be placed: a product in a size of its own, within the limits."""
    while True:
        product = chance.choice(PRODUCTS)
        size_id = chance.choice([size.id for size in product.sizes] or [""])
        draft = Draft(product.id, size_id, chance.randint(1, 3), chance.random() < 0.3,
                      chance.choice(("collect", "ship")))
        if not draft.lacks(product):
            key = f"{chance.getrandbits(128):032x}"
            return Order.of(draft, product, key, chance.choice(("en", "zh", "it")))


class Diary:
    """Appended line by line; what is written stays, whoever is killed."""

    def __init__(self, path: Path):
        self._file = os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY)

    def write(self, *words: str) -> None:
        """One line at once."""
        os.write(self._file, (" ".join(words) + "\n").encode())


def confirmed(path: Path) -> int:
    """How many orders a diary says were confirmed."""
    with path.open("rb") as file:
        return sum(line.startswith(b"confirmed ") for line in file)


def main(folder: str, url: str, diary: str, count: str, seed: str) -> None:
    """Confirms orders until there are enough, then stays for the outbox's sake until it is ended."""
    chance, book, asked = random.Random(int(seed)), Diary(Path(diary)), [False]
    signal.signal(signal.SIGTERM, lambda *_: asked.__setitem__(0, True))
    left = int(count) - confirmed(Path(diary))
    orders, open_keys = Orders(Path(folder), url), deque(maxlen=MOST_FOLLOWED)
    while not asked[0]:
        for news in orders.poll():
            _hear(news, open_keys, book)
        if left > 0 and (len(open_keys) < MOST_FOLLOWED or chance.random() < IMPATIENT):
            order = an_order(chance)
            book.write("confirmed", order.key, order.body().decode())
            orders.place(order)
            open_keys.append(order.key)
            left -= 1
        else:
            time.sleep(FRAME_S)
    orders.close()


def _hear(news: News, open_keys: deque, book: Diary) -> None:
    """An order is open until the shop has it, or nobody will."""
    if news.kind in (STORED, REFUSAL):
        book.write(news.kind, news.key)
    if news.kind == CONFLICT:
        book.write(news.kind, news.key, news.reason)
    if news.kind != STORED and news.key in open_keys:
        open_keys.remove(news.key)


if __name__ == "__main__":
    main(*sys.argv[1:])
