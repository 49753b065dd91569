"""Taste: at most three questions, and what is seen of a visit: where one stays, what one takes in hand."""

from collections.abc import Callable
from dataclasses import dataclass

from showroom.visit.advice import QUESTIONS, house_advice
from showroom.visit.reasons import called
from showroom.visit.recommend import Advice
from showroom.words.look import Look
from showroom.words.preference import Entry, Preference

_ANSWERED_BY = 0.4   # how well a product fits an answer that may be pointed at
_FEWEST = 2          # answers that make a question
_LONGEST_STEP_S = 1.0  # between two looks; a longer gap was no staying
_NOTED_S = 2.0       # inside a place, what was stayed is noted this often


@dataclass(frozen=True)
class Question:
    """key: one of `advice.QUESTIONS`. choices: the answers to point at, of `preference.CHOICES[key]`."""

    key: str
    choices: tuple[str, ...]


def next_question(preference: Preference, advice: Advice, look: Look | None = None) -> Question | None:
    """The next question that is worth asking, or None.

    Not asked is what was answered or passed over, what no product answers, and what would change no offer.
    """
    for key in QUESTIONS:
        if getattr(preference, key) or key in preference.passed:
            continue
        choices = tuple(choice for choice in advice.table.ask[key]
                        if advice.fits(preference, key, choice) >= _ANSWERED_BY)
        led_to = {advice.offered(preference.answered(key, choice), look) for choice in choices}
        if len(choices) >= _FEWEST and len(led_to) > 1:
            return Question(key, choices)
    return None


def ask_text(key: str, language: str) -> str:
    """A question, asked."""
    return house_advice().say("question", key, language)


def choice_text(key: str, choice: str, language: str) -> str:
    """An answer, as it is pointed at."""
    name = house_advice().say(key, choice, language)
    return name[:1].upper() + name[1:]


def entry_text(entry: Entry, language: str, name_of: Callable[[str, str], str]) -> str:
    """One thing that is known, as the visitor reads it. name_of: a product's id and a language → its name."""
    table, kind = house_advice(), entry.kind
    if kind == "most_cents":
        whole, cents = divmod(int(entry.name), 100)
        name = f"{whole}.{cents:02d}" if cents else str(whole)
    elif kind == "colours":
        name = table.say("colour", called(entry.name), language)
    elif kind in ("likes", "dislikes"):
        name = table.say("accord", entry.name, language)
    elif kind in ("more", "refused", "dwelt_s", "grabs"):
        name = name_of(entry.name, language)
    else:
        name = table.say(kind, entry.name, language)
    return table.say("known", kind, language, name=name)


class Watching:
    """Sees one visit: how long one stays inside each place, and what is taken in hand."""

    def __init__(self):
        self._inside, self._stayed_s, self._time_s = "", 0.0, None
        self._held: frozenset[str] = frozenset()

    def step(self, preference: Preference, inside: str, held: tuple[str, ...], time_s: float) -> Preference:
        """What is known after this frame. inside: whose place one is in, "" for none. held: in hands."""
        passed_s = 0.0 if self._time_s is None else min(max(time_s - self._time_s, 0.0), _LONGEST_STEP_S)
        self._time_s = time_s
        if self._inside:
            self._stayed_s += passed_s
            if inside != self._inside or self._stayed_s >= _NOTED_S:
                preference = preference.dwelling(self._inside, self._stayed_s)
                self._stayed_s = 0.0
        self._inside = inside
        for product_id in sorted(set(held) - self._held):
            preference = preference.grabbing(product_id)
        self._held = frozenset(held)
        return preference
