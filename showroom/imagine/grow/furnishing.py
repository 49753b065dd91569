"""Furnishing: how splendid a temple is. A carpet, silk between the columns, petals; or bare cedar."""

from typing import Iterator

import numpy as np

from showroom.imagine.grow.centre import surface_of, worn
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import Mesh, merge, smooth_normals
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import blend, natural, part, rgb, rgba
from showroom.imagine.grow.plinth import PLACE_XZ
from showroom.imagine.grow.rose import fallen_petal
from showroom.imagine.grow.scatter import bases, instances, varied_sizes, varied_tints
from showroom.imagine.grow.shapes import circle, loft, patch
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import SceneSpec

_RICH, _BARE = 0.45, 0.35  # splendour from which there is silk, and up to which there is cedar
_GOLD = (0.62, 0.38, 0.1)


def furnishing(spec: SceneSpec, splendour: float, chance: Chance, nave_m: float, columns_z: list[float],
               front_z: float) -> Iterator[Geometry]:
    """columns_z: where columns stand on both sides of a nave nave_m wide to its middle; front_z: its end."""
    if splendour > _RICH:
        yield _carpet(spec, front_z)
        yield _drapes(spec, chance, nave_m, columns_z)
        yield _petals(spec, chance.child("petals"))
    elif splendour < _BARE:
        yield from _cedar(chance.child("cedar"))


def color_of(spec: SceneSpec, stage: str, fallback: str) -> np.ndarray:
    """(3,) linear: the most colourful of a stage's colours."""
    colours = [colour.srgb for one in spec.palette if one.stage == stage for colour in one.colours]
    colours = colours or [fallback]
    return max((natural(srgb) for srgb in colours),
               key=lambda color: float(color.max() / max(color.min(), 0.02)))


def _carpet(spec: SceneSpec, front_z: float) -> Geometry:
    """A runner from behind the visitor to the steps: deep red wool, gold borders, a row of medallions."""
    half, back_z, foot_z = 0.78, 2.2, front_z + 1.0
    border = np.array([0.0, 0.025, 0.03, 0.065, 0.07, 0.15, 0.155, 0.18, 0.185])
    xs = np.concatenate([border - half, np.linspace(-0.5, 0.5, 7), half - border[::-1]])
    v, x = np.meshgrid(np.linspace(foot_z, back_z, 60), xs, indexing="ij")
    hollow = -0.012 * np.exp(-(x / 0.7) ** 2) * smoothstep(0.4, 1.2, np.hypot(x, v))
    ripple = 0.003 * fbm(np.stack([x * 1.5, v * 0.9], -1), 3, 5)
    mesh = patch(np.stack([x, 0.013 + hollow + ripple, v], axis=-1))
    woven = [mesh if mesh.normals[:, 1].mean() > 0 else mesh.turned_inside_out()]
    edge = half - np.abs(woven[0].positions[:, 0])
    gold = ((edge > 0.027) & (edge < 0.067)) | ((edge > 0.152) & (edge < 0.182))
    woven[0] = woven[0].shaded(second=0.8 * gold)
    woven += [_medallion().moved(0.0, 0.0, z) for z in np.arange(foot_z + 0.5, back_z, 0.9)]
    mesh = merge(woven)
    x, _, z = mesh.positions.T
    feet = 1 - 0.6 * np.exp(-((np.hypot(x - PLACE_XZ[0], z - PLACE_XZ[1]) / 0.27) ** 4))
    worn_down = 0.8 + 0.35 * fbm(np.stack([x, z], 1) * 2.2, 4, 3)
    red = blend(np.array([0.16, 0.012, 0.014]), color_of(spec, "heart", "#8a1f2c") * 0.3, 0.4)
    wool = Material(base_color=rgba(red), second_color=_GOLD, roughness=0.95, sheen=0.5)
    return part("carpet", mesh.shaded(occlusion=feet * worn_down), wool)


def _medallion() -> Mesh:
    """A diamond in a diamond about a flower of eight petals, 0.8 m long, a hair over the ground."""
    square = np.array([[0.0, 1.0], [1.0, 0.0], [0.0, -1.0], [-1.0, 0.0], [0.0, 1.0]])
    pieces = []
    for section, rows, tone in ((square, ((0.40, 0.0175), (0.365, 0.0175)), 0.8),
                                (square, ((0.33, 0.0175), (0.31, 0.0175)), 0.6),
                                (circle(24), ((0.20, 0.0175), (0.185, 0.0175)), 0.8)):
        pieces.append(loft(section, np.array(rows)[::-1]).shaded(second=tone))
    turn = circle(48)
    petals = turn * (0.55 + 0.45 * np.abs(np.cos(4 * np.arctan2(turn[:, 0], turn[:, 1]))))[:, None]
    pieces.append(loft(petals, np.array([(0.0, 0.018), (0.15, 0.0175)])).shaded(second=0.75))
    return merge([piece if piece.normals[:, 1].mean() > 0 else piece.turned_inside_out() for piece in pieces])


def _drapes(spec: SceneSpec, chance: Chance, nave_m: float, columns_z: list[float]) -> Geometry:
    """Lengths of silk hung in the arches, drawn to the columns and tied; each with a hem of gold."""
    pieces = []
    for side in (-1, 1):
        for index, (first, last) in enumerate(zip(columns_z, columns_z[1:])):
            for end, sign in ((first, 1), (last, -1)):
                half = _tied(chance.child(f"{side} {index} {sign}"), last - first, sign)
                pieces.append(half.moved(side * nave_m, 0, end))
    silk = blend(natural(surface_of(spec, "drape").srgb), color_of(spec, "heart", "#8a1f2c"), 0.55)
    white = natural(surface_of(spec, "drape").srgb)
    tone = np.clip(silk / np.maximum(white, 0.03), 0.2, 1.6)
    material = Material("foliage" if not worn(spec, "drape") else "opaque", surface=worn(spec, "drape"),
                        base_color=rgba(tone if worn(spec, "drape") else silk), second_color=_GOLD, sheen=0.7,
                        translucency=0.25, roughness=0.7)
    mesh = merge(pieces)
    return part("drapes", merge([mesh, mesh.turned_inside_out()]), material)


def _tied(chance: Chance, bay_m: float, sign: int) -> Mesh:
    """Half a curtain from the arch's crown to its column at z = 0, tied at 1.45 m and falling to 0.3 m."""
    v, u = np.meshgrid(np.linspace(0, 1, 16), np.linspace(0, 1, 13), indexing="ij")
    y = 4.15 - 3.85 * v
    tie = np.exp(-((y - 1.45) / 0.5) ** 2)
    reach = bay_m * 0.47 * (1 - smoothstep(0.0, 0.66, v)) ** 1.25 + 0.24 * (1 - tie) + 0.07
    # the upper edge follows the arch's curve down to the column
    arch = 0.75 * (u ** 2) * smoothstep(0.35, 0.0, v)
    z = sign * (0.16 + reach * (1 - u))
    fold = 0.05 * (0.5 + 0.5 * (1 - tie)) * np.sin(u * 22 + 1.2 * np.sin(3 * v) + 6 * chance.uniform())
    mesh = patch(np.stack([fold + 0.02 * tie, y - arch, z], axis=-1), np.stack([u * 1.4, v * 3.0], axis=-1))
    hem = smoothstep(0.965, 0.985, v) + smoothstep(0.035, 0.02, np.abs(y - 1.45))
    shade = 0.55 + 0.45 * (fold / 0.1 + 0.5)
    return mesh.shaded(second=np.clip(hem, 0, 1).reshape(-1), occlusion=shade.reshape(-1))


def _petals(spec: SceneSpec, chance: Chance) -> Geometry:
    """Petals strewn up the carpet, thick about the plinth."""
    count = 220
    near = chance.uniform(0, 1, count) < 0.45
    away = chance.uniform(0, 2 * np.pi, count)
    reach = 0.24 + 0.45 * chance.uniform(0, 1, count) ** 1.6
    x = np.where(near, PLACE_XZ[0] + np.sin(away) * reach, 0.85 * chance.normal(count) * 0.6)
    z = np.where(near, PLACE_XZ[1] + np.cos(away) * reach, chance.uniform(-6.2, 1.6, count))
    at = np.stack([x, np.full(count, 0.018), z], axis=1)
    rose = color_of(spec, "heart", "#b23a52")
    material = Material("foliage", base_color=rgba(rose), second_color=rgb(np.clip(rose * 1.6, 0, 0.8)),
                        roughness=0.6,
                        translucency=0.4)
    return part("strewn petals", fallen_petal(), material,
                instances(at, bases(chance, count, 0.35), varied_sizes(chance, count, 0.036),
                          varied_tints(chance, count)), casts_shadow=False, layer="base")


def _cedar(chance: Chance) -> Iterator[Geometry]:
    """Split cedar stacked against a column, red at the heart, and a few sticks by the far brazier."""
    bark, wood = [], []
    spots = [(1.7 + 0.125 * (index % 4) + 0.06 * (index // 4), 0.055 + 0.1 * (index // 4), -2.35)
             for index in range(10)]
    spots += [(-1.25, 0.05, -2.95), (-1.1, 0.05, -2.9), (-1.18, 0.14, -2.93)]
    for index, (x, y, z) in enumerate(spots):
        rind, heart = _split(chance, chance.uniform(0.055, 0.075), chance.uniform(0.36, 0.5))
        lie = 0.1 * chance.normal() + (0.7 if index > 9 else 0.0)
        roll = chance.uniform(0, 6.3)
        for heap, mesh in ((bark, rind), (wood, heart)):
            heap.append(mesh.turned("y", roll).turned("x", np.pi / 2).turned("y", lie).moved(x, y, z))
    yield part("cedar bark", merge(bark), Material(base_color=(0.10, 0.062, 0.042, 1.0),
                                                   second_color=(0.03, 0.02, 0.015), roughness=1.0))
    yield part("cedar", merge(wood), Material(base_color=(0.40, 0.19, 0.11, 1.0),
                                              second_color=(0.24, 0.075, 0.04),
                                              roughness=0.85))


def _split(chance: Chance, radius_m: float, long_m: float) -> tuple[Mesh, Mesh]:
    """(bark, wood) of a quarter of a log along Y: a rough back, two split faces, two ends."""
    half, seed = chance.uniform(0.7, 1.2), chance.integers(0, 9999)
    v, a = np.meshgrid(np.linspace(long_m / 2, -long_m / 2, 12), np.linspace(-half, half, 9), indexing="ij")
    rough = 1 + 0.1 * fbm(np.stack([a * 5, v * 9], -1), 3, seed)
    rind = np.stack([np.sin(a) * radius_m * rough, v, (np.cos(a) * rough - 0.5) * radius_m], axis=-1)
    back = patch(rind)
    grain = fbm(back.positions * np.array([70.0, 9.0, 70.0]), 3, seed)
    back = back.shaded(second=np.clip(0.5 + grain, 0, 1), occlusion=0.75 + 0.25 * np.clip(grain, -1, 1))
    share = np.linspace(0, 1, 6)
    pith = np.array([0.0, 0.0, -0.5 * radius_m])
    faces = []
    for edge in (0, -1):
        line = rind[:, edge]
        core = np.stack([np.full(12, pith[0]), line[:, 1], np.full(12, pith[2])], axis=1)
        sheet = line[:, None] * (1 - share[:, None]) + core[:, None] * share[:, None]
        sheet = sheet + 0.003 * fbm(sheet * np.array([40.0, 5.0, 40.0]), 3, seed + 3)[..., None]
        faces.append(patch(sheet))
    for row in (0, -1):
        rim = rind[row]
        core = np.broadcast_to(np.array([pith[0], rim[0, 1], pith[2]]), rim.shape)
        faces.append(patch(np.stack([core * s + rim * (1 - s) for s in share])))
    wood = merge(faces)
    rings = np.sin(np.hypot(wood.positions[:, 0], wood.positions[:, 2] + 0.5 * radius_m) * 620)
    streak = fbm(wood.positions * np.array([60.0, 4.0, 60.0]), 3, seed + 1)
    wood = wood.shaded(second=np.clip(0.35 + 0.3 * rings + 0.6 * streak, 0, 1))
    middle = np.array([0.0, 0.0, -0.1 * radius_m])
    return _outward(back, middle), _outward(wood, middle)


def _outward(mesh: Mesh, middle: np.ndarray) -> Mesh:
    """Every triangle turned to face away from a point within."""
    corners = mesh.positions[mesh.faces]
    normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    inside = np.sum(normals * (corners.mean(axis=1) - middle), axis=1) < 0
    faces = np.where(inside[:, None], mesh.faces[:, ::-1], mesh.faces)
    return Mesh(mesh.positions, smooth_normals(mesh.positions, faces), mesh.uv, mesh.shade, faces)
