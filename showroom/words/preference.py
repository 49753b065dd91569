"""Preference: what a visitor has let us know they like. Small, explicit, theirs to change, gone at reset.

Nothing in it is a visitor's own words, name or picture: names of the vocabulary, ids of the catalogue
and a few numbers. Every method gives a new preference; none changes one.
"""

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass

from showroom.errors import TasteError
from showroom.words.vocabulary import ACCORDS, PLACES, SEASONS

HOURS = ("dawn", "noon", "dusk", "night")
TEXTURES = ("silk", "wool", "bark", "stone")
CHOICES = {"place": PLACES, "hour": HOURS, "texture": TEXTURES, "season": SEASONS}  # what each answer may be
MOST_ACCORDS, MOST_COLOURS, MOST_PRODUCTS = 12, 5, 64
MOST_CENTS = 100_000_000
_MOST_S = 3600.0
_SRGB = re.compile("#[0-9a-f]{6}")
_ID_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")
_LONGEST_ID = 64

Weighed = tuple[tuple[str, float], ...]  # (name, amount), the greatest first


@dataclass(frozen=True)
class Entry:
    """One thing that is known, as it is shown and taken back. name: of the vocabulary, or a product's id."""

    kind: str
    name: str


@dataclass(frozen=True)
class Preference:
    """place, hour, texture, season : answers, each one of CHOICES or "" for none.

    likes, dislikes : accords, 0 to 1.     colours : sRGB, "#rrggbb".
    most_cents      : what it may cost, 0 for whatever.
    more, refused   : products of which more was asked for, or which were not wanted; never one in both.
    dwelt_s, grabs  : seconds inside a product's place, and how often it was taken in hand.
    passed          : questions that were passed over.
    """

    place: str = ""
    hour: str = ""
    texture: str = ""
    season: str = ""
    likes: Weighed = ()
    dislikes: Weighed = ()
    colours: tuple[str, ...] = ()
    most_cents: int = 0
    more: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    dwelt_s: Weighed = ()
    grabs: Weighed = ()
    passed: tuple[str, ...] = ()

    def answered(self, question: str, choice: str) -> "Preference":
        """With an answer; "" takes it back, and the question may be asked again.

        Raises TasteError for an unknown question or choice.
        """
        _among("the question", question, tuple(CHOICES))
        if choice:
            _among(question, choice, CHOICES[question])
        passed = tuple(name for name in self.passed if name != question)
        return dataclasses.replace(self, **{question: choice}, passed=passed)

    def passing(self, question: str) -> "Preference":
        """A question passed over: it is not asked again."""
        _among("the question", question, tuple(CHOICES))
        return dataclasses.replace(self, passed=(*(one for one in self.passed if one != question), question))

    def liking(self, likes: Mapping[str, float], dislikes: Mapping[str, float] | None = None) -> "Preference":
        """With accords that were asked for, or asked away; of one named in both the dislike counts.

        Raises TasteError for an unknown accord or an amount outside 0 to 1.
        """
        away = {**dict(self.dislikes), **(dislikes or {})}
        to = {**dict(self.likes), **likes}
        for name in likes:
            if name not in (dislikes or {}):
                away.pop(name, None)
        kept = {name: amount for name, amount in to.items() if name not in away}
        return dataclasses.replace(self, likes=_accords("likes", kept), dislikes=_accords("dislikes", away))

    def costing(self, most_cents: int) -> "Preference":
        """With the most that it may cost; 0 for whatever. Raises TasteError outside 0 to MOST_CENTS."""
        if type(most_cents) is not int or not 0 <= most_cents <= MOST_CENTS:
            raise _refusal("most_cents", most_cents, f"a whole number of cents from 0 to {MOST_CENTS:,}")
        return dataclasses.replace(self, most_cents=most_cents)

    def more_like(self, product_id: str) -> "Preference":
        """More like this product; it is not refused any more."""
        refused = tuple(one for one in self.refused if one != product_id)
        return dataclasses.replace(self, more=_ids("more", (*_but(self.more, product_id), product_id)),
                                   refused=refused)

    def not_this(self, product_id: str) -> "Preference":
        """Not this product: it is not offered again."""
        more = _but(self.more, product_id)
        refused = _ids("refused", (*_but(self.refused, product_id), product_id))
        return dataclasses.replace(self, refused=refused, more=more)

    def dwelling(self, product_id: str, seconds: float) -> "Preference":
        """So many more seconds inside a product's place."""
        stayed = _counted("dwelt_s", self.dwelt_s, product_id, seconds, _MOST_S)
        return dataclasses.replace(self, dwelt_s=stayed)

    def grabbing(self, product_id: str) -> "Preference":
        """A product taken in hand once more."""
        return dataclasses.replace(self, grabs=_counted("grabs", self.grabs, product_id, 1.0, _MOST_S))

    @property
    def leans(self) -> bool:
        """Whether a place can lean towards anything in it."""
        return bool(self.place or self.hour or self.texture or self.colours or self.likes or self.dislikes)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Everything that is known, in the order in which it is shown; nothing else is."""
        answers = (Entry(name, getattr(self, name)) for name in CHOICES if getattr(self, name))
        listed = (Entry(kind, item if isinstance(item, str) else item[0])
                  for kind in ("likes", "dislikes", "colours", "more", "refused", "dwelt_s", "grabs")
                  for item in getattr(self, kind))
        price = (Entry("most_cents", str(self.most_cents)),) if self.most_cents else ()
        return (*answers, *price, *listed)

    def without(self, entry: Entry) -> "Preference":
        """The same without one thing that was known; unchanged if it was not."""
        if entry.kind in CHOICES:
            return self.answered(entry.kind, "") if getattr(self, entry.kind) == entry.name else self
        if entry.kind == "most_cents":
            return dataclasses.replace(self, most_cents=0)
        kept = tuple(item for item in getattr(self, entry.kind)
                     if (item if isinstance(item, str) else item[0]) != entry.name)
        return dataclasses.replace(self, **{entry.kind: kept})

    def to_plain(self) -> dict:
        """Dicts, lists, strings and numbers only; `from_plain` of it equals `self`."""
        plain = dataclasses.asdict(self)
        for key in ("likes", "dislikes", "dwelt_s", "grabs"):
            plain[key] = dict(plain[key])
        return {key: list(value) if isinstance(value, tuple) else value for key, value in plain.items()}

    @staticmethod
    def from_plain(plain: object) -> "Preference":
        """Checks and builds; every key may be left out. Raises TasteError naming the key."""
        keys = tuple(field.name for field in dataclasses.fields(Preference))
        if not isinstance(plain, dict) or not set(plain) <= set(keys):
            shown = sorted(map(str, set(plain) - set(keys))) if isinstance(plain, dict) else plain
            raise _refusal("the whole", shown, "a table of " + ", ".join(keys))
        found = Preference()
        for question in CHOICES:
            if plain.get(question, "") != "":
                found = found.answered(question, plain[question])
        for key in ("likes", "dislikes", "dwelt_s", "grabs"):
            if not isinstance(plain.get(key, {}), dict):
                raise _refusal(key, plain[key], "a table of names and amounts")
        passed = _listed("passed", plain.get("passed", []))
        for question in passed:
            _among("passed", question, tuple(CHOICES))
        more, refused = (_ids(key, _listed(key, plain.get(key, []))) for key in ("more", "refused"))
        if both := set(more) & set(refused):
            raise _refusal("more", sorted(both)[0], "a product that is not refused as well")
        found = found.costing(plain.get("most_cents", 0))
        found = found.liking(plain.get("likes", {}), plain.get("dislikes", {}))
        colours = _listed("colours", plain.get("colours", []))
        for colour in colours:
            if not _SRGB.fullmatch(colour):
                raise _refusal("colours", colour, "a colour such as #a1b2c3")
        return dataclasses.replace(
            found, colours=colours[:MOST_COLOURS], more=more, refused=refused, passed=passed,
            dwelt_s=_amounts("dwelt_s", plain.get("dwelt_s", {}), _MOST_S),
            grabs=_amounts("grabs", plain.get("grabs", {}), _MOST_S))


def _among(key: str, value: object, names: tuple[str, ...]) -> None:
    if value not in names:
        raise _refusal(key, value, "one of " + ", ".join(names))


def _but(items: tuple[str, ...], one: str) -> tuple[str, ...]:
    return tuple(item for item in items if item != one)


def _listed(key: str, items: object) -> tuple[str, ...]:
    if not isinstance(items, (list, tuple)) or not all(isinstance(item, str) for item in items):
        raise _refusal(key, items, "a list of names")
    return tuple(dict.fromkeys(items))


def _ids(key: str, items: tuple[str, ...]) -> tuple[str, ...]:
    for item in items:
        if not 0 < len(item) <= _LONGEST_ID or not set(item) <= _ID_LETTERS:
            raise _refusal(key, item, "a product's id of a-z, 0-9 and -")
    return items[-MOST_PRODUCTS:]


def _accords(key: str, amounts: Mapping[str, float]) -> Weighed:
    for name in amounts:
        _among(key, name, ACCORDS)
    return _amounts(key, amounts, 1.0)[:MOST_ACCORDS]


def _counted(key: str, so_far: Weighed, product_id: str, more: float, most: float) -> Weighed:
    _ids(key, (product_id,))
    _amount(key, more, most)
    amounts = dict(so_far)
    amounts[product_id] = min(amounts.get(product_id, 0.0) + more, most)
    return _amounts(key, amounts, most)[:MOST_PRODUCTS]


def _amounts(key: str, amounts: Mapping[str, float], most: float) -> Weighed:
    rounded = {name: round(_amount(key, amount, most), 3) for name, amount in amounts.items()}
    kept = ((name, amount) for name, amount in rounded.items() if amount > 0)
    return tuple(sorted(kept, key=lambda item: (-item[1], item[0])))


def _amount(key: str, value: object, most: float) -> float:
    if type(value) not in (int, float) or not 0 <= value <= most:  # NaN is neither
        raise _refusal(key, value, f"a number from 0 to {most:g}")
    return float(value)


def _refusal(key: str, value: object, accepted: str) -> TasteError:
    shown = repr(value)
    shown = shown if len(shown) <= 80 else shown[:77] + "…"
    return TasteError(f"reading a preference: {key} is {shown}; accepted is {accepted}; correct it")
