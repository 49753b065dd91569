"""Refusal: why a model is not read: what was found, where, and what is accepted instead."""

from collections.abc import Iterable

_LETTERS = 160


class Refusal(Exception):
    """at : JSON pointer (RFC 6901), or the part of the file in words.   found, accepted : in words."""

    def __init__(self, at: str, found: str, accepted: str):
        super().__init__(at, found, accepted)
        self.at, self.found, self.accepted = at, found, accepted

    def line(self, name: str) -> str:
        """The whole of it in one line; name: of the file."""
        said = f"reading the model {name}: {self.at or '/'}: {self.found}; accepted is {self.accepted}; export it anew"
        return " ".join("".join(letter if letter.isprintable() else " " for letter in said).split())


def pointer(*steps: object) -> str:
    """The JSON pointer of a path."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1")[:_LETTERS] for step in steps)


def shown(value: object) -> str:
    """A value from outside, short enough for a line."""
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…"


def listed(names: Iterable[object]) -> str:
    """Some names, not too many."""
    names = [str(name)[:40] for name in names]
    return ", ".join(names[:12]) + (", …" if len(names) > 12 else "") if names else "none"
