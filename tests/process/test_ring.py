"""The ring alone: every byte arrives, garbage is refused, nothing is read beyond its end."""

import numpy as np
import pytest

from showroom.errors import RingError
from showroom.imagine.messages import MESSAGE_BYTES
from showroom.imagine.ring import HANDLING_BYTES, Ring


class Full(Exception):
    """The writer would have to wait."""


def never() -> None:
    raise Full


def memory(size: int) -> tuple[memoryview, memoryview, memoryview]:
    return memoryview(bytearray(8)).cast("Q"), memoryview(bytearray(8)).cast("Q"), memoryview(bytearray(size))


@pytest.fixture
def shared():
    return memory(1 << 16)


def message(length: int, seed: int = 0) -> bytes:
    return np.random.default_rng(seed).integers(0, 256, length, np.uint8).tobytes()


def taken(ring: Ring, newest: int = 1, budget: int = 1 << 30) -> list[bytes]:
    return [item.tobytes() for item in ring.take(newest, budget)]


def test_messages_of_every_length_come_through_in_order(shared):
    writer, reader = Ring(*shared), Ring(*shared)
    sent = [message(length, length) for length in [1, 7, 8, 9, 31, 32, 33, 1000, 4095, 16000]]
    for _ in range(40):  # many times round
        for item in sent:
            writer.put(1, [memoryview(item)], never)
            assert taken(reader) == [item]


def test_parts_are_joined(shared):
    writer, reader = Ring(*shared), Ring(*shared)
    whole = message(30000)
    writer.put(1, [memoryview(whole[:11]), memoryview(whole[11:29000]), memoryview(whole[29000:])], never)
    assert taken(reader) == [whole]


def test_a_message_larger_than_the_ring_travels_in_frames(shared):
    writer, reader = Ring(*shared), Ring(*shared)
    whole, got, waits = message(500_000), [], []

    def wait():
        waits.append(writer.filled)
        got.extend(taken(reader, budget=1))

    writer.put(1, [memoryview(whole)], wait)
    while writer.filled:
        got.extend(taken(reader))
    assert got == [whole] and waits and max(waits) <= 1 << 16


def test_a_full_ring_makes_the_writer_wait_and_loses_nothing(shared):
    writer, reader = Ring(*shared), Ring(*shared)
    sent = []
    with pytest.raises(Full):
        for number in range(1000):
            writer.put(1, [memoryview(message(5000, number))], never)
            sent.append(message(5000, number))
    assert len(sent) >= 10
    assert taken(reader) == sent


def test_a_message_given_up_halfway_is_dropped(shared):
    writer, reader = Ring(*shared), Ring(*shared)
    with pytest.raises(Full):
        writer.put(1, [memoryview(message(200_000))], never)
    assert taken(reader) == []
    writer.put(1, [memoryview(b"next")], never)
    assert taken(reader) == [b"next"]


def test_a_call_stops_at_its_budget_and_takes_at_least_one_frame(shared):
    writer, reader = Ring(*shared), Ring(*shared)
    for number in range(10):
        writer.put(1, [memoryview(message(2000, number))], never)
    assert len(taken(reader, budget=1)) == 1
    assert len(taken(reader, budget=2 * (2000 + HANDLING_BYTES) + 1)) == 3
    assert len(taken(reader)) == 6


def test_stale_messages_are_passed_over(shared):
    writer, reader = Ring(*shared), Ring(*shared)
    writer.put(1, [memoryview(b"old")], never)
    writer.put(2, [memoryview(b"new")], never)
    writer.put(1, [memoryview(b"older still")], never)
    assert taken(reader, newest=2) == [b"new"]
    assert reader.filled == 0


@pytest.mark.parametrize("where", [0, 4, 8, 16, 20, 24, 40, 200])
def test_a_changed_byte_is_refused(shared, where):
    writer, reader = Ring(*shared), Ring(*shared)
    writer.put(1, [memoryview(message(1000))], never)
    shared[2][where] ^= 0x40
    if where == 8:  # the request's number: then it is someone else's message
        assert taken(reader) == []
    else:
        with pytest.raises(RingError, match="reading the ring"):
            reader.take(1, 1 << 20)


def test_a_frame_that_goes_over_the_rings_end_is_checked_to_its_last_word(shared):
    writer, reader = Ring(*shared), Ring(*shared)
    for _ in range(4):
        writer.put(1, [memoryview(message(15_000))], never)
        taken(reader)
    writer.put(1, [memoryview(message(8000))], never)
    end = shared[0][0] % len(shared[2])
    assert 8 < end < 8000, "it is not over the end"
    shared[2][end - 1] ^= 1
    with pytest.raises(RingError, match="does not match"):
        taken(reader)


def test_memory_is_used_again_only_when_nobody_reads_it(shared):
    writer, reader = Ring(*shared), Ring(*shared)

    def one(seed: int) -> np.ndarray:
        writer.put(1, [memoryview(message(1000, seed))], never)
        return reader.take(1, 1)[0]

    held = [np.frombuffer(memoryview(one(seed)), np.uint8)[10:] for seed in range(40)]
    assert all(array.tobytes() == message(1000, seed)[10:] for seed, array in enumerate(held))
    addresses = {array.ctypes.data for array in held}
    held.clear()
    assert one(41).ctypes.data + 10 in addresses


def test_garbage_is_refused(shared):
    shared[2][:] = message(1 << 16, 9)
    shared[0][0] = 8192
    with pytest.raises(RingError):
        Ring(*shared).take(1, 1 << 20)


@pytest.mark.parametrize("written", [5, (1 << 16) + 8, 1 << 63])
def test_impossible_positions_are_refused(shared, written):
    shared[0][0] = written
    with pytest.raises(RingError):
        Ring(*shared).take(1, 1 << 20)


def test_a_message_of_impossible_length_is_refused(shared):
    ring = Ring(*shared)
    with pytest.raises(RingError, match="0 bytes"):
        ring.put(1, [], never)
    with pytest.raises(RingError, match=str(MESSAGE_BYTES)):
        ring.put(1, [memoryview(np.empty(MESSAGE_BYTES + 1, np.uint8))], never)


@pytest.mark.parametrize("size", [0, 1024, 5001])
def test_a_ring_of_impossible_size_is_refused(size):
    with pytest.raises(RingError, match=str(size)):
        Ring(*memory(size))
