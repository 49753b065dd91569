"""White: jasmine that climbs, tuberose that stands; what smells at night."""

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.grass import blade
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.rose import stem
from showroom.imagine.grow.shapes import curve, lathe, tube
from showroom.imagine.grow.species.sprig import (
    GREEN,
    Piece,
    copies,
    leafy,
    plain_leaf,
    rising,
    seats,
    star,
    tended,
    upward,
    woody,
)

_WHITE = np.array([0.78, 0.75, 0.66])
_THROAT = np.array([0.6, 0.58, 0.22])


def jasmine(chance: Chance, color: np.ndarray) -> list[Piece]:
    """A twiner on a wigwam of canes: feathered leaves, stars in clusters, long pink buds."""
    canes, vines = [], []
    for index in range(4):
        turned = np.pi / 2 * index + 0.4
        foot = np.array([np.sin(turned), 0.0, np.cos(turned)]) * 0.13
        canes.append(tube(np.stack([foot - [0, 0.03, 0], 0.1 * foot + [0, 0.8, 0]]), 0.0045, 5))
    for index in range(5):
        share = np.linspace(0, 1, 9)
        turned = 1.3 * index + (4.5 + 0.6 * chance.normal()) * share * (1 if index % 2 else -1)
        reach = 0.14 * (1 - 0.8 * share) + 0.025 + 0.02 * chance.uniform(0, 1, 9)
        vine = np.stack([np.sin(turned) * reach, 0.86 * share**0.9, np.cos(turned) * reach], axis=1)
        away = vine[-1] * np.array([1, 0, 1]) * 2 + 0.05 * chance.normal(3) * np.array([1, 0, 1])
        end = np.stack([vine[-1] + 0.7 * away + [0, 0.07, 0], vine[-1] + 1.6 * away - [0, 0.06, 0]])
        vines.append(curve(np.concatenate([vine, end]), 24))
    leaves = copies(_feather(), seats(chance, vines, 28, 0.02, 0.98, 1.15, 0.004, 0.6), chance.uniform(1.0, 1.6, 140))
    flower = upward(star(5, 0.021, 0.0072, 0.25, 0.02))
    places, ways = seats(chance, vines, 26, 0.12, 0.99, 1.0, 0.035)
    kept = chance.uniform(0, 1, len(places)) < 0.6
    shown = (places[kept], ways[kept] + np.array([0, 0.25, 0]))
    open_ones = copies(flower, shown, chance.uniform(0.85, 1.25, kept.sum()))
    bud = lathe(np.array([(0.0, 0.024), (0.0022, 0.02), (0.0016, 0.01), (0.001, 0.0)]), 5)
    buds = copies(upward(bud), seats(chance, vines, 14, 0.2, 1.0, 0.6, 0.02))
    white = tended(color, _WHITE, 0.3)
    return [
        Piece("canes", merge(canes), woody(np.array([0.2, 0.14, 0.07]))),
        Piece(
            "leaves",
            merge([leaves, *(stem(vine, 0.0018, 4) for vine in vines)]),
            leafy(GREEN * 0.85, GREEN * 1.6, 0.35, 0.45),
        ),
        Piece("flowers", open_ones, leafy(white, _THROAT, 0.5, 0.7)),
        Piece("buds", buds, leafy(np.array([0.62, 0.38, 0.4]), through=0.3)),
    ]


def _feather() -> Mesh:
    """A jasmine's leaf: five leaflets along +Z."""
    leaf = plain_leaf(0.034, 0.017, 3, 0.2, 0.3)
    far = np.array([0.03, 0.026, 0.026, 0.012, 0.012])
    turned = np.array([0.0, 0.9, -0.9, 1.3, -1.3])
    ways = np.stack([np.sin(turned), 0 * turned, np.cos(turned)], axis=1)
    return copies(leaf, (far[:, None] * np.array([0, 0, 1.0]), ways), np.linspace(1.1, 0.8, 5))


def tuberose(chance: Chance, color: np.ndarray) -> list[Piece]:
    """Tall spikes: waxy trumpets open below, buds flushed pink above, a tuft of long leaves at the root."""
    paths = rising(chance, 6, 0.86, 0.2, 0.03, 0.25)
    tuft = [
        blade(0.4 * chance.uniform(0.7, 1.15), 0.013, chance.uniform(0.2, 0.7), 0.9, 5).turned(
            "y", chance.uniform(0, 6.3)
        )
        for _ in range(30)
    ]
    bracts = copies(plain_leaf(0.05, 0.009, 3, 0.1, 0.4), seats(chance, paths, 7, 0.12, 0.6, 0.5))
    trumpet = upward(star(6, 0.028, 0.0125, 0.45, 0.03))
    places, ways = seats(chance, paths, 16, 0.56, 0.88, 1.15, 0.03)
    flowers = copies(trumpet, (places, ways), np.tile(np.linspace(1.2, 0.8, 16), len(paths)))
    bud = lathe(np.array([(0.0, 0.04), (0.0055, 0.034), (0.0045, 0.02), (0.002, 0.0)]), 6)
    buds = copies(
        upward(bud.shaded(second=np.clip(bud.positions[:, 1] / 0.04, 0, 1))),
        seats(chance, paths, 16, 0.86, 1.0, 0.65, 0.005),
        np.tile(np.linspace(1.05, 0.45, 16), len(paths)),
    )
    white = tended(color, _WHITE, 0.3)
    return [
        Piece(
            "stems",
            merge([*(stem(path, 0.0045, 6) for path in paths), bracts, *tuft]),
            leafy(GREEN * 1.25, GREEN * 2.2),
        ),
        Piece("flowers", flowers, leafy(white, _THROAT, 0.5, 0.45)),
        Piece("buds", buds, leafy(np.array([0.55, 0.6, 0.4]), np.array([0.7, 0.42, 0.42]), 0.4, 0.5)),
    ]
