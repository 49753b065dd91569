"""The dark about a model's foot lies round it, flat, and only where it touches."""

from dataclasses import replace

import numpy as np
import pytest

from showroom.imagine.gltf.contact import contact
from showroom.imagine.gltf.model import Model
from showroom.words.geometry import INSTANCE, VERTEX, Geometry
from showroom.words.material import Material


def block(half_x: float, half_z: float, low: float = 0.0) -> Model:
    """A model of eight corners, 0.1 m tall, that begins so high."""
    vertices = np.zeros(8, VERTEX)
    vertices["position"] = [(x, low + y, z) for x in (-half_x, half_x) for y in (0.0, 0.1) for z in (-half_z, half_z)]
    return Model((Geometry("hero.model_0", Material("product"), vertices, np.arange(3, dtype=np.uint32),
                           np.zeros(1, INSTANCE)),), ())


@pytest.mark.parametrize("halves", [(0.02, 0.02), (0.05, 0.01)])
def test_it_lies_flat_round_the_foot_and_fades(halves):
    dark = contact(block(*halves))
    places, opacity = dark.vertices["position"], dark.vertices["shade"][:, 3]
    assert (0 < places[:, 1]).all() and (places[:, 1] < 0.002).all()
    for axis, half in zip((0, 2), halves):
        dark_to, to = np.abs(places[opacity > 100][:, axis]).max(), np.abs(places[:, axis]).max()
        assert half < dark_to < half + 0.01 and to > dark_to
    farthest = np.hypot(places[:, 0], places[:, 2]) > np.hypot(*halves) + 0.03
    assert (opacity[farthest] == 0).all()
    a, b, c = (places[dark.indices.reshape(-1, 3)[:, k]] for k in range(3))
    assert (np.cross(b - a, c - a)[:, 1] >= 0).all(), "it faces up"


def test_what_hovers_has_none():
    assert contact(block(0.02, 0.02, low=0.05)) is None


def test_it_stays_within_the_smallest_top():
    dark = contact(block(0.11, 0.05))
    assert np.hypot(dark.vertices["position"][:, 0], dark.vertices["position"][:, 2]).max() < 0.13
    assert replace(dark).material.alpha_mode == "blend" and not dark.casts_shadow
