"""The shelf: which products there are, which are on sale, and how many pieces of each size.

The catalogue's file is read at the start and stays the only source of its own products; a merchant's
products live in the database alone.
"""

import dataclasses
import functools
import json

from sqlalchemy import Connection, func, insert, select, update

from showroom.catalogue import Catalogue, product_digest
from showroom.errors import ProductError
from showroom.product_table import product_of
from showroom.shop import tables
from showroom.shop.problems import Refused
from showroom.words.product import Product

FILE, MERCHANT = "catalogue", "merchant"
_OF_THE_SHOW = ("model", "variant")


@dataclasses.dataclass(frozen=True)
class Shelved:
    """A product, where it came from, and whether it was published."""

    product: Product
    source: str
    published: bool

    @property
    def on_sale(self) -> bool:
        """Published, and with a price."""
        return self.published and self.product.price_cents > 0


def stock_up(connection: Connection, catalogue: Catalogue, pieces: int) -> None:
    """Puts the catalogue's products on the shelf as they are now; those it no longer names come off it.

    pieces : of a size that is seen for the first time.
    """
    named = {product.id for product in catalogue.products}
    for shelved in all_shelved(connection):
        if shelved.source == FILE and shelved.product.id not in named:
            _publish(connection, shelved.product.id, False)
    for product in catalogue.products:
        put(connection, product, FILE, product.price_cents > 0, pieces)


def put(connection: Connection, product: Product, source: str, published: bool, pieces: int) -> None:
    """Writes one product, new or known.

    Raises Refused "not-yours" if a merchant would write one of the catalogue's file.
    """
    known = connection.execute(_named(product.id)).first()
    if known is not None and known.source == FILE and source == MERCHANT:
        raise Refused("not-yours", f"{product.id} comes from the catalogue's file; correct it there.")
    values = {"written": written(product), "digest": product_digest(product), "source": source,
              "published": published}
    if known is None:
        position = connection.scalar(select(func.coalesce(func.max(tables.products.c.position), 0))) + 1
        connection.execute(insert(tables.products).values(id=product.id, position=position, **values))
    else:
        connection.execute(update(tables.products).where(tables.products.c.id == product.id).values(**values))
    counted = set(stock_of(connection, product.id))
    for size_id in size_ids(product):
        if size_id not in counted:
            row = {"product_id": product.id, "size_id": size_id, "pieces": pieces}
            connection.execute(insert(tables.stock).values(row))


def publish(connection: Connection, product_id: str) -> None:
    """Puts it on sale."""
    _publish(connection, product_id, True)


def find(connection: Connection, product_id: str) -> Shelved | None:
    """The product of that id, on sale or not."""
    row = connection.execute(_named(product_id)).first()
    return None if row is None else _shelved(row)


def all_shelved(connection: Connection) -> list[Shelved]:
    """Every product in the order they came."""
    rows = connection.execute(select(tables.products).order_by(tables.products.c.position))
    return [_shelved(row) for row in rows]


def stock_of(connection: Connection, product_id: str) -> dict[str, int]:
    """Pieces by size id."""
    own = tables.stock.c.product_id == product_id
    rows = connection.execute(select(tables.stock).where(own).order_by(tables.stock.c.size_id))
    return {row.size_id: row.pieces for row in rows}


def all_stock(connection: Connection) -> dict[str, dict[str, int]]:
    """Pieces by product id and size id."""
    found: dict[str, dict[str, int]] = {}
    ordered = select(tables.stock).order_by(tables.stock.c.product_id, tables.stock.c.size_id)
    for row in connection.execute(ordered):
        found.setdefault(row.product_id, {})[row.size_id] = row.pieces
    return found


def set_stock(connection: Connection, product: Product, size_id: str, pieces: int) -> None:
    """Counts one size anew. Raises Refused "unknown-size"."""
    if product.size(size_id) is None:
        raise Refused("unknown-size", f"{product.id} is not sold in the size {size_id!r}.")
    connection.execute(update(tables.stock).values(pieces=pieces)
                       .where(tables.stock.c.product_id == product.id, tables.stock.c.size_id == size_id))


def take(connection: Connection, product_id: str, size_id: str, pieces: int) -> None:
    """Sets pieces aside for an order. Raises Refused "sold-out" if there are not so many."""
    left = tables.stock.c.pieces
    done = connection.execute(update(tables.stock).values(pieces=left - pieces).where(
        tables.stock.c.product_id == product_id, tables.stock.c.size_id == size_id, left >= pieces))
    if not done.rowcount:
        raise Refused("sold-out", f"There are not {pieces} of {product_id} left in that size.")


def give_back(connection: Connection, product_id: str, size_id: str, pieces: int) -> None:
    """Pieces of an order that came to nothing."""
    connection.execute(update(tables.stock).values(pieces=tables.stock.c.pieces + pieces).where(
        tables.stock.c.product_id == product_id, tables.stock.c.size_id == size_id))


def name_of(product: Product, language: str) -> str:
    """What it is called, in English where it has no name in that language."""
    return product.name.get(language) or product.name["en"]


def size_ids(product: Product) -> list[str]:
    """Of the sizes it is sold in; "" for the only one."""
    return [size.id for size in product.sizes] or [""]


def plain(product: Product) -> dict:
    """A product as the catalogue's table, without what the show alone draws it from."""
    return {key: value for key, value in dataclasses.asdict(product).items() if key not in _OF_THE_SHOW}


def written(product: Product) -> str:
    """The same in JSON, on one line."""
    return json.dumps(plain(product), sort_keys=True, ensure_ascii=False)


def read_product(table: dict) -> Product:
    """The product of a table as a catalogue has it. Raises Refused "body-refused" with what is accepted."""
    try:
        return product_of(table, lambda key: "the product")
    except ProductError as error:
        raise Refused("body-refused", str(error)) from None


def _named(product_id: str):
    return select(tables.products).where(tables.products.c.id == product_id)


def _shelved(row) -> Shelved:
    return Shelved(_product(row.written), row.source, row.published)


@functools.lru_cache(1024)
def _product(text: str) -> Product:
    """Reading a table costs more than all else of an order, and most are of the same products."""
    return read_product(json.loads(text))


def _publish(connection: Connection, product_id: str, published: bool) -> None:
    connection.execute(update(tables.products).values(published=published)
                       .where(tables.products.c.id == product_id))
