"""Library room: panelled in dark wood, shelves to the ceiling, a tall window on the night, a fire to the left."""

from typing import Iterator

import numpy as np

from showroom.imagine import leaning
from showroom.imagine.grow import fire
from showroom.imagine.grow.centre import surface_of, worn
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import blend, part, rgb, rgba
from showroom.imagine.grow.plinth import PLACE_XZ
from showroom.imagine.grow.scatter import instances
from showroom.imagine.grow.shapes import box, patch, polar_sheet
from showroom.imagine.grow.sunbeam import beam, sun_way
from showroom.imagine.grow.vault import pierced_wall, wall
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import SceneSpec

HALF_M, FRONT_Z, BACK_Z, HIGH_M = 3.4, -4.3, 3.5, 3.7
WINDOW = (1.45, 1.7, 0.55, 3.25)  # x of its middle, width, sill, head; in the wall ahead
HEARTH = (-HALF_M + 0.2, -0.35)   # x, z of the fire's middle
CASE_M, CASE_HIGH_M, SHELVES = 0.32, 3.12, 8  # depth and height of the bookcases, shelves in each
# (x, z of the middle of its back, length, turn) of the bookcases; turn as one faces into the room
CASES = (
    (-1.35, FRONT_Z, 3.9, 0.0), (2.9, FRONT_Z, 0.95, 0.0), (HALF_M, -2.35, 2.9, -np.pi / 2),
    (HALF_M, 1.1, 3.7, -np.pi / 2), (-HALF_M, -2.85, 2.0, np.pi / 2), (-HALF_M, 2.2, 2.3, np.pi / 2),
    (-2.0, BACK_Z, 2.5, np.pi), (2.15, BACK_Z, 2.2, np.pi),
)


def wood(spec: SceneSpec) -> Material:
    """Old polished oak, darker where no hand comes."""
    tone = blend(np.array([0.95, 0.85, 0.78]), np.array([0.85, 0.88, 0.95]), leaning.letters(spec))
    return Material(surface=worn(spec, "wall"), base_color=rgba(tone), second_color=(0.03, 0.018, 0.01),
                    roughness=0.85, clearcoat=0.25)


def shell(spec: SceneSpec, chance: Chance) -> Iterator[Geometry]:
    """Walls, ceiling, bookcases, chimney and door; the window with its night; the moon's beam."""
    tile = surface_of(spec, "wall").scale_m
    pieces = [*_walls(tile), _ceiling(tile), *(_case(*case, tile) for case in CASES), _chimney(6 * tile),
              _door(6 * tile)]
    mesh = merge(pieces)
    y, corner = mesh.positions[:, 1], _corner(mesh.positions)
    shade = mesh.shade[:, 0] * (0.5 + 0.5 * smoothstep(0.0, 0.4, y)) * corner
    yield part("room", mesh.shaded(occlusion=shade * (1 - 0.35 * smoothstep(2.9, 3.7, y))), wood(spec))
    yield from _window(spec, chance.child("window"))
    yield from _moonbeam(spec)


def _corner(positions: np.ndarray) -> np.ndarray:
    """(n,) light that reaches a place: less where two walls meet."""
    x, _, z = positions.T
    away = np.minimum(HALF_M - np.abs(x), 1.0) + np.minimum(np.minimum(z - FRONT_Z, BACK_Z - z), 1.0)
    return 0.55 + 0.45 * np.clip(away, 0, 1)


def floor(spec: SceneSpec, stands: tuple[tuple[float, float, float], ...], detail: float) -> Geometry:
    """Boards, dark along the walls and under what stands on them (x, z, radius)."""
    mesh = polar_sheet(np.linspace(0, 1, int(24 + 16 * detail)) ** 1.2 * 6.2, int(40 + 32 * detail), lambda x,
                       z: 0 * x,
                       surface_of(spec, "ground").scale_m)
    x, _, z = mesh.positions.T
    dark = 0.6 * np.exp(-((np.hypot(x - PLACE_XZ[0], z - PLACE_XZ[1]) / 0.26) ** 4))
    for at_x, at_z, radius in stands:
        dark = np.maximum(dark, 0.6 * np.exp(-((np.hypot(x - at_x, z - at_z) / radius) ** 4)))
    near = np.minimum(HALF_M - CASE_M - np.abs(x), np.minimum(z - FRONT_Z, BACK_Z - z) - CASE_M)
    dark = np.maximum(dark, 0.55 * smoothstep(0.45, 0.0, near))
    return part("floor", mesh.shaded(occlusion=1 - dark), Material(surface="ground", clearcoat=0.3))


def _walls(tile: float) -> list[Mesh]:
    """Four walls and, outside them, others that keep the moon out of the seams."""
    deep, middle = BACK_Z - FRONT_Z, (BACK_Z + FRONT_Z) / 2
    x, wide, sill, head = WINDOW
    front = pierced_wall(2 * HALF_M + 1.2, -0.1, HIGH_M + 0.3, 0.3, tile, (x, wide, sill, head), rounded=False)
    inner = [front.moved(z=FRONT_Z - 0.15),
             wall(2 * HALF_M, -0.1, HIGH_M, tile).turned("y", np.pi).moved(z=BACK_Z)]
    inner += [wall(deep, -0.1, HIGH_M, tile).turned("y", -side * np.pi / 2).moved(side * HALF_M, 0, middle)
              for side in (-1, 1)]
    outer = [wall(deep + 1.2, -0.1, HIGH_M + 0.5, tile, 8.0).turned("y", side * np.pi / 2).moved(
        side * (HALF_M + 0.4), 0, middle) for side in (-1, 1)]
    roof = wall(2 * HALF_M + 1.2, -deep / 2 - 0.6, deep / 2 + 0.6, tile, 8.0).turned("x", -np.pi / 2)
    return [*inner, *outer, roof.moved(0, HIGH_M + 0.35, middle)]


def _ceiling(tile: float) -> Mesh:
    """Sunk panels between beams both ways."""
    deep, middle = BACK_Z - FRONT_Z, (BACK_Z + FRONT_Z) / 2
    field = wall(2 * HALF_M, -deep / 2, deep / 2, tile).turned("x", np.pi / 2).moved(0, HIGH_M, middle)
    pieces = [field.shaded(occlusion=0.55)]
    pieces += [box(0.16, 0.17, deep, 0.02, tile, 4).moved(x, HIGH_M - 0.17, middle)
               for x in (-2.25, -0.75, 0.75, 2.25)]
    pieces += [box(2 * HALF_M, 0.13, 0.14, 0.02, tile, 4).moved(0, HIGH_M - 0.13, z)
               for z in (-3.0, -1.5, 0.0, 1.5, 2.8)]
    for side in (-1, 1):
        pieces.append(box(0.2, 0.22, deep, 0.06, tile, 3).moved(side * (HALF_M - 0.08), HIGH_M - 0.24, middle))
    pieces += [box(2 * HALF_M, 0.22, 0.2, 0.06, tile, 3).moved(0, HIGH_M - 0.24, z)
               for z in (FRONT_Z + 0.08, BACK_Z - 0.08)]
    return merge(pieces)


def shelf_heights() -> np.ndarray:
    """(SHELVES,) m: the boards' upper faces; closer together further up."""
    share = np.linspace(0, 1, SHELVES)
    return 0.13 + (CASE_HIGH_M - 0.42) * (share * 1.18 - 0.18 * share ** 2)


def bays(length_m: float) -> tuple[np.ndarray, float]:
    """(middles along a case, width of each) of its bays, about 0.95 m."""
    count = max(1, round(length_m / 0.95))
    width = length_m / count
    return (np.arange(count) - (count - 1) / 2) * width, width


def _case(x: float, z: float, length: float, turned: float, tile: float) -> Mesh:
    """A bookcase: plinth, uprights with a moulding, boards, a cornice; its back is at its place."""
    middles, width = bays(length)
    front = CASE_M / 2 + 0.01
    pieces = [box(length, 0.1, CASE_M + 0.05, 0.012, tile, 3).moved(0, 0, front),
              box(length + 0.04, 0.1, CASE_M + 0.1, 0.03, tile, 3).moved(0, CASE_HIGH_M, front),
              box(length + 0.1, 0.06, CASE_M + 0.18, 0.025, tile, 3).moved(0, CASE_HIGH_M + 0.1, front)]
    for edge in np.append(middles - width / 2, length / 2):
        pieces.append(box(0.05, CASE_HIGH_M, CASE_M, 0.006, tile, 2).moved(edge, 0, front).shaded(occlusion=0.75))
        pieces.append(box(0.075, CASE_HIGH_M, 0.03, 0.012, tile, 2).moved(edge, 0, front + CASE_M / 2))
    pieces += [_board(width - 0.05, CASE_M - 0.01, tile).moved(at, high, front) for at in middles
               for high in shelf_heights()]
    back = wall(length, 0.0, CASE_HIGH_M, tile).moved(z=0.02).shaded(occlusion=0.25)
    return merge([*pieces, back]).turned("y", turned).moved(x, 0, z)


def _board(wide: float, deep: float, tile: float) -> Mesh:
    """A shelf 28 mm thick, its upper face on y = 0: what one sees of it, below, in front and above."""
    line = np.array([(-0.028, -0.5 * deep), (-0.028, 0.5 * deep), (0.0, 0.5 * deep), (0.0, -0.5 * deep)])
    v, x = np.meshgrid(np.arange(4), np.array([-0.5, 0.5]) * wide, indexing="ij")
    points = np.stack([x, line[v, 0], line[v, 1]], axis=-1)
    mesh = patch(points[::-1], np.stack([x, np.array([0.0, deep, deep + 0.028, 2 * deep])[v]],
                                        -1)[::-1] / tile).faceted()
    return mesh.shaded(occlusion=np.where(mesh.positions[:, 2] > 0, 0.85, 0.4))


def _chimney(tile: float) -> Mesh:
    """A chimney breast with its mantel to the left; the fire's place is left open."""
    x, z = -HALF_M + 0.22, HEARTH[1]
    pieces = [box(0.44, 1.25, 0.42, 0.015, tile, 3).moved(x, 0, z + side * 0.86) for side in (-1, 1)]
    pieces += [box(0.44, HIGH_M - 1.1, 2.14, 0.015, tile, 4).moved(x, 1.1, z),
               box(0.62, 0.09, 2.3, 0.025, tile, 4).moved(x + 0.06, 1.2, z),
               box(0.5, 0.12, 2.16, 0.03, tile, 4).moved(x + 0.02, 1.09, z)]
    pieces += [box(0.05, 0.95, 0.16, 0.02, tile, 2).moved(x + 0.23, 0.1, z + side * 0.86) for side in (-1, 1)]
    pieces += [box(0.03, 1.35, 1.5, 0.03, tile, 3).moved(x + 0.23, 1.6, z)]
    return merge(pieces)


def _door(tile: float) -> Mesh:
    """The door one came in by, behind, panelled, in its frame."""
    z = BACK_Z - 0.02
    pieces = [box(0.1, 2.35, 0.14, 0.02, tile, 2).moved(0.05 + side * 0.55, 0, z) for side in (-1, 1)]
    pieces += [box(1.3, 0.16, 0.18, 0.03, tile, 2).moved(0.05, 2.3, z),
               box(1.0, 2.3, 0.05, 0.01, tile, 3).moved(0.05, 0, z)]
    pieces += [box(0.38, high, 0.04, 0.025, tile, 2).moved(0.05 + side * 0.23, low, z - 0.03)
               for side in (-1, 1) for low, high in ((0.2, 0.75), (1.1, 1.0))]
    return merge(pieces)


def _window(spec: SceneSpec, chance: Chance) -> Iterator[Geometry]:
    """Night beyond the glass; glazing bars and a sill; curtains drawn aside."""
    x, wide, sill, head = WINDOW
    yield _night(spec, chance)
    z = FRONT_Z - 0.2
    bars = [box(0.06, head - sill, 0.07, 0.01).moved(x + wide * share, sill, z)
            for share in (-0.48, -0.16, 0.16, 0.48)]
    bars += [box(wide, 0.045, 0.06, 0.01).moved(x, sill + (head - sill) * share, z)
             for share in (0.0, 0.25, 0.5, 0.75, 0.97)]
    bars.append(box(wide + 0.24, 0.05, 0.4, 0.015).moved(x, sill - 0.05, FRONT_Z - 0.05))
    yield part("window", merge(bars), Material(base_color=(0.1, 0.055, 0.03, 1.0), roughness=0.45, clearcoat=0.3))
    yield _curtains(spec)


def _night(spec: SceneSpec, chance: Chance) -> Geometry:
    """Some steps beyond the window: a moon behind a bare tree, and snow that gives its light back."""
    v, u = np.meshgrid(np.linspace(4.7, -0.4, 92), np.linspace(-2.3, 2.3, 83), indexing="ij")
    moon = np.hypot(u - 0.3, v - 3.25)
    sky = 0.1 + 0.2 * smoothstep(4.4, 0.9, v) + 0.07 * fbm(np.stack([u * 0.5, v * 0.9], -1), 3, 4)
    sky = sky + smoothstep(0.21, 0.15, moon) + 0.28 * np.exp(-moon / 0.45)
    snow = smoothstep(1.1, 0.95, v + 0.3 * fbm(u[..., None] * 1.1, 3, 8))
    light = sky * (1 - 0.9 * _bare_tree(u, v, chance))
    light = light * (1 - snow) + snow * (0.12 + 0.14 * smoothstep(0.2, 1.1, v))
    pane = patch(np.stack([WINDOW[0] + 0.7 + u, v, np.full_like(u, FRONT_Z - 2.9)], axis=-1))
    night = 2.6 * blend(np.array([0.10, 0.17, 0.36]), np.array([0.2, 0.3, 0.56]), leaning.letters(spec))
    return part("night", pane.shaded(occlusion=np.clip(light, 0, 1).reshape(-1)),
                Material(base_color=(0.004, 0.006, 0.012, 1.0), emission=rgb(night)), casts_shadow=False)


def _bare_tree(u: np.ndarray, v: np.ndarray, chance: Chance) -> np.ndarray:
    """0 to 1 over points u, v: how much a leafless tree hides of them, its foot to the right, forking six times."""
    hidden = np.zeros_like(u)
    limbs = [(np.array([1.35, 0.6]), 1.8, 1.25, 0.1)]
    for _ in range(6):
        grown = []
        for foot, angle, long, thick in limbs:
            tip = foot + long * np.array([np.cos(angle), np.sin(angle)])
            along = np.clip(((u - foot[0]) * (tip - foot)[0] + (v - foot[1]) * (tip - foot)[1]) / long ** 2, 0, 1)
            away = np.hypot(u - foot[0] - along * (tip - foot)[0], v - foot[1] - along * (tip - foot)[1])
            wide = thick * (1 - 0.35 * along)
            hidden = np.maximum(hidden, smoothstep(wide + 0.03, wide - 0.02, away) * min(1.0, 0.35 + 14 * thick))
            grown += [(tip, angle + side * chance.uniform(0.25, 0.6), long * chance.uniform(0.62, 0.8), 0.62 * thick)
                      for side in (-1, 1)]
        limbs = grown
    return hidden


def _curtains(spec: SceneSpec) -> Geometry:
    """Heavy silk to the floor on both sides under a pelmet, in deep folds, held back by a tie."""
    x, wide, _, head = WINDOW
    drawn = []
    for side in (-1, 1):
        v, u = np.meshgrid(np.linspace(head + 0.22, 0.02, 26), np.linspace(-0.5, 0.5, 41), indexing="ij")
        tie = np.exp(-((v - 1.35) / 0.4) ** 2)
        gather = 0.5 - 0.2 * tie + 0.06 * smoothstep(1.2, 0.0, v)
        fold = 0.055 * (1 - 0.5 * tie) * np.sin(u * 34 + 0.7 * np.sin(2.2 * v + side))
        points = np.stack([x + side * (wide / 2 + 0.12 + 0.05 * tie) + u * gather, v, FRONT_Z + 0.16 + fold], axis=-1)
        shade = 0.55 + 0.45 * np.clip(fold / 0.05, -1, 1)
        sheet = patch(points, np.stack([u * 1.6, -v], axis=-1) / surface_of(spec, "drape").scale_m)
        drawn.append(sheet.shaded(occlusion=np.clip(shade, 0.2, 1).reshape(-1),
                                  second=0.8 * (np.abs(v - 1.35) < 0.04).reshape(-1)))
    pelmet = box(wide + 1.1, 0.24, 0.2, 0.03, 0.6, 4).moved(x, head + 0.12, FRONT_Z + 0.14).shaded(second=0.12)
    tone = blend(np.array([2.0, 2.6, 2.0]), np.array([4.2, 4.4, 5.2]), leaning.letters(spec))
    return part("curtains", merge([*drawn, pelmet]),
                Material(surface=worn(spec, "drape"), base_color=rgba(tone), second_color=(0.42, 0.28, 0.09),
                         sheen=0.4, roughness=0.95))


def _moonbeam(spec: SceneSpec) -> Iterator[Geometry]:
    """The moon through the window, faint in the dust, down to the floor."""
    x, wide, sill, head = WINDOW
    way = sun_way(spec.sky)
    top = np.array([x, (sill + head) / 2 + 0.3, FRONT_Z - 0.1])
    foot = top - way * (top[1] / max(way[1], 0.25))
    yield beam(spec, tuple(top), tuple(foot), 0.42 * wide, 0.5 * wide, 0.10 + 0.1 * leaning.letters(spec), 4,
               "moonbeam",
               slices=8)


def hearth(spec: SceneSpec, chance: Chance) -> Iterator[Geometry]:
    """Logs on iron dogs, flames and embers behind the frame, or only embers; birch laid ready beside it."""
    x, z = HEARTH
    burning = 1.0 - 0.75 * leaning.letters(spec)
    dark = [box(0.06, 1.12, 1.4, 0.01, 0.5).moved(x - 0.19, 0, z).shaded(occlusion=0.3),
            box(0.5, 0.03, 1.6, 0.01, 0.5).moved(x + 0.05, 0.0, z).shaded(occlusion=0.6)]
    yield part("fireback", merge(dark), fire.charred())
    lumps, skin = fire.coals(chance, 0.3, 9)
    flat = np.diag([0.6, 0.5, 1.2])
    logs = [box(0.11, 0.1, 0.8, 0.04, 0.4, 3).turned("y", turn).moved(x + dx, high, z)
            for dx, high, turn in ((-0.05, 0.14, 0.1), (0.07, 0.13, -0.14), (0.0, 0.23, 0.3))]
    charred = merge([lumps.transformed(flat).moved(x, 0.06, z), *(log.shaded(second=0.2) for log in logs)])
    light = fire.light((x - 0.18, 0.55, z), fire.FLAME * np.array([1.0, 0.82, 0.6]), 0.6 + 10.0 * burning, 8.5, 0.3)
    yield part("coals", charred, fire.charred(), lights=(light,))
    yield part("embers", skin.transformed(flat).moved(x, 0.06, z), fire.burning(fire.COAL, 2.2), casts_shadow=False)
    count = int(5 + 25 * burning)
    at = np.stack([x + 0.1 * chance.normal(count), np.full(count, 0.12), z + 0.2 * chance.normal(count)], axis=1)
    sizes = chance.uniform(0.25, 1.0, count) ** 1.3 * 1.15 * (0.35 + 0.65 * burning)
    placed = instances(at, None, np.stack([0.85 * sizes, sizes, 0.85 * sizes], 1), phases=chance.uniform(0, 1, count),
                       flex_m=0.05)
    yield part("flames", fire.flame(0.6), fire.burning(fire.FLAME * np.array([1.0, 0.4, 0.12]), 0.5), placed,
               casts_shadow=False)
