"""Keepsakes: of each place the one thing that stands for it elsewhere, known at a glance."""

from showroom.imagine.grow.keepsake import garden, made, wild
from showroom.imagine.grow.keepsake.token import Keepsake, Token

__all__ = ["KEEPSAKES", "Keepsake", "Token"]

KEEPSAKES: dict[str, Keepsake] = {
    "seashore": wild.driftwood,
    "citrus_grove": garden.lemons,
    "rose_garden": garden.petals,
    "white_garden_night": garden.night_lantern,
    "lavender_field": garden.sheaf,
    "conifer_forest": wild.cones,
    "mossy_undergrowth": wild.mossy_stone,
    "desert_dusk": wild.amphora,
    "alpine_snow": wild.snowy_stones,
    "spice_souk": made.spices,
    "incense_temple": made.brazier,
    "leather_library": made.books,
    "vanilla_patisserie": made.copper,
    "tea_terraces": made.picking_basket,
    "rain_street": made.umbrella,
    "tropical_shore": wild.coconuts,
}
