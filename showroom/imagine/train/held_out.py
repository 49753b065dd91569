"""What the model says of rows it has not seen: refitted for each fold without them, from the lexicon on.

Neither the character weights nor anything else that is learned has met a held-out row. A perfume that
stands in two tables is left out of both for its fold.
"""

import dataclasses

import numpy as np
import torch

from showroom.imagine.train.learn import Known, accords_of, learn_accords, learn_seasons, learn_told
from showroom.imagine.train.rows import folds


def accords_held_out(known: Known) -> np.ndarray:
    """(rows, 57) accords of the rows with votes on accords."""
    said = np.empty_like(known.accord_votes)
    for held in folds(len(said)):
        said[held] = accords_of(learn_accords(known, ~held), known.accords[held]).numpy()
    return said


def seasons_held_out(known: Known) -> np.ndarray:
    """(rows, 4) seasons of the rows with votes on seasons."""
    said = np.empty_like(known.season_votes)
    names = np.array(known.season_names)
    for held in folds(len(said)):
        elsewhere = ~np.isin(known.accord_names, names[held])
        model = learn_accords(known, elsewhere)
        learn_seasons(model, known, ~held)
        placed = torch.from_numpy(known.seasons.placed[held])
        with torch.no_grad():
            said[held] = model.seasons(model.layers(placed), model.features(placed)).numpy()
    return said


def told_held_out(known: Known) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Accords (rows, 57) of the described rows from words alone, and from their notes; scene of the former.

    Accords learn from other perfumes, so only what is learned from descriptions is refitted.
    """
    everything = np.ones(len(known.accord_votes), bool)
    model = learn_accords(known, everything)
    noted = np.empty((len(known.scene), len(known.accord_votes[0])))
    told, scene = np.empty_like(noted), np.empty_like(known.scene)
    for held in folds(len(told)):
        learn_told(model, known, ~held)
        noted[held] = accords_of(model, known.noted[held]).numpy()
        inputs = [torch.from_numpy(value[held]) for value in dataclasses.astuple(known.described)]
        with torch.no_grad():
            answer = model(*inputs)
        told[held], scene[held] = answer.accords.numpy(), answer.scene.numpy()
    return told, noted, scene
