"""Leafage: leaves and sprigs cut, dried or rolled: patchouli, tobacco, tea, mint, needles, moss."""

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.flora import Piece
from showroom.imagine.grow.grass import blade
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.rose import stem
from showroom.imagine.grow.shapes import curve, icosphere, patch, rock, tube
from showroom.imagine.grow.things.arrange import (
    CLAY,
    Maker,
    bedding,
    dish,
    grounded,
    in_dish,
    matter,
    srgb,
    stems,
    strewn,
    thin,
    vase,
)

_LARGE_M = 0.085  # a leaf longer than this is cut finer
_EDGE_M = 0.125  # radius of a stand's top
_STANDING = 10  # points of a sprig that stands in a jar; its leaves are the full-grown ones


def broad_leaf(
    chance: Chance, long_m: float, wide_m: float, arch: float = 0.3, teeth: int = 0, wrinkle: float = 0.4
) -> Mesh:
    """One leaf from the origin along +Z, face up: midrib and side veins sunk, its edge waved, tip hanging.

    Shade b is the paler veins. teeth: notches down each edge.
    """
    rows, columns = (13, 7) if long_m > _LARGE_M else (7, 5)
    v, u = np.meshgrid(np.linspace(1, 0, rows), np.linspace(-1, 1, columns), indexing="ij")
    half = 0.5 * wide_m * np.sin(np.pi * np.clip(0.03 + 0.96 * v, 0, 1) ** 0.8) ** 0.8
    if teeth:
        half = half * (1 + 0.1 * np.abs(u) ** 4 * np.sign(np.sin(v * np.pi * teeth)))
    side = np.abs(np.sin((v * 8 - 2.2 * np.abs(u)) * np.pi)) * np.abs(u) * (1 - np.abs(u) ** 4)
    waves = 0.06 * wide_m * np.sin(9 * v + chance.uniform(0, 6)) * u**2 * np.sign(u)
    y = long_m * arch * (v - 1.25 * v**2) + 0.22 * half * np.abs(u) + waves
    y = y + wrinkle * 0.045 * wide_m * side
    curl = 0.12 * long_m * chance.normal() * v**2
    mesh = patch(np.stack([-u * half + curl, y, long_m * v], axis=-1))
    mesh = mesh if mesh.normals[:, 1].mean() > 0 else mesh.turned_inside_out()
    vein = np.maximum(np.exp(-((u / 0.09) ** 2)), 0.45 * smoothstep(0.25, 0.0, side) * (np.abs(u) < 0.85))
    return mesh.shaded(
        second=(0.6 * vein).reshape(-1), flex=0.0, occlusion=0.75 + 0.25 * np.abs(u).reshape(-1)
    )


def sprig(
    leaf_m: float, wide: float, pairs: int, teeth: int = 0, wrinkle: float = 0.5, standing: bool = True
) -> Maker:
    """Mint, basil, patchouli: square stems with leaves in crossed pairs; many stand in a jar."""

    def twig(chance: Chance, path: np.ndarray) -> tuple[Mesh, Mesh]:
        leaves = []
        for pair in range(pairs):
            at = path[1 + int((len(path) - 2) * (pair + 0.6) / pairs)]
            size = leaf_m * (1.05 - 0.5 * pair / pairs) * (1.35 if len(path) == _STANDING else 1.0)
            for side in (0, np.pi):
                leaf = broad_leaf(chance, size * chance.uniform(0.85, 1.1), wide * size, 0.35, teeth, wrinkle)
                leaf = leaf.turned("x", -0.35 * chance.uniform(0.3, 1.3))
                leaves.append(leaf.turned("y", side + pair * np.pi / 2 + 0.2 * chance.normal()).moved(*at))
        return merge(leaves), stem(path, 0.0018, 5)

    def make(chance: Chance, color: np.ndarray, many: bool) -> list[Piece]:
        pieces = []
        if many and standing:
            paths = [curve(path, _STANDING) for path in stems(chance, 6, 0.12, 0.09, 0.1)]
            pieces.append(Piece("jar", vase(0.1), CLAY))
        else:
            tall = 2.2 * leaf_m
            paths = []
            for index in range(4 if many else 2):
                turn = 1.9 * index + chance.uniform(0, 0.6)
                way = np.array([np.sin(turn), 0, np.cos(turn)])
                lift = np.array([0.0, 1.0, 0.0])
                foot = -0.5 * tall * way + 0.006 * lift
                paths.append(
                    curve(
                        np.array(
                            [foot, foot + 0.5 * tall * way + 0.012 * lift, foot + tall * way + 0.03 * lift]
                        ),
                        9,
                    )
                )
        twigs = [twig(chance, path) for path in paths]
        pieces += [
            Piece("leaves", merge([leaves for leaves, _ in twigs]), thin(color, color * 1.7, 0.35, 0.9)),
            Piece("stems", merge([wood for _, wood in twigs]), matter(color * 0.9 + 0.02)),
        ]
        return pieces

    return make


def rolled_leaf(chance: Chance, color: np.ndarray, many: bool) -> list[Piece]:
    """Tobacco: big cured leaves one over another, and two rolled tight."""
    leaves, rolls = [], []
    for index in range(6 if many else 2):
        long_m = (0.21 if many else 0.1) * chance.uniform(0.85, 1.05)
        leaf = broad_leaf(chance, long_m, 0.42 * long_m, 0.16, 0, 1.6).moved(z=-0.5 * long_m)
        rough = 0.006 * fbm(leaf.positions * 38, 2, index) + 0.0018 * index
        leaf = leaf.displaced(np.stack([0 * rough, rough + 0.004, 0 * rough], axis=1))
        leaf = leaf.moved(y=-min(0.0, float(leaf.positions[:, 1].min())))
        leaves.append(leaf.turned("y", 0.5 * index - 1.1 + 0.3 * chance.normal()))
    for index in range(3 if many else 1):
        long_m = 0.13 if many else 0.075
        along = np.linspace(-0.5, 0.5, 22) * long_m
        radius = 0.0085 * np.minimum(1, 6 * (0.5 - np.abs(along / long_m)) + 0.45)
        path = np.stack(
            [along, np.full(22, 0.018 + 0.012 * (index == 2)), np.full(22, 0.02 * (index % 2))], axis=1
        )
        roll = tube(path, radius, 12)
        spiral = 0.0004 * np.sign(
            np.sin(np.arctan2(roll.positions[:, 2], roll.positions[:, 1]) + 170 * roll.positions[:, 0])
        )
        rolls.append(roll.displaced(spiral).turned("y", 0.4 * index + 0.5))
    return [
        Piece("leaves", merge(leaves), thin(color, color * 1.7, 0.25, 0.75)),
        Piece("rolls", merge(rolls), matter(color * 0.55, color * 0.4, 0.7)),
    ]


def dry_tea(chance: Chance, color: np.ndarray, many: bool) -> list[Piece]:
    """Twisted dry leaves in a dish, or a pinch of them; two fresh ones and a bud on top."""
    curls = []
    for index in range(4):
        path = curve(
            np.array(
                [
                    [-0.007, 0.001, 0],
                    [-0.002, 0.003, 0.002 * chance.normal()],
                    [0.003, 0.001, 0.002 * chance.normal()],
                    [0.008, 0.002, 0],
                ]
            ),
            7,
        )
        curls.append(tube(path[::2], np.array([0.3, 1.1, 0.9, 0.2]) * 0.0014, 3))
    fresh = [broad_leaf(chance, 0.04, 0.016, 0.3, 9).turned("y", turn) for turn in (-0.5, 0.5)]
    fresh.append(broad_leaf(chance, 0.026, 0.006, 0.1))
    green = merge(fresh)
    leaf = np.array([0.11, 0.2, 0.04])
    if many:
        return [
            Piece("dish", dish(0.09), CLAY),
            Piece("bed", bedding(0.09), matter(color * 0.5, roughness=1.0)),
            Piece("leaves", in_dish(chance, curls, 150, 0.09), matter(color, color * 0.5, 0.8)),
            Piece(
                "fresh",
                merge(
                    [
                        green.turned("x", -0.3).turned("y", 0.8).moved(0.02, 0.068, 0.0),
                        green.turned("y", 3.6).moved(-0.09, 0.003, 0.1),
                    ]
                ),
                thin(leaf, leaf * 1.7),
            ),
        ]
    return [
        Piece("leaves", strewn(chance, curls, 46, 0.03, 0.3), matter(color, color * 0.5, 0.8)),
        Piece(
            "fresh",
            green.turned("x", -0.1).turned("y", 0.9).moved(-0.012, 0.005, 0.0),
            thin(leaf, leaf * 1.7),
        ),
    ]


def conifer(cones: bool, berries: str = "") -> Maker:
    """A cut bough of needles with cones, or with berries of a colour."""

    def make(chance: Chance, color: np.ndarray, many: bool) -> list[Piece]:
        green = np.array([0.03, 0.065, 0.032])
        twigs = []
        for index in range(5 if many else 2):
            long_m = (0.17 if many else 0.085) * chance.uniform(0.85, 1.1)
            path = curve(np.array([[0, 0.006, 0], [0.004, 0.02, 0.5 * long_m], [0.01, 0.014, long_m]]), 9)
            pieces = [stem(path, 0.0022, 4)]
            for step in range(1, 9):
                for needle in range(9):
                    one = blade(0.028 * chance.uniform(0.8, 1.15), 0.0017, 0.75, 0.15, 2)
                    pieces.append(
                        one.turned("y", chance.normal() * 0.9)
                        .turned("z", chance.uniform(-1.4, 1.4))
                        .moved(*path[step])
                    )
            twigs.append(
                merge(pieces).moved(z=-0.3 * long_m).turned("y", index * 1.26 + 0.3 * chance.normal())
            )
        parts = [Piece("needles", merge(twigs), thin(green, green * 1.8, 0.25))]
        if cones:
            lain = [
                _cone(0.062 if many else 0.046).turned("z", 1.35).turned("y", turn).moved(x, 0.017, z)
                for turn, x, z in ((0.6, 0.02, 0.02), (2.5, -0.06, 0.05), (4.0, 0.05, -0.07))[
                    : 3 if many else 1
                ]
            ]
            parts.append(Piece("cones", merge(lain), matter(color, color * 0.4, 0.8)))
        if berries:
            fruit = strewn(
                chance,
                [rock(1, 3, 0.03, (1, 1, 1), 0).scaled(0.0048).moved(y=0.016)],
                26 if many else 9,
                0.08 if many else 0.035,
            )
            parts.append(Piece("berries", fruit, matter(srgb(berries), roughness=0.7)))
        return parts

    return make


def _cone(long_m: float) -> Mesh:
    """A pine cone along Y about its middle: woody scales in two spirals, lifted at their tips."""
    scales = []
    count = 64
    for index in range(count):
        share = (index + 0.5) / count
        girth = 0.36 * long_m * np.sin(np.pi * (0.1 + 0.86 * share)) ** 0.75
        v, u = np.meshgrid(np.linspace(1, 0, 3), np.linspace(-1, 1, 3), indexing="ij")
        wide = 0.1 * long_m * (0.5 + 0.5 * np.sin(np.pi * share))
        points = np.stack(
            [
                u * wide * (0.55 + 0.45 * np.sin(np.pi * (0.2 + 0.7 * v))),
                0.14 * long_m * v - 0.015 * long_m * np.abs(u),
                girth * (0.45 + 0.55 * v) + 0.035 * long_m * v**2,
            ],
            axis=-1,
        )
        scale = patch(points).shaded(second=(1 - v).reshape(-1), occlusion=(0.45 + 0.55 * v).reshape(-1))
        scale = scale if scale.normals[:, 2].mean() > 0 else scale.turned_inside_out()
        scales.append(scale.turned("y", 2.39996 * index).moved(y=long_m * (share - 0.5)))
    core = rock(1, 4, 0.0, (0.5, 1.3, 0.5), 0).scaled(0.36 * long_m).shaded(second=1.0, occlusion=0.4)
    return merge([*scales, core])


def cushion(chance: Chance, color: np.ndarray, many: bool) -> list[Piece]:
    """Moss: rounded cushions set with short upright shoots."""
    mounds, shoots = [], []
    for index in range(6 if many else 2):
        turn, far = 2.4 * index, (0.075 if many else 0.022) * np.sqrt(index / (6 if many else 2))
        size = (0.05 if many else 0.03) * chance.uniform(0.7, 1.1)
        mound = rock(2, 40 + index, 0.14, (1, 0.62, 1), 0).scaled(size)
        at = (np.sin(turn) * far, 0.1 * size, np.cos(turn) * far)
        mounds.append(
            mound.shaded(
                occlusion=0.4 + 0.6 * smoothstep(-0.2 * size, 0.5 * size, mound.positions[:, 1])
            ).moved(*at)
        )
        ways = icosphere(3)[0][:: 2 if many else 1]
        for way in ways[ways[:, 1] > 0.05]:
            place = way * np.array([1, 0.62, 1]) * size * (1 + 0.1 * fbm(way * 1.7, 2, 40 + index))
            shoot = blade(0.0065 * chance.uniform(0.6, 1.3), 0.0034, 0.5, 0.5, 2).turned(
                "y", chance.uniform(0, 6.3)
            )
            shoots.append(shoot.moved(*(place + at)))
    return [
        Piece("mound", merge(mounds), matter(color * 0.55, color * 0.3, 0.95)),
        Piece("shoots", merge(shoots), thin(color, color * 1.6, 0.4, 0.95)),
    ]


def frond(chance: Chance, color: np.ndarray, many: bool) -> list[Piece]:
    """Fern: fronds of paired leaflets, cut and laid, or standing in a jar."""
    pieces, made = [], []
    paths = (
        stems(chance, 7, 0.2, 0.14, 0.1)
        if many
        else [
            curve(np.array([[0, 0.004, -0.05], [0.004, 0.02, 0.0], [0.012, 0.01, 0.055]]), 9),
            curve(np.array([[-0.02, 0.004, -0.045], [-0.02, 0.018, 0.01], [-0.034, 0.008, 0.05]]), 9),
        ]
    )
    for path in paths:
        fine = curve(path, 22)
        long_m = float(np.linalg.norm(path[-1] - path[0]))
        made.append(stem(fine, 0.0012, 4))
        for step in range(4, 22):
            size = 0.3 * long_m * np.sin(np.pi * (0.16 + 0.8 * (step - 3) / 19)) * chance.uniform(0.9, 1.1)
            way = fine[step] - fine[step - 1]
            heading = np.arctan2(way[0], way[2])
            for side in (-1, 1):
                leaf = blade(size, 0.24 * size + 0.002, 1.4, 0.35, 3)
                made.append(leaf.turned("y", heading + side * 1.15).moved(*fine[step]))
    if many:
        pieces.append(Piece("jar", vase(0.1), CLAY))
    return [*pieces, Piece("fronds", merge(made), thin(0.55 * color, 0.8 * color, 0.2))]


def ribbon_weed(chance: Chance, color: np.ndarray, many: bool) -> list[Piece]:
    """Seaweed: wet frilled ribbons tangled together, with bladders."""
    ribbons, knobs = [], []
    reach = 0.15 if many else 0.06
    for index in range(15 if many else 6):
        rows = 16
        heading = 2.4 * index + 0.3 * chance.normal()
        turns = heading + np.cumsum(chance.normal(rows) * 0.2)
        step = np.stack([np.sin(turns), np.zeros(rows), np.cos(turns)], axis=1) * reach * 1.5 / rows
        path = np.cumsum(step, axis=0) - 0.35 * step.sum(axis=0)
        v = np.linspace(0, 1, rows)
        side = np.stack([np.cos(turns), np.zeros(rows), -np.sin(turns)], axis=1)
        half = 0.12 * reach * np.sin(np.pi * np.clip(0.06 + 0.92 * v, 0, 1)) ** 0.6
        across = np.linspace(-1, 1, 5)
        frill = 0.05 * reach * np.abs(across)[None] * np.sin(v * 26 + index)[:, None]
        lift = 0.006 + 0.004 * index * (0.4 + 0.6 * np.sin(np.pi * v)) * reach / 0.09
        points = path[:, None] + side[:, None] * (half[:, None] * across)[..., None]
        points[..., 1] += lift[:, None] + frill
        over = np.maximum(np.hypot(points[..., 0], points[..., 2]) - _EDGE_M, 0.0) if many else 0.0
        points[..., 1] -= 1.5 * over  # it hangs over the edge of what it lies on
        sheet = patch(points)
        sheet = sheet if sheet.normals[:, 1].mean() > 0 else sheet.turned_inside_out()
        ribbons.append(
            sheet.shaded(second=np.tile(np.abs(across) ** 3, rows), occlusion=0.55 + 0.45 * min(1, index / 5))
        )
        knobs.append(rock(1, 3, 0.05, (1, 1, 1.4), 0).scaled(0.05 * reach).moved(*points[9, 2]))
    return [
        Piece("ribbons", merge(ribbons), thin(color, color * 2.2, 0.5, 0.55, clearcoat=0.15)),
        Piece("bladders", merge(knobs), thin(color * 1.3, color * 2.0, 0.4, 0.45, clearcoat=0.2)),
    ]


def straw(chance: Chance, color: np.ndarray, many: bool) -> list[Piece]:
    """Hay, grass, vetiver: long stalks tied into a sheaf that lies."""
    count, long_m = (90, 0.24) if many else (36, 0.1)
    stalks = []
    for _ in range(count):
        off = chance.normal(2) * 0.0065 * (1.5 if many else 1.0)
        flare = chance.normal(2) * 0.02 * long_m / 0.1
        knots = np.array(
            [
                [off[0] - flare[0], 0.014 + off[1], -0.5 * long_m],
                [off[0], 0.012 + off[1], 0.0],
                [off[0] + flare[0], 0.018 + abs(flare[1]) + off[1], 0.5 * long_m],
            ]
        )
        knots[:, 1] = np.maximum(knots[:, 1], 0.002)
        stalks.append(tube(curve(knots, 6), 0.0009, 3, closed=False))
    loop = np.linspace(0, 4 * np.pi, 34)
    girth = 0.017 if many else 0.0125
    tie = tube(
        np.stack([girth * np.sin(loop), 0.013 + girth * np.cos(loop), 0.004 * loop / 12 - 0.002], 1),
        0.0014,
        5,
    )
    sheaf = merge(stalks).shaded(second=0.5)
    return [
        Piece("stalks", grounded(sheaf, 0.02).turned("y", 0.8), thin(color, color * 0.55, 0.25, 0.8)),
        Piece("tie", tie.turned("y", 0.8), matter(np.array([0.36, 0.27, 0.15]))),
    ]


def roots(chance: Chance, color: np.ndarray, many: bool) -> list[Piece]:
    """Vetiver: wiry roots in a tangled hank."""
    count, reach = (60, 0.11) if many else (30, 0.045)
    hairs = []
    for _ in range(count):
        turn = chance.uniform(0, 6.3)
        points = chance.normal((5, 3)) * np.array([0.45, 0.12, 0.45]) * reach
        points[:, 1] = np.abs(points[:, 1]) + 0.003
        hairs.append(tube(curve(points, 12), 0.0008, 3, closed=False).turned("y", turn))
    return [Piece("roots", grounded(merge(hairs), 0.012), matter(color, color * 0.5, 0.9))]
