"""Made: keepsakes of rooms and streets: spices, coals, books, copper, a picking basket, an umbrella."""

import numpy as np

from showroom.imagine.grow import fire
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.keepsake.token import Token, basket, grounded, plain, ring, strewn
from showroom.imagine.grow.kitchenware import turned
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.shapes import box, curve, lathe, patch, tube
from showroom.imagine.grow.species.sprig import Piece, copies, leafy, plain_leaf
from showroom.imagine.grow.vanilla import orchid, pod

_BRASS = (0.5, 0.33, 0.13)
_HEAPS = (
    ("turmeric", (0.62, 0.27, 0.012), -0.13, 0.0),
    ("paprika", (0.34, 0.05, 0.015), 0.12, 0.06),
    ("sumac", (0.16, 0.02, 0.025), 0.0, -0.19),
)


def spices(chance: Chance) -> Token:
    """Three brass bowls, each heaped to a point with another spice."""
    bowl = turned(
        (
            (0.0, 0.03),
            (0.07, 0.034),
            (0.1, 0.07),
            (0.106, 0.085),
            (0.112, 0.085),
            (0.108, 0.066),
            (0.07, 0.02),
            (0.05, 0.012),
            (0.055, 0.0),
            (0.0, 0.0),
        ),
        1.0,
        40,
        30,
    )
    pieces = [
        Piece("bowls", merge([bowl.moved(x, 0, z) for _, _, x, z in _HEAPS]), plain(_BRASS, 0.32, metallic=1.0))
    ]
    heap = lathe(np.array([(0.0, 0.185), (0.01, 0.178), (0.06, 0.118), (0.1, 0.078), (0.1, 0.07)]), 26)
    for index, (name, color, x, z) in enumerate(_HEAPS):
        rough = heap.displaced(0.003 * fbm(heap.positions * 120, 2, index))
        pieces.append(Piece(name, rough.turned("y", index).moved(x, 0, z), plain(color, 1.0)))
    return Token(pieces)


def brazier(chance: Chance) -> Token:
    """A low bowl of coals."""
    lumps, skin = fire.coals(chance, 0.14, 18)
    return Token(
        [
            Piece("brazier", fire.brazier(0.42, 0.17), plain(_BRASS, 0.38, metallic=1.0)),
            Piece("coals", lumps.moved(y=0.39), fire.charred()),
            Piece("embers", skin.moved(y=0.39), fire.burning(fire.COAL, 0.9)),
        ],
        (fire.light((0.0, 0.7, 0.0), fire.EMBER, 0.7, 2.2, 0.35),),
    )


def books(chance: Chance) -> Token:
    """Old bindings in a pile, one open on top, a candlestick beside them."""
    covers, pages, ribs = [], [], []
    y = 0.0
    for index, (wide, deep, thick) in enumerate(((0.2, 0.29, 0.052), (0.18, 0.26, 0.04), (0.19, 0.25, 0.046))):
        cover, leaves, gilt = _book(wide, deep, thick)
        turn = 0.35 * chance.normal() + 0.2 * index
        for group, mesh in ((covers, cover), (pages, leaves), (ribs, gilt)):
            group.append(mesh.turned("y", turn).moved(-0.05, y, 0.0))
        y += thick
    stick = lathe(
        curve(
            np.array(
                [
                    (0.0, 0.16),
                    (0.016, 0.16),
                    (0.018, 0.15),
                    (0.008, 0.14),
                    (0.008, 0.08),
                    (0.016, 0.07),
                    (0.008, 0.055),
                    (0.01, 0.03),
                    (0.045, 0.014),
                    (0.05, 0.004),
                    (0.045, 0.0),
                    (0.0, 0.0),
                ]
            ),
            44,
        ),
        22,
    )
    wax, flame = fire.candle(chance, 0.13, 0.011).moved(0.2, 0.155, 0.09), fire.flame(0.032).moved(0.2, 0.283, 0.09)
    return Token(
        [
            Piece("bindings", grounded(merge(covers), 0.05), plain((0.13, 0.04, 0.022), 0.7)),
            Piece("pages", merge(pages), plain((0.52, 0.43, 0.3), 0.95, (0.3, 0.23, 0.14))),
            Piece("gilding", merge([*ribs, stick.moved(0.2, 0, 0.09)]), plain((0.55, 0.36, 0.12), 0.3, metallic=1.0)),
            Piece("candle", wax, fire.wax()),
            Piece("flame", flame, fire.burning(fire.FLAME, 2.0)),
        ],
        (fire.light((0.2, 0.31, 0.09), fire.FLAME, 0.4, 1.8, 0.25),),
    )


def _book(wide_m: float, deep_m: float, thick_m: float) -> tuple[Mesh, Mesh, Mesh]:
    """(cover, pages, gilt ribs) lying on y = 0, its rounded spine towards +X."""
    boards = [box(wide_m, 0.005, deep_m, 0.002).moved(0, y, 0) for y in (0.0, thick_m - 0.005)]
    around = np.linspace(0, np.pi, 9)
    z = np.array([-0.5, 0.5]) * deep_m
    spine = np.stack(
        np.broadcast_arrays(
            wide_m / 2 + 0.012 * np.sin(around)[None], thick_m / 2 + thick_m / 2 * np.cos(around)[None], z[:, None]
        ),
        axis=-1,
    )
    mesh = patch(spine)
    mesh = mesh if mesh.normals[:, 0].mean() > 0 else mesh.turned_inside_out()
    ribs = [mesh.scaled(1.012, 1.0, 0.02).moved(0.0, 0.0, at * deep_m) for at in (-0.36, -0.15, 0.15, 0.36)]
    leaves = box(wide_m - 0.016, thick_m - 0.011, deep_m - 0.016, 0.002, 0.2, 6).moved(0.004, 0.0055, 0)
    lines = (np.sin(leaves.positions[:, 1] * 4000) > 0.3).astype(float)
    return merge([*boards, mesh]), leaves.shaded(second=lines), merge(ribs)


def copper(chance: Chance) -> Token:
    """A copper pan that vanilla stands in, its orchid, lumps of sugar."""
    pan = turned(
        (
            (0.0, 0.012),
            (0.08, 0.012),
            (0.1, 0.03),
            (0.103, 0.13),
            (0.104, 0.15),
            (0.112, 0.152),
            (0.108, 0.146),
            (0.107, 0.05),
            (0.1, 0.012),
            (0.08, 0.0),
            (0.0, 0.0),
        ),
        1.0,
        40,
        32,
    )
    grip = tube(curve(np.array([[0.1, 0.125, 0], [0.16, 0.135, 0], [0.26, 0.17, 0], [0.31, 0.18, 0]]), 16), 0.009, 8)
    standing = []
    for index in range(13):
        lean = 0.16 + 0.12 * chance.uniform()
        standing.append(
            pod(chance, 0.25 * chance.uniform(0.85, 1.1))
            .turned("z", np.pi / 2)
            .turned("x", lean)
            .turned("y", 2.4 * index)
            .moved(0.03 * np.sin(2.4 * index), 0.13, 0.03 * np.cos(2.4 * index))
        )
    lumps = strewn(
        chance,
        box(0.016, 0.016, 0.016, 0.0025),
        ring(chance, 11, 0.15, 0.26),
        chance.uniform(0.85, 1.15, 11),
        0.0,
        0.0,
    )
    flower = orchid(chance).turned("x", 0.4).moved(-0.15, 0.012, 0.16)
    return Token(
        [
            Piece("pan", grounded(merge([pan, grip]), 0.06), plain((0.7, 0.3, 0.17), 0.24, metallic=1.0)),
            Piece("vanilla", merge(standing), plain((0.035, 0.018, 0.01), 0.4, clearcoat=0.35)),
            Piece("sugar", lumps, plain((0.78, 0.75, 0.7), 0.8)),
            Piece("orchid", flower, leafy(np.array([0.66, 0.62, 0.34]), np.array([0.75, 0.5, 0.08]))),
        ]
    )


def picking_basket(chance: Chance) -> Token:
    """A tall basket of new tea, leaves spilt at its foot."""
    leaf = plain_leaf(0.055, 0.021, 4, 0.1, 0.4)
    count = 210
    away, share = 2.39996 * np.arange(count), np.sqrt((np.arange(count) + 0.5) / count)
    at = np.stack(
        [
            np.sin(away) * share * 0.17,
            0.235 + 0.075 * (1 - share**2) + 0.012 * chance.normal(count),
            np.cos(away) * share * 0.17,
        ],
        axis=1,
    )
    ways = chance.normal((count, 3)) + np.array([0, 0.55, 0])
    spilt = ring(chance, 26, 0.17, 0.36)
    low = (np.column_stack([spilt[:, 0], np.full(26, 0.008), spilt[:, 1]]), chance.normal((26, 3)) * [1, 0.12, 1])
    leaves = merge([copies(leaf, (at, ways)), copies(leaf, low)])
    fresh = np.array([0.14, 0.26, 0.045])
    bed = lathe(np.array([(0.0, 0.29), (0.1, 0.27), (0.165, 0.225)]), 18).shaded(occlusion=0.4)
    return Token(
        [
            Piece("basket", basket(0.125, 0.23, 1.4, 13), plain((0.34, 0.24, 0.11), 0.9, (0.2, 0.13, 0.06))),
            Piece("leaves", merge([leaves, bed]), leafy(fresh, fresh * 1.7, 0.5, 0.5)),
        ]
    )


def umbrella(chance: Chance) -> Token:
    """Left open on the ground in the rain: eight wet panels of red silk, a cane crook."""
    panels, r = 8, 0.36
    rows, columns = 9, 8 * panels + 1
    v, a = np.meshgrid(np.linspace(1, 0, rows), np.linspace(0, 2 * np.pi, columns), indexing="ij")
    within = np.abs((a * panels / (2 * np.pi)) % 1 - 0.5) * 2  # 1 at the ribs, 0 between them
    reach = r * np.sin(1.25 * v) / np.sin(1.25) * (1 - 0.07 * v**3 * (1 - within**2))
    y = 0.24 * np.cos(1.25 * v) - 0.018 * v * (1 - within**2)
    silk = patch(np.stack([reach * np.sin(a), y, reach * np.cos(a)], axis=-1)).shaded(
        second=smoothstep(0.93, 0.97, v).reshape(-1), occlusion=(0.7 + 0.3 * within).reshape(-1)
    )
    shaft = tube(np.array([[0, 0.29, 0], [0, 0.0, 0], [0, -0.42, 0]]), 0.0055, 8)
    crook = tube(
        curve(np.array([[0, -0.4, 0], [0, -0.5, 0], [0.03, -0.545, 0], [0.07, -0.52, 0], [0.075, -0.48, 0]]), 20),
        0.0095,
        8,
    )
    ribs = merge(
        [
            tube(
                np.stack(
                    [
                        reach[::-1, k] * 0.99 * np.sin(a[0, k]),
                        y[::-1, k] - 0.006,
                        reach[::-1, k] * 0.99 * np.cos(a[0, k]),
                    ],
                    axis=1,
                ),
                0.0022,
                4,
            )
            for k in range(0, columns - 1, 8)
        ]
    )

    def laid(mesh: Mesh) -> Mesh:
        return mesh.turned("x", 1.01).turned("y", -0.6)

    lowest = min(float(laid(mesh).positions[:, 1].min()) for mesh in (silk, crook))
    wine = np.array([0.26, 0.018, 0.028])
    return Token(
        [
            Piece("umbrella", laid(silk).moved(y=-lowest), leafy(wine, wine * 0.45, 0.35, 0.3, clearcoat=0.6)),
            Piece("frame", laid(merge([shaft, ribs])).moved(y=-lowest), plain((0.3, 0.3, 0.3), 0.3, metallic=1.0)),
            Piece("crook", laid(crook).moved(y=-lowest), plain((0.3, 0.14, 0.05), 0.35, clearcoat=0.5)),
        ]
    )
