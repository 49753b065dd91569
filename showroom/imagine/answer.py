"""Answer: from what was read to the sealed spec that answers a request, as it was asked for."""

from dataclasses import dataclass, replace

from showroom.imagine.compose import compose
from showroom.imagine.liking import Liking
from showroom.imagine.matter import worn
from showroom.imagine.picture import Photo
from showroom.imagine.reading import Reading
from showroom.imagine.vary import varied
from showroom.imagine.why import reasons
from showroom.words.product import Product
from showroom.words.scenespec import Model, SceneSpec


@dataclass(frozen=True)
class Asked:
    """How a spec is wanted. language: of the reasons. photo: of the thing itself."""

    seed: int
    language: str = "en"
    photo: Photo | None = None


def answer(reading: Reading, liking: Liking, product: Product, asked: Asked, model: Model) -> SceneSpec:
    """The sealed spec of a product that was read, and of what that adds up to."""
    photo = asked.photo
    spec = compose(reading, liking, product, asked.seed, photo.colours if photo else (), model)
    spec = varied(spec)
    if photo:
        spec = worn(spec, photo.matter, photo.colours)
    why = reasons(spec, reading, product, asked.language, photo.matter if photo else None)
    return replace(spec, why=why).sealed()
