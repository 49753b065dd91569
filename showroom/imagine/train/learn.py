"""Learning: a model made from readings and votes, whole or without the rows that are held out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from showroom.catalogue import product_from_text
from showroom.imagine.backbone import Backbone
from showroom.imagine.compose import compose
from showroom.imagine.encoder import WIDTH, Encoder
from showroom.imagine.lexicon import Lexicon
from showroom.imagine.liking import Liking
from showroom.imagine.model import NoseConfig, NoseModel, unit
from showroom.imagine.model_inputs import Gatherer, Inputs, centred, tables_of, vocabulary_of
from showroom.imagine.model_store import lexicon_digest
from showroom.imagine.places import place_table
from showroom.imagine.reading import Reader, Reading
from showroom.imagine.scene_row import FEEL, row_of
from showroom.imagine.sights import GARMENTS
from showroom.imagine.train.fit import fit_centres, fit_classes, fit_layers, fit_linear
from showroom.imagine.train.rows import accord_rows, described_rows, garment_photos, season_rows
from showroom.words.product import Product
from showroom.words.scenespec import Model
from showroom.words.vocabulary import ACCORDS, PLACES

Progress = Callable[[str], None]
_ACCORD_CENTRES = (2.0, 0.1)  # width and penalty
_SEASON_CENTRES = (2.0, 1.0)
_TOLD_PENALTY, _WORDS_PENALTY, _SCENE_PENALTY = 3.0, 2.0, 0.3
_LEAST_SHARE = 0.02  # added to the share of a season before its logarithm is taken
_GARMENT_PENALTY = 1.0
_STEPS, _PHOTOS = 100, 50


@dataclass(frozen=True)
class Known:
    """What a model is made from. Each part's rows: inputs, what people voted, folded names.

    vectors   : sentence vectors of the characters.
    texts, text_vectors : all that readings are compared with, and their vectors.
    described : inputs of descriptions; noted: of the same perfumes' lists of notes; scene: (n, ·) what the
                lexicon makes of those lists.
    photos    : (n, 1280) features of photos of garments; garments: (n,) which of GARMENTS each shows.
    """

    lexicon: Lexicon
    characters: tuple[str, ...]
    families: tuple[str, ...]
    vectors: np.ndarray
    texts: tuple[str, ...]
    text_vectors: np.ndarray
    accords: Inputs
    accord_votes: np.ndarray
    accord_names: tuple[str, ...]
    seasons: Inputs
    season_votes: np.ndarray
    season_names: tuple[str, ...]
    described: Inputs
    noted: Inputs
    scene: np.ndarray
    photos: np.ndarray
    garments: np.ndarray


def gather(folder: Path, lexicon: Lexicon, encoder: Encoder, backbone: Backbone, say: Progress,
           most_told: int | None = None, most_photos: int = _PHOTOS) -> Known:
    """Reads the tables of a folder with a lexicon. Raises InputError if one is missing or no table.

    most_told, most_photos: how many descriptions, and photos of each kind of garment, are read.
    """
    characters, families = vocabulary_of(lexicon)
    reader, gatherer = Reader(lexicon, encoder), Gatherer(characters, lexicon, NoseConfig().positions, WIDTH)
    voted, worn, told = accord_rows(folder), season_rows(folder), described_rows(folder)[:most_told]
    say(f"reading the notes of {len(voted)} perfumes with accords and {len(worn)} with seasons")
    accords = gatherer.inputs([reader.read(row.product) for row in voted])
    seasons = gatherer.inputs([reader.read(row.product) for row in worn])
    say(f"reading {len(told)} descriptions")
    noted = _read_all(reader, [row.notes for row in told], say)
    described = _read_all(reader, [row.description for row in told], say)
    pictures, garments = garment_photos(folder, "train", most_photos)
    say(f"looking at {len(pictures)} photos of garments")
    photos = np.concatenate([backbone.look([picture])[0] for picture in pictures])
    texts = [note.name for note in lexicon.notes]
    texts += [sentence for place in PLACES for sentence in place_table(place).sentences]
    return Known(
        lexicon, tuple(characters), tuple(families),
        encoder.encode([name.replace("_", " ") for name in characters]), tuple(texts), encoder.encode(texts),
        accords, np.array([row.votes for row in voted]), tuple(row.name for row in voted),
        seasons, np.array([row.votes for row in worn]), tuple(row.name for row in worn),
        gatherer.inputs(described), gatherer.inputs(noted),
        np.array([_scene(reading) for reading in noted]), photos, garments,
    )


def _scene(reading: Reading) -> np.ndarray:
    """(scene_row.WIDTH,) of what the lexicon alone makes of a reading."""
    liking = Liking.of(reading)
    spec = compose(reading, liking, Product("row", "perfume", {}, {}), 0, (), Model("lexicon", ""))
    return row_of(spec, {name: getattr(liking, name) for name in FEEL})


def _read_all(reader: Reader, texts: Sequence[str], say: Progress) -> list[Reading]:
    readings = []
    for at, text in enumerate(texts, start=1):
        readings.append(reader.read(product_from_text(text)))
        if at % 100 == 0:
            say(f"  {at} of {len(texts)}")
    return readings


def blank(known: Known, accord_centres: int) -> NoseModel:
    """A model that has learned nothing yet: the lexicon's own tables, and zeros. float64."""
    config = NoseConfig(known.characters, known.families, ACCORDS, lexicon_digest(), text_width=WIDTH,
                        accord_centres=accord_centres, texts=known.texts, garments=GARMENTS)
    model = NoseModel(config).double()
    tables = {name: _double(table) for name, table in
              tables_of(known.lexicon, known.characters, known.families).items()}
    model.layers.prior, model.layers.family = tables["prior"], tables["family"]
    model.feel, model.season_logs = tables["feel"], tables["season_logs"]
    model.vectors, model.text_vectors = _double(known.vectors), _double(known.text_vectors)
    with torch.no_grad():
        for weights in model.parameters():
            weights.zero_()
    return model.eval()


def learn_accords(known: Known, rows: np.ndarray, steps: int = _STEPS) -> NoseModel:
    """A model of accords, learned from some rows with votes on accords. rows: (n,) bool."""
    placed, votes = known.accords.placed[rows], known.accord_votes[rows]
    model = blank(known, len(votes))
    fit_layers(model.layers, placed, votes, steps=steps)
    with torch.no_grad():
        fit_centres(model.accord_centres, model.features(_double(placed)), votes, *_ACCORD_CENTRES)
    return model


def learn_seasons(model: NoseModel, known: Known, rows: np.ndarray) -> None:
    """Adds seasons to a model of accords, learned from some rows with votes on seasons."""
    placed = _double(known.seasons.placed[rows])
    logs = centred(np.log(known.season_votes[rows] + _LEAST_SHARE))
    model.config.season_centres = len(logs)
    with torch.no_grad():
        inputs = model.season_inputs(model.layers(placed), model.features(placed))
        fit_centres(model.season_centres, inputs, logs, *_SEASON_CENTRES)


def learn_told(model: NoseModel, known: Known, rows: np.ndarray) -> None:
    """Adds what a description alone says, learned from what the notes of some rows say."""
    inputs = known.described[rows]
    placed, text = _double(inputs.placed), _double(inputs.text)
    with torch.no_grad():
        taught = unit(noted_accords(model, known.noted[rows]))
        heard, features = model.layers(placed), model.features(placed)
        fit_linear(model.told, model.told_inputs(heard, features), taught, _TOLD_PENALTY)
        meant = text.abs().sum(1) > 0
        fit_linear(model.words, text[meant], taught[meant], _WORDS_PENALTY)
        fit_linear(model.scene, model.seen(accords_of(model, inputs), features), known.scene[rows],
                   _SCENE_PENALTY)


def learn(known: Known, say: Progress = print, steps: int = _STEPS) -> NoseModel:
    """A model of everything that is known. float64."""
    say(f"accords: {len(known.accord_votes)} rows")
    model = learn_accords(known, np.ones(len(known.accord_votes), bool), steps)
    say(f"seasons: {len(known.season_votes)} rows")
    everything = np.ones(len(known.season_votes), bool)
    learn_seasons(model, known, everything)
    say(f"descriptions, places, light, air, sound, touch, colours: {len(known.scene)} rows")
    learn_told(model, known, np.ones(len(known.scene), bool))
    say(f"garments: {len(known.garments)} photos")
    model.garments = learn_garments(known).garments
    return model


def learn_garments(known: Known) -> NoseModel:
    """A model that only tells garments apart."""
    model = blank(known, 0)
    fit_classes(model.garments, _double(known.photos), known.garments, _GARMENT_PENALTY)
    return model


def accords_of(model: NoseModel, inputs: Inputs) -> Tensor:
    """(n, accords) of some inputs, as the model answers them."""
    with torch.no_grad():
        return model(*map(_double, (inputs.placed, inputs.told, inputs.evidence, inputs.text))).accords


def noted_accords(model: NoseModel, inputs: Inputs) -> Tensor:
    """(n, accords) of lists of notes, which a described row's notes are even if they were read as text."""
    placed = _double(inputs.placed)
    with torch.no_grad():
        return model.from_notes(model.layers(placed), model.features(placed))


def _double(array: np.ndarray) -> Tensor:
    return torch.as_tensor(array, dtype=torch.float64)
