"""Sorts of matter: what is soft melts into what it is laid in, anything else stands out of it.

People judge the learned painter by which sort is laid in which; see `docs/painter.md`.
"""

from showroom.words.scenespec import Surface

_SORTS = {
    "soft": "leather silk linen petal peel suede velvet cashmere vellum",
    "hard": "rock cobbles flagstone marble limestone plaster brick polished_stone brass copper gold",
    "grown": "grass moss needles bark driftwood wood_planks",
    "loose": "sand soil_petals packed_earth snow shingle salt spice",
    "clear": "resin honeycomb ice water liquid",
}
SORT_OF = {material: sort for sort, materials in _SORTS.items() for material in materials.split()}


def kind_of(surface: Surface) -> str:
    """The kind of a mixture, as "loose in soft" or "soft in soft"; of one material in a photo's likeness, as "soft"."""
    return " in ".join(SORT_OF.get(name, name) for name in (surface.also, surface.painter) if name)


def stands(material: str) -> bool:
    """Whether it is anything but soft: laid into something, it keeps its shapes."""
    return SORT_OF[material] != "soft"
