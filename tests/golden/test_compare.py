"""The comparator lets noise pass and nothing else."""

import numpy as np
import pytest
from compare import compare


@pytest.fixture
def picture() -> np.ndarray:
    rows, columns = np.mgrid[0:90, 0:160]
    made = np.stack([columns * 1.2, rows * 2.0, 128 + 60 * np.sin(columns / 7)], axis=-1)
    made[30:60, 60:90] = (220, 40, 40)
    return made.astype(np.uint8)


def test_a_picture_is_itself(picture):
    assert compare(picture, picture).mean == 0 and compare(picture, picture).same


def test_noise_of_a_step_or_two_passes(picture):
    steps = (np.indices(picture.shape).sum(axis=0) * 7 % 5) - 2
    assert compare(picture, np.clip(picture + steps, 0, 255).astype(np.uint8)).same


@pytest.mark.parametrize("change", ["shifted", "tinted", "missing", "turned over", "smaller", "darker"])
def test_what_an_eye_would_see_fails(picture, change):
    other = picture.copy()
    if change == "shifted":
        other = np.roll(other, 6, axis=1)
    elif change == "tinted":
        other[..., 0] = np.clip(other[..., 0].astype(int) + 6, 0, 255)
    elif change == "missing":
        other[30:60, 60:90] = picture[30:60, 95:125]
    elif change == "turned over":
        other = other[::-1]
    elif change == "smaller":
        other = other[:-4]
    else:
        other = (other * 0.94).astype(np.uint8)
    assert not compare(picture, other).same
