"""Alpine snow: rime within reach, drifts and laden firs, sharp peaks with spindrift off their crests.

What the smell leans to decides the snow: hard and blue, cut by the wind, with a frozen tarn; or soft as down,
heaped on firs and stones, with edelweiss on the first bare ledge.
"""

from typing import Iterator

import numpy as np

from showroom.imagine import leaning
from showroom.imagine.grow import peaks, rime
from showroom.imagine.grow.boxed import boxed
from showroom.imagine.grow.centre import centre, clear_of_visitor, flora_of, surface_of, worn
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.conifer import trunk
from showroom.imagine.grow.drift import Snowfield
from showroom.imagine.grow.edelweiss import edelweiss
from showroom.imagine.grow.grass import tuft
from showroom.imagine.grow.mesh import Mesh, make, merge, unit
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import natural, part, rgb, rgba
from showroom.imagine.grow.plinth import PLACE_XZ, TOP_M
from showroom.imagine.grow.scatter import bases, blue_noise, facing, instances, varied_sizes, varied_tints
from showroom.imagine.grow.shapes import graded, loft, patch, polar_sheet, rock
from showroom.imagine.grow.snow_fir import snow_fir
from showroom.imagine.grow.stones import Ground
from showroom.imagine.grow.sunbeam import sun_way
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import SceneSpec

_SNOW = (0.80, 0.83, 0.86)
_TARN = (-2.3, -5.6, 2.5, 0.32)  # x, z, radius, depth
_ROCKS = np.array([  # x, z, size, how tall for its width
    (1.62, -2.5, 0.5, 0.9), (2.3, -3.0, 0.85, 1.1), (3.3, -3.4, 0.6, 0.8), (-1.75, -1.35, 0.34, 0.8),
    (-4.9, -4.2, 0.9, 0.9), (0.12, -4.7, 0.66, 0.75), (6.4, -7.5, 1.5, 1.2), (-7.5, -9.5, 1.3, 1.0), (2.6, 2.4, 0.6, 0.8),
    (-2.4, 2.9, 0.8, 1.0), (4.8, 1.0, 0.5, 0.7), (-4.2, 0.2, 0.45, 0.8), (7.8, 5.0, 1.6, 1.2),
])
_FIRS = np.array([  # x, z, height
    (4.3, -6.2, 4.6), (5.6, -7.8, 6.8), (3.7, -9.6, 5.4), (7.6, -6.4, 5.2), (-5.6, -8.2, 5.8), (-7.0, -6.6, 4.2),
    (-8.4, -10.2, 7.4), (6.9, -11.6, 8.0), (-5.6, 7.2, 5.5), (6.2, 8.0, 4.4), (-8.6, 3.0, 6.4), (9.6, -1.4, 5.8),
    (2.4, 9.4, 7.0), (-2.2, 10.6, 5.0),
])
_SHRUBS = np.array([(-0.98, -0.92), (1.12, -1.05), (-1.55, -2.35)])


def grow(spec: SceneSpec, chance: Chance, detail: float) -> Iterator[Geometry]:
    """Snow, plinth and hero; rime, rocks and firs; the peaks; then what glitters."""
    hard = float(smoothstep(0.35, 0.75, leaning.ice(spec)))
    field = _field(spec, chance.child("land").integers(0, 1 << 20), hard)
    ground = field.height
    yield _ground(spec, field, hard, detail)
    yield from centre(spec, "block", chance, detail)
    yield part("peaks", peaks.peaks(field.seed, detail, 46.0),
               Material(surface="wall", second_color=_SNOW, normal_scale=0.7), casts_shadow=False)
    if hard > 0.4:
        yield from _tarn(spec, field)
    yield from _rocks(ground, hard, chance.child("rocks"))
    yield from _firs(spec, ground, hard, chance.child("firs"), detail)
    yield from _rimed(spec, ground, hard, chance.child("rime"), detail)
    yield _caps(chance.child("caps"), windward_of(spec))
    yield _glints(spec, ground, chance.child("glints"), detail)
    if hard < 0.6:
        yield from _flowers(ground, chance.child("edelweiss"))
    yield from _grass(spec, ground, chance.child("grass"), detail)
    yield _spindrift(spec, field, chance.child("spindrift"))


def _field(spec: SceneSpec, seed: int, hard: float) -> Snowfield:
    wind = np.radians(spec.ambience.wind_azimuth_deg + 180.0)
    hollows = np.array([_TARN]) if hard > 0.4 else np.zeros((0, 4))
    lumps = [(PLACE_XZ[0] - 0.05, PLACE_XZ[1] - 0.08, 0.42, 0.10)]
    lumps += [(x, z, 0.9 * size, (0.34 - 0.12 * hard) * size) for x, z, size, _ in _ROCKS]
    lumps += [(x, z, 0.16 * tall, 0.05 * tall) for x, z, tall in _FIRS]
    return Snowfield(seed, wind, hard, hollows, np.array(lumps))


def _ground(spec: SceneSpec, field: Snowfield, hard: float, detail: float) -> Geometry:
    """Snow; scoured to blue ice in the troughs where it is hard, shaded where it meets what stands in it."""
    surface = surface_of(spec, "ground")
    mesh = polar_sheet(graded(0.08, 190.0, int(44 + 36 * detail)), int(80 + 70 * detail), field.height, surface.scale_m)
    x, y, z = mesh.positions.T
    along, across = field.axes(x, z)
    scoured = smoothstep(0.05, 0.5, fbm(np.stack([along * 0.3, across * 1.1], axis=1), 3, field.seed + 20))
    open_ = np.ones(len(x))
    for px, pz, radius in [(*PLACE_XZ, 0.2)] + [(rx, rz, 0.8 * size) for rx, rz, size, _ in _ROCKS]:
        open_ = open_ * (0.62 + 0.38 * smoothstep(0.9, 1.9, np.hypot(x - px, z - pz) / radius))
    blue = natural(surface.accent_srgb) * np.array([0.85, 0.95, 1.0])
    material = Material(surface="ground", second_color=rgb(blue))
    return part("ground", mesh.shaded(occlusion=open_, second=(0.1 + 0.4 * hard) * scoured), material)


def _tarn(spec: SceneSpec, field: Snowfield) -> Iterator[Geometry]:
    """Ice one could see down into, swept clear in the middle; plates of it broken and stood up at its edge."""
    x, z, radius, depth = _TARN
    sheet = polar_sheet(graded(0.12, 1.25 * radius, 22), 64, lambda px, pz: np.full_like(px, -depth + 0.035), 1.7)
    px, _, pz = sheet.positions.T
    away = np.hypot(px, pz) / radius
    blown = fbm(np.stack([px * 0.9, pz * 0.5], axis=1), 4, field.seed + 30)
    snow = smoothstep(0.62, 1.05, away + 0.35 * blown)
    ice = Material(surface=worn(spec, "water"), base_color=(0.75, 0.9, 0.95, 1.0), second_color=_SNOW, roughness=0.55,
                   clearcoat=1.0)
    yield part("tarn", sheet.shaded(second=snow).moved(x, 0.0, z), ice, casts_shadow=False)
    draw = Chance(field.seed, "plates")
    plates = []
    for index in range(13):
        turn = 0.5 * draw.normal() + (0.2 if index < 8 else 2.7)
        reach = radius * draw.uniform(0.82, 1.0)
        size = draw.uniform(0.14, 0.42)
        plate = _plate(draw, size).turned("x", draw.uniform(0.5, 1.3)).turned("y", draw.uniform(0, 6.3))
        top = smoothstep(0.5, 0.95, plate.normals[:, 1])
        plates.append(plate.shaded(second=0.8 * top).moved(x + np.sin(turn) * reach, -depth + 0.35 * size,
                                                          z + np.cos(turn) * reach))
    clear = Material(base_color=(0.32, 0.55, 0.64, 1.0), second_color=_SNOW, roughness=0.12, clearcoat=1.0,
                     translucency=0.8)
    yield part("ice plates", merge(plates), clear)


def _plate(chance: Chance, size_m: float) -> Mesh:
    """A slab of lake ice with broken edges, level about the origin."""
    corners = np.sort(chance.uniform(0, 2 * np.pi, 6))
    outline = np.stack([np.sin(corners), np.cos(corners)], axis=1) * chance.uniform(0.75, 1.1, (6, 1))
    section = np.concatenate([outline, outline[:1]])
    thick = 0.07 * size_m + 0.02
    rows = np.array([(0.0, thick), (0.95 * size_m, thick), (size_m, 0.8 * thick), (0.97 * size_m, 0.0), (0.0, 0.0)])
    return loft(section, rows).faceted()


def _rocks(ground: Ground, hard: float, chance: Chance) -> Iterator[Geometry]:
    """Dark rock half buried, snow on every ledge; deeper where it is soft."""
    stones = []
    for index, (x, z, size, tall) in enumerate(_ROCKS):
        stone = rock(3 if size > 0.4 and np.hypot(x, z) < 6 else 2, 80 + index, 0.34, (1.0, 0.8 * tall, 0.85), 9)
        stone = stone.scaled(size).turned("y", chance.uniform(0, 6.3)).turned("z", 0.15 * chance.normal())
        lies = stone.normals[:, 1] + 0.45 * fbm(stone.positions * 3.0 / size, 3, index)
        snow = smoothstep(0.62 + 0.12 * hard, 0.80 + 0.1 * hard, lies)
        swell = (0.05 * (1.4 - hard) * size * snow)[:, None] * np.array([0.0, 1.0, 0.0])
        y = float(ground(np.array([x]), np.array([z]))[0])
        low = stone.positions[:, 1]
        stone = stone.displaced(swell).shaded(second=snow, occlusion=0.45 + 0.55 * smoothstep(-0.2 * size, 0.4 * size, low))
        stones.append(boxed(stone, 1.7).moved(x, y - 0.12 * size, z))
    material = Material(surface="wall", second_color=_SNOW, normal_scale=1.2)
    yield part("rocks", merge(stones), material)


def _firs(spec: SceneSpec, ground: Ground, hard: float, chance: Chance, detail: float) -> Iterator[Geometry]:
    """Spruces in a group to the right, some to the left and behind; a dark wood far down the slope."""
    density, _ = flora_of(spec, "pine")
    load = 0.95 - 0.35 * hard
    near, near_snow = snow_fir(chance.child("near"), 15, 7, 3, load)
    far, far_snow = snow_fir(chance.child("far"), 8, 5, 1, load, 2)
    stem = trunk(chance.child("stem"), 1.0, 0.016, 8, 7, 0.2, flare=0.4).shaded(second=0.0)
    chosen = _FIRS[: max(4, int(round(len(_FIRS) * min(1.0, 0.45 + 1.6 * density))))]
    wood = _wood(chance.child("wood"), density, detail)
    placed = {}
    for name, points, tall in (("near", chosen[:, :2], chosen[:, 2]), ("far", wood, varied_sizes(chance, len(wood), 6.5, 0.5))):
        x, z = points.T
        draw = chance.child(f"placed {name}")
        wide = tall * varied_sizes(draw, len(x), 1.0, 0.2)
        placed[name] = instances(np.stack([x, ground(x, z) - 0.03 * tall, z], axis=1), bases(draw, len(x), 0.04),
                                 np.stack([wide, tall, wide], axis=1), varied_tints(draw, len(x), 0.02, 0.25),
                                 draw.uniform(0, 1, len(x)), 0.02)
        placed[name]["cell"] = 12
    needles = Material("foliage", surface="sprites", base_color=(0.6, 0.66, 0.64, 1.0), roughness=1.0, translucency=0.1)
    snow = Material(surface="ground", second_color=_SNOW, translucency=0.25)
    yield part("firs", near, needles, placed["near"])
    yield part("fir snow", near_snow, snow, placed["near"])
    yield part("fir stems", stem, Material(surface=worn(spec, "prop")), placed["near"])
    yield part("far firs", far, needles, placed["far"], casts_shadow=False)
    yield part("far fir snow", far_snow, snow, placed["far"], casts_shadow=False)


def _wood(chance: Chance, density: float, detail: float) -> np.ndarray:
    """(n, 2) x, z of far trees: below ahead in a belt, in groups all round."""
    seed = chance.integers(0, 1 << 20)

    def groups(x, z):
        patchy = smoothstep(0.0, 0.35, fbm(np.stack([x, z], -1) * 0.045, 2, seed) + 0.25 * smoothstep(-30, -60, z))
        reach = np.hypot(x, z)
        return patchy * smoothstep(13.0, 20.0, reach) * smoothstep(1.5, 6.0, np.abs(x) + 0.15 * np.abs(z) - 3.0)

    return blue_noise(chance, (-75, -110), (75, 60), 3.2, groups, int(min(110, 40 + 260 * density) * max(detail, 0.3)))


def windward_of(spec: SceneSpec) -> np.ndarray:
    """(3,) where the wind comes from, a little from above."""
    to = np.radians(spec.ambience.wind_azimuth_deg)
    return np.array([np.sin(to), 0.12, -np.cos(to)])


def _caps(chance: Chance, windward: np.ndarray) -> Geometry:
    """Snow that stayed on the plinth's far rim, out of the wind, and slid over its edge."""
    lee = np.arctan2(-windward[0], windward[2])
    v, u = np.meshgrid(np.linspace(0, 1, 9), np.linspace(-1.25, 1.25, 33), indexing="ij")
    turn = np.pi + 0.5 * np.sin(lee) + u
    edge = 0.147 + 0.008 * np.sin(5 * u)
    inner = 0.088 + 0.022 * fbm(u[..., None] * 2.3, 2, 9)
    fade = smoothstep(1.25, 0.95, np.abs(u))
    reach = np.where(v < 0.8, inner + (edge - inner) * v / 0.8, edge + 0.006 * np.sin(np.pi * (v - 0.8) / 0.2))
    top = 0.024 * fade * np.sin(np.pi * np.clip(0.08 + 0.62 * v, 0, 1)) ** 0.7 * (1 + 0.4 * fbm(u[..., None] * 3.1, 2, 4))
    drop = np.where(v > 0.8, -(0.02 + 0.03 * fade * (1 + fbm(u[..., None] * 4.0, 2, 5))) * (v - 0.8) / 0.2, 0.0)
    y = TOP_M - 0.004 + top + drop * fade
    points = np.stack([PLACE_XZ[0] + np.sin(turn) * reach, y, PLACE_XZ[1] + np.cos(turn) * reach], axis=-1)
    mesh = patch(points, np.stack([u * 0.07, v * 0.04], axis=-1))
    if mesh.normals[:, 1].mean() < 0:
        mesh = mesh.turned_inside_out()
    return part("snow cap", mesh, Material(surface="ground", translucency=0.3), casts_shadow=False)


def _rimed(spec: SceneSpec, ground: Ground, hard: float, chance: Chance, detail: float) -> Iterator[Geometry]:
    """Shrubs at the visitor's hands furred with ice, and frost feathers on the plinth's windward side."""
    to, windward = np.radians(spec.ambience.wind_azimuth_deg), windward_of(spec)
    shrubs, at = [], []
    for index, (x, z) in enumerate(_SHRUBS):
        mesh, places = rime.twigs(chance.child(f"shrub {index}"), 5, 0.95 - 0.15 * index)
        y = float(ground(np.array([x]), np.array([z]))[0])
        turned = np.array([[np.cos(to - np.pi / 2), 0, -np.sin(to - np.pi / 2)], [0, 1, 0],
                           [np.sin(to - np.pi / 2), 0, np.cos(to - np.pi / 2)]])
        shrubs.append(mesh.transformed(turned).moved(x, y, z))
        at.append(places @ turned.T + np.array([x, y, z]))
    bark = Material(base_color=(0.085, 0.065, 0.055, 1.0), second_color=_SNOW, roughness=0.8)
    yield part("rimed twigs", merge(shrubs), bark)
    ice = Material("foliage", surface="sprites", base_color=(1.0, 1.0, 1.0, 1.0), roughness=0.6, translucency=0.6)
    grown = rime.feathers(chance.child("feathers"), np.concatenate(at), windward, 0.027 + 0.012 * hard, 4)
    stone = _on_stone(chance.child("stone"), windward, int(260 * (0.5 + 0.5 * hard)))
    yield part("rime", rime.feather(), ice, np.concatenate([grown, stone]), casts_shadow=False)


def _on_stone(chance: Chance, windward: np.ndarray, count: int) -> np.ndarray:
    """Feathers on the side of the plinth that the wind meets, thickest along its edges."""
    high = 1.02 - 0.95 * chance.uniform(0, 1, count) ** 1.4
    aside = 0.12 * chance.uniform(-1, 1, count)
    level = unit(windward * np.array([1.0, 0.0, 1.0]))
    across = np.array([level[2], 0.0, -level[0]])
    at = np.array([PLACE_XZ[0], 0.0, PLACE_XZ[1]]) + level * 0.118 + aside[:, None] * across
    at += (0.04 * (1.0 - high))[:, None] * level
    at[:, 1] = high
    way = unit(windward + 0.6 * chance.normal((count, 3)) + 2.2 * aside[:, None] * across)
    return instances(at, facing(way, chance.normal((count, 3))), varied_sizes(chance, count, 0.04, 0.5), cell=rime.CELL)


def _glints(spec: SceneSpec, ground: Ground, chance: Chance, detail: float) -> Geometry:
    """Flakes that lie so as to flash at a standing visitor now and then, never all at once."""
    count = int(4200 * detail)
    angle, reach = chance.uniform(0, 2 * np.pi, count), 0.7 + 8.0 * chance.uniform(0, 1, count) ** 1.5
    x, z = np.sin(angle) * reach, -np.cos(angle) * reach
    at = np.stack([x, ground(x, z) + 0.004, z], axis=1)
    half = unit(unit(np.array([0.0, 1.55, 0.0]) - at) + sun_way(spec.sky))
    normal = unit(half + 0.16 * chance.normal((count, 3)))
    size = 0.0016 + 0.0009 * reach * chance.uniform(0.5, 1.0, count)
    placed = instances(at, facing(normal, chance.normal((count, 3))), size, phases=chance.uniform(0, 1, count))
    flake = make(np.array([[-1, -0.6, 0], [1, -0.6, 0], [0, 1.2, 0]]), np.array([[0, 1, 2]]), np.zeros((3, 2)))
    bright = Material("foliage", base_color=(0.93, 0.95, 0.97, 1.0), metallic=1.0, roughness=0.2)
    return part("glints", flake, bright, placed, casts_shadow=False)


def _flowers(ground: Ground, chance: Chance) -> Iterator[Geometry]:
    """Edelweiss where the sun has bared a ledge: by the rocks, one clump beside the plinth."""
    spots = [(-0.42, -2.2), (0.95, -2.35), (0.5, -2.55), (1.2, -2.15), (-1.35, -1.2), (-0.95, -1.55), (0.45, -2.7), (1.05, -1.5),
             (-0.7, -2.6), (1.5, 0.9), (-1.2, 1.3)]
    points = []
    for x, z in spots:
        for _ in range(4):
            points.append((x + 0.09 * chance.normal(), z + 0.08 * chance.normal()))
    points = clear_of_visitor(np.array(points), 0.62)
    x, z = points.T
    felt = Material("foliage", base_color=(0.68, 0.70, 0.64, 1.0), second_color=(0.55, 0.42, 0.12), roughness=1.0,
                    translucency=0.6)
    to_us = np.arctan2(-x, -z) + 0.5 * chance.normal(len(x))
    placed = instances(np.stack([x, ground(x, z) - 0.015, z], axis=1), bases(chance, len(x), 0.15, yaw_rad=to_us),
                       varied_sizes(chance, len(x), 1.5, 0.35), varied_tints(chance, len(x), 0.01, 0.1),
                       chance.uniform(0, 1, len(x)), 0.006)
    yield part("edelweiss", edelweiss(chance), felt, placed)


def _grass(spec: SceneSpec, ground: Ground, chance: Chance, detail: float) -> Iterator[Geometry]:
    """Last year's bents, bleached, where the snow lies thin."""
    density, srgb = flora_of(spec, "grass")
    if density <= 0:
        return

    def thin(x, z):
        return smoothstep(0.1, 0.4, fbm(np.stack([x, z], -1) * 0.35, 2, 17)) * smoothstep(1.4, 2.4, np.hypot(x, z))

    points = blue_noise(chance, (-9, -10), (9, 8), 0.5, thin, int(900 * density * max(detail, 0.2)))
    x, z = points.T
    straw = natural(srgb) * 0.8
    material = Material("foliage", base_color=rgba(straw), second_color=rgb(0.8 * straw), roughness=0.9, translucency=0.5)
    yield part("grass", tuft(chance, 9, 0.3, 0.004, 0.05, 0.5, 3), material,
               instances(np.stack([x, ground(x, z) - 0.02, z], axis=1), bases(chance, len(x), 0.25),
                         varied_sizes(chance, len(x), 1.0, 0.4), varied_tints(chance, len(x)),
                         chance.uniform(0, 1, len(x)), 0.02), casts_shadow=False)


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
        rise = (3 + 13 * u ** 0.8) * v - 5 * u
        points = root + way * (u * long)[..., None] + np.array([0.0, 1.0, 0.0]) * rise[..., None]
        smoke = np.clip(0.55 + 0.9 * fbm(np.stack([u * 4, v * 1.6 + azimuth], -1), 3, field.seed), 0, 1)
        thin = (1 - v * v) ** 1.4 * np.clip(u / 0.05, 0, 1) * (1 - u) ** 1.3 * smoke
        veils.append(patch(points).shaded(opacity=thin.reshape(-1)))
    light = 0.8 * spec.sky.sun_strength * np.array([0.95, 0.98, 1.0])
    return part("spindrift", merge(veils), Material("glow", emission=rgb(light)), casts_shadow=False)
