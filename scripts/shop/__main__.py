"""scripts/bench_shop: see its head."""

import argparse
import asyncio
import contextlib
import json
import os
import secrets
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import httpx
from clients import Tally, order_all
from postgres import NoPostgres, server

from showroom.catalogue import load_catalogue

MERCHANT_KEY = secrets.token_hex(24)
STOCK = "10000000"


def main() -> int:
    """Measures and prints."""
    args = _arguments()
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        urls = {"sqlite": f"sqlite:///{folder / 'shop.sqlite'}"}
        try:
            urls["postgresql"] = stack.enter_context(server())
        except NoPostgres as error:
            print(f"showroom: {error}; measuring SQLite alone", file=sys.stderr)
        tallies: dict[str, list] = {name: [] for name in urls}
        for _ in range(args.rounds):
            for name, url in urls.items():
                tallies[name].append(_round(url, folder, args.clients, args.orders))
    told = {name: _told(rounds, args.clients * args.orders) for name, rounds in tallies.items()}
    whole = all(one["errors"] == 0 and one["counted_otherwise"] == 0 for one in told.values())
    _print({"clients": args.clients, "orders_each": args.orders, "rounds": args.rounds, **told}, told, args.json)
    return 0 if whole else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/bench_shop")
    parser.add_argument("--json", action="store_true")
    for name, default in (("--clients", 1000), ("--orders", 5), ("--rounds", 3)):
        parser.add_argument(name, type=int, default=default)
    return parser.parse_args()


@contextlib.contextmanager
def _shop(database: str, folder: Path) -> Iterator[str]:
    """A shop in a process of its own; its address."""
    command = [sys.executable, "-m", "showroom", "shop", "--port", "0", "--database", database, "--stock", STOCK]
    environment = {**os.environ, "XDG_DATA_HOME": str(folder), "SHOWROOM_MERCHANT_KEY": MERCHANT_KEY,
                   "SHOWROOM_TILL_KEY": ""}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    try:
        yield json.loads(process.stdout.readline())["listening"]
    finally:
        process.terminate()
        process.wait(60)


def _round(database: str, folder: Path, clients: int, each: int) -> tuple[Tally, int]:
    """One round, and by how many the shop's own count of new orders differs from the clients'."""
    with _shop(database, folder) as url:
        before = _counted(url)
        asyncio.run(order_all(url, _bodies(), 20, 5))  # so that everything is loaded
        warm = _counted(url)
        tally = asyncio.run(order_all(url, _bodies(), clients, each))
        return tally, abs(_counted(url) - warm - len(tally.waits_s)) + abs(warm - before - 100)


def _counted(url: str) -> int:
    headers = {"Authorization": f"Bearer {MERCHANT_KEY}"}
    answer = httpx.get(f"{url}/merchant/orders?limit=1", headers=headers, timeout=60)
    return sum(answer.raise_for_status().json()["counted"].values())


def _bodies() -> list[dict]:
    """One order for each product that is sold."""
    return [{"product_id": product.id, "size_id": product.sizes[0].id if product.sizes else "", "quantity": 1,
             "gift": False, "delivery": "collect", "coupon": "", "language": "en", "currency": product.currency,
             "unit_cents": cents, "total_cents": cents}
            for product in load_catalogue().products if product.price_cents
            for cents in [product.price_of(product.sizes[0].id if product.sizes else "")]]


def _told(rounds: list[tuple[Tally, int]], wanted: int) -> dict:
    """Medians over the rounds, and their spread."""
    rates = [len(tally.waits_s) / tally.seconds for tally, _ in rounds]
    p99s = [_share(sorted(tally.waits_s), 0.99) * 1e3 for tally, _ in rounds]
    return {
        "rate_per_s": round(statistics.median(rates), 1), "rate_per_s_of_rounds": [round(rate, 1) for rate in rates],
        "p50_ms": round(statistics.median(_share(sorted(tally.waits_s), 0.5) * 1e3 for tally, _ in rounds), 1),
        "p99_ms": round(statistics.median(p99s), 1), "p99_ms_of_rounds": [round(p99, 1) for p99 in p99s],
        "answered": sum(len(tally.waits_s) for tally, _ in rounds),
        "errors": sum(max(wanted - len(tally.waits_s), len(tally.errors)) for tally, _ in rounds),
        "first_error": next((tally.errors[0] for tally, _ in rounds if tally.errors), ""),
        "counted_otherwise": sum(missing for _, missing in rounds),
    }


def _share(ordered: list[float], share: float) -> float:
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else float("nan")


def _print(whole: dict, told: dict, as_json: bool) -> None:
    if as_json:
        print(json.dumps(whole))
        return
    print(f"{whole['clients']} clients at once, {whole['orders_each']} orders each, {whole['rounds']} rounds in turn")
    for name, one in told.items():
        print(f"{name:<11} {one['rate_per_s']:8.1f} orders/s   p50 {one['p50_ms']:8.1f} ms   "
              f"p99 {one['p99_ms']:8.1f} ms   {one['errors']} errors   {one['counted_otherwise']} counted otherwise")


if __name__ == "__main__":
    sys.exit(main())
