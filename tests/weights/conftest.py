"""What the tests of this folder share: paint_specs.py, and one thread for torch.

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
