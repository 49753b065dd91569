"""Figures of the learned painter, each beside the recipes' own where they have one.

Colours and seams are measured on mixtures drawn at random; the probe tells materials from swatches under neutral
light; time is taken alternately, so that whatever else the machine does falls on both.
"""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch

from showroom.imagine.backbone import Backbone
from showroom.imagine.encoder import Encoder
from showroom.imagine.gauge.captions import CAPTIONS, TWENTY
from showroom.imagine.gauge.probe import Probe, seen_by
from showroom.imagine.gauge.samples import (
    KINDS, SIZE_PX, by_learning, by_recipe, from_words, shown, told_of, wish,
)
from showroom.imagine.materials import materials
from showroom.imagine.paint import Painted, noise
from showroom.imagine.painter_model import PainterModel
from showroom.imagine.train.painter_pairs import pairs
from showroom.oklab import lab, lab_from_linear
from showroom.srgb import linear_from_srgb
from showroom.words.scenespec import Surface

SURFACES = 100       # mixed surfaces whose colours and seams are measured
HALF, SOME = 0.5, 0.3  # shares of the second material of unseen mixtures
# Whose own lines lie at the tile's edge, and are steep there as they are inside.
JOINTED = frozenset({"brick", "wood_planks", "cobbles", "flagstone", "limestone", "brass", "copper", "gold", "marble",
                     "linen", "silk", "cashmere", "honeycomb"})
ASKED = 3            # wishes for every unseen mixture
PLAIN = 60           # pictures of two materials side by side, by which the probe is tried
TIMED = 15           # surfaces of which time is taken, by each, after two to warm up
_SEED = 5
Fulfil = Callable[[Surface, int], Painted]


@dataclass(frozen=True)
class Spread:
    """Mean, median, 95th percentile and most of some values."""

    mean: float
    middle: float
    high: float
    most: float

    @staticmethod
    def of(values: Sequence[float]) -> "Spread":
        return Spread(float(np.mean(values)), *(float(np.percentile(values, at)) for at in (50, 95, 100)))

    def __str__(self) -> str:
        return f"{self.mean:.3f} (median {self.middle:.3f}, 95 %: {self.high:.3f}, most {self.most:.3f})"


# Colour and seam ---------------------------------------------------------------------------------


def mixed_wishes(among: Sequence[str], count: int) -> list[tuple[Surface, int]]:
    """Surfaces between two materials of some, each with a seed; the same for the same materials."""
    chance = random.Random(_SEED)
    return [(wish(chance, *chance.sample(list(among), 2), share=chance.uniform(0.15, 0.5)),
             chance.randrange(1 << 30)) for _ in range(count)]


def apart(painted: Painted, surface: Surface) -> float:
    """OKLab distance of the mean colour, averaged in linear light, to the surface's."""
    mean = linear_from_srgb(painted.color[..., :3] / 255.0).mean((0, 1))
    return float(np.linalg.norm(lab_from_linear(mean) - lab(surface.srgb)))


def seams(painted: Painted) -> tuple[float, float]:
    """Step across the tile's edges ÷ mean step between neighbours inside, and ÷ that of the steepest line inside.

    Of all maps; the first is the mean of both axes, the second the worse of them. Joints and boards that end where
    the tile does raise the first, for they are steep wherever they lie, and leave the second at 1 or below.
    """
    maps = np.concatenate([painted.color, painted.detail], -1).astype(np.float32)
    across, inside, steepest = [], [], []
    for axis in (0, 1):
        lines = np.abs(np.diff(maps, axis=axis)).mean((1 - axis, 2))
        across.append(np.abs(np.take(maps, 0, axis) - np.take(maps, -1, axis)).mean())
        inside.append(max(lines.mean(), 1e-6))
        steepest.append(max(lines.max(), 1e-6))
    return float(np.mean(across) / np.mean(inside)), float(np.max(np.array(across) / np.array(steepest)))


# Materials, by the probe -------------------------------------------------------------------------


@dataclass(frozen=True)
class Told:
    """One picture that the probe was asked about. wanted: its materials.   named: the probe's three likeliest."""

    what: str
    wanted: tuple[str, ...]
    named: tuple[str, ...]

    @property
    def right(self) -> bool:
        """Whether one material comes first, or two are both among three."""
        return set(self.wanted) <= set(self.named[: 1 if len(self.wanted) == 1 else 3])


def share_right(told: Sequence[Told]) -> float:
    """Of pictures that are told right."""
    return sum(one.right for one in told) / len(told)


@dataclass(frozen=True)
class Vectors:
    """Of texts. captions, words: for every material of the twenty, (k, 384) of what it is tried on, and taught."""

    captions: dict[str, np.ndarray]
    words: dict[str, np.ndarray]

    @staticmethod
    def by(encoder: Encoder) -> "Vectors":
        """Reads captions.py and the table of materials."""
        return Vectors({name: encoder.encode(texts) for name, texts in CAPTIONS.items()},
                       {name: encoder.encode(materials()[name].words) for name in TWENTY})

    def nearest(self, vector: np.ndarray) -> str:
        """The material that has the word nearest in meaning."""
        return max(TWENTY, key=lambda name: float((self.words[name] @ vector).max()))


def told_from_words(model: PainterModel, vectors: Vectors, probe: Probe, backbone: Backbone) -> Iterator[Told]:
    """What comes of every caption: the material nearest to it is drafted, and painted with the caption for its name."""
    chance = random.Random(_SEED)
    for name, texts in CAPTIONS.items():
        for text, vector in zip(texts, vectors.captions[name]):
            one = wish(chance, vectors.nearest(vector))
            picture = shown(from_words(model, vector, one, chance.randrange(1 << 30)), one)
            yield Told(text, (name,), probe.names(seen_by(backbone, [picture]), 3)[0])


def told_half_way(model: PainterModel, vectors: Vectors, probe: Probe, backbone: Backbone) -> Iterator[Told]:
    """A surface of another material half way to every caption, without a draft: both are to be found."""
    chance = random.Random(_SEED)
    for name, texts in CAPTIONS.items():
        for text, vector in zip(texts, vectors.captions[name]):
            one = wish(chance, chance.choice([other for other in TWENTY if other != name]))
            picture = shown(told_of(model, vector, HALF, one, chance.randrange(1 << 30)), one)
            yield Told(text, (one.painter, name), probe.names(seen_by(backbone, [picture]), 3)[0])


def told_side_by_side(patches: bool, probe: Probe, backbone: Backbone) -> Iterator[Told]:
    """How good the probe is: recipes' tiles of two materials, uncut, each on half of the picture.

    Pairs are not those that mixtures are measured by.   patches : drifts of the one in the other, else left and right.
    """
    chance = random.Random(_SEED + 2)
    for pair in chance.sample(list(pairs(TWENTY, held=False)), PLAIN):
        wishes = [(wish(chance, name), chance.randrange(1 << 30)) for name in pair]
        one, other = (shown(by_recipe(*asked), asked[0]) for asked in wishes)
        where = noise.fbm(SIZE_PX, 2, wishes[0][1], 1).numpy() if patches else np.arange(SIZE_PX)[None]
        picture = np.where((where > np.median(where))[..., None], other, one)
        yield Told(" beside ".join(pair), pair, probe.names(seen_by(backbone, [picture]), 3)[0])


def unseen_pairs() -> list[tuple[str, str]]:
    """Pairs of the twenty that the painter never saw mixed."""
    return list(pairs(TWENTY, held=True))


def told_of_mixtures(fulfil: Fulfil, share: float, probe: Probe, backbone: Backbone) -> Iterator[Told]:
    """Every unseen pair. fulfil: who paints.   share: of the second material; which that is, is a coin's."""
    chance = random.Random(_SEED)
    for pair in unseen_pairs() * ASKED:
        painter, also = chance.sample(pair, 2)
        one = wish(chance, painter, also, share)
        picture = shown(fulfil(one, chance.randrange(1 << 30)), one)
        yield Told(f"{painter} and {also}", (painter, also), probe.names(seen_by(backbone, [picture]), 3)[0])


def told_alone(fulfil: Fulfil, each: int, probe: Probe, backbone: Backbone) -> Iterator[Told]:
    """Surfaces of each of the twenty alone."""
    chance = random.Random(_SEED + 1)
    for name in TWENTY:
        for _ in range(each):
            one = wish(chance, name)
            picture = shown(fulfil(one, chance.randrange(1 << 30)), one)
            yield Told(name, (name,), probe.names(seen_by(backbone, [picture]), 3)[0])


# Time --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Pace:
    """Milliseconds for one surface, of each of those who paint."""

    learned: np.ndarray
    recipe: np.ndarray

    @property
    def ratio(self) -> float:
        """How many times as long the learned painter takes, in the median of turns taken one after the other."""
        return float(np.median(self.learned / self.recipe))


def pace(model: PainterModel, threads: int) -> Pace:
    """Time for mixed surfaces at 256², by turns. threads: that torch may use."""
    before = torch.get_num_threads()
    torch.set_num_threads(threads)
    try:
        rows = [[_timed(lambda: by_learning(model, one, seed)), _timed(lambda: by_recipe(one, seed))]
                for one, seed in mixed_wishes(model.config.materials, TIMED + 2)]
    finally:
        torch.set_num_threads(before)
    return Pace(*np.array(rows[2:]).T)


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return 1e3 * (time.perf_counter() - start)


def learning(model: PainterModel) -> Fulfil:
    """The learned painter as one who fulfils wishes; the kind of surface follows from the seed."""
    return lambda surface, seed: by_learning(model, surface, seed, KINDS[seed % len(KINDS)], SIZE_PX)
