"""Learned: the trained model, asked what the lexicon is asked too: what do these notes add up to?

The model says accords and season, from votes. Where a place stands, and how all of it feels, follows from
the notes that were named; the fewer a text names, the more the model's scene head has a say.
"""

import logging
import math
from dataclasses import replace
from pathlib import Path

import numpy as np

from showroom.errors import ModelError
from showroom.imagine.backbone import Backbone
from showroom.imagine.draper import Draper, Stuff
from showroom.imagine.lexicon import Lexicon
from showroom.imagine.liking import Liking, shares
from showroom.imagine.model_inputs import Gatherer, Inputs
from showroom.imagine.model_store import load_model
from showroom.imagine.picture import Photo
from showroom.imagine.reading import Reading
from showroom.imagine.scene_row import FEEL, part
from showroom.imagine.sights import Sight, sight_of
from showroom.words.vocabulary import ACCORDS, PLACES, SEASONS

log = logging.getLogger(__name__)

_FAINT = 0.02  # of the strongest accord: less is not smelled
_DIGITS = 3    # answers are rounded, so that machines agree
_UNSURE = 8.0  # notes' worth of evidence after which the scene head counts 1/e as much
_LEAST_PLACE = 0.03
_SEEN = 0.5    # how far a photo that is sure of a place, or of a garment, takes place and season
_GUIDED = 0.5  # how much it counts where nothing was found


class Learned:
    """Asks one model about readings by one lexicon."""

    def __init__(self, model, lexicon: Lexicon):
        self._model = model
        self._backbone: Backbone | None = None
        self._draper: Draper | None = None
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

    def liking(self, reading: Reading, photo: Photo | None = None, smells: bool = True) -> Liking:
        """What the notes of a reading add up to, and what a photo of the thing shows of where and when.

        smells : what was learned of perfumes says nothing of a thing without a smell: the lexicon speaks.
        """
        liking = self._read(reading) if smells else Liking.of(reading)
        return seen(liking, self.sight(photo)) if photo else liking

    def sight(self, photo: Photo) -> Sight:
        """What a photo shows. Loads the backbone the first time; raises ModelError."""
        import torch

        features, classes = self._sight().look([photo.pixels])
        with torch.inference_mode():
            garments = self._model.worn(torch.from_numpy(features)).numpy()
        return sight_of(np.round(classes[0], _DIGITS), np.round(garments[0], _DIGITS))

    def stuff(self, photo: Photo | None, kind: str) -> Stuff | None:
        """The material that a photo of such a product shows from near, if it does.

        Loads what tells it the first time. Where that is damaged a WARNING says so, and the place is as without;
        raises ModelError if the backbone is, without which no photo can be read.
        """
        if photo is None or photo.sample is None:
            return None
        sight = self._sight()
        try:
            self._draper = self._draper or Draper.load(sight)
        except ModelError as error:
            log.warning("%s; no photo gives a place its cloth until then", error)
            return None
        return self._draper.stuff(photo.sample, kind)

    def _sight(self) -> Backbone:
        self._backbone = self._backbone or Backbone.load()
        return self._backbone

    def _read(self, reading: Reading) -> Liking:
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


def seen(liking: Liking, sight: Sight) -> Liking:
    """A liking that goes part of the way to the places and the season of what is seen."""
    share = _SEEN * sum(sight.places.values())
    places = {name: (1 - share) * amount for name, amount in liking.places.items()}
    for name, sure in sight.places.items():
        places[name] = places.get(name, 0.0) + _SEEN * sure
    worn = _SEEN * sight.worn
    season = {name: (1 - worn) * liking.season[name] + worn * float(other)
              for name, other in zip(SEASONS, sight.season)}
    return replace(liking, places=_kept(places), season=shares(season))


def _heard(accords: np.ndarray) -> dict[str, float]:
    named = {name: float(amount) for name, amount in zip(ACCORDS, accords) if amount >= _FAINT}
    return dict(sorted(named.items(), key=lambda item: (-item[1], item[0])))


def _places(own: dict[str, float], said: np.ndarray, share: float) -> dict[str, float]:
    """The lexicon's places and the scene head's, shares that sum to 1; faint ones are left out."""
    if not share:
        return own
    said = np.maximum(said, 0)
    said = said / max(said.sum(), 1e-9)
    mixed = {name: (1 - share) * own.get(name, 0.0) + share * float(amount)
             for name, amount in zip(PLACES, said)}
    return _kept(mixed)


def _kept(places: dict[str, float]) -> dict[str, float]:
    kept = {name: amount for name, amount in places.items() if amount >= _LEAST_PLACE}
    return shares(dict(sorted(kept.items(), key=lambda item: (-item[1], item[0]))))


def _evidence(reading: Reading) -> float:
    return math.fsum(min(scent.weight, 1.0) for scent in reading.scents)
