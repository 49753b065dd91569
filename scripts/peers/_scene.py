"""What all contenders draw: COUNT cubes, each with a texture, a place and a pace of its own, for two eyes."""

import numpy as np

COUNT, TEXTURES, TEXELS = 500, 8, 64
EYE_DISTANCE_M, EYE_M, FOV_RAD = 0.063, (0.0, 0.0, 4.5), np.radians(60.0)
CUBE_M = 0.22
BACKGROUND = (0.02, 0.03, 0.05)
SUN = np.array([0.4, 0.8, 0.45]) / np.linalg.norm([0.4, 0.8, 0.45])


def places(time_s: float) -> np.ndarray:
    """(COUNT, 3) float32 positions, metres: each swings about its own place at its own pace."""
    return (_HOME + 0.15 * np.sin(time_s * _PACE + _PHASE)).astype(np.float32)


def turns(time_s: float) -> np.ndarray:
    """(COUNT,) float32 angles about the upright axis, radians."""
    return (time_s * _PACE[:, 0] + _PHASE[:, 0]).astype(np.float32)


def matrices(time_s: float) -> np.ndarray:
    """(COUNT, 4, 4) float32 world_from_object, column vectors."""
    made = np.zeros((COUNT, 4, 4), dtype=np.float32)
    angle = turns(time_s)
    made[:, 0, 0] = made[:, 2, 2] = np.cos(angle)
    made[:, 0, 2] = np.sin(angle)
    made[:, 2, 0] = -made[:, 0, 2]
    made[:, 1, 1] = made[:, 3, 3] = 1.0
    made[:, :3, 3] = places(time_s)
    return made


def textures() -> np.ndarray:
    """(TEXTURES, TEXELS, TEXELS, 4) uint8 sRGB: checks in different colours."""
    rows, columns = np.indices((TEXELS, TEXELS)) // 8
    made = np.full((TEXTURES, TEXELS, TEXELS, 4), 255, dtype=np.uint8)
    for number in range(TEXTURES):
        colour = np.array([number & 1, number >> 1 & 1, number >> 2 & 1]) * 150 + 80
        made[number, ..., :3] = np.where(((rows + columns) % 2)[..., None], colour, colour // 2)
    return made


def cube() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """positions (24, 3) m, normals (24, 3), uv (24, 2), indices (36,) uint32, counter-clockwise."""
    positions, normals, uv, indices = [], [], [], []
    for axis in range(3):
        for side in (-1.0, 1.0):
            normal = np.eye(3)[axis] * side
            across = np.roll(normal, 1)
            up = np.cross(normal, across)
            for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
                positions.append((normal + across * x + up * y) * CUBE_M / 2)
                normals.append(normal)
                uv.append(((x + 1) / 2, (y + 1) / 2))
            indices += [4 * len(indices) // 6 + corner for corner in (0, 1, 2, 0, 2, 3)]
    return (np.array(positions, np.float32), np.array(normals, np.float32), np.array(uv, np.float32),
            np.array(indices, np.uint32))


_NUMBERS = np.arange(COUNT)[:, None]
# the R3 sequence: Roberts 2018, "The Unreasonable Effectiveness of Quasirandom Sequences"
_HOME = ((0.5 + _NUMBERS * (0.8191725134, 0.6710436067, 0.5497004779)) % 1.0 - 0.5) * (5.0, 4.0, 3.0)
_PACE = 0.5 + (_NUMBERS * (0.7548776662, 0.5698402910, 0.6180339887)) % 1.0
_PHASE = 6.28 * ((_NUMBERS * (0.4142135624, 0.7320508076, 0.2360679775)) % 1.0)
