"""Conifer forest: bark and resin within reach, trunks and ferns in shafts of light, far trunks in blue fog.

What the smell leans to decides what grows: dry and resinous is a floor of needles with cones, amber on the
bark and clear shafts; green and rainy is ferns, moss on everything that stays, and a closed canopy.
"""

from functools import partial
from typing import Iterator

import numpy as np

from showroom.imagine import leaning
from showroom.imagine.grow import forest_floor, forest_trees, litter
from showroom.imagine.grow.centre import centre, surface_of
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.forest_trees import HERO_TRUNK
from showroom.imagine.grow.guests import guests
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import natural, part, rgb
from showroom.imagine.grow.plinth import TOP_M
from showroom.imagine.grow.resin import tears
from showroom.imagine.grow.scatter import instances, varied_tints
from showroom.imagine.grow.shafts import clear_of, shafts, towards_sun
from showroom.imagine.grow.shapes import graded, polar_sheet
from showroom.imagine.grow.stones import Ground
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import SceneSpec

_WELLS = np.array(
    [  # where light falls through the canopy: x, z, radius
        (0.0, -1.05, 0.5),
        (1.5, -3.6, 0.62),
        (-1.4, -4.6, 0.5),
        (0.2, -6.6, 0.7),
        (3.4, -7.6, 0.55),
        (-3.4, -7.9, 0.6),
        (-0.55, -2.3, 0.3),
        (0.9, 1.7, 0.5),
        (1.2, -10.5, 0.7),
    ]
)


def grow(spec: SceneSpec, chance: Chance, detail: float) -> Iterator[Geometry]:
    """Ground, plinth and hero; trunks and boughs; then ferns, log and litter, and the light."""
    wet = leaning.rain(spec)
    seed = chance.child("land").integers(0, 1 << 20)
    way = towards_sun(spec.sky)
    trunks = forest_trees.trunks(way)
    ground = partial(height, seed=seed, trunks=trunks)
    feet = _feet(ground, wet)
    yield _ground(spec, ground, trunks, seed, wet, detail)
    yield from centre(spec, "block", chance, detail)
    hero = forest_trees.hero_trunk(ground, chance.child("hero trunk"), detail)
    yield part("hero trunk", hero, forest_trees.bark(spec, wet))
    standing = forest_trees.stands(ground, trunks, way, chance.child("stands"), detail)
    for kind, (trees, mesh) in enumerate(standing):
        draw = chance.child(f"tints {kind}")
        placed = instances(
            trees.roots,
            trees.rotations,
            trees.sizes,
            varied_tints(draw, len(trees.sizes), 0.02, 0.25),
            draw.uniform(0, 1, len(trees.sizes)),
        )
        yield part(f"trunks {kind}", mesh, forest_trees.bark(spec, wet), placed)
    yield from forest_trees.boughs(ground, standing, way, feet, wet, chance.child("boughs"), detail)
    yield forest_trees.far_trunks(spec, ground, chance.child("far"), wet, detail)
    yield forest_trees.near_branch(ground, chance.child("near branch"))
    yield from forest_floor.ferns(spec, ground, chance.child("ferns"), wet, detail)
    yield from forest_floor.logs(spec, ground, chance.child("log"), wet)
    yield from forest_floor.moss(spec, ground, trunks, seed, wet, detail)
    yield from guests(spec, ("pine", "cedar", "fern", "moss", "grass"), "conifer_forest", ground,
                      chance.child("guests"), potted=False, prop_at=(-0.75, -2.9))
    yield from litter.needles_and_cones(spec, ground, chance.child("litter"), wet, detail)
    amber = int(34 * (1 - wet) + 3)
    yield tears(hero, chance.child("resin"), amber, 0.75, 1.75, np.array([0.0, 1.5, 0.0]))
    yield shafts(spec.sky, way, _seen(feet, way), 11.0, 0.5 * (1.0 - 0.75 * wet) * (1 - 0.5 * spec.sky.cloud))


def _seen(feet: np.ndarray, way: np.ndarray) -> np.ndarray:
    """Those pools of light whose shafts pass neither through the visitor nor through the trunk within reach."""
    x, z, _ = HERO_TRUNK
    near = np.array([(0.0, 1.5, 0.0), (x, 0.5, z), (x, 1.5, z), (x, 2.5, z)])
    return feet[[clear_of(near, way, foot[None]).min() > 0.45 for foot in feet]]


def height(x: np.ndarray, z: np.ndarray, seed: int, trunks: np.ndarray) -> np.ndarray:
    """Nearly level round the visitor, swelling beyond, mounded at the foot of every trunk; metres."""
    at = np.stack([x, z], axis=-1)
    reach = np.hypot(x, z + 0.5)
    near = 0.10 * fbm(at * 0.6, 3, seed) * smoothstep(1.2, 3.2, reach)
    far = 1.5 * (0.25 + fbm(at * 0.09, 3, seed + 1)) * smoothstep(5.0, 20.0, reach)
    far = far + 4.0 * (0.45 + fbm(at * 0.035, 2, seed + 2)) * smoothstep(16.0, 60.0, reach)
    mounds = 0.0
    for tx, tz, radius in np.concatenate([[HERO_TRUNK], trunks]):
        mounds = np.maximum(mounds, 0.16 * np.exp(-(((x - tx) ** 2 + (z - tz) ** 2) / (2.4 * radius) ** 2)))
    return near + far + mounds


def _feet(ground: Ground, wet: float) -> np.ndarray:
    """(k, 4) place and radius of every pool of light, narrower under rain; the first is the hero's."""
    x, z, radius = _WELLS.T * np.array([[1.0], [1.0], [1.0 - 0.4 * wet]])
    y = ground(x, z)
    y[0] = TOP_M
    return np.stack([x, y, z, radius], axis=1)


def _ground(
    spec: SceneSpec, ground: Ground, trunks: np.ndarray, seed: int, wet: float, detail: float
) -> Geometry:
    """Needles, moss where it is wet, and the dark of damp soil round every foot."""
    surface = surface_of(spec, "ground")
    mesh = polar_sheet(
        graded(0.09, 70.0, int(34 + 30 * detail)), int(60 + 70 * detail), ground, surface.scale_m
    )
    x, _, z = mesh.positions.T
    open_ = 0.85 + 0.15 * smoothstep(-0.3, 0.3, fbm(np.stack([x, z], axis=1) * 0.55, 4, seed + 5))
    for tx, tz, radius in np.concatenate([[HERO_TRUNK], trunks, [(0.0, -1.05, 0.17)]]):
        open_ = open_ * (0.42 + 0.58 * smoothstep(0.9, 2.6, np.hypot(x - tx, z - tz) / radius))
    moss = 0.72 * forest_floor.mossy(x, z, trunks, wet, seed)
    green = natural(surface_of(spec, "prop").srgb, 0.01) * 0.8
    material = Material(surface="ground", second_color=rgb(green))
    return part("ground", mesh.shaded(occlusion=open_, second=moss), material)
