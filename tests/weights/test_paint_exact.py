"""The same bytes whatever the processor: every painter with and without AVX2."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch

CHILD = Path(__file__).with_name("paint_digests.py")
SIZE_PX = 64


@pytest.fixture(scope="module")
def digests(repository) -> dict[str, dict[str, str]]:
    """Digests of all painters' pictures by processor capability."""
    if not torch.backends.cpu.get_cpu_capability().startswith("AVX"):
        pytest.skip("this processor has no AVX2: there is nothing to compare with")

    def of(capability: str) -> subprocess.Popen:
        environment = {**os.environ, "ATEN_CPU_CAPABILITY": capability, "PYTHONPATH": str(repository)}
        return subprocess.Popen([sys.executable, str(CHILD), str(SIZE_PX)], stdout=subprocess.PIPE, text=True,
                                env=environment)

    children = {capability: of(capability) for capability in ("default", "avx2")}
    return {capability: json.loads(child.communicate(timeout=300)[0]) for capability, child in children.items()}


def test_painters_do_not_know_the_processor(digests):
    plain, wide = digests["default"], digests["avx2"]
    assert plain.pop("capability") != wide.pop("capability"), "both ran alike: nothing was compared"
    assert len(plain) > 30
    assert [name for name in plain if plain[name] != wide[name]] == []
