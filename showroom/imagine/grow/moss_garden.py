"""Moss garden: the small things of a wet wood's floor: cushions and shoots, capsules, drops, mushrooms, flowers."""

from typing import Iterator

import numpy as np

from showroom.imagine.colour import mixed
from showroom.imagine.grow import mosses, mushroom
from showroom.imagine.grow.centre import clear_of_visitor, flora_of, surface_of, worn
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.flora import plant
from showroom.imagine.grow.grass import tuft
from showroom.imagine.grow.hedge import skin
from showroom.imagine.grow.mesh import Mesh, merge, unit
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import blend, natural, part, rgb, rgba
from showroom.imagine.grow.scatter import bases, blue_noise, facing, instances, varied_sizes, varied_tints
from showroom.imagine.grow.stones import Ground
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import SceneSpec

_UP = np.array([0.0, 1.0, 0.0])
_BUNS = np.array([(0.62, -1.42), (0.74, -1.52), (0.58, -1.6), (-0.66, -1.5), (-0.78, -1.62), (0.86, -0.95),
                  (-0.72, -0.72), (1.0, -1.75), (-0.35, -2.0), (0.2, -2.2), (-0.95, -2.2), (1.4, -2.0), (0.45, -2.55),
                  (-0.9, 0.9), (0.9, 1.4), (-0.5, -3.0)])
_FLAGS = np.array([(-1.62, -1.62), (-1.75, -0.85), (-1.35, -2.65), (-0.75, -3.6), (-1.6, 0.6), (0.55, -4.6),
                   (-0.1, -5.0)])
_LICHEN = np.array([0.19, 0.21, 0.15])  # old man's beard
_FLAG = "#6a4fae"  # the iris of wet places


def mosses_of(spec: SceneSpec, ground: Ground, dry: Ground, bodies: list[Mesh], limbs: Mesh, chance: Chance,
              brown: float, detail: float) -> Iterator[Geometry]:
    """Cushions on the ground, shoots on them, on stones and on wood, capsules over them, beards from limbs, drops.

    bodies : meshes in the world whose mossed parts (shade b) grow shoots.   dry : metres from the water's edge.
    """
    density, srgb = flora_of(spec, "moss")
    green = natural(srgb, 0.01) * (0.62 - 0.1 * brown)
    bright = np.clip(green * np.array([2.0, 1.8, 1.7]), 0, 0.6)
    points, sizes = _cushioned(dry, chance.child("cushions"), density, detail)
    x, z = points.T
    at = np.stack([x, ground(x, z) - 0.1 * sizes, z], axis=1)
    soft = Material(surface=worn(spec, "ground"), second_color=rgb(0.7 * bright), roughness=1.0, sheen=0.35)
    for kind in range(2):
        own = slice(kind, None, 2)
        count = len(at[own])
        yield part(f"cushions {kind}", mosses.cushion(3 + kind, surface_of(spec, "ground").scale_m * 5), soft,
                   instances(at[own], bases(chance, count, 0.12), sizes[own], varied_tints(chance, count, 0.03, 0.25)))
    places, out = _shooting(ground, dry, at, sizes, bodies, chance.child("shoots"), int(2350 * max(detail, 0.2)))
    count = len(places)
    leafy = Material("foliage", base_color=rgba(green), second_color=rgb(bright), roughness=0.6, translucency=0.5)
    patch = 1 + 0.35 * fbm(places * 1.4, 2, 9)[:, None]
    yield part("moss shoots", mosses.shoots(chance), leafy,
               instances(places, bases(chance, count, 0.3, out), varied_sizes(chance, count, 0.026, 0.45),
                         np.clip(varied_tints(chance, count, 0.04, 0.25) * patch, 0.1, 1.9),
                         chance.uniform(0, 1, count), 0.002), casts_shadow=False)
    some = np.linspace(0, len(at) - 1, int(24 * max(detail, 0.3))).astype(int)
    red = Material("foliage", base_color=(0.16, 0.06, 0.025, 1.0), second_color=(0.22, 0.15, 0.04), roughness=0.5,
                   translucency=0.4)
    yield part("capsules", mosses.capsules(chance), red,
               instances(at[some] + 0.4 * sizes[some, None] * _UP, bases(chance, len(some), 0.15),
                         varied_sizes(chance, len(some), 0.07, 0.3)), casts_shadow=False)
    yield from _hanging(limbs, green, chance.child("hanging"), detail)


def _cushioned(dry: Ground, chance: Chance, density: float, detail: float) -> tuple[np.ndarray, np.ndarray]:
    """(n, 2) x, z of cushions, in crowds about the visitor and by the water, and their radii."""
    def crowds(x, z):
        patchy = smoothstep(-0.15, 0.35, fbm(np.stack([x, z], -1) * 1.3, 2, 41))
        return patchy * smoothstep(5.5, 2.0, np.hypot(x, z + 1.2)) * (dry(x, z) > 0.08)

    points = clear_of_visitor(blue_noise(chance, (-4.5, -6.0), (4.5, 2.5), 0.16, crowds,
                                         int((24 + 62 * density) * max(detail, 0.3))), 0.7)
    return points, 0.05 + 0.13 * chance.uniform(0, 1, len(points)) ** 1.7


def _shooting(ground: Ground, dry: Ground, cushions: np.ndarray, sizes: np.ndarray, bodies: list[Mesh], chance: Chance,
              count: int) -> tuple[np.ndarray, np.ndarray]:
    """(n, 3) feet of moss shoots and the way each grows: a third on cushions, on the ground near, on what is mossed."""
    third = count // 3
    own = chance.integers(0, len(cushions), third)
    way = unit(chance.normal((third, 3)) * [1.0, 0.5, 1.0] + [0.0, 0.9, 0.0])
    way[:, 1] = np.abs(way[:, 1])
    on_cushion = cushions[own] + way * sizes[own, None] * np.array([0.98, 0.56, 0.93])
    reach, angle = 0.45 + 2.3 * chance.uniform(0, 1, third) ** 0.8, chance.uniform(0, 2 * np.pi, third)
    x, z = np.sin(angle) * reach, -np.cos(angle) * reach - 0.7
    free = (dry(x, z) > 0.05) & (np.hypot(x, z + 1.05) > 0.24)
    floor = np.stack([x, ground(x, z) - 0.003, z], axis=1)[free]
    body = merge(bodies)
    near = 1 / (1 + (np.linalg.norm(body.positions[body.faces].mean(axis=1)[:, [0, 2]], axis=1) / 2.5) ** 3)
    grown = smoothstep(0.35, 0.9, body.shade[body.faces, 2].mean(axis=1))
    on_body, out = skin(chance, body, count - 2 * third, near * grown + 1e-6)
    floor_out = np.broadcast_to(_UP, floor.shape)
    return np.concatenate([on_cushion, floor, on_body]), np.concatenate([way, floor_out, unit(out + 0.5 * _UP)])


def _hanging(limbs: Mesh, green: np.ndarray, chance: Chance, detail: float) -> Iterator[Geometry]:
    """Beards under the limbs, and drops about to fall from them."""
    below = np.clip(-limbs.normals[limbs.faces].mean(axis=1)[:, 1], 0, 1) ** 2
    crowded = smoothstep(-0.15, 0.3, fbm(limbs.positions[limbs.faces].mean(axis=1) * 2.2, 2, 77))
    at, _ = skin(chance, limbs, int(110 * max(detail, 0.3)), below * crowded + 1e-6)
    count = len(at)
    pale = blend(_LICHEN, green, 0.25)
    wear = Material("foliage", base_color=rgba(pale), second_color=rgb(1.3 * pale), roughness=1.0, translucency=0.3)
    long = 0.08 + 0.55 * chance.uniform(0, 1, count) ** 2.2
    yield part("beards", mosses.beard(chance), wear,
               instances(at, bases(chance, count, 0.1), np.stack([0.7 * long ** 0.5, long, 0.7 * long ** 0.5], 1),
                         varied_tints(chance, count, 0.03, 0.25), chance.uniform(0, 1, count), 0.03),
               casts_shadow=False)
    drops, _ = skin(chance, limbs, int(64 * max(detail, 0.3)), below + 1e-6)
    clear = Material(base_color=(0.9, 0.95, 0.9, 1.0), roughness=0.06, ior=1.33, density_per_m=0.2)
    yield part("drops", mosses.drop(), clear,
               instances(drops, None, varied_sizes(chance, len(drops), 0.011, 0.3)), casts_shadow=False)


def mushrooms(ground: Ground, dry: Ground, logs: Mesh, tree: Mesh, chance: Chance, brown: float,
              detail: float) -> Iterator[Geometry]:
    """Penny buns in the moss, tufts on the logs and at the plinth's foot, shelves on standing wood."""
    spots = _BUNS[: int(round(3 + 13 * brown))]
    x, z = spots.T
    count = len(x)
    bun = Material(base_color=(0.27, 0.125, 0.045, 1.0), second_color=(0.56, 0.45, 0.28), roughness=0.45,
                   clearcoat=0.35)
    yield part("penny buns", mushroom.penny_bun(chance), bun,
               instances(np.stack([x, ground(x, z) - 0.008, z], 1), bases(chance, count, 0.25),
                         varied_sizes(chance, count, 0.115, 0.45), varied_tints(chance, count, 0.02, 0.25)),
               layer="heart")
    at, out = _on_top(logs, chance, int((8 + 22 * brown) * max(detail, 0.4)))
    foot = np.array([(0.3, 0.0, -1.2), (-0.27, 0.0, -1.25), (0.2, 0.0, -0.8)])[: int(round(3 * brown))]
    foot[:, 1] = ground(foot[:, 0], foot[:, 2]) if len(foot) else 0.0
    at, out = np.concatenate([at, foot]), np.concatenate([out, np.broadcast_to(_UP, foot.shape)])
    half = len(at) // 2
    honey = Material(base_color=(0.42, 0.22, 0.06, 1.0), second_color=(0.55, 0.42, 0.22), roughness=0.4, clearcoat=0.4,
                     translucency=0.2)
    for name, mesh, size, own in (("honey caps", mushroom.honey_caps(chance), 0.13, slice(half, None)),
                                  ("bonnets", mushroom.bonnets(chance.child("bonnets")), 0.085, slice(0, half))):
        yield part(name, mesh, honey, instances(at[own], bases(chance, len(at[own]), 0.2, unit(out[own] + 1.2 * _UP)),
                                                varied_sizes(chance, len(at[own]), size, 0.4),
                                                varied_tints(chance, len(at[own]), 0.03, 0.25)), layer="heart")
    yield _shelves(logs, tree, chance.child("shelves"), int(10 + 14 * brown))


def _on_top(body: Mesh, chance: Chance, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Places on what looks up or aside and is near, in crowds."""
    middle, out = body.positions[body.faces].mean(axis=1), body.normals[body.faces].mean(axis=1)
    crowd = smoothstep(-0.1, 0.35, fbm(middle * 1.6, 2, 19))
    near = 1 / (1 + (np.hypot(middle[:, 0], middle[:, 2]) / 3.0) ** 4)
    return skin(chance, body, count, crowd * near * smoothstep(-0.1, 0.5, out[:, 1]) + 1e-9)


def _shelves(logs: Mesh, tree: Mesh, chance: Chance, count: int) -> Geometry:
    """Brackets one over another on the stump and on the tree, level whatever they grow from."""
    body = merge([logs, tree])
    middle, out = body.positions[body.faces].mean(axis=1), body.normals[body.faces].mean(axis=1)
    upright = smoothstep(0.55, 0.25, np.abs(out[:, 1])) * (middle[:, 1] > 0.2) * (middle[:, 1] < 2.0)
    seen = smoothstep(-0.2, 0.3, np.sum(out * unit(np.array([0.0, 1.2, 0.0]) - middle), axis=1))
    crowd = smoothstep(0.0, 0.3, fbm(middle * np.array([1.5, 0.5, 1.5]), 2, 29))
    at, way = skin(chance, body, count, upright * seen * (0.1 + crowd) / (1 + 0.1 * np.sum(middle**2, axis=1)) + 1e-9)
    level = unit(way * np.array([1.0, 0.0, 1.0]))
    ochre = Material(base_color=(0.24, 0.13, 0.06, 1.0), second_color=(0.55, 0.43, 0.28), roughness=0.75)
    return part("bracket fungi", mushroom.bracket(chance), ochre,
                instances(at - 0.01 * level, facing(level, np.broadcast_to(_UP, level.shape)),
                          varied_sizes(chance, count, 0.15, 0.5), varied_tints(chance, count, 0.03, 0.3)))


def flowers(spec: SceneSpec, ground: Ground, dry: Ground, chance: Chance, brown: float) -> Iterator[Geometry]:
    """Flags by the water in spring, and grass where a little more light falls."""
    density, srgb = flora_of(spec, "iris")
    spots = _FLAGS[: int(round(len(_FLAGS) * min(1.0, 6.0 * density) * (1 - brown)))]
    if len(spots):
        placing = chance.child("placing").integers(0, 1 << 30)
        x, z = spots.T
        at = np.stack([x, ground(x, z) - 0.02, z], axis=1)
        for piece in plant("iris", mixed(srgb, _FLAG, 0.6), chance):
            draw = Chance(placing, "iris")
            yield part(f"iris {piece.name}", piece.mesh, piece.material,
                       instances(at, bases(draw, len(x), 0.1), varied_sizes(draw, len(x)), varied_tints(draw, len(x)),
                                 draw.uniform(0, 1, len(x)), 0.014, piece.cell))
    lush, blade_srgb = flora_of(spec, "grass")

    def banks(x, z):
        return np.exp(-((dry(x, z) - 0.2) / 0.25) ** 2) + 0.08 * (dry(x, z) > 0.4)

    points = clear_of_visitor(blue_noise(chance, (-5, -9), (5, 4), 0.17, banks, int(90 + 260 * lush)), 0.75)
    x, z = points.T
    color = natural(blade_srgb) * 0.6
    wear = Material("foliage", base_color=rgba(color), second_color=rgb(1.7 * color), roughness=0.55, translucency=0.55)
    yield part("grass", tuft(chance, 8, 0.22, 0.007, 0.05, 0.8, 3), wear,
               instances(np.stack([x, ground(x, z), z], 1), bases(chance, len(x), 0.2),
                         varied_sizes(chance, len(x), 1.0, 0.4), varied_tints(chance, len(x), 0.03, 0.25),
                         chance.uniform(0, 1, len(x)), 0.012), casts_shadow=False)
