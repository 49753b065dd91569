"""Strand: what lies on a tropical beach and what grows where its sand ends."""

from typing import Iterator

import numpy as np

from showroom.imagine.grow import frangipani, lagoon
from showroom.imagine.grow.canoe import canoe
from showroom.imagine.grow.centre import clear_of_visitor, flora_of
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.coconut_palm import nut
from showroom.imagine.grow.grass import tuft
from showroom.imagine.grow.hedge import crown_mesh, hedges
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import natural, part, rgb, rgba
from showroom.imagine.grow.plinth import TOP_M
from showroom.imagine.grow.scatter import bases, blue_noise, instances, varied_sizes, varied_tints
from showroom.imagine.grow.shapes import rock
from showroom.imagine.grow.stones import Ground
from showroom.imagine.grow.things.mineral import scallop
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import SceneSpec


def at(ground: Ground, x: float, z: float) -> float:
    """The ground's height at one place, metres."""
    return float(ground(np.array([x]), np.array([z]))[0])


def lying(petal: np.ndarray, ground: Ground, chance: Chance, detail: float) -> Iterator[Geometry]:
    """Fallen flowers of a colour on sand and plinth, coconuts, shells, crumbs of coral."""
    points = clear_of_visitor(
        blue_noise(
            chance,
            (-1.5, -3.4),
            (3.2, 0.8),
            0.3,
            lambda x, z: smoothstep(1.9, 0.4, np.hypot(x - 1.5, z + 1.6)) + 0.12,
            int(20 + 50 * detail),
        ),
        0.45,
    )
    x, z = points.T
    strewed = instances(
        np.stack([x, ground(x, z) + 0.008, z], 1),
        bases(chance, len(x), 0.35),
        varied_sizes(chance, len(x), 0.072),
        varied_tints(chance, len(x), 0.015, 0.12),
        chance.uniform(0, 1, len(x)),
    )
    top = instances(np.array([[0.115, TOP_M + 0.008, -1.0]]), bases(chance, 1, 0.2), 0.066)
    yield part(
        "fallen flowers",
        frangipani.pinwheel(),
        frangipani.petal_material(petal),
        np.concatenate([strewed, top]),
        casts_shadow=False,
        layer="heart",
    )
    spots = np.array(
        [
            (0.86, -1.75),
            (-0.92, -1.95),
            (-1.0, -2.12),
            (2.2, -2.7),
            (-2.9, -3.1),
            (-3.0, -2.7),
            (3.8, -3.4),
            (-1.9, 1.3),
            (1.4, 2.1),
        ]
    )
    x, z = spots.T
    size = varied_sizes(chance, len(x), 0.23, 0.15)
    husk = Material(base_color=(0.13, 0.08, 0.042, 1.0), second_color=(0.22, 0.15, 0.07), roughness=0.9)
    yield part(
        "coconuts",
        nut(),
        husk,
        instances(
            np.stack([x, ground(x, z) + 0.38 * size, z], 1),
            bases(chance, len(x), 1.2),
            size,
            varied_tints(chance, len(x), 0.02, 0.25),
        ),
    )
    points = clear_of_visitor(
        blue_noise(chance, (-4, -4.2), (4.5, 0.5), 0.42, None, int(30 + 40 * detail)), 0.6
    )
    points = points[points[:, 1] > lagoon.shore_z(points[:, 0]) + 0.1]
    x, z = points.T
    pink = Material(
        "foliage",
        base_color=(0.72, 0.5, 0.4, 1.0),
        second_color=(0.8, 0.7, 0.6),
        roughness=0.4,
        translucency=0.2,
    )
    placed = instances(
        np.stack([x, ground(x, z) + 0.007, z], 1),
        bases(chance, len(x), 0.4),
        varied_sizes(chance, len(x), 1.0, 0.5),
        varied_tints(chance, len(x), 0.03, 0.2),
    )
    yield part("shells", scallop(0.032, 5, 15), pink, placed[::2].copy(), casts_shadow=False)
    coral = Material(base_color=(0.7, 0.66, 0.6, 1.0), roughness=0.9)
    yield part(
        "coral",
        rock(1, 4, 0.5, (1.0, 0.5, 0.6), 0).shaded(occlusion=0.85),
        coral,
        instances(
            placed["world_from_part"][1::2, :, 3],
            bases(chance, len(placed[1::2]), 0.5),
            varied_sizes(chance, len(placed[1::2]), 0.022, 0.6),
        ),
        casts_shadow=False,
    )


def boat(ground: Ground, detail: float) -> Geometry:
    """The canoe on the sand behind the plinths, along the water."""
    x, z = 1.5, -3.15
    mesh = canoe(detail).turned("z", 0.06).turned("y", 0.3).moved(x, at(ground, x, z) - 0.05, z)
    wood = Material(base_color=(0.3, 0.17, 0.085, 1.0), second_color=(0.66, 0.64, 0.57), roughness=0.9)
    return part("canoe", mesh, wood)


def thicket(ground: Ground, chance: Chance, detail: float) -> Iterator[Geometry]:
    """Round-leaved shore bushes behind the visitor, to both sides, and along the point."""
    crowns = []
    for index, (x, z, size) in enumerate(
        (
            (-7.5, 1.6, 1.6),
            (-6.2, 4.6, 1.9),
            (-3.0, 6.6, 1.7),
            (0.6, 7.8, 1.9),
            (4.4, 7.2, 1.8),
            (7.2, 4.4, 1.9),
            (9.0, 1.4, 1.7),
            (-10.5, -1.6, 1.8),
            (10.8, -3.6, 1.7),
            (13.0, -8.8, 2.2),
            (17.0, -13.4, 2.4),
            (22.0, -18.6, 2.8),
            (28.0, -23.0, 3.2),
            (-15.0, 3.0, 2.6),
            (15.0, 5.0, 2.8),
            (-2.0, 13.0, 3.0),
            (7.0, 13.0, 3.2),
        )
    ):
        crown = crown_mesh(chance.child(f"bush {index}"), 1)
        crowns.append(
            crown.scaled(size * 1.25, size * 0.8, size * 1.1).moved(x, at(ground, x, z) + 0.45 * size, z)
        )
    yield from hedges("thicket", crowns, np.array([0.06, 0.13, 0.03]), chance, int(2400 * detail), 0.6)


def shore_grass(spec: SceneSpec, ground: Ground, chance: Chance, detail: float) -> Iterator[Geometry]:
    """Shore grass where the sand ends."""
    density, srgb = flora_of(spec, "grass")

    def inland(x, z):
        return smoothstep(5.0, 8.0, z - lagoon.shore_z(x)) * smoothstep(
            -0.2, 0.3, fbm(np.stack([x, z], -1) * 0.5, 2, 9)
        )

    points = blue_noise(chance, (-12, -5), (14, 8), 0.5, inland, int((60 + 700 * density) * detail))
    near = np.array([(1.3, -0.6), (-2.0, -0.9), (2.4, -1.2), (-2.4, -3.2)])
    x, z = np.concatenate([near, clear_of_visitor(points, 1.6)]).T
    color = natural(srgb) * 0.7
    blades = Material(
        "foliage",
        base_color=rgba(color),
        second_color=rgb(np.clip(color * 1.6, 0, 0.7)),
        roughness=0.6,
        translucency=0.5,
    )
    yield part(
        "grass",
        tuft(chance, 10, 0.42, 0.013, 0.08, 0.9, rows=3),
        blades,
        instances(
            np.stack([x, ground(x, z) - 0.01, z], 1),
            bases(chance, len(x), 0.15),
            varied_sizes(chance, len(x), 1.0, 0.35),
            varied_tints(chance, len(x), 0.03, 0.25),
            chance.uniform(0, 1, len(x)),
            0.02,
        ),
        casts_shadow=False,
    )
