"""python scripts/products OUT [--cycles PYTHON] [--samples N] [NAME …] : the pictures of docs/products.md.

Each shows a model of our own, written here, without an extension and with it as the showroom draws them, and with
it as a path tracer does; PYTHON is one that has `bpy` (Blender 5), without it the third picture is left out.
"""

import argparse
import json
import subprocess
import tempfile
from pathlib import Path

import _studio
import numpy as np
from _exhibits import EXHIBITS, MOVING, Exhibit
from _ours import Camera
from PIL import Image

_GAP_PX = 6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--cycles", default="")
    parser.add_argument("--samples", type=int, default=96)
    parser.add_argument("names", nargs="*")
    told = parser.parse_args()
    chosen = [one for one in (*EXHIBITS, *MOVING) if not told.names or one.name in told.names]
    told.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        floor = _studio.write_floor(folder / "floor.glb")
        camera = Camera(floor)
        rows = {one.name: _drawn(camera, one, folder) for one in chosen}
        camera.close()
        if told.cycles:
            _trace(folder, chosen, told.cycles, told.samples)
        for one in chosen:
            traced = folder / f"{one.name}.png"
            pictures = rows[one.name] + ([np.asarray(Image.open(traced).convert("RGB"))] if traced.is_file() else [])
            Image.fromarray(_beside(pictures)).save(told.out / f"{one.name}.jpg", quality=88, optimize=True)


def _drawn(camera: Camera, one: Exhibit, folder: Path) -> list[np.ndarray]:
    without, with_ = one.without(folder / f"{one.name}-without.glb"), one.with_(folder / f"{one.name}.glb")
    return [camera.picture(without, one.time_s), camera.picture(with_, one.time_s)]


def _trace(folder: Path, chosen: list[Exhibit], python: str, samples: int) -> None:
    np.save(folder / "sky.npy", _studio.sky())
    shots = [{"model": f"{one.name}.glb", "picture": f"{one.name}.png", "film": one.film, "time_s": one.time_s}
             for one in chosen]
    (folder / "shots.json").write_text(json.dumps({
        "shots": shots, "floor": "floor.glb", "size": _studio.SIZE, "eye_m": _studio.EYE_M,
        "pitch_rad": _studio.PITCH_RAD, "fov_rad": _studio.FOV_RAD, "sun_direction": _studio.SUN_DIRECTION,
        "sun": _studio.SUN}))
    subprocess.run([python, str(Path(__file__).with_name("blender.py")), str(folder), str(samples)], check=True,
                   stdout=subprocess.DEVNULL)


def _beside(pictures: list[np.ndarray]) -> np.ndarray:
    gap = np.full((pictures[0].shape[0], _GAP_PX, 3), 255, np.uint8)
    return np.concatenate([part for picture in pictures for part in (picture, gap)][:-1], axis=1)


main()
