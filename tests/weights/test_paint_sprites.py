"""The atlas: sixteen clean cells, colour that runs on under the border, flowers of the spec's colour."""

import dataclasses

import numpy as np
import pytest
import torch
from paint_specs import spec_of

from showroom.imagine.paint import colour, paint
from showroom.words.scenespec import Flora
from showroom.words.vocabulary import PLACES


def cells(picture: np.ndarray) -> np.ndarray:
    """(16, c, c, 4)"""
    edge = picture.shape[0] // 4
    return picture.reshape(4, edge, 4, edge, 4).swapaxes(1, 2).reshape(16, edge, edge, 4)


@pytest.mark.parametrize("place", PLACES)
def test_cells_are_clean(place):
    painted = paint(spec_of(place), "sprites", 128)
    assert painted.color.shape == painted.detail.shape == (128, 128, 4)
    assert painted.color[..., :3].min() > 0 and painted.color[..., :3].max() < 255
    for index, cell in enumerate(cells(painted.color)):
        alpha = cell[..., 3].astype(np.float32) / 255.0
        border = np.concatenate([alpha[0], alpha[-1], alpha[:, 0], alpha[:, -1]])
        assert border.mean() < 0.02, f"cell {index} reaches its border"
        assert 0.008 < alpha.mean() < 0.85, f"cell {index} is empty or full"


def test_colour_runs_on_under_the_border():
    for index, cell in enumerate(cells(paint(spec_of("rose_garden"), "sprites", 256).color)):
        alpha, rgb = cell[..., 3], cell[..., :3].astype(np.float32)
        solid = alpha > 200
        if not solid.any():
            continue
        near = np.zeros_like(solid)
        for axis in (0, 1):
            near |= np.roll(solid, 2, axis) | np.roll(solid, -2, axis)
        outside = near & (alpha < 20)
        if outside.any():  # a dark rim would show here
            assert rgb[outside].mean() > 0.55 * rgb[solid].mean(), f"cell {index}"


def test_petals_take_the_flowers_colour():
    spec = spec_of("rose_garden")
    for srgb in ("#c2405f", "#e8c040"):
        dressed = dataclasses.replace(spec, flora=(Flora("rose", 0.9, srgb),))
        petal = cells(paint(dressed, "sprites", 256).color)[0]
        rgb = torch.tensor(petal[petal[..., 3] > 250][:, :3] / 255.0, dtype=torch.float32)
        mean = colour.oklab(colour.linear_from_srgb(rgb).mean(dim=0))
        assert torch.linalg.norm(mean - colour.oklab(colour.parse(srgb))) < 0.10


def test_places_differ_in_their_own_cell():
    own = {cells(paint(spec_of(place), "sprites", 64).color)[15].tobytes() for place in PLACES}
    assert len(own) >= 10


def test_same_seed_same_atlas():
    first, again = (paint(spec_of("seashore"), "sprites", 64) for _ in range(2))
    assert first.color.tobytes() == again.color.tobytes()
