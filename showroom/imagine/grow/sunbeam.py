"""Sunbeam: light that falls through one window, seen in the dust and smoke of the air."""

import numpy as np

from showroom.imagine.grow.mesh import merge, unit
from showroom.imagine.grow.noise import fbm
from showroom.imagine.grow.part import part, rgb
from showroom.imagine.grow.shapes import patch
from showroom.srgb import linear
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import SceneSpec, Sky


def sun_way(sky: Sky) -> np.ndarray:
    """(3,) unit vector from the ground to the sun."""
    height, azimuth = np.radians(max(sky.sun_elevation_deg, 12.0)), np.radians(sky.sun_azimuth_deg)
    return np.array([np.cos(height) * np.sin(azimuth), np.sin(height), -np.cos(height) * np.cos(azimuth)])


def beam(spec: SceneSpec, top: tuple[float, float, float], foot: tuple[float, float, float], half_m: float,
         spread_m: float,
         strength: float, sheets: int = 5, name: str = "sunbeam", slices: int = 0) -> Geometry:
    """Crossed sheets from a window at `top` to `foot`, half as wide as half_m above and spread_m below.

    slices : sheets across the beam, for one who looks along it.
    Shade a falls to nothing at the sheets' edges and towards the floor.
    """
    top, foot = np.array(top), np.array(foot)
    way = unit(foot - top)
    side = unit(np.cross(way, np.array([0.0, 1.0, 0.0])))
    lift = np.cross(side, way)
    pieces = []
    for index in range(sheets):
        turn = np.pi * index / sheets
        across = side * np.cos(turn) + lift * np.sin(turn)
        v, u = np.meshgrid(np.linspace(0, 1, 17), np.linspace(-1, 1, 9), indexing="ij")
        wide = half_m + (spread_m - half_m) * v
        points = top + (foot - top) * v[..., None] + across * (u * wide)[..., None]
        edge = np.clip(1 - u * u, 0, 1) ** 2.2
        smoke = np.clip(0.75 + 0.9 * fbm(points * np.array([1.6, 0.9, 1.6]), 3, 41), 0.1, 1.6)
        along = np.clip(v / 0.06, 0, 1) * (1 - 0.55 * v) * np.clip((1 - v) / 0.2, 0, 1)
        mesh = patch(points).shaded(opacity=(0.62 * edge * along * smoke).reshape(-1))
        pieces += [mesh, mesh.turned_inside_out()]
    for index in range(slices):
        share = (index + 0.5) / slices
        v, u = np.meshgrid(np.linspace(-1, 1, 9), np.linspace(-1, 1, 9), indexing="ij")
        wide = half_m + (spread_m - half_m) * share
        points = top + (foot - top) * share + side * (u * wide)[..., None]
        points = points + lift * (v * wide * 1.25)[..., None]
        smoke = np.clip(0.6 + 1.2 * fbm(points * np.array([1.9, 1.3, 1.6]), 3, 43), 0.0, 1.5)
        body = np.clip(1 - u * u, 0, 1) ** 1.5 * np.clip(1 - v * v, 0, 1) ** 1.5 * smoke
        pieces.append(patch(points).shaded(opacity=(body * sheets / slices * (1 - 0.5 * share)).reshape(-1)))
    color = linear(spec.sky.sun_srgb) * spec.sky.sun_strength * strength / sheets / 0.62
    return part(name, merge(pieces), Material("shaft", emission=rgb(color), density_per_m=1.0),
                casts_shadow=False)
