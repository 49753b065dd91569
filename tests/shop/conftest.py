"""What the shop's tests share: a database of each kind, and a shop that runs as a user would start it.

The PostgreSQL server is the one that scripts/bench_shop starts: a real one in a folder of its own.
"""

import contextlib
import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts" / "shop"))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from postgres import NoPostgres, server  # noqa: E402

from showroom.catalogue import load_catalogue  # noqa: E402
from showroom.shop import shelf, tables  # noqa: E402
from showroom.shop.store import Store, open_store  # noqa: E402

TILL_KEY, MERCHANT_KEY = "till-key-of-the-tests-0123456789", "merchant-key-of-the-tests-0123456789"


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL database, empty at first; it forgets faster than a shop's should."""
    with contextlib.ExitStack() as stack:
        try:
            url = stack.enter_context(server("fsync=off"))
        except NoPostgres as error:
            pytest.skip(str(error))
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request, tmp_path) -> str:
    """The URL of an empty database of either kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'shop.sqlite'}"
    url = request.getfixturevalue("postgres_url")
    store = open_store(url)
    with store.writing() as connection:
        for table in reversed(tables.metadata.sorted_tables):
            connection.execute(table.delete())
    store.close()
    return url


@pytest.fixture
def store(database) -> Iterator[Store]:
    """A database with the house's products on its shelf, five of each size."""
    opened = open_store(database)
    with opened.writing() as connection:
        shelf.stock_up(connection, load_catalogue(), 5)
    yield opened
    opened.close()


@dataclass(frozen=True)
class Shop:
    """A shop that is running. client: knows its address and the till's key."""

    url: str
    client: httpx.Client
    merchant: dict[str, str]

    def order(self, **changes) -> dict:
        """Orders, under a key of its own; the answer's body."""
        answer = self.client.post("/orders", json=body(**changes), headers={"Idempotency-Key": uuid.uuid4().hex})
        assert answer.status_code == 201, answer.text
        return answer.json()


def body(**changes) -> dict:
    """The body of an order of one Vespri."""
    plain = {"coupon": "", "currency": "EUR", "delivery": "collect", "gift": False, "language": "en",
             "product_id": "vespri", "quantity": 1, "size_id": "50ml", "unit_cents": 24000, **changes}
    return {"total_cents": plain["unit_cents"] * plain["quantity"], **plain}


@contextlib.contextmanager
def running(folder: Path, *arguments: str, environment: dict[str, str] | None = None) -> Iterator[Shop]:
    """`showroom shop` in a child, on a port of its own."""
    command = [sys.executable, "-m", "showroom", "shop", "--port", "0", "--database",
               f"sqlite:///{folder / 'shop.sqlite'}", "--stock", "1000000", *arguments]
    environment = {**os.environ, "XDG_DATA_HOME": str(folder), "SHOWROOM_TILL_KEY": TILL_KEY,
                   "SHOWROOM_MERCHANT_KEY": MERCHANT_KEY, **(environment or {})}
    log = folder / "log"
    with log.open("w") as complaints:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=complaints, text=True, env=environment)
    try:
        line = process.stdout.readline()
        assert line, log.read_text()
        url = json.loads(line)["listening"]
        with httpx.Client(base_url=url, headers={"Authorization": f"Bearer {TILL_KEY}"}, timeout=60) as client:
            yield Shop(url, client, {"Authorization": f"Bearer {MERCHANT_KEY}"})
    finally:
        process.terminate()
        assert process.wait(60) is not None
        process.stdout.close()
    assert "Traceback" not in log.read_text(), log.read_text()


@pytest.fixture(scope="session")
def shop(tmp_path_factory) -> Iterator[Shop]:
    """A shop on SQLite that all tests of its HTTP share."""
    with running(tmp_path_factory.mktemp("shop")) as started:
        yield started
