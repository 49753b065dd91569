"""Evaluation: the nose beside two plain peers, on the same rows, all held out.

In six-fold cross-validation the mean of the training votes, a ridge regression on averaged sentence
vectors of the notes, and the nose answer for perfumes none of them was fitted to: the nose's model is
learned anew for each fold (see `train.held_out`).
"""

import argparse
import datetime
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch

from showroom.catalogue import product_from_text
from showroom.errors import ShowroomError
from showroom.imagine.backbone import Backbone
from showroom.imagine.encoder import Encoder
from showroom.imagine.lexicon import Found, Lexicon, load_lexicon
from showroom.imagine.measures import (
    AMONG, PAIRS, Peer, cosines, found, in_top_three, note_vectors, over_folds, pair_likeness, pearson,
    plain_peers, table,
)
from showroom.imagine.nose import Nose
from showroom.imagine.sights import GARMENTS
from showroom.imagine.train.held_out import accords_held_out, seasons_held_out, told_held_out
from showroom.imagine.train.learn import Known, gather, learn_garments
from showroom.imagine.train.rows import (
    FOLDS, accord_rows, described_rows, garment_photos, note_rows, season_rows,
)
from showroom.words.product import Product
from showroom.words.vocabulary import SEASONS

_SUMMER, _WINTER = SEASONS.index("summer"), SEASONS.index("winter")
_SHOWN = 20  # photos of each kind of garment that are asked for
_TIMED = 60  # products of which the time is taken, after as many to warm up

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


# Notes -------------------------------------------------------------------------------------------


def resolved(lexicon: Lexicon, folder: Path) -> list[tuple[str, str, Found | None]]:
    """(name, category, what the lexicon takes it for) of every note of the table."""
    return [(name, category, lexicon.resolve(name)) for name, category in note_rows(folder)]


def agrees(category: str, found: Found) -> bool:
    """Whether a perfumer would look for it in the category: for what it is, or what it smells of."""
    return not set(AGREES[category]).isdisjoint(found.families)


def is_of(category: str, found: Found) -> bool:
    """Whether what it is alone is of the category."""
    return found.family in AGREES[category]


# Report ------------------------------------------------------------------------------------------


def report(folder: Path, known: Known, encoder: Encoder, backbone: Backbone) -> Iterator[str]:
    """The lines of a Markdown report. Raises InputError if a table is missing."""
    yield from _report_of_accords(folder, known, encoder)
    yield from ("", *_report_of_seasons(folder, known, encoder))
    yield from ("", *_report_of_descriptions(known))
    yield from ("", *_report_of_garments(folder, known, backbone))
    yield from ("", *_report_of_notes(resolved(known.lexicon, folder)))


def _report_of_accords(folder: Path, known: Known, encoder: Encoder) -> Iterator[str]:
    rows = accord_rows(folder)
    votes = np.array([row.votes for row in rows])
    ours = Peer("the nose", accords_held_out(known))
    peers = (*plain_peers(votes, note_vectors(rows, encoder.encode)), ours)
    kinds = votes.shape[1]
    yield f"Accords: {len(rows)} perfumes, {kinds} accords, {FOLDS} folds, all held out, mean ± spread."
    yield ""
    yield from table(("", "mean cosine", "most-voted in the top three", f"mean cosine of {PAIRS} pairs"), [
        (peer.name, over_folds(peer, votes, cosines), over_folds(peer, votes, in_top_three),
         f"{pair_likeness(peer.predictions):.3f}") for peer in (*peers, Peer("the votes themselves", votes))])


def _report_of_seasons(folder: Path, known: Known, encoder: Encoder) -> Iterator[str]:
    rows = season_rows(folder)
    votes = _summery(np.array([row.votes for row in rows]))
    ours = Peer("the nose", _summery(seasons_held_out(known)))
    peers = (*plain_peers(votes, note_vectors(rows, encoder.encode)), ours)
    yield f"Season: {len(rows)} perfumes with German note names, {FOLDS} folds, all held out."
    yield ""
    yield from table(("", "Pearson r of summer − winter"),
                     [(peer.name, over_folds(peer, votes, pearson)) for peer in peers])


def _report_of_descriptions(known: Known) -> Iterator[str]:
    told, noted, _ = told_held_out(known)
    ours = Peer("the nose", told)
    mean = Peer("mean of the others' accords", _mean_of_others(noted))
    beside = "accords from the shop's words beside those from the notes"
    yield f"Description alone: {len(told)} perfumes, {beside}."
    yield ""
    yield from table(("", "mean cosine", f"finds its own among {AMONG}"), [
        (peer.name, over_folds(peer, noted, cosines), f"{found(peer.predictions, noted).mean():.3f}")
        for peer in (mean, ours)])


def _mean_of_others(rows: np.ndarray) -> np.ndarray:
    return (rows.sum(axis=0) - rows) / max(len(rows) - 1, 1)


def _summery(shares: np.ndarray) -> np.ndarray:
    """(rows, 1): summer minus winter."""
    return (shares[:, _SUMMER] - shares[:, _WINTER])[:, None]


def pace(nose: Nose, folder: Path) -> str:
    """A line on how long one product takes, model warm: from its notes, and from words alone."""
    noted = [row.product for row in accord_rows(folder)]
    told = [product_from_text(row.description) for row in described_rows(folder)]
    times = f"from its notes {_timed(nose, noted)}; from words {_timed(nose, told)}"
    return f"Time of one product, model warm: {times}."


def _timed(nose: Nose, products: Sequence[Product]) -> str:
    milliseconds = []
    for product in products[: 2 * _TIMED]:
        start = time.perf_counter()
        nose.imagine(product)
        milliseconds.append(1e3 * (time.perf_counter() - start))
    warm = np.array(milliseconds[len(milliseconds) // 2 :])
    return f"median {np.median(warm):.0f} ms, 95th percentile {np.percentile(warm, 95):.0f} ms"


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


def _report_of_garments(folder: Path, known: Known, backbone: Backbone) -> Iterator[str]:
    pictures, wanted = garment_photos(folder, "validation", _SHOWN)
    model = learn_garments(known)
    features = np.concatenate([backbone.look([picture])[0] for picture in pictures])
    with torch.no_grad():
        said = model.worn(torch.from_numpy(features)).argmax(1).numpy()
    right = (said == wanted).mean()
    yield (f"Photos: {right:.1%} of {len(wanted)} garments of {len(GARMENTS)} kinds are told right, held out; learned from {len(known.garments)}.")


def _progress(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the report; the exit code."""
    parser = argparse.ArgumentParser(prog="evaluate_model", description="the nose beside plain peers")
    parser.add_argument("folder", type=Path, help="the folder with the development rows")
    parser.add_argument("--revision", default="unknown", help="of the source, for the report's head")
    args = parser.parse_args(arguments)
    try:
        torch.set_num_threads(1)  # threads spin where cores are shared
        nose, encoder, backbone = Nose.load(), Encoder.load(), Backbone.load()
        print(f"{datetime.date.today().isoformat()}, revision {args.revision}.\n")
        known = gather(args.folder, load_lexicon(), encoder, backbone, _progress)
        for line in (*report(args.folder, known, encoder, backbone), "", pace(nose, args.folder)):
            print(line, flush=True)
    except ShowroomError as error:
        print(f"evaluate_model: {error}", file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
