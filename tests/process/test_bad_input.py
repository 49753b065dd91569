"""What must not come and does: each is one clear line, nothing is half-written, nothing is left behind.

After every test the shared memory, the processes and the open files of this process are what they were.
Broken messages and cached files, rows that fail and clusters that are not there have tests of their own.
"""

import dataclasses
import gc
import json
import math
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
import stand_in
from stand_in import a_request, a_spec

from showroom.cli import main
from showroom.errors import PictureError, RingError, SpecError
from showroom.imagine import channel
from showroom.imagine.cache import Asset, Cache
from showroom.imagine.channel import Channel
from showroom.imagine.messages import decode, encode
from showroom.imagine.skylight import sky_levels
from showroom.imagine.studio import Studio
from showroom.words.geometry import INSTANCE, VERTEX
from showroom.words.image import Image
from showroom.words.request import Request
from showroom.words.result import Done, Failed
from showroom.words.scenespec import VERSION, SceneSpec

LONG_S = 60.0
NO_NUMBERS = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}


@pytest.fixture(autouse=True)
def blocks(monkeypatch):
    """Names of the shared memory made meanwhile; nothing of it is left, no child and no open file."""
    Studio(Path(os.devnull), 1 << 16, warm_after_s=None).close()  # what starts once a process has started now
    gc.collect()
    made, files = [], open_files()

    class Noted(channel.SharedMemory):
        def __init__(self, *args, **options):
            super().__init__(*args, **options)
            made.append(self.name)

    monkeypatch.setattr(channel, "SharedMemory", Noted)
    yield made
    gc.collect()
    assert not set(made) & set(os.listdir("/dev/shm"))
    assert not stand_in.children()
    assert open_files() == files


def open_files() -> list[str]:
    """What this process holds open, but for the listing itself."""
    found = []
    for descriptor in os.listdir("/proc/self/fd"):
        try:
            found.append(os.readlink(f"/proc/self/fd/{descriptor}"))
        except FileNotFoundError:
            pass
    return sorted(name for name in found if not name.startswith("/proc/"))


def answered(studio: Studio, request: Request) -> list:
    """The values that answer a request."""
    studio.request(request)
    values, deadline = [], time.monotonic() + LONG_S
    while not any(isinstance(value, (Done, Failed)) for value in values):
        values += [result.value for result in studio.poll()]
        assert time.monotonic() < deadline, studio.status()
        time.sleep(0.001)
    return values


def is_one_line(said: str, *words: str) -> bool:
    return "\n" not in said.strip() and 20 < len(said) < 600 and all(word in said for word in words)


# Specs ----------------------------------------------------------------------------------------------


def test_a_spec_of_another_version_is_refused_wherever_it_comes_from(tmp_path, caplog):
    other = dataclasses.replace(a_spec(), version=VERSION + 98)
    with pytest.raises(SpecError, match="version") as refused:
        SceneSpec.from_json(other.to_json())
    assert is_one_line(str(refused.value), "99")
    with pytest.raises(RingError, match=f"version 99, where {VERSION} is known"):
        decode(b"".join(encode(other)))
    asset = Asset("spec", "salt", "ab" * 32, "0" * 16, "whole")
    Cache(tmp_path).store(asset, [other])
    assert Cache(tmp_path).load(asset) is None and "version 99" in caplog.text
    assert not list(tmp_path.rglob("*.asset"))


@pytest.mark.parametrize("name", NO_NUMBERS)
def test_a_spec_with_what_is_no_number_is_refused(name):
    text = a_spec().to_json().replace('"seed": 7', f'"seed": {name}')
    assert name in text
    with pytest.raises(SpecError, match="seed"):
        SceneSpec.from_json(text)
    text = a_spec().to_json().replace('"confidence": 0.9', f'"confidence": {name}')
    with pytest.raises(SpecError, match="confidence") as refused:
        SceneSpec.from_json(text)
    assert is_one_line(str(refused.value))


# Sizes and numbers ----------------------------------------------------------------------------------


@pytest.mark.parametrize("changes", [
    {"surface_px": 0}, {"surface_px": 1_000_000}, {"surface_px": -64}, {"surface_px": 100},
    {"detail": math.nan}, {"detail": math.inf}, {"detail": 1e9}, {"product": None, "spec": None},
])
def test_a_request_that_cannot_be_meant_is_one_line_and_the_worker_lives(tmp_path, changes):
    asked = dataclasses.replace(Request("place", spec=a_spec(), surface_px=32, detail=0.1), **changes)
    with Studio(tmp_path, 1 << 20, warm_after_s=None) as studio:
        failed = answered(studio, asked)[-1]
        assert isinstance(failed, Failed) and is_one_line(failed.reason, "needed")
        pid = studio.status().pid
        good = Request("place", spec=a_spec(), surface_px=16, detail=0.0)
        assert isinstance(answered(studio, good)[-1], Done)
        assert studio.status().pid == pid and studio.status().faults == 0


@pytest.mark.parametrize("size", ["0", "1000000", "nan", "-64", "64.0"])
def test_a_size_that_is_none_is_refused_at_the_door(size, tmp_path, capsys):
    assert main(["bake", "--only", "hall", f"--size={size}", "--out", str(tmp_path)]) == 2
    assert is_one_line(capsys.readouterr().err, size, "power of two") and not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", NO_NUMBERS)
def test_no_message_carries_what_is_no_number(name):
    rock = stand_in.rock(0)
    vertices, instances = np.zeros(3, VERTEX), np.zeros(1, INSTANCE)
    vertices["position"][1, 2] = instances["world_from_part"][0, 1, 3] = NO_NUMBERS[name]
    for change in ({"vertices": vertices}, {"instances": instances}):
        with pytest.raises(RingError, match="finite") as refused:
            encode(dataclasses.replace(rock, **change))
        assert is_one_line(str(refused.value), rock.part)
    shiny = dataclasses.replace(rock, material=dataclasses.replace(rock.material, roughness=NO_NUMBERS[name]))
    with pytest.raises(RingError, match="finite"):
        encode(shiny)
    header = {"kind": "Progress", "fraction": NO_NUMBERS[name], "making": "ground", "shapes": []}
    text = json.dumps(header).encode()
    assert name.encode() in text
    with pytest.raises(RingError, match="not JSON"):
        decode(len(text).to_bytes(8, "little") + text + b"\0" * (-len(text) % 8))


def test_a_sky_with_what_is_no_light_is_refused_before_it_is_sent():
    sky = np.ones((32, 64, 4), np.float16)
    sky[3, 4, 1] = math.nan
    with pytest.raises(PictureError, match="finite") as refused:
        sky_levels(sky)
    assert is_one_line(str(refused.value))


# Rings ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ring_bytes", [0, -1, 1 << 46])
def test_a_ring_of_a_size_that_is_none_is_one_line(ring_bytes, tmp_path, blocks):
    with pytest.raises(RingError) as refused:
        Studio(tmp_path, ring_bytes, warm_after_s=None)
    assert is_one_line(str(refused.value), "ring")


@pytest.mark.parametrize("size", [1, 4096, 4096 + 100, 1 << 20])
def test_a_block_that_is_not_the_shows_is_not_attached(size):
    block = channel.SharedMemory(create=True, size=size)
    try:
        with pytest.raises(RingError) as refused:
            Channel.attach(block.name)
        assert is_one_line(str(refused.value), block.name)
    finally:
        block.close()
        block.unlink()


def test_a_message_cut_short_in_the_ring_costs_a_worker_and_nothing_else(tmp_path):
    with Studio(tmp_path, 1 << 20, warm_after_s=None, make=stand_in.make_some) as studio:
        studio.request(a_request(images=10))
        ring = studio._worker.channel.ring
        deadline = time.monotonic() + LONG_S
        while ring.filled < 100_000 and time.monotonic() < deadline:
            time.sleep(0.001)
        ring._written[0] -= 4096  # as if its writer had not come to the end
        values, deadline = [], time.monotonic() + LONG_S
        while not any(isinstance(value, Done) for value in values):
            values += [result.value for result in studio.poll()]
            assert time.monotonic() < deadline, studio.status()
            time.sleep(0.001)
        images = [int(value.pixels[0, 0, 0]) for value in values if isinstance(value, Image)]
        assert images[-10:] == list(range(10)) and studio.status().faults == 1
        assert is_one_line(studio.status().fault, "ring")


# Disks ----------------------------------------------------------------------------------------------


@pytest.fixture
def on_a_small_disk(tmp_path, own_environment):
    """on_a_small_disk(WHAT, SIZE, FOLDER): what small_disk.py tells of a disk of that size, and its warnings."""
    alone = ["unshare", "--user", "--map-root-user", "--mount", "--pid", "--fork", "--mount-proc"]
    mounts = [*alone, "mount", "-t", "tmpfs", "none", tmp_path]
    if shutil.which("unshare") is None or subprocess.run(mounts, capture_output=True, check=False).returncode:
        pytest.skip("no namespaces for users here: no disk can be made that is small enough to fill")

    def call(what: str, size: str, folder: Path = tmp_path) -> tuple[dict, str]:
        mounted = ('mount -t tmpfs none /dev/shm && mount -t tmpfs -o "size=$1" none "$2" && shift 2 && '
                   'exec "$@"')
        command = [*alone, "sh", "-c", mounted, "sh", size, folder,
                   sys.executable, Path(__file__).with_name("small_disk.py"), what, folder]
        answer = subprocess.run(list(map(str, command)), capture_output=True, text=True, env=own_environment,
                                timeout=600, check=False)
        assert answer.returncode == 0, answer.stderr
        told = json.loads(answer.stdout)
        assert told.pop("processes") == told.pop("shared memory") == []
        return told, answer.stderr

    return call


def test_a_disk_that_fills_during_a_bake_is_one_line_and_the_bake_goes_on_when_there_is_room(on_a_small_disk):
    told, _ = on_a_small_disk("bake", "2m")
    code, out, said = told["filled"]
    assert code == 1 and not out and is_one_line(said, "No space left", "free some space")
    assert told["left"], "nothing was kept"
    assert all(name.endswith(".asset") for name in told["left"]), "something is half-written"
    code, out, said = told["with room"]
    assert code == 0 and not said and f"{len(told['left'])} were there" in out
    code, out, said = told["no room for words"]
    assert code == 1 and is_one_line(said, "manifest", "No space left", "--out")
    assert {name for name in told["left at last"] if not name.endswith(".asset")} == {"filler"}


def test_a_show_whose_disk_is_full_goes_on_without_it_and_says_so_once(on_a_small_disk):
    told, said = on_a_small_disk("live", "200k")
    assert "Done" in told["kinds"] and "Failed" not in told["kinds"] and told["faults"] == 0
    assert all(name.endswith(".asset") for name in told["left"])
    assert said.count("going on without it") == 1 and is_one_line(said, "No space left")


def test_no_room_for_shared_memory_is_one_line(on_a_small_disk):
    told, _ = on_a_small_disk("memory", "1m", Path("/dev/shm"))
    assert is_one_line(told["said"], "No space left", "/dev/shm") and told["left"] == []
