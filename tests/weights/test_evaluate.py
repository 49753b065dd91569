"""The evaluation: folds, peers and figures by law, and their order on the development rows."""

import csv
import json

import numpy as np
import pytest

from showroom.errors import InputError
from showroom.imagine.evaluate import (
    AGREES, FOLDS, Peer, Row, accord_rows, agrees, cosines, folds, in_top_three, note_vectors, over_folds,
    pearson, peers, report, resolved, ridge, season_rows,
)
from showroom.imagine.lexicon import load_lexicon

NOISE = np.random.default_rng(7)


def test_every_row_is_held_out_once():
    held = np.array(list(folds(20)))
    assert held.shape == (FOLDS, 20) and (held.sum(axis=0) == 1).all() and held.sum(axis=1).min() >= 3


def test_ridge_finds_a_linear_law_and_shrinks_from_noise():
    x, law = NOISE.normal(size=(200, 8)), NOISE.normal(size=(8, 3))
    y = x @ law + 2.0
    assert np.abs(ridge(x, y)(x) - y).max() < 0.05
    wide, noise = NOISE.normal(size=(60, 40)), NOISE.normal(size=(60, 1))
    plain = np.linalg.lstsq(wide, noise, rcond=None)[0]
    assert np.ptp(ridge(wide, noise)(wide)) < 0.8 * np.ptp(wide @ plain)


def test_a_held_out_row_does_not_reach_its_own_answer():
    """Changed votes of one fold leave that fold's predictions as they were, and change the others'."""
    rows = [Row({}, NOISE.random(3)) for _ in range(24)]
    vectors, held = NOISE.normal(size=(24, 5)), next(folds(24))
    changed = [Row({}, row.votes + 5 * out) for row, out in zip(rows, held)]
    pairs = zip(peers(rows, vectors, np.zeros((24, 3))), peers(changed, vectors, np.zeros((24, 3))))
    for before, after in list(pairs)[:2]:
        assert not before.fitted and (before.predictions[held] == after.predictions[held]).all()
        assert np.abs(before.predictions[~held] - after.predictions[~held]).min() > 0


def test_measures():
    votes = np.array([[1.0, 0.5, 0.0, 0.2], [0.0, 0.0, 1.0, 0.9]])
    assert cosines(votes * 3, votes) == pytest.approx([1, 1]) and (cosines(votes * 0, votes) == 0).all()
    assert cosines(np.array([[1.0, 1.0]]), np.array([[1.0, 0.0]])) == pytest.approx([0.5**0.5])
    predicted = np.array([[0.3, 0.9, 0.4, 0.2], [0.9, 0.8, 0.1, 0.7]])
    assert in_top_three(predicted, votes).tolist() == [1, 0]
    column = np.array([[1.0], [2.0], [3.0]])
    assert pearson(column, -2 * column) == pytest.approx(-1) and np.isnan(pearson(column * 0, column))
    figure = over_folds(Peer("", np.eye(6)), np.eye(6)[::-1], cosines)
    assert (figure.mean, figure.spread) == (0, 0) and str(figure) == "0.000 ± 0.000"


def test_note_vectors_are_means():
    rows = [Row({"top": top, "heart": ["b"], "base": []}, np.zeros(1)) for top in (["a"], [])]
    vectors = note_vectors(rows, lambda names: np.array([[float(ord(name))] for name in names]))
    assert vectors.tolist() == [[97.5], [98.0]]


def test_families_are_mapped_to_what_the_lexicon_has():
    lexicon = load_lexicon()
    assert {name for names in AGREES.values() for name in names} <= {note.family for note in lexicon.notes}
    assert agrees("Citrus", lexicon.resolve("bergamot")) and not agrees("Citrus", lexicon.resolve("leather"))
    assert agrees("Fruits, Vegetables And Nuts", lexicon.resolve("hazelnut"))


def test_a_report_says_what_is_fitted(nose, encoder, tmp_path):
    notes = ["rose", "lemon", "leather", "vanilla", "cedar", "musk", "mint"]
    rows = [{"name": str(at), "brand": "", "top": [name], "heart": [], "base": [],
             "accords": {name: 1.0, "fresh": at / 7}} for at, name in enumerate(notes)]
    (tmp_path / "accord_votes_dev.jsonl").write_text("\n".join(map(json.dumps, rows)))
    voted = [{"Sommer": at + 1, "Winter": 3} for at in range(14)]
    rows = [{**row, "notes": [], "season": votes} for row, votes in zip(rows * 2, voted)]
    (tmp_path / "season_votes_dev.jsonl").write_text("\n".join(map(json.dumps, rows)))
    table = "note,category\nRose,Flowers\nXqzw,Flowers\nLemon,Citrus\nRum,Citrus\n"
    (tmp_path / "perfume_notes.csv").write_text(table)
    text = "\n".join(report(tmp_path, nose, encoder, load_lexicon()))
    ours = [line for line in text.splitlines() if line.startswith("| the nose")]
    assert len(ours) == 2 and all("fitted on these rows" in line for line in ours)
    assert text.count("held out") == 4
    assert "Notes: 3 of 4 resolve (75.0%): 3 by name" in text and "Family: 2 of 3 agree" in text


def test_a_missing_table_is_named(tmp_path):
    for read in (accord_rows, season_rows, lambda folder: resolved(load_lexicon(), folder)):
        with pytest.raises(InputError, match=f"{tmp_path}.*set SHOWROOM_DATA"):
            read(tmp_path)


def test_the_peers_on_the_development_rows(encoder, data_folder):
    """Between the mean of the votes and the ridge lies what note names alone can say."""
    rows, accords = accord_rows(data_folder)
    votes = np.array([row.votes for row in rows])
    answers = peers(rows, note_vectors(rows, encoder.encode), np.zeros_like(votes))
    mean, regressed, nothing = (over_folds(peer, votes, cosines).mean for peer in answers)
    assert len(accords) > 40 and 0.5 < mean < 0.65 < regressed < 0.8 and nothing == 0


def test_notes_of_the_table_resolve(data_folder):
    with (data_folder / "perfume_notes.csv").open(encoding="utf-8", newline="") as file:
        count = sum(1 for _ in csv.DictReader(file))
    known = [found for _, _, found in resolved(load_lexicon(), data_folder) if found]
    assert len(known) >= 0.99 * count
