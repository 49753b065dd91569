"""Flora: plants that a scent brings into a place where they do not grow by themselves."""

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.part import natural
from showroom.imagine.grow.species import SPECIES, Piece, Species

__all__ = ["SPECIES", "Piece", "Species", "plant"]


def plant(name: str, srgb: str, chance: Chance) -> list[Piece]:
    """The pieces of one species of the vocabulary in the colour of its flower, fruit or leaf."""
    return SPECIES[name](chance, natural(srgb, 0.015, 0.78))
