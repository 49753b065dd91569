"""A photo of a material: which part of it is one, after how many pixels it repeats, and its two colours."""

import numpy as np
import pytest
from cloth_photos import CREAM, PATTERNS, RED, bottle, cloth, face, grain, saved, sweep
from PIL import Image

from showroom.imagine.period import period_of
from showroom.imagine.photo_material import TILE_PX, sample_of, two_colours
from showroom.imagine.picture import read_photo
from showroom.imagine.window import window_of
from showroom.oklab import lab, lab_from_bytes

COLOURS = [(RED, CREAM), ((30, 60, 140), (70, 160, 120)), ((30, 30, 32), (236, 236, 232)),
           ((90, 66, 44), (200, 60, 150))]


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("period_px", [9, 17.5, 60])
@pytest.mark.parametrize("turn_deg", [0, 23])
def test_a_pattern_repeats_where_it_does(pattern, period_px, turn_deg):
    found = period_of(lab_from_bytes(cloth(pattern, period_px, turn_deg=turn_deg)))
    assert found.repeats and abs(found.px / period_px - 1) < 0.15


@pytest.mark.parametrize("size_px", [6, 20])
@pytest.mark.parametrize("seed", [1, 2])
def test_what_repeats_nowhere_has_a_grain(size_px, seed):
    fine, coarse = (period_of(lab_from_bytes(grain(factor * size_px, seed))) for factor in (1, 2))
    assert not fine.repeats and not coarse.repeats and 1.5 < coarse.px / fine.px < 2.7


@pytest.mark.parametrize("pixels", [np.full((64, 64, 3), 90, np.uint8), np.zeros((3, 3, 3), np.uint8)])
def test_one_flat_colour_repeats_nowhere(pixels):
    found = period_of(lab_from_bytes(pixels))
    assert found.px == len(pixels) and not found.repeats


@pytest.mark.parametrize("picture", [bottle, face, sweep, lambda: np.full((300, 300, 3), 240, np.uint8),
                                     lambda: saved(np.full((300, 300, 3), 128.0)),
                                     lambda: np.zeros((1, 1, 3), np.uint8), lambda: np.zeros((9, 4000, 3), np.uint8)])
def test_what_is_no_material_is_none(picture):
    assert window_of(picture()) is None and sample_of(picture()) is None


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("period_px", [9, 60])
def test_a_picture_that_is_one_material_is_taken_almost_whole(pattern, period_px):
    sample = sample_of(cloth(pattern, period_px))
    assert sample.share > 0.7
    assert abs(sample.period.px / period_px - 1) < 0.15


def test_the_material_is_cut_out_of_what_is_about_it():
    picture = np.full((500, 600, 3), (96, 120, 90), np.uint8)
    picture[90:450, 150:510] = cloth("stripes", 22)[:360, :360]
    window = window_of(picture)
    assert window.top >= 84 and window.left >= 144
    assert window.top + window.edge <= 456 and window.left + window.edge <= 516
    assert abs(sample_of(picture).period.px / 22 - 1) < 0.15


def test_a_background_is_no_material_however_woven():
    picture = cloth("knit", 11, size=(420, 560))
    picture[110:310, 170:390] = bottle()[170:370, 70:290]
    assert window_of(picture) is None


@pytest.mark.parametrize("colours", COLOURS)
@pytest.mark.parametrize("pattern", ["stripes", "dots"])
def test_two_colours_are_those_of_the_cloth_that_covers_more_first(colours, pattern):
    found = two_colours(cloth(pattern, 40, colours, light=0.1))
    for said, meant in zip(found, colours):
        assert np.linalg.norm(lab(said) - lab_from_bytes(np.array(meant))) < 0.04


@pytest.mark.parametrize("srgb", [RED, (60, 90, 50), (210, 200, 180)])
def test_one_colour_in_light_and_shade_is_one(srgb):
    shades = (tuple(round(0.82 * value) for value in srgb), srgb)
    picture = grain(12)[..., :1] / 255.0
    low, high = picture.min(), picture.max()
    share = (picture - low) / (high - low)
    first, second = two_colours(saved(np.array(shades[0]) * share + np.array(shades[1]) * (1 - share)))
    middle = lab_from_bytes(np.mean(shades, axis=0))
    assert np.linalg.norm(lab(first) - middle) < 0.04
    assert np.linalg.norm((lab(first) - lab(second))[1:]) < 0.03


def test_a_piece_is_cut_so_large_that_its_pattern_comes_as_often_as_wanted():
    sample = sample_of(cloth("stripes", 40))
    for times in (4, 8):
        tile = sample.cut(times * 40)
        assert tile.shape == (TILE_PX, TILE_PX, 3)
        assert abs(period_of(lab_from_bytes(tile)).px * times / TILE_PX - 1) < 0.15
    assert sample.cut(1e9).shape == sample.cut(0).shape == (TILE_PX, TILE_PX, 3)


def test_a_photo_has_a_piece_of_its_material_or_none(tmp_path):
    for name, picture in {"scarf.jpg": cloth("checks", 30), "bottle.jpg": bottle()}.items():
        Image.fromarray(picture).save(tmp_path / name, quality=92)
    sample = read_photo(tmp_path / "scarf.jpg").sample
    assert sample.pixels.shape[0] == sample.pixels.shape[1] > 250
    assert read_photo(tmp_path / "scarf.jpg") == read_photo(tmp_path / "scarf.jpg")
    assert read_photo(tmp_path / "bottle.jpg").sample is None
