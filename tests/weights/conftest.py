"""What the tests of this folder share: the embedded model, paint_specs.py, and one thread for torch.

The machine's cores belong to other tests too, and torch's threads spin while they wait for each other.
"""

import sys
from pathlib import Path

import pytest
import torch

sys.path.insert(0, str(Path(__file__).resolve().parent))


@pytest.fixture(autouse=True)
def one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="session")
def encoder():
    """The sentence encoder, loaded once."""
    from showroom.imagine.encoder import Encoder

    return Encoder.load()


@pytest.fixture(scope="session")
def nose(encoder):
    """The nose as the worker has it."""
    from showroom.imagine.learned import Learned
    from showroom.imagine.lexicon import load_lexicon
    from showroom.imagine.nose import Nose

    return Nose(load_lexicon(), encoder, Learned.load(load_lexicon()))
