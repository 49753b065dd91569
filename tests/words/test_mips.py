"""Mip levels by law: averages of light, coverage that holds, relief that becomes roughness."""

import numpy as np
import pytest

from showroom.imagine.mips import ATLAS_CELLS, color_levels, detail_levels, tile_levels


def light_of(code: np.ndarray) -> np.ndarray:
    unit = code / 255.0
    return np.where(unit <= 0.04045, unit / 12.92, ((unit + 0.055) / 1.055) ** 2.4)


def test_levels_halve_down_to_one_texel():
    color = np.full((32, 32, 4), 200, np.uint8)
    assert [level.shape for level in color_levels(color)] == [(n, n, 4) for n in (32, 16, 8, 4, 2, 1)]
    assert [level.shape for level in detail_levels(color)] == [(n, n, 4) for n in (32, 16, 8, 4, 2, 1)]
    assert all(level.flags.c_contiguous and level.dtype == np.uint8 for level in color_levels(color))


def test_level_zero_is_untouched():
    color = np.random.default_rng(1).integers(0, 256, (16, 16, 4), np.uint8)
    assert np.array_equal(color_levels(color)[0], color)
    assert np.array_equal(detail_levels(color)[0], color)


def test_checkerboard_of_black_and_white_is_half_the_light_not_half_the_code():
    color = np.zeros((64, 64, 4), np.uint8)
    color[..., 3] = 255
    color[0::2, 0::2, :3] = color[1::2, 1::2, :3] = 255
    for level in color_levels(color)[1:]:
        assert (level[..., :3] == 188).all()  # sRGB code of linear 0.5


def test_mean_light_is_the_same_at_every_level():
    color = np.random.default_rng(2).integers(0, 256, (64, 64, 4), np.uint8)
    color[..., 3] = 255
    wanted = light_of(color[..., :3]).mean(axis=(0, 1))
    for level in color_levels(color):
        assert np.abs(light_of(level[..., :3]).mean(axis=(0, 1)) - wanted).max() < 0.004


def test_heights_are_averaged_as_they_are_and_weigh_no_colour():
    color = np.zeros((32, 32, 4), np.uint8)
    color[:, 0::2] = (255, 255, 255, 200)
    color[:, 1::2] = (0, 0, 0, 100)
    levels = tile_levels(color)
    assert levels[0] is color and [level.shape[0] for level in levels] == [32, 16, 8, 4, 2, 1]
    assert all((level == (188, 188, 188, 150)).all() for level in levels[1:])


def test_what_is_transparent_lends_no_colour():
    color = np.zeros((32, 32, 4), np.uint8)
    color[:, 0::2] = (200, 20, 30, 255)
    color[:, 1::2] = (0, 255, 0, 0)
    for level in color_levels(color)[1:]:
        assert np.abs(level[..., :3].astype(int) - (200, 20, 30)).max() <= 1


def test_each_sprite_keeps_its_coverage():
    cell = 64
    atlas = np.full((ATLAS_CELLS * cell, ATLAS_CELLS * cell, 4), 120, np.uint8)
    y, x = (np.mgrid[0:cell, 0:cell] + 0.5) / cell - 0.5
    for number in range(ATLAS_CELLS ** 2):  # thin rings, off centre: plain averages would fade them away
        row, column = divmod(number, ATLAS_CELLS)
        reach = np.hypot(x - 0.003 * number - 0.011, y + 0.002 * number + 0.007)
        ring = np.clip(1.2 - np.abs(reach - 0.2 - 0.01 * number) * cell, 0, 1)
        atlas[row * cell:(row + 1) * cell, column * cell:(column + 1) * cell, 3] = np.rint(ring * 255)

    def coverage(level):
        edge = level.shape[0] // ATLAS_CELLS
        return (level[..., 3].reshape(ATLAS_CELLS, edge, ATLAS_CELLS, edge) > 127).mean(axis=(1, 3))

    levels = color_levels(atlas, cells=ATLAS_CELLS)
    wanted = coverage(levels[0])
    assert wanted.min() > 0.02
    for level in levels[1:5]:
        texels = (level.shape[0] // ATLAS_CELLS) ** 2
        assert np.abs(coverage(level) - wanted).max() < max(0.02, 0.6 / texels)


def test_empty_and_full_cells_stay_empty_and_full():
    atlas = np.zeros((64, 64, 4), np.uint8)
    atlas[:16, :16, 3] = 255
    for level in color_levels(atlas, cells=ATLAS_CELLS)[:3]:
        edge = level.shape[0] // ATLAS_CELLS
        assert (level[:edge, :edge, 3] == 255).all()
        assert (level[edge:, :, 3] == 0).all()


def test_flat_relief_stays_flat_and_keeps_its_roughness():
    detail = np.zeros((32, 32, 4), np.uint8)
    detail[...] = (128, 128, 90, 200)
    for level in detail_levels(detail):
        assert np.abs(level.astype(int) - (128, 128, 90, 200)).max() <= 1


@pytest.mark.parametrize("tilt", [0.2, 0.5, 0.8])
def test_opposite_slopes_become_flat_and_rough(tilt):
    detail = np.zeros((16, 16, 4), np.uint8)
    detail[...] = (0, 128, 40, 255)
    detail[:, 0::2, 0] = round((tilt * 0.5 + 0.5) * 255)
    detail[:, 1::2, 0] = round((-tilt * 0.5 + 0.5) * 255)
    level = detail_levels(detail)[1]
    assert np.abs(level[..., 0].astype(int) - 128).max() <= 1
    roughness = level[0, 0, 2] / 255
    assert roughness > detail[0, 0, 2] / 255 + 0.05
    # Toksvig by hand: mean length is cos of the tilt, power from the base roughness.
    length, alpha2 = np.sqrt(1 - tilt ** 2), (40 / 255) ** 4
    power = 2 / max(alpha2, 1e-4) - 2
    wanted = (2 / (power * length / (length + power * (1 - length)) + 2)) ** 0.25
    assert abs(roughness - wanted) < 0.02


def test_normals_stay_unit():
    detail = np.random.default_rng(4).integers(90, 166, (64, 64, 4), np.uint8)
    for level in detail_levels(detail):
        xy = level[..., :2] / 127.5 - 1
        assert ((xy ** 2).sum(-1) <= 1.01).all()


def test_same_bytes_twice():
    color = np.random.default_rng(5).integers(0, 256, (64, 64, 4), np.uint8)
    first, second = color_levels(color, 4), color_levels(color.copy(), 4)
    assert all(a.tobytes() == b.tobytes() for a, b in zip(first, second, strict=True))
