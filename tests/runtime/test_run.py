"""`showroom run` as a shop starts it."""

import signal
import subprocess
import time

import pytest


def test_without_a_runtime_no_wait_ends_with_3_and_one_line(stopped_runtime):
    answer = stopped_runtime.showroom("run", "--no-wait")
    assert answer.returncode == 3, answer.stderr
    assert answer.stdout == ""
    assert len(answer.stderr.splitlines()) == 1
    assert "no runtime answers" in answer.stderr and "start SteamVR or Monado" in answer.stderr


def test_without_a_runtime_it_says_so_once_and_waits(stopped_runtime):
    answer = stopped_runtime.showroom("run", "--seconds", "4")  # time for some attempts
    assert answer.returncode == 0, answer.stderr
    assert answer.stderr.count("no runtime answers") == 1, answer.stderr
    assert "trying again every 0.25 s" in answer.stderr


def test_no_wait_is_content_with_a_runtime(runtime):
    answer = runtime.showroom("run", "--no-wait", "--seconds", "8")
    assert answer.returncode == 0, answer.stderr
    assert "headset session focused" in answer.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_session_politely(runtime, number):
    process = runtime.start_showroom("run")
    said = _until_said(process, "headset session focused")
    process.send_signal(number)
    _, rest = process.communicate(timeout=60)
    assert process.returncode == 0, said + rest
    assert "Traceback" not in said + rest


def test_seconds_must_be_a_time(runtime):
    for wrong in ("soon", "-1", "nan", "0"):
        answer = runtime.showroom("run", "--seconds", wrong)
        assert answer.returncode == 2 and len(answer.stderr.splitlines()) == 1, answer.stderr


def _until_said(process: subprocess.Popen, words: str) -> str:
    said, deadline = "", time.monotonic() + 60
    while words not in said:
        line = process.stderr.readline()
        assert line and time.monotonic() < deadline, f"{words!r} was never said:\n{said}"
        said += line
    return said
