"""Tent: woven cloth over two poles, open to the visitor, a lantern's light within, carpet and cushions."""

from typing import Iterator

import numpy as np

from showroom.imagine.grow import fire
from showroom.imagine.grow.centre import surface_of
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import Mesh, merge, turn
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import natural, part, rgb, rgba
from showroom.imagine.grow.shapes import box, curve, patch, tube
from showroom.imagine.grow.stones import Ground
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import SceneSpec

_WIDE_M, _DEEP_M, _RIDGE_M, _EAVE_M = 4.3, 2.7, 2.15, 1.05
_POLES = (-0.42, 0.42)  # shares of the half width
_GLOW = np.array([0.0, 0.75, 0.35])  # where its light is, from the middle of its floor


def tent(
    spec: SceneSpec, ground: Ground, chance: Chance, at: tuple[float, float], yaw_rad: float, detail: float
) -> Iterator[Geometry]:
    """A tent whose floor is about (x, z) `at`, its open side turned from +Z by yaw_rad."""
    x, z = at
    y = float(ground(np.array([x]), np.array([z]))[0])

    def stood(mesh: Mesh) -> Mesh:
        return mesh.turned("y", yaw_rad).moved(x, y, z)

    drape = surface_of(spec, "drape")
    wool, band = natural(drape.srgb) * 0.9, natural(drape.accent_srgb) * 0.9
    cloth = Material(
        "foliage",
        surface="drape",
        base_color=(0.8, 0.72, 0.66, 1.0),
        second_color=rgb(band * 0.8),
        roughness=0.95,
        translucency=0.55,
    )
    glow = np.array([x, y, z]) + turn("y", yaw_rad) @ _GLOW
    light = fire.light((float(glow[0]), float(glow[1] + 0.1), float(glow[2])), fire.FLAME, 1.9, 7.0, 0.12)
    yield part("tent", stood(_cloth(chance, detail)), cloth, lights=(light,))
    lining = Material(
        "foliage",
        base_color=rgba(wool * 0.9),
        second_color=rgb(band * 0.9),
        roughness=1.0,
        emission=(0.62, 0.235, 0.055),
        translucency=0.3,
    )
    yield part("tent lining", stood(_lining(chance, detail)), lining, casts_shadow=False)
    yield part(
        "tent poles",
        stood(_poles(ground, chance)),
        Material(base_color=(0.1, 0.065, 0.04, 1.0), roughness=0.8),
    )
    red = np.array([0.24, 0.035, 0.03])
    weave = Material(base_color=rgba(red), second_color=(0.5, 0.33, 0.14), roughness=1.0, sheen=0.5)
    yield part("carpet", stood(_carpet(detail)), weave, casts_shadow=False)
    silk = Material(
        base_color=(0.36, 0.12, 0.05, 1.0), second_color=(0.2, 0.045, 0.07), roughness=0.7, sheen=0.7
    )
    yield part("cushions", stood(_cushions(chance)), silk)
    shine = [light_mesh.moved(*_GLOW) for light_mesh in (fire.halo(0.5), fire.halo(0.22))]
    yield part("tent shine", stood(merge(shine)), fire.shine(fire.FLAME, 0.22), casts_shadow=False)


def _roof(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    """Height over the floor of the roof at u across and v from front (−1) to back (1)."""
    high = _EAVE_M + (_RIDGE_M - _EAVE_M) * (1 - np.abs(v)) ** 1.2
    peaks = sum(np.exp(-(((u - at) / 0.2) ** 2) - (v / 0.35) ** 2) for at in _POLES)
    sag = 0.16 * (1 - np.abs(v)) * (1 - np.clip(peaks, 0, 1))
    fall = 0.55 * smoothstep(0.55, 1.0, np.abs(u)) * (1 - 0.6 * np.abs(v))
    scallop = 0.09 * np.abs(np.sin(2.5 * np.pi * u)) * smoothstep(0.6, 1.0, np.abs(v))
    return high - sag - fall - scallop + 0.1 * np.clip(peaks, 0, 1)


def _sheet(detail: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(u, v, points) of the roof as a grid, back row first."""
    v, u = np.meshgrid(
        np.linspace(1, -1, int(14 + 16 * detail)), np.linspace(-1, 1, int(24 + 30 * detail)), indexing="ij"
    )
    points = np.stack(
        [u * _WIDE_M / 2, _roof(u, v), -v * _DEEP_M / 2 + 0.25 * (v < 0) * np.abs(v) ** 3], axis=-1
    )
    return u, v, points


def _wall(
    chance: Chance,
    from_uv: tuple[float, float],
    to_uv: tuple[float, float],
    detail: float,
    open_: float = 0.0,
) -> Mesh:
    """Cloth from the roof's edge between two (u, v) places down to the sand, in folds; open_ gathers it."""
    rows, columns = int(6 + 5 * detail), int(16 + 20 * detail)
    t, s = np.meshgrid(np.linspace(0, 1, rows), np.linspace(0, 1, columns), indexing="ij")
    u = from_uv[0] + (to_uv[0] - from_uv[0]) * s
    v = from_uv[1] + (to_uv[1] - from_uv[1]) * s
    top = np.stack([u * _WIDE_M / 2, _roof(u, v), -v * _DEEP_M / 2], axis=-1)
    out = np.stack([u, 0 * u, -v], axis=-1)
    out = out / np.maximum(np.linalg.norm(out, axis=-1, keepdims=True), 1e-6)
    fold = (0.035 + 0.05 * t) * np.sin(s * 26 + 3 * fbm(s[..., None] * 4, 2, chance.integers(0, 999)))
    points = top + out * (0.28 * t**1.4 + fold)[..., None]
    points[..., 1] = top[..., 1] * (1 - t) - 0.08 * t
    return patch(points).shaded(
        occlusion=0.55 + 0.45 * (1 - t).reshape(-1),
        second=_stripes(1.25 * t).reshape(-1),
        flex=(0.25 * np.sin(np.pi * t)).reshape(-1),
    )


def _stripes(across: np.ndarray) -> np.ndarray:
    """Woven bands of unlike width, 0 or 1."""
    band = np.zeros_like(across)
    for middle, half in (
        (0.12, 0.03),
        (0.22, 0.012),
        (0.5, 0.05),
        (0.62, 0.012),
        (0.68, 0.012),
        (0.93, 0.03),
    ):
        band = np.maximum(band, smoothstep(half + 0.012, half - 0.004, np.abs(across % 1.0 - middle)))
    return band


def _cloth(chance: Chance, detail: float) -> Mesh:
    """Roof, back and sides, and the front's curtains drawn aside."""
    u, v, points = _sheet(detail)
    roof = patch(points, np.stack([u * _WIDE_M, v * _DEEP_M], axis=-1))
    roof = roof if roof.normals[:, 1].mean() > 0 else roof.turned_inside_out()
    flex = 0.35 * (1 - np.abs(u)) * (1 - np.abs(v))
    roof = roof.shaded(second=_stripes(1.2 * np.abs(v)).reshape(-1), flex=flex.reshape(-1), occlusion=0.85)
    walls = [
        _wall(chance, (-1, 1), (1, 1), detail),
        _wall(chance, (-1, -1), (-1, 1), detail),
        _wall(chance, (1, 1), (1, -1), detail),
        _wall(chance, (-1, -1), (-0.68, -1), 0.5 * detail),
        _wall(chance, (0.68, -1), (1, -1), 0.5 * detail),
    ]
    return merge([roof, *walls])


def _lining(chance: Chance, detail: float) -> Mesh:
    """What is seen within: the same cloth a hand inside, the brighter the nearer to the light."""
    u, v, points = _sheet(0.6 * detail)
    roof = patch(points - np.array([0.0, 0.05, 0.0]), np.stack([u, v], axis=-1))
    back = _wall(chance, (-0.97, 0.95), (0.97, 0.95), detail)
    sides = [
        _wall(chance, (-0.97, -0.9), (-0.97, 0.95), 0.6 * detail),
        _wall(chance, (0.97, 0.95), (0.97, -0.9), 0.6 * detail),
    ]
    mesh = merge([roof, back, *sides])
    away = np.linalg.norm((mesh.positions - _GLOW) * np.array([0.8, 1.0, 1.0]), axis=1)
    folds = 0.8 + 0.2 * np.sin(mesh.positions[:, 0] * 17 + 2 * np.sin(mesh.positions[:, 0] * 5))
    return mesh.shaded(
        occlusion=np.clip(1.15 / (0.55 + away**2), 0.06, 1.0) * folds, second=0.7 * mesh.shade[:, 2], flex=0.0
    )


def _poles(ground: Ground, chance: Chance) -> Mesh:
    """Two poles with knobs where the ridge is, and ropes to pegs in the sand."""
    pieces = []
    for share in _POLES:
        top = np.array([share * _WIDE_M / 2, _RIDGE_M + 0.22, 0.0])
        pieces.append(tube(np.array([[top[0], -0.2, 0.0], [top[0], 1.0, 0.0], top]), 0.028, 7))
    for u, v in ((-1, -1), (1, -1), (-1, 1), (1, 1), (-0.4, -1), (0.4, -1), (-1, 0), (1, 0)):
        top = np.array(
            [u * _WIDE_M / 2, float(_roof(np.array(float(u)), np.array(float(v)))), -v * _DEEP_M / 2]
        )
        out = np.array([u * 0.9, 0, -v * 1.1 if abs(u) == 1 else -v * 1.5])
        foot = top + out
        foot[1] = -0.06
        path = curve(np.array([top, (top + foot) / 2 - [0, 0.03, 0], foot]), 6)
        pieces += [
            tube(path, 0.006, 4),
            tube(np.array([foot - [0, 0.1, 0], foot + [0, 0.12, 0]]) + 0.02 * out * [[-1], [1]], 0.014, 5),
        ]
        if abs(u) < 1:  # the eave is held up at the front
            pieces.append(tube(np.array([[top[0], -0.1, top[2]], [top[0], top[1] + 0.03, top[2]]]), 0.02, 6))
    return merge(pieces)


def _carpet(detail: float) -> Mesh:
    """A kelim from within the tent out on the sand: borders, a row of diamonds, fringe ends."""
    rows, columns = int(40 + 60 * detail), int(30 + 40 * detail)
    t, s = np.meshgrid(np.linspace(0, 1, rows), np.linspace(-1, 1, columns), indexing="ij")
    rumple = 0.02 * fbm(np.stack([s * 2, t * 4], -1), 2, 8) + 0.012
    points = np.stack([s * 0.85, 0.03 + rumple, -0.7 + 3.0 * t], axis=-1)
    edge = np.minimum(1 - np.abs(s), 1.75 * np.minimum(t, 1 - t))
    diamonds = np.abs(((t * 5) % 1.0) - 0.5) * 2 + np.abs(s) * 1.15
    motif = (smoothstep(0.9, 0.86, diamonds) - smoothstep(0.62, 0.58, diamonds)) + smoothstep(
        0.3, 0.26, diamonds
    )
    border = smoothstep(0.05, 0.07, edge) * smoothstep(0.17, 0.15, edge)
    mesh = patch(points)
    mesh = mesh if mesh.normals[:, 1].mean() > 0 else mesh.turned_inside_out()
    return mesh.shaded(
        second=np.clip(motif + border, 0, 1).reshape(-1) * 0.85,
        occlusion=(0.5 + 0.5 * smoothstep(0, 0.25, t)).reshape(-1),
    )


def _cushions(chance: Chance) -> Mesh:
    """Plump cushions to both sides of the carpet."""
    pieces = []
    for index, (x, z, wide) in enumerate(
        (
            (-1.05, 0.2, 0.55),
            (-1.25, 0.75, 0.45),
            (1.1, 0.1, 0.6),
            (1.2, 0.72, 0.42),
            (0.35, -0.75, 0.7),
            (-0.5, -0.8, 0.6),
        )
    ):
        block = box(wide, 0.3 * wide, 0.75 * wide, 0.12 * wide, cuts=5)
        p = block.positions
        belly = (
            1
            - 0.55
            * np.clip(np.maximum(np.abs(p[:, 0]) / (0.5 * wide), np.abs(p[:, 2]) / (0.375 * wide)), 0, 1) ** 3
        )
        y = 0.15 * wide + (p[:, 1] - 0.15 * wide) * belly * 1.15
        block = block.displaced(np.stack([0 * y, y - p[:, 1], 0 * y], axis=1))
        low = smoothstep(0.0, 0.2 * wide, block.positions[:, 1])
        pieces.append(
            block.shaded(occlusion=0.4 + 0.6 * low, second=float(index % 2))
            .turned("z", 0.12 * chance.normal())
            .turned("y", chance.uniform(-0.6, 0.6))
            .moved(x, 0.05, z)
        )
    return merge(pieces)
