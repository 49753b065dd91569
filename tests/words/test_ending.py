"""How a command that runs for days is ended."""

import signal
import subprocess
import sys

import pytest

PROGRAM = """
import ctypes, sys, time
from showroom.cli.ending import Ending

with Ending() as ending:
    ending.when_stuck(lambda: "it stands still" * (sys.argv[1] == "stuck"), lambda: print("last", flush=True))
    print("ready", flush=True)
    if sys.argv[1] == "stuck":
        lock, library = ctypes.create_string_buffer(64), ctypes.CDLL(None)
        library.pthread_mutex_lock(lock)
        library.pthread_mutex_lock(lock)  # in C, for ever: no signal is heeded in here
    while not ending.asked:
        time.sleep(0.01)
    print("asked", flush=True)
    while sys.argv[1] == "deaf":
        time.sleep(0.01)
"""


def started(how: str) -> subprocess.Popen:
    process = subprocess.Popen([sys.executable, "-c", PROGRAM, how], stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "ready\n"
    return process


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_first_signal_asks(number):
    process = started("heeding")
    process.send_signal(number)
    output, errors = process.communicate(timeout=30)
    assert (process.returncode, output, errors) == (0, "asked\n", "")


def test_a_second_signal_acts_as_always():
    process = started("deaf")
    process.send_signal(signal.SIGTERM)
    assert process.stdout.readline() == "asked\n"
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=30)
    assert process.returncode == -signal.SIGTERM


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_what_is_stuck_is_ended_with_a_line(number):
    process = started("stuck")
    process.send_signal(number)
    output, errors = process.communicate(timeout=30)
    assert (process.returncode, output) == (128 + number, "last\n")
    assert errors == f"showroom: it stands still; ended by {number.name}\n"
