"""Prints JSON: the digest of the pictures that each painter, and two together, paint here. paint_digests.py SIZE"""

import dataclasses
import hashlib
import json
import sys
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).parent))

from paint_specs import spec_of, under, wearing  # noqa: E402

from showroom.imagine.paint import PAINTERS, paint  # noqa: E402


def painted(name: str, size_px: int):
    if name == "sprites":
        return paint(spec_of("rose_garden"), "sprites", size_px)
    if "+" in name:
        spec = wearing(name.partition("+")[0])
        mixed = dataclasses.replace(spec.surfaces["ground"], also=name.partition("+")[2], share=0.4)
        return paint(dataclasses.replace(spec, surfaces={"ground": mixed}), "ground", size_px)
    return paint(under(name), "sky", size_px) if name.startswith("sky_") else paint(wearing(name), "ground", size_px)


def main() -> None:
    digests = {"capability": torch.backends.cpu.get_cpu_capability()}
    for name in (*sorted(PAINTERS), "flagstone+moss", "silk+petal"):
        maps = painted(name, int(sys.argv[1]))
        kept = [part.tobytes() for part in (maps.color, maps.detail, maps.sky) if part is not None]
        digests[name] = hashlib.sha256(b"".join(kept)).hexdigest()
    print(json.dumps(digests))


if __name__ == "__main__":
    main()
