"""Caustic: the sun gathered by a bottle and thrown, in the liquid's colour, on what it stands on.

Rays are traced through the body as an upright prism of its outline, bent once on entering and once on
leaving (Snell's law); where they land they are counted.
"""

import numpy as np

from showroom.imagine.grow.bottle import SHAPES, outline
from showroom.imagine.grow.noise import smoothstep
from showroom.imagine.grow.part import blend, part, rgb
from showroom.imagine.grow.scatter import one
from showroom.imagine.grow.shapes import patch
from showroom.imagine.grow.sunbeam import sun_way
from showroom.srgb import linear
from showroom.words.geometry import CAUSTIC, HERO, Geometry, Material
from showroom.words.scenespec import SceneSpec

_IOR, _CELLS, _LIFT_M = 1.4, 44, 0.0013
_AROUND, _UP = 240, 72  # rays


def caustic(spec: SceneSpec, at: tuple[float, float, float], reach_m: float) -> Geometry:
    """A sheet of light about `at`, as wide as the top the bottle stands on; shade a is its brightness."""
    shape, tall = SHAPES.get(spec.hero.shape, SHAPES["flacon"]), spec.hero.height_m
    half = np.array([shape.wide, shape.deep]) * tall / 2
    ring = outline(shape.corner, 96) * half
    landed, weight = _landed(ring, shape.body * tall * 0.95, -sun_way(spec.sky))
    density = _counted(landed, weight, reach_m)
    line = np.linspace(-reach_m, reach_m, _CELLS)
    v, u = np.meshgrid(line, line, indexing="ij")
    inside = np.hypot(u / half[0], v / half[1])
    edge = smoothstep(reach_m, 0.86 * reach_m, np.hypot(u, v)) * smoothstep(0.86, 1.02, inside)
    mesh = patch(np.stack([u, np.full_like(u, _LIFT_M), v], axis=-1))
    tint = blend(linear(spec.hero.liquid_srgb), np.ones(3), 0.25)
    color = linear(spec.sky.sun_srgb) * spec.sky.sun_strength * tint * 0.85
    sheet = mesh.shaded(opacity=(density * edge).reshape(-1))
    return part(f"{HERO[:-1]}{CAUSTIC}", sheet, Material("glow", emission=rgb(color)), one(at), casts_shadow=False)


def _landed(ring: np.ndarray, tall_m: float, light: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """((n, 2) x, z where rays come down to y = 0, (n,) their share of the light)."""
    step = np.diff(ring, axis=0)
    start, normal = _spread(ring)
    y = (np.arange(_UP) + 0.5) / _UP * tall_m
    facing = -(normal @ light[[0, 2]])
    start, normal, facing = start[facing > 0.02], normal[facing > 0.02], facing[facing > 0.02]
    within = _bent(np.broadcast_to(light, (len(start), 3)), normal, 1 / _IOR)
    way = within[:, [0, 2]]
    # where each ray meets each side of the outline: the farthest meeting is the way out
    side = start[:, None] - ring[None, :-1]
    cross = way[:, None, 0] * step[None, :, 1] - way[:, None, 1] * step[None, :, 0]
    cross = np.where(np.abs(cross) < 1e-12, 1e-12, cross)
    along = (side[..., 1] * step[None, :, 0] - side[..., 0] * step[None, :, 1]) / cross
    share = (side[..., 1] * way[:, None, 0] - side[..., 0] * way[:, None, 1]) / cross
    along = np.where((share >= -1e-6) & (share <= 1 + 1e-6), along, -1.0)
    out = along.argmax(axis=1)
    far = along[np.arange(len(start)), out]
    outward = np.stack([-step[out, 1], step[out, 0]], axis=1)
    outward /= np.linalg.norm(outward, axis=1, keepdims=True)
    outward *= np.sign(np.sum(outward * ring[out], axis=1, keepdims=True))
    after = _bent(within, -outward, _IOR)
    leaves = np.isfinite(after[:, 0]) & (far > 1e-6) & (after[:, 1] < -1e-3)
    start, far, within, after, facing = (
        each[leaves] for each in (start + way * far[:, None], far, within, after, facing))
    high = y[None, :] + (within[:, 1] * far)[:, None]
    down = high / -after[:, 1:2]
    landed = start[:, None] + after[:, None, [0, 2]] * down[..., None]
    weight = np.broadcast_to(facing[:, None] * tall_m / _UP, high.shape)
    return landed[high > 0], weight[high > 0]


def _spread(ring: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(_AROUND, 2) points evenly along an outline and the (_AROUND, 2) way out at each."""
    length = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(ring, axis=0), axis=1))])
    where = (np.arange(_AROUND) + 0.5) / _AROUND * length[-1]
    points = np.stack([np.interp(where, length, ring[:, axis]) for axis in (0, 1)], axis=1)
    ahead = np.stack([np.interp(where + 1e-4, length, ring[:, axis]) for axis in (0, 1)], axis=1) - points
    normal = np.stack([-ahead[:, 1], ahead[:, 0]], axis=1)
    normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-12)
    return points, normal * np.sign(np.sum(normal * points, axis=1, keepdims=True))


def _bent(way: np.ndarray, normal: np.ndarray, ratio: float) -> np.ndarray:
    """(n, 3) directions refracted at upright walls; NaN where all light is mirrored.

    normal : (n, 2) x, z of the walls, against the light.   ratio : refractive index before ÷ after.
    """
    normal = np.stack([normal[:, 0], np.zeros(len(normal)), normal[:, 1]], axis=1)
    cosine = -np.sum(way * normal, axis=1)
    under = 1 - ratio ** 2 * (1 - cosine ** 2)
    root = np.sqrt(np.where(under >= 0, under, np.nan))
    return ratio * way + (ratio * cosine - root)[:, None] * normal


def _counted(landed: np.ndarray, weight: np.ndarray, reach_m: float) -> np.ndarray:
    """(_CELLS, _CELLS) brightness, rows along z: light per area over what falls there unbent, 0 to 1."""
    cell = np.round((landed + reach_m) / (2 * reach_m) * (_CELLS - 1)).astype(int)
    inside = np.all((cell >= 0) & (cell < _CELLS), axis=1)
    index = cell[inside, 1] * _CELLS + cell[inside, 0]
    light = np.bincount(index, weight[inside], minlength=_CELLS * _CELLS).reshape(_CELLS, _CELLS)
    for axis in (0, 1):
        light = 0.25 * np.roll(light, 1, axis) + 0.5 * light + 0.25 * np.roll(light, -1, axis)
    strongest = np.sort(light.reshape(-1))[-12:].mean()
    return np.clip(light / max(float(strongest), 1e-12), 0, 1)
