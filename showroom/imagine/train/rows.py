"""The public tables that the nose learns from and is measured on, read into rows.

None of them is part of the repository. Names of perfumes deal the rows to folds and keep a perfume that
stands in two tables out of its own fold; they are read for nothing else.
"""

import csv
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from showroom.catalogue import product_from_notes
from showroom.errors import InputError
from showroom.words.product import Product
from showroom.words.vocabulary import ACCORDS, SEASONS, STAGES

FOLDS = 6
ACCORD_TABLE, SEASON_TABLE = "accord_votes_dev.jsonl", "season_votes_dev.jsonl"
NOTE_TABLE, DESCRIPTION_TABLE = "perfume_notes.csv", "perfumes_dev.csv"
VOTED_SEASONS = dict(zip(SEASONS, ("Winter", "Frühling", "Sommer", "Herbst")))


@dataclass(frozen=True)
class Row:
    """A perfume that people voted on. notes: names by stage. votes: (n,) float64. name: folded."""

    notes: dict[str, list[str]]
    votes: np.ndarray
    name: str = ""

    @property
    def names(self) -> list[str]:
        """All its notes' names, in order."""
        return [name for stage in STAGES for name in self.notes[stage]]

    @property
    def product(self) -> Product:
        """The row as a product without a name or a description."""
        return product_from_notes(self.notes)


@dataclass(frozen=True)
class Described:
    """A perfume in a shop's words: its notes in one line, and what is said of it."""

    notes: str
    description: str


def accord_rows(folder: Path) -> list[Row]:
    """The rows with votes on accords; votes: (57,) in the order of ACCORDS."""
    rows = []
    for row in _read(folder / ACCORD_TABLE):
        votes = np.array([row["accords"].get(name, 0.0) for name in ACCORDS])
        rows.append(Row({stage: row[stage] for stage in STAGES}, votes, row["name"].casefold()))
    return rows


def season_rows(folder: Path) -> list[Row]:
    """The rows with votes on seasons; votes: (4,) shares in the order of SEASONS."""
    rows = []
    for row in _read(folder / SEASON_TABLE):
        votes = np.array([row["season"].get(VOTED_SEASONS[season], 0) for season in SEASONS], float)
        notes = {"top": row["top"], "heart": row["heart"] + row["notes"], "base": row["base"]}
        rows.append(Row(notes, votes / votes.sum(), row["name"].casefold()))
    return rows


def described_rows(folder: Path) -> list[Described]:
    """The perfumes with a shop's description."""
    rows = _in_order(_csv(folder / DESCRIPTION_TABLE))
    return [Described(row["notes"], row["description"]) for row in rows]


def note_rows(folder: Path) -> list[tuple[str, str]]:
    """(name, category) of every note of the table of notes."""
    return [(row["note"], row["category"]) for row in _csv(folder / NOTE_TABLE)]


def folds(count: int) -> Iterator[np.ndarray]:
    """(count,) bool for each fold: which rows are held out."""
    for fold in range(FOLDS):
        yield np.arange(count) % FOLDS == fold


def _read(path: Path) -> list[dict]:
    try:
        return _in_order([json.loads(line) for line in _text(path).splitlines() if line.strip()])
    except (ValueError, KeyError, TypeError):
        accepted = "lines of JSON with notes and votes are accepted"
        raise InputError(f"reading {path}: no such table; {accepted}; fetch it again") from None


def _csv(path: Path) -> list[dict]:
    return list(csv.DictReader(_text(path).splitlines(keepends=True)))


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "no text"
        accepted = "a folder with the development rows is accepted"
        raise InputError(f"reading {path}: {reason}; {accepted}; set SHOWROOM_DATA") from None


def _in_order(rows: list[dict]) -> list[dict]:
    """By a digest of their names, so that no fold is one house's."""
    return sorted(rows, key=lambda row: hashlib.sha256(f"{row['name']}|{row['brand']}".encode()).digest())


def check(folder: Path) -> None:
    """Raises InputError unless every table that is learned from is there and is one."""
    for rows in (accord_rows(folder), season_rows(folder), described_rows(folder)):
        if len(rows) < FOLDS:
            raise InputError(f"reading {folder}: a table of {len(rows)} rows; {FOLDS} at least are accepted; "
                             "set SHOWROOM_DATA to the whole of them")
