"""Fruit trees: citrus with fruit and blossom at once, a fig with its fingers; young ones, about a metre."""

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import rgb, rgba
from showroom.imagine.grow.shapes import curve, lathe, rock, tube
from showroom.imagine.grow.species.sprig import (
    Piece,
    copies,
    deepened,
    leafy,
    palmate,
    plain_leaf,
    seats,
    star,
    tended,
    upward,
    woody,
)
from showroom.words.geometry import Material

_DARK = np.array([0.028, 0.062, 0.016])
_ORANGE = np.array([0.72, 0.28, 0.015])
_FIG_LEAF = np.array([0.06, 0.105, 0.03])
_CROWN_Y, _CROWN_M = 0.76, 0.31


def citrus_tree(chance: Chance, color: np.ndarray) -> list[Piece]:
    """A standard: a bare stem, a round dark crown, fruit hung at its edge and waxy blossom between."""
    trunk = curve(np.array([[0, -0.03, 0], [0.012, 0.25, 0.01], [-0.01, 0.52, 0.0]]), 10)
    boughs = [_bough(chance, trunk[-1 - index % 3], index, 12) for index in range(12)]
    leaf = plain_leaf(0.098, 0.05, 3, 0.35, 0.3, 0.65)
    leaves = copies(leaf, seats(chance, boughs, 36, 0.12, 1.05, 1.05, 0.0, 0.8), chance.uniform(0.75, 1.2, 432))
    ends = np.stack([bough[-1] for bough in boughs])
    out = ends - np.array([0, _CROWN_Y, 0])
    hung = (ends + 0.1 * out - np.array([0, 0.045, 0]))[::2] + 0.02 * chance.normal((6, 3))
    hung = np.concatenate([hung, 0.5 * (ends[1::4] + ends[2::4]) * np.array([1.12, 0.94, 1.12])])
    fruit = copies(
        _orange(),
        (hung, np.tile([0.0, 0.0, 1.0], (len(hung), 1))),
        chance.uniform(0.85, 1.15, len(hung)),
        chance.uniform(-0.5, 0.5, len(hung)),
    )
    blossom = upward(star(5, 0.018, 0.008, 0.3))
    seated = seats(chance, boughs, 4, 0.7, 1.04, 0.7, 0.02, 0.8)
    flowers = copies(blossom, seated, chance.uniform(0.8, 1.2, len(seated[0])))
    ripe = color if color.max() - color.min() > 0.45 * color.max() else _ORANGE
    middle, reach = (0.0, _CROWN_Y, 0.0), (_CROWN_M, 0.28, _CROWN_M)
    wood = merge(
        [tube(trunk, np.linspace(0.016, 0.011, 10), 8)]
        + [tube(bough, np.linspace(0.008, 0.002, len(bough)), 5) for bough in boughs]
    )
    return [
        Piece("wood", wood, woody(np.array([0.12, 0.1, 0.07]))),
        Piece("leaves", deepened(leaves, middle, reach), leafy(_DARK, _DARK * 2.4, 0.35, 0.38)),
        Piece(
            "fruit",
            fruit,
            Material(
                base_color=rgba(ripe),
                second_color=rgb(ripe * np.array([0.6, 0.75, 0.9])),
                roughness=0.45,
                clearcoat=0.25,
                translucency=0.1,
            ),
        ),
        Piece("blossom", flowers, leafy(np.array([0.78, 0.75, 0.66]), np.array([0.75, 0.5, 0.12]), 0.5)),
    ]


def _bough(chance: Chance, root: np.ndarray, index: int, of: int) -> np.ndarray:
    """From the head of the stem out to the crown's edge, evenly over its sphere."""
    high = 1 - 1.55 * (index + 0.5) / of
    turned = 2.39996 * index + 0.2 * chance.normal()
    out = np.array([np.sin(turned), 0, np.cos(turned)]) * np.sqrt(1 - high * high) * _CROWN_M
    tip = out + np.array([0, _CROWN_Y + 0.27 * high, 0])
    return curve(np.stack([root, 0.55 * root + 0.45 * tip + [0, 0.03, 0], tip * chance.uniform(0.92, 1.05)]), 8)


def _orange() -> Mesh:
    """A citrus about 7 cm across with pores, a dimple and its green button above."""
    ball = rock(2, 60, 0.02, (1, 0.96, 1), 0).scaled(0.036)
    ball = ball.displaced(-0.0007 * np.abs(fbm(ball.positions * 420, 1, 2)))
    up = ball.positions[:, 1] / 0.036
    return ball.displaced(np.stack([0 * up, -0.006 * np.exp(-(((1 - up) / 0.06) ** 2)), 0 * up], 1)).shaded(
        occlusion=0.55 + 0.45 * smoothstep(-1, 0.3, up), second=0.6 * smoothstep(0.86, 1.0, up)
    )


def fig(chance: Chance, color: np.ndarray) -> list[Piece]:
    """Pale bent stems, large leaves of five fingers on long stalks, figs where the leaves begin."""
    stems = []
    for index in range(4):
        turned = 1.7 * index + 0.4 * chance.normal()
        way = np.array([np.sin(turned), 0, np.cos(turned)])
        tall = chance.uniform(0.62, 0.9)
        stems.append(
            curve(
                np.stack(
                    [
                        0.02 * way - [0, 0.03, 0],
                        0.14 * way + [0, 0.4 * tall, 0],
                        0.17 * way + [0, 0.72 * tall, 0],
                        0.26 * way + [0, tall, 0],
                    ]
                ),
                12,
            )
        )
    kinds = [
        palmate(chance.child(f"leaf {kind}"), long_m, lobes, 0.78)
        for kind, (long_m, lobes) in enumerate(
            (
                (0.2, ((0.0, 1.0), (0.95, 0.86), (-0.95, 0.82), (1.95, 0.52), (-1.95, 0.5))),
                (0.17, ((0.0, 1.0), (0.85, 0.8), (-0.85, 0.84), (1.8, 0.45), (-1.8, 0.48))),
            )
        )
    ]
    places, ways = seats(chance, stems, 9, 0.36, 1.0, 0.9)
    blades = places + 0.09 * ways
    stalks = merge([tube(np.stack([root, end]), 0.0022, 4) for root, end in zip(places, blades)])
    level = ways * np.array([1, 0.2, 1]) + np.array([0, -0.5, 0])
    leaves = merge(
        [
            copies(kind, (blades[k::2], level[k::2]), chance.uniform(0.7, 1.15, len(blades[k::2])))
            for k, kind in enumerate(kinds)
        ]
    )
    pear = lathe(
        np.array(
            [
                (0.0, 0.0),
                (0.006, 0.001),
                (0.019, 0.012),
                (0.0215, 0.022),
                (0.016, 0.036),
                (0.006, 0.048),
                (0.003, 0.055),
                (0.0, 0.055),
            ]
        )[::-1],
        12,
    )
    pear = upward(pear.shaded(second=smoothstep(0.03, 0.05, pear.positions[:, 1])).moved(y=-0.055).turned("x", np.pi))
    ripe = tended(color, np.array([0.12, 0.045, 0.11]), 0.4)
    fruit = copies(pear, seats(chance, stems, 3, 0.45, 0.95, 0.8, 0.006), chance.uniform(0.9, 1.3, 12))
    bark = np.array([0.24, 0.22, 0.19])
    return [
        Piece("wood", merge([tube(path, np.linspace(0.014, 0.006, 12), 8) for path in stems]), woody(bark)),
        Piece("stalks", stalks, leafy(_FIG_LEAF * 2, through=0.2)),
        Piece(
            "leaves",
            deepened(leaves, (0, 0.55, 0), (0.4, 0.5, 0.4)),
            leafy(_FIG_LEAF, np.clip(_FIG_LEAF * 2.6 + 0.03, 0, 0.6), 0.45, 0.75),
        ),
        Piece(
            "fruit",
            fruit,
            Material(base_color=rgba(ripe), second_color=(0.16, 0.24, 0.05), roughness=0.5, clearcoat=0.1, sheen=0.5),
        ),
    ]
