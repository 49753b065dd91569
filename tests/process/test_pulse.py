"""The pulse: standing still and running away are losses, hard work on a crowded machine is not."""

import os

import pytest

from showroom.imagine import pulse
from showroom.imagine.pulse import RUNAWAY, Pulse

PATIENCE_S = 30.0


class Worker:
    """A pretended worker and clock: `after` lets both go on."""

    def __init__(self, monkeypatch):
        self.now = self.used = 100.0
        monkeypatch.setattr(pulse.time, "monotonic", lambda: self.now)
        monkeypatch.setattr(pulse, "_processor_s", self.asked_for)
        self.beats = self.asked = 0
        self.pulse = Pulse(1, PATIENCE_S)

    def asked_for(self, pid: int) -> float:
        self.asked += 1
        return self.used

    def after(self, seconds: float, used: float, beats: int = 0) -> str:
        """What the pulse says then."""
        self.now, self.used, self.beats = self.now + seconds, self.used + used, self.beats + beats
        return self.pulse.lost(self.beats)


@pytest.fixture
def worker(monkeypatch) -> Worker:
    return Worker(monkeypatch)


def test_a_worker_that_beats_lives_forever(worker):
    assert not any(worker.after(20, 0, beats=1) for _ in range(100))


def test_a_worker_that_stands_still_is_lost_after_its_patience(worker):
    assert worker.after(PATIENCE_S - 1, 0) == ""
    assert "no life" in worker.after(2, 0)


def test_a_silent_worker_that_works_is_waited_for_but_not_forever(worker):
    assert worker.after(PATIENCE_S * 2, PATIENCE_S * 2 * 0.1) == ""  # a tenth of a processor, on a crowded machine
    assert worker.after(PATIENCE_S * 5, PATIENCE_S * 5) == ""
    assert "at one thing" in worker.after(PATIENCE_S * RUNAWAY, PATIENCE_S * RUNAWAY)


def test_a_beat_forgives_what_was_before(worker):
    assert worker.after(PATIENCE_S * 8, PATIENCE_S * 8) == ""
    assert worker.after(1, 1, beats=1) == ""
    assert worker.after(PATIENCE_S * 8, PATIENCE_S * 8) == ""


def test_the_system_is_asked_only_about_a_worker_that_is_silent(worker):
    for _ in range(100):
        worker.after(0.3, 0.3, beats=1)
        worker.after(0.3, 0.3)
    assert worker.asked == 0
    worker.after(2, 0)
    assert worker.asked == 1


def test_processor_time_of_this_process_grows():
    before = pulse._processor_s(os.getpid())
    while pulse._processor_s(os.getpid()) < before + 0.05:
        sum(range(10_000))
