"""Incense temple: one high window, smoke in its beam, coals in brass, gold glinting in the dark."""

from typing import Iterator

import numpy as np

from showroom.imagine import leaning
from showroom.imagine.grow import fire
from showroom.imagine.grow.centre import centre, surface_of, worn
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.column import column
from showroom.imagine.grow.furnishing import furnishing
from showroom.imagine.grow.guests import guests
from showroom.imagine.grow.mesh import Mesh, merge, unit
from showroom.imagine.grow.narthex import DOOR_M, narthex
from showroom.imagine.grow.narthex import SPRING_M as SPRING_DOOR_M
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import blend, natural, part, rgb, rgba, triple
from showroom.imagine.grow.plinth import PLACE_XZ, TOP_M
from showroom.imagine.grow.sanctuary import sanctuary, window
from showroom.imagine.grow.scatter import instances, varied_tints
from showroom.imagine.grow.shapes import box, curve, lathe, patch, polar_sheet
from showroom.imagine.grow.sunbeam import beam, sun_way
from showroom.imagine.grow.vault import arcade, barrel, hull, pierced_wall, wall, weathered
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import SceneSpec

NAVE_M, AISLE_M, BAY_M, SPRING_M, WALL_M = 2.75, 5.2, 2.9, 3.2, 7.0
BAYS, MIDDLE_Z, FRONT_Z, BACK_Z = 6, -0.05, -7.4, 7.2
HULL_M = 11.9  # how far ahead the outermost wall stands


def grow(spec: SceneSpec, chance: Chance, detail: float) -> Iterator[Geometry]:
    """Floor, plinth and hero; the nave; censers near; the beam; candles; the apse with its gold."""
    tile = surface_of(spec, "wall").scale_m
    yield _floor(spec, detail)
    yield from centre(spec, "drum", chance, detail)
    yield from _columns(spec, chance.child("columns"), tile)
    yield _nave(spec, chance, tile)
    yield from _braziers(spec, chance.child("brazier"))
    yield from _beam(spec)
    yield from _candles(chance.child("candles"), detail)
    yield from guests(spec, (), "incense_temple", lambda x, z: 0.0 * x, chance.child("guests"), potted=True)
    yield from sanctuary(spec, chance.child("sanctuary"), FRONT_Z, tile, detail)
    yield from furnishing(spec, leaning.splendour(spec), chance.child("furnishing"), NAVE_M,
                          sorted({z for _, z in _column_spots()}), FRONT_Z)
    yield from narthex(spec, chance.child("narthex"), BACK_Z - 0.25, WALL_M + NAVE_M)
    yield _smoke(spec)


def stone(spec: SceneSpec) -> Material:
    """The walls' limestone, sooted in its second colour."""
    soot = blend(natural(surface_of(spec, "wall").srgb), np.array([0.02, 0.017, 0.014]), 0.75)
    return Material(surface=worn(spec, "wall"), base_color=tone_of(spec), second_color=rgb(soot),
                    roughness=0.95)


def tone_of(spec: SceneSpec) -> tuple[float, float, float, float]:
    """Stone is greyer where the temple is bare, warmer where it is splendid."""
    return rgba(blend(np.array([0.9, 0.97, 1.06]), np.array([1.12, 0.96, 0.84]), leaning.splendour(spec)))


def _floor(spec: SceneSpec, detail: float) -> Geometry:
    """Flags worn into a way up the middle, dark at the feet of everything that stands on them."""
    mesh = polar_sheet(np.linspace(0, 1, int(28 + 26 * detail)) ** 1.5 * 13.0, int(44 + 40 * detail),
                       lambda x, z: -0.012 * np.exp(-(x / 0.7) ** 2) * smoothstep(0.4, 1.2, np.hypot(x, z)),
                       surface_of(spec, "ground").scale_m)
    x, _, z = mesh.positions.T
    feet = np.exp(-((np.hypot(x - PLACE_XZ[0], z - PLACE_XZ[1]) / 0.3) ** 4))
    for column_x, column_z in _column_spots():
        feet = np.maximum(feet, 0.8 * np.exp(-((np.hypot(x - column_x, z - column_z) / 0.5) ** 4)))
    walls = 0.5 * smoothstep(AISLE_M - 1.0, AISLE_M, np.abs(x))
    way = np.exp(-(x / 0.8) ** 2) * (0.6 + 0.4 * fbm(np.stack([x, z], 1) * 0.8, 3, 3))
    material = Material(surface="ground", second_color=(0.2, 0.17, 0.13), roughness=0.95,
                        clearcoat=0.08, normal_scale=0.75, base_color=tone_of(spec))
    return part("floor", mesh.shaded(occlusion=(1 - 0.6 * feet) * (1 - walls), second=0.18 * way), material)


def _column_spots() -> list[tuple[float, float]]:
    """x, z of the columns: between the bays on both sides of the nave."""
    first = MIDDLE_Z - BAYS * BAY_M / 2
    return [(side * NAVE_M, first + BAY_M * index) for index in range(1, BAYS) for side in (-1, 1)]


def _columns(spec: SceneSpec, chance: Chance, tile: float) -> Iterator[Geometry]:
    spots = np.array([(x, 0.0, z) for x, z in _column_spots()])
    turned = np.array([[[c, 0, s], [0, 1, 0], [-s, 0, c]] for c, s in
                       ((np.cos(a), np.sin(a)) for a in np.pi / 2 * chance.integers(0, 4, len(spots)))])
    mesh = column(chance, SPRING_M, 0.25, 14, tile)
    placed = instances(spots, turned, 1.0, varied_tints(chance, len(spots), 0.01, 0.1))
    yield part("columns", mesh, Material(surface=worn(spec, "wall"), second_color=(0.34, 0.28, 0.2),
                                         roughness=0.8), placed)


def _nave(spec: SceneSpec, chance: Chance, tile: float) -> Geometry:
    """Arcades, the clerestory, the vault, aisle walls and the doorway behind."""
    length = BAYS * BAY_M
    pieces = []
    for side in (-1, 1):
        rows = arcade(BAYS, BAY_M, 0.55, SPRING_M, 4.9, 0.5, tile)
        above = merge([wall(length, 4.9, WALL_M, tile).turned("y", turn).moved(z=away)
                       for turn, away in ((0.0, 0.25), (np.pi, -0.25))])
        both = merge([rows, above]).turned("y", np.pi / 2).moved(side * NAVE_M, 0, MIDDLE_Z)
        outer = wall(length + 1.0, -0.2, 5.6, tile).turned("y", -side * np.pi / 2).moved(side * AISLE_M, 0,
            MIDDLE_Z)
        # outer faces too: a wall without thickness lets the sun in along its corners
        back = wall(length + 2.0, -0.2, 6.0, tile).turned("y", side * np.pi / 2)
        back = back.moved(side * (AISLE_M + 0.4), 0, MIDDLE_Z)
        pieces += [both, outer, back, _aisle_roof(side, MIDDLE_Z, length, tile)]
    pieces.append(barrel(length, NAVE_M, WALL_M, tile, BAYS).moved(z=MIDDLE_Z))
    pieces.append(pierced_wall(2 * AISLE_M + 1.0, -0.2, WALL_M + NAVE_M, 0.5, tile,
                               (0.0, DOOR_M, -0.1, SPRING_DOOR_M)).moved(z=BACK_Z))
    pieces += [_blind_arcade(side, tile) for side in (-1, 1)]
    way = sun_way(spec.sky)
    hole = window(FRONT_Z)[1] + way[1] / max(-way[2], 0.2) * (window(FRONT_Z)[2] + HULL_M)
    pieces.append(hull(AISLE_M + 1.6, -HULL_M, BACK_Z + 1.2, WALL_M + NAVE_M + 0.6,
                       (0.75, hole - 1.0, hole + 1.0), tile))
    glow = blend(sky_light(spec), fire.FLAME, 0.35 + 0.4 * leaning.splendour(spec))
    # what the floor gives back
    bounced = tuple(fire.light((0.0, 6.1, z), glow, 2.0, 6.5, 0.0) for z in (-4.2, 2.6))
    return part("nave", weathered(merge(pieces), chance.child("soot").integers(0, 9999)), stone(spec),
                lights=bounced)


def sky_light(spec: SceneSpec) -> np.ndarray:
    """(3,) the window's light, brightest channel 1."""
    color = natural(spec.sky.sun_srgb)
    return color / color.max()


def _blind_arcade(side: int, tile: float) -> Mesh:
    """Shallow arches on slender shafts along an aisle's wall, for light to run over."""
    bays, bay = BAYS * 2, BAY_M / 2
    rows = arcade(bays, bay, 0.22, 1.75, 2.75, 0.14, tile)
    shaft = lathe(curve(np.array([(0.09, 1.78), (0.095, 1.7), (0.06, 1.62), (0.056, 1.0), (0.06, 0.22),
                                  (0.1, 0.16),
                                  (0.11, 0.0)]), 12), 10, tile)
    shafts = [shaft.shaded(occlusion=0.9).moved((index - bays / 2) * bay, 0, 0.02)
              for index in range(bays + 1)]
    bench = box(BAYS * BAY_M, 0.34, 0.34, 0.03, tile, cuts=8).moved(0, 0, 0.12)
    mesh = merge([rows, *shafts, bench])
    return mesh.turned("y", -side * np.pi / 2).moved(side * (AISLE_M - 0.1), 0, MIDDLE_Z)


def _aisle_roof(side: int, middle: float, length: float, tile: float) -> Mesh:
    """A lean-to over an aisle, seen from below."""
    xs = np.array([side * (NAVE_M - 0.25), side * (AISLE_M + 0.4)])
    zs = np.array([middle - length / 2 - 0.4, middle + length / 2 + 0.4])
    points = np.array([[[x, 5.15, z] for x in xs] for z in zs])
    mesh = patch(points, points[..., [0, 2]] / tile)
    return (mesh if mesh.normals[0, 1] < 0 else mesh.turned_inside_out()).shaded(occlusion=0.3)


def _beam(spec: SceneSpec) -> Iterator[Geometry]:
    """From the apse's window down to the hero."""
    way, top = sun_way(spec.sky), window(FRONT_Z)
    hero = np.array([PLACE_XZ[0], TOP_M, PLACE_XZ[1]])
    if way[2] > -0.6:  # the sun was sent elsewhere: what daylight there is still falls this way
        way = unit(top - hero)
    foot = top - way * ((hero[2] + 0.25 - top[2]) / -way[2])
    smoky = next((one.density for one in spec.ambience.particles if one.name == "smoke"), 0.4)
    yield beam(spec, triple(top), triple(foot), 0.36, 0.44, 0.12 + 0.22 * smoky, slices=16)


def _braziers(spec: SceneSpec, chance: Chance) -> Iterator[Geometry]:
    """A brazier of coals on the right, a thurible hanging near the visitor's left hand."""
    brass = Material(surface=worn(spec, "prop"), metallic=1.0, roughness=0.9,
                     second_color=(0.05, 0.035, 0.02))
    spots = [(1.12, -1.75, 0.78, 0.24), (-1.75, -3.4, 0.9, 0.28)]
    thuribles = [(-0.72, 1.02, -1.0, 5.0), (0.95, 1.75, -3.6, 5.0)]
    metal = [fire.brazier(tall, radius).moved(x, 0, z) for x, z, tall, radius in spots]
    metal += [fire.thurible(drop).moved(x, y, z) for x, y, z, drop in thuribles]
    dark, lit, lights = [], [], []
    resins, curls = [], []
    for x, z, tall, radius in spots:
        at = (x, tall - 0.16 * radius, z)
        lumps, skin = fire.coals(chance, radius * 0.84, 24 if z > -2 else 9, 2)
        dark.append(lumps.moved(*at))
        lit.append(skin.moved(*at))
        resins.append(fire.tears(chance, radius * 0.7, 11).moved(*at))
        curls.append(fire.curl(len(curls) + 3, 1.5).turned("y", np.arctan2(-x, -z)).moved(x, tall + 0.03, z))
        lights.append(fire.light((x, tall + 0.6, z), fire.EMBER, 1.1, 3.2, 0.35))
    for x, y, z, _ in thuribles:
        lumps, skin = fire.coals(chance, 0.045, 7, 1)
        dark.append(lumps.moved(x, y + 0.07, z))
        lit.append(skin.moved(x, y + 0.07, z))
        curls.append(fire.curl(len(curls), 0.9, 0.045).turned("y", np.arctan2(-x, -z)).moved(x, y + 0.19, z))
        lights.append(fire.light((x, y + 0.34, z), fire.FLAME, 0.3, 1.7, 0.35))
    lights.append(fire.light((-0.35, 1.75, -0.55), fire.FLAME, 0.32, 1.5, 0.1))  # for the hero
    yield part("censers", merge(metal), brass, lights=tuple(lights))
    yield part("coals", merge(dark), fire.charred())
    yield part("embers", merge(lit), fire.burning(fire.COAL * np.array([1.0, 1.4, 1.2]), 3.0),
               casts_shadow=False)
    yield part("resin", merge(resins), fire.resin())
    haze = natural(spec.ambience.haze_srgb)
    yield part("curls", merge(curls), Material("shaft", emission=rgb(haze * 0.9), density_per_m=1.0),
               casts_shadow=False)


def _candles(chance: Chance, detail: float) -> Iterator[Geometry]:
    """Groups of candles at the columns' feet and along the left, each group one light."""
    groups = [(-2.15, -3.0, 9), (2.2, -3.3, 8), (-1.95, -5.7, 7), (2.05, -6.2, 7), (-1.55, -1.55, 5),
              (1.9, 0.7, 6), (-2.1, 2.2, 6), (-4.6, -0.3, 9), (4.6, 1.2, 8), (1.6, 6.4, 6)]
    bodies, flames, lights = [], [], []
    for x, z, count in groups:
        heights = []
        for _ in range(max(3, int(count * (0.4 + 0.6 * detail)))):
            away, reach = chance.uniform(0, 2 * np.pi), 0.24 * np.sqrt(chance.uniform())
            tall, thick = chance.uniform(0.06, 0.34), chance.uniform(0.017, 0.032)
            at = (x + np.sin(away) * reach, -0.004, z + np.cos(away) * reach)
            bodies.append(fire.candle(chance, tall, thick).moved(*at))
            flames.append((at[0], tall * 0.965, at[2]))
            heights.append(tall)
        lights.append(fire.light((x, max(heights) + 0.1, z), fire.FLAME, 0.75, 3.4, 0.8))
    yield part("candles", merge(bodies), fire.wax(), lights=tuple(lights))
    placed = instances(np.array(flames), None, chance.uniform(0.8, 1.25, len(flames)),
                       phases=chance.uniform(0, 1, len(flames)), flex_m=0.004)
    yield part("flames", fire.flame(0.046), fire.burning(fire.FLAME, 9.0), placed, casts_shadow=False)
    shines = instances(np.array(flames) + np.array([0.0, 0.02, 0.0]))
    yield part("shine", fire.halo(0.09), fire.shine(fire.FLAME, 0.4), shines, casts_shadow=False)


def _smoke(spec: SceneSpec) -> Geometry:
    """Thin sheets of smoke that hang level across the nave, and columns of it over coals."""
    sheets = []
    for index, (y, z) in enumerate(((2.3, -4.2), (2.9, -6.4), (1.9, -7.6), (3.4, -2.4))):
        xs, ys = np.linspace(-2.4, 2.4, 25), np.linspace(0.5, -0.5, 9)
        v, u = np.meshgrid(ys, xs, indexing="ij")
        wave = 0.25 * fbm(np.stack([u * 0.8, np.full_like(u, index * 5.0)], -1), 3, 5)
        points = np.stack([u, y + wave + v * (0.5 + 0.3 * fbm(u[..., None] * 0.9, 2, index)),
                           z + 0.5 * wave + 1.5 * v], axis=-1)
        body = np.clip(1 - (v / 0.5) ** 2, 0, 1) * np.clip(1 - (u / 2.4) ** 2, 0, 1)
        wisps = smoothstep(-0.35, 0.5, fbm(np.stack([u * 0.9, v * 5 + index], -1), 4, 11 + index))
        sheets.append(patch(points).shaded(opacity=(body * wisps).reshape(-1)))
    haze = natural(spec.ambience.haze_srgb)
    smoky = next((one.density for one in spec.ambience.particles if one.name == "smoke"), 0.4)
    return part("smoke", merge(sheets), Material("shaft", emission=rgb(haze * 0.5 * smoky),
                                                 density_per_m=0.5),
               casts_shadow=False)
