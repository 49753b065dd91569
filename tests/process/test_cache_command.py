"""showroom cache: lists what lies there, finds what is damaged, and makes room without losing what is used."""

import json
import os
import time

import pytest
from stand_in import image

from showroom.cli import main
from showroom.imagine.cache import Asset, Cache
from showroom.imagine.revision import PAINTING, READING, REPAINTING, revision_of


MAKERS = (*map(revision_of, (PAINTING, READING, PAINTING)), f"{revision_of(REPAINTING)}+a model's", "0123456789abcdef")


@pytest.fixture
def folder(tmp_path):
    """Five surfaces of 16 KiB: 0 was read four hours ago, 4 just now; 4 is another revision's."""
    cache, now = Cache(tmp_path), time.time()
    for number in range(5):
        maker = MAKERS[number]
        asset = Asset("surface", f"ground {number}", "a" * 64, maker, "64 px")
        cache.store(asset, [image(number)])
        used_s = now - 3600 * (4 - number)
        os.utime(cache.path(asset), (used_s, used_s))
    return tmp_path


def said(capsys, folder, *words: str, code: int = 0) -> str:
    assert main(["cache", "--dir", str(folder), *words]) == code
    return capsys.readouterr().out


def names(capsys, folder) -> list[int]:
    listing = json.loads(said(capsys, folder, "list", "--json"))
    return sorted(int(row["name"].split()[1]) for row in listing["assets"] if "name" in row)


def files(folder) -> list:
    return sorted((folder / "assets").glob("*/*"))


def test_the_list_names_everything_the_newest_first(folder, capsys):
    lines = said(capsys, folder, "list").splitlines()
    assert [line.count("ground") for line in lines] == [1] * 5 + [0]
    assert "ground 4" in lines[0] and lines[0].endswith("stale") and "4 h ago" in lines[4]
    assert lines[5].startswith("5 assets, 0.1 MB") and "1 stale" in lines[5]


def test_an_empty_folder_is_no_error(tmp_path, capsys):
    assert said(capsys, tmp_path / "none", "list").startswith("0 assets")
    assert said(capsys, tmp_path / "none", "verify").startswith("0 assets are whole")
    assert said(capsys, tmp_path / "none", "prune", "--to", "0").startswith("0 assets")


def damage(folder) -> None:
    cut, altered, swapped, other, _ = files(folder)
    cut.write_bytes(cut.read_bytes()[:40])
    altered.write_bytes(altered.read_bytes()[:-50] + b"?" + altered.read_bytes()[-49:])
    swapped.write_bytes(other.read_bytes())


def test_verify_removes_the_damaged_and_says_so(folder, capsys):
    assert "5 assets are whole, 0 damaged" in said(capsys, folder, "verify")
    damage(folder)
    kept = said(capsys, folder, "verify", "--keep", code=1)
    assert kept.count("\n") == 4 and "another asset's name" in kept and len(files(folder)) == 5
    assert "2 assets are whole, 3 damaged" in said(capsys, folder, "verify", code=1)
    assert "2 assets are whole, 0 damaged" in said(capsys, folder, "verify")


def test_prune_keeps_what_was_used_last(folder, capsys):
    assert "3 assets, 0.1 MB would go" in said(capsys, folder, "prune", "--to", "36k", "--dry-run")
    assert names(capsys, folder) == [0, 1, 2, 3, 4]
    said(capsys, folder, "prune", "--to", "36k")
    assert names(capsys, folder) == [3, 4]
    said(capsys, folder, "prune", "--stale")
    assert names(capsys, folder) == [3]
    said(capsys, folder, "prune", "--to", "0")
    assert not files(folder)


def test_prune_by_age_and_of_the_half_written(folder, capsys):
    young, old = (files(folder)[0].with_name(f"{name}.asset.1.part") for name in ("young", "old"))
    for part in (young, old):
        part.write_bytes(b"half")
    os.utime(old, (1, 1))
    assert "1 half-written" in said(capsys, folder, "prune", "--unused", "0.1")
    assert names(capsys, folder) == [2, 3, 4] and young.exists() and not old.exists()


@pytest.mark.parametrize("words", [["prune", "--to", "much"], ["prune", "--unused", "-3"], [], ["empty"]])
def test_a_wrong_command_is_one_line(words, capsys):
    assert main(["cache", *words]) == 2
    assert capsys.readouterr().err.count("\n") == 1
