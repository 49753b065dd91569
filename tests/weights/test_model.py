"""The learned model: made twice the same, kept and loaded whole, refused if it is another."""

import dataclasses
import json
import shutil

import numpy as np
import pytest
import torch

from showroom.catalogue import product_from_notes, product_from_text
from showroom.errors import ModelError
from showroom.imagine import model_store, weights
from showroom.imagine.learned import Learned
from showroom.imagine.lexicon import Lexicon, load_lexicon
from showroom.imagine.model import NoseModel
from showroom.imagine.model_inputs import Gatherer
from showroom.imagine.model_store import lexicon_digest, load_model, model_digest, save_model
from showroom.imagine.nose import Nose, revision
from showroom.imagine.reading import Reader
from showroom.imagine.scene_row import PARTS, WIDTH, informed, part, row_of
from showroom.imagine.train.__main__ import main
from showroom.imagine.train.learn import learn
from showroom.imagine.train.rows import accord_rows, season_rows
from showroom.words.vocabulary import PLACES, SEASONS


@pytest.fixture(scope="module")
def small(known, tmp_path_factory):
    """A model of small tables, saved."""
    folder = tmp_path_factory.mktemp("small")
    save_model(learn(known, lambda line: None, steps=8), folder)
    return folder


def quiet(line: str) -> None:
    """Hears progress and says nothing."""


# Made and kept -----------------------------------------------------------------------------------


def test_the_same_tables_make_the_same_bytes(known, small, tmp_path):
    save_model(learn(known, quiet, steps=8), tmp_path)
    for name in (*model_store.FILES, "SHA256SUMS"):
        assert (tmp_path / name).read_bytes() == (small / name).read_bytes(), name


def test_a_saved_model_answers_as_before(known, small, tmp_path):
    model = load_model(small)
    assert isinstance(model, NoseModel) and model.dtype == torch.float64 and not model.training
    save_model(load_model(small), tmp_path)
    assert (tmp_path / "model.safetensors").read_bytes() == (small / "model.safetensors").read_bytes()
    learned = learn(known, quiet, steps=8)
    for one, other in zip(Learned(model, known.lexicon).rows(known.described),
                          Learned(learned, known.lexicon).rows(known.described)):
        assert np.abs(one - other).max() < 2e-3


def test_training_writes_a_model_and_says_how_far_it_is(tables, encoder, tmp_path, capsys):
    out = tmp_path / "made" / "nose"
    assert main([str(tables), "--out", str(out)]) == 0
    said = capsys.readouterr().out
    assert "accords: 18 rows" in said and "written" in said
    assert load_model(out).config.lexicon == lexicon_digest()


@pytest.mark.parametrize(("broken", "said"), [
    (lambda folder: (folder / "season_votes_dev.jsonl").unlink(), "season_votes_dev.jsonl: No such file"),
    (lambda folder: (folder / "perfumes_dev.csv").write_text("x"), "a table of 0 rows"),
    (lambda folder: shutil.rmtree(folder / "clothing" / "train" / "hat"), "hat: no photos"),
    (lambda folder: (folder / "accord_votes_dev.jsonl").write_bytes(b"\xff\xfe"), "dev.jsonl: no text"),
])
def test_training_refuses_what_is_no_table_in_one_line(tables, tmp_path, capsys, broken, said):
    broken(tables)
    assert main([str(tables), "--out", str(tmp_path / "out")]) == 1
    error = capsys.readouterr().err
    assert error.startswith("train_model: ") and said in error and "SHOWROOM_DATA" in error
    assert error.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_training_says_where_it_cannot_write(tables, encoder, tmp_path, capsys):
    (tmp_path / "file").write_text("in the way")
    assert main([str(tables), "--out", str(tmp_path / "file" / "nose")]) == 1
    assert "writing" in capsys.readouterr().err.splitlines()[-1]


# Refused -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("spoil", "said"), [
    (lambda folder: _flip(folder / "model.safetensors"), "model.safetensors has SHA-256 .*is accepted"),
    (lambda folder: _flip(folder / "config.json"), "config.json has SHA-256"),
    (lambda folder: (folder / "model.safetensors").unlink(), "model.safetensors: No such file"),
    (lambda folder: (folder / "SHA256SUMS").unlink(), "SHA256SUMS: No such file"),
    (lambda folder: (folder / "SHA256SUMS").write_text("00  other\n"), "names other; config.json and model"),
    (lambda folder: _resum(folder, {"characters": ["rose"]}), "loading the nose from"),
    (lambda folder: _resum(folder, {"accord_centres": "many"}), "loading the nose from"),
])
def test_another_checkpoint_is_refused_in_one_line(small, tmp_path, spoil, said):
    folder = shutil.copytree(small, tmp_path / "nose")
    spoil(folder)
    with pytest.raises(ModelError, match=said) as raised:
        load_model(folder)
    assert "\n" not in str(raised.value) and "scripts/train_model" in str(raised.value)
    assert raised.value.exit_code == 3


def _flip(path) -> None:
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)


def _resum(folder, changes: dict) -> None:
    """Changes the config and gives it the digest that it then has."""
    path = folder / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))
    lines = [f"{weights.sha256_of(folder / name)}  {name}\n" for name in model_store.FILES]
    (folder / "SHA256SUMS").write_text("".join(lines))


# The one that ships ------------------------------------------------------------------------------


def test_the_shipped_model_learned_from_the_lexicon_as_it_is():
    config = json.loads((model_store.model_folder() / "config.json").read_text())
    assert config["lexicon"] == lexicon_digest(), "the lexicon changed: run scripts/train_model"
    size = sum(path.stat().st_size for path in model_store.model_folder().iterdir())
    assert size < 20e6 and (model_store.model_folder() / "README.md").is_file()


def test_the_revision_follows_lexicon_and_model(monkeypatch, tmp_path):
    assert lexicon_digest()[:8] in revision() and model_digest()[:8] in revision()
    monkeypatch.setattr("showroom.imagine.nose.model_digest", lambda: "0" * 64)
    changed = revision()
    monkeypatch.setattr("showroom.imagine.nose.lexicon_digest", lambda: "1" * 64)
    assert len({changed, revision(), Nose.__doc__}) == 3
    (tmp_path / "a.csv").write_text("x")
    before = lexicon_digest(tmp_path)
    lexicon_digest.cache_clear()
    (tmp_path / "a.csv").write_text("y")
    assert lexicon_digest(tmp_path) != before


def test_answers_are_in_range_and_in_order(nose):
    for text in ("rose, musk", "salt on the lips, grey driftwood", "qwzx vbnmp", "乳香与没药", "a" * 300):
        spec = nose.imagine(product_from_text(text))
        amounts = list(spec.accords.values())
        assert amounts == sorted(amounts, reverse=True) and amounts[0] == 1 and min(amounts) >= 0.02
        assert sum(spec.season.values()) == pytest.approx(1) and list(spec.season) == list(SEASONS)


def test_where_a_note_stands_in_its_layer_counts(nose):
    """People list first what they smell most."""
    first = nose.imagine(product_from_notes({"top": ["lavender", "pear", "mint", "rose"]}))
    last = nose.imagine(product_from_notes({"top": ["pear", "mint", "rose", "lavender"]}))
    assert first.accords["lavender"] > last.accords.get("lavender", 0.0)


def test_no_perfume_is_in_the_model_by_name(data_folder):
    """Names deal rows to folds and nothing else. Those of one word, and green tea, are names of notes too."""
    config = (model_store.model_folder() / "config.json").read_text().casefold()
    names = {row.name for row in (*accord_rows(data_folder), *season_rows(data_folder)) if " " in row.name}
    assert len(names) > 200 and {name for name in names if f'"{name}"' in config} <= {"green tea"}


# Changed lexicons --------------------------------------------------------------------------------


def test_a_new_character_stands_in_as_the_one_most_like_it():
    lexicon = load_lexicon()
    rose = lexicon.characters["rose"]
    new = dataclasses.replace(rose, name="rosa_nova")
    grown = Lexicon.__new__(Lexicon)
    grown.__dict__ |= lexicon.__dict__ | {"characters": {**lexicon.characters, "rosa_nova": new}}
    known = sorted(lexicon.characters)
    gatherer = Gatherer(known, grown, positions=5, width=384)
    reading = Reader(lexicon, None).read(product_from_text("rose, musk"))
    blends = [dataclasses.replace(scent, note=dataclasses.replace(
        scent.note, blend=tuple((new if c.name == "rose" else c, share) for c, share in scent.note.blend)))
        for scent in reading.scents]
    changed = dataclasses.replace(reading, scents=tuple(blends))
    assert (gatherer.inputs([reading]).placed == gatherer.inputs([changed]).placed).all()
    fewer = Gatherer([name for name in known if name != "musk"], lexicon, positions=5, width=384)
    assert fewer.inputs([reading]).placed.sum() == pytest.approx(gatherer.inputs([reading]).placed.sum())


# Scene rows --------------------------------------------------------------------------------------


def test_a_spec_goes_part_of_the_way_to_a_row(nose):
    feel = dict.fromkeys(("temperature", "roughness", "softness", "pitch"), 0.5)
    texts = "sea salt, seaweed", "cinnamon, clove, saffron"
    sea, souk = (nose.imagine(product_from_text(text)) for text in texts)
    row = row_of(souk, feel)
    assert row.shape == (WIDTH,) and WIDTH == sum(PARTS.values())
    assert part(row, "place")[PLACES.index(souk.main_place(PLACES))] == max(souk.place.values())
    half, whole = informed(sea, row, 0.5), informed(sea, row, 1.0)
    assert informed(sea, row, 0.0) == sea
    assert whole.ambience.temperature_k == pytest.approx(souk.ambience.temperature_k, abs=0.01)
    assert whole.touch.warmth == pytest.approx(souk.touch.warmth)
    between = sorted([sea.ambience.temperature_k, half.ambience.temperature_k, souk.ambience.temperature_k])
    assert between[1] == half.ambience.temperature_k
    assert {layer.name for layer in whole.sound.layers} == {layer.name for layer in sea.sound.layers}


def test_the_fewer_notes_a_text_names_the_more_the_scene_head_says(nose):
    reader, learned = nose._reader, nose._learned
    shares = [learned.liking(reader.read(product_from_text(text))).scene_share for text in
              ("an old house where somebody lives",
               "She walked by the roses and there was jasmine, musk and the amber of the evening.")]
    assert shares[0] > shares[1] > 0
    assert learned.liking(reader.read(product_from_text("rose, musk"))).scene_share == 0
