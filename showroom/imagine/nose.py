"""Nose: the embedded model. A product's words and notes go in, a sealed SceneSpec comes out.

The lexicon of notes does what it knows; the sentence encoder helps with what it does not. Another
model joins behind the same two methods.
"""

import hashlib
from collections.abc import Sequence

from showroom.errors import InputError
from showroom.imagine.answer import Asked, answer
from showroom.imagine.encoder import MODEL_NAME, MODEL_SHA256, Encoder
from showroom.imagine.lexicon import Lexicon, load_lexicon
from showroom.imagine.liking import Liking
from showroom.imagine.picture import Photo
from showroom.imagine.reading import Reader
from showroom.imagine.taste import Taste
from showroom.text import clean
from showroom.words.product import Product
from showroom.words.scenespec import Model, SceneSpec
from showroom.words.vocabulary import LANGUAGES, STAGES

REVISION = f"1+{MODEL_NAME}@{MODEL_SHA256[:8]}"
_SEEDS = 2**53


class Nose:
    """Imagines products. Not for use from two threads at once."""

    def __init__(self, lexicon: Lexicon, encoder: Encoder):
        self._reader = Reader(lexicon, encoder)

    @staticmethod
    def load() -> "Nose":
        """Loads the lexicon and the encoder (seconds). Raises ModelError, SpecError."""
        return Nose(load_lexicon(), Encoder.load())

    def imagine(
        self,
        product: Product,
        *,
        language: str = "en",
        seed: int | None = None,
        photo: Photo | None = None,
        taste: Taste | None = None,
    ) -> SceneSpec:
        """A sealed spec: the same for the same product, language, seed, photo and taste.

        language : of the reasons given in `why`; the product's words may be in any.
        seed     : 0 to 2⁵³ − 1; by default it follows from the product's words.
        photo    : of the thing itself, which leans palette, hero and cloth.
        taste    : the visitor's, towards which the place leans.
        Raises   : InputError for words that are no text, or an unknown language or seed.
        """
        if language not in LANGUAGES:
            accepted = ", ".join(LANGUAGES)
            raise InputError(f"imagining in the language {language!r}; accepted are {accepted}; choose one")
        if seed is not None and not 0 <= seed < _SEEDS:
            raise InputError(f"imagining with seed {seed}; 0 to {_SEEDS - 1} is accepted; choose another")
        words = [product.said("en"), *(name for stage in STAGES for name in product.notes[stage])]
        for text in filter(None, words):
            clean(text, f"the words of {product.id}")
        clean(" ".join(words), f"the words of {product.id}")
        seed = seed_of(words) if seed is None else seed
        reading = self._reader.read(product)
        asked = Asked(seed, language, photo, taste)
        return answer(reading, Liking.of(reading), product, asked, Model("showroom nose", REVISION))


def seed_of(words: Sequence[str]) -> int:
    """A seed that follows from the words alone: the first 32 bits of their SHA-256."""
    return int.from_bytes(hashlib.sha256("\n".join(words).encode()).digest()[:4], "big")
