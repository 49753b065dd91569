"""What a photo shows: the weights are the expected ones; places and seasons follow what is seen."""

import numpy as np
import pytest

from showroom.catalogue import product_from_text
from showroom.errors import ModelError
from showroom.imagine.backbone import CLASSES, WIDTH, Backbone, weights_path
from showroom.imagine.learned import seen
from showroom.imagine.matter import matter_of
from showroom.imagine.picture import Photo, main_colours
from showroom.imagine.sights import GARMENTS, sight_of
from showroom.words.vocabulary import PLACES


def test_other_weights_are_refused_in_one_line(tmp_path):
    other = tmp_path / "a.pth"
    other.write_bytes(weights_path().read_bytes() + b"\1")
    for path, said in ((other, "only 579344248a93"), (tmp_path / "none", "No such file")):
        with pytest.raises(ModelError, match=said) as raised:
            Backbone.load(path)
        assert "\n" not in str(raised.value) and "reinstall efficientnet-lite0" in str(raised.value)


def test_looking_is_the_same_alone_and_in_company(backbone):
    """Of any shape, on a ground of its border's colour: a margin of that colour changes little."""
    noise = np.random.default_rng(3)
    pictures = [noise.integers(0, 255, shape, np.uint8) for shape in ((40, 90, 3), (224, 224, 3), (1, 1, 3))]
    features, classes = backbone.look(pictures)
    assert features.shape == (3, WIDTH) and classes.shape == (3, CLASSES)
    assert np.allclose(classes.sum(1), 1) and np.isfinite(features).all()
    for at, picture in enumerate(pictures):
        assert np.abs(backbone.look([picture])[0][0] - features[at]).max() < 1e-4


def test_places_and_season_go_towards_what_is_seen(nose):
    """A beach and shorts: nearer the sea and summer, as far as they are sure, and still the product's own."""
    reading = nose._reader.read(product_from_text("rose, peony, raspberry"))
    own = nose._learned.liking(reading)
    classes, garments = np.zeros(CLASSES), np.eye(len(GARMENTS))[GARMENTS.index("shorts")]
    classes[[978, 842]] = 0.5
    there = seen(own, sight_of(classes, garments))
    assert there.places["seashore"] == pytest.approx(0.25, abs=0.02) and there.main_place == own.main_place
    assert there.season["summer"] > own.season["summer"] and sum(there.season.values()) == pytest.approx(1)
    coat = seen(own, sight_of(classes, np.eye(len(GARMENTS))[GARMENTS.index("outwear")]))
    assert coat.season["winter"] > own.season["winter"] > there.season["winter"]
    nothing = sight_of(np.full(CLASSES, 1e-5), garments)
    assert seen(own, nothing).places == own.places


def test_what_is_seen_is_named_as_the_house_names_it():
    sure = sight_of(np.ones(CLASSES) / CLASSES, np.ones(len(GARMENTS)) / len(GARMENTS))
    assert set(sight_of(np.ones(CLASSES), np.ones(len(GARMENTS))).places) <= set(PLACES)
    assert sum(sure.places.values()) <= 1 and sure.worn <= 1 and sure.season.sum() == pytest.approx(1)


def test_a_photo_changes_the_spec_and_is_seen_the_same_twice(nose):
    pixels = np.zeros((60, 60, 3), np.uint8)
    pixels[20:40, 20:40] = (200, 40, 60)
    photo = Photo(main_colours(pixels), matter_of(pixels), pixels)
    product = product_from_text("rose, peony, raspberry")
    specs = [nose.imagine(product, photo=photo).to_json() for _ in range(2)]
    assert specs[0] == specs[1] != nose.imagine(product).to_json()
