"""Heroes: real size, whole glass round whole liquid, standing on what they stand on."""

import dataclasses

import numpy as np
import pytest

from showroom.imagine.grow.bottle import SHAPES
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.hero import MAKERS, hero_parts
from showroom.imagine.grow.plinth import STYLES, TOP_M, plinth_mesh
from showroom.imagine.grow.scatter import one
from showroom.words.vocabulary import HEROES
from tests.words.grow_kit import BOTTLE, part_of, volume

HEIGHTS_M = {"bottle": 0.16, "lipstick": 0.08, "scarf": 0.45, "jacket": 0.7, "torch": 0.16, "tea_set": 0.14}


def _hero(kind: str, shape: str = "flacon"):
    return dataclasses.replace(BOTTLE, kind=kind, shape=shape, height_m=HEIGHTS_M[kind])


def _all(parts) -> np.ndarray:
    return np.concatenate([part.vertices["position"] for part in parts])


def _closed_volume(part) -> float:
    return volume(part.vertices["position"].astype(np.float64), part.indices.reshape(-1, 3))


def test_every_kind_of_hero_has_a_maker():
    assert set(MAKERS) == set(HEROES)


@pytest.mark.parametrize("kind", HEROES)
@pytest.mark.parametrize("detail", [1.0, 0.4, 0.05])
def test_a_hero_has_its_real_height_and_stands_on_the_ground(kind, detail):
    extent = _all(hero_parts(_hero(kind), one(), detail))
    assert np.isfinite(extent).all()
    assert abs(extent[:, 1].max() - HEIGHTS_M[kind]) < 0.08 * HEIGHTS_M[kind]
    assert -0.002 < extent[:, 1].min() < 0.002


@pytest.mark.parametrize("kind", HEROES)
def test_a_hero_carries_its_product(kind):
    parts = hero_parts(_hero(kind), one(), 0.4, "rose-7", "hero3")
    assert {part.product_id for part in parts} == {"rose-7"}
    assert all(part.part.startswith("hero3.") for part in parts)
    assert len({part.part for part in parts}) == len(parts)


@pytest.mark.parametrize("shape", SHAPES)
def test_liquid_lies_within_the_cavity_within_the_glass(shape):
    parts = hero_parts(_hero("bottle", shape), one())
    glass, cavity, liquid = (part_of(parts, f"hero.{name}") for name in ("glass", "cavity", "liquid"))
    assert (glass.material.kind, liquid.material.kind) == ("glass", "liquid")
    millilitres = [_closed_volume(part) * 1e6 for part in (glass, cavity, liquid)]
    assert millilitres[0] > -millilitres[1] > millilitres[2] > 20
    for outer, inner in ((glass, cavity), (cavity, liquid)):
        for axis in range(3):
            assert inner.vertices["position"][:, axis].max() < outer.vertices["position"][:, axis].max()
            assert inner.vertices["position"][:, axis].min() > outer.vertices["position"][:, axis].min()


@pytest.mark.parametrize("shape", SHAPES)
def test_the_fuller_bottle_holds_more(shape):
    levels = [_closed_volume(part_of(hero_parts(dataclasses.replace(_hero("bottle", shape), fill=fill),
                                                one()), "hero.liquid"))
              for fill in (0.2, 0.5, 0.9)]
    assert levels[0] < levels[1] < levels[2]


def test_the_liquid_rises_at_the_wall():
    liquid = part_of(hero_parts(_hero("bottle", "column"), one()), "hero.liquid").vertices["position"]
    top = liquid[liquid[:, 1] > liquid[:, 1].max() - 0.003]
    reach = np.hypot(top[:, 0], top[:, 2])
    assert top[reach.argmax(), 1] > top[reach.argmin(), 1] + 0.001


def test_the_label_faces_the_visitor():
    for shape in SHAPES:
        parts = hero_parts(_hero("bottle", shape), one())
        label = part_of(parts, "hero.label").vertices
        assert label["normal"][:, 2].mean() > 40
        assert label["position"][:, 2].max() > part_of(parts, "hero.glass").vertices["position"][:,
                2].max() - 0.004


def test_an_unknown_shape_is_a_flacon():
    odd, plain = hero_parts(_hero("bottle", "teapot"), one()), hero_parts(_hero("bottle", "flacon"), one())
    assert [part.vertices.tobytes() for part in odd] == [part.vertices.tobytes() for part in plain]


@pytest.mark.parametrize("style", STYLES)
def test_plinths_are_level_dark_under_the_hero_and_rooted(style):
    mesh = plinth_mesh(style, Chance(5))
    assert mesh.positions[:, 1].max() == pytest.approx(TOP_M, abs=1e-6)
    assert mesh.positions[:, 1].min() < -0.01
    top = mesh.positions[:, 1] > TOP_M - 1e-6
    assert np.hypot(*mesh.positions[top][:, [0, 2]].T).max() > 0.12
    under = top & (np.hypot(mesh.positions[:, 0], mesh.positions[:, 2]) < 0.02)
    assert mesh.shade[under, 0].max() < 0.5 < mesh.shade[top, 0].max()


@pytest.mark.parametrize("kind", sorted(MAKERS))
def test_a_hero_s_skin_is_polished_matt_or_metal_and_what_is_liquid_or_glows_is_not(kind):
    placed = one((0.0, 0.0, 0.0))
    plain = {part.part: part.material for part in hero_parts(_hero(kind), placed)}

    def skin(**finish) -> dict:
        parts = hero_parts(dataclasses.replace(_hero(kind), **finish), placed)
        return {part.part: part.material for part in parts}

    matt, polished, metal = skin(roughness=0.9), skin(roughness=0.1), skin(metallic=0.8)
    assert skin(roughness=0.5, metallic=0.0) == plain
    solid = [name for name, material in plain.items()
             if material.kind in ("opaque", "foliage") or material.kind == "product" and not material.transmission]
    for name in solid:
        assert polished[name].roughness < plain[name].roughness < matt[name].roughness <= 1
        assert matt[name].clearcoat <= plain[name].clearcoat
        assert plain[name].metallic <= metal[name].metallic <= 1
    turned = any(metal[name].metallic > plain[name].metallic for name in solid)
    assert turned or kind in ("bottle", "jacket", "scarf")  # of glass and metal, or of cloth
    for name in set(plain) - set(solid):
        assert polished[name] == metal[name] == plain[name]
        assert (matt[name].roughness > plain[name].roughness) == (plain[name].kind == "glass")
