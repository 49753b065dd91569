"""Suede is flat and brushed, velvet deep and shining in its own hue, cashmere knitted and hairy."""

import numpy as np
import pytest
import torch
from paint_specs import tile

from showroom.imagine.paint import colour, nap, relief


def light(layers) -> np.ndarray:
    return colour.luminance(layers.color).numpy()


def steepness(layers) -> float:
    du, dv = relief.slopes(layers.height)
    return float(torch.sqrt(du * du + dv * dv).mean())


def sheen(layers) -> float:
    """How many times as light as the middle the lightest hundredth is."""
    middle, top = np.percentile(light(layers), (50, 99))
    return float(top / middle)


def test_velvet_is_deeper_than_suede():
    suede, velvet = nap.suede(tile("suede"), 256, 3), nap.velvet(tile("velvet"), 256, 3)
    assert steepness(velvet) > 2.0 * steepness(suede)
    assert sheen(velvet) > 1.2 * sheen(suede) > 1.5


def test_velvets_lights_are_of_its_own_hue():
    velvet = nap.velvet(tile("velvet", "#5c1428", "#5c1428"), 256, 3)
    lab = colour.oklab(velvet.color).reshape(-1, 3)
    hue = torch.atan2(lab[:, 2], lab[:, 1])
    assert float(hue.max() - hue.min()) < 0.02
    assert float(velvet.color.amax()) < 0.93


@pytest.mark.parametrize("srgb", ["#f0e8e0", "#808080", "#201418"])
def test_a_dyed_pile_keeps_its_mean(srgb):
    base, tone = colour.parse(srgb), torch.linspace(-0.1, 0.9, 10_000) ** 3
    part = nap._dyed(base, tone)
    assert abs(float(part.mean()) - 1.0) < 0.35
    assert float(part.max() * base.max()) <= 0.93 and float(part.max() / part.min()) > 1.3


def test_suede_is_brushed_lighter_and_darker_in_strokes():
    """Its lights are broad: much is left when the fibres are blurred away."""
    seen = torch.from_numpy(light(nap.suede(tile("suede"), 256, 3)))
    broad = nap.noise.blur(seen, 0.012)
    assert float(broad.std()) > 0.4 * float(seen.std())


def test_combed_noise_lies_along_its_angle():
    rough = nap.noise.fbm(128, 40, 5, 2)
    level = nap._combed(rough, torch.zeros(128, 128), 0.1)
    du, dv = relief.slopes(level)
    assert float(dv.abs().mean()) > 2.0 * float(du.abs().mean())


def test_cashmere_is_knitted():
    """Two legs to a stitch across, one stitch down: those two waves are the strongest of its heights."""
    height = nap.cashmere(tile("cashmere"), 256, 3).height.numpy()
    waves = np.abs(np.fft.rfft2(height - height.mean()))
    across = waves[np.r_[-3:4]].sum(axis=0)
    assert 8 + across[8:100].argmax() == 2 * nap.WALES
    assert across[2 * nap.WALES] > 4.0 * np.median(across[8:100])
