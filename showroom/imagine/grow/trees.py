"""Trees of a clearing: tall trunks that leave the picture, round crowns with fruit, palms."""

from typing import Iterator

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.grass import blade
from showroom.imagine.grow.hedge import crown_mesh, hedges, skin
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import natural, part, rgba
from showroom.imagine.grow.scatter import bases, instances, varied_sizes, varied_tints
from showroom.imagine.grow.shapes import curve, rock, tube
from showroom.imagine.grow.stones import Ground
from showroom.words.geometry import Geometry, Material

_NEEDLE = np.array([0.035, 0.065, 0.035])


def trunk(chance: Chance, tall_m: float, foot_m: float, lean: float = 0.02, segments: int = 12) -> Mesh:
    """A trunk from below the ground up, its foot flared into roots, its bark swelling and sinking."""
    sway = lean * tall_m
    knots = np.array([[0.0, -0.3, 0.0], [0.3 * sway, 0.3 * tall_m, 0.0], [sway, tall_m, 0.4 * sway]])
    path = curve(knots, 14)
    up = np.clip(path[:, 1], 0, tall_m)
    radius = foot_m * (1 - 0.55 * up / tall_m) * (1 + 0.9 * np.exp(-up / 0.28))
    mesh = tube(path, radius, segments, tile_m=0.9, closed=False)
    rough = 0.12 * foot_m * fbm(mesh.positions * 3.0, 3, chance.integers(0, 1 << 20))
    mesh = mesh.displaced(mesh.normals * rough[:, None])
    low = smoothstep(-0.1, 0.7, mesh.positions[:, 1])
    return mesh.shaded(occlusion=0.4 + 0.6 * low, second=1 - low)


def tall(
    name: str, points: np.ndarray, ground: Ground, bark: str, chance: Chance, tall_m: float = 14.0
) -> Iterator[Geometry]:
    """Trunks whose crowns are out of sight, and a few dead twigs and low boughs of needles on each."""
    material = Material(surface=bark, second_color=(0.05, 0.055, 0.03))
    x, z = points.T
    at = np.stack([x, ground(x, z), z], axis=1)
    for kind in range(3):
        own = at[kind::3]
        if len(own):
            draw = chance.child(f"trunk {kind}")
            placed = instances(own, bases(draw, len(own), 0.03), varied_sizes(draw, len(own)),
                               varied_tints(draw, len(own), 0.02, 0.2))
            yield part(f"{name} trunks {kind}", trunk(draw, tall_m, 0.2 + 0.05 * kind), material, placed)
    draw = chance.child("boughs")
    count = 3 * len(at)
    turned = draw.uniform(0, 2 * np.pi, count)
    high = draw.uniform(2.0, 5.5, count)
    out = 0.2 * np.stack([np.sin(turned), 0 * turned, np.cos(turned)], axis=1)
    hung = np.repeat(at, 3, axis=0) + out + high[:, None] * np.array([0.0, 1.0, 0.0])
    placed = instances(hung, bases(draw, count, 0.2, yaw_rad=turned), varied_sizes(draw, count, 1.0, 0.4),
                       varied_tints(draw, count, 0.03, 0.3), draw.uniform(0, 1, count), 0.02)
    needles = Material("foliage", base_color=rgba(_NEEDLE), second_color=(0.07, 0.11, 0.05), roughness=0.8,
                       translucency=0.3)
    yield part(f"{name} boughs", _bough(draw), needles, placed, casts_shadow=False)


def _bough(chance: Chance) -> Mesh:
    """A hanging branch along +Z, needles to both sides."""
    path = curve(np.array([[0, 0, 0], [0, -0.05, 0.6], [0, -0.4, 1.3]]), 16)
    pieces = [tube(path, np.linspace(0.014, 0.004, len(path)), 4, closed=False)]
    for step in range(2, len(path)):
        for side in (-1, 1):
            needle = blade(0.3 * chance.uniform(0.6, 1.1) * (1.1 - step / 24), 0.035, 1.35, 0.5, 3)
            pieces.append(needle.turned("y", side * chance.uniform(0.7, 1.3)).moved(*path[step]))
    return merge(pieces)


def round_crowned(
    name: str, points: np.ndarray, ground: Ground, bark: str, fruit_srgb: str, chance: Chance, detail: float
) -> Iterator[Geometry]:
    """Round dark trees, fruit on their outsides and a short trunk below."""
    crowns, trunks, fruit = [], [], []
    for index, (x, z) in enumerate(points):
        draw = chance.child(f"tree {index}")
        size = draw.uniform(0.95, 1.3)
        y = float(ground(np.array([x]), np.array([z]))[0])
        near = np.hypot(x, z) < 7
        crown = crown_mesh(draw, 2 if near else 1).scaled(size).moved(x, y + 1.1 + size, z)
        crowns.append(crown)
        trunks.append(trunk(draw, 1.6, 0.09, 0.08, 8).moved(x, y, z))
        at, out = skin(draw, crown, int((46 if near else 18) * max(detail, 0.3)))
        fruit.append(at - 0.015 * out)
    green = np.array([0.045, 0.085, 0.025])
    yield from hedges(f"{name} crowns", crowns, green, chance.child("leaves"), int(2800 * detail), 0.26)
    yield part(f"{name} trunks", merge(trunks), Material(surface=bark, second_color=(0.05, 0.05, 0.03)))
    hung = np.concatenate(fruit)
    placed = instances(hung, bases(chance, len(hung), 0.6), varied_sizes(chance, len(hung), 0.042),
                       varied_tints(chance, len(hung), 0.02, 0.15))
    skin_of = Material(base_color=rgba(natural(fruit_srgb)), roughness=0.42, clearcoat=0.3, normal_scale=0.5)
    yield part(f"{name} fruit", rock(1, 5, 0.03, (1, 0.97, 1), 0), skin_of, placed)


def palms(
    points: np.ndarray, ground: Ground, bark: str, green_srgb: str, chance: Chance
) -> Iterator[Geometry]:
    """Leaning palms, each crowned with fronds that hang."""
    fronds, trunks = [], []
    for index, (x, z) in enumerate(points):
        draw = chance.child(f"palm {index}")
        y, tall_m = float(ground(np.array([x]), np.array([z]))[0]), draw.uniform(4.2, 6.0)
        yaw, lean = draw.uniform(0, 2 * np.pi), 0.22
        trunks.append(trunk(draw, tall_m, 0.13, lean, 10).turned("y", yaw).moved(x, y, z))
        top = np.array([lean * tall_m, tall_m, 0.4 * lean * tall_m]) @ _about_y(yaw)
        fronds.append(merge([_frond(draw).turned("y", 0.42 * leaf) for leaf in range(15)])
                      .moved(x + top[0], y + top[1], z + top[2]))
    leaf = Material("foliage", base_color=rgba(natural(green_srgb) * 0.55), second_color=(0.2, 0.2, 0.06),
                    roughness=0.5, translucency=0.5)
    yield part("palm trunks", merge(trunks), Material(surface=bark, second_color=(0.1, 0.08, 0.05)))
    yield part("palm fronds", merge(fronds), leaf)


def _about_y(yaw: float) -> np.ndarray:
    """(3, 3) so that row @ it is the row turned as Mesh.turned("y", yaw) turns."""
    c, s = np.cos(yaw), np.sin(yaw)
    return np.array([[c, 0, -s], [0, 1, 0], [s, 0, c]])


def _frond(chance: Chance) -> Mesh:
    """One frond from the origin along +Z: a midrib and two combs of leaflets."""
    path = curve(np.array([[0, 0, 0], [0, 0.5, 0.9], [0, -0.3, 2.1]]), 22)
    pieces = [tube(path, np.linspace(0.018, 0.004, len(path)), 4, closed=False)]
    for step in range(3, len(path)):
        long = 0.5 * np.sin(np.pi * (0.15 + 0.8 * step / len(path)))
        for side in (-1, 1):
            leaflet = blade(long * chance.uniform(0.9, 1.1), 0.06, 1.45, 0.6, 3)
            pieces.append(leaflet.turned("y", side * 1.05).moved(*path[step]))
    return merge(pieces)
