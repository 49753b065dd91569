"""The shelf: a catalogue as the visit meets it, every product's words ready in every language."""

from collections.abc import Iterable, Mapping

from showroom.catalogue import baked_reasons
from showroom.imagine.lexicon import load_lexicon
from showroom.visit.exhibits import HEIGHT_M, Exhibit, exhibit
from showroom.visit.sayings import Sayings
from showroom.words.product import Product
from showroom.words.scenespec import SceneSpec


class Shelf:
    """Makes exhibits.   sayings : by language.   Reading the lexicon takes a tenth of a second, once."""

    def __init__(self, sayings: Mapping[str, Sayings]):
        self._sayings, self._lexicon = sayings, load_lexicon()

    def of(self, products: Iterable[tuple[Product, SceneSpec | None]]) -> tuple[Exhibit, ...]:
        """An exhibit for each product, with its spec where there is one."""
        return tuple(self._exhibit(product, spec) for product, spec in products)

    def _exhibit(self, product: Product, spec: SceneSpec | None) -> Exhibit:
        why = {language: told[0] for language, told in baked_reasons(product).items() if told}
        height_m, touch = (spec.hero.height_m, spec.touch) if spec else (HEIGHT_M, None)
        return exhibit(product, self._sayings, self._called, why, height_m, touch)

    def _called(self, note: str, language: str) -> str:
        """A note's name in a language; as it was written where the lexicon does not surely know it."""
        found = self._lexicon.resolve(note) if language != "en" else None
        return found.note.called(language) if found and found.sure == 1.0 else note
