"""What the showroom says, in each of its languages: read from `assets/sayings/<language>.toml`.

Every language has the same keys, so that no visitor meets a sentence that is not there.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from showroom import paths
from showroom.errors import InputError
from showroom.words.vocabulary import LANGUAGES

BARE = "_bare"  # ends the key of a sentence for hands that hold nothing


@dataclass(frozen=True)
class Sayings:
    """The sentences of one language, by "table.key"."""

    language: str
    sentences: Mapping[str, str]

    def say(self, key: str, bare: bool = False, **filled: str) -> str:
        """One sentence.

        bare   : to somebody without controllers, where there is a sentence of its own for that.
        filled : for its {gaps}.
        """
        sentence = self.sentences.get(key + BARE) if bare else None
        return (sentence or self.sentences[key]).format(**filled)

    def listed(self, names: tuple[str, ...]) -> str:
        """Several names as one would write them down: with commas alone."""
        return self.say("card.comma").join(names)


def load_sayings(folder: Path | None = None) -> dict[str, Sayings]:
    """All languages (of the house by default).

    Raises InputError naming file and key if one cannot be read, or lacks what another has.
    """
    folder = folder or paths.ASSETS / "sayings"
    read = {language: Sayings(language, _sentences(folder / f"{language}.toml")) for language in LANGUAGES}
    keys = {key for sayings in read.values() for key in sayings.sentences}
    for language, sayings in read.items():
        for key in sorted(keys - sayings.sentences.keys()):
            raise InputError(f"reading {folder / language}.toml: {key} is missing; what another language "
                             "says is accepted; write that sentence")
    return read


def _sentences(path: Path) -> dict[str, str]:
    try:
        tables = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"reading {path}: {error}; tables of sentences in TOML are accepted; "
                         "correct it") from None
    sentences = {}
    for name, table in tables.items():
        for key, sentence in table.items() if isinstance(table, dict) else ((name, table),):
            if not isinstance(table, dict) or not isinstance(sentence, str) or not sentence:
                raise InputError(f"reading {path}: {name}.{key} = {sentence!r}; a sentence in quotes is "
                                 "accepted; correct it")
            sentences[f"{name}.{key}"] = sentence
    return sentences
