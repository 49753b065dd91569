"""The learned painter's folder: what it must be, one line for what it must not, loaded once for all hands."""

import json
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file
from tiny_painter import save_tiny, tiny_painter

from showroom.errors import ModelError
from showroom.imagine import model_store, painter_store
from showroom.imagine.painter_store import FILES, card, check_model, load_model, save_model, shared_model
from showroom.imagine.weights import write_sums


@pytest.fixture
def folder(tmp_path) -> Path:
    return save_tiny(tmp_path / "painter")


def test_what_is_saved_is_loaded_and_its_card_says_what_it_knows(folder):
    loaded, saved = load_model(folder), tiny_painter()
    assert not loaded.training
    for name, weights in saved.state_dict().items():
        assert torch.equal(loaded.state_dict()[name], weights), name
    known = card(folder)
    assert "silk" in known.materials and known.preferred == ("soft", "soft in soft") and len(known.digest) == 16


def test_every_byte_of_both_files_is_in_the_digest(folder):
    before = card(folder).digest
    saved = tiny_painter()
    with torch.no_grad():
        saved.levels[0].out.bias.add_(1e-3)
    save_model(saved, folder)
    other = card(folder).digest
    saved.config.preferred = ["soft", "soft in hard"]
    save_model(saved, folder)
    assert len({before, other, card(folder).digest}) == 3


def _edited(folder: Path, change) -> None:
    """Other weights, with digests that are right: damage of a kind that no digest tells."""
    weights = load_file(folder / "model.safetensors")
    change(weights)
    save_file(weights, folder / "model.safetensors", {"format": "pt"})
    write_sums(folder, FILES)


def _config(folder: Path, **changes) -> None:
    config = json.loads((folder / "config.json").read_text()) | changes
    (folder / "config.json").write_text(json.dumps({key: value for key, value in config.items() if value is not None}))
    write_sums(folder, FILES)


def _nose(folder: Path) -> None:
    for name in (*FILES, "SHA256SUMS"):
        (folder / name).write_bytes((model_store.model_folder() / name).read_bytes())


def _text_for_config(folder: Path) -> None:
    (folder / "config.json").write_text("painter")
    write_sums(folder, FILES)


def _cut_off(folder: Path) -> None:
    content = (folder / "model.safetensors").read_bytes()
    (folder / "model.safetensors").write_bytes(content[:len(content) // 2])
    write_sums(folder, FILES)


NAN, INF = ({"levels.1.out.bias": torch.full((5,), value)} for value in (float("nan"), float("inf")))


@pytest.mark.parametrize(("spoil", "said"), [
    (lambda folder: [path.unlink() for path in folder.iterdir()], "SHA256SUMS: No such file"),
    (lambda folder: (folder / "model.safetensors").unlink(), "model.safetensors: No such file"),
    (lambda folder: (folder / "SHA256SUMS").write_text("00  other\n"), "names other; config.json and model"),
    (lambda folder: (folder / "SHA256SUMS").write_text("".join(f"00  {n}\n" for n in range(900))), "names 0, 1, 2"),
    (lambda folder: (folder / "model.safetensors").write_bytes(b"oil"), "only [0-9a-f]{12}… is accepted"),
    (lambda folder: (folder / "config.json").write_text("{}"), "only [0-9a-f]{12}… is accepted"),
    (_nose, "no painter's|holds a 'showroom_nose'"),
    (_text_for_config, "no painter's"),
    (lambda folder: _config(folder, model_type="bert"), "holds a 'bert'; a 'showroom_painter' is accepted"),
    (lambda folder: _config(folder, preferred=None), "no painter's.*preferred"),
    (lambda folder: _config(folder, channels=[16, 8, 8, 8, 16]), "mismatched keys, levels.4"),
    (lambda folder: _edited(folder, lambda weights: weights.update(NAN)), "levels.1.out.bias holds what is no number"),
    (lambda folder: _edited(folder, lambda weights: weights.update(INF)), "levels.1.out.bias holds what is no number"),
    (lambda folder: _edited(folder, lambda weights: weights.pop("levels.0.out.bias")), "missing keys, levels.0.out"),
    (lambda folder: _edited(folder, lambda weights: weights.update(more=torch.ones(1))), "unexpected keys, more"),
    (_cut_off, "loading the painter from"),
])
def test_a_painter_that_is_none_is_one_line(folder, spoil, said):
    spoil(folder)
    with pytest.raises(ModelError, match=said) as raised:
        load_model(folder)
    told = str(raised.value)
    assert "\n" not in told and len(told) < 600 and "make it anew with scripts/train_painter" in told


def test_a_painter_that_is_too_large_is_refused_before_it_is_read(folder, monkeypatch):
    monkeypatch.setattr(painter_store, "MOST_BYTES", 10_000)
    with pytest.raises(ModelError, match="at most 10,000 are accepted"):
        check_model(folder)


@pytest.fixture
def shipped(folder, monkeypatch) -> Path:
    monkeypatch.setattr(painter_store, "model_folder", lambda: folder)
    return folder


def test_any_number_of_hands_load_it_once(shipped, monkeypatch):
    begun, load = [], painter_store.load_model
    monkeypatch.setattr(painter_store, "load_model", lambda folder: begun.append(folder) or load(folder))
    found = []
    hands = [threading.Thread(target=lambda: found.append(shared_model(lambda: None))) for _ in range(4)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert len(begun) == 1 and len(found) == 4 and all(model is found[0] for model in found)


def test_whoever_waits_can_be_called_off(shipped, monkeypatch):
    may_end = threading.Event()
    monkeypatch.setattr(painter_store, "load_model", lambda folder: may_end.wait(10))

    def enough():
        raise InterruptedError

    with pytest.raises(InterruptedError):
        shared_model(enough)
    may_end.set()
    assert shared_model(lambda: None) is True  # what had begun went on


def test_what_cannot_be_loaded_is_said_again_at_once_and_tried_again_once_mended(shipped, monkeypatch):
    _edited(shipped, lambda weights: weights.update(NAN))
    for _ in range(2):
        with pytest.raises(ModelError, match="no number"):
            shared_model(lambda: None)
        monkeypatch.setattr(painter_store, "load_model", None)  # not tried twice
    monkeypatch.undo()
    monkeypatch.setattr(painter_store, "model_folder", lambda: shipped)
    save_tiny(shipped)
    assert shared_model(lambda: None).config.model_type == "showroom_painter"


def test_its_card_and_who_paints_are_known_without_torch():
    code = ("import sys; from showroom.imagine import brushes, make, painter_store; "
            "print(*(name for name in sys.modules if name.split('.')[0] in ('torch', 'transformers')))")
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "\n"
