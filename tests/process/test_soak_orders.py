"""Orders on a bad day: a hundredth of the soak holds what all promise, and what breaks a promise is seen."""

import importlib
import json
import subprocess
import sys

import pytest


@pytest.fixture(scope="module")
def orders(repository):
    """scripts/soaks/orders.py, which is no part of the package."""
    folder = str(repository / "scripts" / "soaks")
    sys.path.insert(0, folder)
    try:
        return importlib.import_module("orders")
    finally:
        sys.path.remove(folder)


def test_a_hundredth_of_them_holds(orders, python_command, own_environment, repository):
    command = [*python_command, str(repository / "scripts" / "soaks"), "orders", "--share", "0.01"]
    answer = subprocess.run(command, capture_output=True, text=True, env=own_environment, timeout=900,
                            check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    told = json.loads(answer.stdout)
    assert told["holds"] and not told["broken"]
    assert told["confirmed"] == told["orders"] == 100
    assert told["in_shop"] == told["in_ledger"] >= told["told_stored"] > 80
    events = set(orders.EVENTS) - (set() if told["full_disk"] else {"full disk"})
    assert set(told["happened"]) == events, "not everything happened that should"
    assert told["line"]["lost reply"] and told["line"]["twice"]
    if not told["full_disk"]:
        pytest.skip("no namespaces for users here: no disk can be made that is small enough to fill")


GOOD = {"orders": 2, "confirmed": 2, "drained": True, "lost": 0, "doubled": 0, "unconfirmed": 0,
        "conflicts": 0, "ordered_though_refused": 0, "other_than_confirmed": 0, "pieces_sold_beside": 0}


@pytest.mark.parametrize("name", [name for name in GOOD if name not in ("orders", "confirmed", "drained")])
def test_one_that_breaks_a_promise_is_seen(orders, name):
    assert orders.broken(GOOD) == []
    assert orders.broken(GOOD | {name: 1}) == [name]


def test_orders_that_still_wait_or_were_never_placed_are_seen(orders):
    assert orders.broken(GOOD | {"drained": False, "confirmed": 1}) == ["drained", "confirmed"]
