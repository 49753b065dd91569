"""Evaluation: the nose beside two plain peers, on the same perfumes that people voted on.

Three answers to the same question are compared in six-fold cross-validation: the mean of the training
votes, a ridge regression on averaged sentence vectors of the notes, and the nose. The first two only
ever see the training folds. The nose is one for all folds, and the weights of its lexicon were fitted
on these development rows: its figures are those of a fit, and the report says so.
Only note names are read; perfume names are used to deal the rows to folds, and nowhere else.
"""

import argparse
import csv
import datetime
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from showroom.catalogue import product_from_notes
from showroom.errors import InputError, ShowroomError
from showroom.imagine.encoder import Encoder
from showroom.imagine.learned import Learned
from showroom.imagine.lexicon import Found, Lexicon, load_lexicon
from showroom.imagine.nose import Nose
from showroom.words.scenespec import SceneSpec
from showroom.words.vocabulary import SEASONS, STAGES

FOLDS = 6
_PENALTIES = (0.3, 1.0, 3.0, 10.0, 30.0)
_VOTED_SEASONS = dict(zip(SEASONS, ("Winter", "Frühling", "Sommer", "Herbst")))
FITTED = "fitted on these rows"

# Categories of the table of notes → our families. A category of odds and ends says nothing of a smell
# and is left out. Tea is a leaf and a drink: both may claim it.
AGREES = {
    "Flowers": ("flowers", "white flowers", "yellow flowers"),
    "White Flowers": ("white flowers",),
    "Citrus": ("citrus",),
    "Fruits, Vegetables And Nuts": ("fruit", "vegetables", "nuts"),
    "Woods And Mosses": ("woods", "conifers", "moss"),
    "Greens, Herbs And Fougeres": ("greens", "herbs", "tea"),
    "Sweets And Gourmand": ("gourmand",),
    "Spices": ("spices",),
    "Resins And Balsams": ("resins",),
    "Musk, Amber, Animalic": ("musk", "animalic", "amber", "leather"),
    "Beverages": ("drinks", "tea"),
}


@dataclass(frozen=True)
class Row:
    """A perfume that people voted on. notes: names by stage. votes: (n,) float64."""

    notes: dict[str, list[str]]
    votes: np.ndarray

    @property
    def names(self) -> list[str]:
        """All its notes' names, in order."""
        return [name for stage in STAGES for name in self.notes[stage]]


@dataclass(frozen=True)
class Peer:
    """One who answers. predictions: (rows, n), each made without the row's own fold unless fitted."""

    name: str
    predictions: np.ndarray
    fitted: bool = False


@dataclass(frozen=True)
class Figure:
    """A figure of one peer: mean and standard deviation over the folds; NaN where it has no meaning."""

    mean: float
    spread: float

    def __str__(self) -> str:
        return "–" if np.isnan(self.mean) else f"{self.mean:.3f} ± {self.spread:.3f}"


# Rows --------------------------------------------------------------------------------------------


def accord_rows(folder: Path) -> tuple[list[Row], tuple[str, ...]]:
    """The rows with votes on accords, dealt in a fixed order, and the accords' names (the columns)."""
    plain = _read(folder / "accord_votes_dev.jsonl")
    accords = tuple(sorted({name for row in plain for name in row["accords"]}))
    rows = []
    for row in plain:
        votes = np.array([row["accords"].get(name, 0.0) for name in accords])
        rows.append(Row({stage: row[stage] for stage in STAGES}, votes))
    return rows, accords


def season_rows(folder: Path) -> list[Row]:
    """The rows with votes on seasons; votes: (1,), the share of summer minus the share of winter."""
    rows = []
    for row in _read(folder / "season_votes_dev.jsonl"):
        votes = [row["season"].get(_VOTED_SEASONS[season], 0) for season in SEASONS]
        shares = dict(zip(SEASONS, np.array(votes) / sum(votes)))
        notes = {"top": row["top"], "heart": row["heart"] + row["notes"], "base": row["base"]}
        rows.append(Row(notes, np.array([shares["summer"] - shares["winter"]])))
    return rows


def _read(path: Path) -> list[dict]:
    """JSON rows in the order of a digest of their names, so that no fold is one house's."""
    try:
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    except OSError as error:
        accepted = "a folder with the development rows is accepted"
        raise InputError(f"reading {path}: {error.strerror}; {accepted}; set SHOWROOM_DATA") from None
    return sorted(rows, key=lambda row: hashlib.sha256(f"{row['name']}|{row['brand']}".encode()).digest())


def folds(count: int) -> Iterator[np.ndarray]:
    """(count,) bool for each fold: which rows are held out."""
    for fold in range(FOLDS):
        yield np.arange(count) % FOLDS == fold


# Peers -------------------------------------------------------------------------------------------


def peers(rows: Sequence[Row], vectors: np.ndarray, ours: np.ndarray) -> tuple[Peer, ...]:
    """The three who answer. vectors: (rows, width) of the notes. ours: (rows, n) of the nose."""
    votes = np.array([row.votes for row in rows])
    mean, regressed = np.empty_like(votes), np.empty_like(votes)
    for held in folds(len(rows)):
        mean[held] = votes[~held].mean(axis=0)
        regressed[held] = ridge(vectors[~held], votes[~held])(vectors[held])
    return (Peer("mean of the training votes", mean), Peer("ridge on note vectors", regressed),
            Peer("the nose", ours, fitted=True))


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


def imagined(nose: Nose, row: Row) -> SceneSpec:
    """What the nose makes of the row's notes alone."""
    return nose.imagine(product_from_notes(row.notes))


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


# Notes -------------------------------------------------------------------------------------------


def resolved(lexicon: Lexicon, folder: Path) -> list[tuple[str, str, Found | None]]:
    """(name, category, what the lexicon takes it for) of every note of the table."""
    path = folder / "perfume_notes.csv"
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
    except OSError as error:
        accepted = "a table of notes is accepted"
        raise InputError(f"reading {path}: {error.strerror}; {accepted}; set SHOWROOM_DATA") from None
    return [(row["note"], row["category"], lexicon.resolve(row["note"])) for row in rows]


def agrees(category: str, found: Found) -> bool:
    """Whether a perfumer would look for it in the category: for what it is, or what it smells of."""
    return not set(AGREES[category]).isdisjoint(found.families)


def is_of(category: str, found: Found) -> bool:
    """Whether what it is alone is of the category."""
    return found.family in AGREES[category]


# Report ------------------------------------------------------------------------------------------


def report(folder: Path, nose: Nose, encoder: Encoder, lexicon: Lexicon) -> Iterator[str]:
    """The lines of a Markdown report. Raises InputError if a table is missing."""
    rows, accords = accord_rows(folder)
    ours = np.array([[imagined(nose, row).accords.get(name, 0.0) for name in accords] for row in rows])
    votes = np.array([row.votes for row in rows])
    yield f"Accords: {len(rows)} perfumes, {len(accords)} accords, {FOLDS} folds, mean ± spread over folds."
    yield from ("", "| | mean cosine | most-voted in the top three | |", "|---|---|---|---|")
    for peer in peers(rows, note_vectors(rows, encoder.encode), ours):
        figures = over_folds(peer, votes, cosines), over_folds(peer, votes, in_top_three)
        yield f"| {peer.name} | {figures[0]} | {figures[1]} | {FITTED if peer.fitted else 'held out'} |"

    rows = season_rows(folder)
    season = [imagined(nose, row).season for row in rows]
    ours = np.array([[shares["summer"] - shares["winter"]] for shares in season])
    votes = np.array([row.votes for row in rows])
    yield from ("", f"Season: {len(rows)} perfumes with German note names, {FOLDS} folds.", "")
    yield from ("| | Pearson r of summer − winter | |", "|---|---|---|")
    for peer in peers(rows, note_vectors(rows, encoder.encode), ours):
        figure = over_folds(peer, votes, pearson)
        yield f"| {peer.name} | {figure} | {FITTED if peer.fitted else 'held out'} |"

    yield ""
    yield from _report_of_notes(resolved(lexicon, folder))


def _report_of_notes(notes: list[tuple[str, str, Found | None]]) -> Iterator[str]:
    known = [(category, found) for _, category, found in notes if found]
    steps = Counter(found.sure for _, found in known)
    how = {1.0: "by name", 0.95: "without qualifiers", 0.8: "by a name inside it", 0.75: "by a near spelling"}
    ways = ", ".join(f"{steps[sure]} {way}" for sure, way in how.items())
    yield f"Notes: {len(known)} of {len(notes)} resolve ({len(known) / len(notes):.1%}): {ways}."
    placed = [(category, agrees(category, found)) for category, found in known if category in AGREES]
    right = sum(agreed for _, agreed in placed)
    share = right / max(len(placed), 1)
    kind = sum(is_of(category, found) for category, found in known if category in AGREES)
    agreed = f"{right} of {len(placed)} agree with their category ({share:.1%})"
    yield f"Family: {agreed} by what they are or smell of,"
    yield f"{kind} ({kind / max(len(placed), 1):.1%}) by what they are alone:"
    for category in AGREES:
        own = [agreed for other, agreed in placed if other == category]
        if own:
            yield f"- {category}: {sum(own)} of {len(own)}"
    left = len(known) - len(placed)
    yield f"- of other categories, which say nothing of a smell: {left}, not counted"


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the report; the exit code."""
    parser = argparse.ArgumentParser(prog="evaluate_model", description="the nose beside plain peers")
    parser.add_argument("folder", type=Path, help="the folder with the development rows")
    parser.add_argument("--revision", default="unknown", help="of the source, for the report's head")
    args = parser.parse_args(arguments)
    try:
        encoder, lexicon = Encoder.load(), load_lexicon()
        print(f"{datetime.date.today().isoformat()}, revision {args.revision}.\n")
        for line in report(args.folder, Nose(lexicon, encoder, Learned.load(lexicon)), encoder, lexicon):
            print(line, flush=True)
    except ShowroomError as error:
        print(f"evaluate_model: {error}", file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
