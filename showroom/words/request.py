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
    language : of the reasons.
    seed     : of the product's place; None: from its words.
    image, taste : paths of a photo of it and of a visitor's preferences, opened by the worker; "" for none.
    adjust   : a visitor's words that move the place, "" for none.
    With a seed, an image or a taste the model is needed, and `spec` is not used.
    """

    kind: str
    product: Product | None = None
    spec: SceneSpec | None = None
    products: tuple[tuple[Product, SceneSpec], ...] = ()
    surface_px: int = 512
    detail: float = 1.0
    language: str = "en"
    seed: int | None = None
    image: str = ""
    taste: str = ""
    adjust: str = ""

    @property
    def needs_model(self) -> bool:
        """Whether a spec made before cannot answer it."""
        return self.spec is None or self.seed is not None or bool(self.image or self.taste)
