"""Reader: the worker's side of reading a model. It starts the child, waits for it a little at a time, and ends it."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

from showroom.errors import GltfError, RingError
from showroom.imagine.gltf.child import LENGTH
from showroom.imagine.gltf.model import Model, Wanted
from showroom.imagine.messages import decode
from showroom.words.geometry import Geometry
from showroom.words.image import Image

PATIENCE_S = 90.0
_LOOK_S = 0.05
_NEXT = "export it anew, or leave out its model"
_PACKAGE = Path(__file__).resolve().parents[3]


def read_model(path: Path, wanted: Wanted = Wanted(), between: Callable[[], None] = lambda: None,
               patience_s: float = PATIENCE_S) -> Model:
    """The model of a file, read in a process of its own.

    between : called while it reads; what it raises ends that.
    Raises  : GltfError in one line if the file is none that can be drawn, or reading it took too much.
    """
    request = json.dumps({"path": str(path), **asdict(wanted)}).encode() + b"\n"
    code, answer = _asked(request, path, between, patience_s)
    messages = _messages(answer)
    try:
        head = json.loads(bytes(next(messages)))
        if (refused := head.get("refused")) is not None:
            raise GltfError(str(refused)[:1000])
        values = [decode(message) for message in messages]
        if len(values) != head["blocks"]:
            raise ValueError("an answer that is cut off")
    except (StopIteration, ValueError, KeyError, AttributeError, RingError):
        why = "took too much memory or time" if code in (-9, -24, 137, 152) else f"ended with code {code}"
        raise GltfError(f"reading the model {path.name}: the process that read it {why}; accepted is a model that "
                        f"is read within {patience_s:.0f} s; {_NEXT}") from None
    return Model(tuple(value for value in values if isinstance(value, Geometry)),
                 tuple(value for value in values if isinstance(value, Image)), tuple(head["notes"]))


def _asked(request: bytes, path: Path, between: Callable[[], None], patience_s: float) -> tuple[int, bytes]:
    """(exit code, answer) of the child."""
    paths = [str(_PACKAGE), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(paths), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    child = subprocess.Popen([sys.executable, "-m", "showroom.imagine.gltf.child"], stdin=subprocess.PIPE,
                             stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment)
    until = time.monotonic() + patience_s
    asked: bytes | None = request
    try:
        while True:
            try:
                answer, _ = child.communicate(asked, timeout=_LOOK_S)
                return child.returncode, answer
            except subprocess.TimeoutExpired:
                asked = None  # it has been told
                between()
                if time.monotonic() > until:
                    raise GltfError(f"reading the model {path.name}: more than {patience_s:.0f} s; accepted is a model "
                                    f"that is read sooner; {_NEXT}") from None
    finally:
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            pipe.close()


def _messages(answer: bytes) -> Iterator[memoryview]:
    view, at = memoryview(answer), 0
    while at + LENGTH.size <= len(view):
        size, = LENGTH.unpack_from(view, at)
        at += LENGTH.size
        if size > len(view) - at:
            raise ValueError("an answer that is cut off")
        yield view[at:at + size]
        at += size
