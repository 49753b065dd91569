"""Tropical shore: white sand and clear water over a net of light, leaning palms, a lagoon out to its reef.

What the smell leans to decides what flowers: milk and white petals is frangipani and tiare, cream against
the green; ripe fruit is hibiscus, coral red, and rosy frangipani.
"""

from functools import partial
from typing import Iterator

import numpy as np

from showroom.imagine import leaning
from showroom.imagine.grow import frangipani, hibiscus, lagoon, strand
from showroom.imagine.grow.centre import centre, flora_of, surface_of, worn
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.coconut_palm import Palm, palms, sprout
from showroom.imagine.grow.guests import guests
from showroom.imagine.grow.mesh import merge
from showroom.imagine.grow.part import blend, natural, part, rgb, rgba
from showroom.imagine.grow.plinth import PLACE_XZ, TOP_M
from showroom.imagine.grow.scatter import instances
from showroom.imagine.grow.shafts import towards_sun
from showroom.imagine.grow.stones import Ground
from showroom.srgb import linear
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import SceneSpec

_SHALLOW = np.array([0.035, 0.50, 0.46])  # the lagoon over sand
_DEEP = np.array([0.006, 0.105, 0.235])  # the sea beyond it
_GUESTS = ((-0.92, -1.95), (1.08, -2.1), (1.3, -0.72), (-1.0, -2.6), (-1.9, -0.55), (0.75, -2.5))  # x, z
_PALMS = (  # the first leans out over the water; the last ones stand on the point and behind the visitor
    Palm((-3.5, -3.1), (-1.9, 3.35, -8.4), 3.3),
    Palm((-4.9, -3.4), (-5.6, 5.4, -7.4), 3.6),
    Palm((5.0, -4.3), (4.4, 5.0, -9.6), 3.4),
    Palm((-7.4, -2.0), (-9.6, 6.6, -4.6), 3.7),
    Palm((11.0, -10.4), (9.6, 6.6, -12.6), 3.6),
    Palm((14.5, -12.6), (15.0, 8.4, -14.2), 3.7),
    Palm((19.0, -17.0), (17.4, 7.6, -20.0), 3.7),
    Palm((24.0, -20.5), (24.8, 9.2, -22.0), 3.8),
    Palm((7.4, 1.0), (8.6, 6.8, -0.4), 3.7),
    Palm((-4.6, 4.6), (-3.4, 6.2, 5.4), 3.6),
    Palm((3.4, 6.0), (2.4, 7.0, 7.4), 3.7),
    Palm((-9.5, 5.0), (-10.4, 7.4, 4.2), 3.7),
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
    yield from strand.lying(_petal(spec, fruity), ground, chance.child("lying"), detail)
    yield strand.boat(ground, detail)
    native = ("palm", "jasmine", "grass")
    yield from guests(spec, native, "tropical_shore", ground, chance.child("guests"), False, _GUESTS)
    yield from strand.thicket(ground, chance.child("thicket"), detail)
    yield from strand.shore_grass(spec, ground, chance.child("grass"), detail)


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
        water = Material(
            "water",
            surface=name,
            base_color=rgba(color / painted),
            second_color=(0.78, 0.82, 0.81),
            roughness=0.08,
            ior=1.33,
            density_per_m=0.6,
        )
        yield part(
            part_name, lagoon.water_mesh(seed, detail, surface.scale_m, beyond), water, casts_shadow=False
        )
    high = max(0.0, np.sin(np.radians(spec.sky.sun_elevation_deg)))
    light = linear(spec.sky.sun_srgb) * np.array([0.75, 1.0, 0.92]) * spec.sky.sun_strength * 0.65 * high
    for which in range(2):
        yield part(
            f"net {which}",
            lagoon.net_mesh(seed, detail, which),
            Material("glow", emission=rgb(light)),
            instances(np.zeros((1, 3)), phases=np.array([0.37 * which]), flex_m=0.022 + 0.012 * which),
            casts_shadow=False,
        )


def _sprouts(green: np.ndarray, ground: Ground, chance: Chance) -> Geometry:
    """Young palms beside the visitor: fronds within reach on the left, a few behind and to the right."""
    rows = np.array(
        [  # x, z, yaw, rise, length
            (-1.75, -1.6, 0.35, 1.0, 1.9),
            (-1.75, -1.6, 1.5, 0.85, 1.55),
            (-1.75, -1.6, -0.8, 1.05, 1.8),
            (-1.75, -1.6, 2.6, 0.75, 1.75),
            (-1.75, -1.6, -2.1, 0.9, 1.7),
            (-1.75, -1.6, 3.6, 1.2, 1.9),
            (2.35, 0.7, 2.2, 0.95, 1.7),
            (2.35, 0.7, 0.4, 0.9, 1.6),
            (2.35, 0.7, 3.9, 1.1, 1.8),
            (2.35, 0.7, 5.3, 0.8, 1.5),
            (-1.6, 2.1, 1.2, 0.9, 1.7),
            (-1.6, 2.1, 4.0, 1.1, 1.8),
            (-1.6, 2.1, 5.6, 0.8, 1.6),
            (-1.6, 2.1, 2.8, 1.0, 1.5),
        ]
    )
    x, z, yaw, rise, size = rows.T
    at = np.stack([x, ground(x, z) - 0.02, z], axis=1)
    return sprout(green * 1.15, at, yaw, rise, size, chance)


def _flowers(
    spec: SceneSpec, ground: Ground, fruity: float, chance: Chance, detail: float
) -> Iterator[Geometry]:
    """A frangipani at the right hand and one behind; a bush of hibiscus, or of tiare, at the left."""
    petal = _petal(spec, fruity)
    woods = [
        frangipani.tree(chance.child("tree 0"), (1.72, strand.at(ground, 1.72, -1.75), -1.75), 1.75, 3.6),
        frangipani.tree(chance.child("tree 1"), (-3.2, strand.at(ground, -3.2, 1.6), 1.6), 2.4, 1.2),
    ]
    tips, ways = (np.concatenate([each[k] for each in woods]) for k in (1, 2))
    nearest = np.argsort(np.hypot(tips[:, 0], tips[:, 2] + 0.8), kind="stable")
    yield from frangipani.frangipani(
        "frangipani",
        merge([each[0] for each in woods]),
        tips[nearest],
        ways[nearest],
        petal,
        chance,
        0.95 - 0.3 * fruity,
        detail,
    )
    bushes = [
        (-1.32, strand.at(ground, -1.32, -1.12), -1.12),
        (1.95, strand.at(ground, 1.95, -0.5), -0.5),
        (-2.6, strand.at(ground, -2.6, -2.2), -2.2),
    ]
    red, white = np.array([0.62, 0.045, 0.04]), np.array([0.78, 0.77, 0.68])
    yield from hibiscus.hibiscus(
        bushes,
        blend(white, red, fruity),
        blend(np.array([0.6, 0.55, 0.25]), np.array([0.2, 0.005, 0.02]), fruity),
        int(9 + 17 * fruity),
        chance.child("hibiscus"),
        detail,
    )


def _petal(spec: SceneSpec, fruity: float) -> np.ndarray:
    """Frangipani's colour: cream as the spec's white flowers, or rosy."""
    cream = np.clip(0.35 * natural(flora_of(spec, "jasmine")[1]) + 0.5, 0, 0.8)
    return blend(cream, np.array([0.76, 0.24, 0.22]), 0.85 * fruity)
