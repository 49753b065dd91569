"""What the shop remembers, as SQL tables; the same for SQLite and PostgreSQL.

Money is whole hundredths of a currency. Times are whole seconds since 1970, UTC. Nothing here is
worked out from anything else: an order keeps the prices it was made at.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

VERSION = 1  # of this file; a database of a newer one is refused

metadata = MetaData()

about = Table(
    "about", metadata,
    Column("version", Integer, primary_key=True),
)

products = Table(
    "products", metadata,
    Column("id", String(64), primary_key=True),
    Column("position", Integer, nullable=False),       # in the order they came
    Column("written", Text, nullable=False),           # the catalogue's table, as JSON
    Column("digest", String(64), nullable=False),      # catalogue.product_digest of it
    Column("source", String(16), nullable=False),      # "catalogue" (the file) or "merchant"
    Column("published", Boolean, nullable=False),
    CheckConstraint("source IN ('catalogue', 'merchant')"),
)

stock = Table(
    "stock", metadata,
    Column("product_id", String(64), ForeignKey("products.id"), primary_key=True),
    Column("size_id", String(16), primary_key=True),   # "" where there is but one
    Column("pieces", Integer, nullable=False),
    CheckConstraint("pieces >= 0"),                    # the last word against selling what is not there
)

places = Table(
    "places", metadata,
    Column("product_id", String(64), ForeignKey("products.id"), primary_key=True),
    Column("digest", String(64), nullable=False),      # of the product it was baked from
    Column("state", String(16), nullable=False),       # "baking", "baked" or "failed"
    Column("told", Text, nullable=False),              # what the bake said of it, as JSON
    Column("still", LargeBinary),                      # a JPEG of it
    Column("changed_s", BigInteger, nullable=False),
)

coupons = Table(
    "coupons", metadata,
    Column("code", String(32), primary_key=True),
    Column("percent", Integer, nullable=False),        # 0 to 100 off
    Column("off_cents", BigInteger, nullable=False),   # or so much off; one of the two is 0
    Column("currency", String(3), nullable=False),     # of off_cents
    Column("product_id", String(64)),                  # for this one alone
    Column("uses_left", Integer, nullable=False),
    Column("starts_s", BigInteger, nullable=False),
    Column("ends_s", BigInteger, nullable=False),
    CheckConstraint("uses_left >= 0"),
    CheckConstraint("percent BETWEEN 0 AND 100"),
)

promotions = Table(
    "promotions", metadata,                            # free orders: nobody has to name a code
    Column("id", String(32), primary_key=True),
    Column("product_id", String(64)),
    Column("size_id", String(16)),
    Column("orders_left", Integer, nullable=False),
    Column("starts_s", BigInteger, nullable=False),
    Column("ends_s", BigInteger, nullable=False),
    CheckConstraint("orders_left >= 0"),
)

orders = Table(
    "orders", metadata,
    Column("id", String(64), primary_key=True),        # unguessable: who has it may see, pay and cancel
    Column("number", String(16), nullable=False, unique=True),
    Column("key", String(128), nullable=False, unique=True),
    Column("state", String(24), nullable=False),       # one of words.order.STATES
    Column("product_id", String(64), nullable=False),
    Column("size_id", String(16), nullable=False),
    Column("name", Text, nullable=False),              # as it was called in the visitor's language
    Column("quantity", Integer, nullable=False),
    Column("unit_cents", BigInteger, nullable=False),
    Column("discount_cents", BigInteger, nullable=False),
    Column("total_cents", BigInteger, nullable=False),
    Column("confirmed_cents", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("coupon", String(32), nullable=False),
    Column("promotion", String(32), nullable=False),
    Column("delivery", String(16), nullable=False),
    Column("gift", Boolean, nullable=False),
    Column("language", String(8), nullable=False),
    Column("created_s", BigInteger, nullable=False),
    Column("pay_by_s", BigInteger, nullable=False),
    Column("address", Text, nullable=False),           # JSON, "" until it was given
    CheckConstraint("total_cents >= 0 AND total_cents <= confirmed_cents"),
    Index("orders_by_state", "state", "pay_by_s"),
    Index("orders_by_number", "created_s", "id"),
)

answers = Table(
    "answers", metadata,                               # what was answered under a key, for ever
    Column("key", String(128), primary_key=True),
    Column("asked", String(64), nullable=False),       # SHA-256 of the body
    Column("status", Integer, nullable=False),
    Column("body", Text, nullable=False),
)

payments = Table(
    "payments", metadata,
    Column("id", String(64), primary_key=True),        # unguessable: the gateway's page of it
    Column("order_id", String(64), ForeignKey("orders.id"), nullable=False, index=True),
    Column("state", String(16), nullable=False),       # gateway.OPEN, OWED, a verdict or "refunded"
    Column("cents", BigInteger, nullable=False),
    Column("changed_s", BigInteger, nullable=False),
)

keepsakes = Table(
    "keepsakes", metadata,                             # the page to take home
    Column("id", String(64), primary_key=True),        # unguessable: who has it may look
    Column("order_id", String(64), ForeignKey("orders.id"), nullable=False, unique=True),
    Column("ends_s", BigInteger, nullable=False, index=True),
    Column("still", LargeBinary),
)

news = Table(
    "news", metadata,                                  # what an outside shop has still to be told
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("event", String(32), nullable=False),
    Column("order_id", String(64), nullable=False),
    Column("body", Text, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("due_s", BigInteger, nullable=False, index=True),
    sqlite_autoincrement=True,                         # an id that was told is never another one's
)
