"""What the shop's tests share: a database of each kind, and a shop that runs as a user would start it.

The PostgreSQL server is the one that scripts/bench_shop starts: a real one in a folder of its own.
"""

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts" / "shop"))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from postgres import NoPostgres, server  # noqa: E402
from shop_kit import Shop, running  # noqa: E402

from showroom.catalogue import load_catalogue  # noqa: E402
from showroom.shop import shelf, tables  # noqa: E402
from showroom.shop.store import Store, open_store  # noqa: E402


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


@pytest.fixture(scope="session")
def shop(tmp_path_factory) -> Iterator[Shop]:
    """A shop on SQLite that all tests of its HTTP share."""
    with running(tmp_path_factory.mktemp("shop")) as started:
        yield started
