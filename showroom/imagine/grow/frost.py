"""Frost: rimed shrubs at the visitor's hands, feathers and snow on the plinth, flakes that flash."""

from typing import Iterator

import numpy as np

from showroom.imagine.grow import rime
from showroom.imagine.grow.alpine_wood import SNOW
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import make, merge, unit
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import part
from showroom.imagine.grow.plinth import PLACE_XZ, TOP_M
from showroom.imagine.grow.scatter import facing, instances, varied_sizes
from showroom.imagine.grow.shapes import patch
from showroom.imagine.grow.stones import Ground
from showroom.imagine.grow.sunbeam import sun_way
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import SceneSpec

_SHRUBS = np.array([(-0.98, -0.92), (1.12, -1.05), (-1.55, -2.35)])


def windward_of(spec: SceneSpec) -> np.ndarray:
    """(3,) where the wind comes from, a little from above."""
    to = np.radians(spec.ambience.wind_azimuth_deg)
    return np.array([np.sin(to), 0.12, -np.cos(to)])


def rimed(spec: SceneSpec, ground: Ground, hard: float, chance: Chance, detail: float) -> Iterator[Geometry]:
    """Shrubs at the visitor's hands furred with ice, and frost feathers on the plinth's windward side."""
    to, windward = np.radians(spec.ambience.wind_azimuth_deg), windward_of(spec)
    shrubs, at = [], []
    for index, (x, z) in enumerate(_SHRUBS):
        mesh, places = rime.twigs(chance.child(f"shrub {index}"), 5, 0.95 - 0.15 * index)
        y = float(ground(np.array([x]), np.array([z]))[0])
        turned = np.array(
            [
                [np.cos(to - np.pi / 2), 0, -np.sin(to - np.pi / 2)],
                [0, 1, 0],
                [np.sin(to - np.pi / 2), 0, np.cos(to - np.pi / 2)],
            ]
        )
        shrubs.append(mesh.transformed(turned).moved(x, y, z))
        at.append(places @ turned.T + np.array([x, y, z]))
    bark = Material(base_color=(0.085, 0.065, 0.055, 1.0), second_color=SNOW, roughness=0.8)
    yield part("rimed twigs", merge(shrubs), bark)
    ice = Material(
        "foliage", surface="sprites", base_color=(1.0, 1.0, 1.0, 1.0), roughness=0.6, translucency=0.6
    )
    grown = rime.feathers(chance.child("feathers"), np.concatenate(at), windward, 0.027 + 0.012 * hard, 4)
    stone = _on_stone(chance.child("stone"), windward, int(260 * (0.5 + 0.5 * hard)))
    yield part("rime", rime.feather(), ice, np.concatenate([grown, stone]), casts_shadow=False)


def _on_stone(chance: Chance, windward: np.ndarray, count: int) -> np.ndarray:
    """Feathers on the side of the plinth that the wind meets, thickest along its edges."""
    high = 1.02 - 0.95 * chance.uniform(0, 1, count) ** 1.4
    aside = 0.12 * chance.uniform(-1, 1, count)
    level = unit(windward * np.array([1.0, 0.0, 1.0]))
    across = np.array([level[2], 0.0, -level[0]])
    at = np.array([PLACE_XZ[0], 0.0, PLACE_XZ[1]]) + level * 0.118 + aside[:, None] * across
    at += (0.04 * (1.0 - high))[:, None] * level
    at[:, 1] = high
    way = unit(windward + 0.6 * chance.normal((count, 3)) + 2.2 * aside[:, None] * across)
    return instances(
        at, facing(way, chance.normal((count, 3))), varied_sizes(chance, count, 0.04, 0.5), cell=rime.CELL
    )


def caps(chance: Chance, windward: np.ndarray) -> Geometry:
    """Snow that stayed on the plinth's far rim, out of the wind, and slid over its edge."""
    lee = np.arctan2(-windward[0], windward[2])
    v, u = np.meshgrid(np.linspace(0, 1, 9), np.linspace(-1.25, 1.25, 33), indexing="ij")
    turn = np.pi + 0.5 * np.sin(lee) + u
    edge = 0.147 + 0.008 * np.sin(5 * u)
    inner = 0.088 + 0.022 * fbm(u[..., None] * 2.3, 2, 9)
    fade = smoothstep(1.25, 0.95, np.abs(u))
    reach = np.where(
        v < 0.8, inner + (edge - inner) * v / 0.8, edge + 0.006 * np.sin(np.pi * (v - 0.8) / 0.2)
    )
    top = (
        0.024
        * fade
        * np.sin(np.pi * np.clip(0.08 + 0.62 * v, 0, 1)) ** 0.7
        * (1 + 0.4 * fbm(u[..., None] * 3.1, 2, 4))
    )
    drop = np.where(
        v > 0.8, -(0.02 + 0.03 * fade * (1 + fbm(u[..., None] * 4.0, 2, 5))) * (v - 0.8) / 0.2, 0.0
    )
    y = TOP_M - 0.004 + top + drop * fade
    points = np.stack([PLACE_XZ[0] + np.sin(turn) * reach, y, PLACE_XZ[1] + np.cos(turn) * reach], axis=-1)
    mesh = patch(points, np.stack([u * 0.07, v * 0.04], axis=-1))
    if mesh.normals[:, 1].mean() < 0:
        mesh = mesh.turned_inside_out()
    return part("snow cap", mesh, Material(surface="ground", translucency=0.3), casts_shadow=False)


def glints(spec: SceneSpec, ground: Ground, chance: Chance, detail: float) -> Geometry:
    """Flakes that lie so as to flash at a standing visitor now and then, never all at once."""
    count = int(4200 * detail)
    angle, reach = chance.uniform(0, 2 * np.pi, count), 0.7 + 8.0 * chance.uniform(0, 1, count) ** 1.5
    x, z = np.sin(angle) * reach, -np.cos(angle) * reach
    at = np.stack([x, ground(x, z) + 0.004, z], axis=1)
    half = unit(unit(np.array([0.0, 1.55, 0.0]) - at) + sun_way(spec.sky))
    normal = unit(half + 0.16 * chance.normal((count, 3)))
    size = 0.0016 + 0.0009 * reach * chance.uniform(0.5, 1.0, count)
    placed = instances(
        at, facing(normal, chance.normal((count, 3))), size, phases=chance.uniform(0, 1, count)
    )
    flake = make(
        np.array([[-1, -0.6, 0], [1, -0.6, 0], [0, 1.2, 0]]), np.array([[0, 1, 2]]), np.zeros((3, 2))
    )
    bright = Material("foliage", base_color=(0.93, 0.95, 0.97, 1.0), metallic=1.0, roughness=0.2)
    return part("glints", flake, bright, placed, casts_shadow=False)
