"""Forest trees: the trunk within reach, the stands about it, their crowns, dead branches, young firs.

The crowns leave the sun's way free to the pools of light that a forest names.
"""

from typing import Iterator

import numpy as np

from showroom.imagine.grow import conifer
from showroom.imagine.grow.centre import surface_of
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.conifer import Stand
from showroom.imagine.grow.mesh import Mesh
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import natural, part, rgb
from showroom.imagine.grow.plinth import PLACE_XZ
from showroom.imagine.grow.scatter import bases, blue_noise, facing, instances, varied_sizes, varied_tints
from showroom.imagine.grow.shafts import clear_of
from showroom.imagine.grow.stones import Ground
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import SceneSpec

HERO_TRUNK = (-1.22, -1.42, 0.2)  # x, z, radius at breast height, metres
TRUNKS = np.array(
    [  # by hand where the picture wants them: x, z, radius
        (2.15, -2.6, 0.27),
        (-2.5, -3.9, 0.22),
        (1.15, -6.4, 0.25),
        (3.7, -5.2, 0.33),
        (-4.2, -2.0, 0.34),
        (-1.75, -7.6, 0.28),
        (4.6, -1.2, 0.26),
        (2.4, 1.9, 0.3),
        (-1.9, 2.3, 0.28),
        (-3.6, 0.9, 0.2),
        (0.6, 3.6, 0.24),
        (5.6, -8.4, 0.3),
        (-5.4, -6.2, 0.27),
        (-0.35, -11.5, 0.26),
        (3.2, -11.0, 0.23),
    ]
)
TALL_M = 17.0
_LANE_M = 0.4  # what the sun needs beside a trunk to reach the hero
_SAPLINGS = np.array(
    [
        (-2.15, -2.75, 1.0),
        (3.05, -3.2, 1.3),
        (-3.3, -5.6, 1.9),
        (0.55, -8.6, 1.5),
        (4.9, -4.4, 1.7),
        (-1.6, -9.8, 2.2),
        (-4.3, 1.3, 1.4),
        (3.3, 2.9, 1.8),
        (1.9, -8.0, 1.0),
        (-2.9, 3.2, 1.5),
    ]
)


def bark(spec: SceneSpec, wet: float) -> Material:
    """Bark; its foot is stained by moss where it is wet, by needles where it is dry."""
    foot = (
        natural(surface_of(spec, "prop").srgb, 0.01) * 0.8
        if wet > 0.5
        else natural(surface_of(spec, "ground").srgb, 0.01) * 0.9
    )
    return Material(surface="wall", second_color=rgb(foot), normal_scale=0.9)


def _mossed(mesh: Mesh, most: float, seed: int) -> Mesh:
    """Shade b broken up, so that moss climbs the bark in tongues."""
    ragged = smoothstep(
        -0.15, 0.45, fbm(mesh.positions * np.array([5.0, 1.6, 5.0]), 3, seed) + 1.1 * mesh.shade[:, 2] - 0.6
    )
    return mesh.shaded(second=most * ragged * np.clip(1.6 * mesh.shade[:, 2], 0, 1))


def trunks(way: np.ndarray) -> np.ndarray:
    """(n, 3) x, z, radius of the hand-set trunks, those in the hero's sunlight moved aside.

    way : towards the sun.
    """
    return np.concatenate([out_of_the_sun(TRUNKS[:, :2], TRUNKS[:, 2], way), TRUNKS[:, 2:]], axis=1)


def out_of_the_sun(points: np.ndarray, radius: np.ndarray, way: np.ndarray) -> np.ndarray:
    """(n, 2) x, z points; what would stand between hero and sun steps to the nearer side of that lane."""
    level = way[[0, 2]] / np.hypot(way[0], way[2])
    across = np.array([-level[1], level[0]])
    off = points - np.array(PLACE_XZ)
    along, aside = off @ level, off @ across
    need = radius + _LANE_M
    within = (along > 0) & (np.abs(aside) < need)
    step = np.where(within, np.copysign(need, aside) - aside, 0.0)
    return points + step[:, None] * across


def hero_trunk(ground: Ground, chance: Chance, detail: float) -> Mesh:
    """The one within arm's reach: ribs of bark deep enough for a finger."""
    x, z, radius = HERO_TRUNK
    mesh = conifer.trunk(chance, TALL_M, radius, int(32 + 24 * detail), int(34 + 30 * detail), 0.5, 0.014)
    y = float(ground(np.array([x]), np.array([z]))[0])
    return _mossed(mesh, 0.75, 5).moved(x, y - 0.06, z)


def stands(
    ground: Ground, own_trunks: np.ndarray, way: np.ndarray, chance: Chance, detail: float
) -> list[tuple[Stand, Mesh]]:
    """The middle trunks, two kinds of them, and more behind, thinner where the sun comes from."""

    def wood(x, z):
        reach = np.hypot(x, z)
        lane = smoothstep(
            0.5, 1.6, np.abs(x + 0.12 * z + 0.3) - 0.05 * np.abs(z)
        )  # the view ahead stays open
        ahead = np.where(z < 0, lane, 1.0)
        return smoothstep(6.0, 8.0, reach) * ahead * 0.8

    others = blue_noise(chance, (-17, -22), (17, 13), 2.1, wood, int(44 * max(detail, 0.4)))
    apart = np.hypot(
        others[:, None, 0] - own_trunks[None, :, 0], others[:, None, 1] - own_trunks[None, :, 1]
    ).min(axis=1)
    others = others[apart > 1.4]
    others = out_of_the_sun(others, np.full(len(others), 0.25), way)
    made = []
    for kind in range(2):
        draw = chance.child(f"kind {kind}")
        own = np.concatenate([own_trunks[kind::2, :2], others[kind::2]])
        thick = np.concatenate(
            [own_trunks[kind::2, 2], 0.14 + 0.16 * draw.uniform(0, 1, len(others[kind::2])) ** 1.5]
        )
        base = 0.24
        trees = conifer.stand(own, ground, draw, TALL_M, base)
        trees = Stand(trees.roots, trees.rotations, thick / base, TALL_M, base)
        mesh = conifer.trunk(draw, TALL_M, base, int(9 + 6 * detail), int(8 + 6 * detail), 0.75)
        made.append((trees, _mossed(mesh, 0.7, 11 + kind)))
    return made


def near_branch(ground: Ground, chance: Chance) -> Geometry:
    """A branch that hangs into the view from the right, every needle real, a cone or two on it."""
    mesh = conifer.needled_branch(chance, 0.95, 0.075)
    ways = np.array([[-0.8, -0.34, 0.05], [-0.35, -0.3, -0.75]])
    at = np.array([[1.62, 2.28, -1.2], [-1.3, 2.45, -1.5]])
    placed = instances(
        at,
        facing(ways, np.broadcast_to(np.array([0.0, 1.0, 0.0]), ways.shape)),
        np.array([1.0, 0.8]),
        phases=np.array([0.2, 0.7]),
        flex_m=0.01,
    )
    needles = Material(
        "foliage",
        base_color=(0.045, 0.075, 0.03, 1.0),
        second_color=(0.085, 0.06, 0.04),
        roughness=0.6,
        translucency=0.35,
    )
    return part("near branch", mesh, needles, placed)


def boughs(
    ground: Ground,
    standing: list[tuple[Stand, Mesh]],
    way: np.ndarray,
    feet: np.ndarray,
    wet: float,
    chance: Chance,
    detail: float,
) -> Iterator[Geometry]:
    """Crowns overhead with gaps where the light comes down, dead branches below them, young firs between."""
    dead, live = [], []
    for kind, (trees, _) in enumerate(standing):
        draw = chance.child(f"stand {kind}")
        dead.append(conifer.hung(trees, draw, 4, 0.08, 0.40, (-0.25, 0.15), (0.8, 1.3)))
        live.append(
            conifer.hung(
                trees, draw.child("live"), int(5 + 5 * detail), 0.33, 0.97, (-0.22, 0.5), (1.25, 0.5)
            )
        )
    twigs = _joined(dead)
    twigs = twigs.kept(np.hypot(twigs.places[:, 0], twigs.places[:, 2]) > 1.9)
    material = Material(surface="", base_color=(0.075, 0.058, 0.045, 1.0), roughness=0.95)
    yield part(
        "dead branches",
        conifer.dead_branch(chance, 1.15, 3),
        material,
        _instanced(twigs, chance.child("dead"), 0.004),
    )
    crowns = _joined(live)
    middle = crowns.places + 0.9 * crowns.sizes[:, None] * crowns.rotations[:, :, 2]
    gaps = clear_of(middle, way, feet)
    crowns = crowns.kept(gaps > 1.0 - 0.75 * wet)
    yield part(
        "pine boughs",
        conifer.bough(chance.child("pine"), 2.6, 10, 1.2, 0.08, 0.34),
        _needles(),
        _instanced(crowns, chance.child("crowns"), 0.03, conifer.FIR_CELL),
    )
    yield from _young(ground, way, wet, chance.child("young"), detail)


def _young(ground: Ground, way: np.ndarray, wet: float, chance: Chance, detail: float) -> Iterator[Geometry]:
    """Firs that wait under the tall trees, branched to the ground; more of them where it is green."""
    chosen = _SAPLINGS[: int(round((5 + 5 * wet) * max(detail, 0.4)))]
    x, z = out_of_the_sun(chosen[:, :2], 0.4 * chosen[:, 2], way).T
    tall = chosen[:, 2]
    trees = Stand(
        np.stack([x, ground(x, z) - 0.05, z], axis=1), bases(chance, len(chosen), 0.05), tall, 1.25, 0.016
    )
    branches = conifer.hung(trees, chance, int(26 + 16 * detail), 0.03, 0.96, (-0.18, 0.75), (1.0, 0.2))
    yield part(
        "fir boughs",
        conifer.bough(chance.child("fir"), 0.52, 6, 0.3, 0.02, 0.1),
        _needles(),
        _instanced(branches, chance.child("tints"), 0.01, conifer.FIR_CELL),
    )
    stems = conifer.trunk(chance.child("stem"), 1.25, 0.016, 6, 6, 0.3, flare=0.3).shaded(second=0.0)
    yield part(
        "fir stems",
        stems,
        Material(base_color=(0.09, 0.065, 0.045, 1.0), roughness=0.95),
        instances(trees.roots, trees.rotations, trees.sizes),
    )


def _needles() -> Material:
    """Painted needles, darker than a single one: a bough shades itself."""
    return Material(
        "foliage", surface="sprites", base_color=(0.55, 0.6, 0.55, 1.0), roughness=1.0, translucency=0.2
    )


def _joined(parts: list[conifer.Hung]) -> conifer.Hung:
    return conifer.Hung(
        *(np.concatenate([getattr(one, name) for one in parts]) for name in ("places", "rotations", "sizes"))
    )


def _instanced(branches: conifer.Hung, chance: Chance, flex_m: float, cell: int = 0) -> np.ndarray:
    count = len(branches.sizes)
    return instances(
        branches.places,
        branches.rotations,
        branches.sizes,
        varied_tints(chance, count, 0.03, 0.3),
        chance.uniform(0, 1, count),
        flex_m,
        cell,
    )


def far_trunks(spec: SceneSpec, ground: Ground, chance: Chance, wet: float, detail: float) -> Geometry:
    """Row behind row, each paler in the fog, all round."""

    def belt(x, z):
        return smoothstep(15.0, 20.0, np.hypot(x, z)) * (1 - 0.6 * smoothstep(30, 52, np.hypot(x, z)))

    points = blue_noise(chance, (-52, -52), (52, 52), 2.9, belt, int(200 * max(detail, 0.3)))
    trees = conifer.stand(points, ground, chance, 20.0, 0.26, 0.03)
    mesh = conifer.trunk(chance, 20.0, 0.26, 6, 6, 1.0)
    return part(
        "far trunks",
        mesh.shaded(second=0.0),
        bark(spec, wet),
        instances(trees.roots, trees.rotations, trees.sizes * np.array(varied_sizes(chance, len(points)))),
    )
