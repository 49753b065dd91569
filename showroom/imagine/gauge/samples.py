"""Surfaces to measure by: wishes drawn at random, as a recipe or the learned painter fulfils them.

Wishes are drawn otherwise than those that the painter learned from: colours from all over OKLab, every property on
its own, so that nothing but its structure tells a material.
"""

import dataclasses
import random

import numpy as np
import torch

from showroom.imagine.colour import srgb
from showroom.imagine.hallspec import hall_spec
from showroom.imagine.learned_surface import draft_px, drawn, paint_learned, wanted
from showroom.imagine.paint import Painted, paint, relief
from showroom.imagine.painter_drafts import drafts_of
from showroom.imagine.painter_model import PainterModel, Wanted
from showroom.imagine.swatch import METALS, swatch
from showroom.words.scenespec import SceneSpec, Surface

SIZE_PX = 256
KINDS = ("ground", "plinth", "wall", "drape", "prop")


def wish(chance: random.Random, painter: str, also: str = "", share: float = 0.0) -> Surface:
    """A surface of these materials, all else by chance."""
    light = chance.uniform(0.32, 0.85)
    first, second = (_colour(chance, at) for at in (light, light + chance.uniform(-0.3, 0.3)))
    return Surface(painter, first, second, roughness=chance.uniform(0.3, 0.85), wetness=chance.uniform(0.0, 0.5),
                   relief=chance.uniform(0.4, 0.7), scale_m=chance.uniform(0.5, 1.5), also=also, share=share)


def _colour(chance: random.Random, light: float) -> str:
    wide = chance.uniform(0.0, 0.11)
    turn = np.array([chance.gauss(0.0, 1.0), chance.gauss(0.0, 1.0)])
    return srgb(np.array([min(max(light, 0.2), 0.92), *(wide * turn / max(np.linalg.norm(turn), 1e-6))]))


def wearing(surface: Surface, seed: int, kind: str = "ground") -> SceneSpec:
    """A spec that has the surface and hardly anything else."""
    return dataclasses.replace(hall_spec(), seed=seed, surfaces={kind: surface}).sealed()


def by_recipe(surface: Surface, seed: int, size_px: int = SIZE_PX) -> Painted:
    """As the materials' own painters make it."""
    return paint(wearing(surface, seed), "ground", size_px)


def by_learning(model: PainterModel, surface: Surface, seed: int, kind: str = "ground",
                size_px: int = SIZE_PX) -> Painted:
    """As the learned painter makes it. Raises ModelError if that gives nothing that can be shown."""
    return paint_learned(model, wearing(surface, seed, kind), kind, size_px)


def from_words(model: PainterModel, vector: np.ndarray, surface: Surface, seed: int) -> Painted:
    """As the learned painter makes what a text describes. vector: (384,) of the text.

    The surface's material is what the picture begins as; the text stands in place of its name.
    """
    asked = wanted(model, surface, "", {})
    asked.text[0] = torch.from_numpy(vector)  # one material: between itself and itself
    return _drawn(model, asked, surface, seed)


def told_of(model: PainterModel, vector: np.ndarray, share: float, surface: Surface, seed: int) -> Painted:
    """A surface of one material on its way to what a text describes, of which there is no draft.

    vector : (384,) of the text.   share : how far on its way, 0 to 0.5.
    """
    surface = dataclasses.replace(surface, likeness=(0.0,))  # something else stands for a second draft
    asked = wanted(model, surface, "", {})
    asked.text[0, 1] = torch.from_numpy(vector)
    asked = dataclasses.replace(asked, shares=torch.tensor([[1 - share, share]]))
    return _drawn(model, asked, surface, seed)


def _drawn(model: PainterModel, asked: Wanted, surface: Surface, seed: int) -> Painted:
    with torch.inference_mode():
        layers = drawn(model, asked, surface, drafts_of(surface, seed, draft_px(model, SIZE_PX)), seed, SIZE_PX)
        return Painted(*relief.finish(layers, surface, SIZE_PX))


def metallic(surface: Surface) -> float:
    """How much of a surface's materials is metal."""
    return (1 - surface.share) * (surface.painter in METALS) + surface.share * (surface.also in METALS)


def shown(painted: Painted, surface: Surface) -> np.ndarray:
    """(256, 256, 3) uint8: what the probe sees, flat under the lamp."""
    return swatch(painted.color, painted.detail, SIZE_PX, metallic=metallic(surface))

