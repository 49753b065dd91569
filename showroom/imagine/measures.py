"""Measures: how near predictions come to what people voted, over held-out folds, and two plain peers."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from showroom.imagine.train.rows import Row, folds

PAIRS, AMONG = 200, 20
_PENALTIES = (0.3, 1.0, 3.0, 10.0, 30.0)
_DRAW = 7  # seed of the random pairs and of those among whom one is sought


@dataclass(frozen=True)
class Peer:
    """One who answers. predictions: (rows, n), each made without the row's own fold."""

    name: str
    predictions: np.ndarray


@dataclass(frozen=True)
class Figure:
    """A figure of one peer: mean and standard deviation over the folds; NaN where it has no meaning."""

    mean: float
    spread: float

    def __str__(self) -> str:
        return "–" if np.isnan(self.mean) else f"{self.mean:.3f} ± {self.spread:.3f}"


# Peers -------------------------------------------------------------------------------------------


def plain_peers(votes: np.ndarray, vectors: np.ndarray) -> tuple[Peer, Peer]:
    """The mean of the training votes, and a ridge. votes: (rows, n). vectors: (rows, width) of the notes."""
    mean, regressed = np.empty_like(votes), np.empty_like(votes)
    for held in folds(len(votes)):
        mean[held] = votes[~held].mean(axis=0)
        regressed[held] = ridge(vectors[~held], votes[~held])(vectors[held])
    return Peer("mean of the training votes", mean), Peer("ridge on note vectors", regressed)


def ridge(x: np.ndarray, y: np.ndarray) -> Callable[[np.ndarray], np.ndarray]:
    """A linear map (m, width) → (m, n) fitted to x, y, with the penalty of least leave-one-out error.

    Source: Golub, Heath and Wahba 1979; leave-one-out residual = residual / (1 − leverage).
    """
    x_mean, y_mean = x.mean(axis=0), y.mean(axis=0)
    u, s, vt = np.linalg.svd(x - x_mean, full_matrices=False)
    projected = u.T @ (y - y_mean)

    def error(penalty: float) -> float:
        kept = (s**2 / (s**2 + penalty))[:, None]
        leverage = 1 / len(x) + (u**2) @ kept
        return float((((y - y_mean - u @ (kept * projected)) / (1 - leverage)) ** 2).sum())

    penalty = min(_PENALTIES, key=error)
    weights = vt.T @ ((s / (s**2 + penalty))[:, None] * projected)
    return lambda new: (new - x_mean) @ weights + y_mean


def note_vectors(rows: Sequence[Row], encode: Callable[[list[str]], np.ndarray]) -> np.ndarray:
    """(rows, width): the mean of each row's note vectors, names as they stand."""
    names = sorted({name for row in rows for name in row.names})
    vector = dict(zip(names, encode(names)))
    return np.array([np.mean([vector[name] for name in row.names], axis=0) for row in rows], np.float64)


# Figures -----------------------------------------------------------------------------------------


def cosines(predicted: np.ndarray, votes: np.ndarray) -> np.ndarray:
    """(rows,) cosine of each row's prediction to its votes; 0 where nothing is predicted."""
    lengths = np.linalg.norm(predicted, axis=1) * np.linalg.norm(votes, axis=1)
    return (predicted * votes).sum(axis=1) / np.where(lengths > 0, lengths, 1)


def in_top_three(predicted: np.ndarray, votes: np.ndarray) -> np.ndarray:
    """(rows,) 1 where the most-voted accord is among the three strongest predicted, else 0."""
    strongest = np.argsort(-predicted, axis=1, kind="stable")[:, :3]
    return (strongest == votes.argmax(axis=1)[:, None]).any(axis=1).astype(float)


def pearson(predicted: np.ndarray, votes: np.ndarray) -> float:
    """Correlation of two columns; NaN if one does not vary."""
    x, y = predicted.ravel() - predicted.mean(), votes.ravel() - votes.mean()
    lengths = np.linalg.norm(x) * np.linalg.norm(y)
    return float(x @ y / lengths) if lengths > 1e-9 else float("nan")


def over_folds(peer: Peer, votes: np.ndarray, measure: Callable[[np.ndarray, np.ndarray], object]) -> Figure:
    """A measure's mean and spread over the held-out folds."""
    values = [np.mean(measure(peer.predictions[held], votes[held])) for held in folds(len(votes))]
    return Figure(float(np.mean(values)), float(np.std(values)))


def found(predicted: np.ndarray, own: np.ndarray) -> np.ndarray:
    """(rows,) 1 where a row's own accords are the nearest to its prediction among twenty, else 0.

    The other nineteen are drawn from the rows, the same ones each time.
    """
    draw = np.random.default_rng(_DRAW)
    likeness = _units(predicted) @ _units(own).T
    hits = []
    for at in range(len(own)):
        others = draw.choice(np.delete(np.arange(len(own)), at), min(AMONG, len(own)) - 1, replace=False)
        hits.append(likeness[at, at] > likeness[at, others].max())
    return np.array(hits, dtype=float)


def pair_likeness(rows: np.ndarray) -> float:
    """Mean cosine of 200 random pairs of different rows, the same pairs each time."""
    draw = np.random.default_rng(_DRAW)
    pairs = np.array([draw.choice(len(rows), 2, replace=False) for _ in range(PAIRS)])
    return float(cosines(rows[pairs[:, 0]], rows[pairs[:, 1]]).mean())


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> Iterator[str]:
    """A Markdown table."""
    for cells in (head, ["---"] * len(head), *rows):
        yield f"| {' | '.join(map(str, cells))} |"


def _units(rows: np.ndarray) -> np.ndarray:
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
