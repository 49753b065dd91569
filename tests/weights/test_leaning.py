"""A visitor's preference leans the place of a product that ships with its spec, and one that leans nothing does not."""

import dataclasses

import pytest

from showroom.catalogue import baked_spec, load_catalogue
from showroom.imagine.cache import Cache
from showroom.imagine.make import make
from showroom.words.preference import Preference
from showroom.words.request import PLACE, Request
from showroom.words.scenespec import SceneSpec
from showroom.words.vocabulary import PLACES


@pytest.fixture
def place_of(nose, tmp_path):
    """The spec that answers a request, before anything is painted."""
    def answered(request):
        making = make(request, lambda: nose, Cache(tmp_path))
        spec = next(value for value in making if isinstance(value, SceneSpec))
        making.close()
        return spec
    return answered


def test_a_place_leans_towards_what_is_known_and_stays_the_product_s(place_of):
    product = load_catalogue().find("resina")
    plain = Request(PLACE, product=product, spec=baked_spec(product))
    own = place_of(plain)
    assert own == plain.spec
    seen = Preference().more_like("resina").not_this("vespri").dwelling("resina", 60).costing(20000)
    assert place_of(dataclasses.replace(plain, preference=seen)) == own
    known = seen.answered("hour", "night").answered("place", "seashore").answered("texture", "silk")
    leaned = place_of(dataclasses.replace(plain, preference=known))
    assert leaned.sky.stars > own.sky.stars + 0.3
    assert leaned.place["seashore"] > own.place.get("seashore", 0.0)
    assert leaned.touch.softness > own.touch.softness + 0.1
    assert leaned.main_place(PLACES) == own.main_place(PLACES) and leaned.why[0].brings != own.why[0].brings


def test_the_same_preference_gives_the_same_place(place_of):
    product = load_catalogue().find("vespri")
    known = Preference().liking({"smoky": 1.0}, {"amber": 0.5}).answered("hour", "dawn")
    request = Request(PLACE, product=product, spec=baked_spec(product), preference=known)
    assert place_of(request).digest == place_of(request).digest
