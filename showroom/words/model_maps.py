"""Maps that a model's materials may have beside what is painted: their names and how their texels are laid out.

All are 8 bit, four channels, and multiply the material's own number; what a picture does not give is 255
(of normals 128). Rows run from the top (v = 0), as in glTF.
"""

import numpy as np

from showroom.words.image import COLOR, DETAIL

GLOW, SHEEN, SPECULAR, COAT, VOLUME = "glow", "sheen", "specular", "coat", "volume"
SRGB_MAPS = (COLOR, GLOW, SHEEN, SPECULAR)  # rgb encoded as sRGB, a linear:
# opacity of the base colour; metallic beside what glows; sheen's roughness; share of what is mirrored
LINEAR_MAPS = (DETAIL, COAT, VOLUME)
# normal x, normal y, roughness, occlusion; the coat's normal x, normal y, strength, roughness; transmission,
# thickness, iridescence, thickness of the film from its thinnest (0) to its thickest (255)
MODEL_MAPS = (*SRGB_MAPS, *LINEAR_MAPS)
FORMAT = (np.uint8, 4)

MODEL_SURFACES = tuple(f"model_{number}" for number in range(32))  # one for each material that has pictures
MODEL_LAYERS = 32  # for maps of each encoding, of all models that are shown at once
HALL_LAYERS = 12   # of them, at most, for all models of a hall
PLACE_LAYERS = (MODEL_LAYERS - HALL_LAYERS) // 2  # for a place's: two places pass each other
