"""The studio of the page's pictures, the same for both renderers: sky, sun, floor, camera."""

from pathlib import Path

import numpy as np
from _glb import Glb
from _shapes import box

SIZE = (336, 420)                 # px of one picture
EYE_M = (0.0, 0.175, 0.40)
PITCH_RAD = -0.235
FOV_RAD = 0.46                    # vertical
SUN_DIRECTION = (-0.55, 0.62, 0.56)
SUN = (0.75, 0.68, 0.58)          # radiance of a white face that it falls on straight
HEIGHT = 256                      # rows of the sky


def sky() -> np.ndarray:
    """(h, 2h, 3) float32 linear radiance: dusk-grey walls, a tall soft box to the left, a strip to the right.

    u = 0.5 is straight ahead (−Z), clockwise seen from above; v = 0 overhead."""
    v, u = (np.mgrid[0:HEIGHT, 0:2 * HEIGHT] + 0.5) / HEIGHT
    up, around = np.cos(np.pi * v), np.degrees((u - 1.0) * np.pi)
    height = np.degrees(np.arcsin(up))
    light = np.where(up[..., None] > 0, 0.10 + 0.14 * np.maximum(up, 0)[..., None] * np.array([0.8, 0.95, 1.2]),
                     np.array([0.10, 0.095, 0.09]))
    for at, wide, low, high, color in ((-75, 24, 4, 62, (4.6, 4.3, 3.9)), (62, 7, -4, 66, (3.0, 3.3, 3.8)),
                                       (176, 34, 20, 56, (0.9, 0.9, 1.0))):
        off = np.abs((around - at + 180) % 360 - 180)
        share = _soft(wide - off) * _soft(height - low) * _soft(high - height)
        light = light + share[..., None] * np.array(color)
    return light.astype(np.float32)


def _soft(degrees: np.ndarray) -> np.ndarray:
    x = np.clip(degrees / 4.0 + 0.5, 0, 1)
    return x * x * (3 - 2 * x)


def write_floor(path: Path) -> Path:
    """A chequered floor and three posts behind: something to be seen through what is clear."""
    made = Glb()
    dark, light = (70, 66, 62), (164, 158, 148)
    squares = np.where((np.indices((16, 16)).sum(axis=0) % 2 == 0)[..., None], dark, light).astype(np.uint8)
    picture = made.texture(np.kron(squares, np.ones((32, 32, 1), np.uint8)))
    tiles = {"baseColorTexture": {"index": picture}, "metallicFactor": 0.0, "roughnessFactor": 0.85}
    made.mesh(box((-0.4, -0.01, -0.4), (0.4, 0.0, 0.4)), {"pbrMetallicRoughness": tiles})
    for x, color in ((-0.105, (0.55, 0.06, 0.04)), (0.0, (0.02, 0.18, 0.25)), (0.105, (0.7, 0.45, 0.05))):
        paint = {"baseColorFactor": [*color, 1.0], "metallicFactor": 0.0, "roughnessFactor": 0.7}
        made.mesh(box((x - 0.012, 0.0, -0.17), (x + 0.012, 0.13, -0.146)), {"pbrMetallicRoughness": paint})
    return made.write(path)
