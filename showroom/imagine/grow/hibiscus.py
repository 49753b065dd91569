"""Hibiscus: bushes with large flowers that look out at whoever comes by."""

from typing import Iterator

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.frangipani import looking
from showroom.imagine.grow.leaf import leaflet
from showroom.imagine.grow.mesh import Mesh, merge, unit
from showroom.imagine.grow.noise import smoothstep
from showroom.imagine.grow.part import part, rgb, rgba
from showroom.imagine.grow.scatter import facing, instances, varied_sizes, varied_tints
from showroom.imagine.grow.shapes import curve, patch, tube
from showroom.words.geometry import Geometry, Material

_LEAF_CELL = 2


def trumpet() -> Mesh:
    """A hibiscus a unit across looking up +Y: five crinkled petals, a dark eye, a long column of stamens."""
    pieces = []
    for index in range(5):
        v, u = np.meshgrid(np.linspace(1, 0, 8), np.linspace(-1, 1, 7), indexing="ij")
        half = 0.04 + 0.3 * v**0.8 * (1 - 0.35 * v**5)
        crinkle = 0.02 * v * np.sin(9 * u + 2 * index) + 0.02 * v * v * np.sin(17 * u + index)
        points = np.stack(
            [
                u * half,
                0.16 * v**0.6 - 0.1 * v**3 + crinkle + 0.05 * u * v,
                0.52 * v * (1 - 0.05 * np.abs(u) * v),
            ],
            axis=-1,
        )
        vein = 0.12 * np.abs(np.sin(8 * u)) * (1 - v)
        petal = patch(points).shaded(
            second=(0.9 * smoothstep(0.34, 0.1, v) + vein).reshape(-1),
            occlusion=(0.55 + 0.45 * v).reshape(-1),
            flex=0.6,
        )
        pieces.append(petal.turned("y", 2 * np.pi * index / 5 + 0.1))
    mesh = merge(pieces)
    return mesh if mesh.normals[:, 1].mean() > 0 else mesh.turned_inside_out()


def stamens() -> Mesh:
    """The column of a hibiscus a unit across, with its yellow anthers (shade b)."""
    path = curve(np.array([[0, 0.05, 0], [0.02, 0.25, 0.02], [0.1, 0.48, 0.06]]), 9)
    pieces = [tube(path, np.linspace(0.018, 0.009, 9), 5)]
    for index in range(22):
        root = path[4 + index % 5]
        away = 2.4 * index
        tip = root + np.array([np.sin(away) * 0.06, 0.025, np.cos(away) * 0.06])
        pieces.append(tube(np.array([root, tip]), np.array([0.003, 0.012]), 4).shaded(second=1.0))
    return merge(pieces)


def hibiscus(
    at: list[tuple[float, float, float]],
    petal: np.ndarray,
    eye: np.ndarray,
    flowers: int,
    chance: Chance,
    detail: float,
) -> Iterator[Geometry]:
    """Bushes at (x, y, z), a metre high or so: stems, toothed leaves, and so many flowers in sight."""
    stems, tips = [], []
    for index, foot in enumerate(at):
        draw = chance.child(f"bush {index}")
        for stem in range(int(9 + 5 * detail)):
            away = 2.39996 * stem + draw.uniform(0, 0.5)
            out = np.array([np.sin(away), 0, np.cos(away)]) * draw.uniform(0.12, 0.5)
            high = np.array([0, draw.uniform(0.55, 1.2), 0])
            path = curve(np.array(foot) + np.array([[0, -0.03, 0], out * 0.3 + high * 0.55, out + high]), 9)
            stems.append(tube(path, np.linspace(0.011, 0.004, 9), 5))
            tips.append(path)
    paths = np.array(tips)
    yield part("hibiscus stems", merge(stems), Material(base_color=(0.1, 0.08, 0.05, 1.0), roughness=0.9))
    joints = np.repeat(paths[:, 2:].reshape(-1, 3), 3, axis=0)
    count = len(joints)
    way = unit(chance.normal((count, 3)) * np.array([1, 0.35, 1]) + np.array([0, 0.1, 0]))
    leaf = Material(
        "foliage", surface="sprites", base_color=(0.62, 0.9, 0.5, 1.0), roughness=0.6, translucency=0.45
    )
    yield part(
        "hibiscus leaves",
        leaflet(0.105, 0.08, 0.25, 0.5),
        leaf,
        instances(
            joints,
            facing(way, np.broadcast_to([0.0, 1.0, 0.0], way.shape)),
            varied_sizes(chance, count, 1.0, 0.4),
            varied_tints(chance, count, 0.03, 0.3),
            chance.uniform(0, 1, count),
            0.01,
            _LEAF_CELL,
        ),
        casts_shadow=True,
    )
    ends = paths[:, -1]
    towards = np.array([0.0, 1.45, 0.0]) - ends
    chosen = np.argsort(
        np.linalg.norm(towards, axis=1) + 0.5 * chance.uniform(0, 1, len(ends)), kind="stable"
    )[:flowers]
    look = unit(unit(towards[chosen]) * 0.9 + unit(chance.normal((len(chosen), 3))) * 0.6 + [0, 0.15, 0])
    placed = instances(
        ends[chosen] + 0.02 * look,
        looking(look, chance),
        varied_sizes(chance, len(chosen), 0.125, 0.3),
        varied_tints(chance, len(chosen), 0.02, 0.15),
        chance.uniform(0, 1, len(chosen)),
        0.012,
    )
    yield part(
        "hibiscus flowers",
        trumpet(),
        Material(
            "foliage",
            base_color=rgba(petal),
            second_color=rgb(eye),
            roughness=0.6,
            translucency=0.5,
            sheen=0.2,
        ),
        placed,
        layer="heart",
        casts_shadow=False,
    )
    yield part(
        "hibiscus stamens",
        stamens(),
        Material(base_color=(0.75, 0.3, 0.2, 1.0), second_color=(0.85, 0.6, 0.08), roughness=0.7),
        placed,
        layer="heart",
        casts_shadow=False,
    )
