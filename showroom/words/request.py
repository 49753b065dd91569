"""Request: what the show asks of the imagine worker."""

from dataclasses import dataclass

from showroom.words.product import Product
from showroom.words.scenespec import SceneSpec

HALL, PLACE = "hall", "place"


@dataclass(frozen=True)
class Request:
    """One place to make, or the hall.

    kind     : "place" (spec or product) or "hall" (the showroom itself, with `products`).
    product  : what to imagine; its spec is made by the model when `spec` is None.
    spec     : a baked spec, used as it is.
    products : for the hall, each with its spec (for its hero's colours).
    surface_px : edge of the painted surfaces, a power of two.
    detail   : 0 to 1, how much geometry to grow.
    """

    kind: str
    product: Product | None = None
    spec: SceneSpec | None = None
    products: tuple[tuple[Product, SceneSpec], ...] = ()
    surface_px: int = 512
    detail: float = 1.0
    language: str = "en"
