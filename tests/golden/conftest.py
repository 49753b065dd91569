"""Goldens: `--update-golden` writes them anew from what is drawn now."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))


def pytest_addoption(parser):
    parser.addoption("--update-golden", action="store_true", help="write the golden pictures anew instead of comparing")


@pytest.fixture
def update_golden(request) -> bool:
    """Whether to write goldens instead of comparing with them."""
    return request.config.getoption("--update-golden")
