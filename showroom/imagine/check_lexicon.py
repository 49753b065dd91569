"""What is wrong with the tables of notes: every fault at once, with its file, line and column.

`scripts/check_lexicon` prints them for the perfumer who edits the tables; reading the lexicon itself
stops at the first.
"""

import argparse
import difflib
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from showroom import paths
from showroom.errors import SpecError
from showroom.imagine.lexicon import plain, read_words
from showroom.imagine.note_tables import (
    FAMILIES, NAME_LANGUAGES, Character, Note, character_of, note_of, read_rows,
)

_COLUMN_OF = {"en": "name or aliases", "zh": "zh", "it": "it", "de": "de"}


def faults(folder: Path) -> Iterator[str]:
    """One line for each fault: file:line, column, what is there, what is accepted."""
    characters: dict[str, Character] = {}
    for where, character in _read(folder / "characters.csv", character_of):
        if isinstance(character, str):
            yield character
        elif character.name in characters:
            again = "a name of its own is accepted; rename it"
            yield f"reading {where}: name is {character.name!r} again; {again}"
        else:
            characters[character.name] = character
    called: dict[tuple[str, str], str] = {}
    for where, note in _read(folder / "notes.csv", lambda row: note_of(row, characters)):
        if isinstance(note, str):
            yield note
        else:
            yield from _name_faults(where, note, called)
    yield from _word_faults(folder / "qualifiers.toml")


def _read(path: Path, make) -> Iterator[tuple[str, Character | Note | str]]:
    """("file:line", what the row makes or else its fault) of each row; a table cut short is a fault."""
    rows = read_rows(path)
    while True:
        try:
            row = next(rows, None)
        except SpecError as error:
            yield str(path), str(error)
            return
        if row is None:
            return
        try:
            yield row[0], make(row)
        except SpecError as error:
            yield row[0], str(error)


def _name_faults(where: str, note: Note, called: dict[tuple[str, str], str]) -> Iterator[str]:
    """Languages without a name, and names that another note bears; adds the note's own to `called`."""
    for language in NAME_LANGUAGES:
        column = _COLUMN_OF[language]
        if not note.names[language]:
            yield f"reading {where}: {column} is empty; a name in every language is accepted; write one"
        for name in note.names[language]:
            other = called.setdefault((language, plain(name)), where)
            if other != where:
                line = other.rpartition(":")[2]
                accepted = "a name of one note is accepted; drop one"
                yield f"reading {where}: {column} has {name!r}, as line {line} has; {accepted}"


def _word_faults(path: Path) -> Iterator[str]:
    try:
        words = read_words(path)
    except SpecError as error:
        yield str(error)
        return
    for family, part in words["parts"].items():
        for name in (family, *part.get("of", ()), *part.get("stays", ())):
            if name not in FAMILIES:
                near = difflib.get_close_matches(name, FAMILIES, n=1, cutoff=0.0)[0]
                yield f'reading {path}: [parts."{family}"] has {name!r}; unknown; did you mean {near}?'


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints every fault, or how much the tables hold; the exit code."""
    parser = argparse.ArgumentParser(prog="check_lexicon", description="what is wrong with the tables")
    default = paths.ASSETS / "lexicon"
    parser.add_argument("folder", type=Path, nargs="?", default=default, help="where the tables are")
    folder = parser.parse_args(arguments).folder
    found = list(faults(folder))
    for line in found:
        print(line)
    if found:
        print(f"{len(found)} {'fault' if len(found) == 1 else 'faults'}", file=sys.stderr)
        return 1
    counts = {name: sum(1 for _ in read_rows(folder / f"{name}.csv")) for name in ("notes", "characters")}
    print(f"{counts['notes']} notes of {counts['characters']} characters: no fault")
    return 0


if __name__ == "__main__":
    sys.exit(main())
