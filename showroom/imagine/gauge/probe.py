"""The probe: which of some materials a swatch shows, told from a pretrained network's features by a linear layer.

It looks at every place of a swatch and adds up what it takes each for, so that two materials that lie side by side are
both found. It learns from the recipes' own pictures of one material alone and never sees a mixture, nor a picture of
the learned painter's. Colours and properties are drawn at random, so that only structure tells. Source of the idea:
Alain and Bengio 2016, "Understanding intermediate layers using linear classifier probes".
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch

from showroom.imagine.backbone import Backbone
from showroom.imagine.gauge.samples import by_recipe, shown, wish

EACH, HELD = 18, 6  # tiles of each material that it learns from, and that it is tried on
_PLACES = 16        # of each such tile that it learns from, of 64
_DECAY = 3e-3
_STEPS = 120
SEED = 20_000


@dataclass(frozen=True)
class Probe:
    """materials : n names.   mean, spread : (f,) of the features.   weights : (f, n), bias : (n,)."""

    materials: tuple[str, ...]
    mean: np.ndarray
    spread: np.ndarray
    weights: np.ndarray
    bias: np.ndarray

    def scores(self, features: np.ndarray) -> np.ndarray:
        """(rows, n): how much of each picture is which material; sums 1. features: (rows, places, f), see `seen_by`."""
        sure = (features - self.mean) / self.spread @ self.weights + self.bias
        likely = np.exp(sure - sure.max(-1, keepdims=True))
        return (likely / likely.sum(-1, keepdims=True)).mean(1)

    def names(self, features: np.ndarray, most: int = 1) -> list[tuple[str, ...]]:
        """For every row the `most` materials that there is most of, the first most."""
        order = np.argsort(-self.scores(features), axis=1, kind="stable")[:, :most]
        return [tuple(self.materials[at] for at in row) for row in order]


def seen_by(backbone: Backbone, pictures: Sequence[np.ndarray]) -> np.ndarray:
    """(n, 64, 1280): the network's last features of every place, 32 px each, of pictures of (256, 256, 3) uint8.

    Its early maps, by which the painter learns, are not asked: they would find in its pictures what it was fitted to.
    """
    maps = np.concatenate([backbone.maps(picture[None]) for picture in pictures])
    return maps.reshape(*maps.shape[:2], -1).swapaxes(1, 2).astype(np.float64)


def lessons(materials: Sequence[str], each: int, seed: int, backbone: Backbone,
            say: Callable[[str], None] = lambda line: None) -> tuple[np.ndarray, np.ndarray]:
    """Features (n, places, f) of `each` recipe tiles of every material, and which (n,) it is."""
    rows, which = [], []
    for at, name in enumerate(materials):
        chance = random.Random(f"{seed} {name}")
        wishes = [wish(chance, name) for _ in range(each)]
        pictures = [shown(by_recipe(one, chance.randrange(1 << 30)), one) for one in wishes]
        rows.append(seen_by(backbone, pictures))
        which += [at] * each
        say(f"the probe has seen {each} tiles of {name}, {at + 1} of {len(materials)}")
    return np.concatenate(rows), np.array(which)


def learned(materials: Sequence[str], features: np.ndarray, which: np.ndarray) -> Probe:
    """A probe fitted to lessons by softmax regression with decay; of every lesson some places only.

    features : (n, places, f), which : (n,) of the materials, both as `lessons` gives them.
    """
    places = np.random.default_rng(SEED).permutation(features.shape[1])[:_PLACES]
    which = np.repeat(which, len(places))
    features = features[:, places].reshape(-1, features.shape[2])
    mean, spread = features.mean(0), features.std(0) + 1e-3
    x, y = torch.from_numpy((features - mean) / spread), torch.from_numpy(which)
    weights = torch.zeros(x.shape[1], len(materials), dtype=torch.float64, requires_grad=True)
    bias = torch.zeros(len(materials), dtype=torch.float64, requires_grad=True)
    descent = torch.optim.LBFGS([weights, bias], max_iter=_STEPS, line_search_fn="strong_wolfe")

    def closure():
        descent.zero_grad()
        loss = torch.nn.functional.cross_entropy(x @ weights + bias, y) + _DECAY * weights.square().sum()
        loss.backward()
        return loss

    descent.step(closure)
    return Probe(tuple(materials), mean, spread, weights.detach().numpy(), bias.detach().numpy())


def right(probe: Probe, features: np.ndarray, which: np.ndarray) -> float:
    """Share of rows of which the likeliest material is the right one."""
    return float(np.mean([names[0] == probe.materials[at] for names, at in zip(probe.names(features), which)]))
