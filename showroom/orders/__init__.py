"""Orders: what was confirmed is kept, sent, and never lost or doubled.

    desk     the show's side: takes orders in, hands news back, never makes a frame wait
    ledger   where they are kept: one SQLite file
    outbox   a process of its own that sends them
    shop     how the shop is spoken to
"""

from showroom.orders.desk import Orders

__all__ = ["Orders"]
