"""Sights: what a photo shows that says where and when a thing belongs: a beach, a bakery, a winter coat.

Places follow from the classes of ImageNet (Russakovsky et al. 2015, "ImageNet Large Scale Visual Recognition
Challenge"), by their numbers; which garment is worn, from a head of the model that learned from photos of
clothes. Which place a class belongs to, and when a garment is worn, is our judgement.
"""

from dataclasses import dataclass

import numpy as np

from showroom.words.look import GARMENTS

_PLACES = {
    "seashore": (150, 437, 625, 628, 814, 871, 914, 972, 973, 976, 977, 978),  # sea lion, beacon … seashore
    "citrus_grove": (950, 951, 952),                             # orange, lemon, fig
    "rose_garden": (580, 716, 738, 883, 985, 986, 989),          # greenhouse, picket fence, pot … hip
    "conifer_forest": (294, 295, 335, 672),                      # bears, fox squirrel, mountain tent
    "mossy_undergrowth": (25, 27, 113, 991, 992, 993, 994, 995, 996, 997),  # newts, snail, mushrooms
    "desert_dusk": (68, 354),                                    # sidewinder, camel
    "alpine_snow": (248, 250, 270, 537, 795, 802, 803, 970),     # huskies, dog sled, ski … alp
    "spice_souk": (582, 945),                                    # grocery, bell pepper
    "incense_temple": (406, 442, 470, 494, 497, 663, 668, 832),  # altar, bell cote, candle … stupa
    "leather_library": (453, 454, 526, 624),                     # bookcase, bookshop, desk, library
    "vanilla_patisserie": (415, 509, 927, 928, 929, 930, 931, 960),  # bakery, confectioner … chocolate sauce
    "tea_terraces": (849, 968),                                  # teapot, cup
    "rain_street": (829, 874, 879, 919, 920),                    # tram, trolley bus, umbrella, signs
    "tropical_shore": (88, 94, 953, 954, 955, 956),  # macaw, hummingbird, pineapple … custard apple
}
# Coats, gowns, hats, shoes, swimwear, wool and velvet.
_WORN = (399, 400, 411, 433, 439, 445, 451, 452, 457, 459, 465, 474, 496, 501, 502, 514, 515, 518, 529,
         560, 568, 578, 584, 601, 608, 610, 614, 617, 630, 638, 639, 652, 655, 658, 667, 689, 697, 735,
         770, 774, 775, 788, 793, 797, 806, 808, 824, 834, 841, 842, 869, 885, 887, 906, 911)
# winter, spring, summer, autumn
_SEASONS = {
    "dress": (0.1, 0.3, 0.45, 0.15), "hat": (0.25, 0.25, 0.25, 0.25), "longsleeve": (0.3, 0.2, 0.1, 0.4),
    "outwear": (0.55, 0.1, 0.02, 0.33), "pants": (0.28, 0.25, 0.17, 0.3), "shirt": (0.15, 0.35, 0.3, 0.2),
    "shoes": (0.25, 0.25, 0.25, 0.25), "shorts": (0.03, 0.2, 0.7, 0.07), "skirt": (0.12, 0.33, 0.4, 0.15),
    "t-shirt": (0.07, 0.25, 0.58, 0.1),
}


@dataclass(frozen=True)
class Sight:
    """What was recognised.

    places : place → how surely it is seen, together at most 1.
    season : (4,) shares of when the garment is worn.   worn : 0 to 1, how surely a garment is seen.
    """

    places: dict[str, float]
    season: np.ndarray
    worn: float


def sight_of(classes: np.ndarray, garments: np.ndarray) -> Sight:
    """From ImageNet's probabilities (1000,) and those of the garments (10,)."""
    places = {name: float(classes[list(numbers)].sum()) for name, numbers in _PLACES.items()}
    return Sight({name: sure for name, sure in places.items() if sure >= 0.01}, season_worn(garments),
                 float(min(classes[list(_WORN)].sum(), 1.0)))


def season_worn(garments: np.ndarray) -> np.ndarray:
    """(4,) shares of SEASONS of when garments with these probabilities (10,), in GARMENTS' order, are worn."""
    season = garments @ np.array([_SEASONS[name] for name in GARMENTS])
    return season / season.sum()
