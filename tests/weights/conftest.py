"""The tests of this folder run the embedded model and the painters; they share paint_specs.py."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))


@pytest.fixture(scope="session")
def encoder():
    """The sentence encoder, loaded once."""
    import torch

    from showroom.imagine.encoder import Encoder

    torch.set_num_threads(1)
    return Encoder.load()


@pytest.fixture(scope="session")
def nose(encoder):
    """The nose as the worker has it."""
    from showroom.imagine.lexicon import load_lexicon
    from showroom.imagine.nose import Nose

    return Nose(load_lexicon(), encoder)
