"""Reads every model of a folder, one after the other, in no more memory than it is given: run as a program.

    python gltf_cases.py FOLDER MEMORY_BYTES >answers.jsonl

A line of JSON for each: its name, "model" or the refusal, and by how many bytes the process grew at its peak.
"""

import json
import resource
import sys
from pathlib import Path

from showroom.imagine.gltf.model import Wanted, read
from showroom.imagine.gltf.refusal import Refusal


def peak_bytes() -> int:
    """The most that this process has held since `forget_peak`."""
    status = Path("/proc/self/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) << 10


def forget_peak() -> None:
    """What was held until now counts no more."""
    Path("/proc/self/clear_refs").write_text("5")


def main() -> None:
    """See the head."""
    folder, most_bytes = Path(sys.argv[1]), int(sys.argv[2])
    files = sorted(path for path in folder.rglob("*") if path.suffix in (".gltf", ".glb"))
    answer_of(files[0])  # what is loaded once is not this or that file's
    now_bytes = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (now_bytes + most_bytes,) * 2)
    for path in files:
        forget_peak()
        before = peak_bytes()
        answer = answer_of(path)
        print(json.dumps({"file": str(path), "answer": answer, "grown_bytes": peak_bytes() - before}), flush=True)


def answer_of(path: Path) -> str:
    """"model", or why not."""
    try:
        read(path.read_bytes(), path.parent, Wanted(size_px=256))
    except Refusal as refusal:
        return refusal.line(path.name)
    return "model"


if __name__ == "__main__":
    main()
