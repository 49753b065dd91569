"""Stuff: woods, hides, papers, drinks and fire: what is made or split rather than grown."""

import numpy as np

from showroom.imagine.grow import fire
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.driftwood import log
from showroom.imagine.grow.flora import Piece
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import rgba
from showroom.imagine.grow.shapes import box, lathe, patch, rock, tube
from showroom.imagine.grow.things.arrange import Maker, dish, grounded, matter, srgb, strewn, thin
from showroom.words.geometry import Material


def _split(long_m: float, wide_m: float, seed: int) -> Mesh:
    """A billet split along its grain: box with torn faces; shade b follows the grain."""
    mesh = box(long_m, 0.8 * wide_m, wide_m, 0.06 * wide_m, 0.2, 4)
    p = mesh.positions
    grain = fbm(np.stack([p[:, 0] / long_m * 1.5, p[:, 1] / wide_m * 7, p[:, 2] / wide_m * 7], 1), 3, seed)
    ragged = np.sign(p[:, 0]) * (np.abs(p[:, 0]) > 0.45 * long_m) * 0.3 * wide_m * grain
    mesh = mesh.displaced(0.07 * wide_m * grain).displaced(np.stack([ragged, 0 * ragged, 0 * ragged], 1))
    return mesh.shaded(second=np.clip(0.5 + 0.9 * grain, 0, 1))


def billets(
    few: int = 3, many_count: int = 7, long_m: float = 0.14, wide_m: float = 0.026, shavings: bool = True
) -> Maker:
    """Split sticks stacked crosswise, and curled shavings: cedar, sandalwood."""

    def make(chance: Chance, color: np.ndarray, many: bool) -> list[Piece]:
        size = 1.0 if many else 0.5
        laid = []
        for index in range(many_count if many else few):
            layer, place = divmod(index, 3 if many else 2)
            stick = _split(long_m * size * chance.uniform(0.85, 1.1), wide_m * size, 7 + index)
            stick = stick.moved(
                0.0, 0.82 * wide_m * size * layer, (place - (1 if many else 0.5)) * 1.35 * wide_m * size
            )
            laid.append(stick.turned("y", 0.5 + 1.35 * (layer % 2) + 0.1 * chance.normal()))
        pieces = [Piece("billets", grounded(merge(laid), 0.03 * size), matter(color, color * 0.5, 0.8))]
        if shavings:
            curls = []
            for index in range(5):
                t = np.linspace(0, 1, 16)[:, None]
                u = np.linspace(-1, 1, 3)[None]
                spin, r = 7.0 * t, 0.009 * (1.1 - 0.5 * t)
                points = np.stack(
                    [r * np.sin(spin) + 0 * u, 0.009 + r * np.cos(spin) + 0 * u, 0.006 * u + 0.02 * t], -1
                )
                curls.append(patch(points).shaded(second=0.3, occlusion=0.8))
            lain = strewn(chance, curls, 13 if many else 5, 0.115 if many else 0.046, 0.4)
            pieces.append(Piece("shavings", lain, thin(np.clip(color * 1.35, 0, 0.8), color * 0.7, 0.4, 0.8)))
        return pieces

    return make


def chips(chance: Chance, color: np.ndarray, many: bool) -> list[Piece]:
    """Oud: dark resinous splinters, glossy where the resin is."""
    shapes = []
    for index in range(5):
        chip = rock(2, 50 + index, 0.25, (1.8, 0.34, 0.55), 7)
        grain = fbm(chip.positions * np.array([1.0, 9, 9]), 3, index)
        chip = chip.displaced(0.06 * grain)
        shapes.append(chip.shaded(second=smoothstep(0.0, 0.5, grain)).scaled(0.019).moved(y=0.006))
    lain = strewn(chance, shapes, 9 if many else 5, 0.08 if many else 0.034, 0.35, 0.028, 0.4)
    if many:
        tall = merge(
            [
                shape.scaled(2.1)
                .turned("z", 0.9 + 0.3 * k)
                .turned("y", 2.1 * k)
                .moved(0.02 * np.sin(2.1 * k), 0.03, 0.02 * np.cos(2.1 * k))
                for k, shape in enumerate(shapes[:3])
            ]
        )
        lain = merge([lain, tall.moved(y=-min(0.0, float(tall.positions[:, 1].min())))])
    return [
        Piece(
            "chips", grounded(lain, 0.012), matter(color, np.array([0.2, 0.115, 0.06]), 0.45, clearcoat=0.35)
        )
    ]


def drift(chance: Chance, color: np.ndarray, many: bool) -> list[Piece]:
    """A bleached branch the sea has worn."""
    wood = log(chance, 0.3 if many else 0.125, 0.02 if many else 0.0085, 3, 11, 0.7, 0.5, 1.2)
    pale = matter(color, color * 0.45, 0.9)
    more = (
        [log(chance.child("second"), 0.19, 0.012, 1, 9).turned("y", 1.3).moved(0.02, 0.012, 0.03)]
        if many
        else []
    )
    return [Piece("wood", grounded(merge([wood.turned("y", 0.5), *more]), 0.02), pale)]


def bark(chance: Chance, color: np.ndarray, many: bool) -> list[Piece]:
    """Birch: curled sheets of white bark with dark bands, charred at an edge."""
    sheets = []
    for index in range(4 if many else 2):
        v, u = np.meshgrid(np.linspace(-1, 1, 22), np.linspace(-1, 1, 14), indexing="ij")
        size = 0.06 if many else 0.036
        roll = 1.4 + 0.4 * index
        points = np.stack(
            [
                size * np.sin(u * roll) / roll * 1.5,
                size * (1 - np.cos(u * roll)) / roll * 1.5,
                1.5 * size * v,
            ],
            -1,
        )
        sheet = patch(points)
        band = smoothstep(0.3, 0.45, fbm(np.stack([v * 6, u * 0.9], -1).reshape(-1, 2), 2, 4 + index))
        sheet = sheet.displaced(0.002 * fbm(sheet.positions * 70, 2, 3))
        sheet = sheet.shaded(second=np.maximum(band, smoothstep(0.8, 1.0, np.abs(v)).reshape(-1)))
        sheets.append(
            sheet.turned("z", 0.25 * chance.normal())
            .turned("y", 1.4 * index)
            .moved(0.5 * size * np.sin(2 * index), 0.003 + 0.01 * index, 0.4 * size * index)
        )
    return [Piece("bark", merge(sheets), thin(color, np.array([0.03, 0.026, 0.022]), 0.1, 0.85))]


def hide(sheen: float, roughness: float) -> Maker:
    """A hide rolled up and one fold of it lying open, stitched at the edge."""

    def make(chance: Chance, color: np.ndarray, many: bool) -> list[Piece]:
        size = 1.0 if many else 0.52
        t = np.linspace(0, 1, 46)[:, None]
        u = np.linspace(-1, 1, 11)[None]
        spin = 15.5 * t
        r = (0.011 + 0.021 * t) * size
        roll = np.stack(
            [0.075 * size * u + 0 * t, 0.033 * size - r * np.cos(spin) + 0 * u, r * np.sin(spin) + 0 * u], -1
        )
        z = np.linspace(0, 1, 20)[:, None]
        swell = 0.004 * size * (1 + np.sin(3.2 * z + 1.5 * u)) * smoothstep(0.0, 0.3, z)
        flap = np.stack(
            [
                0.075 * size * u * (1 + 0.06 * z) + 0 * z,
                0.0012 + swell,
                0.028 * size + 0.11 * size * z + 0.006 * size * np.sin(2.5 * u),
            ],
            -1,
        )
        sheets = []
        for points in (roll, flap):
            sheet = patch(points)
            wear = smoothstep(0.1, 0.6, fbm(sheet.positions / size * 30, 3, 7))
            edge = np.tile(smoothstep(0.9, 0.97, np.abs(u)).reshape(-1), len(points))
            sheets.append(
                sheet.displaced(0.0005 * fbm(sheet.positions * 420 / size, 2, 3)).shaded(
                    second=np.maximum(0.55 * wear, edge)
                )
            )
        stitches = []
        for k in range(16):
            at = (0.067 * size, 0.004 * size + 0.002, (0.036 + 0.0062 * k) * size)
            lift = 0.004 * size * (1 + np.sin(3.2 * k / 16 + 1.4))
            stitches.append(
                tube(
                    np.array([[0, 0, -0.0016], [0, 0.0008, 0], [0, 0, 0.0016]]) * size,
                    0.0006 * size + 0.0002,
                    4,
                ).moved(at[0], 0.0022 + lift, at[2])
            )
        dark = [
            Piece(
                "hide",
                merge(sheets).turned("y", 0.5),
                thin(color, color * 1.7 + 0.015, 0.0, roughness, sheen=sheen, clearcoat=0.1 * (1 - sheen)),
            )
        ]
        return [
            *dark,
            Piece("stitches", merge(stitches).turned("y", 0.5), matter(np.array([0.5, 0.4, 0.26]))),
        ]

    return make


def letters(chance: Chance, color: np.ndarray, many: bool) -> list[Piece]:
    """A stack of deckled sheets tied with ribbon, and a sealed fold."""
    size = 1.0 if many else 0.5
    sheets = []
    for index in range(12):
        sheet = box(0.15 * size, 0.0014, 0.1 * size, 0.0004, 0.2, 2)
        ragged = (
            0.0016
            * fbm(sheet.positions * 90, 2, index)
            * smoothstep(0.04 * size, 0.05 * size, np.abs(sheet.positions[:, 2]))
        )
        sheet = sheet.displaced(np.stack([ragged, 0 * ragged, ragged], 1))
        edge = smoothstep(
            0.8,
            1.0,
            np.maximum(np.abs(sheet.positions[:, 0]) / 0.075, np.abs(sheet.positions[:, 2]) / 0.05) / size,
        )
        sheets.append(
            sheet.shaded(second=0.6 * edge)
            .turned("y", 0.5 + 0.05 * chance.normal())
            .moved(0.001 * chance.normal(), 0.0022 * index, 0.0)
        )
    ribbon = merge(
        [
            box(0.012 * size, 0.029, 0.103 * size, 0.001, 0.2),
            box(0.153 * size, 0.0288, 0.01 * size, 0.001, 0.2),
        ]
    ).turned("y", 0.5)
    seal = lathe(
        np.array([(0.0, 0.003), (0.6, 0.0032), (0.9, 0.0028), (1.0, 0.0)]) * np.array([0.013 * size, 1.0]), 20
    )
    seal = seal.displaced(
        0.1 * fbm(seal.positions * 150, 1, 2)[:, None] * seal.positions * np.array([1, 0, 1])
    ).moved(0.0, 0.029, 0.0)
    return [
        Piece("sheets", merge(sheets), matter(color, color * 0.6, 0.95)),
        Piece(
            "ribbon", merge([ribbon, seal]), matter(np.array([0.22, 0.02, 0.02]), roughness=0.5, sheen=0.3)
        ),
    ]


def soap(chance: Chance, color: np.ndarray, many: bool) -> list[Piece]:
    """A moulded cake of soap, a second leaning on it, suds round them."""
    size = 1.0 if many else 0.6
    bar = box(0.085 * size, 0.028 * size, 0.055 * size, 0.012 * size, 0.2, 6)
    x, y, z = bar.positions.T
    oval = np.hypot(x / (0.03 * size), z / (0.017 * size))
    bar = bar.displaced(
        np.stack([0 * x, -0.002 * size * np.exp(-(((oval - 1) / 0.1) ** 2)) * (y > 0.02 * size), 0 * z], 1)
    )
    suds = [rock(1, 3, 0.0, (1, 0.8, 1), 0).scaled(r).moved(y=0.6 * r) for r in (0.003, 0.005, 0.0075)]
    foam = strewn(chance, suds, 34 if many else 18, 0.1 if many else 0.046, 0.0, 0.008, 0.4)
    laid = [bar.turned("y", 0.4)]
    if many:
        laid.append(bar.scaled(0.9).turned("x", 0.5).turned("y", -0.5).moved(0.02, 0.02, 0.045))
    return [
        Piece("soap", grounded(merge(laid), 0.012), thin(color, color, 0.25, 0.4, clearcoat=0.3)),
        Piece(
            "suds",
            foam,
            thin(np.array([0.78, 0.8, 0.82]), np.array([0.8, 0.8, 0.85]), 0.6, 0.1, clearcoat=1.0),
        ),
    ]


def tumbler(stemmed: bool) -> Maker:
    """A cut glass, or a stemmed one, a third full."""

    def make(chance: Chance, color: np.ndarray, many: bool) -> list[Piece]:
        r = 0.036 if many else 0.021
        foot = 1.9 * r if stemmed else 0.0
        columns = 36
        if stemmed:
            side = np.array(
                [
                    (0.72, 2.1),
                    (0.86, 1.6),
                    (1.0, 1.0),
                    (0.9, 0.5),
                    (0.5, 0.12),
                    (0.1, 0.0),
                    (0.09, -1.0),
                    (0.13, -1.6),
                    (0.8, -1.84),
                    (0.84, -1.9),
                    (0.0, -1.9),
                ]
            )
            hollow = np.array([(0.68, 2.1), (0.81, 1.6), (0.95, 1.0), (0.85, 0.52), (0.46, 0.17), (0.0, 0.1)])
            level = 0.95
        else:
            side = np.array([(1.0, 2.3), (0.98, 1.2), (0.95, 0.12), (0.88, 0.0), (0.0, 0.0)])
            hollow = np.array([(0.93, 2.3), (0.9, 1.2), (0.86, 0.42), (0.74, 0.32), (0.0, 0.3)])
            level = 1.1
        glass = lathe(side * r, columns)
        if not stemmed:
            turn = np.arctan2(glass.positions[:, 0], glass.positions[:, 2])
            cuts = (
                -0.05
                * r
                * np.abs(np.sin(6 * turn + 5 * glass.positions[:, 1] / r))
                * smoothstep(1.5 * r, 1.1 * r, glass.positions[:, 1])
            )
            glass = glass.displaced(cuts)
        inner = lathe(hollow * r, columns).turned_inside_out()
        edge = float(np.interp(level, hollow[::-1, 1], hollow[::-1, 0]))
        below = hollow[hollow[:, 1] < level]
        drink = lathe(
            np.concatenate(
                [
                    [(0.0, level), (0.8 * edge, level), (0.985 * edge, level + 0.01)],
                    below * np.array([0.985, 1.0]) + np.array([0, 0.012]),
                ]
            )
            * r,
            columns,
        )
        clear = Material(
            "glass", base_color=(0.96, 0.97, 0.97, 1.0), roughness=0.03, ior=1.5, density_per_m=4.0
        )
        inside = Material("glass", base_color=(0.96, 0.97, 0.97, 1.0), roughness=0.03, ior=1.3)
        body = Material(
            "liquid",
            base_color=rgba(color),
            second_color=(float(color[0]), float(color[1]), float(color[2])),
            ior=1.34,
            density_per_m=50.0,
            roughness=0.0,
        )
        return [
            Piece("drink", drink.moved(y=foot), body),
            Piece("glass", glass.moved(y=foot), clear),
            Piece("inside", inner.moved(y=foot), inside),
        ]

    return make


def candle(chance: Chance, color: np.ndarray, many: bool) -> list[Piece]:
    """Beeswax candles, burning."""
    size = 1.0 if many else 0.5
    spots = ((0.0, 0.0, 0.12), (0.055, 0.02, 0.085), (-0.045, 0.045, 0.06))[: 3 if many else 1]
    wax = [
        fire.candle(chance, tall * size, 0.02 * (1.0 if many else 0.7)).moved(x, 0, z) for x, z, tall in spots
    ]
    flames = [fire.flame(0.024 * (0.6 + 0.4 * size)).moved(x, tall * size * 0.985, z) for x, z, tall in spots]
    return [
        Piece("wax", merge(wax), matter(color, np.clip(color * 1.6, 0, 0.85), 0.45)),
        Piece("flames", merge(flames), fire.burning(fire.FLAME, 3.0)),
    ]


def embers(chance: Chance, color: np.ndarray, many: bool) -> list[Piece]:
    """Smoke: a small brass bowl of coals, a thread of smoke over it."""
    r = 0.075 if many else 0.034
    dark, lit = fire.coals(chance, 0.8 * r, 13 if many else 7, 1 if many else 2)
    brass = Material(base_color=(0.5, 0.33, 0.13, 1.0), metallic=1.0, roughness=0.35)
    veil = fire.curl(3, 0.42 if many else 0.2, 0.045 if many else 0.02)
    return [
        Piece("bowl", dish(r), brass),
        Piece("coals", dark.moved(y=0.36 * r), fire.charred()),
        Piece("embers", lit.moved(y=0.36 * r), fire.burning(fire.COAL, 0.9)),
        Piece("smoke", veil.moved(y=0.5 * r), fire.shine(srgb("#9aa0a8"), 0.3)),
    ]


def feather(chance: Chance, color: np.ndarray, many: bool) -> list[Piece]:
    """Downy feathers, curved, one on another."""
    plumes, quills = [], []
    for index in range(6 if many else 3):
        long_m = (0.13 if many else 0.085) * chance.uniform(0.75, 1.1)
        v, u = np.meshgrid(np.linspace(1, 0, 40), np.linspace(-1, 1, 9), indexing="ij")
        half = 0.16 * long_m * np.sin(np.pi * np.clip(0.04 + 0.94 * v, 0, 1) ** 0.7) ** 0.7
        barb = 0.05 * np.sin(v * 120 + 3 * np.abs(u)) * np.abs(u)
        y = 0.09 * long_m * np.sin(np.pi * v) + 0.35 * half * np.abs(u) + 0.002 + 0.004 * index
        points = np.stack([u * half * (1 + 2 * barb), y, long_m * (v - 0.5) + 0.5 * half * np.abs(u)], -1)
        turn = 1.1 * index + chance.uniform(0, 0.5)
        plume = patch(points).shaded(
            second=0.5 * np.exp(-((u / 0.08) ** 2)).reshape(-1),
            occlusion=(0.75 + 0.25 * np.abs(u)).reshape(-1),
        )
        plumes.append(plume.turned("y", turn))
        path = np.stack(
            [
                0 * v[:, 0],
                0.09 * long_m * np.sin(np.pi * v[:, 0]) + 0.003 + 0.004 * index,
                long_m * (v[:, 0] * 1.15 - 0.65),
            ],
            1,
        )
        quills.append(tube(path[::-1], np.linspace(0.001, 0.0002, 40), 4).turned("y", turn))
    return [
        Piece("plumes", merge(plumes), thin(color, color * 0.75, 0.5, 0.9, sheen=0.6)),
        Piece("quills", merge(quills), matter(np.array([0.6, 0.55, 0.45]))),
    ]
