"""Bloom: flowers as they are cut: one or two laid down, or a small jar of them."""

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.flora import Piece
from showroom.imagine.grow.grass import blade
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import smoothstep
from showroom.imagine.grow.rose import fallen_petal, stem
from showroom.imagine.grow.shapes import curve, lathe, rock, tube
from showroom.imagine.grow.things.arrange import CLAY, Maker, at_tip, matter, stems, thin, vase
from showroom.imagine.grow.things.heads import Head, bell, iris_head, violet_head
from showroom.imagine.grow.things.leafage import broad_leaf

_GREEN = np.array([0.05, 0.1, 0.03])


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
        soft = thin(color, pale(color) if throat is None else throat, through, 0.8, sheen=0.3)
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
        Piece("leaves", merge(leaves), thin(_GREEN, _GREEN * 1.8, 0.4)),
    ]


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
        flowers, leaves, kinds = [], [], [head(chance) for _ in range(3)]
        for path in paths:
            for step in range(3, 12):
                for _ in range(2 if many else 1):
                    turned = (
                        kinds[len(flowers) % 3]
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
