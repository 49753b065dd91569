"""Child: the process that reads one model, bounded in memory and time, and ends.

    python -m showroom.imagine.gltf.child <request >answer

The request is one line of JSON: the file's path, and the fields of Wanted. The answer is a length and a message
for each thing: first JSON (what was read, or why it was not), then parts and images as the ring carries them.
Whatever a stranger's file does to a decoder, it does it here.
"""

import ctypes
import json
import os
import resource
import signal
import struct
import sys
from pathlib import Path
from typing import BinaryIO

MOST_MEMORY_BYTES = 768 << 20  # beyond what reading needs before it has begun
MOST_CPU_S = 60
LENGTH = struct.Struct("<Q")
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE = 1, 4


def main() -> int:
    """Answers the one request. 0 when it was answered, whatever the answer."""
    os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")
    from showroom.imagine.gltf.model import Wanted

    asked = json.loads(sys.stdin.buffer.readline())
    most_bytes = asked.pop("memory_bytes", MOST_MEMORY_BYTES)
    path = Path(asked.pop("path"))
    _bound(most_bytes)
    _answer(path, Wanted(**asked), sys.stdout.buffer)
    return 0


def _answer(path: Path, wanted, out: BinaryIO) -> None:
    from showroom.errors import RingError
    from showroom.imagine.gltf.model import read
    from showroom.imagine.gltf.refusal import Refusal
    from showroom.imagine.messages import encode

    try:
        try:
            model = read(_content(path), path.parent, wanted)
            messages = [encode(value) for value in (*model.parts, *model.images)]
        except OSError as error:
            raise Refusal("the file", error.strerror or "it cannot be read", "a file that can be read") from None
        except MemoryError:
            raise Refusal("the file", "more memory than there is for a model", "a smaller or simpler model") from None
        except RingError:
            raise Refusal("the file", "numbers beyond all bounds, or a part of more than fits", "a simpler model") from None
        except RecursionError:
            raise Refusal("the file", "nested beyond measure", "a simpler model") from None
    except Refusal as refusal:
        _put(out, [json.dumps({"refused": refusal.line(path.name)}).encode()])
        return
    _put(out, [json.dumps({"notes": model.notes, "blocks": len(messages)}).encode()])
    for message in messages:
        _put(out, message)
    out.flush()


def _content(path: Path) -> bytes:
    """The file's bytes; a pipe or a device may never end."""
    from showroom.imagine.gltf.container import MOST_BYTES
    from showroom.imagine.gltf.refusal import Refusal

    if not path.is_file():
        found = "no regular file" if path.exists() else "it is not there"
        raise Refusal("the file", found, "glTF 2.0 as .gltf or .glb")
    if path.stat().st_size > MOST_BYTES:
        raise Refusal("the file", f"{path.stat().st_size:,} bytes", f"a file of at most {MOST_BYTES >> 20} MiB")
    return path.read_bytes()


def _put(out: BinaryIO, parts: list) -> None:
    out.write(LENGTH.pack(sum(memoryview(part).nbytes for part in parts)))
    for part in parts:
        out.write(part)


def _bound(most_bytes: int) -> None:
    """No more memory, no endless work, no core file, no life without the worker."""
    with open("/proc/self/statm", "rb") as status:
        now_bytes = int(status.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (now_bytes + most_bytes,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_CPU_S, MOST_CPU_S))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the show's to handle
    control = getattr(ctypes.CDLL(None), "prctl", None)
    if control is not None:
        control(_PR_SET_DUMPABLE, 0, 0, 0, 0)
        control(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


if __name__ == "__main__":
    sys.exit(main())
