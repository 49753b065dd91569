"""Evergreens: a pine with its long needles and candles, a cedar in level tiers with upright cones."""

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.cone import cone
from showroom.imagine.grow.mesh import Mesh, make, merge, unit
from showroom.imagine.grow.shapes import curve, lathe, tube
from showroom.imagine.grow.species.sprig import Piece, Seats, copies, deepened, leafy, seats, tended, upward, woody

_PINE, _CEDAR = np.array([0.05, 0.105, 0.04]), np.array([0.06, 0.095, 0.085])
_BARK = np.array([0.12, 0.085, 0.06])


def pine(chance: Chance, color: np.ndarray) -> list[Piece]:
    """A young pine: whorls of branches that turn up, brushes of long needles, a pale candle on each end."""
    trunk = curve(np.array([[0, -0.03, 0], [0.01, 0.45, 0.0], [0.0, 0.98, 0.01]]), 12)
    branches = [
        _upturned(chance, high, turn)
        for high, count in ((0.22, 6), (0.46, 6), (0.68, 5), (0.84, 4))
        for turn in 2 * np.pi * np.arange(count) / count + high * 9
    ]
    ends = [path[2:] for path in branches]
    needles = copies(_needle(0.09, 0.0062), seats(chance, ends, 190, 0.0, 1.0, 0.7, 0.002, 0.7))
    crown = copies(_needle(0.09, 0.0062), seats(chance, [trunk], 700, 0.2, 1.0, 0.8, 0.012, 0.7))
    shoot = lathe(np.array([(0.0, 0.06), (0.004, 0.055), (0.0055, 0.03), (0.004, 0.0)]), 6)
    tips = (np.stack([path[-1] for path in [*branches, trunk]]), np.tile([0.0, 1.0, 0.0], (len(branches) + 1, 1)))
    candles = copies(upward(shoot), tips, chance.uniform(0.5, 1.0, len(tips[0])))
    hung = _beneath(branches[:10:3])
    cones = copies(upward(cone(chance, 0.075)), hung, chance.uniform(0.8, 1.15, len(hung[0])))
    green = tended(color * 0.5, _PINE, 0.3)
    wood = merge(
        [tube(trunk, np.linspace(0.018, 0.004, 12), 8)]
        + [tube(path, np.linspace(0.007, 0.003, len(path)), 5) for path in branches]
    )
    return [
        Piece("wood", wood, woody(_BARK)),
        Piece(
            "needles",
            deepened(merge([needles, crown]), (0, 0.5, 0), (0.4, 0.62, 0.4)),
            leafy(green, green * 1.9, 0.3, 0.6),
        ),
        Piece("candles", candles, leafy(np.array([0.36, 0.3, 0.14]), through=0.2)),
        Piece("cones", cones, woody(np.array([0.11, 0.06, 0.03]), np.array([0.3, 0.19, 0.1]))),
    ]


def _upturned(chance: Chance, high: float, turned: float) -> np.ndarray:
    long = (0.42 - 0.28 * high) * chance.uniform(0.85, 1.12)
    way = np.array([np.sin(turned), 0, np.cos(turned)])
    return curve(
        np.stack(
            [[0, high, 0], 0.5 * long * way + [0, high + 0.01, 0], 0.95 * long * way + [0, high + 0.3 * long, 0]]
        ),
        9,
    )


def _beneath(branches: list[np.ndarray]) -> Seats:
    at = np.stack([path[5] for path in branches]) - np.array([0, 0.012, 0])
    return at, np.tile([0.1, -1.0, 0.15], (len(branches), 1))


def _needle(long_m: float, wide_m: float) -> Mesh:
    """One needle, or a few that lie together, along +Z: a long triangle, pale at the tip."""
    points = np.array([[-0.5, 0, 0.02], [0.5, 0, 0.02], [0.0, 0.04, 1.0]])
    points = points * np.array([wide_m, 0.4 * long_m, long_m])
    needle = make(points, np.array([[0, 1, 2]]), points[:, [0, 2]] / long_m)
    along = points[:, 2] / long_m
    return needle.shaded(second=0.7 * along, occlusion=0.45 + 0.55 * along, flex=0.5 * along)


def cedar(chance: Chance, color: np.ndarray) -> list[Piece]:
    """A young cedar: level plates one above another, needles in rosettes, barrel cones that stand on them."""
    trunk = curve(np.array([[0, -0.03, 0], [0.015, 0.5, 0.0], [0.06, 0.98, 0.02], [0.12, 1.03, 0.03]]), 14)
    branches = []
    for tier, high in enumerate((0.2, 0.4, 0.57, 0.72, 0.85, 0.94)):
        count = 6 - tier // 2
        for turned in 2 * np.pi * np.arange(count) / count + 1.1 * tier + 0.2 * chance.normal(count):
            branches += _plate(chance, high, 0.5 * (1.06 - high) + 0.03, turned)
    rosette = _rosette(chance)
    sat = _spaced(chance, branches)
    upright = (sat[0] + np.array([0, 0.004, 0]), unit(0.25 * sat[1] + np.array([0, 1.0, 0])))
    needles = copies(rosette, upright, chance.uniform(0.95, 1.4, len(sat[0])), chance.uniform(0, 6, len(sat[0])))
    barrel = lathe(
        np.array([(0.0, 0.06), (0.009, 0.059), (0.019, 0.047), (0.021, 0.028), (0.016, 0.008), (0.0, 0.0)]), 12
    )
    ringed = np.abs(np.sin(barrel.positions[:, 1] * 330))
    barrel = upward(barrel.shaded(second=ringed))
    place = np.stack([path[3] for path in branches[2:40:8]]) + np.array([0, 0.008, 0])
    cones = copies(barrel, (place, np.tile([0.05, 1.0, 0.03], (len(place), 1))), chance.uniform(0.8, 1.1, len(place)))
    green = tended(color * 0.55, _CEDAR, 0.3)
    wood = merge(
        [tube(trunk, np.linspace(0.018, 0.003, 14), 8)]
        + [tube(path, np.linspace(0.005, 0.0015, len(path)), 4) for path in branches]
    )
    return [
        Piece("wood", wood, woody(np.array([0.12, 0.1, 0.08]))),
        Piece("needles", deepened(needles, (0, 0.5, 0), (0.42, 0.7, 0.42)), leafy(green, green * 1.7, 0.3)),
        Piece("cones", cones, woody(np.array([0.16, 0.13, 0.08]), np.array([0.3, 0.26, 0.17]))),
    ]


def _spaced(chance: Chance, branches: list[np.ndarray]) -> Seats:
    """A seat every 26 mm along all of them."""
    groups = [
        seats(chance, [path], max(2, int(np.linalg.norm(path[-1] - path[0]) / 0.026)), 0.08, 1.0, 0.0, 0.0, 0.4)
        for path in branches
    ]
    return np.concatenate([at for at, _ in groups]), np.concatenate([way for _, way in groups])


def _plate(chance: Chance, high: float, long: float, turned: float) -> list[np.ndarray]:
    """A branch and two that fork from it, all in one level plane that sinks a little at its end."""
    paths = []
    for start, share, aside in ((0.0, 1.0, 0.0), (0.4, 0.55, 0.65), (0.5, 0.5, -0.65)):
        way = np.array([np.sin(turned + aside), 0, np.cos(turned + aside)])
        main = np.array([np.sin(turned), 0, np.cos(turned)])
        root = main * start * long + np.array([0, high + 0.02 * start, 0])
        reach = share * long * chance.uniform(0.9, 1.1)
        bent = [root, root + 0.5 * reach * way + [0, 0.012, 0], root + reach * way - [0, 0.01, 0]]
        paths.append(curve(np.stack(bent), 7))
    return paths


def _rosette(chance: Chance) -> Mesh:
    """A spur of short needles, open towards +Z."""
    count = 11
    turned, lean = 2.39996 * np.arange(count), np.linspace(0.25, 1.45, count) + 0.1 * chance.normal(count)
    ways = np.stack([np.sin(lean) * np.cos(turned), np.sin(lean) * np.sin(turned), np.cos(lean)], axis=1)
    points = np.array([[-0.0023, 0, 0.001], [0.0023, 0, 0.001], [0.0, 0.001, 0.028]])
    needle = make(points, np.array([[0, 1, 2]]), points[:, [0, 2]])
    needle = needle.shaded(second=np.array([0, 0, 1.0]), occlusion=np.array([0.5, 0.5, 1.0]))
    return copies(needle, (np.zeros((count, 3)), ways))
