"""Litter: what lies on a conifer forest's floor and has fallen on the plinth: needles, cones, twigs."""

from typing import Iterator

import numpy as np

from showroom.imagine.grow.centre import clear_of_visitor
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.cone import cone
from showroom.imagine.grow.conifer import dead_branch
from showroom.imagine.grow.mesh import Mesh, make, merge
from showroom.imagine.grow.part import natural, part, rgb, rgba
from showroom.imagine.grow.plinth import PLACE_XZ, TOP_M
from showroom.imagine.grow.scatter import bases, blue_noise, instances, varied_sizes, varied_tints
from showroom.imagine.grow.stones import Ground
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import SceneSpec


def needle_pair(long_m: float = 0.055) -> Mesh:
    """Two needles from one sheath, lying along +X, a thin ridge each."""
    pieces = []
    for side in (-1.0, 1.0):
        points = (
            np.array(
                [
                    [0, 0, 0],
                    [0.5, 0.012, 0.05 * side + 0.012],
                    [0.5, 0.012, 0.05 * side - 0.012],
                    [1.0, 0.0, 0.16 * side],
                ]
            )
            * long_m
        )
        pieces.append(make(points, np.array([[0, 1, 2], [2, 1, 3]]), points[:, [0, 2]]))
    return merge(pieces)


def needles_and_cones(
    spec: SceneSpec, ground: Ground, chance: Chance, wet: float, detail: float
) -> Iterator[Geometry]:
    """Needles thick near the visitor and at the plinth, some on its top; cones mostly where it is dry."""
    soil = natural(spec.surfaces["ground"].srgb if "ground" in spec.surfaces else "#5a4228", 0.01)
    rust = Material(
        "foliage",
        base_color=rgba(np.clip(soil * np.array([2.2, 1.9, 1.5]), 0, 0.5)),
        second_color=rgb(soil),
        roughness=0.6,
        translucency=0.2,
    )
    count = int(900 * detail)
    angle, reach = chance.uniform(0, 2 * np.pi, count), 0.25 + 2.6 * chance.uniform(0, 1, count) ** 1.4
    x, z = np.sin(angle) * reach, PLACE_XZ[1] + np.cos(angle) * reach
    y = ground(x, z) + 0.004
    placed = instances(
        np.stack([x, y, z], axis=1),
        bases(chance, count, 0.2),
        varied_sizes(chance, count),
        varied_tints(chance, count, 0.03, 0.4),
    )
    yield part(
        "fallen needles",
        needle_pair(),
        rust,
        np.concatenate([placed, _on_plinth(chance.child("plinth"))]),
        casts_shadow=False,
    )
    cones = clear_of_visitor(
        blue_noise(chance, (-3.5, -5.5), (3.5, 2.5), 0.34, None, int((8 + 60 * (1 - wet)) * detail)), 0.5
    )
    cx, cz = cones.T
    brown = Material(base_color=(0.085, 0.05, 0.028, 1.0), second_color=(0.26, 0.17, 0.1), roughness=0.75)
    yield part(
        "cones",
        cone(chance, 0.085),
        brown,
        instances(
            np.stack([cx, ground(cx, cz), cz], axis=1),
            bases(chance, len(cx), 0.5),
            varied_sizes(chance, len(cx), 1.0, 0.3),
            varied_tints(chance, len(cx), 0.02, 0.3),
        ),
    )
    twigs = blue_noise(chance, (-4, -6), (4, 3), 0.5, None, int(60 * detail))
    twigs = clear_of_visitor(twigs, 0.6)
    tx, tz = twigs.T
    bark = Material(base_color=(0.1, 0.075, 0.055, 1.0), roughness=0.95)
    yield part(
        "twigs",
        dead_branch(chance.child("twig"), 0.42, 4),
        bark,
        instances(
            np.stack([tx, ground(tx, tz) + 0.012, tz], axis=1),
            bases(chance, len(tx), 0.06),
            varied_sizes(chance, len(tx), 1.0, 0.5),
            varied_tints(chance, len(tx), 0.02, 0.4),
        ),
        casts_shadow=False,
    )


def _on_plinth(chance: Chance) -> np.ndarray:
    """A few needles that came down on the stone, clear of the hero."""
    count = 14
    angle, reach = chance.uniform(0, 6.3, count), chance.uniform(0.075, 0.125, count)
    at = np.stack(
        [
            PLACE_XZ[0] + np.sin(angle) * reach,
            np.full(count, TOP_M + 0.003),
            PLACE_XZ[1] + np.cos(angle) * reach,
        ],
        axis=1,
    )
    return instances(
        at, bases(chance, count, 0.02), varied_sizes(chance, count, 0.9), varied_tints(chance, count)
    )
