"""Keepsakes: of each place the one thing that stands for it elsewhere, known at a glance."""

from showroom.imagine.grow.keepsake import found, made
from showroom.imagine.grow.keepsake.token import Keepsake, Token

__all__ = ["KEEPSAKES", "Keepsake", "Token"]

KEEPSAKES: dict[str, Keepsake] = {
    "seashore": found.driftwood,
    "citrus_grove": found.lemons,
    "rose_garden": found.petals,
    "white_garden_night": found.night_lantern,
    "lavender_field": found.sheaf,
    "conifer_forest": found.cones,
    "mossy_undergrowth": found.mossy_stone,
    "desert_dusk": found.amphora,
    "alpine_snow": found.snowy_stones,
    "spice_souk": made.spices,
    "incense_temple": made.brazier,
    "leather_library": made.books,
    "vanilla_patisserie": made.copper,
    "tea_terraces": made.picking_basket,
    "rain_street": made.umbrella,
    "tropical_shore": found.coconuts,
}
