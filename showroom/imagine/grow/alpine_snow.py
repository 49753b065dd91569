"""Alpine snow: rime within reach, drifts and laden firs, sharp peaks with spindrift off their crests.

What the smell leans to decides the snow: hard and blue, cut by the wind, with a frozen tarn; or soft as down,
heaped on firs and stones, with edelweiss on the first bare ledge.
"""

from typing import Iterator

import numpy as np

from showroom.imagine import leaning
from showroom.imagine.grow import alpine_wood, frost, peaks
from showroom.imagine.grow.alpine_wood import FIRS, ROCKS, SNOW
from showroom.imagine.grow.centre import centre, clear_of_visitor, flora_of, surface_of, worn
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.drift import Snowfield
from showroom.imagine.grow.edelweiss import edelweiss
from showroom.imagine.grow.grass import tuft
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.guests import guests
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import natural, part, rgb, rgba
from showroom.imagine.grow.plinth import PLACE_XZ
from showroom.imagine.grow.scatter import bases, blue_noise, instances, varied_sizes, varied_tints
from showroom.imagine.grow.shapes import graded, loft, patch, polar_sheet
from showroom.imagine.grow.stones import Ground
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import SceneSpec

_TARN = (-2.75, -6.0, 2.45, 0.32)  # x, z, radius, depth


def grow(spec: SceneSpec, chance: Chance, detail: float) -> Iterator[Geometry]:
    """Snow, plinth and hero; rime, rocks and firs; the peaks; then what glitters."""
    hard = leaning.ice(spec)
    field = _field(spec, chance.child("land").integers(0, 1 << 20), hard)
    ground = field.height
    yield _ground(spec, field, hard, detail)
    yield from centre(spec, "block", chance, detail)
    yield part(
        "peaks",
        peaks.peaks(field.seed, detail, 46.0),
        Material(surface="wall", second_color=SNOW, normal_scale=0.7),
        casts_shadow=False,
    )
    if hard > 0.4:
        yield from _tarn(spec, field)
    yield from alpine_wood.rocks(ground, hard, chance.child("rocks"))
    yield from alpine_wood.firs(spec, ground, hard, chance.child("firs"), detail)
    yield from frost.rimed(spec, ground, hard, chance.child("rime"), detail)
    yield frost.caps(chance.child("caps"), frost.windward_of(spec))
    yield frost.glints(spec, ground, chance.child("glints"), detail)
    if hard < 0.6:
        yield from _flowers(ground, chance.child("edelweiss"))
    yield from _grass(spec, ground, chance.child("grass"), detail)
    yield from guests(spec, ("pine", "cedar", "moss", "grass"), "alpine_snow", ground, chance.child("guests"),
                      potted=False)
    yield _spindrift(spec, field, chance.child("spindrift"))


def _field(spec: SceneSpec, seed: int, hard: float) -> Snowfield:
    wind = np.radians(spec.ambience.wind_azimuth_deg + 180.0)
    hollows = np.array([_TARN]) if hard > 0.4 else np.zeros((0, 4))
    lumps = [(PLACE_XZ[0] - 0.05, PLACE_XZ[1] - 0.08, 0.42, 0.10)]
    lumps += [(x, z, 0.9 * size, (0.34 - 0.12 * hard) * size) for x, z, size, _ in ROCKS]
    lumps += [(x, z, 0.16 * tall, 0.05 * tall) for x, z, tall in FIRS]
    return Snowfield(seed, wind, hard, hollows, np.array(lumps))


def _ground(spec: SceneSpec, field: Snowfield, hard: float, detail: float) -> Geometry:
    """Snow; scoured to blue ice in the troughs where it is hard, shaded where it meets what stands in it."""
    surface = surface_of(spec, "ground")
    mesh = polar_sheet(
        graded(0.08, 190.0, int(44 + 36 * detail)), int(80 + 70 * detail), field.height, surface.scale_m
    )
    x, y, z = mesh.positions.T
    along, across = field.axes(x, z)
    scoured = smoothstep(0.05, 0.5, fbm(np.stack([along * 0.3, across * 1.1], axis=1), 3, field.seed + 20))
    open_ = np.ones(len(x))
    for px, pz, radius in [(*PLACE_XZ, 0.2)] + [(rx, rz, 0.8 * size) for rx, rz, size, _ in ROCKS]:
        open_ = open_ * (0.62 + 0.38 * smoothstep(0.9, 1.9, np.hypot(x - px, z - pz) / radius))
    blue = natural(surface.accent_srgb) * np.array([0.85, 0.95, 1.0])
    material = Material(surface="ground", second_color=rgb(blue))
    return part("ground", mesh.shaded(occlusion=open_, second=(0.1 + 0.4 * hard) * scoured), material)


def _tarn(spec: SceneSpec, field: Snowfield) -> Iterator[Geometry]:
    """Ice one could see down into, swept clear in the middle; broken plates of it at its edge."""
    x, z, radius, depth = _TARN
    sheet = polar_sheet(
        graded(0.12, 1.25 * radius, 22), 64, lambda px, pz: np.full_like(px, -depth + 0.035), 1.7
    )
    px, _, pz = sheet.positions.T
    away = np.hypot(px, pz) / radius
    blown = fbm(np.stack([px * 0.9, pz * 0.5], axis=1), 4, field.seed + 30)
    drifted = fbm(np.stack([px * 0.45 + pz, px * 1.6 - 0.4 * pz], axis=1), 3, field.seed + 31)
    snow = np.maximum(smoothstep(0.55, 1.0, away + 0.45 * blown), 0.75 * smoothstep(0.05, 0.4, drifted))
    ice = Material(
        surface=worn(spec, "water"),
        base_color=(0.62, 0.68, 0.7, 1.0),
        second_color=SNOW,
        roughness=0.55,
        clearcoat=1.0,
    )
    yield part("tarn", sheet.shaded(second=snow).moved(x, 0.0, z), ice, casts_shadow=False)
    draw = Chance(field.seed, "plates")
    plates = []
    for index in range(13):
        turn = 0.5 * draw.normal() + (0.2 if index < 8 else 2.7)
        reach = radius * draw.uniform(0.82, 1.0)
        size = draw.uniform(0.12, 0.34)
        plate = _plate(draw, size).turned("x", draw.uniform(0.15, 0.75)).turned("y", draw.uniform(0, 6.3))
        frosted = 0.45 + 0.3 * fbm(plate.positions * 9.0, 2, index)
        top = np.maximum(frosted, smoothstep(0.3, 0.8, plate.normals[:, 1]))
        plates.append(
            plate.shaded(second=top).moved(
                x + np.sin(turn) * reach, -depth + 0.2 * size, z + np.cos(turn) * reach
            )
        )
    clear = Material(
        base_color=(0.36, 0.5, 0.56, 1.0), second_color=SNOW, roughness=0.3, clearcoat=0.6, translucency=0.5
    )
    yield part("ice plates", merge(plates), clear)


def _plate(chance: Chance, size_m: float) -> Mesh:
    """A slab of lake ice with broken edges, level about the origin."""
    corners = np.sort(chance.uniform(0, 2 * np.pi, 6))
    outline = np.stack([np.sin(corners), np.cos(corners)], axis=1) * chance.uniform(0.75, 1.1, (6, 1))
    section = np.concatenate([outline, outline[:1]])
    thick = 0.12 * size_m + 0.03
    rows = np.array(
        [(0.0, thick), (0.95 * size_m, thick), (size_m, 0.8 * thick), (0.97 * size_m, 0.0), (0.0, 0.0)]
    )
    return loft(section, rows).faceted()


def _flowers(ground: Ground, chance: Chance) -> Iterator[Geometry]:
    """Edelweiss where the sun has bared a ledge: by the rocks, one clump beside the plinth."""
    spots = [
        (-0.42, -2.2),
        (0.95, -2.35),
        (0.5, -2.55),
        (1.2, -2.15),
        (-1.35, -1.2),
        (-0.95, -1.55),
        (0.45, -2.7),
        (1.05, -1.5),
        (-0.7, -2.6),
        (1.5, 0.9),
        (-1.2, 1.3),
    ]
    points = []
    for x, z in spots:
        for _ in range(4):
            points.append((x + 0.09 * chance.normal(), z + 0.08 * chance.normal()))
    points = clear_of_visitor(np.array(points), 0.62)
    x, z = points.T
    felt = Material(
        "foliage",
        base_color=(0.68, 0.70, 0.64, 1.0),
        second_color=(0.55, 0.42, 0.12),
        roughness=1.0,
        translucency=0.6,
    )
    to_us = np.arctan2(-x, -z) + 0.5 * chance.normal(len(x))
    placed = instances(
        np.stack([x, ground(x, z) - 0.015, z], axis=1),
        bases(chance, len(x), 0.15, yaw_rad=to_us),
        varied_sizes(chance, len(x), 1.5, 0.35),
        varied_tints(chance, len(x), 0.01, 0.1),
        chance.uniform(0, 1, len(x)),
        0.006,
    )
    yield part("edelweiss", edelweiss(chance), felt, placed)


def _grass(spec: SceneSpec, ground: Ground, chance: Chance, detail: float) -> Iterator[Geometry]:
    """Last year's bents, bleached, where the snow lies thin."""
    density, srgb = flora_of(spec, "grass")
    if density <= 0:
        return

    def thin(x, z):
        return smoothstep(0.1, 0.4, fbm(np.stack([x, z], -1) * 0.35, 2, 17)) * smoothstep(
            1.4, 2.4, np.hypot(x, z)
        )

    points = blue_noise(chance, (-9, -10), (9, 8), 0.5, thin, int(900 * density * max(detail, 0.2)))
    x, z = points.T
    straw = natural(srgb) * 0.8
    material = Material(
        "foliage", base_color=rgba(straw), second_color=rgb(0.8 * straw), roughness=0.9, translucency=0.5
    )
    yield part(
        "grass",
        tuft(chance, 9, 0.3, 0.004, 0.05, 0.5, 3),
        material,
        instances(
            np.stack([x, ground(x, z) - 0.02, z], axis=1),
            bases(chance, len(x), 0.25),
            varied_sizes(chance, len(x), 1.0, 0.4),
            varied_tints(chance, len(x)),
            chance.uniform(0, 1, len(x)),
            0.02,
        ),
        casts_shadow=False,
    )


def _spindrift(spec: SceneSpec, field: Snowfield, chance: Chance) -> Geometry:
    """Veils of snow blown off some high summits, those seen across the wind, thinning as they go."""
    s, c = np.sin(field.wind_rad), np.cos(field.wind_rad)
    way = np.array([s, 0.02, -c])
    veils = []
    for order, (azimuth, reach, tall, _) in enumerate(peaks.SUMMITS):
        a = np.radians(azimuth)
        if tall < 100 or abs(np.sin(a - field.wind_rad)) < 0.5 or order % 3 == 2:
            continue
        x, z = reach * np.sin(a), -reach * np.cos(a)
        near = np.linspace(-70, 70, 29)
        gx, gz = np.meshgrid(x + near, z + near)
        high = peaks.height(gx, gz, field.seed)
        top = np.unravel_index(int(high.argmax()), high.shape)
        root = np.array([gx[top], high[top], gz[top]])
        long = chance.uniform(90, 190)
        v, u = np.meshgrid(np.linspace(-1, 1, 7), np.linspace(0, 1, 13), indexing="ij")
        rise = (3 + 13 * u**0.8) * v - 5 * u
        points = root + way * (u * long)[..., None] + np.array([0.0, 1.0, 0.0]) * rise[..., None]
        smoke = np.clip(0.55 + 0.9 * fbm(np.stack([u * 4, v * 1.6 + azimuth], -1), 3, field.seed), 0, 1)
        thin = (1 - v * v) ** 1.4 * np.clip(u / 0.05, 0, 1) * (1 - u) ** 1.3 * smoke
        veils.append(patch(points).shaded(opacity=thin.reshape(-1)))
    light = 0.8 * spec.sky.sun_strength * np.array([0.95, 0.98, 1.0])
    return part("spindrift", merge(veils), Material("glow", emission=rgb(light)), casts_shadow=False)
