"""The head that tells garments apart: its files, its features, and how it is learned and measured."""

import numpy as np
import pytest

from showroom.errors import InputError, ModelError
from showroom.imagine.look.garments import FILES, Garments, features, model_folder, probabilities, save
from showroom.imagine.picture import read_pixels
from showroom.imagine.train import garments as training
from showroom.words.look import GARMENTS

SHOWN = 3  # photos of each kind


@pytest.fixture(scope="module")
def garments() -> Garments:
    return Garments.load()


@pytest.fixture
def picture() -> np.ndarray:
    rng = np.random.default_rng(3)
    return rng.integers(0, 256, (90, 60, 3), dtype=np.uint8)


def test_probabilities_sum_to_one_and_repeat(garments, picture):
    told = garments.tell(picture)
    assert told.shape == (10,) and told.sum() == pytest.approx(1, abs=1e-5)
    assert np.array_equal(told, garments.tell(picture))


def test_a_mirror_image_is_told_the_same(garments, picture):
    assert np.allclose(garments.tell(picture), garments.tell(picture[:, ::-1]), atol=1e-4)


@pytest.mark.parametrize("shape", [(1, 1, 3), (4, 900, 3), (900, 4, 3)])
def test_a_picture_of_any_shape_is_looked_at(backbone, shape):
    row = features(backbone, np.full(shape, 120, np.uint8))
    assert row.shape == (1280 * 5,) and np.isfinite(row).all()


@pytest.mark.parametrize("name", FILES)
def test_other_bytes_are_refused(tmp_path, name):
    for file in (*FILES, "SHA256SUMS"):
        (tmp_path / file).write_bytes((model_folder() / file).read_bytes())
    content = bytearray((tmp_path / name).read_bytes())
    content[len(content) // 2] ^= 1
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ModelError, match="loading the garments"):
        Garments.load(tmp_path)


def test_a_head_made_for_something_else_is_refused(tmp_path, monkeypatch):
    save(tmp_path, np.zeros((6400, 10)), np.zeros(10))
    from showroom.imagine.look import garments as module

    monkeypatch.setattr(module, "BANDS", 4)
    with pytest.raises(ModelError, match="made for"):
        Garments.load(tmp_path)


def test_photos_of_clothes_are_told(garments, data_folder):
    """It has learned from these: that eye and head belong together is tested here, not how well it does."""
    right = [int(garments.tell(read_pixels(path, 512)).argmax()) == at for at, kind in enumerate(GARMENTS)
             for path in sorted((data_folder / "clothing" / "validation" / kind).glob("*.jpg"))[:SHOWN]]
    assert len(right) == SHOWN * len(GARMENTS) and np.mean(right) >= 0.85


# Learning -------------------------------------------------------------------------------------------


@pytest.fixture
def rows() -> tuple[np.ndarray, np.ndarray]:
    """Features that lie round ten middles, far enough apart to be told and near enough to be mistaken."""
    rng = np.random.default_rng(11)
    labels = np.arange(600) % 10
    middles = rng.normal(0, 1, (10, 24))
    return (middles[labels] + rng.normal(0, 1.1, (600, 24))).astype(np.float32), labels


def test_held_out_rows_are_told_by_a_head_that_has_not_met_them(rows, monkeypatch):
    monkeypatch.setattr(training, "_PENALTY", 1.0)
    x, labels = rows
    logits = training.held_out(x, labels, lambda line: None)
    met = (training.fit(x, labels).logits(x).argmax(1) == labels).mean()
    held = (logits.argmax(1) == labels).mean()
    assert 0.75 < held < met
    shuffled = np.random.default_rng(1).permutation(labels)
    by_chance = training.held_out(x, shuffled, lambda line: None).argmax(1) == shuffled
    assert by_chance.mean() < 0.2  # nothing leaks


def test_one_temperature_makes_confidence_hold(rows, monkeypatch):
    monkeypatch.setattr(training, "_PENALTY", 1.0)
    x, labels = rows
    logits = training.held_out(x, labels, lambda line: None) * 4.0  # far too sure
    scale = training.temperature(logits, labels)
    assert scale > 1.3
    before, after = (training.calibration_error(probabilities(logits / one), labels) for one in (1.0, scale))
    assert after < before


def test_confusions_count_every_photo_once(rows):
    _, labels = rows
    logits = np.eye(10)[np.roll(labels, 1)]
    counts = training.confusions(logits, labels)
    assert counts.sum() == 600 and np.trace(counts) == 0 and counts[0].argmax() == 9


def test_two_fits_give_the_same_bytes(rows):
    one, other = (training.fit(*rows) for _ in range(2))
    assert one.weights.tobytes() == other.weights.tobytes() and one.bias.tobytes() == other.bias.tobytes()


def test_the_command_learns_from_a_folder_and_what_it_saw_is_kept(tmp_path, capsys, monkeypatch):
    from PIL import Image

    monkeypatch.setattr(training, "FOLDS", 2)
    for at, kind in enumerate(GARMENTS):
        for number in range(training.FOLDS):
            path = tmp_path / "photos" / "train" / kind / f"{number}{at}.jpg"
            path.parent.mkdir(parents=True, exist_ok=True)
            Image.new("RGB", (32, 32), (25 * at, 255 - 25 * at, 40 * number)).save(path)
    kept = tmp_path / "seen.npz"
    words = [str(tmp_path / "photos"), "--out", str(tmp_path / "head"), "--features", str(kept)]
    assert training.main(words) == 0 and kept.exists()
    first = (tmp_path / "head" / "model.safetensors").read_bytes()
    assert capsys.readouterr().out.startswith("Top-1 ")
    assert training.main(words) == 0 and (tmp_path / "head" / "model.safetensors").read_bytes() == first
    assert Garments.load(tmp_path / "head").tell(np.zeros((50, 50, 3), np.uint8)).shape == (10,)


def test_a_folder_without_photos_is_told(tmp_path, capsys):
    with pytest.raises(InputError):
        list(training.photos(tmp_path))
    assert training.main([str(tmp_path)]) == 1
    assert "give the folder's path" in capsys.readouterr().err
