"""Confection: a layered cake under caramel, macarons, croissants, éclairs, choux; real sizes, on y = 0.

The cake comes apart by matter (crumb, cream, caramel), so that each can wear its own.
"""

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.shapes import curve, lathe, patch, rock, tube


def cake(chance: Chance, radius_m: float = 0.1, height_m: float = 0.11) -> dict[str, Mesh]:
    """Three layers of sponge with cream between, caramel poured over them, rosettes on top."""
    r, h = radius_m, height_m
    crumb, cream = [], []
    for layer in range(3):
        low, high = h * (layer / 3 + 0.02), h * (layer / 3 + 0.27)
        rows = np.array([(0.0, high), (0.97 * r, high), (r, high - 0.004), (1.01 * r, (low + high) / 2),
                         (r, low + 0.004), (0.97 * r, low), (0.0, low)])
        sponge = lathe(rows, 48, 0.15)
        crumb.append(sponge.displaced(0.0015 * fbm(sponge.positions * 130, 3, layer)).shaded(occlusion=0.75))
        bead = np.array([(0.0, high + 0.01), (0.98 * r, high + 0.009), (1.015 * r, high + 0.003),
                         (0.98 * r, high - 0.002), (0.0, high - 0.002)])
        ring = lathe(bead, 48)
        cream.append(ring.displaced(0.002 * fbm(ring.positions * 60, 2, 30 + layer)))
    top = h * 0.96
    count = 9
    for index in range(count):
        turn = 2 * np.pi * index / count
        cream.append(rosette(0.017).turned("y", turn * 3).moved(np.sin(turn) * r * 0.78, top + 0.012,
                                                                np.cos(turn) * r * 0.78))
    return {"crumb": merge(crumb), "cream": merge(cream), "caramel": _poured(chance, r, top)}


def _poured(chance: Chance, r: float, top: float) -> Mesh:
    """Caramel: a smooth sheet over the top that hangs down the side in drips of uneven length."""
    columns = 96
    angle = np.linspace(0, 2 * np.pi, columns + 1)[:-1]
    ring = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    seed = chance.integers(0, 9999)
    reach = 0.5 + 0.5 * np.sin(angle * 13 + 2.5 * fbm(ring * 2.0, 2, seed))
    drop = 0.008 + 0.05 * reach ** 3 * (0.55 + 0.45 * fbm(ring * 3.1, 2, seed + 1))
    drop = np.concatenate([drop, drop[:1]])
    angle = np.concatenate([angle, [2 * np.pi]])
    share = np.linspace(0, 1, 9)[:, None]
    thick = 0.0035 + 0.003 * np.exp(-((share - 0.9) / 0.16) ** 2) * (drop / 0.05)
    side_r = (r * 1.012 + thick) * (1 - 0.02 * (share > 0.99))
    side_y = top + 0.012 - drop * share
    inner = np.array([0.0, 0.4, 0.8, 0.96])[:, None] * r + 0 * drop
    rows_r = np.concatenate([inner, np.broadcast_to(side_r, (9, columns + 1)),
                             np.full((1, columns + 1), r * 1.0)])
    rows_y = np.concatenate([np.full((3, columns + 1), top + 0.0165),
                             np.full((1, columns + 1), top + 0.0155), side_y, side_y[-1:] + 0.001])
    points = np.stack([np.sin(angle) * rows_r, rows_y, np.cos(angle) * rows_r], axis=-1)
    return patch(points)


def berries(chance: Chance, radius_m: float, count: int) -> Mesh:
    """Raspberries heaped on a level top at y = 0, about 17 mm each."""
    pieces = []
    for index in range(count):
        away, reach = chance.uniform(0, 2 * np.pi), radius_m * np.sqrt(chance.uniform())
        berry = rock(1, 60 + index % 5, 0.0, (1, 1, 1), 0)
        berry = berry.displaced(0.12 * fbm(berry.positions * 4.5, 1, index))
        shade = 0.45 + 0.55 * smoothstep(-0.8, 0.5, berry.positions[:, 1])
        heaped = 0.006 + 0.02 * (1 - reach / radius_m) * (index % 3) / 2
        pieces.append(berry.shaded(occlusion=shade).scaled(0.0085 * chance.uniform(0.85, 1.15)).moved(
            np.sin(away) * reach, heaped, np.cos(away) * reach))
    return merge(pieces)


def rosette(radius_m: float) -> Mesh:
    """Whipped cream piped through a star: a fluted cone that winds to a point."""
    rows = curve(np.array([(0.0, 1.5), (0.18, 1.2), (0.5, 0.85), (0.85, 0.4), (1.0, 0.15), (0.9, 0.0)]), 8)
    cone = lathe(np.maximum(rows, 0) * radius_m, 18)
    x, y, z = cone.positions.T
    turn = np.arctan2(x, z) + y / radius_m * 1.4
    groove = 1 - 0.2 * np.abs(np.sin(3 * turn))
    cone = cone.displaced(np.stack([x * (groove - 1), 0 * y, z * (groove - 1)], axis=1))
    return cone.shaded(occlusion=0.6 + 0.4 * np.tile(np.linspace(1, 0.4, 8)[:, None], (1, 19)).reshape(-1))


def macaron() -> Mesh:
    """Two domed shells with ruffled feet; shade b is the filling between them. 5 cm across."""
    r = 0.025
    rows = np.array([(0.0, 0.027), (0.4, 0.0262), (0.75, 0.0235), (0.97, 0.0195), (1.0, 0.0175),
                     (1.03, 0.0165), (1.0, 0.0155), (0.94, 0.015),
                     (0.96, 0.0135), (0.94, 0.012), (1.0, 0.0115), (1.03, 0.0105), (1.0, 0.0095),
                     (0.97, 0.0075), (0.75, 0.0035), (0.4, 0.0008), (0.0, 0.0)])
    mesh = lathe(rows * np.array([r, 1.0]), 18)
    y = mesh.positions[:, 1]
    feet = np.exp(-((np.abs(y - 0.0135) - 0.003) / 0.0012) ** 2)
    mesh = mesh.displaced(0.0007 * feet * fbm(mesh.positions * 500, 2, 5))
    filling = np.abs(y - 0.0135) < 0.002
    return mesh.shaded(second=filling, occlusion=np.where(filling, 0.7, 0.6 + 0.4 * smoothstep(0, 0.012, y)))


def croissant(chance: Chance) -> Mesh:
    """A crescent 14 cm wide, stepped where the dough was rolled; shade b is the darker bake on each crest."""
    share = np.linspace(0, 1, 48)
    angle = (share - 0.5) * 2.5
    path = np.stack([np.sin(angle) * 0.062, np.full(48, 0.0), 0.045 - np.cos(angle) * 0.062], axis=1)
    body = np.sin(np.pi * share) ** 0.65
    rolls = 1 - np.abs((share * 7 + 0.5) % 1 - 0.5)
    radius = 0.004 + 0.027 * body * (0.84 + 0.2 * rolls)
    path[:, 1] = radius * 0.78
    mesh = tube(path, radius, 13, 0.2).transformed(np.diag([1.0, 0.85, 1.0]))
    crust = 0.0012 * fbm(mesh.positions * 90, 3, chance.integers(0, 9999))
    mesh = mesh.displaced(crust)
    ring = np.clip(np.repeat(np.concatenate([[0], rolls, [0]]), 14), 0, 1)
    up = np.clip(mesh.normals[:, 1], 0, 1)
    return mesh.shaded(second=smoothstep(0.55, 1.0, ring) * up,
                       occlusion=0.45 + 0.55 * smoothstep(0, 0.03, mesh.positions[:, 1]))


def eclair() -> tuple[Mesh, Mesh]:
    """(bun, icing) of a 13 cm éclair along X."""
    path = np.stack([np.linspace(-0.06, 0.06, 20), np.full(20, 0.017), np.zeros(20)], axis=1)
    share = np.linspace(-1, 1, 20)
    radius = 0.0205 * (1 - 0.22 * share ** 6)
    bun = tube(path, radius, 14, 0.2)
    bun = bun.displaced(0.0008 * fbm(bun.positions * 110, 2, 3))
    v, u = np.meshgrid(np.linspace(-1, 1, 9), np.linspace(-1, 1, 24), indexing="ij")
    wide = np.sqrt(np.clip(1 - u ** 8, 0, 1)) * (0.0165 + 0.0018 * np.sin(u * 19))
    lift = np.sqrt(np.clip(0.0215 ** 2 - (v * wide) ** 2, 1e-8, None)) + 0.0022 * (1 - np.abs(v) ** 4) * (1
            - u ** 8)
    icing = patch(np.stack([u * 0.061, 0.017 + lift, v * wide], axis=-1))
    return bun.shaded(occlusion=0.5 + 0.5 * smoothstep(0, 0.02, bun.positions[:, 1])), icing


def chou(chance: Chance) -> Mesh:
    """A choux bun, cracked on top, 5 cm."""
    mesh = rock(2, chance.integers(0, 999), 0.12, (1, 0.78, 1), 0).scaled(0.026)
    cracks = np.abs(fbm(mesh.positions * 95, 2, 8))
    mesh = mesh.displaced(-0.0016 * smoothstep(0.12, 0.0, cracks)).moved(y=0.018)
    return mesh.shaded(second=smoothstep(0.0, 0.3, cracks) * np.clip(mesh.normals[:, 1], 0, 1),
                       occlusion=0.5 + 0.5 * smoothstep(0, 0.03, mesh.positions[:, 1]))


def heap(chance: Chance, radius_m: float, height_m: float) -> Mesh:
    """A heap of sugar or flour with slipped sides."""
    rows = np.array([(0.0, 1.0), (0.14, 0.93), (0.35, 0.66), (0.6, 0.34), (0.82, 0.1), (1.0, 0.0),
                     (1.02, -0.03)])
    rows = curve(rows, 18)
    mesh = lathe(rows * np.array([radius_m, height_m]), 36, 0.1)
    x, y, z = mesh.positions.T
    uneven = 1 + 0.14 * fbm(np.stack([x, z], 1) / radius_m * 2.0, 3, chance.integers(0, 9999))
    mesh = mesh.displaced(np.stack([x * (uneven - 1), y * (uneven - 1), z * (uneven - 1)], axis=1))
    grain = fbm(mesh.positions * 420.0, 2, chance.integers(0, 9999))
    mesh = mesh.displaced(0.0012 * grain * smoothstep(0.0, 0.2 * height_m, mesh.positions[:, 1]))
    return mesh.shaded(occlusion=0.45 + 0.55 * smoothstep(-0.002, 0.35 * height_m, mesh.positions[:, 1]),
                       second=smoothstep(0.0, -0.5, grain))
