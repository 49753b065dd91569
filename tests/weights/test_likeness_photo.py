"""A photo of a material: which of the painters' it is told for, and what of a place is in its likeness."""

import dataclasses
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from safetensors.numpy import load_file, save_file

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "words"))
from cloth_photos import CREAM, RED, bottle, cloth
from specs import spec_of

from showroom import cli
from showroom.errors import ModelError
from showroom.imagine import draper as drapers
from showroom.imagine.draper import CLOTHS, Basis, Draper, draped
from showroom.imagine.grow.centre import centre
from showroom.imagine.grow.chance import Chance
from showroom.imagine.likeness import FEATURES
from showroom.imagine.materials import materials
from showroom.imagine.paint import TILES, paint
from showroom.imagine.photo_material import Sample, sample_of
from showroom.imagine.picture import Photo, main_colours
from showroom.imagine.matter import matter_of
from showroom.imagine.swatch import FOLD, METALS, swatch
from showroom.imagine.touchstone import Touchstone, model_folder
from showroom.imagine.weights import write_sums
from showroom.oklab import lab, lab_from_bytes
from showroom.words.product import Product
from showroom.words.scenespec import SceneSpec, Surface

SEEN = ("leather", "linen", "cashmere", "suede", "moss", "bark", "shingle", "brick", "marble", "honeycomb", "salt",
        "resin")


def lit(name: str, roughness: float = 0.6, srgb: str = "#8a6a50", shape: str = "flat") -> np.ndarray:
    """(512, 512, 3) uint8: a material as its painter has it, in a lamp's light."""
    want = Surface(name, srgb, "#4a3a30", roughness, 0.1, 0.5, 0.6)
    spec = dataclasses.replace(spec_of("rose_garden", seed=41), surfaces={"drape": want})
    painted = paint(spec, "drape", 512)
    return swatch(painted.color, painted.detail, 512, shape, float(name in METALS))


@pytest.fixture(scope="module")
def draper(backbone):
    basis = np.random.default_rng(3).normal(0, 0.2, (FEATURES, 24)).astype(np.float32)
    return Draper(backbone, Touchstone.load(), Basis(np.zeros(FEATURES, np.float32), basis))


@pytest.mark.parametrize("name", SEEN)
def test_a_lit_tile_is_told_for_what_it_is(draper, name):
    assert name in list(draper.stuff(sample_of(lit(name))).told.materials)[:3]


def test_most_are_told_first(draper):
    assert sum(name == draper.stuff(sample_of(lit(name))).told.material for name in SEEN) >= 0.75 * len(SEEN)


@pytest.mark.parametrize("name", ["leather", "silk", "cashmere", "linen", "suede"])
def test_what_shines_is_told_for_smoother(draper, name):
    hung = [lit(name, rough, shape=FOLD)[96:416, 96:416] for rough in (0.1, 0.9)]
    smooth, rough = (draper.stuff(Sample(piece, 1.0, "#8a6a50", "#4a3a30"), "scarf").told for piece in hung)
    assert smooth.material == rough.material == name and smooth.roughness < rough.roughness - 0.04


def test_a_scarf_is_of_cloth_whatever_is_printed_on_it(draper):
    told = draper.stuff(sample_of(cloth("dots", 30)), "scarf").told
    assert told.material in CLOTHS and sum(told.materials.values()) == pytest.approx(1, abs=1e-3)
    assert all(told.materials[name] == 0 for name in told.materials if name not in CLOTHS)


def test_the_surfaces_near_the_hero_are_in_its_likeness(draper):
    stuff = draper.stuff(sample_of(cloth("stripes", 24)), "scarf")
    before = spec_of("rose_garden")
    spec = draped(before, stuff).sealed()
    assert SceneSpec.from_plain(spec.to_plain()) == spec
    drape = spec.surfaces["drape"]
    assert drape.painter == stuff.told.material and len(drape.likeness) == 24 and drape.also == "" and drape.share == 0
    assert np.linalg.norm(lab(drape.srgb) - lab_from_bytes(np.array(RED))) < 0.04
    assert np.linalg.norm(lab(drape.accent_srgb) - lab_from_bytes(np.array(CREAM))) < 0.04
    assert spec.surfaces["ground"] == before.surfaces["ground"] and spec.surfaces["sky"] == before.surfaces["sky"]


def test_a_wider_pattern_makes_a_wider_tile(draper):
    fine, wide = (draper.stuff(sample_of(cloth("checks", px)), "scarf") for px in (12, 24))
    assert wide.repeats / fine.repeats == pytest.approx(2, rel=0.15) or wide.told.material != fine.told.material
    before = spec_of("rose_garden").surfaces["drape"]
    assert 0.3 * before.scale_m < fine.worn_by(before).scale_m <= 2.6 * before.scale_m


@pytest.mark.parametrize("name", [name for name in TILES if materials()[name].on])
def test_every_material_finds_somewhere_to_lie_or_leaves_the_place(draper, name):
    stuff = draper.stuff(sample_of(cloth("checks", 24)))
    stuff = dataclasses.replace(stuff, told=dataclasses.replace(stuff.told, materials={name: 1.0}))
    for place in ("rose_garden", "spice_souk", "alpine_snow"):
        before, spec = spec_of(place), draped(spec_of(place), stuff)
        changed = {at for at in before.surfaces if before.surfaces[at] != spec.surfaces[at]}
        assert changed <= set(materials()[name].on) and len(changed) <= 2
        kinds = {materials()[before.surfaces[at].painter].kind == "metal" for at in changed}
        assert kinds <= {materials()[name].kind == "metal"}


def seen_photo(pixels: np.ndarray) -> Photo:
    return Photo(main_colours(pixels), matter_of(pixels), pixels, sample_of(pixels))


def test_a_photo_of_cloth_gives_the_place_its_cloth_and_one_of_a_bottle_does_not(nose):
    scarf = Product("a", "scarf", {"en": "Scarf"}, {"en": "a woven scarf"})
    drape = nose.imagine(scarf, photo=seen_photo(cloth("stripes", 24))).surfaces["drape"]
    assert np.linalg.norm(lab(drape.srgb) - lab_from_bytes(np.array(RED))) < 0.04 and drape.painter in CLOTHS
    assert nose.imagine(scarf, photo=seen_photo(bottle())).surfaces["drape"].srgb != drape.srgb


# What ships, and what does not load ----------------------------------------------------------------


def test_the_touchstone_knows_every_material_that_may_lie_anywhere():
    stone = Touchstone.load()
    assert set(stone.materials) == {name for name in TILES if materials()[name].on}
    assert all(0 < period <= 1 for period in stone.periods)


def test_without_the_painter_photos_are_worn_by_recipes(backbone, monkeypatch, tmp_path, caplog):
    monkeypatch.setattr(drapers.painter_store, "model_folder", lambda: tmp_path / "none")
    stuff = Draper.load(backbone).stuff(sample_of(cloth("stripes", 24)))
    assert stuff.likeness == () and stuff.told.material in TILES
    assert len(caplog.records) == 1 and "\n" not in caplog.text.strip()


def broken(tmp_path, change) -> Path:
    found = {name: array.copy() for name, array in load_file(model_folder() / "model.safetensors").items()}
    (tmp_path / "config.json").write_bytes((model_folder() / "config.json").read_bytes())
    save_file(change(found), tmp_path / "model.safetensors")
    write_sums(tmp_path, ("config.json", "model.safetensors"))
    return tmp_path


@pytest.mark.parametrize(("change", "said"), [
    (lambda found: found | {"bias": found["bias"] * np.nan}, "no numbers"),
    (lambda found: found | {"weights": found["weights"][:9]}, "weights of"),
    (lambda found: {"bias": found["bias"]}, "weights"),
])
def test_weights_that_are_none_are_refused_in_one_line(tmp_path, change, said):
    with pytest.raises(ModelError, match=said) as refused:
        Touchstone.load(broken(tmp_path, change))
    assert "\n" not in str(refused.value)


def test_a_file_that_holds_no_weights_is_refused_in_one_line(tmp_path):
    folder = broken(tmp_path, lambda found: found)
    (folder / "model.safetensors").write_bytes(b"none")
    write_sums(folder, ("config.json", "model.safetensors"))
    with pytest.raises(ModelError, match="^loading the touchstone [^\n]*$"):
        Touchstone.load(folder)


def test_other_bytes_are_refused(tmp_path):
    folder = broken(tmp_path, lambda found: found)
    Touchstone.load(folder)
    (folder / "model.safetensors").write_bytes(b"none")
    with pytest.raises(ModelError, match="SHA-256"):
        Touchstone.load(folder)
    with pytest.raises(ModelError, match="No such file"):
        Touchstone.load(tmp_path / "none")


@pytest.mark.parametrize("change", [
    lambda basis: {"likeness_mean": np.zeros(FEATURES, np.float32), "likeness_basis": basis * np.float32("nan")},
    lambda basis: {"likeness_mean": np.zeros(FEATURES, np.float32)},
    lambda basis: {"likeness_mean": np.zeros(9, np.float32), "likeness_basis": basis},
])
def test_a_likeness_that_is_no_number_is_none(backbone, tmp_path, monkeypatch, caplog, change):
    (tmp_path / "config.json").write_text('{"model_type": "showroom_painter", "materials": [], "preferred": []}')
    save_file(change(np.ones((FEATURES, 24), np.float32)), tmp_path / "model.safetensors")
    write_sums(tmp_path, ("config.json", "model.safetensors"))
    with pytest.raises(ModelError, match="what a likeness is") as refused:
        Basis.load(tmp_path)
    assert "\n" not in str(refused.value)
    monkeypatch.setattr(drapers.painter_store, "model_folder", lambda: tmp_path)
    assert Draper.load(backbone).stuff(sample_of(cloth("stripes", 24))).likeness == ()
    assert len(caplog.records) == 1


def test_a_scarf_is_cut_from_the_cloth_of_its_photo(draper):
    stuff = draper.stuff(sample_of(cloth("stripes", 24)), "scarf")
    before = spec_of("rose_garden")
    before = dataclasses.replace(before, hero=dataclasses.replace(before.hero, kind="scarf", height_m=0.45))
    for spec, surface in ((before, ""), (draped(before, stuff), "drape")):
        parts = {block.part: block for block in centre(spec, "pedestal", Chance(spec.seed, "a"), 0.2)}
        assert parts["hero.scarf"].material.surface == surface and parts["hero.stand"].material.surface == ""


def test_the_command_says_what_it_saw_and_refuses_what_shows_none(tmp_path, capsys):
    for name, picture in {"scarf.png": cloth("stripes", 24), "bottle.png": bottle()}.items():
        Image.fromarray(picture).save(tmp_path / name)
    assert cli.main(["likeness", str(tmp_path / "scarf.png"), "--kind", "scarf", "--out", str(tmp_path / "s.png")]) == 0
    said = capsys.readouterr().out
    assert "colours" in said and "materials" in said
    assert Image.open(tmp_path / "s.png").size == (1152, 384)
    assert cli.main(["likeness", str(tmp_path / "bottle.png")]) == 1
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1 and "no material fills its middle" in err


def test_a_damaged_touchstone_is_told_and_the_place_is_as_without(monkeypatch, caplog):
    from showroom.imagine import learned as learning
    from showroom.imagine.lexicon import load_lexicon

    pixels = np.asarray(Image.fromarray(lit("linen")).resize((224, 224)))
    photo = Photo(main_colours(pixels), matter_of(pixels), pixels, sample_of(pixels))
    assert photo.sample is not None
    model = learning.Learned.load(load_lexicon())
    monkeypatch.setattr(drapers.Touchstone, "load", lambda: (_ for _ in ()).throw(ModelError("loading the touchstone: x")))
    assert model.stuff(photo, "scarf") is None
    assert "loading the touchstone: x; no photo gives" in caplog.text
