"""Store: the database, opened for reading or for one transaction at a time.

SQLite (WAL, every commit on the disk before it is answered) or PostgreSQL, by URL. Nothing else in
the shop knows which of the two it is.
"""

import contextlib
import functools
import os
import re
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, create_engine, event, insert, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from showroom.errors import InputError, NotReadyError
from showroom.shop import tables

CONNECTIONS = 16
T = TypeVar("T")
_BUSY_S = 20.0
_MOST_TOGETHER = 64
_KINDS = {"sqlite": "sqlite+pysqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}


class Store:
    """A shop's database. Make it with `open_store`; any thread may use it."""

    def __init__(self, url: URL):
        self.kind = url.get_backend_name()
        lite = self.kind == "sqlite"
        options = {"connect_args": {"timeout": _BUSY_S}} if lite else {"pool_pre_ping": True}
        self._engine = create_engine(url, pool_size=CONNECTIONS, max_overflow=0, pool_timeout=_BUSY_S,
                                     **options)
        # SQLite writes one transaction at a time: waiting here is in turn, waiting in SQLite is by luck
        self._turn = threading.Lock() if lite else contextlib.nullcontext()
        self._waiting: deque[tuple[Callable, Future]] = deque()
        if lite:
            event.listen(self._engine, "connect", _prepare_sqlite)
            event.listen(self._engine, "begin", lambda connection: connection.exec_driver_sql(
                connection.get_execution_options().get("opening", "BEGIN")))

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection for looking; nothing that is done on it lasts."""
        with self._engine.connect() as connection:
            yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction: all of it lasts once the block has ended well, none of it otherwise."""
        with self._turn, self._transaction() as connection:
            yield connection

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with self._engine.connect() as connection:
            connection = connection.execution_options(opening="BEGIN IMMEDIATE")
            with connection.begin():
                yield connection

    def together(self, work: Callable[[Connection], T]) -> T:
        """What `work` returns, done in a transaction that may hold others' work too.

        Waiting for the disk is what a commit costs. On SQLite, where only one transaction at a time may wait,
        whoever has the turn does what has come meanwhile as well, each behind a savepoint of its own;
        PostgreSQL does the same by itself. Nobody has an answer before it lasts; whatever `work` raises
        undoes that work alone.
        """
        if self.kind != "sqlite":
            with self.writing() as connection:
                return work(connection)
        answer: Future[T] = Future()
        self._waiting.append((work, answer))
        with self._turn:
            if not answer.done():
                self._do_all()
        return answer.result()

    def _do_all(self) -> None:
        """Everything that waits, in one transaction. Whoever calls it has the turn."""
        jobs = [self._waiting.popleft() for _ in range(min(len(self._waiting), _MOST_TOGETHER))]
        told: list[Callable[[], None]] = []
        try:
            with self._transaction() as connection:
                for work, answer in jobs:
                    try:
                        with connection.begin_nested():
                            done = work(connection)
                    except Exception as error:  # noqa: BLE001  it is the asker's to handle
                        if not connection.connection.dbapi_connection.in_transaction:
                            raise  # a full disk may undo everybody's work, and a commit would not say so
                        told.append(functools.partial(answer.set_exception, error))
                    else:
                        told.append(functools.partial(answer.set_result, done))
        except Exception as error:  # noqa: BLE001  nothing of it lasts, so everybody hears why
            told = [functools.partial(answer.set_exception, error) for _, answer in jobs]
        for tell in told:
            tell()

    def close(self) -> None:
        """Gives the connections back."""
        self._engine.dispose()


def open_store(url: str) -> Store:
    """A store that is ready for use, its tables made where they are missing.

    url    : `sqlite:////absolute/file`, `sqlite:///relative/file` or `postgresql://user:password@host/name`.
    Raises : InputError for another URL; NotReadyError if the database does not answer or is a newer one's.
    """
    parsed = _parsed(url)
    store = Store(parsed)
    shown = parsed.render_as_string(hide_password=True)
    try:
        with store.writing() as connection:
            tables.metadata.create_all(connection)
            found = connection.scalar(select(tables.about.c.version))
            if found is None:
                connection.execute(insert(tables.about).values(version=tables.VERSION))
    except SQLAlchemyError as error:
        store.close()
        why = str(getattr(error, "orig", error)).strip().splitlines()[0]
        raise NotReadyError(f"opening the shop's database {shown}: {why}; a SQLite file that can be written "
                            "or a PostgreSQL server that lets this user make tables is accepted; check "
                            "--database") from None
    if found is not None and found > tables.VERSION:
        store.close()
        raise NotReadyError(f"opening the shop's database {shown}: its tables are of version {found}; up to "
                            f"{tables.VERSION} is accepted; use the showroom that made it, or another "
                            "database")
    return store


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
        drivername = _KINDS.get(parsed.get_backend_name(), "")
    except (ArgumentError, NoSuchModuleError, ValueError):
        drivername = ""
    url = re.sub("://.*@", "://***@", url)  # a password is nobody's to read
    if not drivername or (drivername.startswith("sqlite") and parsed.database in (None, "", ":memory:")):
        raise InputError(f"opening the shop's database {url[:80]!r}: no URL of one; "
                         "sqlite:////path/shop.sqlite and postgresql://user:password@host/name are accepted; "
                         "correct --database")
    if drivername.startswith("sqlite"):
        _make_private(Path(parsed.database))
    return parsed.set(drivername=drivername)


def _make_private(path: Path) -> None:
    """Addresses stand in it: a file that is new is its owner's alone, and so are SQLite's own beside it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(OSError):  # SQLite says better what is wrong
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _prepare_sqlite(connection, _record) -> None:
    connection.isolation_level = None  # transactions begin where `Store` says, not where the driver guesses
    # secure_delete: what is deleted (stills, addresses) is overwritten, not left lying in the file
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")
