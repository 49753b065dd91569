"""Tropical shore: white sand and clear water over a net of light, leaning palms, a lagoon out to its reef.

What the smell leans to decides what flowers: milk and white petals is frangipani and tiare, cream against
the green; ripe fruit is hibiscus, coral red, and rosy frangipani.
"""

from functools import partial
from typing import Iterator

import numpy as np

from showroom.imagine import leaning
from showroom.imagine.grow import frangipani, lagoon
from showroom.imagine.grow.canoe import canoe
from showroom.imagine.grow.centre import centre, clear_of_visitor, flora_of, surface_of, worn
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.coconut_palm import Palm, nut, palms, sprout
from showroom.imagine.grow.grass import tuft
from showroom.imagine.grow.guests import guests
from showroom.imagine.grow.hedge import crown_mesh, hedges
from showroom.imagine.grow.mesh import merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import blend, natural, part, rgb, rgba
from showroom.imagine.grow.plinth import PLACE_XZ, TOP_M, gathered
from showroom.imagine.grow.scatter import bases, blue_noise, instances, varied_sizes, varied_tints
from showroom.imagine.grow.shafts import towards_sun
from showroom.imagine.grow.shapes import rock
from showroom.imagine.grow.stones import Ground, boulder, sized, strewn
from showroom.imagine.grow.things.mineral import scallop
from showroom.srgb import linear
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import SceneSpec

_SHALLOW, _DEEP = np.array([0.035, 0.50, 0.46]), np.array([0.006, 0.105, 0.235])  # lagoon over sand, sea beyond
_PALMS = (  # the first leans out over the water; the last ones stand on the point and behind the visitor
    Palm((-3.5, -3.1), (-1.9, 3.35, -8.4), 3.3), Palm((-4.9, -3.4), (-5.6, 5.4, -7.4), 3.6),
    Palm((5.0, -4.3), (4.4, 5.0, -9.6), 3.4), Palm((-7.4, -2.0), (-9.6, 6.6, -4.6), 3.7),
    Palm((11.0, -10.4), (9.6, 6.6, -12.6), 3.6), Palm((14.5, -12.6), (15.0, 8.4, -14.2), 3.7),
    Palm((19.0, -17.0), (17.4, 7.6, -20.0), 3.7), Palm((24.0, -20.5), (24.8, 9.2, -22.0), 3.8),
    Palm((7.4, 1.0), (8.6, 6.8, -0.4), 3.7), Palm((-4.6, 4.6), (-3.4, 6.2, 5.4), 3.6),
    Palm((3.4, 6.0), (2.4, 7.0, 7.4), 3.7), Palm((-9.5, 5.0), (-10.4, 7.4, 4.2), 3.7),
)


def grow(spec: SceneSpec, chance: Chance, detail: float) -> Iterator[Geometry]:
    """Ground, plinth and hero, water; palms; what flowers near; what lies on the sand; green behind."""
    seed = chance.child("land").integers(0, 1 << 20)
    ground = partial(lagoon.height, seed=seed)
    fruity = leaning.fruit(spec)
    yield _ground(spec, seed, detail)
    yield from centre(spec, "block", chance, detail)
    yield from _water(spec, seed, detail)
    density, srgb = flora_of(spec, "palm")
    green = natural(srgb) * np.array([0.62, 0.66, 0.45])
    count = int(len(_PALMS) * (0.55 + 0.45 * detail) * (0.7 + 0.3 * min(1.0, density + 0.3)))
    stand = sunny_palms(max(5, count), towards_sun(spec.sky))
    yield from palms(stand, ground, green, "prop", chance.child("palms"), detail)
    yield _sprouts(green, ground, chance.child("sprouts"))
    yield from _flowers(spec, ground, fruity, chance.child("flowers"), detail)
    yield from _lying(spec, ground, fruity, chance.child("lying"), detail)
    yield _boat(ground, detail)
    yield from guests(spec, ("palm", "jasmine", "grass"), "tropical_shore", ground, chance.child("guests"), potted=False)
    yield from _thicket(ground, chance.child("thicket"), detail)
    yield from _grass(spec, ground, chance.child("grass"), detail)


def sunny_palms(count: int, way: np.ndarray) -> list[Palm]:
    """The first `count` palms, none with its crown between the hero and the sun. way: towards the sun."""
    return [_out_of_the_sun(palm, way) for palm in _PALMS[:count]]


def _out_of_the_sun(palm: Palm, way: np.ndarray) -> Palm:
    """A palm whose crown would shade the hero stands farther to that side. way: towards the sun."""
    x, y, z = palm.heart
    share = (y - TOP_M) / max(float(way[1]), 0.2)
    shade = np.array([x, z]) - way[[0, 2]] * share - np.array(PLACE_XZ)
    level = way[[0, 2]] / max(np.hypot(way[0], way[2]), 1e-6)
    across = np.array([-level[1], level[0]])
    aside, along = float(shade @ across), float(shade @ level)
    need = 0.8 * palm.frond_m + 0.4
    if abs(aside) >= need or abs(along) > 1.6 * need:
        return palm
    dx, dz = (np.copysign(need, aside) - aside) * across
    return Palm((palm.foot[0] + dx, palm.foot[1] + dz), (x + dx, y, z + dz), palm.frond_m)


def _ground(spec: SceneSpec, seed: int, detail: float) -> Geometry:
    surface = surface_of(spec, "ground")
    mesh = lagoon.ground_mesh(seed, detail, surface.scale_m)
    return part("ground", mesh, Material(surface="ground", second_color=rgb(_lagoon(spec) * 0.85)))


def _lagoon(spec: SceneSpec) -> np.ndarray:
    """The lagoon's own colour, with something of the water that the hour has made."""
    return blend(_SHALLOW, natural(surface_of(spec, "water").srgb, 0.01, 0.6), 0.22)


def _water(spec: SceneSpec, seed: int, detail: float) -> Iterator[Geometry]:
    """Lagoon, the sea beyond its reef, and the net of light on the sand where it is shallow."""
    surface, name = surface_of(spec, "water"), worn(spec, "water")
    painted = natural(surface.srgb, 0.02, 0.6) if name else np.ones(3)
    for part_name, color, beyond in (("lagoon", _lagoon(spec), False), ("sea", _DEEP, True)):
        water = Material("water", surface=name, base_color=rgba(color / painted), second_color=(0.78, 0.82, 0.81),
                         roughness=0.08, ior=1.33, density_per_m=0.6)
        yield part(part_name, lagoon.water_mesh(seed, detail, surface.scale_m, beyond), water, casts_shadow=False)
    high = max(0.0, np.sin(np.radians(spec.sky.sun_elevation_deg)))
    light = linear(spec.sky.sun_srgb) * np.array([0.75, 1.0, 0.92]) * spec.sky.sun_strength * 0.3 * high
    for which in range(2):
        yield part(f"net {which}", lagoon.net_mesh(seed, detail, which), Material("glow", emission=rgb(light)),
                   instances(np.zeros((1, 3)), phases=np.array([0.37 * which]), flex_m=0.022 + 0.012 * which), casts_shadow=False)


def _sprouts(green: np.ndarray, ground: Ground, chance: Chance) -> Geometry:
    """Young palms beside the visitor: fronds within reach on the left, a few behind and to the right."""
    rows = np.array([  # x, z, yaw, rise, length
        (-1.75, -1.6, 0.35, 1.0, 1.9), (-1.75, -1.6, 1.5, 0.85, 1.55), (-1.75, -1.6, -0.8, 1.05, 1.8), (-1.75, -1.6, 2.6, 0.75, 1.75),
        (-1.75, -1.6, -2.1, 0.9, 1.7), (-1.75, -1.6, 3.6, 1.2, 1.9), (2.35, 0.7, 2.2, 0.95, 1.7), (2.35, 0.7, 0.4, 0.9, 1.6),
        (2.35, 0.7, 3.9, 1.1, 1.8), (2.35, 0.7, 5.3, 0.8, 1.5), (-1.6, 2.1, 1.2, 0.9, 1.7), (-1.6, 2.1, 4.0, 1.1, 1.8),
        (-1.6, 2.1, 5.6, 0.8, 1.6), (-1.6, 2.1, 2.8, 1.0, 1.5)])
    x, z, yaw, rise, size = rows.T
    at = np.stack([x, ground(x, z) - 0.02, z], axis=1)
    return sprout(green * 1.15, at, yaw, rise, size, chance)


def _flowers(spec: SceneSpec, ground: Ground, fruity: float, chance: Chance, detail: float) -> Iterator[Geometry]:
    """A frangipani at the right hand and one behind; a bush of hibiscus, or of tiare, at the left."""
    cream = natural(flora_of(spec, "jasmine")[1])
    petal = blend(np.clip(0.35 * cream + 0.5, 0, 0.8), np.array([0.76, 0.24, 0.22]), 0.85 * fruity)
    woods = [frangipani.tree(chance.child("tree 0"), (1.72, _at(ground, 1.72, -1.75), -1.75), 1.75, 3.6),
             frangipani.tree(chance.child("tree 1"), (-3.2, _at(ground, -3.2, 1.6), 1.6), 2.4, 1.2)]
    tips, ways = (np.concatenate([each[k] for each in woods]) for k in (1, 2))
    nearest = np.argsort(np.hypot(tips[:, 0], tips[:, 2] + 0.8), kind="stable")
    yield from frangipani.frangipani("frangipani", merge([each[0] for each in woods]), tips[nearest], ways[nearest], petal, chance, 0.72,
                                     detail)
    bushes = [(-1.32, _at(ground, -1.32, -1.12), -1.12), (1.95, _at(ground, 1.95, -0.5), -0.5), (-2.6, _at(ground, -2.6, -2.2), -2.2)]
    red, white = np.array([0.62, 0.045, 0.04]), np.array([0.78, 0.77, 0.68])
    yield from frangipani.hibiscus(bushes, blend(white, red, fruity), blend(np.array([0.6, 0.55, 0.25]), np.array([0.2, 0.005, 0.02]), fruity),
                                   int(9 + 17 * fruity), chance.child("hibiscus"), detail)


def _at(ground: Ground, x: float, z: float) -> float:
    return float(ground(np.array([x]), np.array([z]))[0])


def _lying(spec: SceneSpec, ground: Ground, fruity: float, chance: Chance, detail: float) -> Iterator[Geometry]:
    """Fallen flowers on sand and plinth, coconuts, shells, crumbs of coral."""
    cream = natural(flora_of(spec, "jasmine")[1])
    petal = blend(np.clip(0.35 * cream + 0.5, 0, 0.8), np.array([0.76, 0.24, 0.22]), 0.85 * fruity)
    points = clear_of_visitor(blue_noise(chance, (-1.5, -3.4), (3.2, 0.8), 0.3,
                                         lambda x, z: smoothstep(1.9, 0.4, np.hypot(x - 1.5, z + 1.6)) + 0.12, int(20 + 50 * detail)), 0.45)
    x, z = points.T
    strewed = instances(np.stack([x, ground(x, z) + 0.008, z], 1), bases(chance, len(x), 0.35), varied_sizes(chance, len(x), 0.072),
                        varied_tints(chance, len(x), 0.015, 0.12), chance.uniform(0, 1, len(x)))
    top = instances(np.array([[0.115, TOP_M + 0.008, -1.0]]), bases(chance, 1, 0.2), 0.066)
    yield part("fallen flowers", frangipani.pinwheel(), frangipani.petal_material(petal), np.concatenate([strewed, top]),
               casts_shadow=False, layer="base")
    spots = np.array([(0.86, -1.75), (-0.92, -1.95), (-1.0, -2.12), (2.2, -2.7), (-2.9, -3.1), (-3.0, -2.7), (3.8, -3.4), (-1.9, 1.3), (1.4, 2.1)])
    x, z = spots.T
    size = varied_sizes(chance, len(x), 0.23, 0.15)
    husk = Material(base_color=(0.13, 0.08, 0.042, 1.0), second_color=(0.22, 0.15, 0.07), roughness=0.9)
    yield part("coconuts", nut(), husk, instances(np.stack([x, ground(x, z) + 0.38 * size, z], 1), bases(chance, len(x), 1.2), size,
                                                  varied_tints(chance, len(x), 0.02, 0.25)))
    points = clear_of_visitor(blue_noise(chance, (-4, -4.2), (4.5, 0.5), 0.42, None, int(30 + 40 * detail)), 0.6)
    points = points[points[:, 1] > lagoon.shore_z(points[:, 0]) + 0.1]
    x, z = points.T
    pink = Material("foliage", base_color=(0.72, 0.5, 0.4, 1.0), second_color=(0.8, 0.7, 0.6), roughness=0.4, translucency=0.2)
    placed = instances(np.stack([x, ground(x, z) + 0.007, z], 1), bases(chance, len(x), 0.4), varied_sizes(chance, len(x), 1.0, 0.5),
                       varied_tints(chance, len(x), 0.03, 0.2))
    yield part("shells", scallop(0.032, 5, 15), pink, placed[::2].copy(), casts_shadow=False)
    coral = Material(base_color=(0.7, 0.66, 0.6, 1.0), roughness=0.9)
    yield part("coral", rock(1, 4, 0.5, (1.0, 0.5, 0.6), 0).shaded(occlusion=0.85), coral, instances(
        placed["world_from_part"][1::2, :, 3], bases(chance, len(placed[1::2]), 0.5), varied_sizes(chance, len(placed[1::2]), 0.022, 0.6)), casts_shadow=False)


def _boat(ground: Ground, detail: float) -> Geometry:
    """The canoe on the sand behind the plinths, along the water."""
    x, z = 1.5, -3.15
    mesh = canoe(detail).turned("z", 0.06).turned("y", 0.3).moved(x, _at(ground, x, z) - 0.05, z)
    wood = Material(base_color=(0.25, 0.15, 0.085, 1.0), second_color=(0.62, 0.55, 0.42), roughness=0.75)
    return part("canoe", mesh, wood)


def _thicket(ground: Ground, chance: Chance, detail: float) -> Iterator[Geometry]:
    """Round-leaved shore bushes behind the visitor, to both sides, and along the point."""
    crowns = []
    for index, (x, z, size) in enumerate(((-7.5, 1.6, 1.6), (-6.2, 4.6, 1.9), (-3.0, 6.6, 1.7), (0.6, 7.8, 1.9), (4.4, 7.2, 1.8), (7.2, 4.4, 1.9),
                                          (9.0, 1.4, 1.7), (-10.5, -1.6, 1.8), (10.8, -3.6, 1.7), (13.0, -8.8, 2.2), (17.0, -13.4, 2.4),
                                          (22.0, -18.6, 2.8), (28.0, -23.0, 3.2), (-15.0, 3.0, 2.6), (15.0, 5.0, 2.8), (-2.0, 13.0, 3.0), (7.0, 13.0, 3.2))):
        crown = crown_mesh(chance.child(f"bush {index}"), 1)
        crowns.append(crown.scaled(size * 1.25, size * 0.8, size * 1.1).moved(x, _at(ground, x, z) + 0.45 * size, z))
    yield from hedges("thicket", crowns, np.array([0.06, 0.13, 0.03]), chance, int(2400 * detail), 0.6)


def _grass(spec: SceneSpec, ground: Ground, chance: Chance, detail: float) -> Iterator[Geometry]:
    """Shore grass where the sand ends."""
    density, srgb = flora_of(spec, "grass")

    def inland(x, z):
        return smoothstep(5.0, 8.0, z - lagoon.shore_z(x)) * smoothstep(-0.2, 0.3, fbm(np.stack([x, z], -1) * 0.5, 2, 9))

    points = blue_noise(chance, (-12, -5), (14, 8), 0.5, inland, int((60 + 700 * density) * detail))
    near = np.array([(1.3, -0.6), (-2.0, -0.9), (2.4, -1.2), (-2.4, -3.2)])
    x, z = np.concatenate([near, clear_of_visitor(points, 1.6)]).T
    color = natural(srgb) * 0.7
    blades = Material("foliage", base_color=rgba(color), second_color=rgb(np.clip(color * 1.6, 0, 0.7)), roughness=0.6, translucency=0.5)
    yield part("grass", tuft(chance, 10, 0.42, 0.013, 0.08, 0.9, rows=3), blades,
               instances(np.stack([x, ground(x, z) - 0.01, z], 1), bases(chance, len(x), 0.15), varied_sizes(chance, len(x), 1.0, 0.35),
                         varied_tints(chance, len(x), 0.03, 0.25), chance.uniform(0, 1, len(x)), 0.02), casts_shadow=False)
