"""Makes the head that tells garments apart: `python -m showroom.imagine.train.garments FOLDER`; see
scripts/train_garments.

FOLDER holds train/KIND/*.jpg and validation/KIND/*.jpg. Every photo is looked at once; what the backbone said
may be kept in a file. What is said of the head is measured by cross-validation over all photos together.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from showroom.errors import InputError, ShowroomError
from showroom.imagine.look.garments import features, model_folder, probabilities, save
from showroom.imagine.picture import read_pixels
from showroom.words.look import GARMENTS

PARTS = ("train", "validation")
FOLDS = 6
_PENALTY = 100.0  # of the squared weights, of features whose deviation is 1
_LEAST_DEVIATION = 1e-2
_STEPS = 60
_TEMPERATURES = np.exp(np.linspace(np.log(0.5), np.log(3.0), 181))
_READ_PX = 512
Say = Callable[[str], None]


@dataclass(frozen=True)
class Head:
    """Linear: logits = rows @ weights + bias. weights: (features, 10), bias: (10,), float32."""

    weights: np.ndarray
    bias: np.ndarray

    def logits(self, rows: np.ndarray) -> np.ndarray:
        """(n, 10) of (n, features)."""
        return rows @ self.weights + self.bias


def photos(folder: Path) -> Iterator[tuple[Path, int]]:
    """Every photo and which of GARMENTS it shows, in the order of their names. Raises InputError for none."""
    found = [(path, at) for at, kind in enumerate(GARMENTS) for part in PARTS
             for path in (folder / part / kind).glob("*.jpg")]
    if len({at for _, at in found}) < len(GARMENTS):
        raise InputError(f"reading {folder}: not every kind of garment has photos; {' and '.join(PARTS)} "
                         "with a folder of photos for each kind are accepted; give the folder's path")
    yield from sorted(found, key=lambda one: (one[0].name, one[1]))  # so that folds mix the kinds


def looked_at(folder: Path, kept: Path | None, say: Say) -> tuple[np.ndarray, np.ndarray]:
    """(n, features) float32 and (n,) labels of every photo; kept: a file that holds them, or will.

    Raises InputError, PictureError, ModelError, OSError.
    """
    if kept and kept.exists():
        with np.load(kept) as held:
            return held["rows"], held["labels"]
    from showroom.imagine.backbone import Backbone

    backbone, rows, labels = Backbone.load(), [], []
    for path, label in photos(folder):
        rows.append(features(backbone, read_pixels(path, _READ_PX)))
        labels.append(label)
        if len(rows) % 250 == 0:
            say(f"looked at {len(rows)} photos")
    if kept:
        np.savez(kept, rows=np.array(rows), labels=np.array(labels))
    return np.array(rows), np.array(labels)


def fit(rows: np.ndarray, labels: np.ndarray) -> Head:
    """Logistic regression under a penalty, on features of equal deviation.

    Source: Liu and Nocedal 1989, "On the limited memory BFGS method for large scale optimization".
    """
    import torch

    middle, deviation = rows.mean(0), rows.std(0) + _LEAST_DEVIATION
    x, wanted = torch.from_numpy((rows - middle) / deviation), torch.from_numpy(labels)
    weights = torch.zeros(x.shape[1], len(GARMENTS), requires_grad=True)
    bias = torch.zeros(len(GARMENTS), requires_grad=True)
    descent = torch.optim.LBFGS([weights, bias], max_iter=_STEPS, line_search_fn="strong_wolfe")

    def closure():
        descent.zero_grad()
        loss = torch.nn.functional.cross_entropy(x @ weights + bias, wanted, reduction="sum")
        loss = loss + _PENALTY * (weights**2).sum()
        loss.backward()
        return loss

    descent.step(closure)
    flat = weights.detach().numpy() / deviation[:, None]
    return Head(flat.astype(np.float32), (bias.detach().numpy() - middle @ flat).astype(np.float32))


def held_out(rows: np.ndarray, labels: np.ndarray, say: Say) -> np.ndarray:
    """(n, 10) logits, each by a head that has not met its fold."""
    logits = np.empty((len(rows), len(GARMENTS)), np.float32)
    for fold in range(FOLDS):
        held = np.arange(len(rows)) % FOLDS == fold
        logits[held] = fit(rows[~held], labels[~held]).logits(rows[held])
        say(f"fold {fold + 1} of {FOLDS}: {(logits[held].argmax(1) == labels[held]).mean():.1%} told right")
    return logits


def temperature(logits: np.ndarray, labels: np.ndarray) -> float:
    """What logits are divided by so that their probabilities hold: the likeliest of a row of temperatures.

    Source: Guo et al. 2017, "On calibration of modern neural networks".
    """
    rows = np.arange(len(labels))
    loss = [-np.log(probabilities(logits / one)[rows, labels] + 1e-12).mean() for one in _TEMPERATURES]
    return float(_TEMPERATURES[int(np.argmin(loss))])


def confusions(logits: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """(10, 10) counts: of what it is (rows), what it was taken for (columns)."""
    counts = np.zeros((len(GARMENTS), len(GARMENTS)), int)
    np.add.at(counts, (labels, logits.argmax(1)), 1)
    return counts


def calibration_error(sure: np.ndarray, labels: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error of (n, 10) probabilities: how far confidence and success differ."""
    confidence, right = sure.max(1), sure.argmax(1) == labels
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = [abs(confidence[place == at].sum() - right[place == at].sum()) for at in range(bins)]
    return float(sum(gaps) / len(labels))


def report(logits: np.ndarray, labels: np.ndarray, scale: float) -> Iterator[str]:
    """Lines of Markdown: what was told right, and the table of confusions."""
    counts, sure = confusions(logits, labels), probabilities(logits / scale)
    right, fold_of = logits.argmax(1) == labels, np.arange(len(labels)) % FOLDS
    by_fold = [right[fold_of == fold].mean() for fold in range(FOLDS)]
    kinds = (np.diag(counts) / counts.sum(1)).mean()
    two = (np.argsort(logits, 1)[:, -2:] == labels[:, None]).any(1).mean()
    yield (f"Top-1 {right.mean():.1%} (folds {min(by_fold):.1%} to {max(by_fold):.1%}) over {len(labels):,} "
           f"photos; the mean over kinds {kinds:.1%}; among the two likeliest {two:.1%}.")
    yield (f"Temperature {scale:.2f}; expected calibration error {calibration_error(sure, labels):.3f}.")
    yield ""
    yield "| is ↓ taken for → | " + " | ".join(GARMENTS) + " | right |"
    yield "|---|" + "---:|" * (len(GARMENTS) + 1)
    for name, row in zip(GARMENTS, counts):
        right = row[GARMENTS.index(name)] / row.sum()
        yield f"| {name} | " + " | ".join(str(count or "") for count in row) + f" | {right:.0%} |"


def main(arguments: Sequence[str] | None = None) -> int:
    """Looks, learns, reports, writes; the exit code."""
    parser = argparse.ArgumentParser(prog="train_garments",
                                     description="make the head that tells garments apart")
    parser.add_argument("folder", type=Path,
                        help="the folder with train/KIND/*.jpg and validation/KIND/*.jpg")
    parser.add_argument("--out", type=Path, default=model_folder(), help="where the head is written")
    parser.add_argument("--features", type=Path, metavar="FILE.npz",
                        help="keep what was seen here, or read it again")
    args = parser.parse_args(arguments)
    start = time.monotonic()

    def say(line: str) -> None:
        print(f"{time.monotonic() - start:6.1f} s  {line}", file=sys.stderr, flush=True)

    try:
        made(args.folder, args.out, args.features, say)
    except ShowroomError as error:
        print(f"train_garments: {error}", file=sys.stderr)
        return error.exit_code
    except OSError as error:
        print(f"train_garments: {error.filename or args.out}: {error.strerror or error}; a folder that can "
              "be written is accepted; choose another with --out", file=sys.stderr)
        return 1
    return 0


def made(folder: Path, out: Path, kept: Path | None, say: Say) -> None:
    """Learns from a folder's photos, prints the report, writes the head. Raises ShowroomError, OSError."""
    import torch

    torch.set_num_threads(1)  # sums over several threads may differ in their last digits
    rows, labels = looked_at(folder, kept, say)
    logits = held_out(rows, labels, say)
    scale = temperature(logits, labels)
    print("\n".join(report(logits, labels, scale)), flush=True)
    head = fit(rows, labels)
    save(out, head.weights / scale, head.bias / scale)
    say(f"written: {out}")


if __name__ == "__main__":
    sys.exit(main())
