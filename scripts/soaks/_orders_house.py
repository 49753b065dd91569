"""The shop, the show's stand-in and its outbox as processes of the soak: any may be killed at any moment."""

import contextlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import httpx

from showroom.orders.ledger import NAME

MERCHANT_KEY = "a-key-for-the-soak-of-orders-alone"
STOCK = 1_000_000
READY_S = 120.0


class Processes:
    """All of them.

    folder : of the shop's database and the diary.   ledger : folder of the show's.   count, seed : of orders.
    """

    def __init__(self, folder: Path, ledger: Path, count: int, seed: int):
        self.folder, self.ledger, self.diary = folder, ledger, folder / "diary"
        self._count, self._seed, self._shows = count, seed, 0
        self.diary.touch()
        self._shop: subprocess.Popen | None = None
        self._show: subprocess.Popen | None = None
        self.shop_port, self.url = 0, ""
        self.open_shop()

    def open_shop(self) -> None:
        """Opens the shop, on the same port as before; waits until it answers."""
        command = [sys.executable, "-m", "showroom", "shop", "--port", str(self.shop_port),
                   "--stock", str(STOCK), "--database", f"sqlite:///{self.folder / 'shop.sqlite'}"]
        environment = {**os.environ, "SHOWROOM_MERCHANT_KEY": MERCHANT_KEY}
        with (self.folder / "shop.log").open("ab") as said:
            self._shop = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=said, env=environment)
        line = self._shop.stdout.readline()
        self.shop_port = int(json.loads(line)["listening"].rsplit(":", 1)[1])

    def open_show(self) -> None:
        """Lets a visitor's show go on where the diary ends."""
        self._shows += 1
        command = [sys.executable, Path(__file__).with_name("_orders_show.py"), self.ledger, self.url,
                   self.diary, str(self._count), str(self._seed * 100_003 + self._shows)]
        with (self.folder / "show.log").open("ab") as said:
            self._show = subprocess.Popen(command, stderr=said)

    def kill_shop(self) -> None:
        """kill -9, and open it again."""
        self._shop.kill()
        self._shop.wait()
        self._shop.stdout.close()
        self.open_shop()

    def kill_show(self) -> None:
        """kill -9, and open it again."""
        self._show.kill()
        self._show.wait()
        self.open_show()

    def kill_outbox(self) -> bool:
        """kill -9 of the show's only child; the show starts another. Whether there was one."""
        children = Path(f"/proc/{self._show.pid}/task/{self._show.pid}/children")
        with contextlib.suppress(OSError, ValueError):  # started by a thread: listed under that
            for task in children.parent.parent.iterdir():
                for pid in (task / "children").read_text().split():
                    os.kill(int(pid), signal.SIGKILL)
                    return True
        return False

    def placed(self) -> int:
        """How many orders visitors have confirmed."""
        with self.diary.open("rb") as file:
            return sum(line.startswith(b"confirmed ") for line in file)

    def shop_orders(self) -> list[dict]:
        """Every order the shop has, by its own account."""
        orders: list[dict] = []
        after = ""
        while page := self._merchant(f"/merchant/orders?limit=1000&after={after}")["orders"]:
            orders += page
            after = page[-1]["order_id"]
        return orders

    def shop_count(self) -> int:
        """How many orders the shop has."""
        return sum(self._merchant("/merchant/orders?limit=1")["counted"].values())

    def shop_sold(self) -> int:
        """Pieces that have left its stock."""
        return sum(STOCK - left for product in self._merchant("/merchant/products")["products"]
                   for left in product["stock"].values())

    def _merchant(self, path: str) -> dict:
        answer = httpx.get(f"http://127.0.0.1:{self.shop_port}{path}", timeout=60.0, trust_env=False,
                           headers={"Authorization": f"Bearer {MERCHANT_KEY}"})
        answer.raise_for_status()
        return answer.json()

    def close(self) -> None:
        """Ends show and shop."""
        for process in (self._show, self._shop):
            if process is None:
                continue
            process.terminate()
            try:
                process.wait(20.0)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextlib.contextmanager
def full(folder: Path):
    """Fills the disk that a folder is on to its last page, for as long as this lasts.

    The ledger's log is shortened first: one that has been longer before has room of its own for a while.
    """
    filler = folder / "filler"
    with contextlib.suppress(sqlite3.Error):
        with contextlib.closing(sqlite3.connect(folder / NAME, timeout=2.0)) as base:
            base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    try:
        with filler.open("wb", buffering=0) as file:
            for size in (1 << 20, 4096):
                with contextlib.suppress(OSError):
                    while file.write(bytes(size)):
                        pass
        yield
    finally:
        with contextlib.suppress(OSError):
            filler.unlink()


def until(holds, longest_s: float = READY_S) -> bool:
    """Waits until `holds()`; whether it did in time."""
    ends_s = time.monotonic() + longest_s
    while not (held := holds()) and time.monotonic() < ends_s:
        time.sleep(0.05)
    return bool(held)
