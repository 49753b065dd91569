"""Baking: the cache that live reads is filled, once, and one place that fails costs no other."""

import hashlib
import json

import pytest

from showroom.cli import main
from showroom.errors import CacheError, ModelError
from showroom.imagine.bake import bake, write_manifest
from showroom.imagine.cache import Cache
from showroom.imagine.make import make
from showroom.words.product import Product
from showroom.words.request import Request
from showroom.words.result import Done
from stand_in import a_spec, surface


def no_model():
    raise ModelError("loading the model: its package is missing; install it")


def asked(seed: int = 7, **surfaces) -> Request:
    return Request("place", spec=a_spec(seed, surfaces=surfaces), surface_px=32, detail=0.1)


def unpaintable() -> Request:
    return asked(plinth=surface("no_such_painter"))


def quiet(name, fraction, making) -> None:
    pass


def test_live_finds_what_was_baked(tmp_path, monkeypatch):
    place, = bake([("salt", asked())], no_model, tmp_path, quiet)
    assert not place.error and place.made == len(place.assets) == 5  # four surfaces, the geometry
    monkeypatch.setattr("showroom.imagine.paint.paint", None)
    monkeypatch.setattr("showroom.imagine.grow.grow_place", None)
    assert list(make(asked(), no_model, Cache(tmp_path)))[-1] == Done()


def test_a_second_bake_makes_only_what_is_missing_or_damaged(tmp_path, caplog):
    first, = bake([("salt", asked())], no_model, tmp_path, quiet)
    second, = bake([("salt", asked())], no_model, tmp_path, quiet)
    assert second.made == 0
    assert [kept.sha256 for kept in second.assets] == [kept.sha256 for kept in first.assets]
    first.assets[1].path.write_bytes(b"cut off")
    first.assets[2].path.unlink()
    third, = bake([("salt", asked())], no_model, tmp_path, quiet)
    assert [kept.made for kept in third.assets] == [False, True, True, False, False]
    assert [kept.sha256 for kept in third.assets] == [kept.sha256 for kept in first.assets]
    assert "damaged" in caplog.text


def test_a_place_that_fails_costs_no_other(tmp_path):
    requests = [("salt", asked()), ("broken", unpaintable()), ("smoke", asked(8))]
    places = bake(requests, no_model, tmp_path, quiet)
    assert [bool(place.error) for place in places] == [False, True, False]
    assert "no_such_painter" in places[1].error and not places[1].lacking


def test_a_missing_model_is_the_machines_lack(tmp_path):
    product = Product("new", "perfume", {"en": "New"}, {"en": "rain"})
    place, = bake([("new", Request("place", product=product, surface_px=32))], no_model, tmp_path, quiet)
    assert place.lacking and "package is missing" in place.error


def test_progress_is_told(tmp_path):
    told = []
    bake([("salt", asked()), ("smoke", asked(8))], no_model, tmp_path, lambda *step: told.append(step))
    assert [name for name, _, _ in told] == sorted(name for name, _, _ in told)
    assert {making for _, _, making in told} >= {"sky", "ground", "geometry"}
    assert max(fraction for _, fraction, _ in told) == 1


def test_the_manifest_names_every_file(tmp_path):
    places = bake([("salt", asked()), ("broken", unpaintable())], no_model, tmp_path, quiet)
    write_manifest(tmp_path / "bake.json", "catalogue.toml", 32, 0.1, places)
    manifest = json.loads((tmp_path / "bake.json").read_text())
    assert manifest["failed"] == ["broken"] and manifest["surface_px"] == 32
    salt, broken = manifest["places"]
    assert salt["spec"] == a_spec().digest and "error" in broken and "error" not in salt
    for asset in salt["assets"]:
        content = (tmp_path / asset["file"]).read_bytes()
        assert len(content) == asset["bytes"] and hashlib.sha256(content).hexdigest() == asset["sha256"]
    assert sum(asset["bytes"] for asset in salt["assets"]) == salt["bytes"]
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["bake.json"]


def test_a_folder_that_cannot_be_written_ends_the_bake(tmp_path):
    (tmp_path / "assets").write_text("a file stands where the folder should")
    with pytest.raises(CacheError, match="choose another folder"):
        bake([("salt", asked())], no_model, tmp_path, quiet)


def test_the_command_bakes_the_hall_and_says_what_it_did(tmp_path, capsys):
    words = ["bake", "--only", "hall", "--size", "32", "--out", str(tmp_path), "--no-progress"]
    assert main(words) == 0
    assert "1 of 1 places baked" in capsys.readouterr().out
    assert json.loads((tmp_path / "bake.json").read_text())["places"][0]["product"] == "hall"
    assert main(words) == 0
    assert " 0 assets made" in capsys.readouterr().out


@pytest.mark.parametrize(("words", "code", "told"), [
    (["--size", "100"], 2, "power of two"),
    (["--only", "primo-gel"], 1, "did you mean primo-gelo?"),
    (["nowhere.toml"], 1, "nowhere.toml"),
    (["--every"], 2, "unrecognized"),
])
def test_a_wrong_command_is_one_line(words, code, told, capsys):
    assert main(["bake", *words]) == code
    said = capsys.readouterr().err
    assert told in said and said.count("\n") == 1
