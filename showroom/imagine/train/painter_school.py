"""What the learned painter is shown in one step: drafts of two materials of a few wishes, and what is asked for.

The second is drafted, told of in words, or shown in a photo. It is what its recipe made of the same wish and seed,
moved to the colour that the second of two materials has.
"""

import math
import random
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from showroom.imagine.paint import TILES
from showroom.imagine.painter_drafts import height_tiles, lies, properties, second_offset
from showroom.imagine.painter_model import PainterConfig, Wanted
from showroom.imagine.sorts import stands
from showroom.imagine.train.painter_loss import seen
from showroom.imagine.train.painter_pairs import held_out
from showroom.imagine.train.painter_teacher import SIZE_PX, Lesson
from showroom.words.scenespec import Surface
from showroom.words.vocabulary import ACCORDS, SURFACES

MATERIALS = tuple(TILES)
_MIXED = 0.92      # share of samples that lie between two materials
_TOLD = (0.7, 0.15, 0.15)  # how often the second is drafted, told in words, or shown in a photo
_BLURRED = 0.02    # of the words' vectors, in each of 384 directions


@dataclass(frozen=True)
class Words:
    """For every material, vectors (k, 384) of what it is called, and accords (k, accords) of such notes."""

    vectors: list[Tensor]
    accords: list[Tensor]


class School:
    """Lessons as tensors, and what is asked for with each."""

    def __init__(self, words: Words, first: list[Lesson], config: PainterConfig):
        self._words, self._all = words, list(first)
        rows = torch.from_numpy(np.concatenate([lesson.features for lesson in first])).double()
        self.mean, self.basis = axes(rows, config.likeness)
        self.begin(SIZE_PX)

    def begin(self, edge: int) -> None:
        """From now on pictures are of this size."""
        self._edge = edge
        self._lessons = [self._made(lesson) for lesson in self._all]

    def replace(self, lesson: Lesson) -> None:
        """Forgets the oldest lesson for a new one."""
        self._all = [*self._all[1:], lesson]
        self._lessons = [*self._lessons[1:], self._made(lesson)]

    def batch(self, count: int, chance: random.Random) -> tuple[Wanted, Tensor, Tensor, Tensor, Tensor]:
        """What is wanted, drafts (count, 10, edge, edge), how much of the second lies where (count, 1, edge, edge),
        and both materials' views."""
        rows, drafts, theres, firsts, seconds = [], [], [], [], []
        for _ in range(count):
            lesson, (a, b) = chance.choice(self._lessons), _pair(chance)
            told = chance.choices(("drafted", "in words", "in a photo"), _TOLD)[0]
            share = chance.uniform(0.1, 0.5) if told != "in a photo" else chance.uniform(0.3, 0.9)
            share *= a != b
            first, second, view = lesson.tiles[a].float(), lesson.tiles[b].float(), lesson.views[b].float()
            there = torch.full((1, self._edge, self._edge), share)
            if told != "drafted":
                second = torch.zeros_like(second)
            elif a != b:
                heights = (height_tiles(tile[3]) for tile in (first, second))
                there = lies(*heights, share, chance.randrange(1 << 30), stands(MATERIALS[b]))[None]
                offset = second_offset(replace(lesson.wish, share=share))[:, None, None]
                second[:3] += offset
                view[:3] += offset
            drafts.append(torch.cat([first, second])), theres.append(there)
            rows.append(self._asked(lesson, (a, b), share, told, chance))
            firsts.append(lesson.views[a]), seconds.append(view)
        wanted = Wanted(*(torch.stack(part) for part in zip(*rows)))
        drafts, theres, firsts, seconds = (torch.stack(part).float() for part in (drafts, theres, firsts, seconds))
        return wanted, drafts, theres, firsts, seconds

    def _asked(self, lesson: "Held", two: tuple[int, int], share: float, told: str,
               chance: random.Random) -> tuple[Tensor, ...]:
        """One row of every part of Wanted. told: how the model hears of the second material."""
        shares = torch.tensor([1 - share, share])
        at = [chance.randrange(len(self._words.vectors[one])) for one in two]
        text = torch.stack([self._words.vectors[one][k] for one, k in zip(two, at)])
        text = F.normalize(text + _BLURRED * torch.randn_like(text), dim=1)  # other words nearby mean it too
        accords = sum(s * self._words.accords[one][k] for s, one, k in zip(shares, two, at))
        likeness = lesson.likeness[two[1]] * (told == "in a photo")
        text[1] *= told != "in a photo"
        kind = torch.zeros(len(SURFACES))
        kind[chance.randrange(len(SURFACES))] = float(chance.random() < 0.7)
        return text, shares, accords * (chance.random() < 0.5), kind, lesson.properties, likeness

    def _made(self, lesson: Lesson) -> "Held":
        tiles = torch.from_numpy(lesson.tiles).float()
        tiles = F.avg_pool2d(tiles, tiles.shape[-1] // self._edge)
        shown = seen(tiles, [lesson.wish] * len(tiles)).half()
        likeness = (torch.from_numpy(lesson.features) - self.mean) @ self.basis
        return Held(lesson.wish, tiles.half(), shown, likeness, properties(lesson.wish))


@dataclass(frozen=True)
class Held:
    """A lesson at hand: its wish, tiles (materials, 5, edge, edge) and views (materials, 7, edge, edge) float16,
    likeness (materials, ·), properties (9,)."""

    wish: Surface
    tiles: Tensor
    views: Tensor
    likeness: Tensor
    properties: Tensor


def axes(rows: Tensor, count: int) -> tuple[Tensor, Tensor]:
    """Mean of (n, features), and the basis (features, count) of their main axes, scaled to deviation 1."""
    mean = rows.mean(0)
    _, spread, directions = torch.linalg.svd(rows - mean, full_matrices=False)
    wide = spread[:count] / math.sqrt(len(rows))
    return mean.float(), (directions[:count] / wide[:, None]).T.float()


def _pair(chance: random.Random) -> tuple[int, int]:
    a = chance.randrange(len(MATERIALS))
    if chance.random() > _MIXED:
        return a, a
    while True:
        b = chance.randrange(len(MATERIALS))
        if b != a and not held_out(MATERIALS[a], MATERIALS[b]):
            return a, b


def words_of_materials() -> Words:
    """What every material is called, by the table, and accords of the notes that bring it."""
    from showroom.imagine.encoder import Encoder
    from showroom.imagine.materials import accords_of, materials

    encoder, table = Encoder.load(), materials()
    vectors, accords = [], []
    for name in MATERIALS:
        texts = table[name].words
        vectors.append(torch.from_numpy(encoder.encode(texts)))
        heard = accords_of(name)
        accords.append(torch.tensor([[heard.get(one, 0.0) for one in ACCORDS]] * len(texts)))
    return Words(vectors, accords)
