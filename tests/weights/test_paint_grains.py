"""Resin is glossy and mounded, comb hexagonal, salt cubic, spice powder with seeds, paper wired and nearly flat."""

import dataclasses
import math

import numpy as np
import pytest
import torch
from paint_specs import tile

from showroom.imagine.paint import grains, noise, paper, resins, stones


@pytest.mark.parametrize("across, down", [(7, 8), (14, 16)])
def test_cells_of_a_comb_are_hexagons_of_one_size(across, down):
    size = 256
    cell, edge, away = resins._cells(size, across, down, 3)
    share = torch.bincount(cell.reshape(-1), minlength=across * down) / size**2 * (across * down)
    assert share.min() > 0.7 and share.max() < 1.3
    assert float(edge.min()) >= 0.0 and 0.35 < float(edge.max()) < 0.75 and float(away.max()) < 0.8
    around = [set() for _ in range(across * down)]  # whom each cell has a wall with
    for axis in (0, 1):
        for one, other in zip(cell.reshape(-1).tolist(), cell.roll(-1, axis).reshape(-1).tolist()):
            if one != other:
                around[one].add(other)
                around[other].add(one)
    assert 5.7 < np.mean([len(near) for near in around]) < 6.4


def _comb(scale_m: float):
    return dataclasses.replace(tile("honeycomb"), scale_m=scale_m)


def test_a_comb_has_deep_cells_and_lids_and_honey_that_shines():
    layers = resins.honeycomb(_comb(0.3), 256, 5)
    deep, high = (layers.height < -0.03), (layers.height > 0.0)
    assert float(deep.float().mean()) > 0.05 and float(high.float().mean()) > 0.15
    honey = layers.roughness < 0.15
    assert 0.05 < float(honey.float().mean()) < 0.6
    assert float(layers.height[honey].std()) < 0.4 * float(layers.height.std())  # it is level


def test_cells_stay_cells_on_a_large_tile():
    """Twice as many across: heights cross the rim more often along a row."""
    small, large = (resins.honeycomb(_comb(scale), 256, 5).height for scale in (0.3, 2.0))
    crossings = [float(((h > 0.0) != (h.roll(1, 1) > 0.0)).float().sum(1).mean()) for h in (small, large)]
    assert crossings[1] > 1.4 * crossings[0]


def test_resin_shines_in_rounded_lumps():
    layers = resins.resin(tile("resin"), 256, 3)
    rough = layers.roughness
    assert float(rough.quantile(0.3)) < 0.22 and float(rough.max()) > 0.3  # bare, and under its dust
    height = layers.height
    curved = sum(height.roll(s, a) for s in (4, -4) for a in (0, 1)) / 4 - height
    tops = height > height.quantile(0.8)
    assert float((curved[tops] < 0.0).float().mean()) > 0.85


def test_faces_of_a_cube_stand_square():
    faces = grains._cube_faces(200, 3, (0.3, 0.8))
    assert (faces[..., 2] > 0.0).all()
    steep = faces[..., 2].min(dim=1).values > 0.25  # sides that were not eased
    product = faces @ faces.transpose(1, 2)
    assert int(steep.sum()) > 20
    assert float((product - torch.eye(3))[steep].abs().max()) < 1e-5


def _planes(height: torch.Tensor) -> float:
    """How much of what leans lies on a plane: slopes a little apart are alike there."""
    middle = noise.blur(height, 0.0015)
    slope, bend = middle.roll(3, 1) - middle.roll(-3, 1), middle.roll(3, 1) + middle.roll(-3, 1) - 2 * middle
    leans = slope.abs() > slope.abs().quantile(0.4)
    return float((bend.abs()[leans] < 0.12 * slope.abs()[leans]).float().mean())


def test_salt_is_of_flat_faces_as_pebbles_are_not():
    salt, shingle = (make(tile(make.__name__), 512, 3).height for make in (grains.salt, stones.shingle))
    assert _planes(salt) > 2.0 * _planes(shingle)


def test_spice_is_matt_powder_with_seeds_on_it():
    layers = grains.spice(tile("spice"), 256, 3)
    powder = layers.roughness > 0.7
    assert 0.6 < float(powder.float().mean()) < 0.95
    assert float(layers.height[~powder].mean()) > float(layers.height[powder].mean())


def test_a_star_has_eight_arms():
    angle = torch.linspace(0.0, math.tau, 721)[:-1]
    ring = grains._pod(0.6 * torch.cos(angle), 0.6 * torch.sin(angle), torch.zeros(720, dtype=torch.int64))
    inside = torch.isfinite(ring)
    assert int((inside & ~inside.roll(1)).sum()) == 8


def test_paper_keeps_the_wires_of_its_mould_and_lies_nearly_flat():
    layers = paper.vellum(tile("vellum"), 256, 3)
    waves = torch.fft.rfft(layers.height, dim=0).abs().mean(dim=1)
    near = torch.cat([waves[40:52], waves[61:73]])
    assert float(waves[55:58].max()) > 2.5 * float(near.mean())
    assert float(layers.height.max() - layers.height.min()) < 0.05
