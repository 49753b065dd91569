"""Nose: the embedded model. A product's words and notes go in, a sealed SceneSpec comes out.

The lexicon of notes says what was named; the sentence encoder helps with what it does not know; the
learned model says what people would make of it.
"""

import hashlib
from collections.abc import Sequence

from showroom.errors import InputError
from showroom.imagine.answer import Asked, answer
from showroom.imagine.encoder import MODEL_NAME, MODEL_SHA256, Encoder
from showroom.imagine.lexicon import Lexicon, load_lexicon
from showroom.imagine.learned import Learned
from showroom.imagine.model_store import lexicon_digest, model_digest
from showroom.imagine.picture import Photo
from showroom.imagine.reading import Reader
from showroom.imagine.taste import Taste
from showroom.text import clean
from showroom.words.product import Product
from showroom.words.scenespec import Model, SceneSpec
from showroom.words.vocabulary import LANGUAGES, STAGES

_SEEDS = 2**53


class Nose:
    """Imagines products. Not for use from two threads at once."""

    def __init__(self, lexicon: Lexicon, encoder: Encoder, learned: Learned):
        encoder.remember(*learned.vectors)
        self._reader = Reader(lexicon, encoder)
        self._learned = learned
        self._model = Model("showroom nose", revision())

    @staticmethod
    def load() -> "Nose":
        """Loads the lexicon, the encoder and the model (seconds). Raises ModelError, SpecError."""
        lexicon = load_lexicon()
        return Nose(lexicon, Encoder.load(), Learned.load(lexicon))

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
        photo    : of the thing itself, which leans palette, hero and cloth; of its material, which the cloth becomes.
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
        asked = Asked(seed, language, photo, taste, self._learned.stuff(photo, product.kind))
        liking = self._learned.liking(reading, photo, smells=product.kind == "perfume")
        return answer(reading, liking, product, asked, self._model)


def revision() -> str:
    """What answers: the encoder's weights, the lexicon's tables and the model's weights, by their digests.

    Loads none of them. Raises ModelError if the model does not say what it must be.
    """
    return f"2+{MODEL_NAME}@{MODEL_SHA256[:8]}+lexicon@{lexicon_digest()[:8]}+model@{model_digest()[:8]}"


def seed_of(words: Sequence[str]) -> int:
    """A seed that follows from the words alone: the first 32 bits of their SHA-256."""
    return int.from_bytes(hashlib.sha256("\n".join(words).encode()).digest()[:4], "big")
