"""The places of a merchant's products: made by the showroom's own command in a process of its own.

The shop imports nothing of the show. It writes the product as a catalogue's row, lets `showroom shot`
make its place (which fills the cache that the show reads), draw it, and say which it is.
"""

import json
import logging
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import SQLAlchemyError

from showroom.catalogue import baked_spec, place_digest
from showroom.errors import ShowroomError
from showroom.shop import shelf, tables
from showroom.shop.keepsake import jpeg_of
from showroom.shop.problems import Refused
from showroom.shop.store import Store
from showroom.words.product import Product
from showroom.words.scenespec import SceneSpec

log = logging.getLogger(__name__)

# through what starts programs that draw, where OpenGL is a private copy (see scripts/openxr_runtime)
COMMAND = (*filter(None, [os.environ.get("SHOWROOM_XRUN")]), sys.executable, "-m", "showroom")
STILL_SIZE = "960x540"
_LONG_S = 900
_AGAIN_S = 5.0
_MOST_REASONS = 6


def begin(connection: Connection, product: Product, now_s: int) -> None:
    """Its place is being made from the product as it is now."""
    _write(connection, product, "baking", {}, None, now_s)


def state_of(connection: Connection, product: Product) -> dict:
    """What there is of a product's place: state, what was told of it, whether there is a still.

    The house's own products ship with their specs: they are baked without having been baked here.
    """
    row = connection.execute(select(tables.places).where(tables.places.c.product_id == product.id)).first()
    found = {"product_id": product.id, "state": "none", "told": {}, "has_still": False}
    if row is not None:
        state = row.state if row.digest == place_digest(product) else "stale"
        return {**found, "state": state, "told": json.loads(row.told), "has_still": row.still is not None}
    spec = baked_spec(product)
    return found if spec is None else {**found, "state": "baked", "told": told_of(spec)}


def told_of(spec: SceneSpec) -> dict:
    """Of a place, what a merchant wants to know: which it is, how sure, and which note brought what."""
    plain = spec.to_plain()
    return {"place": plain["place"], "confidence": plain["confidence"], "why": plain["why"][:_MOST_REASONS],
            "digest": spec.digest}


class Baker:
    """A thread that has places made, one at a time. Start it with `start`; `close` stops what it is at."""

    def __init__(self, store: Store, folder: Path, now_s: Callable[[], int],
                 command: Sequence[str] = COMMAND):
        self._store, self._folder, self._now_s, self._command = store, folder, now_s, tuple(command)
        self._asked: queue.SimpleQueue[Product | None] = queue.SimpleQueue()
        self._running: subprocess.Popen | None = None
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, name="baker", daemon=True)

    def start(self) -> None:
        """Goes on with what an earlier shop had not finished."""
        with self._store.reading() as connection:
            begun = select(tables.places.c.product_id).where(tables.places.c.state == "baking")
            left = [shelf.find(connection, product_id) for product_id in connection.scalars(begun).all()]
        for shelved in left:
            self.ask(shelved.product)
        self._thread.start()

    def ask(self, product: Product) -> None:
        """Has this one made when its turn comes."""
        self._asked.put(product)

    def close(self) -> None:
        """Ends what is running; it will be made by the next shop."""
        self._closed.set()
        self._asked.put(None)
        if self._running is not None:
            self._running.terminate()
        self._thread.join(30)

    def _run(self) -> None:
        while (product := self._asked.get()) is not None and not self._closed.is_set():
            state, told, still = self._made(product)
            if self._closed.is_set():
                return
            self._note(product, state, told, still)

    def _note(self, product: Product, state: str, told: dict, still: bytes | None) -> None:
        """Writes down what came of it, tried until the database takes it."""
        while not self._closed.is_set():
            try:
                with self._store.writing() as connection:
                    now = shelf.find(connection, product.id)
                    if place_digest(now.product) == place_digest(product):  # else a newer one is being made
                        _write(connection, product, state, told, still, self._now_s())
                return
            except SQLAlchemyError as error:
                log.warning("the place of %s could not be noted (%s); tried again in %g s",
                            product.id, error, _AGAIN_S)
                self._closed.wait(_AGAIN_S)

    def _made(self, product: Product) -> tuple[str, dict, bytes | None]:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            catalogue, picture, spec = (self._folder / f"{product.id}.{kind}"
                                        for kind in ("jsonl", "png", "json"))
            catalogue.write_text(shelf.written(product) + "\n", "utf-8")
            self._call("shot", "--catalogue", str(catalogue), f"--product={product.id}", "--size", STILL_SIZE,
                       "--out", str(picture), "--spec", str(spec))
            told = told_of(SceneSpec.from_json(spec.read_text("utf-8")))
            return "baked", told, jpeg_of(picture.read_bytes())
        except (subprocess.SubprocessError, OSError, ValueError, Refused, ShowroomError) as error:
            why = " ".join(str(error).split())[:500]
            log.warning("the place of %s could not be made: %s", product.id, why)
            return "failed", {"error": why}, None

    def _call(self, *arguments: str) -> None:
        with subprocess.Popen([*self._command, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                              text=True, encoding="utf-8") as self._running:
            try:
                _, complained = self._running.communicate(timeout=_LONG_S)
            except subprocess.TimeoutExpired:
                self._running.kill()
                raise
        if self._running.returncode:
            lines = complained.strip().splitlines() or ["it said nothing"]
            raise OSError(f"{arguments[0]} ended with {self._running.returncode}: {lines[-1]}")


def _write(connection: Connection, product: Product, state: str, told: dict, still: bytes | None,
           now_s: int) -> None:
    values = {"digest": place_digest(product), "state": state, "told": json.dumps(told, ensure_ascii=False),
              "still": still, "changed_s": now_s}
    own = tables.places.c.product_id == product.id
    known = connection.scalar(select(tables.places.c.product_id).where(own))
    if known is None:
        connection.execute(insert(tables.places).values(product_id=product.id, **values))
    else:
        connection.execute(update(tables.places).values(**values).where(own))
