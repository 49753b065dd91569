"""Undergrowth: what stands and lies between old trees: ferns, bushes, saplings in mist, leaves overhead and fallen."""

from typing import Iterator

import numpy as np

from showroom.imagine.grow.card import bent, card
from showroom.imagine.grow.centre import clear_of_visitor, flora_of
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.fern import CELL as FERN_CELL
from showroom.imagine.grow.fern import fern
from showroom.imagine.grow.hedge import BOUGH_CELL, boughs
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import natural, part, rgb, rgba
from showroom.imagine.grow.plinth import PLACE_XZ, gathered
from showroom.imagine.grow.rose import fallen_petal
from showroom.imagine.grow.scatter import bases, blue_noise, facing, instances, varied_sizes, varied_tints
from showroom.imagine.grow.shapes import curve, tube
from showroom.imagine.grow.stones import Ground
from showroom.words.geometry import Geometry, Light, Material
from showroom.words.scenespec import SceneSpec


_NEAR_FERNS = np.array([(-1.02, -0.62), (1.05, -0.68), (-0.9, -1.85), (1.5, -1.5), (-1.5, -1.0), (0.95, -2.25),
                        (1.75, -0.9), (-0.62, -2.6), (1.3, 1.2), (-1.2, 1.5), (0.2, -3.1), (-1.75, -0.1)])


def ferns(spec: SceneSpec, ground: Ground, chance: Chance, brown: float, dry: Ground,
          detail: float) -> Iterator[Geometry]:
    """Whole ferns within reach, drifts of them up the banks; some turned to bracken in a brown year.

    dry : (x, z) → metres from the water's edge.
    """
    density, _ = flora_of(spec, "fern")
    much = density * (1.15 - 0.5 * brown)
    wear = Material("foliage", surface="sprites", base_color=(0.9, 0.97, 0.85, 1.0), roughness=1.0, translucency=0.5)
    near = _NEAR_FERNS[: max(4, int(round(len(_NEAR_FERNS) * min(1.0, 0.3 + much))))]
    yield part("ferns near", fern(chance.child("near"), 8, 0.6, 13, 3), wear,
               _rooted(near, ground, chance.child("placed"), brown))
    seed = chance.integers(0, 1 << 20)

    def drifts(x, z):
        patchy = smoothstep(-0.25, 0.3, fbm(np.stack([x, z], -1) * 0.35, 3, seed))
        return (0.15 + 0.85 * patchy) * smoothstep(1.9, 2.6, np.hypot(x, z + 0.6)) * (dry(x, z) > 0.15) \
            * smoothstep(22.0, 9.0, np.hypot(x, z + 2.0))

    spread = blue_noise(chance, (-13, -22), (13, 9), 0.42, drifts, int((260 + 620 * much) * detail))
    middle = np.hypot(*spread.T) < 4.2
    yield part("ferns", fern(chance.child("middle"), 6, 0.75, 6, 2), wear,
               _rooted(spread[middle], ground, chance.child("spread"), brown), casts_shadow=False)
    yield part("ferns far", _simple_fern(chance.child("far")), wear,
               _rooted(spread[~middle], ground, chance.child("far spread"), brown), casts_shadow=False)


def _simple_fern(chance: Chance, fronds: int = 7) -> Mesh:
    """A fern of whole painted fronds, one arching card each."""
    cards = []
    for index in range(fronds):
        leaf = card(0.8 * chance.uniform(0.75, 1.1), 0.3, 3, 0.75).turned("x", -chance.uniform(0.7, 1.1))
        cards.append(leaf.turned("y", 2 * np.pi * index / fronds + 0.3 * chance.normal()))
    mesh = merge(cards)
    return bent(mesh, mesh.positions * np.array([0.5, 0.3, 0.5]) + np.array([0.0, 0.8, 0.0]), 0.4)


def _rooted(points: np.ndarray, ground: Ground, chance: Chance, brown: float) -> np.ndarray:
    x, z = points.T
    count = len(x)
    tints = varied_tints(chance, count, 0.04, 0.25)
    rusty = chance.uniform(0, 1, count) < 0.45 * brown - 0.05
    tints[rusty] *= np.array([1.7, 0.8, 0.4])
    return instances(np.stack([x, ground(x, z) - 0.01, z], 1), bases(chance, count, 0.2),
                     varied_sizes(chance, count, 1.0, 0.35), np.clip(tints, 0.05, 1.95), chance.uniform(0, 1, count),
                     0.012, FERN_CELL)


def slender(ground: Ground, chance: Chance, dry: Ground, bark: Material, detail: float) -> Geometry:
    """Crooked young trees behind the old ones, row behind row, each paler in the mist."""
    def belt(x, z):
        ahead = smoothstep(0.6, 2.4, np.abs(x - 0.02 * z) + 0.25 * np.maximum(z + 6, 0))
        return smoothstep(6.5, 9.0, np.hypot(x, z)) * (1 - 0.55 * smoothstep(18, 36, np.hypot(x, z))) * ahead

    points = blue_noise(chance, (-34, -38), (34, 30), 2.3, belt, int(130 * max(detail, 0.3)))
    points = points[dry(*points.T) > 0.3]
    x, z = points.T
    count = len(x)
    high = np.array([-0.4, 0.4, 1.6, 3.4, 5.6, 8.0, 11.0])
    bent = 0.28 * chance.normal((7, 2)) * (high[:, None] / 8.0).clip(0.05)
    trunk = tube(curve(np.stack([bent[:, 0], high, bent[:, 1]], 1), 9), 0.15 * np.linspace(1.5, 0.4, 9), 6, 0.9,
                 closed=False)
    arm = tube(curve(np.array([[bent[3, 0], 3.2, bent[3, 1]], [0.9, 4.6, 0.3], [1.4, 7.0, 0.2]]), 5),
               0.07 * np.linspace(1, 0.4, 5), 4, 0.9, closed=False)
    mesh = merge([trunk, arm])
    y = mesh.positions[:, 1]
    mesh = mesh.shaded(occlusion=0.35 + 0.65 * smoothstep(0, 0.7, y), second=0.9 * np.clip(
        1.1 * np.exp(-np.clip(y, 0, None) / 1.3) + 0.5 * fbm(mesh.positions * [3.0, 1.0, 3.0], 2, 4), 0, 1))
    girth = 0.55 + 1.7 * chance.uniform(0, 1, count) ** 3
    sizes = np.stack([girth, varied_sizes(chance, count, 1.0, 0.3), girth], axis=1)
    placed = instances(np.stack([x, ground(x, z), z], 1), bases(chance, count, 0.16), sizes,
                       varied_tints(chance, count, 0.02, 0.3))
    return part("slender trees", mesh, bark, placed)


def crowns(ground: Ground, chance: Chance, brown: float, dry: Ground, detail: float) -> Geometry:
    """Leafy boughs: bushes on the banks, a roof overhead, and what falls through its one gap on the hero."""
    low, low_way = _bushes(ground, chance.child("bushes"), dry, int(1700 * max(detail, 0.3)))
    high, high_way = _roof(ground, chance.child("roof"), int(700 * max(detail, 0.3)))
    at, way = np.concatenate([low, high]), np.concatenate([low_way, high_way])
    count = len(at)
    upright = np.array([0.0, 1.0, 0.0]) + 0.5 * chance.normal((count, 3))
    tint = varied_tints(chance, count, 0.05, 0.3) * (0.62 + 0.38 * np.clip(way[:, 1:2] + 0.4, 0, 1))
    tint *= (1 - brown) + brown * np.array([1.35, 0.92, 0.6])
    leaf = Material("foliage", surface="sprites", base_color=(0.8, 0.82, 0.68, 1.0), roughness=0.9, translucency=0.45)
    placed = instances(at, facing(way + 0.3 * chance.normal((count, 3)), upright),
                       varied_sizes(chance, count, 1.0, 0.35), np.clip(tint, 0.05, 1.95),
                       chance.uniform(0, 1, count), 0.02, BOUGH_CELL)
    gap = Light((0.35, 3.6, -1.9), (5.2, 5.3, 4.3), 6.0, 0.0, (-0.14, -0.94, 0.31), 0.93)
    return part("crowns", boughs(chance, 0.5), leaf, placed, casts_shadow=False, lights=(gap,))


def _bushes(ground: Ground, chance: Chance, dry: Ground, count: int) -> tuple[np.ndarray, np.ndarray]:
    """(n, 3) places over the domes of bushes, and ways out; none in the brook's valley, which stays open."""
    def where(x, z):
        valley = (np.abs(x - 0.15 * np.sin(z)) > 1.1 + 0.1 * np.abs(z)) | (z > 0)
        patchy = smoothstep(-0.25, 0.3, fbm(np.stack([x, z], -1) * 0.3, 2, 8))
        return patchy * valley * (dry(x, z) > 0.8) * smoothstep(3.6, 4.6, np.hypot(x, z))

    middles = blue_noise(chance, (-13, -17), (13, 12), 1.5, where, 90)
    own = chance.integers(0, len(middles), count)
    size = (0.35 + 0.75 * chance.uniform(0, 1, len(middles)))[own]
    out = chance.normal((count, 3))
    out[:, 1] = np.abs(out[:, 1])
    out = out / np.linalg.norm(out, axis=1, keepdims=True)
    x, z = middles[own].T
    foot = np.stack([x, ground(x, z) + 0.15 * size, z], axis=1)
    return foot + out * (size * chance.uniform(0.55, 1.0, count))[:, None] * np.array([1.0, 1.25, 1.0]), out


def _roof(ground: Ground, chance: Chance, count: int) -> tuple[np.ndarray, np.ndarray]:
    """(n, 3) places overhead, higher the farther, looking down and in."""
    angle, reach = chance.uniform(0, 2 * np.pi, count), 3.4 + 11.0 * chance.uniform(0, 1, count) ** 1.2
    x, z = np.sin(angle) * reach, -np.cos(angle) * reach - 0.5
    y = ground(x, z) + 3.3 + 0.22 * reach + 1.9 * chance.uniform(0, 1, count)
    return np.stack([x, y, z], axis=1), np.stack([-x / reach, np.full(count, -0.3), -z / reach], axis=1)


def fallen_leaves(ground: Ground, chance: Chance, brown: float, detail: float) -> Geometry:
    """Last year's leaves: many and thick in a brown year, a few on the green; some on the plinth's foot."""
    count = int((220 + 1700 * brown) * detail)
    away, reach = chance.uniform(0, 2 * np.pi, count), 0.3 + 5.5 * chance.uniform(0, 1, count) ** 1.3
    points = np.stack([np.sin(away) * reach, -np.cos(away) * reach - 1.0], axis=1)
    patchy = smoothstep(-0.3, 0.25, fbm(points * 0.9, 3, 15)) * 0.85 + 0.15
    points = clear_of_visitor(points[chance.uniform(0, 1, count) < patchy], 0.25)
    x, z = points.T
    count = len(x)
    strewn = instances(np.stack([x, ground(x, z) + 0.025, z], 1), bases(chance, count, 0.5),
                       varied_sizes(chance, count, 0.085, 0.4), varied_tints(chance, count, 0.06, 0.45),
                       chance.uniform(0, 1, count))
    foot = gathered(chance, int(30 + 60 * brown), PLACE_XZ, 0.2, 0.5, lambda px, pz: ground(px, pz) + 0.03, 0.065)
    rust = blend_rust(natural("#8a5a2c"), brown)
    wear = Material("foliage", base_color=rgba(rust), second_color=rgb(0.55 * rust), roughness=0.55, translucency=0.3,
                    clearcoat=0.3)
    leaf = fallen_petal().scaled(0.75, 0.8, 1.15)
    return part("fallen leaves", leaf, wear, np.concatenate([strewn, foot]), casts_shadow=False, layer="base")


def blend_rust(color: np.ndarray, brown: float) -> np.ndarray:
    """Duller where the wood is green, redder where it is brown."""
    return color * (0.7 + 0.3 * brown) * np.array([1.0, 0.95 - 0.1 * brown, 1.0 - 0.3 * brown])
