"""What was typed is nowhere in the show's memory when the visitor has gone: another process looks for it there."""

import contextlib
import subprocess
import sys
import time
from pathlib import Path

import pytest

SHOW = Path(__file__).with_name("typing_show.py")
GONE_S = 20.0
MARKS = ("zorvexq blimtunk 4711 ftagnory", "祖沃克斯布林通克四千七百一十一弗塔格")


def found(pid: int, marks: list[bytes]) -> list[str]:
    """Where in a process's memory any of these bytes lie."""
    places = []
    with (contextlib.suppress(ProcessLookupError, FileNotFoundError),  # it has ended, and its memory with it
          open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb") as memory):
        for line in maps:
            span, rights, *_ = line.split(maxsplit=5)
            if "r" not in rights or "w" not in rights:
                continue
            first, last = (int(end, 16) for end in span.split("-"))
            try:
                memory.seek(first)
                content = memory.read(last - first)
            except (OSError, ValueError):
                continue
            places += [line.strip() for mark in marks if mark in content]
    return places


def children(pid: int) -> list[int]:
    """What a process has started, and what that has."""
    started = [int(child) for task in Path(f"/proc/{pid}/task").iterdir()
               for child in (task / "children").read_text().split()]
    return [one for child in started for one in (child, *children(child))]


def looked_into(mark: str, way: str, repository: Path) -> list[str]:
    """Where the line was found in a show whose visitor has typed it and gone, and in what it has started."""
    marks = [mark.encode("utf-8"), mark.encode("utf-16-le"), mark.encode("utf-32-le"), mark.encode("ascii", "ignore")]
    show = subprocess.Popen([sys.executable, str(SHOW), way], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                            cwd=repository)
    try:
        print(*(ord(letter) + 1 for letter in mark), file=show.stdin, flush=True)
        assert show.stdout.readline().strip() == "attract"
        marks, deadline = [one for one in marks if len(one) > 8], time.monotonic() + GONE_S
        while True:
            places = [place for pid in (show.pid, *children(show.pid)) for place in found(pid, marks)]
            if way == "keeps" or not places or time.monotonic() > deadline:
                return places
            time.sleep(0.2)  # a process that was killed may still be going
    finally:
        show.stdin.close()
        show.kill()
        show.wait()


@pytest.mark.parametrize("mark", MARKS, ids=("latin", "chinese"))  # whose names are in the environment
def test_nothing_typed_is_left_in_memory(mark, repository):
    assert looked_into(mark, "forgets", repository) == []


def test_what_does_not_forget_is_caught(repository):
    """The control: the look into memory would find it."""
    assert looked_into(MARKS[0], "keeps", repository)
