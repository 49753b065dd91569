"""The learned painter in the imagine worker: called off by a newer request, and one line for staff if it is broken."""

import dataclasses
import time
from pathlib import Path

import pytest
from paint_specs import spec_of
from tiny_painter import DIARY, FOLDER, MIXED, make_by_tiny, save_tiny

from showroom.imagine.studio import Studio
from showroom.words.image import Image
from showroom.words.request import Request
from showroom.words.result import Done, Failed, Remark

LARGE_PX, SMALL_PX = 2048, 32
LONG_S = 240.0  # no test takes a tenth of it


@pytest.fixture
def diary(tmp_path, monkeypatch) -> Path:
    """What the worker's painter was at, a line each."""
    monkeypatch.setenv(FOLDER, str(save_tiny(tmp_path / "painter")))
    monkeypatch.setenv(DIARY, str(tmp_path / "diary.txt"))
    (tmp_path / "diary.txt").touch()
    return tmp_path / "diary.txt"


@pytest.fixture
def studio(tmp_path, diary):
    with Studio(tmp_path / "cache", warm_after_s=None, make=make_by_tiny) as one:
        yield one


def asked(size_px: int) -> Request:
    own = spec_of("seashore").surfaces
    spec = dataclasses.replace(spec_of("seashore"), surfaces={"sky": own["sky"], "plinth": MIXED}).sealed()
    return Request("place", spec=spec, surface_px=size_px, detail=0.1)


def until(studio: Studio, enough) -> list:
    """What came until `enough(values)` or the end."""
    values, deadline = [], time.monotonic() + LONG_S
    while not enough(values):
        values += [result.value for result in studio.poll()]
        assert time.monotonic() < deadline and not any(isinstance(value, Failed) for value in values), values
        time.sleep(0.002)
    return values


def ended(values: list) -> bool:
    return any(isinstance(value, Done) for value in values)


def test_a_newer_request_ends_a_learned_surface_half_way(studio, diary):
    studio.request(asked(LARGE_PX))
    until(studio, lambda values: f"begins {LARGE_PX}" in diary.read_text())
    studio.request(asked(SMALL_PX))
    values = until(studio, ended)
    assert {value.size[1] for value in values if isinstance(value, Image)} == {SMALL_PX}
    assert f"ends {LARGE_PX}" not in diary.read_text() and f"ends {SMALL_PX}" in diary.read_text()
    assert studio.status().faults == 0


def test_staff_hear_of_a_broken_painter_once_and_the_place_comes(studio, diary):
    (diary.parent / "painter" / "model.safetensors").write_bytes(b"oil")
    studio.request(asked(SMALL_PX))
    values = until(studio, ended)
    remark, = (value for value in values if isinstance(value, Remark))
    assert "model.safetensors" in remark.line and remark.line.endswith("recipes paint until then") and not remark.fault
    assert "plinth" in {value.surface for value in values if isinstance(value, Image)}
