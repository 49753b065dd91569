"""Spice: seeds, pods, quills and threads as a spice merchant lays them out."""

from typing import Callable

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.flora import Piece
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.shapes import curve, lathe, patch, rock, tube
from showroom.imagine.grow.things.arrange import CLAY, Maker, bedding, dish, grounded, in_dish, matter, strewn


def seeds(
    shape: Callable[[int], Mesh],
    few: int,
    many_count: int,
    roughness: float = 0.75,
    clearcoat: float = 0.0,
    reach_m: float = 0.038,
    shade: float = 0.5,
    coarse: int = 1,
) -> Maker:
    """Anything small: a scatter of it, or a dish heaped with it.

    shape : from how finely it is cut (2 for the few that lie close, 1 or 0 for those in a dish).
    """

    def make(chance: Chance, color: np.ndarray, many: bool) -> list[Piece]:
        skin = matter(color, color * shade, roughness, clearcoat=clearcoat)
        if not many:
            return [
                Piece("seeds", grounded(strewn(chance, [shape(coarse + 1)], few, reach_m, 0.2), 0.006), skin)
            ]
        return [
            Piece("dish", dish(0.085), CLAY),
            Piece("bed", bedding(0.085), matter(color * 0.55, roughness=1.0)),
            Piece("seeds", in_dish(chance, [shape(coarse)], many_count, 0.085), skin),
        ]

    return make


def ellipsoid(rounds: int, long_m: float, wide: float, thick: float, lumps: float = 0.03) -> Mesh:
    """A seed along X, lying on y = 0; wide and thick are shares of its length."""
    mesh = rock(rounds, 5, lumps, (1, thick, wide), 0).scaled(long_m / 2)
    return mesh.moved(y=0.5 * thick * long_m)


def corn(rounds: int, size_m: float, wrinkle: float) -> Mesh:
    """A peppercorn, wrinkled as it dried."""
    ball = rock(rounds, 7, 0.03, (1, 1, 1), 0)
    ridges = np.abs(fbm(ball.positions * 2.6, 2, 3))
    ball = ball.displaced(-wrinkle * smoothstep(0.25, 0.0, ridges))
    return ball.shaded(second=smoothstep(0.2, 0.0, ridges)).scaled(size_m / 2).moved(y=size_m / 2)


def cardamom_pod(rounds: int) -> Mesh:
    """A three-cornered papery pod, 16 mm, ribbed along its length."""
    pod = rock(rounds, 5, 0.02, (1, 0.42, 0.42), 0)
    angle = np.arctan2(pod.positions[:, 1], pod.positions[:, 2])
    ribs = 0.05 * np.cos(3 * angle) + 0.018 * np.cos(15 * angle)
    pod = pod.displaced(ribs * smoothstep(1.0, 0.6, np.abs(pod.positions[:, 0])))
    return pod.shaded(second=0.5 + 0.5 * np.cos(15 * angle)).scaled(0.0095).moved(y=0.0042)


def clove_bud(rounds: int) -> Mesh:
    """A clove, 15 mm: a tapering stalk, four prongs and the round bud between them."""
    shaft = tube(
        np.array([[0, 0.002, -0.007], [0, 0.0022, -0.001], [0, 0.0025, 0.004]]),
        np.array([0.0009, 0.0016, 0.0019]),
        4 + rounds,
    )
    bud = rock(rounds, 3, 0.0, (1, 1, 1), 0).scaled(0.0021).moved(0, 0.0025, 0.0066)
    prongs = [
        tube(
            np.array(
                [
                    [0, 0, 0.004],
                    [0.0018 * np.sin(k * 1.57 + 0.8), 0.0018 * np.cos(k * 1.57 + 0.8), 0.0058],
                    [0.0031 * np.sin(k * 1.57 + 0.8), 0.0031 * np.cos(k * 1.57 + 0.8), 0.0064],
                ]
            )
            + [0, 0.0025, 0],
            np.array([0.0009, 0.0008, 0.0002]),
            3,
        )
        for k in range(4)
    ]
    return merge([shaft, bud.shaded(second=0.8), *prongs]).moved(y=0.0006)


def star(rounds: int) -> Mesh:
    """A star anise, 28 mm: eight boats round a hub, each open above on a shining seed (shade b)."""
    pieces = []
    for arm in range(8):
        v, u = np.meshgrid(
            np.linspace(1, 0, 3 + 2 * (rounds > 1)), np.linspace(-1, 1, 3 + 2 * (rounds > 1)), indexing="ij"
        )
        half = 0.0036 * np.sin(np.pi * (0.05 + 0.93 * v) ** 1.2) ** 0.8 + 0.0003
        deep = 0.0062 * np.sin(np.pi * (0.06 + 0.92 * v)) ** 0.7
        angle = u * 2.2
        points = np.stack(
            [np.sin(angle) * half, 0.0065 - np.cos(angle) * deep * 0.75 + 0.004 * v**3, 0.0025 + 0.0125 * v],
            axis=-1,
        )
        boat = patch(points)
        seed = (
            rock(max(0, rounds - 1), 4, 0.0, (0.55, 0.5, 1), 0)
            .scaled(0.0033)
            .moved(0, 0.0065, 0.0095)
            .shaded(second=1.0)
        )
        both = [
            boat.shaded(occlusion=0.6 + 0.4 * np.abs(u).reshape(-1)),
            boat.turned_inside_out().shaded(occlusion=0.4),
            seed,
        ]
        pieces += [part.turned("y", arm * np.pi / 4) for part in both]
    return merge(pieces)


def thread() -> list[Mesh]:
    """Saffron: threads that fork into three trumpets."""
    made = []
    for index in range(4):
        bend = 0.006 * np.sin(2.1 * index + 0.5)
        path = curve(np.array([[-0.015, 0.001, 0], [-0.004, 0.0025, bend], [0.004, 0.001, 0.3 * bend]]), 5)
        pieces = [tube(path, np.linspace(0.0003, 0.0005, 5), 3)]
        for arm in (-1, 0, 1):
            end = path[-1] + np.array([0.012, 0.001 + 0.002 * abs(arm), 0.006 * arm])
            way = curve(np.array([path[-1], (path[-1] + end) / 2 + [0, 0.001, 0.001 * arm], end]), 4)
            pieces.append(tube(way, np.linspace(0.00045, 0.00095, 4), 3).shaded(second=0.0))
        made.append(merge(pieces))
    return made


def saffron(chance: Chance, color: np.ndarray, many: bool) -> list[Piece]:
    """A tangle of crimson threads."""
    red = matter(color, np.array([0.75, 0.28, 0.02]), 0.55)
    if many:
        return [
            Piece("dish", dish(0.085), CLAY),
            Piece("bed", bedding(0.085, 0.22), matter(color * 0.6, roughness=1.0)),
            Piece("threads", in_dish(chance, thread(), 60, 0.085, 0.3), red),
        ]
    return [Piece("threads", grounded(strewn(chance, thread(), 26, 0.034, 0.35), 0.006), red)]


def quill(long_m: float, radius_m: float, seed: int) -> Mesh:
    """A cinnamon quill along X: bark rolled in from both edges; shade b is the paler inside."""
    turns, count = 1.35, 15
    t = np.linspace(-1, 1, 2 * count)
    angle = np.sign(t) * np.abs(t) * np.pi * (1 + turns) * 0.62
    radius = radius_m * (1.0 - 0.5 * np.abs(t))
    centre = np.sign(t) * 0.0
    section = np.stack([radius * np.sin(angle) + centre, radius_m - radius * np.cos(angle)], axis=1)
    along = np.linspace(-0.5, 0.5, 6) * long_m
    ragged = 0.02 * long_m * fbm(np.stack([t * 3, 0 * t + seed], 1), 2, seed)
    x = along[:, None] + np.where(np.abs(along[:, None]) > 0.49 * long_m, ragged[None], 0.0)
    rough = 1 + 0.05 * fbm(np.stack(np.broadcast_arrays(x / long_m * 6, t[None] * 4), -1), 2, seed)
    points = np.stack(
        [x, np.broadcast_to(section[:, 1], x.shape) * rough, np.broadcast_to(section[:, 0], x.shape) * rough],
        -1,
    )
    sheet = patch(points)
    curled = np.tile(np.abs(t), len(along))
    outer = sheet.shaded(occlusion=1 - 0.6 * smoothstep(0.35, 0.9, curled))
    inner = sheet.turned_inside_out()
    inner = Mesh(inner.positions - 0.0006 * sheet.normals, inner.normals, inner.uv, inner.shade, inner.faces)
    return merge([outer, inner.shaded(second=1.0, occlusion=0.75 - 0.4 * smoothstep(0.2, 0.9, curled))])


def cinnamon(chance: Chance, color: np.ndarray, many: bool) -> list[Piece]:
    """Quills crossed, or a bundle tied with twine."""
    bark = matter(color, color * 1.5, 0.8)
    if not many:
        laid = [
            quill(0.085, 0.0075, 3).turned("y", 0.5),
            quill(0.08, 0.0068, 5).turned("y", -0.35).moved(0.004, 0.0135, 0.006),
            quill(0.07, 0.006, 7).turned("y", 1.2).moved(-0.01, 0.0, 0.026),
        ]
        return [Piece("quills", grounded(merge(laid), 0.012), bark)]
    spots = [(y, z) for y, row in enumerate(((-1.5, -0.5, 0.5, 1.5), (-1, 0, 1), (-0.5, 0.5))) for z in row]
    laid = [
        quill(0.17 * chance.uniform(0.93, 1.05), 0.0085, 3 + k)
        .turned("x", chance.uniform(-0.6, 0.6) * 0)
        .moved(0.008 * chance.normal(), 0.0148 * y, 0.0172 * z)
        for k, (y, z) in enumerate(spots)
    ]
    loop = np.linspace(0, 6 * np.pi, 70)
    twine = tube(
        np.stack([0.004 * (loop / 9 - 1), 0.0225 + 0.0265 * np.cos(loop), 0.037 * np.sin(loop)], 1), 0.0013, 5
    )
    spare = star(1)
    return [
        Piece("quills", grounded(merge(laid).turned("y", 0.45), 0.03), bark),
        Piece("twine", twine.turned("y", 0.45), matter(np.array([0.4, 0.32, 0.2]))),
        Piece(
            "stars",
            merge([spare.moved(0.02, 0.0, 0.09), spare.scaled(0.8).moved(-0.055, 0.0, 0.085)]),
            matter(np.array([0.13, 0.05, 0.025]), np.array([0.2, 0.07, 0.02]), 0.5),
        ),
    ]


def nutmeg(chance: Chance, color: np.ndarray, many: bool) -> list[Piece]:
    """Nutmegs, and one cut across: veined pale and dark."""
    nut = rock(2, 6, 0.02, (1.2, 1, 1), 0)
    nut = (
        nut.displaced(-0.03 * np.abs(fbm(nut.positions * np.array([1.5, 5, 5]), 2, 4)))
        .scaled(0.0125)
        .moved(y=0.0122)
    )
    spots = 9 if many else 3
    lain = strewn(chance, [nut], spots, 0.075 if many else 0.03, 0.4, 0.028)
    face = patch(
        np.stack(
            [
                np.outer(np.linspace(1, 0, 8), np.sin(np.linspace(0, 2 * np.pi, 29))) * 0.0125,
                np.full((8, 29), 0.0),
                np.outer(np.linspace(1, 0, 8), np.cos(np.linspace(0, 2 * np.pi, 29))) * 0.0125,
            ],
            -1,
        )
    )
    face = face if face.normals[:, 1].mean() > 0 else face.turned_inside_out()
    veins = smoothstep(0.1, 0.3, np.abs(fbm(face.positions * 330, 2, 9)))
    at = (0.012, 0.0125, 0.034) if not many else (0.03, 0.0125, 0.1)
    half = rock(2, 6, 0.02, (1, 0.9, 1), 0).scaled(0.0123).moved(y=-0.0118)
    cut = merge([face.shaded(second=1 - veins)]).turned("x", 0.7).moved(*at)
    return [
        Piece(
            "nuts",
            grounded(merge([lain, half.turned("x", 0.7).moved(*at)]), 0.012),
            matter(color, color * 0.5, 0.75),
        ),
        Piece("cut", cut, matter(np.array([0.45, 0.3, 0.17]), np.array([0.13, 0.055, 0.025]), 0.6)),
    ]


def ginger(chance: Chance, color: np.ndarray, many: bool) -> list[Piece]:
    """A knobbly root with rings, and coins cut from it."""
    knobs = [
        (-0.03, 0.013, 0.0, 0.015),
        (-0.008, 0.016, 0.004, 0.019),
        (0.016, 0.014, -0.002, 0.017),
        (0.036, 0.016, -0.006, 0.014),
        (-0.012, 0.03, -0.014, 0.013),
        (0.02, 0.016, 0.022, 0.013),
        (0.04, 0.026, -0.022, 0.01),
    ]
    size = 1.9 if many else 1.0
    pieces = []
    for index, (x, y, z, r) in enumerate(knobs):
        knob = rock(2, 20 + index, 0.1, (1.25, 0.9, 1.0), 0).scaled(r)
        rings = 0.0006 * np.sin(knob.positions[:, 0] * 900)
        pieces.append(knob.displaced(rings).turned("y", 0.8 * index).moved(x, y, z))
    root = grounded(merge(pieces), 0.02).scaled(size).turned("y", 0.5)
    coin = lathe(
        np.array([(0.0, 0.0034), (0.8, 0.0036), (1.0, 0.0026), (1.0, 0.0008), (0.9, 0.0), (0.0, 0.0)])
        * np.array([0.013, 1.0]),
        18,
    )
    coin = coin.displaced(0.0012 * fbm(coin.positions * 120, 1, 2)).moved(y=0.0005)
    coins = merge(
        [
            coin.scaled(size)
            .turned("x", 0.2 * (k % 2))
            .moved(0.03 * size * np.sin(1.2 * k + 0.4), 0.002, 0.034 * size * np.cos(0.7 * k) + 0.004)
            for k in range(3)
        ]
    )
    return [
        Piece("root", root, matter(color, color * 0.6, 0.75)),
        Piece("coins", coins, matter(np.array([0.66, 0.5, 0.2]), roughness=0.5)),
    ]


def beans(shape: Callable[[int], Mesh], few: int, many_count: int, **look) -> Maker:
    """Coffee, tonka, almonds and nuts: as `seeds`, wider apart."""
    return seeds(shape, few, many_count, reach_m=0.044, **look)


def grooved(rounds: int, long_m: float, wide: float, thick: float, groove: float) -> Mesh:
    """A bean with a furrow down its upper face; shade b lies in it."""
    mesh = rock(rounds, 5, 0.015, (1, thick, wide), 0)
    x, y, z = mesh.positions.T
    furrow = (
        np.exp(-(((z + 0.05 * np.sin(3 * x)) / (0.13 * wide)) ** 2))
        * (y > 0)
        * smoothstep(1.0, 0.7, np.abs(x))
    )
    mesh = mesh.displaced(np.stack([0 * x, -groove * furrow, 0 * z], axis=1))
    return mesh.shaded(second=furrow).scaled(long_m / 2).moved(y=0.5 * thick * long_m)


def wrinkled(rounds: int, long_m: float, wide: float, thick: float, depth: float, point: float = 0.0) -> Mesh:
    """A bean or an almond wrinkled along its length; point draws one end out."""
    mesh = rock(rounds, 5, 0.03, (1, thick, wide), 0)
    x, y, z = mesh.positions.T
    angle = np.arctan2(y / thick, z / wide)
    lines = np.abs(fbm(np.stack([np.cos(angle) * 3.2, np.sin(angle) * 3.2, x * 0.8], axis=1), 2, 3))
    mesh = mesh.displaced(-depth * smoothstep(0.22, 0.0, lines))
    narrow = 1 - point * smoothstep(0.1, 1.0, x)
    mesh = mesh.displaced(np.stack([0 * x, y * (narrow - 1), z * (narrow - 1)], axis=1))
    return mesh.shaded(second=smoothstep(0.2, 0.0, lines)).scaled(long_m / 2).moved(y=0.5 * thick * long_m)
