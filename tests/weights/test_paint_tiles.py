"""Tileable surfaces: no seam, the spec's colour and roughness, the same bytes, coarse as fine."""

import numpy as np
import pytest
import torch
from paint_specs import spec_of, wearing

from showroom.errors import SpecError
from showroom.imagine.paint import PAINTERS, colour, paint
from showroom.imagine.places import place_table
from showroom.words.image import HEIGHT_TILES
from showroom.words.vocabulary import PLACES

TILES = sorted(name for name in PAINTERS if not name.startswith("sky_") and name != "sprites")
LITTERED = {"soil_petals": 0.06, "water": 0.03}  # what lies on them is not counted in their mean


def linear(color: np.ndarray) -> torch.Tensor:
    return colour.linear_from_srgb(torch.tensor(color[..., :3] / 255.0, dtype=torch.float32))


def worst_seam(picture: np.ndarray) -> float:
    """Step across the seam over the largest step between neighbouring rows (columns) inside."""
    values, worst = picture.astype(np.float32), 0.0
    for axis in (0, 1):
        inside = np.abs(np.diff(values, axis=axis)).mean(axis=(1 - axis, 2)).max()
        across = np.abs(np.take(values, 0, axis) - np.take(values, -1, axis)).mean()
        worst = max(worst, float(across / inside))
    return worst


def test_every_painter_the_places_name_is_here():
    named = {surface.painter for place in PLACES for surface in place_table(place).surfaces.values()}
    assert named <= set(PAINTERS)


@pytest.mark.parametrize("painter", TILES)
def test_a_tile_closes_and_keeps_off_the_ends(painter):
    painted = paint(wearing(painter), "ground", 256)
    for picture in (painted.color, painted.detail):
        assert picture.shape == (256, 256, 4) and picture.dtype == np.uint8
        assert worst_seam(picture) <= 1.1
    assert painted.sky is None
    assert painted.color[..., :3].min() > 0 and painted.color[..., :3].max() < 255
    normal = painted.detail[..., :2] / 127.5 - 1.0
    assert (np.square(normal).sum(-1) <= 1.02).all()


@pytest.mark.parametrize("painter", TILES)
def test_its_heights_are_those_its_normals_lean_by(painter):
    """Where heights are finer than a code's step, or cut off, only the trend can be compared."""
    painted = paint(wearing(painter), "ground", 256)
    height = painted.color[..., 3] * (HEIGHT_TILES / 255)
    rise = (np.roll(height, -2, 1) - np.roll(height, 2, 1)) * (256 / 4)
    normal = painted.detail[..., :2] / 127.5 - 1.0
    lean = -normal[..., 0] / np.sqrt(np.maximum(1.0 - np.square(normal).sum(-1), 0.05))
    lean = sum(np.roll(lean, step, 1) for step in (-1, 0, 1)) / 3
    assert abs(painted.color[..., 3].mean() - 127.5) < 6
    if np.abs(rise).mean() > 0.15:
        assert np.corrcoef(rise.ravel(), lean.ravel())[0, 1] > 0.6


def test_the_seam_measure_sees_a_cut():
    color = paint(wearing("marble"), "ground", 256).color
    assert worst_seam(color[:170, :170]) > 1.1


@pytest.mark.parametrize("painter", TILES)
def test_the_means_are_the_specs(painter):
    spec = wearing(painter)
    want, painted = spec.surfaces["ground"], paint(spec, "ground", 64)
    mean = colour.oklab(linear(painted.color).mean(dim=(0, 1)))
    apart = float(torch.linalg.norm(mean - colour.oklab(colour.parse(want.srgb))))
    assert apart <= LITTERED.get(painter, 0.0) + 0.04
    assert abs(painted.detail[..., 2].mean() / 255.0 - want.roughness) <= 0.05


@pytest.mark.parametrize("painter", TILES)
def test_coarse_is_the_fine_one_blurred(painter):
    coarse, fine = paint(wearing(painter), "ground", 64), paint(wearing(painter), "ground", 512)
    small = linear(fine.color).reshape(64, 8, 64, 8, 3).mean(dim=(1, 3)).numpy()
    seen = linear(coarse.color).numpy()
    assert np.abs(small - seen).mean() <= 0.13 * small.mean()
    assert np.corrcoef(small.ravel(), seen.ravel())[0, 1] >= 0.95
    details = fine.detail.astype(np.float32).reshape(64, 8, 64, 8, 4).mean(axis=(1, 3))
    assert np.abs(details - coarse.detail).mean() <= 0.04 * 255


@pytest.mark.parametrize("painter", ["shingle", "marble", "wood_planks", "water"])
def test_same_seed_same_bytes_and_another_seed_another_picture(painter):
    first, again = (paint(wearing(painter), "ground", 128) for _ in range(2))
    other = paint(wearing(painter, 8), "ground", 128)
    assert first.color.tobytes() == again.color.tobytes()
    assert first.detail.tobytes() == again.detail.tobytes()
    assert first.color.tobytes() != other.color.tobytes()


def test_surfaces_of_one_spec_differ():
    spec = spec_of("seashore")  # plinth and wall are both rock
    assert paint(spec, "plinth", 64).detail.tobytes() != paint(spec, "wall", 64).detail.tobytes()


def test_relief_is_how_steep_it_is():
    import dataclasses

    spec = wearing("flagstone")

    def steepness(relief):
        ground = dataclasses.replace(spec.surfaces["ground"], relief=relief)
        painted = paint(dataclasses.replace(spec, surfaces={"ground": ground}), "ground", 128)
        return np.abs(painted.detail[..., :2].astype(np.float32) - 127.5).mean()

    assert steepness(0.0) < 1.0 < steepness(0.3) < steepness(0.9)


def test_unknown_painter_names_the_nearest():
    import dataclasses

    spec = wearing("marble")
    wrong = dataclasses.replace(spec.surfaces["ground"], painter="marbel")
    with pytest.raises(SpecError, match="'marbel'.*'marble'"):
        paint(dataclasses.replace(spec, surfaces={"ground": wrong}), "ground", 64)


@pytest.mark.parametrize(
    "surface, size, said", [("moon", 64, "moon"), ("ground", 100, "100 px"), ("ground", 8, "8 px")]
)
def test_what_cannot_be_painted_is_said(surface, size, said):
    with pytest.raises(SpecError, match=said):
        paint(wearing("marble"), surface, size)
