"""The public tables that the nose learns from and is measured on, read into rows.

None of them is part of the repository. Names of perfumes deal the rows to folds and keep a perfume that
stands in two tables out of its own fold; they are read for nothing else.
"""

import csv
import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from showroom.catalogue import product_from_notes
from showroom.errors import InputError
from showroom.imagine.picture import read_pixels
from showroom.imagine.sights import GARMENTS
from showroom.words.product import Product
from showroom.words.vocabulary import ACCORDS, SEASONS, STAGES

FOLDS = 6
ACCORD_TABLE, SEASON_TABLE = "accord_votes_dev.jsonl", "season_votes_dev.jsonl"
NOTE_TABLE, DESCRIPTION_TABLE = "perfume_notes.csv", "perfumes_dev.csv"
GARMENT_FOLDER = "clothing"
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
    return _rows(folder / ACCORD_TABLE, _json, _accord_row)


def season_rows(folder: Path) -> list[Row]:
    """The rows with votes on seasons; votes: (4,) shares in the order of SEASONS."""
    return _rows(folder / SEASON_TABLE, _json, _season_row)


def described_rows(folder: Path) -> list[Described]:
    """The perfumes with a shop's description."""
    return _rows(folder / DESCRIPTION_TABLE, _csv, lambda row: Described(row["notes"], row["description"]))


def note_rows(folder: Path) -> list[tuple[str, str]]:
    """(name, category) of every note of the table of notes."""
    return _rows(folder / NOTE_TABLE, _csv, lambda row: (row["note"], row["category"]), in_order=False)


def garment_photos(folder: Path, part: str, most: int) -> tuple[list[np.ndarray], np.ndarray]:
    """Up to `most` photos of each kind of garment, (h, w, 3) uint8 sRGB, and which of GARMENTS each shows.

    part: "train" or "validation".
    """
    pictures, labels = [], []
    for at, garment in enumerate(GARMENTS):
        place = folder / GARMENT_FOLDER / part / garment
        for path in sorted(place.glob("*.jpg"))[:most]:
            pictures.append(read_pixels(path))
            labels.append(at)
        if labels.count(at) == 0:
            accepted = "a folder of photos for each kind of garment is accepted"
            raise InputError(f"reading {place}: no photos; {accepted}; set SHOWROOM_DATA")
    return pictures, np.array(labels)


def folds(count: int) -> Iterator[np.ndarray]:
    """(count,) bool for each fold: which rows are held out."""
    for fold in range(FOLDS):
        yield np.arange(count) % FOLDS == fold


def _accord_row(row: dict) -> Row:
    votes = np.array([row["accords"].get(name, 0.0) for name in ACCORDS])
    return Row({stage: row[stage] for stage in STAGES}, votes, row["name"].casefold())


def _season_row(row: dict) -> Row:
    votes = np.array([row["season"].get(VOTED_SEASONS[season], 0) for season in SEASONS], float)
    notes = {"top": row["top"], "heart": row["heart"] + row["notes"], "base": row["base"]}
    return Row(notes, votes / votes.sum(), row["name"].casefold())


def _rows(path: Path, parse: Callable[[str], list], made: Callable[[dict], object],
          in_order: bool = True) -> list:
    text = _text(path)
    try:
        rows = parse(text)
        return [made(row) for row in (_in_order(rows) if in_order else rows)]
    except (ValueError, KeyError, TypeError, AttributeError, csv.Error):
        accepted = "a table of the development rows is accepted"
        raise InputError(f"reading {path}: no such table; {accepted}; fetch it again") from None


def _json(text: str) -> list[dict]:
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def _csv(text: str) -> list[dict]:
    return list(csv.DictReader(text.splitlines(keepends=True)))


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
