"""soak orders: ten thousand confirmed orders, while processes are killed, replies get lost, the disk fills.

A stand-in for the show confirms orders and hands them to the orders' desk; its outbox sends them over a bad
line to a real shop. At random moments one of the three is killed (kill -9), or the disk of the ledger is
filled to its last page. At the end both ends are counted. Promised: of what a visitor was told is stored,
nothing is lost and nothing came twice; nothing is in the shop that nobody confirmed, and nothing of which a
visitor was told that it could not be ordered.

The disk is a small one of its own, in a namespace; where there can be none, that part is left out and the
figures say so.
"""

import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import _orders_house
from _orders_wire import Wire

from showroom.orders.ledger import CONFLICTING, NAME, WAITING, Ledger
from showroom.words.order import Order

ORDERS, SEED = 10_000, 8
DISK_BYTES = 96 << 20
EVENTS = ("kill show", "kill outbox", "kill shop", "full disk")
ORDERS_PER_EVENT = 25  # on the average; a hundredth of the whole sees each of them about once
FULL_S = (0.2, 2.5)
DRAINED_S = 600.0
SAME = ("product_id", "size_id", "quantity", "gift", "delivery", "unit_cents", "total_cents", "currency")
_ALONE = ("unshare", "--user", "--map-root-user", "--mount")


def main(share: float) -> int:
    """Runs that share of it, on a small disk of its own where there can be one; prints the figures."""
    with tempfile.TemporaryDirectory(prefix="showroom-orders-") as folder:
        command = [sys.executable, __file__, folder, str(max(int(ORDERS * share), 20))]
        ledger = Path(folder) / "ledger"
        ledger.mkdir()
        if _has_namespaces(ledger):
            mounted = f'mount -t tmpfs -o size={DISK_BYTES} none "$1" && shift && exec "$@"'
            command = [*_ALONE, "sh", "-c", mounted, "sh", str(ledger), *command, "small"]
        return subprocess.run(command, check=False).returncode


def _has_namespaces(folder: Path) -> bool:
    mounts = [*_ALONE, "mount", "-t", "tmpfs", "none", str(folder)]
    if not shutil.which("unshare"):
        return False
    return subprocess.run(mounts, capture_output=True, check=False).returncode == 0


def run(folder: Path, count: int, small_disk: bool) -> dict:
    """The whole of it; the figures."""
    began_s, chance = time.monotonic(), random.Random(SEED)
    house = _orders_house.Processes(folder, folder / "ledger", count, SEED)
    wire = Wire(house.shop_port, SEED)
    house.url = f"http://127.0.0.1:{wire.port}"
    try:
        house.open_show()
        happened = _trouble(house, chance, count, small_disk)
        wire.calm = True
        drained = _orders_house.until(lambda: _waiting(house.ledger) == 0, DRAINED_S)
        figures = _counted(house)
    finally:
        wire.close()
        house.close()
    figures |= {"orders": count, "drained": drained, "happened": dict(sorted(happened.items())),
                "line": dict(sorted(wire.fates.items())), "full_disk": small_disk,
                "seconds": round(time.monotonic() - began_s, 1)}
    figures["broken"] = broken(figures)
    return figures | {"holds": not figures["broken"]}


def _trouble(house: _orders_house.Processes, chance: random.Random, count: int, small_disk: bool) -> Counter:
    """Lets things happen while visitors confirm orders; each kind in turn, at random distances."""
    happened: Counter = Counter()
    events = [event for event in EVENTS if small_disk or event != "full disk"]
    turn, at = [], chance.uniform(0.2, 0.6) * ORDERS_PER_EVENT
    while (placed := house.placed()) < count:
        if placed < at:
            time.sleep(0.02)
            continue
        turn = turn or chance.sample(events, len(events))
        event = turn.pop()
        at += chance.uniform(0.5, 1.5) * ORDERS_PER_EVENT
        if event == "kill show":
            house.kill_show()
        elif event == "kill shop":
            house.kill_shop()
        elif event == "kill outbox" and not house.kill_outbox():
            continue
        elif event == "full disk":
            with _orders_house.full(house.ledger):
                time.sleep(chance.uniform(*FULL_S))
                if chance.random() < 0.3:
                    chance.choice((house.kill_show, house.kill_outbox))()
        happened[event] += 1
    return happened


def _waiting(folder: Path) -> int:
    """How many orders the ledger still holds to be sent; -1 before there is one."""
    if not (folder / NAME).is_file():
        return -1
    ledger = Ledger(folder / NAME)
    try:
        return sum(entry.state == WAITING for entry in ledger.entries())
    finally:
        ledger.close()


def _counted(house: _orders_house.Processes) -> dict:
    """Both ends: what visitors did and were told, and the ledger; the shop by its own account."""
    told: dict[str, set[str]] = {"stored": set(), "refused": set(), "conflict": set()}
    wanted: dict[str, str] = {}
    for line in house.diary.read_text().splitlines():
        what, key, *body = line.split(" ", 2)
        if what == "confirmed":
            wanted[key] = body[0]
        else:
            told[what].add(key)
    ledger = Ledger(house.ledger / NAME)
    entries = ledger.entries()
    ledger.close()
    shop = house.shop_orders()
    keys = Counter(order["key"] for order in shop)
    same = {order["key"] for order in shop if order["key"] in wanted and _is(order, wanted[order["key"]])}
    kept = {entry.order.key for entry in entries}
    return {
        "confirmed": len(wanted), "told_stored": len(told["stored"]), "told_refused": len(told["refused"]),
        "in_ledger": len(kept), "in_shop": len(shop),
        "lost": len((told["stored"] | kept) - set(keys)),
        "doubled": 2 * len(shop) - len(keys) - len({one["order_id"] for one in shop}),
        "unconfirmed": len(set(keys) - set(wanted)),
        "ordered_though_refused": len(set(keys) & told["refused"]),
        "other_than_confirmed": len(set(keys) & set(wanted)) - len(same),
        "conflicts": sum(entry.state == CONFLICTING for entry in entries),
        "disk_was_full": (house.folder / "show.log").read_text(errors="replace").count("disk is full"),
        "pieces_sold_beside": house.shop_sold() - sum(order["quantity"] for order in shop),
    }


def _is(told: dict, body: str) -> bool:
    """Whether the shop's order is what was confirmed."""
    order = Order.from_body(told["key"], body.encode())
    return all(told[name] == getattr(order, name) for name in SAME)


def broken(figures: dict) -> list[str]:
    """Names of the promises that were not kept."""
    none = ("lost", "doubled", "unconfirmed", "ordered_though_refused", "other_than_confirmed", "conflicts",
            "pieces_sold_beside")
    told = [name for name in none if figures[name]]
    told += ["drained"] if not figures["drained"] else []
    return told + (["confirmed"] if figures["confirmed"] < figures["orders"] else [])


if __name__ == "__main__":
    answer = run(Path(sys.argv[1]), int(sys.argv[2]), "small" in sys.argv[3:])
    print(json.dumps(answer))
    for name in answer["broken"]:
        print(f"scripts/soak orders: {name} is {answer[name]}", file=sys.stderr)
    sys.exit(0 if answer["holds"] else 1)
