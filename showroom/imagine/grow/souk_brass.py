"""Souk brass: scales, ewers, trays and mortars on the boards, and the jars on the shelves of the shops behind."""

from typing import Iterator

import numpy as np

from showroom.imagine.grow.centre import surface_of, worn
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.kitchenware import turned
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import smoothstep
from showroom.imagine.grow.part import part
from showroom.imagine.grow.scatter import bases, instances
from showroom.imagine.grow.shapes import box, curve, lathe, tube
from showroom.imagine.grow.souk_spices import brass_of, goods
from showroom.imagine.grow.souk_vault import HALF_M, MIDDLES, SHOP_M
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import SceneSpec

_SHELVES_M = (1.22, 1.62, 2.02)


def brassware(spec: SceneSpec, board_m: float, top_m: float) -> Geometry:
    """A balance and a mortar at hand on boards board_m high; ewers, pots and trays on those top_m high."""
    pieces = [balance().turned("y", -1.1).moved(1.36, board_m, -0.98),
              mortar().moved(-1.32, board_m, -0.72), scoop().turned("y", 0.6).moved(-1.24, board_m + 0.01, -1.28)]
    tall = ((-1.72, -1.05, 0.36), (-1.75, -2.75, 0.42), (1.74, -1.75, 0.38), (1.7, -3.2, 0.46), (-1.72, -4.2, 0.4),
            (1.74, -6.4, 0.42), (-1.72, -7.2, 0.44), (1.72, 1.6, 0.4), (-1.74, 3.6, 0.42))
    for index, (x, z, high) in enumerate(tall):
        made = ewer(high) if index % 2 == 0 else pot(high * 0.62)
        pieces.append(made.turned("y", 1.9 * index).moved(x, top_m, z))
    for x, y, z, radius in ((-2.02, 1.62, -0.95, 0.26), (2.02, 1.7, -1.42, 0.3), (-2.02, 2.2, -3.2, 0.3),
                            (2.02, 2.15, -3.7, 0.26), (2.02, 1.75, 1.35, 0.28), (-2.02, 1.7, 2.1, 0.3)):
        pieces.append(tray(radius).turned("z", np.sign(x) * 1.42).moved(x, y, z))
    return part("brass", merge(pieces), brass_of(spec))


def balance() -> Mesh:
    """A merchant's balance, 42 cm: a column, a beam just off level, two pans on chains."""
    column = turned(((0.0, 0.4), (0.012, 0.395), (0.016, 0.37), (0.008, 0.35), (0.01, 0.2), (0.02, 0.17),
                     (0.012, 0.14),
                     (0.014, 0.06), (0.05, 0.03), (0.085, 0.015), (0.09, 0.0), (0.0, 0.0)), 1.0, 34, 20)
    pieces, tip = [column], 0.012
    beam = np.array([[-0.2, 0.355 + tip, 0], [-0.1, 0.37 + 0.5 * tip, 0], [0, 0.365, 0], [0.1, 0.37 - 0.5 * tip, 0],
                     [0.2, 0.355 - tip, 0]])
    pieces.append(tube(curve(beam, 17), 0.0055, 6, 0.4))
    for side, high in ((-1, 0.355 + tip), (1, 0.355 - tip)):
        pan = turned(((0.0, 0.006), (0.05, 0.01), (0.074, 0.022), (0.078, 0.024), (0.074, 0.018), (0.05, 0.004),
                      (0.0, 0.0)), 1.0, 14, 22).moved(side * 0.2, high - 0.235, 0)
        pieces.append(pan)
        for chain in range(3):
            turn = 2.1 * chain
            foot = np.array([side * 0.2 + 0.072 * np.sin(turn), high - 0.212, 0.072 * np.cos(turn)])
            top = np.array([side * 0.2, high - 0.005, 0])
            pieces.append(tube(np.stack([foot, (foot + top) / 2, top]), 0.0014, 4))
    return merge(pieces)


def mortar() -> Mesh:
    """A heavy mortar, 15 cm, its pestle leaning in it."""
    body = turned(((0.0, 0.03), (0.045, 0.04), (0.062, 0.12), (0.072, 0.15), (0.082, 0.152), (0.08, 0.14),
                   (0.07, 0.12), (0.068, 0.06), (0.055, 0.03), (0.07, 0.01), (0.07, 0.0), (0.0, 0.0)), 1.0, 34, 28)
    pestle = lathe(np.array([(0.0, 0.2), (0.014, 0.195), (0.016, 0.17), (0.009, 0.15), (0.009, 0.05), (0.02, 0.015),
                             (0.016, 0.0), (0.0, -0.003)]), 14, 0.3)
    return merge([body, pestle.turned("z", -0.35).moved(-0.02, 0.045, 0.0)])


def scoop() -> Mesh:
    """A small brass scoop lying along X."""
    cup = turned(((0.0, 0.012), (0.02, 0.014), (0.032, 0.03), (0.034, 0.03), (0.03, 0.012), (0.0, 0.0)), 1.0, 12, 16)
    grip = tube(np.array([[0.03, 0.026, 0], [0.08, 0.03, 0], [0.15, 0.012, 0]]), np.array([0.004, 0.0035, 0.0055]), 7)
    return merge([cup.transformed(np.diag([1.5, 1.0, 1.0])), grip])


def ewer(high_m: float) -> Mesh:
    """A tall ewer with a long spout towards +X, a handle, a domed lid."""
    body = turned(((0.0, 1.0), (0.02, 0.98), (0.012, 0.94), (0.05, 0.9), (0.09, 0.84), (0.08, 0.8), (0.07, 0.66),
                   (0.1, 0.52), (0.22, 0.38), (0.24, 0.28), (0.17, 0.14), (0.09, 0.09), (0.15, 0.03), (0.16, 0.0),
                   (0.0, 0.0)), high_m, 24, 14)
    spout = curve(np.array([[0.19, 0.3, 0], [0.33, 0.42, 0], [0.34, 0.62, 0], [0.46, 0.76, 0]]) * high_m, 9)
    ear = curve(np.array([[-0.08, 0.8, 0], [-0.26, 0.78, 0], [-0.34, 0.55, 0], [-0.21, 0.34, 0]]) * high_m, 9)
    return merge([body, tube(spout, np.linspace(0.045, 0.02, 9) * high_m, 7, 0.4), tube(ear, 0.018 * high_m, 5, 0.4)])


def pot(high_m: float) -> Mesh:
    """A round pot with a lid."""
    return turned(((0.0, 1.0), (0.05, 0.99), (0.07, 0.94), (0.03, 0.9), (0.05, 0.87), (0.3, 0.8), (0.36, 0.74),
                   (0.34, 0.7), (0.5, 0.5), (0.52, 0.34), (0.4, 0.1), (0.3, 0.03), (0.3, 0.0), (0.0, 0.0)), high_m,
                   24, 16)


def tray(radius_m: float) -> Mesh:
    """A chased tray, its rim scalloped, lying on y = 0."""
    share = np.concatenate([np.linspace(0, 0.8, 10), [0.86, 0.92, 0.97, 1.0, 1.01]])
    high = np.concatenate([0.004 * np.cos(np.linspace(0, 18, 10)), [0.004, 0.02, 0.05, 0.07, 0.06]])
    mesh = lathe(np.stack([share, high], 1)[::-1] * radius_m, 28, 0.3)
    mesh = mesh if mesh.normals[:, 1].mean() > 0 else mesh.turned_inside_out()
    angle = np.arctan2(mesh.positions[:, 0], mesh.positions[:, 2])
    chased = np.cos(12 * angle) * np.cos(mesh.positions[:, 1] * 900 + np.hypot(*mesh.positions[:, [0, 2]].T) * 160)
    return mesh.shaded(occlusion=0.75, second=0.4 * smoothstep(0.3, 0.8, chased))


def _jar() -> Mesh:
    """A jar seen across a shop: glass and what fills it are one, 19 cm."""
    rows = np.array([(0.05, 0.165), (0.068, 0.15), (0.07, 0.09), (0.068, 0.01), (0.06, 0.0)])
    return lathe(rows, 8).shaded(occlusion=0.6)


def _lid() -> Mesh:
    return lathe(np.array([(0.0, 0.2), (0.012, 0.19), (0.05, 0.18), (0.056, 0.16)]), 8, 0.3)


def shops(spec: SceneSpec, chance: Chance, detail: float) -> Iterator[Geometry]:
    """Shelves in the shops, and on them jars of everything."""
    tile, deep = surface_of(spec, "plinth").scale_m, HALF_M + SHOP_M
    boards, spots = [], []
    for middle in MIDDLES[1:6]:
        for side in (-1, 1):
            for high in _SHELVES_M:
                boards.append(box(0.26, 0.03, 2.7, 0.006, tile).moved(side * (deep - 0.0), high - 0.03, middle))
                for step in range(9):
                    if chance.uniform() < 0.2 + 0.45 * detail:
                        spots.append((side * (deep - 0.02), high,
                                      middle - 1.15 + 0.29 * step + 0.02 * chance.normal()))
    yield part("shelves", merge(boards).shaded(occlusion=0.55), Material(surface=worn(spec, "plinth"), roughness=0.9))
    at, count = np.array(spots), len(spots)
    sizes = np.stack([chance.uniform(0.9, 1.35, count), chance.uniform(0.9, 1.5, count), np.ones(count)], 1)
    sizes[:, 2] = sizes[:, 0]
    turned_to = bases(chance, count)
    sold = goods(spec)
    colors = np.array([good.powder for good in sold])[chance.integers(0, len(sold), count)] / 0.5
    yield part("jar filling", _jar(),
               Material(base_color=(0.5, 0.5, 0.5, 1.0), roughness=0.25, clearcoat=0.9),
               instances(at, turned_to, sizes, colors), casts_shadow=False)
    yield part("jar lids", _lid(),
               brass_of(spec), instances(at, turned_to, sizes),
               casts_shadow=False)
