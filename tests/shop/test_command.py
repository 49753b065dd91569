"""`showroom shop` as it is typed: what it refuses, in one line; and the bench, at a small size."""

import json
import os
import subprocess
import sys

import pytest
from shop_kit import MERCHANT_KEY


@pytest.mark.parametrize(("arguments", "environment", "told", "code"), [
    (("--port", "70000"), {}, "0 to 65535", 2),
    (("--public-url", "javascript:alert(1)"), {}, "http or https", 2),
    (("--webhook", "https://x.example/hook"), {}, "SHOWROOM_WEBHOOK_SECRET", 2),
    (("--host", "0.0.0.0"), {}, "SHOWROOM_TILL_KEY", 1),
    ((), {"SHOWROOM_MERCHANT_KEY": "short"}, "at least 24", 1),
    (("--database", "mysql://x"), {}, "sqlite:////path/shop.sqlite", 1),
    (("--database", "sqlite://"), {}, "sqlite:////path/shop.sqlite", 1),
    (("--database", "postgresql://nobody:secret-word@127.0.0.1:9/none"), {}, "PostgreSQL server", 3),
    (("--database", "sqlite:////proc/none/shop.sqlite"), {}, "/proc/none", 1),
    (("--catalogue", "/nowhere.toml"), {}, "/nowhere.toml", 1),
    (("--host", "203.0.113.7"), {"SHOWROOM_TILL_KEY": "k" * 24}, "203.0.113.7", 3),
])
def test_what_it_refuses(showroom, own_environment, tmp_path, arguments, environment, told, code):
    place = () if "--database" in arguments else ("--database", f"sqlite:///{tmp_path / 'shop.sqlite'}")
    answer = showroom("shop", "--port", "0", *place, *arguments, env={**own_environment, **environment}, timeout=120)
    assert answer.returncode == code and answer.stdout == ""
    lines = answer.stderr.splitlines()
    assert len(lines) == 1 and told in lines[0], answer.stderr
    assert "secret-word" not in answer.stderr and "Traceback" not in answer.stderr


def test_a_port_that_is_taken_is_said(showroom, own_environment, shop, tmp_path):
    port = shop.url.rsplit(":", 1)[1]
    answer = showroom("shop", "--port", port, "--database", f"sqlite:///{tmp_path / 'x'}", timeout=120)
    assert answer.returncode == 3 and f"port {port}" in answer.stderr


def test_keys_are_not_shown_by_accident():
    from showroom.shop.keys import Keys

    assert MERCHANT_KEY not in repr(Keys.of({"SHOWROOM_MERCHANT_KEY": MERCHANT_KEY}, "127.0.0.1"))


def test_many_clients_at_once_are_all_answered(repository, postgres_url):
    """The bench at a thirtieth: on both databases, no error, and the shop counts what the clients count."""
    command = [sys.executable, str(repository / "scripts" / "shop"), "--json", "--clients", "100", "--orders", "2",
               "--rounds", "1"]
    answer = subprocess.run(command, capture_output=True, text=True, cwd=repository, timeout=300, check=False,
                            env={**os.environ})
    assert answer.returncode == 0, answer.stdout + answer.stderr
    told = json.loads(answer.stdout)
    for name in ("sqlite", "postgresql"):
        one = told[name]
        assert (one["answered"], one["errors"], one["counted_otherwise"]) == (200, 0, 0), told
        assert one["rate_per_s"] > 0 and one["p99_ms"] >= one["p50_ms"] > 0
