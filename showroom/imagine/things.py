"""Things: which of the notes stand by the hero as what they are, the strongest of each stage first."""

import functools
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from showroom import paths
from showroom.errors import SpecError
from showroom.imagine.lexicon import Note
from showroom.imagine.mood import Mood
from showroom.imagine.reading import Scent
from showroom.imagine.staging import blossom_of
from showroom.words.scenespec import Thing
from showroom.words.vocabulary import STAGES, THINGS

_MOST = 6
_SURE = 0.4  # a note less sure than this is no thing one could point at


@dataclass(frozen=True)
class ThingTable:
    """Things by note and by character, and the colours of those that have one of their own."""

    by_note: Mapping[str, str]
    by_character: Mapping[str, str]
    srgb: Mapping[str, str]

    def of(self, note: Note) -> str | None:
        """The thing that stands for a note, or None: its own, else that of the most of what it is made of."""
        if note.name in self.by_note:
            return self.by_note[note.name]
        for character, _ in sorted(note.blend, key=lambda part: (-part[1], part[0].name)):
            if character.name in self.by_character:
                return self.by_character[character.name]
        return None


def things_of(scents: Sequence[Scent], mood: Mood = Mood(0.0, 0.0, 0.0)) -> tuple[Thing, ...]:
    """At most six things, no two alike: the first note of every stage, then the second of each, and so on.

    A note that counts for more than its neighbours in a stage goes before them. mood : of the place, which
    its flowers share.
    """
    table = thing_table()
    found: dict[str, Thing] = {}
    for scent in _by_prominence(scents):
        name = table.of(scent.note)
        if name and name not in found:
            own = table.srgb.get(name) or blossom_of(scent.note.colours[0], mood)
            found[name] = Thing(name, own, scent.stage)
    return tuple(found.values())[:_MOST]


def _by_prominence(scents: Sequence[Scent]) -> Iterator[Scent]:
    sure = [scent for scent in scents if scent.sure >= _SURE and scent.weight > 0]
    stages = {
        stage: sorted((s for s in sure if s.stage == stage), key=lambda s: -s.weight) for stage in STAGES
    }
    for rank in range(max(map(len, stages.values()))):
        for stage in STAGES:
            yield from stages[stage][rank : rank + 1]


@functools.cache
def thing_table() -> ThingTable:
    """What `assets/things.toml` says. Raises SpecError naming the key that is wrong."""
    path = paths.ASSETS / "things.toml"
    try:
        plain = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise SpecError(f"reading {path}: {error}; a TOML table is needed; restore the file") from None
    by_note: dict[str, str] = {}
    by_character: dict[str, str] = {}
    colours: dict[str, str] = {}
    for name, entry in plain.items():
        if name not in THINGS or not set(entry) <= {"notes", "characters", "srgb"}:
            raise SpecError(
                f"reading {path}: {name} has {sorted(entry)}; accepted are the vocabulary's THINGS with "
                "notes, characters and srgb; correct this key"
            )
        by_note.update(dict.fromkeys(entry.get("notes", ()), name))
        by_character.update(dict.fromkeys(entry.get("characters", ()), name))
        if "srgb" in entry:
            colours[name] = entry["srgb"]
    return ThingTable(by_note, by_character, colours)
