"""Till: everything that the operations of a running shop share."""

from dataclasses import dataclass
from pathlib import Path

from showroom.shop.gateway import Gateway
from showroom.shop.keys import Keys
from showroom.shop.ledger import Terms
from showroom.shop.store import Store


@dataclass(frozen=True)
class Till:
    """folder: where products wait to be baked.   pieces: of a size that is seen for the first time."""

    store: Store
    terms: Terms
    keys: Keys
    gateway: Gateway
    folder: Path
    pieces: int = 100
