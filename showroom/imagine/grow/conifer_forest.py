"""Conifer forest: bark and resin within reach, trunks and ferns in shafts of light, blue fog between far trunks.

What the smell leans to decides what grows: dry and resinous is a floor of needles with cones, amber on the
bark and clear shafts; green and rainy is ferns, moss on everything that stays, and a closed canopy.
"""

from functools import partial
from typing import Iterator

import numpy as np

from showroom.imagine import leaning
from showroom.imagine.grow import conifer, litter
from showroom.imagine.grow.boxed import boxed
from showroom.imagine.grow.centre import centre, clear_of_visitor, flora_of, surface_of
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.conifer import Stand
from showroom.imagine.grow.fallen_log import cushion, fallen_log, heartwood
from showroom.imagine.grow.fern import CELL as FERN_CELL
from showroom.imagine.grow.fern import fern
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import blend, natural, part, rgb, rgba
from showroom.imagine.grow.plinth import TOP_M
from showroom.imagine.grow.resin import tears
from showroom.imagine.grow.scatter import bases, blue_noise, facing, instances, varied_sizes, varied_tints
from showroom.imagine.grow.shafts import clear_of, shafts
from showroom.imagine.grow.shapes import graded, polar_sheet, rock
from showroom.imagine.grow.stones import Ground, strewn
from showroom.imagine.grow.sunbeam import sun_way
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import SceneSpec

HERO_TRUNK = (-1.22, -1.42, 0.2)  # x, z, radius at breast height, metres
_TRUNKS = np.array([  # by hand where the picture wants them: x, z, radius
    (2.15, -2.6, 0.27), (-2.5, -3.9, 0.22), (1.15, -6.4, 0.25), (3.7, -5.2, 0.33), (-4.2, -2.0, 0.34),
    (-1.75, -7.6, 0.28), (4.6, -1.2, 0.26), (2.4, 1.9, 0.3), (-1.9, 2.3, 0.28), (-3.6, 0.9, 0.2),
    (0.6, 3.6, 0.24), (5.6, -8.4, 0.3), (-5.4, -6.2, 0.27), (-0.35, -11.5, 0.26), (3.2, -11.0, 0.23),
])
_LOGS = (  # x, z, yaw, length, radius, how far it leans up; the last two hang in their neighbours' boughs
    (1.95, -3.75, 0.42, 3.6, 0.23, 0.02), (-3.0, 4.2, 2.2, 3.0, 0.19, 0.0), (5.6, 1.9, -0.5, 3.4, 0.2, 0.0),
    (-5.6, -11.8, 0.35, 11.0, 0.15, 0.72), (8.2, -12.6, 2.5, 10.0, 0.16, 0.85),
)
_WELLS = np.array([  # where light falls through the canopy: x, z, radius
    (0.0, -1.05, 0.5), (1.5, -3.6, 0.62), (-1.4, -4.6, 0.5), (0.2, -6.6, 0.7), (3.4, -7.6, 0.55), (-3.4, -7.9, 0.6),
    (-0.55, -2.3, 0.3), (0.9, 1.7, 0.5), (1.2, -10.5, 0.7),
])
_TALL_M = 17.0
_SAPLINGS = np.array([(-2.15, -2.75, 1.0), (3.05, -3.2, 1.3), (-3.3, -5.6, 1.9), (0.55, -8.6, 1.5), (4.9, -4.4, 1.7),
                      (-1.6, -9.8, 2.2), (-4.3, 1.3, 1.4), (3.3, 2.9, 1.8), (1.9, -8.0, 1.0), (-2.9, 3.2, 1.5)])


def grow(spec: SceneSpec, chance: Chance, detail: float) -> Iterator[Geometry]:
    """Ground, plinth and hero; trunks and boughs; then ferns, log and litter, light and the far trunks."""
    wet = leaning.rain(spec)
    seed = chance.child("land").integers(0, 1 << 20)
    ground = partial(height, seed=seed)
    way = sun_way(spec.sky)
    feet = _feet(ground, wet)
    yield _ground(spec, ground, seed, wet, detail)
    yield from centre(spec, "block", chance, detail)
    hero = _hero_trunk(ground, chance.child("hero trunk"), detail)
    yield part("hero trunk", hero, _bark(spec, wet))
    stands = _stands(ground, chance.child("stands"), detail)
    for kind, (trees, mesh) in enumerate(stands):
        draw = chance.child(f"tints {kind}")
        placed = instances(trees.roots, trees.rotations, trees.sizes,
                           varied_tints(draw, len(trees.sizes), 0.02, 0.25), draw.uniform(0, 1, len(trees.sizes)))
        yield part(f"trunks {kind}", mesh, _bark(spec, wet), placed)
    yield from _boughs(spec, stands, way, feet, wet, chance.child("boughs"), detail)
    yield _far_trunks(spec, ground, chance.child("far"), wet, detail)
    yield _near_branch(ground, chance.child("near branch"))
    yield from _ferns(spec, ground, chance.child("ferns"), wet, detail)
    yield from _log(spec, ground, chance.child("log"), wet)
    yield from _moss(spec, ground, chance.child("moss"), wet, detail)
    yield from litter.needles_and_cones(spec, ground, chance.child("litter"), wet, detail)
    amber = int(34 * (1 - wet) + 3)
    yield tears(hero, chance.child("resin"), amber, 0.75, 1.75, np.array([0.0, 1.5, 0.0]))
    yield shafts(spec.sky, way, feet, 11.0, 0.5 * (1.0 - 0.75 * wet) * (1 - 0.5 * spec.sky.cloud))


def height(x: np.ndarray, z: np.ndarray, seed: int) -> np.ndarray:
    """Nearly level round the visitor, swelling beyond, mounded at the foot of every trunk; metres."""
    at = np.stack([x, z], axis=-1)
    reach = np.hypot(x, z + 0.5)
    near = 0.10 * fbm(at * 0.6, 3, seed) * smoothstep(1.2, 3.2, reach)
    far = 1.5 * (0.25 + fbm(at * 0.09, 3, seed + 1)) * smoothstep(5.0, 20.0, reach)
    far = far + 4.0 * (0.45 + fbm(at * 0.035, 2, seed + 2)) * smoothstep(16.0, 60.0, reach)
    mounds = 0.0
    for tx, tz, radius in np.concatenate([[HERO_TRUNK], _TRUNKS]):
        mounds = np.maximum(mounds, 0.16 * np.exp(-(((x - tx) ** 2 + (z - tz) ** 2) / (2.4 * radius) ** 2)))
    return near + far + mounds


def _feet(ground: Ground, wet: float) -> np.ndarray:
    """(k, 4) place and radius of every pool of light, narrower under rain; the first is the hero's."""
    x, z, radius = _WELLS.T * np.array([[1.0], [1.0], [1.0 - 0.4 * wet]])
    y = ground(x, z)
    y[0] = TOP_M
    return np.stack([x, y, z, radius], axis=1)


def _ground(spec: SceneSpec, ground: Ground, seed: int, wet: float, detail: float) -> Geometry:
    """Needles, moss where it is wet, and the dark of damp soil round every foot."""
    surface = surface_of(spec, "ground")
    mesh = polar_sheet(graded(0.09, 70.0, int(34 + 30 * detail)), int(60 + 70 * detail), ground, surface.scale_m)
    x, _, z = mesh.positions.T
    patchy = fbm(np.stack([x, z], axis=1) * 0.55, 4, seed + 5) + 0.4 * fbm(np.stack([x, z], axis=1) * 2.7, 2, seed + 6)
    moss = smoothstep(0.3 - 1.1 * wet, 0.65 - 0.8 * wet, patchy) * (0.2 + 0.62 * wet)
    open_ = 0.85 + 0.15 * smoothstep(-0.3, 0.3, patchy)
    for tx, tz, radius in np.concatenate([[HERO_TRUNK], _TRUNKS, [(0.0, -1.05, 0.17)]]):
        away = np.hypot(x - tx, z - tz) / radius
        open_ = open_ * (0.42 + 0.58 * smoothstep(0.9, 2.6, away))
        moss = np.maximum(moss, (0.2 + 0.6 * wet) * smoothstep(2.4, 1.3, away) * smoothstep(-0.3, 0.3, patchy))
    green = natural(surface_of(spec, "prop").srgb, 0.01) * 0.8
    material = Material(surface="ground", second_color=rgb(green), clearcoat=0.35 * wet * surface.wetness)
    return part("ground", mesh.shaded(occlusion=open_, second=moss), material)


def _bark(spec: SceneSpec, wet: float) -> Material:
    """Bark; its foot is stained by moss where it is wet, by needles where it is dry."""
    foot = natural(surface_of(spec, "prop").srgb, 0.01) * 0.8 if wet > 0.5 else natural(
        surface_of(spec, "ground").srgb, 0.01) * 0.9
    return Material(surface="wall", second_color=rgb(foot), normal_scale=0.9)


def _mossed(mesh: Mesh, most: float, seed: int) -> Mesh:
    """Shade b broken up, so that moss climbs the bark in tongues."""
    ragged = smoothstep(-0.15, 0.45, fbm(mesh.positions * np.array([5.0, 1.6, 5.0]), 3, seed)
                        + 1.1 * mesh.shade[:, 2] - 0.6)
    return mesh.shaded(second=most * ragged * np.clip(1.6 * mesh.shade[:, 2], 0, 1))


def _hero_trunk(ground: Ground, chance: Chance, detail: float) -> Mesh:
    """The one within arm's reach: ribs of bark deep enough for a finger."""
    x, z, radius = HERO_TRUNK
    mesh = conifer.trunk(chance, _TALL_M, radius, int(32 + 24 * detail), int(34 + 30 * detail), 0.5, 0.014)
    y = float(ground(np.array([x]), np.array([z]))[0])
    return _mossed(mesh, 0.75, 5).moved(x, y - 0.06, z)


def _near_branch(ground: Ground, chance: Chance) -> Geometry:
    """A branch that hangs into the view from the right, every needle real, a cone or two on it."""
    mesh = conifer.needled_branch(chance, 0.95, 0.075)
    ways = np.array([[-0.8, -0.34, 0.05], [-0.35, -0.3, -0.75]])
    at = np.array([[1.62, 2.28, -1.2], [-1.3, 2.45, -1.5]])
    placed = instances(at, facing(ways, np.broadcast_to(np.array([0.0, 1.0, 0.0]), ways.shape)), np.array([1.0, 0.8]),
                       phases=np.array([0.2, 0.7]), flex_m=0.01)
    needles = Material("foliage", base_color=(0.045, 0.075, 0.03, 1.0), second_color=(0.085, 0.06, 0.04),
                       roughness=0.6, translucency=0.35)
    return part("near branch", mesh, needles, placed)


def _stands(ground: Ground, chance: Chance, detail: float) -> list[tuple[Stand, Mesh]]:
    """The middle trunks, two kinds of them, and more behind, thinner where the sun comes from."""
    def wood(x, z):
        reach = np.hypot(x, z)
        lane = smoothstep(0.5, 1.6, np.abs(x + 0.12 * z + 0.3) - 0.05 * np.abs(z))  # the view ahead stays open
        ahead = np.where(z < 0, lane, 1.0)
        return smoothstep(6.0, 8.0, reach) * ahead * 0.8

    others = blue_noise(chance, (-17, -22), (17, 13), 2.1, wood, int(44 * max(detail, 0.4)))
    apart = np.hypot(others[:, None, 0] - _TRUNKS[None, :, 0], others[:, None, 1] - _TRUNKS[None, :, 1]).min(axis=1)
    others = others[apart > 1.4]
    made = []
    for kind in range(2):
        draw = chance.child(f"kind {kind}")
        own = np.concatenate([_TRUNKS[kind::2, :2], others[kind::2]])
        thick = np.concatenate([_TRUNKS[kind::2, 2], 0.14 + 0.16 * draw.uniform(0, 1, len(others[kind::2])) ** 1.5])
        base = 0.24
        trees = conifer.stand(own, ground, draw, _TALL_M, base)
        trees = Stand(trees.roots, trees.rotations, thick / base, _TALL_M, base)
        mesh = conifer.trunk(draw, _TALL_M, base, int(9 + 6 * detail), int(8 + 6 * detail), 0.75)
        made.append((trees, _mossed(mesh, 0.7, 11 + kind)))
    return made


def _boughs(spec: SceneSpec, stands: list[tuple[Stand, Mesh]], way: np.ndarray, feet: np.ndarray, wet: float,
            chance: Chance, detail: float) -> Iterator[Geometry]:
    """Crowns overhead with gaps where the light comes down, dead branches below them, young firs between."""
    dead, live = [], []
    for kind, (trees, _) in enumerate(stands):
        draw = chance.child(f"stand {kind}")
        dead.append(conifer.hung(trees, draw, 4, 0.08, 0.40, (-0.25, 0.15), (0.8, 1.3)))
        live.append(conifer.hung(trees, draw.child("live"), int(5 + 5 * detail), 0.33, 0.97, (-0.22, 0.5), (1.25, 0.5)))
    twigs = _joined(dead)
    twigs = twigs.kept(np.hypot(twigs.places[:, 0], twigs.places[:, 2]) > 1.9)
    material = Material(surface="", base_color=(0.075, 0.058, 0.045, 1.0), roughness=0.95)
    yield part("dead branches", conifer.dead_branch(chance, 1.15, 3), material,
               _instanced(twigs, chance.child("dead"), 0.004))
    crowns = _joined(live)
    middle = crowns.places + 0.9 * crowns.sizes[:, None] * crowns.rotations[:, :, 2]
    gaps = clear_of(middle, way, feet)
    crowns = crowns.kept(gaps > 1.0 - 0.75 * wet)
    yield part("pine boughs", conifer.bough(chance.child("pine"), 2.6, 10, 1.2, 0.08, 0.34), _needles(),
               _instanced(crowns, chance.child("crowns"), 0.03, conifer.FIR_CELL))
    yield from _young(spec, wet, chance.child("young"), detail)


def _young(spec: SceneSpec, wet: float, chance: Chance, detail: float) -> Iterator[Geometry]:
    """Firs that wait under the tall trees, branched to the ground; more of them where it is green."""
    ground = partial(height, seed=0)
    chosen = _SAPLINGS[: int(round((5 + 5 * wet) * max(detail, 0.4)))]
    x, z, tall = chosen.T
    trees = Stand(np.stack([x, ground(x, z) - 0.05, z], axis=1), bases(chance, len(chosen), 0.05), tall, 1.25, 0.016)
    branches = conifer.hung(trees, chance, int(26 + 16 * detail), 0.03, 0.96, (-0.18, 0.75), (1.0, 0.2))
    yield part("fir boughs", conifer.bough(chance.child("fir"), 0.52, 6, 0.3, 0.02, 0.1), _needles(),
               _instanced(branches, chance.child("tints"), 0.01, conifer.FIR_CELL))
    stems = conifer.trunk(chance.child("stem"), 1.25, 0.016, 6, 6, 0.3, flare=0.3).shaded(second=0.0)
    yield part("fir stems", stems, Material(base_color=(0.09, 0.065, 0.045, 1.0), roughness=0.95),
               instances(trees.roots, trees.rotations, trees.sizes))


def _needles() -> Material:
    """Painted needles, darker than a single one: a bough shades itself."""
    return Material("foliage", surface="sprites", base_color=(0.55, 0.6, 0.55, 1.0), roughness=1.0, translucency=0.2)


def _joined(parts: list[conifer.Hung]) -> conifer.Hung:
    return conifer.Hung(*(np.concatenate([getattr(one, name) for one in parts])
                          for name in ("places", "rotations", "sizes")))


def _instanced(branches: conifer.Hung, chance: Chance, flex_m: float, cell: int = 0) -> np.ndarray:
    count = len(branches.sizes)
    return instances(branches.places, branches.rotations, branches.sizes, varied_tints(chance, count, 0.03, 0.3),
                     chance.uniform(0, 1, count), flex_m, cell)


def _far_trunks(spec: SceneSpec, ground: Ground, chance: Chance, wet: float, detail: float) -> Geometry:
    """Row behind row, each paler in the fog, all round."""
    def belt(x, z):
        return smoothstep(15.0, 20.0, np.hypot(x, z)) * (1 - 0.6 * smoothstep(30, 52, np.hypot(x, z)))

    points = blue_noise(chance, (-52, -52), (52, 52), 2.9, belt, int(200 * max(detail, 0.3)))
    trees = conifer.stand(points, ground, chance, 20.0, 0.26, 0.03)
    mesh = conifer.trunk(chance, 20.0, 0.26, 6, 6, 1.0)
    return part("far trunks", mesh.shaded(second=0.0), _bark(spec, wet),
                instances(trees.roots, trees.rotations, trees.sizes * np.array(varied_sizes(chance, len(points)))))


def _ferns(spec: SceneSpec, ground: Ground, chance: Chance, wet: float, detail: float) -> Iterator[Geometry]:
    """A few whole ferns near, leaning in; drifts of them between the trunks."""
    density, _ = flora_of(spec, "fern")
    much = density * (0.35 + 1.1 * wet)
    near = np.array([(-0.98, -0.78), (0.98, -1.5), (-0.72, -2.15), (1.35, -0.72), (-1.5, -2.1), (1.75, -2.15),
                     (0.62, -2.75), (-1.75, -0.2), (1.2, 1.35), (-1.0, 1.7), (2.5, -3.2), (-0.2, -3.4), (-2.6, -1.3)])
    near = near[: int(round(len(near) * min(1.0, 0.25 + 1.1 * much)))]
    wear = Material("foliage", surface="sprites", base_color=(0.95, 1.0, 0.9, 1.0), roughness=1.0, translucency=0.5)
    yield part("ferns near", fern(chance.child("near"), 8, 0.62, 14, 3), wear,
               _rooted(near, ground, chance.child("placed"), 1.0))
    seed = chance.integers(0, 1 << 20)

    def drifts(x, z):
        patchy = smoothstep(0.12 - 0.4 * much, 0.5 - 0.3 * much, fbm(np.stack([x, z], -1) * 0.28, 3, seed))
        return patchy * smoothstep(1.7, 2.6, np.hypot(x, z + 0.6)) * smoothstep(19.0, 7.0, np.hypot(x, z + 2.0))

    far = blue_noise(chance, (-13, -17), (13, 10), 0.55, drifts, int((30 + 160 * much) * detail))
    spread = _rooted(far, ground, chance.child("spread"), 1.0)
    rusty = chance.child("rust").uniform(0, 1, len(far)) < 0.75 * (1 - wet) - 0.1  # bracken, where it is dry
    spread["tint"][rusty, :3] = np.clip(spread["tint"][rusty, :3] * np.array([1.75, 0.78, 0.42]), 1, 255)
    yield part("ferns", fern(chance.child("far"), 5, 0.66, 7, 2), wear, spread, casts_shadow=False)


def _rooted(points: np.ndarray, ground: Ground, chance: Chance, size: float) -> np.ndarray:
    x, z = points.T
    return instances(np.stack([x, ground(x, z) - 0.01, z], axis=1), bases(chance, len(x), 0.18),
                     varied_sizes(chance, len(x), size, 0.35), varied_tints(chance, len(x), 0.03, 0.25),
                     chance.uniform(0, 1, len(x)), 0.012, FERN_CELL)


def _log(spec: SceneSpec, ground: Ground, chance: Chance, wet: float) -> Iterator[Geometry]:
    """The fallen log that one might sit on, to the right in the light, and others behind."""
    mossy = natural(surface_of(spec, "prop").srgb, 0.01)
    logs, ends = [], []
    for index, (x, z, yaw, long, radius, lean) in enumerate(_LOGS):
        y = float(ground(np.array([x]), np.array([z]))[0]) - 0.05 + 0.44 * long * np.sin(lean)
        draw = chance.child(f"log {index}")
        for made, mesh in ((logs, fallen_log(draw, long, radius, 0.35 + 0.55 * wet)),
                           (ends, heartwood(long, radius, draw.child("end")))):
            made.append(mesh.turned("z", lean).turned("y", yaw).moved(x, y, z))
    yield part("logs", merge(logs), Material(surface="wall", second_color=rgb(mossy * 0.8), normal_scale=1.2))
    yield part("log ends", merge(ends),
               Material(base_color=(0.2, 0.125, 0.065, 1.0), second_color=(0.30, 0.2, 0.11), roughness=0.9))


def _moss(spec: SceneSpec, ground: Ground, chance: Chance, wet: float, detail: float) -> Iterator[Geometry]:
    """Cushions at the feet of trunks and along the log, and stones that moss has taken where it is wet."""
    density, _ = flora_of(spec, "moss")
    feet = np.concatenate([[HERO_TRUNK], _TRUNKS[:7]])
    count = int((8 + 80 * density * wet) * max(detail, 0.3))
    which = chance.integers(0, len(feet), count)
    angle, reach = chance.uniform(0, 6.3, count), feet[which, 2] * chance.uniform(1.25, 2.6, count)
    points = clear_of_visitor(np.stack([feet[which, 0] + np.sin(angle) * reach,
                                        feet[which, 1] + np.cos(angle) * reach], axis=1), 0.75)
    x, z = points.T
    soft = Material(surface="prop", base_color=(0.8, 0.8, 0.8, 1.0), roughness=1.0, translucency=0.15)
    placed = instances(np.stack([x, ground(x, z) - 0.01, z], 1), bases(chance, len(x), 0.15),
                       varied_sizes(chance, len(x), 0.2, 0.5), varied_tints(chance, len(x), 0.03, 0.2))
    yield part("moss", cushion(chance), soft, placed, casts_shadow=False)
    spots = np.array([(-1.9, -3.1, 0.3), (0.75, -2.2, 0.16), (-2.9, -4.9, 0.5), (1.3, -5.3, 0.36), (-0.8, 2.6, 0.4),
                      (2.9, 0.4, 0.42), (4.4, -6.6, 0.6), (-3.0, -0.6, 0.3)])[: 3 + int(5 * wet)]
    mossy = natural(surface_of(spec, "prop").srgb, 0.01) * 0.75
    mesh = rock(3, 4, 0.3, (1.0, 0.72, 0.85), flats=8)
    grown = smoothstep(0.75 - 0.75 * wet, 1.0 - 0.5 * wet, mesh.normals[:, 1] + 0.5 * fbm(mesh.positions * 3.0, 3, 8))
    mesh = boxed(mesh.shaded(occlusion=0.35 + 0.65 * smoothstep(-0.5, 0.2, mesh.positions[:, 1]), second=0.85 * grown), 1.6)
    yield from strewn("stones", [mesh], spots[:, :2], spots[:, 2], ground,
                      Material(surface="plinth", second_color=rgb(mossy)), chance.child("stones"), 0.45, 0.3)
