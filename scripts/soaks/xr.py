"""soak xr: 45 minutes of a whole show in a driven headset on a real runtime, which is killed now and then.

The runtime is Monado with its null compositor, which asks for twenty pictures a second; the visitor is
`_xr_visitor`, a child. Everything is told to OpenGL but to draw, for a software driver would do that on the
processor; worker and scribe work as always. A frame is late when what the show does of it takes longer than a
ninetieth of a second. Promised: every frame that was begun is ended, no OpenGL error, nothing grows, every
kill is survived, nothing is left behind, and at most one frame in a thousand is late.
"""

import importlib.util
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from showroom.errors import NotReadyError

ROOT = Path(__file__).resolve().parents[2]
LENGTH_S, SEED = 2700.0, 3
KILL_EVERY_S, AWAY_S = 180.0, 3.0
MOST_LATE, MOST_GROWTH = 0.001, 0.01
SAMPLES_TO_JUDGE = 30  # of memory: five minutes


def main(share: float) -> int:
    """Soaks for that share of 45 minutes; prints the figures."""
    figures = soak(LENGTH_S * share)
    print(json.dumps(figures))
    return 0 if figures["holds"] else 1


def soak(length_s: float) -> dict:
    """The figures of so many seconds from the first frame on; at least one kill."""
    tests = _tests()
    with tempfile.TemporaryDirectory() as folder:
        runtime = tests.Runtime(_launchers(tests), Path(folder) / "runtime")
        runtime.start()
        script = str(ROOT / "scripts/soaks/_xr_visitor.py")
        own = {"XR_ENABLE_API_LAYERS": "", "PYTHONSAFEPATH": "1"}  # this folder's own xr.py is not OpenXR
        visitor = runtime.client(str(runtime.port), str(SEED), script=script, **own)
        try:
            visitor.until("step", "began", patience_s=120.0)
            kills = _live(runtime, visitor, length_s)
            visitor.process.stdin.close()
            told = visitor.until("step", "ended", patience_s=120.0)
            told["exit_code"] = visitor.process.wait(60)
        finally:
            visitor.process.kill()
            runtime.stop()
    return judged(told, kills, length_s)


def _live(runtime, visitor, length_s: float) -> int:
    """Lets the visitor live, and kills the runtime every three minutes, or once halfway; how often."""
    every_s = min(KILL_EVERY_S, length_s / 2)
    kills, end_s, next_s = 0, time.monotonic() + length_s, time.monotonic() + every_s
    while time.monotonic() < end_s and visitor.process.poll() is None:
        time.sleep(min(next_s, end_s) - time.monotonic() if min(next_s, end_s) > time.monotonic() else 0.0)
        if time.monotonic() >= next_s and end_s - time.monotonic() > every_s / 2:
            runtime.kill()
            time.sleep(min(AWAY_S, every_s / 4))
            runtime.start()
            kills += 1
        next_s = time.monotonic() + every_s
        print(f"xr: {length_s - end_s + time.monotonic():.0f} of {length_s:.0f} s, {kills} kills", file=sys.stderr)
    return kills


def judged(told: dict, kills: int, length_s: float) -> dict:
    """What was told, without its samples, and whether it is what is promised."""
    samples = told.pop("samples")
    growth = {name: grown([sample["bytes"][name] for sample in samples]) for name in ("show", "worker", "scribe")}
    leaks = {name: leaked([sample[name] for sample in samples if sample["in_hall"]])
             for name in ("objects", "files", "threads")}
    drawn = max(told["frames_drawn"], 1)
    holds = {
        "every frame is ended": told["frames_begun"] == told["frames_ended"] > 0,
        "no OpenGL error": not told["gl_errors"] and told["exit_code"] == 0,
        "memory stays": all(one is None or one <= MOST_GROWTH for one in growth.values()),
        "nothing leaks": not any(leaks.values()),
        "every kill is survived": told["sessions"] == kills + 1,
        "nothing is left behind": not told["left_behind"],
        "one frame in a thousand is late": told["late"] / drawn <= MOST_LATE or length_s < LENGTH_S,
    }
    for promise, kept in holds.items():
        if not kept:
            print(f"not so: {promise}", file=sys.stderr)
    return {"holds": all(holds.values()), "broken": [promise for promise, kept in holds.items() if not kept],
            "seconds": round(length_s, 1), "kills": kills, "late_share": round(told["late"] / drawn, 5),
            "growth": growth, "leaks": leaks,
            "last": samples[-1] if samples else None, **told}


def grown(samples: list[int]) -> float | None:
    """By which share the last third's median is above that of the third before; None until it can be told."""
    third = len(samples) // 3
    if len(samples) < SAMPLES_TO_JUDGE:
        return None
    before, after = (statistics.median(part) for part in (samples[third:-third], samples[-third:]))
    return round(after / before - 1.0, 4) if before else None


def leaked(samples: list[int]) -> int:
    """By how many the fewest of the last third exceed the most of the third before it; 0 until it can be told."""
    third = len(samples) // 3
    return max(0, min(samples[-third:]) - max(samples[third:-third])) if third > 2 else 0


def _launchers(tests):
    """Monado out of the private prefix, which is made if it is not there."""
    made = subprocess.run([ROOT / "scripts/openxr_runtime"], stdout=subprocess.PIPE, text=True, check=False)
    prefix = made.stdout.strip()
    if made.returncode:
        raise NotReadyError("soaking on a runtime: scripts/openxr_runtime could not make its private copy of one; "
                            "what it wants is said above")
    xrun = f"{prefix}/bin/xrun"
    return tests.Launchers([f"{prefix}/bin/monado"], [xrun], [xrun, f"{prefix}/root/usr/bin/monado-ctl"])


def _tests():
    """What the tests start runtimes with."""
    spec = importlib.util.spec_from_file_location("runtime_of_tests", ROOT / "tests/runtime/conftest.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
