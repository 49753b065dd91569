"""Leather library: a green lamp over tooled leather, an armchair by a fire, books to the ceiling, night outside."""

from typing import Iterator

import numpy as np

from showroom.imagine import leaning
from showroom.imagine.grow import fire
from showroom.imagine.grow.centre import centre
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.guests import guests
from showroom.imagine.grow.joined import joined
from showroom.imagine.grow.library_books import letters, piles, shelved
from showroom.imagine.grow.library_furniture import BRASS, armchairs, desk, globe, green_lamp, ladder
from showroom.imagine.grow.library_room import FRONT_Z, floor, hearth, shell
from showroom.imagine.grow.library_rug import rug
from showroom.imagine.grow.library_table import hides, pens, smoking, table
from showroom.imagine.grow.mesh import merge
from showroom.imagine.grow.part import part, rgb
from showroom.imagine.grow.scatter import instances
from showroom.imagine.grow.shapes import box, lathe, tube
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import SceneSpec

TOP_M = 0.765
DESK = (1.26, -1.3, 0.86, 1.75)    # x, z, width, depth
TABLE = (-1.22, -1.2, 0.76, 1.55)
CHAIRS = ((-1.5, -2.75, 0.5), (1.15, 1.6, -2.6), (-1.75, 0.75, 1.9))  # x, z, turn
_SCONCES = ((-2.98, 2.05, -2.85), (-2.45, 2.05, FRONT_Z + 0.42), (-0.4, 2.05, FRONT_Z + 0.42), (2.98, 2.05, -2.35), (2.98, 2.0, 0.3), (-1.0, 2.1, 3.05),
            (2.98, 2.0, 2.2))
_GUEST_SPOTS = ((-0.72, -2.6), (0.72, -3.1), (2.3, -3.4), (-2.5, -3.6), (1.9, 0.6), (-0.9, 2.2))


def grow(spec: SceneSpec, chance: Chance, detail: float) -> Iterator[Geometry]:
    """Floor, plinth and hero; the room; books; desk with its lamp; table with what is smoked; chairs and fire."""
    stands = [(x, z, 0.62) for x, z, _ in CHAIRS] + [(DESK[0], DESK[1], 0.75), (TABLE[0], TABLE[1], 0.65)]
    yield floor(spec, tuple(stands), detail)
    yield from centre(spec, "drum", chance, detail, sunlit=False)
    yield from shell(spec, chance.child("shell"))
    yield rug(spec)
    yield shelved(spec, chance.child("books"), detail)
    yield from joined(_furnished(spec, chance))
    yield from guests(spec, (), "leather_library", lambda x, z: 0.0 * x, chance.child("guests"), True, _GUEST_SPOTS)


def _furnished(spec: SceneSpec, chance: Chance) -> Iterator[Geometry]:
    """What one would move out with: desk and table and all that lies on them, chairs, fire, lamps."""
    yield from desk(spec, *DESK, TOP_M)
    yield from green_lamp(spec, 1.42, TOP_M, -1.72, -0.9)
    yield table(spec, *TABLE, TOP_M)
    yield from piles(spec, ((-1.38, TOP_M, -0.72, 3), (-1.42, TOP_M, -1.66, 4), (1.5, TOP_M, -1.05, 3),
                            (-1.25, 0.225, -1.2, 4), (-2.3, 0.0, -2.0, 6), (0.9, 0.0, -3.7, 5), (2.5, 0.0, 0.4, 6)),
                     chance.child("piles"))
    fresh = leaning.letters(spec) > 0.5
    drifts = ((1.15, -0.78, 0.09), (1.1, -1.62, 0.1), (-1.08, -1.3, 0.08)) if fresh else ((1.12, -0.76, 0.06),)
    yield from letters(spec, drifts, TOP_M, chance.child("letters"))
    yield from pens(spec, 1.1, -1.42, TOP_M)
    yield from hides(spec, ((-1.2, TOP_M, -0.98, 1.25, 0.06), (-1.42, TOP_M, -1.2, 1.4, 0.05), (1.5, TOP_M, -0.66, 0.15, 0.04)))
    yield from smoking(spec, -1.1, -1.5, TOP_M, chance.child("smoking"))
    yield from armchairs(spec, CHAIRS)
    yield from hearth(spec, chance.child("hearth"))
    yield ladder(spec, -1.75, FRONT_Z)
    yield from globe(2.25, 2.35, spec)
    yield from _sconces(spec)


def _sconces(spec: SceneSpec) -> Iterator[Geometry]:
    """Small lamps on the uprights of the shelves, so that gilt answers them; and one for the hero, out of sight."""
    at = np.array(_SCONCES)
    arm = merge([tube(np.array([[0, -0.02, -0.1], [0, -0.1, -0.04], [0, -0.06, 0.0]]), 0.006, 6),
                 box(0.05, 0.12, 0.015, 0.005).moved(0, -0.1, -0.105),
                 lathe(np.array([(0.03, -0.045), (0.034, -0.055), (0.0, -0.07)]), 12)])
    facing = np.where(np.abs(at[:, 0]) > 2.9, -np.pi / 2 * np.sign(at[:, 0]), np.where(at[:, 2] > 0, np.pi, 0.0))
    turned = np.stack([np.stack([np.cos(facing), 0 * facing, np.sin(facing)], 1), np.tile([0.0, 1.0, 0.0], (len(at), 1)),
                       np.stack([-np.sin(facing), 0 * facing, np.cos(facing)], 1)], axis=1)
    warm, low = np.array([1.0, 0.62, 0.3]), 1.0 - 0.35 * leaning.letters(spec)
    lights = tuple(fire.light((x, y + 0.05, z), warm, 1.5 * low, 3.4, 0.04) for x, y, z in at)
    lights += (fire.light((-0.45, 1.7, -0.5), warm + np.array([0.0, 0.1, 0.16]), 1.25, 2.2, 0.05),
               fire.light((0.3, 1.42, -1.7), warm, 0.4, 1.2, 0.05))
    yield part("sconces", arm, BRASS, instances(at, turned), casts_shadow=False, lights=lights)
    shade = lathe(np.array([(0.035, 0.11), (0.05, 0.05), (0.06, -0.03)]), 16)
    both = merge([shade, shade.turned_inside_out()])
    yield part("sconce shades", both, Material(base_color=(0.5, 0.36, 0.2, 1.0), roughness=0.9,
                                               emission=rgb(warm * 0.85 * low)), instances(at, turned), casts_shadow=False)
