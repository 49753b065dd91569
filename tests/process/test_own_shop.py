"""A preview's own shop: it answers where it says, comes back when it is killed, and ends with whoever started it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from showroom.app.keepsake import Keepsakes
from showroom.app.own_shop import OwnShop
from showroom.words.preference import Preference

PATIENCE_S = 60.0
STARTS = ("import sys, time; from pathlib import Path; from showroom.app.own_shop import OwnShop; "
          "shop = OwnShop(Path(sys.argv[1])); print(shop.url, flush=True); time.sleep(600)")


def until(done: Callable[[], bool]) -> bool:
    """Whether something comes to be so."""
    deadline = time.monotonic() + PATIENCE_S
    while not (so := done()) and time.monotonic() < deadline:
        time.sleep(0.1)
    return so


def answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/health").json() == {"ok": True}
    except httpx.TransportError:
        return False


def test_it_answers_and_comes_back_when_it_is_killed(tmp_path, caplog):
    with OwnShop(tmp_path / "new") as shop:
        assert until(lambda: answers(shop.url))
        first = shop.pid
        os.kill(first, signal.SIGKILL)

        def again() -> bool:
            shop.tend()
            return shop.pid not in (first, None) and answers(shop.url)
        assert until(again) and len(caplog.messages) == 1 and shop.url in caplog.text
        second = shop.pid
    assert until(lambda: not Path(f"/proc/{second}").exists()) and not answers(shop.url)
    shop.close()


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGTERM])
def test_it_ends_with_whoever_started_it(tmp_path, ending):
    show = subprocess.Popen([sys.executable, "-c", STARTS, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    url = show.stdout.readline().strip()
    assert until(lambda: answers(url))
    show.send_signal(ending)
    show.wait(10)
    assert until(lambda: not answers(url))


def test_a_still_that_finds_no_shop_costs_one_line(tmp_path, caplog, monkeypatch):
    monkeypatch.setenv("SHOWROOM_CONFIG", str(tmp_path / "not there"))  # what draws it ends at once
    stills = Keepsakes()
    stills.take("bassa-marea", Preference(), "http://127.0.0.1:9/orders/none/still")

    def gone() -> bool:
        stills.poll()
        return not stills.busy
    assert until(gone) and len(caplog.messages) == 1 and "goes without" in caplog.text
    stills.close()
