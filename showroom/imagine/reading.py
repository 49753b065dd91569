"""Reading: which notes a product's words name, and how sure of them we are.

Lists of notes are resolved one by one; running text is searched by longest match in English and in
the language it is written in. What the lexicon does not know goes to the sentence encoder: an
unknown note to the notes nearest in meaning, a whole text to the places it is most like. Text is
only ever compared; nothing in it can act.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from showroom.imagine.encoder import Encoder
from showroom.imagine.lexicon import NAME_LANGUAGES, Found, Lexicon, Note
from showroom.imagine.places import place_table
from showroom.text import is_chinese
from showroom.words.product import Product
from showroom.words.vocabulary import PLACES, STAGES

TEXT = "text"
_MOST_LISTED_WORDS = 5  # a longer item between commas is a phrase, not a note's name
_MOST_LISTED_CHARACTERS = 8  # of Chinese, with none of what makes a sentence
_CHINESE_SENTENCE = re.compile("[如像着了在你我它是闻。]|里的|中的|以及|随后|还有")
_DESCRIPTION_WEIGHT = 0.3  # what a description says, beside the notes that the perfumer names
_REPEATED = 0.3
_MOST_LISTED = 100  # a longer list is searched as running text: unknown items cost the encoder time
_NAMED = 0.75  # sureness below which a note is guessed from what words mean
_BLOSSOMS, _CITRUS_BLOSSOM = ("blossom", "blossoms", "fiore", "fiori", "花朵", "花"), "orange blossom"
_TELLING = 4.0  # notes' worth of evidence from which a text is told by the notes it names
_NEAREST_NOTES = 3
_LEAST_LIKENESS = 0.36  # below, an unknown word is not like any note
_LIKENESS_TEMPERATURE = 0.05
_STEP = 0.01  # likenesses are rounded to this, so that machines agree on what follows from them
_PIECE_CHARACTERS, _MOST_PIECES = 400, 24

# The full-width , ; ! ? of Chinese text stand as escapes: they look like the plain ones.
_BREAKS = re.compile(
    r"\s*(?:[,;、\uff0c\uff1b\n•·|+/&]|\s-\s|\b(?:and|e|und)\b|和|与)\s*", re.IGNORECASE
)
_DENIED = re.compile(r"(?:no|not|without|senza|non|ohne|kein|keine)\s|不含|没有|无", re.IGNORECASE)
_COMMON_WORDS = {
    "it": "il lo la gli le un una di del della dello dei delle che con per nel nella sul sulla è e non più "
    "come si da dal dalla quando ancora chi odora profuma sa al allo alla sulla sullo",
    "de": "der die das und ein eine einen mit auf im von zu ist nicht dem den des wie noch über unter",
    "en": "the a an of and with in on at to is it that from by for as when after before under over into "
    "smells",
}
# common words that are part of notes' names
_IN_NAMES = frozenset("of from di del della dei de da with con mit la".split())
_COMMON = {language: frozenset(words.split()) for language, words in _COMMON_WORDS.items()}


@dataclass(frozen=True)
class Scent:
    """A note that was read.

    said   : in the product's words.        layer : top, heart, base or text, where it was said.
    stage  : the stage one smells it in.     weight : how much it counts.   sure : 0 to 1.
    """

    note: Note
    said: str
    layer: str
    stage: str
    weight: float
    sure: float


@dataclass(frozen=True)
class Reading:
    """scents, and what the sentence encoder says the whole is like: place → share, summing to 1.

    like_weight : how much that likeness counts beside the scents.   understood : 0 to 1.
    told        : whether the scents were found in running text.
    meaning     : (width,) sentence vector of an English text, if one was needed.
    """

    scents: tuple[Scent, ...]
    like: dict[str, float] = field(default_factory=dict)
    like_weight: float = 0.0
    understood: float = 0.0
    told: bool = False
    meaning: np.ndarray | None = field(default=None, compare=False, repr=False)


class Reader:
    """Reads products with one lexicon and one encoder; keeps the vectors it compares with."""

    def __init__(self, lexicon: Lexicon, encoder: Encoder):
        self._lexicon = lexicon
        self._encoder = encoder
        self._note_vectors: np.ndarray | None = None
        self._place_vectors: np.ndarray | None = None

    def read(self, product: Product) -> Reading:
        """Everything the product says: its notes first, then its description.

        Into what is no perfume nothing is smelled: only notes that its words really name.
        """
        reading = self._read(product)
        if product.kind == "perfume":
            return reading
        return replace(reading, scents=tuple(scent for scent in reading.scents if scent.sure >= _NAMED))

    def _read(self, product: Product) -> Reading:
        named = [(name, stage) for stage in STAGES for name in product.notes[stage]]
        text = product.said("en")
        if not named:
            listed = listed_notes(text)
            if product.kind != "perfume" and len(listed) < 2:  # "silk scarf with magnolias" is no note
                return self._read_text(text, NAME_LANGUAGES)
            return self._read_list([(name, TEXT) for name in listed]) if listed else self._read_text(text)
        notes = self._read_list(named)
        said = {scent.note.name for scent in notes.scents}
        told = self._scents_of(text, _DESCRIPTION_WEIGHT)
        described = tuple(scent for scent in told if scent.note.name not in said)
        return Reading(notes.scents + described, notes.like, notes.like_weight, notes.understood)

    def _read_list(self, named: Sequence[tuple[str, str]]) -> Reading:
        scents: list[Scent] = []
        sure: list[float] = []
        resolved = [self._lexicon.resolve(name) for name, _ in named]
        unknown = list(dict.fromkeys(name for (name, _), found in zip(named, resolved) if not found))
        near_by_name = dict(zip(unknown, self._nearest(unknown)))
        for (name, layer), found in zip(named, resolved):
            near = [(found, 1.0)] if found else near_by_name[name]
            sure.append(max((item.sure for item, _ in near), default=0.0))
            for item, share in near:
                stage = layer if layer in STAGES else item.note.layer
                weight = share if found else share * item.sure
                scents.append(Scent(item.note, name, layer, stage, weight, item.sure))
        known = sum(sure) / len(sure)
        understood = known * _saturated(sum(sure), 0.45)
        if scents:
            return Reading(tuple(scents), understood=understood)
        like, best, meaning = self._likeness(", ".join(name for name, _ in named))
        return Reading((), like, 1.0, 0.3 * best, told=True, meaning=meaning)

    def _read_text(self, text: str, languages: tuple[str, ...] = ()) -> Reading:
        scents = tuple(self._scents_of(text, 1.0, languages))
        evidence = sum(min(scent.weight, 1.0) for scent in scents)
        language = language_of(text)
        spoken = language == "en" and evidence < _TELLING
        like, best, meaning = self._likeness(text if spoken else _gloss(scents) or text)
        if not scents:
            scents = tuple(
                Scent(item.note, item.said, TEXT, item.note.layer, 0.5 * share * item.sure, item.sure)
                for item, share in self._nearest([text])[0]
            )
        understood = max(0.9 * _saturated(evidence, 0.6), 0.5 * best * (language == "en"))
        return Reading(scents, like, 1.2 / (1 + 0.5 * evidence), understood, told=True, meaning=meaning)

    def _scents_of(self, text: str, weight: float, languages: tuple[str, ...] = ()) -> Iterator[Scent]:
        """One scent for each note named in the text, in its order.

        languages: to look in besides the text's own; English by default.
        """
        languages = tuple(dict.fromkeys((language_of(text), *(languages or ("en",)))))
        seen: dict[str, tuple[Found, float]] = {}
        for sentence in re.split(r"(?<=[.!?;。\uff01\uff1f\uff1b\n])", text):
            for found in self._lexicon.search(sentence, languages):
                found = self._of_what(found, seen)
                earlier = seen.get(found.note.name)
                amount = earlier[1] + _REPEATED * found.sure if earlier else found.sure
                seen[found.note.name] = (earlier[0] if earlier else found, min(amount, 2.0))
        for found, amount in seen.values():
            yield Scent(found.note, found.said, TEXT, found.note.layer, weight * amount, found.sure)

    def _of_what(self, found: Found, before: Mapping[str, tuple[Found, float]]) -> Found:
        """A blossom told of after a citrus is that tree's own."""
        citrus = any(earlier.note.family == "citrus" for earlier, _ in before.values())
        own = self._lexicon.resolve(_CITRUS_BLOSSOM) if citrus and found.said in _BLOSSOMS else None
        return Found(own.note, found.said, found.sure) if own else found

    def _nearest(self, unknown: Sequence[str]) -> list[list[tuple[Found, float]]]:
        """For each of some words that the lexicon does not know, the notes nearest in meaning and their shares."""
        if not unknown:
            return []
        if self._note_vectors is None:
            self._note_vectors = self._encoder.encode([note.name for note in self._lexicon.notes])
        vectors = self._encoder.encode([words[:_PIECE_CHARACTERS] for words in unknown])
        return [list(self._near(words, self._note_vectors @ vector)) for words, vector in zip(unknown, vectors)]

    def _near(self, words: str, likeness: np.ndarray) -> Iterator[tuple[Found, float]]:
        likeness = _rounded(likeness)
        best = np.argsort(-likeness, kind="stable")[:_NEAREST_NOTES]
        if likeness[best[0]] < _LEAST_LIKENESS:
            return
        shares = _softmax(likeness[best])
        sure = float(np.clip(1.4 * likeness[best[0]] - 0.35, 0.05, 0.7))
        for at, share in zip(best, shares):
            yield Found(self._lexicon.notes[at], words[:80], sure), float(share)

    def _likeness(self, text: str) -> tuple[dict[str, float], float, np.ndarray]:
        """(place → share, likeness of the best, sentence vector) of a text's meaning."""
        tables = [place_table(name) for name in PLACES]
        if self._place_vectors is None:
            sentences = [sentence for table in tables for sentence in table.sentences]
            self._place_vectors = self._encoder.encode(sentences)
        vectors = self._encoder.encode(list(_pieces(text)))
        likeness = (self._place_vectors @ vectors.T).mean(axis=1)
        owner = np.repeat(np.arange(len(tables)), [len(table.sentences) for table in tables])
        best = _rounded(np.array([likeness[owner == at].max() for at in range(len(tables))]))
        shares = _softmax(best)
        meaning = np.round(vectors.mean(axis=0).astype(np.float64), 3)
        return dict(zip(PLACES, map(float, shares))), float(np.clip(best.max(), 0, 1)), meaning


def _gloss(scents: Sequence[Scent]) -> str:
    """What was found, in English, which is all that the encoder reads, and shorter than most texts."""
    return ", ".join(scent.note.name for scent in scents)[:_PIECE_CHARACTERS]


def listed_notes(text: str) -> list[str]:
    """The items of a bare list of notes, or [] if the text is anything else."""
    items = [item.strip(" .\t") for item in _BREAKS.split(text)]
    items = [item for item in items if item]
    joined = " ".join(items).lower()
    words = set(re.findall(r"[^\W\d_]+", joined)) - _IN_NAMES
    if len(items) > _MOST_LISTED:
        return []
    if _CHINESE_SENTENCE.search(text):
        return []
    if re.search(r"[.!?。\uff01\uff1f]\s*\S", text) or any(words & common for common in _COMMON.values()):
        return []
    items = [item for item in items if not _DENIED.match(item)]
    longest = max((len(item) if is_chinese(item) else len(item.split()) for item in items), default=0)
    most = _MOST_LISTED_CHARACTERS if is_chinese(text) else _MOST_LISTED_WORDS
    return items if 0 < longest <= most else []


def language_of(text: str) -> str:
    """ "zh", "it", "de" or "en", by script and by the commonest words."""
    if is_chinese(text):
        return "zh"
    words = re.findall(r"[^\W\d_]+", text.lower())
    counts = {language: sum(word in common for word in words) for language, common in _COMMON.items()}
    return max(("en", "it", "de"), key=lambda language: counts[language])


def _pieces(text: str) -> Iterator[str]:
    text = " ".join(text.split())
    for start in range(0, min(len(text), _PIECE_CHARACTERS * _MOST_PIECES), _PIECE_CHARACTERS):
        yield text[start : start + _PIECE_CHARACTERS]


def _saturated(evidence: float, left: float) -> float:
    """How much is understood from some evidence, when each unit leaves `left` of the doubt."""
    return 1.0 - left**evidence


def _rounded(likeness: np.ndarray) -> np.ndarray:
    return np.round(likeness.astype(np.float64) / _STEP) * _STEP


def _softmax(likeness: np.ndarray) -> np.ndarray:
    powers = np.exp((likeness - likeness.max()) / _LIKENESS_TEMPERATURE)
    return powers / powers.sum()
