"""Telling: which words hang in each state of a visit, and where. At most one sentence at a time.

What is said and shown where one is advised and served is in telling_sale.py, the angles in placing.py.
"""

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from showroom.visit import telling_sale
from showroom.visit.cards import visit_card
from showroom.visit.placing import BELOW, LEFT, LINE, OVER, RIGHT, at, choice, choices, sentence, side
from showroom.visit.signs import Wanted
from showroom.words.sign import CAPTION, Writing

if TYPE_CHECKING:
    from showroom.visit.journey import Journey

BESIDE, APART = (15.0, 13.0), 21.0              # a card, from the plinth it tells of, and from choices
EACH_S, PAUSE_S = 8.0, 2.0                      # a sentence of instruction, and before the next
REST_S, HELLO_S = 0.7, 4.5                      # before the welcome; and in each language
LOOK_S, TOLD_S = 2.5, 12.0                      # first the place alone; then why it is as it is


def wanted(journey: "Journey") -> tuple[Wanted, ...]:
    """What should hang now."""
    return (*_TOLD.get(journey.state.value, _nothing)(journey), *_aside(journey))


def soon(journey: "Journey") -> tuple[Writing, ...]:
    """What may be wanted next, so that it is lettered by then: the ring's cards in the visitor's language."""
    if journey.state.value == "confirm":
        return telling_sale.rings(journey)
    if journey.state.value != "browse":
        return ()
    return tuple(journey.exhibits[one].cards[journey.language] for one in journey.homes)


def _nothing(journey) -> Iterator[Wanted]:
    return iter(())


def _aside(journey) -> Iterator[Wanted]:
    """What is being typed; and what sounds, for who wants to read it."""
    where = OVER if journey.state.value in telling_sale.TOLD else LINE
    if journey.typing is not None:
        line = Writing(CAPTION, journey.typing or journey.says.say("type.hint"), language=journey.language)
        yield Wanted("line", line, at(journey, *where), changes=True)
    elif journey.heard is not None:
        yield Wanted("heard", journey.heard, at(journey, *where), changes=True)


def _greet(journey) -> Iterator[Wanted]:
    """A welcome in each language by turns, and the choice of one; once the head has come to rest."""
    if journey.time_s - journey.since_s < REST_S:
        return
    languages = (journey.language, *(one for one in journey.sayings if one != journey.language))
    turn = int((journey.time_s - journey.since_s) / HELLO_S) % len(languages)
    hello = journey.sayings[languages[turn]]
    yield sentence(journey, hello.say("greet.hello", journey.bare), hello.language)
    across, below = BELOW
    for right, (language, says) in zip(across, journey.sayings.items()):
        yield choice(journey, says.say("language.name"), language, right, below, language)


def _browse(journey) -> Iterator[Wanted]:
    """The card of what is pointed at; else what one can do."""
    if journey.carried in journey.homes:
        yield Wanted("card", journey.exhibits[journey.carried].cards[journey.language], at(journey, *RIGHT))
        yield sentence(journey, journey.says.say("browse.smell"))
        return
    named = [*(["advise"] if journey.counter.advises else ()),
             *(["compare"] if len(journey.tried) > 1 else ()), *(["goodbye"] if journey.tried else ())]
    yield from choices(journey, named)
    if journey.pointing in journey.homes:
        yield _card_beside(journey, journey.pointing, clear_of_choices=bool(named))
    else:
        yield from _lesson(journey)


def _lesson(journey) -> Iterator[Wanted]:
    """How to choose, sentence by sentence, until one has; later only that one may."""
    lessons = ("browse.again",) if journey.tried else ("browse.point", "browse.take", "browse.turn")
    at, within_s = divmod(journey.time_s - journey.since_s, EACH_S + PAUSE_S)
    if within_s < EACH_S and (at < len(lessons) or not journey.tried):
        yield sentence(journey, journey.says.say(lessons[int(at) % len(lessons)], journey.bare))


def _try(journey) -> Iterator[Wanted]:
    """First the place alone; then why it is as it is, what it is, and the way back."""
    passed_s = journey.time_s - journey.since_s
    if passed_s < LOOK_S or not journey.inside:
        return
    exhibit = journey.exhibits[journey.inside]
    yield Wanted("card", exhibit.cards[journey.language], at(journey, *RIGHT))
    yield from choices(journey, [*(["buy"] if journey.counter.sells(journey.inside) else ()), "browse",
                                 *(["compare"] if len(journey.tried) > 1 else ()),
                                 *(["more", "not"] if journey.counter.knows(journey.inside) else ())])
    if journey.stood_s is None:
        return
    told, stood_s = exhibit.told.get(journey.language), journey.time_s - journey.stood_s
    if told and stood_s < TOLD_S:
        yield sentence(journey, told)
    elif stood_s < TOLD_S + EACH_S and len(journey.tried) < 3:
        yield sentence(journey, journey.says.say("try.back"))


def _compare(journey) -> Iterator[Wanted]:
    """Two cards, each of which can be chosen."""
    yield sentence(journey, journey.says.say("compare.which"))
    for aside, product_id in zip((-1, 1), journey.compared):
        right, below = RIGHT
        card = journey.exhibits[product_id].cards[journey.language]
        yield Wanted(f"card {aside}", card, at(journey, aside * right, below), f"try:{product_id}")
    yield choice(journey, journey.says.say("choice.browse"), "browse", BELOW[0][1], BELOW[1])


def _goodbye(journey) -> Iterator[Wanted]:
    """Thanks, and what was tried."""
    yield sentence(journey, journey.says.say("goodbye.thanks"))
    names = tuple(journey.exhibits[one].names[journey.language] for one in journey.tried)
    if names:
        yield Wanted("card", visit_card(names, journey.says), at(journey, *RIGHT))


_TOLD = {"greet": _greet, "browse": _browse, "try": _try, "compare": _compare, "goodbye": _goodbye,
         **telling_sale.TOLD}


def _card_beside(journey, product_id: str, clear_of_choices: bool) -> Wanted:
    """Between its plinth and the next: to the right, or where no choices hang."""
    towards = journey.anchor_here().towards(journey.homes[product_id].position)
    right, below = BESIDE
    right *= side(journey)
    sides = (right, -right, APART * side(journey)) if clear_of_choices else (right,)
    choices_at = journey.anchor.azimuth_rad + math.radians(LEFT[0] * side(journey))

    def from_choices(aside: float) -> float:
        return abs(math.remainder(towards.azimuth_rad + math.radians(aside) - choices_at, math.tau))

    aside = next((aside for aside in sides if from_choices(aside) > math.radians(APART)), sides[-1])
    return Wanted("card", journey.exhibits[product_id].cards[journey.language],
                  towards.at(math.radians(aside), math.radians(below)))
