"""Sweet: what a confectioner's table holds: comb and honey, chocolate, caramel, sugar, vanilla, biscuits."""

import numpy as np

from showroom.imagine.grow import vanilla as pods
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.flora import Piece
from showroom.imagine.grow.kitchenware import turned
from showroom.imagine.grow.mesh import Mesh, make, merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import rgb
from showroom.imagine.grow.shapes import box, curve, icosphere, lathe, patch, rock, tube
from showroom.imagine.grow.things.arrange import grounded, heap, matter, spots, strewn, thin


def vanilla(chance: Chance, color: np.ndarray, many: bool) -> list[Piece]:
    """Cured pods tied in a bundle, and the orchid."""
    sheaf, tie = pods.bundle(chance, 15 if many else 6, 0.21 if many else 0.12)
    flower = pods.orchid(chance)
    at = (0.03, 0.02, 0.05) if many else (-0.012, 0.008, 0.018)
    return [
        Piece("pods", sheaf.turned("y", 0.5), matter(color, color * 2.0, 0.7, clearcoat=0.1)),
        Piece("raffia", tie.turned("y", 0.5), matter(np.array([0.5, 0.36, 0.18]))),
        Piece(
            "orchid",
            flower.scaled(1.0 if many else 0.62).turned("x", 0.35).moved(*at),
            thin(np.array([0.74, 0.7, 0.5]), np.array([0.72, 0.52, 0.12]), 0.45, 0.6),
        ),
    ]


def comb(chance: Chance, color: np.ndarray, many: bool) -> list[Piece]:
    """A slab of honeycomb, some cells full, honey running down one side."""
    cell, across = (0.0062, 9) if many else (0.0052, 5)
    tall = 0.026 if many else 0.018
    walls, drops = [], []
    ring = np.arange(6) * np.pi / 3
    unit = np.stack([np.sin(ring), 0 * ring, np.cos(ring)], 1)
    for a in range(-across, across + 1):
        for b in range(-across, across + 1):
            at = np.array([(a + 0.5 * (b % 2)) * 1.732, 0, b * 1.5]) * cell
            if np.abs(at[0]) > 0.55 * across * 1.732 * cell or np.abs(at[2]) > 0.5 * across * 1.5 * cell:
                continue
            top, rim = unit * cell + at + [0, tall, 0], unit * 0.84 * cell + at + [0, tall + 0.0006, 0]
            floor = unit * 0.8 * cell + at + [0, tall - 0.007, 0]
            points = np.concatenate([top, rim, floor])
            faces = [
                f
                for k in range(6)
                for n in [(k + 1) % 6]
                for f in ((k, n, n + 6), (k, n + 6, k + 6), (k + 6, n + 6, n + 12), (k + 6, n + 12, k + 12))
            ]
            walls.append(
                make(points, np.array(faces), points[:, [0, 2]]).shaded(
                    occlusion=np.repeat([1.0, 1.0, 0.35], 6)
                )
            )
            level = tall - (0.0008 if chance.uniform() < 0.55 else 0.005)
            lid = np.concatenate([[[0, 0.0004, 0]], unit * 0.83 * cell]) + at + [0, level, 0]
            drops.append(make(lid, np.array([(0, k + 1, (k + 1) % 6 + 1) for k in range(6)]), lid[:, [0, 2]]))
    wide, deep = 0.55 * across * 1.732 * cell * 2 + cell, 0.5 * across * 1.5 * cell * 2 + cell
    slab = box(wide, tall - 0.0075, deep, 0.002, 0.1, 6)
    grooves = 0.0012 * np.sin(slab.positions[:, 0] / cell * 3.6) * np.sin(slab.positions[:, 2] / cell * 3.6)
    slab = slab.displaced(grooves)
    side = box(wide, tall, deep, 0.002, 0.1, 8)
    side = Mesh(
        side.positions,
        side.normals,
        side.uv,
        side.shade,
        side.faces[side.positions[side.faces][..., 1].mean(axis=1) < tall - 0.0006],
    )
    pool = lathe(
        np.array([(0.0, 0.003), (0.7, 0.0028), (0.95, 0.0016), (1.0, 0.0)]) * np.array([0.72 * wide, 1.0]), 26
    )
    swell = 0.2 * fbm(pool.positions / wide * 3, 2, 3)[:, None] * pool.positions * np.array([1, 0, 1])
    pool = pool.displaced(swell)
    honey = thin(color, color, 0.6, 0.25, clearcoat=0.4, emission=rgb(0.05 * color))
    wax = thin(np.array([0.6, 0.38, 0.1]), np.array([0.7, 0.5, 0.2]), 0.5, 0.5)
    return [
        Piece("comb", grounded(merge([*walls, side]), 0.01).turned("y", 0.5), wax),
        Piece("honey", merge([*drops]).turned("y", 0.5), honey),
        Piece("pool", pool.moved(0.1 * wide, 0.0004, 0.28 * deep), honey),
    ]


def chunks(chance: Chance, color: np.ndarray, many: bool) -> list[Piece]:
    """Chocolate broken from the bar, and shavings."""

    def slab(columns: int, rows: int) -> Mesh:
        size = 0.021 if many else 0.015
        tablets = [
            box(0.94 * size, 0.45 * size, 0.94 * size, 0.16 * size, 0.2).moved(
                size * (a - (columns - 1) / 2), 0.22 * size, size * (b - (rows - 1) / 2)
            )
            for a in range(columns)
            for b in range(rows)
        ]
        return merge([*tablets, box(size * columns, 0.3 * size, size * rows, 0.03 * size, 0.2)])

    laid = [
        slab(3, 2).turned("y", 0.4),
        slab(2, 2).turned("x", 0.42).turned("y", -0.7).moved(0.028, 0.008, 0.02),
    ]
    if many:
        laid = [
            slab(4, 3).turned("y", 0.4),
            slab(3, 2).turned("x", 0.4).turned("y", -0.7).moved(0.05, 0.016, 0.04),
            slab(2, 2).turned("y", 1.2).moved(-0.05, 0.0, 0.075),
            slab(2, 1).turned("z", 0.4).moved(0.06, 0.004, -0.05),
        ]
    curls = []
    for index in range(12 if many else 5):
        t = np.linspace(0, 1, 14)
        spin = 5.5 * t
        path = np.stack([0.004 * np.sin(spin), 0.005 + 0.004 * np.cos(spin), 0.014 * (t - 0.5)], 1)
        curls.append(tube(path, 0.0011, 4))
    return [
        Piece("bar", grounded(merge(laid), 0.01), matter(color, color * 1.6, 0.62)),
        Piece(
            "shavings",
            strewn(chance, curls, len(curls), 0.1 if many else 0.042, 0.3),
            matter(color * 1.3, roughness=0.7),
        ),
    ]


def caramels(chance: Chance, color: np.ndarray, many: bool) -> list[Piece]:
    """Soft cubes with rounded edges, one pulled into a thread of syrup."""
    size = 0.02 if many else 0.016
    cube = box(size, 0.82 * size, size, 0.18 * size, 0.1, 3)
    cube = cube.displaced(0.03 * size * fbm(cube.positions * 140, 2, 2))
    if many:
        pieces = [
            cube.turned("y", chance.uniform(0, 1.5)).moved(x, y - 0.6 * size, z)
            for x, y, z in heap(chance, 11, 0.62 * size)
        ]
        pieces = [piece.moved(y=0.1 * size) for piece in pieces]
    else:
        pieces = [
            cube.turned("y", turn).moved(x, y, z)
            for turn, x, y, z in (
                (0.3, -0.012, 0.0, 0.004),
                (1.0, 0.014, 0.0, -0.004),
                (0.6, 0.0, 0.0132, 0.0),
                (0.1, 0.004, 0.0, 0.03),
            )
        ]
    syrup = lathe(
        np.array([(0.0, 0.0022), (0.7, 0.002), (0.95, 0.0012), (1.0, 0.0)]) * np.array([3.4 * size, 1.0]), 22
    )
    syrup = syrup.displaced(
        0.3 * fbm(syrup.positions * 30, 2, 8)[:, None] * syrup.positions * np.array([1, 0, 1])
    )
    glossy = thin(color, color * 1.3, 0.3, 0.4, clearcoat=0.3)
    return [
        Piece("cubes", grounded(merge(pieces), 0.012), glossy),
        Piece("syrup", syrup.moved(y=0.0003), thin(color * 0.8, color, 0.35, 0.3, clearcoat=0.3)),
    ]


def sugar(chance: Chance, color: np.ndarray, many: bool) -> list[Piece]:
    """Lumps, and crystals strewn about them."""
    lump = pods.cube()
    lumps = [
        lump.turned("y", chance.uniform(0, 1.6)).moved(x, y - 0.009, z)
        for x, y, z in heap(chance, 14 if many else 4, 0.0095)
    ]
    grains = strewn(
        chance, [pods.crystal().scaled(0.0016)], 220 if many else 90, 0.11 if many else 0.045, 0.3
    )
    return [
        Piece("lumps", merge(lumps), matter(color, color, 0.85)),
        Piece("grains", grains, matter(color, color, 0.3, clearcoat=0.5)),
    ]


def pitcher(chance: Chance, color: np.ndarray, many: bool) -> list[Piece]:
    """A small bowl of milk, a drop beside it."""
    r = 0.062 if many else 0.036
    bowl = turned(
        (
            (0.0, 0.1 * r),
            (0.5 * r, 0.13 * r),
            (0.86 * r, 0.45 * r),
            (0.98 * r, 0.8 * r),
            (1.03 * r, 0.8 * r),
            (0.97 * r, 0.55 * r),
            (0.6 * r, 0.06 * r),
            (0.42 * r, 0.0),
            (0.0, 0.0),
        ),
        1.0,
        26,
        28,
    )
    milk = lathe(np.array([(0.0, 0.0), (0.8, 0.0), (0.96, 0.015), (1.0, 0.03)]) * r * 0.93, 26).moved(
        y=0.64 * r
    )
    drop = lathe(
        np.array([(0.0, 0.0022), (0.6, 0.002), (0.92, 0.0012), (1.0, 0.0)]) * np.array([0.007, 1.0]), 14
    )
    drops = merge([drop.moved(1.3 * r, 0, 0.7 * r), drop.scaled(0.5, 1, 0.6).moved(1.55 * r, 0, 0.4 * r)])
    return [
        Piece("bowl", bowl, matter(np.array([0.5, 0.47, 0.42]), roughness=0.35, clearcoat=0.5)),
        Piece("milk", merge([milk, drops]), matter(color, color, 0.15, clearcoat=0.8)),
    ]


def biscuits(chance: Chance, color: np.ndarray, many: bool) -> list[Piece]:
    """Round butter biscuits, stacked and leaning, browner at the edge."""
    r = 0.03 if many else 0.022
    scallops = lathe(
        curve(np.array([(0.0, 0.3), (0.7, 0.31), (0.94, 0.27), (1.0, 0.15), (0.95, 0.02), (0.0, 0.0)]), 16)
        * r,
        40,
    )
    x, y, z = scallops.positions.T
    edge = np.hypot(x, z) / r
    wave = 0.04 * r * np.sin(13 * np.arctan2(x, z)) * smoothstep(0.7, 1.0, edge)
    disc = scallops.displaced(wave).displaced(0.01 * r * fbm(scallops.positions * 300, 2, 3))
    disc = disc.shaded(second=smoothstep(0.72, 1.0, edge), occlusion=1 - 0.3 * (y < 0.05 * r))
    laid = [
        disc.turned("y", k).moved(0.003 * np.sin(3 * k), 0.31 * r * k, 0.003 * np.cos(5 * k))
        for k in range(5 if many else 2)
    ]
    laid.append(disc.turned("x", 1.05).turned("y", 0.5).moved(0.7 * r, 0.86 * r, 1.05 * r))
    if many:
        laid += [
            disc.turned("y", 2).moved(-2.3 * r, 0, 0.5 * r),
            disc.turned("x", 0.2).moved(-1.6 * r, 0.31 * r, 1.2 * r),
        ]
    return [Piece("biscuits", merge(laid), matter(color, color * 0.5, 0.9))]


def powder(chance: Chance, color: np.ndarray, many: bool) -> list[Piece]:
    """An open box of face powder with its swansdown puff."""
    r = 0.062 if many else 0.034
    case = turned(
        (
            (0.0, 0.16 * r),
            (0.8 * r, 0.17 * r),
            (0.92 * r, 0.2 * r),
            (0.93 * r, 0.42 * r),
            (1.0 * r, 0.42 * r),
            (1.02 * r, 0.34 * r),
            (1.0 * r, 0.05 * r),
            (0.95 * r, 0.0),
            (0.0, 0.0),
        ),
        1.0,
        26,
        34,
    )
    v = np.linspace(0, 1, 12)
    heap_ = lathe(np.stack([0.92 * r * v, 0.3 * r + 0.1 * r * (1 - v**2)], 1), 30)
    heap_ = heap_.displaced(0.02 * r * fbm(heap_.positions / r * 5, 3, 4))
    puff = _puff(0.72 * r).turned("x", 0.5).moved(0.55 * r, 0.85 * r, 0.35 * r)
    spilt = strewn(
        chance,
        [lathe(np.array([(0.0, 0.0012), (0.7, 0.0008), (1.0, 0.0)]) * np.array([0.008, 1.0]), 10)],
        5,
        1.4 * r,
        0.0,
    )
    return [
        Piece("box", case, matter(np.array([0.55, 0.42, 0.22]), metallic=1.0, roughness=0.3)),
        Piece("powder", merge([heap_, spilt]), matter(color, color, 1.0, sheen=0.5)),
        Piece("puff", puff, thin(np.clip(color * 1.15, 0, 0.82), color, 0.3, 1.0, sheen=1.0)),
    ]


def _puff(radius_m: float) -> Mesh:
    """A ball of down: hundreds of fine points round a soft body."""
    points, faces = icosphere(2)
    fluff = 1 + 0.1 * fbm(points * 9, 2, 3)
    body = make(points * fluff[:, None] * np.array([1, 0.72, 1]) * radius_m, faces, points[:, [0, 1]])
    hairs = []
    for index, way in enumerate(icosphere(3)[0][::2]):
        at = way * np.array([1, 0.72, 1]) * radius_m
        side = np.cross(way, [0.3, 0.9, 0.2])
        side = side / np.linalg.norm(side) * 0.02 * radius_m
        tip = at * 1.17 + 0.05 * radius_m * np.sin(index * np.array([1.1, 2.3, 3.7]))
        tri = np.stack([at + side, at - side, tip])
        hairs.append(make(tri, np.array([[0, 1, 2]]), tri[:, :2]))
    return merge([body.shaded(occlusion=0.6 + 0.4 * smoothstep(-0.7, 0.3, points[:, 1])), *hairs])


def cotton(chance: Chance, color: np.ndarray, many: bool) -> list[Piece]:
    """Musk and clean linen: open bolls of cotton on a dry twig."""
    bolls, bracts, twigs = [], [], []
    count = 7 if many else 2
    for index, (x, z) in enumerate(spots(chance, count, 0.085 if many else 0.028, 0.055 if many else 0.045)):
        size = (0.026 if many else 0.019) * chance.uniform(0.85, 1.1)
        high = size * 0.75 + (0.028 if many and index % 3 == 0 else 0.0)
        for lobe in range(5):
            turn = 1.257 * lobe + index
            out = (0.48 * size * np.sin(turn), 0.1 * size * (lobe % 2), 0.48 * size * np.cos(turn))
            puff = _lobe(0.66 * size, 7 * index + lobe, 1 if many else 2)
            bolls.append(puff.moved(x + out[0], high + out[1], z + out[2]))
            v, u = np.meshgrid(np.linspace(1, 0, 5), np.linspace(-1, 1, 3), indexing="ij")
            points = np.stack(
                [
                    u * 0.3 * size * (1 - v) ** 0.7 + 0 * v,
                    -0.55 * size + 0.6 * size * v + 0.1 * size * np.abs(u),
                    0.35 * size + 0.85 * size * np.sin(v * 1.7),
                ],
                -1,
            )
            bracts.append(patch(points).turned("y", turn + 0.6).moved(x, high, z))
        path = curve(
            np.array([[x, high - 0.5 * size, z], [0.6 * x, 0.5 * high, 0.6 * z], [0.0, 0.004, -0.02]]), 7
        )
        twigs.append(tube(path, 0.0016, 5))
    return [
        Piece("bolls", merge(bolls), matter(color, color, 1.0, sheen=0.8)),
        Piece(
            "bracts", merge(bracts), thin(np.array([0.2, 0.13, 0.07]), np.array([0.1, 0.06, 0.03]), 0.1, 0.9)
        ),
        Piece("twigs", merge(twigs), matter(np.array([0.13, 0.085, 0.05]), roughness=0.9)),
    ]


def _lobe(radius_m: float, seed: int, rounds: int) -> Mesh:
    puff = rock(rounds, 3 + seed % 7, 0.12, (1, 0.9, 1), 0)
    puff = puff.displaced(0.1 * fbm(puff.positions * 3.5, 3, seed))
    return puff.shaded(occlusion=0.62 + 0.38 * smoothstep(-0.7, 0.4, puff.positions[:, 1])).scaled(radius_m)
