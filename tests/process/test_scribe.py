"""The scribe and its process: nothing waits for it, the newest wins, a lost one is replaced, nothing stays behind."""

import logging
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

import scribe_stand_in
from showroom.imagine.scribe import Scribe
from showroom.words.sign import SIZES_M, Writing

LONG_S = 60.0  # no test takes a tenth of it
HELLO = Writing("caption", "Good evening.")
CHOICE = Writing("choice", "中文", language="zh")
CARD = Writing("card", "Bassa Marea", ("Profumo", "top\tTesta\tbergamotto, sale"), "it")


@pytest.fixture
def scribe():
    """Opens scribes that are closed at the end."""
    opened = []

    def open_one(**changes) -> Scribe:
        opened.append(Scribe(**changes))
        return opened[-1]

    yield open_one
    for one in opened:
        one.close()


def until(scribe: Scribe, condition) -> list:
    """Polls until the condition holds; returns the panels that came meanwhile."""
    came, deadline = [], time.monotonic() + LONG_S
    while not condition():
        came += scribe.poll()
        assert time.monotonic() < deadline, scribe.status()
        time.sleep(0.002)
    return came


def has(scribe: Scribe, *writings: Writing):
    def all_there() -> bool:
        shown = [scribe.shown(writing) for writing in writings]
        return all(panel is not None and panel.writing == writing
                   for panel, writing in zip(shown, writings, strict=True))
    return all_there


def open_files() -> int:
    return len(os.listdir("/proc/self/fd"))


def test_what_is_wanted_comes_in_its_size(scribe):
    one = scribe()
    one.want((HELLO, CHOICE, CARD))
    came = until(one, has(one, HELLO, CHOICE, CARD))
    assert [panel.writing for panel in came[:3]] == [HELLO, CHOICE, CARD]
    for panel in came:
        width, height = SIZES_M[panel.writing.kind]
        assert panel.pixels.dtype == np.uint8
        assert panel.pixels.shape[1] / panel.pixels.shape[0] == pytest.approx(width / height, rel=0.01)
        assert panel.pixels[..., 3].max() > 200
    assert one.status().faults == 0


def test_a_choice_brings_its_lit_twin_unasked(scribe):
    one = scribe()
    lit = Writing(CHOICE.kind, CHOICE.title, language="zh", lit=True)
    one.want((CHOICE,))
    until(one, has(one, CHOICE))
    assert one.shown(lit) is not None  # until its own has come, what there is
    until(one, has(one, lit))
    assert not np.array_equal(one.shown(lit).pixels, one.shown(CHOICE).pixels)


def test_the_newest_is_lettered_and_what_was_wanted_before_is_dropped(scribe):
    one = scribe()
    old = tuple(Writing("card", f"Old {number}") for number in range(60))
    one.want(old)
    until(one, has(one, old[0]))
    one.want((HELLO,))
    until(one, has(one, HELLO))
    until(one, lambda: one.status().state == "idle")
    assert sum(one.shown(writing) is not None for writing in old) < 20


def test_wanting_the_same_again_asks_for_nothing(scribe):
    one = scribe()
    one.want((HELLO,))
    until(one, has(one, HELLO))
    first = one.shown(HELLO)
    one.want(())
    one.want((HELLO,))
    assert one.status().state == "idle"
    assert one.shown(HELLO) is first


def test_panels_are_kept_within_bounds_but_never_less_than_what_is_wanted(scribe):
    one = scribe(kept_bytes=3, serve=scribe_stand_in.clumsy)
    many = tuple(Writing("caption", f"number {number}") for number in range(6))
    for writing in many:
        one.want((writing,))
        until(one, has(one, writing))
    assert sum(one.shown(writing) is not None for writing in many) == 1
    one.want(many)
    until(one, has(one, *many))


def test_a_killed_scribe_is_replaced_and_what_it_made_stays(scribe, caplog):
    one = scribe()
    one.want((HELLO,))
    until(one, has(one, HELLO))
    os.kill(one.status().pid, signal.SIGKILL)
    with caplog.at_level(logging.WARNING):
        until(one, lambda: one.status().faults == 1)
        assert one.shown(HELLO) is not None
        one.want((HELLO, CHOICE))
        until(one, has(one, HELLO, CHOICE))
    assert len([line for line in caplog.messages if "the scribe was lost" in line]) == 1


def test_a_scribe_that_stands_still_is_replaced(scribe):
    one = scribe(patience_s=1.0)
    one.want((HELLO,))
    until(one, has(one, HELLO))
    os.kill(one.status().pid, signal.SIGSTOP)
    one.want((CHOICE,))
    until(one, has(one, CHOICE))
    assert "no life" in one.status().fault


def test_one_that_is_asked_for_nothing_may_be_silent(scribe):
    one = scribe(patience_s=0.3, serve=scribe_stand_in.dumb)
    began = time.monotonic()
    until(one, lambda: time.monotonic() - began > 1.5)
    assert one.status().faults == 0
    one.want((HELLO,))
    until(one, lambda: one.status().faults >= 1)


@pytest.mark.parametrize(("serve", "why"), [
    (scribe_stand_in.liar, "no panel"), (scribe_stand_in.babbler, "no panel"), (scribe_stand_in.mortal, "hung up|broke"),
])
def test_nonsense_and_death_cost_the_process_and_nothing_else(scribe, serve, why, caplog):
    one = scribe(serve=serve)
    one.want((HELLO,))
    until(one, lambda: one.status().faults >= 2)
    assert re.search(why, one.status().fault)
    assert one.shown(HELLO) is None


def test_the_pauses_between_processes_grow(scribe, caplog):
    one = scribe(serve=scribe_stand_in.mortal)
    one.want((HELLO,))
    with caplog.at_level(logging.WARNING):
        until(one, lambda: one.status().faults >= 3)
    pauses = [float(line.split(" starts in ")[1].split()[0]) for line in caplog.messages if " starts in " in line]
    assert pauses[:3] == [0.25, 0.5, 1.0]


def test_what_cannot_be_lettered_is_said_once_and_left_out(scribe, caplog):
    one = scribe(serve=scribe_stand_in.clumsy)
    with caplog.at_level(logging.WARNING):
        one.want((Writing("caption", "impossible"), HELLO))
        until(one, has(one, HELLO))
        until(one, lambda: one.status().state == "idle")
        one.want((HELLO,))
        one.want((Writing("caption", "impossible"), HELLO))
        until(one, lambda: one.status().state == "idle")
        assert one.status().faults == 0
        os.kill(one.status().pid, signal.SIGKILL)
        one.want((HELLO, CHOICE))
        until(one, has(one, CHOICE))
    assert sum("impossible" in line for line in caplog.messages) == 1
    assert sum("a font is missing" in line for line in caplog.messages) == 1


def test_asking_and_polling_wait_for_nobody(scribe):
    """A process that reads nothing: what is asked for goes on piling up on our side, and no call blocks."""
    one = scribe(patience_s=600.0)
    until(one, lambda: True)
    os.kill(one.status().pid, signal.SIGSTOP)
    writings = [tuple(Writing("card", f"{turn} {number}", ("x" * 900,) * 16) for number in range(8)) for turn in range(40)]
    began = time.thread_time()
    for wanted in writings:
        one.want(wanted)
        one.poll()
    assert time.thread_time() - began < 5.0
    one.want((HELLO,))
    os.kill(one.status().pid, signal.SIGCONT)
    until(one, has(one, HELLO))


def test_nothing_stays_behind():
    def once() -> None:
        with Scribe() as one:
            one.want((HELLO,))
            until(one, has(one, HELLO))
            pids.append(one.status().pid)
        assert one.poll() == []
        assert one.status().state == "closed"
        one.close()

    pids: list[int] = []
    once()
    files, shared = open_files(), set(os.listdir("/dev/shm"))
    once()
    assert open_files() == files
    assert set(os.listdir("/dev/shm")) <= shared
    assert not any(Path("/proc", str(pid)).exists() for pid in pids)


def test_it_ends_with_the_show(tmp_path):
    """Also when the show is killed: nobody sends any more."""
    code = ("import os, signal, time\nfrom showroom.imagine.scribe import Scribe\n"
            "if __name__ == '__main__':\n    one = Scribe()\n    print(one.status().pid, flush=True)\n"
            "    time.sleep(1)\n    os.kill(os.getpid(), signal.SIGKILL)\n")
    script = tmp_path / "show.py"
    script.write_text(code)
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=LONG_S)
    pid, deadline = int(done.stdout), time.monotonic() + LONG_S
    while Path("/proc", str(pid)).exists() and "zombie" not in Path("/proc", str(pid), "status").read_text():
        assert time.monotonic() < deadline
        time.sleep(0.05)
