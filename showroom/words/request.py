"""Request: what the show asks of the imagine worker."""

import hashlib
from dataclasses import dataclass

from showroom.words.preference import Preference
from showroom.words.product import Product
from showroom.words.scenespec import SceneSpec

HALL, PLACE = "hall", "place"

# Who paints a place's surfaces: see `Request.painter`.
AUTO, RECIPE, LEARNED, DIFFUSION = PAINTERS = ("auto", "recipe", "learned", "diffusion")


@dataclass(frozen=True)
class Diffusion:
    """A text-to-image model of the user's own that repaints surfaces.

    model    : a folder, or a name in the user's own store of models.   revision : of that name, "" for any.
    steps    : of denoising, 1 to 50.   edge_px : of the pictures it draws, a multiple of 64 to 1024.
    strength : 0 to 1, how far it may leave our painters' picture.
    download : whether a model that is not there may be fetched over the network.
    """

    model: str
    revision: str = ""
    steps: int = 12
    edge_px: int = 512
    strength: float = 0.55
    download: bool = False

    @property
    def digest(self) -> str:
        """First 16 hex digits of a digest of all that decides its pictures."""
        decisive = (self.model, self.revision, self.steps, self.edge_px, self.strength)
        return hashlib.sha256(repr(decisive).encode()).hexdigest()[:16]


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
    preference : what is known of the visitor, towards which the place leans as towards a taste, or None.
    adjust   : a visitor's words that move the place, "" for none.
    painter  : one of PAINTERS. "recipe": recipes alone. "learned": the learned painter, every surface that tiles.
               "diffusion": recipes, then `diffusion` repaints them. "auto": the learned painter where it is
               preferred, else recipes; then `diffusion` repaints them, if there is one.
    diffusion : the model that repaints surfaces once our painters' are there; None: there is none.
    With a seed, an image, a taste or a preference that leans it the model is needed, and `spec` is not used.
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
    preference: Preference | None = None
    adjust: str = ""
    painter: str = AUTO
    diffusion: Diffusion | None = None

    @property
    def repainted_by(self) -> Diffusion | None:
        """The model that repaints what our painters painted, or None."""
        return self.diffusion if self.painter in (AUTO, DIFFUSION) else None

    @property
    def needs_model(self) -> bool:
        """Whether a spec made before cannot answer it."""
        leaning = self.preference is not None and self.preference.leans
        return self.spec is None or self.seed is not None or bool(self.image or self.taste or leaning)

    @property
    def is_personal(self) -> bool:
        """Whether it says anything of a visitor: what they like, or their own words."""
        return self.preference is not None or bool(self.taste or self.image or self.adjust)
