"""A look: its JSON, what is refused; cloth whose colours and pattern are known; what is examined."""

import json

import numpy as np
import pytest
from PIL import Image

from cloths import cloth, worn
from showroom.errors import PictureError
from showroom.imagine.look import examine as examining
from showroom.imagine.look.body import Part
from showroom.imagine.look.cloth import colours_of, pattern_of
from showroom.imagine.look.examine import examine
from showroom.imagine.look.photograph import LONGEST_PX, frame_of, pixels_of
from showroom.oklab import lab
from showroom.words.look import (
    CAMERA, FILE, GARMENTS, PATTERNS, Garment, Look, Photograph, Region,
)
from showroom.words.scenespec import Colour

LOOK = Look((Garment("outwear", 0.9), Garment("shirt", 0.1)),
            (Region("upper", (Colour("#224466", 0.75), Colour("#ddccaa", 0.25)), "striped"),
             Region("lower", (Colour("#101010", 1.0),), "plain")), (0.55, 0.1, 0.02, 0.33))


class Told:
    """Garments that are told by the size of the picture."""

    def __init__(self, *names: str):
        self.names, self.shapes = names, []

    def tell(self, pixels: np.ndarray) -> np.ndarray:
        self.shapes.append(pixels.shape)
        sure = np.full(len(GARMENTS), 0.01)
        for rank, name in enumerate(self.names):
            sure[GARMENTS.index(name)] = 0.6 / (rank + 1)
        return sure / sure.sum()


class Torso:
    """A body whose upper half is the picture's."""

    def parts(self, pixels: np.ndarray) -> dict[str, Part]:
        height, width = pixels.shape[:2]
        inside = np.zeros((height, width), bool)
        inside[: height // 2] = True
        return {"upper": Part(inside, pixels[: height // 2]), "lower": Part(~inside, pixels[height // 2 :])}


def test_json_round_trip():
    assert Look.from_plain(json.loads(json.dumps(LOOK.to_plain()))) == LOOK


def test_colours_of_all_that_is_worn_sum_to_one_the_strongest_first():
    weights = [colour.weight for colour in LOOK.colours]
    assert sum(weights) == pytest.approx(1) and weights == sorted(weights, reverse=True)
    assert LOOK.colours[0] == Colour("#101010", 0.5)


@pytest.mark.parametrize("change", [
    {"garments": []}, {"garments": [{"name": "crown", "confidence": 0.5, "region": "whole"}]},
    {"garments": [{"name": "hat", "confidence": 1.5, "region": "whole"}]}, {"regions": []}, {"regions": 3},
    {"garments": [{"name": "hat", "confidence": float("nan"), "region": "whole"}]},
    {"regions": [{"name": "face", "colours": [{"srgb": "#000000", "weight": 1.0}], "pattern": "plain"}]},
    {"regions": [{"name": "whole", "colours": [{"srgb": "red", "weight": 1.0}], "pattern": "plain"}]},
    {"regions": [{"name": "whole", "colours": [], "pattern": "plain"}]},
    {"season": [1, 0, 0]}, {"season": [1, 1, 1, 1]}, {"season": None},
    {"garments": [{"name": "hat", "confidence": 0.5, "region": "whole", "age": 30}]},
])
def test_what_is_no_look_is_refused_in_one_line(change):
    with pytest.raises(PictureError) as refused:
        Look.from_plain({**LOOK.to_plain(), **change})
    assert "\n" not in str(refused.value) and "accepted" in str(refused.value)


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize(("first", "second"),
                         [("#203a6b", "#e8e4da"), ("#7a1f2b", "#c9a05a"), ("#2f5d3a", "#e0d9c0")])
@pytest.mark.parametrize("turn_rad", [0.0, 0.4, 1.2])
def test_pattern_of_cloth_that_lies_anyhow(pattern, first, second, turn_rad):
    pixels = worn(cloth(pattern, first, second, turn_rad))
    inside = (pixels != np.array([0xB9, 0xB4, 0xA8], np.uint8)).any(-1)
    assert pattern_of(pixels, inside) == pattern


@pytest.mark.parametrize("srgb", ["#203a6b", "#7a1f2b", "#e9e6df", "#1c1c1e", "#d98a3d"])
def test_colour_of_plain_cloth_in_folds(srgb):
    pixels = worn(cloth("plain", srgb))
    inside = (pixels != np.array([0xB9, 0xB4, 0xA8], np.uint8)).any(-1)
    colours = colours_of(pixels, inside)
    assert sum(colour.weight for colour in colours) == pytest.approx(1)
    near = sum(colour.weight for colour in colours if np.linalg.norm(lab(colour.srgb) - lab(srgb)) < 0.12)
    assert near > 0.8


def test_colours_outside_the_mask_do_not_count():
    pixels = np.zeros((60, 60, 3), np.uint8)
    pixels[:30] = (200, 20, 20)
    inside = np.zeros((60, 60), bool)
    inside[:30] = True
    assert [colour.srgb for colour in colours_of(pixels, inside)] == ["#c81414"]


def test_without_a_body_the_whole_photo_tells_and_its_middle_colours_it():
    pixels = worn(cloth("plain", "#203a6b"))
    look = examine(pixels, told := Told("t-shirt"))
    assert told.shapes == [pixels.shape]
    assert [region.name for region in look.regions] == ["whole"] and look.garments[0].name == "t-shirt"
    assert np.linalg.norm(lab(look.colours[0].srgb) - lab("#203a6b")) < 0.12


def test_with_a_body_each_region_tells_what_can_be_worn_there():
    pixels = np.zeros((200, 100, 3), np.uint8)
    pixels[:100], pixels[100:] = (180, 30, 30), (20, 30, 120)
    look = examine(pixels, told := Told("shoes", "pants", "shirt"), Torso())
    assert told.shapes == [(100, 100, 3), (100, 100, 3)]
    first = {region: next(one for one in look.garments if one.region == region)
             for region in ("upper", "lower")}
    assert first["upper"].name == "shirt" and first["lower"].name == "pants"
    possible = set(examining.WORN["upper"]) | set(examining.WORN["lower"])
    assert {garment.name for garment in look.garments} <= possible
    assert [region.colours[0].srgb for region in look.regions] == ["#b41e1e", "#141e78"]


def test_season_follows_what_is_worn():
    pixels = worn(cloth("plain", "#203a6b"))
    winter, summer = (examine(pixels, Told(name)).season for name in ("outwear", "shorts"))
    assert winter.index(max(winter)) == 0 and summer.index(max(summer)) == 2
    assert Look.from_plain(examine(pixels, Told("outwear")).to_plain())


def test_a_phone_held_upright_is_seen_upright(tmp_path):
    pixels = np.zeros((40, 80, 3), np.uint8)
    pixels[:, :40] = (250, 0, 0)
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned to the right
    Image.fromarray(pixels).save(tmp_path / "turned.png", exif=exif)
    seen = pixels_of(Photograph(FILE, str(tmp_path / "turned.png")))
    assert seen.shape == (80, 40, 3) and seen[0, 0, 0] > 200 and seen[-1, 0, 0] < 50


def test_a_camera_that_is_not_there_is_named(tmp_path):
    with pytest.raises(PictureError, match="no camera is there"):
        pixels_of(Photograph(CAMERA, str(tmp_path / "video0")))


def test_a_device_that_is_no_camera_is_refused():
    with pytest.raises(PictureError, match="photographing with /dev/null"):
        pixels_of(Photograph(CAMERA, "/dev/null"))


@pytest.mark.parametrize(("size", "shape"), [("640x480", (480, 640, 3)), ("1920x1080", (432, LONGEST_PX, 3))])
def test_a_moving_picture_gives_one_still(size, shape):
    source = ["-f", "lavfi", "-i", f"color=c=0x1e5aa0:size={size}:rate=30"]
    pixels = frame_of(source, "a test's picture")
    assert pixels.shape == shape
    assert np.abs(pixels.reshape(-1, 3).mean(0) - (0x1E, 0x5A, 0xA0)).max() < 6
