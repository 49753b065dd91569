"""Making: what comes first, how it is cut, and that the cache gives back the very same."""

import dataclasses
import logging
import shutil
from itertools import pairwise

import numpy as np
import pytest
from PIL import Image as Picture

from showroom.errors import InputError
from showroom.imagine.cache import Cache
from showroom.imagine.hallspec import hall_spec
from showroom.imagine.make import BAND_BYTES, COARSE_PX, make
from showroom.imagine.messages import encode
from showroom.imagine.paint import Painted
from showroom.words.geometry import Geometry
from showroom.words.image import SKY, Image, level_size
from showroom.words.product import Product
from showroom.words.request import Request
from showroom.words.result import Done, Progress
from showroom.words.scenespec import SceneSpec, Why
from stand_in import a_spec

PX = 128


def no_model():
    raise AssertionError("a baked spec needs no model")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def values(folder):
    return list(make(asked(), no_model, Cache(folder)))


def asked(spec: SceneSpec | None = None, px: int = PX) -> Request:
    return Request("place", spec=spec or a_spec(), surface_px=px, detail=0.1)


def of(kind, values) -> list:
    return [value for value in values if isinstance(value, kind)]


def bytes_of(values) -> list[bytes]:
    return [b"".join(encode(value)) for value in values]


def test_spec_first_then_coarse_surfaces_geometry_fine_surfaces_done(values):
    assert values[0] == a_spec() and values[-1] == Done()
    place = {id(value): at for at, value in enumerate(values)}
    grown = place[id(of(Geometry, values)[0])]
    coarse = [place[id(image)] for image in of(Image, values[:grown])]
    assert {values[at].surface for at in coarse} == {"sky", "ground", "plinth", "sprites"}
    assert all(level_size(values[at].size, values[at].level)[1] <= COARSE_PX for at in coarse)
    parts = [place[id(part)] for part in of(Geometry, values)]
    fine = [place[id(image)] for image in of(Image, values) if image.level == 0]
    assert max(coarse) < min(parts) and max(parts) < min(fine)
    assert values[min(fine)].surface == SKY


def test_every_level_of_every_map_comes_whole_smallest_first(values):
    rows: dict[tuple, int] = {}
    levels: dict[tuple, list[int]] = {}
    for image in of(Image, values):
        assert image.pixels.nbytes <= BAND_BYTES
        key = (image.surface, image.map)
        assert image.size == ((2 * PX, PX) if image.map == SKY else (PX, PX))
        rows[*key, image.level] = rows.get((*key, image.level), 0) + len(image.pixels)
        levels.setdefault(key, []).append(image.level)
    for (surface, kind), seen in levels.items():
        assert set(seen) == set(range(6 if kind == SKY else PX.bit_length())), surface
        restarts = [pair for pair in pairwise(seen) if pair[0] < pair[1]]
        assert len(restarts) <= 1, "coarse levels, then all of them, each time from the smallest"
    for (_, kind, level), count in rows.items():
        height = level_size((2 * PX, PX) if kind == SKY else (PX, PX), level)[1]
        assert count in (height, 2 * height)


def test_progress_only_grows(values):
    fractions = [progress.fraction for progress in of(Progress, values)]
    assert fractions[0] == 0 and fractions[-1] == 1
    assert all(a <= b for a, b in pairwise(fractions)) and len(fractions) > 6


def test_the_coarse_levels_are_the_fine_ones_blurred(values):
    for surface in ("ground", "plinth"):
        level = PX.bit_length() - COARSE_PX.bit_length()
        coarse, fine = [image.pixels.astype(float) for image in of(Image, values)
                        if image.surface == surface and image.map == "color" and image.level == level]
        assert np.abs(coarse[..., :3].mean(axis=(0, 1)) - fine[..., :3].mean(axis=(0, 1))).max() < 16


def test_the_cache_gives_the_very_same_without_painting(values, folder, monkeypatch):
    monkeypatch.setattr("showroom.imagine.paint.paint", None)
    monkeypatch.setattr("showroom.imagine.grow.grow_place", None)
    assert bytes_of(make(asked(), no_model, Cache(folder))) == bytes_of(values)


def test_damaged_assets_are_said_and_made_again_to_the_same_bytes(values, folder, tmp_path, caplog):
    copy = shutil.copytree(folder, tmp_path / "copy")
    assets = sorted(copy.rglob("*.asset"))
    for path in assets[::2]:
        path.write_bytes(path.read_bytes()[:-100])
    with caplog.at_level(logging.WARNING):
        assert bytes_of(make(asked(), no_model, Cache(copy))) == bytes_of(values)
    assert len([record for record in caplog.records if "made again" in record.message]) == len(assets[::2])
    caplog.clear()
    assert bytes_of(make(asked(), no_model, Cache(copy))) == bytes_of(values)
    assert not caplog.records


def test_what_is_not_seen_paints_nothing_anew(values, folder):
    before = set(folder.rglob("*.asset"))
    told = dataclasses.replace(a_spec(), why=(Why("salt", "top", "the sea"),), confidence=0.1).sealed()
    assert of(SceneSpec, make(asked(told), no_model, Cache(folder))) == [told]
    assert set(folder.rglob("*.asset")) == before


@pytest.mark.parametrize("change", ["seed", "colour", "size"])
def test_what_is_seen_paints_anew(folder, tmp_path, monkeypatch, change):
    painted = []

    def flat(spec, surface, size_px, between):
        painted.append((surface, size_px))
        return Painted(color=np.full((size_px, size_px, 4), 128, np.uint8))

    monkeypatch.setattr("showroom.imagine.paint.paint", flat)
    monkeypatch.setattr("showroom.imagine.grow.grow_place", lambda *_: iter(()))
    copy = shutil.copytree(folder, tmp_path / "copy")
    requests = {"seed": asked(a_spec(seed=8)), "colour": asked(a_spec(srgb="#556677")), "size": asked(px=256)}
    list(make(requests[change], no_model, Cache(copy)))
    assert {surface for surface, _ in painted} >= {"sky", "ground", "plinth", "sprites"}


def test_the_hall_knows_its_products(tmp_path):
    products = [(Product(f"p-{at}", "perfume", {"en": "x"}, {"en": "x"}), a_spec(at)) for at in range(3)]
    request = Request("hall", products=tuple(products), surface_px=32, detail=0.1)
    values = list(make(request, no_model, Cache(tmp_path)))
    assert values[0] == hall_spec() and values[-1] == Done()
    assert {part.product_id for part in of(Geometry, values)} == {"", "p-0", "p-1", "p-2"}
    worn = {part.material.surface for part in of(Geometry, values)} - {""}
    assert worn <= {image.surface for image in of(Image, values)}


def test_a_baked_place_is_adjusted_without_the_model_and_a_seed_asks_for_it(tmp_path):
    plain = next(make(asked(), no_model, Cache(tmp_path)))
    night = next(make(dataclasses.replace(asked(), adjust="at night"), no_model, Cache(tmp_path)))
    assert night.sky.stars > 0.7 > plain.sky.stars and night.why[0].note == "at night"
    with pytest.raises(InputError, match="'purple': unknown"):
        next(make(dataclasses.replace(asked(), adjust="purple"), no_model, Cache(tmp_path)))


def test_seed_photo_and_taste_reach_the_model_and_what_is_none_is_refused_before_it(tmp_path):
    given = []

    class Nose:
        def imagine(self, product, **how):
            given.append((product.id, how))
            return a_spec()

    Picture.new("RGB", (20, 20), (0, 128, 128)).save(tmp_path / "teal.png")
    (tmp_path / "taste.toml").write_text('hour = "dusk"')
    (tmp_path / "broken.toml").write_text('hour = "tea"')
    product = Product("new", "perfume", {"en": "New"}, {"en": "rain"})
    one = dataclasses.replace(asked(), product=product, seed=5, image=str(tmp_path / "teal.png"),
                              taste=str(tmp_path / "taste.toml"))
    values = make(one, Nose, Cache(tmp_path))
    assert (next(values), next(values)) == (Progress(0.0, "model"), a_spec())
    (_, how), = given
    assert how["seed"] == 5 and how["taste"].hour == "dusk" and how["photo"].colours[0].srgb == "#008080"
    for wrong in ({"taste": str(tmp_path / "broken.toml")}, {"image": str(tmp_path / "taste.toml")}):
        with pytest.raises(InputError, match="hour is 'tea'|no picture"):
            list(zip(range(2), make(dataclasses.replace(one, **wrong), no_model, Cache(tmp_path))))
    with pytest.raises(InputError, match="of nothing"):
        next(make(dataclasses.replace(asked(), seed=5), no_model, Cache(tmp_path)))


@pytest.mark.parametrize(("changes", "told"), [
    ({"surface_px": 100}, "100 px"), ({"surface_px": 8}, "8 px"), ({"surface_px": 1 << 14}, "16384 px"),
    ({"detail": 1.5}, "detail 1.5"), ({"painter": "oil"}, "'oil', which is no painter"),
    ({"painter": "diffusion"}, "no model that does"), ({"spec": None}, "of nothing"),
])
def test_requests_that_cannot_be_meant_are_refused(tmp_path, changes, told):
    with pytest.raises(InputError, match=told):
        list(make(dataclasses.replace(asked(), **changes), no_model, Cache(tmp_path)))


def test_the_hall_spec_is_a_spec():
    assert SceneSpec.from_json(hall_spec().to_json()) == hall_spec()
