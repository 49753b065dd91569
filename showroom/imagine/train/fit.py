"""Fitting the parts of the model, each to what is known of it.

The layers by descent on the cosine to the votes, held near the lexicon's judgement; everything else in
closed form. One thread and double precision, so that one machine makes the same bytes twice.
"""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from showroom.imagine.model import Centres, Layers, unit


@dataclass(frozen=True)
class Holding:
    """How strongly each part of the layers is held where the lexicon puts it (weights of squares).

    known, unheard : a character's accords that the lexicon names, and those that it does not.
    """

    known: float = 0.5
    unheard: float = 30.0
    family: float = 2.0
    accord: float = 0.6
    bias: float = 10.0
    character: float = 1.0
    layer: float = 0.3
    position: float = 0.2
    sharpness: float = 20.0


def fit_layers(layers: Layers, placed: np.ndarray, votes: np.ndarray, holding: Holding = Holding(),
               steps: int = 100) -> None:
    """Descends from where the layers stand. placed: (n, …); votes: (n, accords).

    Source: Liu and Nocedal 1989, "On the limited memory BFGS method for large scale optimization".
    """
    placed, voted = _double(placed), unit(_double(votes))
    with torch.no_grad():
        layers.threshold.fill_(0.1)
    held = torch.where(layers.prior > 0, holding.known, holding.unheard).double()

    def strain() -> Tensor:
        return ((held * layers.character_accords**2).sum() + holding.family * (layers.family_accords**2).sum()
                + holding.accord * (layers.accord_gain**2).sum()
                + holding.bias * (layers.accord_bias**2).sum()
                + holding.character * (layers.character_gain**2).sum()
                + holding.layer * ((layers.layer_gain**2).sum() + (layers.layer_family_gain**2).sum())
                + holding.position * (layers.position_gain**2).sum()
                + holding.sharpness * (layers.sharpness**2).sum())

    optimiser = torch.optim.LBFGS(layers.parameters(), max_iter=steps, history_size=20,
                                  line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        optimiser.zero_grad()
        loss = (1 - (unit(layers(placed)) * voted).sum(1)).sum() + strain()
        loss.backward()
        return loss

    optimiser.step(closure)
    layers.requires_grad_(False)


def fit_centres(centres: Centres, features: Tensor, targets: np.ndarray, width: float,
                penalty: float) -> None:
    """Kernel ridge regression. width: of a centre, in the median squared distance between rows."""
    y = _double(targets)
    with torch.no_grad():
        centres.centres = features.clone()
        apart = torch.cdist(features, features) ** 2
        centres.scale = (apart.median() * width).reshape(1)
        centres.mean = nn.Parameter(y.mean(0), requires_grad=False)
        near = centres.likeness(features) + penalty * torch.eye(len(y), dtype=torch.float64)
        centres.weights = nn.Parameter(torch.linalg.solve(near, y - y.mean(0)), requires_grad=False)


def fit_linear(linear: nn.Linear, x: Tensor, targets: np.ndarray, penalty: float) -> None:
    """Ridge regression with a free mean. Source: Hoerl and Kennard 1970."""
    y = _double(targets)
    x_mean, y_mean = x.mean(0), y.mean(0)
    centred = x - x_mean
    with torch.no_grad():
        if len(x) < x.shape[1]:
            gram = centred @ centred.T + penalty * torch.eye(len(x), dtype=torch.float64)
            weights = centred.T @ torch.linalg.solve(gram, y - y_mean)
        else:
            gram = centred.T @ centred + penalty * torch.eye(x.shape[1], dtype=torch.float64)
            weights = torch.linalg.solve(gram, centred.T @ (y - y_mean))
        linear.weight = nn.Parameter(weights.T.contiguous(), requires_grad=False)
        linear.bias = nn.Parameter(y_mean - x_mean @ weights, requires_grad=False)


def fit_classes(linear: nn.Linear, x: Tensor, labels: np.ndarray, penalty: float, steps: int = 60) -> None:
    """Logistic regression. labels: (n,) whole numbers. penalty: of the squared weights."""
    wanted = torch.as_tensor(labels)
    linear.requires_grad_(True)
    optimiser = torch.optim.LBFGS(linear.parameters(), max_iter=steps, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        optimiser.zero_grad()
        loss = nn.functional.cross_entropy(linear(x), wanted, reduction="sum")
        loss = loss + penalty * (linear.weight**2).sum()
        loss.backward()
        return loss

    optimiser.step(closure)
    linear.requires_grad_(False)


def _double(array: np.ndarray) -> Tensor:
    return torch.as_tensor(array, dtype=torch.float64)
