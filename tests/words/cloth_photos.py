"""Photos of materials for tests, made here: cloth of known colours and periods, in uneven light, as cameras save it."""

import io

import numpy as np
from PIL import Image

RED, CREAM = (168, 40, 60), (226, 214, 190)
EDGE = 400
PATTERNS = ("stripes", "checks", "knit", "dots")


def cloth(pattern: str, period_px: float, colours=(RED, CREAM), turn_deg: float = 0.0, seed: int = 0,
          light: float = 0.25, size: tuple[int, int] = (EDGE, EDGE)) -> np.ndarray:
    """(height, width, 3) uint8 sRGB of a pattern in two colours, brighter to one side by `light`.

    period_px : of the shortest way in which it repeats.
    """
    height, width = size
    y, x = np.mgrid[:height, :width].astype(float)
    turn = np.radians(turn_deg)
    u, v = (x * np.cos(turn) + y * np.sin(turn)) / period_px, (y * np.cos(turn) - x * np.sin(turn)) / period_px
    share = _share(pattern, u, v)[..., None]
    shade = 1 - light / 2 + light * (x / width)[..., None]
    picture = (np.array(colours[0]) * share + np.array(colours[1]) * (1 - share)) * shade
    return saved(picture, seed)


def saved(picture: np.ndarray, seed: int = 0) -> np.ndarray:
    """The same with a camera's noise, as a JPEG has it."""
    noisy = picture + np.random.default_rng(seed).normal(0, 4, picture.shape)
    file = io.BytesIO()
    Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8)).save(file, "JPEG", quality=88)
    return np.array(Image.open(file))


def grain(size_px: float, seed: int = 0) -> np.ndarray:
    """(400, 400, 3) uint8 of soft spots about so large, which repeat nowhere."""
    count = max(4, round(2 * EDGE / size_px))
    spots = np.random.default_rng(seed).random((count, count)).astype(np.float32)
    field = np.asarray(Image.fromarray(spots).resize((EDGE, EDGE), Image.Resampling.BICUBIC))[..., None]
    return saved(np.array(RED) * field + np.array(CREAM) * (1 - field), seed)


def bottle() -> np.ndarray:
    """(480, 360, 3) uint8: a bottle of green glass with a label, on white paper."""
    y, x = np.mgrid[:480, :360].astype(float)
    picture = np.full((480, 360, 3), (246, 245, 242), float)
    body = (abs(x - 180) < 80) & (y > 170) & (y < 440)
    neck = (abs(x - 180) < 24) & (y > 90) & (y <= 170)
    glass = np.array((40, 96, 70)) * (0.5 + 0.9 * np.exp(-(((x - 140) / 18) ** 2))[..., None])
    picture = np.where((body | neck)[..., None], glass, picture)
    label = (abs(x - 180) < 60) & (abs(y - 320) < 60)
    lines = (y % 14 < 4) & (abs(x - 180) < 44) & label
    return saved(np.where(lines[..., None], 40.0, np.where(label[..., None], (238.0, 230.0, 210.0), picture)))


def face() -> np.ndarray:
    """(420, 360, 3) uint8: a head with hair, eyes and a mouth before a wall out of focus."""
    y, x = np.mgrid[:420, :360].astype(float)
    picture = np.stack([150 + 40 * x / 360, 160 + 20 * y / 420, np.full_like(x, 170.0)], -1)

    def disc(middle, size, colour):
        inside = ((x - middle[0]) / size[0]) ** 2 + ((y - middle[1]) / size[1]) ** 2 < 1
        picture[inside] = colour

    disc((180, 190), (112, 150), (60, 40, 30))
    disc((180, 215), (88, 120), (222, 178, 150))
    for side in (-36, 36):
        disc((180 + side, 190), (16, 9), (245, 245, 245))
        disc((180 + side, 190), (7, 8), (40, 30, 30))
    disc((180, 275), (32, 9), (170, 70, 70))
    disc((180, 400), (150, 60), (70, 80, 120))
    return saved(picture)


def sweep() -> np.ndarray:
    """(300, 400, 3) uint8: a backdrop that goes from bright to dark."""
    down = np.linspace(235, 90, 300)[:, None, None]
    return saved(np.broadcast_to(down, (300, 400, 3)) * np.array((1.0, 0.97, 0.92)))


def _share(pattern: str, u: np.ndarray, v: np.ndarray) -> np.ndarray:
    match pattern:
        case "stripes":
            return (u % 1 < 0.6).astype(float)
        case "checks":
            return ((u % 1 < 0.6).astype(float) + (v % 1 < 0.6)) / 2
        case "dots":
            return 1.0 - (np.hypot(u % 1 - 0.5, v % 1 - 0.5) < 0.27)
        case "knit":  # rows of V-shaped stitches, two and a half times as wide as high
            across = (u / 2.5) % 1
            along = (v + 0.5 * abs(across - 0.5)) % 1
            return 0.15 + 0.85 * np.sin(np.pi * along) ** 1.5 * np.sin(2 * np.pi * across) ** 2
    raise ValueError(pattern)
