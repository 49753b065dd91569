"""Answer: from what was read to the sealed spec that answers a request, as it was asked for."""

from dataclasses import dataclass, replace

from showroom.imagine.compose import compose
from showroom.imagine.draper import Stuff, draped
from showroom.imagine.goods import belonging, in_hand, said_colours, said_matter
from showroom.imagine.lean import leaned, leaned_liking, leaned_reading, reasons_of
from showroom.imagine.liking import Liking
from showroom.imagine.matter import worn
from showroom.imagine.picture import Photo
from showroom.imagine.reading import Reading
from showroom.imagine.shown import still_true
from showroom.imagine.taste import Taste
from showroom.imagine.vary import varied
from showroom.imagine.why import reasons
from showroom.words.product import Product
from showroom.words.scenespec import Model, SceneSpec


@dataclass(frozen=True)
class Asked:
    """How a spec is wanted. language: of the reasons. photo: of the thing itself. taste: the visitor's.

    stuff: the material that the photo shows, if it shows one from near.
    """

    seed: int
    language: str = "en"
    photo: Photo | None = None
    taste: Taste | None = None
    stuff: Stuff | None = None


def answer(reading: Reading, liking: Liking, product: Product, asked: Asked, model: Model) -> SceneSpec:
    """The sealed spec of a product that was read, and of what that adds up to.

    Reasons are found for the product's own place; those that a taste has made untrue are left out.
    """
    photo, taste, good = asked.photo, asked.taste, product.kind != "perfume"
    matter, colours = (photo.matter, photo.colours) if photo else (None, ())
    if good:
        liking, reading = belonging(liking, reading, product.kind)
        matter, colours = matter or said_matter(product), colours or said_colours(product)
    own = liking
    if taste:
        reading, liking = leaned_reading(reading, taste), leaned_liking(liking, taste)
    spec = varied(compose(reading, liking, product, asked.seed, colours, model))
    if good:
        spec = replace(spec, touch=in_hand(spec.touch, product.kind))
    if matter:
        spec = worn(spec, matter, photo.colours if photo else ())
    if asked.stuff:
        spec = draped(spec, asked.stuff)
    why = reasons(spec, reading, product, asked.language, photo.matter if photo else None)
    if taste:
        spec = leaned(spec, taste)
        kept = (reason for reason in why if still_true(spec, reason))
        why = (*reasons_of(own.places, spec, reading, taste, asked.language), *kept)
    return replace(spec, why=why).sealed()
