"""Learned: the trained model behind the same question that the lexicon answers: what do these notes add up to?

The model says accords and season, from votes. Where a place stands, and how all of it feels, follows from
the notes that were named; the fewer a text names, the more the model's scene head has a say.
"""

import math
from dataclasses import replace
from pathlib import Path

import numpy as np

from showroom.imagine.lexicon import Lexicon
from showroom.imagine.liking import Liking, shares
from showroom.imagine.model_inputs import Gatherer, Inputs
from showroom.imagine.model_store import load_model
from showroom.imagine.reading import Reading
from showroom.imagine.scene_row import FEEL, part
from showroom.words.vocabulary import ACCORDS, PLACES, SEASONS

_FAINT = 0.02  # of the strongest accord: less is not smelled
_DIGITS = 3    # answers are rounded, so that machines agree
_UNSURE = 8.0  # notes' worth of evidence after which the scene head counts 1/e as much
_GUIDED = 0.5  # how much it counts where nothing was found


class Learned:
    """Asks one model about readings by one lexicon."""

    def __init__(self, model, lexicon: Lexicon):
        self._model = model
        config = model.config
        self._gatherer = Gatherer(config.characters, lexicon, config.positions, config.text_width)

    @staticmethod
    def load(lexicon: Lexicon, folder: Path | None = None) -> "Learned":
        """The model that ships, or that of another folder. Raises ModelError."""
        return Learned(load_model(folder), lexicon)

    @property
    def vectors(self) -> tuple[list[str], np.ndarray]:
        """Texts that readings are compared with, and their sentence vectors, (n, width) float32."""
        return self._model.config.texts, self._model.text_vectors.float().numpy()

    def liking(self, reading: Reading) -> Liking:
        """What the notes of a reading add up to."""
        accords, season, scene = (rows[0] for rows in self.rows(self._gatherer.inputs([reading])))
        share = _GUIDED * math.exp(-_evidence(reading) / _UNSURE) if reading.told else 0.0
        own = Liking.of(reading)
        feel = {name: float((1 - share) * getattr(own, name) + share * min(max(value, 0.0), 1.0))
                for name, value in zip(FEEL, part(scene, "feel"))}
        return replace(own, accords=_heard(accords), season=shares(dict(zip(SEASONS, map(float, season)))),
                       places=_places(own.places, part(scene, "place"), share),
                       scene=tuple(map(float, scene)), scene_share=share, **feel)

    def rows(self, inputs: Inputs) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Accords (n, 57), season (n, 4) and scene (n, ·) of many readings, rounded."""
        import torch

        with torch.inference_mode():
            said = self._model(*(torch.from_numpy(rows) for rows in
                                 (inputs.placed, inputs.told, inputs.evidence, inputs.text)))
        return tuple(np.round(rows.numpy(), _DIGITS) for rows in (said.accords, said.season, said.scene))


def _heard(accords: np.ndarray) -> dict[str, float]:
    named = {name: float(amount) for name, amount in zip(ACCORDS, accords) if amount >= _FAINT}
    return dict(sorted(named.items(), key=lambda item: (-item[1], item[0])))


def _places(own: dict[str, float], said: np.ndarray, share: float) -> dict[str, float]:
    """The lexicon's places and the scene head's, shares that sum to 1; faint ones are left out."""
    if not share:
        return own
    said = np.maximum(said, 0)
    said = said / max(said.sum(), 1e-9)
    mixed = {name: (1 - share) * own.get(name, 0.0) + share * float(amount) for name, amount in zip(PLACES, said)}
    kept = {name: amount for name, amount in mixed.items() if amount >= 0.03}
    return shares(dict(sorted(kept.items(), key=lambda item: (-item[1], item[0]))))


def _evidence(reading: Reading) -> float:
    return math.fsum(min(scent.weight, 1.0) for scent in reading.scents)
