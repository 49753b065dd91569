"""Fruit: whole, cut open and in berries, each with a leaf or a stalk of its own."""

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.flora import Piece
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.rose import stem
from showroom.imagine.grow.shapes import curve, lathe, patch, rock, tube
from showroom.imagine.grow.things.arrange import Maker, grounded, heap, matter, srgb, strewn, thin
from showroom.imagine.grow.things.leafage import broad_leaf

_LEAF = np.array([0.045, 0.1, 0.025])
_WOOD = np.array([0.12, 0.08, 0.045])


def turned_fruit(
    rows: tuple[tuple[float, float], ...],
    radius_m: float,
    lumps: float = 0.03,
    seed: int = 3,
    segments: int = 18,
) -> Mesh:
    """A fruit of revolution from (radius, height) knots in units of its radius, foot at y = 0."""
    shape = curve(np.array(rows), 13)
    shape[:, 0] = np.maximum(shape[:, 0], 0)
    mesh = lathe(shape * radius_m, segments)
    mesh = mesh.displaced(radius_m * lumps * fbm(mesh.positions / radius_m * 1.6, 2, seed))
    mesh = mesh.displaced(-0.012 * radius_m * np.abs(fbm(mesh.positions / radius_m * 11, 1, seed)))
    return grounded(mesh.moved(y=-float(mesh.positions[:, 1].min())), 0.8 * radius_m)


def cut_face(radius_m: float, segments: int = 10, rind: float = 0.09) -> Mesh:
    """The face of a halved citrus looking up +Y: pulp; shade b is pith, membranes and rind."""
    rings, spokes = 8, segments * 6
    r = np.linspace(0, 1, rings)[:, None]
    a = np.linspace(0, 2 * np.pi, spokes + 1)[None]
    wall = np.abs((a * segments / (2 * np.pi)) % 1 - 0.5)
    skin = smoothstep(0.42, 0.5, wall + 0.0 * r) * smoothstep(0.02, 0.2, r)
    pith = np.maximum(smoothstep(1 - rind - 0.05, 1 - rind + 0.02, r), smoothstep(0.12, 0.05, r))
    pale = np.maximum(skin * smoothstep(1.0, 0.3, r), pith + 0 * a)
    cells = fbm(np.stack([np.sin(a) * r, np.cos(a) * r], axis=-1) * 11, 2, 5)
    y = radius_m * (0.03 * cells * (1 - pale) + 0.02 * pale)
    points = np.stack([np.sin(a) * r * radius_m, y, np.cos(a) * r * radius_m], axis=-1)[::-1]
    mesh = patch(points)
    mesh = mesh if mesh.normals[:, 1].mean() > 0 else mesh.turned_inside_out()
    return mesh.shaded(second=pale[::-1].reshape(-1), occlusion=(0.82 + 0.18 * cells)[::-1].reshape(-1))


def citrus(radius_m: float, pulp: str, long: float = 1.0, nipple: float = 0.0) -> Maker:
    """Lemons, oranges and their kin. pulp: colour within; long: length over width; nipple: a pointed end."""
    side = (
        (0.0, 1 + long + nipple),
        (0.16 + 0.1 * nipple, 0.97 + long + 0.55 * nipple),
        (0.62, 0.7 + long),
        (0.97, 1.25 * long),
        (0.97, 0.75 * long),
        (0.62, 0.24 * long),
        (0.2, 0.02 - 0.25 * nipple),
        (0.0, -0.3 * nipple),
    )

    def make(chance: Chance, color: np.ndarray, many: bool) -> list[Piece]:
        whole = turned_fruit(side, radius_m)
        tall = float(whole.positions[:, 1].max())
        lain = grounded(whole.moved(y=-tall / 2).turned("z", 1.45).moved(y=radius_m * 0.96), 0.8 * radius_m)
        half = lathe(
            curve(np.array([(1.0, 0.0), (0.96, -0.3), (0.72, -0.72), (0.3, -0.95), (0.0, -1.0)]), 9)
            * np.array([radius_m, radius_m * long]),
            24,
        )
        face = cut_face(radius_m)
        rinds, faces, leaves = [], [], []
        if many:
            places = heap(chance, 7, radius_m)
            for index, at in enumerate(places):
                body = lain if long > 1.05 or nipple else whole.turned("x", chance.uniform(-1, 1))
                body = body.moved(y=-radius_m * 0.96).turned("y", chance.uniform(0, 6.3))
                rinds.append(body.scaled(chance.uniform(0.9, 1.06)).moved(*at))
            cut_at = ((-0.1, 0.102, 0.5), (0.035, 0.118, -0.4))
        else:
            cut_at = ((-0.012, 0.018, -0.35),)
            if radius_m < 0.034:
                rinds.append(lain.turned("y", 0.7).moved(0.028, 0.0, -0.024))
        for x, z, yaw in cut_at:
            tip = 0.95
            lift = radius_m * (0.35 + 0.55 * np.sin(tip))
            rinds.append(grounded(half.turned("x", tip).turned("y", yaw).moved(x, lift, z), radius_m))
            faces.append(face.turned("x", tip).turned("y", yaw).moved(x, lift, z))
        for index in range(4 if many else 2):
            long_m = 0.07 * chance.uniform(0.75, 1.1)
            leaf = broad_leaf(chance, long_m, 0.46 * long_m, 0.35).turned(
                "y", 2.1 * index + chance.uniform(0, 1)
            )
            reach = 0.085 if many else 0.024
            leaves.append(leaf.moved(reach * np.sin(2.2 * index + 1), 0.004, reach * np.cos(2.2 * index + 1)))
        inside = srgb(pulp)
        return [
            Piece("rind", merge(rinds), matter(color, color * 0.7, 0.5, clearcoat=0.15)),
            Piece("pulp", merge(faces), thin(inside, np.array([0.72, 0.66, 0.48]), 0.3, 0.3, clearcoat=0.5)),
            Piece("leaf", merge(leaves), thin(_LEAF, _LEAF * 2.2, 0.35)),
        ]

    return make


def orchard(rows: tuple[tuple[float, float], ...], radius_m: float, flush: str, few: int = 1) -> Maker:
    """Apples, pears, plums: whole fruit with a stalk; flush: the colour of its sunny cheek."""

    def make(chance: Chance, color: np.ndarray, many: bool) -> list[Piece]:
        places = heap(chance, 6, radius_m) if many else strewn_places(chance, few, radius_m)
        bodies, stalks = [], []
        for index, at in enumerate(places):
            draw = chance.child(f"{index}")
            body = turned_fruit(rows, radius_m, 0.06, 3 + index)
            cheek = smoothstep(
                -0.1,
                0.9,
                body.normals @ np.array([0.6, 0.5, 0.5])
                + 0.5 * fbm(body.positions / radius_m * 1.5, 3, 9 + index),
            )
            body = body.shaded(second=cheek)
            top = float(body.positions[:, 1].max())
            path = curve(
                np.array([[0, 0.86 * top, 0], [0.002, 1.0 * top, 0], [0.008, 1.02 * top + 0.018, 0.004]]), 7
            )
            matrix = ("x", 0.35 * draw.normal()), ("z", 0.35 * draw.normal()), ("y", draw.uniform(0, 6.3))
            for mesh, into in ((body, bodies), (stem(path, 0.0014, 5), stalks)):
                mesh = mesh.moved(y=-radius_m)
                for axis, angle in matrix:
                    mesh = mesh.turned(axis, angle)
                into.append(mesh.moved(*at))
        leaf = broad_leaf(chance, 0.06, 0.03, 0.3).moved(0.0, 2 * radius_m, 0.0)
        return [
            Piece("skin", merge(bodies), matter(color, srgb(flush), 0.42, clearcoat=0.2)),
            Piece("stalk", merge(stalks), matter(_WOOD)),
            Piece("leaf", leaf, thin(_LEAF, _LEAF * 2, 0.35)),
        ]

    return make


def strewn_places(chance: Chance, count: int, radius_m: float) -> np.ndarray:
    """(count, 3) middles of balls of that radius side by side on the ground."""
    turn = chance.uniform(0, 6.3)
    if count == 1:
        return np.array([[0.0, radius_m, 0.0]])
    ring = 1.06 * radius_m / np.sin(np.pi / count)
    angle = turn + 2 * np.pi * np.arange(count) / count
    return np.stack([np.sin(angle) * ring, np.full(count, radius_m), np.cos(angle) * ring], axis=1)


def cluster_berries(radius_m: float, drupes: bool, few: int, many_count: int, leaf: bool = True) -> Maker:
    """Raspberries and currants; drupes: each is made of many little balls."""

    def make(chance: Chance, color: np.ndarray, many: bool) -> list[Piece]:
        if drupes:
            points = [
                (np.sin(2.4 * k) * np.sin(t), np.cos(t), np.cos(2.4 * k) * np.sin(t))
                for k, t in enumerate(np.linspace(0.35, 2.6, 22))
            ]
            berry = merge(
                [
                    rock(0, 2, 0.0, (1, 1, 1), 0)
                    .scaled(0.36)
                    .moved(*(0.74 * np.array(p) * (1, 1.15, 1)))
                    .shaded(occlusion=0.55 + 0.45 * p[1])
                    for p in points
                ]
            )
            berry = berry.scaled(radius_m).moved(y=radius_m)
        else:
            berry = rock(1, 4, 0.02, (1, 0.96, 1), 0).scaled(radius_m).moved(y=radius_m)
        places = heap(chance, many_count if many else few, radius_m)
        if not many and few <= 4:
            places = strewn_places(chance, few, radius_m)
        bodies = [
            grounded(
                berry.moved(y=-radius_m)
                .turned("x", chance.uniform(-0.9, 0.9))
                .turned("y", chance.uniform(0, 6.3))
                .scaled(chance.uniform(0.85, 1.1))
                .moved(*at),
                0.5 * radius_m,
            )
            for at in places
        ]
        pieces = [Piece("berries", merge(bodies), matter(color, color * 0.5, 0.35, clearcoat=0.4))]
        if leaf:
            reach = 0.07 if many else 0.02
            leaves = merge(
                [
                    broad_leaf(chance, 0.05, 0.034, 0.3)
                    .turned("y", turn)
                    .moved(reach * np.sin(turn), 0.003, reach * np.cos(turn))
                    for turn in (0.4, 2.7, 4.6)
                ]
            )
            pieces.append(Piece("leaf", leaves, thin(_LEAF, _LEAF * 2, 0.35)))
        return pieces

    return make


def cherries(chance: Chance, color: np.ndarray, many: bool) -> list[Piece]:
    """Pairs on long stalks that meet."""
    balls, stalks = [], []
    for pair in range(5 if many else 2):
        turn = 1.3 * pair + chance.uniform(0, 0.5)
        middle = np.array([np.sin(turn), 0, np.cos(turn)]) * (0.06 if many else 0.026) * (pair > 0)
        joint = middle + np.array([0.012, 0.055, 0.0])
        for side in (-1, 1):
            at = middle + np.array([0.012 * side, 0.0, 0.01 * side])
            ball = turned_fruit(
                ((0.0, 1.8), (0.5, 1.86), (0.95, 1.3), (0.95, 0.7), (0.5, 0.1), (0.0, 0.0)),
                0.0115,
                segments=12,
            )
            balls.append(ball.moved(*at))
            path = curve(np.array([at + [0, 0.02, 0], at + [0.004 * side, 0.04, 0], joint]), 8)
            stalks.append(stem(path, 0.0009, 4))
    return [
        Piece("cherries", merge(balls), matter(color, color * 0.5, 0.18, clearcoat=0.8)),
        Piece("stalks", merge(stalks), matter(np.array([0.09, 0.12, 0.03]))),
    ]


def grapes(chance: Chance, color: np.ndarray, many: bool) -> list[Piece]:
    """A bunch lying down, its stalk to one side."""
    count, reach = (46, 0.09) if many else (18, 0.045)
    balls = []
    for index in range(count):
        share = (index + 0.5) / count
        away = 2.4 * index
        girth = 0.42 * reach * np.sin(np.pi * (0.12 + 0.8 * share)) ** 0.7
        at = (girth * np.sin(away), 0.009 + max(0.0, girth * (1 + np.cos(away))), reach * (1 - 2 * share))
        balls.append(rock(1, 3, 0.0, (1, 1.08, 1), 0).scaled(0.0095 * chance.uniform(0.9, 1.1)).moved(*at))
    stalk = tube(
        curve(np.array([[0, 0.02, reach * 0.8], [0, 0.035, reach * 1.1], [0.02, 0.04, reach * 1.3]]), 6),
        0.002,
        5,
    )
    return [
        Piece("grapes", grounded(merge(balls), 0.012), matter(color, color * 0.5, 0.35, clearcoat=0.3)),
        Piece("stalk", stalk, matter(_WOOD)),
    ]


def fig(chance: Chance, color: np.ndarray, many: bool) -> list[Piece]:
    """Figs, one of them cut open: seeded red in a pale rim."""
    rows = (
        (0.0, 2.6),
        (0.12, 2.55),
        (0.2, 2.2),
        (0.6, 1.6),
        (1.0, 0.85),
        (0.85, 0.25),
        (0.35, 0.0),
        (0.0, 0.02),
    )
    whole = turned_fruit(rows, 0.022, 0.08, 4)
    ribs = 0.0006 * np.sin(9 * np.arctan2(whole.positions[:, 0], whole.positions[:, 2]))
    whole = whole.displaced(ribs)
    skins, hearts = [], []
    for index, (x, z) in enumerate(
        ((-0.022, -0.02), (0.026, -0.024), (-0.07, 0.03), (0.075, 0.02), (0.0, -0.075))[: 5 if many else 1]
    ):
        skins.append(whole.turned("x", 0.3 * chance.normal()).turned("y", 2.0 * index).moved(x, 0.001, z))
    v, u = np.meshgrid(np.linspace(0, 1, 8), np.linspace(0, 2 * np.pi, 25), indexing="ij")
    outline = np.interp(
        (u % (2 * np.pi)), np.linspace(0, 2 * np.pi, 9), [1.7, 1.05, 1.0, 0.98, 0.9, 0.98, 1.0, 1.05, 1.7]
    )
    r = 0.021 * v * outline
    pulp = patch(
        np.stack([np.sin(u) * r, 0.0012 * fbm(np.stack([u * 4, v * 6], -1), 2, 3), np.cos(u) * r], -1)[::-1]
    )
    pulp = pulp if pulp.normals[:, 1].mean() > 0 else pulp.turned_inside_out()
    rim = smoothstep(0.72, 0.9, v)[::-1].reshape(-1)
    seeds = 0.4 * smoothstep(0.1, 0.5, fbm(pulp.positions * 900, 1, 8))
    pulp = pulp.shaded(second=np.maximum(rim, seeds))
    back = rock(2, 5, 0.05, (0.98, 0.6, 1.2), 0).scaled(0.0215).moved(y=-0.011)
    for x, z in ((0.018, 0.03), (-0.06, -0.05))[: 2 if many else 1]:
        hearts.append(pulp.turned("x", 0.6).moved(x, 0.017, z))
        skins.append(back.turned("x", 0.6).moved(x, 0.0165, z))
    return [
        Piece("skin", merge(skins), matter(color, color * 0.6, 0.6)),
        Piece(
            "heart",
            merge(hearts),
            thin(np.array([0.42, 0.1, 0.08]), np.array([0.68, 0.58, 0.42]), 0.2, 0.4, clearcoat=0.4),
        ),
    ]


def melon(chance: Chance, color: np.ndarray, many: bool) -> list[Piece]:
    """Crescent slices lying on their rinds."""
    pieces, rinds = [], []
    for index in range(3 if many else 1):
        v, u = np.meshgrid(np.linspace(-1, 1, 15), np.linspace(0, 1, 6), indexing="ij")
        size = 0.075 if many else 0.042
        angle = v * 1.25
        radius = size * (1 - 0.4 * u * np.cos(v * np.pi / 2.0))
        for side in (-1, 1):
            points = np.stack(
                [
                    np.sin(angle) * radius,
                    size - np.cos(angle) * radius,
                    side * 0.3 * size * (1 - u) ** 0.8 * np.cos(v * 1.5),
                ],
                axis=-1,
            )
            sheet = patch(points)
            sheet = sheet if side * sheet.normals[:, 2].mean() > 0 else sheet.turned_inside_out()
            rim = smoothstep(0.3, 0.06, u).reshape(-1)
            pieces.append(
                sheet.shaded(second=rim)
                .turned("y", 0.5 + 0.7 * index)
                .moved(0.03 * index, 0.0, -0.05 * index)
            )
    return [
        Piece(
            "slices", merge(pieces + rinds), thin(color, np.array([0.2, 0.3, 0.1]), 0.25, 0.35, clearcoat=0.3)
        )
    ]


def dates(chance: Chance, color: np.ndarray, many: bool) -> list[Piece]:
    """Dates and raisins, wrinkled and glossy."""
    body = rock(2, 6, 0.1, (1, 0.5, 0.5), 0).scaled(0.018)
    angle = np.arctan2(body.positions[:, 1], body.positions[:, 2])
    body = body.displaced(0.0009 * np.abs(np.sin(5 * angle + 60 * body.positions[:, 0]))).moved(y=0.008)
    lain = strewn(chance, [body], 14 if many else 4, 0.09 if many else 0.032, 0.2, 0.028)
    return [Piece("dates", grounded(lain, 0.012), matter(color, color * 0.4, 0.4, clearcoat=0.4))]
