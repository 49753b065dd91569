"""What the learned painter learns from: our painters, asked for surfaces without end.

A lesson is one wish (colours, wetness, relief …) as every material's painter fulfils it, so that what lies between
two of them differs from both in material alone. Wishes are as wide as specs are: a place's own, coloured otherwise.
"""

import dataclasses
import math
import random
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch

from showroom.imagine.backbone import Backbone
from showroom.imagine.likeness import features
from showroom.imagine.paint import TILES, colour
from showroom.imagine.paint.exact import Exactly
from showroom.imagine.painter_drafts import draft
from showroom.imagine.places import place_table
from showroom.imagine.train.painter_loss import seen
from showroom.words.scenespec import Surface
from showroom.words.vocabulary import PLACES

SIZE_PX = 256
_COLOURED = 0.6  # share of wishes whose colours are no place's
_SPREAD = 0.06   # by which a place's own colours move, OKLab
_LIGHT, _CHROMA = (0.18, 0.92), 0.17  # of colours that are drawn freely


@dataclass(frozen=True)
class Lesson:
    """A wish, and what every painter in TILES makes of it.

    tiles    : (materials, 5, 256, 256) float16, as the model's OUT has them; roughness is from its own mean.
    features : (materials, 320) float32, what photos of them look like, see `likeness`.
    """

    wish: Surface
    tiles: np.ndarray
    features: np.ndarray


def lessons(seed: int) -> Iterator[Lesson]:
    """Without end; the same for the same seed."""
    chance = random.Random(seed)
    worn = [surface for name in PLACES for kind, surface in place_table(name).surfaces.items()
            if surface.painter in TILES]
    backbone = Backbone.load()
    while True:
        wish, seed = _wish(chance, worn), chance.randrange(1 << 30)
        tiles = np.stack([tile(dataclasses.replace(wish, painter=name), seed) for name in TILES])
        yield Lesson(wish, tiles, features(backbone, photographed(tiles, wish, chance)))


def photographed(tiles: np.ndarray, wish: Surface, chance: random.Random) -> np.ndarray:
    """(n, 256, 256, 3) uint8 sRGB: tiles in a light from somewhere, each from elsewhere, as photos show them."""
    shown = []
    for view in seen(torch.from_numpy(tiles).float(), [wish] * len(tiles)):
        turn, steep = chance.uniform(0, 2 * math.pi), chance.uniform(0.3, 1.2)
        x, y = 1 - 2 * view[3], 1 - 2 * view[4]
        light = (1 + steep * (x * math.cos(turn) + y * math.sin(turn))).clamp(min=0.1)
        shown.append(view[:3] * light**0.45 * chance.uniform(0.85, 1.15))
    return (torch.stack(shown).clamp(0, 1) * 255).round().to(torch.uint8).permute(0, 2, 3, 1).numpy()


def tile(want: Surface, seed: int) -> np.ndarray:
    """(5, 256, 256) float16: a material as its recipe has it, see `painter_drafts`."""
    with torch.no_grad(), Exactly():
        return draft(want, seed, SIZE_PX)[0].to(torch.float16).numpy()


def _wish(chance: random.Random, worn: list[Surface]) -> Surface:
    like = chance.choice(worn)
    if chance.random() < _COLOURED:
        first, second = (_any_colour(chance) for _ in range(2))
    else:
        first, second = (_near(chance, srgb) for srgb in (like.srgb, like.accent_srgb))
    return dataclasses.replace(
        like, srgb=first, accent_srgb=second,
        roughness=_moved(chance, like.roughness, 0.15), wetness=_moved(chance, like.wetness, 0.15),
        relief=_moved(chance, like.relief, 0.15, 0.1), scale_m=like.scale_m * chance.uniform(0.7, 1.4))


def _moved(chance: random.Random, value: float, by: float, least: float = 0.0) -> float:
    return min(max(value + chance.gauss(0.0, by), least), 1.0)


def _any_colour(chance: random.Random) -> str:
    return _srgb(chance.uniform(*_LIGHT), *(chance.gauss(0.0, 0.5) * _CHROMA for _ in range(2)))


def _near(chance: random.Random, srgb: str) -> str:
    return _srgb(*(value + chance.gauss(0.0, _SPREAD) for value in colour.oklab(colour.parse(srgb)).tolist()))


def _srgb(light: float, a: float, b: float) -> str:
    linear = colour.linear_from_oklab(torch.tensor([min(max(light, 0.1), 0.97), a, b])).clamp(0.0, 1.0)
    codes = (colour.srgb_from_linear(linear) * 255).round().int().tolist()
    return "#" + "".join(f"{code:02x}" for code in codes)
