"""Oasis: date palms heavy with fruit round a still pool, one of them low enough to pick from."""

from typing import Iterator

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.coconut_palm import Palm, crown, frond, joined, leaf_material
from showroom.imagine.grow.dunes import POOL_DEEP_M, Sands
from showroom.imagine.grow.grass import tuft
from showroom.imagine.grow.mesh import Mesh, make, merge
from showroom.imagine.grow.noise import smoothstep
from showroom.imagine.grow.part import part
from showroom.imagine.grow.scatter import bases, instances, varied_sizes, varied_tints
from showroom.imagine.grow.shapes import curve, graded, icosphere, polar_sheet, tube
from showroom.words.geometry import Geometry, Material

POOL = (-1.15, -5.3, 1.75)  # x, z, radius
_PALMS = (  # x, z, height of the heart, length of a frond; the first within reach
    (-1.42, -1.95, 1.5, 1.5),
    (-3.5, -4.5, 3.3, 2.4),
    (-4.6, -6.6, 4.6, 2.6),
    (-1.6, -8.4, 3.9, 2.5),
    (-2.9, -8.6, 5.2, 2.6),
    (0.4, -10.6, 4.7, 2.6),
    (6.3, -5.4, 4.9, 2.6),
    (-3.6, 3.6, 4.4, 2.5),
    (2.9, 4.6, 3.6, 2.4),
    (-6.6, -0.6, 4.2, 2.5),
)


def oasis(sands: Sands, chance: Chance, detail: float) -> Iterator[Geometry]:
    """Palms, their fronds and fruit; the pool and the reeds about it."""
    rows = _PALMS[: int(5 + 5 * detail)]
    stand = []
    for x, z, tall, long in rows:
        foot = float(sands.height(np.array([x]), np.array([z]))[0])
        draw = chance.child(f"palm {x} {z}")
        stand.append(
            Palm(
                (x, z), (x + 0.05 * tall * draw.normal(), foot + tall, z + 0.05 * tall * draw.normal()), long
            )
        )
    trunks = merge([_trunk(palm, sands, detail) for palm in stand])
    yield part(
        "date trunks",
        trunks,
        Material(surface="wall", base_color=(1.2, 1.1, 1.0, 1.0), second_color=(0.24, 0.16, 0.09)),
    )
    crowns = [
        crown(palm, chance.child(f"crown {index}"), int(16 + 12 * detail), (1.3, -0.45))
        for index, palm in enumerate(stand)
    ]
    crowns[0] = _pruned(*crowns[0])
    grey = leaf_material(np.array([0.075, 0.105, 0.05]))
    yield part(
        "date fronds",
        frond(int(14 + 10 * detail), 0.06, 1.25),
        grey,
        joined(crowns, chance.child("fronds"), 0.04),
    )
    yield from _fruit(stand, chance.child("fruit"), detail)
    yield _pool(sands)
    yield _reeds(sands, chance.child("reeds"), detail)


def _pruned(
    places: np.ndarray, rotations: np.ndarray, sizes: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The near palm's fronds without those that would hang between the visitor and its fruit."""
    ahead = rotations[:, :, 2]
    towards = -places * np.array([1.0, 0.0, 1.0])
    towards = towards / np.linalg.norm(towards, axis=1, keepdims=True)
    kept = (ahead[:, 1] > 0.6) | (np.sum(ahead * towards, axis=1) < 0.15)
    return places[kept], rotations[kept], sizes[kept]


def _trunk(palm: Palm, sands: Sands, detail: float) -> Mesh:
    """A pillar of old leaf bases, in spirals."""
    x, z = palm.foot
    foot = np.array([x, float(sands.height(np.array([x]), np.array([z]))[0]) - 0.3, z])
    heart = np.array(palm.heart)
    rows = int((10 + 14 * detail) * (heart[1] - foot[1]))
    path = curve(np.array([foot, (foot + heart) / 2 + [0.04, 0, 0.02], heart]), rows)
    along = np.linalg.norm(path - foot, axis=1)
    sides = 15
    mesh = tube(
        path,
        0.15 + 0.05 * np.exp(-along / 0.3) + 0.05 * smoothstep(0.5, 0.0, along[-1] - along),
        sides,
        0.5,
        closed=False,
    )
    turn = np.tile(np.arange(sides + 1) / sides, rows)
    up = np.repeat(along, sides + 1)
    scale = np.abs(((up * 5.5 + 3 * turn) % 1.0) - 0.5) + np.abs(((up * 5.5 - 3 * turn) % 1.0) - 0.5)
    stub = smoothstep(0.35, 0.75, scale)
    mesh = mesh.displaced(0.028 * stub)
    return mesh.shaded(
        second=0.7 * stub, occlusion=(0.35 + 0.65 * stub) * (0.4 + 0.6 * smoothstep(0.0, 0.6, up))
    )


def _fruit(stand: list[Palm], chance: Chance, detail: float) -> Iterator[Geometry]:
    """Bunches on golden stalks all round under the crowns; the near palm's hang to the visitor's hand."""
    at, ways, sizes = [], [], []
    for index, palm in enumerate(stand):
        each = 6 if index == 0 else 5
        turn = 2 * np.pi * np.arange(each) / each + (
            np.arctan2(-palm.heart[0], -palm.heart[2]) if index == 0 else chance.uniform(0, 6.3)
        )
        at += [np.array(palm.heart) - [0, 0.06, 0]] * each
        ways += list(turn)
        sizes += [1.0 if index == 0 else 1.25] * each
    count = len(at)
    placed = instances(
        np.array(at),
        bases(chance, count, 0.08, yaw_rad=np.array(ways)),
        np.array(sizes) * varied_sizes(chance, count, 1.0, 0.15),
        varied_tints(chance, count, 0.03, 0.2),
        chance.uniform(0, 1, count),
        0.01,
    )
    stalks, dates = _bunch(chance, int(9 + 9 * detail))
    yield part("date stalks", stalks, Material(base_color=(0.55, 0.3, 0.07, 1.0), roughness=0.6), placed)
    ripe = Material(
        base_color=(0.3, 0.075, 0.02, 1.0),
        second_color=(0.62, 0.3, 0.05),
        roughness=0.32,
        clearcoat=0.5,
        translucency=0.25,
    )
    yield part("dates", dates, ripe, placed, layer="heart")


def _bunch(chance: Chance, strands: int) -> tuple[Mesh, Mesh]:
    """(stalks, dates) of one bunch: a bowed stalk towards +Z, strands hanging from its end."""
    stalk = curve(np.array([[0, 0, 0], [0, 0.12, 0.16], [0, 0.08, 0.3], [0, -0.06, 0.38]]), 9)
    stalks, dates = [tube(stalk, 0.011, 5)], []
    points, faces = icosphere(0)
    fruit = make(points * np.array([0.011, 0.0185, 0.011]), faces, points[:, :2])
    fruit = fruit.shaded(second=smoothstep(0.3, 1.0, points[:, 1]))
    for strand in range(strands):
        away, reach = 2.39996 * strand, 0.1 * np.sqrt((strand + 0.5) / strands)
        out = np.array([np.sin(away), 0, np.cos(away)]) * reach
        long = chance.uniform(0.2, 0.34)
        path = curve(
            np.array(
                [stalk[-1], stalk[-1] + out * 0.7 + [0, -0.06, 0], stalk[-1] + out * 1.1 + [0, -long, 0]]
            ),
            9,
        )
        stalks.append(tube(path, 0.0022, 3))
        for step in range(3, 9):
            side = 2.4 * step + strand
            dates.append(
                fruit.turned("z", 0.3 * chance.normal()).moved(
                    *(path[step] + np.array([np.sin(side), 0, np.cos(side)]) * 0.012)
                )
            )
    hung = merge(dates)
    inner = smoothstep(0.02, 0.11, np.hypot(hung.positions[:, 0], hung.positions[:, 2] - 0.38))
    return merge(stalks), hung.shaded(occlusion=0.4 + 0.6 * inner)


def _pool(sands: Sands) -> Geometry:
    """Still water that holds the sky."""
    x, z, radius = POOL
    level = float(sands.plain(np.array([x]), np.array([z]))[0]) + 0.62 * POOL_DEEP_M
    mesh = polar_sheet(graded(0.12, radius * 1.3, 18), 48, lambda px, pz: np.full_like(px, level), 1.0).moved(
        x, 0.0, z
    )
    px, _, pz = mesh.positions.T
    depth = level - sands.plain(px, pz)
    water = Material(
        "water",
        base_color=(0.02, 0.05, 0.055, 1.0),
        second_color=(0.5, 0.5, 0.45),
        roughness=0.05,
        ior=1.33,
        density_per_m=1.5,
    )
    return part(
        "pool", mesh.shaded(flex=0.05, opacity=smoothstep(-0.005, 0.1, depth)), water, casts_shadow=False
    )


def _reeds(sands: Sands, chance: Chance, detail: float) -> Geometry:
    """Green blades where the sand is damp."""
    count = int(14 + 22 * detail)
    x, z, radius = POOL
    away, reach = 2.39996 * np.arange(count) + 0.4 * chance.normal(count), radius * (
        1.0 + 0.22 * chance.uniform(-0.5, 1, count)
    )
    px, pz = x + np.sin(away) * reach, z + np.cos(away) * reach / 1.25
    keep = np.hypot(px, pz + 1.05) > 1.6
    px, pz = px[keep], pz[keep]
    placed = instances(
        np.stack([px, sands.plain(px, pz) - 0.02, pz], 1),
        bases(chance, len(px), 0.1),
        varied_sizes(chance, len(px), 1.0, 0.4),
        varied_tints(chance, len(px), 0.03, 0.25),
        chance.uniform(0, 1, len(px)),
        0.02,
    )
    green = Material(
        "foliage",
        base_color=(0.07, 0.115, 0.035, 1.0),
        second_color=(0.3, 0.27, 0.1),
        roughness=0.7,
        translucency=0.5,
    )
    return part("reeds", tuft(chance, 18, 0.75, 0.011, 0.09, 0.45, rows=4), green, placed, casts_shadow=False)
