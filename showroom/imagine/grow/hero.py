"""Hero: the product itself, at its real size, standing on y = 0 with its front to +Z."""

from dataclasses import replace
from typing import Callable

import numpy as np

from showroom.imagine.grow.bottle import bottle_parts
from showroom.imagine.grow.cloth import scarf_parts
from showroom.imagine.grow.jacket import jacket_parts
from showroom.imagine.grow.lipstick import lipstick_parts
from showroom.imagine.grow.objects import torch_parts
from showroom.imagine.grow.tea_set import tea_set_parts
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import Hero

_MATT, _FROSTED = 0.9, 0.4  # roughness of what is wholly matt; what that adds to glass
_POLISHED = 0.75  # share of its roughness that polishing takes

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
               name: str = "hero", cloth_m: float | None = None) -> list[Geometry]:
    """The parts of a hero, all at the (1,) INSTANCE `placed`. A kind without a maker is a bottle.

    product_id : set on every part, so that pointing at any of them means this product.
    cloth_m : size of a tile of the place's drape, where that is in the likeness of the hero's own cloth.
    """
    cut = {"tile_m": cloth_m} if cloth_m and hero.kind == "scarf" else {}
    parts = MAKERS.get(hero.kind, bottle_parts)(hero, placed, detail, product_id, name, **cut)
    return [replace(part, material=finished(part.material, hero)) for part in parts]


def finished(material: Material, hero: Hero) -> Material:
    """A material as the hero's own skin has it: polished or matt, and turned to metal.

    Glass is frosted or stays; what is liquid or glows has no skin, and what is cut from the drape has that one's.
    """
    if material.surface == "drape":
        return material
    matt = 2 * hero.roughness - 1
    if material.kind == "glass":
        return replace(material, roughness=material.roughness + _FROSTED * max(matt, 0.0))
    if material.kind not in ("opaque", "foliage", "product") or material.transmission > 0:
        return material
    if matt > 0:
        roughness = material.roughness + (_MATT - material.roughness) * matt
        coat = material.clearcoat * (1 - matt)
    else:
        roughness = material.roughness * (1 + _POLISHED * matt)
        coat = material.clearcoat
    cloth = material.kind == "foliage" or max(material.sheen_color) > 0
    metallic = material.metallic + (1 - material.metallic) * hero.metallic * (not cloth)
    return replace(material, roughness=roughness, clearcoat=coat, metallic=metallic)
