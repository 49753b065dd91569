"""Mossy undergrowth: moss within reach, a brook down through old trees and a fallen log, rain just over.

What the smell leans to decides the year's side: green is spring, ferns uncurling, violet flags by the water;
brown is autumn, leaves underfoot, mushrooms wherever wood rots.
"""

from functools import partial
from typing import Iterator

import numpy as np

from showroom.imagine import leaning
from showroom.imagine.grow import moss_garden, undergrowth
from showroom.imagine.grow.boxed import boxed
from showroom.imagine.grow.brook import Brook, bedded, brook, water
from showroom.imagine.grow.centre import centre, clear_of_visitor, surface_of, worn
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.fallen_log import fallen_log
from showroom.imagine.grow.guests import guests
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.old_tree import limb, mossed, old_tree, torn_end
from showroom.imagine.grow.part import natural, part, rgb, rgba
from showroom.imagine.grow.plinth import PLACE_XZ
from showroom.imagine.grow.scatter import blue_noise
from showroom.imagine.grow.shapes import graded, polar_sheet, rock
from showroom.imagine.grow.stones import Ground, sized, strewn
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import SceneSpec

_COURSE = np.array([  # of the brook from its source: x, z, half its width
    (-2.2, -19.0, 0.3), (-0.8, -14.0, 0.35), (0.9, -10.8, 0.38), (0.7, -8.0, 0.42), (-0.5, -6.0, 0.45),
    (-1.2, -4.4, 0.5), (-2.05, -3.0, 0.44), (-2.3, -1.4, 0.38), (-2.3, 0.6, 0.42), (-2.9, 3.0, 0.5), (-3.2, 6.0, 0.55)])
_FALLS = [(0.34, 0.34), (0.485, 0.26), (0.6, 0.22), (0.76, 0.1)]
_SINK_M = 0.24  # of the water below the visitor's ground where it passes
_TREES = ((-3.9, -5.6, 0.62, 7), (3.9, -6.6, 0.5, 6), (2.5, 2.7, 0.5, 6), (-4.6, 1.6, 0.55, 6))  # x, z, radius, roots
_LOGS = ((2.05, -3.45, 0.62, 3.5, 0.33, 0.02), (-0.9, -7.1, -0.06, 5.2, 0.24, 0.05))  # x, z, yaw, length, radius, lean

_BOULDERS = ((-1.12, -1.28, 0.42), (-1.5, -2.1, 0.3), (-0.35, -4.3, 0.45), (-2.9, -2.4, 0.55), (0.75, -5.4, 0.5),
             (1.5, -8.2, 0.6), (-1.6, 2.2, 0.4))  # x, z, size
_LIMBS = (  # places that they pass, and how thick they begin
    (((-3.9, 3.4, -5.4), (-2.4, 3.1, -4.1), (-0.9, 2.72, -3.3), (0.9, 2.44, -2.9), (2.1, 2.7, -3.4),
      (3.3, 2.5, -3.2)), 0.13),
    (((-4.4, 2.6, 1.4), (-2.9, 2.5, 0.2), (-1.75, 2.36, -1.1), (-1.05, 2.2, -2.0)), 0.1),
    (((2.5, 3.2, 2.6), (2.3, 3.0, 0.9), (1.9, 2.75, -0.9), (1.5, 2.5, -2.0)), 0.09),
)


def grow(spec: SceneSpec, chance: Chance, detail: float) -> Iterator[Geometry]:
    """Ground, plinth and hero; brook, trees and logs; then all that is green or rots on them."""
    brown = leaning.earth(spec)
    seed = chance.child("land").integers(0, 1 << 20)
    stream = brook(_COURSE, _FALLS, 0.012)
    stream = Brook(stream.line, stream.level_m - _SINK_M, stream.half_m, stream.falls)
    ground, dry = partial(height, stream=stream, seed=seed), partial(_dry, stream=stream)
    moss = 0.8 * natural(surface_of(spec, "ground").srgb, 0.01)
    yield _ground(spec, ground, stream, seed, brown, detail)
    yield from centre(spec, "block", chance, detail)
    yield _water(spec, stream)
    bark = Material(surface=worn(spec, "wall"), second_color=rgb(moss), clearcoat=0.15)
    trees = [old_tree(chance.child(f"tree {index}"), x, z, radius, 9.0, ground, roots,
                      int(14 + (16 if z < 0 else 4) * detail))
             for index, (x, z, radius, roots) in enumerate(_TREES)]
    yield part("old trees", merge(trees), bark)
    logs, ends = _logs(ground, chance.child("logs"))
    yield part("logs", logs, bark)
    yield part("log ends", ends, Material(base_color=(0.085, 0.052, 0.028, 1.0), second_color=(0.27, 0.19, 0.105),
                                          roughness=0.85, clearcoat=0.2))
    limbs = _limbs(chance.child("limbs"))
    yield part("limbs", limbs, bark)
    yield from _stones(spec, ground, stream, chance.child("stones"), detail)
    boulders = _boulders(ground)
    yield from moss_garden.mosses_of(spec, ground, dry, [logs, trees[0], boulders], limbs, chance.child("moss"), brown,
                                     detail)
    yield part("boulders", boulders, Material(surface=worn(spec, "plinth"), second_color=rgb(moss), clearcoat=0.2))
    yield from moss_garden.mushrooms(ground, dry, logs, trees[0], chance.child("mushrooms"), brown, detail)
    yield from moss_garden.flowers(spec, ground, dry, chance.child("flowers"), brown)
    yield from undergrowth.ferns(spec, ground, chance.child("ferns"), brown, dry, detail)
    yield undergrowth.slender(ground, chance.child("slender"), dry, bark, detail)
    yield undergrowth.crowns(ground, chance.child("crowns"), brown, dry, detail)
    yield undergrowth.fallen_leaves(ground, chance.child("leaves"), brown, detail)
    spots = ((0.95, -1.5), (-0.85, -2.1), (1.35, -2.2), (-1.05, -0.5), (1.1, -0.6), (-0.4, -2.7))
    yield from guests(spec, ("moss", "fern", "grass", "iris"), "mossy_undergrowth", ground, chance.child("guests"),
                      False, spots, (0.75, -1.9))


def height(x: np.ndarray, z: np.ndarray, stream: Brook, seed: int) -> np.ndarray:
    """Nearly level about the visitor, swelling in hummocks, rising to both sides of the brook's valley; metres."""
    x, z = np.asarray(x, dtype=np.float64), np.asarray(z, dtype=np.float64)
    at = np.stack([x, z], axis=-1)
    reach = np.hypot(x, z + 0.5)
    hummocks = 0.10 * np.abs(fbm(at * 1.1, 3, seed)) * smoothstep(0.9, 2.2, reach)
    away, index = stream.nearest(x, z)
    valley = np.maximum(stream.level_m[index], -0.3) * smoothstep(2.5, 5.0, reach)
    banks = (0.9 + 0.8 * fbm(at * 0.16, 2, seed + 1)) * smoothstep(1.6, 8.0, away) * smoothstep(2.4, 6.0, reach)
    rise = 2.2 * smoothstep(8.0, 26.0, away) * (0.7 + 0.5 * fbm(at * 0.06, 2, seed + 2))
    return bedded(stream, 0.01 + hummocks + valley + banks + rise, x, z)


def _dry(x: np.ndarray, z: np.ndarray, stream: Brook) -> np.ndarray:
    """Metres from the water's edge; negative in it."""
    away, index = stream.nearest(x, z)
    return away - stream.half_m[index]


def _ground(spec: SceneSpec, ground: Ground, stream: Brook, seed: int, brown: float, detail: float) -> Geometry:
    """Moss, worn through to wet soil in places, gravel under the brook."""
    surface = surface_of(spec, "ground")
    mesh = polar_sheet(graded(0.075, 60.0, int(40 + 34 * detail)), int(76 + 64 * detail), ground, surface.scale_m)
    x, _, z = mesh.positions.T
    at = np.stack([x, z], axis=1)
    dry = _dry(x, z, stream)
    hollow = smoothstep(-0.35, 0.3, fbm(at * 0.9, 3, seed + 5))
    foot = 1 - 0.55 * np.exp(-((np.hypot(x - PLACE_XZ[0], z - PLACE_XZ[1]) / 0.33) ** 4))
    for tx, tz, radius, _ in _TREES:
        foot = foot * (0.4 + 0.6 * smoothstep(1.0, 2.6, np.hypot(x - tx, z - tz) / radius))
    worn_through = (0.25 + 0.55 * brown) * smoothstep(0.05, 0.45, fbm(at * 0.7, 3, seed + 7))
    soil = np.maximum(smoothstep(0.16, -0.05, dry), worn_through)
    shade = foot * (0.72 + 0.28 * hollow) * (0.6 + 0.4 * smoothstep(-0.2, 0.2, dry))
    material = Material(surface=worn(spec, "ground"), base_color=(1.0, 0.9, 1.0, 1.0),
                        second_color=rgb(natural(surface.accent_srgb, 0.01) * 0.55),
                        clearcoat=0.12)
    return part("ground", mesh.shaded(occlusion=shade, second=0.9 * soil), material)


def _water(spec: SceneSpec, stream: Brook) -> Geometry:
    surface = surface_of(spec, "water")
    deep = 0.55 * natural(surface.srgb, 0.01, 0.25)
    clear = Material("water", surface=worn(spec, "water"), base_color=rgba(deep, 0.95),
                     second_color=(0.62, 0.66, 0.6), roughness=0.08, ior=1.33, density_per_m=1.5)
    return part("brook", water(stream), clear, casts_shadow=False)


def _logs(ground: Ground, chance: Chance) -> tuple[Mesh, Mesh]:
    """The log one might sit on, its torn end towards the visitor; one that bridges the brook; a stump at hand."""
    wood, ends = [], []
    for index, (x, z, yaw, long, radius, lean) in enumerate(_LOGS):
        y = float(ground(np.array([x]), np.array([z]))[0]) - 0.06 + (0.42 if index else 0.0)
        draw = chance.child(f"log {index}")
        for made, mesh in zip((wood, ends), _lying(draw, long, radius)):
            made.append(mesh.turned("z", lean).turned("y", yaw).moved(x, y, z))
    for made, mesh in zip((wood, ends), _lying(chance.child("stump"), 1.1, 0.21)):
        up = mesh.moved(0, -0.15, 0).turned("z", -np.pi / 2 + 0.12).turned("y", 2.1).moved(1.18, 0.14, -1.12)
        made.append(mossed(up, 5, 0.0) if made is wood else up)
    return merge(wood), merge(ends)


def _lying(chance: Chance, long_m: float, radius_m: float) -> tuple[Mesh, Mesh]:
    """A log along X and its torn end, which sits where the log's bend has brought it."""
    log = fallen_log(chance, long_m, radius_m, 1.0)
    first = log.positions[log.positions[:, 0] < log.positions[:, 0].min() + 0.35 * radius_m]
    aside = 0.5 * (first[:, 2].min() + first[:, 2].max())
    return log, torn_end(chance.child("end"), -0.5 * long_m, radius_m).moved(0, 0, aside)


def _boulders(ground: Ground) -> Mesh:
    """Stones that moss has taken: one at the left hand, others by the water."""
    made = []
    for index, (x, z, size) in enumerate(_BOULDERS):
        mesh = rock(3, 31 + index, 0.3, (1.0, 0.95 if index == 0 else 0.72, 0.85), flats=7).scaled(size)
        y = float(ground(np.array([x]), np.array([z]))[0])
        mesh = mesh.turned("y", 1.3 * index).moved(x, y + (0.32 if index == 0 else 0.12) * size, z)
        high = mesh.positions[:, 1] - y
        mesh = mossed(mesh.shaded(occlusion=0.35 + 0.65 * smoothstep(-0.05, 0.5 * size, high)), 11 + index, y - 0.4)
        made.append(boxed(mesh, 1.1))
    return merge(made)


def _limbs(chance: Chance) -> Mesh:
    """Crooked limbs that reach in overhead from the trees to the left and behind."""
    return merge([limb(chance.child(f"limb {index}"), np.array(way), thick)
                  for index, (way, thick) in enumerate(_LIMBS)])


def _stones(spec: SceneSpec, ground: Ground, stream: Brook, chance: Chance, detail: float) -> Iterator[Geometry]:
    """Rounded stones in the brook's bed and on its edges, some standing out of the water and mossed on top."""
    points = blue_noise(chance, (-4.2, -16.0), (2.6, 5.0), 0.24,
                        lambda x, z: smoothstep(0.35, -0.1, _dry(x, z, stream)), int(50 * max(detail, 0.3)))
    points = clear_of_visitor(points, 0.9)
    mesh = rock(2, 9, 0.16, (1.0, 0.62, 0.85), 2)
    mesh = mesh.shaded(occlusion=0.4 + 0.6 * smoothstep(-0.4, 0.3, mesh.positions[:, 1]),
                       second=0.9 * smoothstep(0.35, 0.7, mesh.normals[:, 1] + 0.3 * fbm(mesh.positions * 3, 2, 4)))
    green = rgb(0.7 * natural(surface_of(spec, "ground").srgb, 0.01))
    yield from strewn("brook stones", [mesh], points, sized(chance, len(points), 0.05, 0.24, 1.6), ground,
                      Material(surface=worn(spec, "plinth"), second_color=green, clearcoat=0.7, roughness=0.7),
                      chance.child("strewn"), 0.2)
