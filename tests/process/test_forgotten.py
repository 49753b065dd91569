"""After a visit nothing of it is in the memory of the show or the worker: planted marks are searched for
there."""

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from showroom.forget import overwrite_freed

SHOW = Path(__file__).resolve().parent / "forgotten_show.py"
_CHUNK_BYTES = 16 << 20


def found_in(pid: int, mark: bytes) -> int:
    """How often a process's writable memory holds the mark."""
    count = 0
    try:
        with open(f"/proc/{pid}/mem", "rb", 0) as memory:
            for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
                span, rights = line.split(maxsplit=2)[:2]
                if rights[:2] != "rw":
                    continue
                start, end = (int(edge, 16) for edge in span.split("-"))
                for at in range(start, end, _CHUNK_BYTES):
                    memory.seek(at)
                    try:
                        count += memory.read(min(_CHUNK_BYTES + len(mark) - 1, end - at)).count(mark)
                    except OSError:  # pages that nothing backs
                        continue
    except PermissionError:
        pytest.skip("another process's memory may not be read here")
    return count


@pytest.fixture
def marks(tmp_path) -> tuple[str, bytes]:
    """What the answers and the photo are known by; written to their files, and made of chance."""
    chance = random.Random()
    answer = "".join(chance.choices("abcdefghjkmnpqrstuvwxyz", k=40))
    photo = chance.randbytes(64)
    (tmp_path / "answers").write_text(f"{answer} {answer[::-1]}")
    (tmp_path / "photo.jpg").write_bytes(photo * 4096)
    return answer, photo


def test_after_a_visit_nothing_of_it_is_in_memory(tmp_path, marks):
    answer, photo = marks
    command = [sys.executable, str(SHOW), *(str(tmp_path / name) for name in ("answers", "photo.jpg")),
               str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as show:
        before = json.loads(show.stdout.readline())
        assert found_in(show.pid, answer.encode()) and found_in(before["worker"], answer.encode())
        assert found_in(before["eye"], photo)  # the control: what is there is found
        assert not found_in(show.pid, photo) and not found_in(before["worker"], photo)
        show.stdin.write("\n")
        show.stdin.flush()
        after = json.loads(show.stdout.readline())
        assert after["worker"] not in (None, before["worker"]) and after["eye"] is None
        assert not any(Path(f"/proc/{before[who]}").exists() for who in ("worker", "eye"))
        for mark in (answer.encode(), answer[::-1].encode(), photo):
            assert found_in(show.pid, mark) == 0, "in the show"
            assert found_in(after["worker"], mark) == 0, "in the worker"
        show.stdin.write("\n")
        show.stdin.flush()
        assert show.wait(60) == 0


PLANTING = """
import json, sys, time
from pathlib import Path
from showroom.forget import overwrite_freed
def plant():
    word = Path(sys.argv[2]).read_text()
    kept = [{word + str(at): [(word + " ") * many]} for at in range(300) for many in (1, 3, 30)]
    text = json.dumps(kept)
    return len(json.loads(text.encode())), len(word)
plant()
if sys.argv[1] == "forget":
    overwrite_freed()
print("planted", flush=True)
time.sleep(600)
"""


@pytest.mark.parametrize("forgets", [True, False])
def test_freed_memory_is_overwritten(tmp_path, forgets):
    """Words of many lengths, in strings, keys, bytes and JSON; without forgetting they stay (the control)."""
    word = "".join(random.Random().choices("abcdefghjkmnpqrstuvwxyz", k=24))
    (tmp_path / "word").write_text(word)
    command = [sys.executable, "-c", PLANTING, "forget" if forgets else "keep", str(tmp_path / "word")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "planted\n"
        count = found_in(process.pid, word.encode())
        process.kill()
    assert (count == 0) if forgets else (count > 100)


def test_what_is_held_stays_as_it_is():
    held = [bytes([at % 251]) * (at % 700) for at in range(20_000)]
    assert overwrite_freed() > 0
    assert all(one == bytes([at % 251]) * (at % 700) for at, one in enumerate(held))
