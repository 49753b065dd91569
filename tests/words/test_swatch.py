"""Swatches by law: colour as it is where flat and matt, gloss seen on what is round, relief lit from one side."""

import numpy as np
import pytest

from showroom.imagine.swatch import BALL, FOLD, shape_of, swatch

SIZE = 96


def maps(srgb=(150, 90, 60), height=None, roughness=0.9, normal=None):
    """(color, detail) of one colour, flat unless told otherwise."""
    color, detail = np.zeros((SIZE, SIZE, 4), np.uint8), np.zeros((SIZE, SIZE, 4), np.uint8)
    color[..., :3], color[..., 3] = srgb, 128 if height is None else height
    detail[..., :2] = 128 if normal is None else normal
    detail[..., 2], detail[..., 3] = round(255 * roughness), 255
    return color, detail


def test_what_is_flat_and_matt_shows_its_own_colour():
    seen = swatch(*maps((150, 90, 60)), SIZE).astype(int)
    assert seen.std((0, 1)).max() < 1.0
    assert np.abs(seen.mean((0, 1)) - (150, 90, 60)).max() < 12


@pytest.mark.parametrize("shape", [FOLD, BALL])
def test_gloss_is_seen_on_what_is_round(shape):
    bright = [np.percentile(swatch(*maps((60, 60, 60), roughness=rough), SIZE, shape), 99) for rough in (0.1, 0.9)]
    assert bright[0] > bright[1] + 25


def test_a_metal_mirrors_in_its_own_colour_and_anything_else_in_the_lights():
    def shine(metallic: float) -> float:  # how blue the brightest pixels are, of something golden
        seen = swatch(*maps((200, 150, 40), roughness=0.2), SIZE, BALL, metallic).reshape(-1, 3).astype(float)
        brightest = seen[seen.sum(1).argsort()[-40:]].mean(0)
        return brightest[2] / brightest[0]

    assert shine(1.0) < shine(0.0) - 0.1


def test_a_ridge_is_lit_from_the_upper_left_and_throws_its_shadow_to_the_lower_right():
    height = np.full((SIZE, SIZE), 60, np.uint8)
    height[40:56, 40:56] = 250
    seen = swatch(*maps(height=height), SIZE).mean(2)
    assert seen[57:60, 57:60].mean() < 0.75 * seen[36:39, 36:39].mean()


def test_a_slope_towards_the_key_is_brighter_than_one_away():
    normal = np.full((SIZE, SIZE, 2), 128, np.uint8)
    normal[:, : SIZE // 2, 0], normal[:, SIZE // 2 :, 0] = 60, 196
    seen = swatch(*maps(normal=normal), SIZE).mean(2)
    assert seen[:, 10:38].mean() > 1.3 * seen[:, 58:86].mean()


def test_cloth_hangs_and_all_else_is_a_ball():
    assert shape_of("drape") == FOLD and shape_of("plinth") == BALL
