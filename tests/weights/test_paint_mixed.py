"""A surface between two materials: its share is met, its seam reads, it is the spec's in all else."""

import dataclasses

import numpy as np
import pytest
import torch
from paint_specs import wearing

from showroom.errors import SpecError
from showroom.imagine.paint import TILES, colour, mixed, paint
from showroom.imagine.paint.relief import Layers

PAIRS = [("silk", "petal"), ("resin", "salt"), ("moss", "suede"), ("flagstone", "moss"), ("water", "soil_petals")]


def between(first: str, second: str, share: float = 0.35, seed: int = 7):
    spec = wearing(first, seed)
    ground = dataclasses.replace(spec.surfaces["ground"], also=second, share=share)
    return dataclasses.replace(spec, surfaces={"ground": ground})


def flat(light: float, seed: int, size: int = 128) -> Layers:
    """A material of one colour, with a little relief."""
    bumps = 0.004 * torch.sin(torch.arange(size) * (np.pi * 2 * (3 + seed) / size)).expand(size, size)
    return Layers(torch.full((size, size, 3), light), bumps, torch.full((size, size), light))


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5])
@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_the_share_is_met(share, seed):
    """Roughness tells the two apart: 0.9 is the second material."""
    there = (mixed.mixed(flat(0.2, 0), flat(0.9, 1), share, seed).roughness - 0.2) / 0.7
    assert abs(float(there.mean()) - share) < 0.02
    assert float(((there > 0.02) & (there < 0.98)).float().mean()) < 0.25


@pytest.mark.parametrize("share", [0.3, 0.4, 0.5])
def test_the_first_stays_near_its_colour_so_that_the_mean_is_the_wanted_one(share):
    """However far off the accent is, the first's hue gives way by so much at most; unbounded, by 0.17 at a half."""
    own, accent = colour.parse("#a05068"), colour.parse("#20c040")
    second = mixed.second_colour(own, accent, share)
    hues = [colour.oklab(one)[1:] for one in (own, second)]
    given_way = float((hues[1] - hues[0]).norm()) * share / (1 - share)
    assert given_way == pytest.approx(0.05, abs=0.004)
    assert float((colour.oklab(second) - colour.oklab(own)).norm()) > 0.095, "and they can still be told apart"


def test_there_is_nothing_of_a_second_of_no_share():
    assert float((mixed.mixed(flat(0.2, 0), flat(0.9, 1), 0.0, 5).roughness - 0.2).mean()) < 0.002


def test_the_second_ends_in_a_lip_that_throws_shade():
    layers = mixed.mixed(flat(0.5, 0), flat(0.5, 0), 0.4, 3)
    there = mixed.mixed(flat(0.2, 0), flat(0.9, 0), 0.4, 3).roughness > 0.55
    inside, outside = there, ~there
    assert layers.height[inside].mean() > layers.height[outside].mean() + 0.001
    assert layers.color[outside].min() < 0.42 and layers.color[inside].max() > 0.51


@pytest.mark.parametrize("first, second", PAIRS)
def test_a_mixed_tile_is_the_specs(first, second):
    spec = between(first, second)
    want, painted = spec.surfaces["ground"], paint(spec, "ground", 256)
    linear = colour.linear_from_srgb(torch.tensor(painted.color[..., :3] / 255.0, dtype=torch.float32))
    apart = torch.linalg.norm(colour.oklab(linear.mean(dim=(0, 1))) - colour.oklab(colour.parse(want.srgb)))
    assert float(apart) <= (0.10 if "soil_petals" in (first, second) else 0.04)
    assert abs(painted.detail[..., 2].mean() / 255.0 - want.roughness) <= 0.05
    for picture in (painted.color, painted.detail):
        values = picture.astype(np.float32)
        for axis in (0, 1):
            inside = np.abs(np.diff(values, axis=axis)).mean(axis=(1 - axis, 2)).max()
            across = np.abs(np.take(values, 0, axis) - np.take(values, -1, axis)).mean()
            assert across <= 1.1 * inside


@pytest.mark.parametrize("first, second", PAIRS[:3])
def test_a_mixed_tile_is_neither_of_its_materials(first, second):
    both, alone = paint(between(first, second), "ground", 128), paint(wearing(first), "ground", 128)
    other = paint(between(second, ""), "ground", 128)
    for painted in (alone, other):
        assert np.abs(both.color.astype(float) - painted.color).mean() > 3.0


def test_coarse_is_the_fine_one_blurred():
    coarse, fine = (paint(between("flagstone", "moss"), "ground", size).color[..., :3] for size in (64, 256))
    small = fine.astype(np.float32).reshape(64, 4, 64, 4, 3).mean(axis=(1, 3))
    assert np.corrcoef(small.ravel(), coarse.astype(np.float32).ravel())[0, 1] >= 0.95


def test_same_seed_same_bytes_and_another_seed_another_picture():
    first, again, other = (paint(between("silk", "petal", seed=seed), "ground", 64) for seed in (7, 7, 8))
    assert first.color.tobytes() == again.color.tobytes() and first.detail.tobytes() == again.detail.tobytes()
    assert first.color.tobytes() != other.color.tobytes()


@pytest.mark.parametrize("second", ["marbel", "sky_sea", "sprites"])
def test_an_unknown_second_material_names_the_nearest(second):
    with pytest.raises(SpecError, match=f"unknown painter '{second}'; the nearest is .*one of {len(TILES)} "):
        paint(between("silk", second), "ground", 64)
