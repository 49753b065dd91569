"""Centre: the plinth, the hero and the things of its notes, which every place has in the middle."""

from typing import Iterator

import numpy as np

from showroom.imagine.grow.caustic import caustic
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.hero import hero_parts
from showroom.imagine.grow.plinth import PLACE_XZ, STYLES, TOP_M, plinth_part
from showroom.imagine.grow.scatter import one
from showroom.imagine.grow.still_life import STANDS, Stand, set_down, still_life
from showroom.words.geometry import Geometry
from showroom.words.scenespec import SceneSpec, Surface

PLAIN = Surface("rock", "#7c7a74", "#a8a49a", 0.7, 0.0, 0.4, 1.0)


def surface_of(spec: SceneSpec, name: str) -> Surface:
    """The spec's surface of that name, or a plain stone where it names none."""
    return spec.surfaces.get(name, PLAIN)


def worn(spec: SceneSpec, name: str) -> str:
    """The surface's name for a Material, or "" where the spec does not paint it.

    What wears a surface that never comes is never shown.
    """
    return name if name in spec.surfaces else ""


def centre(spec: SceneSpec, style: str, chance: Chance, detail: float,
           sunlit: bool = True, stands: tuple[Stand, ...] = STANDS) -> Iterator[Geometry]:
    """Plinth, hero and still life of a place, the hero's front to the visitor.

    sunlit : the sun reaches it.   stands : where more of the notes' things stand, the strongest's first.
    """
    stone, ground = surface_of(spec, "plinth"), surface_of(spec, "ground")
    x, z = PLACE_XZ
    wet = max(stone.wetness, 0.6 * ground.wetness)
    plinth = plinth_part(style, stone.srgb, stone.scale_m, wet, (x, 0.0, z), chance.child("plinth"), detail,
                         ground.srgb, set_down(spec))
    yield plinth
    drape = spec.surfaces.get("drape")
    yield from hero_parts(spec.hero, one((x, TOP_M, z)), detail,
                          cloth_m=drape.scale_m if drape and drape.likeness else None)
    if sunlit and spec.hero.kind == "bottle" and spec.sky.sun_elevation_deg > 4:
        yield caustic(spec, (x, TOP_M, z), STYLES[style][0][0])
    yield from still_life(spec, style, stone.scale_m, plinth.material, chance.child("still life"), stands)


def flora_of(spec: SceneSpec, name: str) -> tuple[float, str]:
    """(density 0 to 1, colour) of a species; density 0 where the spec has none."""
    for flora in spec.flora:
        if flora.name == name:
            return flora.density, flora.srgb
    return 0.0, "#5b6b3c"


def clear_of_visitor(points: np.ndarray, radius_m: float = 0.6) -> np.ndarray:
    """Those of (n, 2) x, z points outside the visitor's disc and outside the plinth's foot."""
    visitor = np.hypot(points[:, 0], points[:, 1]) >= radius_m
    plinth = np.hypot(points[:, 0] - PLACE_XZ[0], points[:, 1] - PLACE_XZ[1]) >= 0.27
    return points[visitor & plinth]
