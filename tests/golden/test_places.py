"""Every place of the vocabulary and the hall, as they looked when somebody last looked and was content.

A place is shown by a product of the house that leads there, or by a text where no product does.

Pictures are compared only on the renderer they were made with; elsewhere a place must draw and not
be empty, and the comparison skips by name.
"""

import functools
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from compare import compare
from PIL import Image

from showroom import gl
from showroom.errors import GraphicsError
from showroom.words.result import Failed
from showroom.words.scenespec import SceneSpec
from showroom.words.vocabulary import PLACES

PINNED = ("llvmpipe", "Mesa 25.0.7")
SIZE = (320, 180)
SURFACE_PX = 64
TIME_S = 6.0
GOLDENS = Path(__file__).parent
HALL = "hall"
BY_PRODUCT = {
    "seashore": "bassa-marea", "incense_temple": "vespri", "rose_garden": "prima-rugiada",
    "conifer_forest": "resina", "vanilla_patisserie": "credenza", "alpine_snow": "primo-gelo", "citrus_grove": "muro-bianco",
    "white_garden_night": "notte-di-giugno", "spice_souk": "carovana", "leather_library": "lampada-verde",
    "tea_terraces": "bruma"}
BY_TEXT = {
    "lavender_field": "lavender, hay, honey: a field of lavender in bloom under the sun",
    "mossy_undergrowth": "oakmoss, damp earth, fern: moss under old trees",
    "desert_dusk": "warm sand, amber, myrrh, dry wood: a desert at dusk",
    "rain_street": "petrichor, wet asphalt, ozone: a street in the rain",
    "tropical_shore": "coconut, tiare, banana leaf: a tropical shore with palms"}
SUBJECTS = (*PLACES, HALL)


@pytest.fixture
def camera():
    from showroom.app.still import StillCamera

    try:
        made = StillCamera(SIZE)
    except GraphicsError as error:
        pytest.skip(f"no OpenGL here: {error}")
    yield made
    made.close()


@functools.cache
def nose():
    from showroom.imagine.nose import Nose

    return Nose.load()


def values_of(subject: str, cache_folder: Path):
    """Kind and values of the hall, of a product's place or of a text's; it leads to the place meant."""
    from showroom.app.requests import request_for
    from showroom.imagine.cache import Cache
    from showroom.imagine.make import make

    request = request_for(text=BY_TEXT.get(subject), product_id=BY_PRODUCT.get(subject))
    values = list(make(replace(request, surface_px=SURFACE_PX), nose, Cache(cache_folder)))
    assert not [value.reason for value in values if isinstance(value, Failed)]
    specs = [value for value in values if isinstance(value, SceneSpec)]
    place = HALL if subject == HALL else specs[0].main_place(PLACES)
    assert place == subject, f"{subject} is to be shown by what leads to {place}; change it in this file"
    return request.kind, values


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_place_looks_as_it_did(camera, subject, tmp_path, update_golden):
    kind, values = values_of(subject, tmp_path)
    camera.show(values, kind, TIME_S)
    picture = camera.picture(TIME_S)[0]
    assert picture.std() > 12 and len(np.unique(picture.reshape(-1, 3), axis=0)) > 500, "an empty picture"
    golden = GOLDENS / f"{subject}.png"
    if update_golden:
        Image.fromarray(picture).save(golden, optimize=True)
        return
    described = gl.describe()
    if not all(word in described["renderer"] + described["version"] for word in PINNED):
        here = f"{described['renderer']}, {described['version']}"
        pytest.skip(f"goldens are of {' on '.join(PINNED)}; this is {here}")
    assert golden.is_file(), f"no {golden.name} yet; look at the place, then run this with --update-golden"
    difference = compare(picture, np.asarray(Image.open(golden).convert("RGB")))
    if not difference.same:
        Image.fromarray(picture).save(tmp_path / f"{subject}.png")
    assert difference.same, f"{difference}; look at {tmp_path / subject}.png beside {golden}"
