"""Garden: the rose, lavender and iris, as they stand in a border."""

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.grass import blade
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import smoothstep
from showroom.imagine.grow.rose import bud, rose, sepals, stem, thorns
from showroom.imagine.grow.shapes import lathe, patch
from showroom.imagine.grow.species.sprig import GREEN, Piece, copies, leafy, plain_leaf, rising, seats, upward

_SAGE = np.array([0.13, 0.17, 0.1])


def rose_bush(chance: Chance, color: np.ndarray) -> list[Piece]:
    """Canes with thorns, leaves in fives, open roses at the ends and buds below them."""
    paths = rising(chance, 9, 0.66, 0.34, 0.04)
    pale = np.clip(color * 0.55 + np.array([0.3, 0.22, 0.13]), 0, 0.8)
    tips = np.stack([path[-1] for path in paths])
    ways = np.stack([path[-1] - path[-2] for path in paths]) * 0.6 + np.array([0, 0.02, 0.02])
    blooms = [
        copies(
            upward(rose(chance, 18, 4, 4, opened)),
            (tips[k::2], ways[k::2]),
            0.105 * chance.uniform(0.85, 1.15, len(tips[k::2])),
            chance.uniform(0, 6, len(tips[k::2])),
        )
        for k, opened in enumerate((0.85, 0.6))
    ]
    budding = seats(chance, paths[::2], 1, 0.8, 0.8, 0.9, 0.05)
    cups = copies(upward(sepals(chance)), (tips, ways), 0.095)
    leaves = copies(_five(chance), seats(chance, paths, 11, 0.12, 0.92, 1.1, 0.004), chance.uniform(0.9, 1.4, 99))
    canes = merge([stem(path, 0.0042, 5) for path in paths] + [thorns(path, 0.0042, chance, 5) for path in paths])
    return [
        Piece("canes", merge([canes, cups]), leafy(GREEN * 1.1, GREEN * 2, 0.1)),
        Piece("leaves", leaves, leafy(GREEN * 0.8, GREEN * 1.5, 0.35, 0.5)),
        Piece(
            "flowers",
            merge([*blooms, copies(upward(bud(chance)), budding, 0.045)]),
            leafy(color, pale, 0.45, 0.6, sheen=0.3),
        ),
    ]


def _five(chance: Chance) -> Mesh:
    """A rose's leaf: five leaflets on one stalk along +Z."""
    leaf = plain_leaf(0.046, 0.034, 3, 0.25, 0.3, 0.7)
    at = np.array([[0, 0, 0.05], [0, 0, 0.045], [0, 0, 0.045], [0, 0, 0.022], [0, 0, 0.022]])
    turned = np.array([0.0, 1.15, -1.15, 1.3, -1.3])
    ways = np.stack([np.sin(turned), 0.05 * chance.normal(5), np.cos(turned)], axis=1)
    return copies(leaf, (at, ways), np.array([1.0, 0.9, 0.9, 0.75, 0.75]))


def lavender(chance: Chance, color: np.ndarray) -> list[Piece]:
    """A grey-green cushion of narrow leaves, and over it spikes of whorled florets that lean every way."""
    paths = rising(chance, 42, 0.46, 0.27, 0.05, 0.55)
    narrow = plain_leaf(0.075, 0.0085, 3, 0.1, 0.4, 0.7)
    green = copies(narrow, seats(chance, paths, 7, 0.02, 0.55, 0.7, 0.004, 0.6), chance.uniform(0.9, 1.5, 294))
    spikes = [(path[-1], path[-1] - path[-2]) for path in paths]
    shown = (np.stack([at for at, _ in spikes]), np.stack([way for _, way in spikes]))
    flowers = copies(_spike(chance), shown, chance.uniform(0.75, 1.2, len(paths)), chance.uniform(0, 6, len(paths)))
    return [
        Piece("stems", merge([*(stem(path, 0.0018, 3) for path in paths), green]), leafy(_SAGE, _SAGE * 1.5)),
        Piece("spikes", flowers, leafy(color * 0.7, np.clip(color * 1.9 + 0.03, 0, 0.8), 0.45, 0.8)),
    ]


def _spike(chance: Chance) -> Mesh:
    """Whorls of little cups and one apart below, along +Z, about 7 cm."""
    cup = lathe(np.array([(0.0058, 0.0125), (0.0014, 0.0)]), 3)
    cup = upward(cup.shaded(second=smoothstep(0.004, 0.013, cup.positions[:, 1]), flex=1.0))
    high = np.repeat(np.array([-0.02, 0.0, 0.011, 0.022, 0.033, 0.043, 0.051]), 4)
    wide = np.repeat(np.array([0.8, 1.0, 1.1, 1.05, 0.95, 0.8, 0.55]), 4)
    turned = np.arange(28) * 2 * np.pi / 4 + 0.6 * np.repeat(np.arange(7), 4) + 0.15 * chance.normal(28)
    out = np.stack([np.cos(turned), np.sin(turned), 0 * turned], axis=1)
    at = out * 0.0025 + high[:, None] * np.array([0.0, 0.0, 1.0])
    return copies(cup, (at, out + np.array([0.0, 0.0, 0.75])), wide)


def iris(chance: Chance, color: np.ndarray) -> list[Piece]:
    """A fan of swords and three stems, each with one flower open and one in bud."""
    paths = rising(chance, 4, 0.74, 0.2, 0.03, 0.3)
    swords = [
        blade(0.62 * chance.uniform(0.75, 1.1), 0.034, 0.12 * abs(index - 5) * chance.uniform(0.5, 1.1), 0.25, 6)
        .turned("y", (1 if index % 2 else -1) * (1.2 + 0.3 * chance.normal()))
        .moved(0.018 * (index - 5), 0, 0.02 * chance.normal())
        for index in range(11)
    ]
    gold = np.array([0.78, 0.5, 0.06])
    flowers, beards = zip(*[_bloom(chance) for _ in paths])
    shown = [
        merge([part.turned("y", chance.uniform(0, 6)).moved(*path[-1]) for part, path in zip(parts, paths)])
        for parts in (flowers, beards)
    ]
    shut = lathe(np.array([(0.0, 0.062), (0.007, 0.05), (0.011, 0.03), (0.007, 0.006), (0.0, 0.0)]), 8)
    buds = copies(upward(shut), seats(chance, paths, 1, 0.8, 0.8, 0.35, 0.006))
    stems = merge([stem(path, 0.0048, 6) for path in paths])
    green = np.array([0.07, 0.12, 0.06])
    return [
        Piece("swords", merge([stems, *swords]), leafy(green, green * 1.5, 0.4)),
        Piece(
            "flowers",
            merge([shown[0], buds]),
            leafy(color, np.clip(color * 1.25 + 0.28, 0, 0.82), 0.55, 0.55, sheen=0.4),
        ),
        Piece("beards", shown[1], leafy(gold, gold, 0.2, 0.9)),
    ]


def _bloom(chance: Chance) -> tuple[Mesh, Mesh]:
    """A bearded iris about 11 cm across: three standards that close above, three falls that hang, their beards."""
    v, u = np.meshgrid(np.linspace(1, 0, 8), np.linspace(-1, 1, 7), indexing="ij")
    pieces, beards = [], []
    for index in range(6):
        falls = index % 2 == 0
        half = (0.034 if falls else 0.031) * (0.2 + 0.8 * np.sin(np.pi * np.clip(v, 0, 1) ** 0.85 * 0.86) ** 0.9)
        ruffle = 0.006 * v * u**2 * np.sin(7 * v + 5 * u + chance.uniform(0, 6))
        angle = (1.0 - 2.6 * v**1.1) if falls else (1.15 + 0.75 * v)
        out = np.concatenate([np.cumsum(np.cos(angle[::-1, 0]))[::-1] - np.cos(angle[-1, 0])]) * 0.0118
        up = (np.cumsum(np.sin(angle[::-1, 0]))[::-1] - np.sin(angle[-1, 0])) * 0.0118
        hollow = half * (0.35 * u * u) * (-1 if falls else 1)
        points = np.stack(
            [
                -u * half,
                up[:, None] + (hollow if falls else 0) + ruffle,
                out[:, None] - (0 if falls else hollow) + ruffle + 0.006,
            ],
            axis=-1,
        )
        veined = smoothstep(0.75, 0.1, v) * (0.6 + 0.4 * np.cos(14 * u))
        petal = patch(points).shaded(
            occlusion=(0.5 + 0.5 * v).reshape(-1),
            flex=0.8,
            second=((0.8 if falls else 0.25) * veined + 0.2 * (not falls)).reshape(-1),
        )
        pieces.append(petal.turned("y", index * np.pi / 3 + 0.12 * chance.normal()))
        if falls:
            ridge = np.stack([0 * out, up + 0.004, out + 0.006], axis=1)[4:]
            beards.append(stem(ridge[::-1], 0.0042, 5).turned("y", index * np.pi / 3))
    return merge(pieces), merge(beards)
