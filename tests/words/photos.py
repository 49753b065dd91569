"""Photos for tests: a lit ball or rod of a known matter before a plain background."""

import numpy as np

from showroom.srgb import linear_from_srgb, srgb_from_linear

MATTERS = ("matt", "satin", "gloss", "metal", "glass", "cloth")


def photo_of(matter: str, srgb: str, background: str = "#f2f1ee", shape: str = "ball",
             seed: int = 0) -> np.ndarray:
    """(160, 160, 3) uint8: Lambert's law, with Blinn-Phong lobes, a mirrored studio, or grain."""
    normal, inside = _shape(shape)
    light = np.array([-0.5, 0.6 if shape == "ball" else 0.0, 0.7])
    light, eye = light / np.linalg.norm(light), np.array([0.0, 0.0, 1.0])
    half = (light + eye) / np.linalg.norm(light + eye)
    rng = np.random.default_rng(seed)
    base, back = _linear(srgb), _linear(background)
    lit = base * (0.25 + 0.85 * np.clip(normal @ light, 0, 1)[..., None])
    lobe = np.clip(normal @ half, 0, 1)[..., None]
    match matter:
        case "satin":
            lit = lit + 0.25 * lobe**12
        case "gloss":
            lit = lit + 1.1 * lobe**120
        case "metal":
            lit = base * _studio(2 * (normal @ eye)[..., None] * normal - eye)[..., None]
        case "glass":
            rim = np.exp(-(((normal[..., :1] + 0.7) / 0.06) ** 2))
            lit = back * (0.55 + 0.45 * base) * (1 - 0.5 * (1 - normal[..., 2:]) ** 2) + lobe**200 + 0.5 * rim
        case "cloth":
            lit = lit * np.exp(0.12 * rng.standard_normal(inside.shape)[..., None])
    picture = srgb_from_linear(np.clip(np.where(inside[..., None], lit, back), 0, 1)) * 255
    return np.clip(picture + rng.normal(0, 1, picture.shape), 0, 255).astype(np.uint8)


def _shape(shape: str) -> tuple[np.ndarray, np.ndarray]:
    """(160, 160, 3) normals and where the thing is."""
    y, x = np.mgrid[1:-1:160j, -1:1:160j]
    if shape == "ball":
        reach, height = 0.75, y
        inside = x**2 + y**2 < reach**2
    else:
        reach, height = 0.45, 0 * y
        inside = (abs(x) < reach) & (abs(y) < 0.8)
    depth = np.sqrt(np.clip(1 - (x**2 + height**2) / reach**2, 0, 1))
    return np.stack([x / reach, height / reach, depth], axis=-1), inside


def _studio(towards: np.ndarray) -> np.ndarray:
    """What a mirror sees: two strip lights, a bright ceiling, shelves."""
    side, up, front = np.moveaxis(towards, -1, 0)
    strips = 1.3 * np.exp(-(((side + 0.55) / 0.18) ** 2)) * (up > -0.6)
    strips = strips + 0.7 * np.exp(-(((side - 0.6) / 0.12) ** 2))
    return 0.12 + 0.25 * np.clip(up, 0, 1) + strips + 0.25 * (np.sin(9 * up) > 0) * (front > 0)


def _linear(srgb: str) -> np.ndarray:
    return linear_from_srgb(np.frombuffer(bytes.fromhex(srgb[1:]), np.uint8) / 255)
