"""Shafts: the sun's light through gaps in a canopy, seen in haze; and where those gaps have to be."""

import numpy as np

from showroom.imagine.grow.mesh import merge
from showroom.imagine.grow.part import part, rgb
from showroom.imagine.grow.shapes import patch
from showroom.srgb import linear
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import Sky

_SHEETS = 3
_LONGEST_M = 24.0  # under a low sun


def towards_sun(sky: Sky) -> np.ndarray:
    """(3,) unit, from the ground to the sun, never quite level."""
    high, turn = np.radians(max(sky.sun_elevation_deg, 3.0)), np.radians(sky.sun_azimuth_deg)
    return np.array([np.cos(high) * np.sin(turn), np.sin(high), -np.cos(high) * np.cos(turn)])


def clear_of(places: np.ndarray, way: np.ndarray, feet: np.ndarray) -> np.ndarray:
    """(n,) metres that (n, 3) places stay off the nearest ray from a foot (k, 4: place, radius) along `way`,
    beyond that ray's own radius; negative within it."""
    off = places[:, None] - feet[None, :, :3]
    along = off @ way
    apart = np.linalg.norm(off - along[..., None] * way, axis=2) - feet[None, :, 3]
    return np.where(along > 0, apart, 1e3).min(axis=1)


def shafts(sky: Sky, way: np.ndarray, feet: np.ndarray, top_m: float, strength: float) -> Geometry:
    """Crossed sheets from the canopy's height down to each foot (k, 4), soft at their edges and ends.

    way : (3,) unit, towards the sun.   strength : radiance of one shaft next to the sun's.
    """
    side = np.cross(way, np.array([0.0, 1.0, 0.0]))
    side = side / np.linalg.norm(side)
    lift = np.cross(side, way)
    v, u = np.meshgrid(np.linspace(0, 1, 9), np.linspace(-1, 1, 7), indexing="ij")
    fade = np.clip(1 - u * u, 0, 1) ** 1.6 * np.clip(v / 0.3, 0, 1) ** 1.5 * np.clip((1.04 - v) / 0.3, 0, 1)
    pieces = []
    for order, foot in enumerate(feet):
        long = min((top_m - foot[1]) / way[1], _LONGEST_M)
        wide = foot[3] * (0.72 + 0.28 * v)
        bright = 0.55 + 0.45 * np.sin(2.4 * order + 1.0) ** 2
        for index in range(_SHEETS):
            angle = np.pi * (index + 0.3 * order) / _SHEETS
            across = side * np.cos(angle) + lift * np.sin(angle)
            points = foot[:3] + way * (1 - v)[..., None] * long + across * (u * wide)[..., None]
            pieces.append(patch(points).shaded(opacity=(bright * fade).reshape(-1)))
    color = linear(sky.sun_srgb) * sky.sun_strength * strength / _SHEETS
    return part(
        "shafts", merge(pieces), Material("shaft", emission=rgb(color), density_per_m=1.0), casts_shadow=False
    )
