"""Why: what brought the place that one sees, in the visitor's language."""

from collections.abc import Iterator

from showroom.imagine.places import place_table
from showroom.imagine.reading import Reading
from showroom.words.product import Product
from showroom.words.scenespec import SceneSpec, Why
from showroom.words.vocabulary import PLACES

_MOST_WHY = 12
_KNOWN = 0.75  # sureness above which a note is called by its own name


def reasons(spec: SceneSpec, reading: Reading, product: Product, language: str) -> tuple[Why, ...]:
    """What each of the weightiest notes brings to a finished spec, in the order they were read."""
    return tuple(_reasons(spec, reading, product, language))


def _reasons(spec: SceneSpec, reading: Reading, product: Product, language: str) -> Iterator[Why]:
    scents = reading.scents
    strong = sorted(range(len(scents)), key=lambda at: (-scents[at].weight, at))[:_MOST_WHY]
    named = set()
    for scent in (scents[at] for at in sorted(strong)):
        name = scent.note.called(language) if scent.sure >= _KNOWN else _one_line(scent.said)
        if (name, scent.layer) not in named:  # an unknown word may stand for several notes
            named.add((name, scent.layer))
            yield Why(name, scent.layer, scent.note.main.brings[language])
    if not scents:
        name = spec.main_place(PLACES) or ""
        yield Why(_one_line(product.said("en")), "text", place_table(name).names[language])


def _one_line(said: str) -> str:
    printable = "".join(c if c.isprintable() else " " for c in said)
    return " ".join(printable.split())[:80]
