"""The evaluation: folds, peers and figures by law, and their order on the development rows."""

import csv
import dataclasses

import numpy as np
import pytest
import torch

from showroom.errors import InputError
from showroom.imagine.evaluate import AGREES, agrees, pace, report, resolved
from showroom.imagine.lexicon import load_lexicon
from showroom.imagine.measures import (
    Peer, cosines, found, in_top_three, note_vectors, over_folds, pair_likeness, pearson, plain_peers, ridge,
)
from showroom.imagine.train.held_out import accords_held_out, seasons_held_out, told_held_out
from showroom.imagine.train.learn import gather, learn_garments
from showroom.imagine.train.rows import (
    FOLDS, Row, accord_rows, described_rows, folds, garment_photos, season_rows,
)

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


def test_a_held_out_row_does_not_reach_its_own_answer(known):
    """Changed votes of one fold leave that fold's predictions as they were, and change the others'.

    So for both peers and for the nose's model, learned anew for each fold.
    """
    held = next(folds(len(known.accord_votes)))
    changed = known.accord_votes.copy()
    changed[held] = np.roll(changed[held], 5, axis=1)
    other = dataclasses.replace(known, accord_votes=changed)
    vectors = NOISE.normal(size=(len(held), 5))
    answers = [[mean.predictions, regressed.predictions, accords_held_out(part)] for part in (known, other)
               for mean, regressed in [plain_peers(part.accord_votes, vectors)]]
    for before, after in zip(*answers):
        apart = np.abs(before - after)
        assert apart[held].max() < 1e-9 and apart[~held].max() > 1e-3


def test_a_perfume_of_two_tables_is_held_out_of_both(known):
    """Votes on accords of a perfume do not reach its season when its season is asked for."""
    held = next(folds(len(known.season_votes)))
    names = np.array(known.season_names)
    changed = known.accord_votes.copy()
    same = np.isin(known.accord_names, names[held])
    changed[same] = np.roll(changed[same], 5, axis=1)
    other = dataclasses.replace(known, accord_votes=changed)
    before, after = seasons_held_out(known), seasons_held_out(other)
    assert same.any() and np.abs(before[held] - after[held]).max() < 1e-9


def test_descriptions_are_answered_without_their_own_notes(known):
    held = next(folds(len(known.scene)))
    placed = known.noted.placed.copy()
    placed[held] = np.roll(placed[held], 3, axis=3)
    other = dataclasses.replace(known, noted=dataclasses.replace(known.noted, placed=placed))
    (told, noted, _), (again, changed, _) = told_held_out(known), told_held_out(other)
    assert np.abs(told[held] - again[held]).max() < 1e-9 and np.abs(noted[held] - changed[held]).max() > 1e-3


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


def test_a_report_names_all_that_was_held_out(nose, encoder, backbone, known, tables):
    table = "note,category\nRose,Flowers\nXqzw,Flowers\nLemon,Citrus\nRum,Citrus\n"
    (tables / "perfume_notes.csv").write_text(table)
    text = "\n".join(report(tables, known, encoder, backbone))
    assert sum(line.startswith("| the nose") for line in text.splitlines()) == 3
    assert text.count("all held out") == 2 and "fitted on" not in text
    assert "Notes: 3 of 4 resolve (75.0%): 3 by name" in text and "Family: 2 of 3 agree" in text
    assert "from its notes median" in pace(nose, tables) and "from words median" in pace(nose, tables)


def test_a_missing_table_is_named(tmp_path):
    for read in (accord_rows, season_rows, described_rows, lambda folder: resolved(load_lexicon(), folder)):
        with pytest.raises(InputError, match=f"{tmp_path}.*set SHOWROOM_DATA"):
            read(tmp_path)


def test_a_broken_table_is_refused_in_one_line(tables):
    for content in ("{", "[1]", '{"name": "a", "brand": "b"}', '{"name": 1}'):
        (tables / "accord_votes_dev.jsonl").write_text(content)
        with pytest.raises(InputError, match="accord_votes_dev.jsonl: no such table") as raised:
            accord_rows(tables)
        assert "\n" not in str(raised.value)
    (tables / "perfumes_dev.csv").write_text("name,brand\na,b\n")
    with pytest.raises(InputError, match="perfumes_dev.csv: no such table"):
        described_rows(tables)


def test_the_development_rows_held_out(encoder, backbone, data_folder):
    """What must hold for perfumes nobody has shown it; the peers are below it on the same rows."""
    known = gather(data_folder, load_lexicon(), encoder, backbone, lambda line: None,
                   most_told=90, most_photos=8)
    rows = accord_rows(data_folder)
    mean, regressed = plain_peers(known.accord_votes, note_vectors(rows, encoder.encode))
    ours = Peer("the nose", accords_held_out(known))
    figures = [over_folds(peer, known.accord_votes, cosines).mean for peer in (mean, regressed, ours)]
    assert 0.5 < figures[0] < 0.65 < figures[1] < 0.8 < figures[2]
    assert over_folds(ours, known.accord_votes, in_top_three).mean >= 0.8
    assert pair_likeness(ours.predictions) < 0.6
    told, noted, _ = told_held_out(known)
    assert cosines(told, noted).mean() >= 0.75 and found(told, noted).mean() >= 0.6
    season = Peer("", (seasons_held_out(known) @ [-1, 0, 1, 0])[:, None])
    shown, wanted = garment_photos(data_folder, "validation", 3)
    features = np.concatenate([backbone.look([picture])[0] for picture in shown])
    told_apart = learn_garments(known).worn(torch.from_numpy(features)).argmax(1).numpy()
    assert (told_apart == wanted).mean() >= 0.5
    assert over_folds(season, (known.season_votes @ [-1, 0, 1, 0])[:, None], pearson).mean >= 0.8


def test_notes_of_the_table_resolve(data_folder):
    with (data_folder / "perfume_notes.csv").open(encoding="utf-8", newline="") as file:
        count = sum(1 for _ in csv.DictReader(file))
    known = [found for _, _, found in resolved(load_lexicon(), data_folder) if found]
    assert len(known) >= 0.99 * count
