"""The configuration: defaults, what a file may say, and one clear line for what it may not."""

import argparse
import dataclasses
import json

import pytest

from showroom import config, paths
from showroom.cli import painting
from showroom.errors import InputError
from showroom.words.request import PLACE, Diffusion, Request
from showroom.words.rig import Rig


def test_no_file_means_the_defaults(tmp_path, monkeypatch):
    monkeypatch.delenv(config.ENVIRONMENT_KEY, raising=False)
    monkeypatch.setattr(paths, "config_file", lambda: tmp_path / "none.toml")
    assert config.load() == config.Config()


def test_the_users_file_is_read(tmp_path, monkeypatch):
    monkeypatch.delenv(config.ENVIRONMENT_KEY, raising=False)
    file = tmp_path / "showroom.toml"
    file.write_text('surface_px = 256\nlanguage = "it"\n')
    monkeypatch.setattr(paths, "config_file", lambda: file)
    assert config.load() == config.Config(surface_px=256, language="it")


def test_the_environment_goes_before_the_users_file(tmp_path, monkeypatch):
    users, named = tmp_path / "users.toml", tmp_path / "named.toml"
    users.write_text("detail = 0.1\n")
    named.write_text("detail = 0.75\n")
    monkeypatch.setattr(paths, "config_file", lambda: users)
    monkeypatch.setenv(config.ENVIRONMENT_KEY, str(named))
    assert config.load().detail == 0.75


def test_a_file_that_was_named_must_exist(tmp_path, monkeypatch):
    monkeypatch.setenv(config.ENVIRONMENT_KEY, str(tmp_path / "gone.toml"))
    with pytest.raises(InputError, match="gone.toml cannot be read"):
        config.load()


def test_a_file_that_is_not_text_is_refused(tmp_path):
    file = tmp_path / "bytes.toml"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="UTF-8"):
        config.load(file)


def test_every_key_can_be_set_and_a_whole_detail_becomes_a_float():
    given = {"upload_bytes_per_frame": 65536, "surface_px": 64, "detail": 1, "particles": 9, "dry_down_s": 30,
             "refresh_hz": 72, "language": "zh", "diffusion_model": "somebody/some-model", "diffusion_revision": "main",
             "diffusion_steps": 4, "diffusion_px": 128, "diffusion_strength": 0.4, "diffusion_download": True,
             "brightness": 1, "contrast": -1, "reduced_motion": True, "captions": True, "seated": True,
             "left_handed": True, "sound": False, "sound_volume": 0.2, "sound_device": "USB", "touch_strength": 0.5,
             "painter": "diffusion", "shop_url": "http://shop.local:8765", "camera": "/dev/video0"}
    every = config.parse("\n".join(f"{key} = {json.dumps(value)}" for key, value in given.items()), "here")
    assert dataclasses.asdict(every) == given | {"air": dataclasses.asdict(Rig())} and isinstance(every.detail, float)
    assert every.diffusion == Diffusion("somebody/some-model", "main", 4, 128, 0.4, True)
    assert config.Config().diffusion is None


@pytest.mark.parametrize(("text", "said"), [
    ("surfaces_px = 256", r"here\.toml, line 1: unknown key 'surfaces_px'.*did you mean 'surface_px'"),
    ("zzz = 1", r"unknown key 'zzz'.*remove it"),
    ("surface_px = 300", "power of two from 64 to 2048"),
    ("surface_px = 4096", "power of two from 64 to 2048"),
    ("surface_px = true", "power of two"),
    ("diffusion_px = 100", "multiple of 64"),
    ("diffusion_steps = 51", "1 to 50"),
    ("diffusion_download = 1", "true or false"),
    ("surface_px = 256.0", "power of two"),
    ("upload_bytes_per_frame = 1", "from 65536 to 268435456"),
    ('painter = "oil"', "one of auto, recipe, learned, diffusion is accepted"),
    ('seated = true\npainter = "diffusion"', "here.toml, line 2: painter = 'diffusion' and no diffusion_model.*set diff"),
    ("detail = 1.5", "from 0 to 1"),
    ("detail = nan", "from 0 to 1"),
    ('detail = "high"', "from 0 to 1"),
    ("refresh_hz = 10", "from 30 to 1000"),
    ('language = "fr"', "one of en, zh, it"),
    ("language = []", "one of en, zh, it"),
    ("detail = = 1", "line 1"),
    ("# one\n\nseated = true\ndetail = 7", "here.toml, line 4: detail = 7"),
    ("detail = " + "[" * 100_000, "is not TOML"),
    ("[hall]\nsize = 1", "unknown key 'hall'"),
])
def test_what_a_file_may_not_say(text, said):
    with pytest.raises(InputError, match=said) as caught:
        config.parse(text, "here.toml")
    assert "\n" not in str(caught.value)


def test_a_command_lines_painter_goes_before_the_files_and_diffusion_needs_its_model():
    parser = argparse.ArgumentParser()
    painting.add_argument(parser)
    settings = config.Config(painter="recipe")
    assert painting.chosen(parser.parse_args([]), settings) is settings
    assert painting.chosen(parser.parse_args(["--painter", "learned"]), settings) == config.Config(painter="learned")
    with pytest.raises(InputError, match="no diffusion_model"):
        painting.chosen(parser.parse_args(["--painter", "diffusion"]), settings)


@pytest.mark.parametrize(("painter", "repaints"), [("auto", True), ("diffusion", True), ("recipe", False),
                                                   ("learned", False)])
def test_only_auto_and_diffusion_have_surfaces_repainted(painter, repaints):
    model = Diffusion("a folder")
    assert Request(PLACE, painter=painter, diffusion=model).repainted_by == (model if repaints else None)
