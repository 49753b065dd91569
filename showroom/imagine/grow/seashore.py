"""Seashore: wet shingle and driftwood, a wave that breaks, a grey-green sea into bright mist."""

from functools import partial
from typing import Iterator

import numpy as np

from showroom.imagine.grow import beach
from showroom.imagine.grow.breaker import breakers, lace
from showroom.imagine.grow.centre import centre, clear_of_visitor, flora_of, surface_of, worn
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.driftwood import log, post
from showroom.imagine.grow.grass import tuft
from showroom.imagine.grow.guests import guests
from showroom.imagine.grow.headland import headland_mesh
from showroom.imagine.grow.mesh import merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import natural, part, rgb, rgba
from showroom.imagine.grow.scatter import bases, blue_noise, instances, varied_sizes, varied_tints
from showroom.imagine.grow.stones import Ground, boulder, cobble, pebble, sized, strewn
from showroom.imagine.grow.things.mineral import scallop
from showroom.imagine.grow.weed import kelp
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import SceneSpec

_SPOTS = ((-1.42, -2.15), (1.0, -1.95), (-1.62, -2.6), (1.75, -2.75), (-0.62, -2.35), (0.72, -2.6))  # of pots
_FINE_M, _HEWN_M = 2.6, 6.5  # pebbles, and boulders, nearer than this are cut finer


def grow(spec: SceneSpec, chance: Chance, detail: float) -> Iterator[Geometry]:
    """Ground, plinth and hero, sea; then what lies near, in the middle and far."""
    seed = chance.child("land").integers(0, 1 << 20)
    ground = partial(beach.height, seed=seed)
    yield _ground(spec, seed, detail)
    yield from centre(spec, "block", chance, detail)
    yield _dunes(spec, seed, detail)
    yield from _sea(spec, seed, detail)
    named = {item.name for item in spec.things}
    yield _driftwood(chance.child("driftwood"), ground, not named or "driftwood" in named)
    yield _groyne(chance.child("groyne"), ground)
    yield from _pebbles(chance.child("pebbles"), ground, detail)
    yield from _boulders(chance.child("boulders"), ground, detail)
    yield _weed(chance.child("weed"), ground, 22 if "seaweed" in named else 5 if named else 10)
    if named & {"shell", "sand"}:
        yield _shells(chance.child("shells"), ground)
    yield _foam_lines(ground, seed)
    yield from guests(spec, ("grass",), "seashore", ground, chance.child("guests"), True, _SPOTS)
    yield part("headland", headland_mesh(seed, detail),
               Material(surface="wall", second_color=(0.06, 0.07, 0.05)),
               casts_shadow=False)
    yield from _marram(spec, chance.child("marram"), ground, detail)


def _ground(spec: SceneSpec, seed: int, detail: float) -> Geometry:
    surface = surface_of(spec, "ground")
    mesh = beach.ground_mesh(seed, detail, surface.scale_m)
    material = Material(surface="ground", second_color=(0.05, 0.05, 0.047), clearcoat=0.5 * surface.wetness)
    return part("ground", mesh, material)


def _dunes(spec: SceneSpec, seed: int, detail: float) -> Geometry:
    """Sand of the shingle's own paler colour."""
    pale = natural(surface_of(spec, "ground").accent_srgb)
    sand = Material(base_color=rgba(0.62 * pale * np.array([1.06, 0.98, 0.84])),
                    second_color=rgb(0.82 * pale * np.array([1.06, 0.98, 0.86])), roughness=1.0)
    return part("dunes", beach.dunes_mesh(seed, detail), sand, casts_shadow=False)


def _sea(spec: SceneSpec, seed: int, detail: float) -> Iterator[Geometry]:
    surface = surface_of(spec, "water")
    deep = natural(surface.srgb, 0.01, 0.3)
    foam = (0.74, 0.78, 0.77)
    water = Material("water", surface=worn(spec, "water"), base_color=rgba(0.7 * deep), second_color=foam,
                     roughness=0.12,
                     ior=1.33, density_per_m=1.4)
    yield part("sea", beach.water_mesh(seed, detail, surface.scale_m), water, casts_shadow=False)
    thin = Material("foliage", base_color=rgba(0.8 * deep), second_color=foam, roughness=0.12, clearcoat=1.0,
                    translucency=0.45)
    yield part("breakers", breakers(seed, detail, surface.scale_m), thin, casts_shadow=False)


def _driftwood(chance: Chance, ground: Ground, much: bool) -> Geometry:
    """A great forked log to the left, a broken snag at the visitor's right hand, and broken pieces.

    much : else only a few pieces lie far off.
    """
    pieces = []
    lying = ((-2.7, -3.0, 0.35, 2.6, 0.13, 4), (1.55, -2.3, -0.55, 0.9, 0.04, 2),
             (-0.95, -1.55, 1.1, 0.6, 0.028, 1),
             (3.6, -2.2, 2.4, 1.5, 0.075, 2), (-4.8, -0.6, 1.9, 1.7, 0.09, 3), (2.2, 1.9, 0.4, 2.2, 0.11, 3),
             (-1.9, 2.6, -0.8, 1.3, 0.06, 2), (0.85, -0.95, 0.3, 0.35, 0.017, 1))
    if not much:
        lying = lying[3:7]
    for index, (x, z, yaw, length_m, radius_m, branches) in enumerate(lying):
        draw = chance.child(f"log {index}")
        wood = log(draw, length_m, radius_m, branches, 16 if radius_m > 0.05 else 9)
        wood = wood.turned("y", yaw).moved(x, 0.0, z)
        lie = ground(wood.positions[:, 0], wood.positions[:, 2])
        settled = wood.positions + np.stack([0 * lie, lie - 0.22 * radius_m, 0 * lie], axis=1)
        pieces.append(wood.displaced(settled - wood.positions))
    snag = log(chance.child("snag"), 1.0, 0.06, 2, 14, tip=0.5, crook=0.7).turned("z", 1.0).turned("y", 2.2)
    foot = snag.positions[snag.positions[:, 1].argmin()]
    x, z = (1.15, -0.55) if much else (3.1, -1.3)
    pieces.append(snag.moved(x - foot[0], -0.2 - foot[1], z - foot[2]))
    material = Material(surface="prop", base_color=(1.05, 1.05, 1.05, 1.0), second_color=(0.07, 0.06, 0.05))
    return part("driftwood", merge(pieces), material)


def _groyne(chance: Chance, ground: Ground) -> Geometry:
    """A row of old posts that runs down the beach on the left and out into the waves, lower as it goes."""
    count = 19
    share = np.linspace(0, 1, count)
    x = -4.9 + 0.9 * share + 0.06 * chance.normal(count)
    z = 1.6 - 14.5 * share + 0.1 * chance.normal(count)
    stand = 1.25 - 0.35 * share + 0.12 * chance.normal(count)
    foot = ground(x, z)
    bottom = np.minimum(foot - 0.25, beach.WATER_M - 0.3)
    top = np.maximum(foot, beach.WATER_M) + np.maximum(stand, 0.25)
    positions = np.stack([x, bottom, z], axis=1)
    sizes = np.stack([varied_sizes(chance, count), top - bottom, varied_sizes(chance, count)], axis=1)
    wood = Material(surface="prop", second_color=(0.03, 0.034, 0.024), clearcoat=0.2)
    return part("groyne", post(chance), wood, instances(positions, bases(chance, count, 0.07), sizes,
                                                        varied_tints(chance, count, 0.01, 0.25)))


def _pebbles(chance: Chance, ground: Ground, detail: float) -> Iterator[Geometry]:
    """Shingle in drifts: larger towards the water, thinning out inland, none under the visitor's feet."""
    def drifts(x, z):
        patchy = smoothstep(-0.3, 0.45,
                            fbm(np.stack([x, z], -1) * 0.7, 3, chance.child("drift").integers(0, 9999)))
        near = smoothstep(7.5, 1.2, np.hypot(x, z + 1.5))
        return near * (0.12 + 0.88 * patchy)

    wet = Material(surface="wall", second_color=(0.05, 0.05, 0.05), roughness=0.75, clearcoat=0.6,
                   normal_scale=0.4)
    points = clear_of_visitor(blue_noise(chance, (-6.5, -5.0), (6.5, 3.0), 0.1, drifts, int(620 * detail)),
                              0.55)
    sizes = sized(chance, len(points), 0.012, 0.045)
    near = np.hypot(points[:, 0], points[:, 1]) < _FINE_M
    for name, rounds, kinds, own in (("pebbles", 1, 4, near), ("far pebbles", 0, 2, ~near)):
        meshes = [pebble(rounds, seed) for seed in range(kinds)]
        yield from strewn(name, meshes, points[own], sizes[own], ground, wet, chance.child(name), 0.3,
                          casts_shadow=False)
    points = clear_of_visitor(blue_noise(chance, (-6.0, -5.2), (6.0, 2.5), 0.55, drifts, int(140 * detail)),
                              0.75)
    sizes = sized(chance, len(points), 0.05, 0.13)
    meshes = [cobble(2, seed) for seed in range(4)]
    yield from strewn("cobbles", meshes, points, sizes, ground, wet, chance.child("cobbles"), 0.45)


def _boulders(chance: Chance, ground: Ground, detail: float) -> Iterator[Geometry]:
    """Rocks by hand where the picture wants them: a reef to the right in the wash, two near, some behind."""
    spots = np.array([(2.7, -3.9, 0.42), (3.35, -4.5, 0.55), (2.25, -4.55, 0.24), (4.5, -5.3, 0.8),
                      (5.7, -6.4, 0.62),
                      (3.9, -6.6, 0.4), (-1.15, -1.0, 0.2), (-1.42, -0.72, 0.28), (1.35, -1.2, 0.26),
                      (-4.2, -4.6, 0.33),
                      (-6.5, -7.4, 0.7), (-7.6, -6.2, 0.9), (7.5, -2.0, 0.9), (6.2, 0.6, 0.5),
                      (-2.6, 3.4, 0.55),
                      (-6.4, 2.2, 0.8), (4.2, 5.6, 1.1), (9.5, -5.0, 1.4), (11.5, -7.5, 1.7),
                      (-0.4, 6.8, 0.6)])
    material = Material(surface="wall", second_color=(0.035, 0.04, 0.033), clearcoat=0.35)
    near = np.hypot(spots[:, 0], spots[:, 1]) < _HEWN_M
    for name, rounds, kinds, own in (("boulders", 3, 3, near), ("far boulders", 2, 2, ~near)):
        meshes = [boulder(rounds, seed) for seed in range(kinds)]
        yield from strewn(name, meshes, spots[own, :2], spots[own, 2], ground, material, chance.child(name), 0.5,
                          0.3)


def _weed(chance: Chance, ground: Ground, count: int) -> Geometry:
    """Kelp along the tide's edge and at the visitor's feet: `count` plants, the nearest first."""
    spots = [(0.95, -1.6), (-0.85, -1.75), (-1.9, -2.5), (1.9, -3.0), (0.3, -3.1), (-3.2, -1.6), (2.9, -1.5),
             (-0.9, 1.4), (0.2, -2.3), (1.5, -2.2), (-1.4, -1.9), (-0.3, -2.75), (2.4, -2.4), (-2.6, -3.1),
             (0.9, -2.7), (-1.2, -3.2), (3.4, -3.3), (-0.1, -1.7), (1.2, 1.6), (-2.2, 0.6), (2.2, 0.4),
             (-3.9, -2.7), (0.1, -3.6), (1.4, -3.7), (-2.1, -3.8), (4.3, -2.5)]
    plants = [kelp(chance.child(f"kelp {index}"), at, ground, 7 + index % 4)
              for index, at in enumerate(spots[:count])]
    material = Material("foliage", base_color=(0.055, 0.048, 0.014, 1.0), second_color=(0.11, 0.085, 0.02),
                        roughness=0.95,
                        translucency=0.4)
    return part("weed", merge(plants), material, casts_shadow=False)


def _shells(chance: Chance, ground: Ground) -> Geometry:
    """Scallops among the shingle, most of them where the tide turns."""
    points = clear_of_visitor(blue_noise(chance, (-2.6, -3.6), (2.6, -0.4), 0.4, None, 36), 0.7)
    x, z = points.T
    count = len(points)
    placed = instances(np.stack([x, ground(x, z) + 0.008, z], 1), bases(chance, count, 0.4),
                       varied_sizes(chance, count, 1.0, 0.4), varied_tints(chance, count, 0.02, 0.2))
    pink = Material("foliage", base_color=(0.62, 0.38, 0.28, 1.0), second_color=(0.74, 0.62, 0.52),
                    roughness=0.5, translucency=0.2)
    return part("shells", scallop(0.035, 5, 15), pink, placed, casts_shadow=False)


def _foam_lines(ground: Ground, seed: int) -> Geometry:
    material = Material(base_color=(0.6, 0.62, 0.61, 1.0), second_color=(0.6, 0.62, 0.61), roughness=0.65,
                        translucency=0.4)
    return part("foam lines", lace(seed, ground), material, casts_shadow=False)


def _marram(spec: SceneSpec, chance: Chance, ground: Ground, detail: float) -> Iterator[Geometry]:
    """Dune grass behind and to both sides, and two tufts near the visitor's left hand."""
    density, srgb = flora_of(spec, "grass")
    if density <= 0:
        return

    def dunes(x, z):
        inland = z - beach.shore_z(x)
        return smoothstep(6.5, 10.0,
                          inland) * (0.06 + 0.94 * smoothstep(-0.1, 0.3, fbm(np.stack([x, z], -1) * 0.3, 2, 3)))

    far = blue_noise(chance, (-18, 2.5), (18, 17), 0.42, dunes, int((150 + 1500 * density) * detail))
    near = np.array([(-1.28, -1.28), (-1.62, -1.05), (-1.5, -0.55), (1.75, -0.75), (1.62, -1.62)])
    points = np.concatenate([near, far])
    x, z = points.T
    placed = instances(np.stack([x, ground(x, z) - 0.01, z], 1), bases(chance, len(points), 0.2),
                       varied_sizes(chance, len(points)), varied_tints(chance, len(points)),
                       chance.uniform(0, 1, len(points)), 0.02)
    green = natural(srgb) * 0.8
    material = Material("foliage", base_color=rgba(green), second_color=(0.42, 0.36, 0.2), roughness=0.7,
                        translucency=0.5)
    yield part("marram near", tuft(chance, 34, 0.6, 0.006, 0.06), material, placed[:len(near)])
    yield part("marram", tuft(chance, 14, 0.9, 0.026, 0.22, 1.1, rows=2), material, placed[len(near):],
               casts_shadow=False)
