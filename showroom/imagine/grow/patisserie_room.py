"""Patisserie room: a tall window the sun comes through, marble counters, shelves, beams, an oven."""

from dataclasses import replace
from typing import Iterator, Sequence

import numpy as np

from showroom.imagine import leaning
from showroom.imagine.grow import fire
from showroom.imagine.grow.centre import surface_of, worn
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.oven import oven
from showroom.imagine.grow.part import blend, part, rgba
from showroom.imagine.grow.patisserie_back import back
from showroom.imagine.grow.plinth import PLACE_XZ
from showroom.imagine.grow.scatter import instances
from showroom.imagine.grow.shapes import box, grid_sheet, lathe, patch, polar_sheet, tube
from showroom.imagine.grow.sunbeam import beam, sun_way
from showroom.imagine.grow.vault import pierced_wall, wall
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import SceneSpec

LEFT_X, RIGHT_X, FRONT_Z, BACK_Z, HIGH_M = -2.75, 3.3, -4.4, 3.4, 3.5
COUNTER_M = 0.92
COUNTERS = {  # name: (x, z, width, depth) of each marble top
    "back": (0.2, -2.75, 4.4, 0.75), "left": (-1.32, -0.95, 0.62, 1.7), "right": (1.32, -0.95, 0.62, 1.7),
}
PAINTED = np.array([0.19, 0.245, 0.255])  # the cabinets: blue-grey, where all else is cream and copper
SHELVES_M = (1.5, 1.92, 2.34)
WINDOW = (-1.9, 4.2, 0.95, 3.0)  # z of its middle, width, sill, head


def room(spec: SceneSpec, chance: Chance,
         standing: Sequence[tuple[float, float, float]]) -> Iterator[Geometry]:
    """Walls with the window in the left one, ceiling and beams, counters, shelves, the sunbeam."""
    roast = leaning.roast(spec)
    yield _walls(spec, roast)
    yield _wood(spec, roast)
    yield from _cabinets(roast)
    yield _counters(spec, standing, roast)
    yield from _window(spec, roast)
    yield from oven(chance.child("oven"), (RIGHT_X, FRONT_Z), HIGH_M, _plaster(spec, roast),
                    surface_of(spec, "wall").scale_m,
                    roast)
    yield from _lamps(roast)
    sky = blend(np.array([2.3, 2.2, 2.0]), np.array([0.06, 0.1, 0.2]), roast)
    yield from back(chance.child("back"), BACK_Z, RIGHT_X, sky, paint_of(roast) * 0.9, 0.5 + 0.7 * roast)


def paint_of(roast: float) -> np.ndarray:
    """The cabinets' paint: blue-grey under cream and caramel, dark bottle green where it is roasted."""
    return blend(PAINTED, np.array([0.022, 0.034, 0.028]), roast)


def _plaster(spec: SceneSpec, roast: float) -> Material:
    """Cream walls, or walls the brown of tobacco."""
    tone = blend(np.array([1.04, 1.02, 1.0]), np.array([0.42, 0.30, 0.22]), roast)
    return Material(surface=worn(spec, "wall"), base_color=rgba(tone), second_color=(0.3, 0.24, 0.18))


def floor(spec: SceneSpec, detail: float) -> Geometry:
    """Boards, dark under the counters and along the walls."""
    mesh = polar_sheet(np.linspace(0, 1, int(22 + 14 * detail)) ** 1.3 * 6.0, int(36 + 28 * detail),
                       lambda x, z: 0 * x,
                       surface_of(spec, "ground").scale_m)
    x, _, z = mesh.positions.T
    dark = 0.6 * np.exp(-((np.hypot(x - PLACE_XZ[0], z - PLACE_XZ[1]) / 0.24) ** 4))
    for cx, cz, width, depth in COUNTERS.values():
        away = np.maximum(np.abs(x - cx) - width / 2, np.abs(z - cz) - depth / 2)
        dark = np.maximum(dark, 0.6 * smoothstep(0.22, -0.02, away))
    wall_near = np.minimum(np.minimum(x - LEFT_X, RIGHT_X - x), np.minimum(z - FRONT_Z, BACK_Z - z))
    dark = np.maximum(dark, 0.5 * smoothstep(0.5, 0.0, wall_near))
    flour = 0.3 * smoothstep(0.1, 0.6, fbm(np.stack([x, z], 1) * 1.4, 4, 3)) * smoothstep(2.6, 1.2,
            np.hypot(x, z + 1.5))
    material = Material(surface="ground", second_color=(0.62, 0.56, 0.48), clearcoat=0.15)
    return part("floor", mesh.shaded(occlusion=1 - dark, second=flour), material)


def _walls(spec: SceneSpec, roast: float) -> Geometry:
    tile = surface_of(spec, "wall").scale_m
    deep, wide = BACK_Z - FRONT_Z, RIGHT_X - LEFT_X
    mid_z, mid_x = (BACK_Z + FRONT_Z) / 2, (LEFT_X + RIGHT_X) / 2
    window_z, width, sill, head = WINDOW
    left = pierced_wall(deep + 0.6, -0.1, HIGH_M, 0.3, tile, (-(window_z - mid_z), width, sill, head),
                        rounded=False)
    pieces = [left.turned("y", np.pi / 2).moved(LEFT_X - 0.15, 0, mid_z),
              wall(deep + 0.6, -0.1, HIGH_M, tile).turned("y", -np.pi / 2).moved(RIGHT_X, 0, mid_z),
              wall(wide + 0.6, -0.1, HIGH_M, tile).moved(mid_x, 0, FRONT_Z),
              wall(wide + 0.6, -0.1, HIGH_M, tile).turned("y", np.pi).moved(mid_x, 0, BACK_Z),
              wall(wide + 0.6, -deep / 2 - 0.3, deep / 2 + 0.3, tile).turned("x", np.pi / 2).moved(mid_x,
                      HIGH_M, mid_z)]
    # outer faces too: a wall without thickness lets the sun in along its corners
    pieces += [wall(deep + 1.6, -0.1, HIGH_M + 0.4, tile).turned("y", np.pi / 2).moved(RIGHT_X + 0.35,
        0, mid_z),
               wall(wide + 1.6, -0.1, HIGH_M + 0.4, tile).turned("y", np.pi).moved(mid_x, 0, FRONT_Z - 0.35),
               wall(wide + 1.0, -deep / 2 - 0.5, deep / 2 + 0.5, tile).turned("x", -np.pi / 2).moved(mid_x,
                       HIGH_M + 0.35, mid_z)]
    mesh = merge(pieces)
    x, y, z = mesh.positions.T
    low = smoothstep(0.0, 0.5, y) * 0.35 + 0.65
    corner = np.minimum(np.minimum(np.abs(x - LEFT_X), np.abs(RIGHT_X - x)) + np.minimum(np.abs(z - FRONT_Z),
            np.abs(BACK_Z - z)), 1.0)
    return part("walls", mesh.shaded(occlusion=low * (0.6 + 0.4 * corner) * daylight(mesh.positions)),
                _plaster(spec, roast))


def daylight(positions: np.ndarray) -> np.ndarray:
    """(n,) 0 to 1: how much of the window's light reaches a place in the room."""
    middle, _, sill, head = WINDOW
    away = np.linalg.norm(positions - np.array([LEFT_X, (sill + head) / 2, middle]), axis=1)
    return 0.34 + 0.66 * smoothstep(5.6, 0.8, away)


def _wood(spec: SceneSpec, roast: float) -> Geometry:
    """Ceiling beams, shelves with their brackets; grain runs along each."""
    tile = surface_of(spec, "ground").scale_m
    pieces = [_timber(BACK_Z - FRONT_Z, 0.15, 0.2, tile).moved(x, HIGH_M - 0.2, (BACK_Z + FRONT_Z) / 2)
              for x in (-1.9, -0.3, 1.3, 2.9)]
    along = [(3.3, 0.55, y, FRONT_Z + 0.14) for y in SHELVES_M]
    along += [(2.8, 0.3, y, BACK_Z - 0.15) for y in (1.45, 1.95)]
    pieces += [_timber(long, 0.26, 0.035, tile).turned("y", np.pi / 2).moved(x, y, z) for long, x, y,
               z in along]
    pieces += [_timber(0.2, 0.03, 0.16, tile).moved(x, y - 0.16, FRONT_Z + 0.11)
               for y in SHELVES_M for x in (-0.9, 0.55, 2.0)]
    pieces += [_timber(2.6, 0.26, 0.035, tile).moved(RIGHT_X - 0.14, y, -0.9) for y in (1.45, 1.95)]
    mesh = merge(pieces)
    y = mesh.positions[:, 1]
    shade = np.where(mesh.normals[:, 1] < -0.3, 0.45, 0.5 + 0.5 * smoothstep(0.0, 0.3, y))
    tone = blend(np.array([0.85, 0.8, 0.75]), np.array([0.4, 0.32, 0.27]), roast)
    material = Material(surface=worn(spec, "ground"), base_color=rgba(tone), second_color=(0.1, 0.07, 0.05))
    return part("wood", mesh.shaded(occlusion=shade * daylight(mesh.positions)), material)


def _timber(long_m: float, wide_m: float, high_m: float, tile_m: float) -> Mesh:
    """A sawn length of wood along Z on y = 0, cut from the middle of one painted board."""
    mesh = box(wide_m, high_m, long_m, min(0.012, high_m / 6), tile_m)
    flank = np.abs(mesh.normals[:, 0]) > 0.7
    grain = np.where(flank[:, None], mesh.uv[:, ::-1], mesh.uv)
    return replace(mesh, uv=grain + np.array([0.0417, 0.23]))


def _cabinets(roast: float) -> Iterator[Geometry]:
    """The counters' bodies: painted blue-grey, framed doors with sunk fields, copper knobs, a dark foot."""
    frames, fields, knobs = [], [], []
    knob = lathe(np.array([(0.0, 0.026), (0.011, 0.024), (0.014, 0.017), (0.006, 0.01), (0.007, 0.0)]), 14)
    for x, z, width, depth in COUNTERS.values():
        frames.append(box(width - 0.08, COUNTER_M - 0.12, depth - 0.08, 0.008, cuts=5).moved(x, 0.08, z))
        frames.append(box(width - 0.16, 0.12, depth - 0.16, 0.004).moved(x, -0.02, z))
        wide, out, turn = (width, depth, 0.0) if width > depth else (depth, width, -np.sign(x) * np.pi / 2)
        for shift, door, field, at in _doors(wide):
            put = [mesh.moved(shift, 0.0, out / 2 - 0.045).turned("y", turn).moved(x, 0.0, z)
                   for mesh in (door, field, knob.turned("x", np.pi / 2).moved(at, 0.6, 0.025))]
            for heap, mesh in zip((frames, fields, knobs), put):
                heap.append(mesh)
    dresser = BACK_Z - 0.28
    frames.append(box(2.8, COUNTER_M - 0.12, 0.5, 0.008, cuts=5).moved(0.3, 0.08, dresser))
    for shift, door, field, at in _doors(2.8):
        put = [mesh.moved(shift, 0.0, 0.25).turned("y", np.pi).moved(0.3, 0.0, dresser)
               for mesh in (door, field, knob.turned("x", np.pi / 2).moved(at - shift, 0.6, 0.025))]
        for heap, mesh in zip((frames, fields, knobs), put):
            heap.append(mesh)
    body, sunk = merge(frames), merge(fields)
    for name, mesh, tone in (("cabinets", body, 1.0), ("cabinet fields", sunk, 1.22)):
        y = mesh.positions[:, 1]
        under = 0.45 + 0.55 * smoothstep(COUNTER_M - 0.03, COUNTER_M - 0.16, y)
        shade = under * (0.4 + 0.6 * smoothstep(0.0, 0.3, y)) * mesh.shade[:, 0] * daylight(mesh.positions)
        yield part(name, mesh.shaded(occlusion=shade),
                   Material(base_color=rgba(paint_of(roast) * tone), roughness=0.42, clearcoat=0.25))
    yield part("knobs", merge(knobs),
               Material(base_color=(0.62, 0.29, 0.15, 1.0), metallic=1.0, roughness=0.3))


def _doors(wide: float) -> Iterator[tuple[float, Mesh, Mesh, float]]:
    """(middle along the counter, frame, field, the knob's place) of the doors of a front, `wide` metres."""
    count = max(2, int(wide / 0.52))
    step, high, rail_m = (wide - 0.12) / count, COUNTER_M - 0.24, 0.075
    for index in range(count):
        door = step - 0.025
        pieces = [box(door, rail_m, 0.025, 0.007).moved(0, y, 0) for y in (0.14, 0.14 + high - rail_m)]
        pieces += [box(rail_m, high, 0.025, 0.007).moved(side * (door - rail_m) / 2, 0.14, 0)
                   for side in (-1, 1)]
        field = box(door - 2 * rail_m - 0.03, high - 2 * rail_m - 0.03, 0.016, 0.012, cuts=2)
        side = 1 if index % 2 == 0 else -1
        yield (step * (index - (count - 1) / 2), merge(pieces), field.moved(0, 0.14 + rail_m + 0.015, -0.002),
               side * (door - rail_m) / 2)


def _counters(spec: SceneSpec, standing: Sequence[tuple[float, float, float]], roast: float) -> Geometry:
    """Marble tops, dark under what stands on them (x, z, radius), and a marble sill under the window."""
    tile = surface_of(spec, "plinth").scale_m
    tops = []
    for at_x, at_z, width, depth in COUNTERS.values():
        tops.append(box(width, 0.04, depth, 0.011, tile, cuts=3).moved(at_x, COUNTER_M - 0.0405, at_z))
        xs, zs = (np.linspace(-0.5, 0.5, int(size / 0.045)) * (size - 0.02) for size in (width, depth))
        tops.append(grid_sheet(xs + at_x, zs + at_z, lambda x, z: COUNTER_M + 0 * x, tile))
    tops.append(box(2.9, 0.04, 0.56, 0.011, tile, cuts=3).moved(0.3, COUNTER_M - 0.0405, BACK_Z - 0.28))
    window_z, width, sill, _ = WINDOW
    tops.append(box(0.36, 0.03, width + 0.1, 0.008, tile).moved(LEFT_X - 0.08, sill - 0.005, window_z))
    mesh = merge(tops)
    x, y, z = mesh.positions.T
    pressed = np.zeros(len(x))
    for at_x, at_z, reach in standing:
        away = np.hypot(x - at_x, z - at_z) / reach
        pressed = np.maximum(pressed, smoothstep(1.75, 0.75, away))
    back = smoothstep(-2.95, -3.12, z)
    open_to = np.where(mesh.normals[:, 1] < -0.5, 0.3, 1 - 0.7 * pressed) * (1 - 0.3 * back)
    tone = blend(np.array([0.8, 0.8, 0.82]), np.array([0.13, 0.1, 0.085]), roast)
    material = Material(surface="plinth", base_color=rgba(tone), roughness=0.9, clearcoat=0.5,
                        second_color=(0.2, 0.17, 0.15))
    return part("counters", mesh.shaded(occlusion=open_to, second=0.45 * pressed), material)


def _window(spec: SceneSpec, roast: float) -> Iterator[Geometry]:
    """Glazing bars, linen drawn to both sides (further in by lamplight), and the sun's shafts."""
    middle, width, sill, head = WINDOW
    x = LEFT_X - 0.2
    bars = [box(0.06, head - sill, 0.075, 0.008).moved(x, sill, middle + width * share)
            for share in (-0.49, -0.3, -0.1, 0.1, 0.3, 0.49)]
    bars += [box(0.06, 0.07, width, 0.008).moved(x, sill + (head - sill) * share - 0.02, middle)
             for share in (0.0, 0.5, 1.0)]
    if roast > 0.5:  # the sun has gone from the street: a wall one sees from outside alone keeps it out
        gone = wall(width + 3.0, sill - 1.2, head + 1.4, 1.0, 8.0).turned("y", -np.pi / 2)
        bars.append(gone.moved(LEFT_X - 0.7, 0, middle))
    yield part("window", merge(bars), Material(base_color=rgba(np.array([0.5, 0.46, 0.4])), roughness=0.5))
    curtains, drawn = [], roast
    for side in (-1, 1):
        v, u = np.meshgrid(np.linspace(head + 0.14, sill - 0.25, 16), np.linspace(-0.5, 0.5, 33),
                           indexing="ij")
        gather = (0.32 + 0.75 * drawn) * (0.75 + 0.25 * np.cos((v - sill) * 1.6))
        fold = (0.035 + 0.025 * drawn) * np.sin(u * (40 + 14 * drawn) + 0.7 * np.sin(v * 3 + side))
        points = np.stack([LEFT_X + 0.17 + fold, v,
                           middle + side * (width / 2 + 0.02 - 0.3 * drawn) - u * gather], axis=-1)
        curtains.append(patch(points, np.stack([u * 1.2, -v], axis=-1) / surface_of(spec, "drape").scale_m))
    cloth = merge(curtains)
    yield part("curtains", cloth, Material("opaque", surface=worn(spec, "drape"), translucency=0.6,
                                           sheen=0.3), casts_shadow=False)
    way = sun_way(spec.sky)
    for index in range(3):
        top = np.array([LEFT_X, (sill + head) / 2 + 0.25, middle + width * (index - 1) / 3.2])
        reach = (top[1] - 0.05) / max(way[1], 0.2)
        foot = top - way * min(reach, 4.6)
        yield beam(spec, tuple(top), tuple(foot), 0.5, 0.6, 0.15 * (1 - 0.85 * drawn), 3, f"sunbeam {index}")


def _lamps(roast: float) -> Iterator[Geometry]:
    """Two enamelled lamps over the back counter, lit against the evening."""
    spots = np.array([(-0.85, 1.98, -2.35), (1.0, 1.98, -2.35)])
    shade = lathe(np.array([(0.0, 0.14), (0.03, 0.138), (0.04, 0.11), (0.11, 0.045), (0.15, 0.0)]), 28)
    cord = tube(np.array([[0, 0.13, 0], [0, 0.8, 0], [0, HIGH_M - 1.98, 0]]), 0.004, 5)
    bulb = lathe(np.array([(0.0, 0.05), (0.025, 0.035), (0.03, 0.015), (0.02, -0.005), (0.0, -0.012)]), 14)
    lights = tuple(fire.light(tuple(spot - np.array([0, 0.06, 0])), fire.FLAME + np.array([0, 0.06, 0.06]),
                              0.85 + 1.5 * roast, 4.2, 0.02)
                   for spot in spots)
    enamel = Material("foliage", base_color=(0.09, 0.12, 0.1, 1.0), roughness=0.3, clearcoat=0.8)
    yield part("lamps", merge([shade, cord]), enamel, instances(spots), casts_shadow=False, lights=lights)
    yield part("bulbs", bulb, fire.burning(fire.FLAME, 3.0 + 3.0 * roast), instances(spots),
               casts_shadow=False)


def rail(y: float, z: float, low_x: float, high_x: float) -> Mesh:
    """An iron rail under the beams on two hangers, for pans."""
    pieces = [tube(np.array([[low_x, y, z], [(low_x + high_x) / 2, y, z], [high_x, y, z]]), 0.011, 8, 0.5)]
    for x in (low_x + 0.2, high_x - 0.2):
        pieces.append(tube(np.array([[x, y, z], [x, (y + HIGH_M) / 2, z], [x, HIGH_M, z]]), 0.007, 6, 0.5))
    return merge(pieces)
