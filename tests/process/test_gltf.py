"""A product's model on its way: catalogue, request, a process of its own, cache, plinth; and what stops it."""

import dataclasses
import json
import os
import struct
import sys
import time
import zlib
from pathlib import Path

import numpy as np
import pytest

sys.path.append(str(Path(__file__).resolve().parents[1] / "words"))

from gltf_kit import CUBE, CUBE_FACES, Gltf, cube, packed
from showroom.catalogue import load_catalogue, place_digest, product_digest
from showroom.errors import GltfError, ProductError
from showroom.imagine.bake import Task, bake
from showroom.imagine.cache import Cache
from showroom.imagine.gltf import validator
from showroom.imagine.gltf.digest import digest_of
from showroom.imagine.gltf.hero import GROUND_HIGH_M, spec_for, standing
from showroom.imagine.gltf.model import Wanted, read
from showroom.imagine.gltf.reader import read_model
from showroom.imagine.grow.mesh import make as make_mesh
from showroom.imagine.grow.part import part
from showroom.imagine.mailbox import _request_in, letter_of
from showroom.imagine.make import make
from showroom.imagine.messages import encode
from showroom.product_table import product_of
from showroom.words.geometry import CAUSTIC, HERO, Geometry
from showroom.words.hall import PLINTHS
from showroom.words.image import Image
from showroom.words.material import Material
from showroom.words.model_maps import HALL_LAYERS, MODEL_LAYERS, PLACE_LAYERS
from showroom.words.product import Product
from showroom.words.request import HALL, PLACE, Request
from showroom.words.result import Remark
from showroom.words.scenespec import SceneSpec, Thing
from stand_in import a_spec

HOUSE = '[house]\nname = { en = "House" }\ndescription = { en = "A house" }\n'
ROW = '[[product]]\nid = "one"\nkind = "torch"\nname = { en = "One" }\ndescription = { en = "Thing" }\n'


CORNER = make_mesh(np.array([[0, 0, 0], [1, 0, 0], [0, 0, 1]]), np.array([[0, 2, 1]]), np.zeros((3, 2)))


def no_model():
    raise AssertionError("a baked spec needs no model")


def png(width: int, height: int) -> bytes:
    """A PNG of nothing but one colour, however large."""
    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    rows = zlib.compressobj(9)
    content = b"".join(rows.compress(b"\0" * (1 + 3 * width)) for _ in range(height)) + rows.flush()
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", content) + chunk(b"IEND", b""))


def dressed(size_px: int = 4) -> Gltf:
    """A cube with a picture."""
    made = cube(material=0)
    made.plain["meshes"][0]["primitives"][0]["attributes"]["TEXCOORD_0"] = made.add(np.zeros((8, 2), "f4"))
    made.plain["images"] = [{"bufferView": made.view(png(size_px, size_px)), "mimeType": "image/png"}]
    made.plain["textures"] = [{"source": 0}]
    made.plain["materials"] = [{"pbrMetallicRoughness": {"baseColorTexture": {"index": 0}}}]
    return made


def scaled(much: float) -> Gltf:
    made = cube()
    made.plain["nodes"][0]["scale"] = [much] * 3
    return made


def product(path: Path, made: Gltf | bytes, product_id: str = "one", variant: str = "") -> Product:
    path.write_bytes(made if isinstance(made, bytes) else made.glb())
    return Product(product_id, "torch", {"en": "One"}, {"en": "Thing"}, model=str(path), variant=variant)


def asked(one: Product) -> Request:
    return Request(PLACE, product=one, spec=a_spec(), surface_px=32, detail=0.05)


@pytest.fixture(scope="module")
def kept(tmp_path_factory) -> Path:
    """A cache that all places share: what they are painted with is the same."""
    return tmp_path_factory.mktemp("kept")


@pytest.fixture
def bare(monkeypatch) -> None:
    """Places of a plinth and its hero alone, which are grown at once."""
    whole = [part("ground", CORNER, Material()), part("plinth", CORNER, Material()),
             part("hero.glass", CORNER, Material()), part("stones", CORNER, Material())]
    monkeypatch.setattr("showroom.imagine.grow.grow_place", lambda spec, detail: iter(whole))


def made(request: Request, folder: Path) -> list:
    return list(make(request, no_model, Cache(folder)))


def heroes(values: list) -> list[Geometry]:
    return [value for value in values if isinstance(value, Geometry)
            and value.part.startswith(HERO) and not value.part.endswith(CAUSTIC)]


# The process ---------------------------------------------------------------------------------------

def test_a_model_comes_back_whole(tmp_path):
    path = tmp_path / "vase.glb"
    path.write_bytes(dressed().glb())
    model = read_model(path, Wanted(size_px=16))
    assert [part.part for part in model.parts] == ["hero.model_0"] and {image.surface for image in model.images} == {"model_0"}


@pytest.mark.parametrize(("content", "said"), [(b"", "neither JSON nor GLB"), (b"{}", "/: no asset"), (None, "not there")])
def test_what_is_no_model_is_one_line(tmp_path, content, said):
    path = tmp_path / "vase.glb"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(GltfError) as refused:
        read_model(path)
    assert said in str(refused.value) and "vase.glb" in str(refused.value) and "\n" not in str(refused.value)
    assert str(tmp_path) not in str(refused.value)


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "vase.glb")
    with pytest.raises(GltfError, match="no regular file"):
        read_model(tmp_path / "vase.glb", patience_s=30)


def test_reading_that_takes_too_long_is_ended(tmp_path):
    path = tmp_path / "vase.glb"
    path.write_bytes(dressed().glb())
    start = time.monotonic()
    with pytest.raises(GltfError, match="more than 0 s"):
        read_model(path, patience_s=0.01)
    assert time.monotonic() - start < 10


def test_reading_ends_when_nobody_wants_it_any_more(tmp_path):
    path = tmp_path / "vase.glb"
    path.write_bytes(dressed().glb())

    def unwanted():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_model(path, between=unwanted)


def test_a_picture_of_a_hundred_megapixels_is_refused_before_it_is_decoded(tmp_path):
    path = tmp_path / "vase.glb"
    path.write_bytes(dressed(10_000).glb())
    with pytest.raises(GltfError, match="10000×10000 pixels"):
        read_model(path)


# The place -----------------------------------------------------------------------------------------

def test_a_model_stands_where_the_hero_stood(tmp_path, kept):
    values = made(asked(product(tmp_path / "vase.glb", dressed())), kept)
    own, = heroes(values)
    world = own.instances["world_from_part"][0]
    assert own.part == "hero.model_0" and world[:, 3] == pytest.approx([0, 1.05, -1.05]) and world[:, :3] == pytest.approx(np.eye(3))
    plain = heroes(made(dataclasses.replace(asked(product(tmp_path / "a.glb", b"")), product=None), kept))
    assert {part.part for part in plain} and not any("model" in part.part for part in plain)
    pictures = [value for value in values if isinstance(value, Image) and value.surface == "model_0"]
    assert {image.size for image in pictures} == {(32, 32)} and [image.level for image in pictures] == sorted(
        (image.level for image in pictures), reverse=True)
    assert next(value for value in values if isinstance(value, SceneSpec)) == a_spec()


def test_the_second_time_it_comes_from_the_cache(tmp_path, kept, bare, monkeypatch):
    request = asked(product(tmp_path / "vase.glb", dressed()))
    first = made(request, kept)
    monkeypatch.setattr("showroom.imagine.gltf.reader.read_model", None)
    monkeypatch.setattr("showroom.imagine.grow.grow_place", None)
    again = made(request, kept)
    assert [b"".join(encode(value)) for value in again] == [b"".join(encode(value)) for value in first]


def test_a_changed_model_is_another_one(tmp_path, kept, bare):
    one = product(tmp_path / "vase.glb", scaled(1))
    assert heroes(made(asked(one), kept))[0].vertices["position"].max() == pytest.approx(0.1)
    product(tmp_path / "vase.glb", scaled(2))
    assert heroes(made(asked(one), kept))[0].vertices["position"].max() == pytest.approx(0.2)


def test_a_model_that_is_refused_costs_nothing_but_itself(tmp_path, kept, bare):
    values = made(asked(product(tmp_path / "vase.glb", b"{}")), kept)
    remark, = (value for value in values if isinstance(value, Remark))
    assert remark.fault and "vase.glb" in remark.line and "\n" not in remark.line
    assert heroes(values) and not any("model" in part.part for part in heroes(values))


@pytest.mark.parametrize(("much", "plinth", "refused"), [(1, True, False), (7.5, False, False), (90, True, True)])
def test_what_is_too_large_for_its_plinth_stands_on_the_ground_or_is_refused(tmp_path, kept, bare, much, plinth, refused):
    values = made(asked(product(tmp_path / "chest.glb", scaled(much))), kept)
    parts = {value.part for value in values if isinstance(value, Geometry)}
    assert ("plinth" in parts) == plinth
    remarks = [value.line for value in values if isinstance(value, Remark) and value.fault]
    assert bool(remarks) == refused and (not refused or f"{GROUND_HIGH_M:.1f} m" in remarks[0] and "9 m wide" in remarks[0])
    own = heroes(values)[0]
    if not refused:
        assert own.instances["world_from_part"][0][1, 3] == pytest.approx(1.05 if plinth else 0.0, abs=1e-6)


@pytest.mark.parametrize("much", [1, 7.5])
def test_what_stands_by_a_large_one_steps_aside(tmp_path, much):
    path = tmp_path / "chest.glb"
    path.write_bytes(scaled(much).glb())
    spec = dataclasses.replace(a_spec(), things=(Thing("lemon", "#e0d040", "top"),))
    grown = spec_for(spec, standing(read(path.read_bytes(), None), path.name))
    assert bool(grown.things) == (much == 1) and grown.hero.height_m == pytest.approx(0.1 * much)


def test_a_file_without_a_triangle_is_nothing_to_show(tmp_path, kept, bare):
    values = made(asked(product(tmp_path / "empty.glb", packed({"asset": {"version": "2.0"}}))), kept)
    assert any(isinstance(value, Remark) and "no triangle" in value.line for value in values)


def test_in_the_hall_each_stands_on_the_plinth_of_its_product(tmp_path, kept):
    one, two = product(tmp_path / "a.glb", dressed(), "one"), product(tmp_path / "b.glb", dressed(), "two")
    plain = Product("three", "torch", {"en": "Three"}, {"en": "Thing"})
    request = Request(HALL, products=((plain, a_spec()), (one, a_spec()), (two, a_spec())), surface_px=32, detail=0.05)
    values = made(request, kept)
    grown = [value for value in values if isinstance(value, Geometry) and value.product_id]
    grown = [part for part in grown if not part.part.endswith(CAUSTIC)]
    own = {part.part: part for part in grown if ".model_" in part.part}
    assert set(own) == {"hero1.model_0", "hero2.model_0"} and any(part.product_id == "three" for part in grown)
    assert not any(part.product_id in ("one", "two") for part in grown if part.part not in own)
    assert [part.material.surface for part in own.values()] == ["model_0", "model_1"]
    assert {value.surface for value in values if isinstance(value, Image)} >= {"model_0", "model_1"}
    for index, part in ((1, own["hero1.model_0"]), (2, own["hero2.model_0"])):
        x, z = part.instances["world_from_part"][0][[0, 2], 3]
        assert (x, z) == pytest.approx((1.6 * np.sin(index * np.pi / 6), -1.6 * np.cos(index * np.pi / 6)), abs=1e-5)


def test_a_hall_shows_the_models_of_its_plinths_alone(tmp_path, kept, bare):
    """A fourteenth product has no plinth: its model stands on none, and what is told is told of those that are seen."""
    last = product(tmp_path / "last.glb", cube(), "last")
    plain = [(Product(f"p{k}", "torch", {"en": "P"}, {"en": "Thing"}), a_spec()) for k in range(13)]
    values = made(Request(HALL, products=(*plain, (last, a_spec())), surface_px=32, detail=0.05), kept)
    assert any(isinstance(value, Geometry) for value in values)
    assert not any(isinstance(value, Geometry) and value.product_id == "last" for value in values)


def test_what_was_refused_once_is_not_read_again_until_it_changes(tmp_path, kept, bare, monkeypatch):
    one = product(tmp_path / "a.glb", b"no model at all")
    asked_for, first = [], [value for value in made(asked(one), kept) if isinstance(value, Remark)]
    with monkeypatch.context() as patch:
        patch.setattr("showroom.imagine.gltf.reader.read_model", asked_for.append)
        assert [value for value in made(asked(one), kept) if isinstance(value, Remark)] == first and first[0].fault
    assert not asked_for
    assert heroes(made(asked(product(tmp_path / "a.glb", cube())), kept))[0].part.startswith(HERO + "model_")


def test_hall_and_two_places_have_layers_enough():
    assert HALL_LAYERS + 2 * PLACE_LAYERS <= MODEL_LAYERS and HALL_LAYERS >= PLINTHS


def test_a_hall_without_products_stands(kept):
    assert any(value.part == "floor" for value in made(Request(HALL, surface_px=32, detail=0.05), kept)
               if isinstance(value, Geometry))


def test_models_for_which_the_hall_has_no_room_leave_theirs_to_our_own(tmp_path, kept, monkeypatch):
    monkeypatch.setattr("showroom.imagine.exhibit._MOST_TRIANGLES", 20)
    one, two = product(tmp_path / "a.glb", cube(), "one"), product(tmp_path / "b.glb", cube(), "two")
    values = made(Request(HALL, products=((one, a_spec()), (two, a_spec())), surface_px=32, detail=0.05), kept)
    fault, = [value for value in values if isinstance(value, Remark) and value.fault]
    assert "b.glb in the hall" in fault.line and "24 triangles" in fault.line
    shown = {value.product_id for value in values if isinstance(value, Geometry) and ".model_" in value.part}
    assert shown == {"one"} and any(isinstance(value, Geometry) and value.product_id == "two" for value in values)


def test_what_turns_out_beyond_all_bounds_is_refused_in_words(tmp_path):
    """A lamp alone stands where no number says."""
    lamp = cube()
    lamp.plain["extensions"] = {"KHR_lights_punctual": {"lights": [{"type": "point"}]}}
    lamp.plain["nodes"] += [{"scale": [1e200] * 3, "children": [2]},
                            {"translation": [1e200] * 3, "extensions": {"KHR_lights_punctual": {"light": 0}}}]
    lamp.plain["scenes"] = [{"nodes": [0, 1]}]
    path = tmp_path / "far.glb"
    path.write_bytes(lamp.glb())
    with pytest.raises(GltfError, match="beyond all bounds"):
        read_model(path)


def test_a_digest_looks_at_no_more_than_a_model_may_have(tmp_path, monkeypatch):
    monkeypatch.setattr("showroom.imagine.gltf.digest.MOST_BYTES", 1000)
    path, beside = tmp_path / "a.gltf", tmp_path / "a.bin"
    path.write_text('{"buffers": [{"uri": "a.bin"}]}')
    beside.write_bytes(b"a" * 500)
    first = digest_of(path)
    beside.write_bytes(b"b" * 500)
    assert digest_of(path) != first
    os.truncate(beside, 2000)
    large = digest_of(path)
    beside.write_bytes(b"c" * 2000)
    assert digest_of(path) == large
    os.unlink(beside)
    os.mkfifo(beside)
    assert digest_of(path) == large, "a pipe is not waited for"


def test_maps_are_no_larger_than_the_card_has_room_for(tmp_path, kept, bare):
    values = made(dataclasses.replace(asked(product(tmp_path / "a.glb", dressed())), surface_px=2048), kept)
    assert {value.size for value in values if isinstance(value, Image) and value.surface == "model_0"} == {(1024, 1024)}


def test_a_model_s_lamps_shine_where_it_stands(tmp_path, kept, bare):
    lamp = cube()
    lamp.plain["extensions"] = {"KHR_lights_punctual": {"lights": [{"type": "point", "color": [1, 0, 0], "intensity": 5}]}}
    lamp.plain["nodes"].append({"translation": [0, 0.05, 0], "extensions": {"KHR_lights_punctual": {"light": 0}}})
    lamp.plain["scenes"] = [{"nodes": [0, 1]}]
    own, = heroes(made(asked(product(tmp_path / "lamp.glb", lamp)), kept))
    light, = own.lights
    assert light.position == pytest.approx((0, 1.15, -1.05)) and light.color[0] > 0 == light.color[1]


# The catalogue --------------------------------------------------------------------------------------

def catalogue(folder: Path, row: str):
    (folder / "catalogue.toml").write_text(HOUSE + ROW + row)
    return load_catalogue(folder / "catalogue.toml")


def test_a_model_lies_in_its_catalogue_s_folder(tmp_path):
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "vase.glb").write_bytes(cube().glb())
    one, = catalogue(tmp_path, 'model = "models/vase.glb"\nvariant = "red"\n').products
    assert (one.model, one.variant) == (str(tmp_path / "models" / "vase.glb"), "red")


@pytest.mark.parametrize("model", ["../vase.glb", "/etc/vase.glb", "vase.obj", "missing.glb", "link.glb", "", "a\\nb.glb"])
def test_no_other_path_is_a_model(tmp_path, model):
    folder = tmp_path / "shop"
    folder.mkdir()
    (tmp_path / "vase.glb").write_bytes(cube().glb())
    (folder / "link.glb").symlink_to(tmp_path / "vase.glb")
    if not model:
        assert catalogue(folder, 'model = ""\n').products[0].model == ""
        return
    with pytest.raises(ProductError, match="model"):
        catalogue(folder, f"model = {json.dumps(model)}\n")


def test_a_table_from_a_stranger_names_no_file(tmp_path):
    table = {"id": "one", "kind": "torch", "name": {"en": "One"}, "description": {"en": "One"}, "model": "vase.glb"}
    with pytest.raises(ProductError, match="none here"):
        product_of(table, lambda key: "the product")


def test_a_model_changes_nothing_of_what_was_baked_before(tmp_path):
    plain = Product("one", "torch", {"en": "One"}, {"en": "Thing"})
    shown = product(tmp_path / "vase.glb", cube())
    assert "model" not in plain.described() and place_digest(shown) == place_digest(plain)
    assert product_digest(shown) != product_digest(plain)


def test_a_request_takes_it_to_the_worker(tmp_path):
    request = asked(product(tmp_path / "vase.glb", cube(), variant="red"))
    again = _request_in(letter_of(request))
    assert again == request and again.product.variant == "red"


# The bake ------------------------------------------------------------------------------------------

def test_bake_reports_what_is_wrong_with_a_model_and_what_its_validator_counts(tmp_path, kept, bare, monkeypatch):
    monkeypatch.setattr(validator, "_places", lambda: None)
    place = bake(Task("one", asked(product(tmp_path / "vase.glb", b"{}"))), no_model, Cache(kept, ledger=[]), lambda *_: None)
    assert "vase.glb" in place.error and "not validated" in place.remarks[-1]
    whole = bake(Task("one", asked(product(tmp_path / "vase.glb", dressed()))), no_model, Cache(kept, ledger=[]), lambda *_: None)
    assert not whole.error and any(kept.asset.kind == "model" for kept in whole.assets)


def test_the_validator_counts_where_it_is_installed(tmp_path):
    if validator.report_of(tmp_path) is None and validator._places() is None:
        pytest.skip("npm's gltf-validator is not installed")
    (tmp_path / "vase.glb").write_bytes(cube().glb())
    assert "gltf-validator" in (line := validator.counted(tmp_path / "vase.glb")) and "error" in line
    broken = Gltf()
    broken.mesh({"attributes": {"POSITION": broken.add(CUBE)}, "indices": broken.add(CUBE_FACES.reshape(-1)), "material": 3})
    (tmp_path / "vase.glb").write_bytes(broken.glb())
    assert "UNRESOLVED_REFERENCE" in validator.counted(tmp_path / "vase.glb")
