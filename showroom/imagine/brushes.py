"""Brushes: who paints a surface. The learned painter where it is wanted and there, the recipes anywhere.

Importing this loads neither torch nor a model: what lies in the cache is found by a brush's name alone.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from showroom.errors import ModelError
from showroom.imagine.painter_store import Card, card, shared_model
from showroom.imagine.revision import LEARNING, PAINTING, revision_of
from showroom.imagine.sorts import kind_of
from showroom.words.request import AUTO, LEARNED
from showroom.words.result import Remark
from showroom.words.scenespec import Surface

_MOST_LETTERS = 1000  # of what is told; a longer line would not come through


@dataclass(frozen=True)
class Brush:
    """Who paints. name: for the cache, all that decides the pictures beside spec and size."""

    name: str
    paint: Callable  # as paint.paint; raises ModelError, too


def brushes(painter: str, surface: Surface) -> Iterator[Brush | Remark]:
    """Who may paint a surface, the one that is asked first; a Remark before one that has to step in.

    painter : as a request has it, one of words.request.PAINTERS.
    """
    if painter in (AUTO, LEARNED) and (painter == LEARNED or _is_between(surface)):
        try:
            learned = card()
            if _knows(learned, surface) and (painter == LEARNED or kind_of(surface) in learned.preferred):
                yield Brush(_name_of(learned), _by_learning)
        except ModelError as error:
            yield instead(error)
    yield Brush(revision_of(PAINTING), _by_recipe)


def learned_name() -> str:
    """The name of the learned painter's brush, "" if there is no painter."""
    try:
        return _name_of(card())
    except ModelError:
        return ""


def _name_of(learned: Card) -> str:
    return f"{revision_of(LEARNING)}+{learned.digest}"


def instead(error: ModelError) -> Remark:
    """What staff are told of a painter that cannot paint, in one line of bounded length."""
    return Remark(f"{' '.join(str(error).split())[:_MOST_LETTERS]}; recipes paint until then")


def _is_between(surface: Surface) -> bool:
    return bool(surface.also or surface.likeness)


def _knows(learned: Card, surface: Surface) -> bool:
    return {surface.painter, surface.also or surface.painter} <= set(learned.materials)


def _by_recipe(*asked):
    from showroom.imagine.paint import paint

    return paint(*asked)


def _by_learning(spec, surface: str, size_px: int, between: Callable[[], None]):
    model = shared_model(between)  # first: what it waits for, everything below would
    from showroom.imagine.learned_surface import paint_learned

    return paint_learned(model, spec, surface, size_px, between)
