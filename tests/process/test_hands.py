"""Hands: work side by side, dropped between two operations; the outcome does not depend on how many."""

import dataclasses
import threading
import time

import numpy as np
import pytest

from showroom.imagine.cache import Cache
from showroom.imagine.exhibit import Exhibits
from showroom.imagine.hands import Bench, Hands
from showroom.imagine.make import _geometry, make
from showroom.imagine.messages import encode
from showroom.imagine.paint import Painted, paint
from showroom.imagine.studio import Studio
from showroom.words.geometry import Geometry
from showroom.words.image import Image
from showroom.words.request import Request
from showroom.words.result import Progress
from stand_in import a_spec

LONG_S = 60


def asked(px: int = 64) -> Request:
    return Request("place", spec=a_spec(), surface_px=px, detail=0.1)


def test_as_many_work_at_once_as_there_are_hands():
    meeting = threading.Barrier(3, timeout=LONG_S)
    with Bench(Hands(3)) as bench:
        for name in "abc":
            bench.give(name, lambda between: meeting.wait())  # nobody passes before all three are there
        assert sorted(bench.done(wait=True)[0] for _ in range(3)) == ["a", "b", "c"]
        assert bench.done(wait=False) is None


def test_one_hand_works_in_order_when_asked_and_in_no_thread():
    done = []
    with Bench(Hands()) as bench:
        bench.give("a", lambda between: done.append(threading.current_thread()))
        assert bench.done(wait=False) is None and done == []
        assert bench.done(wait=True) == ("a", None)
    assert done == [threading.main_thread()]


@pytest.mark.parametrize("count", [1, 2])
def test_what_a_work_raises_comes_where_its_outcome_is_asked_for(count):
    with pytest.raises(ZeroDivisionError), Bench(Hands(count)) as bench:
        bench.give("a", lambda between: 1 // 0)
        bench.done(wait=True)


def test_leaving_drops_what_is_under_way_and_leaves_no_thread():
    before, begun = threading.active_count(), threading.Event()

    def endless(between):
        begun.set()
        while True:
            between()

    with Bench(Hands(2)) as bench:
        bench.give("a", endless)
        bench.give("b", endless)
        assert begun.wait(LONG_S)
    assert threading.active_count() == before


def test_whoever_waits_looks_around():
    class Enough(Exception):
        pass

    waits = iter(range(3))

    def between():
        if threading.current_thread() is threading.main_thread() and next(waits, None) is None:
            raise Enough

    with pytest.raises(Enough), Bench(Hands(2, between)) as bench:
        bench.give("a", lambda look: [look() for _ in iter(lambda: time.sleep(0.001), 0)])
        bench.done(wait=True)


def test_a_painter_stops_between_two_operations():
    class Enough(Exception):
        pass

    operations = iter(range(5))

    def between():
        if next(operations, None) is None:
            raise Enough

    with pytest.raises(Enough):
        paint(a_spec(), "ground", 64, between)


@pytest.mark.parametrize("kind", ["place", "hall"])
def test_growing_stops_in_the_middle_of_a_part(kind, tmp_path):
    class Enough(Exception):
        pass

    parts, looks = [], []

    def between():
        looks.append(len(parts))
        if len(looks) - looks.index(looks[-1]) > 4:  # four times within one part
            raise Enough

    request = dataclasses.replace(asked(), kind=kind, detail=1.0)
    bench = Bench(Hands(1, between))
    with pytest.raises(Enough):
        shown = Exhibits(a_spec(), request.products)
        for block in _geometry(request, shown.spec, shown, Cache(tmp_path), lambda surface: None, bench.look):
            parts.append(block.part)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [], "half a place is not kept"


def test_a_place_under_way_makes_room_for_a_newer_one_at_once(tmp_path):
    """A tenth of a second is meant; finishing the sky that is being painted would take several."""
    with Studio(tmp_path, warm_after_s=None) as studio:
        def until(wanted) -> None:
            deadline = time.monotonic() + LONG_S
            while not any(isinstance(result.value, wanted) for result in studio.poll()):
                assert time.monotonic() < deadline
                time.sleep(0.002)

        studio.request(asked(2048))
        until(Geometry)  # hands have begun on the finest levels
        studio.request(dataclasses.replace(asked(), spec=a_spec(seed=8)))
        wish = time.monotonic()
        until(Progress)
        assert time.monotonic() - wish < 2.5 and studio.status().faults == 0


def test_two_hands_make_the_very_bytes_that_one_makes(tmp_path):
    def made(hands: int) -> list[bytes]:
        values = make(asked(), None, Cache(tmp_path / str(hands)), Hands(hands))
        return sorted(b"".join(encode(value)) for value in values if isinstance(value, Image))

    assert made(1) == made(2)


def test_surfaces_that_are_done_come_a_band_of_each_in_turn(tmp_path, monkeypatch):
    """Nothing is taken further before both that were under way are done."""
    class Noting(Cache):
        def store(self, asset, values):
            super().store(asset, values)
            if asset.size.startswith("512 of"):
                stored.release()

    stored = threading.Semaphore(0)

    def flat(spec, surface, size_px, between):
        return Painted(color=np.full((size_px, size_px, 4), 128, np.uint8))

    monkeypatch.setattr("showroom.imagine.paint.paint", flat)
    monkeypatch.setattr("showroom.imagine.grow.grow_place", lambda *_: iter(()))
    request = asked(512)
    making = make(request, None, Noting(tmp_path), Hands(2))
    first = next(value for value in making if isinstance(value, Image) and value.level < 3)
    assert all(stored.acquire(timeout=LONG_S) for _ in range(2))
    time.sleep(0.2)  # from its being kept to its being handed over
    coming = [value.surface for value in making if isinstance(value, Image)]
    both = coming[:2 * coming.count(first.surface)]
    assert len(both) >= 8 and all(a != b for a, b in zip(both, both[1:]))
