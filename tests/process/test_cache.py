"""The cache: what went in comes out; damage is noticed, said and mended; its size has a bound."""

import ast
import errno
import hashlib
import logging
import multiprocessing
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from showroom.errors import CacheError
from showroom.imagine import revision
from showroom.imagine.cache import Asset, Cache
from showroom.words.image import COLOR, Image


def asset(name: str = "ground", spec: str = "ab" * 32) -> Asset:
    return Asset("surface", name, spec, "0123456789abcdef", "64 px")


def images(seed: int = 0, edge: int = 64) -> list[Image]:
    pixels = np.random.default_rng(seed).integers(0, 256, (edge, edge, 4), np.uint8)
    size = (edge, edge)
    return [Image("ground", COLOR, size, 0, 0, pixels), Image("ground", COLOR, size, 1, 0, pixels[::2, ::2])]


def same(a, b) -> bool:
    plain = [[(image.level, image.pixels.tobytes()) for image in images] for images in (a, b)]
    return plain[0] == plain[1]


def files(folder) -> list:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_what_went_in_comes_out(tmp_path):
    Cache(tmp_path).store(asset(), images())
    assert same(Cache(tmp_path).load(asset()), images())
    assert Cache(tmp_path).load(asset("wall")) is None
    assert len(files(tmp_path)) == 1


@pytest.mark.parametrize("change", ["kind", "name", "spec", "maker", "size"])
def test_every_part_of_the_key_counts(change):
    other = Asset(**{**vars(asset()), change: "other"})
    assert other.digest != asset().digest


DAMAGE = {
    "truncated": lambda content: content[:len(content) // 2],
    "empty": lambda content: b"",
    "a byte changed": lambda content: content[:5000] + bytes([content[5000] ^ 1]) + content[5001:],
    "head changed": lambda content: content[:30] + b"?" + content[31:],
    "longer": lambda content: content + b"more",
    "something else": lambda content: b"not an asset" * 1000,
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_is_said_removed_and_mended(tmp_path, caplog, damage):
    cache = Cache(tmp_path)
    cache.store(asset(), images())
    path = cache.path(asset())
    path.write_bytes(DAMAGE[damage](path.read_bytes()))
    with caplog.at_level(logging.WARNING):
        assert cache.load(asset()) is None
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "surface ground" in caplog.text and "made again" in caplog.text
    assert not path.exists()
    cache.store(asset(), images())
    assert same(cache.load(asset()), images())


def test_an_asset_under_another_name_is_refused(tmp_path, caplog):
    cache = Cache(tmp_path)
    cache.store(asset(), images())
    wrong = cache.path(asset("wall"))
    wrong.parent.mkdir(parents=True, exist_ok=True)
    cache.path(asset()).rename(wrong)
    assert cache.load(asset("wall")) is None
    assert "another asset" in caplog.text


def numbered(number: int) -> Asset:
    return asset(spec=f"{number:064}")


def test_what_was_read_longest_ago_goes_first(tmp_path):
    cache = Cache(tmp_path, limit_bytes=6 * 22_000)
    for number in range(12):
        cache.store(numbered(number), images(number))
        os.utime(cache.path(numbered(number)), (number * 10, number * 10))
        assert cache.load(numbered(0)) is not None  # somebody still uses the first
        os.utime(cache.path(numbered(0)), (number * 10 + 5, number * 10 + 5))
    assert sum(path.stat().st_size for path in files(tmp_path)) <= cache.limit_bytes
    assert cache.load(numbered(11)) is not None and cache.load(numbered(1)) is None


def full_disk(path, mode):
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_folder_that_cannot_be_written_is_an_error_or_said_once(tmp_path, caplog):
    (tmp_path / "assets").write_text("a file stands where the folder should")
    with pytest.raises(CacheError, match="writing the cache"):
        Cache(tmp_path).store(asset(), images())
    live = Cache(tmp_path, forgiving=True)
    live.store(asset(), images())
    live.store(asset("wall"), images())
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "going on without" in caplog.text
    assert live.load(asset()) is None


def test_a_full_disk_leaves_nothing_half_written(tmp_path, monkeypatch):
    cache = Cache(tmp_path)
    monkeypatch.setattr("pathlib.Path.replace", full_disk)
    with pytest.raises(CacheError, match="No space left"):
        cache.store(asset(), images())
    assert files(tmp_path) == []


def fill(folder, rounds: int, failures) -> None:
    """Another process: stores and loads the same assets over and over."""
    cache = Cache(folder, limit_bytes=150_000)
    for number in range(rounds):
        which = number % 8
        cache.store(asset(spec=f"{which:064}"), images(which))
        found = cache.load(asset(spec=f"{which:064}"))
        if found is not None and not same(found, images(which)):
            failures.put(which)
    failures.put("done")


def test_two_processes_write_one_cache(tmp_path):
    spawn = multiprocessing.get_context("spawn")
    answers = spawn.Queue()
    writers = [spawn.Process(target=fill, args=(tmp_path, 80, answers)) for _ in range(2)]
    for writer in writers:
        writer.start()
    assert [answers.get(timeout=60) for _ in writers] == ["done", "done"]
    for writer in writers:
        writer.join(30)
        assert writer.exitcode == 0
    assert all(path.suffix == ".asset" for path in files(tmp_path))


def test_a_whole_file_that_says_other_things_is_made_again(tmp_path, caplog):
    cache, head = Cache(tmp_path), b'{"kind":"surface"}'
    content = b"SHOWROOM-ASSET-1" + len(head).to_bytes(4, "little") + head
    cache.store(asset(), images())
    cache.path(asset()).write_bytes(content + hashlib.sha256(content).digest())
    assert cache.load(asset()) is None and "damaged" in caplog.text


def test_another_source_is_another_revision(tmp_path, monkeypatch):
    monkeypatch.setattr(revision, "_PACKAGE", tmp_path)
    (tmp_path / "paint" / "more").mkdir(parents=True)
    sources = [tmp_path / "paint" / "__init__.py", tmp_path / "paint" / "more" / "sky.py", tmp_path / "mips.py"]
    for source in sources:
        source.write_text("one")
    seen = [fresh_revision()]
    for source in sources:
        source.write_text("two")
        seen.append(fresh_revision())
    assert len(set(seen)) == 4 and fresh_revision() == seen[-1]


def fresh_revision() -> str:
    revision.revision_of.cache_clear()
    return revision.revision_of(("paint", "mips.py"))


# What these say reaches an asset by its spec's digest, or not at all.
TOLD_BY_THE_SPEC = {"errors.py", "words/product.py", "words/scenespec.py"}


@pytest.mark.parametrize("parts", [revision.PAINTING, revision.LEARNING, revision.GROWING])
def test_a_revision_covers_everything_its_makers_import(parts):
    package = Path(revision.__file__).parents[1]
    places = [package / part for part in parts]
    sources = [file for place in places for file in (place.rglob("*.py") if place.is_dir() else [place])]
    assert len(sources) > 10
    for source in sources:
        for node in ast.walk(ast.parse(source.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("showroom"):
                parts_of = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
                files = {package.parent.joinpath(*name.split(".")).with_suffix(".py") for name in parts_of}
                outside = {file for file in files if file.is_file()} - set(sources)
                assert {file.relative_to(package).as_posix() for file in outside} <= TOLD_BY_THE_SPEC, source


def test_importing_the_revision_loads_no_painter():
    code = ("import sys; from showroom.imagine.revision import PAINTING, revision_of; revision_of(PAINTING); "
            "print(*sys.modules)")
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "showroom.imagine.revision" in loaded and "torch" not in loaded
