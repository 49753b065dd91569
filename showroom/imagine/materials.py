"""Materials: what surfaces can be made of, which notes bring each, and where (`assets/materials.toml`).

A material has the name of the painter that tiles it (see imagine/paint). Read once and frozen, without torch.
"""

import functools
import re
import tomllib
import types
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from showroom import paths
from showroom.errors import SpecError
from showroom.imagine.lexicon import load_lexicon
from showroom.words.vocabulary import LANGUAGES, SURFACES

NEVER = ("sky", "backdrop", "sprites", "water", "liquid")  # surfaces that no note makes of something else
_TURNING = tuple(name for name in SURFACES if name not in NEVER)
KINDS = ("metal", "built", "growing", "")
_FEWEST_WORDS, _MOST_WORDS = 8, 12
_NEEDED, _MORE = ("name", "words", "characters", "on"), ("outdoors", "kind")


@dataclass(frozen=True)
class Material:
    """What a surface can be made of.

    name       : of the painter.   names : what the shop calls it, by language.
    words      : what people call it, in English: what the learned painter knows it by.
    characters : names of lexicon/characters.csv that bring it → how much, above 0 to 1.
    on         : surfaces that notes may turn towards it, best first.
    outdoors   : never on the floor and the walls of an indoor place.
    kind       : "metal", "built", "growing" or "": see `goes_with`.
    """

    name: str
    names: Mapping[str, str]
    words: tuple[str, ...]
    characters: Mapping[str, float]
    on: tuple[str, ...]
    outdoors: bool = False
    kind: str = ""

    def lies_on(self, surface: str, indoors: bool) -> bool:
        """Whether notes may bring it onto this surface of a place."""
        return surface in self.on and not (indoors and self.outdoors and surface in ("ground", "wall"))

    def goes_with(self, other: "Material") -> bool:
        """Whether it may come onto another: metal, which is lit otherwise, onto metal alone; no wall onto a tree."""
        if "metal" in (self.kind, other.kind):
            return self.name != other.name and self.kind == other.kind
        return self.name != other.name and not (self.kind == "built" and other.kind == "growing")


@functools.cache
def materials(path: Path | None = None) -> Mapping[str, Material]:
    """Every material by its name, in the table's order. Raises SpecError naming file, line and key."""
    path = path or paths.ASSETS / "materials.toml"
    try:
        text = path.read_text("utf-8")
        plain = tomllib.loads(text)
    except (OSError, ValueError) as error:
        raise SpecError(f"reading {path}: {error}; a TOML table is needed; restore the file") from None
    reader = _Reader(path, text)
    return types.MappingProxyType({name: reader.material(name, table) for name, table in plain.items()})


@functools.cache
def accords_of(material: str) -> Mapping[str, float]:
    """What the characters that bring a material smell of: accord → 0 to 1, each as much as it brings."""
    brought = materials()[material].characters
    known, total = load_lexicon().characters, sum(brought.values())
    heard: dict[str, float] = {}
    for name, weight in brought.items():
        for accord, amount in known[name].accords.items():
            heard[accord] = heard.get(accord, 0.0) + min(amount, 1.0) * weight / total
    return types.MappingProxyType(heard)


@dataclass(frozen=True)
class _Reader:
    """Builds materials from TOML and says which line is wrong."""

    path: Path
    text: str

    def material(self, name: str, table: object) -> Material:
        if not isinstance(table, dict) or not {*_NEEDED} <= {*table} <= {*_NEEDED, *_MORE}:
            received = sorted(table) if isinstance(table, dict) else table
            raise self._refusal(name, "", received, "a table of " + ", ".join(_NEEDED) + ", and " + " or ".join(_MORE))
        for key, accepted in (("outdoors", (True, False)), ("kind", KINDS)):
            if (value := table.get(key, accepted[-1])) not in accepted or type(value) is not type(accepted[0]):
                raise self._refusal(name, key, value, f"one of {accepted}, or nothing")
        return Material(name, self._names(name, table["name"]), self._words(name, table["words"]),
                        self._characters(name, table["characters"]), self._on(name, table["on"]),
                        **{key: table[key] for key in _MORE if key in table})

    def _names(self, name: str, names: object) -> Mapping[str, str]:
        said = isinstance(names, dict) and set(names) == set(LANGUAGES)
        if not said or not all(isinstance(called, str) and called.strip() for called in names.values()):
            raise self._refusal(name, "name", names, "a text each for " + ", ".join(LANGUAGES))
        return types.MappingProxyType(names)

    def _words(self, name: str, words: object) -> tuple[str, ...]:
        said = isinstance(words, list) and all(isinstance(word, str) and word.strip() for word in words)
        if not said or not _FEWEST_WORDS <= len(words) <= _MOST_WORDS or len({*words}) < len(words):
            raise self._refusal(name, "words", words, f"{_FEWEST_WORDS} to {_MOST_WORDS} different texts")
        return tuple(words)

    def _characters(self, name: str, characters: object) -> Mapping[str, float]:
        if not isinstance(characters, dict):
            raise self._refusal(name, "characters", characters, "a table of characters and weights")
        known = load_lexicon().characters
        for character, weight in characters.items():
            if character not in known:
                raise self._refusal(name, "characters", character, "names of lexicon/characters.csv")
            if type(weight) not in (int, float) or not 0 < weight <= 1:
                raise self._refusal(name, "characters", {character: weight}, "weights above 0, to 1")
        return types.MappingProxyType({character: float(weight) for character, weight in characters.items()})

    def _on(self, name: str, surfaces: object) -> tuple[str, ...]:
        if not isinstance(surfaces, list) or not all(surface in _TURNING for surface in surfaces):
            raise self._refusal(name, "on", surfaces, "some of " + ", ".join(_TURNING))
        return tuple(surfaces)

    def _refusal(self, name: str, key: str, value: object, accepted: str) -> SpecError:
        shown = repr(value)
        shown = shown if len(shown) <= 80 else shown[:79] + "…"
        where = f"{self.path}:{self._line(name, key)}: {name}" + (f".{key}" if key else "")
        return SpecError(f"reading {where} is {shown}; accepted is {accepted}; correct it")

    def _line(self, name: str, key: str) -> int:
        """Number of the line where a material's key stands, or else its head; from 1."""
        head, lines = re.compile(rf"\[\s*{re.escape(name)}\s*\]|{re.escape(name)}\s*="), self.text.splitlines()
        first = next((at for at, line in enumerate(lines) if head.match(line)), 0)
        own = (at for at, line in enumerate(lines) if at > first and key and re.match(rf"{key}\s*=", line))
        return next(own, first) + 1
