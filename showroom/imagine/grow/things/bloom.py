"""Bloom: flowers as they are cut: one or two laid down, or a small jar of them."""

from typing import Callable

import numpy as np

from showroom.imagine.grow import vanilla
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.flora import Piece
from showroom.imagine.grow.grass import blade
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.rose import bud, fallen_petal, rose, stem
from showroom.imagine.grow.shapes import curve, lathe, patch, rock, tube
from showroom.imagine.grow.things.arrange import CLAY, Maker, at_tip, matter, stems, thin, vase
from showroom.imagine.grow.things.leafage import broad_leaf

_GREEN = np.array([0.05, 0.1, 0.03])
Head = Callable[[Chance], Mesh]


def pale(color: np.ndarray) -> np.ndarray:
    """What a petal's base and rim turn to."""
    return np.clip(color * 0.55 + np.array([0.3, 0.22, 0.13]), 0, 0.82)


def cut(
    head: Head,
    size_m: float,
    *,
    count: int = 7,
    tall_m: float = 0.16,
    leaf: tuple[float, float, int] | None = (0.05, 0.03, 7),
    throat: np.ndarray | None = None,
    few: int = 2,
    petals: bool = False,
    stem_m: float = 0.0021,
    through: float = 0.4,
    spread_m: float = 0.1,
) -> Maker:
    """A flower from the mesh of its head (1 across, looking up +Y, shade b its throat).

    leaf : length, width and teeth of the leaves on its stems.   few : heads that lie before the hero.
    """

    def make(chance: Chance, color: np.ndarray, many: bool) -> list[Piece]:
        heads, greens, leaves = [], [], []
        if many:
            paths = stems(chance, count, tall_m, spread_m, 0.1)
        else:
            paths = [_laid(chance, index, size_m) for index in range(few)]
        for index, path in enumerate(paths):
            size = size_m * chance.uniform(0.85, 1.1) * (1.0 if index % 4 else 1.1)
            draw = chance.child(f"head {index}")
            heads.append(
                at_tip(head(draw), path, draw, size) if many else _resting(head(draw), path, draw, size)
            )
            greens.append(stem(path, stem_m, 5))
            if leaf:
                for step in (4, 6) if many else (3, 5):
                    one = broad_leaf(draw, leaf[0] * draw.uniform(0.8, 1.1), leaf[1], 0.3, leaf[2])
                    one = one.turned("x", -0.3).turned("y", draw.uniform(0, 6.3))
                    leaves.append(one.moved(*path[step]))
        soft = thin(color, pale(color) if throat is None else throat, through, 0.6, sheen=0.3)
        pieces = [
            Piece("flowers", merge(heads), soft),
            Piece("stems", merge(greens), matter(_GREEN, roughness=0.7)),
        ]
        if leaves:
            kept = [mesh.moved(y=max(0.0, 0.002 - float(mesh.positions[:, 1].min()))) for mesh in leaves]
            pieces.append(Piece("leaves", merge(kept), thin(_GREEN * 0.9, _GREEN * 2, 0.35)))
        if many:
            pieces.append(Piece("jar", vase(0.1), CLAY))
        if petals:
            fallen = merge(
                [
                    fallen_petal()
                    .scaled(0.5 * size_m)
                    .turned("y", 2.4 * k)
                    .moved(0.75 * size_m * np.sin(1.9 * k + 1), 0.002, 0.75 * size_m * np.cos(1.9 * k + 1))
                    for k in range(4)
                ]
            )
            pieces.append(Piece("petals", fallen.scaled(1.4, 1, 1.4) if many else fallen, soft))
        return pieces

    return make


def _laid(chance: Chance, index: int, size_m: float) -> np.ndarray:
    """A short stem on the ground whose end lifts the head a little."""
    turn = 2.2 * index + 0.7 + 0.3 * chance.normal()
    way = np.array([np.sin(turn), 0.0, np.cos(turn)])
    lift = np.array([0, 1.0, 0])
    return curve(
        np.array(
            [-0.055 * way + 0.003 * lift, -0.02 * way + 0.006 * lift, 0.014 * way + 0.22 * size_m * lift]
        ),
        9,
    )


def _resting(mesh: Mesh, path: np.ndarray, chance: Chance, size: float) -> Mesh:
    """A head at a laid stem's end, looking up and towards the visitor, its lowest petal on the ground."""
    head = mesh.scaled(size).turned("y", chance.uniform(0, 6.3)).turned("x", 0.55).moved(*path[-1])
    return head.moved(y=max(0.0, 0.001 - float(head.positions[:, 1].min())))


def full_rose(chance: Chance) -> Mesh:
    """A garden rose, open."""
    return rose(chance, 24, 5, 5, 0.85)


def peony(chance: Chance) -> Mesh:
    """A ball of many ruffled petals, wide as it is tall."""
    mesh = rose(chance, 34, 5, 5, 0.75)
    ruffle = 0.025 * fbm(mesh.positions * 9, 2, 5) * smoothstep(0.12, 0.4, mesh.positions[:, 1])
    return (
        mesh.displaced(ruffle)
        .scaled(1.0, 0.85, 1.0)
        .shaded(second=0.7 * smoothstep(0.3, 0.05, mesh.positions[:, 1]))
    )


def carnation(chance: Chance) -> Mesh:
    """A fan of narrow petals cut to fringes."""
    petals = []
    for index in range(21):
        share = index / 20
        v, u = np.meshgrid(np.linspace(1, 0, 5), np.linspace(-1, 1, 7), indexing="ij")
        half = 0.2 * v**0.8
        fringe = 0.05 * v**3 * np.sign(np.sin(u * 16 + index))
        lean = 0.12 + 1.15 * share
        out, up = np.sin(lean * v), np.cos(0.8 * lean * v)
        points = np.stack(
            [u * half, 0.42 * v * up + fringe * 0.6, 0.44 * v * out + fringe + 0.02 * np.sin(u * 7)], -1
        )
        petals.append(
            patch(points)
            .shaded(
                second=0.6 * smoothstep(0.85, 1.0, v).reshape(-1),
                occlusion=(0.35 + 0.65 * v * (0.6 + 0.4 * share)).reshape(-1),
            )
            .turned("y", 2.39996 * index)
        )
    return merge(petals)


def star(
    petals: int,
    wide: float,
    cup: float,
    point: float = 0.5,
    notch: float = 0.0,
    gold: float = 0.14,
    rows: int = 6,
    columns: int = 5,
) -> Head:
    """A simple open flower: `petals` round a golden eye (shade b); point: 0 round to 1 pointed tips."""

    def head(chance: Chance) -> Mesh:
        pieces = []
        for index in range(petals):
            v, u = np.meshgrid(np.linspace(1, 0, rows), np.linspace(-1, 1, columns), indexing="ij")
            blunt = (1 - v ** (6 - 4 * point)).clip(0) ** (0.5 + 0.3 * point)
            half = (
                0.5 * wide * (0.25 + 0.75 * np.sin(np.pi * np.clip(v, 0, 1) * 0.62)) * (0.05 + 0.95 * blunt)
            )
            dent = notch * 0.12 * (1 - np.abs(u)) * smoothstep(0.7, 1.0, v)
            y = (
                0.5 * cup * np.sin(1.9 * v) * v
                + 0.1 * half * np.abs(u) ** 2
                + 0.02 * np.sin(5 * u + index) * v
            )
            points = np.stack([u * half, y, 0.5 * v * (1 - 0.25 * cup * v) * (1 - dent)], -1)
            petal = patch(points).shaded(
                second=smoothstep(0.32, 0.05, v).reshape(-1), occlusion=(0.55 + 0.45 * v).reshape(-1)
            )
            pieces.append(
                petal.turned("y", 2 * np.pi * index / petals + 0.08 * chance.normal()).turned(
                    "x", 0.06 * chance.normal()
                )
            )
        eye = (
            rock(1 if rows > 4 else 0, 3, 0.1, (1, 0.6, 1), 0)
            .scaled(gold * 0.5)
            .moved(y=0.02 + 0.04 * cup)
            .shaded(second=1.0)
        )
        return merge([*pieces, eye])

    return head


def cluster(head: Head, count: int, spread: float, size: float, tall: float = 0.3) -> Head:
    """Many small flowers crowded into one head, looking outwards."""

    def whole(chance: Chance) -> Mesh:
        pieces = []
        for index in range(count):
            share = (index + 0.5) / count
            lean, turn = 1.5 * np.sqrt(share), 2.39996 * index
            at = (
                spread * np.sin(lean) * np.sin(turn),
                tall * np.cos(lean) + 0.05,
                spread * np.sin(lean) * np.cos(turn),
            )
            pieces.append(head(chance).scaled(size).turned("x", lean * 0.9).turned("y", turn).moved(*at))
        return merge(pieces)

    return whole


def raceme(head: Head, count: int, size: float, drop: float = 0.0, girth: float = 0.16) -> Head:
    """Flowers up a spike from the origin down to y = −1: tuberose, lilac; drop: how far they hang."""

    def whole(chance: Chance) -> Mesh:
        pieces = []
        for index in range(count):
            share = index / max(count - 1, 1)
            turn = 2.39996 * index
            grow = size * (0.45 + 0.55 * share)
            out = girth * (0.3 + 0.7 * share)
            flower = head(chance).scaled(grow).turned("x", 0.5 + 0.9 * share + drop).turned("y", turn)
            pieces.append(flower.moved(out * np.sin(turn), -share, out * np.cos(turn)))
        return merge(pieces)

    return whole


def bell(chance: Chance) -> Mesh:
    """A little bell hanging down, its rim turned out."""
    rows = np.array([(0.0, 0.0), (0.3, -0.08), (0.42, -0.35), (0.4, -0.6), (0.52, -0.78)])
    mesh = lathe(rows, 10)
    flare = (
        0.06
        * np.cos(6 * np.arctan2(mesh.positions[:, 0], mesh.positions[:, 2]))
        * smoothstep(-0.5, -0.78, mesh.positions[:, 1])
    )
    return mesh.displaced(flare).shaded(occlusion=0.9)


def muguet(chance: Chance, color: np.ndarray, many: bool) -> list[Piece]:
    """Lily of the valley: arching stalks of bells between two broad leaves."""
    bells, stalks, leaves = [], [], []
    tall = 0.17 if many else 0.085
    for index in range(7 if many else 2):
        turn = 2.39996 * index + 0.5
        way = np.array([np.sin(turn), 0, np.cos(turn)])
        root = 0.02 * way * (index > 0)
        path = curve(
            np.array(
                [root, root + [0, 0.6 * tall, 0] + 0.1 * tall * way, root + [0, tall, 0] + 0.45 * tall * way]
            ),
            10,
        )
        stalks.append(stem(path, 0.0013, 4))
        for step in range(4, 10):
            one = bell(chance).scaled(0.009 * (1.2 - 0.06 * step) * (1.3 if many else 1.0))
            bells.append(
                one.turned("z", 0.3 * chance.normal()).moved(*(path[step] + 0.008 * way + [0, -0.002, 0]))
            )
    for turn in (0.0, 1.9, 3.4, 5.0) if many else (0.3, 3.0):
        leaf = broad_leaf(chance, 1.25 * tall, 0.42 * tall, 0.1).turned("x", -0.95)
        leaves.append(leaf.turned("y", turn))
    return [
        Piece("bells", merge(bells), thin(color, color, 0.45)),
        Piece("stalks", merge(stalks), matter(_GREEN * 1.4)),
        Piece("leaves", merge(leaves), thin(_GREEN, _GREEN * 1.8, 0.4, 0.5)),
    ]


def violet_head(chance: Chance) -> Mesh:
    """Two petals up, two aside, a broad lip below with its pale eye."""
    pieces = []
    for turn, long, wide in (
        (-0.45, 0.42, 0.3),
        (0.45, 0.42, 0.3),
        (-1.6, 0.4, 0.26),
        (1.6, 0.4, 0.26),
        (3.14, 0.52, 0.42),
    ):
        v, u = np.meshgrid(np.linspace(1, 0, 5), np.linspace(-1, 1, 5), indexing="ij")
        half = wide * np.sin(np.pi * np.clip(0.12 + 0.76 * v, 0, 1)) ** 0.8
        points = np.stack([u * half, 0.12 * v**2 + 0.06 * np.abs(u) * v, long * v], -1)
        pieces.append(patch(points).shaded(second=smoothstep(0.35, 0.1, v).reshape(-1)).turned("y", turn))
    return merge(pieces).turned("x", 0.9)


def posy(chance: Chance, color: np.ndarray, many: bool) -> list[Piece]:
    """Violets: a tight round bunch among heart-shaped leaves, tied."""
    radius, count = (0.064, 26) if many else (0.037, 14)
    lift = 0.075 if many else 0.03
    flowers, stalks, leaves = [], [], []
    for index in range(count):
        share = (index + 0.5) / count
        lean, turn = 1.2 * np.sqrt(share), 2.39996 * index
        at = np.array(
            [
                radius * np.sin(lean) * np.sin(turn),
                lift + 0.55 * radius * np.cos(lean),
                radius * np.sin(lean) * np.cos(turn),
            ]
        )
        flowers.append(violet_head(chance).scaled(0.024).turned("x", 0.6 * lean).turned("y", turn).moved(*at))
        stalks.append(
            stem(curve(np.array([[0, 0.002, 0], [0.3 * at[0], 0.5 * at[1], 0.3 * at[2]], at]), 5), 0.0009, 3)
        )
    for index in range(9 if many else 6):
        turn = 2 * np.pi * index / (9 if many else 6) + 0.2
        leaf = broad_leaf(chance, 0.9 * radius, 0.85 * radius, 0.25, 12).turned("x", -0.25)
        leaves.append(leaf.moved(0, 0, 0.72 * radius).turned("y", turn).moved(y=0.72 * lift))
    pieces = [
        Piece("violets", merge(flowers), thin(color, np.array([0.75, 0.7, 0.6]), 0.4)),
        Piece("stalks", merge(stalks), matter(_GREEN)),
        Piece("leaves", merge(leaves), thin(_GREEN * 0.9, _GREEN * 1.8, 0.35)),
    ]
    return [*pieces, Piece("jar", vase(0.085), CLAY)] if many else pieces


def iris_head(chance: Chance) -> Mesh:
    """Three standards that close above, three falls that hang, each with its beard (shade b)."""
    pieces = []
    for index in range(3):
        v, u = np.meshgrid(np.linspace(1, 0, 8), np.linspace(-1, 1, 7), indexing="ij")
        half = 0.3 * np.sin(np.pi * np.clip(0.06 + 0.86 * v, 0, 1)) ** 0.7
        ruffle = 0.035 * np.sin(u * 8 + index) * v**2
        z = 0.55 * np.cumsum(np.sin(1.5 - 2.2 * v[::-1]), axis=0)[::-1] / 8 * 1.4
        y = 0.55 * np.cumsum(np.cos(1.5 - 2.2 * v[::-1]), axis=0)[::-1] / 8 * 1.9
        standard = patch(np.stack([u * half, y + ruffle, z * (1 - 0.3 * v) + 0.12 * half * np.abs(u)], -1))
        fz = 0.62 * np.sin(v * 1.45)
        fy = 0.2 * np.sin(v * 2.4) - 0.42 * v**2.6
        fall = patch(np.stack([u * half * 1.25, fy + ruffle - 0.06 * np.abs(u) ** 2, fz], -1))
        beard = (np.exp(-((u / 0.16) ** 2)) * smoothstep(0.75, 0.35, v)).reshape(-1)
        pieces.append(
            standard.shaded(occlusion=(0.6 + 0.4 * v).reshape(-1), second=0.0).turned(
                "y", index * 2.0944 + 1.0472
            )
        )
        pieces.append(
            fall.shaded(second=beard, occlusion=(0.6 + 0.4 * v).reshape(-1)).turned("y", index * 2.0944)
        )
    return merge(pieces)


def iris(chance: Chance, color: np.ndarray, many: bool) -> list[Piece]:
    """Irises among their swords, and a knotted root of orris cut to show its pale flesh."""
    if many:
        paths = stems(chance, 4, 0.2, 0.07, 0.1)
        swords = merge(
            [
                blade(0.24 * chance.uniform(0.7, 1.1), 0.018, 0.15, 0.25)
                .turned("y", chance.uniform(0, 6.3))
                .moved(y=0.07)
                for _ in range(8)
            ]
        )
        heads = [at_tip(iris_head(chance), path, chance, 0.085) for path in paths]
    else:
        paths = [_laid(chance, 0, 0.07)]
        swords = merge(
            [blade(0.1, 0.013, 1.45, 0.15).turned("y", turn).moved(y=0.004) for turn in (0.5, 2.9)]
        )
        heads = [_resting(iris_head(chance), paths[0], chance, 0.07)]
    knob = merge(
        [
            rock(2, 30 + k, 0.15, (1.3, 0.7, 0.9), 0).scaled(0.013).moved(0.017 * k, 0.008, 0.006 * (k % 2))
            for k in range(3)
        ]
    )
    at = (0.03, 0.0, 0.085) if many else (0.01, 0.0, 0.042)
    pieces = [
        Piece("irises", merge(heads), thin(color, np.array([0.72, 0.48, 0.08]), 0.45)),
        Piece(
            "stems",
            merge([*[stem(path, 0.003, 5) for path in paths], swords]),
            thin(_GREEN * 1.3, _GREEN * 2, 0.3),
        ),
        Piece(
            "root",
            knob.turned("y", 0.4).moved(*at),
            matter(np.array([0.42, 0.33, 0.22]), np.array([0.2, 0.14, 0.08]), 0.85),
        ),
    ]
    return [*pieces, Piece("jar", vase(0.1), CLAY)] if many else pieces


def lavender(chance: Chance, color: np.ndarray, many: bool) -> list[Piece]:
    """Spikes cut long and tied, lying; or a jar of them."""
    rows = (
        np.stack(
            [
                np.interp(np.linspace(0, 1, 17), [0, 0.1, 0.35, 0.8, 1], [0.0, 2.2, 4.2, 4.4, 0.0]),
                np.linspace(46, -2, 17),
            ],
            axis=1,
        )
        * 0.001
    )
    head = lathe(rows, 8)
    turn = np.arctan2(head.positions[:, 0], head.positions[:, 2])
    whorl = np.sin(head.positions[:, 1] * 950)
    head = head.displaced(0.0016 * whorl + 0.0008 * np.cos(4 * turn + 3 * np.sign(whorl)))
    head = head.shaded(second=smoothstep(0.0, 0.9, whorl), occlusion=0.6 + 0.4 * smoothstep(-1, 0.6, whorl))
    if many:
        paths = stems(chance, 22, 0.19, 0.1, 0.1)
    else:
        paths = [
            curve(
                np.array(
                    [
                        [0.006 * chance.normal(), 0.004 + 0.003 * abs(chance.normal()), -0.06],
                        [0.002 * chance.normal(), 0.006 + 0.003 * abs(chance.normal()), -0.02],
                        [0.014 * chance.normal(), 0.01 + 0.005 * abs(chance.normal()), 0.028],
                    ]
                ),
                7,
            )
            for _ in range(13)
        ]
    heads = [at_tip(head, path, chance, chance.uniform(0.85, 1.1)) for path in paths]
    green = np.array([0.13, 0.18, 0.1])
    pieces = [
        Piece("spikes", merge(heads), matter(color, color * 1.6, 0.85)),
        Piece("stems", merge([stem(path, 0.0009, 3) for path in paths]), matter(green, roughness=0.8)),
    ]
    if many:
        return [*pieces, Piece("jar", vase(0.1), CLAY)]
    loop = np.linspace(0, 4 * np.pi, 30)
    tie = tube(
        np.stack([0.009 * np.sin(loop), 0.008 + 0.008 * np.cos(loop), -0.02 + 0.0004 * loop], 1), 0.0011, 4
    )
    return [*pieces, Piece("tie", tie, matter(np.array([0.42, 0.34, 0.2])))]


def orchid_head(chance: Chance) -> Mesh:
    """Five broad sepals and a fluted lip."""
    return vanilla.orchid(chance).scaled(13.0)


def twig(head: Head, size_m: float, throat: np.ndarray, leaf: bool = False) -> Maker:
    """Blossom on bare wood: cherry, plum, orange: a branch laid, or three standing."""

    def make(chance: Chance, color: np.ndarray, many: bool) -> list[Piece]:
        if many:
            paths = [
                curve(
                    np.array(
                        [
                            [0, 0.04, 0],
                            [0.05 * np.sin(t), 0.16, 0.05 * np.cos(t)],
                            [0.15 * np.sin(t + 0.5), 0.28 - 0.03 * k, 0.15 * np.cos(t + 0.5)],
                        ]
                    ),
                    12,
                )
                for k, t in enumerate((0.4, 2.3, 4.5))
            ]
        else:
            paths = [
                curve(np.array([[-0.055, 0.004, -0.012], [-0.01, 0.011, 0.006], [0.05, 0.012, 0.0]]), 12)
            ]
        flowers, leaves = [], []
        for path in paths:
            for step in range(3, 12):
                for _ in range(2 if many else 1):
                    turned = (
                        head(chance)
                        .scaled(size_m * chance.uniform(0.8, 1.1))
                        .turned("x", chance.uniform(-0.2, 1.0))
                    )
                    off = 0.012 * np.array([chance.normal(), abs(chance.normal()), chance.normal()])
                    flowers.append(turned.turned("y", chance.uniform(0, 6.3)).moved(*(path[step] + off)))
                if leaf and step % 2:
                    leaves.append(
                        broad_leaf(chance, 0.045, 0.02, 0.25)
                        .turned("x", -0.3)
                        .turned("y", chance.uniform(0, 6.3))
                        .moved(*path[step])
                    )
        wood = merge([tube(path, np.linspace(0.003, 0.0012, 12), 6) for path in paths])
        pieces = [
            Piece("blossom", merge(flowers), thin(color, throat, 0.45)),
            Piece("wood", wood, matter(np.array([0.09, 0.06, 0.045]))),
        ]
        if leaves:
            pieces.append(Piece("leaves", merge(leaves), thin(_GREEN, _GREEN * 2, 0.35)))
        return [*pieces, Piece("jar", vase(0.1), CLAY)] if many else pieces

    return make


def balls(chance: Chance) -> Mesh:
    """A spray of downy yellow balls: mimosa, 1 long."""
    pieces = []
    for index in range(26):
        share = index / 25
        turn = 2.4 * index
        out = 0.2 * np.sin(np.pi * (0.15 + 0.8 * share))
        ball = rock(0, 3, 0.08, (1, 1, 1), 0).scaled(0.06)
        pieces.append(ball.moved(out * np.sin(turn), -share, out * np.cos(turn)))
    return merge(pieces)


def with_bud(chance: Chance) -> Mesh:
    """A rose with its sepals; one in four is still a bud."""
    if chance.uniform() < 0.2:
        return bud(chance).scaled(0.6)
    return full_rose(chance)
