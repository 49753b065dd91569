"""Tea house: an open pavilion with a tiled roof, steps between the rows, baskets of plucked leaves."""

from typing import Iterator

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import part, rgb, rgba
from showroom.imagine.grow.scatter import bases, instances, varied_sizes, varied_tints
from showroom.imagine.grow.shapes import box, curve, lathe, patch, tube
from showroom.imagine.grow.tea_rows import shoot
from showroom.words.geometry import Geometry, Light, Material

_WARM = np.array([1.0, 0.55, 0.22])


def pavilion(at: tuple[float, float, float], yaw: float, half_m: float, tile_m: float) -> Iterator[Geometry]:
    """Four posts, a rail and a bench, a hipped roof whose corners lift, and one lamp under it."""
    high, h = 2.25, half_m
    posts = [tube(np.array([[x, -0.5, z], [x, high, z]]), 0.075, 8, 0.5) for x in (-h, h) for z in (-h, h)]
    beams = [box(2 * h + 0.3, 0.14, 0.1, 0.015, 0.6).moved(0, high - 0.1, z) for z in (-h, h)]
    beams += [beam.turned("y", np.pi / 2) for beam in beams]
    rails = [
        box(2 * h, 0.05, 0.06, 0.01, 0.6).moved(0, 0.62, -h),
        box(2 * h, 0.05, 0.3, 0.01, 0.6).moved(0, 0.42, -h + 0.2),
        box(2 * h, 0.05, 0.06, 0.01, 0.6).turned("y", np.pi / 2).moved(-h, 0.62, 0),
    ]
    floor = box(2 * h + 0.5, 0.5, 2 * h + 0.5, 0.03, 0.8).moved(0, -0.45, 0)
    wood = merge([*posts, *beams, *rails, floor]).turned("y", yaw).moved(*at)
    low = smoothstep(at[1] - 0.1, at[1] + 0.8, wood.positions[:, 1])
    yield part(
        "tea house",
        wood.shaded(occlusion=0.45 + 0.55 * low),
        Material(surface="prop", base_color=(0.62, 0.5, 0.42, 1.0), roughness=0.8),
    )
    roof = merge([_slope(h + 0.62, high, 1.35).turned("y", np.pi / 2 * side) for side in range(4)])
    ridge = lathe(
        np.array(
            [
                (0.0, high + 1.7),
                (0.05, high + 1.62),
                (0.1, high + 1.5),
                (0.06, high + 1.42),
                (0.16, high + 1.3),
            ]
        ),
        10,
    )
    yield part(
        "tea house roof",
        merge([roof, ridge]).turned("y", yaw).moved(*at),
        Material(
            "foliage",
            base_color=(0.05, 0.055, 0.06, 1.0),
            second_color=(0.10, 0.12, 0.09),
            roughness=0.5,
            clearcoat=0.3,
        ),
    )
    spot = (at[0], at[1] + 1.9, at[2])
    lamp = lathe(np.array([(0.03, 0.16), (0.13, 0.12), (0.16, 0.0), (0.13, -0.12), (0.03, -0.16)]), 14).moved(
        *spot
    )
    yield part(
        "tea house lamp",
        lamp,
        Material(base_color=(0.3, 0.2, 0.1, 1.0), emission=rgb(_WARM * 2.6)),
        casts_shadow=False,
        lights=(Light(spot, rgb(_WARM * 1.6), 6.0, 0.1),),
    )


def _slope(half_m: float, eave_m: float, rise_m: float) -> Mesh:
    """One of four sides of the roof, ribbed by its tiles, dipping in the middle and lifted at the corners."""
    v, u = np.meshgrid(np.linspace(1, 0, 9), np.linspace(-1, 1, 41), indexing="ij")
    out = half_m * (1 - v * 0.97)
    lift = 0.28 * np.abs(u) ** 3 * (1 - v) ** 2
    ribs = 0.022 * np.abs(np.sin(u * out / half_m * 22)) * (v < 0.99)
    points = np.stack([u * out, eave_m - 0.12 + rise_m * v**1.35 + lift + ribs, out], axis=-1)
    mesh = patch(points)
    mesh = mesh if mesh.normals[:, 1].mean() > 0 else mesh.turned_inside_out()
    return mesh.shaded(
        occlusion=0.6 + 0.4 * (np.abs(np.sin(u * out / half_m * 22)).reshape(-1)),
        second=0.5 + 0.5 * fbm(mesh.positions * 1.5, 2, 3),
    )


def stairs(spots: np.ndarray, chance: Chance, tile_m: float) -> Geometry:
    """Slabs of stone at (n, 3) places, each across the way to the next."""
    slabs = []
    for index, (here, after) in enumerate(zip(spots, spots[1:])):
        yaw = float(np.arctan2(*(after - here)[[0, 2]]))
        slab = box(0.95 + 0.14 * chance.normal(), 0.3, 0.5, 0.03, tile_m, 2)
        slab = slab.displaced(0.012 * fbm(slab.positions * 6 + index, 2, 4)).turned(
            "y", yaw + 0.06 * chance.normal()
        )
        slabs.append(slab.moved(here[0], here[1] - 0.2, here[2]))
    mesh = merge(slabs)
    return part(
        "stairs",
        mesh.shaded(second=0.5 * smoothstep(-0.2, 0.5, fbm(mesh.positions * 3, 3, 8))),
        Material(surface="wall", second_color=(0.05, 0.07, 0.025), clearcoat=0.3),
    )


def baskets(at: np.ndarray, green: np.ndarray, chance: Chance) -> Iterator[Geometry]:
    """Woven baskets at (n, 3) places, heaped with shoots just plucked."""
    rows = curve(
        np.array(
            [
                (0.02, 0.22),
                (0.15, 0.22),
                (0.18, 0.225),
                (0.185, 0.215),
                (0.17, 0.12),
                (0.135, 0.01),
                (0.0, 0.0),
            ]
        ),
        30,
    )
    mesh = lathe(np.maximum(rows, 0.0), 30)
    x, y, z = mesh.positions.T
    weave = np.sin(np.arctan2(x, z) * 15 + np.round(y * 90) * np.pi)
    side = (np.hypot(x, z) > 0.125) & (y < 0.215)
    mesh = mesh.displaced(0.0035 * weave * side).shaded(
        occlusion=np.where(side, 0.55 + 0.35 * weave, 0.7) * smoothstep(-0.05, 0.1, y),
        second=0.5 + 0.5 * weave,
    )
    cane = Material(base_color=(0.36, 0.24, 0.10, 1.0), second_color=(0.46, 0.34, 0.17), roughness=0.75)
    count = len(at)
    yield part(
        "baskets",
        mesh,
        cane,
        instances(at, bases(chance, count, 0.06), varied_sizes(chance, count, 1.0, 0.1)),
    )
    heap, per = [], 130
    for x, y, z in at:
        away, reach = chance.uniform(0, 2 * np.pi, per), np.sqrt(chance.uniform(0, 1, per))
        rise = 0.215 + 0.075 * (1 - reach**2) - 0.03
        heap.append(
            np.stack([x + 0.155 * reach * np.sin(away), y + rise, z + 0.155 * reach * np.cos(away)], axis=1)
        )
    leaves = np.concatenate(heap)
    young = np.clip(green * np.array([1.1, 1.2, 0.6]), 0.01, 0.7)
    pale = Material(
        "foliage",
        base_color=rgba(young * 0.7),
        second_color=rgb(np.clip(young * 1.3, 0, 0.75)),
        roughness=0.5,
        translucency=0.4,
    )
    yield part(
        "plucked",
        shoot(2, 0.055),
        pale,
        instances(
            leaves,
            bases(chance, len(leaves), 1.2),
            varied_sizes(chance, len(leaves)),
            varied_tints(chance, len(leaves), 0.03, 0.25),
        ),
        casts_shadow=False,
    )
