"""Show and worker as programs of their own: no torch where none is needed, no orphans, no complaints."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
SHOW = f"""
import json, sys, time
sys.path.insert(0, {str(HERE)!r})
from pathlib import Path
from showroom.imagine.studio import Studio
from showroom.words.request import Request
from showroom.words.result import Done, Failed
from stand_in import a_spec

def show(folder):
    with Studio(Path(folder), warm_after_s=None) as studio:
        studio.request(Request("place", spec=a_spec(), surface_px=32, detail=0.1))
        values, deadline = [], time.monotonic() + 120
        while not values or not isinstance(values[-1], (Done, Failed)):
            values += [result.value for result in studio.poll()]
            assert time.monotonic() < deadline
            time.sleep(0.002)
        maps = Path("/proc", str(studio.status().pid), "maps").read_text()
        heavy = [name for name in ("torch", "transformers", "OpenGL", "glfw", "xr") if name in sys.modules]
        parts = {{value.part for value in values if hasattr(value, "part")}}
        print(json.dumps({{"last": str(values[-1]), "values": len(values), "parts": len(parts),
                           "worker_has_torch": "libtorch" in maps, "show_has": heavy}}))

if __name__ == "__main__":
    show(sys.argv[1])
"""


@pytest.fixture
def show(tmp_path):
    script = tmp_path / "show.py"
    script.write_text(SHOW)

    def run() -> dict:
        done = subprocess.run([sys.executable, str(script), str(tmp_path / "cache")],
                              capture_output=True, text=True, timeout=180)
        assert done.returncode == 0, done.stderr
        assert done.stderr == "", "the resource tracker, or anybody else, complains"
        return json.loads(done.stdout)

    return run


def test_painters_need_torch_in_the_worker_alone_and_the_cache_needs_none(show):
    made, cached = show(), show()
    assert made["last"] == cached["last"] == "Done()"
    assert made["show_has"] == cached["show_has"] == []
    assert made["worker_has_torch"] and not cached["worker_has_torch"]
    assert cached["parts"] == made["parts"] > 3 and cached["values"] == made["values"]


ORPHAN = f"""
import sys, time
sys.path.insert(0, {str(HERE)!r})
from pathlib import Path
import stand_in
from showroom.imagine.studio import Studio

if __name__ == "__main__":
    studio = Studio(Path(sys.argv[1]), ring_bytes=1 << 16, warm_after_s=None, make=stand_in.make_some)
    studio.request(stand_in.a_request(images=200))
    while len(studio.poll()) < 2:
        time.sleep(0.01)
    while studio.status().backlog_bytes < 40_000:
        time.sleep(0.01)
    print(studio.status().pid, flush=True)
    time.sleep(600)
"""


def gone(path: Path) -> bool:
    deadline = time.monotonic() + 30
    while path.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    return not path.exists()


def test_a_killed_show_leaves_no_worker_and_no_shared_memory(tmp_path):
    script = tmp_path / "orphan.py"
    script.write_text(ORPHAN)
    command = [sys.executable, str(script), str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as show:
        worker = Path("/proc", show.stdout.readline().strip())
        shared = [line for line in (worker / "maps").read_text().splitlines() if "/dev/shm/psm_" in line]
        os.kill(show.pid, signal.SIGKILL)
    assert gone(worker), "the worker outlived its show"
    assert shared and all(line.endswith("(deleted)") for line in shared), "its name would outlive everybody"
