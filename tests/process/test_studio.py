"""The studio and its spawned worker: a lost one is replaced, the newest wins, nothing stays behind."""

import dataclasses
import gc
import logging
import os
import signal
import time
from pathlib import Path

import numpy as np
import pytest

import stand_in
from showroom.errors import InputError, RingError
from showroom.imagine.studio import CLOSED, IDLE, RESTING, STARTING, WORKING, Studio
from showroom.imagine.worker import NICENESS
from showroom.words.geometry import Geometry
from showroom.words.image import Image
from showroom.words.preference import Preference
from showroom.words.product import Product
from showroom.words.request import Request
from showroom.words.result import Done, Failed, Progress
from showroom.words.scenespec import SceneSpec
from stand_in import a_request, a_spec

LONG_S = 60.0  # no test takes a tenth of it


@pytest.fixture
def studio(tmp_path):
    """Opens studios that are closed at the end."""
    opened = []

    def open_one(**changes) -> Studio:
        settings = {"ring_bytes": 1 << 20, "warm_after_s": None, "make": stand_in.make_some, **changes}
        opened.append(Studio(tmp_path, **settings))
        return opened[-1]

    yield open_one
    for one in opened:
        one.close()


def until(studio: Studio, enough) -> list:
    """Polls until `enough(results)`; returns the results."""
    results, deadline = [], time.monotonic() + LONG_S
    while not enough(results):
        results += studio.poll()
        assert time.monotonic() < deadline, f"{len(results)} results, {studio.status()}"
        time.sleep(0.001)
    return results


def ended(results) -> bool:
    return any(isinstance(result.value, (Done, Failed)) for result in results)


def kinds(results, kind) -> list:
    return [result.value for result in results if isinstance(result.value, kind)]


def wait_for(condition) -> None:
    deadline = time.monotonic() + LONG_S
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def test_everything_arrives_in_order(studio):
    one = studio()
    number = one.request(a_request(images=30))
    results = until(one, ended)
    assert number == 1 and {result.request for result in results} == {1}
    values = [result.value for result in results]
    assert values[0] == a_spec() and values[-1] == Done()
    assert [part.part for part in kinds(results, Geometry)] == ["rock 0", "rock 1"]
    assert [int(image.pixels[0, 0, 0]) for image in kinds(results, Image)] == list(range(30))
    assert [progress.fraction for progress in kinds(results, Progress)] == [step / 30 for step in range(30)]
    assert one.status().state == IDLE and one.poll() == []


@pytest.mark.parametrize("seed", [7, 13])
def test_small_images_travel_together_and_none_is_kept_back(studio, seed):
    one = studio(make=stand_in.make_small)
    for count in (1, 5, 23):
        one.request(a_request(seed, images=count))
        results = until(one, ended)
        assert [int(image.pixels[0, 0, 0]) for image in kinds(results, Image)] == list(range(count))
        assert isinstance(results[-1].value, Failed if seed == 13 else Done)


def test_the_worker_gives_way_to_the_show(studio):
    one = studio()
    one.request(a_request())
    until(one, ended)
    pid = one.status().pid
    assert os.sched_getscheduler(pid) == os.SCHED_BATCH, "waking, it would take the core off a frame"
    ours, its = (os.getpriority(os.PRIO_PROCESS, process) for process in (0, pid))
    assert its == min(ours + NICENESS, 19)


def test_killed_in_the_middle_another_worker_finishes(studio, caplog):
    one = studio(ring_bytes=1 << 16)
    one.request(a_request(images=100))
    results = until(one, lambda results: len(kinds(results, Image)) > 10)
    first = one.status().pid
    os.kill(first, signal.SIGKILL)
    with caplog.at_level(logging.WARNING):
        results += until(one, ended)
    assert kinds(results, Done) and one.status().pid != first
    assert len(kinds(results, SceneSpec)) == 1, "what the first worker sent is not sent again"
    assert [part.part for part in kinds(results, Geometry)] == ["rock 0", "rock 1"]
    assert [int(image.pixels[0, 0, 0]) for image in kinds(results, Image)][-100:] == list(range(100))
    assert one.status().faults == 1
    assert len([record for record in caplog.records if "worker was lost" in record.message]) == 1


def test_a_worker_lost_when_idle_is_replaced_and_does_not_answer_again(studio):
    one = studio()
    one.request(a_request())
    until(one, ended)
    first = one.status().pid
    os.kill(first, signal.SIGKILL)
    until(one, lambda _: one.status().pid not in (first, None) and one.status().state == IDLE)
    assert one.poll() == []
    one.request(a_request(seed=8))
    assert kinds(until(one, ended), SceneSpec) == [a_spec(8)]


def test_a_hung_worker_is_replaced(studio):
    one = studio(patience_s=3.0)
    until(one, lambda _: one.status().state != STARTING)
    first = one.status().pid
    os.kill(first, signal.SIGSTOP)
    one.request(a_request())
    results = until(one, ended)
    assert kinds(results, Done) and one.status().pid != first
    assert "no life" in one.status().fault
    wait_for(lambda: not Path(f"/proc/{first}").exists())


def test_results_of_older_requests_are_dropped(studio):
    one = studio()
    one.request(a_request(seed=1, images=200))
    until(one, lambda results: len(results) > 5)
    number = one.request(a_request(seed=2, images=10))
    results = until(one, ended)
    assert {result.request for result in results} == {number}
    assert kinds(results, SceneSpec) == [a_spec(2)] and len(kinds(results, Image)) == 10


def test_of_twenty_quick_switches_only_the_newest_is_answered(studio):
    one, results = studio(), []
    for seed in range(1, 21):
        number = one.request(a_request(seed=seed, images=50))
        now = one.poll()
        assert {result.request for result in now} <= {number}
        results += now
    results += until(one, ended)
    last = [result for result in results if result.request == 20]
    assert kinds(last, SceneSpec) == [a_spec(20)] and len(kinds(last, Image)) == 50
    assert len(kinds(results, Done)) == 1


def test_a_full_ring_makes_the_worker_wait_and_the_show_never(studio):
    one = studio(ring_bytes=1 << 16, poll_bytes=1)
    one.request(a_request(images=60))
    wait_for(lambda: one.status().backlog_bytes > (1 << 16) - 20_000)
    beats = one._worker.channel.beats
    wait_for(lambda: one._worker.channel.beats > beats + 20)  # it waits, alive
    assert one.status().backlog_bytes <= 1 << 16
    results, most = [], 0
    deadline = time.monotonic() + LONG_S
    while not ended(results):
        now = one.poll()
        most = max(most, sum(image.pixels.nbytes for image in kinds(now, Image)))
        results += now
        assert time.monotonic() < deadline
    assert most <= 64 * 64 * 4, "one poll copied more than its budget and one frame"
    assert [int(image.pixels[0, 0, 0]) for image in kinds(results, Image)] == list(range(60))


def backlog(one: Studio, images: int = 60) -> None:
    """A request is answered, and nothing of it read."""
    one.request(a_request(images=images))
    wait_for(lambda: one.status().backlog_bytes > images * 64 * 64 * 4)


def test_a_loop_that_turns_slowly_reads_the_more_at_a_time(studio):
    one, results = studio(ring_bytes=4 << 20), []
    backlog(one)
    for _ in range(6):
        time.sleep(0.3)
        results += one.poll()
    assert len(kinds(results, Image)) == 60


def test_a_frame_that_comes_late_does_not_make_up_for_what_it_missed(studio, monkeypatch):
    one, now = studio(ring_bytes=4 << 20), [time.monotonic()]
    backlog(one)
    monkeypatch.setattr("showroom.imagine.studio.time.monotonic", lambda: now[0])
    came = []
    for passed_s in [0.011] * 10 + [0.5] + [0.011] * 9:
        now[0] += passed_s
        came.append(len(kinds(one.poll(), Image)))
    assert 0 < max(came[:10]) <= 8 and max(came[10:]) <= max(came[:10])
    assert not any(first and second for first, second in zip(came, came[1:])), "no two frames in a row read"


def test_a_spec_that_is_known_does_not_wait_for_a_busy_worker(studio):
    one = studio(make=stand_in.make_slowly)
    one.request(a_request(seed=13))
    until(one, lambda _: one.status().state == WORKING)
    number = one.request(a_request(seed=14))
    first = one.poll()[0]
    assert first.request == number and first.value == a_spec(14)


def test_polling_an_empty_ring_gives_nothing_at_once(studio):
    one = studio()
    assert one.poll() == [] and one.status().state in (STARTING, IDLE)


def test_a_request_that_kills_every_worker_is_given_up_and_the_next_one_answered(studio, caplog):
    one = studio(make=stand_in.make_dying)
    one.request(a_request(seed=13))
    results = until(one, ended)
    assert len(kinds(results, Failed)) == 1 and "given up" in kinds(results, Failed)[0].reason
    pauses = [float(record.message.split("starts in ")[1].split(" s")[0]) for record in caplog.records
              if "starts in" in record.message]
    assert pauses == [0.25, 0.5, 1.0], "each pause is longer than the one before"
    assert one.status().faults == 3
    one.request(a_request(seed=14))
    results = until(one, ended)
    assert kinds(results, Done) and one.status().faults == 3


@pytest.mark.parametrize("spoil", ["noise", "positions"])
def test_garbage_in_the_ring_costs_a_worker_and_nothing_else(studio, spoil):
    one = studio(ring_bytes=1 << 16)
    one.request(a_request(images=60))
    wait_for(lambda: one.status().backlog_bytes > 50_000)
    ring = one._worker.channel.ring
    if spoil == "noise":
        ring._body[40_000:50_000] = np.random.default_rng(1).integers(0, 256, 10_000, np.uint8).tobytes()
    else:
        ring._read[0] += 12_345
    results = until(one, ended)
    assert kinds(results, Done) and one.status().faults == 1 and "reading the ring" in one.status().fault
    assert [int(image.pixels[0, 0, 0]) for image in kinds(results, Image)][-60:] == list(range(60))


def test_an_unforeseen_failure_is_one_line_and_the_worker_lives(studio):
    one = studio(make=stand_in.make_failing)
    one.request(a_request())
    failed, = kinds(until(one, ended), Failed)
    assert "ZeroDivisionError" in failed.reason and "\n" not in failed.reason
    pid = one.status().pid
    one.request(a_request(seed=9))
    results = until(one, ended)
    assert kinds(results, SceneSpec) == [a_spec(9)] and "EOFError" in kinds(results, Failed)[0].reason
    assert one.status().pid == pid and one.status().faults == 0


def test_a_worker_that_is_given_no_memory_says_so_in_one_line_and_lives(studio):
    one = studio(make=stand_in.make_greedy)
    one.request(a_request(seed=13))
    failed, = kinds(until(one, ended), Failed)
    assert "MemoryError" in failed.reason and "\n" not in failed.reason
    pid = one.status().pid
    one.request(a_request(seed=14))
    assert kinds(until(one, ended), Done) and one.status().pid == pid and one.status().faults == 0


def test_what_is_well_sent_and_cannot_be_true_costs_the_worker(studio):
    one = studio(make=stand_in.make_nonsense)
    one.request(a_request(seed=13))
    results = until(one, ended)
    assert not kinds(results, Image) and "given up" in kinds(results, Failed)[0].reason
    assert "rows of shape" in one.status().fault
    one.request(a_request(seed=14))
    assert kinds(until(one, ended), Done)


def a_product() -> Product:
    return Product("text-1", "perfume", {"en": "Salt"}, {"en": "sea salt"})


def test_a_missing_model_fails_the_text_and_not_the_catalogue(studio):
    one = studio(load_nose=stand_in.no_nose)
    one.request(Request("place", product=a_product()))
    failed, = kinds(until(one, ended), Failed)
    assert "package is missing" in failed.reason and one.status().model == "failed"
    one.request(a_request())
    assert kinds(until(one, ended), Done)


def test_a_baked_product_does_not_wait_for_a_model_that_loads(studio):
    one = studio(load_nose=stand_in.slow_nose)
    one.request(Request("place", product=a_product()))
    until(one, lambda _: one.status().model == "loading")
    one.request(a_request())
    assert kinds(until(one, ended), Done) and one.status().model == "loading"


def test_an_idle_worker_warms_the_model(studio):
    one = studio(load_nose=stand_in.no_nose, warm_after_s=0.0)
    until(one, lambda _: one.status().model == "failed")
    assert one.status().faults == 0


def test_a_request_too_long_to_send_is_refused(studio):
    one, wordy = studio(), Product("x", "perfume", {"en": "x"}, {"en": "y" * (2 << 20)})
    with pytest.raises(InputError, match="up to"):
        one.request(Request("hall", products=((wordy, a_spec()),)))
    one.request(a_request())
    assert kinds(until(one, ended), Done)


def open_files() -> set[str]:
    found = set()
    for descriptor in Path("/proc/self/fd").iterdir():
        try:
            found.add(f"{descriptor.name} {os.readlink(descriptor)}")
        except FileNotFoundError:
            pass  # the listing's own
    return found


def test_everything_is_given_back(studio, tmp_path):
    studio().close()  # whatever starts once a process (Python's resource tracker) has started now
    gc.collect()
    files, pids, names = open_files(), [], []
    for _ in range(3):
        one = studio()
        one.request(a_request(images=200))
        until(one, lambda results: len(results) > 3)
        pids.append(one.status().pid)
        names.append(one._worker.channel.name)
        os.kill(pids[-1], signal.SIGKILL)
        until(one, lambda _: one.status().state == RESTING)
        until(one, lambda results: len(results) > 3)
        pids.append(one.status().pid)
        names.append(one._worker.channel.name)
        one.close()
        one.close()
        assert one.status().state == CLOSED and one.poll() == []
    gc.collect()
    assert not [pid for pid in pids if Path(f"/proc/{pid}").exists()]
    assert not set(os.listdir("/dev/shm")) & set(names)
    assert {line.split(" ")[1] for line in open_files()} <= {line.split(" ")[1] for line in files}
    assert len(open_files()) <= len(files)


def test_no_room_for_a_ring_is_one_line(studio):
    with pytest.raises(RingError, match="/dev/shm"):
        studio(ring_bytes=1 << 46)


def test_states_are_told(studio):
    one = studio(ring_bytes=1 << 16)
    one.request(a_request(images=60))
    until(one, lambda _: one.status().state == WORKING)
    assert one.status().request == 1 and one.status().pid


def test_the_worker_rests_while_frames_are_late_and_wakes_for_a_new_request(studio):
    one = studio(make=stand_in.make_steadily)

    def seconds(seed: int) -> float:
        start = time.monotonic()
        one.request(a_request(seed))
        assert kinds(until(one, ended), Done)
        return time.monotonic() - start

    seconds(1)  # it starts
    at_ease = seconds(2)
    for _ in range(300):
        one.heed(True)
    assert seconds(3) > 3 * at_ease
    one.request(a_request(4))
    until(one, lambda results: kinds(results, Image))
    one.request(a_request(5))
    assert kinds(until(one, lambda results: results), SceneSpec)[0].seed == 5
    for _ in range(600):
        one.heed(False)
    until(one, ended)
    assert seconds(6) < 20 * at_ease


def test_a_worker_that_was_told_of_a_visitor_is_replaced(studio):
    one = studio()
    one.request(a_request())
    until(one, ended)
    assert not one.forget(), "nothing personal was said"
    first = one.status().pid
    one.request(dataclasses.replace(a_request(), preference=Preference(place="seashore")))
    until(one, ended)
    assert one.forget() and not one.forget()
    wait_for(lambda: one.poll() == [] and one.status().pid not in (None, first))
    assert one.status().faults == 0
    one.request(a_request(9))
    assert kinds(until(one, ended), Done)


def test_forgetting_drops_the_visitors_request_and_keeps_the_houses(studio):
    one = studio(make=stand_in.make_slowly)
    one.request(dataclasses.replace(a_request(13), preference=Preference(place="seashore")))
    assert one.forget()
    wait_for(lambda: one.poll() == [] and one.status().state == IDLE)  # it is not asked for again
    one.request(dataclasses.replace(a_request(13), adjust="warmer"))
    house = one.request(a_request(9))
    assert one.forget()  # what the worker was told before, it may know still
    results = until(one, ended)
    assert kinds(results, Done) and {result.request for result in results} == {house}
