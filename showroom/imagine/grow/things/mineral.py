"""Mineral: crystals, tears of resin, stones and shells; what glints, and what light goes into."""

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.flora import Piece
from showroom.imagine.grow.mesh import Mesh, make, merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import rgb
from showroom.imagine.grow.shapes import patch, rock, tube
from showroom.imagine.grow.things.arrange import (
    CLAY,
    Maker,
    bedding,
    dish,
    grounded,
    in_dish,
    matter,
    spots,
    strewn,
    thin,
)


def tears(
    roughness: float = 0.25, through: float = 0.7, dust: float = 0.0, glow: float = 0.05, flats: int = 3
) -> Maker:
    """Drops and lumps of resin that light goes into; dust: how much bloom lies on their skins."""

    def build(chance: Chance, color: np.ndarray, many: bool) -> list[Piece]:
        lumps = []
        for index in range(5):
            lump = rock(1 if many else 2, 40 + index, 0.2, (1, 0.72, 0.8), flats)
            bloom = dust * smoothstep(-0.1, 0.5, fbm(lump.positions * 2.2, 3, index))
            lumps.append(
                lump.shaded(second=bloom, occlusion=0.7 + 0.3 * smoothstep(-0.6, 0.4, lump.positions[:, 1]))
                .scaled(0.012)
                .moved(y=0.008)
            )
        skin = thin(
            color,
            0.35 * color + 0.4,
            through,
            roughness,
            clearcoat=0.7 * (1 - dust),
            emission=rgb(glow * color),
        )
        if many:
            return [
                Piece("dish", dish(0.088), CLAY),
                Piece("bed", bedding(0.088), matter(color * 0.35)),
                Piece("tears", in_dish(chance, lumps, 58, 0.088, 0.3), skin),
            ]
        return [Piece("tears", grounded(strewn(chance, lumps, 8, 0.036, 0.3, 0.022, 0.35), 0.008), skin)]

    return build


def block(size_m: float) -> Mesh:
    """One cubic crystal, edges a little rubbed, corners unlike."""
    corners = np.array([[x, y, z] for y in (0, 1) for z in (1, -1) for x in (-1, 1)], dtype=float)
    corners[:, [0, 2]] *= 0.5
    faces = np.array(
        [
            [4, 5, 7],
            [4, 7, 6],
            [0, 1, 5],
            [0, 5, 4],
            [1, 3, 7],
            [1, 7, 5],
            [3, 2, 6],
            [3, 6, 7],
            [2, 0, 4],
            [2, 4, 6],
        ]
    )
    return make(corners * size_m, faces, corners[:, [0, 2]]).faceted()


def crystals(few: int, many_count: int, size_m: float) -> Maker:
    """Salt: clear cubes grown into each other, and grains about them."""

    def build(chance: Chance, color: np.ndarray, many: bool) -> list[Piece]:
        pieces = []
        reach = 0.1 if many else 0.036
        for index, (x, z) in enumerate(spots(chance, many_count if many else few, reach)):
            near = 1 - np.hypot(x, z) / reach
            size = size_m * (0.35 + 1.1 * near * chance.uniform(0.5, 1.2)) * (1.5 if many else 1.0)
            for grown in range(2 if near > 0.3 else 1):
                cube = (
                    block(size * (1 - 0.3 * grown))
                    .turned("z", 0.4 * chance.normal())
                    .turned("x", 0.4 * chance.normal())
                )
                cube = cube.turned("y", chance.uniform(0, 6.3))
                pieces.append(cube.moved(x + 0.4 * size * grown, -0.15 * size + 0.25 * size * grown, z))
        grains = strewn(chance, [block(0.0022)], 160 if many else 60, 1.25 * reach, 0.4)
        return [Piece("crystals", merge([*pieces, grains]), thin(color, color, 0.6, 0.22, clearcoat=0.6))]

    return build


def shards(chance: Chance, color: np.ndarray, many: bool) -> list[Piece]:
    """Ice: long clear prisms in a burst, broken bits round them."""
    prisms = []
    for index in range(16 if many else 7):
        long_m = (0.1 if many else 0.045) * chance.uniform(0.45, 1.1)
        ring = np.linspace(0, 2 * np.pi, 7)[:-1]
        wide = long_m * chance.uniform(0.1, 0.17)
        low = np.stack([np.sin(ring) * wide, 0 * ring, np.cos(ring) * wide], 1)
        points = np.concatenate([low, low * 0.85 + [0, 0.75 * long_m, 0], [[0.02 * long_m, long_m, 0.0]]])
        sides = [
            f
            for k in range(6)
            for f in (
                (k, (k + 1) % 6, (k + 1) % 6 + 6),
                (k, (k + 1) % 6 + 6, k + 6),
                (k + 6, (k + 1) % 6 + 6, 12),
            )
        ]
        prism = make(points, np.array(sides), points[:, [0, 2]]).faceted()
        lean = chance.uniform(0.2, 1.25)
        prisms.append(prism.turned("x", lean).turned("y", 2.4 * index))
    bits = strewn(
        chance,
        [rock(1, 5, 0.2, (1, 0.7, 0.9), 5).scaled(0.006).moved(y=0.003)],
        24 if many else 9,
        0.1 if many else 0.042,
        0.4,
    )
    return [Piece("ice", merge([*prisms, bits]), thin(color, color, 0.75, 0.1, clearcoat=1.0))]


def pebbles(
    few: int = 5, many_count: int = 16, wet: float = 0.7, flats: int = 0, size_m: float = 0.017
) -> Maker:
    """Stones from a stream or broken from a seam."""

    def build(chance: Chance, color: np.ndarray, many: bool) -> list[Piece]:
        stones = []
        for index in range(5):
            stone = rock(2, 70 + index, 0.12, (1.15, 0.55, 0.85), flats)
            veins = smoothstep(0.1, 0.0, np.abs(fbm(stone.positions * 1.3, 2, 3 * index)))
            stones.append(stone.shaded(second=veins * (index % 2)).scaled(size_m).moved(y=0.5 * size_m))
        lain = strewn(chance, stones, many_count if many else few, 0.1 if many else 0.038, 0.15, 0.036, 0.45)
        return [Piece("stones", grounded(lain, 0.01), matter(color, color * 0.4 + 0.25, 0.5, clearcoat=wet))]

    return build


def lump(chance: Chance, color: np.ndarray, many: bool) -> list[Piece]:
    """Ambergris: waxy grey lumps, layered and pitted, pale where the sea has bleached them."""
    lumps = []
    places = (
        ((0.0, 0.0, 0.05), (0.075, 0.03, 0.032), (-0.06, 0.05, 0.026), (0.02, 0.085, 0.018))
        if many
        else ((0.0, 0.0, 0.027), (0.033, 0.018, 0.014))
    )
    for index, (x, z, size) in enumerate(places):
        mesh = rock(3 if size > 0.025 else 2, 90 + index, 0.3, (1.1, 0.68, 0.9), 2)
        bands = fbm(mesh.positions * np.array([0.8, 4.5, 0.8]), 3, 5 + index)
        pits = smoothstep(0.25, 0.55, fbm(mesh.positions * 6, 2, 9))
        mesh = mesh.displaced(0.04 * bands - 0.08 * pits)
        pale = np.clip(smoothstep(-0.2, 0.35, bands) - 0.6 * pits, 0, 1)
        lumps.append(grounded(mesh.shaded(second=pale).scaled(size).moved(x, 0.5 * size, z), size))
    return [Piece("lump", merge(lumps), matter(color, np.array([0.5, 0.46, 0.39]), 0.45, clearcoat=0.25))]


def scallop(size_m: float, rows: int = 14, columns: int = 43) -> Mesh:
    """A scallop's valve lying hollow side down: ribs from the hinge, growth lines across (shade b)."""
    v, u = np.meshgrid(np.linspace(1, 0.02, rows), np.linspace(-1, 1, columns), indexing="ij")
    angle = u * 1.12
    ribs = np.abs(np.cos(u * np.pi * 7))
    r = size_m * v * (1 + 0.025 * ribs)
    dome = 0.36 * size_m * np.sin(np.pi * (0.12 + 0.82 * (1 - v)) ** 0.8) * np.cos(u * 1.25)
    y = np.maximum(dome, 0) + 0.035 * size_m * ribs * v + 0.002
    sheet = patch(np.stack([np.sin(angle) * r, y, np.cos(angle) * r - 0.5 * size_m], -1))
    sheet = sheet if sheet.normals[:, 1].mean() > 0 else sheet.turned_inside_out()
    bands = 0.5 + 0.5 * np.sin(v * 21 + 0.6 * np.sin(5 * u))
    return sheet.shaded(second=(0.75 * bands * v).reshape(-1), occlusion=(0.65 + 0.35 * ribs).reshape(-1))


def spiral_shell(size_m: float) -> Mesh:
    """A whelk lying on its side, wound to a point along X."""
    t = np.linspace(0, 1, 60)
    angle = 2 * np.pi * 4.2 * t
    grow = np.exp(2.6 * (t - 1))
    path = np.stack(
        [
            size_m * (1.5 - 1.9 * grow),
            0.55 * size_m * grow * np.sin(angle),
            0.55 * size_m * grow * np.cos(angle),
        ],
        1,
    )
    mesh = tube(path, 0.5 * size_m * grow, 12)
    bands = 0.5 + 0.5 * np.sin(mesh.uv[:, 1] * 90)
    mesh = mesh.displaced(0.012 * size_m * np.sin(mesh.uv[:, 0] * 2 * np.pi * 9))
    return mesh.shaded(second=0.6 * bands).moved(y=-float(mesh.positions[:, 1].min()))


def shells(chance: Chance, color: np.ndarray, many: bool) -> list[Piece]:
    """Scallops and a whelk."""
    laid = [
        scallop(0.048 if many else 0.034).turned("x", 0.15).turned("y", 0.4),
        spiral_shell(0.021 if many else 0.014).turned("y", 1.0).moved(0.05 if many else 0.034, 0, 0.02),
    ]
    if many:
        laid += [
            scallop(0.036).turned("y", 2.2).moved(-0.07, 0.0, 0.05),
            scallop(0.026).turned("y", -1.1).moved(0.02, 0, 0.085),
            spiral_shell(0.013).turned("y", 2.4).moved(-0.04, 0, 0.1),
            scallop(0.03).turned("x", -0.9).moved(-0.03, 0.012, -0.06),
        ]
    return [Piece("shells", merge(laid), thin(color, np.array([0.5, 0.27, 0.2]), 0.3, 0.4, clearcoat=0.25))]


def dune(chance: Chance, color: np.ndarray, many: bool) -> list[Piece]:
    """A small drift of sand with wind ripples."""
    reach = 0.125 if many else 0.05
    v, u = np.meshgrid(np.linspace(-1, 1, 30), np.linspace(-1, 1, 30), indexing="ij")
    r = np.hypot(u, v)
    ripple = 0.03 * np.sin(14 * u + 1.5 * fbm(np.stack([u, v], -1) * 2, 2, 3))
    y = reach * (0.34 * np.exp(-((r / 0.45) ** 2)) + ripple * smoothstep(1.0, 0.5, r)) * smoothstep(
        1.0, 0.85, r
    ) - 0.002 * (r > 0.96)
    sheet = patch(np.stack([u * reach, y, v * reach], -1))
    sheet = sheet if sheet.normals[:, 1].mean() > 0 else sheet.turned_inside_out()
    keep = np.hypot(*(sheet.positions[sheet.faces].mean(axis=1)[:, [0, 2]].T)) < 0.97 * reach
    sheet = Mesh(sheet.positions, sheet.normals, sheet.uv, sheet.shade, sheet.faces[keep])
    return [Piece("sand", sheet, matter(color, color * 1.2, 0.95))]
