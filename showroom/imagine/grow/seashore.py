"""Seashore: wet shingle and driftwood, a wave that breaks, a grey-green sea into bright mist."""

from typing import Iterator

import numpy as np

from showroom.imagine.grow import beach
from showroom.imagine.grow.centre import centre, surface_of
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.part import part
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import SceneSpec


def grow(spec: SceneSpec, chance: Chance, detail: float) -> Iterator[Geometry]:
    """Ground, plinth and hero, sea; then what lies near, in the middle and far."""
    seed = chance.child("land").integers(0, 1 << 20)
    yield _ground(spec, seed, detail)
    yield from centre(spec, "block", chance, detail)
    yield _sea(spec, seed, detail)


def _ground(spec: SceneSpec, seed: int, detail: float) -> Geometry:
    surface = surface_of(spec, "ground")
    mesh = beach.ground_mesh(seed, detail, surface.scale_m)
    material = Material(surface="ground", second_color=(0.05, 0.05, 0.047), clearcoat=0.5 * surface.wetness)
    return part("ground", mesh, material)


def _sea(spec: SceneSpec, seed: int, detail: float) -> Geometry:
    surface = surface_of(spec, "water")
    mesh = beach.water_mesh(seed, detail, surface.scale_m)
    material = Material("water", surface="water", second_color=(0.78, 0.82, 0.81), roughness=0.12, ior=1.33,
                        density_per_m=1.4)
    return part("sea", mesh, material, casts_shadow=False)
