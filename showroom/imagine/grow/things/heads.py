"""Heads: the flowers themselves, each 1 across and looking up +Y, shade b its throat or eye."""

from typing import Callable

import numpy as np

from showroom.imagine.grow import vanilla
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.rose import rose
from showroom.imagine.grow.shapes import lathe, patch, rock

Head = Callable[[Chance], Mesh]
_KINDS = 3  # unlike florets of a cluster


def full_rose(chance: Chance) -> Mesh:
    """A garden rose, open."""
    return rose(chance, 24, 5, 5, 0.85)


def peony(chance: Chance) -> Mesh:
    """A ball of many ruffled petals, wide as it is tall."""
    mesh = rose(chance, 27, 5, 5, 0.75)
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
        pieces, kinds = [], [head(chance) for _ in range(_KINDS)]
        for index in range(count):
            share = (index + 0.5) / count
            lean, turn = 1.5 * np.sqrt(share), 2.39996 * index
            at = (
                spread * np.sin(lean) * np.sin(turn),
                tall * np.cos(lean) + 0.05,
                spread * np.sin(lean) * np.cos(turn),
            )
            pieces.append(
                kinds[index % _KINDS].scaled(size).turned("x", lean * 0.9).turned("y", turn).moved(*at)
            )
        return merge(pieces)

    return whole


def raceme(head: Head, count: int, size: float, drop: float = 0.0, girth: float = 0.16) -> Head:
    """Flowers up a spike from the origin down to y = −1: tuberose, lilac; drop: how far they hang."""

    def whole(chance: Chance) -> Mesh:
        pieces, kinds = [], [head(chance) for _ in range(_KINDS)]
        for index in range(count):
            share = index / max(count - 1, 1)
            turn = 2.39996 * index
            grow = size * (0.45 + 0.55 * share)
            out = girth * (0.3 + 0.7 * share)
            flower = (
                kinds[index % _KINDS].scaled(grow).turned("x", 0.5 + 0.9 * share + drop).turned("y", turn)
            )
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


def orchid_head(chance: Chance) -> Mesh:
    """Five broad sepals and a fluted lip."""
    return vanilla.orchid(chance).scaled(13.0)


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
