"""500 textured things, each moving on its own, in stereo: the showroom against moderngl and pygfx, in one run.

Each contender has a process of its own; they draw blocks of frames in turns, one at a time, so that all
meet the same machine. What is compared is the CPU time of the thread that draws: on Mesa OpenGL's
rasterising is off, and Vulkan's software driver draws in threads of its own.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

from showroom.cli.figures import percentile, ratio, spread

HERE = Path(__file__).resolve().parent
OURS, CONTENDERS = "ours", {"ours": 40, "with_moderngl": 20, "with_pygfx": 4}  # frames in a block
BLOCKS, WARM_UP = 12, 3
SIZE = (96, 96)  # submission does not depend on it, and Vulkan's software driver keeps up


class Child:
    """A contender's process. rasterising: whether OpenGL draws."""

    def __init__(self, name: str, rasterising: bool):
        start = [word for word in (os.environ.get("SHOWROOM_XRUN"), sys.executable) if word]
        # Vulkan's software driver knows the same switch, and does without what pygfx asks for where it is on
        off = {} if rasterising or name == "with_pygfx" else {"GALLIUM_NOOP": "1", "GALLIUM_THREAD": "0"}
        self.name = name
        self._process = subprocess.Popen([*start, str(HERE / "_child.py"), name, *map(str, SIZE)], text=True,
                                         stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ | off)

    def ask(self, order: object) -> object:
        """Its answer. Raises RuntimeError if it died."""
        self._process.stdin.write(f"{order}\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError(f"{self.name} ended with {self._process.wait()}; see its lines above")
        return json.loads(answer)

    def close(self) -> None:
        """Ends the process."""
        self._process.stdin.close()
        self._process.wait()


def main(words: list[str]) -> int:
    """Prints the figures, or writes the pictures."""
    parser = argparse.ArgumentParser(prog="scripts/bench_peers", description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
    parser.add_argument("--pictures", type=Path, metavar="DIR",
                        help="write what each draws, and measure nothing")
    args = parser.parse_args(words)
    children = [Child(name, rasterising=args.pictures is not None) for name in CONTENDERS]
    try:
        if args.pictures:
            args.pictures.mkdir(parents=True, exist_ok=True)
            for child in children:
                child.ask(f"picture {args.pictures.resolve() / child.name}.png")
            return 0
        figures = measure(children)
    finally:
        for child in children:
            child.close()
    print(json.dumps(figures) if args.json else _table(figures))
    return 0


def measure(children: list[Child]) -> dict[str, dict]:
    """By contender: cpu_ms of a stereo frame (median, p95), and what ours is of it, block by block."""
    blocks: dict[str, list[list[float]]] = {child.name: [] for child in children}
    for child in children:
        child.ask(WARM_UP)
    for number in range(BLOCKS):
        for child in children:
            blocks[child.name].append(child.ask(CONTENDERS[child.name]))
        print(f"block {number + 1} of {BLOCKS}", file=sys.stderr)
    medians = {name: [percentile(block, 0.5) for block in of] for name, of in blocks.items()}
    return {name: {"cpu_ms": spread([value for block in of for value in block]),
                   "ours_to_it": ratio(medians[OURS], medians[name])} for name, of in blocks.items()}


def _table(figures: dict[str, dict]) -> str:
    rows = ["| contender | thread CPU a stereo frame, ms: median, p95 | ours ÷ it: median (spread) |",
            "|---|---|---|"]
    for name, of in figures.items():
        spent, (low, high) = of["cpu_ms"], of["ours_to_it"]["spread"]
        rows.append(f"| {name.removeprefix('with_')} | {spent['median']:.3f}, {spent['p95']:.3f} "
                    f"| {of['ours_to_it']['median']:.4f} ({low:.4f}–{high:.4f}) |")
    return "\n".join(rows)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
