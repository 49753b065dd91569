"""Taste: what a visitor likes, read from a small TOML or JSON file; and a place that leans towards it.

    hour = "dusk"                        # dawn, noon, dusk or night
    [likes]                              # each list may be left out
    accords = ["citrus"]
    notes = ["rose", "鸢尾"]             # in any of the lexicon's languages
    places = ["seashore"]
    colours = ["#7fb2c9", "green"]       # or a colour's name in English, Chinese or Italian
    [dislikes]
    accords = ["smoky"]
    notes = ["tobacco"]
    places = ["leather_library"]
    [feel]                               # 0 to 1; at 0.5 it stays as it is
    softness = 0.9
    warmth = 0.3
    light = 0.7
    stillness = 0.8

A taste leans and never replaces: the product keeps its place and its accords unless it is about them.
"""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from showroom.errors import TasteError
from showroom.imagine.lexicon import Lexicon, Note, load_lexicon, plain
from showroom.imagine.shown import sentences
from showroom.words.preference import HOURS, Preference
from showroom.words.vocabulary import ACCORDS, LANGUAGES, PLACES

MOST_BYTES = 64 << 10
MOST_ITEMS = 20
FEELS = ("softness", "warmth", "light", "stillness")
_KEYS = ("hour", "likes", "dislikes", "feel")
_LIKED = ("accords", "notes", "places", "colours")
_DISLIKED = _LIKED[:3]
_SRGB = re.compile("#[0-9a-f]{6}")
_LONGEST = 80
_TEXTURES = {  # how a place feels that leans towards one
    "silk": {"softness": 0.9}, "wool": {"softness": 0.8, "warmth": 0.7},
    "bark": {"softness": 0.2}, "stone": {"softness": 0.25, "warmth": 0.25},
}


@dataclass(frozen=True)
class Sides:
    """What is liked, or disliked. notes: as the visitor called them → the lexicon's. colours: sRGB."""

    accords: tuple[str, ...] = ()
    notes: Mapping[str, Note] = field(default_factory=dict)
    places: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()


@dataclass(frozen=True)
class Taste:
    """A visitor's preferences. hour: one of HOURS or "". feel: some of FEELS, each 0 to 1."""

    likes: Sides = Sides()
    dislikes: Sides = Sides()
    hour: str = ""
    feel: Mapping[str, float] = field(default_factory=dict)


def read_taste(path: Path, lexicon: Lexicon | None = None) -> Taste:
    """Reads a taste. Raises TasteError naming file, key, value and what is accepted."""
    path, accepted = Path(path), "a taste in TOML or JSON is accepted"
    try:
        if path.exists() and not path.is_file():
            raise TasteError(f"reading {path}: no regular file; {accepted}; choose another file")
        size = path.stat().st_size
        if size > MOST_BYTES:
            most = f"at most {MOST_BYTES:,} are accepted"
            raise TasteError(f"reading {path}: {size:,} bytes; {most}; shorten it")
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise TasteError(f"reading {path}: not UTF-8; {accepted}; save it as UTF-8") from None
    except OSError as error:
        raise TasteError(f"reading {path}: {error.strerror}; {accepted}; check the path") from None
    return taste_of(_table(path, text), str(path), lexicon or load_lexicon())


def taste_of(table: object, where: str, lexicon: Lexicon) -> Taste:
    """The taste that a plain table describes; `where` is its name in errors. Raises TasteError."""
    reader = _Reader(where, lexicon)
    table = reader.table("", table, _KEYS)
    hour = table.get("hour", "")
    if hour != "" or "hour" in table:
        reader.among("hour", hour, HOURS)
    feel = reader.table("feel", table.get("feel", {}), FEELS)
    for key, value in feel.items():
        if type(value) not in (int, float) or not 0 <= value <= 1:
            raise reader.refusal(f"feel.{key}", value, "a number from 0 to 1")
    taste = Taste(reader.sides("likes", table.get("likes", {}), _LIKED),
                  reader.sides("dislikes", table.get("dislikes", {}), _DISLIKED),
                  hour, {key: float(value) for key, value in feel.items()})
    for key in _DISLIKED:
        both = [name for name in getattr(taste.likes, key) if name in getattr(taste.dislikes, key)]
        if both:
            raise reader.refusal(f"dislikes.{key}", both[0], "what is not liked as well")
    return taste


def preferred(preference: Preference) -> Taste:
    """The taste that a visitor's preference comes to: accords, a place, an hour, colours and touch."""
    likes = Sides(tuple(name for name, _ in preference.likes), {},
                  (preference.place,) if preference.place else (), preference.colours)
    feel = _TEXTURES[preference.texture] if preference.texture else {}
    return Taste(likes, Sides(tuple(name for name, _ in preference.dislikes)), preference.hour, feel)


def _table(path: Path, text: str) -> object:
    is_json = path.suffix.lower() == ".json" or text.lstrip().startswith("{")
    try:
        return json.loads(text) if is_json else tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        kind = "JSON" if is_json else "TOML"
        reason = " ".join(str(error).split())[:100]
        raise TasteError(f"reading {path}: not {kind} ({reason}); correct it") from None


@dataclass(frozen=True)
class _Reader:
    """Checks a plain table key by key, and says which is wrong."""

    where: str
    lexicon: Lexicon

    def table(self, key: str, value: object, keys: tuple[str, ...]) -> dict:
        if not isinstance(value, dict) or not set(value) <= set(keys):
            shown = sorted(set(value) - set(keys)) if isinstance(value, dict) else value
            raise self.refusal(key or "the file", shown, "a table of " + ", ".join(keys))
        return value

    def sides(self, key: str, value: object, keys: tuple[str, ...]) -> Sides:
        table = self.table(key, value, keys)
        said = {name: self._list(f"{key}.{name}", table.get(name, [])) for name in keys}
        for name in said["accords"]:
            self.among(f"{key}.accords", name, ACCORDS)
        for name in said["places"]:
            self.among(f"{key}.places", name, PLACES)
        notes = {name: self._note(f"{key}.notes", name) for name in said["notes"]}
        colours = tuple(self._colour(f"{key}.colours", name) for name in said.get("colours", ()))
        return Sides(said["accords"], notes, said["places"], colours)

    def _list(self, key: str, value: object) -> tuple[str, ...]:
        if not isinstance(value, list) or len(value) > MOST_ITEMS:
            shown = f"{len(value)} items" if isinstance(value, list) else value
            raise self.refusal(key, shown, f"a list of at most {MOST_ITEMS}")
        for item in value:
            if not isinstance(item, str) or not 0 < len(item) <= _LONGEST or not item.isprintable():
                raise self.refusal(key, item, f"text of at most {_LONGEST} letters")
        return tuple(dict.fromkeys(value))

    def among(self, key: str, value: object, names: tuple[str, ...]) -> None:
        if value not in names:
            raise self.refusal(key, value, "one of " + ", ".join(names))

    def _note(self, key: str, said: str) -> Note:
        found = self.lexicon.resolve(said)
        if found is None:
            raise self.refusal(key, said, "a note that the lexicon knows, such as rose or vetiver")
        return found.note

    def _colour(self, key: str, said: str) -> str:
        if _SRGB.fullmatch(said.lower()):
            return said.lower()
        for table in sentences()["colour"].values():
            if plain(said) in (plain(table[language]) for language in LANGUAGES):
                return table["srgb"]
        raise self.refusal(key, said, "a colour such as #a1b2c3, or a name such as green, verde or 绿色")

    def refusal(self, key: str, value: object, accepted: str) -> TasteError:
        shown = repr(value)
        shown = shown if len(shown) <= 80 else shown[:77] + "…"
        return TasteError(f"reading {self.where}: {key} is {shown}; accepted is {accepted}; correct it")
