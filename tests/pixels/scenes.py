"""Small scenes with known answers, and reading them back."""

import numpy as np

from showroom.words.geometry import INSTANCE, VERTEX, Geometry, Material
from showroom.words.image import COLOR, DETAIL, SKY, Image, level_size
from showroom.words.scene import Arrival, Daylight, Scene

DARK = Daylight()
NO_BOUND = 1 << 30


def scene(daylight: Daylight = DARK, *presence: float) -> Scene:
    """A scene at time 0 with the given presences (slot 0 wholly here by default)."""
    made = Scene(daylight=daylight)
    made.presence[:len(presence) or 1] = presence or 1.0
    return made


def quad(center=(0.0, 0.0, -2.0), size_m=1.0, normal=(0, 0, 1), material: Material = Material(), part="quad",
         casts_shadow=True) -> Geometry:
    """A square that faces `normal`, counter-clockwise seen from there."""
    normal = np.asarray(normal, dtype=np.float64) / np.linalg.norm(normal)
    aside = np.array([1.0, 0.0, 0.0]) if abs(normal[0]) < 0.9 else np.array([0.0, 1.0, 0.0])
    up = np.cross(normal, aside)
    up /= np.linalg.norm(up)
    right = np.cross(up, normal)
    corners = [(-1, -1), (1, -1), (1, 1), (-1, 1)]
    vertices = np.zeros(4, VERTEX)
    vertices["position"] = [np.asarray(center) + size_m / 2 * (x * right + y * up) for x, y in corners]
    vertices["normal"][:, :3] = np.round(normal * 127)
    vertices["tangent"][:, :3] = np.round(right * 127)
    vertices["tangent"][:, 3] = 127
    vertices["uv"] = [((x + 1) / 2, (1 - y) / 2) for x, y in corners]
    vertices["shade"] = (255, 0, 0, 255)
    return Geometry(part, material, vertices, np.array([0, 1, 2, 0, 2, 3], np.uint32), instances(1), casts_shadow=casts_shadow)


def instances(count: int) -> np.ndarray:
    """Instances at the origin, untinted."""
    made = np.zeros(count, INSTANCE)
    made["world_from_part"] = np.eye(4)[:3]
    made["tint"] = 128
    return made


def glowing(color) -> Material:
    """Emits linear `color` and reflects nothing."""
    return Material(base_color=(0.0, 0.0, 0.0, 1.0), emission=tuple(color), roughness=1.0)


def arrive(made: Scene, *values, slot: int = 0) -> None:
    """Puts values at the end of the arrivals."""
    made.arrivals.extend(Arrival(slot, value) for value in values)


def flat_image(surface: str, map_: str, value, size: tuple[int, int], level: int) -> Image:
    """One whole level in one colour."""
    width, height = level_size(size, level)
    pixels = np.empty((height, width, 4), np.float16 if map_ == SKY else np.uint8)
    pixels[:] = value
    return Image(surface, map_, size, level, 0, pixels)


def flat_sky(radiance, size=(64, 32), levels=6) -> list[Image]:
    """A sky of one colour, all levels."""
    return [flat_image("sky", SKY, (*radiance, 1.0), size, level) for level in range(levels)]


def srgb(linear) -> np.ndarray:
    """8-bit sRGB of linear values, as floats. Source: IEC 61966-2-1."""
    linear = np.clip(np.asarray(linear, dtype=np.float64), 0, 1)
    return 255 * np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)


def linear(srgb_levels) -> np.ndarray:
    """Linear values of 8-bit sRGB, the inverse of `srgb`."""
    share = np.asarray(srgb_levels, dtype=np.float64) / 255
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)


__all__ = ["COLOR", "DETAIL", "SKY", "NO_BOUND", "scene", "quad", "instances", "glowing", "arrive", "flat_image",
           "flat_sky", "srgb", "linear"]
