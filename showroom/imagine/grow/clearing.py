"""Clearing: open ground for the places that have no grower of their own yet.

Everything comes from the spec: its ground and plinth, the flora it names (rows where they are
cultivated, drifts where they grow wild, trees round the edge), its stones, a pool where it has water.
The painted sky is the far layer. Floors indoors are level, and hold wares instead of plants.
"""

from functools import partial
from typing import Iterator

import numpy as np

from showroom.imagine.grow import trees, wares
from showroom.imagine.grow.centre import centre, clear_of_visitor, flora_of, surface_of
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.flora import plant
from showroom.imagine.grow.grass import tuft
from showroom.imagine.grow.hedge import hedge_mesh, skin
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import natural, part, rgb, rgba
from showroom.imagine.grow.scatter import bases, blue_noise, instances, varied_sizes, varied_tints
from showroom.imagine.grow.shapes import graded, polar_sheet
from showroom.imagine.grow.stones import Ground, boulder, cobble, sized, strewn
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import SceneSpec

INDOORS = ("spice_souk", "leather_library", "rain_street")
_TREES = ("pine", "cedar", "citrus_tree", "fig", "palm")
_ROWS = ("lavender", "tea")
_STONY = {"rock": 1.0, "limestone": 0.35, "bark": 0.4}
_STYLE = {"rock": "block", "limestone": "drum", "marble": "pedestal"}
_SHELF = {"tropical_shore": 0.45}
_HILLY = {"desert_dusk": 1.8, "alpine_snow": 1.3, "mossy_undergrowth": 1.1}
_POOL = (2.6, -3.6, 1.7)  # x, z, radius, metres


def grow(spec: SceneSpec, chance: Chance, detail: float) -> Iterator[Geometry]:
    """Ground, plinth and hero; then plants near and in the middle, stones, and trees to the edge."""
    place = spec.main_place(spec.place)
    indoors = place in INDOORS
    pool = "water" in spec.surfaces and not indoors and place not in _SHELF
    seed = chance.child("land").integers(0, 1 << 20)
    ground = partial(height, seed=seed, rough=_roughness_of(place), pool=pool,
                     shelf=_SHELF.get(place, 0.0))
    yield _ground(spec, ground, detail)
    yield from centre(spec, _STYLE.get(surface_of(spec, "plinth").painter, "slab"), chance, detail)
    if pool:
        yield _pool(spec)
    yield from wares.of(spec, place, chance.child("wares"))
    for flora in spec.flora:
        draw = chance.child(flora.name)
        if flora.name in _TREES:
            yield from _trees(spec, flora.name, flora.density, ground, draw, detail)
        elif flora.name in _ROWS:
            yield from _rows(flora.name, flora.density, flora.srgb, ground, draw, detail)
        elif not indoors:
            yield from _drifts(flora.name, flora.density, flora.srgb, ground, draw, detail)
    if not indoors:
        yield from _stones(spec, ground, chance.child("stones"), detail)


def _roughness_of(place: str) -> float:
    """How hilly: floors are level, dunes and drifts are not."""
    return 0.0 if place in INDOORS else _HILLY.get(place, 0.6)


def height(x: np.ndarray, z: np.ndarray, seed: int, rough: float, pool: bool, shelf: float) -> np.ndarray:
    """Level round the visitor and the plinth, rolling beyond; metres.

    shelf : how steeply it falls away ahead, where the painted far layer lies below (a lagoon).
    """
    at = np.stack([x, z], axis=-1)
    reach = np.hypot(x, z + 0.5)
    near = 0.09 * fbm(at * 0.7, 3, seed) * smoothstep(1.3, 3.5, reach)
    far = 1.1 * (0.35 + fbm(at * 0.13, 3, seed + 1)) * smoothstep(5.0, 16.0, reach)
    basin = -0.3 * smoothstep(1.35, 0.6, np.hypot(x - _POOL[0], z - _POOL[1]) / _POOL[2]) if pool else 0.0
    return rough * (near + far) + basin - shelf * np.maximum(-z - 5.5 + 0.8 * fbm(at * 0.2, 2, seed + 2), 0)


def _ground(spec: SceneSpec, ground: Ground, detail: float) -> Geometry:
    surface = surface_of(spec, "ground")
    radii = graded(0.09, 90.0, int(30 + 30 * detail))
    mesh = polar_sheet(radii, int(60 + 70 * detail), ground, surface.scale_m)
    x, _, z = mesh.positions.T
    hollow = fbm(np.stack([x, z], 1) * 0.8, 3, 5)
    foot = 1 - 0.5 * np.exp(-((np.hypot(x, z + 1.05) / 0.33) ** 4))
    worn = rgb(natural(surface.accent_srgb) * 0.7)
    material = Material(surface="ground", second_color=worn, clearcoat=0.6 * surface.wetness)
    return part("ground", mesh.shaded(occlusion=(0.88 + 0.12 * hollow) * foot,
                                      second=0.25 * smoothstep(0.1, 0.5, hollow)), material)


def _pool(spec: SceneSpec) -> Geometry:
    """A still round of water in its basin."""
    x, z, radius = _POOL
    mesh = polar_sheet(graded(0.1, radius * 1.15, 16), 48, lambda px, pz: np.full_like(px, -0.06), 1.0)
    surface = surface_of(spec, "water")
    edge = smoothstep(radius * 1.15, radius * 0.8, np.hypot(mesh.positions[:, 0], mesh.positions[:, 2]))
    material = Material("water", surface="water", base_color=rgba(0.6 * natural(surface.srgb, 0.01, 0.3)),
                        second_color=(0.6, 0.62, 0.6), roughness=0.06, ior=1.33, density_per_m=1.2)
    return part("pool", mesh.shaded(opacity=edge, flex=0.05).moved(x, 0.0, z), material, casts_shadow=False)


# What grows --------------------------------------------------------------------------------------


def _placed(points: np.ndarray, ground: Ground, chance: Chance, flex_m: float, cell: int = 0,
            size: float = 1.0) -> np.ndarray:
    x, z = points.T
    at = np.stack([x, ground(x, z) - 0.01, z], axis=1)
    return instances(at, bases(chance, len(at), 0.12), varied_sizes(chance, len(at), size),
                     varied_tints(chance, len(at)), chance.uniform(0, 1, len(at)), flex_m, cell)


def _drifts(
    name: str, density: float, srgb: str, ground: Ground, chance: Chance, detail: float
) -> Iterator[Geometry]:
    """A species growing wild: whole plants near, in clumps that thin out; grasses go on into the distance."""
    seed = chance.integers(0, 1 << 20)

    def clumps(x, z):
        patchy = smoothstep(-0.25, 0.35, fbm(np.stack([x, z], -1) * 0.55, 2, seed))
        pool = smoothstep(0.9, 1.15, np.hypot(x - _POOL[0], z - _POOL[1]) / _POOL[2])
        return (0.1 + 0.9 * patchy) * pool * smoothstep(8.0, 2.0, np.hypot(x, z + 1.5))

    pieces = plant(name, srgb, chance)
    cost = sum(len(piece.mesh.faces) for piece in pieces)
    most = int(np.clip(density * detail * 70_000 / cost, 3, 220))
    points = blue_noise(chance, (-6, -7), (6, 3), 0.34, clumps, 4 * most)
    points = clear_of_visitor(_nearest(points, 1.8), 1.15)[:most]
    placing = chance.child("placing").integers(0, 1 << 30)
    for piece in pieces:  # every piece of a plant stands where the others do
        placed = _placed(points, ground, Chance(placing, "plant"), 0.012, piece.cell)
        yield part(f"{name} {piece.name}", piece.mesh, piece.material, placed)
    if name == "grass":
        wide = blue_noise(chance, (-18, -22), (18, 12), 0.5, None, int(1400 * density * detail))
        wide = wide[np.hypot(wide[:, 0], wide[:, 1]) > 3.0]
        blades = Material("foliage", base_color=rgba(natural(srgb) * 0.75), second_color=(0.3, 0.27, 0.13),
                          roughness=0.7, translucency=0.5)
        yield part("grass far", tuft(chance, 9, 0.4, 0.014, 0.14, rows=3), blades,
                   _placed(wide, ground, chance, 0.02), casts_shadow=False)


def _nearest(points: np.ndarray, ahead_m: float) -> np.ndarray:
    """The (n, 2) points in order of their distance from a spot ahead of the visitor."""
    return points[np.argsort(np.hypot(points[:, 0], points[:, 1] + ahead_m), kind="stable")]


def _rows(
    name: str, density: float, srgb: str, ground: Ground, chance: Chance, detail: float
) -> Iterator[Geometry]:
    """Cultivated rows: tea in hedges across the view, lavender in lanes that run away from it."""
    if name == "tea":
        yield from _bushes(_hedged(ground, chance), natural(srgb), chance, detail)
        return
    lanes = np.arange(-15, 15) * 0.95 + 0.475
    z = np.arange(-26, 9, 0.36)
    x, z = (grid.reshape(-1) for grid in np.meshgrid(lanes, z))
    x = x + 0.08 * chance.normal(len(x)) + 0.25 * np.sin(0.15 * z)
    points = clear_of_visitor(np.stack([x, z + 0.1 * chance.normal(len(z))], axis=1), 1.05)
    points = points[(np.hypot(points[:, 0], points[:, 1] + 1.05) > 0.5) & (np.abs(points[:, 0]) < 15)]
    near = np.hypot(points[:, 0], points[:, 1]) < 2.0
    for piece in plant(name, srgb, chance):
        yield part(f"{name} {piece.name}", piece.mesh, piece.material,
                   _placed(points[near], ground, Chance(7, "near"), 0.014, piece.cell, 1.15))
    far = points[~near][: int(1900 * max(density, 0.2) * detail)]
    spikes = Material("foliage", base_color=(0.13, 0.16, 0.085, 1.0), second_color=rgb(natural(srgb) * 1.15),
                      roughness=0.75, translucency=0.4)
    bush = tuft(chance, 20, 0.5, 0.03, 0.24, 0.75, 2)
    bush = bush.shaded(second=smoothstep(0.1, 0.28, bush.positions[:, 1]))
    yield part(f"{name} far", bush, spikes, _placed(far, ground, chance, 0.02), casts_shadow=False)


def _hedged(ground: Ground, chance: Chance) -> list[Mesh]:
    """Clipped rows one behind the other, and one to each side, laid on the land."""
    laid = [(chance.child(f"row {at}"), 9.0, 0.12 * np.sin(at), 0.6 * np.sin(2.1 * at), -2.9 - 1.35 * at)
            for at in range(9)]
    laid += [(chance.child(f"side {side}"), 5.0, 1.35 * side, 2.3 * side, 0.4) for side in (-1, 1)]
    rows = []
    for draw, long_m, yaw, x, z in laid:
        row = hedge_mesh(draw, long_m, 0.62, 0.75, 0.3).turned("y", yaw).moved(x, 0.0, z)
        lift = ground(row.positions[:, 0], row.positions[:, 2])
        rows.append(row.displaced(lift[:, None] * np.array([0.0, 1.0, 0.0])))
    return rows


def _bushes(rows: list[Mesh], green: np.ndarray, chance: Chance, detail: float) -> Iterator[Geometry]:
    """Clipped rows, and the pale young leaves that stand up out of them."""
    body = merge(rows)
    old = Material(base_color=rgba(green * 0.45), second_color=rgb(green * 0.9), roughness=0.85,
                   translucency=0.2)
    yield part("tea rows", body, old)
    at, out = skin(chance, body, int(7000 * detail))
    at = at[out[:, 1] > 0.15]
    count = len(at)
    young = Material("foliage", base_color=rgba(green * 0.7), second_color=rgb(np.clip(green * 1.5, 0, 0.7)),
                     roughness=0.5, translucency=0.5)
    placed = instances(at, bases(chance, count, 0.5), varied_sizes(chance, count),
                       varied_tints(chance, count, 0.03, 0.25), chance.uniform(0, 1, count), 0.006)
    yield part("tea leaves", tuft(chance, 4, 0.085, 0.03, 0.02, 0.9, 2), young, placed, casts_shadow=False)


def _trees(
    spec: SceneSpec, name: str, density: float, ground: Ground, chance: Chance, detail: float
) -> Iterator[Geometry]:
    """A ring of trees that opens ahead."""
    first = {"palm": 5.0, "pine": 2.6, "cedar": 3.2}.get(name, 4.2)

    def ring(x, z):
        away = np.hypot(x, z)
        ahead = smoothstep(1.0, 2.2, np.abs(x) + 0.3 * np.maximum(-z - 5, 0))
        return smoothstep(first, first + 1.5, away) * ahead

    spacing = {"pine": 1.9, "cedar": 2.6, "palm": 3.4}.get(name, 2.7)
    most = max(2, int({"pine": 60, "cedar": 26, "palm": 9}.get(name, 13) * density * max(detail, 0.4)))
    points = blue_noise(chance, (-13, -17), (13, 9), spacing, ring, 3 * most)
    points = _nearest(points, 5.5)[:most]
    bark = next((key for key in ("wall", "prop") if surface_of(spec, key).painter == "bark"), "")
    if name == "palm":
        yield from trees.palms(points, ground, bark, flora_of(spec, name)[1], chance)
    elif name in ("pine", "cedar"):
        yield from trees.tall(name, points, ground, bark, chance)
    else:
        yield from trees.round_crowned(name, points, ground, bark, flora_of(spec, name)[1], chance, detail)


def _stones(spec: SceneSpec, ground: Ground, chance: Chance, detail: float) -> Iterator[Geometry]:
    """Cobbles near and boulders farther out, as many as the place's walls are of rock."""
    wall = surface_of(spec, "wall")
    share = _STONY.get(wall.painter, 0.2)
    material = Material(surface="wall", second_color=(0.04, 0.045, 0.03), clearcoat=0.4 * wall.wetness)
    points = blue_noise(chance, (-5, -6), (5, 3), 0.5, None, int(70 * share * detail) + 6)
    points = clear_of_visitor(points, 0.8)
    yield from strewn("cobbles", [cobble(2, seed) for seed in range(3)], points,
                      sized(chance, len(points), 0.03, 0.12), ground, material, chance.child("cobbles"), 0.5)
    points = blue_noise(chance, (-12, -14), (12, 8), 2.6, None, int(26 * share) + 2)
    points = points[np.hypot(points[:, 0], points[:, 1] + 1) > 2.4]
    yield from strewn("boulders", [boulder(3, seed) for seed in range(3)], points,
                      sized(chance, len(points), 0.25, 1.3), ground, material,
                      chance.child("boulders"), 0.55, 0.3)
