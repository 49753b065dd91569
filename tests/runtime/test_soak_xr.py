"""The soak of a whole show in a headset: a hundredth of it holds; what it judges by sees what must not be."""

import importlib.util
import json
import subprocess
import sys

import pytest


@pytest.fixture(scope="module")
def soak(repository):
    """scripts/soaks/xr.py, which is no part of the package."""
    spec = importlib.util.spec_from_file_location("soak_xr", repository / "scripts" / "soaks" / "xr.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_hundredth_of_the_soak_holds(launchers, repository):
    command = [sys.executable, str(repository / "scripts" / "soaks"), "xr", "--share", "0.01"]
    answer = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    told = json.loads(answer.stdout)
    assert told["holds"] and told["kills"] == 1 and told["sessions"] == 2
    assert told["frames_begun"] == told["frames_ended"] > 20 and "greet" in told["states"]  # deeds come after it


def told(**changes) -> dict:
    samples = [{"bytes": dict.fromkeys(("show", "worker", "scribe"), 1000), "objects": 50, "files": 20, "threads": 9,
                "in_hall": True} for _ in range(90)]
    return {"samples": samples, "frames_begun": 10, "frames_ended": 10, "frames_drawn": 10_000, "late": 2,
            "gl_errors": [], "exit_code": 0, "sessions": 4, "left_behind": []} | changes


def grown(name: str, by: int) -> dict:
    """As told, with something that is more by so many in the last third."""
    answer = told()
    for sample in answer["samples"][60:]:
        (sample if name in sample else sample["bytes"])[name] += by
    return answer


def test_what_is_promised_holds(soak):
    figures = soak.judged(told(), 3, soak.LENGTH_S)
    assert figures["holds"] and figures["broken"] == [] and figures["growth"]["show"] == 0.0


@pytest.mark.parametrize(("answer", "broken"), [
    (told(frames_ended=9), "every frame is ended"), (told(gl_errors=["GL_INVALID_VALUE"]), "no OpenGL error"),
    (told(exit_code=-11), "no OpenGL error"), (grown("show", 11), "memory stays"), (grown("scribe", 11), "memory stays"),
    (grown("objects", 1), "nothing leaks"), (grown("files", 1), "nothing leaks"),
    (told(sessions=3), "every kill is survived"), (told(left_behind=[7]), "nothing is left behind"),
    (told(late=11), "one frame in a thousand is late"),
])
def test_what_breaks_a_promise_is_named(soak, answer, broken):
    figures = soak.judged(answer, 3, soak.LENGTH_S)
    assert not figures["holds"] and figures["broken"] == [broken]
