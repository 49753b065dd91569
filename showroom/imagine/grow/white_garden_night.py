"""White garden at night: jasmine and tuberose within reach, a still pool between trellises, moon and lantern.

What the smell leans to decides whose night it is: green and clean is the moon's, cool and dewy, with jasmine
uppermost; creamy and heady is the lantern's, with tuberose crowding in and more petals shed.
"""

from typing import Iterator

import numpy as np

from showroom.imagine import leaning
from showroom.imagine.grow import night_beds, trellis
from showroom.imagine.grow.centre import centre, clear_of_visitor, flora_of, surface_of, worn
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.garden_lantern import lantern
from showroom.imagine.grow.grass import tuft
from showroom.imagine.grow.guests import guests
from showroom.imagine.grow.mesh import merge
from showroom.imagine.grow.night_flowers import jasmine_star
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.night_trees import night_trees
from showroom.imagine.grow.part import blend, natural, part, rgb, rgba
from showroom.imagine.grow.plinth import PLACE_XZ, gathered
from showroom.imagine.grow.rose import fallen_petal
from showroom.imagine.grow.scatter import bases, blue_noise, instances, varied_sizes, varied_tints
from showroom.imagine.grow.shapes import graded, polar_sheet
from showroom.imagine.grow.still_pool import Basin, still_pool
from showroom.imagine.grow.stonework import paving, urn
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import SceneSpec

BASIN = Basin(1.2, -2.95, -9.0)
LANTERN_AT = (1.02, 1.86, -1.72)
_PATH_M = 0.78
_SCREEN_X, _BAY_M, _SCREEN_TALL_M = 2.75, 1.55, 2.15
_ARCH_Z = -9.9
_URNS = np.array([(side * (BASIN.half_m + 0.5), z)
                  for side in (-1, 1) for z in (BASIN.near_z - 0.25, BASIN.far_z + 0.1)])
_CREAM = np.array([0.74, 0.70, 0.61])
_SOIL = (0.03, 0.024, 0.018)


def grow(spec: SceneSpec, chance: Chance, detail: float) -> Iterator[Geometry]:
    """Ground, plinth and hero; flowers at both hands; pool, trellis and lantern; cypresses under the moon."""
    cream = leaning.cream(spec)
    white = blend(natural(flora_of(spec, "jasmine")[1]), _CREAM, 0.75)
    petal = night_beds.petals_of(white, blend(np.array([0.42, 0.44, 0.26]), np.array([0.52, 0.3, 0.3]), cream))
    yield _ground(spec, detail)
    yield from centre(spec, "pedestal", chance, detail)
    yield _path(spec, chance.child("path"))
    yield from _within_reach(spec, petal, chance.child("near"), cream)
    yield from lantern(LANTERN_AT, chance.child("lantern"), 0.55 + 0.75 * cream)
    yield part("crook", trellis.crook(1.98, 0.26).moved(LANTERN_AT[0] + 0.26, 0.0, LANTERN_AT[2]),
               Material(base_color=(0.035, 0.033, 0.03, 1.0), metallic=0.5, roughness=0.6))
    yield from still_pool(spec, BASIN, white, chance.child("pool"))
    yield from _screens(spec, petal, chance.child("screens"), cream, detail)
    yield from _borders(spec, petal, chance.child("borders"), cream, detail)
    spots = ((-0.98, -1.75), (1.15, -2.35), (-1.2, -2.5), (1.6, -2.35), (-1.0, -0.5), (1.5, -2.6))
    yield from guests(spec, ("jasmine", "tuberose", "grass"), "white_garden_night", height, chance.child("guests"),
                      False, spots, (-0.6, -1.85))
    yield _shed(white, chance.child("shed"), 0.5 + cream, detail)
    yield from _grass(spec, chance.child("grass"), detail)
    yield from night_trees(chance.child("trees"), detail)


def height(x: np.ndarray, z: np.ndarray) -> np.ndarray:
    """Level, the borders a hand higher than path and pool; the pool is a hole in it."""
    at = np.stack([np.asarray(x, dtype=np.float64), np.asarray(z, dtype=np.float64)], axis=-1)
    away = smoothstep(0.5, 1.1, np.hypot(at[..., 0], at[..., 1]))
    beside = smoothstep(_PATH_M, _PATH_M + 0.4, np.abs(at[..., 0]))
    land = 0.012 + 0.05 * beside * away * (1 + 0.7 * fbm(at * 1.2, 3, 5))
    return np.where(BASIN.within(at[..., 0], at[..., 1], -0.12) > 0, -0.35, land)


def _ground(spec: SceneSpec, detail: float) -> Geometry:
    """Turf, dark soil in the borders; sunk where the pool lies."""
    mesh = polar_sheet(graded(0.1, 60.0, int(30 + 24 * detail)), int(64 + 48 * detail), height,
                       surface_of(spec, "ground").scale_m)
    x, _, z = mesh.positions.T
    bed = _bordered(x, z)
    foot = 1 - 0.5 * np.exp(-((np.hypot(x - PLACE_XZ[0], z - PLACE_XZ[1]) / 0.3) ** 4))
    return part("ground", mesh.shaded(occlusion=foot * (1 - 0.3 * bed), second=0.8 * bed),
                Material(surface="ground", second_color=_SOIL))


def _bordered(x: np.ndarray, z: np.ndarray) -> np.ndarray:
    """0 on turf, 1 on the soil of the borders along path and pool."""
    inner = np.where(z > BASIN.near_z + 0.3, 0.86, BASIN.half_m + 0.36)
    off = np.abs(x) + 0.05 * fbm(np.stack([x, z], axis=-1) * 1.7, 2, 2)
    return smoothstep(inner, inner + 0.08, off) * smoothstep(2.75, 2.6, off) * smoothstep(-9.6, -9.4, z) \
        * smoothstep(3.4, 3.2, z)


def _path(spec: SceneSpec, chance: Chance) -> Geometry:
    """Pale flagstones from the pergola to the pool's kerb, moss in their joints."""
    spots, z = [], 5.2
    while z > BASIN.near_z + 0.75:
        deep, split = chance.uniform(0.44, 0.7), chance.uniform(-0.2, 0.2)
        for low, high in ((-_PATH_M, split), (split, _PATH_M)):
            spots.append(((low + high) / 2 + 0.02 * chance.normal(), z - deep / 2, high - low - 0.03, deep - 0.03))
        z -= deep
    moss = rgb(0.4 * natural(surface_of(spec, "ground").srgb))
    mesh = paving(chance, np.array(spots), height, surface_of(spec, "wall").scale_m)
    flag = Material(surface=worn(spec, "wall"), second_color=moss, clearcoat=0.3)
    return part("path", mesh, flag, casts_shadow=False)


def _within_reach(spec: SceneSpec, petal: Material, chance: Chance, cream: float) -> Iterator[Geometry]:
    """Tuberose at both hands; jasmine that leans in from the screens left and right at the height of the eyes."""
    wands = np.array([(-0.92, -0.98, 1.12), (-1.08, -0.72, 1.26), (0.98, -0.82, 1.04), (-0.86, -1.42, 0.9),
                      (1.16, -1.05, 1.2), (-1.2, -1.2, 1.3), (0.92, -1.3, 0.86), (-1.32, -0.95, 1.0),
                      (1.3, -0.75, 1.32), (-1.02, -1.75, 1.02), (1.35, -1.35, 1.0), (-1.4, -1.5, 1.2),
                      (1.02, -2.05, 0.94), (-1.15, -2.1, 1.1)])
    yield from night_beds.tuberoses_near(wands[:int(round(6 + 8 * cream))], height, petal, chance.child("tuberose"))
    sprays = [((-1.75, 2.35, -1.3), (-0.86, 1.62, -1.22), 0.16), ((-1.8, 2.2, -1.5), (-1.0, 1.98, -1.7), 0.12),
              ((1.85, 2.3, -1.9), (1.32, 1.72, -1.5), 0.16), ((-1.7, 2.0, -1.0), (-0.98, 1.36, -0.98), 0.1),
              ((-1.75, 2.3, -1.9), (-0.74, 2.12, -2.0), 0.1), ((1.9, 2.35, -1.6), (1.3, 2.1, -1.75), 0.12),
              ((-1.65, 1.5, -1.1), (-1.06, 1.02, -1.28), 0.08), ((1.9, 1.9, -1.2), (1.28, 1.5, -1.0), 0.1),
              ((-1.9, 2.45, -1.2), (-1.2, 1.9, -0.95), 0.14), ((1.85, 1.6, -1.7), (1.4, 1.2, -1.6), 0.1)]
    count = int(round(10 - 3 * cream))
    yield from night_beds.jasmine_near(sprays[:count], petal, chance.child("jasmine"), int(26 - 8 * cream))


def _screens(spec: SceneSpec, petal: Material, chance: Chance, cream: float, detail: float) -> Iterator[Geometry]:
    """Lath screens along both borders, the arch past the pool, the pergola one comes from; jasmine on them all."""
    paint = natural(surface_of(spec, "prop").srgb, 0.1, 0.6)
    wood = Material(surface=worn(spec, "prop"), base_color=rgba(np.clip(0.85 + 0.3 * paint, 0, 1)),
                    second_color=(0.05, 0.06, 0.04), roughness=1.0)
    z = 1.6 - _BAY_M * np.arange(8)
    at = np.array([(side * _SCREEN_X, 0.04, zz) for side in (-1, 1) for zz in z])
    yaw = np.repeat([np.pi / 2, -np.pi / 2], len(z))
    turned = bases(chance, len(at), 0.012, yaw_rad=yaw)
    yield part("screens", trellis.bay(_BAY_M, _SCREEN_TALL_M), wood, instances(at, turned))
    yield part("arches", merge([trellis.arch(1.9, 2.75).moved(0, 0, _ARCH_Z),
                                trellis.pergola(2.9, 2.45, 4, 1.35).moved(0, 0, 1.1)]), wood)
    places, ways = _climbed(chance.child("climbed"), at, int(1700 * max(detail, 0.3)))
    yield from night_beds.jasmine_far("jasmine climbing", places, ways, petal, chance.child("mass"),
                                      0.52 - 0.14 * cream)


def _climbed(chance: Chance, bays: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """(n, 3) places and ways out where jasmine has covered the wood: tops of screens, the arch, the pergola's roof;
    and where it spills out of the urns."""
    on = chance.uniform(0, 1, count)
    bay = bays[chance.integers(0, len(bays), count)]
    patchy = smoothstep(-0.35, 0.35, fbm(np.stack([bay[:, 2] * 1.1, bay[:, 0]], 1), 2, 4))
    low = 1 - chance.uniform(0, 1, count) ** 0.75 * (0.35 + 0.65 * patchy)
    screen = np.stack([bay[:, 0] + 0.05 * chance.normal(count), 0.15 + low * (_SCREEN_TALL_M + 0.15),
                       bay[:, 2] + _BAY_M * chance.uniform(-0.5, 0.5, count)], axis=1)
    screen_out = np.stack([-np.sign(bay[:, 0]), 0.35 + 0 * on, 0.25 * chance.normal(count)], axis=1)
    turn = np.pi * chance.uniform(0.02, 0.98, count)
    arch = np.stack([-1.0 * np.cos(turn), 1.8 + 1.0 * np.sin(turn), _ARCH_Z + 0.42 * chance.uniform(-1, 1, count)], 1)
    legs = chance.uniform(0, 1, count) < 0.4
    arch[legs, 0] = np.sign(arch[legs, 0])
    arch[legs, 1] = chance.uniform(0.3, 1.8, int(legs.sum()))
    arch_out = np.stack([-np.cos(turn), np.sin(turn), 0.7 + 0 * turn], axis=1)
    roof = np.stack([1.75 * chance.uniform(-1, 1, count), 2.62 + 0.14 * chance.normal(count),
                     0.75 + 4.6 * chance.uniform(0, 1, count)], axis=1)
    roof_out = np.stack([0.5 * chance.normal(count), -0.5 + 0.9 * chance.normal(count), -0.8 + 0 * on], axis=1)
    corner = chance.integers(0, 4, count)
    heap = chance.normal((count, 3)) * np.array([1.0, 0.5, 1.0])
    urns = np.stack([_URNS[corner, 0], 0.83 + 0 * on, _URNS[corner, 1]], axis=1) + 0.13 * heap
    pick = np.select([on < 0.55, on < 0.74, on < 0.92], [0, 1, 2], 3)[:, None]
    return np.choose(pick, [screen, arch, roof, urns]), np.choose(pick, [screen_out, arch_out, roof_out, heap])


def _borders(spec: SceneSpec, petal: Material, chance: Chance, cream: float, detail: float) -> Iterator[Geometry]:
    """Tuberose in drifts along the pool and beside the visitor, white stars low among it, an urn at each corner."""
    density, _ = flora_of(spec, "tuberose")

    def drifts(x, z):
        patchy = smoothstep(-0.35, 0.3, fbm(np.stack([x, z], -1) * 0.9, 2, 23))
        return _bordered(x, z) * (0.25 + 0.75 * patchy) * smoothstep(1.55, 1.9, np.hypot(x, z + 0.9))

    most = int((60 + 160 * max(density, 0.5 * cream)) * max(detail, 0.25))
    points = blue_noise(chance, (-2.7, -9.4), (2.7, 3.3), 0.2, drifts, most)
    yield from night_beds.tuberoses_far(points, height, petal, chance.child("drifts"))
    tile = surface_of(spec, "wall").scale_m
    urns = merge([urn(0.74, tile).moved(x, 0.05, z) for x, z in _URNS])
    yield part("urns", urns, Material(surface=worn(spec, "wall"), second_color=_SOIL))
    yield from _low_stars(petal, chance.child("stars"), detail)


def _low_stars(petal: Material, chance: Chance, detail: float) -> Iterator[Geometry]:
    """Cushions of small white flowers at the borders' edge, with the leaves they sit on."""
    def edge(x, z):
        off = np.abs(x) - np.where(z > BASIN.near_z + 0.3, 0.92, BASIN.half_m + 0.42)
        return np.exp(-((off - 0.12) / 0.16) ** 2) * (_bordered(x, z) > 0.3) * smoothstep(
            -0.4, 0.3, fbm(np.stack([x, z], -1) * 1.3, 2, 6))

    points = clear_of_visitor(blue_noise(chance, (-2.2, -9.3), (2.2, 3.2), 0.1, edge, int(700 * detail)), 0.72)
    x, z = points.T
    count = len(x)
    up = np.array([0.0, 1.0, 0.0]) + 0.5 * chance.normal((count, 3))
    at = np.stack([x, height(x, z) + chance.uniform(0.06, 0.16, count), z], axis=1)
    stars = instances(at, bases(chance, count, 0.3, up), varied_sizes(chance, count, 0.045, 0.3),
                      varied_tints(chance, count, 0.01, 0.15), chance.uniform(0, 1, count), 0.006)
    yield part("low stars", jasmine_star(False), petal, stars, casts_shadow=False, layer="heart")
    leaves = instances(at - [0, 0.07, 0], bases(chance, count, 0.7), varied_sizes(chance, count, 1.0, 0.3),
                       varied_tints(chance, count, 0.04, 0.3), chance.uniform(0, 1, count), 0.006)
    green = Material("foliage", base_color=(0.04, 0.07, 0.03, 1.0), second_color=(0.1, 0.14, 0.07), roughness=0.6,
                     translucency=0.35)
    yield part("low leaves", tuft(chance, 9, 0.12, 0.02, 0.05, 1.0, 3), green, leaves, casts_shadow=False)


def _shed(white: np.ndarray, chance: Chance, much: float, detail: float) -> Geometry:
    """Petals that fell: on the flags, at the plinth's foot, on kerb and water."""
    def where(x, z):
        under = smoothstep(-0.2, 0.4, fbm(np.stack([x, z], -1) * 1.1, 3, 31))
        return (0.15 + 0.85 * under) * smoothstep(1.9, 0.8, np.abs(x))

    points = clear_of_visitor(blue_noise(chance, (-2.2, -8.8), (2.2, 2.5), 0.13, where, int(260 * much * detail)), 0.3)
    x, z = points.T
    count = len(points)
    y = np.where(BASIN.within(x, z) > 0.02, 0.008, np.where(BASIN.within(x, z, -0.3) > 0, 0.082, height(x, z) + 0.026))
    strewn = instances(np.stack([x, y, z], 1), bases(chance, count, 0.3), varied_sizes(chance, count, 0.032),
                       varied_tints(chance, count, 0.01, 0.15), chance.uniform(0, 1, count))
    foot = gathered(chance, int(60 * much), PLACE_XZ, 0.205, 0.5, lambda px, pz: height(px, pz) + 0.024, 0.032)
    pale = Material("foliage", base_color=rgba(0.95 * white), second_color=(0.55, 0.5, 0.36), roughness=0.5,
                    translucency=0.5, sheen=0.3)
    return part("shed petals", fallen_petal(), pale, np.concatenate([strewn, foot]), casts_shadow=False, layer="base")


def _grass(spec: SceneSpec, chance: Chance, detail: float) -> Iterator[Geometry]:
    """Dewy grass between the flags, along the edges and behind the screens."""
    density, srgb = flora_of(spec, "grass")

    def where(x, z):
        joint = np.exp(-((np.abs(x) - _PATH_M - 0.03) / 0.07) ** 2) * (z > BASIN.near_z + 0.4)
        lawn = 0.12 * (np.abs(x) > 2.85)
        return np.clip(joint + lawn, 0, 1)

    points = clear_of_visitor(blue_noise(chance, (-5.5, -9.5), (5.5, 4.0), 0.12, where,
                                         int((200 + 500 * density) * detail)), 0.55)
    x, z = points.T
    count = len(points)
    color = 0.7 * natural(srgb)
    blades = Material("foliage", base_color=rgba(color), second_color=rgb(2.0 * color), roughness=0.5, translucency=0.5)
    yield part("grass", tuft(chance, 7, 0.1, 0.007, 0.06, 0.8, 2), blades,
               instances(np.stack([x, height(x, z), z], 1), bases(chance, count, 0.2), varied_sizes(chance, count),
                         varied_tints(chance, count, 0.03, 0.25), chance.uniform(0, 1, count), 0.01),
               casts_shadow=False)
