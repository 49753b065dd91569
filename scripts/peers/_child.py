"""One contender in a process of its own: `python _child.py NAME WIDTH HEIGHT`, then orders on standard input.

    FRAMES       draws so many; answers with a JSON list of the thread's CPU time of each, ms
    picture F    writes what it draws at time 1 s to F (.png)
"""

import importlib
import json
import os
import sys
import time

RATE_HZ = 90.0


def main(name: str, width: str, height: str) -> None:
    """Obeys until standard input ends, then goes without ado: a switched-off driver dies if taken down."""
    contender = importlib.import_module(name).Contender((int(width), int(height)))
    frames = 0
    for order in sys.stdin:
        if order.startswith("picture "):
            from PIL import Image

            contender.frame(1.0)
            Image.fromarray(contender.picture()).save(order.removeprefix("picture ").strip())
            answer = "written"
        else:
            answer = []
            for _ in range(int(order)):
                before = time.thread_time_ns()
                contender.frame(frames / RATE_HZ)
                answer.append((time.thread_time_ns() - before) / 1e6)
                contender.finish()
                frames += 1
        print(json.dumps(answer), flush=True)
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
