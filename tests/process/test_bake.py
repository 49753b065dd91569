"""Baking: the cache that live reads is filled, once, side by side, and one place that fails costs no other."""

import hashlib
import json
import os
import subprocess
import time

import pytest
import stand_in
from stand_in import a_spec, surface

from showroom.cli import main
from showroom.errors import CacheError, ModelError
from showroom.imagine import manifest, report
from showroom.imagine.assay import LIMITS
from showroom.imagine.bake import Baked, Task, bake
from showroom.imagine.cache import Cache
from showroom.imagine.crew import bake_all
from showroom.imagine.make import make
from showroom.words.product import Product
from showroom.words.request import Request
from showroom.words.result import Done


LONG_S = 120.0


def no_model():
    raise ModelError("loading the model: its package is missing; install it")


def asked(seed: int = 7, **surfaces) -> Request:
    return Request("place", spec=a_spec(seed, surfaces=surfaces), surface_px=32, detail=0.1)


def unpaintable() -> Request:
    return asked(plinth=surface("no_such_painter"))


def quiet(fraction, making) -> None:
    pass


def baked(request: Request, folder, name: str = "salt") -> Baked:
    return bake(Task(name, request), no_model, Cache(folder, ledger=[]), quiet)


def test_live_finds_what_was_baked(tmp_path, monkeypatch):
    place = baked(asked(), tmp_path)
    assert not place.error and place.made == len(place.assets) == 5  # four surfaces, the geometry
    monkeypatch.setattr("showroom.imagine.paint.paint", None)
    monkeypatch.setattr("showroom.imagine.grow.grow_place", None)
    assert list(make(asked(), no_model, Cache(tmp_path)))[-1] == Done()


def test_a_second_bake_makes_only_what_is_missing_or_damaged(tmp_path, caplog):
    first, second = baked(asked(), tmp_path), baked(asked(), tmp_path)
    assert second.made == 0
    assert [kept.sha256 for kept in second.assets] == [kept.sha256 for kept in first.assets]
    first.assets[1].path.write_bytes(b"cut off")
    first.assets[2].path.unlink()
    third = baked(asked(), tmp_path)
    assert [kept.made for kept in third.assets] == [False, True, True, False, False]
    assert [kept.sha256 for kept in third.assets] == [kept.sha256 for kept in first.assets]
    assert "damaged" in caplog.text


def test_a_missing_model_is_the_machines_lack(tmp_path):
    product = Product("new", "perfume", {"en": "New"}, {"en": "rain"})
    place = baked(Request("place", product=product, surface_px=32), tmp_path, "new")
    assert place.lacking and "package is missing" in place.error


def test_progress_is_told(tmp_path):
    told = []
    bake(Task("salt", asked()), no_model, Cache(tmp_path, ledger=[]), lambda *step: told.append(step))
    assert {making for _, making in told} >= {"sky", "ground", "geometry"}
    assert max(fraction for fraction, _ in told) == 1


def test_a_surface_beyond_its_limits_fails_by_name(tmp_path, monkeypatch):
    assert not baked(asked(), tmp_path).error
    monkeypatch.setitem(LIMITS, "palette", 0.0)
    place = baked(asked(), tmp_path)
    assert "the surface ground painted by shingle is not of the colour asked for" in place.error
    assert [assay.surface for assay in place.assays if assay.faults] == ["ground", "plinth"]


# Side by side ------------------------------------------------------------------------------------


def crew(tasks, folder, jobs=2) -> list[Baked]:
    return [said for said in bake_all(tasks, jobs, folder) if isinstance(said, Baked)]


def files(folder) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.asset")}


def test_whoever_bakes_the_bytes_are_the_same_and_the_order_too(tmp_path):
    tasks = [Task("salt", asked()), Task("broken", unpaintable()), Task("row 3", None, "reading c:3: not JSON"),
             Task("smoke", asked(8))]
    alone = [bake(task, no_model, Cache(tmp_path / "alone", ledger=[]), quiet) for task in tasks]
    together = crew(tasks, tmp_path / "together")
    assert [place.name for place in together] == ["salt", "broken", "row 3", "smoke"]
    assert [bool(place.error) for place in together] == [False, True, True, False]
    assert "no_such_painter" in together[1].error and together[2].error == "reading c:3: not JSON"
    assert files(tmp_path / "alone") == files(tmp_path / "together")
    assert [[a.sha256 for a in p.assets] for p in alone] == [[a.sha256 for a in p.assets] for p in together]
    assert not stand_in.children()


def test_a_process_that_dies_costs_its_own_place_alone(tmp_path):
    tasks = [Task("new", stand_in.nosed_request()), Task("salt", asked())]
    deadly = bake_all(tasks, 1, tmp_path, load_nose=stand_in.deadly_nose)
    new, salt = (said for said in deadly if isinstance(said, Baked))
    assert "ended with code -9" in new.error and not salt.error
    assert not stand_in.children()


def test_tasks_are_read_as_they_are_needed(tmp_path):
    read = []

    def tasks():
        for number in range(40):
            read.append(number)
            yield Task(f"row {number}", None, "broken")

    saying = bake_all(tasks(), 1, tmp_path)
    next(saying)
    assert len(read) <= 6
    saying.close()
    assert not stand_in.children()


def test_a_folder_that_cannot_be_written_ends_the_bake(tmp_path):
    (tmp_path / "assets").write_text("a file stands where the folder should")
    with pytest.raises(CacheError, match="choose another folder"):
        crew([Task("salt", asked()), Task("smoke", asked(8))], tmp_path)
    assert not stand_in.children()


def test_killed_at_any_moment_it_goes_on_where_it_was(tmp_path, python_command, repository):
    """Killed with its first assets there, and again with more, the command ends like one that was not."""
    def begun(folder) -> subprocess.Popen:
        words = ["bake", "--only", "vespri", "primo-gelo", "--size", "32", "--jobs", "2", "--no-progress",
                 "--out", folder]
        return subprocess.Popen([*python_command, "-m", "showroom", *map(str, words)], cwd=repository,
                                stdout=subprocess.DEVNULL)

    whole, cut = tmp_path / "whole", tmp_path / "cut"
    assert begun(whole).wait(LONG_S) == 0
    for enough in (1, 6):
        bake = begun(cut)
        deadline = time.monotonic() + LONG_S
        while len(files(cut)) < enough and bake.poll() is None and time.monotonic() < deadline:
            time.sleep(0.01)
        bake.kill()
        bake.wait(LONG_S)
    assert not (cut / "bake.json").exists()
    kept = files(cut)
    assert begun(cut).wait(LONG_S) == 0
    assert files(cut) == files(whole) and kept.items() <= files(cut).items()
    figures = [[(place["spec"], [asset["sha256"] for asset in place["assets"]])
                for place in json.loads((folder / "bake.json").read_text())["places"]] for folder in (whole, cut)]
    assert figures[0] == figures[1]


# Manifest and report -----------------------------------------------------------------------------


def test_the_manifest_names_every_file(tmp_path):
    path = tmp_path / "bake.json"
    with manifest.writing(path, "catalogue.toml", 32, 0.1) as listing:
        listing.add(baked(asked(), tmp_path))
        listing.add(baked(unpaintable(), tmp_path, "broken"))
        assert not path.exists()
    read = json.loads(path.read_text())
    assert read["failed"] == ["broken"] and read["surface_px"] == 32
    salt, broken = read["places"]
    assert salt["spec"] == a_spec().digest and "error" in broken and "error" not in salt
    assert salt["figures"]["ground"]["seam"] > 0 and salt["figures"]["sky"]["pole"] >= 0
    for asset in salt["assets"]:
        content = (tmp_path / asset["file"]).read_bytes()
        assert len(content) == asset["bytes"] and hashlib.sha256(content).hexdigest() == asset["sha256"]
    assert sum(asset["bytes"] for asset in salt["assets"]) == salt["bytes"]
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["bake.json"]


def test_a_bake_cut_short_leaves_the_old_manifest(tmp_path):
    path = tmp_path / "bake.json"
    path.write_text("old")
    with pytest.raises(KeyboardInterrupt), manifest.writing(path, "c", 32, 0.1):
        raise KeyboardInterrupt
    assert path.read_text() == "old" and os.listdir(tmp_path) == ["bake.json"]


def test_the_report_shows_every_surface_and_hides_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(report, "PLACES_A_PAGE", 2)
    name = "<script>"
    with report.writing(tmp_path, "Bake of c.toml") as pages:
        pages.add(baked(asked(), tmp_path))
        pages.add(baked(unpaintable(), tmp_path, name))
        pages.add(Baked("row 3", error="reading c:3: not JSON"))
    first, second = ((tmp_path / f"report-000{n}.html").read_text() for n in (1, 2))
    index = (tmp_path / "report.html").read_text()
    assert first.count("data:image/png") >= 4 and "shingle" in first and "seam" in first
    assert name not in first + index and "&lt;script&gt;" in first and "no_such_painter" in index
    assert "not JSON" in second and "1 places baked, 2 not whole" in index


def test_the_command_bakes_the_hall_and_says_what_it_did(tmp_path, capsys):
    words = ["bake", "--only", "hall", "--size", "32", "--out", str(tmp_path), "--no-progress"]
    assert main(words) == 0
    assert "1 of 1 places baked" in capsys.readouterr().out
    assert json.loads((tmp_path / "bake.json").read_text())["places"][0]["product"] == "hall"
    assert "sky_hall" in (tmp_path / "report-0001.html").read_text()
    assert main(words) == 0
    assert " 0 assets made" in capsys.readouterr().out


@pytest.mark.parametrize(("words", "code", "told"), [
    (["--size", "100"], 2, "power of two"),
    (["--only", "primo-gel"], 1, "did you mean primo-gelo?"),
    (["nowhere.toml"], 1, "nowhere.toml"),
    (["--jobs", "0"], 2, "1 to 256"),
    (["--every"], 2, "unrecognized"),
])
def test_a_wrong_command_is_one_line(words, code, told, capsys):
    assert main(["bake", *words]) == code
    said = capsys.readouterr().err
    assert told in said and said.count("\n") == 1


def test_a_row_that_fails_is_said_and_the_rest_bakes(tmp_path, capsys):
    good = {"id": "salt", "kind": "perfume", "name": {"en": "Salt"}, "description": {"en": "Sea salt"}}
    rows = tmp_path / "rows.jsonl"
    rows.write_text("{\n" + json.dumps(good) + "\n")
    out = tmp_path / "out"
    words = ["bake", str(rows), "--size", "16", "--out", str(out), "--no-progress", "--jobs", "1"]
    assert main(words) == 1
    said = capsys.readouterr()
    assert "1 of 2 places baked" in said.out and "rows.jsonl:1: not JSON" in said.err and said.err.count("\n") == 1
    assert json.loads((out / "bake.json").read_text())["failed"] == ["row 1"]


def test_a_catalogue_without_rows_is_said(tmp_path, capsys):
    (tmp_path / "none.jsonl").write_text("\n")
    assert main(["bake", str(tmp_path / "none.jsonl")]) == 1
    assert "no rows" in capsys.readouterr().err
