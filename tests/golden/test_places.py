"""Whole places and the hall, as they looked when somebody last looked and was content.

Pictures are compared only on the renderer they were made with; elsewhere a place must draw and not
be empty, and the comparison skips by name.
"""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from compare import compare
from PIL import Image

from showroom import gl
from showroom.errors import GraphicsError

PINNED = ("llvmpipe", "Mesa 25.0.7")
SIZE = (320, 180)
SURFACE_PX = 128
TIME_S = 6.0
GOLDENS = Path(__file__).parent
HALL = "hall"
SUBJECTS = ("bassa-marea", "vespri", "prima-rugiada", "credenza", HALL)


@pytest.fixture
def camera():
    from showroom.app.still import StillCamera

    try:
        made = StillCamera(SIZE)
    except GraphicsError as error:
        pytest.skip(f"no OpenGL here: {error}")
    yield made
    made.close()


def drawn(camera, subject: str, cache_folder: Path) -> np.ndarray:
    from showroom.app.requests import request_for
    from showroom.imagine.cache import Cache
    from showroom.imagine.make import make
    from showroom.imagine.nose import Nose

    request = replace(request_for(product_id=None if subject == HALL else subject), surface_px=SURFACE_PX)
    camera.show(make(request, Nose.load, Cache(cache_folder)), request.kind, TIME_S)
    return camera.picture(TIME_S)[0]


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_place_looks_as_it_did(camera, subject, tmp_path, update_golden):
    picture = drawn(camera, subject, tmp_path)
    assert picture.std() > 12 and len(np.unique(picture.reshape(-1, 3), axis=0)) > 500, "an empty picture"
    golden = GOLDENS / f"{subject}.png"
    if update_golden:
        Image.fromarray(picture).save(golden, optimize=True)
        return
    described = gl.describe()
    if not all(word in described["renderer"] + described["version"] for word in PINNED):
        pytest.skip(f"goldens are of {' on '.join(PINNED)}; this is {described['renderer']}, {described['version']}")
    difference = compare(picture, np.asarray(Image.open(golden).convert("RGB")))
    if not difference.same:
        Image.fromarray(picture).save(tmp_path / f"{subject}.png")
    assert difference.same, f"{difference}; look at {tmp_path / subject}.png beside {golden}"
