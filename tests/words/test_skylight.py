"""Sky levels by law: constants stay, light is neither made nor lost, known integrals come out."""

import numpy as np
import pytest

from showroom.errors import PictureError
from showroom.imagine.skylight import LEVELS, row_solid_angles, sky_levels


def panorama(height: int, value=1.0) -> np.ndarray:
    return np.full((height, 2 * height, 4), value, np.float16)


def energy(level: np.ndarray) -> float:
    """Integral of red over the sphere."""
    return float((level[..., 0].astype(np.float64) * row_solid_angles(level.shape[0])[:, None]).sum())


def test_solid_angles_make_a_sphere():
    assert row_solid_angles(64).sum() * 128 == pytest.approx(4 * np.pi)


@pytest.mark.parametrize("height", [8, 64, 256])
def test_six_levels_each_half_the_size(height):
    levels = sky_levels(panorama(height))
    assert list(levels) == list(range(LEVELS))
    for number, level in levels.items():
        assert level.shape == (max(1, height >> number), max(1, 2 * height >> number), 4)
        assert level.dtype == np.float16 and level.flags.c_contiguous


def test_constant_sky_stays_constant():
    for level in sky_levels(panorama(128, 3.0)).values():
        assert np.abs(level[..., :3].astype(float) / 3.0 - 1).max() < 0.005


def test_level_zero_is_untouched():
    sky = np.random.default_rng(1).random((32, 64, 4)).astype(np.float16)
    assert np.array_equal(sky_levels(sky)[0], sky)


def test_irradiance_of_a_lit_hemisphere():
    sky = panorama(256)
    sky[128:] = 0
    level = sky_levels(sky)[LEVELS - 1][..., 0].astype(float)
    tilt = (np.arange(level.shape[0]) + 0.5) * np.pi / level.shape[0]
    assert np.abs(level - ((1 + np.cos(tilt)) / 2)[:, None]).max() < 0.01


def test_reflection_of_a_lit_hemisphere_at_the_horizon_is_half():
    sky = panorama(256)
    sky[128:] = 0
    for level in list(sky_levels(sky).values())[1:]:
        middle = level.shape[0] // 2
        assert level[middle - 1:middle + 1, :, 0].astype(float).mean() == pytest.approx(0.5, abs=0.01)


def test_a_small_sun_keeps_its_energy_and_place_and_spreads_with_roughness():
    sky = panorama(256, 0.1)
    sky[80:84, 300:304, :3] = 5000
    wanted = energy(sky)
    brightest = np.inf
    for number, level in sky_levels(sky).items():
        assert energy(level) == pytest.approx(wanted, rel=0.01)
        row, column = np.unravel_index(level[..., 0].argmax(), level.shape[:2])
        if number < LEVELS - 1:
            assert abs((row + 0.5) / level.shape[0] - 82 / 256) < 2 / level.shape[0]
            assert abs((column + 0.5) / level.shape[1] - 302 / 512) < 2 / level.shape[1]
        assert level[..., 0].max() < brightest
        brightest = level[..., 0].max()


def test_turning_the_sky_turns_its_levels():
    sky = np.random.default_rng(2).random((64, 128, 4)).astype(np.float16)
    turned = sky_levels(np.roll(sky, 64, axis=1))
    for number, level in sky_levels(sky).items():
        moved = np.roll(level, level.shape[1] // 2, axis=1).astype(float)
        assert np.abs(moved - turned[number].astype(float))[..., :3].max() < 0.002


def test_a_small_painting_gives_the_rough_levels_of_a_large_sky():
    small = sky_levels(panorama(64, 2.0), height=512)
    assert list(small) == [3, 4, 5]
    assert small[3].shape == (64, 128, 4)
    rng_free = np.linspace(0, 1, 512)[:, None, None] * np.ones((1, 1024, 4))
    large = sky_levels(rng_free.astype(np.float16))
    coarse = sky_levels(rng_free.reshape(64, 8, 128, 8, 4).mean(axis=(1, 3)).astype(np.float16), height=512)
    for number in (3, 4, 5):
        assert np.abs(large[number].astype(float) - coarse[number].astype(float))[..., :3].max() < 0.01


def test_a_sky_that_is_not_finite_is_refused():
    sky = panorama(16)
    sky[3, 4, 1] = np.nan
    with pytest.raises(PictureError, match="not a number"):
        sky_levels(sky)
