"""What schemathesis, which makes requests out of the OpenAPI page, finds in a running shop: nothing.

It checks that no request breaks the shop, that every answer is one the page describes, that bodies which
break the page's rules are refused and the others are not, and that nothing opens without its key. Baking
is left out: it would start the show's own commands, which test_places.py does.
"""

import subprocess
import sys
from pathlib import Path

import pytest
from shop_kit import MERCHANT_KEY, TILL_KEY, running

CASES = 3  # of each operation and phase; by hand, some hundreds
SEED = 20


def test_schemathesis_finds_nothing(tmp_path):
    pytest.importorskip("schemathesis", reason="schemathesis makes the requests; start scripts/test")
    rules = (Path(__file__).parent / "schemathesis.toml").read_text("utf-8")
    config = tmp_path / "schemathesis.toml"
    keys = f'[auth.openapi]\ntill.bearer = "{TILL_KEY}"\nmerchant.bearer = "{MERCHANT_KEY}"\n'
    config.write_text(f"{rules}\n{keys}", "utf-8")
    with running(tmp_path) as shop:
        command = [sys.executable, "-m", "schemathesis.cli", "--config-file", str(config), "run",
                   f"{shop.url}/openapi.json", "--exclude-path-regex", "/bake$", "--max-examples", str(CASES),
                   "--seed", str(SEED), "--no-color", "--continue-on-failure"]
        answer = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, timeout=500, check=False)
        assert answer.returncode == 0, answer.stdout[-6000:] + answer.stderr[-2000:]
        assert "Tested: 19" in answer.stdout and "Coverage" in answer.stdout
        assert shop.client.get("/health").json() == {"ok": True}
