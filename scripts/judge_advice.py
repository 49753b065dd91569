"""Judge the advice by what people voted, beside chance and the best that any order could do.

    .venv/bin/python scripts/judge_advice.py [FOLDER] [--fit]

FOLDER holds `accord_votes_dev.jsonl` and `season_votes_dev.jsonl` (default: $SHOWROOM_DATA). Each perfume is
described by what a nose says of it that was fitted to the other five folds (accords, seasons); the evening's
weights are fitted to the other folds too. So the perfumes stand for a house's catalogue that nobody has voted
on yet, and the votes for what visitors would have said of each. `--fit` prints the evening's weights as they
ship. Takes some minutes.
"""

import argparse
import dataclasses
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch

from showroom.errors import InputError, ShowroomError
from showroom.imagine.backbone import Backbone
from showroom.imagine.encoder import Encoder
from showroom.imagine.lexicon import load_lexicon
from showroom.imagine.nose import Nose
from showroom.imagine.train.held_out import accords_held_out, seasons_held_out
from showroom.imagine.train.learn import gather
from showroom.imagine.train.rows import FOLDS, SEASON_TABLE, Row, accord_rows, folds, season_rows
from showroom.visit.advice import AdviceTable, house_advice
from showroom.visit.affinity import Ware, accord_vector
from showroom.visit.recommend import Advice
from showroom.words.preference import Preference
from showroom.words.product import Product
from showroom.words.scenespec import SceneSpec
from showroom.words.vocabulary import ACCORDS, SEASONS

TOP = 10               # of a ranking
OFFERED = 3
_PENALTY, _LEAST = 1.0, 0.03  # of the evening's weights: see assets/advice/advice.toml
_LATE = ("Abend", "Ausgehen")
_COMMON = 15           # perfumes with votes for an accord from which it is asked for
_THERE = 0.01          # share of an accord or a season that a spec still tells


def wares(rows: Sequence[Row], specs: Sequence[SceneSpec]) -> list[Ware]:
    """The rows as products of one price, by number."""
    return [Ware(Product(f"p{at}", "perfume", {"en": f"p{at}"}, {}, price_cents=1), spec)
            for at, spec in enumerate(specs)]


def ranked(advice: Advice, preference: Preference) -> np.ndarray:
    """Row numbers, the best first."""
    return np.array([int(one.product_id[1:]) for one in advice.ranking(preference)])


def judged(order: np.ndarray, votes: np.ndarray, top: int = TOP) -> tuple[float, float, float, float]:
    """Mean vote of the first `top`, of all, and of the best there are; share of pairs in the right order."""
    inside = votes[order]
    one, other = np.triu_indices(len(inside), 1)
    apart = inside[one] != inside[other]
    right = float((inside[one] > inside[other])[apart].mean())
    return float(inside[:top].mean()), float(votes.mean()), float(np.sort(votes)[::-1][:top].mean()), right


def evening_votes(folder: Path, rows: Sequence[Row]) -> np.ndarray:
    """(n,) share of people's votes for evening and going out, in the order of the rows."""
    by_notes = {}
    for line in (folder / SEASON_TABLE).read_text("utf-8").splitlines():
        row = json.loads(line)
        total = sum(row["occasion"].values())
        late = sum(row["occasion"].get(name, 0) for name in _LATE)
        by_notes[row["name"].casefold(), json.dumps(row["top"])] = late / total if total else np.nan
    return np.array([by_notes[row.name, json.dumps(row.notes["top"])] for row in rows])


def evening_weights(accords: np.ndarray, late: np.ndarray) -> dict[str, float]:
    """Accord → weight: ridge regression of (n, 57) unit accords on (n,) shares, rounded, small ones left out."""
    normal = accords.T @ accords + _PENALTY * np.eye(accords.shape[1])
    weights = np.round(np.linalg.solve(normal, accords.T @ (late - late.mean())), 2)
    return {name: float(weight) for name, weight in zip(ACCORDS, weights) if abs(weight) >= _LEAST}


def with_accords(spec: SceneSpec, amounts: np.ndarray) -> SceneSpec:
    """The spec with other accords, from (57,) amounts of at most 1."""
    return dataclasses.replace(spec, accords={name: float(amount) for name, amount in zip(ACCORDS, amounts)
                                              if amount >= _THERE})


def season_lines(rows: Sequence[Row], specs: Sequence[SceneSpec], said: np.ndarray) -> list[str]:
    """How well a season that is asked for orders the perfumes."""
    votes = np.array([row.votes for row in rows])
    advice = Advice(wares(rows, [dataclasses.replace(spec, season=dict(zip(SEASONS, map(float, one))))
                                 for spec, one in zip(specs, said)]))
    orders = [ranked(advice, Preference().answered("season", season)) for season in SEASONS]
    return [line(f"season: {season}", judged(orders[at], votes[:, at])) for at, season in enumerate(SEASONS)]


def hour_lines(rows: Sequence[Row], specs: Sequence[SceneSpec], late: np.ndarray) -> list[str]:
    """How well an hour does, over the folds; the evening's weights are the other folds'."""
    known = np.flatnonzero(~np.isnan(late))
    accords = np.array([accord_vector(spec) for spec in specs])
    found: dict[str, list] = {"hour: dusk": [], "hour: night": [], "hour: noon": []}
    for held in folds(len(known)):
        weights = evening_weights(accords[known[~held]], late[known[~held]])
        table: AdviceTable = dataclasses.replace(house_advice(), evening=weights)
        there = known[held]
        advice = Advice(wares([rows[at] for at in there], [specs[at] for at in there]), table)
        for name, results in found.items():
            hour = name.split()[1]
            votes = late[there] if hour != "noon" else 1 - late[there]
            results.append(judged(ranked(advice, Preference().answered("hour", hour)), votes, TOP // 2))
    return [line(f"{name} (top {TOP // 2} of each of {FOLDS} folds)", tuple(np.mean(results, axis=0)))
            for name, results in found.items()]


def like_lines(rows: Sequence[Row], specs: Sequence[SceneSpec]) -> list[str]:
    """How well "more like this" and an accord that is asked for do."""
    votes = np.array([row.votes for row in rows])
    units = votes / np.linalg.norm(votes, axis=1, keepdims=True)
    likeness = units @ units.T
    advice, ranks, offers = Advice(wares(rows, specs)), [], []
    for at in range(len(rows)):
        known = Preference().more_like(f"p{at}")
        others = np.array([one for one in ranked(advice, known) if one != at])
        ranks.append(judged(others, _without(likeness[at], at), OFFERED))
        offered = [int(offer.product_id[1:]) for offer in advice.offers(known)]
        offers.append(np.mean(likeness[at][offered]))
    name = f"more like one: cosine of votes, first {OFFERED} of {len(rows) - 1}"
    told = [line(name, tuple(np.mean(ranks, axis=0))),
            f"| … of the {OFFERED} offers, which must differ | {np.mean(offers):.3f} | | | |"]
    asked = []
    for accord in ACCORDS:
        here = votes[:, ACCORDS.index(accord)]
        if (here > 0).sum() >= _COMMON:
            asked.append(judged(ranked(advice, Preference().liking({accord: 1.0})), here))
    return [*told, line(f"an accord asked for, {len(asked)} accords", tuple(np.mean(asked, axis=0)))]


def _without(values: np.ndarray, at: int) -> np.ndarray:
    """Votes as seen from one perfume, itself never counted."""
    seen = values.copy()
    seen[at] = np.sort(values)[0]
    return seen


def line(name: str, figures: tuple[float, float, float, float]) -> str:
    """One row of the table."""
    first, chance, best, right = figures
    return f"| {name} | {first:.3f} | {chance:.3f} | {best:.3f} | {right:.1%} |"


def report(folder: Path, say: Callable[[str], None]) -> list[str]:
    """The lines of the table. Raises InputError if the folder lacks a table."""
    torch.set_num_threads(1)
    nose, lexicon = Nose.load(), load_lexicon()
    known = gather(folder, lexicon, Encoder.load(), Backbone.load(), say, most_told=8, most_photos=1)
    voted, worn = accord_rows(folder), season_rows(folder)
    say("imagining")
    liked_specs, worn_specs = ([nose.imagine(row.product) for row in rows] for rows in (voted, worn))
    say("refitting without each fold: accords")
    liked_specs = [with_accords(spec, one) for spec, one in zip(liked_specs, accords_held_out(known))]
    say("refitting without each fold: seasons")
    seasons = seasons_held_out(known)
    late = evening_votes(folder, worn)
    return ["| what is asked | first ten | all (chance) | best possible | pairs in order |",
            "|---|---|---|---|---|", *season_lines(worn, worn_specs, seasons),
            *hour_lines(worn, worn_specs, late), *like_lines(voted, liked_specs)]


def fitted(folder: Path) -> list[str]:
    """The evening's weights, as they ship."""
    rows, nose = season_rows(folder), Nose.load()
    accords = np.array([accord_vector(nose.imagine(row.product)) for row in rows])
    late = evening_votes(folder, rows)
    known = ~np.isnan(late)
    weights = evening_weights(accords[known], late[known])
    return [f'{name if name.isalpha() else json.dumps(name)} = {weight:g}'
            for name, weight in sorted(weights.items(), key=lambda item: (-item[1], item[0]))]


def _progress(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def main() -> int:
    """Prints the table; the exit code."""
    parser = argparse.ArgumentParser(description="the advice, judged by votes")
    parser.add_argument("folder", type=Path, nargs="?", default=os.environ.get("SHOWROOM_DATA", ""))
    parser.add_argument("--fit", action="store_true", help="print the evening's weights instead")
    args = parser.parse_args()
    try:
        if not str(args.folder):
            raise InputError("judging advice without votes; a folder of development rows is accepted; "
                             "name one or set SHOWROOM_DATA")
        told = fitted(args.folder) if args.fit else report(args.folder, _progress)
        print("\n".join(told))
    except ShowroomError as error:
        print(f"judge_advice: {error}", file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
