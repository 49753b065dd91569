"""Nothing of a visitor's photo gets out of the process that looks at it: what that process writes is traced.

strace notes whatever any process of a look opens, writes or sends. A photo is planted whose pixels and whose
file nothing else could hold.
"""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from showroom.words.look import CAMERA, FILE, Look

SHOW = Path(__file__).resolve().parent / "looking_show.py"
WRITING = ("write,pwrite64,writev,pwritev,pwritev2,sendto,sendmsg,sendmmsg,splice,vmsplice,tee,sendfile,"
           "copy_file_range,process_vm_writev,io_uring_setup")
OPENING = "?open,openat,openat2,?creat,memfd_create,socket,socketpair,connect,bind,mmap"
SOCKETS = ("socket", "socketpair", "connect", "bind", "sendto", "sendmsg", "sendmmsg", "io_uring_setup",
           "process_vm_writev", "memfd_create")
ANSWER_BYTES = 4096  # more than any answer, less than the smallest picture of use
MARK = 24            # bytes that occur together nowhere else


@dataclass
class Traced:
    """What strace saw: what was written by process and path, files opened for that, calls, shared memory."""

    written: dict[tuple[int, str], bytes] = field(default_factory=dict)
    opened: set[str] = field(default_factory=set)
    called: set[str] = field(default_factory=set)
    shared: list[str] = field(default_factory=list)


def traced(tmp_path: Path, loader: str, kind: str, path: str) -> tuple[list[dict], Traced]:
    """Runs a look under strace: what the show printed, and what the processes did."""
    if shutil.which("strace") is None:
        pytest.skip("no strace; apt-get install strace")
    trace = tmp_path / "trace"
    command = ["strace", "-f", "-y", "-xx", "-s", "70000", "-e", f"trace={WRITING},{OPENING}",
               "-e", "signal=none", "-o", str(trace), sys.executable, str(SHOW), loader, kind, path]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    if "ptrace" in done.stderr and done.returncode:
        pytest.skip(f"strace may not trace here: {done.stderr.splitlines()[0]}")
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()], _read(trace.read_text())


def _read(trace: str) -> Traced:
    seen = Traced()
    for line in _whole(trace):
        if not (match := re.match(r"(\d+) +(\w+)\((.*)\) += (-?\d+|0x[0-9a-f]+)", line)):
            continue
        pid, call, arguments, result = int(match[1]), match[2], match[3], match[4]
        seen.called.add(call)
        if result.startswith("-"):
            continue
        if call in WRITING.split(","):
            target = re.match(r"\d+<([^>]*)>", arguments)
            key = pid, _text(target[1]) if target else "?"
            content = b"".join(_bytes(part) for part in re.findall(r'"((?:\\x[0-9a-f]{2})*)"', arguments))
            seen.written[key] = seen.written.get(key, b"") + content
        elif call.startswith(("open", "creat")) and re.search("O_WRONLY|O_RDWR|O_CREAT", arguments):
            seen.opened.add(_text(re.search(r'"([^"]*)"', arguments)[1]))
        elif call == "mmap" and "MAP_SHARED" in arguments and "PROT_WRITE" in arguments:
            seen.shared.append(arguments)
    return seen


def _whole(trace: str) -> Iterator[str]:
    """Lines of calls; one that others came in between of is put together again."""
    begun: dict[str, str] = {}
    for line in trace.splitlines():
        pid, _, rest = line.partition(" ")
        if rest.endswith("<unfinished ...>"):
            begun[pid] = line.removesuffix("<unfinished ...>").rstrip()
        elif resumed := re.match(r" *<\.\.\. \w+ resumed>(.*)", rest):
            yield begun.pop(pid, pid) + resumed[1]
        else:
            yield line


def _bytes(escaped: str) -> bytes:
    return bytes.fromhex(escaped.replace("\\x", ""))


def _text(escaped: str) -> str:
    return re.sub(r"(?:\\x[0-9a-f]{2})+", lambda some: _bytes(some[0]).decode("utf-8", "replace"), escaped)


@pytest.fixture
def marked(tmp_path) -> tuple[Path, list[bytes]]:
    """A photo, and the marks by which its pixels and its file are known."""
    rng = np.random.default_rng(5)
    tile = rng.integers(0, 256, (1, MARK, 3), dtype=np.uint8)
    path = tmp_path / "marked.png"
    Image.fromarray(np.tile(tile, (300, 9, 1))).save(path)
    content = path.read_bytes()
    marks = [tile.tobytes()[at : at + MARK] for at in range(0, tile.nbytes - MARK, 3)]
    return path, marks + [content[at : at + MARK] for at in range(64, len(content) - MARK, MARK)]


@pytest.mark.parametrize(("loader", "kind"), [("real", FILE), ("filming", CAMERA)])
def test_nothing_of_a_photo_reaches_a_file_or_a_socket(tmp_path, marked, loader, kind):
    path, marks = marked
    told, seen = traced(tmp_path, loader, kind, str(path) if kind == FILE else "/dev/video0")
    eye, look = told[0]["eye"], told[1]["look"]
    assert Look.from_plain(look).garments
    assert not seen.called & set(SOCKETS), "a socket, or memory with a name"
    assert seen.opened <= {"/dev/null", "/dev/tty"} and not seen.shared
    pipes = {key: content for key, content in seen.written.items() if key[1].startswith("pipe:")}
    assert {target for _, target in set(seen.written) - set(pipes)} <= {"/dev/null"}, "written elsewhere"
    answer = json.dumps({"look": look}).encode()
    assert [content[-len(answer):] for (pid, _), content in pipes.items() if pid == eye] == [answer]
    filmed = [content for content in pipes.values() if content.startswith(b"P6")]  # ffmpeg's, to the eye
    assert len(filmed) == (kind == CAMERA)
    told_bytes = sum(map(len, pipes.values())) - sum(map(len, filmed))
    assert len(answer) < ANSWER_BYTES and told_bytes < 3 * ANSWER_BYTES
    assert not [mark for content in seen.written.values() for mark in marks if mark in content]


def test_what_a_leaking_eye_writes_is_seen(tmp_path, marked):
    """The control: the trace would show it."""
    path, marks = marked
    _, seen = traced(tmp_path, "leaking", FILE, str(path))
    leaked = [target for (_, target), content in seen.written.items()
              if any(mark in content for mark in marks)]
    assert any(target.endswith("leak.raw") for target in leaked)
    assert any(name.endswith("leak.raw") for name in seen.opened) and "socket" in seen.called
