"""Garden: keepsakes of groves, borders and fields: a crate of lemons, a trug, a lantern, a sheaf."""

import numpy as np

from showroom.imagine.grow import fire
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.flora import plant
from showroom.imagine.grow.keepsake.token import Token, basket, bow_handle, crate, grounded, plain, ring, strewn
from showroom.imagine.grow.mesh import merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.rose import fallen_petal
from showroom.imagine.grow.shapes import box, curve, lathe, tube
from showroom.imagine.grow.species.sprig import Piece, copies, leafy, plain_leaf, star

_DEAL = (0.36, 0.24, 0.12)
_WICKER = (0.3, 0.19, 0.09)


def lemons(chance: Chance) -> Token:
    """A crate heaped with lemons, leaves still on some."""
    rows = curve(
        np.array(
            [
                (0.0, 0.046),
                (0.007, 0.042),
                (0.022, 0.03),
                (0.031, 0.0),
                (0.022, -0.03),
                (0.008, -0.043),
                (0.0, -0.045),
            ]
        ),
        14,
    )
    fruit = lathe(np.maximum(rows, [0, -1]), 12)
    fruit = fruit.displaced(-0.0006 * np.abs(fbm(fruit.positions * 420, 1, 2))).turned("z", 1.4)
    fruit = fruit.shaded(occlusion=0.5 + 0.5 * smoothstep(-0.03, 0.01, fruit.positions[:, 1]))
    at = np.concatenate([ring(chance, 14, 0.02, 0.13) * [1.2, 0.8], ring(chance, 6, 0.01, 0.07), [[0.3, 0.1]]])
    high = np.concatenate([np.full(14, 0.15), np.full(6, 0.2), [0.031]])
    heap = strewn(chance, fruit, at, chance.uniform(0.9, 1.15, 21), high, 0.5)
    seats = (np.column_stack([at[10:20, 0], high[10:20] + 0.03, at[10:20, 1]]), chance.normal((10, 3)) * [1, 0.3, 1])
    leaves = copies(plain_leaf(0.085, 0.036, 4), seats)
    return Token(
        [
            Piece("crate", crate(0.38, 0.27, 0.14), plain(_DEAL, 0.85)),
            Piece("lemons", heap, plain((0.74, 0.5, 0.03), 0.42, clearcoat=0.2)),
            Piece("leaves", leaves, leafy(np.array([0.03, 0.07, 0.015]))),
        ]
    )


def petals(chance: Chance) -> Token:
    """A trug of cut roses set down, and petals that fell from it."""
    roses = plant("rose", "#b8324f", chance)
    laid = [
        Piece(f"cut {piece.name}", piece.mesh.scaled(0.5).turned("z", 1.4).moved(0.17, 0.12, 0.0), piece.material)
        for piece in roses
    ]
    trug = grounded(basket(0.2, 0.09, 1.25, 6).scaled(1.15, 1.0, 0.6), 0.1)
    at = ring(chance, 46, 0.14, 0.42)
    fallen = strewn(chance, fallen_petal(), at, chance.uniform(0.028, 0.04, 46), 0.009)
    handle = bow_handle(0.14, 0.08, 0.2).turned("y", np.pi / 2)
    return Token(
        [
            *laid,
            Piece("trug", merge([trug, handle]), plain(_WICKER, 0.9)),
            Piece("petals", fallen, leafy(np.array([0.42, 0.05, 0.09]), np.array([0.6, 0.35, 0.3]))),
        ]
    )


def night_lantern(chance: Chance) -> Token:
    """A glazed lantern with a candle lit, jasmine fallen round it."""
    posts = [box(0.016, 0.27, 0.016, 0.003).moved(sx * 0.075, 0.02, sz * 0.075) for sx in (-1, 1) for sz in (-1, 1)]
    roof = lathe(np.array([(0.0, 0.37), (0.028, 0.36), (0.03, 0.335), (0.125, 0.29), (0.125, 0.28)]), 4).turned(
        "y", np.pi / 4
    )
    loop = curve(np.array([[-0.03, 0.36, 0], [-0.02, 0.41, 0], [0.02, 0.41, 0], [0.03, 0.36, 0]]), 12)
    base = box(0.185, 0.022, 0.185, 0.004)
    stars = strewn(
        chance, star(5, 0.019, 0.0075, 0.25), ring(chance, 15, 0.13, 0.32), chance.uniform(0.9, 1.3, 15), 0.006, 0.5
    )
    iron = plain((0.035, 0.035, 0.033), 0.5)
    wax = fire.candle(chance, 0.12, 0.027).moved(y=0.022)
    flame = fire.flame(0.036).moved(y=0.138)
    return Token(
        [
            Piece("lantern", grounded(merge([*posts, roof, base, tube(loop, 0.004, 6)]), 0.05), iron),
            Piece("candle", wax, fire.wax()),
            Piece("flame", flame, fire.burning(fire.FLAME, 2.2)),
            Piece("blossom", stars, leafy(np.array([0.76, 0.73, 0.64]), np.array([0.6, 0.55, 0.2]))),
        ],
        (fire.light((0.0, 0.17, 0.0), fire.FLAME, 0.5, 2.0, 0.25),),
    )


def sheaf(chance: Chance) -> Token:
    """Cut lavender, a sheaf standing in a basket."""
    cut = [
        Piece(f"sheaf {piece.name}", piece.mesh.scaled(0.85, 1.0, 0.85).moved(y=0.03), piece.material)
        for piece in plant("lavender", "#6f58a8", chance)
    ]
    return Token(
        [*cut, Piece("basket", merge([basket(0.12, 0.16, 1.3), bow_handle(0.15, 0.15, 0.2)]), plain(_WICKER, 0.9))]
    )
