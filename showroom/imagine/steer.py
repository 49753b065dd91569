"""Steering: a few of the visitor's words move a finished spec: "warmer, at night, no flowers".

`assets/steering.toml` holds the words for each step and what the shop says it did; `moves.py` does it.
Steps apply in the order they are said, so the later one wins where two contradict each other.
"""

import functools
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace

from showroom import paths
from showroom.errors import InputError
from showroom.imagine.lexicon import plain
from showroom.imagine.moves import MOVES
from showroom.imagine.shown import still_true
from showroom.text import clean
from showroom.words.scenespec import SceneSpec, Why
from showroom.words.vocabulary import LANGUAGES

MOST_STEPS = 20
_BREAKS = re.compile(r"[,;.!、，；。！\n]|\b(?:and|then|but|e|poi|ma)\b|和|而且|并且")
_SHOWN = 8  # known words that a refusal lists
_MOST_WHY = 64  # as the schema has it


@dataclass(frozen=True)
class Step:
    """One thing said. name: a key of MOVES. said: the visitor's words. says: what it did, in their tongue."""

    name: str
    said: str
    says: str


def adjust(spec: SceneSpec, text: str) -> SceneSpec:
    """The spec moved by each word of the text in turn, sealed; `why` begins with what was said.

    Reasons that are no longer true of the place are no longer told.

    text   : words between commas, in English, Chinese or Italian; `assets/steering.toml` lists them.
    Raises : InputError naming the first word that is not known, and some that are.
    """
    said, was = steps(text), spec
    for step in said:
        spec = MOVES[step.name](spec)
    reasons = tuple(Why(step.said, "text", step.says) for step in said)
    kept = tuple(why for why in spec.why if still_true(spec, why, was))
    return replace(spec, why=(reasons + kept)[:_MOST_WHY]).sealed()


def steps(text: str) -> tuple[Step, ...]:
    """What a text asks for, in its order. Raises InputError as `adjust` does."""
    said = [words for part in _BREAKS.split(clean(text, "the adjustment")) if (words := plain(part))]
    if not 0 < len(said) <= MOST_STEPS:
        accepted = f"1 to {MOST_STEPS} between commas are accepted"
        raise InputError(f"adjusting by {len(said)} words; {accepted}; shorten it")
    known = _known()
    for words in said:
        if words not in known:
            firsts = [table["words"]["en"].split("|")[0] for table in steering().values()]
            some = ", ".join(firsts[:: len(firsts) // _SHOWN][:_SHOWN])
            raise InputError(f"adjusting by {words[:40]!r}: unknown; words such as {some} are accepted; "
                             "assets/steering.toml lists all")
    return tuple(Step(known[words][0], words, known[words][1]) for words in said)


@functools.cache
def steering() -> Mapping[str, dict]:
    """The table of words: step → {"words": by language, "says": by language}."""
    return tomllib.loads((paths.ASSETS / "steering.toml").read_text("utf-8"))


@functools.cache
def _known() -> dict[str, tuple[str, str]]:
    """Words → (step, what it says in their language), those said most first."""
    return {
        plain(words): (name, table["says"][language])
        for language in LANGUAGES
        for name, table in steering().items()
        for words in table["words"][language].split("|")
    }
