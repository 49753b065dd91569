"""Part: a mesh dressed and put into the word Geometry; colours as a material wants them, linear."""

import numpy as np

from showroom.imagine.grow.mesh import Mesh, indices, vertices
from showroom.imagine.grow.scatter import one
from showroom.srgb import linear
from showroom.words.geometry import Geometry, Light, Material


def part(name: str, mesh: Mesh, material: Material, placed: np.ndarray | None = None, *,
         casts_shadow: bool = True, product_id: str = "", lights: tuple[Light, ...] = (),
         layer: str = "") -> Geometry:
    """One part, whole, in one block; `placed` are its (n,) INSTANCE, by default one at the origin.

    layer : as in Geometry; only for a part of many instances, for each grows out of its own origin.
    """
    placed = one() if placed is None else placed
    return Geometry(name, material, vertices(mesh), indices(mesh), placed, 0, len(placed),
                    casts_shadow, product_id, lights, layer)


def natural(srgb: str, low: float = 0.03, high: float = 0.82) -> np.ndarray:
    """Linear RGB kept within what real matter reflects."""
    return np.clip(linear(srgb), low, high)


def blend(first: np.ndarray, second: np.ndarray, share: float) -> np.ndarray:
    """`share` of the second colour in the first."""
    return np.asarray(first) * (1 - share) + np.asarray(second) * share


def rgba(color: np.ndarray, alpha: float = 1.0) -> tuple[float, float, float, float]:
    """A colour as a material wants it."""
    return (*rgb(color), alpha)


def rgb(color: np.ndarray) -> tuple[float, float, float]:
    """A colour without opacity, as a material or light wants it."""
    return triple(color)


def triple(values: np.ndarray) -> tuple[float, float, float]:
    """Three plain floats of a colour, place or direction."""
    first, second, third = (float(value) for value in values)
    return first, second, third
