"""`showroom shop` as it is typed: what it refuses, in one line; and the bench, at a small size."""

import json
import os
import subprocess
import sys

import pytest
from shop_kit import MERCHANT_KEY

from showroom.cli import main


@pytest.mark.parametrize(("arguments", "environment", "told", "code"), [
    (("--port", "70000"), {}, "0 to 65535", 2),
    (("--public-url", "javascript:alert(1)"), {}, "http or https", 2),
    (("--public-url", "https://x.example/a/path"), {}, "for example https://shop.example", 2),
    (("--webhook", "https://x.example/hook"), {}, "SHOWROOM_WEBHOOK_SECRET", 2),
    (("--host", "0.0.0.0"), {}, "SHOWROOM_TILL_KEY", 1),
    (("--public-url", "https://shop.example"), {}, "SHOWROOM_TILL_KEY", 1),  # something hands on what comes there
    ((), {"SHOWROOM_MERCHANT_KEY": "short"}, "at least 24", 1),
    (("--database", "mysql://x"), {}, "sqlite:////path/shop.sqlite", 1),
    (("--database", "mysql://nobody:secret-word@x/none"), {}, "sqlite:////path/shop.sqlite", 1),
    (("--database", "sqlite://"), {}, "sqlite:////path/shop.sqlite", 1),
    (("--database", "postgresql://nobody:secret-word@127.0.0.1:9/none"), {}, "PostgreSQL server", 3),
    (("--database", "sqlite:////proc/none/shop.sqlite"), {}, "/proc/none", 1),
    (("--catalogue", "/nowhere.toml"), {}, "/nowhere.toml", 1),
    (("--host", "203.0.113.7"), {"SHOWROOM_TILL_KEY": "k" * 24}, "203.0.113.7", 3),
])
def test_what_it_refuses(monkeypatch, capsys, tmp_path, arguments, environment, told, code):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    for name in ("SHOWROOM_TILL_KEY", "SHOWROOM_MERCHANT_KEY", "SHOWROOM_WEBHOOK_SECRET"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert main(["shop", "--port", "0", *arguments]) == code
    said = capsys.readouterr()
    assert said.out == "" and said.err.count("\n") == 1 and told in said.err, said.err
    assert "secret-word" not in said.err


def test_a_port_that_is_taken_is_said(capsys, shop, tmp_path):
    port = shop.url.rsplit(":", 1)[1]
    assert main(["shop", "--port", port, "--database", f"sqlite:///{tmp_path / 'x'}"]) == 3
    assert f"port {port}" in capsys.readouterr().err


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
