"""On a disk of its own that is too small: `small_disk.py WHAT FOLDER`, FOLDER being where a tmpfs is mounted.

test_bad_input.py starts this in namespaces of its own, so that the disk really fills, nobody else's does,
and files, processes and shared memory that are left can be listed whole. Prints one JSON object.
"""

import contextlib
import json
import os
import subprocess
import sys
import time
from multiprocessing import resource_tracker
from pathlib import Path

import stand_in

from showroom.errors import RingError
from showroom.imagine.studio import Studio
from showroom.words.request import Request
from showroom.words.result import Done

LONG_S, GOING_S = 300.0, 30.0


def bake(folder: Path) -> dict:
    """A bake that fills the disk; again with room for it; and once more with no room for a manifest."""
    told = {"filled": _baked(folder), "left": _files(folder)}
    subprocess.run(["mount", "-o", "remount,size=64m", str(folder)], check=True)
    told["with room"] = _baked(folder)
    for file in folder.glob("*.*"):
        file.unlink()
    _fill(folder)
    told["no room for words"], told["left at last"] = _baked(folder), _files(folder)
    return told


def _baked(folder: Path) -> list:
    """Exit code and what was said, of a bake of one place into it."""
    command = [sys.executable, "-m", "showroom", "bake", "--only", "vespri", "--size", "128", "--jobs", "1",
               "--no-progress", "--out", str(folder)]
    answer = subprocess.run(command, capture_output=True, text=True, timeout=LONG_S, check=False)
    return [answer.returncode, answer.stdout, answer.stderr]


def _fill(folder: Path) -> None:
    """Not one page is left."""
    with (folder / "filler").open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while file.write(bytes(1 << 20)):
            pass


def live(folder: Path) -> dict:
    """A place that a show asks for while its cache's disk is full."""
    request = Request("place", spec=stand_in.a_spec(), surface_px=64, detail=0.1)
    with Studio(folder, warm_after_s=None) as studio:
        studio.request(request)
        results, deadline = [], time.monotonic() + LONG_S
        while not any(isinstance(result.value, Done) for result in results) and time.monotonic() < deadline:
            results += studio.poll()
            time.sleep(0.005)
        faults = studio.status().faults
    kinds = sorted({type(result.value).__name__ for result in results})
    return {"kinds": kinds, "faults": faults, "left": _files(folder)}


def memory(folder: Path) -> dict:
    """A ring where /dev/shm, which is this disk, has no room for it."""
    try:
        Studio(folder, warm_after_s=None).close()
    except RingError as error:
        return {"said": str(error), "left": _files(folder)}
    return {"said": "", "left": _files(folder)}


def _files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def _left_behind() -> dict[str, list[str]]:
    """What runs besides this process (and multiprocessing's own tracker); what shared memory there is."""
    deadline = time.monotonic() + GOING_S
    while (running := _others()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return {"processes": running, "shared memory": os.listdir("/dev/shm")}


def _others() -> list[str]:
    """Command lines of all other processes; the dead that were left to this one are buried first."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    known = {os.getpid(), resource_tracker._resource_tracker._pid}
    numbers = [int(name) for name in os.listdir("/proc") if name.isdecimal()]
    return [Path(f"/proc/{number}/cmdline").read_text() for number in numbers if number not in known]


if __name__ == "__main__":
    told = {"bake": bake, "live": live, "memory": memory}[sys.argv[1]](Path(sys.argv[2]))
    print(json.dumps({**told, **_left_behind()}))
