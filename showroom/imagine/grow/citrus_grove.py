"""Citrus grove: a bough of fruit and blossom at the hand, round dark trees along a lane, a white wall, a blue hill.

What the smell is of decides what the trees bear: its own fruit in its own colours, much blossom or little.
"""

from typing import Iterator

import numpy as np

from showroom.imagine.grow import orchard
from showroom.imagine.grow.centre import centre, clear_of_visitor, flora_of, surface_of, worn
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.citrus import KINDS, LEAF, Branch, branch, fruit, picked
from showroom.imagine.grow.citrus_trees import Bearing, peel, trees
from showroom.imagine.grow.crowns import crowns, spire
from showroom.imagine.grow.grass import tuft
from showroom.imagine.grow.grove_wall import enclosed
from showroom.imagine.grow.guests import guests
from showroom.imagine.grow.mesh import merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import natural, part, rgb, rgba
from showroom.imagine.grow.plinth import PLACE_XZ, TOP_M
from showroom.imagine.grow.rose import fallen_petal
from showroom.imagine.grow.scatter import bases, blue_noise, instances, varied_sizes, varied_tints
from showroom.imagine.grow.shafts import towards_sun
from showroom.imagine.grow.shapes import graded, polar_sheet
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import SceneSpec

_AHEAD_Z, _BEHIND_Z, _HALF_M = -18.5, 9.5, 12.6  # the walls
_LANE_M = 0.95
_ROW_M, _STEP_M = 3.1, 3.2
_CROWN_M, _CROWN_TOP_M = 1.35, 3.0  # a tree's radius and height, as shade goes
_SPOTS = ((-1.15, -1.95), (1.05, -2.1), (-1.3, -2.8), (0.95, -3.5), (-0.95, -3.9), (2.3, -1.75))
_PROP_XZ = (-0.5, -2.6)
_PLAIN = (("orange", "#ee7d12"), ("lemon", "#f0c928"))  # where no fruit is named
_FLOWERS = {"orange_blossom", "jasmine", "gardenia", "tuberose"}
_KNOTS = (  # of the boughs that reach in
    ((-1.75, 2.2, -1.5), (-1.05, 2.0, -1.18), (-0.6, 1.72, -1.02)),
    ((2.9, 2.2, -2.3), (1.3, 2.08, -1.45), (0.78, 1.8, -1.22)),
)


def grow(spec: SceneSpec, chance: Chance, detail: float) -> Iterator[Geometry]:
    """Ground, plinth and hero; the boughs at the hand; trees, walls, crates; what has fallen."""
    bears = bearing(spec)
    surface = worn(spec, "wall")
    skins = [peel(color, surface, natural(surface_of(spec, "wall").srgb)) for _, color in bears.kinds]
    yield _ground(spec, detail)
    yield from centre(spec, "drum", chance, detail)
    yield from _boughs(bears, skins, chance.child("boughs"))
    yield from trees(_out_of_the_sun(_rows(chance.child("rows")), spec), height, spec, bears, skins, worn(spec, "prop"),
                     chance.child("trees"), detail)
    yield from enclosed(spec, _AHEAD_Z, _BEHIND_Z, _HALF_M)
    yield from _cypresses(spec, chance.child("cypresses"), detail)
    yield from orchard.goods(bears.kinds[0][0], skins[0], height, chance.child("goods"))
    yield from _fallen(bears, skins, chance.child("fallen"), detail)
    yield _grass(spec, chance.child("grass"), detail)
    yield from guests(spec, ("citrus_tree", "grass", "fig"), "citrus_grove", height, chance.child("guests"), False,
                      _SPOTS, _PROP_XZ)


def bearing(spec: SceneSpec) -> Bearing:
    """The citrus among the perfume's things, at most two; blossom as it smells of flowers."""
    named = tuple((thing.name, thing.srgb) for thing in spec.things if thing.name in KINDS)[:2] or _PLAIN
    flowery = any(thing.name in _FLOWERS for thing in spec.things)
    white = spec.accords.get("white floral", 0.0)
    density, _ = flora_of(spec, "citrus_tree")
    blossom = 1.0 if flowery else 0.22 + 0.5 * white
    return Bearing(tuple((name, natural(srgb, 0.02)) for name, srgb in named),
                   (0.55 if flowery else 1.0) * (0.5 + 0.5 * density), blossom)


def height(x: np.ndarray, z: np.ndarray) -> np.ndarray:
    """Nearly level: a worn lane between two banks where the trees stand; metres."""
    x, z = np.asarray(x, dtype=np.float64), np.asarray(z, dtype=np.float64)
    at = np.stack([x, z], axis=-1)
    away = smoothstep(0.6, 1.6, np.hypot(x, z + 0.5))
    bank = 0.1 * smoothstep(_LANE_M, _LANE_M + 0.7, np.abs(x - _bend(z)))
    return away * (bank + 0.045 * fbm(at * 0.6, 3, 4))


def _bend(z: np.ndarray) -> np.ndarray:
    """x of the lane's middle at z."""
    return 0.22 * np.sin(0.33 * np.asarray(z))


def _rows(chance: Chance) -> np.ndarray:
    """(n, 2) x, z of trees in rows along the lane, out of step from row to row, each a little off its place."""
    points = []
    for row, x in enumerate((-_ROW_M, _ROW_M, -2 * _ROW_M, 2 * _ROW_M, -3 * _ROW_M, 3 * _ROW_M)):
        z = np.arange(_AHEAD_Z + 2.4 + 0.8 * (row % 3), _BEHIND_Z - 1.6, _STEP_M)
        points.append(np.stack([np.full(len(z), x), z], axis=1))
    points = np.concatenate(points)
    points = points + 0.2 * chance.normal(points.shape)
    return points[np.hypot(points[:, 0], points[:, 1]) > 2.6]


def _out_of_the_sun(points: np.ndarray, spec: SceneSpec) -> np.ndarray:
    """Those of (n, 2) x, z trees that do not stand between the hero and the sun."""
    way = towards_sun(spec.sky)
    flat = max(float(np.hypot(way[0], way[2])), 1e-6)
    off = points - np.array(PLACE_XZ)
    along, aside = off @ way[[0, 2]] / flat, np.abs(off @ np.array([-way[2], way[0]])) / flat
    ray = TOP_M + along * way[1] / flat
    return points[(along < 0) | (aside > _CROWN_M) | (ray > _CROWN_TOP_M)]


def _ground(spec: SceneSpec, detail: float) -> Geometry:
    """Grass, trodden to pale earth along the lane and worn in patches."""
    surface = surface_of(spec, "ground")
    mesh = polar_sheet(graded(0.1, 90.0, int(34 + 26 * detail)), int(64 + 56 * detail), height, surface.scale_m)
    x, _, z = mesh.positions.T
    at = np.stack([x, z], axis=1)
    lane = smoothstep(_LANE_M + 0.25, _LANE_M - 0.3, np.abs(x - _bend(z)) + 0.3 * fbm(at * 1.1, 3, 7))
    bare = 0.7 * smoothstep(-0.05, 0.35, fbm(at * 0.5, 3, 12))
    inside = (np.abs(x) < _HALF_M) & (z > _AHEAD_Z) & (z < _BEHIND_Z)
    foot = 1 - 0.5 * np.exp(-((np.hypot(x, z + 1.05) / 0.33) ** 4))
    earth = Material(surface="ground", second_color=rgb(natural(surface.accent_srgb) * 0.85))
    return part("ground", mesh.shaded(occlusion=foot, second=0.85 * np.maximum(lane, bare) * inside), earth)


def _boughs(bears: Bearing, skins: list[Material], chance: Chance) -> Iterator[Geometry]:
    """Two branches that lean in over the visitor's lane, the nearer from the left."""
    made = [branch(chance.child(f"bough {index}"), np.array(knots), 5 if index == 0 else 4,
                   int(1 + 5 * bears.blossom)) for index, knots in enumerate(_KNOTS)]
    bark = Material(base_color=(0.1, 0.085, 0.055, 1.0), roughness=0.85)
    green = Material("foliage", base_color=rgba(LEAF), second_color=(0.11, 0.18, 0.045), roughness=0.34, clearcoat=0.2,
                     translucency=0.5)
    yield part("bough wood", merge([one.wood for one in made]), bark)
    yield part("bough leaves", merge([one.leaves for one in made]), green, instances(np.zeros((1, 3)), flex_m=0.004))
    yield from _bough_fruit(made, bears, skins, chance.child("fruit"))
    flowers = [one.flowers for one in made if one.flowers is not None]
    if flowers:
        wax = Material("foliage", base_color=(0.78, 0.75, 0.68, 1.0), second_color=(0.72, 0.5, 0.1), roughness=0.5,
                       translucency=0.45)
        yield part("bough blossom", merge(flowers), wax, instances(np.zeros((1, 3)), flex_m=0.004))


def _bough_fruit(made: list[Branch], bears: Bearing, skins: list[Material], chance: Chance) -> Iterator[Geometry]:
    """Each bough hangs with one kind."""
    for index, one in enumerate(made):
        which = index % len(bears.kinds)
        kind, count = bears.kinds[which][0], len(one.fruit_at)
        placed = instances(one.fruit_at, bases(chance, count, 0.15), varied_sizes(chance, count, 1.05, 0.15),
                           varied_tints(chance, count, 0.012, 0.08), chance.uniform(0, 1, count), 0.004)
        yield part(f"bough {kind} {index}", fruit(kind, 26, 17), skins[which], placed)


def _cypresses(spec: SceneSpec, chance: Chance, detail: float) -> Iterator[Geometry]:
    """Dark spires beyond the walls, in twos and threes."""
    spots = [(-6.2, -22.5, 8.0), (-7.6, -23.6, 6.4), (7.4, -24.0, 9.0), (13.8, -21.5, 7.0), (-16.0, -12.0, 7.6),
             (-15.4, 3.0, 8.4), (16.0, -4.0, 8.2), (15.2, 6.0, 6.6), (4.5, 12.5, 8.2), (-6.0, 13.0, 7.0)]
    spires = [spire(chance.child(f"{index}"), tall, 0.19 * tall).moved(x, 0.0, z)
              for index, (x, z, tall) in enumerate(spots)]
    yield from crowns("cypresses", spires, spec, np.array([0.024, 0.042, 0.02]), chance.child("leaves"),
                      int(1300 * detail), 0.5, False, sunk=0.1)


def _fallen(bears: Bearing, skins: list[Material], chance: Chance, detail: float) -> Iterator[Geometry]:
    """Windfalls under the trees, and petals: drifts where there is much blossom."""
    def under(x, z):
        return smoothstep(0.8, 1.6, np.abs(x)) * smoothstep(5.2, 3.0, np.abs(x))

    points = clear_of_visitor(blue_noise(chance, (-5, -8), (5, 3), 0.42, under, int(46 * detail * bears.fruit)), 0.65)
    x, z = points.T
    kind, count = bears.kinds[0][0], len(points)
    radius = KINDS[kind][0]
    lying = bases(chance, count, 0.1) @ _on_its_side(chance, count)
    placed = instances(np.stack([x, height(x, z) + 0.86 * radius, z], 1), lying, varied_sizes(chance, count),
                       varied_tints(chance, count, 0.02, 0.15))
    yield part("windfalls", picked(kind, 9, 8), skins[0], placed, layer="base")
    points = clear_of_visitor(blue_noise(chance, (-4, -7), (4, 2.5), 0.1, lambda x, z: 0.25 + 0.75 * under(x, z),
                                         int((60 + 620 * bears.blossom) * detail)), 0.3)
    x, z = points.T
    count = len(points)
    strewn = instances(np.stack([x, height(x, z) + 0.02, z], 1), bases(chance, count, 0.4),
                       varied_sizes(chance, count, 0.019), varied_tints(chance, count, 0.01, 0.12))
    wax = Material("foliage", base_color=(0.74, 0.71, 0.63, 1.0), second_color=(0.6, 0.6, 0.4), roughness=0.6,
                   translucency=0.4)
    yield part("petals", fallen_petal(), wax, strewn, casts_shadow=False, layer="heart")


def _on_its_side(chance: Chance, count: int) -> np.ndarray:
    """(count, 3, 3) rotations that lay a hanging fruit down, each rolled its own way."""
    roll = chance.uniform(0, 2 * np.pi, count)
    c, s, o, i = np.cos(roll), np.sin(roll), np.zeros(count), np.ones(count)
    tipped = np.array([[0.0, -1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])
    return tipped @ np.stack([np.stack([c, o, s], 1), np.stack([o, i, o], 1), np.stack([-s, o, c], 1)], axis=1)


def _grass(spec: SceneSpec, chance: Chance, detail: float) -> Geometry:
    """Tufts on the banks, thick along the lane's edges."""
    density, srgb = flora_of(spec, "grass")

    def banks(x, z):
        off = np.abs(x - _bend(z))
        edge = smoothstep(_LANE_M - 0.15, _LANE_M + 0.2, off)
        patchy = smoothstep(-0.35, 0.3, fbm(np.stack([x, z], -1) * 0.9, 2, 8))
        return edge * (0.15 + 0.85 * patchy) * smoothstep(9.0, 3.0, np.hypot(x, z + 2))

    points = blue_noise(chance, (-7, -11), (7, 5), 0.15, banks, int((200 + 700 * density) * detail))
    points = clear_of_visitor(points, 0.5)
    x, z = points.T
    count = len(points)
    placed = instances(np.stack([x, height(x, z), z], 1), bases(chance, count, 0.2), varied_sizes(chance, count),
                       varied_tints(chance, count, 0.03, 0.25), chance.uniform(0, 1, count), 0.012)
    color = natural(srgb) * 0.75
    blades = Material("foliage", base_color=rgba(color), second_color=rgb(np.clip(color * 1.6, 0, 0.7)), roughness=0.65,
                      translucency=0.5)
    return part("grass", tuft(chance, 7, 0.17, 0.008, 0.07, 0.7, 2), blades, placed, casts_shadow=False)
