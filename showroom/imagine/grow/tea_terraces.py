"""Tea terraces: a level terrace between wet hedges of tea that follow the contours of a bowl of hills.

Uphill to the left behind a low dry wall, downhill to the right into the mist, round the bowl ahead. What
the smell leans to decides what else grows: green is bamboo, dew and cool mist; steeped is osmanthus in
flower, its florets on the ground, and late gold in the rows.
"""

from typing import Iterator

import numpy as np

from showroom.imagine import leaning
from showroom.imagine.grow import tea_plant, tea_rows, tea_wall
from showroom.imagine.grow.bamboo import bamboo
from showroom.imagine.grow.centre import centre, clear_of_visitor, flora_of, surface_of
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.grass import tuft
from showroom.imagine.grow.guests import guests
from showroom.imagine.grow.hedge import crown_mesh, hedges
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import blend, natural, part, rgb, rgba
from showroom.imagine.grow.plinth import PLACE_XZ, gathered
from showroom.imagine.grow.scatter import bases, blue_noise, instances, varied_sizes, varied_tints
from showroom.imagine.grow.shapes import graded, patch, polar_sheet, tube
from showroom.imagine.grow.tea_house import baskets, pavilion, stairs
from showroom.imagine.grow.tea_rows import ABOVE_M, BELOW_M, Bowl, bowl, rows, stairs_at
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import SceneSpec

_SPOTS = ((-0.95, -2.3), (1.15, -0.35), (-1.3, -3.3), (0.95, 0.95), (-1.7, -4.4), (-0.4, -3.6))


def grow(spec: SceneSpec, chance: Chance, detail: float) -> Iterator[Geometry]:
    """Ground, plinth and hero; tea within reach; the rows; what stands among them; trees and mist."""
    land, gold = bowl(chance.child("land")), leaning.steeped(spec)
    density, srgb = flora_of(spec, "tea")
    green = blend(natural(srgb if density else "#7f9a4a", 0.015), np.array([0.2, 0.2, 0.03]), 0.25 * gold)
    yield _ground(spec, land, detail)
    yield from centre(spec, "block", chance, detail)
    yield from _near(land, green, gold, chance.child("near"), detail)
    yield from tea_rows.clothed(
        rows(land, chance.child("rows"), detail), green, gold, chance.child("tea"), detail
    )
    yield from _stone(spec, land, chance.child("stone"))
    yield from pavilion(_on(land, -2.3, np.radians(-103.0)), 0.35, 1.25, surface_of(spec, "prop").scale_m)
    yield from baskets(
        _lying(land, ((-0.78, -1.95), (-1.55, -2.75), (1.05, 0.4))), green, chance.child("baskets")
    )
    yield from bamboo("bamboo", _clumps(gold), (0.12, 0.05), land.height, chance.child("bamboo"), detail)
    yield from guests(
        spec,
        ("tea", "grass", "fern"),
        "tea_terraces",
        land.height,
        chance.child("guests"),
        False,
        _SPOTS,
        (-0.9, -2.6),
    )
    yield from _trees(land, chance.child("trees"), detail)
    yield _verge(spec, land, chance.child("verge"), detail)
    if gold > 0.5:
        yield _fallen(land, chance.child("fallen"), detail)
    yield _mist(spec, land, chance.child("mist"))


def _on(land: Bowl, down: float, angle: float) -> tuple[float, float, float]:
    """The place on the land so far below the visitor's terrace, at an angle about the bowl's middle."""
    x, z = land.at(np.array(down), np.array(angle))
    return float(x), float(land.height(x, z)), float(z)


def _lying(land: Bowl, spots: tuple[tuple[float, float], ...]) -> np.ndarray:
    x, z = np.array(spots).T
    return np.stack([x, land.height(x, z) - 0.01, z], axis=1)


def _ground(spec: SceneSpec, land: Bowl, detail: float) -> Geometry:
    """Trodden earth, dark under the hedges and where things stand, greener away from the way."""
    surface = surface_of(spec, "ground")
    mesh = polar_sheet(
        graded(0.1, 95.0, int(34 + 36 * detail)), int(60 + 84 * detail), land.height, surface.scale_m
    )
    x, _, z = mesh.positions.T
    down = land.down(x, z)
    off_way = smoothstep(0.25, 1.0, np.abs(down - 0.25) + 0.3 * fbm(np.stack([x, z], 1) * 1.1, 3, 6))
    beyond = smoothstep(BELOW_M - 0.3, BELOW_M + 0.3, down) + smoothstep(-ABOVE_M + 0.2, -ABOVE_M - 0.3, down)
    foot = 1 - 0.5 * np.exp(-((np.hypot(x - PLACE_XZ[0], z - PLACE_XZ[1]) / 0.33) ** 4))
    grassy = natural(surface.accent_srgb) * np.array([0.42, 0.5, 0.35])
    damp = (0.7, 0.68, 0.66, 1.0)
    material = Material(surface="ground", base_color=damp, second_color=rgb(grassy), clearcoat=0.3 * surface.wetness)
    return part(
        "ground",
        mesh.shaded(
            occlusion=foot * (1 - 0.35 * np.clip(beyond, 0, 1)),
            second=np.clip(0.55 * off_way + 0.3 * beyond, 0, 0.9),
        ),
        material,
    )


def _near(land: Bowl, green: np.ndarray, gold: float, chance: Chance, detail: float) -> Iterator[Geometry]:
    """Tea at the left hand; over the right either bamboo from below or an osmanthus in flower."""
    spots = np.array([(-1.02, -0.86), (-1.3, -1.45)])
    roots = [
        (x, float(land.height(np.array(x), np.array(z))), z, tall)
        for (x, z), tall in zip(spots, (0.95, 1.05))
    ]
    yield from tea_plant.near_tea(roots, (0.14, -0.05), green, chance.child("tea"))
    if gold > 0.5:
        y = float(land.height(np.array(1.9), np.array(-0.9)))
        trunk, spans = (1.95, y - 0.1, -0.75), []
        for tip in (
            (0.62, 1.98, -1.45),
            (0.8, 1.72, -1.75),
            (1.0, 2.2, -1.3),
            (1.25, 1.45, -1.05),
            (1.05, 1.95, -0.7),
            (2.4, 2.5, -0.6),
            (1.7, 2.6, -1.6),
            (2.3, 1.7, -1.7),
            (1.6, 2.4, 0.1),
            (1.35, 1.75, -1.7),
            (1.5, 2.2, -1.2),
            (0.95, 2.45, -1.6),
        ):
            spans.append((trunk, tip))
        yield from tea_plant.osmanthus(spans, chance.child("osmanthus"), detail)


def _clumps(gold: float) -> list[tuple[float, float, int, float]]:
    """x, z, how many culms and how tall: uphill on the left; where it is green also below on the right."""
    far = [(-5.2, -6.6, 12, 6.5), (-7.5, -2.0, 9, 6.0), (3.5, 6.0, 9, 5.5)]
    return far if gold > 0.5 else [(1.75, -1.15, 9, 3.6), (2.5, -2.4, 7, 4.2), (-2.7, -2.1, 8, 4.4), *far]


def _stone(spec: SceneSpec, land: Bowl, chance: Chance) -> Iterator[Geometry]:
    """A dry wall along the foot of the bank, and steps that climb between the rows."""
    surface = surface_of(spec, "wall")
    wet = Material(surface="wall", second_color=(0.05, 0.065, 0.03), clearcoat=0.25 * surface.wetness)
    yield from tea_wall.wall(land, wet, surface.scale_m, chance.child("wall"))
    down = np.arange(-ABOVE_M - 0.35, -15.0, -0.42)
    at = stairs_at(land, down)
    spots = np.column_stack([at[:, 0], land.height(at[:, 0], at[:, 1]), at[:, 1]])
    yield stairs(spots, chance.child("stairs"), surface.scale_m)


def _trees(land: Bowl, chance: Chance, detail: float) -> Iterator[Geometry]:
    """Slender shade trees among the rows, and a dark wood along the hills' brow."""
    crowns, trunks = [], []
    spots = [
        (-3.6, -9.5, 1.0),
        (2.2, -17.0, 1.1),
        (-8.5, -11.0, 1.3),
        (9.5, -21.0, 1.2),
        (-11.0, 3.0, 1.3),
        (-6.0, 9.0, 1.2),
        (-1.5, -27.0, 1.5),
        (16.0, 6.0, 1.2),
    ]
    brow = blue_noise(
        chance,
        (-46, -58),
        (40, 40),
        4.2,
        lambda x, z: smoothstep(-15.0, -20.0, land.down(x, z)) * (np.hypot(x, z) < 60),
        int(60 * detail) + 8,
    )
    size = 1.5 + 1.3 * chance.uniform(0, 1, len(brow))
    for x, z, wide in (*spots, *np.column_stack([brow, size])):
        y = float(land.height(np.array(x), np.array(z)))
        slim = wide < 1.5
        tall = 3.6 * wide if slim else 1.5 * wide
        crown = crown_mesh(chance, 1, 5).scaled(wide, wide * (1.15 if slim else 1.0), wide)
        crowns.append(crown.moved(x, y + tall, z))
        if np.hypot(x, z) < 34:
            trunks.append(
                tube(
                    np.array([[x, y - 0.3, z], [x + 0.1, y + 0.5 * tall, z + 0.05], [x, y + tall, z]]),
                    0.055 * wide,
                    6,
                )
            )
    yield from hedges(
        "trees",
        crowns,
        np.array([0.075, 0.115, 0.05]),
        chance.child("leaves"),
        int(3200 * detail),
        0.6,
        casts_shadow=False,
    )
    yield part(
        "tree trunks",
        merge(trunks),
        Material(base_color=(0.10, 0.09, 0.075, 1.0), roughness=0.95),
        casts_shadow=False,
    )


def _verge(spec: SceneSpec, land: Bowl, chance: Chance, detail: float) -> Geometry:
    """Grass along both edges of the way and between the stones."""
    density, srgb = flora_of(spec, "grass")

    def where(x, z):
        down = land.down(x, z)
        edge = np.exp(-(((down + 0.72) / 0.2) ** 2)) + np.exp(-(((down - 1.42) / 0.22) ** 2))
        return np.clip(edge, 0, 1) * (0.35 + 0.65 * smoothstep(-0.3, 0.3, fbm(np.stack([x, z], -1), 2, 8)))

    points = clear_of_visitor(
        blue_noise(chance, (-6, -9), (4, 6), 0.12, where, int((260 + 350 * density) * detail)), 0.6
    )
    x, z = points.T
    count = len(points)
    color = natural(srgb) * 0.6
    blades = Material(
        "foliage",
        base_color=rgba(color),
        second_color=rgb(color * 1.8),
        roughness=0.6,
        clearcoat=0.2,
        translucency=0.5,
    )
    placed = instances(
        np.stack([x, land.height(x, z), z], 1),
        bases(chance, count, 0.2),
        varied_sizes(chance, count),
        varied_tints(chance, count, 0.03, 0.25),
        chance.uniform(0, 1, count),
        0.012,
    )
    return part("grass", tuft(chance, 8, 0.15, 0.008, 0.06, 0.7, 2), blades, placed, casts_shadow=False)


def _fallen(land: Bowl, chance: Chance, detail: float) -> Geometry:
    """Florets shaken down: thick under the branches and against the plinth, fewer along the way."""

    def under(x, z):
        return 0.08 + 0.92 * np.exp(-((np.hypot(x - 1.2, z + 1.3) / 0.8) ** 2))

    points = clear_of_visitor(
        blue_noise(chance, (-1.8, -4.5), (2.2, 1.2), 0.05, under, int(900 * detail)), 0.25
    )
    x, z = points.T
    count = len(points)
    strewn_ = instances(
        np.stack([x, land.height(x, z) + 0.008, z], 1),
        bases(chance, count, 0.5),
        varied_sizes(chance, count, 0.9),
        varied_tints(chance, count, 0.02, 0.2),
        chance.uniform(0, 1, count),
    )
    foot = gathered(chance, 120, PLACE_XZ, 0.21, 0.5, land.height, 0.9, lift_m=0.008)
    gold = Material(
        "foliage",
        base_color=(0.75, 0.36, 0.04, 1.0),
        second_color=(0.8, 0.5, 0.1),
        roughness=0.6,
        translucency=0.4,
    )
    return part(
        "fallen florets",
        tea_plant.floret(0.009),
        gold,
        np.concatenate([strewn_, foot]),
        casts_shadow=False,
        layer="base",
    )


def _mist(spec: SceneSpec, land: Bowl, chance: Chance) -> Geometry:
    """Sheets of mist that lie in the bowl one behind the other; they drift on the wind."""
    sheets = []
    for index, (reach, body, high) in enumerate(
        (
            (8.5, 0.5, 1.6),
            (13.0, 0.8, 2.4),
            (18.0, 1.0, 3.2),
            (24.0, 1.0, 4.0),
            (31.0, 1.0, 5.0),
            (40.0, 1.0, 6.0),
        )
    ):
        sheets.append(_sheet(land, reach, body, high, chance.integers(0, 9999)))
    lit = natural(spec.ambience.haze_srgb, 0.1, 0.9)
    glow = Material("shaft", emission=rgb(lit * 0.14), density_per_m=1.0)
    return part("mist", merge(sheets), glow, casts_shadow=False)


def _sheet(land: Bowl, reach_m: float, body: float, high_m: float, seed: int) -> Mesh:
    """An upright band round a quarter of the view on the valley's side, thin at every edge; opacity is its body."""
    v, u = np.meshgrid(np.linspace(1, 0, 9), np.linspace(-0.55, 1.5, 45), indexing="ij")
    away = reach_m * (1 + 0.06 * fbm(np.stack([u * 2, 0 * u], -1), 2, seed))
    x, z = away * np.sin(u), -away * np.cos(u)
    foot = np.minimum(land.height(x, z), 1.0 + 0.05 * reach_m)
    mesh = patch(np.stack([x, foot + v * high_m - 0.2, z], axis=-1))
    patchy = smoothstep(-0.35, 0.5, fbm(np.stack([u * 4.0, v * 1.2], -1), 3, seed + 1))
    side = smoothstep(-0.55, -0.2, u) * smoothstep(1.5, 1.2, u)
    low = smoothstep(2.5, -1.0, land.height(x, z))
    return mesh.shaded(
        opacity=(body * side * low * patchy * smoothstep(0.0, 0.35, v) * smoothstep(1.0, 0.45, v)).reshape(-1)
    )
