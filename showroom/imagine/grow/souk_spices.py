"""Souk spices: what a merchant heaps up. Cones of powder in brass, sacks of the whole spice, quills, fruit.

The notes decide what is in them: the strongest lies nearest to the visitor's hands and comes back oftenest.
"""

from dataclasses import dataclass
from typing import Callable, Iterator

import numpy as np

from showroom.imagine import leaning
from showroom.imagine.grow.centre import worn
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import natural, part, rgb, rgba
from showroom.imagine.grow.scatter import bases, instances, varied_sizes, varied_tints
from showroom.imagine.grow.shapes import curve, lathe, patch, rock, tube
from showroom.imagine.grow.things import spice
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import SceneSpec

CONE_TALL, MOUND_TALL = 1.32, 0.42  # heights of a cone and of what fills a sack, in radii
_EVENING = ("#b5300f", "#d98d17", "#7d5428", "#8e1f14", "#c9691a", "#5e3418", "#c9a227")
_MORNING = ("#dfb02c", "#93993a", "#cdb98c", "#b9683c", "#a8b06a", "#e3c96a", "#c98a80")


@dataclass(frozen=True)
class Whole:
    """A spice as it comes: one piece of it, how many lie in a sack, their size, how smooth and how coated."""

    shape: Callable[[], Mesh]
    count: int
    size: float = 1.0
    roughness: float = 0.75
    coat: float = 0.0
    tilt: float = 0.5


def _corn(size_m: float, wrinkle: float) -> Callable[[], Mesh]:
    return lambda: spice.corn(0, size_m, wrinkle)


def _ball(long_m: float, wide: float, lumps: float = 0.02) -> Callable[[], Mesh]:
    return lambda: spice.ellipsoid(1, long_m, wide, wide, lumps)


def _lemon() -> Mesh:
    """A lemon along X, with its nipple."""
    fruit = rock(1, 5, 0.02, (1, 0.8, 0.8), 0)
    x = fruit.positions[:, 0]
    drawn = np.stack([0.22 * np.sign(x) * smoothstep(0.75, 1.0, np.abs(x)), 0 * x, 0 * x], axis=1)
    fruit = fruit.displaced(drawn).displaced(-0.012 * np.abs(fbm(fruit.positions * 9, 1, 2)))
    return fruit.scaled(0.036).moved(y=0.028)


def _threads() -> Mesh:
    """Three saffron threads that lie across each other, 3 cm."""
    pieces = []
    for index in range(3):
        bend = 0.005 * np.sin(2.1 * index + 0.5)
        path = np.array([[-0.015, 0.001, 0], [-0.003, 0.003, bend], [0.006, 0.002, 0.3 * bend], [0.016, 0.004, -bend]])
        pieces.append(tube(path, np.array([0.0003, 0.0004, 0.0006, 0.0011]), 3).turned("y", 1.1 * index))
    return merge(pieces)


def _clove() -> Mesh:
    """A clove, 15 mm: a tapering stalk, a collar of prongs, the bud."""
    shaft = tube(np.array([[-0.008, 0.002, 0], [-0.001, 0.0022, 0], [0.004, 0.0025, 0]]),
                 np.array([0.0008, 0.0015, 0.0028]), 4)
    return merge([shaft, rock(0, 3, 0.0, (1, 1, 1), 0).scaled(0.0022).moved(0.0058, 0.0026, 0).shaded(second=0.7)])


def stick(long_m: float, radius_m: float, seed: int) -> Mesh:
    """A quill of cinnamon along X in few triangles: bark rolled in from both edges, paler within (shade b)."""
    t = np.linspace(-1, 1, 13)
    angle = np.sign(t) * np.abs(t) * 1.45 * np.pi
    radius = radius_m * (1 - 0.45 * np.abs(t))
    x, _ = np.meshgrid(np.array([-0.5, 0.02, 0.5]) * long_m, t, indexing="ij")
    wave = 1 + 0.06 * np.sin(3 * t + seed)
    points = np.stack([x, np.broadcast_to((radius_m - radius * np.cos(angle)) * wave, x.shape),
                       np.broadcast_to(radius * np.sin(angle) * wave, x.shape)], -1)
    sheet = patch(points)
    curled = np.tile(np.abs(t), 3)
    inner = sheet.turned_inside_out().shaded(second=1.0, occlusion=0.8 - 0.4 * curled)
    return merge([sheet.shaded(occlusion=1 - 0.5 * smoothstep(0.4, 0.9, curled)), inner])


WHOLE: dict[str, Whole] = {
    "pepper": Whole(_corn(0.0056, 0.12), 330, 1.7, 0.8),
    "pink_pepper": Whole(_corn(0.0058, 0.05), 330, 1.7, 0.45, 0.25),
    "coriander": Whole(_corn(0.0048, 0.07), 360, 1.8, 0.85),
    "cardamom": Whole(lambda: spice.cardamom_pod(1), 110, 1.8, 0.8),
    "clove": Whole(_clove, 160, 1.7, 0.7),
    "star_anise": Whole(lambda: spice.star(0), 26, 1.5, 0.55, 0.1, 0.35),
    "nutmeg": Whole(_ball(0.028, 0.8), 62, 1.15, 0.75),
    "cinnamon": Whole(lambda: stick(0.26, 0.012, 3), 34, 1.0, 0.8, 0.0, 0.12),
    "saffron": Whole(_threads, 110, 2.3, 0.55),
    "date": Whole(_ball(0.042, 0.46, 0.05), 70, 1.1, 0.35, 0.45),
    "lemon": Whole(_lemon, 26, 1.0, 0.5, 0.2),
    "orange": Whole(_ball(0.072, 0.97), 22, 1.0, 0.5, 0.2),
    "mandarin": Whole(_ball(0.062, 0.84), 26, 1.0, 0.5, 0.2),
    "lime": Whole(_ball(0.055, 0.88), 30, 1.0, 0.5, 0.2),
    "almond": Whole(lambda: spice.wrinkled(1, 0.026, 0.58, 0.34, 0.035, 0.6), 150, 1.2, 0.8),
    "hazelnut": Whole(_ball(0.0165, 0.93), 150, 1.2, 0.55, 0.15),
    "coffee": Whole(lambda: spice.grooved(0, 0.0125, 0.72, 0.5, 0.16), 300, 1.3, 0.45, 0.3),
    "ginger": Whole(lambda: _root(), 20, 1.0, 0.75),
    "vanilla": Whole(lambda: stick(0.2, 0.004, 9), 70, 1.0, 0.45, 0.5, 0.25),
}


def _root() -> Mesh:
    """A hand of ginger, 11 cm: knobs with rings, two fingers."""
    knobs = ((-0.04, 0.016, 0.0, 0.017), (-0.01, 0.018, 0.004, 0.021), (0.02, 0.016, -0.003, 0.018),
             (0.045, 0.017, -0.008, 0.014), (-0.014, 0.034, -0.014, 0.013), (0.024, 0.018, 0.028, 0.013))
    pieces = []
    for index, (x, y, z, radius) in enumerate(knobs):
        knob = rock(1, 20 + index, 0.1, (1.25, 0.9, 1.0), 0).scaled(radius)
        pieces.append(knob.turned("y", 0.8 * index).moved(x, y, z))
    return merge(pieces)


@dataclass(frozen=True)
class Good:
    """What is sold: its name among WHOLE or "", linear colours of its powder and of itself whole."""

    name: str
    powder: np.ndarray
    whole: np.ndarray


def goods(spec: SceneSpec) -> list[Good]:
    """The notes' things, the strongest first, then what every souk has."""
    own = [Good(item.name, powdered(item.srgb), _own(item.srgb)) for item in spec.things
           if item.name in WHOLE]
    usual = _MORNING if leaning.morning(spec) > 0.5 else _EVENING
    rest = [Good("", powdered(srgb), powdered(srgb)) for srgb in usual]
    return own + rest[:max(2, 7 - len(own))]


def powdered(srgb: str) -> np.ndarray:
    """A spice ground is paler than whole: the darkest is lifted, the brightest dusted."""
    color = natural(srgb, 0.01, 0.9)
    brightest = float(color.max())
    lifted = color * min(1.6, 0.26 / max(brightest, 0.05)) if brightest < 0.26 else color * min(1.0, 0.5 / brightest)
    return np.maximum(lifted.mean() + 0.92 * (lifted - lifted.mean()), 0.015)


def _own(srgb: str) -> np.ndarray:
    """A thing's own colour, dimmed to what matter reflects without turning its hue."""
    color = natural(srgb, 0.01, 0.9)
    return color * min(1.0, 0.6 / float(color.max()))


def cone(seed: int, rows_of: int, segments: int) -> Mesh:
    """A cone of powder of radius 1 on y = 0, smoothed by hand, its side slid down in fans."""
    rows = np.array([(0.0, CONE_TALL), (0.03, 1.29), (0.12, 1.15), (0.35, 0.8), (0.6, 0.44), (0.82, 0.15), (0.95, 0.02),
                     (1.0, -0.06)])
    mesh = lathe(curve(rows, rows_of), segments)
    x, y, z = mesh.positions.T
    angle = np.arctan2(x, z)
    slid = fbm(np.stack([2.2 * np.cos(angle), 2.2 * np.sin(angle), 0.9 * y], 1), 3, seed)
    grain = fbm(mesh.positions * 11.0, 2, seed + 3)
    fan = 0.05 * slid * smoothstep(CONE_TALL, 0.7, y) + 0.012 * grain
    mesh = mesh.displaced(fan * (y > -0.05))
    shade = (0.5 + 0.5 * smoothstep(-0.05, 0.3, y)) * (0.86 + 0.3 * np.clip(grain, -0.5, 0.46))
    return mesh.shaded(occlusion=shade, second=0.35 * smoothstep(0.1, 0.5, slid))


def mound(seed: int) -> Mesh:
    """What fills a sack of radius 1: a dome, dug into on one side with a scoop."""
    share = np.linspace(0, 1, 10)
    mesh = lathe(np.stack([share, MOUND_TALL * (1 - share ** 2.2) - 0.02], 1), 22)
    x, y, z = mesh.positions.T
    dug = np.exp(-(((x - 0.3) / 0.3) ** 2 + ((z - 0.35) / 0.24) ** 2))
    mesh = mesh.displaced(np.stack([0 * x, -0.2 * dug + 0.03 * fbm(mesh.positions * 5, 3, seed), 0 * x], 1))
    return mesh.shaded(occlusion=0.55 + 0.45 * smoothstep(1.0, 0.8, np.hypot(x, z)) - 0.15 * dug)


def sack() -> Mesh:
    """A jute sack of radius 1, 2.9 tall, its mouth rolled down, leaning and creased from what it holds."""
    rows = curve(np.array([(0.86, 2.75), (0.95, 2.86), (1.03, 2.88), (1.1, 2.78), (1.13, 2.45), (1.06, 2.42),
                           (1.08, 2.2), (1.16, 1.6), (1.16, 0.9), (1.05, 0.3), (0.9, 0.03)]), 16)
    mesh = lathe(np.maximum(rows, 0.0), 20, 1.5)
    x, y, z = mesh.positions.T
    angle = np.arctan2(x, z)
    crease = fbm(np.stack([1.8 * np.cos(angle), 1.8 * np.sin(angle), 1.1 * y], 1), 3, 7)
    pleat = 0.05 * np.sin(9 * angle + 3 * crease) * smoothstep(1.7, 2.6, y)
    ragged = 0.1 * np.sin(2 * angle + 1.0) + 0.06 * np.sin(5 * angle)
    out = (0.16 * crease * smoothstep(2.7, 2.2, y) + pleat) * (y > 0.05)
    sagging = np.stack([0 * y, ragged * smoothstep(2.5, 2.7, y), 0 * y], 1)
    mesh = mesh.displaced(out[:, None] * mesh.normals + sagging)
    return mesh.shaded(occlusion=(0.35 + 0.65 * smoothstep(0.0, 0.9, y)) * (1 - 0.25 * smoothstep(0.1, 0.4, -crease))
                       * np.where((np.hypot(x, z) < 0.93) & (y > 2.6), 0.5, 1.0))


def bowl() -> Mesh:
    """A brass bowl of radius 1 at its rim, which is at 0.5."""
    mesh = lathe(np.array([(0.9, 0.46), (1.03, 0.53), (1.06, 0.49), (0.94, 0.31), (0.7, 0.08), (0.54, 0.0)]), 16, 0.5)
    return mesh.shaded(occlusion=0.45 + 0.55 * smoothstep(0.0, 0.35, mesh.positions[:, 1]))


def bowls(spec: SceneSpec, spots: np.ndarray, chance: Chance) -> Iterator[Geometry]:
    """Cones of powder in brass bowls at (n, 4) x, y, z, radius; the nearest first."""
    sold, count = goods(spec), len(spots)
    size = spots[:, 3]
    turned_to = bases(chance, count)
    yield part("bowls", bowl(), brass_of(spec),
               instances(spots[:, :3], turned_to, size), casts_shadow=False)
    which = _shared_out(chance, count, len(sold))
    colors = np.array([good.powder for good in sold])[which] / 0.5
    tall = size * varied_sizes(chance, count, 1.0, 0.16)
    at = spots[:, :3] + np.stack([0 * size, 0.47 * size, 0 * size], 1)
    far = np.hypot(spots[:, 0], spots[:, 2]) > 3.0
    for name, mine, mesh in (("cones", ~far, cone(3, 16, 26)), ("cones far", far, cone(4, 7, 12))):
        sizes = np.stack([size, tall, size], 1)[mine] * 0.97
        placed = instances(at[mine], turned_to[mine], sizes,
                           colors[mine] * varied_tints(chance, int(mine.sum()), 0.008, 0.1))
        yield part(name, mesh, _powder(), placed)


def brass_of(spec: SceneSpec) -> Material:
    """Brass that has been handled: rubbed bright, never a mirror, so that it is seen in the dark as well."""
    return Material(surface=worn(spec, "prop"), base_color=(1.25, 1.2, 1.1, 1.0), metallic=0.8, roughness=0.85,
                    second_color=(0.1, 0.06, 0.03))


def _powder() -> Material:
    return Material(base_color=(0.5, 0.5, 0.5, 1.0), second_color=(0.42, 0.4, 0.36), roughness=1.0, sheen=0.35)


def _shared_out(chance: Chance, count: int, kinds: int) -> np.ndarray:
    """(count,) which good lies where: neighbours differ, and the first goods come oftener."""
    weight = 1.0 / (1.0 + 0.28 * np.arange(kinds))
    edges = np.cumsum(weight) / weight.sum()
    which = np.searchsorted(edges, chance.uniform(0, 1, count)).clip(0, kinds - 1)
    for index in range(1, count):
        if which[index] == which[index - 1]:
            which[index] = (which[index] + 1) % kinds
    return which


def sacks(spec: SceneSpec, spots: np.ndarray, chance: Chance, detail: float) -> Iterator[Geometry]:
    """Sacks at (n, 4) x, y, z, radius, the nearest first; in the nearest the notes' spices lie whole."""
    sold, count = goods(spec), len(spots)
    size, turned_to = spots[:, 3], bases(chance, count, 0.06)
    jute = Material(surface=worn(spec, "drape"), base_color=(0.62, 0.5, 0.36, 1.0), second_color=(0.1, 0.07, 0.04),
                    roughness=1.0)
    yield part("sacks", sack(), jute, instances(spots[:, :3], turned_to, size,
                                                varied_tints(chance, count, 0.01, 0.12)))
    which = np.arange(count) % len(sold)
    colors = np.array([0.6 * good.whole if good.name else good.powder for good in sold])[which] / 0.5
    at = spots[:, :3] + np.stack([0 * size, 2.72 * size, 0 * size], 1)
    sizes = np.stack([size * 0.93, size * 0.9, size * 0.93], 1)
    yield part("mounds", mound(5), _powder(), instances(at, turned_to, sizes, colors))
    near = np.hypot(spots[:, 0], spots[:, 2]) < 4.2
    for index, good in enumerate(sold):
        mine = near & (which == index)
        if good.name and mine.any():
            yield _whole(good.name, good.whole, at[mine], size[mine], chance.child(good.name), detail)


def _whole(name: str, color: np.ndarray, at: np.ndarray, size: np.ndarray, chance: Chance,
           detail: float) -> Geometry:
    """One spice lying whole on the mounds of its sacks at (n, 3), of (n,) radii."""
    whole = WHOLE[name]
    standing = name in ("cinnamon", "vanilla")
    each = max(6, int(whole.count * (0.35 + 0.65 * detail)))
    reach = np.sqrt((np.arange(each) + 0.5) / each) * (0.72 if standing else 0.92)
    away = 2.39996 * np.arange(each) + chance.uniform(0, 1, each)
    rise = MOUND_TALL * 0.9 * (1 - reach ** 2.2)
    local = np.stack([np.sin(away) * reach, rise + (0.3 if standing else 0.0), np.cos(away) * reach], 1)
    positions = (at[:, None] + size[:, None, None] * local).reshape(-1, 3)
    count = len(positions)
    turned_to = bases(chance, count, whole.tilt)
    if standing:
        turned_to = turned_to @ np.array([[0.0, -1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])
    look = Material(base_color=rgba(color), second_color=rgb(np.clip(color * (1.7 if standing else 0.55), 0, 0.8)),
                    roughness=whole.roughness, clearcoat=whole.coat)
    placed = instances(positions, turned_to, varied_sizes(chance, count, whole.size, 0.2),
                       varied_tints(chance, count, 0.012, 0.16))
    return part(f"whole {name}", whole.shape(), look, placed, casts_shadow=False)


def quills(spec: SceneSpec, spots: tuple[tuple[float, float, float, float], ...],
           chance: Chance) -> Iterator[Geometry]:
    """Tied bundles of cinnamon lying on the boards at x, y, z, turn: bark at arm's length.

    A fresh morning that has no cinnamon among its notes sells none.
    """
    if leaning.morning(spec) > 0.5 and all(item.name != "cinnamon" for item in spec.things):
        return
    laid, ties = [], []
    for x, y, z, turn in spots:
        for index in range(9):
            row, step = (0, index) if index < 5 else (1, index - 4.5)
            quill = stick(0.26 * chance.uniform(0.9, 1.05), 0.0105, index)
            laid.append(quill.moved(0.02 * chance.normal(), 0.019 * row, 0.021 * (step - 2)).turned("y", turn)
                        .moved(x, y, z))
        loop = np.linspace(0, 4 * np.pi, 40)
        tie = tube(np.stack([0.004 * (loop / 6 - 1), 0.022 + 0.026 * np.cos(loop), 0.058 * np.sin(loop)], 1), 0.0016, 5)
        ties.append(tie.turned("y", turn).moved(x, y, z))
    yield part("quills", merge(laid), Material(base_color=(0.23, 0.095, 0.035, 1.0), second_color=(0.38, 0.19, 0.085),
                                               roughness=0.8))
    yield part("twine", merge(ties), Material(base_color=(0.42, 0.33, 0.2, 1.0), roughness=0.9), casts_shadow=False)
