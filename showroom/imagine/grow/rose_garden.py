"""Rose garden: open roses with dew, a flagged path to an arch, a lawn with a fountain, hedges, mist."""

from typing import Iterator

import numpy as np

from showroom.imagine.grow.centre import centre, clear_of_visitor, flora_of, surface_of
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.grass import tuft
from showroom.imagine.grow.guests import guests
from showroom.imagine.grow.hedge import clump, crown_mesh, hedge_mesh, hedges
from showroom.imagine.grow.mesh import merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import natural, part, rgb, rgba
from showroom.imagine.grow.plinth import PLACE_XZ, gathered
from showroom.imagine.grow.rose import fallen_petal
from showroom.imagine.grow.rose_bed import Bed, clothed
from showroom.imagine.grow.rose_bush import Bush, bush, reaching_stem
from showroom.imagine.grow.scatter import bases, blue_noise, instances, varied_sizes, varied_tints
from showroom.imagine.grow.shapes import graded, polar_sheet, tube
from showroom.imagine.grow.stonework import arch, bench, fountain, paving, urn
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import SceneSpec

_PATH_M, _ARCH_Z = 0.72, -5.6
_FOUNTAIN_Z = -12.5
_FINE_M = 3.2  # bushes nearer than this have roses of more petals
_SOIL = (0.05, 0.036, 0.024)


def grow(spec: SceneSpec, chance: Chance, detail: float) -> Iterator[Geometry]:
    """Ground, plinth and hero; roses at both hands; beds, arch and bench; hedges and trees in the mist."""
    density, flower = flora_of(spec, "rose")
    yield _ground(spec, chance.child("ground"), detail)
    yield from centre(spec, "pedestal", chance, detail)
    yield _path(spec, chance.child("path"))
    yield from clothed("near", _near_bed(chance.child("near")), flower, chance.child("near roses"), 6, detail)
    bed, back = _beds(chance.child("beds"), max(density, 0.35), detail)
    yield from clothed("bed", bed, flower, chance.child("bed roses"), 4, detail)
    yield from clothed("back", back, flower, chance.child("back roses"), 3, detail)
    yield _stone(spec)
    yield from _arch(flower, chance.child("arch"), detail)
    spots = ((-0.98, -1.5), (0.98, -1.75), (-1.0, -2.5), (1.02, -0.75), (-1.05, -0.62), (1.05, -2.7))
    yield from guests(spec, ("rose", "grass"), "rose_garden", height, chance.child("guests"), False, spots,
                      (-0.5, -2.5))
    yield from _petals(flower, chance.child("petals"), detail)
    yield from _hedges(spec, chance.child("hedges"), detail)
    yield _cover(chance.child("cover"), detail)
    yield from _lawn(spec, chance.child("lawn"), detail)
    yield from clothed("far", _far_beds(chance.child("far"), detail), flower, chance.child("far roses"),
                       0, detail)


def height(x: np.ndarray, z: np.ndarray) -> np.ndarray:
    """The garden is level, its beds a hand higher than the path."""
    at = np.stack([np.asarray(x, dtype=np.float64), np.asarray(z, dtype=np.float64)], axis=-1)
    beside = smoothstep(_PATH_M, _PATH_M + 0.45, np.abs(at[..., 0] - _bend(at[..., 1])))
    away = smoothstep(0.5, 1.1, np.hypot(at[..., 0], at[..., 1]))
    return 0.05 * beside * away * (1 + 0.8 * fbm(at * 1.3, 3, 5)) + 0.006 * away * fbm(at * 6, 2, 9)


def _bend(z: np.ndarray) -> np.ndarray:
    """x of the path's middle at z."""
    return 0.35 * np.sin(np.clip(-z - 2.0, 0, 12) * 0.4)


def _beds_at(x: np.ndarray, z: np.ndarray) -> np.ndarray:
    """0 on lawn, 1 on the turned soil of the two beds along the path."""
    off = np.abs(x - _bend(z)) + 0.05 * fbm(np.stack([x, z], axis=-1) * 1.7, 2, 2)
    return smoothstep(1.08, 1.16, off) * smoothstep(2.95, 2.8, off) * smoothstep(-5.7, -5.5, z) \
        * smoothstep(3.6, 3.4, z)


def _ground(spec: SceneSpec, chance: Chance, detail: float) -> Geometry:
    mesh = polar_sheet(graded(0.1, 60.0, int(24 + 20 * detail)), int(52 + 44 * detail), height,
                       surface_of(spec, "ground").scale_m)
    x, _, z = mesh.positions.T
    bed = _beds_at(x, z)
    foot = 1 - 0.5 * np.exp(-((np.hypot(x - PLACE_XZ[0], z - PLACE_XZ[1]) / 0.3) ** 4))
    material = Material(surface="ground", second_color=_SOIL)
    return part("ground", mesh.shaded(occlusion=foot * (1 - 0.25 * bed), second=0.65 * bed), material)


def _path(spec: SceneSpec, chance: Chance) -> Geometry:
    """Flagstones in two uneven courses from behind the visitor to the arch and on."""
    spots, z = [], 5.5
    while z > _FOUNTAIN_Z + 1.9:
        depth = chance.uniform(0.42, 0.72)
        middle, split = float(_bend(np.array([z]))[0]), chance.uniform(-0.16, 0.16)
        for low, high in ((-_PATH_M, split), (split, _PATH_M)):
            spots.append((middle + (low + high) / 2 + 0.02 * chance.normal(), z - depth / 2,
                          high - low - 0.035, depth - 0.035))
        z -= depth
    surface = surface_of(spec, "prop")
    moss = natural(surface.accent_srgb) * 0.35
    mesh = paving(chance, np.array(spots), height, surface.scale_m)
    return part("path", mesh, Material(surface="prop", second_color=rgb(moss), clearcoat=0.25),
                casts_shadow=False)


def _near_bed(chance: Chance) -> Bed:
    """Long stems that lean in to the visitor from both sides, their roses open within reach."""
    stems = [((-1.25, 0.05, -0.55), (-0.66, 1.16, -0.86)), ((-1.3, 0.05, -1.0), (-0.86, 0.93, -1.12)),
             ((-1.2, 0.05, -0.3), (-0.72, 0.74, -0.66)), ((1.3, 0.05, -0.6), (0.72, 1.0, -0.92)),
             ((1.25, 0.05, -0.95), (0.98, 1.24, -1.2)), ((1.2, 0.05, -0.2), (0.74, 0.7, -0.62)),
             ((-1.45, 0.05, -1.5), (-1.05, 1.2, -1.6)), ((1.5, 0.05, -1.5), (1.2, 0.86, -1.55))]
    return Bed([reaching_stem(chance.child(f"stem {index}"), root, tip)
                for index, (root, tip) in enumerate(stems)],
               0.095, 0.05)


def _beds(chance: Chance, density: float, detail: float) -> tuple[Bed, Bed]:
    """Bushes on both sides of the path from beside the visitor to the arch: near ones, and farther ones."""
    spots = [(-1.45, -0.7, 0.95), (1.5, -0.8, 0.85), (-1.75, -1.9, 1.15), (1.7, -2.1, 1.0),
             (-1.35, -2.9, 0.8),
             (1.4, -3.2, 1.15), (-1.9, -3.9, 1.25), (2.2, -4.3, 1.2), (-1.5, -4.9, 1.1), (1.75, -5.2, 1.0),
             (2.6, -1.3, 1.2), (-2.5, -1.2, 1.25), (-1.6, 1.0, 1.0), (1.7, 1.2, 1.1), (-2.0, 2.4, 1.2),
             (1.5, 2.8, 0.9),
             (2.9, -2.9, 1.3)]
    count = max(5, int(len(spots) * min(1.0, 0.4 + 0.65 * density) * (0.5 + 0.5 * detail)))
    bushes: tuple[list[Bush], list[Bush]] = ([], [])
    for index, (x, z, tall) in enumerate(spots[:count]):
        draw = chance.child(f"bush {index}")
        canes = int(4 + 2 * density + draw.integers(0, 2))
        towards = (-0.16 * np.sign(x), 0.0)
        leaf_step_m = 0.07 if z < 0.5 else 0.1
        far = int(np.hypot(x, z) > _FINE_M)
        bushes[far].append(bush(draw, (x, 0.05, z), tall, 0.5, canes, towards, leaf_step_m, 3))
    return Bed(bushes[0], 0.09, 0.06), Bed(bushes[1], 0.09, 0.06)


def _far_beds(chance: Chance, detail: float) -> Bed:
    """Bushes on the lawn past the arch, in a ring about the fountain, and a few behind the visitor."""
    middle = float(_bend(np.array([_FOUNTAIN_Z]))[0])
    ring = [(middle + 3.0 * np.sin(angle), _FOUNTAIN_Z + 3.0 * np.cos(angle))
            for angle in (-2.3, -1.9, -1.5, -1.1, 1.1, 1.5, 1.9, 2.3)]
    behind = [(-3.4, 5.0), (3.2, 5.4), (3.7, 3.9), (-4.2, -4.6), (4.1, -5.4)]
    spots = (ring + behind)[:int(8 + 5 * detail)]
    bushes = [bush(chance.child(f"bush {index}"), (x, 0.03, z), chance.uniform(0.75, 1.1), 0.6, 5,
                   leaf_step_m=0.2, sides=3)
              for index, (x, z) in enumerate(spots)]
    return Bed(bushes, 0.1, 0.11)


def _stone(spec: SceneSpec) -> Geometry:
    """The bench among the roses on the left, an urn on the right, another behind."""
    tile = surface_of(spec, "prop").scale_m
    seat = bench(1.45, tile).turned("y", 0.85).moved(-2.75, 0.03, -3.1)
    urns = [urn(1.0, tile).moved(2.55, 0.03, -5.9), urn(1.0, tile).moved(-1.55, 0.03, -6.3),
            urn(0.9, tile).moved(0.0, 0.0, 5.6)]
    moss = natural(surface_of(spec, "prop").accent_srgb) * 0.4
    middle = float(_bend(np.array([_FOUNTAIN_Z]))[0])
    basin = fountain(2.3, tile).moved(middle, 0.0, _FOUNTAIN_Z)
    return part("stone", merge([seat, *urns, basin]), Material(surface="prop", second_color=rgb(moss)))


def _arch(flower: str, chance: Chance, detail: float) -> Iterator[Geometry]:
    """The arch where the path leaves the beds, grown over by a climbing rose."""
    middle = float(_bend(np.array([_ARCH_Z]))[0])
    iron = arch(1.9, 2.75).moved(middle, 0.0, _ARCH_Z)
    yield part("arch", iron, Material(base_color=(0.045, 0.05, 0.045, 1.0), roughness=0.6))
    climbers = []
    for index in range(int(9 + 9 * detail)):
        draw = chance.child(f"climber {index}")
        at = np.pi * draw.uniform(-0.2, 1.2)
        side = -np.cos(np.clip(at, 0, np.pi)) * 0.97
        high = 1.8 + 0.95 * np.sin(at) if 0 < at < np.pi else draw.uniform(0.2, 1.8)
        climbers.append(bush(draw, (middle + side, high - 0.1, _ARCH_Z + 0.25 * draw.normal()), 0.3, 0.34, 3,
                             leaf_step_m=0.09, sides=3))
    yield from clothed("climber", Bed(climbers, 0.075, 0.06), flower, chance, 0, detail)


def _petals(flower: str, chance: Chance, detail: float) -> Iterator[Geometry]:
    """Fallen petals: drifts under the bushes and against the plinth, strays on the path, two by the hero."""
    def under(x, z):
        beds = smoothstep(0.3, 1.3, np.abs(x - _bend(z))) * smoothstep(3.2, 1.8, np.abs(x))
        return (0.12 + 0.88 * beds) * smoothstep(-0.3, 0.4, fbm(np.stack([x, z], -1) * 1.2, 3, 31))

    points = clear_of_visitor(blue_noise(chance, (-3.2, -6.5), (3.2, 2.5), 0.11, under, int(430 * detail)),
                              0.3)
    x, z = points.T
    count = len(points)
    strewn = instances(np.stack([x, height(x, z) + 0.028, z], 1), bases(chance, count, 0.35),
                       varied_sizes(chance, count, 0.036),
                       varied_tints(chance, count, 0.02, 0.2), chance.uniform(0, 1, count))
    foot = gathered(chance, 90, PLACE_XZ, 0.205, 0.5, lambda x, z: height(x, z) + 0.024, 0.036)
    top = instances(np.array([[0.088, 1.052, -0.99], [-0.11, 1.052, -1.0], [-0.07, 1.052, -1.13]]),
                    bases(chance, 3, 0.15), 0.034)
    color = natural(flower)
    material = Material("foliage", base_color=rgba(color),
                        second_color=rgb(np.clip(color * 0.5 + 0.4, 0, 0.8)),
                        roughness=0.55, sheen=0.4, translucency=0.5)
    yield part("petals", fallen_petal(), material, np.concatenate([strewn, foot, top]), casts_shadow=False,
               layer="base")


def _hedges(spec: SceneSpec, chance: Chance, detail: float) -> Iterator[Geometry]:
    """Yew walls round the garden with a gap where the path leaves, and round trees in the mist beyond."""
    green = np.array([0.04, 0.085, 0.025])
    walls = [hedge_mesh(chance, 7.5, 1.9, 1.0).moved(-5.0, 0, -9.0),
             hedge_mesh(chance, 6.5, 1.9, 1.0).moved(5.6, 0, -9.4),
             hedge_mesh(chance, 11.0, 1.7, 0.9).turned("y", np.pi / 2).moved(-5.6, 0, -2.0),
             hedge_mesh(chance, 11.0, 1.7, 0.9).turned("y", np.pi / 2).moved(5.8, 0, -2.2),
             hedge_mesh(chance, 11.0, 1.8, 0.9).moved(0, 0, 8.2),
             hedge_mesh(chance, 9.0, 1.5, 0.9).moved(0.3, 0, -18.0)]
    yield from hedges("hedge", walls, green, chance, int(4000 * detail), 0.3)
    ends = [(side, z) for side in (-1, 1) for z in (-4.9, 2.6)]
    low = [hedge_mesh(chance, 2.0, 0.32, 0.3, 0.12).turned("y", np.pi / 2 + 0.05 * side)
           .moved(1.12 * side, 0, z) for side, z in ends]
    yield from hedges("border", low, green * 1.2, chance.child("border"), int(900 * detail), 0.13)
    crowns, trunks = [], []
    for x, z, size in ((-7, -19, 2.4), (-13, -24, 3.2), (4, -23, 2.6), (10, -18, 2.3), (16, -27, 3.4),
                       (-3.5, -34, 3.3), (-18, -6, 2.8),
                       (17, -4, 2.6), (-12, 14, 3.0), (9, 16, 2.8), (0.5, -44, 4.2)):
        crown = crown_mesh(chance, 1)
        crowns.append(crown.scaled(size, size * chance.uniform(0.95, 1.25), size).moved(x, size * 1.35, z))
        trunks.append(tube(np.array([[x, -0.2, z], [x + 0.1, size * 0.9, z]]), 0.06 * size, 7))
    yield from hedges("tree", crowns, green * 1.15, chance.child("trees"), int(2000 * detail), 1.0,
                      casts_shadow=False)
    yield part("trunks", merge(trunks), Material(base_color=(0.07, 0.055, 0.04, 1.0)), casts_shadow=False)


def _cover(chance: Chance, detail: float) -> Geometry:
    """Low leaves that hide the soil of the beds, in cushions that thin out towards the lawn."""
    def where(x, z):
        patchy = smoothstep(-0.35, 0.2, fbm(np.stack([x, z], -1) * 1.1, 2, 12))
        return _beds_at(x, z) * (0.25 + 0.75 * patchy)

    points = clear_of_visitor(blue_noise(chance, (-3.2, -6.0), (3.2, 3.6), 0.13, where, int(900 * detail)),
                              0.7)
    x, z = points.T
    count = len(points)
    placed = instances(np.stack([x, height(x, z) + chance.uniform(0.02, 0.09, count), z], 1),
                       bases(chance, count, 0.5), varied_sizes(chance, count, 1.0, 0.4),
                       varied_tints(chance, count, 0.05, 0.3), chance.uniform(0, 1, count), 0.006, 2)
    leaf = Material("foliage", surface="sprites", base_color=(0.62, 0.92, 0.5, 1.0), roughness=1.0,
                    translucency=0.4)
    return part("cover", clump(chance, 0.08, 8).turned("x", -np.pi / 2), leaf, placed, casts_shadow=False)


def _lawn(spec: SceneSpec, chance: Chance, detail: float) -> Iterator[Geometry]:
    """Grass along the path's edge, between the stones, and over the lawn."""
    density, srgb = flora_of(spec, "grass")

    def where(x, z):
        off = np.abs(x - _bend(z))
        edge = np.exp(-((off - _PATH_M - 0.12) / 0.14) ** 2) + 0.7 * np.exp(-((off - 2.95) / 0.15) ** 2)
        lawn = 0.2 * (1 - _beds_at(x, z)) * smoothstep(_PATH_M, _PATH_M + 0.05, off)
        patchy = smoothstep(-0.3, 0.3, fbm(np.stack([x, z], -1), 2, 8))
        return np.clip(edge + lawn, 0, 1) * (0.4 + 0.6 * patchy)

    points = clear_of_visitor(blue_noise(chance, (-5.0, -8.5), (5.0, 4.0), 0.13, where,
                                         int((150 + 330 * density) * detail)), 0.5)
    x, z = points.T
    count = len(points)
    placed = instances(np.stack([x, height(x, z), z], 1), bases(chance, count, 0.2),
                       varied_sizes(chance, count),
                       varied_tints(chance, count, 0.03, 0.25), chance.uniform(0, 1, count), 0.012)
    color = natural(srgb) * 0.75
    material = Material("foliage", base_color=rgba(color), second_color=rgb(color * 1.7), roughness=0.7,
                        translucency=0.5)
    yield part("grass", tuft(chance, 7, 0.11, 0.008, 0.07, 0.7, 2), material, placed, casts_shadow=False)
