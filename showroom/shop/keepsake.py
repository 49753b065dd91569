"""The page to take home: a receipt and a still of the visitor's own place, for a day, then gone."""

import io

from PIL import Image, UnidentifiedImageError
from sqlalchemy import Connection, Row, delete, select, update

from showroom.shop import tables
from showroom.shop.problems import Refused

KINDS = ("image/jpeg", "image/png")
MOST_EDGE_PX = 4096
_KEPT_EDGE_PX = 1600
_QUALITY = 86


def jpeg_of(picture: bytes) -> bytes:
    """A picture from outside, read, scaled for a phone and written anew: nothing else in it survives.

    Raises Refused "picture-refused".
    """
    try:
        with Image.open(io.BytesIO(picture), formats=("JPEG", "PNG")) as image:  # reads its head alone
            if max(image.size) > MOST_EDGE_PX:
                raise Refused("picture-refused", f"{image.width} x {image.height} came; at most "
                              f"{MOST_EDGE_PX} pixels a side are accepted.")
            plain = image.convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise Refused("picture-refused", "It is no whole JPEG or PNG.") from None
    plain.thumbnail((_KEPT_EDGE_PX, _KEPT_EDGE_PX), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()


def expects(connection: Connection, order_id: str, now_s: int) -> None:
    """Raises Refused "order-unknown" unless there is a page for this order's still."""
    page = select(tables.keepsakes.c.id).where(tables.keepsakes.c.order_id == order_id,
                                               tables.keepsakes.c.ends_s > now_s)
    if connection.scalar(page) is None:
        raise Refused("order-unknown", "There is no such order, or its page has gone.")


def keep_still(connection: Connection, order_id: str, jpeg: bytes, now_s: int) -> None:
    """Puts the still on an order's page. Raises Refused "order-unknown" once the page is gone."""
    expects(connection, order_id, now_s)
    own = tables.keepsakes.c.order_id == order_id
    connection.execute(update(tables.keepsakes).values(still=jpeg).where(own))


def size_of(jpeg: bytes | None) -> tuple[int, int] | None:
    """Width and height in pixels of a still that was kept, None of none."""
    if jpeg is None:
        return None
    with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as image:
        return image.size


def find(connection: Connection, keepsake_id: str, now_s: int) -> Row:
    """A page that is still there: its own columns and its order's. Raises Refused "nothing-here"."""
    row = connection.execute(
        select(tables.keepsakes.c.ends_s, tables.keepsakes.c.still, tables.orders)
        .join(tables.orders, tables.orders.c.id == tables.keepsakes.c.order_id)
        .where(tables.keepsakes.c.id == keepsake_id, tables.keepsakes.c.ends_s > now_s)).first()
    if row is None:
        raise Refused("nothing-here", "There is nothing here any more.")
    return row


def clear(connection: Connection, now_s: int) -> int:
    """Removes the pages whose day is over, pictures and all; how many."""
    return connection.execute(delete(tables.keepsakes).where(tables.keepsakes.c.ends_s <= now_s)).rowcount
