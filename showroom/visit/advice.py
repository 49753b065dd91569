"""Advice: how the house recommends, read from `assets/advice/advice.toml`, and its words in each language.

What accords and colours are called is read from `assets/reasons.toml`, where it is said already.
"""

import functools
import string
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from showroom import paths
from showroom.errors import InputError
from showroom.words.light import LIGHTS
from showroom.words.preference import CHOICES, HOURS, TEXTURES
from showroom.words.vocabulary import ACCORDS, LANGUAGES, PLACES, SEASONS

WEIGHTS = ("accords", "place", "hour", "texture", "season", "palette", "price", "more", "refused", "dwelt",
           "grabs", "look_colour", "look_season")
FELT = ("roughness", "softness", "warmth")
EVENING, DAY = WORN = ("evening", "day")
QUESTIONS = ("place", "hour", "texture")  # in the order in which they are asked
# a reason → the gaps in its sentence
REASONS = {
    "main_accord": ("accord",), "accord": ("accord",), "place": ("place",), "near_place": ("place", "other"),
    "hour_light": ("hour", "light"), "hour_wear": ("hour", "when", "accord"), "texture": ("texture", "felt"),
    "season_main": ("season",), "season": ("season",), "palette": ("worn", "colour"), "price": (),
    "more": ("name", "accord"), "dwelt": ("name", "accord"), "stayed": (), "held": (),
    "look_colour": ("worn", "colour"),
    "look_season": ("season",), "own": ("accord", "place"), "own_place": ("place",),
}
KNOWN = ("place", "hour", "texture", "season", "likes", "dislikes", "colours", "most_cents", "more",
         "refused", "dwelt_s", "grabs")
# table of words → what stands in it
_SAID = {
    "question": QUESTIONS, "place": PLACES, "hour": HOURS, "texture": TEXTURES, "season": SEASONS,
    "hour_light": ("night", "room", "low", "high"), "hour_wear": WORN, "texture_felt": TEXTURES,
    "reason": tuple(REASONS), "known": KNOWN,
}
# table of numbers → its rows, their columns (None: of its own), and from where to where they go
_NUMBERS = {"light": (HOURS, LIGHTS), "touch": (TEXTURES, FELT)}

Said = Mapping[str, Mapping[str, str]]  # key → language → words


@dataclass(frozen=True)
class AdviceTable:
    """weights: by WEIGHTS, ≥ 0.   near: (one place, another) → 0 to 1.
    evening: accord → above 0 evening, below day.

    light: hour → what it has to do with each of LIGHTS.   touch: texture → FELT, 0 to 1.
    ask: question → the answers to point at.   said: table → key → language → words.
    colours: name → sRGB of every colour that has a name.
    """

    weights: Mapping[str, float]
    near: Mapping[tuple[str, str], float]
    evening: Mapping[str, float]
    light: Mapping[str, Mapping[str, float]]
    touch: Mapping[str, Mapping[str, float]]
    ask: Mapping[str, tuple[str, ...]]
    said: Mapping[str, Said]
    colours: Mapping[str, str]

    def say(self, table: str, key: str, language: str, **filled: str) -> str:
        """The words of a key in a language, their gaps filled."""
        return self.said[table][key][language].format(**filled)


def load_advice(folder: Path | None = None) -> AdviceTable:
    """Reads the table (the house's own by default). Raises InputError naming file and key."""
    folder = folder or paths.ASSETS
    path = folder / "advice" / "advice.toml"
    reader = _Reader(path, _read(path))
    reasons = _read(folder / "reasons.toml")
    said = {name: reader.said(name, keys) for name, keys in _SAID.items()}
    for kind, gaps in REASONS.items():
        reader.gaps(f"reason.{kind}", said["reason"][kind], gaps)
    for kind in KNOWN:
        reader.gaps(f"known.{kind}", said["known"][kind], ("name",))
    named = _Reader(folder / "reasons.toml", reasons)
    said["accord"] = named.said("accord", ACCORDS)
    said["colour"] = named.said("colour", tuple(reasons.get("colour", {})))
    return AdviceTable(
        reader.numbers("weights", WEIGHTS, 0.0, 10.0), reader.near(), reader.some_numbers("evening", ACCORDS),
        *(reader.rows(name, rows, columns) for name, (rows, columns) in _NUMBERS.items()), reader.ask(), said,
        {name: words["srgb"] for name, words in reasons["colour"].items()})


@functools.cache
def house_advice() -> AdviceTable:
    """The house's own table, read once."""
    return load_advice()


def _read(path: Path) -> dict:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"reading {path}: {error}; a TOML table is needed; restore or correct it") from None


@dataclass(frozen=True)
class _Reader:
    """Checks one file's tables."""

    path: Path
    tables: dict

    def table(self, name: str) -> dict:
        found = self.tables.get(name)
        if not isinstance(found, dict):
            raise self.refusal(name, found, "a table")
        return found

    def numbers(self, name: str, keys: tuple[str, ...], low: float, high: float) -> dict[str, float]:
        table = self.table(name)
        if set(table) != set(keys):
            raise self.refusal(name, sorted(table), "exactly " + ", ".join(keys))
        return {key: self.number(f"{name}.{key}", table[key], low, high) for key in keys}

    def some_numbers(self, name: str, keys: tuple[str, ...]) -> dict[str, float]:
        table = self.table(name)
        for key in table:
            if key not in keys:
                raise self.refusal(f"{name}.{key}", table[key], "a name of the vocabulary")
        return {key: self.number(f"{name}.{key}", value, -1.0, 1.0) for key, value in table.items()}

    def rows(self, name: str, rows: tuple[str, ...], columns: tuple[str, ...]) -> dict[str, dict[str, float]]:
        inner = _Reader(self.path, self.table(name))
        if set(inner.tables) != set(rows):
            raise self.refusal(name, sorted(inner.tables), "exactly " + ", ".join(rows))
        return {row: inner.numbers(row, columns, 0.0, 1.0) for row in rows}

    def number(self, key: str, value: object, low: float, high: float) -> float:
        if type(value) not in (int, float) or not low <= value <= high:
            raise self.refusal(key, value, f"a number from {low:g} to {high:g}")
        return float(value)

    def near(self) -> dict[tuple[str, str], float]:
        table = self.table("near")
        share, groups = self.number("near.share", table.get("share"), 0.0, 1.0), table.get("groups")
        if not isinstance(groups, list) or not all(isinstance(group, list) for group in groups):
            raise self.refusal("near.groups", groups, "lists of places")
        near = {(place, place): 1.0 for place in PLACES}
        for group in groups:
            if unknown := [place for place in group if place not in PLACES]:
                raise self.refusal("near.groups", unknown[0], "one of " + ", ".join(PLACES))
            near |= {(one, other): share for one in group for other in group if one != other}
        return near

    def ask(self) -> dict[str, tuple[str, ...]]:
        table = self.table("ask")
        for question in QUESTIONS:
            answers = table.get(question)
            if not isinstance(answers, list) or not answers or not set(answers) <= set(CHOICES[question]):
                raise self.refusal(f"ask.{question}", answers, "a list of " + ", ".join(CHOICES[question]))
        return {question: tuple(dict.fromkeys(table[question])) for question in QUESTIONS}

    def said(self, name: str, keys: tuple[str, ...]) -> Said:
        table = self.table(name)
        for key in keys:
            words = table.get(key)
            given = [words.get(language) for language in LANGUAGES] if isinstance(words, dict) else [None]
            if not all(isinstance(text, str) and text for text in given):
                raise self.refusal(f"{name}.{key}", words, "words in " + ", ".join(LANGUAGES))
        return {key: {language: table[key][language] for language in LANGUAGES} for key in keys}

    def gaps(self, key: str, words: Mapping[str, str], gaps: tuple[str, ...]) -> None:
        for language, text in words.items():
            try:
                found = sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)
            except ValueError:
                found = None
            if found != sorted(gaps):
                accepted = "these gaps, each once: " + (", ".join(f"{{{gap}}}" for gap in gaps) or "none")
                raise self.refusal(f"{key}.{language}", text, accepted)

    def refusal(self, key: str, value: object, accepted: str) -> InputError:
        shown = repr(value)
        shown = shown if len(shown) <= 80 else shown[:77] + "…"
        return InputError(f"reading {self.path}: {key} is {shown}; accepted is {accepted}; correct it")
