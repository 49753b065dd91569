"""Blind pairs: the same mixed surface by the recipe and by the learned painter, left and right by a coin.

Whoever judges sees two swatches of each (flat, and as cloth or as a ball) and what the surface is meant to be. Which
is which stands in a key file, that is kept from them. Their answers are counted by kinds of mixtures, with the
interval in which the true share lies by 95 %. Source: Wilson 1927, "Probable inference".
"""

import csv
import math
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from showroom.errors import InputError
from showroom.imagine.gauge.samples import metallic
from showroom.imagine.paint import Painted
from showroom.imagine.sorts import kind_of
from showroom.imagine.swatch import FLAT, shape_of, swatch
from showroom.words.scenespec import SceneSpec

LEFT, RIGHT, NEITHER = "left", "right", "neither"
SIZE_PX = 512            # of what is painted
_SHOWN_PX, _GAP_PX, _WORDS_PX = 376, 18, 34
_ON_A_SHEET = 4
_HEAD = ("pair", "kind", "surface", "painter", "also", "share", "learned")
_GREY, _INK = 238, 30
_SURE = 1.96             # deviations of a normal law within which 95 % lie
Fulfil = Callable[[SceneSpec, str], Painted]


@dataclass(frozen=True)
class Case:
    """A mixed surface of a spec."""

    spec: SceneSpec
    surface: str

    @property
    def kind(self) -> str:
        """See `sorts.kind_of`."""
        return kind_of(self.spec.surfaces[self.surface])

    @property
    def words(self) -> str:
        """What it is meant to be."""
        want = self.spec.surfaces[self.surface]
        names = [name.replace("_", " ") for name in (want.painter, want.also)]
        return f"{self.surface}: between {names[0]} ({1 - want.share:.0%}) and {names[1]} ({want.share:.0%})"


def cases(specs: Iterable[SceneSpec], count: int) -> list[Case]:
    """So many mixed surfaces: kinds by turns, of each kind every mixture once before any twice."""
    groups: dict[str, dict[tuple[str, str], list[Case]]] = {}
    for spec in specs:
        for name, surface in spec.surfaces.items():
            if surface.also:
                case = Case(spec, name)
                groups.setdefault(case.kind, {}).setdefault((surface.painter, surface.also), []).append(case)
    chosen, queues = [], [_by_turns(groups[kind]) for kind in sorted(groups)]
    while queues and len(chosen) < count:
        for queue in list(queues):
            one = next(queue, None)
            if one is None:
                queues.remove(queue)
            elif len(chosen) < count:
                chosen.append(one)
    return chosen


def _by_turns(mixtures: dict[tuple[str, str], list[Case]]) -> Iterator[Case]:
    """One of each mixture, the most frequent first, that with the most of its second material; then the next."""
    rows = [sorted(found, key=lambda case: -case.spec.surfaces[case.surface].share)
            for _, found in sorted(mixtures.items(), key=lambda item: (-len(item[1]), item[0]))]
    for turn in range(max(map(len, rows))):
        yield from (row[turn] for row in rows if turn < len(row))


# Sheets ------------------------------------------------------------------------------------------


def write_sheets(chosen: Sequence[Case], learned: Fulfil, recipe: Fulfil, out: Path, key: Path,
                 seed: int) -> list[Path]:
    """Draws all pairs, four on a sheet, and writes which is which to `key`. Raises InputError, OSError."""
    if key.resolve().is_relative_to(out.resolve()):
        raise InputError(f"writing the key to {key}: whoever judges the sheets in {out} would find it; "
                         "a file elsewhere is accepted")
    chance = random.Random(seed)
    coins = [LEFT if at % 2 else RIGHT for at in range(len(chosen))]
    chance.shuffle(coins)
    out.mkdir(parents=True, exist_ok=True)
    with key.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(_HEAD)
        for at, (case, coin) in enumerate(zip(chosen, coins), 1):
            want = case.spec.surfaces[case.surface]
            rows.writerow((at, case.kind, case.surface, want.painter, want.also, want.share, coin))
    written = []
    for first in range(0, len(chosen), _ON_A_SHEET):
        page = [_pair(at + 1, chosen[at], coins[at], learned, recipe)
                for at in range(first, min(first + _ON_A_SHEET, len(chosen)))]
        written.append(out / f"sheet_{first // _ON_A_SHEET + 1:02d}.png")
        Image.fromarray(np.concatenate(page)).save(written[-1], optimize=True)
    return written


def _pair(number: int, case: Case, coin: str, learned: Fulfil, recipe: Fulfil) -> np.ndarray:
    sides = [both(case, painter(case.spec, case.surface), _SHOWN_PX) for painter in (learned, recipe)]
    left, right = sides if coin == LEFT else sides[::-1]
    gap = np.full((_SHOWN_PX, _GAP_PX, 3), _GREY, np.uint8)
    row = np.concatenate([left, gap, right], 1)
    return np.concatenate([row, _label(f"{number}   LEFT or RIGHT?   {case.words}", row.shape[1])])


def both(case: Case, painted: Painted, size_px: int) -> np.ndarray:
    """(size_px, 2 size_px, 3): the surface flat, and as what suits its kind."""
    metal = metallic(case.spec.surfaces[case.surface])
    return np.concatenate([swatch(painted.color, painted.detail, size_px, shape, metal)
                           for shape in (FLAT, shape_of(case.surface))], 1)


def _label(text: str, width: int) -> np.ndarray:
    picture = Image.new("RGB", (width, _WORDS_PX), (_GREY,) * 3)
    ImageDraw.Draw(picture).text((8, 6), text, fill=(_INK,) * 3, font=ImageFont.load_default(18))
    return np.asarray(picture)


# Answers -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Preference:
    """How often the learned painter was preferred. A draw counts half for either."""

    what: str
    learned: float
    count: int

    def __str__(self) -> str:
        low, high = _between(self.learned / self.count, self.count)
        share = self.learned / self.count
        return f"{self.what}: {self.learned:g} of {self.count} ({share:.0%}, {low:.0%} to {high:.0%})"


def score(key: Path, answers: Path) -> list[Preference]:
    """All, then every kind of mixture, then every kind of surface.

    answers : CSV with the columns pair and choice; choice is left, right or neither.
    Raises InputError for files that are not so, and for answers to what was not asked.
    """
    asked = {row["pair"]: row for row in _rows(key, _HEAD)}
    wins: dict[str, list[float]] = {"all": []}
    for row in _rows(answers, ("pair", "choice")):
        pair, choice = row["pair"].strip(), row["choice"].strip().lower()
        if pair not in asked or choice not in (LEFT, RIGHT, NEITHER):
            raise InputError(f"reading {answers}: pair {pair!r}, choice {choice!r}; a pair of {key} and left, right or "
                             "neither are accepted; correct the row")
        won = 0.5 if choice == NEITHER else float(choice == asked[pair]["learned"])
        for group in ("all", asked[pair]["kind"], f"on a {asked[pair]['surface']}"):
            wins.setdefault(group, []).append(won)
    if not wins["all"]:
        raise InputError(f"reading {answers}: no answers; at least one row of pair and choice is needed")
    groups = sorted(wins, key=lambda name: (name != "all", name.startswith("on a "), name))
    return [Preference(name, sum(wins[name]), len(wins[name])) for name in groups]


def _rows(file: Path, head: Sequence[str]) -> list[dict[str, str]]:
    try:
        with file.open(encoding="utf-8", newline="") as text:
            rows = csv.DictReader(text)
            if not set(head) <= set(rows.fieldnames or ()):
                raise InputError(f"reading {file}: columns {rows.fieldnames}; {', '.join(head)} are needed")
            return [row for row in rows if None not in row.values()]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"reading {file}: {reason}; a CSV file is needed") from None


def _between(share: float, count: int) -> tuple[float, float]:
    """Wilson's interval of a share of so many."""
    z = _SURE * _SURE / count
    middle = (share + z / 2) / (1 + z)
    wide = math.sqrt(z * (share * (1 - share) + z / 4)) / (1 + z)
    return middle - wide, middle + wide
