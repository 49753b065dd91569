"""The sound's process: it plays on, comes back when it is killed, and never outlives the show."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from showroom.senses.audio.process import NULL, SILENT_S, Audio
from showroom.senses.block import Block
from showroom.words.hearing import Hearing
from showroom.words.vocabulary import SOUNDS

PATIENCE_S = 60.0
SEA = Hearing(levels=tuple(0.6 if name in ("surf", "wind") else 0.0 for name in SOUNDS), wind_m_s=(3.0, 0.0, 1.0),
              gust=0.6)


def until(done, audio: Audio | None = None) -> bool:
    """Frames of a show until something is so; False when patience ended."""
    deadline = time.monotonic() + PATIENCE_S
    while not done():
        if time.monotonic() > deadline:
            return False
        if audio is not None:
            audio.hear(SEA)
        time.sleep(1 / 90)
    return True


@pytest.fixture
def audio():
    audio = Audio(NULL)
    yield audio
    audio.close()


def gone(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return True
    return state == "Z"


def test_it_plays_and_comes_back_when_it_is_killed(audio):
    assert until(lambda: audio.figures.asked > 20, audio)
    assert audio.figures.made > 5 and audio.news() == []  # nobody asked for a card
    first = audio.pid
    os.kill(first, signal.SIGKILL)
    assert until(lambda: audio.starts == 2 and audio.pid not in (None, first), audio)
    told = audio.news()
    assert len(told) == 1 and "sound process is lost" in told[0] and "-9" in told[0] and "\n" not in told[0]
    before = audio.figures.asked
    assert until(lambda: audio.figures.asked != before, audio)
    second = audio.pid
    audio.close()
    audio.close()
    assert gone(second)


def test_it_waits_for_no_one_who_hangs(audio):
    assert until(lambda: audio.figures.asked > 5, audio)
    os.kill(audio.pid, signal.SIGSTOP)
    started = time.thread_time()
    for _ in range(2000):
        audio.hear(SEA)
    assert time.thread_time() - started < 2000 * 0.005  # measured: 10 µs each
    os.kill(audio.pid, signal.SIGCONT)
    before = audio.figures.asked
    assert until(lambda: audio.figures.asked > before, audio)
    assert SILENT_S > 1.0


SHOW = """
import sys, time
from showroom.senses.audio.process import NULL, Audio
from showroom.words.hearing import Hearing
if __name__ == "__main__":
    audio = Audio(NULL)
    while True:
        audio.hear(Hearing())
        if audio.figures.asked > 5:
            print(audio.pid, audio._heard.name, flush=True)
        time.sleep(0.02)
"""


def test_it_dies_with_the_show_and_leaves_no_memory(tmp_path):
    file = tmp_path / "show.py"
    file.write_text(SHOW)
    show = subprocess.Popen([sys.executable, file], stdout=subprocess.PIPE, text=True)
    pid, name = show.stdout.readline().split()
    assert not gone(int(pid)) and Path("/dev/shm", name).exists()
    show.kill()
    show.wait()
    assert until(lambda: gone(int(pid))) and until(lambda: not Path("/dev/shm", name).exists())


def test_a_block_is_read_whole_or_not_at_all():
    block = Block.create(4)
    other = Block.attach(block.name, 4)
    assert other.read() is None and other.writes == 0
    block.write((1.0, 2.0, 3.0, 4.0))
    assert other.read() == [1.0, 2.0, 3.0, 4.0] and other.writes == 1
    block._state[0] |= 1  # as a writer leaves it that is killed
    assert other.read() is None
    block.write((5.0, 6.0, 7.0, 8.0))
    assert other.read() == [5.0, 6.0, 7.0, 8.0]
    with pytest.raises(ValueError):
        block.write((1.0, 2.0))
    other.close()
    block.close()
    block.close()
    with pytest.raises(OSError):
        Block.attach("showroom-nobody", 4)


# The show's children share their parent's tracker of shared memory; one of its own would unlink the block.
WRITER = """
import sys
from multiprocessing import resource_tracker
from showroom.senses.block import Block
block = Block.attach(sys.argv[1], 64)
resource_tracker.unregister("/" + sys.argv[1], "shared_memory")
print(flush=True)
number = 0
while True:
    number += 1
    block.write([float(number)] * 64)
"""


def test_a_reader_never_sees_half_of_what_another_process_writes():
    block = Block.create(64)
    writer = subprocess.Popen([sys.executable, "-c", WRITER, block.name], stdout=subprocess.PIPE)
    try:
        writer.stdout.readline()
        seen, deadline = set(), time.monotonic() + PATIENCE_S
        while len(seen) < 100 and time.monotonic() < deadline:
            time.sleep(0.0005)
            values = block.read()
            assert values is None or len(set(values)) == 1
            seen.add(values and values[0])
        assert len(seen) > 20
    finally:
        writer.kill()
        writer.wait()
        block.close()
