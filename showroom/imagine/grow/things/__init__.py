"""Things: what the notes themselves are, at their real size: fruit, spice, resin, flowers, wood.

Each is grown in two amounts, a few beside the hero and many on a stand of their own, about the
origin on y = 0 within FEW_M or MANY_M.
"""

from functools import partial

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.flora import Piece
from showroom.imagine.grow.part import natural
from showroom.imagine.grow.things import bloom, coconut, fruit, heads, leafage, mineral, spice, stuff, sweet
from showroom.imagine.grow.things.arrange import FEW_M, MANY_M, Maker

__all__ = ["FEW_M", "MANY_M", "TABLE", "thing"]

_APPLE = (
    (0.0, 1.62),
    (0.12, 1.66),
    (0.5, 1.86),
    (0.95, 1.35),
    (0.98, 0.85),
    (0.66, 0.2),
    (0.3, 0.02),
    (0.0, 0.14),
)
_PEAR = ((0.0, 2.5), (0.2, 2.5), (0.45, 2.2), (0.6, 1.7), (0.98, 1.0), (0.9, 0.4), (0.45, 0.02), (0.0, 0.08))
_PEACH = ((0.0, 1.74), (0.3, 1.84), (0.8, 1.5), (1.0, 0.95), (0.75, 0.3), (0.3, 0.04), (0.0, 0.0))
_PLUM = ((0.0, 2.08), (0.4, 2.08), (0.86, 1.6), (0.95, 1.0), (0.7, 0.3), (0.25, 0.02), (0.0, 0.0))
_MANGO = ((0.0, 2.3), (0.45, 2.25), (0.9, 1.75), (1.02, 1.1), (0.85, 0.45), (0.4, 0.03), (0.0, 0.0))
_WHITE_EYE = np.array([0.7, 0.62, 0.3])
_GOLD = np.array([0.72, 0.48, 0.08])

TABLE: dict[str, Maker] = {
    # fruit
    "lemon": fruit.citrus(0.031, "#f4e58a", 1.22, 0.35),
    "bergamot": fruit.citrus(0.035, "#eef0b0", 1.06, 0.12),
    "orange": fruit.citrus(0.038, "#f09a2a"),
    "mandarin": fruit.citrus(0.03, "#f08a24", 0.82),
    "lime": fruit.citrus(0.026, "#cfe08a", 1.08, 0.12),
    "grapefruit": fruit.citrus(0.046, "#e8705a", 0.92),
    "apple": fruit.orchard(_APPLE, 0.036, "#b8322a"),
    "pear": fruit.orchard(_PEAR, 0.031, "#c78a4a"),
    "peach": fruit.orchard(_PEACH, 0.034, "#d8543a"),
    "plum": fruit.orchard(_PLUM, 0.021, "#8a5a7a", 2),
    "mango": fruit.orchard(_MANGO, 0.036, "#d8442a"),
    "cherry": fruit.cherries,
    "raspberry": fruit.cluster_berries(0.0105, True, 4, 17),
    "currant": fruit.cluster_berries(0.0068, False, 11, 52),
    "grape": fruit.grapes,
    "fig": fruit.fig,
    "coconut": coconut.coconut,
    "melon": fruit.melon,
    "date": fruit.dates,
    # spice
    "pepper": spice.seeds(partial(spice.corn, size_m=0.0056, wrinkle=0.12), 26, 150, 0.8, coarse=0),
    "pink_pepper": spice.seeds(
        partial(spice.corn, size_m=0.0058, wrinkle=0.05), 26, 150, 0.5, 0.25, coarse=0
    ),
    "cardamom": spice.seeds(spice.cardamom_pod, 9, 66, 0.8),
    "ginger": spice.ginger,
    "cinnamon": spice.cinnamon,
    "clove": spice.seeds(spice.clove_bud, 18, 64, 0.75, coarse=0),
    "nutmeg": spice.nutmeg,
    "saffron": spice.saffron,
    "star_anise": spice.seeds(spice.star, 3, 22, 0.55, reach_m=0.04, shade=1.6),
    "coriander": spice.seeds(partial(spice.corn, size_m=0.0045, wrinkle=0.07), 30, 170, 0.85, coarse=0),
    # sweet
    "vanilla": sweet.vanilla,
    "tonka": spice.beans(
        partial(spice.wrinkled, long_m=0.032, wide=0.36, thick=0.32, depth=0.06),
        6,
        38,
        roughness=0.5,
        clearcoat=0.3,
    ),
    "coffee": spice.beans(
        partial(spice.grooved, long_m=0.0125, wide=0.72, thick=0.5, groove=0.16),
        12,
        84,
        roughness=0.45,
        clearcoat=0.3,
    ),
    "almond": spice.beans(
        partial(spice.wrinkled, long_m=0.025, wide=0.58, thick=0.34, depth=0.035, point=0.6),
        8,
        54,
        roughness=0.8,
    ),
    "hazelnut": spice.beans(
        partial(spice.ellipsoid, long_m=0.0165, wide=0.95, thick=0.92), 8, 50, roughness=0.55, clearcoat=0.15
    ),
    "caramel": sweet.caramels,
    "chocolate": sweet.chunks,
    "honeycomb": sweet.comb,
    "sugar": sweet.sugar,
    "milk": sweet.pitcher,
    "biscuit": sweet.biscuits,
    # resin and mineral
    "frankincense": mineral.tears(0.4, 0.65, 0.5, 0.02, 1),
    "myrrh": mineral.tears(0.4, 0.4, 0.35, 0.01, 4),
    "amber": mineral.tears(0.12, 0.8, 0.0, 0.09, 2),
    "salt": mineral.crystals(12, 26, 0.02),
    "ice": mineral.shards,
    "pebble": mineral.pebbles(),
    "flint": mineral.pebbles(5, 14, 0.25, 8),
    "shell": mineral.shells,
    "ambergris": mineral.lump,
    "sand": mineral.dune,
    # leaf
    "leaf": leafage.sprig(0.05, 0.5, 4),
    "patchouli": leafage.sprig(0.062, 0.72, 3, 9, 1.4),
    "mint": leafage.sprig(0.042, 0.62, 4, 10, 1.3),
    "basil": leafage.sprig(0.042, 0.6, 3, 0, 0.4),
    "sage": leafage.sprig(0.052, 0.3, 4, 0, 0.8),
    "tobacco": leafage.rolled_leaf,
    "tea": leafage.dry_tea,
    "fern": leafage.frond,
    "moss": leafage.cushion,
    "seaweed": leafage.ribbon_weed,
    "hay": leafage.straw,
    "vetiver": leafage.roots,
    "pine": leafage.conifer(True),
    "cypress": leafage.conifer(False, "#6b6247"),
    "juniper": leafage.conifer(False, "#2c3550"),
    # bloom
    "rose": bloom.cut(heads.full_rose, 0.07, count=6, petals=True),
    "peony": bloom.cut(heads.peony, 0.092, count=5, leaf=(0.07, 0.03, 0), petals=True, few=1),
    "carnation": bloom.cut(heads.carnation, 0.055, count=5, leaf=(0.06, 0.006, 0), petals=False),
    "jasmine": bloom.cut(
        heads.cluster(heads.star(5, 0.3, 0.3, 0.6, rows=4, columns=3), 7, 0.4, 0.55),
        0.058,
        few=3,
        throat=_WHITE_EYE,
    ),
    "tuberose": bloom.cut(
        heads.raceme(heads.star(6, 0.4, 0.8, 0.55, rows=4, columns=3), 11, 0.42),
        0.1,
        count=5,
        tall_m=0.22,
        few=2,
        throat=np.array([0.62, 0.64, 0.4]),
        leaf=(0.1, 0.01, 0),
    ),
    "gardenia": bloom.cut(
        heads.full_rose,
        0.078,
        count=5,
        few=1,
        leaf=(0.075, 0.036, 0),
        throat=np.array([0.66, 0.6, 0.42]),
        petals=True,
    ),
    "lily_of_the_valley": bloom.muguet,
    "violet": bloom.posy,
    "iris": bloom.iris,
    "lavender": bloom.lavender,
    "orchid": bloom.cut(heads.orchid_head, 0.07, count=5, few=2, leaf=None, spread_m=0.08),
    "mimosa": bloom.cut(heads.balls, 0.085, count=8, few=3, leaf=(0.06, 0.014, 12), throat=_GOLD),
    "lilac": bloom.cut(
        heads.raceme(heads.star(4, 0.5, 0.3, 0.3, rows=3, columns=3), 26, 0.16, 0.2, 0.24),
        0.12,
        count=4,
        few=1,
        leaf=(0.06, 0.04, 0),
    ),
    "orange_blossom": bloom.twig(heads.star(5, 0.36, 0.5, 0.4, rows=4, columns=3), 0.036, _WHITE_EYE, True),
    "cherry_blossom": bloom.twig(
        heads.star(5, 0.52, 0.35, 0.1, 1.0, rows=4, columns=3), 0.033, np.array([0.6, 0.22, 0.28])
    ),
    "frangipani": bloom.cut(
        heads.star(5, 0.58, 0.45, 0.25),
        0.068,
        count=6,
        few=2,
        throat=np.array([0.8, 0.56, 0.08]),
        leaf=(0.1, 0.035, 0),
    ),
    "lotus": bloom.cut(heads.star(14, 0.42, 0.9, 0.7), 0.1, count=4, few=1, leaf=None, throat=_GOLD),
    "chamomile": bloom.cut(
        heads.star(13, 0.2, 0.05, 0.2, 0.0, 0.34, rows=4, columns=3),
        0.03,
        count=13,
        few=6,
        throat=_GOLD,
        leaf=None,
        stem_m=0.0012,
    ),
    "wildflower": bloom.cut(
        heads.star(6, 0.45, 0.4, 0.2, 0.3), 0.045, count=10, few=4, leaf=(0.05, 0.016, 0), stem_m=0.0014
    ),
    # stuff
    "cedar": stuff.billets(),
    "sandalwood": stuff.billets(3, 6, 0.12, 0.034, False),
    "oud": stuff.chips,
    "driftwood": stuff.drift,
    "birch_bark": stuff.bark,
    "leather": stuff.hide(0.3, 0.62),
    "suede": stuff.hide(0.9, 0.95),
    "cotton": sweet.cotton,
    "feather": stuff.feather,
    "powder": sweet.powder,
    "soap": stuff.soap,
    "paper": stuff.letters,
    "spirit": stuff.tumbler(False),
    "wine": stuff.tumbler(True),
    "candle": stuff.candle,
    "coal": stuff.embers,
}


def thing(name: str, srgb: str, chance: Chance, many: bool) -> list[Piece]:
    """The pieces of one thing of the vocabulary in its own colour. Raises KeyError for another name."""
    return TABLE[name](chance, natural(srgb, 0.008, 0.82), many)
