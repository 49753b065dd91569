"""Low: moss in cushions with its spore stalks, grass in seed."""

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.grass import tuft
from showroom.imagine.grow.mesh import make, merge, unit
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.rose import stem
from showroom.imagine.grow.shapes import curve, lathe, rock
from showroom.imagine.grow.species.sprig import Piece, copies, leafy, plain_leaf, rising, seats, tended, upward

_MOSS = np.array([0.11, 0.17, 0.025])


def moss(chance: Chance, color: np.ndarray) -> list[Piece]:
    """Cushions run together over a stone, furred with tiny leaves, red stalks with their capsules above."""
    cushions = []
    for index in range(11):
        size = chance.uniform(0.05, 0.12)
        away, reach = 2.39996 * index, 0.19 * np.sqrt((index + 0.3) / 11)
        cushion = rock(3 if size > 0.1 else 2, 40 + index, 0.14, (1.25, 0.6, 1.25), 0).scaled(size)
        cushion = cushion.displaced(0.005 * fbm(cushion.positions * 80, 2, index))
        low = smoothstep(-0.1 * size, 0.5 * size, cushion.positions[:, 1])
        cushions.append(
            cushion.shaded(
                occlusion=0.25 + 0.75 * low, second=0.45 * low * (0.5 + 0.5 * fbm(cushion.positions * 60, 2, 3))
            ).moved(np.sin(away) * reach, 0.004 * (11 - index), np.cos(away) * reach)
        )
    body = merge(cushions)
    open_at = np.flatnonzero((body.positions[:, 1] > 0.012) & (body.normals[:, 1] > -0.2))
    spots = open_at[chance.integers(0, len(open_at), 2600)]
    at = body.positions[spots] + 0.003 * chance.normal((2600, 3))
    ways = unit(body.normals[spots] + 0.45 * chance.normal((2600, 3)))
    points = np.array([[-0.0022, 0, 0], [0.0022, 0, 0], [0, 0.001, 0.016]])
    hair = make(points, np.array([[0, 1, 2]]), points[:, [0, 2]]).shaded(
        second=np.array([0.1, 0.1, 1.0]), occlusion=np.array([0.5, 0.5, 1.0])
    )
    fur = copies(hair, (at, ways), chance.uniform(0.6, 1.4, 2600))
    green = tended(color * 0.7, _MOSS, 0.35)
    tall = open_at[(body.normals[open_at, 1] > 0.75)]
    roots = body.positions[tall[chance.integers(0, len(tall), 34)]]
    tips = roots + np.array([0, 0.036, 0]) + 0.008 * chance.normal((34, 3))
    stalks = merge(
        [
            stem(curve(np.stack([root, 0.5 * (root + tip) + [0.002, 0, 0], tip]), 4), 0.0007, 3)
            for root, tip in zip(roots, tips)
        ]
    )
    pod = upward(lathe(np.array([(0.0, 0.008), (0.0016, 0.006), (0.0014, 0.002), (0.0, 0.0)]), 5))
    pods = copies(pod, (tips, unit(np.array([0, 0.6, 0]) + chance.normal((34, 3)) * 0.5)))
    red = np.array([0.22, 0.07, 0.03])
    return [
        Piece("cushions", body, leafy(green * 0.55, green * 1.2, 0.15, 0.95)),
        Piece("fur", fur, leafy(green * 0.8, np.clip(green * 2.0, 0, 0.7), 0.5, 0.9)),
        Piece("spores", merge([stalks, pods]), leafy(red, red * 1.6, 0.3, 0.6)),
    ]


def grass(chance: Chance, color: np.ndarray) -> list[Piece]:
    """A tussock of long blades that bend over, feathery heads of seed above it."""
    blades = tuft(chance, 110, 0.46, 0.0085, 0.1, 0.55, 4)
    culms = rising(chance, 12, 0.62, 0.24, 0.02, 0.3)
    grain = plain_leaf(0.012, 0.0032, 3, 0.1, 0.5)
    heads = copies(
        grain, seats(chance, culms, 30, 0.72, 1.0, 0.45, 0.001, 0.4), np.tile(np.linspace(1.3, 0.7, 30), 12)
    )
    green = tended(color * 0.7, np.array([0.1, 0.15, 0.04]), 0.4)
    straw = np.array([0.42, 0.33, 0.17])
    return [
        Piece("blades", blades, leafy(green, np.clip(green * 1.6 + 0.03, 0, 0.7))),
        Piece("seed", merge([heads, *(stem(path, 0.0011, 3) for path in culms)]), leafy(straw, straw * 1.4, 0.4)),
    ]
