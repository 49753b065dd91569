"""Bamboo: culms with rings at their nodes that rise and bow, and sprays of narrow leaves."""

from typing import Iterator

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import Mesh, make, merge, unit
from showroom.imagine.grow.noise import smoothstep
from showroom.imagine.grow.part import part, rgb, rgba
from showroom.imagine.grow.scatter import facing, instances, varied_sizes, varied_tints
from showroom.imagine.grow.shapes import curve, tube
from showroom.imagine.grow.stones import Ground
from showroom.words.geometry import Geometry, Material

_NODE_M = 0.24  # from ring to ring


def _culm(path: np.ndarray, foot_m: float, sides: int) -> Mesh:
    """One stem along (n, 3) points, a pale ring and a dark line at every node (second colour, occlusion)."""
    along = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))])
    nodes = np.arange(0.12, along[-1], _NODE_M)
    rows = np.sort(np.concatenate([nodes - 0.014, nodes, [0.0, along[-1]]]).clip(0, along[-1]))
    points = np.stack([np.interp(rows, along, path[:, axis]) for axis in range(3)], axis=1)
    ring = np.min(np.abs(rows[:, None] - nodes), axis=1) < 0.004
    radius = foot_m * (1 - 0.8 * (rows / along[-1]) ** 1.6) * np.where(ring, 1.07, 1.0)
    mesh = tube(points, radius, sides, 0.6, closed=False)
    pale = np.repeat(ring, sides + 1)
    return mesh.shaded(
        occlusion=np.repeat(0.35 + 0.65 * smoothstep(0.0, 1.0, rows), sides + 1),
        flex=np.repeat((rows / along[-1]) ** 2, sides + 1),
        second=pale,
    )


def spray(chance: Chance, leaves: int = 7, long_m: float = 0.15) -> Mesh:
    """Narrow pointed leaves fanned out from the origin along +Z, hanging."""
    pieces = []
    for index in range(leaves):
        long = long_m * chance.uniform(0.7, 1.15)
        half = 0.075 * long
        drop = chance.uniform(0.25, 0.9)
        shape = np.array(
            [[0, 0, 0], [-half, 0.01, 0.35 * long], [half, 0.01, 0.35 * long], [0, -drop * 0.55 * long, long]]
        )
        leaf = make(shape, np.array([[0, 2, 3], [0, 3, 1]]), np.zeros((4, 2)))
        yaw = (index / max(leaves - 1, 1) - 0.5) * 2.3 + 0.2 * chance.normal()
        pieces.append(
            leaf.turned("z", 0.5 * chance.normal())
            .turned("y", yaw)
            .moved(0, -0.02 * index, 0.02 * index)
            .shaded(
                occlusion=np.array([0.55, 0.9, 0.9, 1.0]),
                flex=np.array([0.2, 0.5, 0.5, 1.0]),
                second=np.array([0.0, 0.3, 0.3, 1.0]),
            )
        )
    mesh = merge(pieces)
    soft = unit(0.6 * mesh.normals * np.sign(mesh.normals[:, 1:2] + 1e-9) + np.array([0, 0.5, 0]))
    return Mesh(mesh.positions, soft, mesh.uv, mesh.shade, mesh.faces)


def bamboo(
    name: str,
    clumps: list[tuple[float, float, int, float]],
    lean: tuple[float, float],
    ground: Ground,
    chance: Chance,
    detail: float,
) -> Iterator[Geometry]:
    """Clumps at x, z of so many culms and height, bowing towards `lean` (x, z, of their height).

    Two parts: culms, and the leaves of their upper halves.
    """
    culms, at, ahead = [], [], []
    for index, (x, z, stems, tall) in enumerate(clumps):
        draw = chance.child(f"clump {index}")
        for _ in range(max(2, int(stems * (0.4 + 0.6 * detail)))):
            away, reach = draw.uniform(0, 2 * np.pi), 0.13 * np.sqrt(stems) * np.sqrt(draw.uniform(0.02, 1.0))
            high = tall * draw.uniform(0.7, 1.08)
            foot = np.array([x + np.sin(away) * reach, 0.0, z + np.cos(away) * reach])
            foot[1] = float(ground(foot[:1], foot[2:])[0]) - 0.05
            out = (
                np.array(
                    [
                        np.sin(away) * 0.12 + lean[0] + 0.05 * draw.normal(),
                        0.0,
                        np.cos(away) * 0.12 + lean[1] + 0.05 * draw.normal(),
                    ]
                )
                * high
            )
            path = curve(
                foot
                + np.array(
                    [
                        [0, 0, 0],
                        0.12 * out + [0, 0.45 * high, 0],
                        0.48 * out + [0, 0.82 * high, 0],
                        out + [0, 0.95 * high, 0],
                    ]
                ),
                26,
            )
            culms.append(_culm(path, 0.007 * high + 0.006, 5 if np.hypot(x, z) < 4 else 4))
            count = int(27 * detail) + 6
            where = draw.uniform(0.42, 1.0, count) ** 0.8 * 25
            own = np.stack([np.interp(where, np.arange(26), path[:, axis]) for axis in range(3)], axis=1)
            turn = draw.uniform(0, 2 * np.pi, count)
            way = np.stack([np.sin(turn), np.full(count, 0.05), np.cos(turn)], axis=1)
            at.append(own + way * draw.uniform(0.05, 0.3, count)[:, None])
            ahead.append(way)
    stems = Material(
        "foliage",
        base_color=(0.105, 0.15, 0.045, 1.0),
        second_color=(0.2, 0.23, 0.12),
        roughness=0.42,
        clearcoat=0.35,
    )
    yield part(f"{name} culms", merge(culms), stems)
    places, ways = np.concatenate(at), np.concatenate(ahead)
    count = len(places)
    turned = facing(ways, np.array([0.0, 1.0, 0.0]) + 0.3 * chance.normal((count, 3)))
    green = np.array([0.11, 0.19, 0.04])
    leaf = Material(
        "foliage",
        base_color=rgba(green * 0.5),
        second_color=rgb(green * 0.85),
        roughness=0.85,
        translucency=0.6,
    )
    yield part(
        f"{name} leaves",
        spray(chance.child("spray")),
        leaf,
        instances(
            places,
            turned,
            varied_sizes(chance, count, 1.15, 0.35),
            varied_tints(chance, count, 0.03, 0.25),
            chance.uniform(0, 1, count),
            0.03,
        ),
    )
