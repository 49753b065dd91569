"""The seer and its eye: a look is told, the eye ends, and a receipt says so, whatever happens meanwhile."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import onlooker
from showroom.imagine.look.seer import Seer
from showroom.words.look import FILE, Look, Photograph, Unseen, Wiped

LONG_S = 60.0  # no test takes a tenth of it


@pytest.fixture
def seer():
    """Opens seers that are closed at the end."""
    opened = []

    def open_one(loading=onlooker.quick, **changes) -> Seer:
        opened.append(Seer(loading=loading, **changes))
        return opened[-1]

    yield open_one
    for one in opened:
        one.close()
    assert not multiprocessing.active_children()


@pytest.fixture
def photo(tmp_path) -> Photograph:
    path = tmp_path / "photo.jpg"
    path.write_bytes(b"a photo")
    return Photograph(FILE, str(path))


def next_news(seer: Seer):
    """What comes next."""
    deadline = time.monotonic() + LONG_S
    while (came := seer.poll()) is None:
        assert time.monotonic() < deadline, "nothing came"
        time.sleep(0.01)
    return came


def test_a_look_comes_and_then_the_receipt_of_an_ended_process(seer, photo):
    one = seer()
    one.prepare()
    pid = one.pid
    one.look(photo)
    assert one.pid == pid and one.looking  # the one that was prepared looks
    assert next_news(one) == onlooker.LOOK
    assert next_news(one) == Wiped(pid, looked=True)
    assert not Path(f"/proc/{pid}").exists()
    assert one.pid is None and not one.looking and one.poll() is None


def test_who_says_no_has_the_eye_ended_unused(seer):
    one = seer()
    one.prepare()
    pid = one.pid
    one.wipe()
    assert next_news(one) == Wiped(pid, looked=False)


def test_reset_in_the_middle_of_a_look_ends_it_and_tells_nothing_of_it(seer, photo):
    one = seer(onlooker.hung)
    one.look(photo)
    pid = one.pid
    one.wipe()
    one.wipe()
    assert next_news(one) == Wiped(pid, looked=True)
    assert one.poll() is None


def test_a_look_that_came_as_the_visit_ended_is_not_told_to_the_next(seer, photo):
    one = seer()
    one.look(photo)
    deadline = time.monotonic() + LONG_S
    while not one._hears.poll(0):  # told, and not yet heard
        assert time.monotonic() < deadline
        time.sleep(0.01)
    one.wipe()
    assert isinstance(next_news(one), Wiped) and one.poll() is None


def test_a_second_photo_replaces_the_first(seer, photo, tmp_path):
    one = seer(onlooker.hung)
    one.look(photo)
    first = one.pid
    one._loading = onlooker.quick
    one.look(photo)
    came = [next_news(one) for _ in range(3)]
    assert onlooker.LOOK in came and Wiped(first, looked=True) in came
    assert [type(each) for each in came].count(Wiped) == 2


@pytest.mark.parametrize(("loading", "says"), [
    (onlooker.blind, "looking at a photo: RuntimeError; choose another photo"),  # not what it held
    (onlooker.killed, "looking at a photo: it ended before it had told; the visit goes on without"),
])
def test_what_goes_wrong_is_told_to_staff_and_ends_the_eye(seer, photo, loading, says):
    one = seer(loading)
    one.look(photo)
    assert next_news(one) == Unseen(says)
    assert isinstance(next_news(one), Wiped)


def test_a_file_that_is_no_photo_is_told_in_its_own_words(seer, tmp_path):
    one = seer()
    one.look(Photograph(FILE, str(tmp_path / "none.jpg")))
    came = next_news(one)
    assert isinstance(came, Unseen) and "none.jpg" in came.reason


def test_an_eye_that_hangs_is_given_up(seer, photo):
    one = seer(onlooker.hung, patience_s=0.2)
    one.look(photo)
    assert next_news(one) == Unseen("looking at a photo: it took more than 0.2 s; the visit goes on without")
    assert isinstance(next_news(one), Wiped)


def test_an_eye_that_was_prepared_in_vain_and_died_is_replaced_without_a_word(seer, photo):
    one = seer()
    one.prepare()
    os.kill(one.pid, signal.SIGKILL)
    assert isinstance(next_news(one), Wiped)
    one.look(photo)
    assert isinstance(next_news(one), Look)


def test_polling_never_waits_for_an_eye(seer, photo):
    one = seer(onlooker.hung)
    one.look(photo)
    start = time.process_time()
    for _ in range(1000):
        assert one.poll() is None
    assert time.process_time() - start < 1.0


def test_a_killed_show_takes_its_eye_with_it(photo, tmp_path):
    program = (f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
               "import onlooker, time\nfrom showroom.imagine.look.seer import Seer\n"
               "from showroom.words.look import FILE, Photograph\n"
               "if __name__ == '__main__':\n"
               f"    one = Seer(loading=onlooker.hung); one.look(Photograph(FILE, {photo.path!r}))\n"
               "    print(one.pid, flush=True); time.sleep(600)\n")
    script = tmp_path / "show.py"
    script.write_text(program)
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True) as show:
        pid = int(show.stdout.readline())
        time.sleep(1.0)  # until it hangs
        show.kill()
    deadline = time.monotonic() + LONG_S
    while _lives(pid):
        assert time.monotonic() < deadline, "the eye outlived the show"
        time.sleep(0.05)


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
