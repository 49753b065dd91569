"""Night flowers: jasmine in sprays, tuberose in spikes; whole within reach, a few petals each far away.

Jasmine after Jasminum polyanthum: pinnate leaves, white stars on slender tubes, pink buds in panicles.
Tuberose after Agave amica: a wand a metre tall, waxy six-pointed funnels in pairs, buds closed at its tip.
"""

from dataclasses import dataclass

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.grass import blade
from showroom.imagine.grow.mesh import Mesh, make, merge, unit
from showroom.imagine.grow.noise import smoothstep
from showroom.imagine.grow.shapes import curve, lathe, patch, tube

GOLDEN_RAD = 2.39996


@dataclass(frozen=True)
class Spray:
    """Twigs in the world; where leaves and flowers sit on them, (n, 3), and the way each looks."""

    wood: Mesh
    leaf_at: np.ndarray
    leaf_ahead: np.ndarray
    star_at: np.ndarray
    star_up: np.ndarray


def jasmine_star(fine: bool) -> Mesh:
    """A jasmine flower 1 across on its tube, looking up +Y, the tube's foot at y = −0.5.

    Shade: b the throat and the blushed tube, g flex. fine: for an arm's length.
    """
    if not fine:
        return _far_star()
    rows, columns = 5, 3
    pieces = []
    for index in range(5):
        v, u = np.meshgrid(np.linspace(1, 0, rows), np.linspace(-1, 1, columns), indexing="ij")
        half = 0.155 * np.sin(np.pi * np.clip(0.1 + 0.86 * v, 0, 1)) ** 0.75
        back = -0.09 * v**2 + 0.03 * np.abs(u) * v  # lobes roll back as the flower ages
        twist = 0.05 * u * v
        petal = patch(np.stack([u * half, back + twist, 0.04 + 0.46 * v], axis=-1))
        petal = petal.shaded(0.72 + 0.28 * v.reshape(-1), 0.7, 0.6 * smoothstep(0.3, 0.0, v).reshape(-1))
        pieces.append(petal.turned("y", index * 2 * np.pi / 5))
    throat = lathe(np.array([(0.045, 0.01), (0.03, -0.2), (0.022, -0.5)]), 5)
    pieces.append(throat.shaded(0.75, 0.7, 0.35))
    return merge(pieces)


def _far_star() -> Mesh:
    """The same five lobes as kites of two triangles."""
    points = np.array([[0, 0.02, 0.02], [-0.19, 0.0, 0.29], [0.19, 0.0, 0.29], [0, -0.07, 0.5]])
    kite = make(points, np.array([[0, 1, 2], [2, 1, 3]]), points[:, [0, 2]])
    kite = kite if kite.normals[0, 1] > 0 else kite.turned_inside_out()
    kite = kite.shaded(np.array([0.7, 1, 1, 1]), 0.7, np.array([0.6, 0, 0, 0]))
    return merge([kite.turned("y", index * 2 * np.pi / 5) for index in range(5)])


def jasmine_bud() -> Mesh:
    """A bud 1 tall on the origin, closed and pointed, pink where the sun has been on it (shade b)."""
    rows = np.array([(0.0, 1.0), (0.09, 0.88), (0.11, 0.72), (0.05, 0.52), (0.028, 0.0)])
    mesh = lathe(rows, 6)
    return mesh.shaded(0.85, 0.7, smoothstep(0.35, 0.9, mesh.positions[:, 1]))


def pinnate(pairs: int, leaf_m: float) -> Mesh:
    """A jasmine leaf along +Z: narrow pointed leaflets in pairs, the last one longer; b is the midrib."""
    stalk = leaf_m * (0.75 * pairs + 0.3)
    pieces = [_leaflet(1.45 * leaf_m).moved(0, 0, stalk - 0.1 * leaf_m)]
    for pair in range(pairs):
        for side in (-1.0, 1.0):
            size = leaf_m * (0.78 + 0.1 * np.sin(np.pi * (pair + 0.5) / pairs))
            leaf = _leaflet(size).turned("z", 0.25 * side).turned("y", 0.95 * side)
            pieces.append(leaf.moved(0, 0, stalk * (0.22 + 0.7 * pair / pairs)))
    mesh = merge(pieces)
    z = np.clip(mesh.positions[:, 2] / (stalk + leaf_m), 0, 1)
    droop = np.stack([0 * z, -0.3 * stalk * z**2, 0 * z], axis=1)
    return mesh.displaced(droop).shaded(flex=0.3 + 0.7 * z)


def _leaflet(long_m: float) -> Mesh:
    """Four triangles: a lance folded along its midrib."""
    half, fold = 0.17 * long_m, 0.06 * long_m
    points = np.array([[0, 0, 0], [-half, fold, 0.42 * long_m], [half, fold, 0.42 * long_m],
                       [0, -0.02 * long_m, 0.45 * long_m], [0, -0.08 * long_m, long_m]])
    mesh = make(points, np.array([[0, 1, 3], [0, 3, 2], [1, 4, 3], [3, 4, 2]]), points[:, [0, 2]] / long_m)
    return mesh.shaded(occlusion=np.array([0.6, 1.0, 1.0, 0.75, 1.0]), second=np.array([0.6, 0, 0, 0.5, 0.1]))


def spray(chance: Chance, root: tuple[float, float, float], tip: tuple[float, float, float], sag_m: float = 0.1,
          leaf_step_m: float = 0.045, flowers: int = 12) -> Spray:
    """One trailing shoot from root to tip, leaves in pairs along it, flowers in loose panicles to its end."""
    start, end = np.array(root, dtype=float), np.array(tip, dtype=float)
    long = float(np.linalg.norm(end - start))
    middle = (start + end) / 2 + np.array([0, sag_m, 0]) + 0.06 * long * chance.normal(3)
    path = curve(np.stack([start, middle, end, end + 0.12 * (end - middle) - np.array([0, 0.3 * sag_m, 0])]), 24)
    ahead = unit(np.gradient(path, axis=0))
    wood = tube(path, np.linspace(0.0042, 0.0012, len(path)), 4, closed=False)
    wood = wood.shaded(occlusion=0.7, flex=np.repeat(np.linspace(0.0, 0.5, len(path)), 5))
    count = max(4, int(long / leaf_step_m))
    place = np.linspace(0.12, 0.97, count) * (len(path) - 1)
    low = place.astype(int)
    side = unit(np.cross(ahead[low], np.array([0.0, 1.0, 0.0])))
    left = np.where(np.arange(count)[:, None] % 2 == 0, side, -side)
    leaf_ahead = unit(left + 0.55 * ahead[low] + np.array([0, 0.25, 0]) + 0.25 * chance.normal((count, 3)))
    star_at, star_up = _panicles(chance, path, flowers)
    return Spray(wood, path[low], leaf_ahead, star_at, star_up)


def _panicles(chance: Chance, path: np.ndarray, flowers: int) -> tuple[np.ndarray, np.ndarray]:
    """Clusters of about six flowers at three knees of the shoot and at its end, each looking its own way out."""
    knees = path[(np.array([0.34, 0.6, 0.82, 0.99]) * (len(path) - 1)).astype(int)]
    own = knees[chance.integers(0, len(knees), flowers)]
    way = unit(chance.normal((flowers, 3)) + np.array([0.0, 0.45, 0.5]))
    reach = chance.uniform(0.018, 0.05, flowers)[:, None]
    return own + way * reach, unit(way + 0.3 * chance.normal((flowers, 3)))


def gathered_sprays(sprays: list[Spray]) -> Spray:
    """Several as one."""
    return Spray(merge([each.wood for each in sprays]), *(
        np.concatenate([getattr(each, name) for each in sprays])
        for name in ("leaf_at", "leaf_ahead", "star_at", "star_up")))


def tuberose_floret(fine: bool) -> Mesh:
    """A waxy funnel 1 long, its foot at the origin, mouth up +Y; six pointed lobes that roll back.

    Shade b: the greenish tube and the blush outside.
    """
    rows, columns = (6, 3) if fine else (3, 2)
    pieces = []
    for index in range(6):
        v, u = np.meshgrid(np.linspace(1, 0, rows), np.linspace(-1, 1, columns), indexing="ij")
        inner = index % 2  # three lobes within three
        opened = smoothstep(0.45, 1.0, v)
        half = (0.06 + 0.03 * inner) * (1 - opened) + 0.2 * opened * np.sqrt(np.clip(1.04 - v, 0, 1) / 0.4).clip(0, 1)
        radius = 0.055 + 0.05 * v + 0.36 * opened**1.5
        y = 0.62 * v + 0.14 * np.sin(np.pi * np.clip(v * 1.05, 0, 1)) - 0.1 * opened**2
        points = np.stack([u * half, y + 0.03 * np.abs(u) * opened, radius - 0.35 * half * u**2], axis=-1)
        lobe = patch(points).shaded((0.5 + 0.5 * v).reshape(-1), 0.5, smoothstep(0.55, 0.1, v).reshape(-1))
        pieces.append(lobe.turned("y", index * np.pi / 3))
    return merge(pieces)


def tuberose_bud() -> Mesh:
    """A closed funnel 1 long on the origin, blushing at its tip (shade b)."""
    rows = np.array([(0.0, 1.0), (0.085, 0.9), (0.11, 0.74), (0.07, 0.45), (0.05, 0.0)])
    mesh = lathe(rows, 6)
    return mesh.shaded(0.8, 0.5, smoothstep(0.5, 1.0, mesh.positions[:, 1]))


@dataclass(frozen=True)
class Spike:
    """A wand of tuberose about its root: wood and leaves; open florets and buds, places, ways and sizes."""

    green: Mesh
    floret_at: np.ndarray
    floret_up: np.ndarray
    bud_at: np.ndarray
    bud_up: np.ndarray
    floret_m: float


def tuberose(chance: Chance, tall_m: float = 1.0, florets: int = 20, leaves: int = 9, lean: float = 0.12,
             rings: int = 26) -> Spike:
    """A wand from y = 0, the lowest flowers widest open, buds closed above them, grassy leaves at its foot.

    rings : points along it; few for the middle ground.
    """
    away = chance.uniform(0, 2 * np.pi)
    out = np.array([np.sin(away), 0.0, np.cos(away)])
    top = out * lean * tall_m + np.array([0, tall_m, 0])
    path = curve(np.array([[0, -0.03, 0], 0.3 * top * np.array([0.4, 1.5, 0.4]), top]), rings)
    sides, rows = (5, 4) if rings > 12 else (3, 3)
    stalk = tube(path, np.linspace(0.0065, 0.003, rings), sides, closed=False)
    pieces = [stalk.shaded(occlusion=np.repeat(0.45 + 0.55 * np.linspace(0, 1, rings), sides + 1),
                           flex=np.repeat(np.linspace(0, 1, rings), sides + 1))]
    for index in range(leaves):
        leaf = blade(0.42 * chance.uniform(0.6, 1.1), 0.017, chance.uniform(0.15, 0.5), chance.uniform(0.5, 1.4), rows)
        pieces.append(leaf.turned("y", GOLDEN_RAD * index).shaded(second=0.3 * leaf.shade[:, 2]))
    for step, share in enumerate((0.3, 0.42, 0.54)):  # the stalk's own leaves, ever shorter
        leaf = blade(0.11 - 0.018 * step, 0.011, 0.5, 0.7, 3).turned("y", GOLDEN_RAD * (8 + 3 * step))
        pieces.append(leaf.moved(*path[int(share * (rings - 1))]))
    number = np.arange(florets + 7)
    share = 0.6 + 0.4 * (number / len(number)) ** 0.9
    at = np.stack([np.interp(share, np.linspace(0, 1, len(path)), path[:, axis]) for axis in range(3)], axis=1)
    turn = GOLDEN_RAD * (number // 2) + np.pi * (number % 2) + 0.3 * chance.normal(len(number))
    rise = 0.35 + 1.3 * smoothstep(0.78, 1.0, share)
    up = unit(np.stack([np.sin(turn), rise, np.cos(turn)], axis=1))
    open_ = number < florets
    return Spike(merge(pieces), at[open_], up[open_], at[~open_], up[~open_], 0.062)


def whole_spike(chance: Chance, tall_m: float, florets: int) -> tuple[Mesh, Mesh]:
    """(green, white) of one wand in few triangles, for the middle ground."""
    spike = tuberose(chance, tall_m, florets, 5, rings=7)
    small = tuberose_floret(False)
    whites = []
    for at, up in zip(spike.floret_at, spike.floret_up):
        side = unit(np.cross(up, np.array([0.3, 0.2, 0.9])))
        basis = np.stack([side, up, np.cross(side, up)], axis=1)
        whites.append(small.transformed(basis * spike.floret_m).moved(*at))
    tip = lathe(np.array([(0.0, 0.09), (0.012, 0.05), (0.016, 0.0)]), 5).moved(*spike.bud_at.mean(axis=0))
    return spike.green, merge([*whites, tip.shaded(occlusion=0.8, second=0.6)])


def lily_pad(chance: Chance) -> Mesh:
    """A floating leaf 1 across with its slit, edge a little raised; b is its rim."""
    turn = np.linspace(0.16, 2 * np.pi - 0.16, 19)
    reach = np.array([1.0, 0.93, 0.5, 0.0])[:, None]
    wave = 1 + 0.04 * np.sin(5 * turn + chance.uniform(0, 6))
    x, z = 0.5 * reach * np.sin(turn) * wave, 0.5 * reach * np.cos(turn) * wave
    y = 0.012 * (reach > 0.98) * (1 + np.sin(3 * turn)) + 0.006 + 0 * x
    mesh = patch(np.stack([x, y, z], axis=-1))
    mesh = mesh if mesh.normals[:, 1].mean() > 0 else mesh.turned_inside_out()
    return mesh.shaded(second=np.repeat([1.0, 0.3, 0.0, 0.2], 19))


def water_lily(chance: Chance) -> Mesh:
    """A white lily 1 across lying on y = 0: three rings of pointed petals round a golden eye (shade b)."""
    pieces = []
    for ring, (count, lean, long) in enumerate(((8, 1.3, 0.5), (8, 0.85, 0.44), (6, 0.4, 0.34))):
        for index in range(count):
            v, u = np.meshgrid(np.linspace(1, 0, 4), np.linspace(-1, 1, 3), indexing="ij")
            half = 0.1 * np.sin(np.pi * np.clip(0.12 + 0.85 * v, 0, 1))
            out, up = np.sin(lean) * v + 0.05, np.cos(lean) * v + 0.12 * v**2
            petal = patch(np.stack([u * half, long * up + 0.05 * np.abs(u) * v, long * out], axis=-1))
            petal = petal.shaded((0.5 + 0.5 * v).reshape(-1), second=0.0)
            pieces.append(petal.turned("y", 2 * np.pi * (index + 0.5 * ring) / count + 0.1 * chance.normal()))
    eye = lathe(np.array([(0.0, 0.13), (0.06, 0.11), (0.075, 0.04)]), 8).shaded(second=1.0)
    return merge([*pieces, eye])
