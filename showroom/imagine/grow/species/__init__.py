"""Species: the plants of the vocabulary, each about its own height on y = 0, so that any ground or pot can hold it."""

from typing import Callable

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.species import evergreens, fruit_trees, garden, leafage, low, white
from showroom.imagine.grow.species.sprig import Piece

__all__ = ["SPECIES", "Piece", "Species"]

Species = Callable[[Chance, np.ndarray], list[Piece]]
SPECIES: dict[str, Species] = {
    "rose": garden.rose_bush,
    "jasmine": white.jasmine,
    "tuberose": white.tuberose,
    "lavender": garden.lavender,
    "iris": garden.iris,
    "citrus_tree": fruit_trees.citrus_tree,
    "fig": fruit_trees.fig,
    "pine": evergreens.pine,
    "cedar": evergreens.cedar,
    "fern": leafage.fern,
    "moss": low.moss,
    "grass": low.grass,
    "palm": leafage.palm,
    "tea": leafage.tea,
}
