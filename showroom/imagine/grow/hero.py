"""Hero: the product itself, at its real size, standing on y = 0 with its front to +Z."""

from typing import Callable

import numpy as np

from showroom.imagine.grow.bottle import bottle_parts
from showroom.imagine.grow.cloth import scarf_parts
from showroom.imagine.grow.jacket import jacket_parts
from showroom.imagine.grow.lipstick import lipstick_parts
from showroom.imagine.grow.objects import tea_set_parts, torch_parts
from showroom.words.geometry import Geometry
from showroom.words.scenespec import Hero

Maker = Callable[[Hero, np.ndarray, float, str, str], list[Geometry]]
MAKERS: dict[str, Maker] = {
    "bottle": bottle_parts,
    "lipstick": lipstick_parts,
    "scarf": scarf_parts,
    "jacket": jacket_parts,
    "torch": torch_parts,
    "tea_set": tea_set_parts,
}


def hero_parts(hero: Hero, placed: np.ndarray, detail: float = 1.0, product_id: str = "",
               name: str = "hero") -> list[Geometry]:
    """The parts of a hero, all at the (1,) INSTANCE `placed`. A kind without a maker is a bottle.

    product_id : set on every part, so that pointing at any of them means this product.
    """
    return MAKERS.get(hero.kind, bottle_parts)(hero, placed, detail, product_id, name)
