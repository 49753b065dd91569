"""Petals cover their tile and bear dew only when wet; peel is a skin full of dimples."""

import numpy as np
import pytest
from paint_specs import tile

from showroom.imagine.paint import skins


def light(layers) -> np.ndarray:
    return layers.color.mean(dim=-1).numpy()


@pytest.mark.parametrize("seed", [1, 5, 9])
def test_petals_leave_no_gap(seed):
    cover, out, count = skins._petals(128, seed)
    assert float(cover.there.float().mean()) > 0.995
    assert 40 < count <= 61 and float(out.max()) <= 1.0


def test_dew_lies_on_wet_petals_alone():
    dry, wet = (skins.petal(tile("petal", wetness=wetness), 128, 3) for wetness in (0.0, 0.9))
    assert float(dry.roughness.min()) > 0.25
    beads = wet.roughness < 0.2
    assert 0.003 < float(beads.float().mean()) < 0.1
    assert float((wet.height - dry.height)[beads].min()) > 0.0
    assert bool((wet.height == dry.height)[~beads].float().mean() > 0.97)


def test_veins_and_claw_are_the_second_colours():
    """A petal's claw is where the second colour shows; the same tile without it has one hue."""
    plain, tipped = (skins.petal(tile("petal", "#b03048", accent), 128, 3) for accent in ("#b03048", "#e8d060"))
    greener = (tipped.color[..., 1] - plain.color[..., 1]).numpy()
    assert greener.max() > 0.1 and 0.05 < (greener > 0.02).mean() < 0.5


def test_peel_has_dimples_and_they_are_dark():
    layers = skins.peel(tile("peel"), 256, 3)
    fine = layers.height.numpy() - skins.noise.blur(layers.height, 0.03).numpy()
    assert (fine**3).mean() < -0.3 * fine.std() ** 3  # more is cut out of it than stands on it
    assert np.corrcoef(fine.ravel(), light(layers).ravel())[0, 1] > 0.4
